import { CHOICES, type Choice } from "../voting/poll";
import type { VoiceCounts } from "../voting/tally";
import {
  itemsInOrder,
  isWritten,
  proseKey,
  type ItemFacts,
  type MinutesFacts,
  type MinutesProse,
  type PollFacts,
} from "./structure";

/** What CGCT, art. L.2121-15 asks of minutes, in its order; and the groups that a convention lists, when it composes the meeting. */
export type ChecklistElement =
  | "date-and-time"
  | "chair"
  | "attendance"
  | "listed-groups"
  | "secretary"
  | "quorum"
  | "agenda"
  | "decisions-and-reports"
  | "ballot-requests"
  | "ballot-results"
  | "discussions";

export type ChecklistLine = {
  readonly element: ChecklistElement;
  /** « not-applicable »: the meeting brought nothing of the kind. */
  readonly status: "present" | "missing" | "not-applicable";
  /** Positions of the items in which it is missing; empty when it is not a matter of items. */
  readonly missingInItems: readonly number[];
};

/**
 * Lists which elements the minutes hold, from the records and from the prose. What is missing blocks the adoption.
 * An internal text does not count: the published minutes would lack it. Items that were not examined ask for nothing.
 * Source: CGCT, art. L.2121-15 (model).
 */
export function checkMinutes(facts: MinutesFacts, prose: MinutesProse): readonly ChecklistLine[] {
  const examined = facts.outcome === "inquorate" ? [] : itemsInOrder(facts).filter((item) => item.wasExamined);
  const polled = examined.filter((item) => item.polls.length > 0);
  const asked = examined.filter((item) => item.ballotRequests.length > 0);
  return [
    line("date-and-time", facts.openedAt !== null && facts.closedAt !== null),
    line("chair", isNamed(facts.chair)),
    line("attendance", facts.seats.length > 0 && facts.seats.every(isAttendanceComplete)),
    groupsLine(facts),
    line("secretary", isNamed(facts.secretary)),
    quorumLine(facts, polled),
    line("agenda", facts.items.length > 0),
    itemsLine("decisions-and-reports", polled, (item) => item.polls.every((poll) => isDecided(poll, item)) && hasReport(item, prose)),
    itemsLine("ballot-requests", asked, (item) => item.ballotRequests.every((request) => request.askedBy.length > 0)),
    itemsLine("ballot-results", polled, (item) => item.polls.every(hasResult)),
    itemsLine("discussions", examined, (item) => isPubliclyWritten(prose, proseKey("discussion", item.id))),
  ];
}

/** Elements that keep these minutes from being adopted. */
export function missingElements(lines: readonly ChecklistLine[]): readonly ChecklistElement[] {
  return lines.filter(({ status }) => status === "missing").map(({ element }) => element);
}

function line(element: ChecklistElement, holds: boolean): ChecklistLine {
  return { element, status: holds ? "present" : "missing", missingInItems: [] };
}

function itemsLine(
  element: ChecklistElement,
  items: readonly ItemFacts[],
  holds: (item: ItemFacts) => boolean,
): ChecklistLine {
  if (items.length === 0) return { element, status: "not-applicable", missingInItems: [] };
  const missingInItems = items.filter((item) => !holds(item)).map((item) => item.position);
  return { element, status: missingInItems.length === 0 ? "present" : "missing", missingInItems };
}

/** Each listed group is told present or absent. Source: Sceaux, art. 5. */
function groupsLine({ governance }: MinutesFacts): ChecklistLine {
  if (governance === null || governance.groups.length === 0)
    return { element: "listed-groups", status: "not-applicable", missingInItems: [] };
  return line(
    "listed-groups",
    governance.groups.every(({ presence }) => presence !== "not-noted"),
  );
}

/** The quorum as the meeting opened, and at each item that was voted on. */
function quorumLine(facts: MinutesFacts, polled: readonly ItemFacts[]): ChecklistLine {
  const missingInItems = polled.filter((item) => item.quorum === null).map((item) => item.position);
  const holds = facts.openingQuorum !== null && missingInItems.length === 0;
  return { element: "quorum", status: holds ? "present" : "missing", missingInItems };
}

function isNamed(officer: MinutesFacts["chair"]): boolean {
  return officer !== null && officer.name.trim() !== "";
}

/** Whoever was present or represented has a name; whoever was present has times. */
function isAttendanceComplete(seat: MinutesFacts["seats"][number]): boolean {
  if (seat.presence === "vacant" || seat.presence === "absent") return true;
  const isKnown = (seat.personName?.trim() ?? "") !== "";
  return isKnown && (seat.presence === "represented" || seat.periods.length > 0);
}

/**
 * A closed poll that adopted something has the number of its decision; one that adopted nothing has none. A vote on an expense tells which
 * one: its object, its supplier and its amount.
 */
function isDecided(poll: PollFacts, { kind }: ItemFacts): boolean {
  if (kind === "expense-validation" && poll.expense === null) return false;
  return poll.isClosed && (poll.result !== "adopted" || poll.decisionNumber !== null);
}

function hasReport(item: ItemFacts, prose: MinutesProse): boolean {
  return item.reports.length > 0 || isPubliclyWritten(prose, proseKey("report", item.id));
}

/** The count and its sentence; for a public poll also a named ballot for each voice counted. */
function hasResult(poll: PollFacts): boolean {
  const { counts } = poll;
  if (!poll.isClosed || counts === null || poll.resultSentence === null) return false;
  if (poll.mode === "secret") return poll.ballots.length === 0;
  return CHOICES.every((choice) => {
    return poll.ballots.filter((ballot) => ballot.choice === choice).length === counts[COUNT_OF_CHOICE[choice]];
  });
}

const COUNT_OF_CHOICE: Record<Choice, keyof VoiceCounts> = {
  for: "for",
  against: "against",
  abstain: "abstain",
  "not-participating": "notParticipating",
};

function isPubliclyWritten(prose: MinutesProse, key: string): boolean {
  return isWritten(prose, key) && prose[key]?.internal === false;
}
