import type { Block } from "~/domain/agreement/guard";
import { guardAct } from "~/services/agreement-record.server";
import {
  cancelCall,
  isReminderDue,
  outstandingOf,
  recordStatementEvent,
  voidStatementStep,
  type CancelCallRefusal,
  type StatementEvent,
  type StatementRefusal,
  type VoidRefusal,
} from "~/domain/funding-call/lifecycle";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { composeReminder } from "~/documents/funding-call";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import { draftCall, listIntactProofs, listStoredCalls, type CallObstacle } from "./call-draft.server";
import { findCall, type CallRecord } from "./queries.server";

export type IssueRefusal =
  | { readonly kind: "obstacles"; readonly obstacles: readonly CallObstacle[] }
  /** What would be frozen is no longer what was shown. */
  | { readonly kind: "preview-outdated" }
  /** Somebody issued another call since the preview. */
  | { readonly kind: "call-issued-meanwhile"; readonly year: number; readonly rank: number; readonly issuedBy: string }
  /** The text that binds the network stops it, by this article. */
  | { readonly kind: "agreement-forbids"; readonly block: Block };

export type IssueInput = {
  readonly cle: string;
  readonly year: number;
  readonly leftIds: readonly string[];
  readonly fingerprint: string;
  /** How many calls of the year the preview knew; left out, the fingerprint alone tells what changed. */
  readonly knownCalls?: number;
};

/**
 * Issues the call of a year as it was shown: one transaction freezes populations, invoices and shares, or nothing. Sent twice, it is one call;
 * issued by two people at once, the second is refused.
 * @param folder of the proofs; the installation's when left out
 */
export async function issueCall(
  { db, clock, networkId, actor }: CommandContext,
  input: IssueInput,
  folder?: string,
): Promise<Decision<{ readonly callId: string }, IssueRefusal>> {
  const intact = await listIntactProofs(db, networkId, input.year, folder);
  return writeTransaction(db, async (trx) => {
    const stored = await listStoredCalls(trx, networkId, input.year);
    if (stored.some(({ id }) => id === input.cle)) return grant({ callId: input.cle });
    const last = stored.at(-1);
    if (last && input.knownCalls !== undefined && stored.length > input.knownCalls) {
      const { year, rank, issuedBy } = last;
      return refuse({ kind: "call-issued-meanwhile", year, rank, issuedBy });
    }
    const guard = await guardAct(trx, networkId, { act: "pay-between-parties", on: today(clock) });
    if (!guard.ok) return refuse({ kind: "agreement-forbids", block: guard.refusal });
    const draft = await draftCall(trx, networkId, {
      ...{ callId: input.cle, year: input.year, leftIds: input.leftIds, issuedOn: today(clock), intact },
    });
    const { snapshot } = draft;
    if (snapshot === null) return refuse({ kind: "obstacles", obstacles: draft.obstacles });
    if (draft.fingerprint !== input.fingerprint) return refuse({ kind: "preview-outdated" });
    const { call } = snapshot;
    const content = JSON.stringify(snapshot);
    const rank = (stored.at(-1)?.rank ?? 0) + 1;
    const weights = new Map(call.weights.map(({ id, weight }) => [id, weight]));
    const debtors = new Map(snapshot.members.map(({ organizationId, debtor }) => [organizationId, debtor]));
    await trx
      .insertInto("fundingCall")
      .values({
        ...{ id: call.id, networkId, year: call.year, rank, kind: call.kind, totalCents: call.total },
        ...{ snapshot: content, issuedBy: actor.personId, issuedAt: clock.now().toISOString() },
      })
      .execute();
    const shares = call.statements.map(({ memberId, share, isLead }) => ({
      ...{ organizationId: memberId, weight: weights.get(memberId) ?? 0, cents: share, isLead },
    }));
    for (let at = 0; at < shares.length; at += BATCH) {
      await trx
        .insertInto("fundingCallShare")
        .values(
          shares.slice(at, at + BATCH).map((share) => ({
            ...{ callId: call.id, networkId, organizationId: share.organizationId, cents: share.cents },
            ...({ weight: String(share.weight), isLead: share.isLead ? 1 : 0 } as const),
          })),
        )
        .execute();
    }
    await trx
      .insertInto("fundingCallExpense")
      .values(
        call.invoices.map(({ id, amount }) => ({ callId: call.id, invoiceId: id, networkId, amountCents: amount })),
      )
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "funding-call-issued",
      payload: {
        ...{ callId: call.id, year: call.year, rank, kind: call.kind, totalCents: call.total },
        shares: shares.map((share) => {
          const debtor = debtors.get(share.organizationId);
          return { ...share, debtor: debtor?.kind ?? null, debtorSiret: debtor?.siret ?? null };
        }),
        invoices: call.invoices.map(({ id, expenseId, amount, decisionNumber, mandate }) => ({
          ...{ id, expenseId, amountCents: amount, decisionNumber, mandate },
        })),
        choice: snapshot.choice,
        populationVintage: snapshot.population?.vintage ?? null,
        populationSha256: snapshot.population?.dataset.sha256 ?? null,
        contentSha256: sha256Hex(content),
      },
    });
    return grant({ callId: call.id });
  });
}

