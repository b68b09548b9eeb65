import type { NetworkId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { weighWords } from "~/domain/search/words";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { documentsFolder } from "~/services/uploads.server";
import { listSources, type Source } from "./sources.server";

const BATCH = 4_000;

/**
 * Brings the index up to the network's last act: what changed is read again, the rest stays. Nothing is done when no act came since; the
 * text of minutes that are being written is caught up at the next act.
 */
export async function refreshIndex(db: Db, networkId: NetworkId, folder = documentsFolder()): Promise<void> {
  if (await isFresh(db, networkId)) return;
  await writeTransaction(db, async (trx) => {
    const sequence = await lastSequence(trx, networkId);
    const sources = await listSources(trx, networkId, folder);
    const held = await trx
      .selectFrom("searchEntry")
      .select(["id", "kind", "subjectId", "access", "fingerprint", "title", "path", "datedOn"])
      .where("networkId", "=", networkId)
      .execute();
    const wanted = new Map(sources.map((source) => [identityOf(source), source]));
    const stale = held.filter((entry) => wanted.get(identityOf(entry)) === undefined);
    const kept = new Set(held.map(identityOf));
    await forgetEntries(
      trx,
      stale.map(({ id }) => id),
    );
    await addEntries(
      trx,
      networkId,
      sources.filter((source) => !kept.has(identityOf(source))),
    );
    await trx
      .insertInto("searchState")
      .values({ networkId, sequence })
      .onConflict((conflict) => conflict.column("networkId").doUpdateSet({ sequence }))
      .execute();
  });
}

type Identified = Pick<Source, "subjectId" | "fingerprint" | "title" | "path"> & {
  readonly kind: string;
  readonly access: string;
  readonly datedOn: string;
};

/** Two entries are the same when nothing of what is found differs. */
function identityOf({ kind, subjectId, access, fingerprint, title, path, datedOn }: Identified): string {
  return [kind, subjectId, access, fingerprint, title, path, datedOn].join("\n");
}

async function lastSequence(db: Db | Trx, networkId: NetworkId): Promise<number> {
  const row = await db
    .selectFrom("registerEntry")
    .select(({ fn }) => fn.max("sequence").as("sequence"))
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  return Number(row?.sequence ?? 0);
}

async function isFresh(db: Db, networkId: NetworkId): Promise<boolean> {
  const state = await db
    .selectFrom("searchState")
    .select("sequence")
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  return state?.sequence === (await lastSequence(db, networkId));
}

async function forgetEntries(trx: Trx, ids: readonly number[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    await trx.deleteFrom("searchWord").where("entryId", "in", some).execute();
    await trx.deleteFrom("searchEntry").where("id", "in", some).execute();
  }
}

async function addEntries(trx: Trx, networkId: NetworkId, sources: readonly Source[]): Promise<void> {
  const last = await trx
    .selectFrom("searchEntry")
    .select(({ fn }) => fn.max("id").as("id"))
    .executeTakeFirst();
  let id = Number(last?.id ?? 0);
  for (const { readBody, ...source } of sources) {
    id += 1;
    const body = await readBody();
    await trx
      .insertInto("searchEntry")
      .values({ ...source, id, networkId, body, year: yearOf(source.datedOn) })
      .execute();
    const words = [...weighWords(source.title, body)].map(([word, weight]) => ({
      networkId,
      word,
      entryId: id,
      weight,
    }));
    for (let from = 0; from < words.length; from += BATCH)
      await trx
        .insertInto("searchWord")
        .values(words.slice(from, from + BATCH))
        .execute();
  }
}
