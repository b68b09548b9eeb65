import type { CommitmentFacts } from "~/domain/budget/engagement";
import { type spendingStep } from "~/domain/budget/progress";
import { expenseStatus, type ExpenseAxis, type ExpenseStatus } from "~/domain/expense/expense";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import { toCents, type Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { budgetInForce, listBudgets } from "~/services/budget-record.server";
import type { Db, Trx } from "~/services/db.server";
import { loadDossiers, type Validation } from "~/services/expense-record.server";
import { loadSpending, type RecordedEngagement, type RecordedInvoice } from "~/services/spending-record.server";

/** What the rules want to know of an expense before its next step; null in another network. */
export async function findSpendingFacts(db: Db | Trx, networkId: NetworkId, expenseId: string) {
  const row = await db
    .selectFrom("expense")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", expenseId)
    .executeTakeFirst();
  const dossier = row && (await loadDossiers(db, networkId, [row])).get(row.id);
  if (!row || !dossier) return null;
  const spending = (await loadSpending(db, networkId, [row.id])).get(row.id);
  const amount = toCents(row.amountCents);
  const { validation } = dossier;
  const engagement = spending?.engagement ?? null;
  const facts: CommitmentFacts = {
    requesterId: row.requestedBy as PersonId,
    validation: validation && { ...validation, amount },
    engagement: engagement && {
      amount: engagement.amount,
      engagedOn: engagement.engagedOn,
      ordererId: engagement.engagedBy.id,
    },
    invoices: spending?.invoices ?? [],
  };
  return {
    ...{ facts, validation, engagement, amount, object: row.object, supplier: row.supplier },
    axis: row.axis as ExpenseAxis,
    awaitsRatification: dossier.awaitsRatification,
    engagementId: engagement?.id ?? null,
    invoices: spending?.invoices ?? [],
    step: spending?.step ?? "not-engaged",
  };
}

/** What somebody may choose among when they engage an expense. */
export async function listEngagementChoices(
  db: Db,
  networkId: NetworkId,
  { axis, year, date }: { readonly axis: ExpenseAxis; readonly year: number; readonly date: PlainDate },
) {
  const accounts = await db
    .selectFrom("accountCode")
    .select(["code", "label", "verifiedBy"])
    .where("networkId", "=", networkId)
    .orderBy("code")
    .execute();
  const { version } = budgetInForce(await listBudgets(db, networkId, year), year, date);
  const lines = (version?.lines ?? []).filter((line) => line.axis === axis).map(({ id, label }) => ({ id, label }));
  return { accounts, lines };
}

/** The label of a budget line, as its latest version names it; null when none is chosen. */
export async function findLineLabel(db: Db, networkId: NetworkId, lineId: string | null): Promise<string | null> {
  if (lineId === null) return null;
  const row = await db
    .selectFrom("budgetLine")
    .innerJoin("budgetVersion", "budgetVersion.id", "budgetLine.budgetId")
    .select("budgetLine.label")
    .where("budgetLine.networkId", "=", networkId)
    .where("budgetLine.id", "=", lineId)
    .orderBy("budgetVersion.version", "desc")
    .executeTakeFirst();
  return row?.label ?? null;
}

export type ExpenseRecord = {
  readonly id: string;
  readonly object: string;
  readonly supplier: string;
  readonly axis: ExpenseAxis;
  readonly requested: Cents;
  readonly requestedBy: string;
  readonly requestedOn: PlainDate;
  readonly status: ExpenseStatus;
  readonly validation: Validation | null;
  readonly engagement: RecordedEngagement | null;
  readonly invoices: readonly RecordedInvoice[];
  readonly step: ReturnType<typeof spendingStep>;
};

/** Every expense of the network with its whole life, the oldest first; of one year, that of its decision or else of its request. */
export async function listExpenseRecords(
  db: Db,
  networkId: NetworkId,
  year: number | null,
): Promise<readonly ExpenseRecord[]> {
  const rows = await db
    .selectFrom("expense")
    .innerJoin("person", "person.id", "expense.requestedBy")
    .selectAll("expense")
    .select("person.displayName as requesterName")
    .where("expense.networkId", "=", networkId)
    .orderBy("expense.createdAt")
    .orderBy("expense.id")
    .execute();
  const dossiers = await loadDossiers(db, networkId, rows);
  const spending = await loadSpending(
    db,
    networkId,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const dossier = dossiers.get(row.id);
    if (!dossier) return [];
    const requestedOn = dateOf(parisLocalAt(new Date(row.createdAt)));
    const { validation } = dossier;
    if (year !== null && yearOf(validation?.decidedOn ?? requestedOn) !== year) return [];
    const spent = spending.get(row.id);
    return [
      {
        ...{ id: row.id, object: row.object, supplier: row.supplier, requestedBy: row.requesterName },
        ...{ requestedOn, validation },
        axis: row.axis as ExpenseAxis,
        requested: toCents(row.amountCents),
        status: expenseStatus(dossier.facts),
        engagement: spent?.engagement ?? null,
        invoices: spent?.invoices ?? [],
        step: spent?.step ?? "not-engaged",
      },
    ];
  });
}
