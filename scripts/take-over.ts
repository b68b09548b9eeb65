import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { tableLabel } from "~/features/handover/dictionary";
import { takeOverMessage } from "~/features/handover/messages.fr";
import { takeOver } from "~/features/handover/take-over.server";
import { databasePath, migrateToLatest, openDatabase } from "~/services/db.server";
import { getEnv } from "~/services/env.server";

const HELP = `npm run archive:reprendre -- --fichier <archive.zip> [--empreinte <empreinte>] [--simulation]
Reprend l’archive d’un réseau sur une installation vide : tout, ou rien. Chaque fichier est vérifié avant que rien ne soit écrit ; le
registre doit être intact et sceller ces données.
  --fichier <zip>     l’archive, produite par un portail de la même version
  --empreinte <hex>   la dernière empreinte du registre, notée par un autre membre : seule façon de reconnaître une archive refaite en entier
  --simulation        vérifie tout et n’écrit rien
  --aide              ce texte
Réglage : DATA_DIR, le dossier de la base (créée si elle manque). Code de retour : 0 si le réseau est repris, 1 sinon.
Ensuite : « npm run admin:creer », puis une invitation à chaque personne. Aucun mot de passe n’est dans l’archive.`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

type Options = {
  readonly file?: string;
  readonly hash: string | null;
  readonly rehearsal: boolean;
  readonly help: boolean;
};

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        fichier: { type: "string" },
        empreinte: { type: "string" },
        simulation: { type: "boolean" },
        aide: { type: "boolean" },
      },
    });
    return {
      ...(values.fichier === undefined ? {} : { file: values.fichier }),
      hash: values.empreinte?.trim().toLowerCase() ?? null,
      ...{ rehearsal: values.simulation ?? false, help: values.aide ?? false },
    };
  } catch {
    return fail(`Option inconnue ou incomplète.\n${HELP}`);
  }
}

const { file, hash, rehearsal, help } = readOptions();
if (help) {
  console.log(HELP);
  process.exit(0);
}
if (file === undefined) fail(`Dites quelle archive : --fichier <archive.zip>.\n${HELP}`);
const source = resolve(file);
if (!existsSync(source)) fail(`${source} n’existe pas.`);
if (hash !== null && !/^[0-9a-f]{64}$/.test(hash)) fail("Une empreinte compte 64 chiffres hexadécimaux.");
const { dataDir } = getEnv();
const isNew = !existsSync(databasePath(dataDir));
if (!rehearsal) mkdirSync(dataDir, { recursive: true });
const db = openDatabase(rehearsal && isNew ? ":memory:" : databasePath(dataDir));
try {
  if (isNew) await migrateToLatest(db);
  const options = { expectedHash: hash, isRehearsal: rehearsal, folder: join(dataDir, "documents") };
  const decision = await takeOver(db, source, options);
  if (!decision.ok) fail(`${takeOverMessage(decision.refusal)}\nRien n’a été écrit.`);
  const { network, tables, files, missing, register } = decision.value;
  console.log(
    rehearsal
      ? `Simulation : « ${network.name} » peut être repris. Rien n’a été écrit.`
      : `« ${network.name} » est repris, à l’adresse /reseaux/${network.slug}.`,
  );
  for (const [table, rows] of tables) if (rows > 0) console.log(`  ${tableLabel(table)} : ${rows}`);
  console.log(`  Pièces jointes : ${files}${missing === 0 ? "" : ` (${missing} déjà absentes à la production)`}
Registre : ${register.count} actes, intact, dernière empreinte ${register.lastHash}`);
  if (hash === null)
    console.log(
      "Comparez cette empreinte à celle qu’un autre membre a notée : sans elle, une archive refaite en entier ne se reconnaît pas.",
    );
} finally {
  await db.destroy();
}
