import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { migrateToLatest, openDatabase } from "~/services/db.server";
import { createCommittee } from "../../support/database";
import { askForSecret, countRows, createOpenMeeting, listActs, openTestPoll } from "./open-meeting";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function runVoter(words: readonly string[]): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(root, "tests/features/votes/killed-voter.ts"), ...words],
    {
      cwd: root,
      stdio: "ignore",
    },
  );
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
}

describe("un processus tué pendant un vote", () => {
  it.each([
    ["public", "kill", 0],
    ["public", "live", 1],
    ["secret", "kill", 0],
  ] as const)(
    "laisse le bulletin et son acte ensemble, ou aucun des deux (%s, %s)",
    async (mode, fate, kept) => {
      const folder = mkdtempSync(join(tmpdir(), "vote-"));
      folders.push(folder);
      const file = join(folder, "portail.sqlite");
      const db = openDatabase(file);
      await migrateToLatest(db);
      const committee = await createOpenMeeting({ committee: await createCommittee({ db }) });
      if (mode === "secret") await askForSecret(committee, "bouvron", "le-gavre");
      await openTestPoll(committee, mode);
      const before = await countRows(committee, "registerEntry");
      const { networkId, personOf, seatOf } = committee;

      const end = await runVoter([file, networkId, personOf("bouvron"), seatOf("bouvron"), fate]);

      expect(end).toEqual(fate === "kill" ? { code: null, signal: "SIGKILL" } : { code: 0, signal: null });
      expect(await countRows(committee, "ballot")).toBe(kept);
      expect(await countRows(committee, "ballotSignature")).toBe(0);
      expect(await countRows(committee, "secretBallot")).toBe(0);
      expect(await countRows(committee, "registerEntry")).toBe(before + kept);
      expect(await listActs(committee, "ballot-cast")).toHaveLength(kept);
      await db.destroy();
    },
    60_000,
  );
});
