import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId } from "../kernel/ids";
import { sumCents, toCents, type Cents } from "../kernel/money";
import type { PlainDate } from "../kernel/plain-date";

/** What the books hold of one expense when somebody wants to take its next step. */
export type CommitmentFacts = {
  readonly requesterId: PersonId;
  /** The adopted decision and its amount; null as long as the committee has not validated. */
  readonly validation: {
    readonly decisionNumber: string;
    readonly amount: Cents;
    readonly decidedOn: PlainDate;
  } | null;
  readonly engagement: { readonly amount: Cents; readonly engagedOn: PlainDate; readonly ordererId: PersonId } | null;
  readonly invoices: readonly Invoice[];
};

export type Invoice = {
  readonly id: string;
  readonly supplier: string;
  readonly number: string;
  readonly date: PlainDate;
  /** Tax included. */
  readonly amount: Cents;
  /** The « mandat » of the lead CCAS; null until it is recorded. Without it nothing is said to be paid. */
  readonly payment: { readonly mandate: string; readonly paidOn: PlainDate } | null;
};

export type EngageRefusal =
  | { readonly kind: "not-validated" | "already-engaged" | "amount-not-positive" | "account-missing" }
  | { readonly kind: "requester-cannot-order" }
  | { readonly kind: "before-the-decision"; readonly decidedOn: PlainDate }
  | { readonly kind: "above-validated"; readonly validated: Cents };

/**
 * The lead engages an expense: only once validated by an adopted decision, for at most the validated amount, on a named account (chosen, never supplied by
 * default), and by somebody else than whoever asked for it. Passing the ceiling of the year is flagged, not refused: the committee validated the expense.
 * @param request.remaining what the budget has left, this expense already counted as validated
 * Source: Convention, art. 4.1 (« engagement des dépenses après validation de celles-ci par le comité »); no urgent exception is given there.
 */
export function engageExpense(
  facts: CommitmentFacts,
  request: {
    readonly amount: Cents;
    readonly engagedOn: PlainDate;
    readonly actorId: PersonId;
    readonly account: string | null;
    readonly remaining: Cents;
  },
): Decision<{ readonly amount: Cents; readonly aboveCeilingBy: Cents }, EngageRefusal> {
  const { validation } = facts;
  if (validation === null) return refuse({ kind: "not-validated" });
  if (facts.engagement !== null) return refuse({ kind: "already-engaged" });
  if (request.actorId === facts.requesterId) return refuse({ kind: "requester-cannot-order" });
  if (request.amount < 1) return refuse({ kind: "amount-not-positive" });
  if (request.amount > validation.amount) return refuse({ kind: "above-validated", validated: validation.amount });
  if (request.engagedOn < validation.decidedOn) {
    return refuse({ kind: "before-the-decision", decidedOn: validation.decidedOn });
  }
  if ((request.account ?? "").trim() === "") return refuse({ kind: "account-missing" });
  const remaining = request.remaining + validation.amount - request.amount;
  return grant({ amount: request.amount, aboveCeilingBy: toCents(Math.max(0, 0 - remaining)) });
}

export type InvoiceRefusal =
  | { readonly kind: "not-engaged" | "number-missing" | "supplier-missing" | "amount-not-positive" }
  | { readonly kind: "invoice-already-recorded" }
  /** Together the invoices would exceed the engagement by this much: the committee must validate the difference first. */
  | { readonly kind: "above-engaged"; readonly excess: Cents };

/** Records an invoice of an engaged expense; several may come, up to the amount engaged. Source: Convention, art. 4.2.1. */
export function recordInvoice(
  facts: CommitmentFacts,
  invoice: Omit<Invoice, "payment">,
): Decision<Invoice, InvoiceRefusal> {
  if (facts.engagement === null) return refuse({ kind: "not-engaged" });
  if (invoice.supplier.trim() === "") return refuse({ kind: "supplier-missing" });
  if (invoice.number.trim() === "") return refuse({ kind: "number-missing" });
  if (invoice.amount < 1) return refuse({ kind: "amount-not-positive" });
  if (facts.invoices.some((other) => isSameInvoice(other, invoice)))
    return refuse({ kind: "invoice-already-recorded" });
  const excess = sumCents(facts.invoices.map(({ amount }) => amount)) + invoice.amount - facts.engagement.amount;
  if (excess > 0) return refuse({ kind: "above-engaged", excess: toCents(excess) });
  return grant({ ...invoice, payment: null });
}

function isSameInvoice(
  one: Pick<Invoice, "id" | "supplier" | "number">,
  other: Pick<Invoice, "id" | "supplier" | "number">,
): boolean {
  return one.id === other.id || identifyInvoice(one) === identifyInvoice(other);
}

/** One supplier numbers an invoice once: the same text for the same invoice, however spaced or capitalised. */
export function identifyInvoice({ supplier, number }: Pick<Invoice, "supplier" | "number">): string {
  const key = (text: string) => text.replace(/\s/g, "").toLowerCase();
  return `${key(supplier)}|${key(number)}`;
}

export type PaymentRefusal =
  | { readonly kind: "invoice-unknown" | "already-paid" | "mandate-missing" }
  | { readonly kind: "paid-before-engaged"; readonly engagedOn: PlainDate };

/** Records that the lead paid an invoice: never without the reference of its « mandat ». Source: Convention, art. 4.2.1. */
export function payInvoice(
  facts: CommitmentFacts,
  payment: { readonly invoiceId: string; readonly mandate: string; readonly paidOn: PlainDate },
): Decision<Invoice, PaymentRefusal> {
  const invoice = facts.invoices.find(({ id }) => id === payment.invoiceId);
  if (invoice === undefined || facts.engagement === null) return refuse({ kind: "invoice-unknown" });
  if (invoice.payment !== null) return refuse({ kind: "already-paid" });
  const mandate = payment.mandate.trim();
  if (mandate === "") return refuse({ kind: "mandate-missing" });
  const { engagedOn } = facts.engagement;
  if (payment.paidOn < engagedOn) return refuse({ kind: "paid-before-engaged", engagedOn });
  return grant({ ...invoice, payment: { mandate, paidOn: payment.paidOn } });
}
