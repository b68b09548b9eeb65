import { blockWords } from "~/documents/agreement-words";
import type { KeyRefusal } from "~/domain/apportionment/keys";
import type { CallRefusal } from "~/domain/funding-call/issue";
import type { CancelCallRefusal, StatementRefusal } from "~/domain/funding-call/lifecycle";
import type { ReferenceDateRefusal } from "~/domain/population/reference-date";
import { enumerate, formatCents, formatDate, NBSP } from "~/documents/french";
import type { CallObstacle } from "./call-draft.server";
import type { ChoiceRefusal } from "./choices.server";
import type { CancelRefusal, FollowRefusal, IssueRefusal, RemindRefusal, VoidStepRefusal } from "./commands.server";
import type { WeightObstacle } from "./weights.server";

type Names = Readonly<Record<string, string>>;

/** One thing that stands in the way of a call, and what to do about it. */
export function obstacleMessage(obstacle: CallObstacle, invoiceNames: Names): string {
  switch (obstacle.source) {
    case "call":
      return callMessage(obstacle.refusal, invoiceNames);
    case "weights":
      return weightMessage(obstacle.obstacle);
    case "date":
      return dateMessage(obstacle.refusal);
  }
}

function callMessage(refusal: CallRefusal, names: Names): string {
  const invoice = (id: string) => names[id] ?? id;
  switch (refusal.kind) {
    case "annual-day-missing":
      return `La journée annuelle n’est pas enregistrée${NBSP}: l’appel vient après elle (convention, art. 4.2.1).`;
    case "annual-day-open":
      return `La journée annuelle n’est pas close${NBSP}: closez-la d’abord, l’appel vient après elle (convention, art. 4.2.1).`;
    case "annual-call-missing":
      return `L’appel annuel n’est pas émis${NBSP}: un appel complémentaire le suit.`;
    case "annual-call-exists":
      return "L’appel annuel de cette année est déjà émis.";
    case "nothing-to-call":
      return `Aucune facture payée n’attend d’appel${NBSP}: enregistrez les factures et leurs mandats dans les dépenses.`;
    case "total-not-positive":
      return `Le total à répartir n’est pas supérieur à zéro${NBSP}: il n’y a rien à appeler.`;
    case "total-too-large":
      return `Le total dépasse un milliard d’euros${NBSP}: vérifiez les montants des factures.`;
    case "lead-not-a-member":
      return "Le CCAS pilote ne partage pas la dépense selon les choix de répartition. Il garde sa part, il doit en avoir une.";
    case "weights-faulty":
      return `Les poids ne permettent pas de répartir${NBSP}: ${keyMessages(refusal.faults, {})}`;
    case "weights-differ-from-annual-call":
      return "Les poids ne sont pas ceux de l’appel annuel, qu’un appel complémentaire reprend.";
    case "invoice-not-validated":
      return `La facture ${invoice(refusal.invoiceId)} n’est couverte par aucune décision adoptée du comité. Laissez-la pour un autre appel, ou faites-la voter.`;
    case "invoice-not-paid":
      return `La facture ${invoice(refusal.invoiceId)} n’a pas de mandat enregistré.`;
    case "invoice-given-twice":
      return `La facture ${invoice(refusal.invoiceId)} est donnée deux fois.`;
    case "proof-missing":
      return `Le fichier de la facture ${invoice(refusal.invoiceId)} manque, ou a changé depuis son dépôt. Laissez cette facture pour un autre appel, ou retrouvez son fichier dans une sauvegarde.`;
    case "invoice-already-called":
      return `La facture ${invoice(refusal.invoiceId)} est déjà dans un appel.`;
  }
}

