import type { Clause, ClauseKind, ClauseRule, FactSource, GuardedAct } from "~/domain/agreement/clause";
import type { Block } from "~/domain/agreement/guard";
import type {
  AppealDeadline,
  Length,
  NoticeAnswer,
  NoticeReading,
  NoticeRule,
  NoticeState,
} from "~/domain/agreement/notice";
import type { Milestone, Obligation, ObligationState } from "~/domain/agreement/obligations";
import type { Duration, Standing, Term } from "~/domain/agreement/terms";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { count, enumerate, formatDate, formatLongDate, NBSP } from "./french";

/** The clauses of a convention and what follows from them, told in French. */

export const CLAUSE_KIND_LABELS: Record<ClauseKind, string> = {
  duration: "Durée",
  deadline: "Échéance",
  "lead-time": "Délai de prévenance",
  notice: "Préavis",
  frequency: "Rythme",
  every: "Rythme",
  monthly: "Rythme",
  after: "À la suite",
  gate: "Condition",
  prohibition: "Interdiction",
  composition: "Composition",
  unanimity: "Unanimité",
  fallback: "Repli",
  standing: "Engagement permanent",
};

export const FACT_LABELS: Record<FactSource, string> = {
  "committee-meeting": "séance du comité levée",
  "governance-meeting": "rencontre prévue par la convention, tenue",
  "annual-day": "journée annuelle close",
  "funding-call": "appel de fonds émis",
  budget: "budget adopté par un vote",
  "staff-time": "état annuel du temps de travail approuvé",
  minutes: "procès-verbal publié",
  subsidy: "subvention accordée",
  bilan: "bilan établi",
  "new-agreement": "convention suivante préparée",
  note: "preuve notée",
};

export const ACT_WORDS: Record<GuardedAct, string> = {
  "engage-expense": "engager une dépense",
  "issue-call": "émettre un appel de fonds",
  renew: "renouveler la convention",
  "change-article": "modifier un article",
  "change-dates": "changer une date",
  "pay-between-parties": "faire payer une partie par une autre",
  "book-resource": "réserver un bien",
  decide: "mettre une question aux voix",
  "hold-session": "tenir une séance",
  "name-people": "nommer une personne",
  sign: "signer",
};

export const OBLIGATION_STATES: Record<ObligationState, string> = { late: "En retard", due: "À faire", met: "Tenue" };

const MONTHS = [
  ...["janvier", "février", "mars", "avril", "mai", "juin"],
  ...["juillet", "août", "septembre", "octobre", "novembre", "décembre"],
] as const;

export function lengthWords({ count: many, unit }: Length): string {
  return unit === "months" ? `${many}${NBSP}mois` : count(many, "jour", "jours");
}

function monthsWords(months: readonly number[]): string {
  return enumerate(months.map((month) => MONTHS[month - 1] ?? ""));
}

const NOTICE_STARTS: Record<NoticeRule["from"], string> = {
  sending: "depuis l’envoi",
  receipt: "depuis la réception",
  "end-of-month": "jusqu’à une fin de mois",
  unspecified: "départ non précisé par le texte",
};

function noticeWords({ length, from }: NoticeRule): string {
  if (length === "reasonable") return "délai raisonnable, à dire par qui part";
  if (length === "none") return "sans délai écrit";
  return `${lengthWords(length)}, ${NOTICE_STARTS[from]}`;
}

function durationWords({ first, renewal }: Duration): string {
  const start = first.kind === "months" ? `${first.months}${NBSP}mois` : `jusqu’au ${formatDate(first.on)}`;
  if (renewal.kind === "none") return `${start}, sans reconduction`;
  const each =
    renewal.months === null ? "pour une durée que le texte ne dit pas" : `par périodes de ${renewal.months}${NBSP}mois`;
  const most = renewal.most === null ? "sans limite" : `${count(renewal.most, "fois", "fois")} au plus`;
  return `${start}, puis reconduction tacite ${each}, ${most}`;
}

