import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { today, type Clock } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";

type Source = {
  readonly id: string;
  readonly kind: string;
  readonly producer: string;
  readonly title: string;
  readonly vintage: string;
  readonly geographyOn: string | null;
  readonly address: string;
  readonly rounding: string;
  readonly file: string;
  readonly sha256: string | null;
  readonly note: string;
};

type Origin = {
  readonly tables: Readonly<Record<string, string>>;
  readonly licence: string;
  readonly compiledOn: string;
  readonly territories: Omit<Source, "id" | "kind" | "rounding" | "note">;
  readonly sources: readonly Source[];
};

export type FigureReferenceReport = { readonly added: readonly string[]; readonly known: readonly string[] };

const TABLES = ["figures.csv", "communes.csv", "departments.csv"] as const;

/**
 * Loads the figures that the project carries, a dataset for each of their sources, with the names and centres of their communes.
 * What is loaded stays: the same table twice changes nothing.
 * @param folder of the tables and `figures.source.json`
 * @throws when a table is not the one that its source file describes
 */
export async function importFigureReference(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  folder: string,
): Promise<FigureReferenceReport> {
  const origin = JSON.parse(await readFile(join(folder, "figures.source.json"), "utf8")) as Origin;
  const [figures = [], communes = [], departments = []] = await Promise.all(
    TABLES.map(async (name) => readRows(await readFile(join(folder, name), "utf8"), name, origin.tables[name])),
  );
  return writeTransaction(db, async (trx) => {
    const held = await trx.selectFrom("figureDataset").select("contentKey").execute();
    const known = new Set(held.map(({ contentKey }) => contentKey));
    const report = { added: [] as string[], known: [] as string[] };
    const territories = { ...origin.territories, id: "communes", kind: "communes", rounding: "exact", note: "" };
    for (const source of [territories, ...origin.sources]) {
      const rows = source.id === "communes" ? communes : figures.filter(([dataset]) => dataset === source.id);
      const contentKey = sha256Of(rows.map((row) => row.join(";")).join("\n"));
      report[known.has(contentKey) ? "known" : "added"].push(source.id);
      if (known.has(contentKey)) continue;
      const datasetId = await insertDataset(trx, clock, { source, origin, contentKey, rowCount: rows.length });
      if (source.id === "communes") await insertTerritories(trx, datasetId, communes, departments);
      else await insertFigures(trx, datasetId, rows);
      await trx
        .updateTable("figureDataset")
        .set({ completedAt: clock.now().toISOString() })
        .where("id", "=", datasetId)
        .execute();
    }
    return report;
  });
}

type Rows = readonly (readonly string[])[];

function readRows(text: string, name: string, sha256: string | undefined): Rows {
  if (sha256Of(text) !== sha256) throw new Error(`${name} is not the table that figures.source.json describes`);
  const [, ...lines] = text.trimEnd().split("\n");
  return lines.map((line) => line.split(";"));
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

type NewDataset = {
  readonly source: Source;
  readonly origin: Origin;
  readonly contentKey: string;
  readonly rowCount: number;
};

async function insertDataset(
  trx: Trx,
  clock: Clock,
  { source, origin, contentKey, rowCount }: NewDataset,
): Promise<number> {
  const { id } = await trx
    .insertInto("figureDataset")
    .values({
      ...{ slug: `${source.id}-${contentKey.slice(0, 8)}`, kind: source.kind, producer: source.producer },
      ...{ title: source.title, vintage: source.vintage, geographyOn: source.geographyOn, address: source.address },
      ...{ licence: origin.licence, retrievedOn: origin.compiledOn ?? today(clock), fileName: source.file },
      ...{ sha256: source.sha256, contentKey, rounding: source.rounding, note: source.note, rowCount },
      ...{ importedAt: clock.now().toISOString(), completedAt: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

const BATCH = 500;

async function insertFigures(trx: Trx, datasetId: number, rows: Rows): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows
      .slice(at, at + BATCH)
      .map(
        ([
          ,
          territoryKind = "",
          territoryCode = "",
          variable = "",
          period = "",
          status = "",
          value = "",
          basis = "",
        ]) => ({
          ...{ datasetId, territoryKind, territoryCode, variable, period, status, basis },
          value: value === "" ? null : Number(value),
        }),
      );
    await trx.insertInto("figure").values(batch).execute();
  }
}

/** Names and centres that a national file brought later are not replaced by those of the project. */
async function insertTerritories(trx: Trx, datasetId: number, communes: Rows, departments: Rows): Promise<void> {
  await trx
    .insertInto("commune")
    .values(communes.map(([code = "", name = "", departmentCode = ""]) => ({ code, name, departmentCode, datasetId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("communeCentroid")
    .values(
      communes.map(([communeCode = "", , , longitude, latitude]) => ({
        ...{ communeCode, datasetId, longitude: Number(longitude), latitude: Number(latitude) },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("department")
    .values(departments.map(([code = "", name = ""]) => ({ code, name, datasetId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
