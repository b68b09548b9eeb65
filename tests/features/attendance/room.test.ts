import { describe, expect, it } from "vitest";
import { parisLocalAt, toLocalDateTime } from "~/domain/kernel/paris-time";
import { correctAttendance, recordAttendance, recordProxy, revokeProxy } from "~/features/attendance/commands.server";
import { proxyMessage, roomMessage } from "~/features/attendance/messages.fr";
import {
  findAttendanceSheet,
  findClosedMeeting,
  findEntryToCorrect,
  findRoom,
} from "~/features/attendance/queries.server";
import { closeSession, takeUpItem } from "~/features/meetings/session.server";
import { onMeetingChange } from "~/services/live.server";
import { createCommittee, TestClock, type Committee } from "../../support/database";
import { createConvenedMeeting, createOpenMeeting, entryOf, record } from "../session/meeting-in-room";

async function quorumOf(committee: Committee, meetingId: string) {
  const { actor } = await committee.contextOf("secretary");
  const room = await findRoom(committee.db, committee.networkId, meetingId, {
    now: toLocalDateTime("2026-09-14T22:00"),
    actor,
  });
  if (!room) throw new Error("no room");
  return room.quorum;
}

const countRows = async ({ db }: Committee) => (await db.selectFrom("attendanceEvent").selectAll().execute()).length;

describe("arrivals and departures, to the minute", () => {
  it("reaches the quorum with the fourth seat, and loses it when one leaves (CASF art. R.123-17, model)", async () => {
    const committee = await createCommittee({ vacant: ["le-gavre"] });
    const { meetingId } = await createOpenMeeting(committee);
    const reached: boolean[] = [];
    for (const seat of ["blain", "bouvron", "la-chevallerais", "departement"] as const) {
      committee.clock.advanceMinutes(1);
      expect((await record(committee, meetingId, seat, "arrival")).ok).toBe(true);
      reached.push((await quorumOf(committee, meetingId)).reached);
    }
    expect(reached).toEqual([false, false, false, true]);
    committee.clock.advanceMinutes(10);
    await record(committee, meetingId, "bouvron", "departure");
    expect(await quorumOf(committee, meetingId)).toMatchObject({ present: 3, needed: 4, reached: false });
    const acts = await committee.db
      .selectFrom("registerEntry")
      .select(["kind", "payload"])
      .orderBy("sequence")
      .execute();
    expect(acts.filter(({ kind }) => kind === "attendance-recorded")).toHaveLength(5);
    expect(JSON.parse(acts.at(-1)?.payload ?? "{}")).toMatchObject({
      seat: "CCAS de Bouvron",
      kind: "departure",
      minute: "2026-09-14T18:34",
      quorum: "7 sièges, 1 vacant, 6 en exercice\u00a0; majorité 4\u00a0; présents 3\u00a0: quorum non atteint",
    });
  });

  it("a double click writes one entry, and listeners hear of it once", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    let heard = 0;
    const off = onMeetingChange(meetingId, () => (heard += 1));
    const input = entryOf(committee, "blain", "arrival");
    const context = await committee.contextOf("secretary");
    const both = await Promise.all([
      recordAttendance(context, meetingId, input),
      recordAttendance(context, meetingId, input),
    ]);
    off();
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await countRows(committee)).toBe(1);
    expect(heard).toBe(1);
  });

  it("lets a substitute sit, but never both holders of a seat at once", async () => {
    const committee = await createCommittee();
    const { db, networkId, seatOf, personOf } = committee;
    await db
      .insertInto("mandate")
      .values({
        ...{ id: "mandate-sub", networkId, seatId: seatOf("blain"), personId: personOf("agent"), role: "substitute" },
        ...{ startsOn: "2026-04-01", endsOn: null, isMunicipalOfficial: 1, inChargeOfSocialAffairs: 0, basis: "" },
        createdAt: "2026-04-01T08:00:00Z",
      })
      .execute();
    const { meetingId } = await createOpenMeeting(committee);
    const substitute = { occupant: { seatId: seatOf("blain"), personId: personOf("agent") } };
    expect((await record(committee, meetingId, "blain", "arrival", substitute)).ok).toBe(true);
    expect(await record(committee, meetingId, "blain", "arrival")).toEqual({
      ok: false,
      refusal: "other-holder-present",
    });
    expect(await countRows(committee)).toBe(1);
  });

  it.each([
    ["a person who does not hold the seat", "blain", { occupant: "bouvron" }, "person-not-a-holder"],
    ["an hour to come", "blain", { time: "18:21" }, "in-the-future"],
    ["an hour before the doors", "blain", { time: "16:19" }, "too-early"],
  ] as const)("refuses %s with a sentence, and writes nothing", async (_case, seat, change, refusal) => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    const changes =
      "occupant" in change
        ? { occupant: { seatId: committee.seatOf(seat), personId: committee.personOf(change.occupant) } }
        : { time: change.time };
    expect(await record(committee, meetingId, seat, "arrival", changes)).toEqual({ ok: false, refusal });
    expect(roomMessage(refusal).length).toBeGreaterThan(20);
    expect(await countRows(committee)).toBe(0);
  });

  it("refuses before the opening, and to anybody but the secretary", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee);
    expect(await record(committee, meetingId, "blain", "arrival")).toEqual({ ok: false, refusal: "room-closed" });
    const opened = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const room = await createOpenMeeting(opened);
    const official = await opened.contextOf("blain");
    expect(await recordAttendance(official, room.meetingId, entryOf(opened, "blain", "arrival"))).toEqual({
      ok: false,
      refusal: "not-your-seat",
    });
    expect(await countRows(committee)).toBe(0);
  });

  it("another network's meeting leads nowhere", async () => {
    const committee = await createCommittee();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const { meetingId } = await createOpenMeeting(other);
    expect(await record(committee, meetingId, "blain", "arrival")).toEqual({ ok: false, refusal: "meeting-not-found" });
    const { actor } = await committee.contextOf("secretary");
    const now = toLocalDateTime("2026-09-14T18:30");
    expect(await findRoom(committee.db, committee.networkId, meetingId, { now, actor })).toBeNull();
    expect(await findAttendanceSheet(committee.db, committee.networkId, meetingId)).toBeNull();
  });
});

