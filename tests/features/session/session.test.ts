import { describe, expect, it } from "vitest";
import {
  closeSession,
  findOpeningFacts,
  openSession,
  pauseSession,
  takeUpItem,
  type SessionRefusal,
} from "~/features/meetings/session.server";
import { sessionMessage } from "~/features/meetings/session-messages.fr";
import { findRoom } from "~/features/attendance/queries.server";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { createCommittee } from "../../support/database";
import { createConvenedMeeting, createOpenMeeting, record } from "./meeting-in-room";

async function actKinds(db: Awaited<ReturnType<typeof createCommittee>>["db"]) {
  const rows = await db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute();
  return rows.map(({ kind }) => kind);
}

describe("opening a meeting (CGCT art. L.2121-15, model)", () => {
  it("freezes the committee and the rules of the day, and enters the register", async () => {
    const committee = await createCommittee({ vacant: ["le-gavre"] });
    const { meetingId } = await createOpenMeeting(committee);
    const row = await committee.db
      .selectFrom("meeting")
      .selectAll()
      .where("id", "=", meetingId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: "open", chairSeatId: committee.seatOf("blain"), rulesVersion: null });
    expect(JSON.parse(row.seatsSnapshot ?? "[]")).toHaveLength(7);
    expect(await actKinds(committee.db)).toEqual(["meeting-opened"]);

    await committee.db
      .updateTable("mandate")
      .set({ endsOn: "2026-09-13" })
      .where("seatId", "=", committee.seatOf("bouvron"))
      .execute();
    const room = await findRoom(committee.db, committee.networkId, meetingId, {
      now: toLocalDateTime("2026-09-14T18:30"),
      actor: (await committee.contextOf("secretary")).actor,
    });
    expect(room?.quorum).toMatchObject({ seats: 7, vacant: 1, inOffice: 6, needed: 4 });
  });

  it.each([
    ["no chair", { chair: null }, "chair-missing"],
    ["no secretary", { secretary: null }, "secretary-missing"],
    ["a chair who holds no seat", { chair: "agent" }, "chair-not-a-holder"],
    ["a secretary from nowhere", { secretary: "administrator" }, "secretary-unknown"],
    ["one person for both", { secretary: "blain" }, "chair-is-secretary"],
  ] as const)("is refused with %s, and writes nothing", async (_case, change, refusal: SessionRefusal) => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee);
    const chair = "chair" in change ? change.chair : "blain";
    const secretary = "secretary" in change ? change.secretary : "secretary";
    const decision = await openSession(await committee.contextOf("secretary"), {
      meetingId,
      chair: chair && { seatId: committee.seatOf("blain"), personId: committee.personOf(chair) },
      secretaryPersonId: secretary && committee.personOf(secretary),
    });
    expect(decision).toEqual({ ok: false, refusal });
    expect(sessionMessage(refusal).length).toBeGreaterThan(20);
    expect(await actKinds(committee.db)).toEqual([]);
    expect(await committee.db.selectFrom("meetingTransition").selectAll().execute()).toEqual([]);
  });

  it("is refused more than two hours before its time, and when it is open already", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee);
    committee.clock.moveTo("2026-09-14T14:29:00Z");
    const input = {
      meetingId,
      chair: { seatId: committee.seatOf("blain"), personId: committee.personOf("blain") },
      secretaryPersonId: committee.personOf("secretary"),
    };
    const context = await committee.contextOf("secretary");
    expect(await openSession(context, input)).toEqual({ ok: false, refusal: "too-early" });
    committee.clock.moveTo("2026-09-14T14:30:00Z");
    expect(await openSession(context, input)).toEqual({ ok: true, value: "open" });
    expect(await openSession(context, input)).toEqual({ ok: false, refusal: "wrong-state" });
    expect(await actKinds(committee.db)).toEqual(["meeting-opened"]);
  });

  it("proposes the holders as chair, and the secretaries as well for the pen", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee);
    const facts = await findOpeningFacts(committee.db, committee.networkId, meetingId);
    expect(facts?.chairs).toHaveLength(7);
    expect(facts?.secretaries.map(({ personId }) => personId)).toContain(committee.personOf("secretary"));
  });
});

