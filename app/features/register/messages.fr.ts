import type { ActKind } from "~/domain/register/act-kinds";
import { formatActNumber, type ChainFault, type ChainReport } from "~/domain/register/chain";
import { count } from "~/documents/french";
import type { SecurityEventKind } from "~/services/security.server";

export const ACT_LABELS: Record<ActKind, string> = {
  "network-created": "Réseau créé",
  "lead-changed": "CCAS pilote changé",
  "seat-created": "Siège créé",
  "mandate-recorded": "Désignation enregistrée",
  "mandate-ended": "Fin de mandat enregistrée",
  "role-granted": "Rôle donné",
  "role-ended": "Rôle retiré",
  "rules-adopted": "Règlement entré en vigueur",
  "meeting-planned": "Séance planifiée",
  "meeting-changed": "Séance modifiée",
  "meeting-convened": "Convocation envoyée",
  "meeting-cancelled": "Séance annulée",
  "meeting-opened": "Séance ouverte",
  "meeting-suspended": "Séance suspendue",
  "meeting-resumed": "Séance reprise",
  "meeting-closed": "Séance levée",
  "agenda-changed": "Ordre du jour modifié",
  "item-opened": "Point mis en discussion",
  "reply-recorded": "Réponse à la convocation",
  "attendance-recorded": "Présence notée",
  "attendance-corrected": "Présence corrigée",
  "proxy-recorded": "Pouvoir enregistré",
  "proxy-revoked": "Pouvoir révoqué",
  "withdrawal-recorded": "Déport noté",
  "poll-opened": "Scrutin ouvert",
  "ballot-cast": "Vote exprimé",
  "ballot-recorded-by-secretary": "Vote saisi par le secrétariat",
  "secret-ballot-requested": "Vote secret demandé",
  "secret-ballot-signed": "Émargement d’un vote secret",
  "poll-closed": "Scrutin clos",
  "casting-vote": "Voix prépondérante",
  "decision-adopted": "Décision adoptée",
  "decision-rejected": "Décision rejetée",
  "consultation-opened": "Consultation écrite ouverte",
  "consultation-closed": "Consultation écrite close",
  "minutes-submitted": "Procès-verbal soumis aux corrections",
  "minutes-correction-requested": "Correction du procès-verbal demandée",
  "minutes-correction-decided": "Correction du procès-verbal décidée",
  "minutes-adopted": "Procès-verbal adopté",
  "minutes-signed": "Procès-verbal signé",
  "minutes-published": "Procès-verbal publié",
  "minutes-corrective-act": "Acte rectificatif publié",
  "expense-requested": "Dépense demandée",
  "expense-withdrawn": "Demande de dépense retirée",
  "budget-drafted": "Prévisionnel préparé",
  "account-code-recorded": "Compte d’imputation enregistré",
  "expense-engaged": "Dépense engagée",
  "invoice-recorded": "Facture enregistrée",
  "invoice-paid": "Paiement d’une facture enregistré",
  "document-added": "Document déposé",
  "staff-time-recorded": "Temps de travail noté",
  "staff-time-corrected": "Temps de travail corrigé",
  "staff-time-contested": "Ligne de temps de travail contestée",
  "staff-time-contest-settled": "Ligne contestée tranchée par le comité",
  "staff-time-approved": "État annuel du temps de travail approuvé",
  "resource-offered": "Mise à disposition proposée",
  "resource-retired": "Mise à disposition arrêtée",
  "booking-requested": "Réservation demandée",
  "booking-accepted": "Réservation acceptée",
  "booking-refused": "Réservation refusée",
  "booking-cancelled": "Réservation annulée",
  "subsidy-requested": "Subvention demandée",
  "subsidy-answered": "Réponse du financeur notée",
  "subsidy-paid": "Versement de subvention noté",
  "subsidy-informed": "Information du Département notée",
  "apportionment-chosen": "Choix de répartition enregistré",
  "event-recorded": "Journée annuelle enregistrée",
  "event-registered": "Inscriptions à la journée annuelle notées",
  "event-closed": "Journée annuelle close",
  "funding-call-issued": "Appel de fonds émis",
  "funding-call-cancelled": "Appel de fonds annulé",
  "statement-followed": "Suivi d’une part noté",
};

