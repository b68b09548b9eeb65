import { sql, type Kysely } from "kysely";
import { describeTables, type Db, type TableShape, type Trx } from "./db.server";

/** Rows as the database holds them, table by table, whatever the table. Names are those of the database, in snake_case. */
export type RawRow = Readonly<Record<string, unknown>>;

type Untyped = Kysely<Record<string, Record<string, unknown>>>;

/** Which rows: all of them, those of a column's value, those that belong to a row of another table, or those of some keys. */
export type RowFilter =
  | { readonly kind: "all" }
  | { readonly kind: "equals"; readonly column: string; readonly value: string }
  | {
      readonly kind: "through";
      readonly column: string;
      readonly table: string;
      readonly where: { readonly column: string; readonly value: string };
    }
  | { readonly kind: "ids"; readonly ids: readonly string[] };

const rawOf = (db: Db | Trx): Untyped => db.withoutPlugins() as unknown as Untyped;

/** The rows of a table in the order of its key, one by one. Nothing else may ask the same connection meanwhile. */
export async function* readRows(db: Db | Trx, table: TableShape, filter: RowFilter): AsyncGenerator<RawRow> {
  if (filter.kind === "ids") {
    for (let from = 0; from < filter.ids.length; from += BATCH) {
      const ids = filter.ids.slice(from, from + BATCH);
      yield* await rawOf(db).selectFrom(table.name).selectAll().where("id", "in", ids).orderBy("id").execute();
    }
    return;
  }
  let query = rawOf(db).selectFrom(table.name).selectAll();
  if (filter.kind === "equals") query = query.where(filter.column, "=", filter.value);
  if (filter.kind === "through") {
    const { column, value } = filter.where;
    query = query.where(filter.column, "in", rawOf(db).selectFrom(filter.table).select("id").where(column, "=", value));
  }
  for (const column of table.key) query = query.orderBy(column);
  yield* query.stream() as AsyncIterableIterator<RawRow>;
}

const BATCH = 200;

export async function countRows(db: Db | Trx, table: string): Promise<number> {
  const row = await rawOf(db)
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirst();
  return Number(row?.["count"] ?? 0);
}

/** @param skipKnown rows whose key is already there stay as they are */
export async function insertRows(
  trx: Trx,
  table: string,
  rows: readonly RawRow[],
  { skipKnown }: { readonly skipKnown: boolean },
): Promise<void> {
  if (rows.length === 0) return;
  const insert = rawOf(trx)
    .insertInto(table)
    .values([...rows]);
  await (skipKnown ? insert.onConflict((conflict) => conflict.doNothing()) : insert).execute();
}

/** One column of the row that has this key. */
export async function readColumn(
  db: Db,
  { table, row, column }: { readonly table: string; readonly row: RawRow; readonly column: string },
): Promise<unknown> {
  let query = rawOf(db).selectFrom(table).select(column);
  for (const [name, value] of Object.entries(row)) query = query.where(name, "=", value);
  return (await query.executeTakeFirstOrThrow())[column];
}

/** Does the table tell of files kept beside the database? Its rows bear their name and their fingerprint. */
export function tellsOfFiles({ columns }: Pick<TableShape, "columns">): boolean {
  return ["sha256", "file_name", "id"].every((name) => columns.some((column) => column.name === name));
}

/** Every row, of any table, whose file has this content. */
export async function listFilesTold(
  db: Db | Trx,
  sha256: string,
): Promise<readonly { readonly table: string; readonly id: string }[]> {
  const told: { table: string; id: string }[] = [];
  for (const table of (await describeTables(db)).filter(tellsOfFiles)) {
    const rows = await rawOf(db).selectFrom(table.name).select("id").where("sha256", "=", sha256).execute();
    told.push(...rows.map(({ id }) => ({ table: table.name, id: String(id) })));
  }
  return told;
}

/** Identifiers of every row of a table. */
export async function listIds(db: Db | Trx, table: string): Promise<ReadonlySet<string>> {
  const rows = await rawOf(db).selectFrom(table).select(sql.ref("id").as("id")).execute();
  return new Set(rows.map(({ id }) => String(id)));
}
