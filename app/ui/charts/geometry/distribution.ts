import { bin, extent, max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { quartilesOf } from "~/documents/chart-table";
import type { ChartPlace, DistributionData } from "~/documents/chart-model";

export type DistributionLayout = {
  readonly width: number;
  readonly height: number;
  readonly baseline: number;
  readonly columns: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly quartiles: readonly { readonly label: string; readonly x: number; readonly value: number }[];
  readonly marks: readonly DistributionMark[];
  readonly ticks: readonly { readonly x: number; readonly value: number }[];
};
/** `lane`: the row under the axis where its label stands without touching another. */
export type DistributionMark = {
  readonly place: ChartPlace;
  readonly value: number;
  readonly x: number;
  readonly lane: number;
  readonly labelX: number;
  readonly anchor: "start" | "end";
};

export const DISTRIBUTION = { top: 34, columns: 84, axis: 22, lane: 18, bins: 30 } as const;

/** Average width of a letter at the size of labels. */
const LETTER = 6.6;

/**
 * How many places lie where (columns), and where ours lie (marks under the axis). The axis runs over the central 98 % of the population
 * and all of our marks, so that one extreme does not flatten the rest; what lies beyond stands in the outer columns.
 * @param write the label of a mark, to know its length
 */
export function layoutDistribution(
  data: DistributionData,
  width: number,
  write: (place: ChartPlace, value: number) => string,
): DistributionLayout {
  const marked = data.marks.flatMap(({ place, reading }) =>
    reading.status === "value" ? [{ place, value: reading.value }] : [],
  );
  const sorted = data.values.toSorted((a, b) => a - b);
  const core = sorted.slice(Math.floor(sorted.length * 0.01), Math.ceil(sorted.length * 0.99));
  const [low = 0, high = 1] = extent([...core, ...marked.map(({ value }) => value)]) as [number?, number?];
  const scale = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .nice(8)
    .range([6, width - 6]);
  const [from = 0, to = 1] = scale.domain();
  const clamp = (value: number): number => Math.min(to, Math.max(from, value));
  const bins = bin().domain([from, to]).thresholds(scale.ticks(DISTRIBUTION.bins))(sorted.map(clamp));
  const tallest = max(bins, ({ length }) => length) ?? 1;
  const baseline = DISTRIBUTION.top + DISTRIBUTION.columns;
  const marks = placeInLanes(
    marked.map(({ place, value }) => ({ place, value, x: round(scale(value)), text: write(place, value) })),
    width,
  );
  const lanes = marks.reduce((count, { lane }) => Math.max(count, lane + 1), 0);
  return {
    width,
    height: baseline + DISTRIBUTION.axis + 6 + lanes * DISTRIBUTION.lane + 4,
    baseline,
    columns: bins.flatMap((column) => {
      if (column.length === 0) return [];
      const [left, right] = [scale(column.x0 ?? from), scale(column.x1 ?? to)];
      const height = (column.length / tallest) * DISTRIBUTION.columns;
      return [
        {
          x: round(left),
          y: round(baseline - height),
          width: round(Math.max(0.5, right - left - 1)),
          height: round(height),
        },
      ];
    }),
    quartiles: quartilesOf(sorted).map(({ label, value }) => ({ label, value, x: round(scale(clamp(value))) })),
    marks,
    ticks: scale.ticks(4).map((value) => ({ value, x: round(scale(value)) })),
  };
}

type Labelled = { readonly place: ChartPlace; readonly value: number; readonly x: number; readonly text: string };

/**
 * Each label in the first lane where it touches no other and no line on its way down crosses it: it stands under the marks that it passes by, so
 * the rightmost comes first. Near the right edge a label runs to the left, and those come before, from left to right.
 */
export function placeInLanes(marks: readonly Labelled[], width: number): readonly DistributionMark[] {
  const labels = marks
    .map(({ place, value, x, text }) => {
      const length = text.length * LETTER;
      return x + 8 + length > width
        ? ({ place, value, x, anchor: "end", labelX: x - 8, from: x - 8 - length, to: x + 4 } as const)
        : ({ place, value, x, anchor: "start", labelX: x + 8, from: x - 4, to: x + 8 + length } as const);
    })
    .toSorted((a, b) => a.x - b.x);
  const leftward = labels.filter(({ anchor }) => anchor === "end");
  const rightward = labels.filter(({ anchor }) => anchor === "start").toReversed();
  const lanes = new Map<(typeof labels)[number], number>();
  for (const label of [...leftward, ...rightward]) {
    let lane = 0;
    const isTaken = () =>
      [...lanes].some(
        ([other, taken]) =>
          (taken === lane && other.from < label.to && other.to > label.from) ||
          (taken >= lane && other.x > label.from && other.x < label.to),
      );
    while (isTaken()) lane += 1;
    lanes.set(label, lane);
  }
  return labels.map((label) => {
    const { place, value, x, labelX, anchor } = label;
    return { place, value, x, lane: lanes.get(label) ?? 0, labelX, anchor };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
