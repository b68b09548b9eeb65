import type { NetworkId } from "~/domain/kernel/ids";
import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { hashToken, newSecretToken } from "~/services/tokens.server";
import { loadViewer } from "~/services/actor.server";
import { can } from "~/domain/access/permissions";
import { today } from "~/services/clock.server";

/** Makes a personal, secret address for one's calendar; the one before stops working. The token itself is not kept: it is shown once. */
export async function openFeed({ db, clock, networkId, actor }: CommandContext): Promise<string> {
  const token = newSecretToken();
  await writeTransaction(db, async (trx) => {
    const at = clock.now().toISOString();
    await trx
      .updateTable("obligationFeed")
      .set({ revokedAt: at })
      .where("networkId", "=", networkId)
      .where("personId", "=", actor.personId)
      .where("revokedAt", "is", null)
      .execute();
    await trx
      .insertInto("obligationFeed")
      .values({ tokenHash: hashToken(token), networkId, personId: actor.personId, createdAt: at, revokedAt: null })
      .execute();
  });
  return token;
}

export async function revokeFeed({ db, clock, networkId, actor }: CommandContext): Promise<void> {
  await db
    .updateTable("obligationFeed")
    .set({ revokedAt: clock.now().toISOString() })
    .where("networkId", "=", networkId)
    .where("personId", "=", actor.personId)
    .where("revokedAt", "is", null)
    .execute();
}

/** Since when the person's feed works, or null. */
export async function findFeed(db: Db, networkId: NetworkId, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom("obligationFeed")
    .select("createdAt")
    .where("networkId", "=", networkId)
    .where("personId", "=", personId)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  return row?.createdAt ?? null;
}

/** Does this address still open the calendar of the network? Not once revoked, nor once the person may no longer read it. */
export async function mayReadFeed(
  db: Db,
  clock: Pick<Clock, "now" | "newId">,
  networkId: NetworkId,
  token: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("obligationFeed")
    .select("personId")
    .where("tokenHash", "=", hashToken(token))
    .where("networkId", "=", networkId)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  const viewer = row ? await loadViewer(db, row.personId, today(clock)) : null;
  return viewer !== null && can(viewer, "agreement.read", { networkId });
}
