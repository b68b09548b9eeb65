import { writeTransaction } from "~/services/db.server";
import { today } from "~/services/clock.server";
import type { CommandContext } from "~/services/gate.server";
import { mailLink } from "~/services/one-time-links.server";
import { listDirectory } from "./queries.server";

/**
 * Mails an invitation to those of the network's people who have no access yet; a new one replaces the one before.
 * @param personId one of them, or null for all
 * @returns how many were invited
 */
export async function inviteMembers(
  { db, clock, networkId }: CommandContext,
  personId: string | null,
): Promise<number> {
  const waiting = (await listDirectory(db, networkId, today(clock))).filter(
    (person) => !person.hasAccess && (personId === null || person.personId === personId),
  );
  await writeTransaction(db, async (trx) => {
    for (const person of waiting) {
      const invited = { id: person.personId, email: person.email };
      await mailLink(trx, clock, { person: invited, link: "invitation", networkId });
    }
  });
  return waiting.length;
}
