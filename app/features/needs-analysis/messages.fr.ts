import { problemSentence } from "~/documents/needs-references";
import type { PresentationStanding } from "~/domain/needs-analysis/legal-clock";
import type { ClaimKind, Verdict } from "~/domain/needs-analysis/claims";
import type { AdoptRefusal, RecordRefusal, StartRefusal, WriteRefusal } from "./refusals";

const START: Record<StartRefusal, string> = {
  "renewal-out-of-range":
    "Cette année est trop loin\u00a0: donnez celle du dernier renouvellement général, ou du prochain.",
};
export const startMessage = (refusal: StartRefusal): string => START[refusal];

const WRITE: Record<Exclude<WriteRefusal["kind"], "references-faulty">, string> = {
  "report-unknown": "Ce rapport n’existe pas, ou n’est pas de ce réseau.",
  "report-adopted":
    "Le rapport est adopté\u00a0: son texte ne change plus. Ouvrez une autre analyse pour le compléter.",
  "chapter-unknown": "Ce chapitre n’existe pas dans ce rapport.",
  "text-too-long": "Le chapitre compte au plus 40 000 caractères\u00a0: partagez-le en deux.",
  "title-missing": "Donnez un titre au chapitre, d’au moins 3 caractères.",
};

/** One sentence per thing to mend. */
export function writeMessages(refusal: WriteRefusal): readonly string[] {
  return refusal.kind === "references-faulty"
    ? refusal.faults.map(({ raw, problem, near }) => problemSentence(raw, problem, near))
    : [WRITE[refusal.kind]];
}

const RECORD: Record<RecordRefusal, string> = {
  "report-unknown": "Ce rapport n’existe pas, ou n’est pas de ce réseau.",
  "report-adopted": "Le rapport est adopté\u00a0: la liste des partenaires consultés ne change plus.",
  "in-the-future": "Cette date n’est pas encore venue\u00a0: ce qui est fait a déjà eu lieu.",
  "in-the-past": "Cette date est passée\u00a0: notez la présentation comme faite, ou prévoyez un autre jour.",
  "seat-unknown": "Ce CCAS n’est pas du réseau\u00a0: choisissez-le dans la liste.",
};
export const recordMessage = (refusal: RecordRefusal): string => RECORD[refusal];

const ADOPT: Record<AdoptRefusal, string> = {
  "report-unknown": "Ce rapport n’existe pas, ou n’est pas de ce réseau.",
  "already-adopted": "Ce rapport est déjà adopté.",
  "nothing-written": "Aucun chapitre n’est écrit\u00a0: il n’y a rien à adopter.",
  "in-the-future": "La date d’adoption n’est pas encore venue.",
  "decision-unknown": "Cette décision n’est pas une décision adoptée par le comité\u00a0: choisissez-la dans la liste.",
  "decision-before-report":
    "Cette décision est plus ancienne que l’analyse\u00a0: le comité ne peut pas l’avoir adoptée ce jour-là. Choisissez la décision prise depuis son ouverture.",
  "act-missing":
    "Choisissez la décision du comité, ou donnez l’organe, la référence et la date de l’acte du conseil d’administration.",
  "references-faulty":
    "Une référence du texte ne se lit plus\u00a0: corrigez le chapitre qui la porte, puis recommencez.",
  "changed-since":
    "Le texte ou les chiffres ont changé depuis que vous avez ouvert cette page\u00a0: relisez le rapport, puis recommencez.",
};
export const adoptMessage = (refusal: AdoptRefusal): string => ADOPT[refusal];

export const PRESENTATION_LABELS: Record<PresentationStanding, string> = {
  presented: "présentée",
  "presented-early": "présentée avant l’année prévue",
  "presented-late": "présentée hors délai",
  planned: "prévue",
  "planned-early": "prévue avant l’année, à décaler",
  "planned-late": "prévue hors délai, à avancer",
  "to-plan": "à prévoir",
  overdue: "délai dépassé",
};

export const CLAIM_LABELS: Record<ClaimKind, string> = {
  up: "une hausse",
  down: "une baisse",
  stable: "une stabilité",
  above: "une valeur supérieure",
  below: "une valeur inférieure",
};

export const VERDICT_LABELS: Record<Verdict, string> = {
  holds: "vérifiée",
  false: "contredite par les chiffres",
  unreadable: "à relire par une personne",
};
