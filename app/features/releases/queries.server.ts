import type { NetworkId } from "~/domain/kernel/ids";
import type { Audience } from "~/domain/statistics/disclosure/sensitivity";
import type { FrozenYear } from "~/domain/statistics/release/frozen-year";
import type { PublishedYear } from "~/domain/statistics/release/published-year";
import type { Db } from "~/services/db.server";
import { listCampaigns } from "~/services/indicator-record.server";
import { sha256Hex } from "~/services/tokens.server";
import { listEarlier, protectFrozen } from "./compute.server";
import { findThresholds } from "./thresholds.server";

export type Publication = {
  readonly number: string;
  readonly publishedAt: string;
  readonly outputsHash: string;
  readonly content: PublishedYear;
};

/** What an audience reads: the last release of each year, the earliest year first. Reads what is told only, never what it was computed from. */
export async function listPublications(
  db: Db,
  networkId: NetworkId,
  audience: Audience,
): Promise<readonly Publication[]> {
  const rows = await db
    .selectFrom("release")
    .select(["publishedYear", "rank", "dataYear", "publishedAt", "outputs", "outputsHash"])
    .where("networkId", "=", networkId)
    .where("audience", "=", audience)
    .orderBy("dataYear")
    .orderBy("sequence")
    .execute();
  const latest = new Map(rows.map((row) => [row.dataYear, row]));
  return [...latest.values()].map((row) => ({
    number: `${row.publishedYear}-${row.rank}`,
    publishedAt: row.publishedAt,
    outputsHash: row.outputsHash,
    content: JSON.parse(row.outputs) as PublishedYear,
  }));
}

export type ReleaseLine = {
  readonly id: string;
  readonly number: string;
  readonly audience: Audience;
  readonly year: number;
  readonly threshold: number;
  readonly hidden: number;
  readonly bounds: number;
  readonly publishedAt: string;
};

/** Every release, the last first, and what the lead can prepare. */
export async function loadReleaseBoard(db: Db, networkId: NetworkId) {
  const [rows, thresholds, campaigns] = await Promise.all([
    db
      .selectFrom("release")
      .select(["id", "publishedYear", "rank", "audience", "dataYear", "reasons", "inputs", "bounds", "publishedAt"])
      .where("networkId", "=", networkId)
      .orderBy("sequence", "desc")
      .execute(),
    findThresholds(db, networkId),
    listCampaigns(db, networkId),
  ]);
  const releases = rows.map((row): ReleaseLine => ({
    id: row.id,
    number: `${row.publishedYear}-${row.rank}`,
    audience: row.audience === "public" ? "public" : "members",
    year: row.dataYear,
    threshold: (JSON.parse(row.inputs) as FrozenYear).rules.threshold,
    hidden: Object.keys(JSON.parse(row.reasons) as object).length,
    ...{ bounds: row.bounds, publishedAt: row.publishedAt },
  }));
  const years = campaigns.map(({ year, closedAt }) => ({ year, isClosed: closedAt !== null }));
  return { releases, thresholds, years };
}

export type Verification = "same" | "different" | "refused" | "altered";

/** Computes a release again from what it was computed from: the same must come out. Null when there is none of this number. */
export async function verifyRelease(db: Db, networkId: NetworkId, id: string): Promise<Verification | null> {
  const row = await db
    .selectFrom("release")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  if (sha256Hex(row.salt + row.inputs) !== row.inputsHash || sha256Hex(row.outputs) !== row.outputsHash)
    return "altered";
  const earlier = await listEarlier(db, networkId, row.dataYear, row.sequence);
  const computed = await protectFrozen(JSON.parse(row.inputs) as FrozenYear, earlier);
  if (!computed.ok) return "refused";
  return JSON.stringify(computed.value.outputs) === row.outputs ? "same" : "different";
}
