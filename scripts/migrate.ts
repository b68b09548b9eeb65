import { mkdirSync } from "node:fs";
import { databasePath, migrateToLatest, openDatabase } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";

if (process.argv.includes("--aide")) {
  console.log("npm run migrer : met la base de DATA_DIR à jour. « npm start » le fait aussi.");
  process.exit(0);
}

const { dataDir } = getEnv();
mkdirSync(dataDir, { recursive: true });
const db = openDatabase(databasePath(dataDir));
try {
  const applied = await migrateToLatest(db);
  console.log(applied.length === 0 ? "La base est déjà à jour." : `Appliqué : ${applied.join(", ")}.`);
} finally {
  await db.destroy();
}