describe("corrections are new entries", () => {
  it("replaces, then voids; what was written stays", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    committee.clock.advanceMinutes(30);
    const first = await record(committee, meetingId, "blain", "arrival");
    if (!first.ok) throw new Error(first.refusal);
    const context = await committee.contextOf("secretary");
    const base = {
      occupant: { seatId: committee.seatOf("blain"), personId: committee.personOf("blain") },
      mode: "in-person" as const,
      motif: "Heure relevée sur la feuille",
    };
    const corrected = await correctAttendance(context, meetingId, {
      ...base,
      ...{ cle: committee.clock.newId(), entree: first.value.id, heure: "18:30" as never, annuler: undefined },
    });
    expect(corrected).toMatchObject({ ok: true, value: { at: "2026-09-14T18:30", corrects: first.value.id } });
    const stale = await correctAttendance(context, meetingId, {
      ...base,
      ...{ cle: committee.clock.newId(), entree: first.value.id, heure: null, annuler: "on" },
    });
    expect(stale).toEqual({ ok: false, refusal: "corrected-entry-superseded" });
    if (!corrected.ok) throw new Error(corrected.refusal);
    const voided = await correctAttendance(context, meetingId, {
      ...base,
      ...{ cle: committee.clock.newId(), entree: corrected.value.id, heure: null, annuler: "on" },
    });
    expect(voided.ok).toBe(true);
    expect(await countRows(committee)).toBe(3);
    expect((await quorumOf(committee, meetingId)).present).toBe(0);
    const entry = (id: string) => findEntryToCorrect(committee.db, committee.networkId, meetingId, id);
    expect(await entry(first.value.id)).toBeNull();
    const acts = await committee.db.selectFrom("registerEntry").select("kind").execute();
    expect(acts.filter(({ kind }) => kind === "attendance-corrected")).toHaveLength(2);
  });

  it("the database itself refuses to alter or erase an entry", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    await record(committee, meetingId, "blain", "arrival");
    await expect(committee.db.updateTable("attendanceEvent").set({ kind: "departure" }).execute()).rejects.toThrow();
    await expect(committee.db.deleteFrom("attendanceEvent").execute()).rejects.toThrow();
  });
});

