import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { importFigureReference } from "~/features/figures/reference.server";
import { importReference } from "~/features/population/reference.server";
import {
  loadIndicatorSeries,
  territoryKey,
  type IndicatorSeries,
  type ObservedTerritory,
} from "~/services/figures-record.server";
import { createTestDatabase, TestClock } from "../../support/database";

/**
 * Every figure of the six communes against the producers' files, read here by a reader of this test's own. The files are not in the
 * repository: SOURCE_DATA names their folder.
 */
const SOURCE = process.env["SOURCE_DATA"];
const SIX = ["44015", "44023", "44221", "44056", "44062", "44111"];
type Table = ReadonlyMap<string, Readonly<Record<string, string>>>;

const text = (path: string): string => readFileSync(join(SOURCE ?? "", path), "utf8");
function rowsOf(content: string): readonly Readonly<Record<string, string>>[] {
  const [heading = "", ...lines] = content
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .filter(Boolean);
  const names = heading.split(";");
  return lines.map((line) => Object.fromEntries(line.split(";").map((cell, at) => [names[at] ?? "", cell])));
}
const byKey = (content: string, ...keys: readonly string[]): Table =>
  new Map(rowsOf(content).map((row) => [keys.map((key) => row[key] ?? "").join(" "), row]));
const number = (cell: string | undefined): number | "secret" =>
  cell === undefined || cell === "" || cell === "s" || cell === "nd" ? "secret" : Number(cell.replace(",", "."));

describe.runIf(!SOURCE)("fichiers des producteurs", () => {
  it.skip("absents de cette machine : SOURCE_DATA=<dossier> npm test les compare chiffre à chiffre", () => undefined);
});

