import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";
import { vintageInForce } from "./population";

/** On which day « last known » is read. The agreement leaves it open: a recorded choice of the committee's rules. */
export type ReferenceDateRule = "at-expense" | "at-annual-day" | "at-call";

export const REFERENCE_DATE_RULES = [
  "at-expense",
  "at-annual-day",
  "at-call",
] as const satisfies readonly ReferenceDateRule[];

export type ReferenceDateRefusal =
  | { readonly kind: "no-expense-date" }
  | { readonly kind: "annual-day-undated" }
  /** The expenses fall under several vintages: one call for each. */
  | { readonly kind: "several-vintages"; readonly vintages: readonly number[] };

/**
 * The day on which the populations of a call are read. « At expense » asks that all expenses of the call fall under one vintage (one civil year),
 * and takes the last of their dates: a call has one table of populations.
 * Source: Convention, art. 4.2.1 (« dernièrement connus »), which names no day.
 */
export function chooseReferenceDate(
  rule: ReferenceDateRule,
  dates: {
    readonly expenses: readonly PlainDate[];
    readonly annualDay: PlainDate | null;
    readonly call: PlainDate;
  },
): Decision<PlainDate, ReferenceDateRefusal> {
  switch (rule) {
    case "at-call":
      return grant(dates.call);
    case "at-annual-day":
      return dates.annualDay === null ? refuse({ kind: "annual-day-undated" }) : grant(dates.annualDay);
    case "at-expense":
      return lastUnderOneVintage(dates.expenses);
  }
}

function lastUnderOneVintage(expenses: readonly PlainDate[]): Decision<PlainDate, ReferenceDateRefusal> {
  const last = [...expenses].sort().at(-1);
  if (last === undefined) return refuse({ kind: "no-expense-date" });
  const vintages = [...new Set(expenses.map(vintageInForce))].sort((one, other) => one - other);
  if (vintages.length > 1) return refuse({ kind: "several-vintages", vintages });
  return grant(last);
}
