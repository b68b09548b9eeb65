import { dateOf } from "~/domain/kernel/paris-time";
import { assertNever } from "~/domain/kernel/decision";
import { count, enumerate, formatDate, formatDateTime, formatLongDate, NBSP } from "~/documents/french";
import { capitalize } from "~/documents/quorum-tracking";
import type { Waiting, WaitingThing } from "./waiting";

/** A door: what waits, why, and where it is done. */
export type Door = {
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  /** Within the network. */
  readonly path: string;
};

export function describeDue({ due, urgency }: Pick<WaitingThing, "due" | "urgency">): string | null {
  if (due === null) return null;
  return urgency === "late"
    ? `Le délai a pris fin le ${formatLongDate(due)}.`
    : `À faire au plus tard le ${formatLongDate(due)}.`;
}

export function describeWaiting(waiting: Waiting): Door {
  switch (waiting.kind) {
    case "vote":
      return {
        title: `Voter${NBSP}: ${waiting.title}`,
        detail: waiting.meetingId === null ? "La consultation écrite est ouverte." : "Le scrutin est ouvert.",
        action: "Voter",
        path:
          waiting.meetingId === null
            ? `consultations/${waiting.pollId}`
            : `seances/${waiting.meetingId}/scrutins/${waiting.pollId}`,
      };
    case "meeting-open":
      return {
        title: "La séance est ouverte",
        detail: waiting.title,
        action: "Rejoindre la séance",
        path: `seances/${waiting.meetingId}`,
      };
    case "reply":
      return {
        title: "Répondre à la convocation",
        detail: `Séance du ${formatDateTime(waiting.startsAt)}. Votre réponse permet de prévoir le quorum.`,
        action: "Répondre",
        path: `seances/${waiting.meetingId}`,
      };
    case "minutes-to-sign":
      return minutesDoor(waiting, "Signer le procès-verbal", "Il est arrêté et attend votre signature.", "Signer");
    case "minutes-to-publish":
      return minutesDoor(
        waiting,
        "Publier le procès-verbal",
        waiting.isLate ? "Il est signé, et n’est toujours pas publié." : "Il est signé par les deux signataires.",
        "Publier",
      );
    case "minutes-to-reread":
      return minutesDoor(
        waiting,
        "Relire le projet de procès-verbal",
        "Vous étiez présent·e. Vous pouvez demander une correction.",
        "Relire",
      );
    case "minutes-to-write":
      return minutesDoor(waiting, "Rédiger le procès-verbal", "Il n’est pas encore soumis aux corrections.", "Rédiger");
    case "corrections":
      return minutesDoor(
        waiting,
        `${count(waiting.count, "correction à décider", "corrections à décider")}`,
        "Tant qu’une correction attend, le procès-verbal ne peut pas être arrêté.",
        "Décider",
      );
    case "meeting-to-convene":
      return {
        title: "Envoyer la convocation",
        detail: `Séance du ${formatDateTime(waiting.startsAt)}. ${
          waiting.isLate
            ? "Le délai ne peut plus être tenu : déplacez la séance, ou motivez l’urgence."
            : "Les membres ne sont pas encore convoqués."
        }`,
        action: "Préparer la convocation",
        path: `seances/${waiting.meetingId}`,
      };
    case "meeting-to-reconvene":
      return {
        title: "Préparer la seconde convocation",
        detail: `La séance du ${formatDate(waiting.heldOn)} n’a pas réuni le quorum.`,
        action: "Préparer",
        path: `seances/${waiting.meetingId}`,
      };
    case "meeting-to-plan":
      return {
        title: "Planifier une séance",
        detail: `${capitalize(waiting.sentence)}.`,
        action: "Planifier",
        path: "seances/nouvelle",
      };
    case "proposals":
      return {
        title: waiting.isLate
          ? count(waiting.count, "point proposé à reporter ou à refuser", "points proposés à reporter ou à refuser")
          : count(waiting.count, "point proposé à décider", "points proposés à décider"),
        detail: waiting.isLate
          ? `L’ordre du jour de la séance du ${formatDate(dateOf(waiting.startsAt))} est arrêté : il ne s’étend plus.`
          : `Pour la séance du ${formatDate(dateOf(waiting.startsAt))}.`,
        action: "Décider",
        path: `seances/${waiting.meetingId}/ordre-du-jour#propositions`,
      };
    case "expenses":
      return {
        title: count(waiting.count, "demande de dépense à inscrire", "demandes de dépense à inscrire"),
        detail:
          waiting.count > 1
            ? "Elles ne sont à l’ordre du jour d’aucune séance à venir."
            : "Elle n’est à l’ordre du jour d’aucune séance à venir.",
        action: "Voir les demandes",
        path: "depenses",
      };
    case "ratifications":
      return {
        title: count(waiting.count, "consultation écrite à ratifier", "consultations écrites à ratifier"),
        detail:
          waiting.count > 1
            ? "Le comité les a adoptées entre deux séances ; aucune séance à venir ne les a à son ordre du jour."
            : "Le comité l’a adoptée entre deux séances ; aucune séance à venir ne l’a à son ordre du jour.",
        action: "Voir les consultations",
        path: "consultations",
      };
    case "plan-to-review":
      return {
        title: `Donner l’avis du Département sur le plan d’actions ${waiting.year}`,
        detail:
          waiting.remaining === 0
            ? "Chaque action a son avis. Il reste à donner le visa."
            : `${count(waiting.remaining, "action attend", "actions attendent")} un avis.`,
        action: waiting.remaining === 0 ? "Donner le visa" : "Donner les avis",
        path: `plan-d-actions/relectures/${waiting.roundId}`,
      };
    case "mails":
      return {
        title: count(waiting.count, "envoi en échec", "envois en échec"),
        detail: "Le message n’est pas parvenu à son destinataire. Vérifiez l’adresse, puis relancez l’envoi.",
        action: "Voir les envois",
        path: "parametres/envois",
      };
    case "submission-to-fill":
      return {
        title: `Saisir les indicateurs ${waiting.year}`,
        detail: `La grille d’activité du ${waiting.name} n’est pas encore transmise.`,
        action: "Ouvrir la saisie",
        path: `recueil/${waiting.year}/${waiting.organizationId}`,
      };
    case "submissions-to-validate":
      return {
        title: count(waiting.count, "saisie d’indicateurs à valider", "saisies d’indicateurs à valider"),
        detail: `Recueil ${waiting.year} : elles ne comptent qu’une fois validées.`,
        action: "Voir le recueil",
        path: `recueil/${waiting.year}`,
      };
    case "seats":
      return {
        title: count(waiting.labels.length, "siège vacant", "sièges vacants"),
        detail: `${enumerate(waiting.labels)}. Un siège vacant ne compte ni présent ni absent.`,
        action: "Enregistrer une désignation",
        path: "membres",
      };
    case "rules-to-enact":
      return {
        title: "Enregistrer l’entrée en vigueur du règlement",
        detail: "Le comité l’a adopté par un vote ; il ne s’applique pas encore.",
        action: "Enregistrer",
        path: `parametres/reglement/${waiting.rulesId}`,
      };
    case "rules":
      return {
        title: "Faire adopter le règlement de fonctionnement",
        detail: "Le comité applique un règlement par défaut qu’il n’a pas adopté.",
        action: "Préparer le règlement",
        path: "parametres/reglement",
      };
    default:
      return assertNever(waiting);
  }
}

function minutesDoor(
  { number, heldOn }: { readonly number: string; readonly heldOn: Parameters<typeof formatDate>[0] },
  title: string,
  why: string,
  action: string,
): Door {
  return {
    title,
    detail: `Séance du ${formatDate(heldOn)} (${number}). ${why}`,
    action,
    path: `proces-verbaux/${number}`,
  };
}
