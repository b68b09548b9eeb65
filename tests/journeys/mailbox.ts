import { SMTPServer } from "smtp-server";

export type ReceivedMail = { readonly to: readonly string[]; readonly raw: string; readonly text: string };

export type Mailbox = {
  /** « smtp://localhost:port » */
  readonly url: string;
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** The last link of that kind mailed to this address; waits for its mail. */
  readonly linkFor: (address: string, kind: "lien" | "reponse") => Promise<string>;
  readonly waitForMail: (address: string, words: RegExp, seconds?: number) => Promise<ReceivedMail>;
  readonly stop: () => Promise<void>;
};

function decodeQuotedPrintable(raw: string): string {
  const bytes = raw
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** A mail server that keeps every mail it receives. */
export async function startMailbox(port = 0): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("latin1");
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw,
          text: decodeQuotedPrintable(raw),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port");

  const waitForMail = async (to: string, words: RegExp, seconds = 15): Promise<ReceivedMail> => {
    for (const end = Date.now() + seconds * 1_000; Date.now() < end;) {
      const found = mails.findLast((mail) => mail.to.includes(to) && words.test(mail.text));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`No mail to ${to} says ${words}; received: ${mails.map((mail) => mail.to.join()).join(" ")}`);
  };
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails,
    waitForMail,
    linkFor: async (to, kind) => {
      const pattern = new RegExp(`https?://\\S+/${kind}/[\\w-]+`);
      const link = pattern.exec((await waitForMail(to, pattern)).text)?.[0];
      if (link === undefined) throw new Error(`No link for ${to}`);
      return link;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