describe("suspending, resuming and closing", () => {
  it("a double click suspends once; nothing resumes twice", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    const context = await committee.contextOf("secretary");
    const twice = await Promise.all([
      pauseSession(context, { meetingId, transition: "suspend" }),
      pauseSession(context, { meetingId, transition: "suspend" }),
    ]);
    expect(twice.every(({ ok }) => ok)).toBe(true);
    await pauseSession(context, { meetingId, transition: "resume" });
    expect(await actKinds(committee.db)).toEqual(["meeting-opened", "meeting-suspended", "meeting-resumed"]);
  });

  it("never closes nor suspends over an open vote", async () => {
    const committee = await createCommittee();
    const { meetingId, items } = await createOpenMeeting(committee);
    await committee.db
      .insertInto("poll")
      .values({
        ...{ id: "poll-1", networkId: committee.networkId, meetingId, agendaItemId: items[0] ?? null },
        ...{ subject: "motion", subjectId: null, title: "Motion", bodyMd: "", mode: "public", status: "open" },
        ...{ openedAt: null, closesOn: null, closedAt: null, openedBy: null, createdAt: "2026-09-14T16:20:00Z" },
      })
      .execute();
    const context = await committee.contextOf("secretary");
    expect(await closeSession(context, { meetingId })).toEqual({ ok: false, refusal: "poll-open" });
    expect(await pauseSession(context, { meetingId, transition: "suspend" })).toEqual({
      ok: false,
      refusal: "poll-open",
    });
  });

  it("pronounces « inquorate » when four seats were never there, and « held » when they were for a minute", async () => {
    const failed = await createCommittee({ vacant: ["le-gavre"] });
    const { meetingId } = await createOpenMeeting(failed);
    for (const seat of ["blain", "bouvron", "la-chevallerais"] as const)
      await record(failed, meetingId, seat, "arrival");
    expect(await closeSession(await failed.contextOf("secretary"), { meetingId })).toEqual({
      ok: true,
      value: "inquorate",
    });

    const held = await createCommittee({ vacant: ["le-gavre"] });
    const other = await createOpenMeeting(held);
    for (const seat of ["blain", "bouvron", "la-chevallerais", "fay-de-bretagne"] as const)
      await record(held, other.meetingId, seat, "arrival");
    held.clock.advanceMinutes(5);
    await record(held, other.meetingId, "blain", "departure");
    held.clock.advanceMinutes(5);
    expect(await closeSession(await held.contextOf("secretary"), { meetingId: other.meetingId })).toEqual({
      ok: true,
      value: "held",
    });
    expect(await closeSession(await held.contextOf("secretary"), { meetingId: other.meetingId })).toEqual({
      ok: true,
      value: "held",
    });
    expect((await actKinds(held.db)).filter((kind) => kind === "meeting-closed")).toHaveLength(1);
  });
});

describe("taking up an item", () => {
  it("writes the quorum found at that minute (CGCT art. L.2121-17, for each item)", async () => {
    const committee = await createCommittee();
    const { meetingId, items } = await createOpenMeeting(committee);
    const input = { cle: committee.clock.newId(), meetingId, itemId: items[0] ?? "" };
    const context = await committee.contextOf("secretary");
    expect((await takeUpItem(context, input)).ok).toBe(true);
    expect((await takeUpItem(context, input)).ok).toBe(true);
    const rows = await committee.db.selectFrom("itemDiscussion").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      at: "2026-09-14T18:20",
      quorumReached: 0,
      quorumSentence:
        "7 sièges, aucun vacant, 7 en exercice\u00a0; majorité 4\u00a0; présent 0\u00a0: quorum non atteint",
    });
    expect((await actKinds(committee.db)).filter((kind) => kind === "item-opened")).toHaveLength(1);
  });

  it("refuses an item of another meeting, and any item while suspended", async () => {
    const committee = await createCommittee();
    const { meetingId, items } = await createOpenMeeting(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const foreign = await createConvenedMeeting(other);
    const context = await committee.contextOf("secretary");
    const cle = committee.clock.newId();
    expect(await takeUpItem(context, { cle, meetingId, itemId: foreign.items[0] ?? "" })).toEqual({
      ok: false,
      refusal: "item-unknown",
    });
    expect(await takeUpItem(context, { cle, meetingId: foreign.meetingId, itemId: foreign.items[0] ?? "" })).toEqual({
      ok: false,
      refusal: "meeting-not-found",
    });
    await pauseSession(context, { meetingId, transition: "suspend" });
    expect(await takeUpItem(context, { cle, meetingId, itemId: items[0] ?? "" })).toEqual({
      ok: false,
      refusal: "meeting-suspended",
    });
  });
});
