import type { RulesFault, RulesFaultKind } from "~/domain/committee/rules-check";
import type { DraftRefusal, EnactRefusal } from "./commands.server";

const FAULTS: Record<RulesFaultKind, string> = {
  "fraction-malformed": "Écrivez une fraction plus grande que 0 et au plus égale à 1, par exemple 1/2.",
  "share-unreachable":
    "« Plus de la totalité » ne peut jamais être atteint : réduisez la part, ou choisissez « au moins ».",
  "majority-below-half": "Avec cette part, une minorité suffirait pour adopter : choisissez au moins « plus de 1/2 ».",
  "not-a-whole-number": "Écrivez un nombre entier, sans virgule.",
  "too-small": "Ce nombre est trop petit.",
  "too-large": "Ce nombre est trop grand.",
  "contradicts-remote-attendance":
    "Le vote secret à distance suppose que la participation à distance soit admise : admettez-la, ou répondez non ici.",
};

/** What the bounds are, where a number is too small or too large. */
const BOUNDS: Partial<Record<RulesFault["key"], string>> = {
  "proxies.perHolder": "De 1 à 10 quand les pouvoirs sont admis.",
  "proxies.consecutiveMeetings": "De 1 à 52, ou vide pour ne pas limiter.",
  "notice.days": "De 0 à 60 jours.",
  "writtenConsultation.minimumDays": "De 0 à 60 jours.",
  "rhythm.meetingsPerYear": "De 0 à 52 séances.",
  "minutes.publicationDays": "De 0 à 60 jours.",
};

export function rulesFaultMessage({ key, kind }: RulesFault): string {
  const bounds = kind === "too-small" || kind === "too-large" ? BOUNDS[key] : undefined;
  return bounds === undefined ? FAULTS[kind] : `${FAULTS[kind]} ${bounds}`;
}

const DRAFT: Record<DraftRefusal["kind"], string> = {
  "unknown-rules": "Ce règlement n’existe pas dans ce réseau.",
  "draft-already-exists": "Un projet de règlement est déjà en préparation : poursuivez celui-ci.",
  "already-adopted":
    "Ce règlement a été adopté : il ne change plus. Préparez un nouveau projet, que le comité adoptera par un vote.",
  "vote-under-way":
    "Le comité est en train de voter sur ce projet : il ne peut plus changer tant que le scrutin est ouvert.",
  "vote-adopted-it":
    "Le comité a adopté ce projet tel qu’il est : il ne peut plus changer. Enregistrez son entrée en vigueur.",
  "changed-meanwhile":
    "Une autre personne a modifié ce projet pendant que vous l’écriviez. Votre saisie est conservée ci-dessous, et les différences avec le projet enregistré sont listées : vérifiez-les, puis enregistrez de nouveau pour les remplacer.",
  "faulty-content": "Certains réglages ne conviennent pas : ils sont signalés ci-dessous.",
};

export function draftMessage(refusal: DraftRefusal): string {
  return DRAFT[refusal.kind];
}

const ENACT: Record<EnactRefusal, string> = {
  "unknown-rules": "Ce règlement n’existe pas dans ce réseau.",
  "not-voted":
    "Le comité n’a pas encore adopté ce projet : inscrivez-le à l’ordre du jour d’une séance et faites-le voter.",
  "before-the-decision": "Un règlement n’entre pas en vigueur avant le jour où le comité l’a adopté.",
  "before-the-rules-in-force":
    "Un autre règlement adopté commence après cette date : choisissez une date égale ou postérieure à la sienne.",
  "other-date-recorded": "L’entrée en vigueur de ce règlement est déjà enregistrée, à une autre date.",
};

export function enactMessage(refusal: EnactRefusal): string {
  return ENACT[refusal];
}
