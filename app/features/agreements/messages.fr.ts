import type { AmendmentState } from "~/domain/agreement/amendment";
import type { HabilitationFault } from "~/domain/agreement/signature";
import { articleWords, blockWords } from "~/documents/agreement-words";
import { enumerate } from "~/documents/french";
import type {
  AmendmentRefusal,
  DraftAmendmentRefusal,
  DraftRefusal,
  FollowRefusal,
  LinkRefusal,
  NoticeCommandRefusal,
  PartyLeavesRefusal,
  ProofRefusal,
  ReadingRefusal,
  RecordRefusal,
  RenewRefusal,
  ReplaceRefusal,
  SettleRefusal,
  SignCommandRefusal,
  SubmitCommandRefusal,
  VoteCommandRefusal,
  WithdrawRefusal,
} from "./refusals";

const UNKNOWN = "Cette convention n’existe pas dans ce réseau.";

const DRAFT: Record<DraftRefusal, string> = {
  "agreement-unknown": UNKNOWN,
  "already-signed": "La convention est signée : seul un avenant change son texte.",
  stale: "Le projet a changé depuis que vous l’avez ouvert : rechargez la page, puis reprenez.",
  "clause-key-twice": "Deux clauses portent le même repère : donnez-leur des titres différents.",
  "clause-without-article": "Une clause n’a pas d’article : dites sous quel article elle se lit.",
  "clause-article-unknown": "Une clause renvoie à un article qui n’est pas dans le texte : ajoutez d’abord l’article.",
  "two-durations": "Deux clauses disent la durée : n’en gardez qu’une.",
  "article-twice": "Deux articles portent le même numéro.",
  "end-before-start": "La durée finit avant la date d’effet : vérifiez les dates.",
  "length-not-positive": "Une durée compte au moins un mois.",
  "previous-unknown": "La convention précédente n’existe pas dans ce réseau.",
  "previous-already-renewed": "Une convention suit déjà celle-ci : ouvrez-la plutôt.",
  "parent-unknown": "La convention cadre n’existe pas dans ce réseau.",
  "organization-unknown": "Une partie renvoie à un organisme qui n’existe pas.",
};
export function draftMessage(refusal: DraftRefusal): string {
  return DRAFT[refusal];
}

export function replaceMessage(refusal: ReplaceRefusal): string {
  if (refusal === "clause-unknown") return "Cette clause n’est pas dans la convention.";
  if (refusal === "article-not-amended")
    return "Aucun avenant en vigueur ne change cet article : la clause d’une convention signée ne bouge pas sans lui.";
  return DRAFT[refusal];
}

export function renewMessage(refusal: RenewRefusal): string {
  if (typeof refusal !== "string") return blockWords(refusal);
  return refusal === "not-signed" ? "Cette convention n’est pas signée : il n’y a rien à renouveler." : DRAFT[refusal];
}

export function habilitationWords(fault: HabilitationFault): string {
  switch (fault.kind) {
    case "deliberation-missing":
      return `${fault.party} : il manque la date ou le numéro de la délibération`;
    case "deliberation-after-signature":
      return `${fault.party} : la délibération est postérieure à la signature`;
    case "chain-broken":
      return `${fault.party} : « ${fault.act} » ne part pas de qui a reçu le pouvoir`;
    case "power-not-yet-given":
      return `${fault.party} : « ${fault.act} » est postérieur à la signature`;
    case "power-ended":
      return `${fault.party} : le pouvoir de « ${fault.act} » avait pris fin`;
  }
}

export function signMessage(refusal: SignCommandRefusal): string {
  switch (refusal.kind) {
    case "agreement-unknown":
      return UNKNOWN;
    case "already-signed":
      return "La convention est déjà signée.";
    case "no-party":
      return "La convention n’a aucune partie : ajoutez-les d’abord.";
    case "no-duration":
      return "Aucune clause ne dit la durée : ajoutez-la avant de signer.";
    case "signed-in-the-future":
      return "La signature porte une date à venir : notez-la quand elle a eu lieu.";
    case "habilitation":
      return `La convention ne peut pas être notée signée. ${enumerate(refusal.faults.map(habilitationWords))}.`;
  }
}