/** What a clause does, in a few words. */
export function ruleWords(rule: ClauseRule): string {
  switch (rule.kind) {
    case "duration":
      return durationWords(rule.duration);
    case "deadline":
      return rule.before.count === 0
        ? "à faire avant le dernier jour"
        : `à faire ${lengthWords(rule.before)} au moins avant le dernier jour`;
    case "lead-time":
      return rule.length === "sufficient"
        ? `prévenir assez tôt avant ${rule.event}`
        : `prévenir ${lengthWords(rule.length)} avant ${rule.event}`;
    case "notice":
      return `${noticeWords(rule.notice)}${rule.curable ? ` ; réparer le manquement l’arrête` : ""}`;
    case "frequency":
      if (rule.count === 0) return "rythme à définir";
      return `${rule.count}${NBSP}fois par ${rule.per === "civil-year" ? "année civile" : "année de convention"}`;
    case "every":
      return `tous les ${rule.months}${NBSP}mois`;
    case "monthly": {
      const rhythm = `${rule.count}${NBSP}par ${rule.everyMonths === 1 ? "mois" : "trimestre"}`;
      return rule.without.length === 0 ? rhythm : `${rhythm}, sauf ${monthsWords(rule.without)}`;
    }
    case "after":
      return `après : ${FACT_LABELS[rule.trigger]}`;
    case "gate":
      return `${ACT_WORDS[rule.act]} : seulement après ${FACT_LABELS[rule.requires]}`;
    case "prohibition":
      return `interdit : ${rule.article === null ? ACT_WORDS[rule.act] : `modifier l’article ${rule.article}`}${
        rule.months.length === 0 ? "" : ` en ${monthsWords(rule.months)}`
      }`;
    case "composition":
      return `${rule.at === "one" ? "à une rencontre au moins" : "à chaque fois"} : ${enumerate(rule.groups.map(({ label }) => label))}`;
    case "unanimity":
      return rule.of === "boards" ? "approbation de tous les conseils" : "accord de toutes les parties";
    case "fallback":
      return `${rule.first} ; à défaut, ${rule.then}`;
    case "standing":
      return "en tout temps";
  }
}

/** Which part of a standing text reads a duration: « Du 1er janvier 2014 au 31 décembre 2016 ». */
export function termWords({ startsOn, endsOn }: Term): string {
  return endsOn === null
    ? `depuis le ${formatDate(startsOn)}, sans terme`
    : `du ${formatDate(startsOn)} au ${formatDate(endsOn)}`;
}

export const STANDING_LABELS: Record<Standing["state"], string> = {
  "not-started": "À venir",
  running: "En cours",
  indefinite: "En cours, durée indéterminée",
  expired: "Expirée",
  terminated: "Résiliée",
};

const RENEWAL_LAW = `Code civil, articles 1214 et 1215`;

