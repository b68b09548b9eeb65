import { changeStamp, type Db } from "./db.server";

type Kept = { readonly stamp: string; readonly value: Promise<unknown> };

const MAX_KEPT = 1_000;
const keptOf = new WeakMap<Db, Map<string, Kept>>();

/**
 * Reads once until anything at all is written to the database, by this process or by another: the same facts are asked for by every page and
 * every person. The key holds whatever else the answer depends on (the network, the person, the day). The answer is shared: never altered.
 */
export async function onceUntilNextWrite<Value>(db: Db, key: string, read: () => Promise<Value>): Promise<Value> {
  const stamp = changeStamp(db);
  if (stamp === null) return read();
  const kept = keptOf.get(db) ?? new Map<string, Kept>();
  keptOf.set(db, kept);
  const known = kept.get(key);
  if (known?.stamp === stamp) return known.value as Promise<Value>;
  const value = read();
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, { stamp, value });
  value.catch(() => kept.delete(key));
  return value;
}
