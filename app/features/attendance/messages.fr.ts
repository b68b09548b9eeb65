import { formatTime } from "~/documents/french";
import { timeOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { ProxySuspension } from "~/domain/voting/proxies";
import type { ProxyCommandRefusal, RoomRefusal } from "./commands.server";

const ROOM: Record<RoomRefusal, string> = {
  "person-not-a-holder":
    "Cette personne n’occupe pas ce siège à la date de la séance. Vérifiez les mandats, ou choisissez le ou la titulaire ou son suppléant.",
  "already-present": "Cette personne est déjà notée présente : il n’y a rien à ajouter.",
  "other-holder-present":
    "L’autre titulaire du siège est dans la salle : un siège n’a qu’une voix. Notez d’abord son départ.",
  "not-present":
    "Cette personne n’était pas notée présente à cette heure-là. Vérifiez l’heure, ou notez d’abord son arrivée.",
  "already-withdrawn": "Ce déport est déjà noté pour ce point.",
  "not-withdrawn": "Aucun déport n’est noté pour cette personne sur ce point.",
  "item-missing": "Indiquez le point de l’ordre du jour sur lequel porte le déport.",
  "too-early": "Les arrivées se notent à partir de deux heures avant l’heure de la séance. Vérifiez l’heure.",
  "meeting-not-open": "Un déport se note à partir de l’ouverture de la séance.",
  "in-the-future": "Cette heure n’est pas encore venue. Notez ce qui a eu lieu, à la minute.",
  "after-closing": "La séance était déjà levée à cette heure-là. Vérifiez l’heure.",
  "remote-not-allowed":
    "Le règlement de fonctionnement ne permet pas d’assister à distance. Notez une présence en salle, ou une absence.",
  "nothing-to-void": "Indiquez l’enregistrement à annuler.",
  "corrected-entry-unknown": "L’enregistrement à corriger n’existe pas dans cette séance.",
  "corrected-entry-superseded": "Cet enregistrement a déjà été corrigé. Rechargez la page et corrigez le plus récent.",
  "corrects-another-seat":
    "Une correction porte sur le même siège. Annulez cet enregistrement, puis notez l’autre siège.",
  "contradicts-another-entry":
    "Cette heure contredit un autre enregistrement du même siège. Corrigez-le d’abord, ou choisissez une autre heure.",
  "meeting-not-found": "Cette séance n’existe pas dans ce réseau.",
  "room-closed": "La séance n’est pas ouverte : les présences ne se notent pas. Rechargez la page.",
  "time-does-not-exist":
    "Cette nuit-là, l’horloge saute de 2 h à 3 h : cette heure n’existe pas. Indiquez-en une autre.",
  "item-unknown": "Ce point ne figure pas, ou plus, à l’ordre du jour.",
  "seat-has-voted": "Ce siège a déjà voté sur ce point : qui a pris part au vote ne peut plus se déporter.",
  "minutes-adopted":
    "Le procès-verbal de cette séance est arrêté : les présences ne se corrigent plus ici. Une erreur se corrige par un acte rectificatif du procès-verbal.",
  "not-your-seat": "Vous ne pouvez déclarer que votre propre déport. Le secrétariat note les autres.",
};

export function roomMessage(refusal: RoomRefusal): string {
  return ROOM[refusal];
}

const PROXY: Record<ProxyCommandRefusal, string> = {
  "seat-unknown": "Ce siège ne fait pas partie du comité : le pouvoir n’a pas été enregistré.",
  "proxies-not-allowed": "Le règlement de fonctionnement ne permet pas de donner pouvoir.",
  "proxy-to-self": "Un siège ne peut pas se donner pouvoir à lui-même. Choisissez un autre siège.",
  "giver-not-in-office": "Ce siège est vacant : personne ne peut donner pouvoir en son nom.",
  "holder-not-in-office": "Ce siège est vacant : personne ne peut recevoir le pouvoir. Choisissez un autre siège.",
  "giver-already-represented": "Ce siège a déjà donné pouvoir pour cette séance. Révoquez d’abord le premier pouvoir.",
  "holder-full": "Ce siège porte déjà autant de pouvoirs que le règlement le permet. Choisissez un autre siège.",
  "proxy-chain": "Qui porte un pouvoir n’en donne pas, et qui en donne un n’en porte pas. Choisissez un autre siège.",
  "too-many-meetings-in-a-row":
    "Ce siège a donné pouvoir pour autant de séances de suite que le règlement le permet. Il ne peut pas le faire pour celle-ci.",
  "meeting-not-found": "Cette séance n’existe pas dans ce réseau.",
  "room-closed": "Les pouvoirs se donnent de la convocation à la levée de la séance.",
  "not-your-seat": "Vous ne pouvez donner ou révoquer que le pouvoir de votre propre siège.",
  "proxy-unknown": "Ce pouvoir n’existe pas dans cette séance.",
  "already-revoked": "Ce pouvoir est déjà révoqué.",
};

export function proxyMessage(refusal: ProxyCommandRefusal): string {
  return PROXY[refusal];
}

/** What a correction did to an entry, after it; nothing when nobody corrected it. */
export function correctionNote(entry: {
  readonly at: LocalDateTime;
  readonly correctedFrom: LocalDateTime | null;
  readonly isVoided: boolean;
}): string {
  if (entry.isVoided) return " (annulé : noté par erreur)";
  if (entry.correctedFrom === null) return "";
  return entry.correctedFrom === entry.at
    ? " (corrigé)"
    : ` (corrigé, noté d’abord à ${formatTime(timeOf(entry.correctedFrom))})`;
}

const SUSPENSION: Record<ProxySuspension, string> = {
  "not-allowed": "sans effet selon le règlement",
  "not-given-yet": "pas encore donné",
  revoked: "révoqué",
  "giver-present": "sans effet tant que le siège qui le donne est présent",
  "holder-absent": "en attente, le siège qui le porte est absent",
  "holder-withdrawn": "suspendu sur ce point, déport",
  "holder-full": "sans effet, limite atteinte",
};

export function proxyStatusLabel(suspendedBy: ProxySuspension | null): string {
  return suspendedBy === null ? "effectif" : SUSPENSION[suspendedBy];
}
