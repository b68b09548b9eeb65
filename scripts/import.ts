import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatInteger } from "../app/documents/french";
import { performImport } from "../app/features/figures/import-jobs.server";
import { DATASET_LABELS, importMessage as figuresMessage } from "../app/features/figures/messages.fr";
import { importFigureReference } from "../app/features/figures/reference.server";
import { runImport } from "../app/features/figures/run-import.server";
import { importMovements, importPopulations, type ImportRefusal } from "../app/features/population/import.server";
import { importMessage, movementLines, populationLines } from "../app/features/population/messages.fr";
import { importReference } from "../app/features/population/reference.server";
import { systemClock } from "../app/services/clock.server";
import { databasePath, migrateToLatest, openDatabase, type Db } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";
import { signalImport } from "../app/services/import-signal.server";
import { parsePlainDate } from "../app/domain/kernel/plain-date";
import type { Decision } from "../app/domain/kernel/decision";

const HELP = `npm run importer -- <jeu> <fichier> [options]

Importe un fichier officiel tel que son producteur le publie, dans la base de DATA_DIR. Tout le fichier, ou rien.
CSV, GZ, ZIP, XLSX ou GeoJSON ; séparateur ; , ou tabulation, UTF-8 ou Windows-1252, point ou virgule décimale : c’est reconnu.

Pour la répartition des charges :
  populations        « populations de référence » de l’INSEE, fichier national des communes (donnees_communes_AAAA.csv)
  mouvements         mouvements de communes du code officiel géographique (mouvements-communes.csv)

Pour l’observatoire :
${Object.entries(DATASET_LABELS)
  .map(([kind, label]) => `  ${kind.padEnd(18)} ${label}`)
  .join("\n")}

  reference          les tables que porte le projet ; sans fichier

  --millesime AAAA   l’année des chiffres, quand ni le nom ni les colonnes du fichier ne la disent
  --geographie DATE  le jour de la géographie du fichier (AAAA-MM-JJ) : les communes fusionnées depuis sont suivies
  --adresse URL      la page où le fichier a été pris ; à défaut, celle du producteur
  --extrait          le fichier n’est qu’un extrait du fichier national, et c’est voulu
  --simulation       dit ce qui changerait, sans rien écrire

Le même fichier importé deux fois ne change rien.

Exemples :
  npm run importer -- populations donnees_communes_2023.csv --simulation
  npm run importer -- comparateur base_cc_comparateur_csv.zip`;

const ADDRESS = "https://www.insee.fr/fr/information/2008354";

/** Something that the person who typed the command can put right. */
class UsageError extends Error {}

type Options = {
  readonly dataset: string;
  readonly path: string | null;
  readonly vintage: string | null;
  readonly address: string | null;
  readonly geographyOn: string | null;
  readonly job: string | null;
  readonly isSimulation: boolean;
  readonly isExtract: boolean;
};

const NAMED = ["--millesime", "--adresse", "--geographie", "--tache"];

function readOptions(words: readonly string[]): Options {
  const rest: string[] = [];
  const named = new Map<string, string>();
  let [isSimulation, isExtract] = [false, false];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--simulation") isSimulation = true;
    else if (word === "--extrait") isExtract = true;
    else if (NAMED.includes(word)) named.set(word, words[++at] ?? "");
    else if (word.startsWith("--")) throw new UsageError(`option inconnue : « ${word} »`);
    else rest.push(word);
  }
  const [dataset, path, ...others] = rest;
  const job = named.get("--tache") ?? null;
  if (dataset === undefined && job === null)
    throw new UsageError(
      `dites quel jeu importer : populations, mouvements, ${Object.keys(DATASET_LABELS).join(", ")} ou reference`,
    );
  if (others.length > 0) throw new UsageError("un seul fichier à la fois");
  return {
    ...{ dataset: dataset ?? "", path: path ?? null, isSimulation, isExtract, job },
    vintage: named.get("--millesime") ?? null,
    geographyOn: named.get("--geographie") ?? null,
    address: named.get("--adresse") ?? null,
  };
}

