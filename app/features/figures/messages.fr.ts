import { isVariable, VARIABLES } from "~/domain/observatory/variables";
import { count, enumerate, formatInteger, NBSP } from "~/documents/french";
import { TABLE_FORMATS } from "~/services/open-data/formats";
import type { ImportRefusal, ImportReport, JobRefusal, LineFault } from "./import-report";
import type { TerritoryReport } from "./territories.server";

/** The datasets that the portal reads, for commands and screens. */
export const DATASET_LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(TABLE_FORMATS.map(({ kind, label }) => [kind, label])),
  communes: "INSEE, code officiel géographique : communes",
  departements: "INSEE, code officiel géographique : départements",
  contours: "IGN, contours des communes (GeoJSON)",
};

/** Why a file was not imported; nothing of it stays. */
export function importMessage(refusal: ImportRefusal): string {
  switch (refusal.kind) {
    case "unknown-dataset":
      return `Le jeu «${NBSP}${refusal.asked}${NBSP}» n’est pas connu${NBSP}: ${enumerate(Object.keys(DATASET_LABELS))}.`;
    case "file-missing":
      return "Le fichier n’existe pas, ou n’est pas un fichier : vérifiez son nom.";
    case "file-empty":
      return "Le fichier est vide : téléchargez-le de nouveau chez son producteur.";
    case "file-not-text":
      return "Le fichier n’est pas un texte CSV (classeur ou UTF-16) : prenez la version CSV du producteur.";
    case "archive-without-table":
      return "L’archive ne contient pas de table CSV ni de contours : prenez celle du producteur.";
    case "archive-damaged":
      return "L’archive est coupée ou abîmée : téléchargez-la de nouveau.";
    case "archive-too-large":
      return "L’archive se déplie en bien plus qu’un vrai fichier de chiffres : elle n’est pas lue plus loin.";
    case "workbook-too-large":
      return "Le classeur dépasse 60 Mo : ce n’est pas celui que publie la DREES.";
    case "outlines-unreadable":
      return "Le fichier n’est pas une collection de contours GeoJSON, ou il est coupé.";
    case "other-dataset":
      return `Ce n’est pas le jeu attendu${NBSP}: ${count(refusal.missing.length, "colonne manque", "colonnes manquent")} (${enumerate(refusal.missing)}).${refusal.looksLike === null ? "" : ` Le fichier ressemble à${NBSP}: ${refusal.looksLike}.`}`;
    case "vintage-differs":
      return `Le millésime donné est ${refusal.typed}, les colonnes du fichier sont de ${refusal.found}${NBSP}: laissez le millésime vide, ou prenez l’autre fichier.`;
    case "vintage-needed":
      return "Ni les colonnes ni les lignes de ce fichier ne disent l’année : donnez le millésime.";
    case "table-malformed":
      return `Le fichier est abîmé vers la ligne ${refusal.line}${NBSP}: un guillemet n’est pas fermé, ou une ligne n’en finit pas.`;
    case "rows-refused":
      return `${count(refusal.count, "ligne est refusée", "lignes sont refusées")}, rien n’est importé${NBSP}:\n${refusal.shown.map((one) => `  ${lineMessage(one)}`).join("\n")}${refusal.count > refusal.shown.length ? `\n  et ${count(refusal.count - refusal.shown.length, "autre", "autres")}` : ""}`;
    case "figure-twice":
      return `Le fichier donne deux fois le même chiffre, avant la ligne ${refusal.line}${NBSP}: rien n’est importé.`;
    case "nothing-to-keep":
      return `Aucun chiffre utile à l’observatoire dans ce fichier (${count(refusal.rows, "ligne lue", "lignes lues")}).`;
    case "file-truncated":
      return `Le fichier est coupé, ou n’est qu’un extrait${NBSP}: ${count(refusal.communes, "commune lue", "communes lues")}, et il manque ${refusal.missing.length > 10 ? `${refusal.missing.length} départements` : `les départements ${enumerate(refusal.missing)}`}. Pour un extrait voulu, dites-le à l’import.`;
    case "file-changed":
      return "Le fichier a changé pendant sa lecture : recommencez quand il ne bouge plus.";
  }
}

function lineMessage({ line, fault }: LineFault): string {
  const start = `ligne ${line}${NBSP}: `;
  switch (fault.kind) {
    case "row-cut":
      return `${start}${count(fault.cells, "cellule", "cellules")} au lieu de ${fault.expected}, la ligne est coupée`;
    case "code-malformed":
      return `${start}«${NBSP}${fault.cell}${NBSP}» n’est pas un code de territoire`;
    case "number-malformed":
      return `${start}«${NBSP}${fault.cell}${NBSP}» n’est ni un nombre positif, ni zéro, ni une marque de secret`;
    case "period-malformed":
      return `${start}«${NBSP}${fault.cell}${NBSP}» n’est pas une période`;
    case "territory-twice":
      return `${start}la commune ${fault.code} est donnée deux fois`;
    case "feature-unreadable":
      return `contour ${line}${NBSP}: illisible (${fault.detail})`;
    case "code-absent":
      return `contour ${line}${NBSP}: aucun code de commune parmi ses propriétés (${fault.detail})`;
    case "geometry-unknown":
      return `contour ${line}${NBSP}: ni polygone, ni polygones (${fault.detail})`;
    case "ring-open":
      return `contour ${line}${NBSP}: la ligne de la commune ${fault.detail} ne se referme pas`;
    case "coordinates-impossible":
      return `contour ${line}${NBSP}: des coordonnées de la commune ${fault.detail} ne sont pas en degrés`;
    case "outline-empty":
      return `contour ${line}${NBSP}: celui de la commune ${fault.detail} est vide`;
  }
}

