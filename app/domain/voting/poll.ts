import type { PollId } from "../kernel/ids";

/** What is put to the vote. */
export type PollSubject = "expense" | "motion" | "minutes-approval" | "rules-adoption";

/** Public: names and sense of each vote are kept. Secret: nothing joins a ballot to a seat. */
export type PollMode = "public" | "secret";

export type PollState = "draft" | "open" | "closed" | "cancelled";

export const CHOICES = ["for", "against", "abstain", "not-participating"] as const;

export type Choice = (typeof CHOICES)[number];

export type Poll = {
  readonly id: PollId;
  readonly subject: PollSubject;
  readonly mode: PollMode;
  readonly state: PollState;
};
