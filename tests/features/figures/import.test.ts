import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { findIndicator } from "~/domain/observatory/catalogue";
import type { FigureFile } from "~/features/figures/import.server";
import { importFigures } from "~/features/figures/import.server";
import { importMessage, reportLines, tellsNothingNew } from "~/features/figures/messages.fr";
import { importOfficialCode, importOutlines } from "~/features/figures/territories.server";
import type { Db } from "~/services/db.server";
import {
  listCentroids,
  listDepartmentCommunes,
  listOutlines,
  loadIndicatorSeries,
} from "~/services/figures-record.server";
import { createTestDatabase, TestClock } from "../../support/database";

const folder = mkdtempSync(join(tmpdir(), "figures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = new TestClock("2026-11-22T10:00:00Z");
const DEPARTMENTS = [
  ...Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, "0")).filter((code) => code !== "20"),
  ...["2A", "2B"],
];

let written = 0;
function write(content: string | Uint8Array, name = "jeu.csv"): string {
  const path = join(folder, `${(written += 1)}-${name}`);
  writeFileSync(path, content);
  return path;
}

async function run(db: Db, kind: string, path: string, options: Partial<FigureFile> = {}) {
  const file = { kind, path, fileName: path, vintage: null, geographyOn: null, address: null };
  return importFigures({ db, clock }, { ...file, isSimulation: false, isExtract: false, ...options });
}

const HEADING = "CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;PIMP21;TP6021;RD21";
const others = DEPARTMENTS.filter((code) => code !== "44").map((code) => `${code}001;100;200;20000;s;s;s`);
const filosofi = (...lines: readonly string[]): string => [HEADING, ...others, ...lines].join("\n");
const BLAIN = "44015;4255;10118;22760;47,0;9,0;2,4";

const count = async (db: Db): Promise<number> =>
  Number(
    (
      await db
        .selectFrom("figure")
        .select(({ fn }) => fn.countAll<number>().as("figures"))
        .executeTakeFirstOrThrow()
    ).figures,
  );
const blain = (db: Db, variable: string) =>
  db
    .selectFrom("figure")
    .select(["status", "value"])
    .where("territoryCode", "=", "44015")
    .where("variable", "=", variable)
    .execute();