/** How the dates of a text were reached, sentence by sentence; the last one tells the other reading, when there is one. */
export function explainStanding(duration: Duration, effectOn: PlainDate, standing: Standing): readonly string[] {
  const { current, otherReading, isUnlimited, endsOn, state } = standing;
  const sentences: string[] = [];
  const { first, renewal } = duration;
  if (current.basis === "first")
    sentences.push(
      first.kind === "months"
        ? `Effet le ${formatDate(effectOn)}, premier jour compris, pour ${first.months}${NBSP}mois${NBSP}: dernier jour le ${formatDate(current.endsOn ?? effectOn)}.`
        : `Effet le ${formatDate(effectOn)}${NBSP}; le texte fixe le dernier jour au ${formatDate(first.on)}.`,
    );
  if (current.basis === "renewed")
    sentences.push(`Reconduite ${count(current.rank, "fois", "fois")}${NBSP}: période ${termWords(current)}.`);
  if (current.basis === "indefinite")
    sentences.push(
      `La première période est finie et le texte ne dit pas pour combien de temps elle se reconduit${NBSP}: durée indéterminée depuis le ${formatDate(current.startsOn)} (${RENEWAL_LAW}).`,
    );
  if (renewal.kind === "none" && current.basis === "first")
    sentences.push("Le texte ne prévoit pas de reconduction en silence.");
  if (renewal.kind === "tacit" && renewal.months === null && current.basis === "first")
    sentences.push(
      renewal.decided === "same-term"
        ? "Ensuite, le comité a décidé que le texte se reconduit pour la même durée."
        : `Ensuite, faute d’une durée écrite, la convention se reconduit pour une durée indéterminée (${RENEWAL_LAW}).`,
    );
  if (state === "terminated" && endsOn) sentences.push(`Un préavis y a mis fin le ${formatDate(endsOn)}.`);
  else if (endsOn !== null && endsOn !== current.endsOn)
    sentences.push(`Un préavis court${NBSP}: dernier jour le ${formatDate(endsOn)}.`);
  if (otherReading !== null)
    sentences.push(
      `Autre lecture${NBSP}: ${
        otherReading.endsOn === null
          ? `durée indéterminée depuis le ${formatDate(otherReading.startsOn)} (${RENEWAL_LAW})`
          : `reconduction pour la même durée, ${termWords(otherReading)}`
      }. Le comité peut trancher.`,
    );
  if (isUnlimited) sentences.push("Le texte ne limite pas le nombre de reconductions : un point à surveiller.");
  return sentences;
}

const READING_WORDS: Record<NoticeReading["basis"], string> = {
  sending: "depuis l’envoi",
  receipt: "depuis la réception",
  "month-end": "première fin de mois après le délai",
  "date-to-date": "de date à date, sans attendre la fin du mois",
};

function readingSentence({ basis, countedFrom, endsOn }: NoticeReading, length: Length): string {
  return `${lengthWords(length)}, ${READING_WORDS[basis]}, compté du ${formatDate(countedFrom)}${NBSP}: dernier jour le ${formatLongDate(endsOn)}`;
}

/** The reasoning of a notice, its retained reading first, then the others. */
export function explainNotice(answer: NoticeAnswer): readonly string[] {
  const { retained, others, isAmbiguous, length } = answer;
  const sentences: string[] = [];
  const isReceiptAwaited = isAmbiguous && retained?.basis === "sending";
  if (retained !== null && length.count === 0)
    return [
      `Le texte n’écrit aucun délai${NBSP}: fin possible dès le ${formatLongDate(retained.endsOn)}, jour ${retained.basis === "receipt" ? "de la réception" : "de l’envoi"}.`,
    ];
  if (retained === null)
    sentences.push(`Le délai part de la réception${NBSP}: il se comptera quand l’accusé de réception sera revenu.`);
  else sentences.push(`${capital(readingSentence(retained, length))}.`);
  if (isAmbiguous)
    sentences.push(`Le texte ne précise pas le point de départ${NBSP}: la lecture la plus tardive est retenue.`);
  if (isReceiptAwaited)
    sentences.push(
      `Autre lecture${NBSP}: ${lengthWords(length)}, depuis la réception. Elle ne finira pas plus tôt${NBSP}; donnez le jour de réception quand l’accusé sera revenu.`,
    );
  for (const other of others) sentences.push(`Autre lecture${NBSP}: ${readingSentence(other, length)}.`);
  if (retained !== null)
    sentences.push(
      length.unit === "months"
        ? `Le jour de départ ne compte pas. De quantième à quantième${NBSP}; un mois qui n’a pas ce jour finit à son dernier jour.`
        : "Le jour de départ ne compte pas ; le dernier jour compte.",
    );
  return sentences;
}

export const GROUP_PRESENCES = { present: "présent", absent: "absent", unknown: "non noté" } as const;

