import { scaleLinear } from "d3-scale";
import type { ComparisonData, PlaceReading } from "~/documents/chart-model";
import { valueOf } from "~/documents/chart-model";

export type ComparisonBar = PlaceReading & {
  readonly y: number;
  /** Left edge and length of the bar; no length for what is not released. */
  readonly x: number;
  readonly length: number;
};

export type ComparisonLayout = {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly ComparisonBar[];
  readonly zero: number;
};

export const COMPARISON_ROW = { height: 40, label: 16, bar: 14 } as const;

/** One row per place, its name above its bar. Bars always start at zero: their lengths are compared. */
export function layoutComparison(
  { rows: all, drawsOwnOnly = false }: Omit<ComparisonData, "kind">,
  width: number,
): ComparisonLayout {
  const rows = drawsOwnOnly ? all.filter(({ place }) => place.kind === "commune" || place.kind === "network") : all;
  const values = rows.flatMap(({ reading }) => (reading.status === "value" ? [reading.value] : []));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const scale = scaleLinear()
    .domain(low === high ? [0, 1] : [low, high])
    .range([0, width]);
  const zero = round(scale(0));
  return {
    width,
    height: rows.length * COMPARISON_ROW.height,
    zero,
    bars: rows.map(({ place, reading }, index) => {
      const end = scale(valueOf(reading) ?? 0);
      return {
        place,
        reading,
        y: index * COMPARISON_ROW.height,
        x: round(Math.min(scale(0), end)),
        length: round(Math.abs(end - scale(0))),
      };
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
