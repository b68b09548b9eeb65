import { detailShares } from "~/domain/apportionment/controlled-rounding";
import { debtorOf } from "~/domain/funding-call/debtor";
import { issueFundingCall, type CallRefusal, type FormerCall, type TitleMinimum } from "~/domain/funding-call/issue";
import type { CalledInvoice, CallMember, CallSnapshot } from "~/domain/funding-call/snapshot";
import type { ExpenseId, NetworkId, OrganizationId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { chooseReferenceDate, type ReferenceDateRefusal } from "~/domain/population/reference-date";
import { canonicalJson } from "~/domain/register/canonical";
import type { Db, Trx } from "~/services/db.server";
import { loadDossiers } from "~/services/expense-record.server";
import { sha256Hex } from "~/services/tokens.server";
import { isIntact } from "~/services/uploads.server";
import { findChoice, type ChoiceInForce } from "./choices.server";
import { weighNetwork, type WeightObstacle } from "./weights.server";

/** Read in the general rules on local revenue, and to be confirmed by the accountant: it flags a share, it blocks nothing. */
export const TITLE_MINIMUM: TitleMinimum = { amount: toCents(1500), standing: "to-verify" };

export type CallObstacle =
  | { readonly source: "call"; readonly refusal: CallRefusal }
  | { readonly source: "weights"; readonly obstacle: WeightObstacle }
  | { readonly source: "date"; readonly refusal: ReferenceDateRefusal };

export type CallDraft = {
  readonly year: number;
  /** Calls of the year issued so far, cancelled ones among them. */
  readonly callCount: number;
  readonly kind: "annual" | "complementary";
  /** Paid and uncalled, taken into this call. */
  readonly taken: readonly CalledInvoice[];
  /** Paid and uncalled, left for another call. */
  readonly left: readonly CalledInvoice[];
  /** Without a recorded payment yet. */
  readonly unpaid: readonly CalledInvoice[];
  readonly obstacles: readonly CallObstacle[];
  /** Exactly what would be frozen; null while something stands in the way. */
  readonly snapshot: CallSnapshot | null;
  /** Of what would be frozen: a call is issued only as it was shown. */
  readonly fingerprint: string | null;
};

export type DraftRequest = {
  readonly callId: string;
  readonly year: number;
  readonly leftIds: readonly string[];
  readonly issuedOn: PlainDate;
  /** Fingerprints of the proofs whose files were found intact. */
  readonly intact: ReadonlySet<string>;
};

/** The call of a year as it would be issued, or everything that stands in its way. */
export async function draftCall(db: Db | Trx, networkId: NetworkId, request: DraftRequest): Promise<CallDraft> {
  const { year, issuedOn, leftIds } = request;
  const network = await db
    .selectFrom("network")
    .select(["name", "leadOrganizationId"])
    .where("id", "=", networkId)
    .executeTakeFirstOrThrow();
  const leadId = network.leadOrganizationId as OrganizationId;
  const stored = await listStoredCalls(db, networkId, year);
  const annual = stored.find(({ snapshot, isCancelled }) => snapshot.call.kind === "annual" && !isCancelled) ?? null;
  const kind = annual === null ? "annual" : "complementary";
  const invoices = await listInvoices(db, networkId, year);
  const called = new Set(await listCalledInvoiceIds(db, networkId));
  const open = invoices.filter(({ id }) => !called.has(id));
  const paid = open.filter(({ mandate }) => mandate !== null);
  const taken = paid.filter(({ id }) => !leftIds.includes(id));
  const day = await findAnnualDay(db, networkId, year);
  const obstacles: CallObstacle[] = [];
  const inForce = await findChoice(db, networkId, issuedOn);
  const { choice, basis } = annual ? { choice: annual.snapshot.choice, basis: annual.snapshot.choiceBasis } : inForce;
  const members = annual ? annual.snapshot.members : [];
  let weighed: (Weighed & { readonly weights: CallSnapshot["call"]["weights"] }) | null = annual
    ? { members, weights: annual.snapshot.call.weights, population: annual.snapshot.population }
    : null;
  if (weighed === null) {
    const reference = chooseReferenceDate(choice.referenceDate, {
      ...{ expenses: taken.map(({ datedOn }) => datedOn), annualDay: day?.heldOn ?? null, call: issuedOn },
    });
    if (!reference.ok) obstacles.push({ source: "date", refusal: reference.refusal });
    else {
      const network = await weighNetwork(db, networkId, { choice, referenceDate: reference.value });
      if (network.ok) weighed = network.value;
      else obstacles.push(...network.refusal.map((obstacle) => ({ source: "weights", obstacle }) as const));
    }
  }
  const issued = issueFundingCall({
    ...{ id: request.callId, year, kind, issuedOn, leadId, titleMinimum: TITLE_MINIMUM },
    annualDay: day && { closedOn: day.closedOn },
    weights: weighed?.weights ?? [{ id: leadId, weight: 1 }],
    invoices: taken.map((invoice) => ({
      ...{ id: invoice.id, expenseId: invoice.expenseId as ExpenseId, amount: invoice.amount },
      ...{ decisionNumber: invoice.decisionNumber, mandate: invoice.mandate },
      isProofIntact: invoice.proof === null || request.intact.has(invoice.proof.sha256),
    })),
    formerCalls: stored.map(toFormerCall),
  });
  if (!issued.ok) obstacles.push(...issued.refusal.map((refusal) => ({ source: "call", refusal }) as const));
  const snapshot =
    obstacles.length > 0 || !issued.ok || weighed === null
      ? null
      : composeSnapshot(network.name, issued.value, weighed, { choice, choiceBasis: basis, inForce, day, taken });
  return {
    ...{ year, callCount: stored.length, kind, taken, obstacles, snapshot },
    left: paid.filter(({ id }) => leftIds.includes(id)),
    unpaid: open.filter(({ mandate }) => mandate === null),
    fingerprint: snapshot && fingerprintOf(snapshot),
  };
}

type Weighed = Pick<CallSnapshot, "population"> & { readonly members: readonly Omit<CallMember, "debtor">[] };
type Day = NonNullable<Awaited<ReturnType<typeof findAnnualDay>>>;

function composeSnapshot(
  networkName: string,
  call: CallSnapshot["call"],
  { members, population }: Weighed,
  rest: Pick<CallSnapshot, "choice" | "choiceBasis"> & {
    readonly inForce: ChoiceInForce;
    readonly day: Day | null;
    readonly taken: readonly CalledInvoice[];
  },
): CallSnapshot {
  const { choice, choiceBasis, inForce, day, taken } = rest;
  const chosen = new Map(inForce.choice.members.map((member) => [member.organizationId, member]));
  const annualDay =
    day === null || day.closedOn === null || day.heldOn === null
      ? null
      : { title: day.title, heldOn: day.heldOn, closedOn: day.closedOn };
  return {
    ...{ networkName, call, choice, choiceBasis, debtorBasis: inForce.basis, annualDay, population },
    members: members.map(({ organizationId, name, siret, communeCode }) => ({
      ...{ organizationId, name, siret, communeCode },
      debtor: debtorOf({ name, siret }, chosen.get(organizationId)),
    })),
    invoices: taken,
  };
}

/** What a person reads before issuing: weights, invoices with what stands behind them, shares. The day of issue is not part of it. */
function fingerprintOf({ call, choice, invoices, members, population }: CallSnapshot): string {
  return sha256Hex(
    canonicalJson({
      kind: call.kind,
      choice,
      vintage: population?.dataset.sha256 ?? null,
      weights: call.weights.map(({ id, weight }) => [id, weight]),
      shares: call.statements.map(({ memberId, share }) => [memberId, share]),
      debtors: members.map(({ organizationId, debtor }) => [organizationId, debtor.kind, debtor.siret]),
      invoices: invoices.map(({ id, amount, mandate, decisionNumber }) => [id, amount, mandate, decisionNumber]),
    }),
  );
}

export type StoredCall = {
  readonly id: string;
  readonly year: number;
  readonly rank: number;
  readonly snapshot: CallSnapshot;
  readonly isCancelled: boolean;
  readonly issuedAt: string;
  readonly issuedBy: string;
};

/** The calls of a network, or of one of its years, by year and rank. */
export async function listStoredCalls(
  db: Db | Trx,
  networkId: NetworkId,
  year: number | null,
): Promise<readonly StoredCall[]> {
  const every = db
    .selectFrom("fundingCall")
    .innerJoin("person", "person.id", "fundingCall.issuedBy")
    .leftJoin("fundingCallEvent as cancellation", (join) =>
      join.onRef("cancellation.callId", "=", "fundingCall.id").on("cancellation.kind", "=", "cancelled"),
    )
    .select(["fundingCall.id", "fundingCall.year", "fundingCall.rank", "fundingCall.snapshot", "fundingCall.issuedAt"])
    .select(["person.displayName", "cancellation.id as cancelledBy"])
    .where("fundingCall.networkId", "=", networkId)
    .orderBy("fundingCall.year")
    .orderBy("fundingCall.rank");
  const rows = await (year === null ? every : every.where("fundingCall.year", "=", year)).execute();
  return rows.map((row) => ({
    ...{ id: row.id, year: row.year, rank: row.rank, issuedAt: row.issuedAt, issuedBy: row.displayName },
    snapshot: JSON.parse(row.snapshot) as CallSnapshot,
    isCancelled: row.cancelledBy !== null,
  }));
}

function toFormerCall({ id, snapshot, isCancelled }: StoredCall): FormerCall {
  return {
    id,
    kind: snapshot.call.kind,
    weights: snapshot.call.weights,
    invoices: snapshot.call.invoices,
    isCancelled,
  };
}

/** Invoices that a standing call of any year holds. */
async function listCalledInvoiceIds(db: Db | Trx, networkId: NetworkId): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("fundingCallExpense")
    .select("invoiceId")
    .where("networkId", "=", networkId)
    .where("callId", "not in", (inner) =>
      inner
        .selectFrom("fundingCallEvent")
        .select("callId")
        .where("networkId", "=", networkId)
        .where("kind", "=", "cancelled"),
    )
    .execute();
  return rows.map(({ invoiceId }) => invoiceId);
}

