import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import { quarterOf, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import type { Convening } from "~/domain/quorum/quorum";
import { findQuarterTrack, type SeatRate, type YearTrack } from "~/domain/quorum/quarters";
import { composeCsv } from "./csv";
import { count, formatDate, formatPercent, formatShortDate, NBSP } from "./french";

/** How the tracking of the quorum is told: sentences, and the table for a spreadsheet. */

export type Presence = "present" | "absent" | "vacant";

export type MeetingFacts = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly status: MeetingState;
  readonly convening: Convening;
  readonly firstMeetingId: string | null;
  readonly outcome: MeetingOutcome | null;
  readonly seats: readonly { readonly seatId: string; readonly presence: Presence }[];
  /** Seats that count for the quorum: `present` together at the fullest minute, `sat` whole or in part. */
  readonly count: {
    readonly present: number;
    readonly sat: number;
    readonly needed: number;
    readonly isRequired: boolean;
  } | null;
};

/** « in-turn »: sat, but not while most of the others did. */
export type SeatMark = Presence | "in-turn";

const MARK_ORDER: Record<SeatMark, number> = { present: 0, "in-turn": 1, absent: 2, vacant: 3 };

/** The marks of a meeting's row of seats: those present together first, so that the threshold reads as a length. None before it is held. */
export function orderMarks({
  status,
  seats,
  count: counted,
}: Pick<MeetingFacts, "status" | "seats" | "count">): readonly SeatMark[] {
  if (status !== "closed") return [];
  const together = seats.filter(({ presence }) => presence === "present").length - countInTurn(counted);
  const marks: readonly SeatMark[] = seats.map(({ presence }) => presence).sort(compareMarks);
  return marks.map((mark, index) => (mark === "present" && index >= together ? "in-turn" : mark));
}

function compareMarks(one: SeatMark, other: SeatMark): number {
  return MARK_ORDER[one] - MARK_ORDER[other];
}

function countInTurn(counted: MeetingFacts["count"]): number {
  return counted === null ? 0 : counted.sat - counted.present;
}

/** « 1er trimestre » */
export function nameQuarter(quarter: 1 | 2 | 3 | 4): string {
  return `${quarter === 1 ? "1er" : `${quarter}e`} trimestre`;
}

/** The sentence above the picture: where the quorum stands in the present quarter, or what the year was. */
export function describeTracking(track: YearTrack, meetings: readonly MeetingFacts[], today: PlainDate): string {
  const quarter = findQuarterTrack(track, today);
  if (quarter === null) return describeOtherYear(track, today);
  const name = `T${quarter.quarter.quarter}`;
  const last = meetings.filter(({ startsAt, status }) => status === "closed" && isSameQuarter(startsAt, today)).at(-1);
  const quorate = meetings
    .filter(({ startsAt, outcome }) => outcome === "held" && isSameQuarter(startsAt, today))
    .at(-1);
  if (quorate) return `Le quorum est atteint au ${name}${NBSP}: ${describeCount(quorate)}.`;
  if (last)
    return `Le quorum n’est pas atteint au ${name}${NBSP}: ${describeCount(last)}. Au ${name}, ${quarter.sentence}.`;
  return `Le comité ne s’est pas encore réuni au ${name}${NBSP}: ${quarter.sentence}.`;
}

function isSameQuarter(startsAt: LocalDateTime, day: PlainDate): boolean {
  const [one, other] = [quarterOf(dateOf(startsAt)), quarterOf(day)];
  return one.year === other.year && one.quarter === other.quarter;
}

function describeOtherYear({ year, held, quorate, yearly }: YearTrack, today: PlainDate): string {
  if (year > yearOf(today)) return capitalize(`${yearly.sentence}.`);
  if (held === 0) return `En ${year}, le comité ne s’est pas réuni dans le portail.`;
  return `En ${year}, le comité s’est réuni ${held} fois, dont ${quorate} valablement.`;
}

/** « 5 sièges présents sur 7, 4 nécessaires »; « … présents ensemble sur 7 (6 ont siégé) … » when some never met. */
function describeCount({ count: counted, seats }: MeetingFacts): string {
  if (counted === null) return "présences non relevées";
  const inTurn = countInTurn(counted);
  const present =
    inTurn === 0
      ? `${count(counted.present, "siège présent", "sièges présents")} sur ${seats.length}`
      : `${count(counted.present, "siège présent", "sièges présents")} ensemble sur ${seats.length} (${counted.sat} ont siégé)`;
  return counted.isRequired ? `${present}, ${count(counted.needed, "nécessaire", "nécessaires")}` : present;
}

