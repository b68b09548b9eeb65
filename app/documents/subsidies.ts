import type { Cents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { SubsidyNature } from "~/domain/subsidy/subsidy";
import { formatCents, formatDate, NBSP } from "./french";

/** What a line of the open data of subsidies needs. */
export type PublishedSubsidy = {
  readonly funder: string;
  readonly funderSiret: string;
  readonly agreedOn: PlainDate;
  readonly reference: string;
  readonly beneficiary: string;
  readonly beneficiarySiret: string;
  readonly object: string;
  readonly amount: Cents;
  readonly nature: SubsidyNature;
  readonly conditions: string;
  /** Null: the whole of the year that follows the agreement is given as the period. */
  readonly paidOn: PlainDate | null;
  readonly periodEndsOn: PlainDate;
};

/** Source: SCDL « Subventions » 2.1.1, in its order. */
export const SCDL_COLUMNS = [
  ...["nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire"],
  ...["rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE"],
  ...["notificationUE", "pourcentageSubvention", "dispositifAide"],
] as const;

const NATURES: Record<SubsidyNature, string> = {
  cash: "aide en numéraire",
  "in-kind": "aide en nature",
  "cash-and-in-kind": "aide en numéraire;aide en nature",
};

const LONGEST = 256;
/** What a spreadsheet would run. The open-data table keeps its meaning: only texts that people typed can start so. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Commas, UTF-8 without a mark, a dot for decimals and ISO dates: what the schema's validator reads. */
export function composeScdlSubsidies(subsidies: readonly PublishedSubsidy[]): string {
  const rows = subsidies.map((subsidy) => [
    subsidy.funder,
    subsidy.funderSiret,
    subsidy.agreedOn,
    subsidy.reference,
    subsidy.beneficiary,
    subsidy.beneficiarySiret,
    "",
    subsidy.object.slice(0, LONGEST),
    formatAmount(subsidy.amount),
    NATURES[subsidy.nature],
    subsidy.conditions.slice(0, LONGEST),
    subsidy.paidOn ?? `${subsidy.agreedOn}/${subsidy.periodEndsOn}`,
    "",
    "non",
    "1.00",
    "",
  ]);
  return [SCDL_COLUMNS, ...rows].map((cells) => `${cells.map(composeCell).join(",")}\r\n`).join("");
}

function formatAmount(cents: Cents): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

function composeCell(cell: string): string {
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The mail that tells the Département what another funder answered. Source: Convention with the Département, art. VI. */
export function composeFunderAnswer(answer: {
  readonly networkName: string;
  readonly funder: string;
  readonly object: string;
  readonly requested: Cents;
  /** Null: the funder declined. */
  readonly granted: Cents | null;
  readonly on: PlainDate;
}): { readonly subject: string; readonly text: string } {
  const { networkName, funder, object, requested, granted, on } = answer;
  const outcome =
    granted === null
      ? `${funder} a refusé, le ${formatDate(on)}, les ${formatCents(requested)} demandés.`
      : `${funder} a accordé ${formatCents(granted)} le ${formatDate(on)}, pour ${formatCents(requested)} demandés.`;
  return {
    subject: `Cofinancement${NBSP}: réponse de ${funder}`,
    text: [
      ...["Bonjour,", ""],
      `Le réseau ${networkName} informe le Département de la réponse d’un autre financeur.`,
      "",
      `Objet de la demande${NBSP}: ${object}`,
      outcome,
    ].join("\n"),
  };
}
