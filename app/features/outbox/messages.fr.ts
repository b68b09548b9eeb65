import type { MailKind } from "~/services/mail.server";
import type { RetryRefusal } from "./commands.server";
import type { MailStatus } from "./queries.server";

export const MAIL_KIND_LABELS: Record<MailKind, string> = {
  convocation: "Convocation",
  invitation: "Invitation",
  "password-reset": "Mot de passe à renouveler",
  "sign-in-link": "Lien de connexion",
  minutes: "Procès-verbal",
  consultation: "Consultation écrite",
  cancellation: "Annulation de séance",
  reminder: "Rappel",
  information: "Information du Département",
};

export const MAIL_STATUS_TONES = { queued: "pending", sent: "reached", failed: "missed" } as const;

/** @param hasServer without a sending server nothing is tried: mails wait for one */
export function statusLabel(status: MailStatus, hasServer: boolean): string {
  const labels: Record<MailStatus, string> = {
    queued: hasServer ? "En attente" : "En attente d’un serveur d’envoi",
    sent: "Envoyé",
    failed: "Échec",
  };
  return labels[status];
}

const OUTCOMES: Record<string, string> = {
  queued: "Mis en attente pour",
  sent: "Remis au serveur d’envoi, qui a répondu",
  postponed: "Tentative sans succès, reportée",
  failed: "Dernière tentative sans succès",
  retried: "Relancé par une personne",
};

export function outcomeLabel(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

const RETRY: Record<RetryRefusal, string> = {
  "unknown-mail": "Cet envoi n’existe pas dans ce réseau.",
  "already-sent": "Ce courriel est déjà parti : il n’est pas envoyé une seconde fois.",
};

export function retryMessage(refusal: RetryRefusal): string {
  return RETRY[refusal];
}