const OUTCOMES = {
  imported: "Importé",
  simulated: "Simulation, rien n’est écrit",
  "already-imported": "Déjà importé, rien n’a changé",
} as const;

/** Does a report say that the file was already there? */
export function tellsNothingNew([head]: readonly string[]): boolean {
  return head?.startsWith(OUTCOMES["already-imported"]) ?? false;
}

/** What an import did, or would do. */
export function reportLines(report: ImportReport | TerritoryReport): readonly string[] {
  const outcome = OUTCOMES[report.outcome];
  if (!("figures" in report)) {
    const outlines =
      report.kind === "contours"
        ? `, dont ${formatInteger(report.severalParts)} en plusieurs morceaux et ${formatInteger(report.holes)} avec des enclaves`
        : `, ${formatInteger(report.added)} de plus et ${formatInteger(report.renamed)} qui changent de nom`;
    return [
      `${outcome}${NBSP}: ${DATASET_LABELS[report.kind] ?? report.kind}, ${formatInteger(report.rows)} territoires${outlines}.`,
      `SHA-256 ${report.sha256}.`,
    ];
  }
  const head = `${outcome}${NBSP}: ${report.title}.`;
  if (report.outcome === "already-imported") return [head, `Jeu ${report.slug}, SHA-256 ${report.sha256}.`];
  const { statuses, changes } = report;
  const isDone = report.outcome === "imported";
  return [
    head,
    `${count(report.rows, "ligne lue", "lignes lues")}${report.member === null ? "" : ` dans ${report.member}`}, ${count(report.territories, "commune", "communes")}, ${count(report.figures, "chiffre", "chiffres")}${isDone ? "" : " à ajouter"}${NBSP}; périodes ${enumerate(report.periods)}.`,
    `${count(statuses.value, "valeur", "valeurs")}, ${count(statuses.zero, "zéro", "zéros")}, ${formatInteger(statuses.secret)} sous secret statistique ou non diffusés, ${count(statuses.missing, "manquant", "manquants")}${isDone ? ` ; ${count(report.totals, "somme de département ou de pays ajoutée", "sommes de départements et de pays ajoutées")}` : ""}.`,
    ...(changes === null
      ? ["Aucun jeu de cette sorte n’était en base."]
      : [
          `Par rapport à «${NBSP}${changes.title}${NBSP}» (${changes.slug})${NBSP}: ${count(changes.added, "chiffre nouveau", "chiffres nouveaux")}, ${count(changes.changed, "différent", "différents")}, ${count(changes.same, "identique", "identiques")}. L’ancien jeu reste.`,
          ...changes.examples.map(
            ({ code, variable, period, before, now }) =>
              `  ${code}, ${isVariable(variable) ? VARIABLES[variable].label : variable}, ${period}${NBSP}: ${tell(before)} puis ${tell(now)}`,
          ),
        ]),
    ...(report.followedCount === 0
      ? []
      : [
          `${count(report.followedCount, "commune n’existe plus", "communes n’existent plus")}, ${report.followedCount === 1 ? "elle est suivie" : "elles sont suivies"} jusqu’à celle d’aujourd’hui${NBSP}: ${enumerate(report.followed.map(({ code, into }) => `${code} dans ${into}`))}${report.followedCount > report.followed.length ? "…" : ""}.`,
        ]),
    ...(report.unknownCount === 0
      ? []
      : [
          `${count(report.unknownCount, "code n’est pas connu", "codes ne sont pas connus")} du code officiel géographique${NBSP}: ${enumerate(report.unknownCodes)}${report.unknownCount > report.unknownCodes.length ? "…" : ""}.`,
        ]),
    `Jeu ${report.slug}, ${report.encoding === null ? "" : `encodage ${report.encoding}, `}SHA-256 ${report.sha256}.`,
  ];
}

function tell(value: number | null): string {
  return value === null ? "non diffusé" : String(value).replace(".", ",");
}

/** Why an import could not be started. */
export function jobMessage(refusal: JobRefusal): string {
  switch (refusal.kind) {
    case "dataset-unknown":
      return "Ce jeu n’est pas connu.";
    case "file-not-ready":
      return "Ce fichier n’est plus dans le dossier « imports » du portail.";
    case "import-running":
      return "Un autre import est en cours : attendez qu’il finisse.";
  }
}

/** Why the file that a page sent was not kept. */
export function uploadMessage(): string {
  return "Le fichier n’est pas arrivé entier, il dépasse 800 Mo, ou son nom porte un point-virgule. Rien n’est gardé : renommez-le s’il le faut, puis envoyez-le de nouveau.";
}