const PARTY: Record<PartyLeavesRefusal, string> = {
  "party-unknown": "Cette partie n’est pas dans la convention.",
  "party-already-left": "Le départ de cette partie est déjà noté.",
  "leaves-before-start": "Le départ ne peut pas précéder la date d’effet de la convention.",
};
export function partyMessage(refusal: PartyLeavesRefusal): string {
  return PARTY[refusal];
}

const RECORD: Record<RecordRefusal, string> = {
  "agreement-unknown": UNKNOWN,
  "date-in-the-future": "Cette date est à venir : notez-la quand c’est fait.",
  "not-signed": "Cette convention n’est pas signée.",
};
export function recordMessage(refusal: RecordRefusal): string {
  return RECORD[refusal];
}

const READING: Record<ReadingRefusal, string> = {
  "agreement-unknown": UNKNOWN,
  "nothing-to-read": "Le texte de cette convention ne laisse pas deux lectures de sa durée.",
  "poll-not-adopted": "Choisissez une décision que le comité a adoptée.",
};
export function readingMessage(refusal: ReadingRefusal): string {
  return READING[refusal];
}

export function changeMessage(refusal: AmendmentRefusal): string {
  if (typeof refusal !== "string") {
    switch (refusal.kind) {
      case "nothing-changes":
        return `Le texte proposé pour l’${articleWords(refusal.article)} est celui qui est en vigueur : changez-le, ou ne le proposez pas.`;
      case "article-protected":
        return `L’${articleWords(refusal.article)} ne peut pas être touché : la convention le protège (${articleWords(refusal.by)}).`;
      case "article-unknown":
        return `L’${articleWords(refusal.article)} n’est pas dans la convention.`;
    }
  }
  return {
    "agreement-unknown": UNKNOWN,
    "amendment-unknown": "Cet avenant n’existe pas dans ce réseau.",
    "not-a-draft": "L’avenant est déjà devant les conseils : son texte ne change plus.",
    stale: "L’avenant a changé depuis que vous l’avez ouvert : rechargez la page, puis reprenez.",
  }[refusal];
}

const SUBMIT: Record<SubmitCommandRefusal, string> = {
  "amendment-unknown": "Cet avenant n’existe pas dans ce réseau.",
  "not-a-draft": "L’avenant a déjà été soumis ou retiré.",
  "no-change": "L’avenant ne change rien : proposez d’abord un article.",
  "another-pending": "Un autre avenant est devant les conseils : attendez leur réponse, ou retirez-le.",
  "agreement-over":
    "La convention a pris fin : un avenant ne peut plus la changer. Encodez la convention qui lui succède.",
  "agreement-not-signed": "La convention n’est pas signée : changez directement le projet.",
};
/** Why no amendment can be prepared. */
export function amendableMessage(refusal: DraftAmendmentRefusal): string {
  return refusal === "agreement-unknown" ? UNKNOWN : SUBMIT[refusal];
}

export function submitMessage(refusal: SubmitCommandRefusal): string {
  return SUBMIT[refusal];
}

const WITHDRAW: Record<WithdrawRefusal, string> = {
  "amendment-unknown": "Cet avenant n’existe pas dans ce réseau.",
  "not-pending": "L’avenant est déjà en vigueur, rejeté ou retiré.",
};
export function withdrawMessage(refusal: WithdrawRefusal): string {
  return WITHDRAW[refusal];
}

const VOTE: Record<VoteCommandRefusal, string> = {
  "amendment-unknown": "Cet avenant n’existe pas dans ce réseau.",
  "party-unknown": "Ce conseil n’est pas appelé à approuver l’avenant.",
  "not-submitted": "L’avenant n’est pas devant les conseils.",
  "already-voted": "La délibération de ce conseil est déjà notée.",
  "party-left": "Cette partie a quitté la convention : son conseil ne compte plus.",
  "number-missing": "Indiquez le numéro de la délibération.",
  "vote-in-the-future": "La délibération porte une date à venir : notez-la quand elle est prise.",
  "vote-before-submission": "La délibération précède l’envoi de l’avenant aux conseils : vérifiez la date.",
  "counts-do-not-add-up":
    "Le décompte ne tombe pas juste : pour, contre et abstentions font les votants, qui ne dépassent pas l’effectif.",
  "transmitted-before-vote": "La transmission en préfecture ne peut pas précéder la délibération.",
};
export function voteMessage(refusal: VoteCommandRefusal): string {
  return VOTE[refusal];
}