describe.runIf(SOURCE)("chaque chiffre des six communes est celui du fichier du producteur (SOURCE_DATA)", () => {
  let series: IndicatorSeries;
  let oracle: (indicator: string, code: string, period: string) => number | "secret" | undefined;

  beforeAll(async () => {
    const db = await createTestDatabase();
    const clock = new TestClock("2026-11-22T10:00:00Z");
    const reference = join(process.cwd(), "db/reference");
    await importReference({ db, clock }, reference);
    await importFigureReference({ db, clock }, reference);
    const territories = SIX.map((code): ObservedTerritory => ({ kind: "commune", code }));
    series = await loadIndicatorSeries(db, { indicators: INDICATORS, territories });
    oracle = createOracle();
  });

  function createOracle() {
    const archive = unzipSync(
      new Uint8Array(readFileSync(join(SOURCE ?? "", "comparateur/base_cc_comparateur_csv.zip"))),
      {
        filter: ({ name }) => name === "base_cc_comparateur.CSV",
      },
    );
    const comparator = byKey(Buffer.from(archive["base_cc_comparateur.CSV"] ?? []).toString("utf8"), "CODGEO");
    const tax = byKey(
      gunzipSync(readFileSync(join(SOURCE ?? "", "filosofi/cc_filosofi_2021_COM.csv.gz"))).toString("utf8"),
      "CODGEO",
    );
    const tax2023 = byKey(text("six-communes/filosofi2_2023.csv"), "code_geo");
    const file = byKey(text("six-communes/dossier_complet_light_extrait.csv"), "CODGEO");
    const caf = byKey(text("six-communes/caf_2020_2024.csv"), "code_insee", "annee");
    const jobSeekers = byKey(text("six-communes/defm_abc_t4_2015_2024.csv"), "code_insee", "annee");
    const doctors = byKey(text("six-communes/apl_medecins_generalistes_2022_2024.csv"), "code_insee", "annee");
    const employees = byKey(text("six-communes/salaries_prives_urssaf_2015_2025.csv"), "code_insee", "annee");
    const history = byKey(text("six-communes/population_historique_1876_2023.csv"), "code_insee", "annee");
    const population = byKey(text("populations/populations_communes_10.csv"), "code_insee", "millesime");
    const places = text("france-services/liste-fs_dep44_59_83_28_92.csv");
    const sum = (row: Readonly<Record<string, string>> | undefined, ...names: readonly string[]): number =>
      names.reduce((total, name) => total + Number(row?.[name]), 0);
    const ages = (...classes: readonly string[]) => classes.map((one) => `P22_POP${one}`);
    const everyone = ages("0014", "1529", "3044", "4559", "6074", "7589", "90P");
    const old = ages("6074", "7589", "90P");
    const census: Record<string, (code: string) => number> = {
      "part-moins-15-ans": (code) => (100 * sum(file.get(code), ...ages("0014"))) / sum(file.get(code), ...everyone),
      "part-60-ans-ou-plus": (code) => (100 * sum(file.get(code), ...old)) / sum(file.get(code), ...everyone),
      "part-75-ans-ou-plus": (code) =>
        (100 * sum(file.get(code), ...ages("7589", "90P"))) / sum(file.get(code), ...everyone),
      "part-90-ans-ou-plus": (code) => (100 * sum(file.get(code), ...ages("90P"))) / sum(file.get(code), ...everyone),
      "indice-vieillissement": (code) => (100 * sum(file.get(code), ...old)) / sum(file.get(code), ...ages("0014")),
      "personnes-seules": (code) => sum(file.get(code), "C22_MENPSEUL"),
      "personnes-seules-pour-100-habitants": (code) =>
        (100 * sum(file.get(code), "C22_MENPSEUL")) / sum(file.get(code), ...everyone),
      "familles-monoparentales": (code) => sum(file.get(code), "C22_FAMMONO"),
      "part-familles-monoparentales": (code) =>
        (100 * sum(file.get(code), "C22_FAMMONO")) / sum(file.get(code), "C22_MENFAM"),
      "couples-avec-enfant": (code) => sum(file.get(code), "C22_COUPAENF"),
      "part-couples-avec-enfant": (code) =>
        (100 * sum(file.get(code), "C22_COUPAENF")) / sum(file.get(code), "C22_MENFAM"),
      "taux-de-chomage": (code) =>
        (100 * sum(file.get(code), "P22_CHOM1524", "P22_CHOM2554", "P22_CHOM5564")) /
        sum(file.get(code), "P22_ACT1524", "P22_ACT2554", "P22_ACT5564"),
      "taux-de-chomage-15-24-ans": (code) =>
        (100 * sum(file.get(code), "P22_CHOM1524")) / sum(file.get(code), "P22_ACT1524"),
      "taux-de-chomage-55-64-ans": (code) =>
        (100 * sum(file.get(code), "P22_CHOM5564")) / sum(file.get(code), "P22_ACT5564"),
      "personnes-75-ans-ou-plus": (code) => sum(file.get(code), ...ages("7589", "90P")),
      "personnes-90-ans-ou-plus": (code) => sum(file.get(code), ...ages("90P")),
      "60-74-ans-par-personne-de-75-ans": (code) =>
        sum(file.get(code), ...ages("6074")) / sum(file.get(code), ...ages("7589", "90P")),
    };
    const earlier: Record<string, (code: string) => number> = {
      "part-proprietaires": (code) =>
        (100 * sum(comparator.get(code), "P18_RP_PROP")) / sum(comparator.get(code), "P18_RP"),
      "part-logements-vacants": (code) =>
        (100 * sum(comparator.get(code), "P18_LOGVAC")) / sum(comparator.get(code), "P18_LOG"),
      "part-residences-secondaires": (code) =>
        (100 * sum(comparator.get(code), "P18_RSECOCC")) / sum(comparator.get(code), "P18_LOG"),
      "taille-des-menages": (code) => sum(comparator.get(code), "P18_POP") / sum(comparator.get(code), "P18_MEN"),
      "taux-de-chomage": (code) =>
        (100 * sum(comparator.get(code), "P18_CHOM1564")) / sum(comparator.get(code), "P18_ACT1564"),
      "taux-d-activite": (code) =>
        (100 * sum(comparator.get(code), "P18_ACT1564")) / sum(comparator.get(code), "P18_POP1564"),
      "emplois-pour-100-actifs": (code) =>
        (100 * sum(comparator.get(code), "P18_EMPLT")) /
        (sum(comparator.get(code), "P18_ACT1564") - sum(comparator.get(code), "P18_CHOM1564")),
      densite: (code) => sum(comparator.get(code), "P18_POP") / sum(comparator.get(code), "SUPERF"),
    };
    const benefits: Record<string, string> = {
      "caf-foyers-allocataires": "foyers_allocataires",
      "caf-personnes-couvertes": "personnes_couvertes",
      "caf-rsa": "foyers_rsa",
      "caf-prime-activite": "foyers_ppa",
      "caf-aide-au-logement": "foyers_aide_logement",
      "caf-allocations-familiales": "foyers_af",
      "caf-paje": "foyers_paje",
    };
    const taxColumns: Record<string, string> = {
      ...{ "niveau-de-vie-median": "MED", "taux-de-pauvrete": "TP60", "part-menages-imposes": "PIMP" },
      ...{ "rapport-interdecile": "RD", "part-pensions-revenu": "PPEN", "part-prestations-sociales-revenu": "PPSOC" },
      ...{
        "pauvrete-moins-de-30-ans": "TP60AGE1",
        "pauvrete-40-49-ans": "TP60AGE3",
        "pauvrete-75-ans-ou-plus": "TP60AGE6",
      },
      "pauvrete-locataires": "TP60TOL2",
    };
    const facilities: Record<string, string> = { pharmacies: "D307", colleges: "C201", lycees: "C301" };
    return (indicator: string, code: string, period: string): number | "secret" | undefined => {
      const inhabitants = (year: string) => number(population.get(`${code} ${year}`)?.["population_municipale"]);
      const over = (top: number | "secret", bottom: number | "secret") =>
        top === "secret" || bottom === "secret" ? "secret" : (100 * (top - bottom)) / bottom;
      const back = (years: number) => String(Number(period.slice(0, 4)) - years);
      const place = places.split("\n").filter((line) => line.includes(`,${code},`)).length;
      if (period === "2022" && census[indicator]) return census[indicator](code);
      if (period === "2018" && earlier[indicator]) return earlier[indicator](code);
      if (benefits[indicator]) return number(caf.get(`${code} ${period}`)?.[benefits[indicator]]);
      if (taxColumns[indicator] && period === "2021") return number(tax.get(code)?.[`${taxColumns[indicator]}21`]);
      if (taxColumns[indicator] && period === "2019")
        return number(comparator.get(code)?.[`${taxColumns[indicator]}19`]);
      if (facilities[indicator]) return number(file.get(code)?.[`BPE_2024_${facilities[indicator]}`]);
      switch (`${indicator} ${period}`) {
        case "niveau-de-vie-median 2023":
          return number(tax2023.get(code)?.["niveau_vie_median_eur"]);
        case "taux-de-pauvrete 2023":
          return number(tax2023.get(code)?.["taux_pauvrete_60_pct"]);
        case "solde-naturel 2013-2018":
          return sum(comparator.get(code), "NAIS1318") - sum(comparator.get(code), "DECE1318");
        case "naissances 2020":
          return number(comparator.get(code)?.["NAISD20"]);
        case "deces 2020":
          return number(comparator.get(code)?.["DECESD20"]);
        case "salaire-net-moyen 2023":
          return number(file.get(code)?.["SNEMM_23"]);
        case "france-services 2023":
          return place;
      }
      switch (indicator) {
        case "population-municipale":
          return inhabitants(period);
        case "population-totale":
          return number(population.get(`${code} ${period}`)?.["population_totale"]);
        case "evolution-population-5-ans":
          return over(inhabitants(period), inhabitants(back(5)));
        case "evolution-population-10-ans":
          return over(inhabitants(period), inhabitants(back(10)));
        case "population-historique":
          return number(history.get(`${code} ${period}`)?.["population"]);
        case "demandeurs-emploi":
          return number(jobSeekers.get(`${code} ${period.slice(0, 4)}`)?.["defm_abc"]);
        case "evolution-demandeurs-emploi-5-ans":
          return over(
            number(jobSeekers.get(`${code} ${period.slice(0, 4)}`)?.["defm_abc"]),
            number(jobSeekers.get(`${code} ${back(5)}`)?.["defm_abc"]),
          );
        case "salaries-prives":
          return number(employees.get(`${code} ${period}`)?.["salaries_prives_31_12"]);
        case "accessibilite-medecins":
          return number(doctors.get(`${code} ${period}`)?.["apl_mg"]);
        case "accessibilite-medecins-65-ans-et-moins":
          return number(doctors.get(`${code} ${period}`)?.["apl_mg_65ans_et_moins"]);
        case "caf-part-rsa":
          return (
            (100 * sum(caf.get(`${code} ${period}`), "foyers_rsa")) /
            sum(caf.get(`${code} ${period}`), "foyers_allocataires")
          );
        case "caf-part-aide-au-logement":
          return (
            (100 * sum(caf.get(`${code} ${period}`), "foyers_aide_logement")) /
            sum(caf.get(`${code} ${period}`), "foyers_allocataires")
          );
        case "caf-part-population-couverte": {
          const latest = Math.min(2023, Number(period));
          return (100 * sum(caf.get(`${code} ${period}`), "personnes_couvertes")) / Number(inhabitants(String(latest)));
        }
        case "france-services-pour-10000-habitants":
          return (10_000 * place) / Number(inhabitants("2023"));
        case "taille-des-menages":
        case "densite":
          return undefined;
      }
      return undefined;
    };
  }

  it.each(INDICATORS.map(({ code, label }) => ({ code, label })))("$label", ({ code }) => {
    for (const commune of SIX) {
      for (const point of series.points.get(code)?.get(territoryKey({ kind: "commune", code: commune })) ?? []) {
        const expected = oracle(code, commune, point.period);
        const where = `${code}, ${commune}, ${point.period}`;
        if (expected === undefined) {
          expect(`${code} ${point.period}`, where).toMatch(/^densite (2011|2013|2016)$/);
          continue;
        }
        if (expected === "secret")
          expect(point, where).toMatchObject({ value: null, status: expect.stringMatching(/secret|missing/) });
        else expect(point.value, where).toBeCloseTo(expected, 6);
      }
    }
  });
});