const BATCH = 500;

export type CancelRefusal = CancelCallRefusal | "call-unknown";

/** Cancels a call by an act that keeps it; its invoices may be called again. */
export async function cancelIssuedCall(
  { db, clock, networkId, actor }: CommandContext,
  callId: string,
  reason: string,
): Promise<Decision<null, CancelRefusal>> {
  return writeTransaction(db, async (trx) => {
    const call = await findCall(trx, networkId, callId);
    if (!call) return refuse("call-unknown");
    const cancelledOn = today(clock);
    const sameYear = await listStoredCalls(trx, networkId, call.year);
    const decision = cancelCall(
      {
        ...{ kind: call.snapshot.call.kind, issuedOn: call.snapshot.call.issuedOn, cancellation: call.cancellation },
        hasStandingComplementaryCall: sameYear.some(
          ({ snapshot, isCancelled }) => snapshot.call.kind === "complementary" && !isCancelled,
        ),
        statements: call.statements.map(({ facts, member }) => ({ ...facts, memberId: member.organizationId })),
      },
      { reason, cancelledOn },
    );
    if (!decision.ok) return decision;
    const { titlesToCancel, paymentsToReturn } = decision.value;
    await trx
      .insertInto("fundingCallEvent")
      .values({
        ...{ id: clock.newId(), networkId, callId, organizationId: null, kind: "cancelled", onDate: cancelledOn },
        ...{ reference: "", amountCents: null, cancelsId: null, note: decision.value.cancellation.reason },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "funding-call-cancelled",
      payload: {
        ...{ callId, reason: decision.value.cancellation.reason, cancelledOn },
        titlesToCancel: titlesToCancel.map(({ memberId, number }) => ({ organizationId: memberId, number })),
        paymentsToReturn: paymentsToReturn.map(({ memberId, amount }) => ({
          ...{ organizationId: memberId, amountCents: amount },
        })),
      },
    });
    return grant(null);
  });
}

export type FollowRefusal = StatementRefusal | { readonly kind: "statement-unknown" | "date-in-future" };

/** Records a title, a deposit or a payment of one member's statement. Sent twice with the same key, it is recorded once. */
export async function followStatement(
  { db, clock, networkId, actor }: CommandContext,
  target: { readonly callId: string; readonly organizationId: string },
  { cle, event }: { readonly cle: string; readonly event: StatementEvent },
): Promise<Decision<null, FollowRefusal>> {
  return writeTransaction(db, async (trx) => {
    const call = await findCall(trx, networkId, target.callId);
    const statement = call?.statements.find(({ member }) => member.organizationId === target.organizationId);
    if (!call || !statement) return refuse({ kind: "statement-unknown" });
    if (call.events.some(({ id }) => id === cle)) return grant(null);
    if (event.date > today(clock)) return refuse({ kind: "date-in-future" });
    const decision = recordStatementEvent(statement.facts, event);
    if (!decision.ok) return decision;
    const reference = (
      event.kind === "title" ? event.number : event.kind === "deposit" ? event.chorusReference : event.reference
    ).trim();
    const amountCents = event.kind === "payment" ? event.amount : null;
    await writeStep(trx, { clock, networkId, actor }, target, {
      ...{ id: cle, step: event.kind, onDate: event.date, reference, amountCents },
    });
    return grant(null);
  });
}

type Step = {
  readonly id: string;
  readonly step: StatementEvent["kind"] | "reminder";
  readonly onDate: string;
  readonly reference: string;
  readonly amountCents: number | null;
};

async function writeStep(
  trx: Trx,
  { clock, networkId, actor }: Omit<CommandContext, "db">,
  { callId, organizationId }: { readonly callId: string; readonly organizationId: string },
  { id, step, onDate, reference, amountCents }: Step,
): Promise<void> {
  await trx
    .insertInto("fundingCallEvent")
    .values({
      ...{ id, networkId, callId, organizationId, kind: step, onDate, reference, amountCents, note: "" },
      ...{ cancelsId: null, recordedBy: actor.personId, createdAt: clock.now().toISOString() },
    })
    .execute();
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "statement-followed",
    payload: { callId, organizationId, step, onDate, reference, amountCents },
  });
}

export type VoidStepRefusal = VoidRefusal | "entry-unknown";

