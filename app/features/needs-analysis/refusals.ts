import type { ReferenceProblem } from "~/documents/needs-references";

export type StartRefusal = "renewal-out-of-range";
export type WriteRefusal =
  | { readonly kind: "report-unknown" | "report-adopted" | "chapter-unknown" | "text-too-long" | "title-missing" }
  | { readonly kind: "references-faulty"; readonly faults: readonly ReferenceFault[] };
export type ArrangeRefusal = "report-unknown" | "report-adopted" | "chapter-unknown";
export type ReferenceFault = {
  readonly raw: string;
  readonly problem: ReferenceProblem;
  readonly near: readonly string[];
};
export type RecordRefusal = "report-unknown" | "report-adopted" | "in-the-future" | "in-the-past" | "seat-unknown";
export type AdoptRefusal =
  | "report-unknown"
  | "already-adopted"
  | "nothing-written"
  | "in-the-future"
  | "decision-unknown"
  | "decision-before-report"
  | "act-missing"
  | "references-faulty"
  | "changed-since";
