import type { ScheduleRefusal } from "~/domain/meeting/lifecycle";

const SCHEDULE: Record<ScheduleRefusal, string> = {
  "meeting-in-past": "Cette date est passée : choisissez une date à venir.",
  "time-does-not-exist":
    "Cette nuit-là, l’horloge saute de 2 h à 3 h : cette heure n’existe pas. Choisissez-en une autre.",
};

export function scheduleMessage(refusal: ScheduleRefusal): string {
  return SCHEDULE[refusal];
}
