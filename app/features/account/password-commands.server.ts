import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PersonId } from "~/domain/kernel/ids";
import { closeSessionsOf, hashPassword, isPasswordRight } from "~/services/auth.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { recordSecurityEvent } from "~/services/security.server";
import { PAIR_LIMIT } from "./attempt-limit";
import { forgetAttempts, reserveAttempt } from "./attempts.server";
import type { AccountContext } from "./link-commands.server";
import { findLink, useLink } from "~/services/one-time-links.server";
import { checkPassword, normalizePassword, type PasswordRefusal } from "./password-rule";
import { proveOrAskCode, type SignedIn } from "./sign-in-commands.server";

export type ChoosePasswordRefusal = PasswordRefusal | "link-invalid";
export type ChangePasswordRefusal =
  { readonly kind: PasswordRefusal | "wrong-password" } | { readonly kind: "limited"; readonly minutes: number };

async function storePassword(
  trx: Trx,
  { clock }: AccountContext,
  personId: PersonId,
  passwordHash: string,
): Promise<void> {
  const passwordChangedAt = clock.now().toISOString();
  await trx
    .insertInto("credential")
    .values({
      ...{ personId, passwordHash, passwordChangedAt },
      ...{ totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    })
    .onConflict((conflict) => conflict.column("personId").doUpdateSet({ passwordHash, passwordChangedAt }))
    .execute();
  // Whoever asked for a link before the change must not enter with it afterwards.
  await trx.deleteFrom("oneTimeLink").where("personId", "=", personId).where("usedAt", "is", null).execute();
  await recordSecurityEvent(trx, clock, { kind: "password-changed", personId, detail: "" });
}

/** Sets the password by an invitation or a reset link, which it uses up; every session of the account is closed. */
export async function choosePassword(
  context: AccountContext,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<Decision<SignedIn, ChoosePasswordRefusal>> {
  const { db, clock } = context;
  const purposes = ["invitation", "password-reset"] as const;
  const link = await findLink(db, clock, { token, purposes });
  if (!link) return refuse("link-invalid");
  const checked = checkPassword(password, link.email);
  if (!checked.ok) return checked;
  const hash = await hashPassword(checked.value);
  return writeTransaction(db, async (trx) => {
    const stillValid = await findLink(trx, clock, { token, purposes });
    if (!stillValid || !(await useLink(trx, clock, token))) return refuse("link-invalid");
    await closeSessionsOf(trx, link.personId);
    await storePassword(trx, context, link.personId, hash);
    return grant(await proveOrAskCode({ trx, context, personId: link.personId, how: "new password" }));
  });
}

export type PasswordChange = {
  readonly personId: PersonId;
  readonly email: string;
  readonly current: string;
  readonly next: string;
  /** The session that stays open. */
  readonly sessionId: string | null;
};

/** Changes the password; every other session of the account is closed. */
export async function changePassword(
  context: AccountContext,
  { personId, email, current, next, sessionId }: PasswordChange,
): Promise<Decision<null, ChangePasswordRefusal>> {
  const { db, clock } = context;
  const subject = { name: `confirm:${personId}`, limit: PAIR_LIMIT };
  const minutes = await writeTransaction(db, (trx) => reserveAttempt(trx, clock, [subject]));
  if (minutes > 0) return refuse({ kind: "limited", minutes });
  const row = await db
    .selectFrom("credential")
    .select("passwordHash")
    .where("personId", "=", personId)
    .executeTakeFirst();
  const isRight = await isPasswordRight(row?.passwordHash ?? null, normalizePassword(current));
  if (!isRight) return refuse({ kind: "wrong-password" });
  await writeTransaction(db, (trx) => forgetAttempts(trx, [subject]));
  const checked = checkPassword(next, email);
  if (!checked.ok) return refuse({ kind: checked.refusal });
  const hash = await hashPassword(checked.value);
  return writeTransaction(db, async (trx) => {
    await storePassword(trx, context, personId, hash);
    await closeSessionsOf(trx, personId, { except: sessionId });
    return grant(null);
  });
}

/** On every device at once, this one included. */
export async function closeEverySession({ db, clock }: AccountContext, personId: PersonId): Promise<void> {
  await writeTransaction(db, async (trx) => {
    await closeSessionsOf(trx, personId);
    await recordSecurityEvent(trx, clock, { kind: "sign-out", personId, detail: "everywhere" });
  });
}
