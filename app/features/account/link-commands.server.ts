import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db } from "~/services/db.server";
import { mailLink } from "~/services/one-time-links.server";
import { MAIL_LIMIT } from "./attempt-limit";
import { reserveAttempt } from "./attempts.server";

/** Nobody acts yet: who they are is what these commands find out. */
export type AccountContext = { readonly db: Db; readonly clock: Clock };

/**
 * Mails a link to whoever has an account under this address, five times an hour at most. The answer is the same for
 * everybody, and each way writes in a transaction: neither a text nor a stopwatch tells who has an account.
 */
export async function requestLink(
  { db, clock }: AccountContext,
  { email, link }: { readonly email: string; readonly link: "sign-in" | "password-reset" },
): Promise<void> {
  await writeTransaction(db, async (trx) => {
    const minutes = await reserveAttempt(trx, clock, [{ name: `mail:${email}`, limit: MAIL_LIMIT }]);
    const person = await trx
      .selectFrom("person")
      .select(["id", "email"])
      .where("email", "=", email)
      .where("disabledAt", "is", null)
      .executeTakeFirst();
    if (person && minutes === 0) await mailLink(trx, clock, { person, link });
  });
}
