import type { RulesContent } from "../committee/rules";
import type { MeetingId, SeatId } from "../kernel/ids";
import {
  addDays,
  firstDayOfQuarter,
  lastDayOfQuarter,
  plainDateOf,
  quarterOf,
  type PlainDate,
  type Quarter,
} from "../kernel/plain-date";
import { countOf, NO_BREAK_SPACE } from "./wording";

/** A meeting as the yearly count sees it. Failing to reach the quorum is still « held »; cancelled meetings are left out. */
export type TrackedMeeting = {
  readonly id: MeetingId;
  readonly date: PlainDate;
  readonly isConvened: boolean;
  readonly isHeld: boolean;
  readonly isQuorate: boolean;
  readonly seats: readonly { readonly seatId: SeatId; readonly presence: "present" | "absent" | "vacant" }[];
};

export type YearContext = {
  readonly year: number;
  readonly today: PlainDate;
  readonly rules: Pick<RulesContent, "rhythm" | "notice">;
  readonly meetings: readonly TrackedMeeting[];
  /** First day of the obligation; quarters over before it are not judged. Null: it has always run. */
  readonly since: PlainDate | null;
};

/**
 * - `met`: enough meetings were held. - `planned`: those convened, or still in time to be, are enough.
 * - `possible`: a meeting can still be convened with its full notice. - `urgent-only`: only with a shorter notice, justified in writing.
 * - `out-of-reach`: time is not over, but the rules leave no way. - `breached`: time is over.
 * - `not-required`: the rules or the date at which the committee started ask for nothing.
 */
export type ComplianceState =
  "met" | "planned" | "possible" | "urgent-only" | "out-of-reach" | "breached" | "not-required";

/** Last days on which what is missing can still be done. */
export type LastChance = {
  readonly missing: number;
  /** Last possible day of the first meeting that is missing. */
  readonly meetBy: PlainDate;
  /** Last day to send its convocation, as the rules count the notice. */
  readonly conveneBy: PlainDate;
  /** The same, with the notice counted in clear days. */
  readonly conveneByInClearDays: PlainDate;
};

export type Compliance = {
  readonly state: ComplianceState;
  readonly lastChance: LastChance | null;
  readonly sentence: string;
};

export type QuarterTrack = Compliance & {
  readonly quarter: Quarter;
  readonly held: number;
  readonly quorate: number;
};

/** Vacant is told apart from absent: a seat that nobody held can't be blamed for missing the meeting. */
export type SeatRate = {
  readonly seatId: SeatId;
  readonly present: number;
  readonly absent: number;
  readonly vacant: number;
  /** Present over meetings held while the seat was in office; null when there was none. */
  readonly rate: { readonly numerator: number; readonly denominator: number } | null;
};

export type YearTrack = {
  readonly year: number;
  readonly held: number;
  readonly quorate: number;
  readonly quarters: readonly QuarterTrack[];
  readonly yearly: Compliance;
  readonly seats: readonly SeatRate[];
};

type Period = {
  readonly first: PlainDate;
  readonly last: PlainDate;
  readonly required: number;
  /** « au 4e trimestre 2026 », « en 2026 ». */
  readonly name: string;
};

/**
 * Follows a civil year: what was held, quarter by quarter, and on any day whether « one per quarter » and « at least n a year » can still be
 * kept, and by when to convene. At most one meeting a day is counted on for what is missing. A meeting without quorum counts if the rules say so.
 * Source: convention of the network, art. 7 (at least four a year); CASF art. R.123-16 (one per calendar quarter, notice), taken as a model.
 */
export function trackYear(context: YearContext): YearTrack {
  const { year, rules } = context;
  const numbers = [1, 2, 3, 4] as const;
  const quarters = numbers.map((number) => {
    const quarter = { year, quarter: number };
    const first = firstDayOfQuarter(quarter);
    const last = lastDayOfQuarter(quarter);
    const required = rules.rhythm.onePerQuarter ? 1 : 0;
    const name = `au ${number === 1 ? "1er" : `${number}e`} trimestre ${year}`;
    const held = listHeld(context, first, last);
    return {
      quarter,
      held: held.length,
      quorate: countQuorate(held),
      ...assess(context, { first, last, required, name }),
    };
  });
  const first = plainDateOf(year, 1, 1);
  const last = plainDateOf(year, 12, 31);
  const held = listHeld(context, first, last);
  return {
    year,
    held: held.length,
    quorate: countQuorate(held),
    quarters,
    yearly: assess(context, { first, last, required: rules.rhythm.meetingsPerYear, name: `en ${year}` }),
    seats: listSeatRates(held),
  };
}

function listHeld({ meetings }: YearContext, first: PlainDate, last: PlainDate): readonly TrackedMeeting[] {
  return meetings.filter(({ isHeld, date }) => isHeld && date >= first && date <= last);
}

function countQuorate(meetings: readonly TrackedMeeting[]): number {
  return meetings.filter(({ isQuorate }) => isQuorate).length;
}

function listSeatRates(held: readonly TrackedMeeting[]): readonly SeatRate[] {
  const entries = held.flatMap(({ seats }) => seats);
  return [...new Set(entries.map(({ seatId }) => seatId))].map((seatId) => {
    const count = (presence: "present" | "absent" | "vacant") =>
      entries.filter((entry) => entry.seatId === seatId && entry.presence === presence).length;
    const [present, absent, vacant] = [count("present"), count("absent"), count("vacant")];
    const denominator = present + absent;
    return { seatId, present, absent, vacant, rate: denominator > 0 ? { numerator: present, denominator } : null };
  });
}

