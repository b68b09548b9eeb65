import { createTransport, type Transporter } from "nodemailer";
import type { Clock } from "./clock.server";
import { systemClock } from "./clock.server";
import { getDb, writeTransaction, type Db, type Trx } from "./db.server";
import { getEnv } from "./env.server";
import { describeFault, log } from "./log.server";

export type MailAttachment = { readonly fileName: string; readonly contentType: string; readonly content: string };

export type MailKind =
  | "convocation"
  | "invitation"
  | "password-reset"
  | "sign-in-link"
  | "minutes"
  | "consultation"
  | "cancellation"
  | "reminder"
  | "information";

export type NewMail = {
  readonly networkId: string | null;
  readonly meetingId?: string;
  readonly personId: string | null;
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
};

/** Puts a mail into the outbox within the command's own transaction; it leaves later. @returns its id */
export async function enqueueMail(trx: Trx, clock: Clock, mail: NewMail): Promise<string> {
  const [id] = await enqueueMails(trx, clock, [mail]);
  if (id === undefined) throw new Error("The outbox kept no mail");
  return id;
}

export async function enqueueMails(trx: Trx, clock: Clock, mails: readonly NewMail[]): Promise<readonly string[]> {
  if (mails.length === 0) return [];
  const at = clock.now().toISOString();
  const rows = mails.map((mail) => ({
    id: clock.newId(),
    networkId: mail.networkId,
    meetingId: mail.meetingId ?? null,
    personId: mail.personId,
    kind: mail.kind,
    toAddress: mail.to,
    subject: mail.subject,
    bodyText: mail.text,
    attachments: JSON.stringify(mail.attachments ?? []),
    status: "queued",
    attempts: 0,
    nextAttemptAt: at,
    lastError: null,
    messageId: null,
    sentAt: null,
    createdAt: at,
  }));
  await trx.insertInto("outboxMail").values(rows).execute();
  await trx
    .insertInto("mailEvent")
    .values(rows.map((row) => ({ id: clock.newId(), mailId: row.id, at, outcome: "queued", detail: row.toAddress })))
    .execute();
  return rows.map((row) => row.id);
}

/** Their link opens an account: the text must be shown to nobody, and does not outlive its sending. */
export const KINDS_WITH_A_SECRET: readonly MailKind[] = ["invitation", "password-reset", "sign-in-link"];

/** Minutes before each new attempt; after the last, the mail is « failed » until somebody asks for a retry. */
const RETRY_MINUTES = [1, 5, 15, 60, 240] as const;
const BATCH = 20;

let transport: { readonly url: string; readonly sender: Transporter } | null = null;

function transportTo(url: string): Transporter {
  if (transport?.url !== url) {
    transport = {
      url,
      sender: createTransport(url, {
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 20_000,
      } as never),
    };
  }
  return transport.sender;
}

/**
 * Sends what is due. Without an SMTP server nothing is tried: the mails wait, visible in the outbox.
 * @returns how many left
 */
export async function sendDueMails(
  db: Db,
  clock: Clock,
  settings: { readonly smtpUrl: string | null; readonly mailFrom: string },
): Promise<number> {
  if (settings.smtpUrl === null) return 0;
  const due = await db
    .selectFrom("outboxMail")
    .selectAll()
    .where("status", "=", "queued")
    .where("nextAttemptAt", "<=", clock.now().toISOString())
    .orderBy("createdAt")
    .limit(BATCH)
    .execute();
  let sent = 0;
  for (const mail of due) {
    const attempt = mail.attempts + 1;
    try {
      const attachments = JSON.parse(mail.attachments) as readonly MailAttachment[];
      const info = await transportTo(settings.smtpUrl).sendMail({
        from: settings.mailFrom,
        to: mail.toAddress,
        subject: mail.subject,
        text: mail.bodyText,
        messageId: `<${mail.id}@portail.invalid>`,
        attachments: attachments.map((file) => ({
          filename: file.fileName,
          contentType: file.contentType,
          content: file.content,
        })),
      });
      await recordOutcome(db, clock, mail.id, {
        status: "sent",
        attempts: attempt,
        detail: info.response ?? "accepted",
        messageId: info.messageId,
      });
      sent += 1;
    } catch (fault) {
      const detail = fault instanceof Error ? fault.message : String(fault);
      const wait = RETRY_MINUTES[attempt - 1];
      await recordOutcome(db, clock, mail.id, {
        status: wait === undefined ? "failed" : "queued",
        attempts: attempt,
        detail,
        retryInMinutes: wait ?? 0,
      });
      log("warn", "mail.failed", { mailId: mail.id, attempt, ...describeFault(fault) });
    }
  }
  return sent;
}

type Outcome = {
  readonly status: "sent" | "queued" | "failed";
  readonly attempts: number;
  readonly detail: string;
  readonly messageId?: string;
  readonly retryInMinutes?: number;
};

async function recordOutcome(db: Db, clock: Clock, mailId: string, outcome: Outcome): Promise<void> {
  const now = clock.now();
  await writeTransaction(db, async (trx) => {
    await trx
      .updateTable("outboxMail")
      .set({
        status: outcome.status,
        attempts: outcome.attempts,
        lastError: outcome.status === "sent" ? null : outcome.detail.slice(0, 500),
        messageId: outcome.messageId ?? null,
        sentAt: outcome.status === "sent" ? now.toISOString() : null,
        nextAttemptAt:
          outcome.status === "queued"
            ? new Date(now.getTime() + (outcome.retryInMinutes ?? 1) * 60_000).toISOString()
            : null,
      })
      .where("id", "=", mailId)
      .execute();
    if (outcome.status === "sent") {
      await trx
        .updateTable("outboxMail")
        .set({ bodyText: "(Le texte, qui portait un lien personnel, a été effacé après l’envoi.)" })
        .where("id", "=", mailId)
        .where("kind", "in", KINDS_WITH_A_SECRET)
        .execute();
    }
    await trx
      .insertInto("mailEvent")
      .values({
        id: clock.newId(),
        mailId,
        at: now.toISOString(),
        outcome: outcome.status === "queued" ? "postponed" : outcome.status,
        detail: outcome.detail.slice(0, 500),
      })
      .execute();
  });
}

/** Puts a failed mail back in the queue, to leave at once. */
export async function retryMail(trx: Trx, clock: Clock, mailId: string): Promise<void> {
  const at = clock.now().toISOString();
  await trx
    .updateTable("outboxMail")
    .set({ status: "queued", nextAttemptAt: at, attempts: 0 })
    .where("id", "=", mailId)
    .where("status", "!=", "sent")
    .execute();
  await trx
    .insertInto("mailEvent")
    .values({ id: clock.newId(), mailId, at, outcome: "retried", detail: "asked by a person" })
    .execute();
}

const POLL_MS = 3_000;

/** Looks into the outbox every few seconds. @returns a function that stops it and waits for the mail under way */
export function startOutbox(): () => Promise<void> {
  const { smtpUrl, mailFrom } = getEnv();
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = sendDueMails(getDb(), systemClock, { smtpUrl, mailFrom })
      .catch((fault: unknown) => log("error", "outbox.fault", describeFault(fault)))
      .finally(() => {
        busy = false;
      });
  }, POLL_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
