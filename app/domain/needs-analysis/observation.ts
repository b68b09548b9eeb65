import type { ThemeCode } from "../observatory/indicator";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";

/** Who observes: kinds of partners, never persons. */
export const PARTNER_KINDS = {
  ccas: "CCAS",
  department: "Département",
  state: "Service de l’État",
  benefits: "CAF, MSA, assurance maladie ou retraite",
  employment: "Emploi et insertion",
  education: "École, collège, petite enfance",
  health: "Soins et médico-social",
  housing: "Logement et hébergement",
  association: "Association",
  inhabitants: "Habitant·es réuni·es",
  other: "Autre partenaire",
} as const;
export type PartnerKind = keyof typeof PARTNER_KINDS;

export const isPartnerKind = (text: string): text is PartnerKind => Object.hasOwn(PARTNER_KINDS, text);

/** What the field says, dated, by an office. A general statement: nothing of a person or a household. */
export type Observation = {
  readonly id: string;
  readonly observedOn: PlainDate;
  readonly partnerKind: PartnerKind;
  /** « Pôle solidarité du CCAS de Blain » */
  readonly office: string;
  readonly theme: ThemeCode;
  /** INSEE code, or null for the whole territory. */
  readonly communeCode: string | null;
  readonly text: string;
};

/** Decided by the lead CCAS: only then is it read beyond whoever wrote it and the secretariat. */
export type ObservationOutcome = "members" | "public" | "rejected";
export type ObservationStanding = "proposed" | ObservationOutcome;

export const OBSERVATION_LIMITS = { text: 3_000, office: 160, note: 500 } as const;

export type ObservationRefusal = "observed-in-the-future" | "commune-unknown" | "names-someone";

/**
 * Marks of a person in a text: a title before a name, a date of birth, a telephone, an address of mail, a social security number. A text
 * without them may still name someone: the lead's reading remains.
 */
const PERSONAL =
  /(?<!\p{L})(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+\p{Lu}|(?<!\d)0[1-9](?:[ .-]?\d{2}){4}(?!\d)|[^\s@]+@[^\s@]+\.[a-z]{2,}|(?<!\d)[12]\s?\d{2}\s?\d{2}\s?\d{2}\s?\d{3}\s?\d{3}(?!\d)|né(?:e|·e)?\s+le\s+\d/iu;

/** May it be recorded? @param communes INSEE codes of the network */
export function checkObservation(
  { observedOn, communeCode, text, office }: Pick<Observation, "observedOn" | "communeCode" | "text" | "office">,
  { today, communes }: { readonly today: PlainDate; readonly communes: readonly string[] },
): Decision<null, ObservationRefusal> {
  if (observedOn > today) return refuse("observed-in-the-future");
  if (communeCode !== null && !communes.includes(communeCode)) return refuse("commune-unknown");
  if (PERSONAL.test(text) || PERSONAL.test(office)) return refuse("names-someone");
  return grant(null);
}
