import type { RulesContent } from "../committee/rules";
import { findMandateOf, type Mandate } from "../committee/seats";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { AgendaItemId, Id, PersonId, SeatId } from "../kernel/ids";
import { dateOf, localDateTime, minutesOf, timeOf, type LocalDateTime, type PlainTime } from "../kernel/paris-time";
import { epochDayOf } from "../kernel/plain-date";

export type AttendanceEventId = Id<"attendance-event">;
export type AttendanceMode = "in-person" | "remote";

/**
 * What the secretary writes in the room, to the minute. Entries are never altered: a correction is a new entry which names the one
 * it replaces, or cancels it when it is `voided`.
 */
export type AttendanceEvent = {
  readonly id: AttendanceEventId;
  /** Order of writing within the meeting; settles what happened first within one minute. */
  readonly sequence: number;
  readonly seatId: SeatId;
  readonly personId: PersonId;
  readonly kind: "arrival" | "departure" | "withdrawal" | "return";
  /** How the person attends; read on arrivals only. */
  readonly mode: AttendanceMode;
  readonly at: LocalDateTime;
  /** The item that a withdrawal for a conflict of interest, or the end of one, is about. */
  readonly itemId: AgendaItemId | null;
  readonly corrects: AttendanceEventId | null;
  readonly voided: boolean;
};

export type Sitting = { readonly personId: PersonId; readonly mode: AttendanceMode; readonly since: LocalDateTime };

export type Withdrawal = { readonly personId: PersonId; readonly itemId: AgendaItemId };

export type SeatAttendance = { readonly sitting: Sitting | null; readonly withdrawals: readonly Withdrawal[] };

/** Who sits where, at some moment. A seat that nothing was written about is absent. */
export type RoomState = ReadonlyMap<SeatId, SeatAttendance>;

const NOBODY: SeatAttendance = { sitting: null, withdrawals: [] };

/**
 * The entries that stand once corrections are applied, in order of time. A correction takes the place of the first entry of its chain
 * among those of the same minute; the last correction written wins.
 */
