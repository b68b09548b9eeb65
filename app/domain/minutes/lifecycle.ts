import type { RulesContent } from "../committee/rules";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { MeetingId, PersonId } from "../kernel/ids";
import { addDays, daysBetween, type PlainDate } from "../kernel/plain-date";
import type { MeetingState } from "../meeting/lifecycle";
import type { Tally } from "../voting/tally";
import type { ChecklistElement } from "./checklist";

export type MinutesState = "draft" | "in-review" | "adopted" | "signed" | "published";

export const MINUTES_STATES = [
  "draft",
  "in-review",
  "adopted",
  "signed",
  "published",
] as const satisfies readonly MinutesState[];

/** What a text change may be in each state: written freely, only through an accepted correction, or never again. */
export const MINUTES_TEXT_FREEDOM: Record<MinutesState, "free" | "by-correction" | "locked"> = {
  draft: "free",
  "in-review": "by-correction",
  adopted: "locked",
  signed: "locked",
  published: "locked",
};

export type SubmitRefusal = "not-a-draft" | "meeting-not-closed";

/** Opens the corrections, once the meeting is closed. */
export function submitMinutes(facts: {
  readonly state: MinutesState;
  readonly meetingState: MeetingState;
}): Decision<MinutesState, SubmitRefusal> {
  if (facts.state !== "draft") return refuse("not-a-draft");
  return facts.meetingState === "closed" ? grant("in-review") : refuse("meeting-not-closed");
}

export type AdoptFacts = {
  readonly state: MinutesState;
  /** The meeting whose minutes they are. */
  readonly meetingId: MeetingId;
  readonly pendingCorrectionCount: number;
  readonly missing: readonly ChecklistElement[];
  /** The closed vote that approves them, and the meeting in which it was held. */
  readonly vote: { readonly meetingId: MeetingId; readonly result: Tally["result"] | null } | null;
};

export type AdoptRefusal =
  | "not-in-review"
  | "corrections-pending"
  | "elements-missing"
  | "vote-missing"
  | "vote-in-own-meeting"
  | "vote-did-not-adopt";

/**
 * Are the minutes adopted? By a vote of a later meeting that adopts them, when no correction waits and no element is missing.
 * Source: CGCT, art. L.2121-15 (model): settled at the start of the next meeting.
 */
export function adoptMinutes(facts: AdoptFacts): Decision<MinutesState, AdoptRefusal> {
  const obstacle = findVoteObstacle(facts);
  if (obstacle !== null) return refuse(obstacle);
  if (facts.vote === null) return refuse("vote-missing");
  if (facts.vote.meetingId === facts.meetingId) return refuse("vote-in-own-meeting");
  return facts.vote.result === "adopted" ? grant("adopted") : refuse("vote-did-not-adopt");
}

/** Why these minutes can't yet be put to the vote, or null. To be asked before the vote opens. */
export function findVoteObstacle(
  facts: Pick<AdoptFacts, "state" | "pendingCorrectionCount" | "missing">,
): Extract<AdoptRefusal, "not-in-review" | "corrections-pending" | "elements-missing"> | null {
  if (facts.state !== "in-review") return "not-in-review";
  if (facts.pendingCorrectionCount > 0) return "corrections-pending";
  return facts.missing.length > 0 ? "elements-missing" : null;
}

export type SigningCapacity = "chair" | "secretary";

/** `at` is an ISO instant in UTC. */
export type Signature = { readonly personId: PersonId; readonly capacity: SigningCapacity; readonly at: string };

export type SignFacts = {
  readonly state: MinutesState;
  /** Who chaired, and who was the secretary of, the meeting that the minutes are about. */
  readonly chairId: PersonId;
  readonly secretaryId: PersonId;
  readonly signatures: readonly Signature[];
};

export type SignRefusal = "not-adopted" | "not-the-chair" | "not-the-secretary" | "same-person" | "already-signed";

/**
 * Adds a signature; the minutes are signed when the chair and the secretary of their meeting, two distinct persons, both did.
 * Source: CGCT, art. L.2121-15 (model).
 */
export function signMinutes(
  facts: SignFacts,
  signature: Signature,
): Decision<{ readonly state: MinutesState; readonly signatures: readonly Signature[] }, SignRefusal> {
  if (facts.signatures.some(({ capacity }) => capacity === signature.capacity)) return refuse("already-signed");
  if (facts.state !== "adopted") return refuse("not-adopted");
  if (signature.capacity === "chair" && signature.personId !== facts.chairId) return refuse("not-the-chair");
  if (signature.capacity === "secretary" && signature.personId !== facts.secretaryId)
    return refuse("not-the-secretary");
  if (facts.signatures.some(({ personId }) => personId === signature.personId)) return refuse("same-person");
  const signatures = [...facts.signatures, signature];
  return grant({ state: signatures.length === 2 ? "signed" : "adopted", signatures });
}

export type PublishRefusal = "not-signed" | "already-published" | "not-the-lead-secretary";

/** Only the secretary of the lead CCAS publishes, and only signed minutes. What is published never changes. */
export function publishMinutes(facts: {
  readonly state: MinutesState;
  readonly actorIsLeadSecretary: boolean;
}): Decision<MinutesState, PublishRefusal> {
  if (facts.state === "published") return refuse("already-published");
  if (!facts.actorIsLeadSecretary) return refuse("not-the-lead-secretary");
  return facts.state === "signed" ? grant("published") : refuse("not-signed");
}

export type PublicationClock = {
  readonly deadline: PlainDate;
  /** Days from today to the deadline; negative once it has passed. Of no meaning once published. */
  readonly daysLeft: number;
  readonly status: "running" | "overdue" | "published-in-time" | "published-late";
};

/**
 * How the publication stands. The last day is the adoption plus the days of the rules, that day included.
 * Source: CGCT, art. L.2121-15 (model): « dans la semaine qui suit la séance au cours de laquelle il a été arrêté ».
 */
export function readPublicationClock(
  facts: { readonly adoptedOn: PlainDate; readonly publishedOn: PlainDate | null; readonly today: PlainDate },
  rules: RulesContent["minutes"],
): PublicationClock {
  const deadline = addDays(facts.adoptedOn, rules.publicationDays);
  return { deadline, daysLeft: daysBetween(facts.today, deadline), status: clockStatus(deadline, facts) };
}

function clockStatus(
  deadline: PlainDate,
  { publishedOn, today }: { readonly publishedOn: PlainDate | null; readonly today: PlainDate },
): PublicationClock["status"] {
  if (publishedOn !== null) return publishedOn <= deadline ? "published-in-time" : "published-late";
  return today <= deadline ? "running" : "overdue";
}
