import type { VariableCode } from "./variables";

export type ThemeCode =
  "population" | "familles" | "revenus" | "emploi" | "logement" | "sante" | "autonomie" | "education" | "numerique";

export const THEMES: Readonly<Record<ThemeCode, string>> = {
  population: "Population et vieillissement",
  familles: "Familles et isolement",
  revenus: "Revenus et pauvreté",
  emploi: "Emploi",
  logement: "Logement",
  sante: "Accès aux soins",
  autonomie: "Autonomie",
  education: "Éducation",
  numerique: "Accès au numérique et aux droits",
};

export type Term = { readonly variable: VariableCode; readonly sign: 1 | -1 };
/** Terms added up: all of one period. */
export type Sum = readonly Term[];

/**
 * How an indicator is made. Sums are given in order of preference: the first one whose terms all exist in the period is taken.
 * - `count`: additive over communes.
 * - `rate`: numerator and denominator are both summed over communes, then divided, times `per`. `denominatorPeriod` « latest »: the most
 *   recent denominator that is not after the numerator (a surface, the census before a count of benefits).
 * - `published`: only where the producer published it (median, D9/D1, accessibility). Never added, never averaged.
 * - `change`: relative change of an additive variable over exactly `years` years, in %.
 */
export type Formula =
  | { readonly kind: "count"; readonly sums: readonly Sum[] }
  | {
      readonly kind: "rate";
      readonly numerators: readonly Sum[];
      readonly denominators: readonly Sum[];
      readonly per: number;
      readonly denominatorPeriod: "same" | "latest";
    }
  | { readonly kind: "published"; readonly variable: VariableCode }
  | { readonly kind: "change"; readonly variable: VariableCode; readonly years: number };

/** No line is drawn from a period up to `before` to one from `after` on. */
export type ComparabilityBreak = { readonly before: string; readonly after: string; readonly reason: string };

export type Indicator = {
  /** Part of addresses: permanent. */
  readonly code: string;
  readonly theme: ThemeCode;
  readonly label: string;
  /** After the number: « % », « habitants », « € par an ». */
  readonly unit: string;
  /** Digits after the comma when shown. */
  readonly decimals: number;
  readonly definition: string;
  readonly formula: Formula;
  /** Numerator and denominator in words; null for what the producer publishes as such. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly source: string;
  /** Is a rise good or bad news for the inhabitants? « neutral » when nobody can say. */
  readonly direction: "up-is-better" | "up-is-worse" | "neutral";
  readonly breaks: readonly ComparabilityBreak[];
  /** What to know before one quotes it. */
  readonly caution: string | null;
};

/** Variables that an indicator reads. */
export function variablesOf({ formula }: Indicator): readonly VariableCode[] {
  switch (formula.kind) {
    case "count":
      return [...new Set(formula.sums.flat().map(({ variable }) => variable))];
    case "rate":
      return [...new Set([...formula.numerators, ...formula.denominators].flat().map(({ variable }) => variable))];
    case "published":
    case "change":
      return [formula.variable];
  }
}

/** Does a line from one period to the next cross a break in the series? */
export function findBreak(
  indicator: Pick<Indicator, "breaks">,
  from: string,
  to: string,
): ComparabilityBreak | undefined {
  return indicator.breaks.find(({ before, after }) => from <= before && to >= after);
}
