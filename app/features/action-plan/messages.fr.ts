import type { ProtocolFault } from "~/domain/action-plan/evaluation";
import type { ActionFault, ActionGap, PlanContent, PlanGap } from "~/domain/action-plan/plan";
import type { PracticeFault } from "~/domain/action-plan/practice";
import { enumerate, NBSP } from "~/documents/french";
import type { AdoptionStanding } from "./plan-queries.server";
import type {
  AnswerOpinionRefusal,
  ExtendRoundRefusal,
  CancelProgressRefusal,
  CarryRefusal,
  CloseRefusal,
  GiveOpinionRefusal,
  GiveVisaRefusal,
  OpenReportRefusal,
  PublishPlanRefusal,
  PublishPracticeRefusal,
  RecordPartnershipRefusal,
  RecordProgressRefusal,
  RecordRuleRefusal,
  SpreadPracticeRefusal,
  StartPlanRefusal,
  StartRoundRefusal,
  ThemeFault,
  WriteActionRefusal,
  WritePracticeRefusal,
  WriteProtocolRefusal,
  WriteScoreRefusal,
  WriteThemesRefusal,
} from "./refusals";

export const STANDING_LABELS: Record<AdoptionStanding, string> = {
  draft: "En préparation",
  voting: "Mis aux voix",
  rejected: "Rejeté, à reprendre",
  adopted: "Adopté",
};

const ACTION_GAPS: Record<ActionGap, string> = {
  "owner-missing": "personne ne porte l’action",
  "deadline-missing": "l’échéance manque",
  "objective-missing": "aucun objectif de la convention n’est choisi",
  "inclusion-missing": "l’inclusion des personnes en situation de handicap n’est pas renseignée",
  "measure-missing": "ni livrable ni indicateur",
};

export function actionGapMessage(gap: ActionGap): string {
  return ACTION_GAPS[gap];
}

/** What a plan lacks, in one sentence that names the theme or the action. */
export function gapMessage(plan: PlanContent, gap: PlanGap): string {
  switch (gap.kind) {
    case "no-action":
      return "Le plan n’a aucune action : ajoutez-en une.";
    case "theme-silent":
      return `${themeName(plan, gap.themeKey)} : ajoutez une action, ou dites pourquoi il n’y en a pas.`;
    case "theme-says-both":
      return `${themeName(plan, gap.themeKey)} : le thème est dit sans action, et il en a une.`;
    default:
      return `${actionName(plan, gap.actionKey)} : ${ACTION_GAPS[gap.kind]}.`;
  }
}

function themeName(plan: PlanContent, key: string): string {
  return `Thème «${NBSP}${plan.themes.find((theme) => theme.key === key)?.label ?? key}${NBSP}»`;
}

function actionName(plan: PlanContent, key: string): string {
  return `Action «${NBSP}${plan.actions.find((action) => action.key === key)?.title ?? key}${NBSP}»`;
}

const START: Record<StartPlanRefusal["kind"], string> = {
  "year-out-of-range": "Un plan se prépare pour l’année passée, l’année en cours ou les deux suivantes.",
  "year-already-planned": "Cette année a déjà un plan : complétez-le, ou préparez-en une révision.",
  "draft-already-exists": "Une version de cette année est déjà en préparation : complétez-la.",
};
export const startMessage = ({ kind }: StartPlanRefusal): string => START[kind];

const LOCKED: Record<"plan-unknown" | "already-adopted" | "vote-under-way" | "changed-meanwhile", string> = {
  "plan-unknown": "Ce plan n’existe pas dans ce réseau.",
  "already-adopted": "Le comité a adopté cette version : elle ne change plus. Préparez une révision.",
  "vote-under-way": "Le comité vote sur cette version : attendez le résultat.",
  "changed-meanwhile":
    "Quelqu’un a modifié ce texte pendant que vous l’écriviez. Rien n’est perdu : ouvrez la page dans un autre onglet, comparez, puis recommencez.",
};

const ACTION_FAULTS: Record<ActionFault, string> = {
  "title-missing": "Nommez l’action.",
  "title-too-long": "L’intitulé compte au plus 160 caractères.",
  "theme-unknown": "Ce thème n’est pas dans le plan : choisissez-en un autre.",
  "organization-unknown": "Cet organisme ne siège pas dans le réseau : choisissez-en un autre.",
  "ends-before-start": "L’échéance précède le début de l’action.",
  "ends-before-the-year": "L’échéance précède l’année du plan : corrigez-la.",
  "budget-negative": "Un budget négatif ne se prévoit pas.",
  "objective-unknown": "Un des objectifs choisis n’est pas dans le plan.",
  "key-given-twice": "Un livrable ou un indicateur est envoyé deux fois : rechargez la page et recommencez.",
  "too-many-actions": "Un plan compte au plus 120 actions : regroupez-en.",
  "inclusion-without-words":
    "Dites comment l’action prend en compte le handicap, ou pourquoi elle n’est pas concernée.",
};
export function actionMessage(refusal: WriteActionRefusal): string {
  if (refusal.kind === "action-faulty") return refusal.faults.map((fault) => ACTION_FAULTS[fault]).join(" ");
  return refusal.kind === "action-unknown" ? "Cette action n’est plus dans le plan." : LOCKED[refusal.kind];
}

