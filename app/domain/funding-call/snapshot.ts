import type { ApportionmentChoice } from "../apportionment/choice";
import type { OrganizationId } from "../kernel/ids";
import type { Cents } from "../kernel/money";
import type { PlainDate } from "../kernel/plain-date";
import type { PopulationKind } from "../population/population";
import type { Debtor } from "./debtor";
import type { FundingCall, Statement } from "./issue";

/** Everything that a call rests on, as it was on the day of issue. */
export type CallSnapshot = {
  readonly networkName: string;
  readonly call: FundingCall;
  /** In the order of their seats. */
  readonly members: readonly CallMember[];
  readonly choice: ApportionmentChoice;
  /** Null: nothing was decided, the default applies. */
  readonly choiceBasis: ChoiceBasis | null;
  /** What the debtors rest on: the choice in force on the day of issue, of a complementary call too. Null: the default. */
  readonly debtorBasis: ChoiceBasis | null;
  /** Null when the key reads no population, or under a complementary call, which keeps the weights of the annual one. */
  readonly population: PopulationTable | null;
  readonly annualDay: { readonly title: string; readonly heldOn: PlainDate; readonly closedOn: PlainDate } | null;
  readonly invoices: readonly CalledInvoice[];
};

/** The statements in the order of the seats, as people read them everywhere; the ties of the split stay with the identifiers. */
export function statementsBySeat({ call, members }: Pick<CallSnapshot, "call" | "members">): readonly Statement[] {
  const ofMember = new Map(call.statements.map((statement) => [statement.memberId, statement]));
  return members.flatMap(({ organizationId }) => ofMember.get(organizationId) ?? []);
}

export type ChoiceBasis = {
  readonly effectiveFrom: PlainDate;
  /** « 2026-12 », or null when the choice rests on no vote. */
  readonly decisionNumber: string | null;
};

export type CallMember = {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly siret: string | null;
  readonly communeCode: string | null;
  readonly debtor: Debtor;
};

export type PopulationTable = {
  readonly kind: PopulationKind;
  readonly vintage: number;
  readonly inForceOn: PlainDate;
  readonly referenceDate: PlainDate;
  readonly dataset: {
    readonly producer: string;
    readonly title: string;
    readonly address: string;
    readonly licence: string;
    readonly retrievedOn: PlainDate;
    readonly sha256: string;
  };
  readonly figures: readonly {
    readonly organizationId: OrganizationId;
    /** The commune of the vintage: another than the member's own when it merged. */
    readonly communeCode: string;
    readonly inhabitants: number;
  }[];
};

export type CalledInvoice = {
  readonly id: string;
  readonly expenseId: string;
  readonly object: string;
  readonly supplier: string;
  readonly number: string;
  readonly datedOn: PlainDate;
  readonly amount: Cents;
  readonly decisionNumber: string | null;
  readonly decidedOn: PlainDate | null;
  readonly mandate: string | null;
  readonly paidOn: PlainDate | null;
  readonly proof: { readonly documentId: string; readonly fileName: string; readonly sha256: string } | null;
};
