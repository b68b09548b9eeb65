import type { CellState, TypedRefusal } from "~/domain/indicator/cell";
import type { Finding } from "~/domain/indicator/controls";
import type { DictionaryFault, IndicatorChange, IndicatorFault, Unit } from "~/domain/indicator/dictionary";
import type { SubmissionStanding } from "~/domain/indicator/submission";
import { formatFigure } from "~/documents/indicator-words";
import { count, formatInteger, NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import type { DictionaryStanding } from "~/services/indicator-record.server";
import type { WorkbookRefusal } from "~/services/workbook.server";
import type { SubmissionEventKind } from "./queries.server";
import type {
  CampaignRefusal,
  CommentRefusal,
  ManageCampaignRefusal,
  RemindRefusal,
  PublishFormRefusal,
  SaveRefusal,
  SubmissionStepRefusal,
  WriteDictionaryRefusal,
} from "./refusals";
import type { SheetFault } from "./template";

const TYPED: Record<TypedRefusal, string> = {
  empty: "Cette case est vide : écrivez un nombre, 0, ou dites pourquoi il n’y en a pas.",
  formula: "Une formule n’est pas lue : écrivez son résultat.",
  "not-a-number": "Ce n’est pas un nombre. Écrivez des chiffres, 0, ou choisissez un état.",
  "not-whole": "On compte des unités entières : pas de décimale.",
  negative: "Un nombre négatif ne se compte pas.",
  "too-large": "Ce nombre dépasse un million : vérifiez-le.",
  "too-precise": "Un montant a deux décimales au plus.",
};
export function typedMessage(refusal: TypedRefusal): string {
  return TYPED[refusal];
}

/** What a control found in one cell, as the agent reads it. */
export function findingMessage(finding: Finding, unit: Unit): string {
  const figure = (value: number) => formatFigure(value, unit);
  switch (finding.kind) {
    case "blank":
      return TYPED.empty;
    case "unreadable":
      return TYPED[finding.refusal];
    case "above-population":
      return `Plus que la commune n’a d’habitants (${formatInteger(finding.inhabitants)}) : vérifiez.`;
    case "parts-differ":
      return `Les parties font ${figure(finding.sum)}, et l’ensemble ${figure(finding.whole)} : corrigez l’un ou l’autre.`;
    case "parts-exceed":
      return `Les parties connues font déjà ${figure(finding.sum)}, plus que l’ensemble (${figure(finding.whole)}) : corrigez.`;
    case "amount-without-contributors":
      return `Un montant est déclaré, mais le nombre de bénéficiaires (${finding.contributors}) est à zéro : corrigez l’un ou l’autre.`;
    case "largest-impossible":
      return `La plus forte part (${finding.largest}) ne peut être ni plus grande que l’ensemble, ni plus petite que la moyenne.`;
    case "far-from-year-before":
      return `${figure(finding.now)} contre ${figure(finding.before)} l’année précédente : corrigez, ou expliquez en commentaire.`;
    case "much-of-population":
      return `Plus d’un habitant sur quatre (${formatInteger(finding.inhabitants)} habitants) : corrigez, ou expliquez en commentaire.`;
  }
}

const STEPS: Record<SaveRefusal | SubmissionStepRefusal | CommentRefusal, string> = {
  "campaign-closed":
    "La campagne est close : la saisie n’est plus modifiée. Ce que vous avez écrit est gardé à part, sous chaque case ; prévenez le CCAS pilote.",
  "already-submitted":
    "Cette saisie est transmise : elle ne change plus. Ce que vous avez écrit est gardé à part ; demandez au CCAS pilote de la rouvrir.",
  "already-validated":
    "Cette saisie est validée : elle ne change plus. Ce que vous avez écrit est gardé à part ; demandez au CCAS pilote de la rouvrir.",
  "unknown-submission": "Ce CCAS n’est pas appelé à cette campagne.",
  "not-own-organization": "Vous ne pouvez agir que pour votre propre CCAS.",
  "too-many-cells": "Cet envoi contient trop de cases : rechargez la page et recommencez.",
  "controls-blocking": "Il reste des contrôles à régler avant de transmettre : ils sont listés ci-dessous.",
  "not-submitted": "Cette saisie n’est pas encore transmise par le CCAS.",
  "nothing-to-reopen": "Cette saisie est déjà ouverte.",
  "reason-missing": "Dites pourquoi vous rouvrez cette saisie : le CCAS le lira.",
  "comment-missing": "Écrivez un message avant de l’envoyer.",
  "comment-too-long": "Un message compte au plus 1 000 caractères.",
};
export function stepMessage(refusal: SaveRefusal | SubmissionStepRefusal | CommentRefusal): string {
  return STEPS[refusal];
}

const CAMPAIGN: Record<CampaignRefusal | ManageCampaignRefusal, string> = {
  "year-not-over": "Le recueil d’une année s’ouvre au plus tôt le 1er octobre de cette année.",
  "year-too-old": "Le recueil porte sur l’une des dix dernières années.",
  "campaign-exists": "La campagne de cette année existe déjà.",
  "deadline-past": "L’échéance doit être aujourd’hui ou plus tard.",
  "dictionary-not-adopted":
    "Le comité n’a encore voté aucune grille : préparez-en une depuis la page Dictionnaire, puis mettez-la à l’ordre du jour.",
  "no-signatory": "Aucun CCAS ne siège dans ce réseau.",
  "unknown-campaign": "Cette campagne n’existe pas dans ce réseau.",
  "campaign-closed": "Cette campagne est close.",
  "nobody-to-remind":
    "Personne n’est à relancer : tout est transmis, ou aucun CCAS en retard n’a d’adresse électronique.",
};
export function campaignMessage(refusal: CampaignRefusal | RemindRefusal): string {
  if (typeof refusal === "string") return CAMPAIGN[refusal];
  return `Les CCAS en retard ont déjà été relancés aujourd’hui (dernière relance ${formatInstant(refusal.at)}) : un CCAS reçoit une relance par jour au plus. Recommencez demain.`;
}

const INDICATOR_FAULTS: Record<IndicatorFault, string> = {
  "code-malformed": "le code s’écrit en capitales, chiffres et tirets (« AF-DEM »), 20 caractères au plus",
  "code-given-twice": "ce code est déjà pris",
  "section-missing": "la rubrique manque",
  "label-missing": "l’intitulé manque",
  "definition-missing": "la définition manque",
  "filled-by-missing": "dites qui le remplit",
  "text-too-long": "un texte est trop long (160 caractères, 2 000 pour la définition)",
  "dimension-malformed": "une ventilation a un code mal formé ou répété, ou pas d’intitulé",
  "category-malformed": "une catégorie s’écrit « code : Intitulé », le code en minuscules, chiffres et tirets",
  "category-given-twice": "deux catégories portent le même code",
  "category-alone": "une ventilation ou un sous-total a au moins deux catégories",
  "parent-unknown": "un sous-total ne se divise qu’une fois, sous une catégorie de premier rang",
  "too-many-cells": "un indicateur a 60 cases au plus",
  "formula-unknown-cell": "la formule nomme une case que personne ne saisit",
  "formula-of-derived": "une formule ne porte pas sur un autre indicateur calculé",
  "formula-with-dimensions": "un indicateur calculé n’a pas de ventilation",
  "contributors-unknown":
    "le nombre de contributeurs ou la plus forte part désigne un indicateur que personne ne saisit",
  "break-reason-missing": "dites pourquoi la série est rompue",
};

function faultMessage(fault: DictionaryFault): string {
  if (!("code" in fault))
    return fault.kind === "empty"
      ? "Une grille compte au moins un indicateur."
      : "Une grille compte 120 indicateurs au plus.";
  return `${fault.code}${NBSP}: ${INDICATOR_FAULTS[fault.kind]}.`;
}

const WRITE_DICTIONARY: Record<Exclude<WriteDictionaryRefusal["kind"], "faulty">, string> = {
  "unknown-dictionary": "Cette version n’existe pas dans ce réseau.",
  "already-adopted": "Le comité a adopté cette version : elle ne change plus. Préparez la suivante.",
  "vote-under-way": "Le comité vote sur cette version : attendez le résultat.",
  "changed-meanwhile":
    "Quelqu’un a modifié cette version pendant que vous l’écriviez. Ouvrez-la dans un autre onglet, comparez, puis recommencez.",
  "unknown-indicator": "Cet indicateur n’est plus dans cette version.",
  "must-break-series":
    "L’unité, la période, la nature ou la formule change : les chiffres ne se comparent plus aux précédents. Cochez « rupture de série » et dites pourquoi.",
};
export function dictionaryMessage(refusal: WriteDictionaryRefusal): string {
  return refusal.kind === "faulty" ? refusal.faults.map(faultMessage).join(" ") : WRITE_DICTIONARY[refusal.kind];
}

const WORKBOOK: Record<WorkbookRefusal, string> = {
  "file-empty": "Ce fichier est vide.",
  "file-too-large": "Ce fichier est trop grand pour une grille : 2 Mo au plus, 20 Mo une fois décompressé.",
  "file-not-a-sheet": "Ce fichier n’est pas un tableur lisible : envoyez le modèle au format CSV, ODS ou XLSX.",
  "too-many-rows":
    "Ce fichier compte plus de 2 000 lignes : ce n’est pas le modèle de cette grille. Rien n’est enregistré.",
};
export function workbookMessage(refusal: WorkbookRefusal): string {
  return WORKBOOK[refusal];
}

/** What is wrong in one cell of the file. */
export function sheetMessage(fault: SheetFault): string {
  switch (fault.kind) {
    case "not-our-template":
      return "Ce n’est pas le modèle de cette grille : téléchargez-le, remplissez-le, puis envoyez-le sans changer sa forme.";
    case "wrong-year":
      return `Ce fichier est celui de l’année «${NBSP}${fault.found}${NBSP}».`;
    case "wrong-organization":
      return `Ce fichier est celui d’un autre CCAS${NBSP}: «${NBSP}${fault.found}${NBSP}».`;
    case "wrong-version":
      return `Ce fichier suit une autre version de la grille (${fault.found}) : téléchargez le modèle de cette année.`;
    case "column-missing":
      return `La colonne «${NBSP}${fault.name}${NBSP}» manque.`;
    case "column-extra":
      return `La colonne «${NBSP}${fault.name}${NBSP}» n’est pas du modèle : supprimez-la.`;
    case "column-twice":
      return `La colonne «${NBSP}${fault.name}${NBSP}» est là deux fois.`;
    case "too-many-columns":
      return "Du texte dépasse à droite du tableau : déplacez-le dans Commentaire, ou supprimez-le.";
    case "unknown-row":
      return fault.cellKey === ""
        ? "Cette ligne n’a pas de repère."
        : `Le repère «${NBSP}${fault.cellKey}${NBSP}» n’est pas de cette grille.`;
    case "row-twice":
      return `Le repère «${NBSP}${fault.cellKey}${NBSP}» est là deux fois : gardez une seule ligne.`;
    case "formula":
      return TYPED.formula;
    case "unreadable":
      return `«${NBSP}${fault.typed}${NBSP}»${NBSP}: ${TYPED[fault.refusal]}`;
    case "above-population":
      return `«${NBSP}${fault.typed}${NBSP}»${NBSP}: plus que la commune n’a d’habitants (${formatInteger(fault.inhabitants)}).`;
  }
}

const PUBLISH: Record<PublishFormRefusal, string> = {
  "changed-meanwhile": "Quelqu’un a publié une autre version pendant que vous écriviez : comparez, puis recommencez.",
  "nothing-changed": "Rien ne change par rapport à la version en ligne.",
};
export function publishMessage(refusal: PublishFormRefusal): string {
  return PUBLISH[refusal];
}

export const STANDING_LABELS: Record<SubmissionStanding, string> = {
  "not-started": "À commencer",
  draft: "En cours de saisie",
  submitted: "Transmise, à valider",
  validated: "Validée",
  closed: "Validée et close",
};

export const DICTIONARY_STANDING_LABELS: Record<DictionaryStanding, string> = {
  draft: "En préparation",
  voting: "Mise aux voix",
  rejected: "Rejetée, à reprendre",
  adopted: "Adoptée",
};

export const EVENT_LABELS: Record<SubmissionEventKind, string> = {
  submitted: "Saisie transmise",
  validated: "Saisie validée",
  reopened: "Saisie rouverte",
  reminded: "Relance envoyée",
  comment: "Message",
};

export const CHANGE_LABELS: Record<IndicatorChange["kind"], string> = {
  added: "ajouté",
  removed: "retiré",
  reworded: "texte ou réglage changé, la série continue",
  recategorised: "ventilation changée, ses catégories ne se comparent plus",
  break: "rupture de série, ses chiffres ne s’additionnent plus aux précédents",
};

/** What the choice beside each field says; « zero » is typed. */
export const STATE_CHOICES: readonly {
  readonly value: Exclude<CellState, "value" | "zero"> | "";
  readonly label: string;
}[] = [
  { value: "", label: "Nombre" },
  { value: "not-applicable", label: "Sans objet" },
  { value: "not-known", label: "Non connu" },
  { value: "not-released", label: "Non communiqué" },
];

export function savedMessage(saved: number): string {
  if (saved === 0) return "Rien n’avait changé depuis le dernier enregistrement.";
  return `${count(saved, "case enregistrée", "cases enregistrées")}.`;
}
