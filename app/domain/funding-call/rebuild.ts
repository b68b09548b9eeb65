import type { ActKind } from "../register/act-kinds";
import type { JsonValue } from "../register/canonical";

/** What the register says of a year's calls, and what the tables say: the two must be equal. Cents throughout. */
export type FundingYear = {
  readonly calls: readonly {
    readonly id: string;
    readonly rank: number;
    readonly kind: string;
    readonly totalCents: number;
    readonly isCancelled: boolean;
    readonly invoiceIds: readonly string[];
    readonly shares: readonly YearShare[];
  }[];
};

export type YearShare = {
  readonly organizationId: string;
  readonly weight: number;
  readonly cents: number;
  readonly isLead: boolean;
  readonly paidCents: number;
  readonly titleNumber: string | null;
};

type Act = { readonly kind: ActKind; readonly payload: JsonValue };
type Fields = Readonly<Record<string, JsonValue>>;

/**
 * The annual state of a year's calls from the acts of the register alone, in the order in which they were sealed. Calls by rank, members and
 * invoices in ascending id. @throws Error when an act does not hold what such an act holds: the register was written by something else
 */
export function rebuildYear(acts: readonly Act[], year: number): FundingYear {
  const calls = new Map<string, FundingYear["calls"][number]>();
  for (const { kind, payload } of acts) {
    const act = fieldsOf(payload);
    if (kind === "funding-call-issued" && act["year"] === year) {
      calls.set(textOf(act, "callId"), readCall(act));
      continue;
    }
    if (kind !== "funding-call-cancelled" && kind !== "statement-followed" && kind !== "statement-step-voided")
      continue;
    const call = calls.get(textOf(act, "callId"));
    if (call === undefined) continue;
    if (kind === "funding-call-cancelled") calls.set(call.id, { ...call, isCancelled: true });
    else calls.set(call.id, follow(call, act, kind === "statement-step-voided"));
  }
  return { calls: [...calls.values()].sort((one, other) => one.rank - other.rank) };
}

function readCall(act: Fields): FundingYear["calls"][number] {
  return {
    id: textOf(act, "callId"),
    rank: numberOf(act, "rank"),
    kind: textOf(act, "kind"),
    totalCents: numberOf(act, "totalCents"),
    isCancelled: false,
    invoiceIds: listOf(act, "invoices")
      .map((invoice) => textOf(invoice, "id"))
      .sort(),
    shares: listOf(act, "shares")
      .map((share) => ({
        organizationId: textOf(share, "organizationId"),
        weight: numberOf(share, "weight"),
        cents: numberOf(share, "cents"),
        isLead: share["isLead"] === true,
        paidCents: 0,
        titleNumber: null,
      }))
      .sort((one, other) => (one.organizationId < other.organizationId ? -1 : 1)),
  };
}

function follow(call: FundingYear["calls"][number], act: Fields, isVoided: boolean): FundingYear["calls"][number] {
  const organizationId = textOf(act, "organizationId");
  const step = textOf(act, "step");
  return {
    ...call,
    shares: call.shares.map((share) => {
      if (share.organizationId !== organizationId) return share;
      if (step === "title") return { ...share, titleNumber: isVoided ? null : textOf(act, "reference") };
      if (step !== "payment") return share;
      const amount = numberOf(act, "amountCents");
      return { ...share, paidCents: share.paidCents + (isVoided ? -amount : amount) };
    }),
  };
}

function fieldsOf(value: JsonValue | undefined): Fields {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("Not the content of an act");
  return value as Fields;
}

function listOf(act: Fields, name: string): readonly Fields[] {
  const value = act[name];
  if (!Array.isArray(value)) throw new Error(`No list ${name} in the act`);
  return (value as readonly JsonValue[]).map(fieldsOf);
}

function textOf(act: Fields, name: string): string {
  const value = act[name];
  if (typeof value !== "string") throw new Error(`No text ${name} in the act`);
  return value;
}

function numberOf(act: Fields, name: string): number {
  const value = act[name];
  if (typeof value !== "number") throw new Error(`No number ${name} in the act`);
  return value;
}
