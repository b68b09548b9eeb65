import { Secret, TOTP } from "otpauth";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PersonId } from "~/domain/kernel/ids";
import { isPasswordRight } from "~/services/auth.server";
import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { recordSecurityEvent } from "~/services/security.server";
import { CODE_LIMIT, PAIR_LIMIT } from "./attempt-limit";
import { forgetAttempts, reserveAttempt } from "./attempts.server";
import type { AccountContext } from "./link-commands.server";
import { normalizePassword } from "./password-rule";

export type TwoFactorRefusal =
  | { readonly kind: "wrong-code" }
  | { readonly kind: "wrong-password" }
  | { readonly kind: "not-started" }
  | { readonly kind: "limited"; readonly minutes: number };

const PERIOD_SECONDS = 30;
/** A clock may be off by one step of 30 seconds on either side. */
const TOLERATED_STEPS = 1;

function totpOf(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: "Portail des réseaux de CCAS",
    label: email,
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
  });
}

/** The 30-second step that the code belongs to, or null when it belongs to none of those accepted now. */
function stepOf(secret: string, code: string, now: Date): number | null {
  const totp = totpOf(secret, "");
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: TOLERATED_STEPS });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

/** Is the code right, and its step later than the last one used? A code that was seen can't be used again. */
export async function verifyCode(
  trx: Trx,
  clock: Clock,
  { personId, code }: { readonly personId: PersonId; readonly code: string },
): Promise<boolean> {
  const credential = await trx
    .selectFrom("credential")
    .select(["totpSecret", "totpLastStep"])
    .where("personId", "=", personId)
    .executeTakeFirst();
  const secret = credential?.totpSecret ?? null;
  const step = secret === null ? null : stepOf(secret, code, clock.now());
  if (step === null || step <= (credential?.totpLastStep ?? 0)) return false;
  await trx.updateTable("credential").set({ totpLastStep: step }).where("personId", "=", personId).execute();
  return true;
}

export type TwoFactorState =
  | { readonly kind: "off"; readonly hasPassword: boolean }
  | { readonly kind: "to-confirm"; readonly secret: string; readonly uri: string }
  | { readonly kind: "on"; readonly since: string };

export async function findTwoFactorState(
  db: Db,
  { personId, email }: { readonly personId: PersonId; readonly email: string },
): Promise<TwoFactorState> {
  const row = await db.selectFrom("credential").selectAll().where("personId", "=", personId).executeTakeFirst();
  if (row?.totpConfirmedAt) return { kind: "on", since: row.totpConfirmedAt };
  if (!row?.totpSecret) return { kind: "off", hasPassword: (row?.passwordHash ?? null) !== null };
  return { kind: "to-confirm", secret: row.totpSecret, uri: totpOf(row.totpSecret, email).toString() };
}

/** Makes a secret that counts for nothing until a code confirms it. */
export async function startTwoFactor({ db }: AccountContext, personId: PersonId): Promise<void> {
  const totpSecret = new Secret({ size: 20 }).base32;
  await writeTransaction(db, async (trx) => {
    await trx
      .insertInto("credential")
      .values({
        ...{ personId, passwordHash: null, passwordChangedAt: null },
        ...{ totpSecret, totpConfirmedAt: null, totpLastStep: null },
      })
      .onConflict((conflict) =>
        conflict
          .column("personId")
          .doUpdateSet({ totpSecret, totpLastStep: null })
          .where("credential.totpConfirmedAt", "is", null),
      )
      .execute();
  });
}

export async function confirmTwoFactor(
  { db, clock }: AccountContext,
  { personId, code }: { readonly personId: PersonId; readonly code: string },
): Promise<Decision<null, TwoFactorRefusal>> {
  return writeTransaction(db, async (trx) => {
    const row = await trx.selectFrom("credential").selectAll().where("personId", "=", personId).executeTakeFirst();
    if (row?.totpConfirmedAt) return grant(null);
    if (!row?.totpSecret) return refuse({ kind: "not-started" });
    const subject = { name: `code:${personId}`, limit: CODE_LIMIT };
    const minutes = await reserveAttempt(trx, clock, [subject]);
    if (minutes > 0) return refuse({ kind: "limited", minutes });
    if (!(await verifyCode(trx, clock, { personId, code }))) return refuse({ kind: "wrong-code" });
    await forgetAttempts(trx, [subject]);
    await trx
      .updateTable("credential")
      .set({ totpConfirmedAt: clock.now().toISOString() })
      .where("personId", "=", personId)
      .execute();
    await recordSecurityEvent(trx, clock, { kind: "totp-enabled", personId, detail: "" });
    return grant(null);
  });
}

/** Gives up the second step, or its preparation; the password is asked again. */
export async function disableTwoFactor(
  { db, clock }: AccountContext,
  { personId, password }: { readonly personId: PersonId; readonly password: string },
): Promise<Decision<null, TwoFactorRefusal>> {
  const subject = { name: `confirm:${personId}`, limit: PAIR_LIMIT };
  const minutes = await writeTransaction(db, (trx) => reserveAttempt(trx, clock, [subject]));
  if (minutes > 0) return refuse({ kind: "limited", minutes });
  const row = await db
    .selectFrom("credential")
    .select("passwordHash")
    .where("personId", "=", personId)
    .executeTakeFirst();
  if (!(await isPasswordRight(row?.passwordHash ?? null, normalizePassword(password))))
    return refuse({ kind: "wrong-password" });
  return writeTransaction(db, async (trx) => {
    await forgetAttempts(trx, [subject]);
    await trx
      .updateTable("credential")
      .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
      .where("personId", "=", personId)
      .execute();
    await recordSecurityEvent(trx, clock, { kind: "totp-disabled", personId, detail: "" });
    return grant(null);
  });
}

/** Somebody lost the phone that gives their codes: the administration removes the second step. Their sessions stay as they are. */
export async function removeTwoFactor(
  { db, clock }: AccountContext,
  { personId, by }: { readonly personId: string; readonly by: PersonId },
): Promise<void> {
  await writeTransaction(db, async (trx) => {
    await trx
      .updateTable("credential")
      .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
      .where("personId", "=", personId)
      .execute();
    await recordSecurityEvent(trx, clock, { kind: "totp-disabled", personId, detail: `by ${by}` });
  });
}