const NOTICE: Record<NoticeCommandRefusal, string> = {
  "agreement-unknown": UNKNOWN,
  "not-signed": "Cette convention n’est pas signée : il n’y a rien à dénoncer.",
  "clause-unknown": "Choisissez la clause sur laquelle le courrier se fonde.",
  "party-unknown": "Cette partie n’est pas dans la convention.",
  "already-recorded": "Ce courrier est déjà noté : même référence, ou même clause, même partie et même jour.",
  "sent-in-the-future": "Cette date est à venir : notez le courrier quand il est parti.",
  "sent-before-start": "Le courrier précède la date d’effet de la convention : vérifiez la date.",
  "reason-missing": "Dites le motif : le manquement reproché, ou pourquoi ce délai est raisonnable.",
  "already-over":
    "À cette date d’envoi, le préavis est déjà fini : la convention aurait pris fin dans le passé. Vérifiez la date ; si elle est juste, cochez « La date est juste » et notez de nouveau le courrier.",
  "consents-missing": "Il manque l’accord d’une partie : toutes doivent consentir, chacune avec sa date.",
  "received-before-sent": "La réception ne peut pas précéder l’envoi.",
  "deemed-length-missing": "Le texte demande un délai raisonnable : dites lequel.",
  "deemed-length-not-positive": "Le délai retenu compte au moins un jour ou un mois.",
};
export function noticeMessage(refusal: NoticeCommandRefusal): string {
  return NOTICE[refusal];
}

const FOLLOW: Record<FollowRefusal, string> = {
  "notice-unknown": "Ce courrier n’existe pas dans ce réseau.",
  "not-curable": "Le texte ne prévoit pas de réparer le manquement : retirez le courrier si les parties s’entendent.",
  "already-received": "La réception est déjà notée.",
  "received-before-sent": "La réception ne peut pas précéder l’envoi.",
  "received-in-the-future": "La réception porte une date à venir.",
  "already-stopped": "Ce courrier est déjà sans effet.",
  "already-ended": "Le préavis était fini ce jour-là : la convention a pris fin.",
  "stop-in-the-future": "Cette date est à venir : notez-la quand c’est fait.",
  "stop-before-sending": "Cette date précède l’envoi du courrier.",
};
export function followMessage(refusal: FollowRefusal): string {
  return FOLLOW[refusal];
}

const SETTLE: Record<SettleRefusal | "agreement-unknown", string> = {
  "agreement-unknown": UNKNOWN,
  "clarification-unknown": "Cette contradiction n’existe pas dans ce réseau.",
  "already-settled": "Le comité a déjà tranché cette contradiction.",
  "poll-not-adopted": "Choisissez une décision que le comité a adoptée.",
};
export function settleMessage(refusal: SettleRefusal | "agreement-unknown"): string {
  return SETTLE[refusal];
}

const PROOF: Record<ProofRefusal, string> = {
  "agreement-unknown": UNKNOWN,
  "clause-unknown": "Cette clause n’est pas dans la convention.",
  "date-in-the-future": "Cette date est à venir : notez la preuve quand c’est fait.",
  "address-not-ours": "Donnez une adresse de ce portail (/reseaux/…) ou une adresse sûre (https://…).",
};
export function proofMessage(refusal: ProofRefusal): string {
  return PROOF[refusal];
}

const LINK: Record<LinkRefusal, string> = {
  "meeting-unknown": "Cette séance n’existe pas dans ce réseau, ou elle est annulée.",
  "clause-unknown": "Cette clause ne prévoit pas de rencontre.",
  "meeting-already-linked": "Cette séance répond déjà à une autre clause.",
  "group-unknown": "Un des groupes n’est pas prévu par la convention.",
  "meeting-to-come": "Cette rencontre est à venir : les participants se notent le jour même, ou après.",
  "minutes-adopted":
    "Le procès-verbal de cette séance est approuvé : ce qu’il dit des participants ne change plus. Notez plutôt une preuve à la page Obligations.",
};
export function linkMessage(refusal: LinkRefusal): string {
  return LINK[refusal];
}

export const AMENDMENT_LABELS: Record<AmendmentState, string> = {
  draft: "Projet",
  submitted: "Devant les conseils",
  effective: "En vigueur",
  rejected: "Rejeté",
  withdrawn: "Retiré",
};

export const KIND_LABELS = {
  convention: "Convention",
  framework: "Convention cadre",
  local: "Protocole local",
  contract: "Contrat",
} as const;
