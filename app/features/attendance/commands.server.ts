import { can, holdsSeat } from "~/domain/access/permissions";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PersonId, SeatId } from "~/domain/kernel/ids";
import { readParisClock, type LocalDateTime, type PlainTime } from "~/domain/kernel/paris-time";
import {
  checkAttendanceEvent,
  minuteDuring,
  type AttendanceContext,
  type AttendanceEvent,
  type AttendanceEventId,
  type AttendanceRefusal,
} from "~/domain/meeting/attendance";
import { checkProxy, type Proxy, type ProxyRefusal } from "~/domain/voting/proxies";
import { assessRoom, pollSubjectOf, roomMinute } from "~/domain/voting/room";
import { localNow, type Clock } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import {
  areMinutesAdopted,
  listTransitions,
  loadMeetingRecord,
  meetingNumber,
  sittingPeriod,
  type MeetingRecord,
} from "~/services/meeting-record.server";
import { recordAct } from "~/services/register.server";
import type { AttendanceInput, CorrectionInput, ProxyInput } from "./form";
import { countProxiesInARow } from "./queries.server";

export type RoomRefusal =
  | AttendanceRefusal
  | "meeting-not-found"
  | "room-closed"
  | "time-does-not-exist"
  | "item-unknown"
  | "not-your-seat"
  | "seat-has-voted"
  | "minutes-adopted";

type Room = {
  readonly record: MeetingRecord;
  readonly context: AttendanceContext;
  /** Between which minutes a time of day is looked for. */
  readonly period: { readonly from: LocalDateTime; readonly until: LocalDateTime };
};

async function openRoom(trx: Trx, clock: Clock, networkId: MeetingRecord["head"]["networkId"], meetingId: string) {
  const record = await loadMeetingRecord(trx, networkId, meetingId);
  if (!record) return null;
  const { openedAt, closedAt } = sittingPeriod(await listTransitions(trx, networkId, meetingId));
  const plannedAt = record.head.startsAt;
  const now = roomMinute(localNow(clock), record.events);
  const room: Room = {
    record,
    context: {
      ...{ events: record.events, mandates: record.mandates, rules: record.rules },
      ...{ plannedAt, openedAt, closedAt, now },
    },
    period: { from: lowerBound(plannedAt, openedAt), until: closedAt ?? now },
  };
  return room;
}

/** The first minute of the day's meeting that an entry may bear, whichever of the plan and the opening came first. */
function lowerBound(plannedAt: LocalDateTime, openedAt: LocalDateTime | null): LocalDateTime {
  const first = openedAt !== null && openedAt < plannedAt ? openedAt : plannedAt;
  const early = new Date(readParisClock(first).instant.getTime() - 2 * 3_600_000);
  return localNow({ now: () => early });
}

function minuteOf(time: PlainTime | null, { context, period }: Room): Decision<LocalDateTime, "time-does-not-exist"> {
  if (time === null) return grant(context.now);
  const minute = minuteDuring(time, period);
  return readParisClock(minute).kind === "skipped" ? refuse("time-does-not-exist") : grant(minute);
}

function nextSequence(events: readonly AttendanceEvent[]): number {
  return events.reduce((last, { sequence }) => Math.max(last, sequence), 0) + 1;
}

/**
 * Writes an arrival, a departure, a withdrawal (déport) or its end. Sent twice with the same key, it is written once.
 * A member declares their own withdrawals; everything else is the secretary's.
 */
export async function recordAttendance(
  command: CommandContext,
  meetingId: string,
  input: AttendanceInput,
): Promise<Decision<AttendanceEvent, RoomRefusal>> {
  const { db, clock, networkId } = command;
  return writeTransaction(db, async (trx) => {
    const room = await openRoom(trx, clock, networkId, meetingId);
    if (!room) return refuse("meeting-not-found");
    const { head, agenda, events } = room.record;
    const already = events.find(({ id }) => id === input.cle);
    if (already) return grant(already);
    if (head.status !== "open" && head.status !== "suspended") return refuse("room-closed");
    if (!isAllowed(command, room.record, input)) return refuse("not-your-seat");
    const isAboutAnItem = input.kind === "withdrawal" || input.kind === "return";
    const item = agenda.find(({ id, status }) => id === input.point && status === "accepted");
    if (isAboutAnItem && input.point !== undefined && !item) return refuse("item-unknown");
    if (input.kind === "withdrawal" && item && (await hasVotedOn(trx, item.id, input.occupant.seatId))) {
      return refuse("seat-has-voted");
    }
    const minute = minuteOf(input.heure, room);
    if (!minute.ok) return minute;
    const decision = checkAttendanceEvent(room.context, {
      id: input.cle as AttendanceEventId,
      sequence: nextSequence(events),
      seatId: input.occupant.seatId as SeatId,
      personId: input.occupant.personId as PersonId,
      kind: input.kind,
      mode: input.mode,
      at: minute.value,
      itemId: isAboutAnItem ? (item?.id ?? null) : null,
      corrects: null,
      voided: false,
    });
    if (!decision.ok) return decision;
    await writeEntry(trx, command, room.record, decision.value, null);
    return decision;
  });
}

