import type { Block } from "~/domain/agreement/guard";
import { blockWords } from "~/documents/agreement-words";
import type { ExclusionReason } from "~/domain/voting/eligibility";
import type {
  RequestSecretRefusal,
  CastRefusal,
  ClosePollRefusal,
  OpenRefusal,
  RecordRoomRefusal,
} from "./commands.server";
import type { AnswerRefusal, CloseConsultationRefusal, OpenConsultationRefusal } from "./consultations.server";

const NOT_OPEN = "La séance n’est pas ouverte : rien ne peut être mis aux voix. Revenez à la page de la séance.";
const SUSPENDED = "La séance est suspendue : attendez sa reprise.";
const OFF_AGENDA = "Ce point n’est pas à l’ordre du jour de la séance : choisissez un point inscrit.";
const UNKNOWN = "Ce scrutin n’existe pas, ou plus à cette adresse. Revenez à la page de la séance.";

const REQUEST_SECRET: Record<RequestSecretRefusal, string> = {
  "meeting-not-open": NOT_OPEN,
  "meeting-suspended": SUSPENDED,
  "item-not-on-agenda": OFF_AGENDA,
  "seat-not-voting-here":
    "Votre demande n’est pas prise en compte : seul un siège présent dans la salle, qui vote sur ce point, peut demander le vote secret.",
  "poll-already-open":
    "Le scrutin est déjà ouvert : le vote secret se demande avant. Signalez votre demande au secrétariat.",
};
export function requestSecretMessage(refusal: RequestSecretRefusal): string {
  return REQUEST_SECRET[refusal];
}

const OPEN: Record<Exclude<OpenRefusal, Block>, string> = {
  "meeting-not-open": NOT_OPEN,
  "meeting-suspended": SUSPENDED,
  "item-not-on-agenda": OFF_AGENDA,
  "another-poll-open": "Un autre scrutin est ouvert dans cette séance : il faut d’abord le clore.",
  "quorum-not-reached":
    "Le quorum n’est pas atteint pour ce point : aucun vote n’est possible. Notez les arrivées, ou passez au point suivant.",
  "secret-not-requested": "Le vote secret n’a pas été demandé par assez de sièges présents : ouvrez un vote public.",
  "secret-required": "Assez de sièges présents ont demandé le vote secret : ouvrez un vote secret.",
  "nobody-entitled": "Aucun siège présent ne peut voter sur ce point : le scrutin ne s’ouvre pas.",
  "already-settled":
    "Ce point est sans objet : il a été décidé ailleurs depuis la convocation. Retirez-le de l’ordre du jour, avec ce motif.",
  "expense-withdrawn": "Cette demande de dépense a été retirée : elle ne peut plus être mise aux voix.",
};
export function openPollMessage(refusal: OpenRefusal): string {
  if (typeof refusal !== "string") return blockWords(refusal);
  return OPEN[refusal];
}

const CAST: Record<CastRefusal, string> = {
  "poll-unknown": UNKNOWN,
  "poll-not-open": "Ce scrutin n’est pas encore ouvert : attendez que le secrétariat l’ouvre.",
  "poll-closed": "Ce scrutin est clos : le vote n’a pas été enregistré. Le résultat est sur cette page.",
  "meeting-not-open": "La séance n’est pas ouverte : le vote n’a pas été enregistré.",
  "meeting-suspended": "La séance est suspendue : le vote n’a pas été enregistré. Votez à la reprise.",
  "quorum-lost":
    "Le quorum n’est plus atteint : aucun vote ne peut être enregistré tant que des membres ne sont pas revenus.",
  "not-your-seat":
    "Vous ne votez pas pour ce siège : chacun vote pour le sien, ou pour celui dont il porte le pouvoir.",
  "already-voted": "Ce siège a déjà voté : un vote enregistré ne se change pas, et rien n’a été modifié.",
  "seat-unknown": "Ce siège ne fait pas partie du comité : le vote n’a pas été enregistré.",
  "seat-vacant": "Ce siège est vacant : personne ne peut voter pour lui.",
  "seat-consultative": "Ce siège a voix consultative sur cette question : il ne vote pas.",
  "seat-withdrawn": "Ce siège s’est déporté sur ce point : il ne prend pas part au vote.",
  "seat-absent": "Ce siège n’est pas dans la salle : faites noter votre arrivée par le secrétariat, puis votez.",
  "proxy-not-effective":
    "Ce pouvoir est sans effet en ce moment : son auteur est présent, il a été révoqué, ou son porteur est absent ou déporté.",
  "secret-remote-not-allowed":
    "Le règlement n’admet pas le vote secret à distance : ce siège ne peut voter que dans la salle.",
  "secret-not-by-secretary": "Un vote secret ne se saisit pas pour autrui : chaque membre vote depuis son appareil.",
};
export function castMessage(refusal: CastRefusal): string {
  return CAST[refusal];
}

