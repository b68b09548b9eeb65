import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { ensureBuild, ensureDependencies, ensureNode, fail, removeFolder, root, runStep } from "./prepare.js";

const HELP = `npm run demo [-- --neuf] : le portail avec le réseau de démonstration, prêt à essayer.
  --neuf  efface la démonstration et la recommence
Réglages (environnement) : PORT (3000), DATA_DIR (data/demo).`;

if (process.argv.includes("--aide")) {
  console.log(HELP);
  process.exit(0);
}

const dataDir = resolve(root, process.env.DATA_DIR ?? join("data", "demo"));
const port = process.env.PORT ?? "3000";
const environment = { DATA_DIR: dataDir, PORT: port, DEMO: "1", NODE_ENV: "production" };

// Only the demonstration has its accounts: a base of real people must neither be erased nor opened to everybody.
const base = join(dataDir, "portail.sqlite");
if (existsSync(base) && !readFileSync(base).includes("admin@blain.demo"))
  fail(`${dataDir} contient une base qui n’est pas celle de la démonstration : rien n’y a été changé.
Choisissez un autre dossier, par exemple DATA_DIR=data/demo npm run demo ; pour servir cette base-là : npm start.`);

/** A demonstration that is still served must not be erased under its server, nor a minute spent before the port proves taken. */
await new Promise((done) => {
  const probe = createServer();
  probe.on("error", () =>
    fail(`Le port ${port} est déjà pris, peut-être par une démonstration qui tourne encore : arrêtez-la (Ctrl + C),
ou choisissez un autre port, par exemple PORT=3001 npm run demo.`),
  );
  probe.listen(Number(port), () => probe.close(done));
});

ensureNode();
await ensureDependencies();
await ensureBuild();

if (process.argv.includes("--neuf")) {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(base + suffix, { force: true });
  removeFolder(join(dataDir, "documents"));
}
if (!existsSync(base)) {
  // Made beside its place and moved there whole: an interruption leaves no half demonstration to start on.
  const loading = join(dataDir, "chargement");
  removeFolder(loading);
  const { ok, output } = await runStep(
    "Création de la base et du réseau de démonstration",
    process.execPath,
    ["--import", "tsx", "scripts/seed-demo.ts"],
    { ...environment, DATA_DIR: loading },
  );
  if (!ok) {
    removeFolder(loading);
    console.error(output.split("\n").slice(-30).join("\n"));
    fail("Le réseau de démonstration n’a pas pu être créé.");
  }
  removeFolder(join(dataDir, "documents"));
  if (existsSync(join(loading, "documents"))) renameSync(join(loading, "documents"), join(dataDir, "documents"));
  renameSync(join(loading, "portail.sqlite"), base);
  removeFolder(loading);
}

const server = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
  cwd: root,
  env: { ...process.env, ...environment },
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
server.on("message", (message) => {
  if (typeof message !== "object" || message === null || !("ready" in message)) return;
  console.log(`
Le portail de démonstration est prêt : http://localhost:${message.ready}
Comptes (mot de passe : demonstration-2026)
  elu@blain.demo           élu·e référent·e, CCAS de Bouvron
  secretariat@blain.demo   secrétariat du CCAS pilote (Blain)
  departement@blain.demo   délégation départementale
  agent@blain.demo         agent·e, CCAS de Fay-de-Bretagne
  admin@blain.demo         administration du portail
  secretariat@, elu@ : garde.demo, dreux.demo, nord.demo, sceaux.demo ; departement@ : nord.demo, sceaux.demo (les quatre autres réseaux)
Données : ${dataDir}
Arrêter : Ctrl + C. Recommencer : npm run demo -- --neuf`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill("SIGTERM"));
server.on("exit", (code) => process.exit(code ?? 0));
