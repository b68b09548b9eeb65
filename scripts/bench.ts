import { fork, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NetworkId, PersonId } from "../app/domain/kernel/ids";
import { parisLocalAt } from "../app/domain/kernel/paris-time";
import { recordAttendance } from "../app/features/attendance/commands.server";
import { openSession } from "../app/features/meetings/session.server";
import { systemClock } from "../app/services/clock.server";
import { databasePath, migrateToLatest, openDatabase, type Db } from "../app/services/db.server";
import { loadMeetingRecord } from "../app/services/meeting-record.server";
import { loadDemonstration } from "../db/seed/demonstration";
import { actAs, must } from "../db/seed/story";
import { copyWithHistory, copyWithSeats } from "./bench/history";
import { measureProtection } from "./bench/protection";
import { compare, measureLoad, type Load } from "./bench/load";
import { measureFigures } from "./bench/figures";
import { measureCalls, measureImport } from "./bench/money";
import { layOutNetwork, measurePages, OBSERVATORY_SIZES } from "./bench/observatory";

const HELP = `npm run bench [-- --court] [-- --argent] [-- --secret] [-- --chiffres DOSSIER] [-- --observatoire] [-- --populations FICHIER] : mesure le portail construit (npm run build), côte à côte et en rapports.
  --court               des mesures trois fois plus courtes
  --populations FICHIER le fichier national de l’INSEE à importer ; à défaut, un fichier de même forme
  --argent              seulement l’appel de fonds et l’import des populations
  --secret              seulement la protection des petits nombres
  --chiffres DOSSIER    seulement l’import du comparateur et de Filosofi, fichiers nationaux de ce dossier
  --observatoire        seulement le portrait et la carte de l’observatoire`;

if (process.argv.includes("--aide")) {
  console.log(HELP);
  process.exit(0);
}

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "portail-bench-"));
const MILLISECONDS = process.argv.includes("--court") ? 1_000 : 3_000;
const ROUNDS = 3;
/** CCAS × categories. */
const TABLES = [
  [6, 40],
  [60, 40],
  [600, 200],
] as const;
const USERS = 10;
const children = new Set<ChildProcess>();

type Portal = { readonly address: string; readonly child: ChildProcess; readonly stop: () => Promise<void> };

async function startPortal(dataDir: string): Promise<Portal> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "scripts/start.ts")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", PORT: "0", DATA_DIR: dataDir, DEMO: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.add(child);
  const port = await new Promise<number>((resolve, reject) => {
    child.on("message", (message: { ready?: number }) => message.ready && resolve(message.ready));
    child.on("exit", () => reject(new Error("The portal did not start")));
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    children.delete(child);
  };
  return { address: `http://localhost:${port}`, child, stop };
}

