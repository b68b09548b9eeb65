import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "./db.server";

type Kept = { readonly sequence: number; readonly value: Promise<unknown> };

const MAX_KEPT = 500;
const keptOf = new WeakMap<Db, Map<string, Kept>>();

/**
 * Computes what the recorded acts of a network tell (a year of meetings, the latest decisions) once until the next act, whoever wrote it:
 * the register's last number is looked up each time. Only for what depends on nothing but acts and the key.
 */
export async function onceUntilNextAct<Value>(
  db: Db,
  { networkId, key }: { readonly networkId: NetworkId; readonly key: string },
  compute: () => Promise<Value>,
): Promise<Value> {
  const last = await db
    .selectFrom("registerEntry")
    .select(({ fn }) => fn.max("sequence").as("sequence"))
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  const sequence = Number(last?.sequence ?? 0);
  const kept = keptOf.get(db) ?? new Map<string, Kept>();
  keptOf.set(db, kept);
  const name = `${networkId} ${key}`;
  const known = kept.get(name);
  if (known?.sequence === sequence) return known.value as Promise<Value>;
  const value = compute();
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(name, { sequence, value });
  value.catch(() => kept.delete(name));
  return value;
}
