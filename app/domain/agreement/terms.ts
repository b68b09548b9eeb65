import { addDays, addMonths, type PlainDate } from "../kernel/plain-date";

/** How long the text says that it runs. */
export type Duration = {
  readonly first:
    { readonly kind: "months"; readonly months: number } | { readonly kind: "until"; readonly on: PlainDate };
  readonly renewal: Renewal;
};

export type Renewal =
  | { readonly kind: "none" }
  | {
      readonly kind: "tacit";
      /** Length of each renewed term when the text says it, else null. */
      readonly months: number | null;
      /** Most renewals that the text allows; null: no limit. */
      readonly most: number | null;
      /** What the committee decided of a text that does not say the length of the renewed term. */
      readonly decided: "indefinite" | "same-term" | null;
    };

/** Both days are included; a term without an end is of indefinite duration. */
export type Term = {
  /** 0 for the first. */
  readonly rank: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  readonly basis: "first" | "renewed" | "indefinite";
};

export type Standing = {
  readonly state: "not-started" | "running" | "indefinite" | "expired" | "terminated";
  /** The term that runs on the day asked, else the nearest one. */
  readonly current: Term;
  /** Last day, when there is one: of the current term, or the day of a termination that comes before it. */
  readonly endsOn: PlainDate | null;
  /** The other way to read a renewal whose length the text leaves out. */
  readonly otherReading: Term | null;
  /** Renewed by silence without any limit: a contract that is paid for may have to be put to competition again. */
  readonly isUnlimited: boolean;
};

/**
 * The last day of a term of so many months, its first day included. A term that starts on a day which the last month does not have ends on the
 * last day of that month: one year from 29 February ends on 28 February.
 */
export function lastDayOfTerm(startsOn: PlainDate, months: number): PlainDate {
  const anniversary = addMonths(startsOn, months);
  return anniversary.slice(8) === startsOn.slice(8) ? addDays(anniversary, -1) : anniversary;
}

export type TermRefusal = "end-before-start" | "length-not-positive";

/** Everything that keeps a duration from being one. */
export function checkDuration(duration: Duration, startsOn: PlainDate): readonly TermRefusal[] {
  const { first, renewal } = duration;
  const refusals: TermRefusal[] = [];
  if (first.kind === "until" && first.on < startsOn) refusals.push("end-before-start");
  if (first.kind === "months" && !isLength(first.months)) refusals.push("length-not-positive");
  if (renewal.kind === "tacit" && renewal.months !== null && !isLength(renewal.months))
    refusals.push("length-not-positive");
  return [...new Set(refusals)];
}

function isLength(months: number): boolean {
  return Number.isInteger(months) && months >= 1 && months <= 1_200;
}

/**
 * Where the agreement stands on a day. A text that renews by silence without saying for how long becomes of indefinite duration after its first
 * term, unless the committee decided to read it otherwise.
 * Source: Code civil, art. 1214 (renewal: same content, indefinite duration) and 1215 (tacit renewal has the same effects).
 * @param terminatedOn last day under a notice, an agreement of all parties or a breach; null without
 */
export function assessTerm(
  duration: Duration,
  startsOn: PlainDate,
  today: PlainDate,
  terminatedOn: PlainDate | null = null,
): Standing {
  const { renewal } = duration;
  const current = findTerm(duration, startsOn, today);
  const isUnlimited = renewal.kind === "tacit" && renewal.most === null;
  const otherReading = readOtherwise(duration, startsOn, today);
  const endsOn = earliest(current.endsOn, terminatedOn);
  const common = { current, endsOn, otherReading, isUnlimited };
  if (terminatedOn !== null && terminatedOn === endsOn && today > terminatedOn)
    return { ...common, state: "terminated" };
  if (today < startsOn) return { ...common, state: "not-started" };
  if (endsOn !== null && today > endsOn) return { ...common, state: "expired" };
  return { ...common, state: current.endsOn === null ? "indefinite" : "running" };
}

function earliest(one: PlainDate | null, other: PlainDate | null): PlainDate | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function firstTerm({ first }: Duration, startsOn: PlainDate): Term & { readonly endsOn: PlainDate } {
  const endsOn = first.kind === "months" ? lastDayOfTerm(startsOn, first.months) : first.on;
  return { rank: 0, startsOn, endsOn, basis: "first" };
}

/** Months of each renewed term, or null when it has no end. */
function renewedMonths({ first, renewal }: Duration): number | null {
  if (renewal.kind === "none") return null;
  if (renewal.months !== null) return renewal.months;
  return renewal.decided === "same-term" && first.kind === "months" ? first.months : null;
}

/** Each renewed term is counted from the first day of renewal, so that the day of the month never drifts. */
function findTerm(duration: Duration, startsOn: PlainDate, today: PlainDate): Term {
  const first = firstTerm(duration, startsOn);
  const { renewal } = duration;
  if (renewal.kind === "none" || today <= first.endsOn) return first;
  const origin = addDays(first.endsOn, 1);
  const months = renewedMonths(duration);
  if (months === null) return { rank: 1, startsOn: origin, endsOn: null, basis: "indefinite" };
  for (let rank = 1; ; rank += 1) {
    const termStart = addMonths(origin, months * (rank - 1));
    const endsOn = lastDayOfTerm(origin, months * rank);
    if (today <= endsOn || rank === renewal.most) return { rank, startsOn: termStart, endsOn, basis: "renewed" };
  }
}

/** The term that runs on the day, or the first renewed one, as the reading that was not retained would have it. */
function readOtherwise(duration: Duration, startsOn: PlainDate, today: PlainDate): Term | null {
  const { renewal, first } = duration;
  if (renewal.kind === "none" || renewal.months !== null || first.kind === "until") return null;
  const decided = renewal.decided === "same-term" ? "indefinite" : "same-term";
  const afterFirst = addDays(firstTerm(duration, startsOn).endsOn, 1);
  return findTerm({ ...duration, renewal: { ...renewal, decided } }, startsOn, today > afterFirst ? today : afterFirst);
}
