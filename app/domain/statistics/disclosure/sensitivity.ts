import { grant, refuse, type Decision } from "../../kernel/decision";
import type { Need } from "./threat";

export type Audience = "members" | "public";
export const AUDIENCES = ["members", "public"] as const satisfies readonly Audience[];

/**
 * The least number of people behind a figure that may be shown. A network may raise it, never lower it.
 * Source: practice of the French statistical service (11 for figures on persons); binding ground: RGPD and CRPA, art. L. 312-1-2.
 */
export const LOWEST_THRESHOLDS: Readonly<Record<Audience, number>> = { members: 5, public: 11 };

export type SecrecyRules = {
  readonly threshold: number;
  /** A total of which the `largest` biggest contributors make at least `percent` is theirs more than everybody's. */
  readonly dominance: { readonly largest: number; readonly percent: number };
  /** A reader must leave an amount open by at least so much below and above, in percent of it. */
  readonly amountWidthPercent: number;
};

/** Source: INSEE, « Manuel de protection des tableaux »: one contributor of 85 % or more. The width is this portal's choice. */
export function defaultRules(audience: Audience): SecrecyRules {
  return {
    threshold: LOWEST_THRESHOLDS[audience],
    dominance: { largest: 1, percent: 85 },
    amountWidthPercent: 50,
  };
}

/** A threshold as a network asks for it: whole, never under the lowest of its audience, nor under the one that stands. */
export function raiseThreshold(
  audience: Audience,
  standing: number,
  asked: number,
): Decision<number, "not-whole" | "below-lowest" | "below-standing"> {
  if (!Number.isSafeInteger(asked) || asked > 1_000) return refuse("not-whole");
  if (asked < LOWEST_THRESHOLDS[audience]) return refuse("below-lowest");
  if (asked < standing) return refuse("below-standing");
  return grant(asked);
}

export type Measure =
  | { readonly kind: "count"; readonly value: number; readonly isZeroShown: boolean }
  | {
      readonly kind: "amount";
      readonly value: number;
      /** How many people share the amount; null when nobody counted them: it can then not be shown to be enough. */
      readonly people: number | null;
      /** What each contributor that is known apart brings to the amount. */
      readonly contributions: readonly number[];
      readonly isZeroShown: boolean;
    };

export type PrimaryReason = "frequency" | "dominance";

/**
 * Does a figure have to be hidden for what it says by itself? Frequency: fewer people than the threshold; none at all counts as fewer (that nobody was granted
 * an aid is told of everybody), unless the indicator says that a zero may be shown. Dominance, for amounts: the (n, k) rule.
 * Source: INSEE, « Manuel de protection des tableaux »; Hundepool et al., Statistical Disclosure Control (2012), § 4.2.
 */
export function findReason(measure: Measure, rules: SecrecyRules): PrimaryReason | null {
  if (measure.kind === "count") return isTooFew(measure.value, measure.isZeroShown, rules) ? "frequency" : null;
  if (measure.people === null || isTooFew(measure.people, measure.isZeroShown, rules)) return "frequency";
  const { largest, percent } = rules.dominance;
  const biggest = [...measure.contributions].sort((a, b) => b - a).slice(0, largest);
  const theirs = biggest.reduce((sum, part) => sum + part, 0);
  const isDominated = measure.contributions.length > 0 && theirs * 100 >= measure.value * percent && measure.value > 0;
  return isDominated ? "dominance" : null;
}

function isTooFew(people: number, isZeroShown: boolean, rules: SecrecyRules): boolean {
  return people === 0 ? !isZeroShown : people < rules.threshold;
}

/** The least that anybody knows a hidden figure to be: where zeros are shown, what is hidden is no zero. */
export function floorOf(measure: Measure): number {
  return measure.isZeroShown && measure.kind === "count" ? 1 : 0;
}

/**
 * How open a sensitive figure has to stay. A count: from the least that a hidden one can be up to the threshold, so that a reader can't even tell whether it is
 * sensitive; the interval does not depend on the value, so it tells nothing of it. An amount: by its width, below and above.
 */
export function needOf(cell: string, measure: Measure, rules: SecrecyRules): Need {
  if (measure.kind === "count")
    return { cell, low: Math.min(floorOf(measure), measure.value), high: Math.max(rules.threshold, measure.value) };
  const width = Math.ceil((measure.value * rules.amountWidthPercent) / 100);
  return { cell, low: Math.max(0, measure.value - width), high: measure.value + Math.max(width, 1) };
}
