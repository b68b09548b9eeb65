import { blockWords } from "~/documents/agreement-words";
import { formatCents, formatDate } from "~/documents/french";
import type { EngageExpenseRefusal, PayInvoiceRefusal, RecordInvoiceRefusal } from "./refusals";

const SHARED = {
  "expense-unknown": "Cette dépense n’existe pas dans ce réseau.",
  "dated-in-the-future": "Cette date est à venir : enregistrez l’acte le jour où il est fait.",
};

const ENGAGE: Record<
  Exclude<EngageExpenseRefusal["kind"], "before-the-decision" | "above-validated" | "agreement-forbids">,
  string
> = {
  ...SHARED,
  "not-validated":
    "Le comité n’a pas validé cette dépense : elle ne peut pas être engagée (convention, art. 4.1). Inscrivez-la à l’ordre du jour d’une séance.",
  "awaits-ratification":
    "Validée par consultation écrite, cette dépense attend sa ratification à la prochaine séance : engagez-la ensuite.",
  "already-engaged": "Cette dépense est déjà engagée : elle ne s’engage qu’une fois.",
  "amount-not-positive": "Le montant est d’un centime au moins.",
  "account-missing": "Choisissez le compte d’imputation : aucun n’est retenu par défaut.",
  "account-unknown": "Ce compte n’est pas dans la liste du réseau : ajoutez-le depuis la page des comptes.",
  "line-unknown": "Cette ligne n’est pas au budget en vigueur, ou relève d’un autre axe que la dépense.",
  "requester-cannot-order":
    "Vous avez demandé cette dépense : une autre personne du secrétariat du CCAS pilote doit l’engager.",
};
export function engageMessage(refusal: EngageExpenseRefusal): string {
  if (refusal.kind === "agreement-forbids") return blockWords(refusal.block);
  if (refusal.kind === "before-the-decision")
    return `L’engagement ne peut pas précéder la décision du comité, du ${formatDate(refusal.decidedOn)}.`;
  if (refusal.kind === "above-validated")
    return `Le comité a validé ${formatCents(refusal.validated)} : l’engagement ne peut pas dépasser ce montant, même d’un centime. Pour davantage, demandez une dépense complémentaire.`;
  return ENGAGE[refusal.kind];
}

const INVOICE: Record<Exclude<RecordInvoiceRefusal["kind"], "above-engaged">, string> = {
  ...SHARED,
  "not-engaged": "Cette dépense n’est pas engagée : une facture ne se reçoit qu’ensuite.",
  "supplier-missing": "Indiquez le fournisseur.",
  "number-missing": "Indiquez le numéro de la facture.",
  "amount-not-positive": "Le montant est d’un centime au moins.",
  "invoice-already-recorded":
    "Une facture de ce fournisseur porte déjà ce numéro dans le réseau : elle ne s’enregistre pas deux fois.",
};
export function invoiceMessage(refusal: RecordInvoiceRefusal): string {
  if (refusal.kind === "above-engaged")
    return `Avec cette facture, le total dépasserait l’engagement de ${formatCents(refusal.excess)}. Le comité doit d’abord valider la différence : demandez une dépense complémentaire.`;
  return INVOICE[refusal.kind];
}

const PAYMENT: Record<Exclude<PayInvoiceRefusal["kind"], "paid-before-engaged">, string> = {
  ...SHARED,
  "invoice-unknown": "Cette facture n’existe pas sur cette dépense.",
  "already-paid": "Le paiement de cette facture est déjà enregistré, avec une autre référence ou une autre date.",
  "mandate-missing": "Indiquez la référence du mandat : sans elle, rien n’est dit payé.",
};
export function paymentMessage(refusal: PayInvoiceRefusal): string {
  if (refusal.kind === "paid-before-engaged")
    return `Le paiement ne peut pas précéder l’engagement, du ${formatDate(refusal.engagedOn)}.`;
  return PAYMENT[refusal.kind];
}
