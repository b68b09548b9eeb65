import type { NetworkId } from "~/domain/kernel/ids";
import { LOWEST_THRESHOLDS, type Audience } from "~/domain/statistics/disclosure/sensitivity";
import type { Db, Trx } from "~/services/db.server";

/** The thresholds that stand: the lowest ones, or those that the network raised since. */
export async function findThresholds(db: Db | Trx, networkId: NetworkId): Promise<Readonly<Record<Audience, number>>> {
  const rows = await db
    .selectFrom("secrecyThreshold")
    .select(["audience", "threshold"])
    .where("networkId", "=", networkId)
    .execute();
  const standing = (audience: Audience): number =>
    Math.max(
      LOWEST_THRESHOLDS[audience],
      ...rows.filter((row) => row.audience === audience).map((row) => row.threshold),
    );
  return { members: standing("members"), public: standing("public") };
}