describe("daylight-saving nights", () => {
  it("refuses the hour that the clock jumps over in March", async () => {
    const committee = await createCommittee({ clock: new TestClock("2027-03-20T08:00:00Z") });
    const { meetingId } = await createConvenedMeeting(committee, { startsAt: "2027-03-28T01:30" });
    committee.clock.moveTo("2027-03-28T00:30:00Z");
    await committee.db.updateTable("meeting").set({ status: "open" }).execute();
    committee.clock.moveTo("2027-03-28T01:30:00Z");
    expect(await record(committee, meetingId, "blain", "arrival", { time: "2 h 15" })).toEqual({
      ok: false,
      refusal: "time-does-not-exist",
    });
    expect((await record(committee, meetingId, "blain", "arrival", { time: "3:15" })).ok).toBe(true);
  });

  it("lets nobody leave before having come in the repeated hour of October", async () => {
    const committee = await createCommittee({ clock: new TestClock("2026-10-20T08:00:00Z") });
    const { meetingId } = await createConvenedMeeting(committee, { startsAt: "2026-10-25T02:00" });
    await committee.db.updateTable("meeting").set({ status: "open" }).execute();
    committee.clock.moveTo("2026-10-25T00:50:00Z");
    expect(await record(committee, meetingId, "blain", "arrival")).toMatchObject({ value: { at: "2026-10-25T02:50" } });
    committee.clock.moveTo("2026-10-25T01:10:00Z");
    expect(await record(committee, meetingId, "blain", "departure")).toMatchObject({
      value: { at: "2026-10-25T02:50" },
    });
  });

  it("places a time of day on the right side of midnight", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee, { startsAt: "2026-09-14T23:00" });
    await committee.db.updateTable("meeting").set({ status: "open" }).execute();
    committee.clock.moveTo("2026-09-14T22:30:00Z");
    expect(await record(committee, meetingId, "blain", "arrival", { time: "23:10" })).toMatchObject({
      value: { at: "2026-09-14T23:10" },
    });
    expect(await record(committee, meetingId, "bouvron", "arrival", { time: "0 h 20" })).toMatchObject({
      value: { at: "2026-09-15T00:20" },
    });
  });
});

describe("withdrawals (déport, CGCT art. L.2131-11)", () => {
  it("a member declares their own for an item, out of the quorum of that item; never another's", async () => {
    const committee = await createCommittee();
    const { meetingId, items } = await createOpenMeeting(committee);
    for (const seat of ["blain", "bouvron", "la-chevallerais", "departement"] as const)
      await record(committee, meetingId, seat, "arrival");
    await takeUpItem(await committee.contextOf("secretary"), {
      ...{ cle: committee.clock.newId(), meetingId, itemId: items[0] ?? "" },
    });
    const blain = await committee.contextOf("blain");
    const point = { point: items[0] };
    const own = await recordAttendance(blain, meetingId, entryOf(committee, "blain", "withdrawal", point));
    expect(own.ok).toBe(true);
    expect(await quorumOf(committee, meetingId)).toMatchObject({ base: 6, needed: 4, present: 3, reached: false });
    expect(await recordAttendance(blain, meetingId, entryOf(committee, "bouvron", "withdrawal", point))).toEqual({
      ok: false,
      refusal: "not-your-seat",
    });
    expect((await record(committee, meetingId, "blain", "return", point)).ok).toBe(true);
    expect(await quorumOf(committee, meetingId)).toMatchObject({ base: 7, present: 4, reached: true });
  });

  it("needs an item of this meeting", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    expect(await record(committee, meetingId, "blain", "withdrawal")).toEqual({ ok: false, refusal: "item-missing" });
    expect(await record(committee, meetingId, "blain", "withdrawal", { point: "item-unknown" })).toEqual({
      ok: false,
      refusal: "item-unknown",
    });
  });
});

