import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openDatabase, writeTransaction } from "~/services/db.server";

describe("une base qu’un autre processus tient en écriture", () => {
  it("l’écriture attend son tour, et l’on continue de lire pendant ce temps", async () => {
    const folder = mkdtempSync(join(tmpdir(), "portail-verrou-"));
    const db = openDatabase(join(folder, "base.sqlite"));
    const other = new SQLite(join(folder, "base.sqlite"));
    try {
      await sql`create table t (id integer primary key)`.execute(db);
      other.exec("begin immediate; insert into t values (1)");
      let isWritten = false;
      const writing = writeTransaction(db, (trx) => sql`insert into t values (2)`.execute(trx)).then(() => {
        isWritten = true;
      });
      const readAt = performance.now();
      for (let read = 0; read < 5; read += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect((await sql`select id from t`.execute(db)).rows).toEqual([]);
      }
      expect(performance.now() - readAt).toBeLessThan(1_000);
      expect(isWritten).toBe(false);
      other.exec("commit");
      await writing;
      expect((await sql`select id from t order by id`.execute(db)).rows).toEqual([{ id: 1 }, { id: 2 }]);
    } finally {
      other.close();
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
