import { sql, type CreateTableBuilder, type Kysely } from "kysely";

/** What differs from PostgreSQL stands here: STRICT tables and the triggers that make a table append-only. */
export function strictTable(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never> {
  return db.schema.createTable(name).modifyEnd(sql`strict`);
}

/** No hidden row number: rows lie in the order of their key, so that nothing tells which came first. */
export function keyedTable(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never> {
  return db.schema.createTable(name).modifyEnd(sql`strict, without rowid`);
}

/** The database itself refuses to change or erase a row of these tables. */
export async function makeAppendOnly(db: Kysely<unknown>, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    for (const verb of ["update", "delete"]) {
      await sql
        .raw(
          `create trigger ${table}_refuses_${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
        )
        .execute(db);
    }
  }
}

/** Refuses any change of a row once `column` holds `value`: what is settled stays settled. */
export async function freezeWhen(db: Kysely<unknown>, table: string, column: string, value: string): Promise<void> {
  for (const verb of ["update", "delete"]) {
    await sql
      .raw(
        `create trigger ${table}_frozen_on_${verb} before ${verb} on ${table} when old.${column} = '${value}' begin select raise(abort, '${table} is frozen'); end`,
      )
      .execute(db);
  }
}
