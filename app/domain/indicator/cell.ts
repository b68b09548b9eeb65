import { grant, refuse, type Decision } from "../kernel/decision";
import { parseEuros } from "../kernel/money";
import type { CellRef, Formula, Unit } from "./dictionary";

/**
 * The five states of a figure, never mixed up: a value above zero, a zero that was counted, what the CCAS does not do, what it could not count, and
 * what it counted but keeps to itself. A cell that nobody filled has none of them.
 */
export const CELL_STATES = ["value", "zero", "not-applicable", "not-known", "not-released"] as const;
export type CellState = (typeof CELL_STATES)[number];

export type CellContent =
  | { readonly state: "value"; /** Units, or cents. Above zero. */ readonly value: number }
  | { readonly state: "zero" | "not-applicable" | "not-known" | "not-released" };

/** The figure that a content stands for: null when there is none. What does not apply counts for nothing in a sum. */
export function figureOf(content: CellContent): number | null {
  if (content.state === "value") return content.value;
  return content.state === "zero" ? 0 : null;
}

/** What people may write instead of a number, in a form or a file. */
export const STATE_WORDS: Record<Exclude<CellState, "value" | "zero">, readonly string[]> = {
  "not-applicable": ["sans objet", "so"],
  "not-known": ["non connu", "nc"],
  "not-released": ["non communiqué", "nd"],
};

export type TypedRefusal =
  "empty" | "formula" | "not-a-number" | "not-whole" | "negative" | "too-large" | "too-precise";

/** Beyond it, a typing error is more likely than a year of a CCAS. */
const LARGEST_COUNT = 1_000_000;
/** Either no space among the digits, or groups of three. */
const WHOLE = /^(\d{1,3}(?: \d{3})+|\d+)$/;

/**
 * Reads what was typed in one cell: « 1 200 » (spaces of any width group thousands), « 0 », « 12,50 » for an amount, « sans objet », « non connu », « non communiqué »
 * or their short forms SO, NC, ND. Half a person, a negative count, a formula and what could be read two ways are refused, never rounded nor guessed.
 */
export function readTyped(typed: string, unit: Unit): Decision<CellContent, TypedRefusal> {
  const text = typed.replace(/\s+/g, " ").trim();
  if (text === "") return refuse("empty");
  if (text.startsWith("=")) return refuse("formula");
  const word = fold(text);
  for (const [state, words] of Object.entries(STATE_WORDS))
    if (words.some((each) => fold(each) === word))
      return grant({ state: state as Exclude<CellState, "value" | "zero"> });
  const number = unit === "euros" ? readAmount(text) : readCount(text);
  if (!number.ok) return number;
  return grant(number.value === 0 ? { state: "zero" } : { state: "value", value: number.value });
}

function readAmount(text: string): Decision<number, TypedRefusal> {
  const cents = parseEuros(text);
  if (!cents.ok) {
    if (cents.refusal === "amount-too-large") return refuse("too-large");
    return refuse(cents.refusal === "amount-too-precise" ? "too-precise" : "not-a-number");
  }
  return cents.value < 0 ? refuse("negative") : grant(cents.value);
}

function readCount(text: string): Decision<number, TypedRefusal> {
  if (/^[-\u2212] ?\d/.test(text)) return refuse("negative");
  if (/^\d[\d ]*[.,]\d+$/.test(text)) return refuse("not-whole");
  if (!WHOLE.test(text)) return refuse("not-a-number");
  const value = Number(text.replace(/ /g, ""));
  return value > LARGEST_COUNT ? refuse("too-large") : grant(value);
}

/** Without capitals nor accents. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");

/** As a person would type it back. */
export function writeTyped(content: CellContent, unit: Unit): string {
  switch (content.state) {
    case "value":
      return unit === "euros"
        ? `${Math.floor(content.value / 100)},${String(content.value % 100).padStart(2, "0")}`
        : String(content.value);
    case "zero":
      return "0";
    default:
      return STATE_WORDS[content.state][0] ?? "";
  }
}

/**
 * A derived figure: a ratio times `per` (amounts counted in euros, not in cents, are for whoever shows it), or a sum. Null as soon as one part has no figure,
 * or the denominator is zero: a percentage falls with its parts. What does not apply counts for nothing in a sum, and for no figure in a ratio.
 */
export function computeFormula(formula: Formula, read: (ref: CellRef) => CellContent | null): number | null {
  if (formula.kind === "sum") {
    let sum = 0;
    for (const term of formula.terms) {
      const content = read(term);
      if (content?.state === "not-applicable") continue;
      const figure = content === null ? null : figureOf(content);
      if (figure === null) return null;
      sum += figure;
    }
    return sum;
  }
  const [above, below] = [read(formula.numerator), read(formula.denominator)];
  const [numerator, denominator] = [above && figureOf(above), below && figureOf(below)];
  if (numerator === null || denominator === null || denominator === 0) return null;
  return (numerator / denominator) * formula.per;
}
