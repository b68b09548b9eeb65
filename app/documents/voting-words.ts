import type { Choice, PollMode } from "~/domain/voting/poll";

/** The committee's own words about votes, for screens, mails and minutes alike. */
export const CHOICE_LABELS: Record<Choice, string> = {
  for: "Pour",
  against: "Contre",
  abstain: "Abstention",
  "not-participating": "Ne prend pas part",
};

export const MODE_LABELS: Record<PollMode, string> = {
  public: "Vote public, par siège",
  secret: "Vote secret",
};

/** « du CCAS de Bouvron ». A label whose gender is not known is quoted: « du siège « Amicale » ». */
export function ofSeat(label: string): string {
  return /^(CCAS|CIAS|Département|Conseil|Syndicat)\b/.test(label) ? `du ${label}` : `du siège «\u00a0${label}\u00a0»`;
}

/** « 2026-3 »: the third decision that the committee adopted in the year. */
export function decisionNumberOf(year: number, number: number): string {
  return `${year}-${number}`;
}
