import type { Apportionment, Share } from "~/domain/apportionment/split-by-weight";
import type { Cents } from "~/domain/kernel/money";
import { composeCsv, type CsvCell } from "./csv";
import { count, formatCents, NBSP, NNBSP } from "./french";

/** The sheet with which a treasurer redoes an apportionment by hand, step by step. */
export type ProofSheet = {
  readonly title: string;
  /** Where the weights come from, a line each. */
  readonly sources: readonly string[];
  /** « habitants », « parts », « poids ». */
  readonly weightName: string;
  readonly steps: readonly string[];
  readonly rows: readonly ProofRow[];
  readonly totals: {
    readonly totalCents: Cents;
    readonly totalWeight: string;
    readonly floorCents: number;
    readonly extraCents: number;
  };
  /** Recounted from the shares, not taken from the calculation. */
  readonly check: { readonly holds: boolean; readonly sentence: string };
};

export type ProofRow = {
  readonly id: string;
  readonly label: string;
  readonly weight: number;
  /** « 400 000 × 10 376 / 23 371 », in cents. */
  readonly fraction: string;
  /** The quotient in cents, cut (not rounded) after six decimals: « 177 587,608574 ». */
  readonly quotient: string;
  readonly floorCents: Cents;
  /** « 14 223 / 23 371 » */
  readonly remainder: string;
  readonly rank: number;
  /** « +1 », « −1 » or nothing. */
  readonly extraCent: string;
  readonly cents: Cents;
};

export type ProofSheetSubject = {
  readonly title: string;
  readonly sources: readonly string[];
  readonly weightName: string;
  /** Names to show; an id without a name shows as itself. */
  readonly labels: ReadonlyMap<string, string>;
  readonly apportionment: Apportionment;
};

export const TIE_RULE = `À restes égaux, le centime va à l’identifiant qui vient le premier dans l’ordre croissant des caractères : celui des lignes du calcul.`;

const DECIMALS = 6;

/** The steps, the rows in ascending id and the recount. Whole numbers only, however large. */
export function composeProofSheet({ apportionment, labels, ...subject }: ProofSheetSubject): ProofSheet {
  const { shares, totalCents, totalWeight, extraCents } = apportionment;
  const recounted = shares.reduce((sum, { cents }) => sum + cents, 0);
  const floorCents = shares.reduce((sum, share) => sum + share.floorCents, 0);
  const holds = recounted === totalCents;
  const unit = totalCents < 0 ? "retiré" : "ajouté";
  return {
    ...subject,
    steps: [
      `Quotient${NBSP}: total en centimes × ${subject.weightName} du membre / somme des ${subject.weightName} (${groupDigits(totalWeight)}).`,
      `Chaque membre reçoit d’abord les centimes entiers de son quotient${NBSP}: ${groupDigits(String(floorCents))} en tout.`,
      extraCents === 0
        ? `Il ne reste aucun centime à répartir.`
        : `${count(extraCents, "centime restant est", "centimes restants sont")} ${unit}${extraCents > 1 ? "s" : ""}, un par membre, aux plus forts restes.`,
      TIE_RULE,
    ],
    rows: shares.map((share) => composeRow(share, labels.get(share.id) ?? share.id, totalCents)),
    totals: { totalCents, totalWeight, floorCents, extraCents },
    check: {
      holds,
      sentence: `Contrôle${NBSP}: la somme des parts est ${formatCents(recounted as Cents)}, le total à répartir est ${formatCents(totalCents)}${NBSP}: ${holds ? "égalité exacte" : "ÉCART"}.`,
    },
  };
}

function composeRow(share: Share, label: string, totalCents: Cents): ProofRow {
  const { id, weight, quotient, floorCents, remainder, rank, hasExtraCent, cents } = share;
  return {
    id,
    label,
    weight,
    fraction: `${groupDigits(String(totalCents))} × ${groupDigits(String(weight))} / ${groupDigits(quotient.denominator)}`,
    quotient: formatQuotient(BigInt(quotient.numerator), BigInt(quotient.denominator)),
    floorCents,
    remainder: `${groupDigits(remainder)} / ${groupDigits(quotient.denominator)}`,
    rank,
    extraCent: hasExtraCent ? (totalCents < 0 ? "−1" : "+1") : "",
    cents,
  };
}

