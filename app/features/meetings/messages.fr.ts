import type { ScheduleRefusal } from "~/domain/meeting/lifecycle";
import type {
  AddItemRefusal,
  DecideRefusal,
  EditItemRefusal,
  MoveItemRefusal,
  ProposeRefusal,
  RemoveItemRefusal,
} from "./agenda.server";
import type { ChangeMeetingRefusal, OfficersRefusal } from "./commands.server";
import type { CancelRefusal } from "~/domain/meeting/lifecycle";
import type { ReconveneRefusal } from "./second-convening.server";

const SCHEDULE: Record<ScheduleRefusal, string> = {
  "meeting-in-past": "Cette date est passée : choisissez une date à venir.",
  "time-does-not-exist":
    "Cette nuit-là, l’horloge saute de 2 h à 3 h : cette heure n’existe pas. Choisissez-en une autre.",
};

const MEETING_UNKNOWN = "Cette séance n’existe pas dans ce réseau.";

const CHANGE: Record<ChangeMeetingRefusal, string> = {
  ...SCHEDULE,
  "meeting-unknown": MEETING_UNKNOWN,
  "already-convened":
    "La convocation est partie : la date et le lieu ne changent plus. Pour les changer, annulez la séance et planifiez-en une autre.",
  stale:
    "Quelqu’un a modifié cette séance pendant que vous la modifiiez. Rien n’a été enregistré et votre saisie est gardée : comparez avec la version actuelle ci-dessous, puis enregistrez de nouveau.",
};

const OFFICERS: Record<OfficersRefusal, string> = {
  "meeting-unknown": MEETING_UNKNOWN,
  "meeting-over": "La séance est terminée : son bureau ne change plus.",
  "chair-not-a-seat-holder":
    "La présidence revient à une personne qui tient un siège le jour de la séance : choisissez dans la liste.",
  "secretary-unknown": "Cette personne n’a ni rôle ni siège dans le réseau ce jour-là : choisissez dans la liste.",
  "same-person":
    "La présidence et le secrétariat reviennent à deux personnes distinctes, qui signent ensemble le procès-verbal.",
};

const CANCEL: Record<CancelRefusal | "meeting-unknown", string> = {
  "meeting-unknown": MEETING_UNKNOWN,
  "wrong-state": "Cette séance est déjà ouverte, close ou annulée : elle ne peut plus être annulée.",
  "reason-missing": "Écrivez le motif de l’annulation : les membres le recevront.",
};

type AgendaRefusal =
  AddItemRefusal | EditItemRefusal | MoveItemRefusal | RemoveItemRefusal | ProposeRefusal | DecideRefusal;

const AGENDA: Record<AgendaRefusal, string> = {
  "meeting-unknown": MEETING_UNKNOWN,
  "item-unknown": "Ce point n’est plus à l’ordre du jour : voici l’ordre du jour actuel.",
  "agenda-frozen":
    "La convocation est partie : l’ordre du jour ne peut plus s’étendre ni changer de texte. Un point peut encore être retiré ou déplacé, avec un motif.",
  "second-convening-adds-nothing":
    "Une seconde convocation reprend l’ordre du jour de la première, sans rien y ajouter ni changer.",
  "change-reason-missing":
    "La convocation est partie : écrivez le motif de ce changement, il est gardé au registre des actes.",
  "item-has-poll": "Un scrutin a déjà été ouvert sur ce point : il ne peut plus être modifié ni retiré.",
  "title-too-short": "L’intitulé du point compte au moins 3 caractères.",
  "title-too-long": "L’intitulé du point compte au plus 200 caractères.",
  "rapporteur-too-long": "Le nom du rapporteur compte au plus 120 caractères.",
  "duration-out-of-range": "La durée va de 1 à 480 minutes.",
  "subject-missing": "Choisissez ce sur quoi porte ce point.",
  "subject-unknown": "Ce choix n’est plus disponible : il a été décidé, retiré ou pris par une autre séance.",
  stale:
    "Quelqu’un a modifié l’ordre du jour entre-temps. Rien n’a été enregistré : vérifiez la version actuelle ci-dessous, puis recommencez.",
  "already-first": "Ce point est déjà le premier.",
  "already-last": "Ce point est déjà le dernier.",
  "proposal-already-decided": "Cette proposition a déjà reçu sa réponse.",
  "no-meeting-to-carry-to":
    "Aucune séance à venir n’attend encore sa convocation : planifiez-en une pour y reporter ce point, ou refusez-le avec un motif.",
  "refusal-reason-missing": "Écrivez pourquoi la proposition est refusée : son auteur·e le lira.",
};

const RECONVENE: Record<ReconveneRefusal, string> = {
  ...SCHEDULE,
  "meeting-unknown": MEETING_UNKNOWN,
  "first-meeting-not-over":
    "Cette séance n’est pas close et son défaut de quorum n’a pas été constaté : levez-la d’abord.",
  "quorum-was-reached": "Le quorum a été atteint pendant cette séance : elle n’appelle pas de seconde convocation.",
  "first-meeting-cancelled": "Cette séance a été annulée : planifiez une nouvelle séance.",
  "already-a-second-convening": "Cette séance était déjà une seconde convocation : planifiez une nouvelle séance.",
  "already-reconvened": "La seconde convocation de cette séance est déjà préparée.",
  "agenda-empty": "Cette séance n’avait aucun point à l’ordre du jour : planifiez une nouvelle séance.",
  "second-meeting-too-soon":
    "Cette date ne laisse pas le délai de convocation entier, que l’urgence n’abrège pas pour une seconde convocation : choisissez une date plus lointaine.",
};

export function scheduleMessage(refusal: ScheduleRefusal): string {
  return SCHEDULE[refusal];
}

export function changeMessage(refusal: ChangeMeetingRefusal): string {
  return CHANGE[refusal];
}

export function officersMessage(refusal: OfficersRefusal): string {
  return OFFICERS[refusal];
}

export function cancelMessage(refusal: CancelRefusal | "meeting-unknown"): string {
  return CANCEL[refusal];
}

export function agendaMessage(refusal: AgendaRefusal): string {
  return AGENDA[refusal];
}

export function reconveneMessage(refusal: ReconveneRefusal): string {
  return RECONVENE[refusal];
}
