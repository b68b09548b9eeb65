import { scaleLinear } from "d3-scale";
import { valueOf, type AgesData, type ChartPlace, type Reading } from "~/documents/chart-model";

export type AgeBar = {
  readonly place: ChartPlace;
  readonly rank: number;
  readonly reading: Reading;
  readonly y: number;
  readonly length: number;
};
export type AgeRow = { readonly label: string; readonly y: number; readonly bars: readonly AgeBar[] };
export type AgesLayout = {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly AgeRow[];
  readonly labelWidth: number;
};

export const AGE_ROW = { bar: 15, gap: 3, between: 12, label: 100, value: 58 } as const;

/** One row per band, oldest first as in a pyramid, the place and those it is compared with under each other. */
export function layoutAges({ places, bands }: AgesData, width: number): AgesLayout {
  const values = bands.flatMap(({ shares }) => shares.flatMap((share) => valueOf(share) ?? []));
  const scale = scaleLinear()
    .domain([0, Math.max(1, ...values)])
    .range([0, width - AGE_ROW.label - AGE_ROW.value]);
  const rowHeight = places.length * (AGE_ROW.bar + AGE_ROW.gap) + AGE_ROW.between;
  return {
    width,
    height: bands.length * rowHeight,
    labelWidth: AGE_ROW.label,
    rows: bands.toReversed().map(({ label, shares }, index) => ({
      label,
      y: index * rowHeight,
      bars: places.map((place, rank) => {
        const reading = shares[rank] ?? ({ status: "missing" } as const);
        return {
          place,
          rank,
          reading,
          y: index * rowHeight + rank * (AGE_ROW.bar + AGE_ROW.gap),
          length: Math.round(scale(valueOf(reading) ?? 0) * 10) / 10,
        };
      }),
    })),
  };
}
