import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { quarterOf, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import type { ComplianceState } from "~/domain/quorum/quarters";
import { formatDateTime } from "~/documents/french";
import {
  capitalize,
  composeTrackingCsv,
  describeMeeting,
  describeRate,
  describeTracking,
  nameQuarter,
  orderMarks,
  type Presence,
  type SeatMark,
} from "~/documents/quorum-tracking";
import { describeSetting } from "~/documents/rules-sentences";
import type { Db } from "~/services/db.server";
import { listMeetingYears, loadYearRecord, type MeetingOfYear, type YearRecord } from "~/services/quorum-record.server";

export type TrackedMeetingView = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly when: string;
  readonly summary: string;
  /** « free »: a second convening that no quorum binds. */
  readonly verdict: "quorate" | "free" | "inquorate" | "to-come";
  readonly isSecondConvening: boolean;
  /** One mark per seat once the meeting was held, else none. */
  readonly marks: readonly SeatMark[];
  readonly needed: number | null;
};

export type QuarterView = {
  readonly name: string;
  readonly state: ComplianceState;
  readonly sentence: string;
  readonly meetings: readonly TrackedMeetingView[];
};

export type SeatView = {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  readonly present: number;
  readonly absent: number;
  readonly vacant: number;
  /** For each quarter, the mark of this seat at each meeting held. */
  readonly quarters: readonly (readonly Presence[])[];
};

export type TrackingView = {
  readonly year: number;
  readonly years: readonly number[];
  readonly lead: string;
  readonly held: number;
  readonly quorate: number;
  readonly failed: number;
  readonly yearly: { readonly state: ComplianceState; readonly sentence: string };
  readonly quarters: readonly QuarterView[];
  readonly meetings: readonly TrackedMeetingView[];
  readonly seats: readonly SeatView[];
  /** What the rules ask of a year, in sentences. */
  readonly rhythm: string;
  readonly rulesAreAdopted: boolean;
};

/** A year of the committee, ready to be shown: the sentence, the pictures, the tables. */
export async function loadTracking(
  db: Db,
  networkId: NetworkId,
  year: number,
  today: PlainDate,
): Promise<TrackingView> {
  const [record, known] = await Promise.all([
    loadYearRecord(db, networkId, year, today),
    listMeetingYears(db, networkId),
  ]);
  const { track, meetings, rules } = record;
  const views = new Map(meetings.map((meeting) => [meeting, viewMeeting(meeting, meetings)]));
  return {
    year,
    years: [...new Set([...known, yearOf(today), year])].sort((one, other) => other - one),
    lead: describeTracking(track, meetings, today),
    held: track.held,
    quorate: track.quorate,
    failed: track.held - track.quorate,
    yearly: { state: track.yearly.state, sentence: capitalize(track.yearly.sentence) },
    quarters: track.quarters.map(({ quarter, state, sentence }) => ({
      name: nameQuarter(quarter.quarter),
      state,
      sentence: capitalize(sentence),
      meetings: meetings
        .filter(({ date }) => quarterOf(date).quarter === quarter.quarter)
        .flatMap((meeting) => views.get(meeting) ?? []),
    })),
    meetings: [...views.values()],
    seats: viewSeats(record),
    rhythm: (["rhythm.meetingsPerYear", "rhythm.onePerQuarter", "rhythm.inquorateMeetingsCount"] as const)
      .map((key) => describeSetting(key, rules.content))
      .join(" "),
    rulesAreAdopted: rules.adopted !== null,
  };
}

function viewMeeting(meeting: MeetingOfYear, all: readonly MeetingOfYear[]): TrackedMeetingView {
  const { id, number, title, startsAt, convening, count } = meeting;
  return {
    id,
    number,
    title,
    when: formatDateTime(startsAt),
    summary: capitalize(describeMeeting(meeting, all)),
    verdict: judge(meeting),
    isSecondConvening: convening === "second",
    marks: orderMarks(meeting),
    needed: count?.isRequired ? count.needed : null,
  };
}

function judge({ isHeld, outcome, count }: MeetingOfYear): TrackedMeetingView["verdict"] {
  if (!isHeld) return "to-come";
  if (outcome !== "held") return "inquorate";
  return count?.isRequired === false ? "free" : "quorate";
}

function viewSeats({ track, meetings, seats }: YearRecord): readonly SeatView[] {
  const held = meetings.filter(({ isHeld }) => isHeld);
  return seats.map(({ id, label }) => {
    const rate = track.seats.find(({ seatId }) => seatId === id);
    const marksIn = (quarter: number): readonly Presence[] =>
      held
        .filter(({ startsAt }) => quarterOf(dateOf(startsAt)).quarter === quarter)
        .flatMap((meeting) => meeting.seats.filter(({ seatId }) => seatId === id).map(({ presence }) => presence));
    return {
      id,
      label,
      sentence: describeRate(rate ?? { rate: null, vacant: 0 }),
      present: rate?.present ?? 0,
      absent: rate?.absent ?? 0,
      vacant: rate?.vacant ?? 0,
      quarters: [1, 2, 3, 4].map(marksIn),
    };
  });
}

export async function loadTrackingCsv(db: Db, networkId: NetworkId, year: number, today: PlainDate): Promise<string> {
  const { meetings, seats } = await loadYearRecord(db, networkId, year, today);
  return composeTrackingCsv(meetings, seats);
}
