import type { ObservationRefusal, ObservationStanding } from "~/domain/needs-analysis/observation";
import type { DecisionRefusal } from "./refusals";

const OBSERVATION: Record<ObservationRefusal, string> = {
  "observed-in-the-future": "Cette date n’est pas encore venue\u00a0: donnez le jour où le constat a été fait.",
  "commune-unknown": "Cette commune n’est pas du réseau\u00a0: choisissez-la dans la liste.",
  "names-someone":
    "Le texte semble désigner une personne (civilité, téléphone, adresse, date de naissance, numéro). Une observation dit ce qui est général\u00a0: retirez ce qui permettrait de reconnaître quelqu’un.",
};

export function observationMessage(refusal: ObservationRefusal): string {
  return OBSERVATION[refusal];
}

const DECISION: Record<DecisionRefusal, string> = {
  "observation-unknown": "Cette observation n’existe pas, ou n’est pas de ce réseau.",
  "reason-missing": "Dites en une phrase pourquoi l’observation n’est pas retenue\u00a0: son auteur le lira.",
  "same-outcome": "C’est déjà ce qui est décidé\u00a0: rien n’a changé.",
};

export function decisionMessage(refusal: DecisionRefusal): string {
  return DECISION[refusal];
}

export const STANDING_LABELS: Record<ObservationStanding, string> = {
  proposed: "à valider par le CCAS pilote",
  members: "lue par les membres",
  public: "publique",
  rejected: "non retenue",
};