describe("import d’un jeu tel que publié", () => {
  it.each([
    { case: "nu", make: (text: string) => write(text) },
    { case: "gzip", make: (text: string) => write(gzipSync(text), "jeu.csv.gz") },
    {
      case: "ZIP, les métadonnées laissées de côté",
      make: (text: string) =>
        write(zipSync({ "meta_jeu.csv": Buffer.from("COD_VAR;x"), "jeu.CSV": Buffer.from(text) }), "jeu.zip"),
    },
    { case: "CRLF, tabulations", make: (text: string) => write(text.replaceAll("\n", "\r\n").replaceAll(";", "\t")) },
    { case: "marque d’ordre des octets", make: (text: string) => write(`\ufeff${text}`) },
  ])("$case : valeur, secret, décimale", async ({ make }) => {
    const db = await createTestDatabase();
    const done = await run(db, "filosofi", make(filosofi(BLAIN)));
    expect(done.ok && done.value).toMatchObject({
      outcome: "imported",
      vintage: "2021",
      rows: 95 + 1,
      territories: 96,
    });
    expect(await blain(db, "PIMP")).toEqual([{ status: "value", value: 47 }]);
    expect(await blain(db, "RD")).toEqual([{ status: "value", value: 2.4 }]);
    expect(
      await db
        .selectFrom("figure")
        .select("value")
        .where("territoryCode", "=", "01001")
        .where("variable", "=", "TP60")
        .execute(),
    ).toEqual([{ value: null }]);
  });

  it("colonnes dans un autre ordre, point et virgule sur une même ligne, code sans son zéro", async () => {
    const db = await createTestDatabase();
    const text = [
      "TP6021;MED21;CODGEO;NBPERSMENFISC21;RD21",
      ...others.map((line) => `s;20000;${line.slice(0, 5).replace(/^0/, "")};1;s`),
      "9.5;22760;44015;1;2,4",
    ].join("\n");
    expect((await run(db, "filosofi", write(text))).ok).toBe(true);
    expect(await blain(db, "TP60")).toEqual([{ status: "value", value: 9.5 }]);
    expect(await blain(db, "RD")).toEqual([{ status: "value", value: 2.4 }]);
  });

  it("deux fois : rien ne change ; une simulation : rien n’est écrit", async () => {
    const db = await createTestDatabase();
    const path = write(filosofi(BLAIN));
    const simulated = await run(db, "filosofi", path, { isSimulation: true });
    expect(simulated.ok && simulated.value.outcome).toBe("simulated");
    expect(await count(db)).toBe(0);
    await run(db, "filosofi", path);
    const before = await count(db);
    const again = await run(db, "filosofi", path);
    expect(again.ok && again.value.outcome).toBe("already-imported");
    expect([simulated, again].map((report) => report.ok && tellsNothingNew(reportLines(report.value)))).toEqual([
      false,
      true,
    ]);
    expect(await listDepartmentCommunes(db, ["44"])).toEqual(["44015"]);
    expect(await listDepartmentCommunes(db, ["35"])).toEqual(["35001"]);
    expect(await count(db)).toBe(before);
  });

  it("deux fichiers qui se contredisent : les deux restent, le désaccord est dit", async () => {
    const db = await createTestDatabase();
    await run(db, "filosofi", write(filosofi(BLAIN)));
    clock.advanceMinutes(1);
    const second = await run(db, "filosofi", write(filosofi(BLAIN.replace("22760", "22990"))));
    expect(second.ok && second.value.changes).toMatchObject({
      changed: 1,
      examples: [{ code: "44015", variable: "MED", period: "2021", before: 22760, now: 22990 }],
    });
    const indicator = findIndicator("niveau-de-vie-median");
    if (!indicator) throw new Error("absent");
    const { points } = await loadIndicatorSeries(db, {
      indicators: [indicator],
      territories: [{ kind: "commune", code: "44015" }],
    });
    expect(points.get("niveau-de-vie-median")?.get("commune-44015")).toMatchObject([
      { period: "2021", value: 22990, disagreements: [{ value: 22760 }] },
    ]);
  });

  it("nouveau format en lignes : C secret, O manquant, K non diffusé, multiplicateur, France métropolitaine", async () => {
    const db = await createTestDatabase();
    const heading =
      '"TIME_PERIOD";"GEO";"GEO_OBJECT";"FILOSOFI_MEASURE";"UNIT_MEASURE";"UNIT_MULT";"CONF_STATUS";"OBS_STATUS";"OBS_VALUE"';
    const lines = [
      '"2023";"44015";"COM";"MED_SL";"EUR_YR";"3";"F";"A";25.37',
      '"2023";"44015";"COM";"PR_MD60";"PT";"0";"C";"A";',
      '"2023";"44015";"COM";"IR_D9_D1_SL";"PT";"0";"F";"O";',
      '"2023";"FM";"FRANCE";"PR_MD60";"PT";"0";"F";"A";15.9',
      '"2023";"200072734";"EPCI";"PR_MD60";"PT";"0";"F";"A";9',
    ];
    const done = await run(db, "filosofi", write([heading, ...lines].join("\r\n")), { isExtract: true });
    expect(done.ok && done.value).toMatchObject({ vintage: "2023", figures: 4 });
    expect(await blain(db, "MED")).toEqual([{ status: "value", value: 25370 }]);
    expect(await blain(db, "TP60")).toEqual([{ status: "secret", value: null }]);
    expect(await blain(db, "RD")).toEqual([{ status: "missing", value: null }]);
  });

  it("équipements : une ligne absente est un zéro", async () => {
    const db = await createTestDatabase();
    const text =
      "GEO;GEO_OBJECT;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE\n44015;COM;D307;FACILITIES;2024;2\n44221;COM;A101;FACILITIES;2024;1\n";
    await run(db, "bpe", write(text), { isExtract: true });
    const rows = await db
      .selectFrom("figure")
      .select(["territoryCode", "status", "value"])
      .where("variable", "=", "BPE_D307")
      .execute();
    expect(rows).toEqual([
      { territoryCode: "44015", status: "value", value: 2 },
      { territoryCode: "44221", status: "zero", value: 0 },
    ]);
  });

  it("CAF : le plus grand des doublons techniques, décembre pour l’année, une cellule vide n’est pas zéro", async () => {
    const db = await createTestDatabase();
    const text =
      "\ufeffdtreffre;numcomdo;indfoy_ndur;indnbp_ndur;indfoy_rsa\n2024-12-01;44015;1;1;\n2024-12-01;44015;1985;5195;150\n2024-06-01;44015;9;9;9\n2024-12-01;1001;5;10;\n";
    await run(db, "caf", write(text), { isExtract: true });
    expect(await blain(db, "CAF_FOYERS")).toEqual([{ status: "value", value: 1985 }]);
    expect(
      await db
        .selectFrom("figure")
        .select(["status", "value"])
        .where("territoryCode", "=", "01001")
        .where("variable", "=", "CAF_RSA")
        .execute(),
    ).toEqual([{ status: "secret", value: null }]);
  });

  it("DARES : la ligne des totaux seulement", async () => {
    const db = await createTestDatabase();
    const text =
      "date;code_commune;sexe;tranche_d_age;categorie;nombre_de_demandeurs_d_emploi\n2024-T4;44015;Total;Total;ABC;700\n2024-T4;44015;Femmes;Total;ABC;380\n2024-T4;44015;Total;Total;A;400\n";
    const done = await run(db, "demandeurs-emploi", write(text), { isExtract: true });
    expect(done.ok && done.value.figures).toBe(1);
    expect(await blain(db, "DEFM_ABC")).toEqual([{ status: "value", value: 700 }]);
  });
});

