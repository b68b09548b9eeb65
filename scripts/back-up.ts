import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import SQLite from "better-sqlite3";
import { databasePath } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";

const HELP = `npm run sauvegarder [-- --vers DOSSIER] : copie sûre de la base et des documents, portail en marche ou non.
Par défaut : DATA_DIR/sauvegardes/<date>.`;

function optionAfter(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
}

if (process.argv.includes("--aide")) {
  console.log(HELP);
  process.exit(0);
}

const { dataDir } = getEnv();
const source = databasePath(dataDir);
if (!existsSync(source)) {
  console.error(`Aucune base dans ${dataDir}.`);
  process.exit(1);
}
const stamp = new Date().toISOString().replace(/[:.]/g, "-");
const target = resolve(optionAfter("--vers") ?? join(dataDir, "sauvegardes", stamp));
if (existsSync(databasePath(target))) {
  console.error(`${target} contient déjà une sauvegarde : choisissez un autre dossier.`);
  process.exit(1);
}
mkdirSync(target, { recursive: true });

const database = new SQLite(source, { readonly: true });
await database.backup(databasePath(target));
database.close();

const copy = new SQLite(databasePath(target), { readonly: true });
const verdict: unknown = copy.pragma("integrity_check", { simple: true });
copy.close();
if (verdict !== "ok") {
  console.error(`La copie est abîmée (${String(verdict)}) : ne comptez pas sur elle.`);
  process.exit(1);
}

const documents = join(dataDir, "documents");
if (existsSync(documents)) cpSync(documents, join(target, "documents"), { recursive: true });
const files = existsSync(documents) ? readdirSync(documents).length : 0;
console.log(`Sauvegardé dans ${target} : la base (intègre) et ${files} document(s).`);