/** Voids a mistyped entry of a statement by a new one, which tells why; what was recorded stays. Sent twice with the same key, it is voided once. */
export async function voidStep(
  { db, clock, networkId, actor }: CommandContext,
  { callId, organizationId }: { readonly callId: string; readonly organizationId: string },
  { cle, entryId, reason: typed }: { readonly cle: string; readonly entryId: string; readonly reason: string },
): Promise<Decision<null, VoidStepRefusal>> {
  return writeTransaction(db, async (trx) => {
    const call = await findCall(trx, networkId, callId);
    const statement = call?.statements.find(({ member }) => member.organizationId === organizationId);
    const entry = call?.events.find((event) => event.id === entryId && event.organizationId === organizationId);
    if (!call || !statement || !entry || !isStep(entry.kind)) return refuse("entry-unknown");
    if (call.events.some(({ id }) => id === cle)) return grant(null);
    const { kind: step, on, reference, amountCents } = entry;
    const decision = voidStatementStep(statement.facts, { kind: step, isVoided: entry.voidedBy !== null }, typed);
    if (!decision.ok) return decision;
    const { reason } = decision.value;
    await trx
      .insertInto("fundingCallEvent")
      .values({
        ...{ id: cle, networkId, callId, organizationId, kind: "voided", onDate: today(clock), reference: "" },
        ...{ amountCents: null, cancelsId: entryId, note: reason },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "statement-step-voided",
      payload: { callId, organizationId, cancelsId: entryId, step, onDate: on, reference, amountCents, reason },
    });
    return grant(null);
  });
}

/** May this entry of a statement be voided at all? A reminder was sent, it stays. */
export function isStep(kind: string): kind is StatementEvent["kind"] {
  return kind === "title" || kind === "deposit" || kind === "payment";
}

export type RemindRefusal =
  "statement-unknown" | "nothing-outstanding" | "too-early" | "already-reminded" | "nobody-to-write-to";

/** Days after the title, or the issue without one, from which the portal helps to remind. A habit of the house. */
export const REMINDER_DAYS = 30;

/** Writes to the people of a member whose part is still outstanding, once a day at most. */
export async function remindMember(
  { db, clock, networkId, actor }: CommandContext,
  target: { readonly callId: string; readonly organizationId: string },
  { cle, address }: { readonly cle: string; readonly address: string },
): Promise<Decision<{ readonly mails: number }, RemindRefusal>> {
  return writeTransaction(db, async (trx) => {
    const call = await findCall(trx, networkId, target.callId);
    const statement = call?.statements.find(({ member }) => member.organizationId === target.organizationId);
    if (!call || !statement) return refuse("statement-unknown");
    if (call.events.some(({ id }) => id === cle)) return grant({ mails: 0 });
    if (outstandingOf(statement.facts) <= 0) return refuse("nothing-outstanding");
    const on = today(clock);
    if (!isReminderDue(statement.facts, { today: on, afterDays: REMINDER_DAYS })) return refuse("too-early");
    if (wasReminded(call.events, { ...target, on })) return refuse("already-reminded");
    const people = await listPeople(trx, networkId, target.organizationId, on);
    if (people.length === 0) return refuse("nobody-to-write-to");
    const mail = composeReminder(call.snapshot, statement.facts, {
      memberId: statement.member.organizationId,
      address,
    });
    await enqueueMails(
      trx,
      clock,
      people.map(({ id, email }) => ({ networkId, personId: id, kind: "reminder", to: email, ...mail })),
    );
    await writeStep(trx, { clock, networkId, actor }, target, {
      ...{ id: cle, step: "reminder", onDate: on, reference: "", amountCents: null },
    });
    return grant({ mails: people.length });
  });
}

/** Was this member reminded of this call on that day? */
export function wasReminded(
  events: CallRecord["events"],
  { organizationId, on }: { readonly organizationId: string; readonly on: string },
): boolean {
  return events.some(
    (event) => event.kind === "reminder" && event.organizationId === organizationId && event.on === on,
  );
}

/** Who sits or acts for a member on a day. */
async function listPeople(trx: Trx, networkId: string, organizationId: string, on: string) {
  const holders = await trx
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .innerJoin("person", "person.id", "mandate.personId")
    .select(["person.id", "person.email"])
    .where("mandate.networkId", "=", networkId)
    .where("seat.organizationId", "=", organizationId)
    .where("mandate.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  const staff = await trx
    .selectFrom("roleGrant")
    .innerJoin("person", "person.id", "roleGrant.personId")
    .select(["person.id", "person.email"])
    .where("roleGrant.networkId", "=", networkId)
    .where("roleGrant.organizationId", "=", organizationId)
    .where("roleGrant.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  return [...new Map([...holders, ...staff].map((person) => [person.id, person])).values()];
}

export type { CallRecord };
