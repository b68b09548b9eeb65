import type { RulesContent } from "~/domain/committee/rules";
import { checkRules, type RulesFault } from "~/domain/committee/rules-check";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { RulesId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import { findRulesVersion, findRulesVote, listRulesVersions } from "./queries.server";

export type DraftRefusal =
  | { readonly kind: "unknown-rules" }
  | { readonly kind: "draft-already-exists"; readonly rulesId: RulesId }
  | { readonly kind: "already-adopted" }
  | { readonly kind: "vote-under-way" }
  | { readonly kind: "vote-adopted-it" }
  | { readonly kind: "changed-meanwhile"; readonly current: RulesContent }
  | { readonly kind: "faulty-content"; readonly faults: readonly RulesFault[] };

/** Opens a draft that repeats the rules in force. A network has one draft at a time; sent twice with the same key, there is still one. */
export async function createRulesDraft(
  { db, clock, networkId, actor }: CommandContext,
  { cle }: { readonly cle: string },
): Promise<Decision<{ readonly rulesId: RulesId }, DraftRefusal>> {
  return writeTransaction(db, async (trx) => {
    const versions = await listRulesVersions(trx, networkId);
    const known = versions.find(({ id }) => id === cle);
    if (known) return grant({ rulesId: known.id });
    const draft = versions.find(({ status }) => status === "draft");
    if (draft) return refuse({ kind: "draft-already-exists", rulesId: draft.id } as const);
    const { content } = await findRulesInForce(trx, networkId, today(clock));
    await trx
      .insertInto("rulesVersion")
      .values({
        id: cle,
        networkId,
        version: (versions[0]?.version ?? 0) + 1,
        content: JSON.stringify(content),
        status: "draft",
        effectiveFrom: null,
        adoptedPollId: null,
        createdBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    return grant({ rulesId: cle as RulesId });
  });
}

export type WrittenDraft = {
  readonly rulesId: string;
  readonly content: RulesContent;
  /** Fingerprint of the draft that its writer had before them. */
  readonly known: string;
};

/**
 * Writes the draft whole. What the committee is voting on, or has adopted, no longer changes; and a draft that somebody else
 * wrote meanwhile is not overwritten.
 */
export async function writeRulesDraft(
  { db, networkId }: CommandContext,
  { rulesId, content, known }: WrittenDraft,
): Promise<Decision<{ readonly rulesId: RulesId }, DraftRefusal>> {
  const checked = checkRules(content);
  if (!checked.ok) return refuse({ kind: "faulty-content", faults: checked.refusal });
  return writeTransaction(db, async (trx) => {
    const version = await findRulesVersion(trx, networkId, rulesId);
    if (!version) return refuse({ kind: "unknown-rules" } as const);
    if (version.status === "adopted") return refuse({ kind: "already-adopted" } as const);
    const vote = await findRulesVote(trx, networkId, version.id);
    if (vote.kind === "voting") return refuse({ kind: "vote-under-way" } as const);
    if (vote.kind === "adopted") return refuse({ kind: "vote-adopted-it" } as const);
    const text = JSON.stringify(checked.value);
    if (version.fingerprint !== known && version.fingerprint !== sha256Hex(text)) {
      return refuse({ kind: "changed-meanwhile", current: version.content } as const);
    }
    await trx
      .updateTable("rulesVersion")
      .set({ content: text })
      .where("networkId", "=", networkId)
      .where("id", "=", version.id)
      .execute();
    return grant({ rulesId: version.id });
  });
}

export type EnactRefusal =
  "unknown-rules" | "not-voted" | "before-the-decision" | "before-the-rules-in-force" | "other-date-recorded";

/**
 * Records the entry into force of a draft that the committee adopted by a vote. Not before the day of the decision, nor before the start
 * of the rules that they replace. From then on, the database itself refuses any change to that version.
 */
export async function enactRules(
  { db, clock, networkId, actor }: CommandContext,
  { rulesId, effectiveFrom }: { readonly rulesId: string; readonly effectiveFrom: PlainDate },
): Promise<Decision<{ readonly rulesId: RulesId }, EnactRefusal>> {
  return writeTransaction(db, async (trx) => {
    const versions = await listRulesVersions(trx, networkId);
    const version = versions.find(({ id }) => id === rulesId);
    if (!version) return refuse("unknown-rules");
    if (version.status === "adopted") {
      return version.effectiveFrom === effectiveFrom ? grant({ rulesId: version.id }) : refuse("other-date-recorded");
    }
    const vote = await findRulesVote(trx, networkId, version.id);
    if (vote.kind !== "adopted") return refuse("not-voted");
    if (effectiveFrom < vote.decidedOn) return refuse("before-the-decision");
    if (versions.some((other) => other.effectiveFrom !== null && other.effectiveFrom > effectiveFrom)) {
      return refuse("before-the-rules-in-force");
    }
    await trx
      .updateTable("rulesVersion")
      .set({ status: "adopted", effectiveFrom, adoptedPollId: vote.pollId })
      .where("networkId", "=", networkId)
      .where("id", "=", version.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "rules-adopted",
      payload: {
        rulesId: version.id,
        version: version.version,
        effectiveFrom,
        pollId: vote.pollId,
        meetingId: vote.meetingId,
        contentSha256: version.fingerprint,
      },
    });
    return grant({ rulesId: version.id });
  });
}
