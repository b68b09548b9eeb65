import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openDatabase, writeTransaction } from "~/services/db.server";

describe("une écriture que SQLite annule de lui-même (disque plein)", () => {
  it("dit sa vraie cause, et la suivante passe", async () => {
    const db = openDatabase(":memory:");
    try {
      await sql`create table t (id integer primary key)`.execute(db);
      await sql`insert into t values (1)`.execute(db);
      const write = (id: number) =>
        writeTransaction(db, async (trx) => {
          await sql`insert into t values (9)`.execute(trx);
          // « or rollback » ends the transaction as a full disk does.
          await sql`insert or rollback into t values (${id})`.execute(trx);
        });
      await expect(write(1)).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
      const count = async () => (await sql<{ n: number }>`select count(*) as n from t`.execute(db)).rows[0]?.n;
      expect(await count()).toBe(1);
      await write(2);
      expect(await count()).toBe(3);
    } finally {
      await db.destroy();
    }
  });
});
