import { readOds, writeOds } from "hucre/ods";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { beforeEach, describe, expect, it } from "vitest";
import { closeCampaign } from "~/features/indicators/campaign-commands.server";
import { sheetMessage, workbookMessage } from "~/features/indicators/messages.fr";
import { findSubmission } from "~/features/indicators/queries.server";
import { saveCells } from "~/features/indicators/submission-commands.server";
import { composeTemplateFile } from "~/features/indicators/template.server";
import { receiveTemplate } from "~/features/indicators/upload-commands.server";
import { openStage, type CampaignStage } from "./campaign-stage";

let stage: CampaignStage;
beforeEach(async () => {
  stage = await openStage();
});

type Row = (string | number | null)[];

const VALUE = 7;

async function download(format: "csv" | "ods" | "xlsx" = "ods", key: "blain" | "bouvron" = "blain") {
  const file = await composeTemplateFile(await stage.contextOf("secretary"), stage.target(key), format);
  return file!.bytes;
}
async function rowsOf(bytes: Uint8Array): Promise<Row[]> {
  return (await readOds(bytes)).sheets[0]!.rows as Row[];
}
/** The template with some values changed, as an agent would in a spreadsheet. */
async function fill(values: Record<string, string | number>, reshape: (rows: Row[]) => Row[] = (rows) => rows) {
  const rows = (await rowsOf(await download())).map((row) => {
    const given = values[String(row[0])];
    if (given === undefined) return row;
    const filled = Array.from({ length: 9 }, (_, index) => row[index] ?? null);
    filled[VALUE] = given;
    return filled;
  });
  return writeOds({ sheets: [{ name: "Recueil", rows: reshape(rows) }] });
}
const receive = async (bytes: Uint8Array, key: "blain" | "bouvron" = "blain") =>
  receiveTemplate(await stage.contextOf("secretary"), stage.target(key), bytes);
async function reportOf(bytes: Uint8Array) {
  const decision = await receive(bytes);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.value;
}
const stored = async () =>
  (await findSubmission(stage.db, stage.networkId, 2025, stage.target("blain").organizationId))!.cells;

