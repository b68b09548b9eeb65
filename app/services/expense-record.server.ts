import { validatingDecision, type ExpenseFacts } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { MeetingState } from "~/domain/meeting/lifecycle";
import { standingOfConsultation } from "~/domain/voting/written-consultation";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "./db.server";
import { listPollsAbout, type PollWithResult } from "./poll-record.server";

/** What the committee made of the expenses, read from the agendas and the votes: expenses, spending and budget share these reads. */

type Appearance = {
  readonly expenseId: string | null;
  readonly meetingId: string;
  readonly itemId: string;
  readonly title: string;
  readonly startsAt: string;
  readonly status: string;
};

export type Dossier = {
  readonly facts: ExpenseFacts;
  readonly validation: Validation | null;
  readonly meetings: readonly Appearance[];
  readonly polls: readonly PollWithResult[];
  /** Adopted in writing, and the next meeting has not ratified it yet. */
  readonly awaitsRatification: boolean;
};

/** What happened to each expense: the agendas that hold it and the votes about it, ratifications included. */
export async function loadDossiers(
  db: Db | Trx,
  networkId: NetworkId,
  expenses: readonly { readonly id: string; readonly withdrawnAt: string | null }[],
): Promise<ReadonlyMap<string, Dossier>> {
  const ids = expenses.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const meetings = await db
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["agendaItem.subjectId as expenseId", "agendaItem.id as itemId", "meeting.id as meetingId"])
    .select(["meeting.title", "meeting.startsAt", "meeting.status"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.kind", "=", "expense-validation")
    .where("agendaItem.status", "=", "accepted")
    .where("agendaItem.subjectId", "in", ids)
    .orderBy("meeting.startsAt")
    .execute();
  const polls = await listPollsAbout(db, networkId, ids);
  const consultations = polls.filter(({ poll }) => poll.meetingId === null).map(({ poll }) => poll.id);
  const ratifications = await listPollsAbout(db, networkId, consultations);
  return new Map(
    expenses.map(({ id, withdrawnAt }) => {
      const own = meetings.filter(({ expenseId }) => expenseId === id);
      const about = polls.filter(({ poll }) => poll.subjectId === id);
      const standings = about.map((one) => standingOf(one, ratifications));
      const facts: ExpenseFacts = {
        isWithdrawn: withdrawnAt !== null,
        meetings: own.map(({ status }) => status as MeetingState),
        polls: about.map(({ poll, result }, index) => {
          const isUndone = standings[index] === "not-ratified";
          const outcome = result && result.outcome !== "no-decision" ? result.outcome : null;
          return {
            isOpen: poll.state === "open",
            result: isUndone ? "rejected" : outcome,
            decisionNumber: outcome === null ? null : numberOf(result),
          };
        }),
      };
      const awaitsRatification = standings.at(-1) === "to-be-ratified";
      return [id, { facts, validation: validationOf(facts, about), meetings: own, polls: about, awaitsRatification }];
    }),
  );
}

/** A rejection bears no number of the yearly series: the poll that pronounced it stands for it. */
function numberOf(result: PollWithResult["result"]): string | null {
  if (!result) return null;
  return result.decision ? decisionNumberOf(result.decision.year, result.decision.number) : result.pollId;
}

function standingOf({ poll, result }: PollWithResult, ratifications: readonly PollWithResult[]) {
  if (poll.meetingId !== null || !result || result.outcome === "no-decision") return null;
  const decided = ratifications.flatMap((one) =>
    one.poll.subjectId === poll.id && one.result && one.result.outcome !== "no-decision" ? [one.result.outcome] : [],
  );
  return standingOfConsultation(result.outcome, decided.at(-1) ?? null);
}

/** The adopted decision that validated an expense, and its day; null as long as there is none. */
export type Validation = { readonly decisionNumber: string; readonly pollId: string; readonly decidedOn: PlainDate };

function validationOf(facts: ExpenseFacts, polls: readonly PollWithResult[]): Validation | null {
  const decisionNumber = validatingDecision(facts);
  const validating = polls.findLast(
    ({ result }) => result?.outcome === "adopted" && numberOf(result) === decisionNumber,
  );
  if (decisionNumber === null || !validating?.result) return null;
  const decidedOn = dateOf(parisLocalAt(new Date(validating.result.closedAt)));
  return { decisionNumber, pollId: validating.poll.id, decidedOn };
}
