import { grant, refuse, type Decision } from "../kernel/decision";
import { addMonths, type PlainDate } from "../kernel/plain-date";

/** What becomes of a paper once its use has ended: kept for ever, eliminated, or sorted paper by paper (« sort final » C, D, T). */
export const FATES = ["keep", "destroy", "sort"] as const;
export type Fate = (typeof FATES)[number];

/** `years`: how long the paper serves (« durée d’utilité administrative »), whole years; null: as long as the network lives. */
export type RetentionRule = { readonly years: number | null; readonly fate: Fate };

export type RetentionStanding =
  /** The network has not decided for this kind. */
  | { readonly kind: "no-rule" }
  /** Nobody has said from which day the years count. */
  | { readonly kind: "no-start"; readonly rule: RetentionRule }
  | { readonly kind: "without-end"; readonly rule: RetentionRule }
  | { readonly kind: "running" | "due"; readonly rule: RetentionRule; readonly endsOn: PlainDate };

/**
 * Where a paper stands. Its use ends on the day of the same date, so many years after the start: that day, it is due.
 * From a 29 February, the end is 28 February in a year that has no 29th.
 */
export function retentionStanding(
  rule: RetentionRule | null,
  startsOn: PlainDate | null,
  today: PlainDate,
): RetentionStanding {
  if (rule === null) return { kind: "no-rule" };
  if (rule.years === null) return { kind: "without-end", rule };
  if (startsOn === null) return { kind: "no-start", rule };
  const endsOn = addMonths(startsOn, 12 * rule.years);
  return { kind: today >= endsOn ? "due" : "running", rule, endsOn };
}

/** What was done with a paper: its bytes destroyed, or given to the archives. */
export const DISPOSAL_OUTCOMES = ["eliminated", "transferred"] as const;
export type DisposalOutcome = (typeof DISPOSAL_OUTCOMES)[number];

export type DisposalRefusal = "already-disposed" | "not-due" | "must-be-kept" | "visa-in-future";

/**
 * May the paper leave? Only once its use has ended, with the visa of the archives, and never by elimination when the rule keeps it.
 * Nothing leaves by itself: somebody records the act.
 */
export function disposeOfPaper(
  paper: { readonly standing: RetentionStanding; readonly isDisposed: boolean },
  act: { readonly outcome: DisposalOutcome; readonly visaOn: PlainDate; readonly today: PlainDate },
): Decision<null, DisposalRefusal> {
  if (paper.isDisposed) return refuse("already-disposed");
  const { standing } = paper;
  if (standing.kind !== "due") return refuse("not-due");
  if (act.outcome === "eliminated" && standing.rule.fate === "keep") return refuse("must-be-kept");
  return act.visaOn > act.today ? refuse("visa-in-future") : grant(null);
}
