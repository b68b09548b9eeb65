import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { writeTransaction } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { retryMail } from "~/services/mail.server";

export type RetryRefusal = "unknown-mail" | "already-sent";

/** Puts a mail that failed, or that waits for its next attempt, back at the head of the queue. Already there, nothing more is noted. */
export async function retrySending(
  { db, clock, networkId }: CommandContext,
  { mailId }: { readonly mailId: string },
): Promise<Decision<{ readonly mailId: string }, RetryRefusal>> {
  return writeTransaction(db, async (trx) => {
    const mail = await trx
      .selectFrom("outboxMail")
      .select(["status", "attempts"])
      .where("networkId", "=", networkId)
      .where("id", "=", mailId)
      .executeTakeFirst();
    if (!mail) return refuse("unknown-mail");
    if (mail.status === "sent") return refuse("already-sent");
    if (mail.status === "failed" || mail.attempts > 0) await retryMail(trx, clock, mailId);
    return grant({ mailId });
  });
}