async function startPeer(order: object): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(join(root, "scripts/bench/peers.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  children.add(child);
  child.send(order);
  const port = await new Promise<number>((resolve) =>
    child.on("message", (message: { port: number }) => resolve(message.port)),
  );
  return { url: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}

async function signIn(address: string, email: string): Promise<string> {
  const body = new URLSearchParams({ email, motDePasse: "demonstration-2026" });
  const answer = await fetch(`${address}/connexion`, { method: "POST", body, redirect: "manual" });
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("portail_session="));
  if (!cookie) throw new Error(`Sign-in answered ${answer.status}`);
  return cookie.split(";")[0] ?? "";
}

/** Opens the meeting to come, with everybody but the last seat in the room. */
async function openLiveMeeting(path: string): Promise<string> {
  const db: Db = openDatabase(path, { durable: false });
  const meeting = await db
    .selectFrom("meeting")
    .select(["id", "networkId", "chairSeatId", "chairPersonId", "secretaryPersonId"])
    .where("status", "=", "convened")
    .executeTakeFirstOrThrow();
  await db
    .updateTable("meeting")
    .set({ startsAt: parisLocalAt(new Date()) })
    .where("id", "=", meeting.id)
    .execute();
  const context = await actAs(db, systemClock, meeting.networkId as NetworkId, meeting.secretaryPersonId as PersonId);
  const chair = { seatId: meeting.chairSeatId ?? "", personId: meeting.chairPersonId ?? "" };
  must(await openSession(context, { meetingId: meeting.id, chair, secretaryPersonId: meeting.secretaryPersonId }));
  const record = await loadMeetingRecord(db, meeting.networkId as NetworkId, meeting.id);
  for (const seat of record?.seats.slice(0, Math.min(60, (record.seats.length || 1) - 1)) ?? []) {
    const personId = seat.titular?.personId;
    if (personId)
      must(
        await recordAttendance(context, meeting.id, {
          cle: systemClock.newId(),
          kind: "arrival",
          mode: "in-person",
          heure: null,
          occupant: { seatId: seat.id, personId },
        }),
      );
  }
  await db.destroy();
  return meeting.id;
}

const ratio = (value: Load, reference: Load): string => (value.perSecond / reference.perSecond).toFixed(2);
const line = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(" | ")} |`);
const head = (...cells: readonly string[]): void => {
  line(...cells);
  line(...cells.map(() => "---"));
};

async function measurePublicPages(portal: Portal): Promise<void> {
  console.log(`\n### Public pages, ${USERS} at once\n`);
  head(
    "page",
    "requests/s",
    "÷ same bytes from a bare node:http",
    "÷ same page rendered by React alone",
    "kB transferred",
  );
  const list = await (await fetch(`${portal.address}/reseaux/blain/proces-verbaux`)).text();
  const minutes = /\/reseaux\/blain\/proces-verbaux\/\d{4}-\d+(?=")/.exec(list)?.[0] ?? "";
  for (const [name, path] of [
    ["published minutes", minutes],
    ["list of minutes", "/reseaux/blain/proces-verbaux"],
    ["decisions", "/reseaux/blain/decisions"],
  ] as const) {
    const url = portal.address + path;
    const html = await (await fetch(url, { headers: { "accept-encoding": "identity" } })).text();
    const encoded = await encodedBytes(url);
    const memory = await startPeer({
      kind: "memory",
      html,
      encoded: encoded.toString("base64"),
      type: "text/html; charset=utf-8",
    });
    const react = await startPeer({ kind: "react", html, encoded: null, type: "" });
    const [ours, fromMemory, fromReact] = await compare(
      [{ url }, { url: memory.url }, { url: react.url }],
      USERS,
      MILLISECONDS,
      ROUNDS,
    );
    if (ours && fromMemory && fromReact)
      line(
        name,
        Math.round(ours.perSecond),
        ratio(ours, fromMemory),
        ratio(ours, fromReact),
        (encoded.length / 1000).toFixed(1),
      );
    memory.stop();
    react.stop();
  }
}

