import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, describe, expect, it } from "vitest";
import { importFigures, type FigureFile } from "~/features/figures/import.server";
import { importMessage } from "~/features/figures/messages.fr";
import { importOfficialCode, importOutlines } from "~/features/figures/territories.server";
import type { Db } from "~/services/db.server";
import { createTestDatabase, TestClock } from "../../support/database";

/** A few lines of each producer's layout, as it is documented and published; figures of the six communes where they are public. */

const folder = mkdtempSync(join(tmpdir(), "lecteurs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clock = new TestClock("2026-11-22T10:00:00Z");

async function importText(kind: string, content: string | Uint8Array, options: Partial<FigureFile> = {}) {
  const db = await createTestDatabase();
  const path = join(folder, `${kind}-${Math.random()}.csv`);
  writeFileSync(path, content);
  const file = { kind, path, fileName: "jeu.csv", vintage: null, geographyOn: null, address: null };
  const done = await importFigures({ db, clock }, { ...file, isSimulation: false, isExtract: true, ...options });
  return { db, done };
}

const figures = async (db: Db) =>
  (
    await db
      .selectFrom("figure")
      .select(["territoryCode", "variable", "period", "status", "value"])
      .orderBy("territoryCode")
      .orderBy("variable")
      .orderBy("period")
      .execute()
  ).map(({ territoryCode, variable, period, status, value }) =>
    [territoryCode, variable, period, value ?? status].join(" "),
  );

const told = (done: Awaited<ReturnType<typeof importText>>["done"]): string =>
  done.ok ? "" : importMessage(done.refusal);

describe("URSSAF, effectifs salariés : une ligne par activité, une colonne par année", () => {
  const heading =
    "intitule_commune;code_commune;grand_secteur_d_activite;code_ape;effectifs_salaries_2016;effectifs_salaries_2015";
  it("les activités d’une commune s’additionnent, chaque année à part", async () => {
    const { db, done } = await importText(
      "salaries",
      [heading, "Blain;44015;GS1 Industrie;1011Z;1700;1701", "Blain;44015;GS5 Autres services;8810A;56;60"].join("\n"),
    );
    expect(done.ok && done.value.vintage).toBe("2016");
    expect(await figures(db)).toEqual(["44015 SALARIES 2015 1761", "44015 SALARIES 2016 1756"]);
  });
  it("une activité non diffusée retient la somme : jamais un total amputé", async () => {
    const { db } = await importText(
      "salaries",
      [heading, "Blain;44015;GS1;1011Z;1700;s", "Blain;44015;GS5;8810A;56;60"].join("\n"),
    );
    expect(await figures(db)).toEqual(["44015 SALARIES 2015 secret", "44015 SALARIES 2016 1756"]);
  });
  it("sans colonne d’effectifs : un autre fichier, dit", async () => {
    const { done } = await importText(
      "salaries",
      "code_commune;grand_secteur_d_activite;etablissements_2016\n44015;GS1;3",
    );
    expect(told(done)).toContain("EFFECTIFS_SALARIES_AAAA");
  });
});

describe("DREES, accessibilité aux médecins : un classeur, une feuille par année, l’en-tête plus bas", () => {
  const heading = [
    "Code commune INSEE",
    "Commune",
    "APL aux médecins généralistes",
    "APL aux médecins généralistes de 65 ans et moins",
  ];
  const units = ["", "", "consultations par an et par habitant", "consultations par an et par habitant"];
  const sheet = (name: string, rows: readonly (readonly (string | number)[])[]) => ({
    name,
    rows: [["Accessibilité potentielle localisée"], [], ["Source : DREES"], heading, units, ...rows].map((row) => [
      ...row,
    ]),
  });
  it("les années ne se mélangent pas, la ligne des unités est passée", async () => {
    const workbook = await writeXlsx({
      sheets: [
        { name: "Paramètres", rows: [["Lisez-moi"]] },
        sheet("APL 2022", [["44015", "Blain", 3.19, 3.09]]),
        sheet("APL 2023", [
          ["44015", "Blain", 2.86, 2.64],
          ["01001", "L'Abergement-Clémenciat", 1.2, "nd"],
        ]),
      ],
    });
    const { db, done } = await importText("apl", workbook, { fileName: "apl.xlsx" });
    expect(told(done)).toBe("");
    expect(await figures(db)).toEqual([
      ...["01001 APL 2023 1.2", "01001 APL65 2023 secret"],
      ...["44015 APL 2022 3.19", "44015 APL 2023 2.86", "44015 APL65 2022 3.09", "44015 APL65 2023 2.64"],
    ]);
  });
});

describe("INSEE, recensement en lignes (Melodi)", () => {
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell) => (typeof cell === "number" ? String(cell) : `"${cell}"`)).join(";");
  const table = (names: readonly string[], ...rows: readonly (readonly (string | number)[])[]): string =>
    [line(names), ...rows.map(line)].join("\r\n");

  it("âges : les années d’âge s’additionnent par classe ; les sous-totaux et les sexes sont passés", async () => {
    const { db } = await importText(
      "recensement",
      table(
        ["GEO", "GEO_OBJECT", "FREQ", "AGE", "SEX", "RP_MEASURE", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"],
        ["44015", "COM", "A", "Y0", "_T", "POP", "A", "2022", 100.5],
        ["44015", "COM", "A", "Y14", "_T", "POP", "A", "2022", 99.5],
        ["44015", "COM", "A", "Y14", "F", "POP", "A", "2022", 50],
        ["44015", "COM", "A", "Y_GE75", "_T", "POP", "A", "2022", 900],
        ["44015", "COM", "A", "Y_GE100", "_T", "POP", "A", "2022", 2],
        ["44015", "COM", "A", "Y90", "_T", "POP", "A", "2022", 12],
        ["44221", "COM", "A", "Y15", "_T", "POP", "K", "2022", ""],
        ["200000000", "EPCI", "A", "Y0", "_T", "POP", "A", "2022", 7],
      ),
    );
    expect(await figures(db)).toEqual(["44015 POP0014 2022 200", "44015 POP90P 2022 14", "44221 POP1529 2022 secret"]);
  });

  it("logement : occupation et statut, tout le reste au total, colonnes dans le désordre", async () => {
    const names = [
      "OBS_VALUE",
      "OCS",
      "TSH",
      "TDW",
      "L_STAY",
      "RP_MEASURE",
      "GEO_OBJECT",
      "GEO",
      "TIME_PERIOD",
      "OBS_STATUS",
    ];
    const { db } = await importText(
      "recensement",
      table(
        names,
        [4900, "_T", "_T", "_T", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [4400.4, "DW_MAIN", "_T", "_T", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [300, "DW_VAC", "_T", "_T", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [2900, "DW_MAIN", "100", "_T", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [310, "DW_MAIN", "221", "_T", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [120, "DW_MAIN", "221", "1", "_T", "DWELLINGS", "COM", "44015", "2022", "A"],
        [9999, "DW_MAIN", "_T", "_T", "_T", "POP", "COM", "44015", "2022", "A"],
      ),
    );
    expect(await figures(db)).toEqual([
      ...["44015 LOG 2022 4900", "44015 LOGVAC 2022 300", "44015 RP 2022 4400.4"],
      ...["44015 RP_LOCHLMV 2022 310", "44015 RP_PROP 2022 2900"],
    ]);
  });

  it("emploi : chômeurs de 15 à 64 ans, un O est manquant et non nul", async () => {
    const { db } = await importText(
      "recensement",
      table(
        ["GEO", "GEO_OBJECT", "AGE", "SEX", "EMPSTA_ENQ", "RP_MEASURE", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"],
        ["44015", "COM", "Y15T64", "_T", "2", "POP", "A", "2022", 480],
        ["44015", "COM", "Y15T64", "_T", "_T", "POP", "A", "2022", 6200],
        ["44015", "COM", "Y15T64", "F", "2", "POP", "A", "2022", 250],
        ["44015", "COM", "Y15T24", "_T", "2", "POP", "A", "2022", 130],
        ["44062", "COM", "Y15T64", "_T", "2", "POP", "O", "2022", ""],
      ),
    );
    expect(await figures(db)).toEqual([
      "44015 CHOM1564 2022 480",
      "44015 POP1564 2022 6200",
      "44062 CHOM1564 2022 missing",
    ]);
  });

  it("diplômes : sans diplôme parmi les 15 ans ou plus", async () => {
    const { db } = await importText(
      "recensement",
      table(
        ["GEO", "GEO_OBJECT", "AGE", "SEX", "EDUC", "RP_MEASURE", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"],
        ["44015", "COM", "Y_GE15", "_T", "001T100_RP", "POP", "A", "2022", 1500],
        ["44015", "COM", "Y_GE15", "_T", "_T", "POP", "A", "2022", 7600],
        ["44015", "COM", "Y_GE15", "_T", "700_RP", "POP", "A", "2022", 600],
        ["44015", "COM", "Y_GE15", "F", "_T", "POP", "A", "2022", 3900],
      ),
    );
    expect(await figures(db)).toEqual(["44015 NSCOL15P 2022 7600", "44015 NSCOL15P_DIPLMIN 2022 1500"]);
  });
});

describe("ANCT, France Services : des lieux, dont on compte les lignes", () => {
  const text =
    'id_fs,lib_fs,insee_com,format_fs\n1,Espace A,28018,France services\n2,"Bus B, itinérant",28018,France services\n3,Espace C,1004,France services\n';
  it("l’année est demandée, puis les lieux comptés", async () => {
    expect(told((await importText("france-services", text)).done)).toContain("donnez le millésime");
    const { db } = await importText("france-services", text, { vintage: "2023" });
    expect(await figures(db)).toEqual(["01004 FRANCE_SERVICES 2023 1", "28018 FRANCE_SERVICES 2023 2"]);
  });
});

/** Of the producers' files, when the machine has them: SOURCE_DATA names their folder. */
const SOURCE = process.env["SOURCE_DATA"];
describe.runIf(SOURCE)("fichiers entiers des producteurs (SOURCE_DATA)", () => {
  const at = (path: string): string => join(SOURCE ?? "", path);

  it("Filosofi 2021 : autant de chiffres et de secrets que le fichier en écrit", async () => {
    const [heading = "", ...lines] = gunzipSync(readFileSync(at("filosofi/cc_filosofi_2021_COM.csv.gz")))
      .toString("utf8")
      .split("\n")
      .filter(Boolean);
    const kept = heading
      .split(";")
      .flatMap((name, column) => (/^(MED|PIMP|TP60|RD|PPEN|PPSOC|TP60AGE\d|TP60TOL\d)21$/.test(name) ? [column] : []));
    const cells = lines.flatMap((line) => {
      const row = line.trim().split(";");
      return kept.map((column) => row[column]);
    });
    const db = await createTestDatabase();
    const path = at("filosofi/cc_filosofi_2021_COM.csv.gz");
    const file = { kind: "filosofi", path, fileName: path, vintage: null, geographyOn: null, address: null };
    const done = await importFigures({ db, clock }, { ...file, isSimulation: false, isExtract: false });
    expect(done.ok && done.value).toMatchObject({ rows: lines.length, figures: cells.length });
    expect(done.ok && done.value.statuses.secret).toBe(
      cells.filter((cell) => ["s", "nd", ""].includes(cell ?? "")).length,
    );
  }, 120_000);

  it("code officiel et contours de cinq départements : tout se lit", async () => {
    const db = await createTestDatabase();
    const asked = { geographyOn: null, address: null, isSimulation: false };
    const communes = await importOfficialCode({ db, clock }, "communes", {
      ...asked,
      path: at("cog/communes.csv"),
      fileName: "communes.csv",
    });
    const official = readFileSync(at("cog/communes.csv"), "utf8")
      .split("\n")
      .filter((line) => /^(COM|ARM),/.test(line));
    expect(communes.ok && communes.value.rows).toBe(official.length);
    for (const name of ["28-eure-et-loir", "44-loire-atlantique", "59-nord", "83-var", "92-hauts-de-seine"]) {
      const path = at(`contours/communes-${name}.geojson`);
      const features = (JSON.parse(readFileSync(path, "utf8")) as { readonly features: readonly unknown[] }).features;
      const done = await importOutlines({ db, clock }, { ...asked, path, fileName: `${name}.geojson` });
      expect(done.ok && done.value.rows, name).toBe(features.length);
    }
  }, 120_000);
});
