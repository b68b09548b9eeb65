import type { ExpenseAxis } from "~/domain/expense/expense";
import type { AnswerRefusal, BookingStatus, CancelRefusal, ResourceKind } from "~/domain/in-kind/booking";
import type { BookRefusal, OfferRefusal, RetireRefusal } from "./refusals";

const OFFER: Record<OfferRefusal, string> = {
  "not-the-owner":
    "Vous ne pouvez proposer que ce que prête votre propre CCAS. Le secrétariat peut le faire pour tous.",
  "owner-not-signatory":
    "Cet organisme n’est pas un CCAS signataire de la convention : choisissez-en un dans la liste.",
};
export function offerMessage(refusal: OfferRefusal): string {
  return OFFER[refusal];
}

const RETIRE: Record<RetireRefusal, string> = {
  "resource-unknown": "Cette ressource n’existe pas dans ce réseau.",
  "not-the-owner": "Seuls son propriétaire et le secrétariat fixent le dernier jour d’une mise à disposition.",
  "day-past": "Ce jour est passé : choisissez aujourd’hui ou un jour à venir.",
  "bookings-after":
    "Une réservation acceptée va au-delà de ce jour : annulez-la d’abord, ou choisissez un jour plus lointain.",
};
export function retireMessage(refusal: RetireRefusal): string {
  return RETIRE[refusal];
}

const BOOK: Record<BookRefusal, string> = {
  "agreement-over":
    "La convention ne va pas jusqu’à ce jour : un prêt dure autant qu’elle (convention, art. 5.2). Choisissez une date antérieure.",
  "ends-before-start": "La fin doit venir après le début.",
  "longer-than-a-month": "Une réservation dure au plus un mois : faites-en plusieurs.",
  "quantity-not-positive": "Indiquez un nombre entier d’unités, 1 au moins.",
  "purpose-missing":
    "Dites à quoi servira le prêt : la convention ne l’ouvre que pour les actions du réseau (convention, art. 5.3).",
  "notice-too-short": "Le propriétaire demande un délai plus long : choisissez une date plus lointaine, ou appelez-le.",
  "beyond-agreement":
    "Cette date dépasse le dernier jour de la mise à disposition, qui ne dure que le temps de la convention (art. 5.2).",
  "already-taken": "Ce créneau est déjà promis à un autre usage : choisissez-en un autre.",
  "resource-unknown": "Cette ressource n’existe pas dans ce réseau.",
  "meeting-unknown": "Cette séance n’est pas une séance à venir de ce réseau.",
};
export function bookingMessage(refusal: BookRefusal): string {
  return BOOK[refusal];
}

const ANSWER: Record<AnswerRefusal | "booking-unknown", string> = {
  "booking-unknown": "Cette réservation n’existe pas dans ce réseau.",
  "not-the-owner": "Seuls le CCAS propriétaire et le secrétariat répondent à cette demande.",
  "already-answered": "Cette demande a déjà reçu une réponse, ou a été annulée.",
  "already-taken": "Une autre demande a été acceptée sur ce créneau : refusez celle-ci, ou annulez l’autre.",
  "reason-missing": "Dites pourquoi la demande est refusée : le demandeur lira ce motif.",
  "already-past": "Le créneau est passé : il ne peut plus être accepté.",
};
export function answerMessage(refusal: AnswerRefusal | "booking-unknown"): string {
  return ANSWER[refusal];
}

const CANCEL: Record<CancelRefusal | "booking-unknown", string> = {
  "booking-unknown": ANSWER["booking-unknown"],
  "not-yours": "Seuls le demandeur, le propriétaire et le secrétariat annulent une réservation.",
  "already-over": "Cette demande est déjà refusée ou annulée.",
  "already-started": "Le créneau a commencé : il ne s’annule plus.",
};
export function cancelMessage(refusal: CancelRefusal | "booking-unknown"): string {
  return CANCEL[refusal];
}

export const KIND_LABELS: Record<ResourceKind, string> = {
  "meeting-room": "Salle de réunion",
  "reception-room": "Salle de réception",
  utilities: "Fluides (eau, gaz, électricité, téléphone)",
  equipment: "Matériel",
};

export const STATUS_LABELS: Record<BookingStatus, string> = {
  requested: "Demandée",
  accepted: "Acceptée",
  refused: "Refusée",
  cancelled: "Annulée",
};

export const AXIS_LABELS: Record<ExpenseAxis, string> = {
  "inter-ccas": "Dynamique inter-CCAS",
  "observation-sociale": "Observation sociale",
  commun: "Commun aux deux axes",
};