const THEME_FAULTS: Record<ThemeFault, string> = {
  "theme-in-use": "Un thème qui a des actions ne s’enlève pas : déplacez d’abord ses actions.",
  "label-missing": "Chaque axe et chaque thème porte un nom.",
  "too-many-themes": "Un plan compte de 1 à 60 thèmes.",
  "key-given-twice": "Un thème est envoyé deux fois : rechargez la page et recommencez.",
  "reason-without-theme": "Un thème est rattaché à un axe qui n’existe plus : choisissez-en un autre.",
};
export function themesMessage(refusal: WriteThemesRefusal): string {
  if (refusal.kind === "themes-faulty") return refusal.faults.map((fault) => THEME_FAULTS[fault]).join(" ");
  return LOCKED[refusal.kind];
}

const PUBLISH: Record<PublishPlanRefusal, string> = {
  "plan-unknown": "Ce plan n’existe pas dans ce réseau.",
  "not-adopted": "Seul un plan que le comité a adopté se publie.",
  "already-published": "Cette version est déjà publiée.",
};
export const publishMessage = (refusal: PublishPlanRefusal): string => PUBLISH[refusal];

const CARRY: Record<CarryRefusal["kind"], string> = {
  "plan-unknown": "Cette année n’a pas de plan à reporter.",
  "year-already-planned": "L’année suivante a déjà un plan : complétez-le.",
  "nothing-chosen": "Choisissez au moins une action à reporter.",
  "year-not-after": "Un plan se reporte vers une année suivante.",
  "action-unknown": "Une des actions choisies n’est plus dans le plan : rechargez la page.",
};
export const carryMessage = ({ kind }: CarryRefusal): string => CARRY[kind];

const PROGRESS: Record<Exclude<RecordProgressRefusal["kind"], "deliverables-missing">, string> = {
  "nothing-said": "Dites ce qui a avancé : une phrase, un livrable, un relevé ou une preuve.",
  "evidence-missing":
    "Ce qui est remis ou réalisé se prouve : joignez un document, une adresse ou la référence d’une pièce.",
  "reason-missing": "Dites pourquoi l’action est abandonnée.",
  "unknown-measure": "Un livrable ou un indicateur n’est plus dans le plan : rechargez la page.",
  "in-the-future": "Un avancement ne se note pas d’avance.",
  "action-unknown": "Cette action n’est pas dans le plan de cette année.",
  "not-in-charge": "Seules les personnes de l’organisme qui porte l’action, et le secrétariat, notent son avancement.",
  "plan-not-adopted": "L’avancement se note une fois le plan adopté par le comité.",
};
export function progressMessage(refusal: RecordProgressRefusal): string {
  if (refusal.kind === "deliverables-missing")
    return `L’action n’est pas réalisée tant que ces livrables ne sont pas remis : ${enumerate(refusal.labels)}.`;
  return PROGRESS[refusal.kind];
}

const CANCEL: Record<CancelProgressRefusal, string> = {
  "entry-unknown": "Cette entrée n’existe pas.",
  "already-cancelled": "Cette entrée est déjà annulée.",
  "reason-missing": "Dites pourquoi l’entrée est annulée.",
  "not-in-charge": PROGRESS["not-in-charge"],
};
export const cancelMessage = (refusal: CancelProgressRefusal): string => CANCEL[refusal];

const RULE: Record<RecordRuleRefusal, string> = {
  "silence-without-decision":
    "Le silence ne vaut approbation que si le comité l’a décidé : choisissez la décision qui le dit.",
  "silence-out-of-range": "Indiquez un nombre de jours de 0 à 120.",
  "decision-unknown": "Cette décision n’est pas une décision adoptée du comité.",
};
export const ruleMessage = (refusal: RecordRuleRefusal): string => RULE[refusal];

