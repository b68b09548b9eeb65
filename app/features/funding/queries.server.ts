import {
  statementStatus,
  type Cancellation,
  type StatementFacts,
  type StatementStatus,
} from "~/domain/funding-call/lifecycle";
import type { FundingYear } from "~/domain/funding-call/rebuild";
import type { CallMember, CallSnapshot } from "~/domain/funding-call/snapshot";
import type { Statement } from "~/domain/funding-call/issue";
import type { NetworkId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "~/services/db.server";

export type CallEvent = {
  readonly id: string;
  readonly organizationId: string | null;
  readonly kind: string;
  readonly on: PlainDate;
  readonly reference: string;
  readonly amountCents: number | null;
  readonly note: string;
  readonly recordedBy: string;
  /** The entry that voids this one, mistyped; what is voided counts for nothing and stays readable. */
  readonly voidedBy: { readonly on: PlainDate; readonly recordedBy: string; readonly reason: string } | null;
};

export type FollowedStatement = Statement & {
  readonly member: CallMember;
  readonly facts: StatementFacts;
  readonly status: StatementStatus;
};

export type CallRecord = {
  readonly id: string;
  readonly year: number;
  readonly rank: number;
  readonly issuedBy: string;
  readonly issuedAt: string;
  readonly snapshot: CallSnapshot;
  readonly cancellation: (Cancellation & { readonly recordedBy: string }) | null;
  readonly statements: readonly FollowedStatement[];
  readonly events: readonly CallEvent[];
};

/** A call as issued, with what was recorded since. */
export async function findCall(db: Db | Trx, networkId: NetworkId, callId: string): Promise<CallRecord | null> {
  return (await loadCalls(db, networkId, { callId }))[0] ?? null;
}

/** Every call of a network, the latest first. */
export async function listCalls(db: Db, networkId: NetworkId): Promise<readonly CallRecord[]> {
  return [...(await loadCalls(db, networkId, {}))].reverse();
}

async function loadCalls(
  db: Db | Trx,
  networkId: NetworkId,
  { callId }: { readonly callId?: string },
): Promise<readonly CallRecord[]> {
  const every = db
    .selectFrom("fundingCall")
    .innerJoin("person", "person.id", "fundingCall.issuedBy")
    .selectAll("fundingCall")
    .select("person.displayName")
    .where("fundingCall.networkId", "=", networkId)
    .orderBy("fundingCall.year")
    .orderBy("fundingCall.rank");
  const rows = await (callId === undefined ? every : every.where("fundingCall.id", "=", callId)).execute();
  const events = await db
    .selectFrom("fundingCallEvent")
    .innerJoin("person", "person.id", "fundingCallEvent.recordedBy")
    .selectAll("fundingCallEvent")
    .select("person.displayName")
    .where("fundingCallEvent.networkId", "=", networkId)
    .where(
      "fundingCallEvent.callId",
      "in",
      rows.map(({ id }) => id),
    )
    .orderBy("fundingCallEvent.createdAt")
    .orderBy("fundingCallEvent.id")
    .execute();
  const voidings = new Map(
    events.flatMap(({ cancelsId, onDate, displayName, note }) =>
      cancelsId === null ? [] : [[cancelsId, { on: onDate as PlainDate, recordedBy: displayName, reason: note }]],
    ),
  );
  return rows.map((row): CallRecord => {
    const own = events
      .filter((event) => event.callId === row.id)
      .map((event) => ({
        ...{ id: event.id, organizationId: event.organizationId, kind: event.kind, on: event.onDate as PlainDate },
        ...{ reference: event.reference, amountCents: event.amountCents, note: event.note },
        ...{ recordedBy: event.displayName, voidedBy: voidings.get(event.id) ?? null },
      }));
    const snapshot = JSON.parse(row.snapshot) as CallSnapshot;
    const cancelled = own.find(({ kind }) => kind === "cancelled") ?? null;
    return {
      ...{ id: row.id, year: row.year, rank: row.rank, issuedBy: row.displayName, issuedAt: row.issuedAt },
      ...{ snapshot, events: own },
      cancellation: cancelled && {
        ...{ reason: cancelled.note, cancelledOn: cancelled.on, recordedBy: cancelled.recordedBy },
      },
      statements: followStatements(snapshot, own, cancelled !== null),
    };
  });
}

function followStatements(
  { call, members }: CallSnapshot,
  events: readonly CallEvent[],
  isCancelled: boolean,
): readonly FollowedStatement[] {
  const statementOf = new Map(call.statements.map((statement) => [statement.memberId, statement]));
  const eventsOf = new Map<string, CallEvent[]>();
  for (const event of events) {
    if (event.organizationId === null) continue;
    eventsOf.set(event.organizationId, [...(eventsOf.get(event.organizationId) ?? []), event]);
  }
  return members.flatMap((member) => {
    const statement = statementOf.get(member.organizationId);
    if (!statement) return [];
    const own = (eventsOf.get(statement.memberId) ?? []).filter(({ voidedBy }) => voidedBy === null);
    const [title, deposit] = ["title", "deposit"].map((kind) => own.find((event) => event.kind === kind) ?? null);
    const facts: StatementFacts = {
      ...{ owed: statement.owed, isLead: statement.isLead, issuedOn: call.issuedOn, isCancelled },
      title: title ? { number: title.reference, date: title.on } : null,
      deposit: deposit ? { chorusReference: deposit.reference, date: deposit.on } : null,
      payments: own
        .filter(({ kind }) => kind === "payment")
        .map(({ reference, on, amountCents }) => ({ reference, date: on, amount: toCents(amountCents ?? 0) })),
    };
    return [{ ...statement, member, facts, status: statementStatus(facts) }];
  });
}

/** The state of a year's calls as the tables hold it, in the shape that the register alone gives. */
export async function readYear(db: Db, networkId: NetworkId, year: number): Promise<FundingYear> {
  const calls = await db
    .selectFrom("fundingCall")
    .select(["id", "rank", "kind", "totalCents"])
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .orderBy("rank")
    .execute();
  const ids = calls.map(({ id }) => id);
  const shares = await db
    .selectFrom("fundingCallShare")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("callId", "in", ids)
    .orderBy("organizationId")
    .execute();
  const invoices = await db
    .selectFrom("fundingCallExpense")
    .select(["callId", "invoiceId"])
    .where("networkId", "=", networkId)
    .where("callId", "in", ids)
    .orderBy("invoiceId")
    .execute();
  const events = await db
    .selectFrom("fundingCallEvent")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("callId", "in", ids)
    .execute();
  const voided = new Set(events.map(({ cancelsId }) => cancelsId));
  return {
    calls: calls.map((call) => ({
      ...call,
      isCancelled: events.some(({ callId, kind }) => callId === call.id && kind === "cancelled"),
      invoiceIds: invoices.filter(({ callId }) => callId === call.id).map(({ invoiceId }) => invoiceId),
      shares: shares
        .filter(({ callId }) => callId === call.id)
        .map((share) => {
          const own = events.filter(
            ({ id, callId, organizationId }) =>
              callId === call.id && organizationId === share.organizationId && !voided.has(id),
          );
          return {
            ...{ organizationId: share.organizationId, weight: Number(share.weight), cents: share.cents },
            isLead: share.isLead === 1,
            paidCents: own.reduce(
              (sum, { kind, amountCents }) => sum + (kind === "payment" ? (amountCents ?? 0) : 0),
              0,
            ),
            titleNumber: own.find(({ kind }) => kind === "title")?.reference ?? null,
          };
        }),
    })),
  };
}