function requirePath(path: string | null): string {
  if (path === null) throw new UsageError("dites quel fichier importer");
  return path;
}

function findVintage(typed: string | null, path: string): number {
  const years = typed === null ? (basename(path).match(/(?<!\d)20\d{2}(?!\d)/g) ?? []) : [typed];
  const [year, ...others] = years;
  if (year === undefined || others.length > 0 || !/^\d{4}$/.test(year)) {
    throw new UsageError("le millésime ne se lit pas dans le nom du fichier : donnez --millesime AAAA");
  }
  return Number(year);
}

function must<Value>(decision: Decision<Value, ImportRefusal>): Value {
  if (!decision.ok) throw new UsageError(importMessage(decision.refusal).replace(/\.$/, ""));
  return decision.value;
}

async function importPopulationFile(db: Db, options: Options): Promise<readonly string[]> {
  const path = requirePath(options.path);
  const { isSimulation } = options;
  const address = options.address ?? ADDRESS;
  const vintage = findVintage(options.vintage, path);
  const report = must(await importPopulations({ db, clock: systemClock }, { path, vintage, address, isSimulation }));
  return populationLines(report);
}

async function importMovementFile(db: Db, { path, isSimulation }: Options): Promise<readonly string[]> {
  const report = must(await importMovements({ db, clock: systemClock }, { path: requirePath(path), isSimulation }));
  return movementLines(report);
}

async function importProjectTable(db: Db): Promise<readonly string[]> {
  const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), "db", "reference");
  const { added, known } = await importReference({ db, clock: systemClock }, folder);
  const figures = await importFigureReference({ db, clock: systemClock }, folder);
  return [
    figures.added.length === 0
      ? "Déjà importé, rien n’a changé : chiffres du projet."
      : `Importé : ${figures.added.length} jeux de chiffres du projet.`,
    added.length === 0
      ? "Déjà importé, rien n’a changé : table de référence du projet."
      : `Importé : millésimes ${added.join(", ")} de la table de référence du projet.`,
    ...(known.length > 0 && added.length > 0 ? [`Déjà en base : ${known.join(", ")}.`] : []),
  ];
}

/** @throws UsageError with the French sentence of the refusal */
async function importFigureFile(db: Db, options: Options): Promise<readonly string[]> {
  const path = requirePath(options.path);
  const { dataset: kind, vintage, geographyOn, address, isSimulation, isExtract } = options;
  if (geographyOn !== null && parsePlainDate(geographyOn) === null) throw new UsageError("--geographie : AAAA-MM-JJ");
  const order = { kind, path, fileName: basename(path), vintage, geographyOn, address, isSimulation, isExtract };
  const done = await runImport({ db, clock: systemClock }, order, ({ rows }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${formatInteger(rows)} lignes lues`);
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  if (!done.ok) throw new UsageError(figuresMessage(done.refusal).replace(/\.$/, ""));
  return done.value;
}

async function run(options: Options): Promise<readonly string[]> {
  const { dataDir } = getEnv();
  mkdirSync(dataDir, { recursive: true });
  const db = openDatabase(databasePath(dataDir));
  try {
    await migrateToLatest(db);
    if (options.job !== null) {
      await performImport({ db, clock: systemClock }, options.job);
      return [];
    }
    if (options.dataset === "populations") return await importPopulationFile(db, options);
    if (options.dataset === "mouvements") return await importMovementFile(db, options);
    if (options.dataset === "reference" && options.isSimulation) {
      throw new UsageError("« reference » ne se simule pas : ce qui est déjà en base y reste");
    }
    if (options.dataset === "reference") return await importProjectTable(db);
    return await importFigureFile(db, options);
  } finally {
    if (!options.isSimulation) signalImport(systemClock.now().toISOString());
    await db.destroy();
  }
}

try {
  const words = process.argv.slice(2);
  const lines = words.includes("--aide") ? [HELP] : await run(readOptions(words));
  process.stdout.write(`${lines.join("\n")}\n`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`Erreur : ${error.message}.\nAide : npm run importer -- --aide\n`);
  process.exitCode = 1;
}
