import type { AgendaItemKind } from "~/domain/meeting/agenda";
import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import type { SinceCause } from "~/domain/voting/room";
import type { Reply } from "~/domain/meeting/reply";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { formatDate, formatDateTime, NBSP } from "./french";

export const AGENDA_KIND_LABELS: Record<AgendaItemKind, string> = {
  information: "Information",
  discussion: "Débat",
  "expense-validation": "Validation de dépense",
  "minutes-approval": "Approbation du procès-verbal",
  orientation: "Orientation",
  "rules-adoption": "Adoption du règlement de fonctionnement",
  "budget-adoption": "Adoption du budget de l’année",
  "dictionary-adoption": "Adoption de la grille d’indicateurs",
  "action-plan": "Adoption du plan d’actions ou de son évaluation",
  agreement: "Convention",
  indicators: "Indicateurs",
  ratification: "Ratification d’une consultation écrite",
  other: "Autre point",
};

export const MEETING_STATE_LABELS: Record<MeetingState, string> = {
  planned: "Planifiée",
  convened: "Convoquée",
  open: "Ouverte",
  suspended: "Suspendue",
  closed: "Levée",
  cancelled: "Annulée",
};

/** What came after a quorum was noted, before the sentence that it makes. */
export const SINCE_LABELS: Record<SinceCause, string> = {
  withdrawal: "Déport compris, à la même minute",
  return: "Une fois le déport terminé, à la même minute",
  entry: "Avec les présences saisies ensuite, à la même minute",
  correction: "Selon les présences rectifiées depuis, à la même minute",
};

/** « Marie Durand (CCAS de Blain) »; a name that already says its seat is not told it twice. */
export function nameWithSeat(name: string, seatLabel: string | null): string {
  return seatLabel === null || name.includes(seatLabel) ? name : `${name} (${seatLabel})`;
}

export const OUTCOME_LABELS: Record<MeetingOutcome, string> = {
  held: "Réunie valablement",
  inquorate: "Quorum non atteint",
};

export const REPLY_LABELS: Record<Reply["kind"], string> = {
  present: "Présent·e",
  remote: "En visioconférence",
  absent: "Absent·e",
  "absent-with-proxy": "Absent·e, pouvoir donné",
};

/** « lundi 14 décembre 2026 à 18 h 30 », the time in Paris at an instant stored in UTC. */
export function formatInstant(iso: string): string {
  return formatDateTime(parisLocalAt(new Date(iso)));
}

/** The day names a meeting, its number tells two meetings of one day apart: « séance du 20 octobre 2026 (n° 2026-5) ». */
export function nameMeeting({ heldAt, number }: { readonly heldAt: LocalDateTime; readonly number: string }): string {
  return `séance du ${formatDate(dateOf(heldAt))} (n°${NBSP}${number})`;
}

/** The item's title, and the question put to the vote: the published decision says by itself which minutes it settles. */
export function minutesApprovalTitle(meeting: Parameters<typeof nameMeeting>[0]): string {
  return `Approbation du procès-verbal de la ${nameMeeting(meeting)}`;
}

/** @param title of the consultation; the whole fits the 200 characters of an item */
export function ratificationTitle(title: string): string {
  return `Ratification de la consultation écrite${NBSP}: ${title}`.slice(0, 200);
}