const ROUND: Record<StartRoundRefusal["kind"], string> = {
  "plan-unknown": "Ce plan n’existe pas dans ce réseau.",
  "plan-incomplete": "Le plan n’est pas complet : corrigez d’abord ce qui lui manque.",
  "round-already-open": "Une relecture est déjà ouverte : attendez la réponse du Département, ou son échéance.",
  "deadline-too-near": "Laissez au Département un jour au moins : choisissez une échéance à venir.",
  "deadline-too-far": "Une relecture dure un an au plus.",
  "plan-not-current": "Une version plus récente de ce plan existe : soumettez celle-là.",
};
export const roundMessage = ({ kind }: StartRoundRefusal): string => ROUND[kind];

const ANSWER: Record<
  "visa-given" | "tacitly-approved" | "deadline-passed" | "round-superseded" | "round-unknown",
  string
> = {
  "visa-given": "Le Département a visé cette relecture : les avis n’y changent plus.",
  "tacitly-approved": "Le délai de silence est passé : le plan est réputé approuvé, les avis n’y changent plus.",
  "deadline-passed":
    "L’échéance est passée, et la règle du comité ne reçoit pas d’avis tardif. Le secrétariat peut la prolonger, ou ouvrir une autre relecture.",
  "round-superseded": "Une relecture plus récente est ouverte : donnez-y vos avis.",
  "round-unknown": "Cette relecture n’existe pas dans ce réseau.",
};
const OPINION: Record<GiveOpinionRefusal["kind"], string> = {
  ...ANSWER,
  "reason-missing": "Une réserve ou un avis défavorable se motive : dites pourquoi.",
  "text-too-long": "Ce texte compte au plus 2 000 caractères.",
  "action-unknown": "Cette action n’est pas dans le plan soumis à relecture.",
  "changed-meanwhile":
    "Un autre avis a été donné sur cette action pendant que vous écriviez. Rien n’est enregistré, rien n’est perdu : comparez, puis enregistrez le vôtre s’il doit le remplacer.",
};
export const opinionMessage = ({ kind }: GiveOpinionRefusal): string => OPINION[kind];

const EXTENSION: Record<ExtendRoundRefusal, string> = {
  "round-unknown": ANSWER["round-unknown"],
  "visa-given": "Le Département a déjà visé cette relecture : il n’y a rien à prolonger.",
  "tacitly-approved": "Le plan est réputé approuvé, faute de réponse dans le délai : l’échéance ne se prolonge plus.",
  "round-superseded": "Une relecture plus récente est ouverte : c’est la sienne qui se prolonge.",
  "not-later": "Choisissez un jour après l’échéance actuelle : une relecture ne se raccourcit pas.",
  "deadline-too-near": ROUND["deadline-too-near"],
  "deadline-too-far": ROUND["deadline-too-far"],
  "reason-missing": "Dites pourquoi l’échéance est prolongée : le motif est inscrit au registre.",
  "text-too-long": "Ce texte compte au plus 2 000 caractères.",
};
export const extensionMessage = (refusal: ExtendRoundRefusal): string => EXTENSION[refusal];

const FOLLOW_UP: Record<AnswerOpinionRefusal, string> = {
  "round-unknown": ANSWER["round-unknown"],
  "not-in-charge": "Seuls l’organisme qui porte l’action et le secrétariat disent la suite donnée.",
  "own-opinion":
    "Qui donne les avis du Département ne répond pas à ses propres réserves : le secrétariat dit la suite donnée.",
  "nothing-to-answer": "Seule une réserve ou un avis défavorable appelle une suite, et l’avis a pu changer depuis.",
  "answer-missing": "Dites ce qui est fait, ou pourquoi rien ne change.",
  "text-too-long": "Ce texte compte au plus 2 000 caractères.",
};
export const followUpMessage = (refusal: AnswerOpinionRefusal): string => FOLLOW_UP[refusal];

const VISA: Record<Exclude<GiveVisaRefusal["kind"], "opinions-missing">, string> = {
  ...ANSWER,
  "visa-contradicts-opinions":
    "Des actions portent une réserve ou un avis défavorable : donnez un visa avec réserves, ou refusez-le.",
  "comment-missing": "Un visa refusé se motive : dites pourquoi.",
  "changed-meanwhile": "Un avis a été donné depuis l’affichage de cette page : relisez la liste, puis recommencez.",
};
export function visaMessage(refusal: GiveVisaRefusal): string {
  if (refusal.kind === "opinions-missing")
    return refusal.count === 1
      ? "Une action n’a pas encore d’avis : donnez-le, ou cochez « sans avis » pour elle."
      : `${refusal.count} actions n’ont pas encore d’avis : donnez-les, ou cochez « sans avis » pour elles.`;
  return VISA[refusal.kind];
}