/** A fraction as a decimal cut after six places, in whole numbers. */
function formatQuotient(numerator: bigint, denominator: bigint): string {
  const absolute = numerator < 0n ? -numerator : numerator;
  const scaled = (absolute * 10n ** BigInt(DECIMALS)) / denominator;
  const digits = String(scaled).padStart(DECIMALS + 1, "0");
  return `${numerator < 0n ? "−" : ""}${groupDigits(digits.slice(0, -DECIMALS))},${digits.slice(-DECIMALS)}`;
}

/** « 1 234 567 » from the digits of an integer of any size. */
function groupDigits(text: string): string {
  const isNegative = text.startsWith("-");
  const grouped = (isNegative ? text.slice(1) : text).replace(/\B(?=(\d{3})+(?!\d))/g, NNBSP);
  return isNegative ? `−${grouped}` : grouped;
}

/** The sheet as plain text, columns aligned, for a terminal or a printer. */
export function composeProofText(sheet: ProofSheet): string {
  const heading = [
    ...["Membre", sheet.weightName, "Fraction exacte (centimes)", "Quotient (centimes)"],
    ...["Entier", "Reste", "Rang", "Centime", "Part"],
  ];
  const rows = sheet.rows.map((row) => [
    ...[row.label, groupDigits(String(row.weight)), row.fraction, row.quotient],
    ...[groupDigits(String(row.floorCents)), row.remainder, String(row.rank), row.extraCent, formatCents(row.cents)],
  ]);
  const { totals } = sheet;
  const last = [
    ...["Total", groupDigits(totals.totalWeight), "", "", groupDigits(String(totals.floorCents)), "", ""],
    ...[totals.extraCents === 0 ? "" : String(totals.extraCents), formatCents(totals.totalCents)],
  ];
  const lines = alignColumns([heading, ...rows, last]);
  return [
    sheet.title,
    ...sheet.sources,
    "",
    ...lines.slice(0, -1),
    "-".repeat(Math.max(...lines.map((line) => line.length))),
    ...lines.slice(-1),
    "",
    ...sheet.steps.map((step, index) => `${index + 1}. ${step}`),
    sheet.check.sentence,
    "",
  ].join("\n");
}

function alignColumns(cells: readonly (readonly string[])[]): readonly string[] {
  const widths = (cells[0] ?? []).map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, (row[column] ?? "").length), 0),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** The sheet as a table for a spreadsheet: one row per member, then the total. */
export function composeProofCsv(sheet: ProofSheet): string {
  const { totals } = sheet;
  const source = sheet.sources.join(" ; ");
  const heading = [
    ...["membre", "identifiant", "poids", "somme_des_poids", "total_centimes", "quotient_centimes"],
    ...["entier_centimes", "reste", "rang", "centime_de_plus", "part_centimes", "part_euros", "source_des_poids"],
  ];
  const rows = sheet.rows.map((row): readonly CsvCell[] => [
    ...[row.label, row.id, row.weight, totals.totalWeight, totals.totalCents, plain(row.quotient), row.floorCents],
    ...[plain(row.remainder).split("/")[0] ?? "", row.rank, row.extraCent === "" ? 0 : totals.totalCents < 0 ? -1 : 1],
    ...[row.cents, row.cents / 100, source],
  ]);
  const signedExtra = totals.totalCents < 0 ? 0 - totals.extraCents : totals.extraCents;
  const last: readonly CsvCell[] = [
    ...["Total", null, totals.totalWeight, totals.totalWeight, totals.totalCents, null, totals.floorCents],
    ...[null, null, signedExtra, totals.totalCents, totals.totalCents / 100, source],
  ];
  return composeCsv(heading, [...rows, last]);
}

/** Digits that a spreadsheet reads: no thousands separator. */
function plain(text: string): string {
  return text.replaceAll(NNBSP, "").replaceAll(" ", "");
}
