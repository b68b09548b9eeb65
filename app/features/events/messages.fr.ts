export type EventRefusal =
  | "event-unknown"
  | "event-closed"
  | "revision-outdated"
  | "date-missing"
  | "date-in-the-future"
  | "host-unknown"
  | "headcount-not-positive";

const EVENT: Record<EventRefusal, string> = {
  "event-unknown": "La journée annuelle de cette année n’est pas encore enregistrée.",
  "event-closed": "La journée annuelle est close : elle ne change plus.",
  "revision-outdated": "Quelqu’un d’autre a modifié la journée entre-temps : relisez-la, puis recommencez.",
  "date-missing": "Indiquez la date de la journée avant de la clore.",
  "date-in-the-future": "La journée n’a pas encore eu lieu : elle se clôt après.",
  "host-unknown": "Ce CCAS n’a pas de siège dans ce réseau.",
  "headcount-not-positive": "Le nombre d’inscrits est d’une personne au moins.",
};
export function eventMessage(refusal: EventRefusal): string {
  return EVENT[refusal];
}

/** Source: Convention, preamble. */
export const ACTOR_TYPES = ["elected", "volunteer", "professional"] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];
export const ACTOR_LABELS: Record<ActorType, string> = {
  elected: "Élu·es locaux",
  volunteer: "Bénévoles associatifs",
  professional: "Professionnel·les",
};
