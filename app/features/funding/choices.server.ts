import { DEFAULT_CHOICE, keyOf, type ApportionmentChoice } from "~/domain/apportionment/choice";
import { weighMembers, type KeyRefusal } from "~/domain/apportionment/keys";
import type { ChoiceBasis } from "~/domain/funding-call/snapshot";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { findResult } from "~/services/poll-record.server";
import { recordAct } from "~/services/register.server";
import { listMembers } from "./members.server";

export type ChoiceInForce = { readonly choice: ApportionmentChoice; readonly basis: ChoiceBasis | null };

/** The choice recorded last among those in effect on a day; else the default, which nobody decided. */
export async function findChoice(db: Db | Trx, networkId: NetworkId, on: PlainDate): Promise<ChoiceInForce> {
  const row = await db
    .selectFrom("apportionmentChoice")
    .select(["content", "basisPollId", "effectiveFrom"])
    .where("networkId", "=", networkId)
    .where("effectiveFrom", "<=", on)
    .orderBy("effectiveFrom", "desc")
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { choice: DEFAULT_CHOICE, basis: null };
  const result = row.basisPollId === null ? null : await findResult(db, networkId, row.basisPollId);
  const decision = result?.decision ?? null;
  return {
    choice: JSON.parse(row.content) as ApportionmentChoice,
    basis: {
      effectiveFrom: row.effectiveFrom as PlainDate,
      decisionNumber: decision === null ? null : decisionNumberOf(decision.year, decision.number),
    },
  };
}

export type RecordedChoice = ChoiceInForce & { readonly id: string; readonly recordedBy: string };

/** The latest first. */
export async function listChoices(db: Db, networkId: NetworkId): Promise<readonly RecordedChoice[]> {
  const rows = await db
    .selectFrom("apportionmentChoice")
    .innerJoin("person", "person.id", "apportionmentChoice.recordedBy")
    .leftJoin("pollResult", "pollResult.pollId", "apportionmentChoice.basisPollId")
    .select(["apportionmentChoice.id", "apportionmentChoice.content", "apportionmentChoice.effectiveFrom"])
    .select(["person.displayName", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("apportionmentChoice.networkId", "=", networkId)
    .orderBy("apportionmentChoice.effectiveFrom", "desc")
    .orderBy("apportionmentChoice.createdAt", "desc")
    .execute();
  return rows.map(({ id, content, effectiveFrom, displayName, decisionYear, decisionNumber }) => ({
    id,
    choice: JSON.parse(content) as ApportionmentChoice,
    basis: {
      effectiveFrom: effectiveFrom as PlainDate,
      decisionNumber:
        decisionYear === null || decisionNumber === null ? null : decisionNumberOf(decisionYear, decisionNumber),
    },
    recordedBy: displayName,
  }));
}

/** Adopted decisions that may found a choice, the latest first. */
export async function listFoundingDecisions(db: Db, networkId: NetworkId) {
  const rows = await db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .select(["poll.id", "poll.title", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.outcome", "=", "adopted")
    .where("poll.subject", "not in", ["expense", "minutes-approval"])
    .orderBy("pollResult.closedAt", "desc")
    .limit(100)
    .execute();
  return rows.map(({ id, title, decisionYear, decisionNumber }) => ({
    id,
    title,
    number: decisionYear === null || decisionNumber === null ? null : decisionNumberOf(decisionYear, decisionNumber),
  }));
}

export type ChoiceRefusal =
  | { readonly kind: "basis-not-adopted" }
  | { readonly kind: "member-unknown" | "nobody-shares" }
  | {
      readonly kind: "key-faulty";
      readonly faults: readonly KeyRefusal[];
      readonly names: Readonly<Record<string, string>>;
    };

export type NewChoice = {
  readonly cle: string;
  readonly choice: ApportionmentChoice;
  readonly basisPollId: string | null;
  readonly effectiveFrom: PlainDate;
};

/** Records what the committee chose, from a day on. Sent twice with the same key, it is recorded once. */
export async function recordChoice(
  { db, clock, networkId, actor }: CommandContext,
  { cle, choice, basisPollId, effectiveFrom }: NewChoice,
): Promise<Decision<null, ChoiceRefusal>> {
  return writeTransaction(db, async (trx) => {
    const already = await trx
      .selectFrom("apportionmentChoice")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", cle)
      .executeTakeFirst();
    if (already) return grant(null);
    const members = await listMembers(trx, networkId);
    const names = Object.fromEntries(members.map(({ organizationId, name }) => [organizationId, name]));
    if (choice.members.some(({ organizationId }) => names[organizationId] === undefined)) {
      return refuse({ kind: "member-unknown" });
    }
    const sharing = choice.members.filter(({ isSharing }) => isSharing);
    if (sharing.length === 0) return refuse({ kind: "nobody-shares" });
    // The populations of the day are not known yet: any will do to check the parts that are typed.
    const weighed = weighMembers(
      keyOf(choice),
      sharing.map(({ organizationId, headcount }) => ({ id: organizationId, population: 1, headcount })),
    );
    if (!weighed.ok) return refuse({ kind: "key-faulty", faults: weighed.refusal, names });
    if (basisPollId !== null) {
      const result = await findResult(trx, networkId, basisPollId);
      if (result?.outcome !== "adopted") return refuse({ kind: "basis-not-adopted" });
    }
    await trx
      .insertInto("apportionmentChoice")
      .values({
        ...{ id: cle, networkId, content: JSON.stringify(choice), basisPollId, effectiveFrom },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "apportionment-chosen",
      payload: { choiceId: cle, ...choice, basisPollId, effectiveFrom },
    });
    return grant(null);
  });
}
