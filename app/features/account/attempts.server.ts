import type { Clock } from "~/services/clock.server";
import type { Trx } from "~/services/db.server";
import { sha256Hex } from "~/services/tokens.server";
import { minutesToWait, type AttemptLimit } from "./attempt-limit";

const DAY_MS = 86_400_000;

/** Who is tried from where, as it is counted: no e-mail nor network address is stored. */
export type AttemptSubject = { readonly name: string; readonly limit: AttemptLimit };

function subjectHash(subject: AttemptSubject): string {
  return sha256Hex(`attempt:${subject.name}`);
}

/**
 * Counts an attempt before it is made: attempts sent at the same moment can't all slip under the limit. A refused one does not count.
 * @returns minutes to wait, 0 when the attempt may go on
 */
export async function reserveAttempt(trx: Trx, clock: Clock, subjects: readonly AttemptSubject[]): Promise<number> {
  const now = clock.now();
  await trx
    .deleteFrom("signInAttempt")
    .where("at", "<", new Date(now.getTime() - DAY_MS).toISOString())
    .execute();
  const rows = await trx
    .selectFrom("signInAttempt")
    .select(["subjectHash", "at"])
    .where("subjectHash", "in", subjects.map(subjectHash))
    .execute();
  const waits = subjects.map((subject) => {
    const hash = subjectHash(subject);
    const attempts = rows.filter((row) => row.subjectHash === hash).map((row) => new Date(row.at));
    return minutesToWait(attempts, subject.limit, now);
  });
  const wait = Math.max(...waits);
  if (wait > 0) return wait;
  await trx
    .insertInto("signInAttempt")
    .values(
      subjects.map((subject) => ({ id: clock.newId(), subjectHash: subjectHash(subject), at: now.toISOString() })),
    )
    .execute();
  return 0;
}

export async function forgetAttempts(trx: Trx, subjects: readonly AttemptSubject[]): Promise<void> {
  await trx.deleteFrom("signInAttempt").where("subjectHash", "in", subjects.map(subjectHash)).execute();
}
