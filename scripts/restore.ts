import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import SQLite from "better-sqlite3";
import { databasePath } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";

const HELP = `npm run restaurer -- DOSSIER : remet une sauvegarde dans DATA_DIR. Arrêtez le portail avant.
La base en place n’est pas effacée : elle est renommée.`;

const from = process.argv.slice(2).find((word) => !word.startsWith("--"));
if (process.argv.includes("--aide") || from === undefined) {
  console.log(HELP);
  process.exit(from === undefined && !process.argv.includes("--aide") ? 1 : 0);
}

const source = databasePath(resolve(from));
if (!existsSync(source)) {
  console.error(`${resolve(from)} ne contient pas de sauvegarde.`);
  process.exit(1);
}
const checked = new SQLite(source, { readonly: true });
const verdict: unknown = checked.pragma("integrity_check", { simple: true });
checked.close();
if (verdict !== "ok") {
  console.error(`La sauvegarde est abîmée (${String(verdict)}) : rien n’a été changé.`);
  process.exit(1);
}

const { dataDir } = getEnv();
mkdirSync(dataDir, { recursive: true });
const target = databasePath(dataDir);
if (existsSync(target)) {
  const kept = `${target}.avant-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  const current = new SQLite(target);
  try {
    // Refused while another process holds the base: the portal must be stopped.
    current.pragma("locking_mode = EXCLUSIVE");
    current.pragma("wal_checkpoint(TRUNCATE)");
    current.exec("begin exclusive; commit");
  } catch {
    console.error("La base est en service : arrêtez le portail, puis recommencez. Rien n’a été changé.");
    process.exit(1);
  } finally {
    current.close();
  }
  renameSync(target, kept);
  for (const suffix of ["-wal", "-shm"]) rmSync(`${target}${suffix}`, { force: true });
  console.log(`La base en place est gardée sous ${kept}.`);
}
cpSync(source, target);
const documents = join(resolve(from), "documents");
if (existsSync(documents)) cpSync(documents, join(dataDir, "documents"), { recursive: true });
console.log(`Restauré dans ${dataDir}. Vérifiez le registre : npm run registre:verifier`);
