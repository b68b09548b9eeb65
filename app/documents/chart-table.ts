import type { CsvCell } from "./csv";
import { formatMark, READING_WORDS, type ChartModel, type Reading, type TrendPoint } from "./chart-model";

/** A chart as the table that stands beside it, and in its file. `values`: the same cells for machines. */
export type ChartTable = {
  readonly columns: readonly string[];
  readonly rows: readonly ChartTableRow[];
};
export type ChartTableRow = {
  readonly label: string;
  readonly cells: readonly string[];
  readonly values: readonly CsvCell[];
};

/** Every figure of the chart, in words and in numbers. The population behind a distribution is told by its quartiles. */
export function tableOfChart({ data, quantity, period }: ChartModel): ChartTable {
  const row = (label: string, readings: readonly Reading[]): ChartTableRow => ({
    label,
    cells: readings.map((reading) => formatMark(reading, quantity)),
    values: readings.map(csvValue),
  });
  switch (data.kind) {
    case "trend": {
      const points = data.series.flatMap((series) => series.points).toSorted((a, b) => a.year - b.year);
      const periods = [...new Set(points.map(({ period }) => period))];
      return {
        columns: ["Territoire", ...periods.map((period) => periodHeading(period, points))],
        rows: data.series.map((series) =>
          row(
            series.place.label,
            periods.map((wanted) => series.points.find(({ period }) => period === wanted)?.reading ?? MISSING),
          ),
        ),
      };
    }
    case "comparison":
    case "map":
      return {
        columns: ["Territoire", period],
        rows: data.rows.map(({ place, reading }) => row(place.label, [reading])),
      };
    case "distribution":
      return {
        columns: ["Territoire", period],
        rows: [
          ...data.marks.map(({ place, reading }) => row(place.label, [reading])),
          ...quartilesOf(data.values).map(({ label, value }) =>
            row(`${label}, ${data.populationLabel}`, [{ status: "value", value }]),
          ),
        ],
      };
    case "ages":
      return {
        columns: ["Âge", ...data.places.map(({ label }) => label)],
        rows: data.bands.map(({ label, shares }) => row(label, shares)),
      };
  }
}

const MISSING: Reading = { status: "missing" };

function csvValue(reading: Reading): CsvCell {
  return reading.status === "value" ? reading.value : READING_WORDS[reading.status];
}

/** A period that follows a change of method says so: « 2023 (autre méthode) ». */
function periodHeading(period: string, points: readonly TrendPoint[]): string {
  const scheme = points.find((point) => point.period === period)?.scheme;
  return scheme === points[0]?.scheme ? period : `${period} (autre méthode)`;
}

export type Quartile = { readonly label: string; readonly value: number };

/** First quartile, median and third quartile by linear interpolation; nothing under four values. */
export function quartilesOf(values: readonly number[]): readonly Quartile[] {
  if (values.length < 4) return [];
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const position = (sorted.length - 1) * share;
    const below = sorted[Math.floor(position)] ?? 0;
    return below + ((sorted[Math.ceil(position)] ?? below) - below) * (position - Math.floor(position));
  };
  return [
    { label: "Premier quartile", value: at(0.25) },
    { label: "Médiane", value: at(0.5) },
    { label: "Troisième quartile", value: at(0.75) },
  ];
}
