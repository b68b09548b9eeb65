import { grant, refuse, type Decision } from "../kernel/decision";
import type { Cents } from "../kernel/money";
import type { PlainDate } from "../kernel/plain-date";

/** Request → answer → payment. Source: Convention with the Département, art. VI (yearly financial agreement after a yearly request). */
export type SubsidyStatus = "requested" | "agreed" | "declined" | "paid";

export type SubsidyNature = "cash" | "in-kind" | "cash-and-in-kind";

export const SUBSIDY_NATURES = ["cash", "in-kind", "cash-and-in-kind"] as const satisfies readonly SubsidyNature[];

export type Subsidy = {
  readonly status: SubsidyStatus;
  readonly requestedOn: PlainDate;
  readonly granted: Cents | null;
  /** Day of the funder's answer, whichever it is. */
  readonly answeredOn: PlainDate | null;
  readonly isCofunding: boolean;
  readonly informedOn: PlainDate | null;
};

export type AnswerRefusal =
  | "already-answered"
  | "answer-in-the-future"
  | "answer-before-request"
  | "granted-not-positive"
  | "agreement-reference-missing";

export type SubsidyAnswer =
  | { readonly kind: "declined"; readonly on: PlainDate }
  | { readonly kind: "agreed"; readonly on: PlainDate; readonly granted: Cents; readonly reference: string };

/** What the funder answered: an agreement bears its reference and an amount, which may differ from what was asked for. */
export function answerSubsidy(
  subsidy: Subsidy,
  answer: SubsidyAnswer,
  today: PlainDate,
): Decision<SubsidyStatus, AnswerRefusal> {
  if (subsidy.status !== "requested") return refuse("already-answered");
  if (answer.on > today) return refuse("answer-in-the-future");
  if (answer.on < subsidy.requestedOn) return refuse("answer-before-request");
  if (answer.kind === "declined") return grant("declined");
  if (answer.granted < 1) return refuse("granted-not-positive");
  if (answer.reference.trim() === "") return refuse("agreement-reference-missing");
  return grant("agreed");
}

export type PaymentRefusal =
  | "not-agreed"
  | "already-paid"
  | "payment-in-the-future"
  | "payment-before-agreement"
  | "payment-not-positive"
  | "payment-above-grant"
  | "payment-reference-missing";

/** Paid only with the reference of the payment, and never above what was granted. */
export function paySubsidy(
  subsidy: Subsidy,
  payment: { readonly on: PlainDate; readonly paid: Cents; readonly reference: string },
  today: PlainDate,
): Decision<"paid", PaymentRefusal> {
  if (subsidy.status === "paid") return refuse("already-paid");
  if (subsidy.status !== "agreed" || subsidy.granted === null) return refuse("not-agreed");
  if (payment.on > today) return refuse("payment-in-the-future");
  if (subsidy.answeredOn !== null && payment.on < subsidy.answeredOn) return refuse("payment-before-agreement");
  if (payment.paid < 1) return refuse("payment-not-positive");
  if (payment.paid > subsidy.granted) return refuse("payment-above-grant");
  if (payment.reference.trim() === "") return refuse("payment-reference-missing");
  return grant("paid");
}

/**
 * Must the Département still be told of another funder's answer? Told before the answer, it does not know it.
 * Source: Convention with the Département, art. VI: informed of the outcome of requests to other funders.
 */
export function awaitsInformation(subsidy: Subsidy): boolean {
  if (!subsidy.isCofunding || subsidy.answeredOn === null) return false;
  return subsidy.informedOn === null || subsidy.informedOn < subsidy.answeredOn;
}

export type InformRefusal = "not-cofunding" | "nothing-to-tell" | "informed-in-the-future" | "informed-before-answer";

export function informDepartment(
  subsidy: Subsidy,
  on: PlainDate,
  today: PlainDate,
): Decision<PlainDate, InformRefusal> {
  if (!subsidy.isCofunding) return refuse("not-cofunding");
  if (subsidy.answeredOn === null) return refuse("nothing-to-tell");
  if (on > today) return refuse("informed-in-the-future");
  if (on < subsidy.answeredOn) return refuse("informed-before-answer");
  return grant(on);
}

/**
 * Is this a SIRET? Fourteen digits whose Luhn sum is a multiple of ten. The offices of La Poste (SIREN 356000000), its seat apart, follow another rule:
 * the plain sum of the digits is a multiple of five. Source: INSEE, SIRENE, key of control.
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const digits = [...text].map(Number);
  const luhnSum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  if (luhnSum % 10 === 0) return true;
  return text.startsWith("356000000") && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0;
}
