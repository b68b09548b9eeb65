import type { SpendingStep } from "~/domain/budget/progress";
import { expenseStatus, type ExpenseAxis, type ExpenseStatus } from "~/domain/expense/expense";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db } from "~/services/db.server";
import { loadDossiers } from "~/services/expense-record.server";
import { renderMarkdown } from "~/services/markdown.server";
import { loadSpending } from "~/services/spending-record.server";

export type ListedExpense = {
  readonly id: string;
  readonly object: string;
  readonly supplier: string;
  readonly amount: Cents;
  readonly requestedOn: PlainDate;
  readonly status: ExpenseStatus;
  readonly step: SpendingStep;
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
  const spending = await loadSpending(
    db,
    networkId,
    shown.map(({ id }) => id),
  );
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
          step: spending.get(row.id)?.step ?? "not-engaged",
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