describe("mauvaises entrées : rien n’est écrit, la raison est dite", () => {
  const bomb = (): string => write(gzipSync(Buffer.alloc(60 * 1024 ** 2, "1;")), "bombe.csv.gz");
  const cut = gzipSync(filosofi(BLAIN)).subarray(0, 200);
  it.each([
    {
      case: "une bombe ZIP",
      make: () => write(zipSync({ "a.csv": Buffer.alloc(56 * 1024 ** 2, "1;") }), "bombe.zip"),
      kind: "archive-too-large",
    },
    { case: "un autre jeu", make: () => write("COM;PMUN;PCAP;PTOT\n44015;1;1;2"), kind: "other-dataset" },
    { case: "coupé au milieu d’une ligne", make: () => write(filosofi("44015;42")), kind: "rows-refused" },
    { case: "coupé entre deux lignes", make: () => write([HEADING, BLAIN].join("\n")), kind: "file-truncated" },
    {
      case: "un mot à la place d’un nombre",
      make: () => write(filosofi(BLAIN.replace("22760", "beaucoup"))),
      kind: "rows-refused",
    },
    {
      case: "une médiane négative",
      make: () => write(filosofi(BLAIN.replace("22760", "-22760"))),
      kind: "rows-refused",
    },
    { case: "une commune deux fois", make: () => write(filosofi(BLAIN, BLAIN)), kind: "rows-refused" },
    {
      case: "un code qui n’en est pas un",
      make: () => write(filosofi(BLAIN.replace("44015", "Blain"))),
      kind: "rows-refused",
    },
    { case: "un guillemet jamais fermé", make: () => write(filosofi(`"${BLAIN}`)), kind: "table-malformed" },
    { case: "une archive coupée", make: () => write(cut, "coupe.csv.gz"), kind: "archive-damaged" },
    { case: "une bombe", make: bomb, kind: "archive-too-large" },
    { case: "UTF-16", make: () => write(Buffer.from(filosofi(BLAIN), "utf16le")), kind: "file-not-text" },
    { case: "vide", make: () => write(""), kind: "file-empty" },
    { case: "absent", make: () => join(folder, "absent.csv"), kind: "file-missing" },
  ])("$case", async ({ make, kind }) => {
    const db = await createTestDatabase();
    const done = await run(db, "filosofi", make());
    expect(done.ok ? null : done.refusal.kind).toBe(kind);
    if (!done.ok) expect(importMessage(done.refusal).length).toBeGreaterThan(20);
    expect(await count(db)).toBe(0);
    expect(await db.selectFrom("figureDataset").selectAll().execute()).toEqual([]);
  });

  it("le millésime tapé n’est pas celui des colonnes", async () => {
    const db = await createTestDatabase();
    const done = await run(db, "filosofi", write(filosofi(BLAIN)), { vintage: "2019" });
    expect(done.ok ? null : done.refusal).toEqual({ kind: "vintage-differs", typed: "2019", found: "2021" });
  });

  it("Windows-1252 est lu comme tel", async () => {
    const db = await createTestDatabase();
    const text = "TYPECOM,COM,REG,DEP,LIBELLE\nCOM,44062,52,44,Le Gâvre\n";
    await importOfficialCode({ db, clock }, "communes", {
      path: write(Buffer.from(text, "latin1")),
      fileName: "communes.csv",
      geographyOn: null,
      address: null,
      isSimulation: false,
    });
    expect(await db.selectFrom("commune").select("name").execute()).toEqual([{ name: "Le Gâvre" }]);
  });
});

