import { assertNever, grant, refuse, type Decision } from "../kernel/decision";
import type { OrganizationId } from "../kernel/ids";
import { sumCents, toCents, type Cents } from "../kernel/money";
import { daysBetween, type PlainDate } from "../kernel/plain-date";

/** What the books hold about the statement of one member; a reference is typed from the accountant's documents, never made here. */
export type StatementFacts = {
  readonly owed: Cents;
  readonly isLead: boolean;
  readonly issuedOn: PlainDate;
  readonly isCancelled: boolean;
  /** The « titre de recettes ». */
  readonly title: { readonly number: string; readonly date: PlainDate } | null;
  readonly deposit: { readonly chorusReference: string; readonly date: PlainDate } | null;
  readonly payments: readonly Payment[];
};

export type Payment = { readonly reference: string; readonly date: PlainDate; readonly amount: Cents };

export type StatementStatus =
  "kept-by-lead" | "nothing-due" | "issued" | "titled" | "deposited" | "partly-paid" | "paid" | "cancelled";

/** The status of a statement, derived and never stored; « paid » only when recorded references cover what is owed. */
export function statementStatus(facts: StatementFacts): StatementStatus {
  if (facts.isCancelled) return "cancelled";
  if (facts.isLead) return "kept-by-lead";
  if (facts.owed === 0) return "nothing-due";
  const paid = paidOf(facts);
  if (paid >= facts.owed) return "paid";
  if (paid > 0) return "partly-paid";
  if (facts.deposit !== null) return "deposited";
  return facts.title === null ? "issued" : "titled";
}

function paidOf({ payments }: StatementFacts): Cents {
  return sumCents(payments.map(({ amount }) => amount));
}

/** What is still to come from the member; nothing once the call is cancelled. */
export function outstandingOf(facts: StatementFacts): Cents {
  return facts.isCancelled || facts.isLead ? toCents(0) : toCents(facts.owed - paidOf(facts));
}

export type StatementEvent =
  | { readonly kind: "title"; readonly number: string; readonly date: PlainDate }
  | { readonly kind: "deposit"; readonly chorusReference: string; readonly date: PlainDate }
  | ({ readonly kind: "payment" } & Payment);

export type StatementRefusal =
  | { readonly kind: "call-cancelled" | "nothing-owed" | "reference-missing" | "date-too-early" }
  | { readonly kind: "already-titled" | "title-missing" | "already-deposited" | "payment-already-recorded" }
  | { readonly kind: "amount-not-positive" }
  | { readonly kind: "above-owed"; readonly outstanding: Cents };

/**
 * Records a step of a statement: title, then deposit on Chorus Pro and payments, in part or whole. A payment asks for a title: that is what the
 * member pays. Nothing is dated before what it follows, and no reference serves twice.
 * Source: Convention, art. 4.2.1; the accountant keeps the books, the portal keeps the references.
 */
export function recordStatementEvent(
  facts: StatementFacts,
  event: StatementEvent,
): Decision<StatementFacts, StatementRefusal> {
  if (facts.isCancelled) return refuse({ kind: "call-cancelled" });
  if (facts.isLead || facts.owed === 0) return refuse({ kind: "nothing-owed" });
  switch (event.kind) {
    case "title":
      return recordTitle(facts, event);
    case "deposit":
      return recordDeposit(facts, event);
    case "payment":
      return recordPayment(facts, event);
    default:
      return assertNever(event);
  }
}

type EventOf<Kind extends StatementEvent["kind"]> = Extract<StatementEvent, { readonly kind: Kind }>;

function recordTitle(facts: StatementFacts, event: EventOf<"title">): Decision<StatementFacts, StatementRefusal> {
  const number = event.number.trim();
  if (facts.title !== null) return refuse({ kind: "already-titled" });
  if (number === "") return refuse({ kind: "reference-missing" });
  if (event.date < facts.issuedOn) return refuse({ kind: "date-too-early" });
  return grant({ ...facts, title: { number, date: event.date } });
}

function recordDeposit(facts: StatementFacts, event: EventOf<"deposit">): Decision<StatementFacts, StatementRefusal> {
  const chorusReference = event.chorusReference.trim();
  if (facts.title === null) return refuse({ kind: "title-missing" });
  if (facts.deposit !== null) return refuse({ kind: "already-deposited" });
  if (chorusReference === "") return refuse({ kind: "reference-missing" });
  if (event.date < facts.title.date) return refuse({ kind: "date-too-early" });
  return grant({ ...facts, deposit: { chorusReference, date: event.date } });
}

