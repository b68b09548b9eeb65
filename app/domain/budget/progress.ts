import { sumCents, toCents, type Cents } from "../kernel/money";
import type { BudgetedExpense } from "./gauge";

/** What became of a validated expense's money. */
export type SpendingFacts = {
  /** Null until the lead engages it. */
  readonly engaged: Cents | null;
  /** In the order in which they were recorded. `isFinal`: no other is expected. */
  readonly invoices: readonly { readonly amount: Cents; readonly isFinal: boolean; readonly isPaid: boolean }[];
};

export type SpendingStep = "not-engaged" | "engaged" | "invoiced" | "partly-paid" | "paid";

/**
 * « invoiced » as long as one invoice waits for its payment; « partly-paid » when all are paid and others are expected; « paid » when nothing
 * is expected any more: the last invoice says so, or the invoices reach the engagement.
 */
export function spendingStep({ engaged, invoices }: SpendingFacts): SpendingStep {
  if (engaged === null) return "not-engaged";
  if (invoices.length === 0) return "engaged";
  if (invoices.some(({ isPaid }) => !isPaid)) return "invoiced";
  return awaited({ engaged, invoices }) === 0 ? "paid" : "partly-paid";
}

/** What is still expected on the engagement: nothing once the last invoice recorded says that it is the last. */
export function awaited({ engaged, invoices }: SpendingFacts): Cents {
  if (engaged === null || invoices.at(-1)?.isFinal === true) return toCents(0);
  return toCents(Math.max(0, engaged - sumCents(invoices.map(({ amount }) => amount))));
}

/**
 * The parts of an expense, each at its own step: what is engaged and awaited, what is invoiced, what is paid. The parts of an expense that is
 * not engaged are itself. What a last invoice leaves of the engagement goes back to the budget.
 * Source: Convention, art. 4.2.1.
 */
export function splitByStep(
  expense: Omit<BudgetedExpense, "engaged" | "invoiced" | "paid">,
  facts: SpendingFacts,
): readonly BudgetedExpense[] {
  const nothing = { engaged: null, invoiced: null, paid: null };
  if (facts.engaged === null) return [{ ...expense, ...nothing }];
  const sumOf = (isPaid: boolean) =>
    sumCents(facts.invoices.filter((invoice) => invoice.isPaid === isPaid).map(({ amount }) => amount));
  const parts: readonly BudgetedExpense[] = [
    { ...expense, ...nothing, engaged: awaited(facts) },
    { ...expense, ...nothing, invoiced: sumOf(false) },
    { ...expense, ...nothing, paid: sumOf(true) },
  ];
  return parts.filter((part) => (part.paid ?? part.invoiced ?? part.engaged ?? 0) > 0);
}
