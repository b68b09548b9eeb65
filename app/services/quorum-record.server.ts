import type { RulesContent } from "~/domain/committee/rules";
import type { Seat } from "~/domain/committee/seats";
import type { MeetingId, NetworkId, SeatId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";
import { listStandingEvents, type AttendanceEvent } from "~/domain/meeting/attendance";
import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import { quorumFor, type Convening } from "~/domain/quorum/quorum";
import { trackYear, type TrackedMeeting, type YearTrack } from "~/domain/quorum/quarters";
import { isConsultative } from "~/domain/voting/eligibility";
import { findFullestQuorum } from "~/domain/voting/room";
import {
  findRulesInForce,
  listMandates,
  listSeats,
  seatsOnDay,
  type RulesInForce,
  type SeatOnDay,
} from "./committee-record.server";
import type { Db } from "./db.server";
import { meetingNumber } from "./meeting-record.server";
import { onceUntilNextWrite } from "./kept-reads.server";

/** A year of meetings as the quorum tracking counts them: the dashboard and the tracking page share it. */

export type MeetingOfYear = TrackedMeeting & {
  readonly number: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly status: MeetingState;
  readonly convening: Convening;
  readonly firstMeetingId: MeetingId | null;
  readonly outcome: MeetingOutcome | null;
  /** The seats that count for the quorum. Null until the meeting opened. */
  readonly count: {
    /** At the minute when most of them were in the room together: the number that decides. */
    readonly present: number;
    /** Those that attended, whole or in part, even if they never met. */
    readonly sat: number;
    readonly needed: number;
    readonly isRequired: boolean;
  } | null;
};

export type YearRecord = {
  readonly track: YearTrack;
  /** Cancelled ones left out, in order of date. */
  readonly meetings: readonly MeetingOfYear[];
  readonly seats: readonly Seat[];
  readonly rules: RulesInForce;
};

/** The year as everything recorded so far tells it. */
export function loadYearRecord(db: Db, networkId: NetworkId, year: number, today: PlainDate): Promise<YearRecord> {
  return onceUntilNextWrite(db, `year ${networkId} ${year} ${today}`, () => readYearRecord(db, networkId, year, today));
}

async function readYearRecord(db: Db, networkId: NetworkId, year: number, today: PlainDate): Promise<YearRecord> {
  const lastDay = plainDateOf(year, 12, 31);
  const [seats, mandates, rules, rows, events, periods] = await Promise.all([
    listSeats(db, networkId),
    listMandates(db, networkId),
    findRulesInForce(db, networkId, today < lastDay ? today : lastDay),
    db
      .selectFrom("meeting")
      .select(["id", "year", "rank", "title", "startsAt", "status", "convening", "firstMeetingId", "outcome"])
      .select(["seatsSnapshot", "rulesContent"])
      .where("networkId", "=", networkId)
      .where("startsAt", ">=", `${year}-01-01`)
      .where("startsAt", "<", `${year + 1}-01-01`)
      .where("status", "!=", "cancelled")
      .orderBy("startsAt")
      .orderBy("id")
      .execute(),
    listEventsOfYear(db, networkId, year),
    listPeriodsOfYear(db, networkId, year),
  ]);
  const meetings = rows.map((row): MeetingOfYear => {
    const content = row.rulesContent === null ? rules.content : (JSON.parse(row.rulesContent) as RulesContent);
    const startsAt = row.startsAt as LocalDateTime;
    const committee =
      row.seatsSnapshot === null
        ? seatsOnDay(seats, mandates, dateOf(startsAt))
        : (JSON.parse(row.seatsSnapshot) as readonly SeatOnDay[]);
    const entries = events.get(row.id) ?? [];
    const attended = listAttendance(entries);
    const convening = row.convening as Convening;
    const period = periods.get(row.id) ?? { openedAt: startsAt, closedAt: null };
    const isOpened = row.status === "open" || row.status === "suspended" || row.status === "closed";
    return {
      id: row.id as MeetingId,
      number: meetingNumber(row),
      title: row.title,
      startsAt,
      date: dateOf(startsAt),
      status: row.status as MeetingState,
      convening,
      firstMeetingId: row.firstMeetingId as MeetingId | null,
      outcome: row.outcome as MeetingOutcome | null,
      isConvened: row.status === "convened" || row.status === "open" || row.status === "suspended",
      isHeld: row.status === "closed",
      isQuorate: row.outcome === "held",
      seats: committee.map(({ id, inOffice }) => ({ seatId: id, presence: presenceOf(inOffice, attended.has(id)) })),
      count: isOpened
        ? {
            ...countTogether({ seats: committee, rules: content, convening, events: entries }, period),
            sat: countAttendance(committee, attended, content, convening),
          }
        : null,
    };
  });
  return {
    track: trackYear({
      year,
      today,
      rules: rules.content,
      meetings,
      since: await findFirstDay(db, networkId),
    }),
    meetings,
    seats,
    rules,
  };
}

/** The years in which the committee met or is to meet, the latest first. */
export async function listMeetingYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("meeting")
    .select("year")
    .distinct()
    .where("networkId", "=", networkId)
    .where("status", "!=", "cancelled")
    .orderBy("year", "desc")
    .execute();
  return rows.map(({ year }) => year);
}