describe("proxies (pouvoirs, CASF art. R.123-16, model)", () => {
  const proxyOf = (
    { clock, seatOf }: Committee,
    giver: "fay-de-bretagne" | "bouvron",
    holder: "blain" | "bouvron",
  ) => ({
    ...{ cle: clock.newId(), mandant: seatOf(giver), mandataire: seatOf(holder), source: "written" as const },
  });

  it("is effective while its giver is away, suspended when they come, and never counts in the quorum", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    await record(committee, meetingId, "blain", "arrival");
    const secretary = await committee.contextOf("secretary");
    const input = proxyOf(committee, "fay-de-bretagne", "blain");
    expect((await recordProxy(secretary, meetingId, input)).ok).toBe(true);
    expect((await recordProxy(secretary, meetingId, input)).ok).toBe(true);
    const look = async () =>
      findRoom(committee.db, committee.networkId, meetingId, {
        now: toLocalDateTime("2026-09-14T22:00"),
        actor: secretary.actor,
      });
    const before = await look();
    expect(before?.proxies).toMatchObject([{ giver: "CCAS de Fay-de-Bretagne", suspendedBy: null }]);
    expect(before?.quorum.present).toBe(1);
    expect(before?.seats.find(({ label }) => label === "CCAS de Fay-de-Bretagne")?.representedBy).toBe("CCAS de Blain");
    await record(committee, meetingId, "fay-de-bretagne", "arrival");
    expect((await look())?.proxies[0]?.suspendedBy).toBe("giver-present");
    expect((await revokeProxy(secretary, meetingId, input.cle)).ok).toBe(true);
    expect(await revokeProxy(secretary, meetingId, input.cle)).toEqual({ ok: false, refusal: "already-revoked" });
    const acts = await committee.db.selectFrom("registerEntry").select("kind").execute();
    expect(acts.filter(({ kind }) => kind.startsWith("proxy-"))).toHaveLength(2);
  });

  it("one proxy per holder; a member gives their own seat's only", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createConvenedMeeting(committee);
    const fay = await committee.contextOf("fay-de-bretagne");
    expect((await recordProxy(fay, meetingId, proxyOf(committee, "fay-de-bretagne", "blain"))).ok).toBe(true);
    expect(await recordProxy(fay, meetingId, proxyOf(committee, "bouvron", "blain"))).toEqual({
      ok: false,
      refusal: "not-your-seat",
    });
    const toElsewhere = { ...proxyOf(committee, "fay-de-bretagne", "blain"), mandataire: "a-seat-of-another-network" };
    expect(await recordProxy(fay, meetingId, toElsewhere)).toEqual({ ok: false, refusal: "seat-unknown" });
    const secretary = await committee.contextOf("secretary");
    expect(await recordProxy(secretary, meetingId, proxyOf(committee, "bouvron", "blain"))).toEqual({
      ok: false,
      refusal: "holder-full",
    });
    expect(proxyMessage("holder-full")).toContain("autre siège");
  });

  it("proposes in the room what the replies announced, until it is recorded", async () => {
    const committee = await createCommittee();
    const { meetingId } = await createOpenMeeting(committee);
    await committee.db
      .insertInto("reply")
      .values({
        ...{ id: "reply-1", networkId: committee.networkId, meetingId, seatId: committee.seatOf("fay-de-bretagne") },
        ...{ personId: committee.personOf("fay-de-bretagne"), choice: "absent-with-proxy", comment: "", sequence: 1 },
        ...{ proxyToSeatId: committee.seatOf("blain"), at: "2026-09-10T08:00:00Z" },
      })
      .execute();
    const secretary = await committee.contextOf("secretary");
    const look = async () =>
      findRoom(committee.db, committee.networkId, meetingId, {
        now: toLocalDateTime("2026-09-14T18:30"),
        actor: secretary.actor,
      });
    expect((await look())?.proposals).toMatchObject([
      { giverLabel: "CCAS de Fay-de-Bretagne", holderLabel: "CCAS de Blain" },
    ]);
    await recordProxy(secretary, meetingId, { ...proxyOf(committee, "fay-de-bretagne", "blain"), source: "reply" });
    expect((await look())?.proposals).toEqual([]);
  });
});

describe("the attendance sheet", () => {
  it("has one line per seat, empty before the meeting and reconciled after", async () => {
    const committee = await createCommittee({ vacant: ["le-gavre"] });
    const { meetingId } = await createConvenedMeeting(committee);
    const before = await findAttendanceSheet(committee.db, committee.networkId, meetingId);
    expect(before?.lines).toHaveLength(7);
    expect(before?.lines.every(({ periods }) => periods.length === 0)).toBe(true);
    expect(before?.lines.find(({ label }) => label === "CCAS de Le Gâvre")?.inOffice).toBe(false);
  });
});

