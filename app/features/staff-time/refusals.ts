import type { ApproveStateRefusal } from "~/domain/staff-time/staff-time";

/** What the commands of this feature refuse, apart from the rules' own reasons. */
export type RecordTimeRefusal = "year-approved" | "cost-differs" | "line-unknown" | "line-replaced" | "total-too-large";

export type ContestRefusal = "line-unknown" | "line-replaced" | "year-approved" | "no-seat" | "already-contested";

export type SettleRefusal =
  "line-unknown" | "line-replaced" | "not-contested" | "not-adopted-by-a-vote" | "poll-unknown";

export type ApproveRefusal = ApproveStateRefusal | "poll-unknown";
