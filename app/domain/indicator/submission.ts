import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";

/** What a CCAS declares of its year: « closed » is read from the campaign, whatever was validated by then. */
export const SUBMISSION_STATES = ["draft", "submitted", "validated"] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];
export type SubmissionStanding = "not-started" | SubmissionState | "closed";

export type CampaignFacts = { readonly closedAt: string | null };
export type SubmissionFacts = { readonly state: SubmissionState; readonly filled: number };

/** Where a submission stands, for the board: a campaign that is closed closes what was validated; the rest stays as it was, and is no longer written. */
export function standingOf(submission: SubmissionFacts | null, campaign: CampaignFacts): SubmissionStanding {
  if (submission === null || (submission.state === "draft" && submission.filled === 0)) return "not-started";
  return campaign.closedAt !== null && submission.state === "validated" ? "closed" : submission.state;
}

export type WriteRefusal = "campaign-closed" | "already-submitted" | "already-validated";

/** May the cells be written? Only a draft of an open campaign. */
export function checkWritable(state: SubmissionState, campaign: CampaignFacts): Decision<null, WriteRefusal> {
  if (campaign.closedAt !== null) return refuse("campaign-closed");
  if (state === "submitted") return refuse("already-submitted");
  return state === "validated" ? refuse("already-validated") : grant(null);
}

export type StepRefusal = WriteRefusal | "controls-blocking" | "not-submitted" | "nothing-to-reopen" | "reason-missing";

/**
 * From draft to submitted: the controls leave nothing that blocks. The deadline is no wall: until the lead closes the campaign, a late form is better than none.
 * @param blocking findings that block
 */
export function checkSubmit(
  state: SubmissionState,
  campaign: CampaignFacts,
  blocking: number,
): Decision<null, StepRefusal> {
  const writable = checkWritable(state, campaign);
  if (!writable.ok) return writable;
  return blocking > 0 ? refuse("controls-blocking") : grant(null);
}

/** From submitted to validated, by the lead. */
export function checkValidate(state: SubmissionState, campaign: CampaignFacts): Decision<null, StepRefusal> {
  if (campaign.closedAt !== null) return refuse("campaign-closed");
  if (state === "validated") return refuse("already-validated");
  return state === "submitted" ? grant(null) : refuse("not-submitted");
}

/** Back to draft, by the lead, with a reason that the CCAS reads. */
export function checkReopen(
  state: SubmissionState,
  campaign: CampaignFacts,
  reason: string,
): Decision<null, StepRefusal> {
  if (campaign.closedAt !== null) return refuse("campaign-closed");
  if (state === "draft") return refuse("nothing-to-reopen");
  return reason.trim() === "" ? refuse("reason-missing") : grant(null);
}

/**
 * May a CCAS be reminded that day? Its submission still waits, and no reminder left for it the same day: the next one leaves at midnight, Paris time.
 * @param remindedOn day of its last reminder
 */
export function isReminderDue(state: SubmissionState, remindedOn: PlainDate | null, today: PlainDate): boolean {
  return state === "draft" && (remindedOn === null || remindedOn < today);
}

export type OpenCampaignRefusal =
  "year-not-over" | "year-too-old" | "campaign-exists" | "deadline-past" | "dictionary-not-adopted";

/**
 * May the collection of a year be opened? The year is over or in its last quarter (the agents prepare it), the dictionary was adopted by a vote, and
 * one campaign is held per year.
 */
export function checkOpening(facts: {
  readonly year: number;
  readonly today: PlainDate;
  readonly deadline: PlainDate;
  readonly isDictionaryAdopted: boolean;
  readonly existingYears: readonly number[];
}): Decision<null, OpenCampaignRefusal> {
  const { year, today, deadline, isDictionaryAdopted, existingYears } = facts;
  const thisYear = Number(today.slice(0, 4));
  if (year > thisYear || (year === thisYear && today.slice(5) < "10-01")) return refuse("year-not-over");
  if (year < thisYear - 10) return refuse("year-too-old");
  if (existingYears.includes(year)) return refuse("campaign-exists");
  if (deadline < today) return refuse("deadline-past");
  return isDictionaryAdopted ? grant(null) : refuse("dictionary-not-adopted");
}
