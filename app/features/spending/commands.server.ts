import { engageExpense, identifyInvoice, payInvoice, recordInvoice } from "~/domain/budget/engagement";
import { gaugeBudget } from "~/domain/budget/gauge";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { Cents } from "~/domain/kernel/money";
import { yearOf } from "~/domain/kernel/plain-date";
import { guardAct } from "~/services/agreement-record.server";
import { budgetInForce, listBudgetedExpenses, listBudgets } from "~/services/budget-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { EngageInput, InvoiceInput, PaymentInput } from "./form";
import { findSpendingFacts } from "./queries.server";
import type { EngageExpenseRefusal, PayInvoiceRefusal, RecordInvoiceRefusal } from "./refusals";

/**
 * The lead engages a validated expense, once: of two people who do it at the same time, the second is told that it is done.
 * A consultation in writing counts once a meeting has ratified it.
 */
export async function engage(
  { db, clock, networkId, actor }: CommandContext,
  expenseId: string,
  { cle, amount, engagedOn, account, budgetLineId: chosenLine, reference }: EngageInput,
): Promise<Decision<{ readonly aboveCeilingBy: Cents }, EngageExpenseRefusal>> {
  if (engagedOn > today(clock)) return refuse({ kind: "dated-in-the-future" });
  const budgetLineId = chosenLine ?? null;
  return writeTransaction(db, async (trx) => {
    const found = await findSpendingFacts(trx, networkId, expenseId);
    if (!found) return refuse({ kind: "expense-unknown" } as const);
    const { facts, axis, awaitsRatification, engagementId } = found;
    if (engagementId === cle) return grant({ aboveCeilingBy: 0 as Cents });
    const guard = await guardAct(trx, networkId, { act: "engage-expense", on: engagedOn });
    if (!guard.ok) return refuse({ kind: "agreement-forbids", block: guard.refusal } as const);
    if (awaitsRatification) return refuse({ kind: "awaits-ratification" } as const);
    const year = yearOf(facts.validation?.decidedOn ?? engagedOn);
    const inForce = budgetInForce(await listBudgets(trx, networkId, year), year, today(clock));
    const expenses = await listBudgetedExpenses(trx, networkId, year);
    const { remaining } = gaugeBudget(
      inForce.ceiling,
      expenses.flatMap(({ parts }) => parts),
    );
    const decision = engageExpense(facts, { amount, engagedOn, actorId: actor.personId, account, remaining });
    if (!decision.ok) return decision;
    if (!(await isListed(trx, networkId, account))) return refuse({ kind: "account-unknown" } as const);
    const line = inForce.version?.lines.find(({ id }) => id === budgetLineId);
    if (budgetLineId !== null && line?.axis !== axis) return refuse({ kind: "line-unknown" } as const);
    await trx
      .insertInto("engagement")
      .values({
        ...{ id: cle, networkId, expenseId, amountCents: amount, accountCode: account, budgetLineId, reference },
        ...{ engagedBy: actor.personId, engagedOn, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "expense-engaged",
      payload: {
        ...{ engagementId: cle, expenseId, amountCents: amount, accountCode: account, budgetLineId, reference },
        ...{ engagedOn, decisionNumber: facts.validation?.decisionNumber ?? null },
      },
    });
    return grant({ aboveCeilingBy: decision.value.aboveCeilingBy });
  });
}

async function isListed(trx: Trx, networkId: string, code: string): Promise<boolean> {
  const row = await trx
    .selectFrom("accountCode")
    .select("code")
    .where("networkId", "=", networkId)
    .where("code", "=", code)
    .executeTakeFirst();
  return row !== undefined;
}

type InvoiceRequest = Omit<InvoiceInput, "file"> & { readonly expenseId: string };

/** Would this invoice be recorded? Asked before its file is kept, so that a refusal leaves nothing behind. */
export async function checkInvoice(
  { db, clock, networkId }: CommandContext,
  request: InvoiceRequest,
): Promise<Decision<null, RecordInvoiceRefusal>> {
  if (request.date > today(clock)) return refuse({ kind: "dated-in-the-future" });
  const decision = await decideInvoice(db, networkId, request);
  return decision.ok ? grant(null) : decision;
}

/** Records an invoice of an engaged expense, once in the network. Sent twice with the same key, it is one invoice. */
export async function addInvoice(
  { db, clock, networkId, actor }: CommandContext,
  request: InvoiceRequest & { readonly documentId: string | null },
): Promise<Decision<null, RecordInvoiceRefusal>> {
  if (request.date > today(clock)) return refuse({ kind: "dated-in-the-future" });
  return writeTransaction(db, async (trx) => {
    const decision = await decideInvoice(trx, networkId, request);
    if (!decision.ok) return decision;
    if (decision.value === "recorded-already") return grant(null);
    const { cle, expenseId, supplier, number, date, amount, isFinal, documentId } = request;
    const identityKey = identifyInvoice(request);
    await trx
      .insertInto("invoice")
      .values({
        ...{ id: cle, networkId, expenseId, supplier, number, datedOn: date, identityKey, amountCents: amount },
        ...{ isFinal: isFinal ? 1 : 0, documentId, recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "invoice-recorded",
      payload: {
        ...{ invoiceId: cle, expenseId, supplier, number, datedOn: date, amountCents: amount, isFinal, documentId },
      },
    });
    return grant(null);
  });
}

async function decideInvoice(
  db: Db | Trx,
  networkId: CommandContext["networkId"],
  { cle, expenseId, supplier, number, date, amount }: InvoiceRequest,
): Promise<Decision<"new" | "recorded-already", RecordInvoiceRefusal>> {
  const found = await findSpendingFacts(db, networkId, expenseId);
  if (!found) return refuse({ kind: "expense-unknown" });
  if (found.facts.invoices.some(({ id }) => id === cle)) return grant("recorded-already");
  const twin = await db
    .selectFrom("invoice")
    .select("id")
    .where("networkId", "=", networkId)
    .where("identityKey", "=", identifyInvoice({ supplier, number }))
    .executeTakeFirst();
  if (twin) return refuse({ kind: "invoice-already-recorded" });
  const decision = recordInvoice(found.facts, { id: cle, supplier, number, date, amount });
  return decision.ok ? grant("new") : decision;
}

/** Records that the lead paid an invoice, with the reference of its « mandat ». */
export async function pay(
  { db, clock, networkId, actor }: CommandContext,
  { expenseId, invoiceId }: { readonly expenseId: string; readonly invoiceId: string },
  { mandate, paidOn }: PaymentInput,
): Promise<Decision<null, PayInvoiceRefusal>> {
  if (paidOn > today(clock)) return refuse({ kind: "dated-in-the-future" });
  return writeTransaction(db, async (trx) => {
    const found = await findSpendingFacts(trx, networkId, expenseId);
    if (!found) return refuse({ kind: "expense-unknown" } as const);
    const known = found.facts.invoices.find(({ id }) => id === invoiceId)?.payment;
    if (known?.mandate === mandate && known.paidOn === paidOn) return grant(null);
    const decision = payInvoice(found.facts, { invoiceId, mandate, paidOn });
    if (!decision.ok) return decision;
    await trx
      .insertInto("invoicePayment")
      .values({
        ...{ invoiceId, networkId, paidOn, warrantReference: mandate },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "invoice-paid",
      payload: { invoiceId, expenseId, mandate, paidOn, amountCents: decision.value.amount },
    });
    return grant(null);
  });
}