export function weightMessage(obstacle: WeightObstacle): string {
  switch (obstacle.kind) {
    case "no-member":
      return "Aucun CCAS ne partage la dépense selon les choix de répartition.";
    case "member-undecided":
      return `${obstacle.name} a rejoint le réseau le ${formatDate(obstacle.joinedOn)}, en cours d’année${NBSP}: le comité dit d’abord s’il partage les dépenses de l’année (choix de répartition).`;
    case "leaving-undecided":
      return `${obstacle.name} a quitté le réseau le ${formatDate(obstacle.leftOn)}, en cours d’année${NBSP}: le comité dit d’abord s’il partage les dépenses de l’année (choix de répartition).`;
    case "commune-missing":
      return `${obstacle.name} n’a pas de code de commune${NBSP}: complétez l’organisme.`;
    case "vintage-not-imported":
      return `Les populations du millésime ${obstacle.vintage} ne sont pas importées${obstacle.latest === null ? "" : ` (le dernier en base est ${obstacle.latest})`}${NBSP}: importez le fichier de l’INSEE. Un millésime plus ancien n’est jamais pris à sa place.`;
    case "population-not-published":
      return `${obstacle.name}${NBSP}: la population de la commune ${obstacle.communeCode} n’est pas dans le millésime ${obstacle.vintage}. Elle n’est pas remplacée par une autre.`;
    case "members-merged":
      return `${enumerate(obstacle.names)} sont dans une seule commune (${obstacle.communeCode}) depuis une fusion${NBSP}: le comité dit lequel porte la part (choix de répartition).`;
    case "commune-split":
      return `${obstacle.name}${NBSP}: la commune ${obstacle.communeCode} s’est partagée le ${formatDate(obstacle.date)}${NBSP}; complétez l’organisme avec le code de sa commune actuelle.`;
    case "key-faulty":
      return keyMessages(obstacle.faults, obstacle.names);
  }
}

function keyMessages(faults: readonly KeyRefusal[], names: Names): string {
  return faults.map((fault) => keyMessage(fault, names)).join(" ");
}

function keyMessage(fault: KeyRefusal, names: Names): string {
  const member = (id: string) => names[id] ?? id;
  switch (fault.kind) {
    case "no-member":
      return "Personne ne partage.";
    case "all-weights-zero":
      return `Tous les poids sont nuls${NBSP}: il n’y a personne entre qui répartir.`;
    case "weight-missing":
      return `${member(fault.id)} n’a pas de poids.`;
    case "weight-negative":
      return `Le poids de ${member(fault.id)} est négatif.`;
    case "weight-fractional":
      return `Le poids de ${member(fault.id)} n’est pas entier.`;
    case "weight-too-large":
      return `Le poids de ${member(fault.id)} est trop grand.`;
    case "member-given-twice":
      return `${member(fault.id)} est donné deux fois.`;
    case "share-missing":
      return `La part fixe de ${member(fault.id)} manque ou ne se lit pas${NBSP}: écrivez 1/6 ou 12,5${NBSP}%.`;
    case "share-malformed":
      return `La part fixe de ${member(fault.id)} ne se lit pas${NBSP}: écrivez 1/6 ou 12,5${NBSP}%.`;
    case "share-of-a-stranger":
      return `${member(fault.id)} a une part et ne partage pas.`;
    case "shares-not-one":
      return `Les parts fixes font ${fault.numerator}/${fault.denominator} au lieu de 1.`;
    case "equal-part-malformed":
      return `La part égale ne se lit pas${NBSP}: écrivez 1/4 ou 25${NBSP}%.`;
    case "key-too-precise":
      return `Ces parts demandent trop de décimales${NBSP}: écrivez-les avec un dénominateur commun plus petit.`;
  }
}

function dateMessage(refusal: ReferenceDateRefusal): string {
  switch (refusal.kind) {
    case "no-expense-date":
      return `La population se lit à la date des factures, et il n’y en a aucune.`;
    case "annual-day-undated":
      return "La population se lit au jour de la journée annuelle, qui n’a pas de date.";
    case "several-vintages":
      return `Les factures relèvent de plusieurs millésimes (${refusal.vintages.join(", ")})${NBSP}: laissez celles d’une autre année pour un autre appel.`;
  }
}

