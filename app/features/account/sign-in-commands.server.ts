import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PersonId } from "~/domain/kernel/ids";
import { isPasswordRight } from "~/services/auth.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { recordSecurityEvent } from "~/services/security.server";
import { ACCOUNT_LIMIT, CODE_LIMIT, PAIR_LIMIT } from "./attempt-limit";
import { forgetAttempts, reserveAttempt, type AttemptSubject } from "./attempts.server";
import type { AccountContext } from "./link-commands.server";
import { createLink, findLink, useLink } from "~/services/one-time-links.server";
import { normalizePassword } from "./password-rule";
import { verifyCode } from "./two-factor.server";

/** Proven: a session may be opened; or the code of the two-factor application is still asked for, under this token. */
export type SignedIn =
  { readonly kind: "proven"; readonly personId: PersonId } | { readonly kind: "code-needed"; readonly token: string };

export type SignInRefusal =
  | { readonly kind: "wrong-credentials" }
  | { readonly kind: "wrong-code" }
  | { readonly kind: "link-invalid" }
  | { readonly kind: "limited"; readonly minutes: number };

export type PasswordProof = { readonly email: string; readonly password: string; readonly clientAddress: string };

/** The same refusal for an unknown account, a disabled one and a wrong password, after the same time. */
export async function signInByPassword(
  { db, clock }: AccountContext,
  { email, password, clientAddress }: PasswordProof,
): Promise<Decision<SignedIn, SignInRefusal>> {
  const pair: AttemptSubject = { name: `pair:${email}:${clientAddress}`, limit: PAIR_LIMIT };
  const account: AttemptSubject = { name: `account:${email}`, limit: ACCOUNT_LIMIT };
  const minutes = await writeTransaction(db, (trx) => reserveAttempt(trx, clock, [pair, account]));
  const person = await db
    .selectFrom("person")
    .leftJoin("credential", "credential.personId", "person.id")
    .select(["person.id", "person.disabledAt", "credential.passwordHash"])
    .where("person.email", "=", email)
    .executeTakeFirst();
  const personId = (person?.id ?? null) as PersonId | null;
  if (minutes > 0) {
    await recordSecurityEvent(db, clock, { kind: "sign-in-limited", personId, detail: "password" });
    return refuse({ kind: "limited", minutes });
  }
  const usableHash = person && person.disabledAt === null ? person.passwordHash : null;
  const isRight = await isPasswordRight(usableHash, normalizePassword(password));
  if (personId === null || !isRight) {
    await recordSecurityEvent(db, clock, { kind: "sign-in-refused", personId, detail: "password" });
    return refuse({ kind: "wrong-credentials" });
  }
  return writeTransaction(db, async (trx) => {
    await forgetAttempts(trx, [pair]);
    return grant(await proveOrAskCode({ trx, context: { db, clock }, personId, how: "password" }));
  });
}

/** Uses up a mailed sign-in link. */
export async function signInByLink(
  { db, clock }: AccountContext,
  token: string,
): Promise<Decision<SignedIn, SignInRefusal>> {
  return writeTransaction(db, async (trx) => {
    const link = await findLink(trx, clock, { token, purposes: ["sign-in"] });
    if (!link || !(await useLink(trx, clock, token))) return refuse({ kind: "link-invalid" });
    return grant(await proveOrAskCode({ trx, context: { db, clock }, personId: link.personId, how: "link" }));
  });
}

type Proof = {
  readonly trx: Trx;
  readonly context: AccountContext;
  readonly personId: PersonId;
  readonly how: "password" | "link" | "new password";
};

export async function proveOrAskCode({ trx, context: { clock }, personId, how }: Proof): Promise<SignedIn> {
  const credential = await trx
    .selectFrom("credential")
    .select("totpConfirmedAt")
    .where("personId", "=", personId)
    .executeTakeFirst();
  if (credential?.totpConfirmedAt) {
    return { kind: "code-needed", token: await createLink(trx, clock, { personId, purpose: "second-step" }) };
  }
  await recordSecurityEvent(trx, clock, { kind: "sign-in", personId, detail: how });
  return { kind: "proven", personId };
}

/** The second step: a code that is right and was not used yet. */
export async function signInByCode(
  { db, clock }: AccountContext,
  { token, code }: { readonly token: string; readonly code: string },
): Promise<Decision<SignedIn, SignInRefusal>> {
  return writeTransaction(db, async (trx) => {
    const link = await findLink(trx, clock, { token, purposes: ["second-step"] });
    if (!link) return refuse({ kind: "link-invalid" });
    const { personId } = link;
    const subject: AttemptSubject = { name: `code:${personId}`, limit: CODE_LIMIT };
    const minutes = await reserveAttempt(trx, clock, [subject]);
    if (minutes > 0) {
      await recordSecurityEvent(trx, clock, { kind: "sign-in-limited", personId, detail: "code" });
      return refuse({ kind: "limited", minutes });
    }
    if (!(await verifyCode(trx, clock, { personId, code }))) {
      await recordSecurityEvent(trx, clock, { kind: "sign-in-refused", personId, detail: "code" });
      return refuse({ kind: "wrong-code" });
    }
    await useLink(trx, clock, token);
    await forgetAttempts(trx, [subject]);
    await recordSecurityEvent(trx, clock, { kind: "sign-in", personId, detail: "code" });
    return grant({ kind: "proven", personId });
  });
}
