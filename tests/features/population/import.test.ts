import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importMovements, importPopulations } from "~/features/population/import.server";
import { importMessage, sentFileMessage } from "~/features/population/messages.fr";
import { importSentFile, readVintage } from "~/features/population/sent-file.server";
import { importReference } from "~/features/population/reference.server";
import { listRegister } from "~/services/register.server";
import { createCommittee, createTestDatabase, TestClock } from "../../support/database";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "importer-"));
});
afterAll(() => rm(folder, { recursive: true }));

const REFERENCE = fileURLToPath(new URL("../../../db/reference", import.meta.url));
const CLOCK = () => new TestClock("2026-09-01T08:00:00Z");
/** Written by hand: a commune in each department of the national files. */
const DEPARTMENTS = (
  "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 21 22 23 24 25 26 27 28 29 2A 2B 30 31 32 33 34 35 36 37 38 39 40 " +
  "41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 " +
  "82 83 84 85 86 87 88 89 90 91 92 93 94 95 971 972 973 974"
).split(" ");

type Commune = { readonly dep: string; readonly com: string; readonly name: string; readonly figures: string };
const COMMUNES: readonly Commune[] = [
  ...DEPARTMENTS.filter((dep) => dep !== "44" && dep !== "974").map((dep) => ({
    ...{ dep, com: dep.length === 3 ? `${dep.slice(2)}01` : "001", name: "L'Été-sur-Œuvre", figures: "100;5;105" },
  })),
  { dep: "44", com: "015", name: "Blain", figures: "10376;259;10635" },
  { dep: "974", com: "424", name: "Cilaos", figures: "5040;43;5083" },
];
const codeOf = ({ dep, com }: Commune) => dep.slice(0, 2) + com;

const SHAPES = {
  "2019 : REG;DEP;COM": (communes: readonly Commune[]) => [
    "REG;DEP;COM;PMUN;PCAP;PTOT",
    ...communes.map((one) => `52;${one.dep};${codeOf(one)};${one.figures}`),
  ],
  "2020 : COM est le nom": (communes: readonly Commune[]) => [
    "CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;PMUN;PCAP;PTOT",
    ...communes.map((one) => `52;Pays de la Loire;${one.dep};1;01;${one.com};${one.name};${one.figures}`),
  ],
  "2021 : COM est le code": (communes: readonly Commune[]) => [
    "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT",
    ...communes.map((one) => `52;Pays de la Loire;${one.dep};;01;${one.com};${codeOf(one)};${one.name};${one.figures}`),
  ],
} as const;
const SHAPE_2021 = SHAPES["2021 : COM est le code"];

let made = 0;
async function write(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `fichier-${(made += 1)}.csv`);
  await writeFile(path, content);
  return path;
}
const crlf = (lines: readonly string[]) => `${lines.join("\r\n")}\r\n`;
const windows1252 = (text: string) => Buffer.from(text.replaceAll("Œ", "\u008c"), "latin1");

async function importFile(content: string | Uint8Array, changes: { vintage?: number; isSimulation?: boolean } = {}) {
  const db = await createTestDatabase();
  const clock = CLOCK();
  const path = await write(content);
  const file = { path, vintage: 2023, address: "https://www.insee.fr", isSimulation: false, ...changes };
  const decision = await importPopulations({ db, clock }, file);
  const rows = await db.selectFrom("population").selectAll().orderBy("communeCode").execute();
  const datasets = await db.selectFrom("populationDataset").selectAll().execute();
  return { db, clock, file, decision, rows, datasets };
}

async function refusalOf(content: string | Uint8Array, changes: { vintage?: number } = {}): Promise<string> {
  const { decision, rows, datasets } = await importFile(content, changes);
  expect(rows).toEqual([]);
  expect(datasets).toEqual([]);
  if (decision.ok) throw new Error("The file should be refused");
  return importMessage(decision.refusal).replace(/[\u00a0\u202f]/g, " ");
}