function isAllowed({ actor, networkId }: CommandContext, { head }: MeetingRecord, input: AttendanceInput): boolean {
  const scope = { networkId, state: head.status };
  if (input.kind === "arrival" || input.kind === "departure") return can(actor, "attendance.record", scope);
  if (can(actor, "withdrawal.record", scope)) return true;
  const isTheirs =
    holdsSeat(actor, networkId, input.occupant.seatId as SeatId) && input.occupant.personId === actor.personId;
  return isTheirs && can(actor, "withdrawal.declare", scope);
}

/** A correction is a new entry that names the one it replaces, or voids; it bears a reason. Possible after the closing as well. */
export async function correctAttendance(
  command: CommandContext,
  meetingId: string,
  input: CorrectionInput,
): Promise<Decision<AttendanceEvent, RoomRefusal>> {
  const { db, clock, networkId, actor } = command;
  return writeTransaction(db, async (trx) => {
    const room = await openRoom(trx, clock, networkId, meetingId);
    if (!room) return refuse("meeting-not-found");
    const { head, events } = room.record;
    const already = events.find(({ id }) => id === input.cle);
    if (already) return grant(already);
    if (!can(actor, "attendance.correct", { networkId, state: head.status })) return refuse("room-closed");
    if (await areMinutesAdopted(trx, networkId, head.id)) return refuse("minutes-adopted");
    const corrected = events.find(({ id }) => id === input.entree);
    if (!corrected) return refuse("corrected-entry-unknown");
    const isVoiding = input.annuler === "on";
    const minute = isVoiding || input.heure === null ? grant(corrected.at) : minuteOf(input.heure, room);
    if (!minute.ok) return minute;
    const decision = checkAttendanceEvent(room.context, {
      ...corrected,
      id: input.cle as AttendanceEventId,
      sequence: nextSequence(events),
      ...(isVoiding
        ? {}
        : {
            seatId: input.occupant.seatId as SeatId,
            personId: input.occupant.personId as PersonId,
            mode: input.mode,
            at: minute.value,
          }),
      corrects: corrected.id,
      voided: isVoiding,
    });
    if (!decision.ok) return decision;
    await writeEntry(trx, command, room.record, decision.value, input.motif);
    return decision;
  });
}

/** Has a ballot been cast for this seat in a vote on the item? Whoever took part can no longer withdraw from it. */
async function hasVotedOn(trx: Trx, itemId: string, seatId: string): Promise<boolean> {
  const marks = await Promise.all(
    (["ballot", "ballotSignature"] as const).map((table) =>
      trx
        .selectFrom(table)
        .innerJoin("poll", "poll.id", `${table}.pollId`)
        .select("poll.id")
        .where("poll.agendaItemId", "=", itemId)
        .where(`${table}.seatId`, "=", seatId)
        .executeTakeFirst(),
    ),
  );
  return marks.some((mark) => mark !== undefined);
}

async function writeEntry(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  record: MeetingRecord,
  entry: AttendanceEvent,
  reason: string | null,
): Promise<void> {
  const { head, seats, mandates } = record;
  await trx
    .insertInto("attendanceEvent")
    .values({
      id: entry.id,
      networkId,
      meetingId: head.id,
      sequence: entry.sequence,
      seatId: entry.seatId,
      personId: entry.personId,
      kind: entry.kind,
      mode: entry.mode,
      at: entry.at,
      agendaItemId: entry.itemId,
      correctsId: entry.corrects,
      voided: entry.voided ? 1 : 0,
      reason,
      recordedBy: actor.personId,
      recordedAt: clock.now().toISOString(),
    })
    .execute();
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: actKindOf(entry),
    meetingId: head.id,
    payload: {
      meetingId: head.id,
      number: meetingNumber(head),
      entryId: entry.id,
      kind: entry.kind,
      seat: seats.find(({ id }) => id === entry.seatId)?.label ?? entry.seatId,
      person: mandates.find(({ personId }) => personId === entry.personId)?.displayName ?? entry.personId,
      mode: entry.mode,
      minute: entry.at,
      itemId: entry.itemId,
      corrects: entry.corrects,
      voided: entry.voided,
      reason,
      quorum: quorumSentence({ ...record, events: [...record.events, entry] }, localNow(clock)),
    },
  });
}

