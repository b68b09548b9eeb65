import { SMTPServer } from "smtp-server";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { writeTransaction, type Db } from "~/services/db.server";
import { enqueueMails, retryMail, sendDueMails, type NewMail } from "~/services/mail.server";
import { createCommittee, type Committee } from "../../support/database";

type Received = { readonly to: string; readonly text: string };

const servers: SMTPServer[] = [];

async function startSmtp(received: Received[], refuse: (address: string) => boolean = () => false): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(refuse(address) ? new Error("550 no such mailbox") : null);
    },
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text });
        done();
      });
    },
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(resolve))));
});

const mailTo = (committee: Committee, to: string): NewMail => ({
  networkId: committee.networkId,
  personId: null,
  kind: "convocation",
  to,
  subject: "Convocation à la séance",
  text: "Mesdames, Messieurs,\nla séance s’ouvre à 18 h 30.",
  attachments: [{ fileName: "seance.ics", contentType: "text/calendar; charset=utf-8", content: "BEGIN:VCALENDAR" }],
});

const put = (committee: Committee, mails: readonly NewMail[]): Promise<readonly string[]> =>
  writeTransaction(committee.db, (trx) => enqueueMails(trx, committee.clock, mails));

const statusOf = (db: Db): Promise<Array<{ status: string; attempts: number }>> =>
  db.selectFrom("outboxMail").select(["status", "attempts"]).orderBy("toAddress").execute();

const outcomesOf = async (db: Db): Promise<string[]> =>
  (await db.selectFrom("mailEvent").select("outcome").orderBy("at").orderBy("id").execute()).map(
    ({ outcome }) => outcome,
  );

describe("la boîte d’envoi, devant un vrai serveur SMTP", () => {
  it("envoie une fois à chacun, pièce jointe comprise, et en garde la preuve", async () => {
    const received: Received[] = [];
    const smtpUrl = await startSmtp(received);
    const committee = await createCommittee();
    await put(committee, [mailTo(committee, "a@exemple.fr"), mailTo(committee, "b@exemple.fr")]);
    const settings = { smtpUrl, mailFrom: "Portail <portail@exemple.fr>" };
    expect(await sendDueMails(committee.db, committee.clock, settings)).toBe(2);
    expect(await sendDueMails(committee.db, committee.clock, settings)).toBe(0);
    expect(received.map(({ to }) => to).sort()).toEqual(["a@exemple.fr", "b@exemple.fr"]);
    expect(received[0]?.text).toContain("seance.ics");
    expect(await outcomesOf(committee.db)).toEqual(["queued", "queued", "sent", "sent"]);
  });

  it("garde tout quand aucun serveur n’est réglé", async () => {
    const committee = await createCommittee();
    await put(committee, [mailTo(committee, "a@exemple.fr")]);
    expect(await sendDueMails(committee.db, committee.clock, { smtpUrl: null, mailFrom: "x" })).toBe(0);
    expect(await statusOf(committee.db)).toEqual([{ status: "queued", attempts: 0 }]);
  });

  it("serveur en panne : réessaie plus tard, puis s’arrête, et repart quand on le demande", async () => {
    const committee = await createCommittee();
    const [mailId = ""] = await put(committee, [mailTo(committee, "a@exemple.fr")]);
    const down = { smtpUrl: "smtp://127.0.0.1:9", mailFrom: "x@exemple.fr" };
    await sendDueMails(committee.db, committee.clock, down);
    expect(await statusOf(committee.db)).toEqual([{ status: "queued", attempts: 1 }]);
    await sendDueMails(committee.db, committee.clock, down);
    expect(await statusOf(committee.db)).toEqual([{ status: "queued", attempts: 1 }]);
    for (const minutes of [2, 6, 16, 61, 241]) {
      committee.clock.advanceMinutes(minutes);
      await sendDueMails(committee.db, committee.clock, down);
    }
    expect(await statusOf(committee.db)).toEqual([{ status: "failed", attempts: 6 }]);

    const received: Received[] = [];
    const smtpUrl = await startSmtp(received);
    await writeTransaction(committee.db, (trx) => retryMail(trx, committee.clock, mailId));
    await sendDueMails(committee.db, committee.clock, { smtpUrl, mailFrom: "x@exemple.fr" });
    expect(received).toHaveLength(1);
    expect((await outcomesOf(committee.db)).at(-1)).toBe("sent");
  });

  it("une adresse refusée n’empêche pas les autres de partir", async () => {
    const received: Received[] = [];
    const smtpUrl = await startSmtp(received, (address) => address === "a@exemple.fr");
    const committee = await createCommittee();
    await put(committee, [mailTo(committee, "a@exemple.fr"), mailTo(committee, "b@exemple.fr")]);
    expect(await sendDueMails(committee.db, committee.clock, { smtpUrl, mailFrom: "x@exemple.fr" })).toBe(1);
    expect((await statusOf(committee.db)).map(({ status }) => status)).toEqual(["queued", "sent"]);
  });

  it("un acte annulé n’envoie rien", async () => {
    const committee = await createCommittee();
    await expect(
      writeTransaction(committee.db, async (trx) => {
        await enqueueMails(trx, committee.clock, [mailTo(committee, "a@exemple.fr")]);
        throw new Error("the rest of the command failed");
      }),
    ).rejects.toThrow("the rest of the command failed");
    expect(await statusOf(committee.db)).toEqual([]);
  });
});
