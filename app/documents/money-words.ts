import type { SpendingStep } from "~/domain/budget/progress";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { AmountRefusal } from "~/domain/kernel/money";

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
