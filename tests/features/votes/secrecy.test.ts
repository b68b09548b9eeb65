import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import type { Choice } from "~/domain/voting/poll";
import { castVote, closePoll } from "~/features/votes/commands.server";
import { systemClock } from "~/services/clock.server";
import { migrateToLatest, openDatabase } from "~/services/db.server";
import { createCommittee, type Committee, type TownKey } from "../../support/database";
import { askForSecret, createOpenMeeting, listActs, MEETING, openTestPoll } from "./open-meeting";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const TOWNS: readonly TownKey[] = [
  ...(["blain", "bouvron", "la-chevallerais", "fay-de-bretagne"] as const),
  ...(["le-gavre", "notre-dame-des-landes", "departement"] as const),
];
const CHOICES: readonly Choice[] = ["for", "against", "abstain", "for", "not-participating", "against", "for"];

/** Seven secret ballots in a database on disk, a minute apart, in the order of TOWNS. */
async function holdSecretPoll(): Promise<{ readonly committee: Committee; readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), "urne-"));
  folders.push(folder);
  const file = join(folder, "portail.sqlite");
  const db = openDatabase(file);
  await migrateToLatest(db);
  const committee = await createOpenMeeting({ committee: await createCommittee({ db }), present: TOWNS });
  await askForSecret(committee, "blain", "bouvron", "le-gavre");
  await openTestPoll(committee, "secret");
  const clock = { now: committee.clock.now, newId: systemClock.newId };
  for (const [index, key] of TOWNS.entries()) {
    const context = { ...(await committee.contextOf(key)), clock };
    const decision = await castVote(context, MEETING, "scrutin-1", {
      seatId: committee.seatOf(key),
      choice: CHOICES[index]!,
    });
    expect(decision.ok).toBe(true);
    committee.clock.advanceMinutes(1);
  }
  return { committee, file };
}

describe("vote secret — rien ne joint un bulletin à un siège", () => {
  it("garde qui a voté d’un côté, les voix de l’autre, sans colonne commune que le scrutin", async () => {
    const { committee } = await holdSecretPoll();
    const columnsOf = async (table: string): Promise<readonly string[]> => {
      const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(committee.db);
      return rows.map(({ name }) => name);
    };
    expect(await columnsOf("secret_ballot")).toEqual(["id", "poll_id", "choice"]);
    expect(await columnsOf("ballot_signature")).toEqual(["poll_id", "seat_id", "network_id", "cast_by", "source"]);
    for (const table of ["secret_ballot", "ballot_signature"]) {
      await expect(sql.raw(`select rowid from ${table}`).execute(committee.db)).rejects.toThrow("no such column");
    }
    await committee.db.destroy();
  });

  it("lit les bulletins dans un ordre qui n’est pas celui des votes", async () => {
    let sameAsCast = 0;
    for (let round = 0; round < 3; round += 1) {
      const { committee } = await holdSecretPoll();
      const rows = await committee.db.selectFrom("secretBallot").select(["id", "choice"]).execute();
      expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
      expect(rows.every(({ id }) => /^[A-Za-z0-9_-]{20}$/.test(id))).toBe(true);
      if (rows.map(({ choice }) => choice).join() === CHOICES.join()) sameAsCast += 1;
      await committee.db.destroy();
    }
    expect(sameAsCast).toBeLessThan(3);
  });

  it("ne dit au registre que l’émargement : ni choix, ni bulletin, et rien du décompte avant la clôture", async () => {
    const { committee } = await holdSecretPoll();
    const acts = await listActs(committee, "secret-ballot-signed");
    expect(acts.map(({ payload }) => Object.keys(payload).sort())).toEqual(TOWNS.map(() => ["pollId", "seatId"]));
    const entries = await committee.db.selectFrom("registerEntry").select("payload").execute();
    const ids = (await committee.db.selectFrom("secretBallot").select("id").execute()).map(({ id }) => id);
    const register = entries.map(({ payload }) => payload).join("\n");
    expect(ids.filter((id) => register.includes(id))).toEqual([]);
    expect(register).not.toMatch(/"(for|against|abstain|not-participating)"/);
    await committee.db.destroy();
  });

  it("publie à la clôture le décompte entier, et réécrit le fichier dans l’ordre des clés", async () => {
    const { committee, file } = await holdSecretPoll();
    await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
    const result = await committee.db.selectFrom("pollResult").selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(result.tally)).toMatchObject({
      counts: { entitled: 7, for: 3, against: 2, abstain: 1, notParticipating: 1, notVoted: 0 },
    });
    const closing = await listActs(committee, "poll-closed");
    expect(closing).toMatchObject([{ payload: { votes: null, mode: "secret" } }]);
    const ids = (await committee.db.selectFrom("secretBallot").select("id").execute()).map(({ id }) => id);
    await committee.db.destroy();
    const bytes = readFileSync(file);
    const places = ids.map((id) => bytes.indexOf(id));
    expect(places.every((place) => place > 0)).toBe(true);
    const falling = [...places].sort((one, other) => other - one);
    expect(places).toEqual(falling);
    expect(ids.every((id, index) => bytes.indexOf(id, places[index]! + 1) === -1)).toBe(true);
  });
});