/** The annual day of a year as the calls see it. */
export async function findAnnualDay(db: Db | Trx, networkId: NetworkId, year: number) {
  const row = await db
    .selectFrom("networkEvent")
    .select(["title", "heldOn", "closedAt"])
    .where("networkId", "=", networkId)
    .where("kind", "=", "annual-day")
    .where("year", "=", year)
    .executeTakeFirst();
  if (!row) return null;
  return {
    title: row.title,
    heldOn: row.heldOn as PlainDate | null,
    closedOn: row.closedAt === null ? null : dateOf(parisLocalAt(new Date(row.closedAt))),
  };
}

/** The invoices dated up to the end of a year, with their decision, payment and proof, the oldest first. */
async function listInvoices(db: Db | Trx, networkId: NetworkId, year: number): Promise<readonly CalledInvoice[]> {
  const rows = await db
    .selectFrom("invoice")
    .innerJoin("expense", "expense.id", "invoice.expenseId")
    .leftJoin("invoicePayment", "invoicePayment.invoiceId", "invoice.id")
    .leftJoin("document", "document.id", "invoice.documentId")
    .select(["invoice.id", "invoice.expenseId", "invoice.supplier", "invoice.number", "invoice.datedOn"])
    .select(["invoice.amountCents", "expense.object", "expense.withdrawnAt"])
    .select(["invoicePayment.warrantReference", "invoicePayment.paidOn"])
    .select(["document.id as documentId", "document.fileName", "document.sha256"])
    .where("invoice.networkId", "=", networkId)
    .where("invoice.datedOn", "<=", `${year}-12-31`)
    .orderBy("invoice.datedOn")
    .orderBy("invoice.id")
    .execute();
  const expenses = new Map(rows.map(({ expenseId, withdrawnAt }) => [expenseId, { id: expenseId, withdrawnAt }]));
  const dossiers = await loadDossiers(db, networkId, [...expenses.values()]);
  return rows.map((row): CalledInvoice => {
    const validation = dossiers.get(row.expenseId)?.validation ?? null;
    const { documentId, fileName, sha256 } = row;
    return {
      ...{ id: row.id, expenseId: row.expenseId, object: row.object, supplier: row.supplier, number: row.number },
      ...{ datedOn: row.datedOn as PlainDate, amount: toCents(row.amountCents) },
      decisionNumber: validation?.decisionNumber ?? null,
      decidedOn: validation?.decidedOn ?? null,
      mandate: row.warrantReference,
      paidOn: row.paidOn as PlainDate | null,
      proof: documentId === null || fileName === null || sha256 === null ? null : { documentId, fileName, sha256 },
    };
  });
}