/** The committee owes its meetings from the day its first seat was created. */
async function findFirstDay(db: Db, networkId: NetworkId): Promise<PlainDate | null> {
  const row = await db
    .selectFrom("seat")
    .select(({ fn }) => fn.min("createdOn").as("firstDay"))
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  return (row?.firstDay ?? null) as PlainDate | null;
}

type EventsByMeeting = ReadonlyMap<string, readonly AttendanceEvent[]>;

async function listEventsOfYear(db: Db, networkId: NetworkId, year: number): Promise<EventsByMeeting> {
  const rows = await db
    .selectFrom("meeting")
    .innerJoin("attendanceEvent", "attendanceEvent.meetingId", "meeting.id")
    .selectAll("attendanceEvent")
    .where("meeting.networkId", "=", networkId)
    .where("meeting.startsAt", ">=", `${year}-01-01`)
    .where("meeting.startsAt", "<", `${year + 1}-01-01`)
    .orderBy("attendanceEvent.meetingId")
    .orderBy("attendanceEvent.sequence")
    .execute();
  const byMeeting = new Map<string, AttendanceEvent[]>();
  for (const row of rows) {
    const event = {
      id: row.id,
      sequence: row.sequence,
      seatId: row.seatId,
      personId: row.personId,
      kind: row.kind,
      mode: row.mode,
      at: row.at,
      itemId: row.agendaItemId,
      corrects: row.correctsId,
      voided: row.voided === 1,
    } as AttendanceEvent;
    const known = byMeeting.get(row.meetingId);
    if (known) known.push(event);
    else byMeeting.set(row.meetingId, [event]);
  }
  return byMeeting;
}

type Period = { readonly openedAt: LocalDateTime; readonly closedAt: LocalDateTime | null };

async function listPeriodsOfYear(db: Db, networkId: NetworkId, year: number): Promise<ReadonlyMap<string, Period>> {
  const rows = await db
    .selectFrom("meeting")
    .innerJoin("meetingTransition", "meetingTransition.meetingId", "meeting.id")
    .select(["meetingTransition.meetingId", "meetingTransition.toStatus", "meetingTransition.at"])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.startsAt", ">=", `${year}-01-01`)
    .where("meeting.startsAt", "<", `${year + 1}-01-01`)
    .where("meetingTransition.toStatus", "in", ["open", "closed"])
    .orderBy("meetingTransition.at")
    .execute();
  const periods = new Map<string, Period>();
  for (const { meetingId, toStatus, at } of rows) {
    const minute = parisLocalAt(new Date(at));
    const known = periods.get(meetingId);
    if (toStatus === "open" && !known) periods.set(meetingId, { openedAt: minute, closedAt: null });
    if (toStatus === "closed" && known) periods.set(meetingId, { ...known, closedAt: minute });
  }
  return periods;
}

type Attended = ReadonlyMap<SeatId, AttendanceEvent["mode"]>;

/** Seats that came, even for a part of the meeting; in the room once is in the room. */
function listAttendance(events: readonly AttendanceEvent[]): Attended {
  const attended = new Map<SeatId, AttendanceEvent["mode"]>();
  for (const { kind, seatId, mode } of listStandingEvents(events)) {
    if (kind === "arrival" && attended.get(seatId) !== "in-person") attended.set(seatId, mode);
  }
  return attended;
}

function presenceOf(inOffice: boolean, hasAttended: boolean): "present" | "absent" | "vacant" {
  if (!inOffice) return "vacant";
  return hasAttended ? "present" : "absent";
}

function countAttendance(
  committee: readonly SeatOnDay[],
  attended: Attended,
  rules: RulesContent,
  convening: Convening,
): number {
  return quorumFor({
    rules,
    convening,
    seats: committee.map(({ id, kind, label, inOffice }) => ({
      label,
      inOffice,
      presence: attended.get(id) ?? "absent",
      consultative: isConsultative(kind, rules, "motion"),
      withdrawn: false,
    })),
  }).present;
}

function countTogether(
  ...meeting: Parameters<typeof findFullestQuorum>
): Pick<NonNullable<MeetingOfYear["count"]>, "present" | "needed" | "isRequired"> {
  const { present, needed, isRequired } = findFullestQuorum(...meeting);
  return { present, needed, isRequired };
}
