import { existsSync, mkdirSync } from "node:fs";
import { loadDemonstration } from "../db/seed/demonstration";
import { databasePath, migrateToLatest, openDatabase } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";
import { documentsFolder } from "../app/services/uploads.server";

if (process.argv.includes("--aide")) {
  console.log(
    "Crée le réseau de démonstration dans DATA_DIR, s’il n’y a pas déjà de base. « npm run demo » l’appelle.",
  );
  process.exit(0);
}

const { dataDir, publicUrl } = getEnv();
if (existsSync(databasePath(dataDir))) {
  console.error(`${dataDir} contient déjà une base : rien n’a été changé.`);
  process.exit(1);
}
mkdirSync(dataDir, { recursive: true });
const db = openDatabase(databasePath(dataDir), { durable: false });
try {
  await migrateToLatest(db);
  await loadDemonstration(db, new Date(), publicUrl, documentsFolder());
  console.log("Le réseau de démonstration est prêt.");
} finally {
  await db.destroy();
}
