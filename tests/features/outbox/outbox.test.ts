import { describe, expect, it } from "vitest";
import { retrySending } from "~/features/outbox/commands.server";
import { retryMessage } from "~/features/outbox/messages.fr";
import { inviteAgain } from "~/features/networks/person-commands.server";
import { findLastAccessMail, findMail, listMails, readableBody } from "~/features/outbox/queries.server";
import { writeTransaction } from "~/services/db.server";
import { enqueueMail, type MailKind } from "~/services/mail.server";
import { createCommittee, type Committee } from "../../support/database";

const TEXT = "Répondez : https://portail.example/reponse/AbC_123-xyz\nou https://portail.example/lien/SECRET-key_9.";

async function queue({ db, clock, networkId, personOf }: Committee, kind: MailKind): Promise<string> {
  return writeTransaction(db, (trx) =>
    enqueueMail(trx, clock, {
      networkId,
      personId: personOf("bouvron"),
      kind,
      to: "bouvron@blain.example",
      subject: "Objet",
      text: TEXT,
      attachments: [{ fileName: "convocation.ics", contentType: "text/calendar", content: "BEGIN:VCALENDAR" }],
    }),
  );
}

async function setStatus({ db }: Committee, mailId: string, status: string): Promise<void> {
  await db.updateTable("outboxMail").set({ status, attempts: 6 }).where("id", "=", mailId).execute();
}

describe("lire un envoi", () => {
  it.each(["invitation", "password-reset", "sign-in-link", "inconnu"])("%s : le texte reste caché", (kind) => {
    expect(readableBody(kind, TEXT)).toBeNull();
  });

  it("convocation : lisible, sans le secret des liens personnels", async () => {
    const committee = await createCommittee();
    const id = await queue(committee, "convocation");
    const mail = await findMail(committee.db, committee.networkId, id);
    expect(mail?.body).toBe(
      "Répondez : https://portail.example/reponse/[lien personnel]\nou https://portail.example/lien/[lien personnel].",
    );
    expect(mail?.attachmentNames).toEqual(["convocation.ics"]);
    expect(mail?.events.map(({ outcome }) => outcome)).toEqual(["queued"]);
    expect(JSON.stringify(mail)).not.toContain("AbC_123");
  });

  it("un autre réseau n’en voit rien", async () => {
    const committee = await createCommittee();
    const id = await queue(committee, "convocation");
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    expect(await findMail(committee.db, other.networkId, id)).toBeNull();
    expect((await listMails(committee.db, other.networkId, { status: null, page: 1 })).total).toBe(0);
    expect((await listMails(committee.db, committee.networkId, { status: "queued", page: 1 })).mails).toHaveLength(1);
    expect((await listMails(committee.db, committee.networkId, { status: "failed", page: 1 })).total).toBe(0);
  });
});

describe("le courriel d’accès d’une personne, que l’administration suit", () => {
  it("d’aucun réseau, son échec se voit ; un nouveau le remplace", async () => {
    const { db, clock, personOf } = await createCommittee();
    const person = personOf("bouvron");
    expect(await findLastAccessMail(db, person)).toBeNull();
    await inviteAgain({ db, clock }, person);
    await db
      .updateTable("outboxMail")
      .set({ status: "failed", lastError: "connect ECONNREFUSED" })
      .where("kind", "=", "invitation")
      .execute();
    expect(await findLastAccessMail(db, person)).toMatchObject({ status: "failed", lastError: "connect ECONNREFUSED" });
    clock.advanceMinutes(1);
    await inviteAgain({ db, clock }, person);
    expect(await findLastAccessMail(db, person)).toMatchObject({ status: "queued", lastError: null });
  });
});

describe("relancer un envoi", () => {
  it("en échec : il revient en file, une seule fois pour un double clic", async () => {
    const committee = await createCommittee();
    const mailId = await queue(committee, "convocation");
    await setStatus(committee, mailId, "failed");
    const context = await committee.contextOf("secretary");
    await retrySending(context, { mailId });
    expect((await retrySending(context, { mailId })).ok).toBe(true);
    const mail = await findMail(committee.db, committee.networkId, mailId);
    expect(mail).toMatchObject({ status: "queued", attempts: 0 });
    expect(mail?.events.map(({ outcome }) => outcome).sort()).toEqual(["queued", "retried"]);
  });

  it("déjà parti : refusé avec une phrase", async () => {
    const committee = await createCommittee();
    const mailId = await queue(committee, "convocation");
    await setStatus(committee, mailId, "sent");
    const decision = await retrySending(await committee.contextOf("secretary"), { mailId });
    expect(decision).toEqual({ ok: false, refusal: "already-sent" });
    expect(retryMessage("already-sent")).toContain("déjà parti");
  });

  it("d’un autre réseau : introuvable", async () => {
    const committee = await createCommittee();
    const mailId = await queue(committee, "convocation");
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const decision = await retrySending(await other.contextOf("secretary"), { mailId });
    expect(decision).toEqual({ ok: false, refusal: "unknown-mail" });
  });
});
