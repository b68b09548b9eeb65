import type { LibraryAccess, LibraryKind } from "~/domain/library/library";
import type { DisposalOutcome, Fate, RetentionRule, RetentionStanding } from "~/domain/library/retention";
import { count, formatDate } from "~/documents/french";
import type { LibraryRefusal } from "./refusals";

const REFUSALS: Record<LibraryRefusal, string> = {
  "file-empty": "Ce fichier est vide : choisissez-en un autre.",
  "file-too-large": "Ce fichier dépasse 10 Mo : réduisez-le ou découpez-le.",
  "file-type-not-allowed":
    "Ce contenu n’est pas d’un type accepté. Déposez un PDF, une image PNG ou JPEG, un document ODT, ODS, DOCX ou XLSX, un texte TXT ou MD.",
  "file-name-differs-from-content":
    "Le nom du fichier annonce un autre type que son contenu : enregistrez-le de nouveau dans le bon format.",
  "document-unknown": "Ce document n’est plus dans la bibliothèque : revenez à la liste.",
  "already-changed": "Quelqu’un a modifié cette fiche entre-temps. Relisez-la, puis recommencez.",
  "same-file": "Ce fichier est, à l’octet près, la version en cours : il n’y a rien à ajouter.",
  "already-disposed": "Ce document a déjà été éliminé ou versé : le registre en garde l’acte.",
  "not-due":
    "La durée de conservation de ce document n’est pas arrivée à son terme, ou n’est pas fixée : il reste. Vérifiez sa règle et sa date de départ.",
  "must-be-kept": "La règle du réseau conserve ce document : il ne s’élimine pas. Il peut être versé aux archives.",
  "visa-in-future": "La date du visa est à venir : enregistrez l’acte quand les archives l’auront donné.",
};

export function libraryMessage(refusal: LibraryRefusal): string {
  return REFUSALS[refusal];
}

export const KIND_LABELS: Record<LibraryKind, string> = {
  agreement: "Convention",
  amendment: "Avenant",
  deliberation: "Délibération",
  rules: "Règlement",
  report: "Compte rendu ou rapport",
  form: "Formulaire",
  letter: "Courrier",
  accounting: "Pièce comptable",
  communication: "Support de communication",
  other: "Autre document",
};

export const ACCESS_LABELS: Record<LibraryAccess, string> = {
  public: "Tout le monde",
  members: "Membres du réseau",
  lead: "Secrétariat du CCAS pilote",
};

export const FATE_LABELS: Record<Fate, string> = {
  keep: "Conserver",
  destroy: "Éliminer",
  sort: "Trier",
};

export const OUTCOME_LABELS: Record<DisposalOutcome, string> = {
  eliminated: "Éliminé",
  transferred: "Versé aux archives",
};

/** « 10 ans, puis éliminer » */
export function ruleSentence({ years, fate }: RetentionRule): string {
  const length = years === null ? "Tant que le réseau existe" : count(years, "an", "ans");
  return `${length}, puis ${FATE_LABELS[fate].toLowerCase()}`;
}

export function standingSentence(standing: RetentionStanding): string {
  switch (standing.kind) {
    case "no-rule":
      return "Le réseau n’a pas encore fixé la durée pour cette sorte de document.";
    case "no-start":
      return `${ruleSentence(standing.rule)}. Il manque la date d’où la durée se compte.`;
    case "without-end":
      return `${ruleSentence(standing.rule)}.`;
    case "running":
      return `${ruleSentence(standing.rule)} : utile jusqu’au ${formatDate(standing.endsOn)}.`;
    case "due":
      return `${ruleSentence(standing.rule)} : terme atteint le ${formatDate(standing.endsOn)}.`;
  }
}

/** What the network may start from; it decides itself. Source of the figures: instruction DAF/DPACI/RES/2009/018. */
export const SUGGESTED_RULES: Partial<Record<LibraryKind, RetentionRule>> = {
  agreement: { years: 1, fate: "keep" },
  amendment: { years: 1, fate: "keep" },
  deliberation: { years: 1, fate: "keep" },
  accounting: { years: 10, fate: "destroy" },
};
