import { expenseStatus, type ExpenseAxis, type ExpenseFacts, type ExpenseStatus } from "~/domain/expense/expense";
import type { MeetingState } from "~/domain/meeting/lifecycle";
import { standingOfConsultation } from "~/domain/voting/written-consultation";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { listPollsAbout, type PollWithResult } from "~/services/poll-record.server";

type Appearance = {
  readonly expenseId: string | null;
  readonly meetingId: string;
  readonly itemId: string;
  readonly title: string;
  readonly startsAt: string;
  readonly status: string;
};

type Dossier = {
  readonly facts: ExpenseFacts;
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
      return [id, { facts, meetings: own, polls: about, awaitsRatification: standings.at(-1) === "to-be-ratified" }];
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

export type ListedExpense = {
  readonly id: string;
  readonly object: string;
  readonly supplier: string;
  readonly amount: Cents;
  readonly requestedOn: PlainDate;
  readonly status: ExpenseStatus;
};

const PAGE_SIZE = 50;

/** A page of the network's expenses, the latest first. */
export async function listExpenses(
  db: Db,
  networkId: NetworkId,
  page: number,
): Promise<{ readonly expenses: readonly ListedExpense[]; readonly hasMore: boolean }> {
  const rows = await db
    .selectFrom("expense")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("createdAt", "desc")
    .orderBy("id")
    .limit(PAGE_SIZE + 1)
    .offset((page - 1) * PAGE_SIZE)
    .execute();
  const shown = rows.slice(0, PAGE_SIZE);
  const dossiers = await loadDossiers(db, networkId, shown);
  return {
    hasMore: rows.length > PAGE_SIZE,
    expenses: shown.flatMap((row) => {
      const dossier = dossiers.get(row.id);
      if (!dossier) return [];
      return [
        {
          id: row.id,
          object: row.object,
          supplier: row.supplier,
          amount: row.amountCents as Cents,
          requestedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
          status: expenseStatus(dossier.facts),
        },
      ];
    }),
  };
}

export async function findExpensePage(db: Db, networkId: NetworkId, expenseId: string) {
  const row = await db
    .selectFrom("expense")
    .innerJoin("person", "person.id", "expense.requestedBy")
    .leftJoin("organization", "organization.id", "expense.organizationId")
    .selectAll("expense")
    .select(["person.displayName as requesterName", "organization.name as organizationName"])
    .where("expense.networkId", "=", networkId)
    .where("expense.id", "=", expenseId)
    .executeTakeFirst();
  if (!row) return null;
  const dossier = (await loadDossiers(db, networkId, [row])).get(row.id);
  if (!dossier) return null;
  const documents = await db
    .selectFrom("document")
    .select(["id", "title", "fileName", "byteSize", "visibility"])
    .where("networkId", "=", networkId)
    .where("expenseId", "=", row.id)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return {
    id: row.id,
    object: row.object,
    supplier: row.supplier,
    amount: row.amountCents as Cents,
    axis: row.axis as ExpenseAxis,
    justificationHtml: row.justificationMd.trim() === "" ? null : renderMarkdown(row.justificationMd),
    requestedBy: row.requestedBy as PersonId,
    requesterName: row.requesterName,
    organizationName: row.organizationName,
    requestedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
    withdrawnOn: row.withdrawnAt === null ? null : dateOf(parisLocalAt(new Date(row.withdrawnAt))),
    status: expenseStatus(dossier.facts),
    awaitsRatification: dossier.awaitsRatification,
    meetings: dossier.meetings.map(({ meetingId, title, startsAt }) => ({
      id: meetingId,
      title,
      startsAt: startsAt as LocalDateTime,
    })),
    polls: dossier.polls.map(({ poll, result }) => ({
      id: poll.id,
      meetingId: poll.meetingId,
      isOpen: poll.state === "open",
      sentence: result?.sentence ?? null,
      decisionNumber: result?.decision ? decisionNumberOf(result.decision.year, result.decision.number) : null,
    })),
    documents: documents.map((document) => ({
      ...document,
      visibility: document.visibility === "public" ? ("public" as const) : ("members" as const),
    })),
  };
}