function actKindOf({ kind, corrects }: AttendanceEvent) {
  if (corrects !== null) return "attendance-corrected";
  return kind === "withdrawal" || kind === "return" ? "withdrawal-recorded" : "attendance-recorded";
}

function quorumSentence({ head, seats, rules, events, proxies, agenda }: MeetingRecord, now: LocalDateTime): string {
  const item = agenda.find(({ id }) => id === head.currentItemId);
  const { quorum } = assessRoom({
    ...{ seats, rules, convening: head.convening, events, proxies, at: roomMinute(now, events) },
    itemId: head.currentItemId,
    ...(item ? { subject: pollSubjectOf(item.kind) } : {}),
  });
  return quorum.sentence;
}

export type ProxyCommandRefusal =
  | ProxyRefusal
  | "meeting-not-found"
  | "room-closed"
  | "seat-unknown"
  | "not-your-seat"
  | "proxy-unknown"
  | "already-revoked";

/** Records a written proxy, before or during the meeting. The secretary records any; a member gives their own seat's. */
export async function recordProxy(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: ProxyInput,
): Promise<Decision<Proxy, ProxyCommandRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head, seats, proxies, events, rules } = record;
    const already = proxies.find(({ id }) => id === input.cle);
    if (already) return grant(already);
    const giver = input.mandant as SeatId;
    const scope = { networkId, state: head.status };
    if (!FROM_CONVOCATION.has(head.status)) return refuse("room-closed");
    if (![giver, input.mandataire].every((seatId) => seats.some(({ id }) => id === seatId)))
      return refuse("seat-unknown");
    const isTheirs = holdsSeat(actor, networkId, giver) && can(actor, "proxy.give", scope);
    if (!isTheirs && !can(actor, "proxy.record", scope)) return refuse("not-your-seat");
    const decision = checkProxy(
      {
        rules,
        seatsInOffice: seats.filter(({ inOffice }) => inOffice).map(({ id }) => id),
        proxies,
        previousMeetingsInARow: await countProxiesInARow(trx, head, giver),
      },
      { giver, holder: input.mandataire as SeatId, givenAt: roomMinute(localNow(clock), events), revokedAt: null },
    );
    if (!decision.ok) return decision;
    await trx
      .insertInto("proxy")
      .values({
        id: input.cle,
        networkId,
        meetingId: head.id,
        giverSeatId: giver,
        holderSeatId: decision.value.holder,
        givenAt: decision.value.givenAt,
        source: input.source,
        recordedBy: actor.personId,
        recordedAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "proxy-recorded",
      meetingId: head.id,
      payload: {
        ...{ meetingId: head.id, number: meetingNumber(head), proxyId: input.cle, source: input.source },
        ...{ giver: labelOf(record, giver), holder: labelOf(record, decision.value.holder) },
        minute: decision.value.givenAt,
      },
    });
    return decision;
  });
}

const FROM_CONVOCATION: ReadonlySet<string> = new Set(["convened", "open", "suspended"]);

function labelOf({ seats }: MeetingRecord, seatId: SeatId): string {
  return seats.find(({ id }) => id === seatId)?.label ?? seatId;
}

/** A proxy may be revoked at any time, by whoever gave it or by the secretary on their word. */
export async function revokeProxy(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  proxyId: string,
): Promise<Decision<Proxy, ProxyCommandRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head, proxies, events } = record;
    const proxy = proxies.find(({ id }) => id === proxyId);
    if (!proxy) return refuse("proxy-unknown");
    const scope = { networkId, state: head.status };
    if (!FROM_CONVOCATION.has(head.status)) return refuse("room-closed");
    const mayRevoke =
      can(actor, "proxy.revoke", scope) &&
      (can(actor, "proxy.record", scope) || holdsSeat(actor, networkId, proxy.giver));
    if (!mayRevoke) return refuse("not-your-seat");
    if (proxy.revokedAt !== null) return refuse("already-revoked");
    const revokedAt = roomMinute(localNow(clock), events);
    await trx
      .insertInto("proxyRevocation")
      .values({
        proxyId,
        networkId,
        revokedAt,
        recordedBy: actor.personId,
        recordedAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "proxy-revoked",
      meetingId: head.id,
      payload: {
        ...{ meetingId: head.id, number: meetingNumber(head), proxyId, minute: revokedAt },
        ...{ giver: labelOf(record, proxy.giver), holder: labelOf(record, proxy.holder) },
      },
    });
    return grant({ ...proxy, revokedAt });
  });
}
