import { resolve } from "node:path";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "true", "false", "oui", "non"])
  .transform((word) => word === "1" || word === "true" || word === "oui");

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Where the database, the uploaded files and the backups live. */
  DATA_DIR: z.string().min(1).default("data"),
  /** The address that people type, written into mails and calendars: « https://reseau.exemple.fr ». */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** « smtps://user:password@server:465 ». Without it, mails wait in the outbox. */
  SMTP_URL: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(3).default("Portail du réseau <portail@localhost>"),
  /** Set behind a reverse proxy that writes X-Forwarded-Proto and X-Forwarded-For itself. */
  TRUST_PROXY: flag.default(false),
  /** Shows the demo accounts on the sign-in page. */
  DEMO: flag.default(false),
});

export type Env = {
  readonly nodeEnv: "development" | "production" | "test";
  readonly port: number;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly trustProxy: boolean;
  readonly demo: boolean;
};

/** @throws Error that names each faulty variable: a wrong setting stops the start rather than a request. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join(".")} : ${issue.message}`);
    throw new Error(`Réglage incorrect dans l’environnement :\n  ${faults.join("\n  ")}`);
  }
  const value = result.data;
  return {
    nodeEnv: value.NODE_ENV,
    port: value.PORT,
    dataDir: resolve(value.DATA_DIR),
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ""),
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    trustProxy: value.TRUST_PROXY,
    demo: value.DEMO,
  };
}

let parsed: Env | null = null;

export function getEnv(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
