import { composeLinkMail, type MailedLink } from "~/documents/link-mails";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import type { Clock } from "./clock.server";
import type { Db, Trx } from "./db.server";
import { getEnv } from "./env.server";
import { enqueueMail, type MailKind } from "./mail.server";
import { hashToken, newSecretToken } from "./tokens.server";

/** « second-step »: the password was right, the code of the two-factor application is still to come; its token travels in a cookie. */
export type LinkPurpose = MailedLink | "second-step";

export const LINK_MINUTES: Record<LinkPurpose, number> = {
  "sign-in": 15,
  "password-reset": 60,
  invitation: 7 * 24 * 60,
  "second-step": 10,
};

export type OneTimeLink = {
  readonly personId: PersonId;
  readonly purpose: LinkPurpose;
  readonly email: string;
  readonly displayName: string;
};

/** Makes a link and makes void those of the same purpose. @returns the token, which is stored nowhere */
export async function createLink(
  trx: Trx,
  clock: Clock,
  { personId, purpose }: { readonly personId: string; readonly purpose: LinkPurpose },
): Promise<string> {
  const now = clock.now();
  await trx
    .deleteFrom("oneTimeLink")
    .where((eb) =>
      eb.or([eb("expiresAt", "<=", now.toISOString()), eb("personId", "=", personId).and("purpose", "=", purpose)]),
    )
    .execute();
  const token = newSecretToken();
  await trx
    .insertInto("oneTimeLink")
    .values({
      tokenHash: hashToken(token),
      personId,
      purpose,
      expiresAt: new Date(now.getTime() + LINK_MINUTES[purpose] * 60_000).toISOString(),
      usedAt: null,
      createdAt: now.toISOString(),
    })
    .execute();
  return token;
}

/** What the link is for, while it may still be used: not used, not expired, its account enabled. */
export async function findLink(
  db: Db | Trx,
  clock: Clock,
  { token, purposes }: { readonly token: string; readonly purposes: readonly LinkPurpose[] },
): Promise<OneTimeLink | null> {
  const row = await db
    .selectFrom("oneTimeLink")
    .innerJoin("person", "person.id", "oneTimeLink.personId")
    .select(["oneTimeLink.personId", "oneTimeLink.purpose", "person.email", "person.displayName"])
    .where("oneTimeLink.tokenHash", "=", hashToken(token))
    .where("oneTimeLink.purpose", "in", purposes)
    .where("oneTimeLink.usedAt", "is", null)
    .where("oneTimeLink.expiresAt", ">", clock.now().toISOString())
    .where("person.disabledAt", "is", null)
    .executeTakeFirst();
  return row ? { ...row, personId: row.personId as PersonId, purpose: row.purpose as LinkPurpose } : null;
}

/** @returns whether the link was still unused: of two that come together, one wins */
export async function useLink(trx: Trx, clock: Clock, token: string): Promise<boolean> {
  const result = await trx
    .updateTable("oneTimeLink")
    .set({ usedAt: clock.now().toISOString() })
    .where("tokenHash", "=", hashToken(token))
    .where("usedAt", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export function linkAddress(token: string): string {
  return `${getEnv().publicUrl}/lien/${token}`;
}

const MAIL_KINDS: Record<MailedLink, MailKind> = {
  "sign-in": "sign-in-link",
  "password-reset": "password-reset",
  invitation: "invitation",
};

type LinkMail = {
  readonly person: { readonly id: string; readonly email: string };
  readonly link: MailedLink;
  /** The network that invites, in whose outbox the sending shows; what a person asks for themselves concerns nobody else. */
  readonly networkId?: NetworkId;
};

/** Makes a link and puts it into the outbox for this person. */
export async function mailLink(trx: Trx, clock: Clock, { person, link, networkId }: LinkMail): Promise<void> {
  const token = await createLink(trx, clock, { personId: person.id, purpose: link });
  await enqueueMail(trx, clock, {
    networkId: networkId ?? null,
    personId: person.id,
    kind: MAIL_KINDS[link],
    to: person.email,
    ...composeLinkMail(link, linkAddress(token)),
  });
}