function recordPayment(facts: StatementFacts, event: EventOf<"payment">): Decision<StatementFacts, StatementRefusal> {
  const reference = event.reference.trim();
  if (facts.title === null) return refuse({ kind: "title-missing" });
  if (reference === "") return refuse({ kind: "reference-missing" });
  if (facts.payments.some((payment) => payment.reference === reference)) {
    return refuse({ kind: "payment-already-recorded" });
  }
  if (event.date < facts.title.date) return refuse({ kind: "date-too-early" });
  if (event.amount < 1) return refuse({ kind: "amount-not-positive" });
  const outstanding = outstandingOf(facts);
  if (event.amount > outstanding) return refuse({ kind: "above-owed", outstanding });
  const payment: Payment = { reference, date: event.date, amount: event.amount };
  return grant({ ...facts, payments: [...facts.payments, payment] });
}

export type VoidRefusal = "call-cancelled" | "already-voided" | "reason-missing" | "entry-carries-others";

/**
 * Voids a recorded title, deposit or payment that was mistyped, by an entry of its own with its reason; the mistyped one stays readable, and the right
 * one is recorded anew. A title on which a deposit or a payment rests is voided after them; those rest on nothing else.
 * @param facts the step is among them, unless it was voided before
 */
export function voidStatementStep(
  facts: StatementFacts,
  step: { readonly kind: StatementEvent["kind"]; readonly isVoided: boolean },
  reason: string,
): Decision<{ readonly reason: string }, VoidRefusal> {
  if (facts.isCancelled) return refuse("call-cancelled");
  if (step.isVoided) return refuse("already-voided");
  if (step.kind === "title" && (facts.deposit !== null || facts.payments.length > 0)) {
    return refuse("entry-carries-others");
  }
  return reason.trim() === "" ? refuse("reason-missing") : grant({ reason: reason.trim() });
}

/** The act that cancels a call; the call itself stays as issued. */
export type Cancellation = { readonly reason: string; readonly cancelledOn: PlainDate };

export type CancelCallRefusal = "already-cancelled" | "reason-missing" | "date-too-early" | "complementary-call-stands";

/** What the lead and its accountant have to undo outside of the portal once a call is cancelled. */
export type CancellationEffect = {
  readonly cancellation: Cancellation;
  readonly titlesToCancel: readonly { readonly memberId: OrganizationId; readonly number: string }[];
  readonly paymentsToReturn: readonly { readonly memberId: OrganizationId; readonly amount: Cents }[];
};

/**
 * Cancels a whole call by a recorded act with its reason; nothing is deleted, and its invoices may be called again.
 * An annual call stays while a complementary call that rests on its weights stands.
 */
export function cancelCall(
  call: {
    readonly kind: "annual" | "complementary";
    readonly issuedOn: PlainDate;
    readonly cancellation: Cancellation | null;
    readonly hasStandingComplementaryCall: boolean;
    readonly statements: readonly (StatementFacts & { readonly memberId: OrganizationId })[];
  },
  act: Cancellation,
): Decision<CancellationEffect, CancelCallRefusal> {
  const reason = act.reason.trim();
  if (call.cancellation !== null) return refuse("already-cancelled");
  if (reason === "") return refuse("reason-missing");
  if (act.cancelledOn < call.issuedOn) return refuse("date-too-early");
  if (call.kind === "annual" && call.hasStandingComplementaryCall) return refuse("complementary-call-stands");
  return grant({
    cancellation: { reason, cancelledOn: act.cancelledOn },
    titlesToCancel: call.statements.flatMap(({ memberId, title }) =>
      title === null ? [] : [{ memberId, number: title.number }],
    ),
    paymentsToReturn: call.statements.flatMap((statement) => {
      const amount = paidOf(statement);
      return amount === 0 ? [] : [{ memberId: statement.memberId, amount }];
    }),
  });
}

/** Is a reminder due: something is outstanding `afterDays` days or more after the title, or after the issue while there is no title? */
export function isReminderDue(
  facts: StatementFacts,
  { today, afterDays }: { readonly today: PlainDate; readonly afterDays: number },
): boolean {
  return outstandingOf(facts) > 0 && daysBetween(facts.title?.date ?? facts.issuedOn, today) >= afterDays;
}
