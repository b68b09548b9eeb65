import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { raiseThreshold as decideThreshold, type Audience } from "~/domain/statistics/disclosure/sensitivity";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { SOLVER, SOLVER_SEED } from "~/services/solver.server";
import { newSecretToken, sha256Hex } from "~/services/tokens.server";
import { computeRelease, type RefusedRelease } from "./compute.server";
import type { PublishInput } from "./form";
import type { ThresholdRefusal } from "./refusals";
import { findThresholds } from "./thresholds.server";

/**
 * Publishes what was compared on the screen, and nothing else: it is computed and attacked again, and refused when anything changed meanwhile.
 * Sent twice with the same key, it is published once.
 */
export async function publishRelease(
  context: CommandContext,
  wanted: { readonly year: number; readonly audience: Audience },
  input: PublishInput,
): Promise<Decision<{ readonly number: string }, RefusedRelease>> {
  const { db, clock, networkId, actor } = context;
  const findOwn = (trx: Pick<typeof db, "selectFrom">) =>
    trx
      .selectFrom("release")
      .select(["publishedYear", "rank"])
      .where("networkId", "=", networkId)
      .where("id", "=", input.cle)
      .executeTakeFirst();
  const before = await findOwn(db);
  if (before) return grant({ number: `${before.publishedYear}-${before.rank}` });
  const computed = await computeRelease(db, networkId, wanted);
  if (!computed.ok) return computed;
  const { inputs, outputs, reasons, bounds, fingerprint } = computed.value;
  if (fingerprint !== input.empreinte) return refuse({ kind: "changed-meanwhile", disclosures: [] });
  return writeTransaction(db, async (trx) => {
    const again = await findOwn(trx);
    if (again) return grant({ number: `${again.publishedYear}-${again.rank}` });
    const others = await trx
      .selectFrom("release")
      .select(["publishedYear", "rank", "sequence", "dataYear", "publishedAt"])
      .where("networkId", "=", networkId)
      .execute();
    const at = clock.now();
    const publishedYear = at.getUTCFullYear();
    const rank =
      1 + Math.max(0, ...others.filter((each) => each.publishedYear === publishedYear).map((each) => each.rank));
    const number = `${publishedYear}-${rank}`;
    const salt = newSecretToken();
    const texts = {
      inputs: JSON.stringify(inputs),
      outputs: JSON.stringify(outputs),
      reasons: JSON.stringify(reasons),
    };
    const hashes = { inputsHash: sha256Hex(salt + texts.inputs), outputsHash: sha256Hex(texts.outputs) };
    await trx
      .insertInto("release")
      .values({
        ...{ id: input.cle, networkId, publishedYear, rank, audience: wanted.audience, dataYear: wanted.year },
        sequence: 1 + Math.max(0, ...others.map((each) => each.sequence)),
        ...{ ...texts, ...hashes, salt, solver: SOLVER, seed: SOLVER_SEED, bounds },
        ...{ publishedBy: actor.personId, publishedAt: at.toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "release-published",
      payload: {
        ...{ number, audience: wanted.audience, year: wanted.year, threshold: inputs.rules.threshold, ...hashes },
        ...{ dictionaryVersion: inputs.dictionary.version, hidden: Object.keys(reasons).length, bounds },
      },
    });
    return grant({ number });
  });
}

/** Raises the threshold of an audience, for the releases to come. */
export async function raiseThreshold(
  { db, clock, networkId, actor }: CommandContext,
  asked: { readonly audience: Audience; readonly threshold: number },
): Promise<Decision<null, ThresholdRefusal>> {
  return writeTransaction(db, async (trx) => {
    const standing = (await findThresholds(trx, networkId))[asked.audience];
    const decision = decideThreshold(asked.audience, standing, asked.threshold);
    if (!decision.ok) return decision;
    if (decision.value === standing) return grant(null);
    await trx
      .insertInto("secrecyThreshold")
      .values({
        ...{ id: clock.newId(), networkId, audience: asked.audience, threshold: decision.value },
        ...{ recordedBy: actor.personId, recordedAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "secrecy-threshold-raised",
      payload: { audience: asked.audience, from: standing, to: decision.value },
    });
    return grant(null);
  });
}
