import type { Fraction } from "./rules";

export type Comparison = "more-than" | "at-least";

/**
 * The smallest whole number that satisfies « plus de » or « au moins » the share of a base, in integer arithmetic.
 * More than 1/2 of 6 is 4; at least 1/3 of 7 is 3. Never under 1: an empty base is satisfied by nobody.
 * @param base a whole number, >= 0
 */
export function thresholdOf(base: number, share: Fraction, comparison: Comparison): number {
  const product = base * share.numerator;
  const remainder = product % share.denominator;
  const floor = (product - remainder) / share.denominator;
  const threshold = comparison === "more-than" || remainder > 0 ? floor + 1 : floor;
  return Math.max(1, threshold);
}

/** « La majorité » in the plain sense: more than one half. */
export function isSimpleMajority(share: Fraction, comparison: Comparison): boolean {
  return comparison === "more-than" && share.numerator * 2 === share.denominator;
}
