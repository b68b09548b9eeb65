import { can, type Actor } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Audience } from "~/domain/statistics/disclosure/sensitivity";
import type { Db } from "~/services/db.server";
import { listPublications, type Publication } from "./queries.server";

export type ConsolidatedView = {
  readonly audience: Audience;
  readonly isMember: boolean;
  readonly mayPublish: boolean;
  readonly publications: readonly Publication[];
  /** The year that is looked at, or null while nothing is published. */
  readonly current: Publication | null;
};

/** What this reader may read: the members' releases for a member who does not ask for the public's, the public's for everybody else. */
export async function loadConsolidatedView(
  db: Db,
  networkId: NetworkId,
  actor: Actor,
  search: URLSearchParams,
): Promise<ConsolidatedView> {
  const isMember = can(actor, "release.read-members", { networkId });
  const audience: Audience = isMember && search.get("vue") !== "public" ? "members" : "public";
  const publications = await listPublications(db, networkId, audience);
  const asked = publications.find(({ content }) => String(content.year) === search.get("annee"));
  return {
    ...{ audience, isMember, publications },
    mayPublish: can(actor, "release.publish", { networkId }),
    current: asked ?? publications.at(-1) ?? null,
  };
}
