import { statusOf, type FigureStatus } from "~/domain/observatory/figure";

const NUMBER = /^(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/;
/** What producers write where they do not release a figure; an empty cell says the same. */
const WITHHELD: ReadonlySet<string> = new Set(["", "s", "nd", "n.d.", "c", "///", "so", "secret"]);

export type CellValue = { readonly status: FigureStatus; readonly value: number | null };

const SECRET: CellValue = { status: "secret", value: null };
export const MISSING: CellValue = { status: "missing", value: null };

/** A cell with a dot or a comma, whatever the other cells of its line use; null when it is neither a number nor a known mark. No figure is negative. */
export function readCell(text: string): CellValue | null {
  const cell = text.trim();
  if (NUMBER.test(cell)) {
    const value = Number(cell.replace(",", ".").replace(/[ \u00a0\u202f]/g, ""));
    return { status: statusOf(value), value };
  }
  return WITHHELD.has(cell.toLowerCase()) ? SECRET : null;
}

const COMMUNE = /^(?:0[1-9]|[1-9]\d|2[AB])\d{3}$/;

/** « 1001 » has lost its zero; « 2a004 » is Corsican. Null when it is no commune's code. */
export function readCommuneCode(text: string): string | null {
  const code = text.trim().toUpperCase().padStart(5, "0");
  return COMMUNE.test(code) ? code : null;
}

/** « Région », « REGION » and « region » are one name. */
export function plainName(cell: string): string {
  return cell
    .normalize("NFD")
    .replace(/[\u0300-\u036f\ufeff]/g, "")
    .replace(/[’']/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toUpperCase();
}

export function indexNames(heading: readonly string[]): ReadonlyMap<string, number> {
  return new Map(heading.map((cell, at) => [plainName(cell), at]));
}
