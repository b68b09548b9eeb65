import { count, enumerate, NBSP } from "~/documents/french";
import type { HeadingRefusal } from "~/services/insee.server";
import type { ImportRefusal, LineFault } from "./import.server";

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