export function listStandingEvents(events: readonly AttendanceEvent[]): readonly AttendanceEvent[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const latest = new Map<AttendanceEventId, { readonly rank: number; readonly event: AttendanceEvent }>();
  for (const event of events) {
    const root = rootOf(event, byId);
    const known = latest.get(root.id);
    if (!known || known.event.sequence < event.sequence) latest.set(root.id, { rank: root.sequence, event });
  }
  return [...latest.values()]
    .filter(({ event }) => !event.voided)
    .sort((one, other) => compareText(one.event.at, other.event.at) || one.rank - other.rank)
    .map(({ event }) => event);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** @throws Error when an entry corrects one that was not written before it: the register is damaged. */
function rootOf(event: AttendanceEvent, byId: ReadonlyMap<AttendanceEventId, AttendanceEvent>): AttendanceEvent {
  let root = event;
  while (root.corrects !== null) {
    const corrected = byId.get(root.corrects);
    if (!corrected || corrected.sequence >= root.sequence)
      throw new Error(`Attendance entry ${root.id} corrects no earlier entry`);
    root = corrected;
  }
  return root;
}

export function attendanceOf(room: RoomState, seatId: SeatId): SeatAttendance {
  return room.get(seatId) ?? NOBODY;
}

/** The room after everything that was written. */
export function foldAttendance(events: readonly AttendanceEvent[]): RoomState {
  return listStandingEvents(events).reduce(applyEvent, new Map() as RoomState);
}

/** The room at the end of a minute: what happened within it has happened. */
export function foldAttendanceUntil(events: readonly AttendanceEvent[], minute: LocalDateTime): RoomState {
  return listStandingEvents(events)
    .filter(({ at }) => at <= minute)
    .reduce(applyEvent, new Map() as RoomState);
}

/**
 * The room at a minute, then at each later one in which something was written, in order.
 * @param until the last minute that counts; null: no end
 */
export function listRooms(
  events: readonly AttendanceEvent[],
  { from, until }: { readonly from: LocalDateTime; readonly until: LocalDateTime | null },
): readonly RoomState[] {
  const rooms = new Map<LocalDateTime, RoomState>([[from, new Map()]]);
  let room: RoomState = new Map();
  for (const event of listStandingEvents(events)) {
    if (until !== null && event.at > until) break;
    room = applyEvent(room, event);
    rooms.set(event.at < from ? from : event.at, room);
  }
  return [...rooms.values()];
}

function applyEvent(room: RoomState, event: AttendanceEvent): RoomState {
  const seat = attendanceOf(room, event.seatId);
  return new Map(room).set(event.seatId, {
    sitting: nextSitting(seat, event),
    withdrawals: nextWithdrawals(seat, event),
  });
}

function nextSitting({ sitting }: SeatAttendance, { kind, personId, mode, at }: AttendanceEvent): Sitting | null {
  if (kind === "arrival") return { personId, mode, since: at };
  return kind === "departure" ? null : sitting;
}

function nextWithdrawals({ withdrawals }: SeatAttendance, event: AttendanceEvent): readonly Withdrawal[] {
  const { kind, personId, itemId } = event;
  if (itemId === null || (kind !== "withdrawal" && kind !== "return")) return withdrawals;
  const others = withdrawals.filter((withdrawal) => !isSameWithdrawal(withdrawal, event));
  return kind === "withdrawal" ? [...others, { personId, itemId }] : others;
}

function isSameWithdrawal(one: Withdrawal, other: Pick<AttendanceEvent, "personId" | "itemId">): boolean {
  return one.personId === other.personId && one.itemId === other.itemId;
}

export function isPresent(room: RoomState, seatId: SeatId): boolean {
  return attendanceOf(room, seatId).sitting !== null;
}

/**
 * Is the seat withdrawn from an item? The conflict of interest is the person's: a substitute who sits in place of the one who withdrew may take part.
 * While nobody sits, a withdrawal by any holder stands.
 */
export function isWithdrawnFrom(room: RoomState, seatId: SeatId, itemId: AgendaItemId): boolean {
  const { sitting, withdrawals } = attendanceOf(room, seatId);
  return withdrawals.some(
    (withdrawal) => withdrawal.itemId === itemId && (sitting === null || sitting.personId === withdrawal.personId),
  );
}

export function listWithdrawnSeats(room: RoomState, itemId: AgendaItemId): readonly SeatId[] {
  return [...room.keys()].filter((seatId) => isWithdrawnFrom(room, seatId, itemId));
}

/** A stretch of presence; `until` is null while the person is in the room. */
export type AttendancePeriod = {
  readonly seatId: SeatId;
  readonly personId: PersonId;
  readonly mode: AttendanceMode;
  readonly from: LocalDateTime;
  readonly until: LocalDateTime | null;
};

/** Arrivals and departures in pairs, in order of arrival, for the minutes and the attendance sheet. */
export function listAttendancePeriods(events: readonly AttendanceEvent[]): readonly AttendancePeriod[] {
  const periods: AttendancePeriod[] = [];
  for (const { kind, seatId, personId, mode, at } of listStandingEvents(events)) {
    if (kind === "arrival") periods.push({ seatId, personId, mode, from: at, until: null });
    if (kind !== "departure") continue;
    const open = periods.findIndex((period) => period.seatId === seatId && period.until === null);
    const period = periods[open];
    if (period) periods[open] = { ...period, until: at };
  }
  return periods;
}

export type AttendanceRefusal =
  | "person-not-a-holder"
  | "already-present"
  | "other-holder-present"
  | "not-present"
  | "already-withdrawn"
  | "not-withdrawn"
  | "item-missing"
  | "too-early"
  | "meeting-not-open"
  | "in-the-future"
  | "after-closing"
  | "remote-not-allowed"
  | "nothing-to-void"
  | "corrected-entry-unknown"
  | "corrected-entry-superseded"
  | "corrects-another-seat"
  | "contradicts-another-entry";

export type AttendanceContext = {
  readonly events: readonly AttendanceEvent[];
  readonly mandates: readonly Mandate[];
  readonly rules: Pick<RulesContent, "remoteAttendance">;
  readonly plannedAt: LocalDateTime;
  readonly openedAt: LocalDateTime | null;
  readonly closedAt: LocalDateTime | null;
  readonly now: LocalDateTime;
};

/** People may be entered as they come in, from two hours before the time of the meeting. */
const EARLIEST_ARRIVAL_MINUTES = 120;

/**
 * May this entry be written? One voice per seat: titular and substitute never sit at once, the one leaves before the other arrives.
 * Arrivals and departures are accepted from two hours before the meeting (before its opening, if it opened earlier), withdrawals from its
 * opening; nothing after the present minute nor after the closing. A withdrawal may be declared by a holder who is not in the room.
 * An entry written late is checked in its place in time: it is refused when it contradicts itself or any other entry.
 */
export function checkAttendanceEvent(
  context: AttendanceContext,
  event: AttendanceEvent,
): Decision<AttendanceEvent, AttendanceRefusal> {
  const refusal = findCorrectionRefusal(context, event) ?? (event.voided ? null : findEntryRefusal(context, event));
  if (refusal !== null) return refuse(refusal);
  const contradiction = findContradiction([...context.events, event]);
  if (contradiction === null) return grant(event);
  return refuse(contradiction.eventId === event.id ? contradiction.refusal : "contradicts-another-entry");
}

function findCorrectionRefusal({ events }: AttendanceContext, event: AttendanceEvent): AttendanceRefusal | null {
  if (event.corrects === null) return event.voided ? "nothing-to-void" : null;
  const corrected = events.find(({ id }) => id === event.corrects);
  if (!corrected) return "corrected-entry-unknown";
  if (corrected.voided || events.some(({ corrects }) => corrects === corrected.id)) return "corrected-entry-superseded";
  return corrected.seatId === event.seatId ? null : "corrects-another-seat";
}

function findEntryRefusal(context: AttendanceContext, event: AttendanceEvent): AttendanceRefusal | null {
  const isAboutAnItem = event.kind === "withdrawal" || event.kind === "return";
  if (isAboutAnItem && event.itemId === null) return "item-missing";
  if (findMandateOf(event, context.mandates, dateOf(event.at)) === null) return "person-not-a-holder";
  if (event.kind === "arrival" && event.mode === "remote" && !context.rules.remoteAttendance.allowed)
    return "remote-not-allowed";
  return findTimeRefusal(context, event, isAboutAnItem);
}

function findTimeRefusal(
  context: AttendanceContext,
  { at }: AttendanceEvent,
  isAboutAnItem: boolean,
): AttendanceRefusal | null {
  const { plannedAt, openedAt, closedAt, now } = context;
  if (at > now) return "in-the-future";
  if (closedAt !== null && at > closedAt) return "after-closing";
  if (isAboutAnItem) return openedAt !== null && at >= openedAt ? null : "meeting-not-open";
  const start = openedAt !== null && openedAt < plannedAt ? openedAt : plannedAt;
  return minuteNumber(at) < minuteNumber(start) - EARLIEST_ARRIVAL_MINUTES ? "too-early" : null;
}

/**
 * The minute that a time of day names in a meeting that may run past midnight: on the first day, or on the last one when the first day had not
 * come to it before `from`.
 */
export function minuteDuring(
  time: PlainTime,
  { from, until }: { readonly from: LocalDateTime; readonly until: LocalDateTime },
): LocalDateTime {
  const onFirstDay = localDateTime(dateOf(from), time);
  return onFirstDay < from ? localDateTime(dateOf(until), time) : onFirstDay;
}

function minuteNumber(local: LocalDateTime): number {
  return epochDayOf(dateOf(local)) * 1440 + minutesOf(timeOf(local));
}

type Contradiction = { readonly eventId: AttendanceEventId; readonly refusal: AttendanceRefusal };

function findContradiction(events: readonly AttendanceEvent[]): Contradiction | null {
  let room: RoomState = new Map();
  for (const event of listStandingEvents(events)) {
    const refusal = findStepRefusal(attendanceOf(room, event.seatId), event);
    if (refusal !== null) return { eventId: event.id, refusal };
    room = applyEvent(room, event);
  }
  return null;
}

function findStepRefusal({ sitting, withdrawals }: SeatAttendance, event: AttendanceEvent): AttendanceRefusal | null {
  const isWithdrawn = withdrawals.some((withdrawal) => isSameWithdrawal(withdrawal, event));
  switch (event.kind) {
    case "arrival":
      if (sitting === null) return null;
      return sitting.personId === event.personId ? "already-present" : "other-holder-present";
    case "departure":
      return sitting?.personId === event.personId ? null : "not-present";
    case "withdrawal":
      return isWithdrawn ? "already-withdrawn" : null;
    case "return":
      return isWithdrawn ? null : "not-withdrawn";
  }
}