export function recordRoomMessage({ kind }: RecordRoomRefusal, seatLabel: string | null): string {
  if (kind === "nothing-to-record") return "Aucune ligne n’est remplie : choisissez au moins un vote.";
  return seatLabel === null ? CAST[kind] : `${seatLabel}. ${CAST[kind]} Aucune ligne n’a été enregistrée.`;
}

const CLOSE: Record<ClosePollRefusal, string> = {
  "poll-unknown": UNKNOWN,
  "meeting-not-open": "La séance n’est plus ouverte : le scrutin ne peut plus être clos ici.",
};
export function closePollMessage(refusal: ClosePollRefusal): string {
  return CLOSE[refusal];
}

const EXCLUSION: Record<ExclusionReason, string> = {
  vacant: "siège vacant",
  consultative: "voix consultative",
  withdrawn: "déport",
  absent: "absent",
  "proxy-not-effective": "pouvoir sans effet",
  "secret-remote-not-allowed": "à distance, vote secret non admis",
};
export function exclusionLabel(reason: ExclusionReason): string {
  return EXCLUSION[reason];
}

const OPEN_CONSULTATION: Record<Exclude<OpenConsultationRefusal, Block>, string> = {
  "written-consultation-not-allowed":
    "Le règlement de fonctionnement n’admet pas la consultation écrite : inscrivez la question à une séance.",
  "deadline-too-short": "Ce délai est trop court au regard du règlement : choisissez un jour plus éloigné.",
  "nobody-entitled": "Aucun siège ne peut répondre : tous sont vacants ou consultatifs sur cette question.",
  "subject-needs-a-meeting": "Cette question ne se décide qu’en séance : inscrivez-la à un ordre du jour.",
  "expense-unknown": "Cette demande de dépense n’existe pas dans ce réseau.",
  "expense-not-to-decide": "Cette dépense est retirée, déjà décidée ou déjà mise aux voix : choisissez-en une autre.",
};
export function openConsultationMessage(refusal: OpenConsultationRefusal): string {
  if (typeof refusal !== "string") return blockWords(refusal);
  return OPEN_CONSULTATION[refusal];
}

const ANSWER: Record<AnswerRefusal, string> = {
  "poll-unknown": "Cette consultation n’existe pas dans ce réseau.",
  "consultation-not-open": "Cette consultation n’est pas encore ouverte.",
  "consultation-closed": "Cette consultation est close : votre réponse n’a pas été enregistrée.",
  "not-your-seat": "Vous ne répondez pas pour ce siège : seuls son titulaire et son suppléant le peuvent.",
  "seat-vacant": CAST["seat-vacant"],
  "seat-consultative": CAST["seat-consultative"],
  "seat-withdrawn": "Ce siège s’est déporté sur cette question : il ne répond pas.",
  "already-voted": "Ce siège a déjà répondu : la première réponse est conservée, rien n’a été modifié.",
};
export function answerMessage(refusal: AnswerRefusal): string {
  return ANSWER[refusal];
}

const CLOSE_CONSULTATION: Record<CloseConsultationRefusal, string> = {
  "poll-unknown": ANSWER["poll-unknown"],
  "deadline-not-passed":
    "Le délai court encore et tous les sièges n’ont pas répondu : la consultation se clôt après son dernier jour.",
};
export function closeConsultationMessage(refusal: CloseConsultationRefusal): string {
  return CLOSE_CONSULTATION[refusal];
}
