import type { ChecklistElement, ChecklistLine } from "~/domain/minutes/checklist";
import type { CorrectionRefusal } from "~/domain/minutes/corrections";
import type {
  AdoptRefusal,
  MinutesState,
  PublicationClock,
  PublishRefusal,
  SignRefusal,
  SubmitRefusal,
} from "~/domain/minutes/lifecycle";
import type { ProseSlot } from "~/domain/minutes/structure";
import { count, formatLongDate } from "~/documents/french";

export const STATE_LABELS: Record<MinutesState, string> = {
  draft: "Projet",
  "in-review": "En correction",
  adopted: "Arrêté, à signer",
  signed: "Signé, à publier",
  published: "Publié",
};

export const SLOT_LABELS: Record<ProseSlot, string> = {
  opening: "Ouverture de la séance",
  report: "Rapport présenté",
  discussion: "Teneur des discussions",
  remarks: "Remarques",
  closing: "Avant la levée de la séance",
};

const ELEMENTS: Record<ChecklistElement, string> = {
  "date-and-time": "la date et l’heure du début et de la fin",
  chair: "le nom de la présidence",
  attendance: "les noms et les heures des membres présents et représentés",
  "listed-groups":
    "les groupes que la convention énumère, présents ou absents (à noter sur la page Rencontres de la convention)",
  secretary: "le nom du ou de la secrétaire de séance",
  quorum: "le quorum constaté",
  agenda: "l’ordre du jour",
  "decisions-and-reports":
    "les décisions (une dépense avec son objet, son fournisseur et son montant) et les rapports au vu desquels elles sont prises",
  "ballot-requests": "les demandes de vote secret et leurs auteurs",
  "ballot-results": "le résultat des scrutins et, s’ils sont publics, le nom des votants et le sens de leur vote",
  discussions: "la teneur des discussions",
};

export function elementLabel(element: ChecklistElement): string {
  return ELEMENTS[element];
}

/** « la teneur des discussions (points 1 et 3) » */
export function checklistLabel({ element, missingInItems }: ChecklistLine): string {
  if (missingInItems.length === 0) return ELEMENTS[element];
  const word = missingInItems.length === 1 ? "point" : "points";
  return `${ELEMENTS[element]} (${word} ${missingInItems.join(", ")})`;
}

export type WriteRefusal = "not-a-draft" | "meeting-not-open" | "block-unknown" | "text-too-long";

const WRITE: Record<WriteRefusal, string> = {
  "not-a-draft":
    "Ce procès-verbal n’est plus un projet : son texte ne change plus que par une correction acceptée. Rien n’a été enregistré ; copiez votre texte et demandez une correction.",
  "meeting-not-open": "La séance n’est pas ouverte : le procès-verbal s’écrit pendant la séance ou après.",
  "block-unknown":
    "Une partie de ce texte n’a plus sa place dans le procès-verbal : l’ordre du jour a changé. Rien n’a été enregistré ; copiez le texte et rechargez la page.",
  "text-too-long":
    "Une partie dépasse 20 000 caractères. Rien n’a été enregistré : raccourcissez-la ou joignez un document.",
};

export function writeMessage(refusal: WriteRefusal): string {
  return WRITE[refusal];
}

const SUBMIT: Record<SubmitRefusal | "elements-missing", string> = {
  "not-a-draft": "Ce procès-verbal a déjà été soumis aux corrections.",
  "meeting-not-closed": "La séance n’est pas levée : le procès-verbal se soumet ensuite.",
  "elements-missing":
    "Il manque des éléments que le procès-verbal doit contenir : ils sont listés ci-dessous. Complétez-les, puis soumettez à nouveau.",
};

export function submitMessage(refusal: SubmitRefusal | "elements-missing"): string {
  return SUBMIT[refusal];
}

const VOTE_OBSTACLES: Record<
  Extract<AdoptRefusal, "not-in-review" | "corrections-pending" | "elements-missing">,
  string
> = {
  "not-in-review": "le procès-verbal n’a pas été soumis aux corrections, ou il est déjà arrêté",
  "corrections-pending": "des demandes de correction attendent une réponse",
  "elements-missing": "des éléments manquent",
};

export function voteObstacleMessage(obstacle: keyof typeof VOTE_OBSTACLES): string {
  return VOTE_OBSTACLES[obstacle];
}

export type CorrectionProblem = CorrectionRefusal | "vote-running" | "correction-unknown" | "elements-lost";

