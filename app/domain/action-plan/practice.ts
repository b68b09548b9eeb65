import type { PlainDate } from "../kernel/plain-date";

/** A practice that worked, told so that others may take it up. Source: Convention-cadre Nord, III-1 (valorisation, essaimage). */
export type PracticeCard = {
  readonly title: string;
  readonly need: string;
  readonly done: string;
  readonly results: string;
  /** What another CCAS needs to do the same. */
  readonly conditions: string;
  /** An office, never a person. */
  readonly contact: string;
};

export const CHANNELS = ["website", "newsletter", "county-paper", "meeting", "annual-day", "other"] as const;
/** Where a practice was made known. */
export type Channel = (typeof CHANNELS)[number];

export type Spreading = {
  readonly channel: Channel;
  readonly on: PlainDate;
  readonly reference: string;
};

export type PracticeFault = "title-missing" | "need-missing" | "done-missing" | "results-missing" | "contact-missing";

/** What a card still lacks before everyone may read it. */
export function listPracticeFaults(card: PracticeCard): readonly PracticeFault[] {
  const faults: PracticeFault[] = [];
  if (card.title.trim() === "") faults.push("title-missing");
  if (card.need.trim() === "") faults.push("need-missing");
  if (card.done.trim() === "") faults.push("done-missing");
  if (card.results.trim() === "") faults.push("results-missing");
  if (card.contact.trim() === "") faults.push("contact-missing");
  return faults;
}
