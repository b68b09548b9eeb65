import { detailShares, type DetailTable } from "../apportionment/controlled-rounding";
import { byId, checkWeights, type Weighted, type WeightRefusal } from "../apportionment/split-by-weight";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { ExpenseId, OrganizationId } from "../kernel/ids";
import { sumCents, toCents, ZERO_CENTS, type Cents } from "../kernel/money";
import type { PlainDate } from "../kernel/plain-date";

/** An invoice that the lead advanced, with what stands behind it. */
export type CallableInvoice = {
  readonly id: string;
  readonly expenseId: ExpenseId;
  /** The committee's decision, « 2026-0012 » in the register. */
  readonly decisionNumber: string | null;
  readonly amount: Cents;
  /** Reference of the payment by the lead; null until it is recorded. */
  readonly mandate: string | null;
  /** Is the file of the invoice still there, with the fingerprint recorded for it? */
  readonly isProofIntact: boolean;
};

/** The amount under which the lead may not bother to claim: shown beside a share, it blocks nothing. */
export type TitleMinimum = {
  readonly amount: Cents;
  /** Has the accountant confirmed it? Until then it is shown as « à vérifier », never as the law. */
  readonly standing: "to-verify" | "verified";
};

export type Statement = {
  readonly memberId: OrganizationId;
  readonly share: Cents;
  /** What is claimed: the share, or nothing from the lead, which keeps its own. */
  readonly owed: Cents;
  readonly isLead: boolean;
  readonly isUnderTitleMinimum: boolean;
};

/** Everything as it was on the day of issue: no later census, invoice or rule changes it. */
export type FundingCall = {
  readonly id: string;
  readonly year: number;
  readonly kind: "annual" | "complementary";
  readonly issuedOn: PlainDate;
  readonly leadId: OrganizationId;
  readonly weights: readonly Weighted<OrganizationId>[];
  readonly invoices: readonly CallableInvoice[];
  readonly total: Cents;
  /** The total without the share of the lead. */
  readonly claimed: Cents;
  readonly statements: readonly Statement[];
  /** Each share by expense; rows and columns are exact. */
  readonly detail: DetailTable<ExpenseId, OrganizationId>;
  readonly titleMinimum: TitleMinimum;
};

/** A call of the same year, issued before. */
export type FormerCall = Pick<FundingCall, "id" | "kind" | "weights" | "invoices"> & { readonly isCancelled: boolean };

export type CallRequest = {
  readonly id: string;
  readonly year: number;
  readonly kind: "annual" | "complementary";
  readonly issuedOn: PlainDate;
  readonly annualDay: { readonly closedOn: PlainDate | null } | null;
  readonly leadId: OrganizationId;
  readonly weights: readonly Weighted<OrganizationId>[];
  readonly invoices: readonly CallableInvoice[];
  readonly formerCalls: readonly FormerCall[];
  readonly titleMinimum: TitleMinimum;
};

export type CallRefusal =
  | { readonly kind: "annual-day-missing" | "annual-day-open" | "annual-call-missing" }
  | { readonly kind: "annual-call-exists"; readonly callId: string }
  | { readonly kind: "nothing-to-call" | "total-not-positive" | "total-too-large" | "lead-not-a-member" }
  | { readonly kind: "weights-faulty"; readonly faults: readonly WeightRefusal[] }
  /** A complementary call keeps the weights that the annual call froze. */
  | { readonly kind: "weights-differ-from-annual-call"; readonly callId: string }
  | {
      readonly kind: "invoice-not-validated" | "invoice-not-paid" | "invoice-given-twice" | "proof-missing";
      readonly invoiceId: string;
    }
  | { readonly kind: "invoice-already-called"; readonly invoiceId: string; readonly callId: string };

/**
 * Issues a call for funds (« appel à régularisation »): refuses with everything that stands in the way, or freezes weights, invoices, shares and detail.
 * One annual call a year, once the annual day is closed; what is invoiced later goes to complementary calls, split on their own with the same weights.
 * Only invoices that the committee's decision covers, that the lead has paid and whose file is intact; none twice, unless its call was cancelled.
 * The lead keeps its own share. A share under the minimum for a « titre » is flagged, not blocked.
 * Source: Convention, art. 4.2.1 (« centralise les factures et appelle à régularisation » after the annual day).
 */