const NOT_YET_HELD: Record<Exclude<MeetingState, "closed">, string> = {
  planned: "planifiée, pas encore convoquée",
  convened: "convoquée, à venir",
  open: "en cours",
  suspended: "en cours, suspendue",
  cancelled: "annulée",
};

/** What became of one meeting; a failed one is told apart from its second convening. */
export function describeMeeting(meeting: MeetingFacts, all: readonly MeetingFacts[]): string {
  const prefix = meeting.convening === "second" ? "seconde convocation, " : "";
  if (meeting.status !== "closed") return `${prefix}${NOT_YET_HELD[meeting.status]}`;
  const counted = describeCount(meeting);
  if (meeting.outcome !== "held")
    return `${prefix}${counted}${NBSP}: quorum non atteint${describeDoubt(meeting)}${describeSecond(meeting, all)}`;
  const isFree = meeting.count !== null && !meeting.count.isRequired;
  const verdict = isFree ? "réunie valablement, aucun quorum exigé" : `quorum atteint${describeDoubt(meeting)}`;
  return `${prefix}${counted}${NBSP}: ${verdict}`;
}

/** The outcome is pronounced once, at the closing; the count follows the entries, corrections included: where they differ, it is said. */
function describeDoubt({ outcome, count: counted }: MeetingFacts): string {
  if (!counted?.isRequired || (outcome === "held") === counted.present >= counted.needed) return "";
  return " selon le constat de la levée (présences rectifiées depuis)";
}

function describeSecond(meeting: MeetingFacts, all: readonly MeetingFacts[]): string {
  const second = all.find(({ firstMeetingId }) => firstMeetingId === meeting.id);
  return second ? `, seconde convocation pour le ${formatDate(dateOf(second.startsAt))}` : "";
}

/** « 3 présences sur 4 (75 %) »; vacant meetings are said beside and never counted against the seat. */
export function describeRate({ rate, vacant }: Pick<SeatRate, "rate" | "vacant">): string {
  const aside = vacant > 0 ? `${rate ? ", " : ""}${count(vacant, "réunion", "réunions")} avec le siège vacant` : "";
  if (rate === null) return aside === "" ? "aucune réunion tenue" : aside;
  const share = formatPercent(rate.numerator / rate.denominator, 0);
  return `${count(rate.numerator, "présence", "présences")} sur ${rate.denominator} (${share})${aside}`;
}

export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function describeVerdict({ outcome, count: counted }: MeetingFacts): string {
  if (outcome !== "held") return "non atteint";
  return counted?.isRequired === false ? "non exigé" : "atteint";
}

const PRESENCE_WORDS: Record<Presence, string> = { present: "présent", absent: "absent", vacant: "vacant" };

/** One line per meeting held and per seat, so that a spreadsheet can count as it likes. */
export function composeTrackingCsv(
  meetings: readonly MeetingFacts[],
  seats: readonly { readonly id: string; readonly label: string }[],
): string {
  const labels = new Map(seats.map(({ id, label }) => [id, label]));
  const heading = ["Année", "Trimestre", "Date", "Séance", "Intitulé", "Convocation"];
  const rows = meetings
    .filter(({ status }) => status === "closed")
    .flatMap((meeting) => {
      const { year, quarter } = quarterOf(dateOf(meeting.startsAt));
      const cells = [
        ...[year, `T${quarter}`, formatShortDate(dateOf(meeting.startsAt)), meeting.number, meeting.title],
        meeting.convening === "second" ? "seconde" : "première",
        describeVerdict(meeting),
        meeting.count?.present ?? null,
        meeting.count?.isRequired ? meeting.count.needed : null,
      ];
      return meeting.seats.map(({ seatId, presence }) => [
        ...cells,
        labels.get(seatId) ?? seatId,
        PRESENCE_WORDS[presence],
      ]);
    });
  return composeCsv([...heading, "Quorum", "Présents", "Nécessaires", "Siège", "Présence du siège"], rows);
}

/** « 6 réunions tenues, dont 5 réunies valablement et 1 sans quorum. » */
export function tellMeetingsHeld({
  held,
  quorate,
  failed,
}: Readonly<Record<"held" | "quorate" | "failed", number>>): string {
  if (held === 0) return "Aucune réunion tenue.";
  const well = count(quorate, "réunie valablement", "réunies valablement");
  return `${count(held, "réunion tenue", "réunions tenues")}, dont ${well} et ${failed} sans quorum.`;
}
