import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId } from "../kernel/ids";
import type { Cents } from "../kernel/money";
import type { MeetingState } from "../meeting/lifecycle";
import type { Tally } from "../voting/tally";

/** The action line that bears the expense. Source: Convention, art. 2. */
export type ExpenseAxis = "inter-ccas" | "observation-sociale" | "commun";

export const EXPENSE_AXES = ["inter-ccas", "observation-sociale", "commun"] as const satisfies readonly ExpenseAxis[];

export type ExpenseProposal = {
  readonly object: string;
  readonly supplier: string;
  readonly amount: Cents;
  readonly axis: ExpenseAxis;
  readonly nature: "operating" | "investment";
  /** Markdown; may be empty. */
  readonly justification: string;
};

export type ExpenseProposalRefusal =
  | "object-too-short"
  | "object-too-long"
  | "supplier-missing"
  | "supplier-too-long"
  | "amount-not-positive"
  | "investment-not-allowed"
  | "justification-too-long";

export const EXPENSE_LIMITS = {
  shortestObject: 3,
  longestObject: 200,
  longestSupplier: 120,
  longestJustification: 10_000,
} as const;

/**
 * Everything that keeps an expense from being proposed. Operating expenses only, of one cent or more, tax included.
 * Source: Convention, art. 4.1 (« budget de fonctionnement »).
 */
export function checkExpense(proposal: ExpenseProposal): readonly ExpenseProposalRefusal[] {
  const refusals: ExpenseProposalRefusal[] = [];
  const object = proposal.object.trim();
  const supplier = proposal.supplier.trim();
  if (object.length < EXPENSE_LIMITS.shortestObject) refusals.push("object-too-short");
  if (object.length > EXPENSE_LIMITS.longestObject) refusals.push("object-too-long");
  if (supplier === "") refusals.push("supplier-missing");
  if (supplier.length > EXPENSE_LIMITS.longestSupplier) refusals.push("supplier-too-long");
  if (proposal.amount < 1) refusals.push("amount-not-positive");
  if (proposal.nature === "investment") refusals.push("investment-not-allowed");
  if (proposal.justification.length > EXPENSE_LIMITS.longestJustification) refusals.push("justification-too-long");
  return refusals;
}

export type ExpenseStatus = "requested" | "on-agenda" | "to-vote" | "validated" | "rejected" | "withdrawn";

export const EXPENSE_STATUSES = [
  "requested",
  "on-agenda",
  "to-vote",
  "validated",
  "rejected",
  "withdrawn",
] as const satisfies readonly ExpenseStatus[];

/** What became of an expense, read from the records of agendas and votes. */
export type ExpenseFacts = {
  readonly isWithdrawn: boolean;
  /** States of the meetings whose agenda holds it. */
  readonly meetings: readonly MeetingState[];
  /** Votes on it, written consultations included, the oldest first. `result` is null while open, or when the vote decided nothing. */
  readonly polls: readonly ExpensePoll[];
};

export type ExpensePoll = {
  readonly isOpen: boolean;
  readonly result: Tally["result"] | null;
  /** « 2026-0012 » in the register. */
  readonly decisionNumber: string | null;
};

/**
 * The status of an expense, derived and never stored. The last vote that decided wins; without one, an open vote or a meeting in progress
 * makes it « to-vote », a meeting to come « on-agenda ». A meeting that ended without deciding leaves it « requested ».
 * Source: Convention, art. 4.1: only a decision of the committee validates an expense.
 */
export function expenseStatus(facts: ExpenseFacts): ExpenseStatus {
  const decided = lastDecision(facts);
  if (decided !== null) return decided.result === "adopted" ? "validated" : "rejected";
  if (facts.isWithdrawn) return "withdrawn";
  if (facts.polls.some((poll) => poll.isOpen) || facts.meetings.some((state) => PROGRESS[state] === "going-on"))
    return "to-vote";
  return facts.meetings.some((state) => PROGRESS[state] === "to-come") ? "on-agenda" : "requested";
}

const PROGRESS: Record<MeetingState, "to-come" | "going-on" | "over"> = {
  planned: "to-come",
  convened: "to-come",
  open: "going-on",
  suspended: "going-on",
  closed: "over",
  cancelled: "over",
};

function lastDecision(facts: ExpenseFacts): ExpensePoll | null {
  return (
    facts.polls.filter((poll) => !poll.isOpen && poll.result !== null && poll.decisionNumber !== null).at(-1) ?? null
  );
}

/** The number of the adopted decision without which nothing may be engaged, or null. Source: Convention, art. 4.1. */
export function validatingDecision(facts: ExpenseFacts): string | null {
  const decided = lastDecision(facts);
  return decided?.result === "adopted" ? decided.decisionNumber : null;
}

export type WithdrawExpenseRefusal = "not-the-author" | "already-decided" | "vote-under-way" | "already-withdrawn";

/** The author of the request, or the secretary, withdraws it as long as it is not being voted on. */
export function withdrawExpense(
  facts: ExpenseFacts,
  request: { readonly authorId: PersonId; readonly actorId: PersonId; readonly actorIsSecretary: boolean },
): Decision<"withdrawn", WithdrawExpenseRefusal> {
  if (request.actorId !== request.authorId && !request.actorIsSecretary) return refuse("not-the-author");
  const obstacle = WITHDRAWAL_OBSTACLES[expenseStatus(facts)];
  return obstacle === null ? grant("withdrawn") : refuse(obstacle);
}

const WITHDRAWAL_OBSTACLES: Record<ExpenseStatus, WithdrawExpenseRefusal | null> = {
  requested: null,
  "on-agenda": null,
  "to-vote": "vote-under-way",
  validated: "already-decided",
  rejected: "already-decided",
  withdrawn: "already-withdrawn",
};