export function issueFundingCall(request: CallRequest): Decision<FundingCall, readonly CallRefusal[]> {
  const weights = checkWeights(request.weights);
  const refusals = [
    ...findCalendarFaults(request),
    ...findInvoiceFaults(request),
    ...(weights.ok ? findMemberFaults(request) : [{ kind: "weights-faulty", faults: weights.refusal } as const]),
  ];
  if (refusals.length > 0) return refuse(refusals);
  const { id, year, kind, issuedOn, leadId, titleMinimum } = request;
  const detail = detailShares(sumByExpense(request.invoices), request.weights);
  const statements = detail.annual.shares.map(({ id: memberId, cents }): Statement => {
    const isLead = memberId === leadId;
    const owed = isLead ? ZERO_CENTS : cents;
    return {
      ...{ memberId, share: cents, owed, isLead },
      isUnderTitleMinimum: owed > 0 && owed < titleMinimum.amount,
    };
  });
  return grant({
    ...{ id, year, kind, issuedOn, leadId, titleMinimum, statements, detail },
    weights: [...request.weights].sort(byId),
    invoices: [...request.invoices].sort(byId),
    total: detail.annual.totalCents,
    claimed: sumCents(statements.map(({ owed }) => owed)),
  });
}

function findCalendarFaults({ kind, annualDay, issuedOn, formerCalls }: CallRequest): readonly CallRefusal[] {
  const faults: CallRefusal[] = [];
  if (annualDay === null) faults.push({ kind: "annual-day-missing" });
  else if (annualDay.closedOn === null || annualDay.closedOn > issuedOn) faults.push({ kind: "annual-day-open" });
  const annual = findAnnualCall(formerCalls);
  if (kind === "annual" && annual !== null) faults.push({ kind: "annual-call-exists", callId: annual.id });
  if (kind === "complementary" && annual === null) faults.push({ kind: "annual-call-missing" });
  return faults;
}

function findAnnualCall(formerCalls: readonly FormerCall[]): FormerCall | null {
  return formerCalls.find((call) => call.kind === "annual" && !call.isCancelled) ?? null;
}

function findInvoiceFaults({ invoices, formerCalls }: CallRequest): readonly CallRefusal[] {
  if (invoices.length === 0) return [{ kind: "nothing-to-call" }];
  const faults: CallRefusal[] = [];
  const calledBy = indexCalled(formerCalls);
  const seen = new Set<string>();
  let total = 0n;
  for (const { id, amount, decisionNumber, mandate, isProofIntact } of invoices) {
    if (seen.has(id)) faults.push({ kind: "invoice-given-twice", invoiceId: id });
    seen.add(id);
    const callId = calledBy.get(id);
    if (callId !== undefined) faults.push({ kind: "invoice-already-called", invoiceId: id, callId });
    if ((decisionNumber ?? "").trim() === "") faults.push({ kind: "invoice-not-validated", invoiceId: id });
    if ((mandate ?? "").trim() === "") faults.push({ kind: "invoice-not-paid", invoiceId: id });
    if (!isProofIntact) faults.push({ kind: "proof-missing", invoiceId: id });
    total += BigInt(amount);
  }
  if (total < 1n) faults.push({ kind: "total-not-positive" });
  if (total > 100_000_000_000n) faults.push({ kind: "total-too-large" });
  return faults;
}

function findMemberFaults({ kind, leadId, weights, formerCalls }: CallRequest): readonly CallRefusal[] {
  if (!weights.some(({ id }) => id === leadId)) return [{ kind: "lead-not-a-member" }];
  const annual = findAnnualCall(formerCalls);
  if (kind === "annual" || annual === null || areSameWeights(weights, annual.weights)) return [];
  return [{ kind: "weights-differ-from-annual-call", callId: annual.id }];
}

function areSameWeights(one: readonly Weighted[], other: readonly Weighted[]): boolean {
  const frozen = new Map(other.map(({ id, weight }) => [id, weight]));
  return one.length === other.length && one.every(({ id, weight }) => frozen.get(id) === weight);
}

function indexCalled(formerCalls: readonly FormerCall[]): ReadonlyMap<string, string> {
  const standing = formerCalls.filter(({ isCancelled }) => !isCancelled);
  return new Map(standing.flatMap((call) => call.invoices.map(({ id }) => [id, call.id] as const)));
}

function sumByExpense(
  invoices: readonly CallableInvoice[],
): readonly { readonly id: ExpenseId; readonly amount: Cents }[] {
  const sums = new Map<ExpenseId, number>();
  for (const { expenseId, amount } of invoices) sums.set(expenseId, (sums.get(expenseId) ?? 0) + amount);
  return [...sums].map(([id, amount]) => ({ id, amount: toCents(amount) }));
}

/** Paid invoices that no standing call holds: after the annual call, they are for a complementary one. */
export function listUncalledInvoices(
  invoices: readonly CallableInvoice[],
  formerCalls: readonly FormerCall[],
): readonly CallableInvoice[] {
  const called = indexCalled(formerCalls);
  return invoices.filter(({ id, mandate }) => mandate !== null && !called.has(id));
}