/** Last day to send a convocation for a meeting on `date`. */
export function lastConveningDay(
  date: PlainDate,
  notice: Pick<RulesContent["notice"], "days" | "counting">,
): PlainDate {
  return addDays(date, -notice.days - (notice.counting === "clear-days" ? 1 : 0));
}

function assess(context: YearContext, period: Period): Compliance {
  const { today, rules, since } = context;
  const { required, first, last } = period;
  if (required === 0 || (since !== null && last < since))
    return { state: "not-required", lastChance: null, sentence: "aucune réunion exigée" };

  const held = listHeld(context, first, last);
  const done = rules.rhythm.inquorateMeetingsCount ? held.length : countQuorate(held);
  const tally =
    required > 1 ? `${countOf(done, "réunion", "réunions")} sur ${required} ${period.name}${NO_BREAK_SPACE}; ` : "";
  const answer = (state: ComplianceState, sentence: string, lastChance: LastChance | null = null): Compliance => ({
    state,
    lastChance,
    sentence: `${tally}${sentence}`,
  });
  if (done >= required) return answer("met", required > 1 ? "rythme respecté" : `réunion tenue ${period.name}`);
  if (today > last) return answer("breached", describeBreach(held.length, required - done, period));

  const planned = listPlanned(context, period);
  const missing = required - done - planned.length;
  if (missing <= 0) return answer("planned", describePlanned(planned.slice(0, required - done), context));

  const earliest = today > first ? today : first;
  const taken = new Set(planned.map(({ date }) => date));
  const freeDays = listFreeDays(earliest, last, taken);
  const daysInTime = freeDays.filter((day) => lastConveningDay(day, rules.notice) >= today);
  const meetBy = daysInTime[daysInTime.length - missing];
  if (meetBy !== undefined) {
    const chance = {
      missing,
      meetBy,
      conveneBy: lastConveningDay(meetBy, rules.notice),
      conveneByInClearDays: lastConveningDay(meetBy, { days: rules.notice.days, counting: "clear-days" }),
    };
    return answer("possible", describeChance(chance, last, rules.notice.counting), chance);
  }
  if (rules.notice.urgencyAllowed && freeDays.length >= missing)
    return answer("urgent-only", "impossible sans urgence motivée");
  const obstacle =
    freeDays.length >= missing ? "le délai de convocation ne peut plus être tenu" : "il ne reste pas assez de jours";
  return answer("out-of-reach", `impossible${NO_BREAK_SPACE}: ${obstacle}`);
}

/** Meetings to come in the period that are convened, or can still be with their full notice; soonest first, one a day. */
function listPlanned({ meetings, today, rules }: YearContext, { first, last }: Period): readonly TrackedMeeting[] {
  const coming = meetings
    .filter(({ isHeld, date }) => !isHeld && date >= today && date >= first && date <= last)
    .filter(({ isConvened, date }) => isConvened || lastConveningDay(date, rules.notice) >= today)
    .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  return coming.filter(({ date }, index) => coming[index - 1]?.date !== date);
}

function listFreeDays(first: PlainDate, last: PlainDate, taken: ReadonlySet<PlainDate>): readonly PlainDate[] {
  const days: PlainDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (!taken.has(day)) days.push(day);
  }
  return days;
}

/** « 31/12 »: the year is told by the period. */
function shortDate(date: PlainDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}`;
}

function describeChance(chance: LastChance, last: PlainDate, counting: RulesContent["notice"]["counting"]): string {
  const { missing, meetBy, conveneBy, conveneByInClearDays } = chance;
  const meetings =
    missing > 1
      ? `${missing} réunions au plus tard le ${shortDate(last)}, la première au plus tard le ${shortDate(meetBy)}`
      : `réunion au plus tard le ${shortDate(meetBy)}`;
  const notice =
    counting === "days"
      ? `${shortDate(conveneBy)} (${shortDate(conveneByInClearDays)} en jours francs)`
      : `${shortDate(conveneBy)} (en jours francs)`;
  const what = missing > 1 ? "sa convocation" : "convocation";
  return `encore possible${NO_BREAK_SPACE}: ${meetings}, ${what} envoyée au plus tard le ${notice}`;
}

function describePlanned(planned: readonly TrackedMeeting[], { rules }: YearContext): string {
  const dates = planned.map(({ date }) => shortDate(date)).join(", ");
  const next = planned.find(({ isConvened }) => !isConvened);
  const todo = next
    ? `, convocation à envoyer au plus tard le ${shortDate(lastConveningDay(next.date, rules.notice))}`
    : "";
  return `${planned.length > 1 ? "réunions prévues les" : "réunion prévue le"} ${dates}${todo}`;
}

function describeBreach(held: number, missing: number, { required, name }: Period): string {
  if (required > 1) return `manquement${NO_BREAK_SPACE}: il a manqué ${countOf(missing, "réunion", "réunions")}`;
  return held > 0
    ? `manquement${NO_BREAK_SPACE}: aucune réunion avec quorum ${name}`
    : `manquement${NO_BREAK_SPACE}: aucune réunion ${name}`;
}

/** Quarters of a year in which the committee failed to meet, once they are over. */
export function listBreachedQuarters(track: YearTrack): readonly Quarter[] {
  return track.quarters.filter(({ state }) => state === "breached").map(({ quarter }) => quarter);
}

/** The track's quarter that a day falls in, or null when the day is of another year. */
export function findQuarterTrack(track: YearTrack, date: PlainDate): QuarterTrack | null {
  const { year, quarter } = quarterOf(date);
  return (
    track.quarters.find((candidate) => candidate.quarter.year === year && candidate.quarter.quarter === quarter) ?? null
  );
}
