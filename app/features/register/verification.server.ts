import { canonicalJson } from "~/domain/register/canonical";
import { verifyChain, type ChainReport } from "~/domain/register/chain";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import { listRegister } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";

export async function verifyRegister(db: Db, networkId: NetworkId): Promise<ChainReport> {
  return verifyChain(await listRegister(db, networkId), sha256Hex);
}

export type NetworkReport = { readonly slug: string; readonly name: string; readonly report: ChainReport };

/** Verifies each network's register, or that of one address. Empty when no network has this address. */
export async function verifyRegisters(db: Db, slug: string | null): Promise<readonly NetworkReport[]> {
  let query = db.selectFrom("network").select(["id", "slug", "name"]).orderBy("slug");
  if (slug !== null) query = query.where("slug", "=", slug);
  const reports: NetworkReport[] = [];
  for (const network of await query.execute()) {
    reports.push({
      slug: network.slug,
      name: network.name,
      report: await verifyRegister(db, network.id as NetworkId),
    });
  }
  return reports;
}

/**
 * The register, one act on each line, from the first. Each line is the canonical text that the hash seals, with its hash: whoever holds the
 * file can compute every hash again without this portal. People appear by their identifiers only.
 */
export async function exportRegister(db: Db, networkId: NetworkId): Promise<string> {
  const acts = await listRegister(db, networkId);
  return acts.map(({ actorLabel: _label, ...sealed }) => `${canonicalJson(sealed)}\n`).join("");
}
