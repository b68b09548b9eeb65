import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "~/services/db.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import { createCommittee } from "../../support/database";

describe("une lecture gardée jusqu’à la prochaine écriture", () => {
  it("se relit dès que ce processus écrit, et pas avant", async () => {
    const { db, networkId } = await createCommittee();
    let reads = 0;
    const read = () =>
      onceUntilNextWrite(db, `name ${networkId}`, async () => {
        reads += 1;
        const row = await db.selectFrom("network").select("name").where("id", "=", networkId).executeTakeFirstOrThrow();
        return row.name;
      });
    const before = await read();
    expect(await read()).toBe(before);
    expect(reads).toBe(1);
    await db.updateTable("network").set({ name: "Autre nom" }).where("id", "=", networkId).execute();
    expect(await read()).toBe("Autre nom");
    expect(reads).toBe(2);
  });

  it("dans une transaction, lit toujours", async () => {
    const { db } = await createCommittee();
    await db.transaction().execute(async (trx) => {
      let reads = 0;
      for (const _ of [1, 2]) await onceUntilNextWrite(trx, "x", async () => (reads += 1));
      expect(reads).toBe(2);
    });
  });

  it("une lecture en échec n’est pas gardée", async () => {
    const { db } = await createCommittee();
    await expect(onceUntilNextWrite(db, "x", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await onceUntilNextWrite(db, "x", async () => 1)).toBe(1);
  });

  it("se relit quand un autre processus écrit", async () => {
    const folder = mkdtempSync(join(tmpdir(), "portail-kept-"));
    const path = join(folder, "x.sqlite");
    const mine = openDatabase(path);
    const theirs = openDatabase(path);
    try {
      await mine.schema.createTable("note").addColumn("text", "text").execute();
      let reads = 0;
      const read = () => onceUntilNextWrite(mine, "notes", async () => (reads += 1));
      await read();
      await read();
      expect(reads).toBe(1);
      await theirs
        .insertInto("note" as never)
        .values({ text: "a" } as never)
        .execute();
      await read();
      expect(reads).toBe(2);
    } finally {
      await mine.destroy();
      await theirs.destroy();
      rmSync(folder, { recursive: true });
    }
  });
});
