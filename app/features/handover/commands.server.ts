import { endNetwork, type ClosingRefusal } from "~/domain/handover/closing";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { canonicalJson, type JsonValue } from "~/domain/register/canonical";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import { listMembers, takeInventory, type HandoverKind } from "./queries.server";

export type HandoverRefusal = "member-unknown" | "same-organization" | "lead-does-not-leave" | "not-yet-lead";

export type NewHandover = {
  /** Identity of the record: sent twice, it is recorded once. */
  readonly key: string;
  readonly onDate: PlainDate;
  readonly basis: string;
} & (
  | { readonly kind: "lead-change"; readonly fromOrganizationId: string; readonly toOrganizationId: string }
  | { readonly kind: "member-exit"; readonly organizationId: string }
);

/**
 * Records what was handed over: by the former lead to the new one, or to a member that leaves. The list of the papers, counted that day, is
 * part of the record. The change of lead itself is an act of the administration and comes first.
 */
export async function recordHandover(
  context: CommandContext,
  input: NewHandover,
): Promise<Decision<{ readonly recordId: string }, HandoverRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    if (await isRecorded(trx, networkId, input.key)) return grant({ recordId: input.key });
    const members = await listMembers(trx, networkId);
    const lead = members.find(({ isLead }) => isLead);
    const known = (id: string): boolean => members.some(({ organizationId }) => organizationId === id);
    if (input.kind === "lead-change") {
      const { fromOrganizationId, toOrganizationId } = input;
      if (!known(fromOrganizationId) || !known(toOrganizationId)) return refuse("member-unknown");
      if (fromOrganizationId === toOrganizationId) return refuse("same-organization");
      if (lead?.organizationId !== toOrganizationId) return refuse("not-yet-lead");
      await writeRecord(trx, context, { ...input, fromOrganizationId, toOrganizationId });
    } else {
      if (!known(input.organizationId) || !lead) return refuse("member-unknown");
      if (lead.organizationId === input.organizationId) return refuse("lead-does-not-leave");
      await writeRecord(trx, context, {
        ...input,
        fromOrganizationId: lead.organizationId,
        toOrganizationId: input.organizationId,
      });
    }
    return grant({ recordId: input.key });
  });
}

type Written = {
  readonly key: string;
  readonly kind: HandoverKind;
  readonly fromOrganizationId: string;
  readonly toOrganizationId: string | null;
  readonly onDate: PlainDate;
  readonly basis: string;
};

async function isRecorded(trx: Trx, networkId: CommandContext["networkId"], key: string): Promise<boolean> {
  const row = await trx
    .selectFrom("handoverRecord")
    .select("id")
    .where("id", "=", key)
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  return row !== undefined;
}

async function writeRecord(trx: Trx, { clock, networkId, actor }: CommandContext, record: Written): Promise<void> {
  const { key, kind, fromOrganizationId, toOrganizationId, onDate, basis } = record;
  const content = JSON.stringify(await takeInventory(trx, networkId));
  await trx
    .insertInto("handoverRecord")
    .values({
      ...{ id: key, networkId, kind, fromOrganizationId, toOrganizationId, onDate, basis, content },
      ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
    })
    .execute();
  const contentSha256 = sha256Hex(canonicalJson(JSON.parse(content) as JsonValue));
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: kind === "network-end" ? "network-closed" : "handover-recorded",
    payload: { recordId: key, kind, fromOrganizationId, toOrganizationId, onDate, basis, contentSha256 },
  });
}

/** Ends the network: from then on it is read and archived, and nothing more is written in it. Source: Convention, art. 10 and 11. */
export async function closeNetwork(
  context: CommandContext,
  input: { readonly key: string; readonly onDate: PlainDate; readonly basis: string },
): Promise<Decision<null, ClosingRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    if (await isRecorded(trx, networkId, input.key)) return grant(null);
    const { running } = await takeInventory(trx, networkId);
    const decision = endNetwork(running, { onDate: input.onDate, today: today(clock) });
    if (!decision.ok) return decision;
    const lead = (await listMembers(trx, networkId)).find(({ isLead }) => isLead);
    const network = await trx
      .selectFrom("network")
      .select("leadOrganizationId")
      .where("id", "=", networkId)
      .executeTakeFirstOrThrow();
    const fromOrganizationId = lead?.organizationId ?? network.leadOrganizationId;
    await writeRecord(trx, context, { ...input, kind: "network-end", fromOrganizationId, toOrganizationId: null });
    return grant(null);
  });
}
