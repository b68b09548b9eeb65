import { plainDateOf, yearOf, type PlainDate } from "../kernel/plain-date";
import type { LegalSource } from "../kernel/legal-source";

export const ANALYSIS_SOURCE: LegalSource = { reference: "CASF, art. R.123-1", standing: "binding" };

/**
 * The first and last day on which the analysis is presented to a board: the civil year that follows a general renewal of the councils.
 * Source: CASF, art. R.123-1.
 */
export function presentationWindow(renewalYear: number): { readonly from: PlainDate; readonly until: PlainDate } {
  return { from: plainDateOf(renewalYear + 1, 1, 1), until: plainDateOf(renewalYear + 1, 12, 31) };
}

/** « early » and « late »: outside of the civil year that the article gives. */
export type PresentationStanding =
  | "presented"
  | "presented-early"
  | "presented-late"
  | "planned"
  | "planned-early"
  | "planned-late"
  | "to-plan"
  | "overdue";

/** Where a board stands, on a day. A planned date that has passed without a presentation is to be planned again. */
export function presentationStanding(
  { plannedOn, presentedOn }: { readonly plannedOn: PlainDate | null; readonly presentedOn: PlainDate | null },
  renewalYear: number,
  today: PlainDate,
): PresentationStanding {
  const { from, until } = presentationWindow(renewalYear);
  if (presentedOn !== null) {
    const year = yearOf(presentedOn);
    return year === renewalYear + 1 ? "presented" : year < renewalYear + 1 ? "presented-early" : "presented-late";
  }
  if (today > until) return "overdue";
  if (plannedOn === null || plannedOn < today) return "to-plan";
  return plannedOn < from ? "planned-early" : plannedOn > until ? "planned-late" : "planned";
}
