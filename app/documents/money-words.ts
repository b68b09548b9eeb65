import type { SpendingStep } from "~/domain/budget/progress";
import type { ExpenseAxis } from "~/domain/expense/expense";
import { toCents, type AmountRefusal, type Cents } from "~/domain/kernel/money";
import { formatCents, NBSP, NNBSP } from "./french";

/** Source: Convention, art. 2. */
export const AXIS_LABELS: Record<ExpenseAxis, string> = {
  "inter-ccas": "Dynamique inter-CCAS",
  "observation-sociale": "Observation sociale",
  commun: "Commun aux deux axes",
};

export const STEP_LABELS: Record<SpendingStep, string> = {
  "not-engaged": "À engager",
  engaged: "Engagée",
  invoiced: "Facture à payer",
  "partly-paid": "Payée en partie",
  paid: "Payée",
};

const AMOUNT: Record<AmountRefusal, string> = {
  "amount-empty": "Indiquez le montant, toutes taxes comprises.",
  "amount-malformed":
    "Ce montant ne se lit pas : écrivez-le en euros, comme 1234,56 ou 1 234,56 €, avec une seule virgule ou un seul point.",
  "amount-too-precise": "Un montant a deux décimales au plus : arrondissez-le au centime.",
  "amount-too-large": "Ce montant dépasse un milliard d’euros : vérifiez la saisie.",
};
export function amountMessage(refusal: AmountRefusal): string {
  return AMOUNT[refusal];
}

/** What the year's budget has left, and whether it bears what is already asked for. Amounts are those of the gauge. */
export function tellBudgetLeft({
  year,
  remaining,
  proposed,
}: {
  readonly year: number;
  readonly remaining: Cents;
  readonly proposed: Cents;
}): string {
  const left =
    remaining < 0
      ? `Le budget ${year} est dépassé de ${formatCents(toCents(-remaining))}`
      : `Il reste ${formatCents(remaining)} au budget ${year}`;
  if (proposed <= 0) return `${left}.`;
  const asked = `${left}${NNBSP}; ${formatCents(proposed)} sont déjà demandés`;
  if (remaining < 0) return `${asked}.`;
  return proposed > remaining
    ? `${asked}${NBSP}: le budget n’y suffit pas.`
    : `${asked}${NBSP}: une fois validés, il resterait ${formatCents(toCents(remaining - proposed))}.`;
}
