import { changesPublicPages, type ActKind } from "~/domain/register/act-kinds";
import { canonicalJson, type JsonValue } from "~/domain/register/canonical";
import { GENESIS_HASH, nextActNumber, sealAct, type RegisterEntry } from "~/domain/register/chain";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Clock } from "./clock.server";
import { afterCommit, type Db, type Trx } from "./db.server";
import { announceMeetingChange, announcePublicChange } from "./live.server";
import { sha256Hex } from "./tokens.server";

/** Who acts: a person, or the portal itself. The name is kept as it was that day. */
export type ActingPerson = { readonly personId: string | null; readonly displayName: string };

export type NewAct = {
  readonly networkId: NetworkId;
  readonly kind: ActKind;
  readonly payload: JsonValue;
  /** Whoever watches this meeting live is told once the act is committed. */
  readonly meetingId?: string;
};

/**
 * Writes an act into the network's register, within the command's own transaction: sealed by SHA-256 to the act before.
 * Public pages and live meetings hear of it once it is committed.
 */
export async function recordAct(
  trx: Trx,
  clock: Pick<Clock, "now">,
  actor: ActingPerson,
  act: NewAct,
): Promise<RegisterEntry> {
  const last = await trx
    .selectFrom("registerEntry")
    .select(["sequence", "year", "number", "hash"])
    .where("networkId", "=", act.networkId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const at = clock.now();
  const entry = sealAct(
    {
      networkId: act.networkId,
      ...nextActNumber(last ?? null, at),
      kind: act.kind,
      at: at.toISOString(),
      actor: actor.personId ?? "system",
      payload: act.payload,
      previousHash: last?.hash ?? GENESIS_HASH,
    },
    sha256Hex,
  );
  await trx
    .insertInto("registerEntry")
    .values({
      ...entry,
      sequence: (last?.sequence ?? 0) + 1,
      actorLabel: actor.displayName,
      payload: canonicalJson(act.payload),
    })
    .execute();
  afterCommit(trx, () => {
    if (changesPublicPages(act.kind)) announcePublicChange();
    if (act.meetingId !== undefined) announceMeetingChange(act.meetingId);
  });
  return entry;
}

export type StoredAct = RegisterEntry & { readonly actorLabel: string };

/** A network's register from its first act, as `verifyChain` reads it. */
export async function listRegister(db: Db | Trx, networkId: NetworkId): Promise<readonly StoredAct[]> {
  const rows = await db
    .selectFrom("registerEntry")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("sequence")
    .execute();
  return rows.map(({ sequence: _sequence, ...row }) => ({
    ...row,
    networkId,
    kind: row.kind as ActKind,
    payload: JSON.parse(row.payload) as JsonValue,
  }));
}
