import type { AdoptBudgetRefusal, ForecastRefusal } from "~/domain/budget/budget";
import { assertNever } from "~/domain/kernel/decision";
import { formatCents } from "~/documents/french";
import type { VersionStanding } from "~/services/budget-record.server";
import type { AccountRefusal, OpenForecastRefusal, WriteForecastRefusal } from "./refusals";

const OPEN: Record<OpenForecastRefusal["kind"], string> = {
  "year-out-of-range": "Un prévisionnel se prépare pour l’année passée, l’année en cours ou les deux suivantes.",
  "draft-already-exists": "Un prévisionnel de cette année attend déjà le vote du comité : complétez-le.",
};
export function openMessage({ kind }: OpenForecastRefusal): string {
  return OPEN[kind];
}

const FAULTS: Record<ForecastRefusal["kind"], string> = {
  "no-line": "Un prévisionnel compte au moins une ligne : donnez un intitulé, un axe et un montant.",
  "too-many-lines": "Un prévisionnel compte au plus 200 lignes : regroupez-en.",
  "total-too-large": "Le total dépasse un milliard d’euros : vérifiez les montants.",
  "label-missing": "Chaque ligne porte un intitulé.",
  "label-too-long": "L’intitulé d’une ligne compte au plus 120 caractères.",
  "label-given-twice": "Deux lignes du même axe portent le même intitulé : réunissez-les, ou précisez-en un.",
  "line-given-twice": "Une ligne est envoyée deux fois : rechargez la page et recommencez.",
  "amount-negative": "Un montant négatif ne se prévoit pas.",
  "investment-not-allowed":
    "La convention n’ouvre que des dépenses de fonctionnement : une ligne d’investissement ne peut pas être prévue.",
};

const WRITE: Record<Exclude<WriteForecastRefusal["kind"], "forecast-faulty" | "below-what-is-validated">, string> = {
  "unknown-budget": "Ce prévisionnel n’existe pas dans ce réseau.",
  "already-adopted": "Le comité a adopté cette version : elle ne change plus. Préparez une révision.",
  "vote-under-way": "Le comité vote sur cette version : attendez le résultat.",
  "changed-meanwhile":
    "Quelqu’un a modifié ce prévisionnel pendant que vous l’écriviez. Ouvrez-le dans un autre onglet, comparez, puis recommencez.",
  "not-adopted-by-a-vote": "Un budget n’entre en vigueur que par un vote du comité.",
  "decision-already-used": "Cette décision porte déjà une version de ce budget.",
  "older-than-the-budget-in-force": "Une version plus récente est déjà en vigueur.",
};

export function writeMessage(refusal: WriteForecastRefusal | AdoptBudgetRefusal): string {
  if (refusal.kind === "forecast-faulty") return [...new Set(refusal.faults.map(({ kind }) => FAULTS[kind]))].join(" ");
  if (refusal.kind === "below-what-is-validated")
    return `Le total est inférieur de ${formatCents(refusal.excess)} à ce que le comité a déjà validé cette année : augmentez une ligne.`;
  return WRITE[refusal.kind];
}

export function accountMessage(refusal: AccountRefusal): string {
  if (refusal === "verified-in-the-future") return "La vérification ne peut pas être datée d’un jour à venir.";
  return assertNever(refusal);
}

export const STANDING_LABELS: Record<VersionStanding, string> = {
  draft: "En préparation",
  voting: "Mise aux voix",
  rejected: "Rejetée, à reprendre",
  adopted: "Adoptée",
};