const CORRECTIONS: Record<CorrectionProblem, string> = {
  "not-in-review":
    "Ce procès-verbal n’est pas ouvert aux corrections : il n’est pas encore soumis, ou il est déjà arrêté.",
  "did-not-attend": "Seules les personnes qui ont assisté à la séance peuvent demander une correction.",
  "block-locked":
    "Cette partie vient des enregistrements de la séance : elle se corrige là où le fait est enregistré, auprès du secrétariat.",
  "text-too-long": "Le texte proposé dépasse 20 000 caractères : raccourcissez-le.",
  "comment-too-long": "Le motif dépasse 1 000 caractères : raccourcissez-le.",
  "nothing-changes": "Le texte proposé est le même que le texte actuel : modifiez-le, puis envoyez votre demande.",
  "already-decided": "Cette demande a déjà reçu une réponse.",
  "refusal-reason-missing": "Dites pourquoi la demande est refusée : son auteur·e lira ce motif.",
  "text-changed-since":
    "Cette partie a changé depuis la demande : l’accepter effacerait l’autre correction. Refusez-la avec ce motif, ou demandez à son auteur de la refaire.",
  "vote-running": "Le vote sur ce procès-verbal est ouvert : son texte ne change plus.",
  "correction-unknown": "Cette demande de correction n’existe pas.",
  "elements-lost":
    "Acceptée, cette correction retirerait du procès-verbal un élément obligatoire. Refusez-la, ou demandez à son auteur de la refaire.",
};

export function correctionMessage(refusal: CorrectionProblem): string {
  return CORRECTIONS[refusal];
}

export type SignProblem = SignRefusal | "not-an-officer" | "text-changed";

const SIGN: Record<SignProblem, string> = {
  "not-adopted": "Ce procès-verbal n’est pas encore arrêté par un vote : il se signe ensuite.",
  "not-the-chair": "Seule la personne qui a présidé cette séance signe pour la présidence.",
  "not-the-secretary": "Seul·e le ou la secrétaire de cette séance signe comme secrétaire.",
  "same-person": "La présidence et le secrétariat sont signés par deux personnes distinctes.",
  "already-signed": "Cette signature est déjà enregistrée.",
  "not-an-officer": "Seules signent la personne qui a présidé la séance et celle qui en a été secrétaire.",
  "text-changed":
    "Le texte a changé depuis que cette page a été affichée. Relisez-le ci-dessous : votre signature portera sur ce texte-ci.",
};

export function signMessage(refusal: SignProblem): string {
  return SIGN[refusal];
}

const PUBLISH: Record<PublishRefusal, string> = {
  "not-signed":
    "Ce procès-verbal n’est pas signé par la présidence et le secrétariat de la séance : il se publie ensuite.",
  "already-published": "Ce procès-verbal est déjà publié : il ne change plus.",
  "not-the-lead-secretary": "Seul le secrétariat du CCAS pilote publie les procès-verbaux.",
};

export function publishMessage(refusal: PublishRefusal): string {
  return PUBLISH[refusal];
}

export type RectifyRefusal = "not-published" | "not-the-lead-secretary";

const RECTIFY: Record<RectifyRefusal, string> = {
  "not-published": "Ce procès-verbal n’est pas publié : corrigez-le, ou demandez une correction.",
  "not-the-lead-secretary": "Seul le secrétariat du CCAS pilote publie un acte rectificatif.",
};

export function rectifyMessage(refusal: RectifyRefusal): string {
  return RECTIFY[refusal];
}

/** « à publier avant le … » counted from the adoption. */
export function clockSentence({ deadline, daysLeft, status }: PublicationClock): string {
  const source = "(CGCT, art. L.2121-15, par analogie)";
  const day = formatLongDate(deadline);
  switch (status) {
    case "running":
      return daysLeft === 0
        ? `À publier aujourd’hui au plus tard, ${day} ${source}.`
        : `À publier au plus tard le ${day}, dans ${count(daysLeft, "jour", "jours")} ${source}.`;
    case "overdue":
      return `La publication est en retard de ${count(-daysLeft, "jour", "jours")} : elle était attendue le ${day} au plus tard ${source}.`;
    case "published-in-time":
      return `Publié dans le délai, qui courait jusqu’au ${day} ${source}.`;
    case "published-late":
      return `Publié après le délai, qui courait jusqu’au ${day} ${source}.`;
  }
}