/** The words of an act's content; a word that is not here is shown as it is written. */
const PAYLOAD_WORDS: Record<string, string> = {
  amountCents: "Montant (centimes)",
  agendaItemId: "Point de l’ordre du jour",
  at: "Le",
  basis: "Acte de désignation",
  choice: "Choix",
  contentSha256: "Empreinte du texte",
  decisionNumber: "Numéro de décision",
  effectiveFrom: "En vigueur à partir du",
  endsOn: "Dernier jour",
  expenseId: "Dépense",
  giverSeatId: "Siège qui donne pouvoir",
  holderSeatId: "Siège mandataire",
  isInChargeOfSocialAffairs: "En charge des affaires sociales",
  isMunicipalOfficial: "Élu·e municipal·e",
  itemId: "Point de l’ordre du jour",
  kind: "Nature",
  mandateId: "Mandat",
  meetingId: "Séance",
  minutesId: "Procès-verbal",
  mode: "Mode",
  number: "Numéro",
  object: "Objet",
  organizationId: "Organisme",
  outcome: "Issue",
  personId: "Personne",
  place: "Lieu",
  pollId: "Scrutin",
  reason: "Motif",
  role: "Qualité",
  rulesId: "Règlement",
  seatId: "Siège",
  sentence: "Résultat",
  sha256: "Empreinte",
  startsAt: "Date et heure",
  startsOn: "Premier jour",
  supplier: "Fournisseur",
  title: "Intitulé",
  version: "Version",
};

const PAYLOAD_VALUES: Record<string, string> = {
  titular: "titulaire",
  substitute: "suppléant·e",
  public: "public",
  secret: "secret",
  for: "pour",
  against: "contre",
  abstain: "abstention",
  "not-participating": "ne prend pas part",
  adopted: "adopté",
  rejected: "rejeté",
};

export function payloadWord(key: string): string {
  return PAYLOAD_WORDS[key] ?? key;
}

export function payloadValue(value: string): string {
  return PAYLOAD_VALUES[value] ?? value;
}

const FAULTS: Record<ChainFault, (at: string) => string> = {
  altered: (at) => `L’acte ${at} a été modifié après coup : son contenu ne donne plus son empreinte.`,
  "broken-link": (at) => `L’acte ${at} ne prolonge pas l’acte précédent : l’un des deux a été remplacé.`,
  "missing-number": (at) => `L’acte ${at} manque : il a été retiré du registre.`,
  "wrong-order": (at) => `L’acte ${at} n’est pas à sa place dans l’ordre des numéros.`,
  "foreign-network": (at) => `L’acte ${at} vient du registre d’un autre réseau.`,
};

/** What a verification found, in one sentence. */
export function reportSentence(report: ChainReport): string {
  if (!report.ok) return FAULTS[report.fault](formatActNumber(report.at));
  if (report.count === 0) return "Le registre ne contient encore aucun acte.";
  return `Le registre est intact : ${count(report.count, "acte vérifié", "actes vérifiés")}, dernière empreinte ${report.lastHash}.`;
}

export const SECURITY_LABELS: Record<SecurityEventKind, string> = {
  "sign-in": "Connexion",
  "sign-in-refused": "Connexion refusée",
  "sign-in-limited": "Connexion freinée",
  "sign-out": "Déconnexion",
  "password-changed": "Mot de passe changé",
  "totp-enabled": "Double authentification activée",
  "totp-disabled": "Double authentification désactivée",
  "access-refused": "Accès refusé",
  "account-disabled": "Compte suspendu",
  "account-enabled": "Compte rétabli",
  export: "Export",
};
