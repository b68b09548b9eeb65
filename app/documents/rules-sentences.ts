import type { Fraction, RulesContent } from "~/domain/committee/rules";
import type { RulesKey } from "~/domain/committee/rules-check";
import { isSimpleMajority } from "~/domain/committee/threshold";
import type { LegalSource } from "~/domain/kernel/legal-source";
import { count, NBSP } from "./french";

/** The « règlement de fonctionnement » read aloud: a name and a sentence for each setting. */

export const RULES_PART_TITLES: Record<keyof RulesContent, string> = {
  quorum: "Le quorum",
  secondConvening: "La seconde convocation",
  majority: "La majorité",
  castingVote: "La voix prépondérante",
  proxies: "Les pouvoirs",
  notice: "La convocation",
  secretBallot: "Le vote secret",
  remoteAttendance: "La participation à distance",
  departmentSeat: "Le siège du Département",
  writtenConsultation: "La consultation écrite",
  rhythm: "Le rythme des séances",
  minutes: "Le procès-verbal",
};

export const RULES_LABELS: Record<RulesKey, string> = {
  "quorum.base": "Sièges comptés pour le quorum",
  "quorum.share": "Part exigée pour le quorum",
  "quorum.comparison": "Quorum : « plus de » ou « au moins »",
  "quorum.remoteCounts": "Présence à distance dans le quorum",
  "quorum.consultativeSeatsCount": "Sièges consultatifs dans le quorum",
  "quorum.withdrawnLeaveBase": "Déport et quorum",
  "secondConvening.quorum": "Quorum de la seconde convocation",
  "majority.base": "Voix comptées pour la majorité",
  "majority.share": "Part exigée pour adopter",
  "majority.comparison": "Majorité : « plus de » ou « au moins »",
  "castingVote.holder": "Partage des voix",
  "castingVote.inSecretBallot": "Partage des voix au vote secret",
  "proxies.allowed": "Pouvoirs",
  "proxies.perHolder": "Pouvoirs par mandataire",
  "proxies.consecutiveMeetings": "Pouvoirs donnés de suite",
  "notice.days": "Délai de convocation",
  "notice.counting": "Compte du délai",
  "notice.urgencyAllowed": "Urgence",
  "secretBallot.requestShare": "Demande de vote secret",
  "secretBallot.remoteAllowed": "Vote secret à distance",
  "remoteAttendance.allowed": "Participation à distance",
  departmentSeat: "Voix du siège du Département",
  "writtenConsultation.allowed": "Consultation écrite",
  "writtenConsultation.minimumDays": "Durée d’une consultation écrite",
  "rhythm.meetingsPerYear": "Séances par an",
  "rhythm.onePerQuarter": "Une séance par trimestre",
  "rhythm.inquorateMeetingsCount": "Séances sans quorum",
  "minutes.publicationDays": "Publication du procès-verbal",
};

