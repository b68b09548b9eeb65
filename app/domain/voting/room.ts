import type { RulesContent } from "../committee/rules";
import type { Seat } from "../committee/seats";
import type { AgendaItemId } from "../kernel/ids";
import type { LocalDateTime } from "../kernel/paris-time";
import type { AgendaItemKind } from "../meeting/agenda";
import {
  attendanceOf,
  foldAttendanceUntil,
  isWithdrawnFrom,
  listRooms,
  listStandingEvents,
  type AttendanceEvent,
  type RoomState,
} from "../meeting/attendance";
import { quorumFor, type Convening, type Quorum, type QuorumSeat } from "../quorum/quorum";
import { isConsultative } from "./eligibility";
import type { PollSubject } from "./poll";
import { assessProxies, type Proxy, type ProxyStatus } from "./proxies";

/** A seat of the committee on the day of the meeting, as frozen at its opening. */
export type RoomSeat = Pick<Seat, "id" | "label" | "kind"> & { readonly inOffice: boolean };

export type RoomMoment = {
  readonly seats: readonly RoomSeat[];
  readonly rules: RulesContent;
  readonly convening: Convening;
  readonly events: readonly AttendanceEvent[];
  readonly proxies: readonly Proxy[];
  /** The item under discussion, for its withdrawals; null between items. */
  readonly itemId: AgendaItemId | null;
  /** What happened within this minute has happened. */
  readonly at: LocalDateTime;
  /** What would be put to the vote; decides whether the department's seat advises. « motion » unless told. */
  readonly subject?: PollSubject;
};

export type AssessedRoom = {
  readonly room: RoomState;
  readonly quorum: Quorum;
  readonly proxies: readonly ProxyStatus[];
};

/**
 * Who is in the room at a minute, whether the committee is in number for the item, and what each proxy is worth. The one place where the
 * quorum of a meeting is computed: every event and every item goes through it.
 * Source: CASF art. R.123-17 (model); CGCT art. L.2121-17 (the quorum is assessed for each item).
 */
export function assessRoom(moment: RoomMoment): AssessedRoom {
  const { rules, events, proxies, itemId, at } = moment;
  const room = foldAttendanceUntil(events, at);
  return { room, quorum: assessQuorum(moment, room), proxies: assessProxies({ rules, proxies, room, at, itemId }) };
}

function assessQuorum(
  { seats, rules, convening, itemId, subject = "motion" }: Omit<RoomMoment, "events" | "proxies" | "at">,
  room: RoomState,
): Quorum {
  const quorumSeats = seats.map((seat): QuorumSeat => ({
    label: seat.label,
    inOffice: seat.inOffice,
    presence: attendanceOf(room, seat.id).sitting?.mode ?? "absent",
    consultative: isConsultative(seat.kind, rules, subject),
    withdrawn: itemId !== null && isWithdrawnFrom(room, seat.id, itemId),
  }));
  return quorumFor({ rules, convening, seats: quorumSeats });
}

/**
 * What was written after a note: a withdrawal from the item, as is usual once it is taken up, or the end of one, as is usual after the vote;
 * another entry of the same minute, or a late one; a correction of an attendance.
 */
export type SinceCause = "withdrawal" | "return" | "entry" | "correction";

/**
 * The quorum of a minute as the entries of today tell it, when that is not what was noted then, and what came after the note.
 * What was noted is never altered; both are shown.
 */
export function findQuorumSince(
  noted: string,
  moment: RoomMoment,
): { readonly quorum: Quorum; readonly cause: SinceCause } | null {
  const tell = (events: readonly AttendanceEvent[]): Quorum => assessRoom({ ...moment, events }).quorum;
  const quorum = tell(moment.events);
  if (quorum.sentence === noted) return null;
  const written = moment.events.filter(({ corrects }) => corrects === null);
  if (tell(written).sentence !== quorum.sentence) return { quorum, cause: "correction" };
  const aboutItem = written
    .filter(({ itemId }) => itemId !== null && itemId === moment.itemId)
    .sort((one, other) => other.sequence - one.sequence);
  const first = aboutItem.findIndex((_, index) => {
    const later = aboutItem.slice(0, index + 1);
    return tell(written.filter((event) => !later.includes(event))).sentence === noted;
  });
  if (first === -1) return { quorum, cause: "entry" };
  const isReturn = aboutItem.slice(0, first + 1).every(({ kind }) => kind === "return");
  return { quorum, cause: isReturn ? "return" : "withdrawal" };
}

/** What an item of this kind puts to the vote. */
export function pollSubjectOf(kind: AgendaItemKind): PollSubject {
  if (kind === "expense-validation") return "expense";
  return kind === "minutes-approval" || kind === "rules-adoption" ? kind : "motion";
}

/**
 * The minute it is in the room: the wall clock, which never runs backwards there. In the repeated hour of October it stands at the last entry
 * until the wall clock has caught up, so that nobody leaves before having come.
 */
export function roomMinute(now: LocalDateTime, events: readonly AttendanceEvent[]): LocalDateTime {
  return listStandingEvents(events).reduce((latest, { at }) => (at > latest ? at : latest), now);
}

/**
 * The quorum at the minute of the sitting when most seats were in the room together, no item being discussed: the one that decides whether
 * the committee ever was in number. Seats that came in turn and never met are not added up. Of equal minutes, the first.
 * @param period from the opening to the closing, both included; `closedAt` is null while the meeting sits
 * Source: CASF art. R.123-17 (model): members present at the meeting.
 */
export function findFullestQuorum(
  moment: Omit<RoomMoment, "itemId" | "at" | "subject" | "proxies">,
  { openedAt, closedAt }: { readonly openedAt: LocalDateTime; readonly closedAt: LocalDateTime | null },
): Quorum {
  return listRooms(moment.events, { from: openedAt, until: closedAt })
    .map((room) => assessQuorum({ ...moment, itemId: null }, room))
    .reduce((fullest, quorum) => (quorum.present > fullest.present ? quorum : fullest));
}

/**
 * Was the committee in number at some minute from the opening to the closing, both included, no item being discussed?
 * Source: CASF art. R.123-17 (model): a meeting that never was closes as inquorate.
 */
export function wasEverQuorate(
  moment: Omit<RoomMoment, "itemId" | "at" | "subject">,
  period: { readonly openedAt: LocalDateTime; readonly closedAt: LocalDateTime },
): boolean {
  return findFullestQuorum(moment, period).reached;
}
