import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import { KINDS_WITH_A_SECRET, type MailKind } from "~/services/mail.server";

export const PAGE_SIZE = 20;

export type MailStatus = "queued" | "sent" | "failed";

export type ListedMail = {
  readonly id: string;
  readonly kind: MailKind;
  readonly toAddress: string;
  readonly recipient: string | null;
  readonly subject: string;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly nextAttemptAt: string | null;
  readonly sentAt: string | null;
  readonly createdAt: string;
};

function mailsOf(db: Db, networkId: NetworkId) {
  return db
    .selectFrom("outboxMail")
    .leftJoin("person", "person.id", "outboxMail.personId")
    .select(["outboxMail.id", "outboxMail.kind", "outboxMail.toAddress", "outboxMail.subject", "outboxMail.status"])
    .select(["outboxMail.attempts", "outboxMail.lastError", "outboxMail.nextAttemptAt", "outboxMail.sentAt"])
    .select(["outboxMail.createdAt", "person.displayName as recipient"])
    .where("outboxMail.networkId", "=", networkId);
}

/** One page of the network's mails, the latest first. @param page from 1 */
export async function listMails(
  db: Db,
  networkId: NetworkId,
  { status, page }: { readonly status: MailStatus | null; readonly page: number },
): Promise<{ readonly mails: readonly ListedMail[]; readonly total: number }> {
  let counting = db.selectFrom("outboxMail").where("networkId", "=", networkId);
  let listing = mailsOf(db, networkId);
  if (status !== null) {
    counting = counting.where("status", "=", status);
    listing = listing.where("outboxMail.status", "=", status);
  }
  const [counted, rows] = await Promise.all([
    counting.select(({ fn }) => fn.countAll().as("total")).executeTakeFirst(),
    listing
      .orderBy("outboxMail.createdAt", "desc")
      .orderBy("outboxMail.id")
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE)
      .execute(),
  ]);
  return {
    total: Number(counted?.total ?? 0),
    mails: rows.map((row) => ({ ...row, kind: row.kind as MailKind, status: row.status as MailStatus })),
  };
}

/**
 * The last mail by which this person was to enter: the administration sees here whether it left, as no network's outbox shows one that
 * belongs to none.
 */
export async function findLastAccessMail(
  db: Db,
  personId: string,
): Promise<Pick<ListedMail, "status" | "lastError" | "createdAt" | "toAddress"> | null> {
  const row = await db
    .selectFrom("outboxMail")
    .select(["status", "lastError", "createdAt", "toAddress"])
    .where("personId", "=", personId)
    .where("kind", "in", KINDS_WITH_A_SECRET)
    .orderBy("createdAt", "desc")
    .orderBy("id")
    .executeTakeFirst();
  return row ? { ...row, status: row.status as MailStatus } : null;
}

/** Kinds whose text carries the key of an account: nobody but the addressee reads it. */
const CARRIES_A_KEY: Record<MailKind, boolean> = {
  convocation: false,
  invitation: true,
  "password-reset": true,
  "sign-in-link": true,
  minutes: false,
  consultation: false,
  cancellation: false,
  reminder: false,
  information: false,
};

/** The last part of a personal link: with it, one could answer in somebody else's name. */
const PERSONAL_LINK = /(\/(?:reponse|lien)\/)[A-Za-z0-9_-]+/g;

/**
 * The text of a mail as others than its addressee may read it: without the secret of personal links, and not at all when it opens an account.
 * A kind that is not known is not shown.
 */
export function readableBody(kind: string, bodyText: string): string | null {
  if (!Object.hasOwn(CARRIES_A_KEY, kind) || CARRIES_A_KEY[kind as MailKind]) return null;
  return bodyText.replace(PERSONAL_LINK, "$1[lien personnel]");
}

export type MailEvent = { readonly at: string; readonly outcome: string; readonly detail: string };

export type MailRecord = ListedMail & {
  /** Null when only the addressee may read it. */
  readonly body: string | null;
  readonly attachmentNames: readonly string[];
  readonly messageId: string | null;
  /** What happened to it, in order: the proof of sending. */
  readonly events: readonly MailEvent[];
};

export async function findMail(db: Db, networkId: NetworkId, mailId: string): Promise<MailRecord | null> {
  const row = await mailsOf(db, networkId)
    .select(["outboxMail.bodyText", "outboxMail.attachments", "outboxMail.messageId"])
    .where("outboxMail.id", "=", mailId)
    .executeTakeFirst();
  if (!row) return null;
  const events = await db
    .selectFrom("mailEvent")
    .select(["at", "outcome", "detail"])
    .where("mailId", "=", mailId)
    .orderBy("at")
    .orderBy("id")
    .execute();
  const { bodyText, attachments, ...mail } = row;
  return {
    ...mail,
    kind: mail.kind as MailKind,
    status: mail.status as MailStatus,
    body: readableBody(mail.kind, bodyText),
    attachmentNames: (JSON.parse(attachments) as { readonly fileName: string }[]).map(({ fileName }) => fileName),
    events,
  };
}
