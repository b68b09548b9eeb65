import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { rebuildYear } from "~/domain/funding-call/rebuild";
import { readYear } from "~/features/funding/queries.server";
import { migrateToLatest, openDatabase } from "~/services/db.server";
import { listRegister } from "~/services/register.server";
import { createPaidYear } from "./paid-year";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function runTreasurer(words: readonly string[]): Promise<string | number | null> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(root, "tests/features/funding/killed-treasurer.ts"), ...words],
    { cwd: root, stdio: "ignore" },
  );
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
}

describe("un processus tué pendant l’émission d’un appel", () => {
  it("laisse tout ou rien, où qu’il meure ; l’appel s’émet ensuite, et l’année se reconstruit du registre", async () => {
    const folder = mkdtempSync(join(tmpdir(), "appel-"));
    folders.push(folder);
    const file = join(folder, "portail.sqlite");
    const db = openDatabase(file);
    await migrateToLatest(db);
    const committee = await createPaidYear([{ key: "salle", cents: 177_543 }], { db });
    const { networkId, personOf } = committee;
    const before = (await listRegister(db, networkId)).length;
    const end = (table: string) => runTreasurer([file, networkId, personOf("secretary"), table]);

    for (const table of ["fundingCallShare", "fundingCallExpense", "registerEntry"]) {
      expect(await end(table), table).toBe("SIGKILL");
      for (const written of ["fundingCall", "fundingCallShare", "fundingCallExpense"] as const)
        expect(await db.selectFrom(written).selectAll().execute(), table).toEqual([]);
      expect((await listRegister(db, networkId)).length).toBe(before);
    }
    expect(await end("none")).toBe(0);
    const year = await readYear(db, networkId, 2026);
    expect(year.calls.map(({ totalCents, shares }) => [totalCents, shares.length])).toEqual([[177_543, 6]]);
    expect(rebuildYear(await listRegister(db, networkId), 2026)).toEqual(year);
    await db.destroy();
  }, 60_000);
});