function encodedBytes(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function measureSignedIn(portal: Portal, meetingId: string): Promise<void> {
  console.log(`\n### Signed-in pages, ${USERS} people at once\n`);
  head("page", "requests/s", "median ms", "p95 ms", "÷ same page rendered by React alone");
  const pages = [
    ["dashboard, official", "elu@blain.demo", "/reseaux/blain"],
    ["dashboard, secretary", "secretariat@blain.demo", "/reseaux/blain"],
    ["live meeting, official", "elu@blain.demo", `/reseaux/blain/seances/${meetingId}`],
    ["live meeting, secretary", "secretariat@blain.demo", `/reseaux/blain/seances/${meetingId}`],
  ] as const;
  for (const [name, email, path] of pages) {
    const headers = { cookie: await signIn(portal.address, email) };
    const url = portal.address + path;
    const html = await (await fetch(url, { headers })).text();
    const react = await startPeer({ kind: "react", html, encoded: null, type: "" });
    const [ours, fromReact] = await compare([{ url, headers }, { url: react.url }], USERS, MILLISECONDS, ROUNDS);
    if (ours && fromReact)
      line(name, Math.round(ours.perSecond), ours.p50.toFixed(1), ours.p95.toFixed(1), ratio(ours, fromReact));
    react.stop();
  }
}

async function measureGrowth(base: string): Promise<void> {
  console.log("\n### Growth, median ms of one request at a time (÷ the smallest)\n");
  head("case", "published minutes", "list of minutes", "dashboard", "live meeting");
  const cases = [
    ...[1, 10, 100].map((years) => ({
      label: `${years} year(s) of meetings`,
      group: "years",
      make: (target: string) => copyWithHistory(base, target, years),
    })),
    ...[7, 60, 600].map((seats) => ({
      label: `${seats} seats`,
      group: "seats",
      make: (target: string) => copyWithSeats(base, target, seats),
    })),
  ];
  const first = new Map<string, readonly number[]>();
  for (const [index, { label, group, make }] of cases.entries()) {
    const dataDir = join(work, `growth-${index}`);
    make(databasePath(dataDir));
    const meetingId = await openLiveMeeting(databasePath(dataDir));
    const portal = await startPortal(dataDir);
    const cookie = await signIn(portal.address, "secretariat@blain.demo");
    const list = await (await fetch(`${portal.address}/reseaux/blain/proces-verbaux`)).text();
    const minutes = /\/reseaux\/blain\/proces-verbaux\/\d{4}-\d+(?=")/.exec(list)?.[0] ?? "";
    const targets = [
      { url: portal.address + minutes, headers: { cookie } },
      { url: `${portal.address}/reseaux/blain/proces-verbaux`, headers: { cookie } },
      { url: `${portal.address}/reseaux/blain`, headers: { cookie } },
      { url: `${portal.address}/reseaux/blain/seances/${meetingId}`, headers: { cookie } },
    ];
    const medians: number[] = [];
    for (const target of targets) {
      await measureLoad(target, 1, MILLISECONDS / 3);
      medians.push((await measureLoad(target, 1, MILLISECONDS / 2)).p50);
    }
    const smallest = first.get(group) ?? medians;
    first.set(group, smallest);
    line(
      label,
      ...medians.map((median, at) => `${median.toFixed(1)} (${(median / (smallest[at] ?? median)).toFixed(1)})`),
    );
    await portal.stop();
  }
}

async function measureListeners(portal: Portal, meetingId: string): Promise<void> {
  const LISTENERS = 500;
  const cookie = await signIn(portal.address, "secretariat@blain.demo");
  const agent = new Agent({ keepAlive: true, maxSockets: LISTENERS + 10 });
  let heard = 0;
  let connected = 0;
  const waiting = { change: (): void => undefined };
  await Promise.all(
    Array.from(
      { length: LISTENERS },
      () =>
        new Promise<void>((resolve, reject) => {
          const sent = request(
            `${portal.address}/reseaux/blain/seances/${meetingId}/direct`,
            { agent, headers: { cookie, accept: "text/event-stream" } },
            (answer) => {
              let isFirst = true;
              answer.on("data", (chunk: Buffer) => {
                if (!chunk.toString().includes("event: change")) return;
                if (isFirst) {
                  isFirst = false;
                  connected += 1;
                  resolve();
                } else {
                  heard += 1;
                  if (heard === LISTENERS) waiting.change();
                }
              });
            },
          );
          sent.on("error", reject);
          sent.end();
        }),
    ),
  );
  const all = new Promise<void>((resolve) => {
    waiting.change = resolve;
  });
  const page = await (
    await fetch(`${portal.address}/reseaux/blain/seances/${meetingId}`, { headers: { cookie } })
  ).text();
  const occupant = /name="occupant" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const started = performance.now();
  const body = new URLSearchParams({
    intent: "presence",
    cle: systemClock.newId(),
    occupant,
    acte: "departure",
    heure: "",
  });
  const answer = await fetch(`${portal.address}/reseaux/blain/seances/${meetingId}`, {
    method: "POST",
    headers: { cookie },
    body,
    redirect: "manual",
  });
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  const last = performance.now() - started;
  console.log("\n### Live listeners on one process\n");
  head("listeners", "told of one departure", "milliseconds from the secretary's click to the last");
  line(connected, heard, answer.status < 400 ? last.toFixed(0) : `the click answered ${answer.status}`);
  agent.destroy();
}

async function measureMoney(): Promise<void> {
  const option = process.argv.indexOf("--populations");
  const file = option === -1 ? null : (process.argv[option + 1] ?? null);
  console.log("\n### A call for funds, four expenses\n");
  head("communes", "preview, ms", "issue, ms", "µs a commune", "against six");
  await measureCalls(work, line);
  console.log("\n### The national population file\n");
  head("reader", "rows", "rows a second", "speed, ratio", "peak memory, MB", "memory, ratio");
  await measureImport(work, file, line);
}

async function measurePortal(): Promise<void> {
  const base = join(work, "base");
  mkdirSync(base);
  const db = openDatabase(databasePath(base), { durable: false });
  await migrateToLatest(db);
  await loadDemonstration(db, new Date(), "http://localhost:3000");
  await db.destroy();
  console.log(
    `Node ${process.versions.node}, ${cpus().length} cores; client and server on the same machine, in turns, median of ${ROUNDS}.`,
  );

  const live = join(work, "live");
  copyWithHistory(databasePath(base), databasePath(live), 1);
  const meetingId = await openLiveMeeting(databasePath(live));
  const portal = await startPortal(live);
  await measurePublicPages(portal);
  await measureSignedIn(portal, meetingId);
  await measureListeners(portal, meetingId);
  await portal.stop();
  await measureGrowth(databasePath(base));
}

/** The portrait and a map, computed anew each time, for networks of three sizes. */
async function measureObservatory(): Promise<void> {
  const folder = join(work, "observatory");
  mkdirSync(folder);
  const db = openDatabase(databasePath(folder), { durable: false });
  await migrateToLatest(db);
  await loadDemonstration(db, new Date(), "http://localhost:3000");
  const slugs = ["blain"];
  for (const size of OBSERVATORY_SIZES.slice(1)) slugs.push((await layOutNetwork(db, size)).slug);
  await db.destroy();
  const portal = await startPortal(folder);
  console.log("\n### Observatory, one reader, nothing kept\n");
  line("network", "page", "p50, ms", "p95, ms", "processor, ms", "bytes", "brotli");
  line("---", "---", "---:", "---:", "---:", "---:", "---:");
  for (const slug of slugs)
    for (const measure of await measurePages(
      { address: portal.address, pid: portal.child.pid ?? 0 },
      slug,
      OBSERVATORY_RUNS,
    )) {
      const { page, p50, p95, processor, bytes, compressed } = measure;
      line(slug, page, p50, p95, processor ?? "–", bytes, compressed);
    }
  await portal.stop();
}

const OBSERVATORY_RUNS = 30;

try {
  const isOnly = (part: string): boolean => process.argv.includes(part);
  const isPart = isOnly("--argent") || isOnly("--secret") || isOnly("--observatoire");
  const figures = process.argv.indexOf("--chiffres");
  if (figures !== -1) await measureFigures(process.argv[figures + 1] ?? "");
  else {
    if (!isPart) await measurePortal();
    if (!isPart || isOnly("--argent")) await measureMoney();
    if (!isPart || isOnly("--secret")) await measureProtection(TABLES);
    if (!isPart || isOnly("--observatoire")) await measureObservatory();
  }
} finally {
  for (const child of children) child.kill("SIGKILL");
  rmSync(work, { recursive: true, force: true });
}