/** Who must be at the meetings that a clause asks for. */
export function compositionWords(at: "each" | "one", groups: readonly { readonly label: string }[]): string {
  return `${at === "one" ? "À une rencontre au moins" : "À chaque rencontre"}${NBSP}: ${enumerate(groups.map(({ label }) => label))}.`;
}

export const NOTICE_STATES: Record<NoticeState, string> = {
  "awaiting-receipt": "En attente de l’accusé de réception",
  running: "Préavis en cours",
  ended: "Préavis terminé",
  cured: "Arrêté : manquement réparé",
  withdrawn: "Retiré",
};

export const PURPOSE_LABELS: Record<string, string> = {
  denunciation: "Dénonciation",
  breach: "Mise en demeure",
  "force-majeure": "Force majeure",
  "common-agreement": "Fin d’un commun accord",
  dissolution: "Dissolution d’une structure",
};

/** Both counts of a delay of appeal. Neither is given as the law: the day must be checked. */
export function explainAppeal(publishedOn: PlainDate, months: number, deadline: AppealDeadline): readonly string[] {
  const weekend = (isWeekend: boolean) => (isWeekend ? " (samedi ou dimanche)" : "");
  return [
    `Publication le ${formatDate(publishedOn)}, ${months}${NBSP}mois.`,
    `De date à date${NBSP}: dernier jour le ${formatLongDate(deadline.plain)}${weekend(deadline.plainIsWeekend)}. C’est la lecture prudente pour qui veut agir.`,
    `Autre lecture, en délai franc${NBSP}: dernier jour le ${formatLongDate(deadline.clear)}${weekend(deadline.clearIsWeekend)}. C’est la lecture prudente pour qui attend que l’acte soit définitif.`,
    "Le portail ne tranche pas entre les deux : faites vérifier le mode de calcul.",
  ];
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** « art. 7 », « Préambule », « Décision 5 ». */
export function articleWords(article: string): string {
  return /^[\dIVX]/.test(article) ? `art.${NBSP}${article}` : article;
}

/** What is still missing, in one sentence. */
export function obligationWords({ state, dueOn, needed, proofs }: Obligation): string {
  const done = proofs.length;
  const progress = needed > 1 ? `${done} sur ${needed}` : "";
  if (state === "met") return done > needed ? `${done}, pour ${needed} demandées` : needed > 1 ? progress : "fait";
  const limit = dueOn === null ? "dès que possible" : `au plus tard le ${formatDate(dueOn)}`;
  return progress === "" ? limit : `${progress}, ${limit}`;
}

/** The title of a date in the calendar. */
export function milestoneWords(milestone: Milestone): string {
  const { kind, title, article } = milestone;
  if (kind === "term") return `Dernier jour de la convention (${articleWords(article)})`;
  if (kind === "notice-end") return "Fin du préavis : dernier jour de la convention";
  return kind === "alarm" ? `Rappel : ${title} (${articleWords(article)})` : `${title} (${articleWords(article)})`;
}

/** Why a text stops an act, for whoever tried. */
export function blockWords(block: Block): string {
  switch (block.kind) {
    case "prohibited":
      return `La convention l’interdit (${articleWords(block.article)})${NBSP}: ${block.sentence}`;
    case "condition-missing":
      return `La convention y met une condition (${articleWords(block.article)})${NBSP}: ${block.sentence}`;
    case "agreement-over":
      return `La convention a pris fin le ${formatDate(block.endedOn)} (${articleWords(block.article)})${NBSP}: rien de nouveau ne se décide ni ne s’engage. Ce qui est ouvert se règle, les procès-verbaux s’approuvent encore, et tout reste lisible. Une convention nouvelle, signée et encodée, rouvre le réseau.`;
  }
}

/** Clauses by article, in the order of the text. */
export function clausesByArticle(clauses: readonly Clause[]): ReadonlyMap<string, readonly Clause[]> {
  const groups = new Map<string, Clause[]>();
  for (const clause of clauses) groups.set(clause.article, [...(groups.get(clause.article) ?? []), clause]);
  return groups;
}