describe("the record of a closed meeting", () => {
  it("a correction changes the outcome of a meeting still open, and what was noted at an item stays beside what is true now", async () => {
    const committee = await createCommittee();
    const { db, clock, networkId } = committee;
    const { meetingId, items } = await createOpenMeeting(committee);
    const secretary = await committee.contextOf("secretary");
    const arrivals = [];
    for (const seat of ["blain", "bouvron", "la-chevallerais", "departement"] as const)
      arrivals.push(await record(committee, meetingId, seat, "arrival"));
    const last = arrivals.at(-1);
    if (!last?.ok) throw new Error("not recorded");
    clock.advanceMinutes(1);
    await takeUpItem(secretary, { cle: clock.newId(), meetingId, itemId: items[0] ?? "" });
    const voided = await correctAttendance(secretary, meetingId, {
      ...{ cle: clock.newId(), entree: last.value.id, heure: undefined as never, annuler: "on" as never },
      ...{ mode: "in-person", motif: "Saisie sur la mauvaise ligne" },
      occupant: { seatId: last.value.seatId, personId: last.value.personId },
    });
    expect(voided.ok).toBe(true);
    const room = await findRoom(db, networkId, meetingId, {
      ...{ now: toLocalDateTime("2026-09-14T18:30"), actor: secretary.actor },
    });
    expect(room?.wasQuorate).toBe(false);
    expect(room?.entries.map(({ seat, isVoided }) => [seat, isVoided])).toContainEqual([
      "Département de Loire-Atlantique",
      true,
    ]);
    expect(room?.entries).toHaveLength(4);
    expect(room?.items[0]?.discussions[0]).toMatchObject({
      quorumReached: true,
      quorumSince: {
        cause: "correction",
        sentence: "7 sièges, aucun vacant, 7 en exercice\u00a0; majorité 4\u00a0; présents 3\u00a0: quorum non atteint",
      },
    });
    expect(await closeSession(secretary, { meetingId })).toEqual({ ok: true, value: "inquorate" });
  });

  it("tells what happened in order, says when the quorum came and went, and still takes a correction", async () => {
    const committee = await createCommittee({ vacant: ["le-gavre"] });
    const { db, clock, networkId } = committee;
    const { meetingId } = await createOpenMeeting(committee);
    for (const seat of ["blain", "bouvron", "la-chevallerais", "departement"] as const) {
      await record(committee, meetingId, seat, "arrival");
      clock.advanceMinutes(1);
    }
    const left = await record(committee, meetingId, "bouvron", "departure");
    if (!left.ok) throw new Error(left.refusal);
    const secretary = await committee.contextOf("secretary");
    await closeSession(secretary, { meetingId });
    const look = async () => findClosedMeeting(db, networkId, meetingId, (instant) => parisLocalAt(new Date(instant)));
    const marks = (await look())?.timeline ?? [];
    expect(
      marks.map((mark) =>
        mark.kind === "entry"
          ? `${mark.at.slice(11)} ${mark.entry.kind} ${mark.quorum === null ? "" : mark.quorum.reached}`.trim()
          : `${mark.at.slice(11)} ${mark.kind === "transition" ? mark.transition.to : mark.kind}`,
      ),
    ).toEqual([
      "18:20 open",
      "18:20 arrival",
      "18:21 arrival",
      "18:22 arrival",
      "18:23 arrival true",
      "18:24 departure false",
      "18:24 closed",
    ]);
    clock.advanceMinutes(600);
    expect(await record(committee, meetingId, "fay-de-bretagne", "arrival")).toEqual({
      ok: false,
      refusal: "room-closed",
    });
    const corrected = await correctAttendance(secretary, meetingId, {
      ...{ cle: clock.newId(), entree: left.value.id, heure: "18:23" as never, annuler: undefined, mode: "in-person" },
      ...{
        occupant: { seatId: left.value.seatId, personId: left.value.personId },
        motif: "Heure relevée sur la feuille",
      },
    });
    expect(corrected).toMatchObject({ ok: true, value: { at: "2026-09-14T18:23" } });
    const after = await correctAttendance(secretary, meetingId, {
      ...{ cle: clock.newId(), entree: corrected.ok ? corrected.value.id : "", heure: "18:25" as never },
      ...{ annuler: undefined, mode: "in-person", motif: "Heure relevée sur la feuille" },
      occupant: { seatId: left.value.seatId, personId: left.value.personId },
    });
    expect(after).toEqual({ ok: false, refusal: "after-closing" });
    expect((await look())?.head.outcome).toBe("held");
  });

  it("within one minute, tells things in the order in which they were recorded", async () => {
    const committee = await createCommittee({ vacant: ["le-gavre"] });
    const { db, clock, networkId } = committee;
    const { meetingId, items } = await createOpenMeeting(committee);
    const secretary = await committee.contextOf("secretary");
    clock.moveTo("2026-09-14T16:30:00Z");
    for (const seat of ["blain", "bouvron", "la-chevallerais", "departement"] as const)
      await record(committee, meetingId, seat, "arrival");
    clock.moveTo("2026-09-14T16:30:20Z");
    expect((await takeUpItem(secretary, { meetingId, itemId: items[0]!, cle: clock.newId() })).ok).toBe(true);
    clock.moveTo("2026-09-14T16:30:40Z");
    await record(committee, meetingId, "bouvron", "departure");
    await closeSession(secretary, { meetingId });
    const closed = await findClosedMeeting(db, networkId, meetingId, (instant) => parisLocalAt(new Date(instant)));
    const kinds = closed?.timeline.map((mark) => (mark.kind === "entry" ? mark.entry.kind : mark.kind));
    expect(kinds?.slice(-4)).toEqual(["arrival", "item", "departure", "transition"]);
  });
});