/** « la moitié », « le tiers », « 3/5 » */
function shareWords({ numerator, denominator }: Fraction): string {
  const words: Record<string, string> = {
    "1/2": "la moitié",
    "1/3": "le tiers",
    "2/3": "les deux tiers",
    "1/4": "le quart",
    "3/4": "les trois quarts",
  };
  return words[`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`;
}

/** « de la moitié », « du tiers », « des deux tiers » */
function ofShare(share: Fraction): string {
  const words = shareWords(share);
  if (words.startsWith("les ")) return `des ${words.slice(4)}`;
  return words.startsWith("le ") ? `du ${words.slice(3)}` : `de ${words}`;
}

function requirement(share: Fraction, comparison: "more-than" | "at-least"): string {
  return comparison === "more-than" ? `plus ${ofShare(share)}` : `au moins ${shareWords(share)}`;
}

const QUORUM_BASE = { "seats-in-office": "des sièges pourvus", "all-seats": "de tous les sièges (vacants compris)" };
const MAJORITY_BASE = {
  "votes-cast": "des suffrages exprimés (pour et contre ; les abstentions ne comptent pas)",
  "present-and-represented": "des sièges présents ou représentés",
  "seats-in-office": "des sièges pourvus",
};
const DEPARTMENT_SEAT = {
  votes: "Le siège du Département vote sur toutes les questions.",
  "advises-on-expenses": "Le siège du Département vote, sauf sur les dépenses, où sa voix est consultative.",
  advises: "Le siège du Département a voix consultative : il donne son avis et ne vote pas.",
};

/** What each setting says, as a full sentence. */
const SENTENCES: Record<RulesKey, (rules: RulesContent) => string> = {
  "quorum.base": ({ quorum }) => `Le quorum se calcule sur le nombre ${QUORUM_BASE[quorum.base]}.`,
  "quorum.share": ({ quorum }) =>
    `Le comité délibère valablement quand ${requirement(quorum.share, quorum.comparison)} ${QUORUM_BASE[quorum.base]} sont présents.`,
  "quorum.comparison": ({ quorum }) =>
    quorum.comparison === "more-than"
      ? "Atteindre exactement cette part ne suffit pas : il faut la dépasser."
      : "Atteindre exactement cette part suffit.",
  "quorum.remoteCounts": ({ quorum }) =>
    quorum.remoteCounts
      ? "Un siège présent à distance compte dans le quorum."
      : "Un siège présent à distance ne compte pas dans le quorum.",
  "quorum.consultativeSeatsCount": ({ quorum }) =>
    quorum.consultativeSeatsCount
      ? "Un siège à voix consultative compte dans le quorum."
      : "Un siège à voix consultative ne compte pas dans le quorum.",
  "quorum.withdrawnLeaveBase": ({ quorum }) =>
    quorum.withdrawnLeaveBase
      ? "Sur le point où il se déporte, un siège n’est compté ni dans les sièges ni parmi les présents."
      : "Un siège qui se déporte sur un point reste compté dans le nombre de sièges.",
  "secondConvening.quorum": ({ secondConvening }) =>
    secondConvening.quorum === "none"
      ? "Faute de quorum, le comité convoqué une seconde fois délibère quel que soit le nombre de présents."
      : "Faute de quorum, le comité convoqué une seconde fois reste soumis au même quorum.",
  "majority.base": ({ majority }) => `La majorité se compte sur le nombre ${MAJORITY_BASE[majority.base]}.`,
  "majority.share": ({ majority }) =>
    isSimpleMajority(majority.share, majority.comparison)
      ? "Une décision est adoptée à la majorité absolue : plus de la moitié des voix comptées."
      : `Une décision est adoptée par ${requirement(majority.share, majority.comparison)} des voix comptées.`,
  "majority.comparison": ({ majority }) =>
    majority.comparison === "more-than"
      ? "Il faut dépasser cette part pour adopter."
      : "Atteindre cette part suffit pour adopter.",
  "castingVote.holder": ({ castingVote }) =>
    castingVote.holder === "chair"
      ? "En cas de partage des voix, celle du président ou de la présidente de séance est prépondérante."
      : "En cas de partage des voix, la proposition est rejetée.",
  "castingVote.inSecretBallot": ({ castingVote }) =>
    castingVote.inSecretBallot
      ? "La voix prépondérante joue aussi au vote secret."
      : "La voix prépondérante ne joue pas au vote secret.",
  "proxies.allowed": ({ proxies }) =>
    proxies.allowed
      ? "Un membre empêché peut donner à un autre siège un pouvoir écrit, révocable à tout moment."
      : "Les pouvoirs ne sont pas admis.",
  "proxies.perHolder": ({ proxies }) => `Un siège porte au plus ${count(proxies.perHolder, "pouvoir", "pouvoirs")}.`,
  "proxies.consecutiveMeetings": ({ proxies }) =>
    proxies.consecutiveMeetings === null
      ? "Le nombre de séances de suite où un siège donne pouvoir n’est pas limité."
      : `Un siège ne peut donner pouvoir plus de ${count(proxies.consecutiveMeetings, "séance", "séances")} de suite.`,
  "notice.days": ({ notice }) =>
    `La convocation et l’ordre du jour sont envoyés au moins ${count(notice.days, "jour", "jours")} avant la séance.`,
  "notice.counting": ({ notice }) =>
    notice.counting === "days"
      ? "Le délai se compte en jours : le jour de l’envoi ne compte pas, celui de la séance compte."
      : "Le délai se compte en jours francs : ni le jour de l’envoi ni celui de la séance ne comptent.",
  "notice.urgencyAllowed": ({ notice }) =>
    notice.urgencyAllowed
      ? "En cas d’urgence, le délai peut être abrégé pour un motif écrit."
      : "Le délai ne peut pas être abrégé, même en cas d’urgence.",
  "secretBallot.requestShare": ({ secretBallot }) =>
    `Le vote est secret quand ${requirement(secretBallot.requestShare, "at-least")} des sièges présents le demandent.`,
  "secretBallot.remoteAllowed": ({ secretBallot }) =>
    secretBallot.remoteAllowed
      ? "Un siège présent à distance peut prendre part à un vote secret."
      : "Un siège présent à distance ne peut pas prendre part à un vote secret.",
  "remoteAttendance.allowed": ({ remoteAttendance }) =>
    remoteAttendance.allowed
      ? "Un membre peut siéger à distance, par visioconférence."
      : "La présence à distance n’est pas admise : on siège dans la salle.",
  departmentSeat: ({ departmentSeat }) => DEPARTMENT_SEAT[departmentSeat],
  "writtenConsultation.allowed": ({ writtenConsultation }) =>
    writtenConsultation.allowed
      ? "Entre deux séances, le comité peut être consulté par écrit ; la séance suivante confirme ou non le résultat."
      : "La consultation écrite entre deux séances n’est pas admise.",
  "writtenConsultation.minimumDays": ({ writtenConsultation }) =>
    `Une consultation écrite reste ouverte au moins ${count(writtenConsultation.minimumDays, "jour", "jours")}.`,
  "rhythm.meetingsPerYear": ({ rhythm }) =>
    `Le comité se réunit au moins ${count(rhythm.meetingsPerYear, "fois", "fois")} par an.`,
  "rhythm.onePerQuarter": ({ rhythm }) =>
    rhythm.onePerQuarter
      ? "Il se réunit au moins une fois par trimestre civil."
      : "Ses séances se répartissent librement dans l’année.",
  "rhythm.inquorateMeetingsCount": ({ rhythm }) =>
    rhythm.inquorateMeetingsCount
      ? "Une séance qui n’a jamais atteint son quorum compte parmi les séances tenues."
      : "Une séance qui n’a jamais atteint son quorum ne compte pas parmi les séances tenues.",
  "minutes.publicationDays": ({ minutes }) =>
    `Le procès-verbal est publié dans les ${count(minutes.publicationDays, "jour", "jours")} qui suivent son adoption.`,
};

export function describeSetting(key: RulesKey, rules: RulesContent): string {
  return SENTENCES[key](rules);
}

/** Which part of the rules a setting belongs to. */
export function partOf(key: RulesKey): keyof RulesContent {
  const [part] = key.split(".");
  return part as keyof RulesContent;
}

/** « CASF, art. R.123-17, par analogie », « Convention, art. 7 », or that the committee chooses freely. */
export function describeSource(source: LegalSource | null): string {
  if (source === null) return "Choix libre du comité : aucun texte ne le règle.";
  return source.standing === "model"
    ? `Source${NBSP}: ${source.reference}, par analogie.`
    : `Source${NBSP}: ${source.reference}.`;
}

export const RULES_NOT_ADOPTED =
  "Règles par défaut (CASF, art. R.123-16 à R.123-18, par analogie), non adoptées par le comité.";