describe("importer les populations de référence, telles que l’INSEE les publie", () => {
  it.each(Object.entries(SHAPES))("en-tête de %s", async (_, shape) => {
    const { decision, rows, datasets } = await importFile(crlf(shape(COMMUNES)));
    expect(decision).toMatchObject({ ok: true, value: { outcome: "imported", rows: 100, inForceOn: "2026-01-01" } });
    expect(rows).toHaveLength(100);
    expect(rows.find(({ communeCode }) => communeCode === "44015")).toMatchObject({
      ...{ municipal: 10_376, countedApart: 259, total: 10_635 },
    });
    expect(rows.find(({ communeCode }) => communeCode === "97424")).toMatchObject({ municipal: 5040 });
    expect(rows.some(({ communeCode }) => communeCode === "2A001")).toBe(true);
    expect(datasets).toMatchObject([{ vintage: 2023, inForceOn: "2026-01-01", rowCount: 100, producer: "INSEE" }]);
    expect(datasets[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  const text = crlf(SHAPE_2021(COMMUNES));
  it.each<[string, string | Uint8Array]>([
    ["Windows-1252", windows1252(text)],
    ["BOM", `\ufeff${text}`],
    ["fins de ligne LF", text.replaceAll("\r\n", "\n")],
    ["sans dernière fin de ligne", text.trimEnd()],
    ["virgules", text.replaceAll(";", ",")],
    ["tabulations", text.replaceAll(";", "\t")],
    ["cellules entre guillemets", text.replaceAll("Pays de la Loire", '"Pays ; de la Loire"')],
    ["colonnes dans un autre ordre", crlf(SHAPE_2021(COMMUNES).map((line) => line.split(";").reverse().join(";")))],
  ])("%s : les mêmes chiffres et les mêmes noms", async (_, content) => {
    const { decision, rows } = await importFile(content);
    expect(decision).toMatchObject({ ok: true, value: { outcome: "imported", rows: 100 } });
    expect(rows.find(({ communeCode }) => communeCode === "01001")?.label).toBe("L'Été-sur-Œuvre");
    expect(rows.find(({ communeCode }) => communeCode === "44015")).toMatchObject({ label: "Blain", total: 10_635 });
  });

  it("le même fichier deux fois : rien ne change", async () => {
    const { db, clock, file } = await importFile(text);
    const again = await importPopulations({ db, clock }, { ...file, vintage: 2022 });
    expect(again).toMatchObject({ ok: true, value: { outcome: "already-imported", vintage: 2023, rows: 100 } });
    expect(await db.selectFrom("population").selectAll().execute()).toHaveLength(100);
  });

  it("la simulation dit ce qui changerait et n’écrit rien", async () => {
    const { db, clock, file } = await importFile(text);
    const next = COMMUNES.slice(1).map((one) => (one.dep === "44" ? { ...one, figures: "10400;259;10659" } : one));
    const path = await write(crlf(SHAPE_2021([...next, { dep: "01", com: "002", name: "Neuve", figures: "1;0;1" }])));
    const report = await importPopulations({ db, clock }, { ...file, path, isSimulation: true });
    expect(report).toMatchObject({
      ok: true,
      value: { outcome: "simulated", compared: { vintage: 2023, added: 1, changed: 1, absent: ["01001"] } },
    });
    expect(await db.selectFrom("populationDataset").selectAll().execute()).toHaveLength(1);
  });
});

describe("un fichier refusé laisse la base comme elle était", () => {
  const lines = SHAPE_2021(COMMUNES);
  it.each<[string, string | Uint8Array, RegExp]>([
    ["vide", "", /vide/],
    ["un classeur", Buffer.from("504b0304140000000800", "hex"), /pas un texte CSV/],
    ["UTF-16", Buffer.from(crlf(lines), "utf16le"), /pas un texte CSV/],
    ["tronqué après une ligne", crlf(lines.slice(0, 50)), /tronqué.*49 communes lues/],
    ["tronqué dans un nombre", crlf(lines).slice(0, -4), /ligne 101 : 97424, la population totale n’est pas/],
    ["tronqué dans une ligne", crlf(lines).slice(0, -20), /ligne 101 : .* au lieu de 11, la ligne est coupée/],
    ["d’autres en-têtes", crlf(["code;nom;habitants", "44015;Blain;10376"]), /4 colonnes manquent.*COM, PMUN/],
    [
      "un autre jeu",
      crlf(["MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP", "32,2025-01-01,COM,01330,COM,01187"]),
      /mouvements de communes/,
    ],
    ["une commune deux fois", crlf([...lines, lines[1] ?? ""]), /ligne 102 : la commune 01001 est donnée deux fois/],
    ["un nombre illisible", crlf(lines).replace("10376", "10,376"), /ligne 100 : « 10,376 » n’est pas un nombre/],
    ["un nombre négatif", crlf(lines).replace("10376", "-1"), /« -1 » n’est pas un nombre/],
    ["un code illisible", crlf(lines).replace(";44015;", ";4415X;"), /« 4415X » n’est pas un code de commune/],
    ["un guillemet jamais fermé", crlf(lines).replace(";Blain;", ';"Blain;'), /guillemet n’est pas fermé/],
  ])("%s", async (_, content, sentence) => expect(await refusalOf(content)).toMatch(sentence));

  it("dit chaque ligne fautive, vingt au plus, puis combien d’autres", async () => {
    const message = await refusalOf(crlf(lines.map((line) => line.replace("100;5;105", "100;5;106"))));
    expect(message).toMatch(/^98 lignes ne se lisent pas/);
    expect(message.match(/^ {2}ligne/gm)).toHaveLength(20);
    expect(message).toMatch(/et 78 autres$/);
  });

  it.each([2005, 2025, 2030])("le millésime %i n’est pas possible en 2026", async (vintage) => {
    expect(await refusalOf(crlf(lines), { vintage })).toMatch(/de 2006 à 2024/);
  });

  it("un chemin qui ne mène à rien", async () => {
    const db = await createTestDatabase();
    const file = { path: join(folder, "absent.csv"), vintage: 2023, address: "", isSimulation: false };
    expect(await importPopulations({ db, clock: CLOCK() }, file)).toMatchObject({ refusal: { kind: "file-missing" } });
  });
});

describe("importer les mouvements de communes", () => {
  const HEADING =
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP";
  const move = (date: string, before: string, after: string, types = ["COM", "COM"]) =>
    `32,${date},${types[0]},${before},0,A,A,A,${types[1]},${after},0,B,B,B`;
  const lines = [
    HEADING,
    move("2019-01-01", "44160", "44003"),
    move("2019-01-01", "44160", "44160", ["COM", "COMD"]),
    move("2019-01-01", "44003", "44003"),
    move("2026-01-01", "1324", "1245", ["COMA", "COM"]),
  ];

  it("garde les lignes de commune à commune, une fois", async () => {
    const db = await createTestDatabase();
    const path = await write(lines.join("\n"));
    const first = await importMovements({ db, clock: CLOCK() }, { path, isSimulation: false });
    expect(first).toMatchObject({ ok: true, value: { outcome: "imported", added: 2 } });
    const rows = await db.selectFrom("communeMovement").select(["codeBefore", "codeAfter", "effectiveOn"]).execute();
    expect(rows).toContainEqual({ codeBefore: "44160", codeAfter: "44003", effectiveOn: "2019-01-01" });
    expect(rows).toHaveLength(2);
    const again = await importMovements({ db, clock: CLOCK() }, { path, isSimulation: false });
    expect(again).toMatchObject({ ok: true, value: { outcome: "already-imported" } });
    const next = await write([...lines, move("2027-01-01", "44001", "44002")].join("\n"));
    const later = await importMovements({ db, clock: CLOCK() }, { path: next, isSimulation: false });
    expect(later).toMatchObject({ ok: true, value: { outcome: "imported", added: 1, known: 2 } });
  });

  it.each([
    ["une date illisible", [...lines, move("2026-02-30", "44001", "44002")], /« 2026-02-30 » n’est pas une date/],
    ["une ligne coupée", [...lines, "32,2026-01-01,COM"], /la ligne est coupée/],
    ["un fichier de populations", SHAPE_2021(COMMUNES), /fichier de populations/],
  ])("refuse %s", async (_, content, sentence) => {
    const db = await createTestDatabase();
    const path = await write(content.join("\n"));
    const decision = await importMovements({ db, clock: CLOCK() }, { path, isSimulation: false });
    expect(decision.ok ? "" : importMessage(decision.refusal)).toMatch(sentence);
    expect(await db.selectFrom("communeMovement").selectAll().execute()).toEqual([]);
  });
});

describe("la table de référence du projet", () => {
  it("un jeu par millésime, avec sa source ; deux fois, rien ne change", async () => {
    const committee = await createCommittee();
    const { db, networkId } = committee;
    const acts = async () =>
      (await listRegister(db, networkId)).filter(({ kind }) => kind === "official-figures-imported");
    const first = await importReference({ db, clock: CLOCK() }, REFERENCE);
    expect(first.added).toHaveLength(18);
    const blain = await db
      .selectFrom("population")
      .innerJoin("populationDataset", "populationDataset.id", "population.datasetId")
      .select(["population.municipal", "population.total", "populationDataset.inForceOn"])
      .where("population.communeCode", "=", "44015")
      .where("populationDataset.vintage", "=", 2023)
      .execute();
    expect(blain).toEqual([{ municipal: 10_376, total: 10_635, inForceOn: "2026-01-01" }]);
    const again = await importReference({ db, clock: CLOCK() }, REFERENCE);
    expect(again).toMatchObject({ added: [] });
    expect(await acts()).toMatchObject([{ payload: { dataset: "project-table" } }]);
  });
});

describe("un fichier envoyé par l’écran d’administration", () => {
  const text = crlf(SHAPE_2021(COMMUNES));
  const send = async (
    changes: Partial<Parameters<typeof importSentFile>[1]> = {},
    committee?: Awaited<ReturnType<typeof createCommittee>>,
  ) => {
    const { db, personOf } = committee ?? (await createCommittee());
    const actor = { personId: personOf("administrator"), displayName: "Administration" };
    const done = await importSentFile(
      { db, clock: CLOCK(), actor, folder },
      {
        ...{ kind: "populations", keptId: null, vintage: null, address: "https://www.insee.fr", isSimulation: false },
        ...{ file: { name: "donnees_communes_2023.csv", bytes: Buffer.from(text) }, ...changes },
      },
    );
    const rows = await db.selectFrom("populationDataset").select("vintage").execute();
    const acts = await db
      .selectFrom("registerEntry")
      .select(["payload", "actorLabel"])
      .where("kind", "=", "official-figures-imported")
      .execute();
    return { done, vintages: rows.map(({ vintage }) => vintage), acts };
  };

  it("simulé, il dit ce qui changerait et n’écrit rien ; le même se prend ensuite sans le choisir de nouveau", async () => {
    const committee = await createCommittee();
    const tried = await send({ isSimulation: true }, committee);
    expect(tried).toMatchObject({ done: { ok: true }, vintages: [], acts: [] });
    expect(JSON.stringify(tried.done)).toContain("Simulation, rien n’est écrit");
    const kept = tried.done.ok ? tried.done.value.kept : null;
    expect(kept).toMatchObject({ vintage: 2023 });
    const order = { file: null, keptId: kept?.id ?? "", vintage: 2023 };
    expect(await send(order, committee)).toMatchObject({ done: { ok: true, value: { kept: null } }, vintages: [2023] });
    const again = await send(order, committee);
    expect(again.done.ok ? "" : sentFileMessage(again.done.refusal)).toMatch(/n’est plus gardé/);
  });

  it("importé, il laisse un acte au registre du réseau, une fois", async () => {
    const committee = await createCommittee();
    await send({}, committee);
    const { acts } = await send({}, committee);
    expect(acts).toHaveLength(1);
    expect(acts[0]?.actorLabel).toBe("Administration");
    expect(JSON.parse(acts[0]?.payload ?? "")).toMatchObject({ dataset: "populations", vintage: 2023, rowCount: 100 });
  });

  it.each([
    [
      "sans année dans son nom",
      { file: { name: "communes.csv", bytes: Buffer.from(text) } },
      /millésime ne se lit pas/,
    ],
    ["absent", { file: null }, /Choisissez le fichier/],
    ["qui n’est plus gardé", { file: null, keptId: "../../portail", vintage: 2023 }, /n’est plus gardé/],
    ["vide", { file: { name: "a_2023.csv", bytes: new Uint8Array() } }, /Le fichier est vide/],
    ["tronqué", { file: { name: "a_2023.csv", bytes: Buffer.from(text.slice(0, 600)) } }, /./],
    ["d’un autre jeu", { kind: "mouvements" }, /Ce n’est pas le jeu attendu/],
  ] as const)("refuse un fichier %s, par une phrase, sans rien écrire", async (_, changes, sentence) => {
    const { done, vintages } = await send(changes);
    expect(done.ok ? "" : sentFileMessage(done.refusal)).toMatch(sentence);
    expect(vintages).toEqual([]);
  });

  it.each([
    ["donnees_communes_2023.csv", 2023],
    ["base-cc-2020-2023.csv", null],
    ["communes20231.csv", null],
  ])("lit le millésime dans « %s »", (name, year) => expect(readVintage(name)).toBe(year));
});