describe("communes qui ont fusionné", () => {
  /* COG: 44160 joined 44003 on 1 January 2019 (Vallons-de-l'Erdre and others are other cases). */
  it("la somme des anciennes, jamais une médiane", async () => {
    const db = await createTestDatabase();
    await db
      .insertInto("communeMovement")
      .values(
        ["44160", "44003"].map((codeBefore) => ({
          codeBefore,
          codeAfter: "44003",
          effectiveOn: "2019-01-01",
          kind: "32",
          datasetSha256: "x",
        })),
      )
      .execute();
    const text =
      "CODGEO;MED17;TP6017;NBPERSMENFISC17;P17_RP_PROP;P17_RP\n44003;20000;s;1;100;200\n44160;24000;s;1;40;80\n";
    await run(db, "filosofi", write(text), { isExtract: true, geographyOn: "2018-01-01" });
    const codes = ["part-proprietaires", "niveau-de-vie-median"];
    const indicators = codes.flatMap((code) => findIndicator(code) ?? []);
    const { points } = await loadIndicatorSeries(db, { indicators, territories: [{ kind: "commune", code: "44003" }] });
    expect(points.get("part-proprietaires")?.get("commune-44003")).toMatchObject([{ period: "2017", value: 50 }]);
    expect(points.get("niveau-de-vie-median")?.get("commune-44003")).toMatchObject([
      { value: null, status: "missing" },
    ]);
  });

  it("sans le code officiel, les mouvements disent seuls qu’un code n’existe plus", async () => {
    const db = await createTestDatabase();
    const movement = { kind: "32", datasetSha256: "x" };
    await db
      .insertInto("communeMovement")
      .values([
        { ...movement, codeBefore: "44160", codeAfter: "44003", effectiveOn: "2019-01-01" },
        { ...movement, codeBefore: "44003", codeAfter: "44003", effectiveOn: "2019-01-01" },
        { ...movement, codeBefore: "44225", codeAfter: "44180", effectiveOn: "2018-01-01" },
        { ...movement, codeBefore: "44180", codeAfter: "44225", effectiveOn: "2024-01-01" },
      ])
      .execute();
    const text =
      "CODGEO;MED17;TP6017;NBPERSMENFISC17\n44003;20000;s;1\n44160;24000;s;1\n44225;24000;s;1\n44999;1;s;1\n";
    const report = await run(db, "filosofi", write(text), { isExtract: true, isSimulation: true });
    expect(report).toMatchObject({
      ok: true,
      value: { followed: [{ code: "44160", into: "44003" }], followedCount: 1, unknownCount: 0 },
    });
  });
});

