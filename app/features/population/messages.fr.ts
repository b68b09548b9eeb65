import { count, enumerate, formatDate, formatInteger, NBSP } from "~/documents/french";
import type { HeadingRefusal } from "~/services/insee.server";
import type { ImportRefusal, LineFault, MovementReport, PopulationReport, SentFileRefusal } from "./import.server";

const DATASETS: Record<NonNullable<HeadingRefusal["looksLike"]>, string> = {
  populations: "un fichier de populations (jeu « populations »)",
  movements: "le fichier des mouvements de communes (jeu « mouvements »)",
  "project-table": "la table du projet (jeu « reference »)",
};

/** Why a file was not imported; nothing was changed. */
export function importMessage(refusal: ImportRefusal): string {
  switch (refusal.kind) {
    case "file-missing":
      return `Le fichier n’existe pas, ou n’est pas un fichier${NBSP}: vérifiez le chemin.`;
    case "file-empty":
      return `Le fichier est vide${NBSP}: téléchargez-le de nouveau chez l’INSEE.`;
    case "file-not-text":
      return `Le fichier n’est pas un texte CSV (classeur, archive ou UTF-16)${NBSP}: extrayez le CSV de l’archive publiée par l’INSEE.`;
    case "other-dataset":
      return `Ce n’est pas le jeu attendu${NBSP}: ${count(refusal.missing.length, "colonne manque", "colonnes manquent")} (${enumerate(refusal.missing)}).${refusal.looksLike === null ? "" : ` Le fichier ressemble à ${DATASETS[refusal.looksLike]}.`}`;
    case "quotes-malformed":
      return `Le fichier est abîmé vers la ligne ${refusal.line}${NBSP}: un guillemet n’est pas fermé. Téléchargez-le de nouveau.`;
    case "rows-refused":
      return `${count(refusal.count, "ligne ne se lit pas", "lignes ne se lisent pas")}, le fichier n’est pas importé${NBSP}:\n${refusal.shown.map((one) => `  ${lineMessage(one)}`).join("\n")}${refusal.count > refusal.shown.length ? `\n  et ${count(refusal.count - refusal.shown.length, "autre", "autres")}` : ""}`;
    case "file-truncated":
      return `Le fichier est tronqué, ou n’est qu’un extrait${NBSP}: ${count(refusal.rows, "commune lue", "communes lues")}, et il manque ${refusal.missing.length > 10 ? `${refusal.missing.length} départements` : `les départements ${enumerate(refusal.missing)}`}.`;
    case "file-changed":
      return `Le fichier a changé pendant sa lecture${NBSP}: recommencez quand il ne bouge plus.`;
    case "vintage-implausible":
      return `Le millésime ${refusal.vintage} n’est pas possible${NBSP}: de 2006 à ${refusal.latest} à ce jour.`;
  }
}

function lineMessage({ line, fault }: LineFault): string {
  const start = `ligne ${line}${NBSP}: `;
  switch (fault.kind) {
    case "row-cut":
      return `${start}${count(fault.cells, "cellule", "cellules")} au lieu de ${fault.expected}, la ligne est coupée`;
    case "code-malformed":
      return `${start}« ${fault.cell} » n’est pas un code de commune`;
    case "number-malformed":
      return `${start}« ${fault.cell} » n’est pas un nombre entier d’habitants`;
    case "date-malformed":
      return `${start}« ${fault.cell} » n’est pas une date`;
    case "sum-differs":
      return `${start}${fault.communeCode}, la population totale n’est pas la municipale plus la comptée à part`;
    case "commune-twice":
      return `${start}la commune ${fault.communeCode} est donnée deux fois`;
  }
}

const OUTCOMES: Record<PopulationReport["outcome"], string> = {
  imported: "Importé",
  simulated: "Simulation, rien n’est écrit",
  "already-imported": "Déjà importé, rien n’a changé",
};

/** What an import of populations did, or would do. */
export function populationLines(report: PopulationReport): readonly string[] {
  const { compared } = report;
  return [
    `${OUTCOMES[report.outcome]}${NBSP}: populations de référence ${report.vintage}, en vigueur le ${formatDate(report.inForceOn)}.`,
    `${formatInteger(report.rows)} communes, encodage ${report.encoding}, SHA-256 ${report.sha256}.`,
    ...(compared === null
      ? []
      : [
          `Par rapport au millésime ${compared.vintage} déjà en base${NBSP}: ${formatInteger(compared.added)} communes de plus, ${formatInteger(compared.changed)} populations différentes, ${formatInteger(compared.absent.length)} communes en moins${compared.absent.length === 0 ? "" : ` (${compared.absent.slice(0, 10).join(", ")}${compared.absent.length > 10 ? "…" : ""})`}.`,
        ]),
  ];
}

/** The same for the movements of communes. */
export function movementLines({ outcome, added, known, sha256 }: MovementReport): readonly string[] {
  return [
    `${OUTCOMES[outcome]}${NBSP}: mouvements de communes, ${formatInteger(added)} lignes nouvelles, ${formatInteger(known)} déjà connues.`,
    `SHA-256 ${sha256}.`,
  ];
}

/** Why a file sent by a page was not imported. */
export function sentFileMessage(refusal: SentFileRefusal): string {
  switch (refusal.kind) {
    case "vintage-unknown":
      return `Le millésime ne se lit pas dans le nom du fichier${NBSP}: écrivez l’année de référence du recensement.`;
    case "file-not-sent":
      return "Choisissez le fichier CSV que l’INSEE publie.";
    case "kept-file-gone":
      return `Le fichier simulé n’est plus gardé${NBSP}: il l’est un jour. Choisissez-le de nouveau.`;
    default:
      return importMessage(refusal);
  }
}