/** Fingerprints of the invoices' proofs whose files are still what they were. Read before any transaction: files are slow. */
export async function listIntactProofs(
  db: Db,
  networkId: NetworkId,
  year: number,
  folder?: string,
): Promise<ReadonlySet<string>> {
  const proofs = new Set((await listInvoices(db, networkId, year)).flatMap(({ proof }) => proof?.sha256 ?? []));
  const intact = new Set<string>();
  for (const sha256 of proofs) if (await isIntact(sha256, folder)) intact.add(sha256);
  return intact;
}

/** The years that have something to call, and the current one; the latest first. */
export async function listCallYears(db: Db, networkId: NetworkId, today: PlainDate): Promise<readonly number[]> {
  const days = await db
    .selectFrom("networkEvent")
    .select("year")
    .where("networkId", "=", networkId)
    .where("kind", "=", "annual-day")
    .execute();
  return [...new Set([yearOf(today), ...days.map(({ year }) => year)])].sort((one, other) => other - one);
}

/** The detail by expense, recomputed from what was frozen: equal to what the call holds, or the call was altered. */
export function recomputeDetail({ call }: CallSnapshot) {
  const sums = new Map<ExpenseId, number>();
  for (const { expenseId, amount } of call.invoices) sums.set(expenseId, (sums.get(expenseId) ?? 0) + amount);
  return detailShares(
    [...sums].map(([id, amount]) => ({ id, amount: toCents(amount) })),
    call.weights,
  );
}