export function issueMessages(refusal: IssueRefusal, names: Names): readonly string[] {
  if (refusal.kind === "obstacles") return refusal.obstacles.map((obstacle) => obstacleMessage(obstacle, names));
  if (refusal.kind === "agreement-forbids") return [blockWords(refusal.block)];
  if (refusal.kind === "call-issued-meanwhile") {
    return [
      `${refusal.issuedBy} vient d’émettre l’appel n°${NBSP}${refusal.year}-${refusal.rank}${NBSP}: le vôtre n’est pas parti, rien n’est appelé deux fois. La page montre ce qui reste à appeler.`,
    ];
  }
  return [
    `Ce qui serait figé n’est plus ce que vous avez lu${NBSP}: une facture, un paiement ou un choix a changé entre-temps. Relisez la prévisualisation, puis émettez.`,
  ];
}

const CANCEL: Record<CancelCallRefusal | "call-unknown", string> = {
  "call-unknown": "Cet appel n’existe pas dans ce réseau.",
  "already-cancelled": "Cet appel est déjà annulé.",
  "reason-missing": "Dites pourquoi l’appel est annulé.",
  "date-too-early": "L’annulation ne peut pas précéder l’appel.",
  "complementary-call-stands": `Un appel complémentaire reprend les poids de cet appel${NBSP}: annulez-le d’abord.`,
};
export function cancelMessage(refusal: CancelRefusal): string {
  return CANCEL[refusal];
}

const STATEMENT: Record<Exclude<StatementRefusal["kind"], "above-owed">, string> = {
  "call-cancelled": "L’appel est annulé.",
  "nothing-owed": "Cette part ne se paie pas.",
  "reference-missing": `Indiquez la référence${NBSP}: le portail ne note rien sans elle.`,
  "date-too-early": "La date précède ce qu’elle suit (l’appel, ou le titre).",
  "already-titled": "Un titre est déjà noté pour cette part.",
  "title-missing": "Notez d’abord le titre de recettes.",
  "already-deposited": "Un dépôt est déjà noté pour cette part.",
  "payment-already-recorded": "Un paiement de cette référence est déjà noté.",
  "amount-not-positive": "Le paiement est d’un centime au moins.",
};
export function followMessage(refusal: FollowRefusal): string {
  if (refusal.kind === "statement-unknown") return "Cette part n’existe pas dans ce réseau.";
  if (refusal.kind === "date-in-future") return `Cette date est à venir${NBSP}: notez l’acte le jour où il est fait.`;
  if (refusal.kind !== "above-owed") return STATEMENT[refusal.kind];
  return `Ce paiement dépasse ce qui reste à payer${NBSP}: ${formatCents(refusal.outstanding)}.`;
}

const VOID: Record<VoidStepRefusal, string> = {
  "entry-unknown": "Cette entrée n’existe pas dans ce réseau.",
  "call-cancelled": `L’appel est annulé${NBSP}: son suivi reste comme il est.`,
  "already-voided": "Cette entrée est déjà annulée.",
  "reason-missing": `Dites pourquoi l’entrée est annulée${NBSP}: le motif reste à côté d’elle.`,
  "entry-carries-others": `Un dépôt ou un paiement repose sur ce titre${NBSP}: annulez-le d’abord.`,
};
export function voidMessage(refusal: VoidStepRefusal): string {
  return VOID[refusal];
}

const REMIND: Record<RemindRefusal, string> = {
  "statement-unknown": "Cette part n’existe pas dans ce réseau.",
  "nothing-outstanding": "Il ne reste rien à payer.",
  "too-early": "La relance vient trente jours après le titre, ou après l’appel tant qu’il n’y a pas de titre.",
  "already-reminded": "Ce CCAS a déjà été relancé aujourd’hui.",
  "nobody-to-write-to": "Personne de ce CCAS n’a d’adresse sur le portail.",
};
export function remindMessage(refusal: RemindRefusal): string {
  return REMIND[refusal];
}

export function choiceMessage(refusal: ChoiceRefusal): string {
  switch (refusal.kind) {
    case "basis-not-adopted":
      return "Cette décision n’est pas adoptée, ou n’est pas de ce réseau.";
    case "member-unknown":
      return "Un de ces organismes n’a pas de siège dans ce réseau.";
    case "nobody-shares":
      return "Un CCAS au moins partage la dépense.";
    case "key-faulty":
      return keyMessages(refusal.faults, refusal.names);
  }
}
