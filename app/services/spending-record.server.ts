import type { Invoice } from "~/domain/budget/engagement";
import { spendingStep, type SpendingFacts, type SpendingStep } from "~/domain/budget/progress";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import { toCents, type Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "./db.server";

/** What was engaged, invoiced and paid, as recorded: expenses, spending and budget share these reads. */

export type RecordedEngagement = {
  readonly id: string;
  readonly amount: Cents;
  readonly accountCode: string;
  readonly budgetLineId: string | null;
  readonly reference: string;
  readonly engagedBy: { readonly id: PersonId; readonly name: string };
  readonly engagedOn: PlainDate;
};

export type RecordedInvoice = Invoice & {
  readonly isFinal: boolean;
  readonly documentId: string | null;
  readonly recordedBy: string;
  readonly recordedOn: PlainDate;
  readonly paidBy: string | null;
};

export type Spending = {
  readonly engagement: RecordedEngagement | null;
  /** In the order in which they were recorded. */
  readonly invoices: readonly RecordedInvoice[];
  readonly step: SpendingStep;
};

/** What the lead did with each expense; an expense that is not engaged has no entry. */
export async function loadSpending(
  db: Db | Trx,
  networkId: NetworkId,
  expenseIds: readonly string[],
): Promise<ReadonlyMap<string, Spending>> {
  if (expenseIds.length === 0) return new Map();
  const engagements = await db
    .selectFrom("engagement")
    .innerJoin("person", "person.id", "engagement.engagedBy")
    .selectAll("engagement")
    .select("person.displayName as engagedByName")
    .where("engagement.networkId", "=", networkId)
    .where("engagement.expenseId", "in", expenseIds)
    .execute();
  const invoices = await db
    .selectFrom("invoice")
    .innerJoin("person", "person.id", "invoice.recordedBy")
    .leftJoin("invoicePayment", "invoicePayment.invoiceId", "invoice.id")
    .leftJoin("person as payer", "payer.id", "invoicePayment.recordedBy")
    .selectAll("invoice")
    .select(["person.displayName as recordedByName", "payer.displayName as paidByName"])
    .select(["invoicePayment.paidOn", "invoicePayment.warrantReference"])
    .where("invoice.networkId", "=", networkId)
    .where("invoice.expenseId", "in", expenseIds)
    .orderBy("invoice.createdAt")
    .orderBy("invoice.id")
    .execute();
  const ofExpense = new Map<string, RecordedInvoice[]>();
  for (const row of invoices) {
    const { paidOn, warrantReference } = row;
    const invoice: RecordedInvoice = {
      ...{ id: row.id, supplier: row.supplier, number: row.number, documentId: row.documentId },
      date: row.datedOn as PlainDate,
      amount: toCents(row.amountCents),
      isFinal: row.isFinal === 1,
      payment:
        paidOn === null || warrantReference === null
          ? null
          : { mandate: warrantReference, paidOn: paidOn as PlainDate },
      recordedBy: row.recordedByName,
      recordedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
      paidBy: row.paidByName,
    };
    ofExpense.set(row.expenseId, [...(ofExpense.get(row.expenseId) ?? []), invoice]);
  }
  return new Map(
    engagements.map((row) => {
      const engagement: RecordedEngagement = {
        ...{ id: row.id, accountCode: row.accountCode, budgetLineId: row.budgetLineId, reference: row.reference },
        amount: toCents(row.amountCents),
        engagedBy: { id: row.engagedBy as PersonId, name: row.engagedByName },
        engagedOn: row.engagedOn as PlainDate,
      };
      const own = ofExpense.get(row.expenseId) ?? [];
      return [row.expenseId, { engagement, invoices: own, step: spendingStep(spendingFacts(engagement, own)) }];
    }),
  );
}

/** What the rules of the budget read of it. */
export function spendingFacts(
  engagement: Pick<RecordedEngagement, "amount"> | null,
  invoices: readonly RecordedInvoice[],
): SpendingFacts {
  return {
    engaged: engagement?.amount ?? null,
    invoices: invoices.map(({ amount, isFinal, payment }) => ({ amount, isFinal, isPaid: payment !== null })),
  };
}
