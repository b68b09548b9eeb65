import {
  listMilestones,
  listObligations,
  type AssessedAgreement,
  type Fact,
  type Milestone,
  type Obligation,
} from "~/domain/agreement/obligations";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { addDays, type PlainDate } from "~/domain/kernel/plain-date";
import { agreementsToFollow, listAgreements, type RecordedAgreement } from "~/services/agreement-record.server";
import type { Db, Trx } from "~/services/db.server";
import { loadFacts, loadOwnFacts } from "./facts.server";

export type FollowedAgreement = {
  readonly agreement: RecordedAgreement;
  readonly facts: readonly Fact[];
  readonly obligations: readonly Obligation[];
  readonly milestones: readonly Milestone[];
};

function assessed({ content, effectOn, standing }: RecordedAgreement, knownSince: PlainDate): AssessedAgreement | null {
  return standing && { clauses: content.clauses, startsOn: effectOn, standing, knownSince };
}

/**
 * What the conventions that bind the network ask of it on a day, with what proves it.
 * @param daysBack how far behind the day the calendar still tells its dates
 */
export async function followAgreements(
  db: Db | Trx,
  network: { readonly id: NetworkId; readonly slug: string },
  today: PlainDate,
  daysBack = 0,
): Promise<readonly FollowedAgreement[]> {
  const root = `/reseaux/${network.slug}`;
  const agreements = await listAgreements(db, network.id, today);
  const followed = agreementsToFollow(agreements);
  if (followed.length === 0) return [];
  const { createdAt } = await db
    .selectFrom("network")
    .select("createdAt")
    .where("id", "=", network.id)
    .executeTakeFirstOrThrow();
  const knownSince = dateOf(parisLocalAt(new Date(createdAt)));
  const shared = await loadFacts(db, network.id, root);
  const own = await loadOwnFacts(db, network.id, agreements, root);
  return followed.flatMap((agreement) => {
    const scene = assessed(agreement, knownSince);
    if (scene === null) return [];
    const facts = [...shared, ...(own.get(agreement.id) ?? [])];
    const obligations = listObligations(scene, facts, today);
    return [
      { agreement, facts, obligations, milestones: listMilestones(scene, obligations, addDays(today, -daysBack)) },
    ];
  });
}