describe("le modèle part et revient", () => {
  it.each(["csv", "ods", "xlsx"] as const)("%s : rempli, il se relit case par case", async (format) => {
    const secretary = await stage.contextOf("secretary");
    await saveCells(secretary, stage.target("blain"), [
      { cellKey: "LOG-DEM", typed: "14", comment: "Dont deux reports ; voir « suivi »", known: 0 },
      { cellKey: "AF-MNT", typed: "1234,5", comment: "", known: 0 },
      { cellKey: "LOG-EXP", typed: "non connu", comment: "=1+1", known: 0 },
    ]);
    stage.clock.advanceMinutes(1);
    const report = await reportOf(await download(format));
    expect(report.faults).toEqual([]);
    expect(report.outcome).toBe("written");
    expect(report.entries.map(({ cellKey, typed }) => [cellKey, typed])).toEqual([
      ["AF-MNT", "1234,50"],
      ["LOG-DEM", "14"],
      ["LOG-EXP", "non connu"],
    ]);
    expect((await stored()).get("LOG-DEM")?.comment).toBe("Dont deux reports ; voir « suivi »");
    expect((await stored()).get("LOG-EXP")?.comment).toBe("=1+1");
  });

  it("le modèle ne contient aucune formule", async () => {
    const sheet = (await readXlsx(await download("xlsx"))).sheets[0]!;
    expect([...(sheet.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
  });

  it("tout juste : écrit en une fois", async () => {
    const report = await reportOf(await fill({ "LOG-DEM": "1 200", "LOG-EXP": 3, "LOG-TMP": "SO" }));
    expect(report).toMatchObject({ outcome: "written", faults: [], saved: { saved: 3 } });
    expect((await stored()).get("LOG-DEM")?.content).toEqual({ state: "value", value: 1200 });
    expect((await stored()).get("LOG-TMP")?.content).toEqual({ state: "not-applicable" });
  });
});

describe("un fichier faux n’est pas écrit, et chaque case dit pourquoi", () => {
  it.each([
    ["du texte", "une douzaine", "unreadable", "nombre"],
    ["« 12,5 » dossiers", "12,5", "unreadable", "entières"],
    ["12.5 comme nombre", 12.5, "unreadable", "entières"],
    ["un nombre négatif", -4, "unreadable", "négatif"],
  ] as const)("%s", async (_case, value, kind, words) => {
    const report = await reportOf(await fill({ "LOG-DEM": value, "DOM-FIN": 2 }));
    expect(report.outcome).toBe("to-confirm");
    expect(report.faults).toMatchObject([{ kind, cellKey: "LOG-DEM", column: "H" }]);
    expect(sheetMessage(report.faults[0]!)).toContain(words);
    expect(report.entries.map(({ cellKey }) => cellKey)).toEqual(["DOM-FIN"]);
    expect((await stored()).size).toBe(0);
  });

  it("plus que d’habitants", async () => {
    const report = await reportOf(await fill({ "DOM-ACT": 2001 }));
    expect(report.faults).toMatchObject([{ kind: "above-population", cellKey: "DOM-ACT", inhabitants: 2000 }]);
    expect(report.outcome).toBe("refused");
  });

  it.each([
    ["ods", writeOds],
    ["xlsx", writeXlsx],
  ] as const)("une formule dans une case, en %s", async (_format, write) => {
    const rows = await rowsOf(await download());
    const line = rows.findIndex(([key]) => key === "LOG-DEM");
    const cells = new Map([[`${line},${VALUE}`, { value: 3, type: "formula" as const, formula: "1+2" }]]);
    const padded = rows.map((row) => Array.from({ length: 9 }, (_, index) => row[index] ?? null));
    const report = await reportOf(await write({ sheets: [{ name: "Recueil", rows: padded, cells }] }));
    expect(report.faults).toMatchObject([{ kind: "formula", line: line + 1, cellKey: "LOG-DEM" }]);
  });

  const dropColumn = (rows: Row[]) => rows.map((row) => (row.length > 3 ? row.toSpliced(5, 1) : row));
  const addColumn = (rows: Row[]) => rows.map((row) => (row[0] === "Repère" ? [...row, "Remarques"] : row));
  const rename =
    (mark: string, value: string | number, at = 1) =>
    (rows: Row[]) =>
      rows.map((row) => (row[0] === mark ? row.with(at, value) : row));
  it.each([
    ["une colonne en moins", dropColumn, "column-missing"],
    ["une colonne en plus", addColumn, "column-extra"],
    ["une autre année", rename("Année", 2024), "wrong-year"],
    ["un autre CCAS", rename("CCAS", "org-blain-bouvron", 2), "wrong-organization"],
    ["une autre version", rename("Version de la grille", 9), "wrong-version"],
    [
      "un tout autre tableau",
      () =>
        [
          ["Nom", "Prénom"],
          ["x", "y"],
        ] as Row[],
      "not-our-template",
    ],
  ])("%s : refusé en entier", async (_case, reshape, kind) => {
    const report = await reportOf(await fill({ "LOG-DEM": 4 }, reshape));
    expect(report.faults.map((fault) => fault.kind)).toContain(kind);
    expect(report.outcome).toBe("refused");
    expect((await stored()).size).toBe(0);
  });

  it("une ligne inconnue, une ligne en double", async () => {
    const twice = (rows: Row[]) => [...rows, rows.find(([key]) => key === "LOG-DEM")!, ["ZZZ", null, null]] as Row[];
    const report = await reportOf(await fill({ "LOG-DEM": 4 }, twice));
    expect(report.faults.map(({ kind }) => kind)).toEqual(["row-twice", "unknown-row"]);
    expect(report.outcome).toBe("to-confirm");
  });

  it.each([
    ["un fichier vide", new Uint8Array(), "file-empty"],
    ["une image", new Uint8Array([137, 80, 78, 71, 0, 0, 1]), "file-not-a-sheet"],
    ["un ZIP tronqué", new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]), "file-not-a-sheet"],
    ["50 000 lignes", new TextEncoder().encode("Repère;Valeur\n".repeat(50_000)), "too-many-rows"],
    ["3 Mo", new Uint8Array(3 * 1024 * 1024).fill(65), "file-too-large"],
  ] as const)("%s", async (_case, bytes, refusal) => {
    expect(await receive(bytes)).toEqual({ ok: false, refusal });
    expect(workbookMessage(refusal)).not.toBe("");
  });

  it("une saisie plus récente que le modèle n’est pas écrasée sans confirmation", async () => {
    const file = await fill({ "LOG-DEM": 4 });
    stage.clock.advanceMinutes(5);
    const agent = await stage.contextOf("agent");
    await saveCells(agent, stage.target("blain"), [{ cellKey: "LOG-DEM", typed: "9", comment: "", known: 0 }]);
    const report = await reportOf(file);
    expect(report).toMatchObject({
      outcome: "to-confirm",
      overwrites: [{ cellKey: "LOG-DEM", stored: "9", typed: "4" }],
    });
    expect((await stored()).get("LOG-DEM")?.typed).toBe("9");
  });

  it("après la clôture, le fichier est refusé, et ses cases sont mises de côté", async () => {
    const file = await fill({ "LOG-DEM": 4 });
    await closeCampaign(await stage.contextOf("secretary"), 2025);
    expect(await receive(file)).toEqual({ ok: false, refusal: "campaign-closed" });
    const { organizationId } = stage.target("blain");
    const found = await findSubmission(stage.db, stage.networkId, 2025, organizationId);
    expect([...found!.setAside].map(([key, { typed }]) => [key, typed])).toEqual([["LOG-DEM", "4"]]);
    expect(found!.cells.size).toBe(0);
  });

  it("l’agent d’un CCAS n’envoie pas le fichier d’un autre", async () => {
    const bytes = await download("ods", "bouvron");
    const decision = await receiveTemplate(await stage.contextOf("agent"), stage.target("bouvron"), bytes);
    expect(decision).toEqual({ ok: false, refusal: "not-own-organization" });
    const crossed = await receiveTemplate(await stage.contextOf("agent"), stage.target("blain"), bytes);
    expect(crossed).toMatchObject({
      ok: true,
      value: { outcome: "refused", faults: [{ kind: "wrong-organization" }] },
    });
  });
});
