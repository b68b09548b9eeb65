import { firstYearOf } from "../observatory/figure";
import { findBreak, type Indicator } from "../observatory/indicator";
import type { IndicatorPoint } from "../observatory/compute";

export type Movement = {
  readonly from: { readonly period: string; readonly value: number };
  readonly to: { readonly period: string; readonly value: number };
  readonly direction: "up" | "down" | "stable";
};

/** INSEE advises to compare census years at least five apart. */
const YEARS_BACK = 5;
/** « Stable »: less than this share of the earlier value, or of one point for a percentage. */
const STABLE_SHARE = 0.01;
const STABLE_POINTS = 0.3;

/**
 * How a figure moved: from the oldest released period within five years to `until` (the latest when null), never across a break in the
 * series. Null when fewer than two periods can be compared, or when the latest one is not released.
 */
export function findMovement(
  indicator: Pick<Indicator, "breaks" | "unit">,
  points: readonly Pick<IndicatorPoint, "period" | "value">[],
  until: string | null = null,
): Movement | null {
  const sorted = points.toSorted((a, b) => (a.period < b.period ? -1 : 1));
  const to = until === null ? sorted.at(-1) : sorted.find(({ period }) => period === until);
  if (!to || to.value === null) return null;
  const last = { period: to.period, value: to.value };
  const earlier = sorted.flatMap(({ period, value }) =>
    value !== null &&
    period < last.period &&
    firstYearOf(last.period) - firstYearOf(period) <= YEARS_BACK &&
    findBreak(indicator, period, last.period) === undefined
      ? [{ period, value }]
      : [],
  );
  const [from] = earlier;
  if (!from) return null;
  return { from, to: last, direction: directionOf(from.value, last.value, indicator.unit) };
}

function directionOf(from: number, to: number, unit: string): Movement["direction"] {
  const limit = unit.startsWith("%") ? STABLE_POINTS : Math.abs(from) * STABLE_SHARE;
  // Sums of floating numbers differ in their last digits.
  if (Math.abs(to - from) <= limit + 1e-9) return "stable";
  return to > from ? "up" : "down";
}