describe("contours", () => {
  const square = (x: number, size: number, isClockwise: boolean): number[][] => {
    const ring = [
      [x, 47],
      [x + size, 47],
      [x + size, 47 + size],
      [x, 47 + size],
      [x, 47],
    ];
    return isClockwise ? ring.reverse() : ring;
  };
  const feature = (code: string, type: string, coordinates: unknown) => ({
    type: "Feature",
    properties: { code, nom: "x { [" },
    geometry: { type, coordinates },
  });
  const collection = (...features: readonly unknown[]): string =>
    JSON.stringify({ type: "FeatureCollection", features });
  const read = (db: Db, text: string) =>
    importOutlines(
      { db, clock },
      {
        path: write(text, "contours.geojson"),
        fileName: "contours.geojson",
        geographyOn: null,
        address: null,
        isSimulation: false,
      },
    );

  it("îles, enclave, sens contraire : tournés à nouveau, le centre au milieu", async () => {
    const db = await createTestDatabase();
    const text = collection(
      feature("44015", "Polygon", [square(-1.8, 0.1, false)]),
      feature("44023", "Polygon", [square(-1.8, 0.1, true)]),
      feature("44062", "MultiPolygon", [
        [square(-1.6, 0.1, false), square(-1.57, 0.02, false)],
        [square(-1.3, 0.05, true)],
      ]),
    );
    const done = await read(db, text);
    expect(done.ok && done.value).toMatchObject({ rows: 3, severalParts: 1, holes: 1 });
    const outlines = await listOutlines(db, ["44015", "44023", "44062"]);
    expect(outlines).toHaveLength(3);
    const [one, other] = outlines.map(({ geometry }) => JSON.parse(geometry) as { coordinates: number[][][] });
    expect(one?.coordinates[0]?.[1]).toEqual([-1.8, 47.1]);
    expect(other?.coordinates[0]?.[1]).toEqual([-1.8, 47.1]);
    const [center] = await listCentroids(db, ["44015"]);
    expect(center?.longitude).toBeCloseTo(-1.75, 3);
    expect(center?.latitude).toBeCloseTo(47.05, 3);
  });

  it.each([
    {
      case: "ligne non refermée",
      text: collection(feature("44015", "Polygon", [square(-1.8, 0.1, false).slice(0, 4)])),
    },
    { case: "coordonnées en mètres", text: collection(feature("44015", "Polygon", [square(355_000, 10, false)])) },
    {
      case: "sans code",
      text: collection({ ...feature("", "Polygon", [square(-1.8, 0.1, false)]), properties: { nom: "Blain" } }),
    },
    { case: "un point", text: collection(feature("44015", "Point", [-1.8, 47])) },
    { case: "coupé", text: collection(feature("44015", "Polygon", [square(-1.8, 0.1, false)])).slice(0, -20) },
  ])("$case : refusé", async ({ text }) => {
    const db = await createTestDatabase();
    const done = await read(db, text);
    expect(done.ok).toBe(false);
    expect(await db.selectFrom("communeOutline").selectAll().execute()).toEqual([]);
  });
});

/** Of the producers' files, when the machine has them: SOURCE_DATA names their folder. */
const SOURCE = process.env["SOURCE_DATA"];
describe.runIf(SOURCE)("fichiers nationaux de l’INSEE (SOURCE_DATA)", () => {
  it("comparateur : 35 010 communes, une somme du département égale à celle du fichier", async () => {
    const db = await createTestDatabase();
    const done = await run(db, "comparateur", join(SOURCE ?? "", "comparateur/base_cc_comparateur_csv.zip"));
    expect(done.ok && done.value).toMatchObject({ rows: 35_010, territories: 35_010 });
    const shipped = readFileSync(join(process.cwd(), "db/reference/figures.csv"), "utf8").split("\n");
    const expected = shipped
      .filter((line) => line.startsWith("comparateur;department;44;"))
      .map((line) => line.split(";"));
    const sums = await db
      .selectFrom("figure")
      .select(["variable", "period", "value"])
      .where("territoryKind", "=", "department")
      .where("territoryCode", "=", "44")
      .execute();
    expect(sums.length).toBe(expected.length);
    for (const [, , , variable, period, , value] of expected) {
      expect(sums.find((sum) => sum.variable === variable && sum.period === period)?.value, variable).toBeCloseTo(
        Number(value),
        2,
      );
    }
  }, 120_000);
});
describe.runIf(!SOURCE)("fichiers nationaux de l’INSEE", () => {
  it.skip("absents de cette machine : donnez leur dossier dans SOURCE_DATA pour les lire", () => undefined);
});
