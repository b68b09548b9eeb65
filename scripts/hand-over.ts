import { copyFileSync, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { NetworkId } from "~/domain/kernel/ids";
import { produceMessage } from "~/features/handover/messages.fr";
import { defaultPlace, produceArchive } from "~/features/handover/production.server";
import { systemClock } from "~/services/clock.server";
import { databasePath, listPendingMigrations, openDatabase } from "~/services/db.server";
import { getEnv } from "~/services/env.server";

const HELP = `npm run archive:produire -- --reseau <adresse> [--vers <fichier.zip>]
Produit l’archive complète d’un réseau, portail en marche ou non : pages à lire, tables en CSV et JSON, procès-verbaux, pièces jointes,
registre, et une page qui vérifie tout sans réseau. La production est inscrite au registre.
  --reseau <adresse>  le réseau, par exemple : --reseau blain
  --vers <fichier>    où copier l’archive ; sans cela, elle reste dans DATA_DIR/archives
  --aide              ce texte
Réglage : DATA_DIR, le dossier de la base. Code de retour : 0 si l’archive est faite, 1 sinon.`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readOptions(): { readonly slug?: string; readonly target?: string; readonly help: boolean } {
  try {
    const options = { reseau: { type: "string" }, vers: { type: "string" }, aide: { type: "boolean" } } as const;
    const { values } = parseArgs({ options });
    return {
      ...(values.reseau === undefined ? {} : { slug: values.reseau }),
      ...(values.vers === undefined ? {} : { target: values.vers }),
      help: values.aide ?? false,
    };
  } catch {
    return fail(`Option inconnue ou incomplète.\n${HELP}`);
  }
}

const { slug, target, help } = readOptions();
if (help) {
  console.log(HELP);
  process.exit(0);
}
if (slug === undefined) fail(`Dites quel réseau : --reseau <adresse>.\n${HELP}`);
const copy = target === undefined ? null : resolve(target);
if (copy !== null && existsSync(copy)) fail(`${copy} existe déjà : choisissez un autre nom.`);
const path = databasePath(getEnv().dataDir);
if (!existsSync(path))
  fail(`Aucune base dans le dossier ${dirname(path)}. Indiquez celui du portail, par exemple DATA_DIR=/srv/portail.
Pour la démonstration : « npm run demo » la charge, puis DATA_DIR=data/demo npm run archive:produire -- --reseau blain`);
const db = openDatabase(path);
try {
  if ((await listPendingMigrations(db)).length > 0)
    fail("La base n’est pas à jour : lancez d’abord « npm run migrer ».");
  const network = await db.selectFrom("network").select("id").where("slug", "=", slug).executeTakeFirst();
  if (!network) fail(`Aucun réseau n’a l’adresse « ${slug} ».`);
  const context = { db, clock: systemClock, networkId: network.id as NetworkId };
  const acting = { personId: null, displayName: "Portail, en ligne de commande" };
  const made = await produceArchive({ ...context, acting }, { key: systemClock.newId() }, defaultPlace());
  if (!made.ok) fail(produceMessage(made.refusal));
  if (copy !== null) copyFileSync(made.value.path, copy);
  console.log(`Archive du réseau « ${slug} » : ${copy ?? made.value.path}
SHA-256 du fichier : ${made.value.sha256}
Dernière empreinte du registre, à noter ailleurs : ${made.value.registerHash}`);
} finally {
  await db.destroy();
}
