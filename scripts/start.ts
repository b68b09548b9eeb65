import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { createPortal, type PortalBuild } from "./server";

const HELP = `npm start : sert le portail.
Réglages (environnement) : PORT, DATA_DIR, PUBLIC_URL, SMTP_URL, MAIL_FROM, TRUST_PROXY, DEMO.`;

if (process.argv.includes("--aide")) {
  console.log(HELP);
  process.exit(0);
}

process.env["NODE_ENV"] ??= "production";
const buildPath = fileURLToPath(new URL("../build/server/index.js", import.meta.url));
if (!existsSync(buildPath)) {
  console.error("Le portail n’est pas construit : lancez « npm run build ».");
  process.exit(1);
}

const build = (await import(pathToFileURL(buildPath).href)) as unknown as PortalBuild;
const { portal, startReminders } = build.entry.module;
try {
  const env = portal.getEnv();
  await portal.migrateToLatest(portal.getDb());
  const stopOutbox = portal.startOutbox();
  const stopReminders = startReminders?.();
  const app = createPortal(build, fileURLToPath(new URL("../build/client", import.meta.url)));
  const server = serve({ fetch: app.fetch, port: env.port }, ({ port }) => {
    console.log(`Le portail répond sur ${process.env["PUBLIC_URL"] ?? `http://localhost:${port}`}`);
    process.send?.({ ready: port });
  });
  server.on("error", (fault: NodeJS.ErrnoException) => {
    console.error(
      fault.code === "EADDRINUSE"
        ? `Le port ${env.port} est déjà pris : choisissez-en un autre, par exemple PORT=3001 npm ${process.send ? "run demo" : "start"}`
        : `Le serveur ne démarre pas : ${fault.message}`,
    );
    process.exit(1);
  });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    portal.closeLiveStreams();
    server.close();
    await stopReminders?.();
    await stopOutbox();
    await portal.getDb().destroy();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exit(1);
}
