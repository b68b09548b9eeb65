import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import SQLite from "better-sqlite3";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { databasePath } from "~/services/db.server";
import { newestChange } from "../../scripts/prepare.js";
import { startPortal, type RunningPortal } from "../support/browser";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

export const PERSONAS = {
  secretary: "secretariat@blain.demo",
  official: "elu@blain.demo",
  department: "departement@blain.demo",
  agent: "agent@blain.demo",
  administrator: "admin@blain.demo",
} as const;

export type Persona = keyof typeof PERSONAS;

export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port");
  return address.port;
}

/** The date and hour on Paris clocks, so many minutes from now. */
export function parisIn(minutes: number): { readonly date: string; readonly time: string } {
  const [date = "", time = ""] = new Intl.DateTimeFormat("sv-SE", {
    ...({ timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" } as const),
  })
    .format(new Date(Date.now() + minutes * 60_000))
    .split(" ");
  return { date, time };
}

/**
 * The demonstration's data folder, loaded once for as long as neither its sources nor the day change: loading takes longer than most journeys.
 */
async function loadDemo(): Promise<string> {
  const changed = Math.max(...["app", "db"].map((folder) => newestChange(join(root, folder))));
  const name = `demo-${parisIn(0).date}-${Math.round(changed)}`;
  const kept = join(root, ".cache", name);
  if (existsSync(kept)) return kept;
  mkdirSync(dirname(kept), { recursive: true });
  for (const old of readdirSync(dirname(kept)))
    if (old.startsWith("demo-") && old !== name) rmSync(join(dirname(kept), old), { recursive: true, force: true });
  const loading = mkdtempSync(join(dirname(kept), "loading-"));
  await run(process.execPath, ["--import", "tsx", join(root, "scripts/seed-demo.ts")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", DATA_DIR: loading, DEMO: "1" },
  });
  try {
    renameSync(loading, kept);
  } catch (fault) {
    // Two files loaded it at the same time: the first one there serves both.
    if (!existsSync(kept)) throw fault;
    rmSync(loading, { recursive: true, force: true });
  }
  return kept;
}

/** The portal over the demonstration's year, on a port of its own. */
export async function startDemoPortal(environment: Record<string, string> = {}): Promise<RunningPortal> {
  const dataDir = mkdtempSync(join(tmpdir(), "portail-demo-"));
  const port = await findFreePort();
  cpSync(await loadDemo(), dataDir, { recursive: true });
  return startPortal({ PORT: String(port), PUBLIC_URL: `http://localhost:${port}`, DEMO: "1", ...environment }, dataDir);
}

/** What the database of a running portal holds, read from outside. */
export function readDatabase<Row>(portal: RunningPortal, sql: string, ...values: readonly unknown[]): Row[] {
  const database = new SQLite(databasePath(portal.dataDir));
  try {
    return database.prepare(sql).all(...values) as Row[];
  } finally {
    database.close();
  }
}

/** Brings the demonstration's convened meeting to the coming half-hour, so that it may open. @returns its id */
export function bringMeetingForward(portal: RunningPortal): string {
  const { date, time } = parisIn(30);
  const [meeting] = readDatabase<{ id: string }>(
    portal,
    "update meeting set starts_at = ? where status = 'convened' returning id",
    `${date}T${time}`,
  );
  if (!meeting) throw new Error("The demonstration has no convened meeting");
  return meeting.id;
}

/** What a person's browser sends with each request, once signed in. */
export async function signInByPost(
  address: string,
  email: string,
  password = DEMO_PASSWORD,
): Promise<{ readonly status: number; readonly cookie: string; readonly setCookies: readonly string[] }> {
  const response = await fetch(`${address}/connexion?index`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email, motDePasse: password }).toString(),
  });
  const setCookies = response.headers.getSetCookie();
  return {
    status: response.status,
    setCookies,
    cookie: setCookies.map((line) => line.split(";")[0]).join("; "),
  };
}