const PARTNERSHIP: Record<RecordPartnershipRefusal, string> = {
  "theme-unknown": "Ce thème n’est dans aucun plan du réseau.",
  "nothing-changed": "Rien n’a changé : il n’y a rien à enregistrer.",
  "changed-meanwhile": LOCKED["changed-meanwhile"],
  "text-too-long": "Chaque texte compte au plus 2 000 caractères.",
};
export const partnershipMessage = (refusal: RecordPartnershipRefusal): string => PARTNERSHIP[refusal];

const PROTOCOL_FAULTS: Record<ProtocolFault, string> = {
  "no-criterion": "Un protocole compte au moins un critère.",
  "criterion-without-label": "Chaque critère porte un nom.",
  "criterion-given-twice": "Deux critères portent le même nom.",
  "too-many-criteria": "Un protocole compte au plus 30 critères.",
};
const PROTOCOL: Record<Exclude<WriteProtocolRefusal["kind"], "protocol-faulty">, string> = {
  "protocol-unknown": "Ce protocole n’existe pas dans ce réseau.",
  "already-adopted": "Le comité a adopté ce protocole : il ne change plus. Préparez-en une autre version.",
  "vote-under-way": "Le comité vote sur ce protocole : attendez le résultat.",
};
export function protocolMessage(refusal: WriteProtocolRefusal): string {
  if (refusal.kind === "protocol-faulty") return refusal.faults.map((fault) => PROTOCOL_FAULTS[fault]).join(" ");
  return PROTOCOL[refusal.kind];
}

const OPEN_REPORT: Record<OpenReportRefusal, string> = {
  "no-plan": "Cette année n’a pas de plan adopté : il n’y a rien à évaluer.",
  "protocol-not-adopted":
    "Le comité n’a pas encore adopté de protocole d’évaluation : préparez-le, puis inscrivez-le à l’ordre du jour.",
  "already-open": "Ce bilan existe déjà.",
};
export const openReportMessage = (refusal: OpenReportRefusal): string => OPEN_REPORT[refusal];

const SCORE: Record<WriteScoreRefusal, string> = {
  "report-unknown": "Ce bilan n’existe pas dans ce réseau.",
  "criterion-unknown": "Ce critère n’est pas dans le protocole.",
  "narrative-missing": "Une note ne suffit pas : dites-la en quelques mots (une douzaine de caractères au moins).",
  "narrative-too-long": "L’appréciation compte au plus 4 000 caractères.",
  "report-closed": "Ce bilan est clos : il ne change plus.",
};
export const scoreMessage = (refusal: WriteScoreRefusal): string => SCORE[refusal];

const CLOSE: Record<Exclude<CloseRefusal["kind"], "criteria-empty">, string> = {
  "report-unknown": "Ce bilan n’existe pas dans ce réseau.",
  "already-closed": "Ce bilan est déjà clos.",
  "protocol-not-adopted": OPEN_REPORT["protocol-not-adopted"],
  "no-plan": OPEN_REPORT["no-plan"],
};
export function closeMessage(refusal: CloseRefusal): string {
  if (refusal.kind === "criteria-empty")
    return `Aucun bilan ne se clôt avec un critère vide. Il reste à renseigner : ${enumerate(refusal.labels)}.`;
  return CLOSE[refusal.kind];
}

const PRACTICE: Record<WritePracticeRefusal, string> = {
  "practice-unknown": "Cette fiche n’existe pas dans ce réseau.",
  "already-published": "Cette fiche est publiée : elle ne change plus.",
  "changed-meanwhile": LOCKED["changed-meanwhile"],
  "text-too-long": "La fiche est trop longue : raccourcissez-la.",
  "title-missing": "Donnez un titre à la fiche.",
};
export const practiceMessage = (refusal: WritePracticeRefusal): string => PRACTICE[refusal];

const PRACTICE_FAULTS: Record<PracticeFault, string> = {
  "title-missing": "le titre",
  "need-missing": "le besoin de départ",
  "done-missing": "ce qui a été fait",
  "results-missing": "les résultats",
  "contact-missing": "le service à contacter",
};
export function publishPracticeMessage(refusal: PublishPracticeRefusal): string {
  if (refusal.kind === "practice-incomplete")
    return `Avant de publier, complétez : ${enumerate(refusal.faults.map((fault) => PRACTICE_FAULTS[fault]))}.`;
  return PRACTICE[refusal.kind];
}

const SPREAD: Record<SpreadPracticeRefusal, string> = {
  "practice-unknown": PRACTICE["practice-unknown"],
  "not-published": "Publiez d’abord la fiche : on note ensuite où elle est diffusée.",
  "in-the-future": "Une diffusion se note une fois faite.",
};
export const spreadMessage = (refusal: SpreadPracticeRefusal): string => SPREAD[refusal];
