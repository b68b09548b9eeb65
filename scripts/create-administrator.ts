import { parseArgs } from "node:util";
import { emailField } from "~/features/account/form";
import { createAdministrator } from "~/features/networks/person-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb, migrateToLatest } from "~/services/db.server";

const HELP = `npm run admin:creer -- --courriel prenom.nom@commune.fr --nom « Prénom Nom »
Crée l’administrateur du portail, ou le devient la personne qui a déjà cette adresse, et affiche un lien
d’invitation : il sert une fois, vaut sept jours, et permet de choisir son mot de passe.
Réglages (environnement) : DATA_DIR, PUBLIC_URL.`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { courriel: { type: "string" }, nom: { type: "string" }, aide: { type: "boolean", default: false } },
  });
  if (values.aide) {
    console.log(HELP);
    return;
  }
  const email = emailField.safeParse(values.courriel);
  const displayName = values.nom?.trim() ?? "";
  if (!email.success) throw new Error(`--courriel : ${email.error.issues[0]?.message ?? "adresse incorrecte"}`);
  if (displayName === "" || displayName.length > 120) throw new Error("--nom : donnez un nom de 1 à 120 caractères.");
  const db = getDb();
  try {
    await migrateToLatest(db);
    const { link, wasKnown } = await createAdministrator(
      { db, clock: systemClock },
      { email: email.data, displayName },
    );
    console.log(wasKnown ? `${email.data} administre maintenant le portail.` : `Administrateur créé : ${email.data}`);
    console.log(`Pour choisir le mot de passe (une fois, dans les sept jours) :\n  ${link}`);
  } finally {
    await db.destroy();
  }
}

try {
  await run();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  console.error("Mode d’emploi : npm run admin:creer -- --aide");
  process.exitCode = 1;
}
