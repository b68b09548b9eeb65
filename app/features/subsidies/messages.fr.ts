import type { AmountRefusal } from "~/domain/kernel/money";
import type {
  AnswerRefusal,
  InformRefusal,
  PaymentRefusal,
  SubsidyNature,
  SubsidyStatus,
} from "~/domain/subsidy/subsidy";
import type { RequestRefusal } from "./refusals";
import type { Gap } from "./queries.server";

const AMOUNT: Record<AmountRefusal, string> = {
  "amount-empty": "Indiquez le montant.",
  "amount-malformed": "Ce montant ne se lit pas : écrivez-le en euros, comme 2000 ou 1 234,56 €.",
  "amount-too-precise": "Un montant a deux décimales au plus : arrondissez-le au centime.",
  "amount-too-large": "Ce montant dépasse un milliard d’euros : vérifiez la saisie.",
};
export function amountMessage(refusal: AmountRefusal): string {
  return AMOUNT[refusal];
}

const REQUEST: Record<RequestRefusal, string> = {
  "requested-in-the-future": "La demande porte une date à venir : notez-la quand elle est partie.",
};
export function requestMessage(refusal: RequestRefusal): string {
  return REQUEST[refusal];
}

const UNKNOWN = "Cette demande de subvention n’existe pas dans ce réseau.";

const ANSWER: Record<AnswerRefusal | "subsidy-unknown", string> = {
  "subsidy-unknown": UNKNOWN,
  "already-answered": "La réponse du financeur est déjà notée.",
  "answer-in-the-future": "La réponse porte une date à venir : notez-la quand elle est reçue.",
  "answer-before-request": "La réponse ne peut pas précéder la demande : vérifiez les dates.",
  "granted-not-positive": "Indiquez le montant accordé : un centime au moins. Sans montant, c’est un refus.",
  "agreement-reference-missing":
    "Indiquez la référence de la convention ou de la notification : sans elle, rien n’est accordé.",
};
export function answerMessage(refusal: AnswerRefusal | "subsidy-unknown"): string {
  return ANSWER[refusal];
}

const PAYMENT: Record<PaymentRefusal | "subsidy-unknown", string> = {
  "subsidy-unknown": UNKNOWN,
  "not-agreed": "Cette subvention n’est pas accordée : notez d’abord la réponse du financeur.",
  "already-paid": "Le versement est déjà noté.",
  "payment-in-the-future": "Le versement porte une date à venir : notez-le quand il est reçu.",
  "payment-before-agreement": "Le versement ne peut pas précéder l’accord : vérifiez les dates.",
  "payment-not-positive": "Indiquez le montant versé : un centime au moins.",
  "payment-above-grant": "Le versement dépasse le montant accordé : vérifiez la saisie.",
  "payment-reference-missing": "Indiquez la référence du versement : sans elle, rien n’est dit versé.",
};
export function paymentMessage(refusal: PaymentRefusal | "subsidy-unknown"): string {
  return PAYMENT[refusal];
}

const INFORM: Record<InformRefusal | "subsidy-unknown", string> = {
  "subsidy-unknown": UNKNOWN,
  "not-cofunding": "Cette demande est faite au Département lui-même : il n’y a pas à l’informer.",
  "nothing-to-tell": "Le financeur n’a pas encore répondu : notez d’abord sa réponse.",
  "informed-in-the-future": "Cette date est à venir : notez l’information quand elle est donnée.",
  "informed-before-answer":
    "Le Département ne pouvait pas connaître la réponse avant qu’elle soit donnée : vérifiez la date.",
};
export function informMessage(refusal: InformRefusal | "subsidy-unknown"): string {
  return INFORM[refusal];
}

export const STATUS_LABELS: Record<SubsidyStatus, string> = {
  requested: "Demandée",
  agreed: "Accordée",
  declined: "Refusée",
  paid: "Versée",
};

export const NATURE_LABELS: Record<SubsidyNature, string> = {
  cash: "Aide en numéraire",
  "in-kind": "Aide en nature",
  "cash-and-in-kind": "Aide en numéraire et en nature",
};

export const GAP_LABELS: Record<Gap, string> = {
  "funder-siret": "le SIRET du financeur",
  "beneficiary-siret": "le SIRET du CCAS pilote",
};
