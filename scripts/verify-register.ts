import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { reportSentence } from "~/features/register/messages.fr";
import { verifyRegisters } from "~/features/register/verification.server";
import { databasePath, openDatabase } from "~/services/db.server";
import { getEnv } from "~/services/env.server";

const HELP = `npm run registre:verifier [-- --reseau <adresse>]
Recalcule l’empreinte de chaque acte du registre, réseau par réseau, et dit si un acte a été modifié, retiré ou déplacé.
  --reseau <adresse>  un seul réseau, par exemple : --reseau blain
  --aide              ce texte
Réglage : DATA_DIR, le dossier de la base (data ; celui de la démonstration est data/demo). Code de retour : 0 si tout est intact, 1 sinon.`;

// A reader that stops reading, as « head » does, is not a fault: the answer is still in the exit code.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readOptions(): { readonly slug: string | null; readonly help: boolean } {
  try {
    const { values } = parseArgs({ options: { reseau: { type: "string" }, aide: { type: "boolean" } } });
    return { slug: values.reseau ?? null, help: values.aide ?? false };
  } catch {
    return fail(`Option inconnue ou incomplète.\n${HELP}`);
  }
}

const { slug, help } = readOptions();
if (help) {
  console.log(HELP);
  process.exit(0);
}

const path = databasePath(getEnv().dataDir);
if (!existsSync(path))
  fail(
    `Aucune base dans ce dossier : ${path}. Indiquez-le avec DATA_DIR ; pour la démonstration : DATA_DIR=data/demo npm run registre:verifier`,
  );
const db = openDatabase(path);
const reports = await verifyRegisters(db, slug);
await db.destroy();
if (reports.length === 0) {
  if (slug !== null) fail(`Aucun réseau n’a l’adresse « ${slug} ».`);
  console.log("Aucun réseau dans cette base.");
}
for (const { slug: address, report } of reports) {
  const line = `${address} : ${reportSentence(report)}`;
  if (!report.ok) fail(line);
  console.log(line);
}
