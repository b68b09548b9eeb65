import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { ChartPlace, TrendData, TrendPoint, TrendSeries } from "~/documents/chart-model";

/** One panel per place: small multiples on the same years, so that no line hides another. */
export type TrendPanel = {
  readonly place: ChartPlace;
  readonly x: number;
  readonly y: number;
  readonly paths: readonly string[];
  readonly dots: readonly { readonly x: number; readonly y: number; readonly period: string; readonly value: number }[];
  /** Where the producer changed the method: nothing crosses this line. */
  readonly breaks: readonly { readonly x: number; readonly after: number }[];
  readonly secrets: readonly { readonly x: number; readonly period: string }[];
  readonly ends: readonly EndLabel[];
  readonly baseline: number;
  readonly floor: number;
  readonly ceiling: number;
};
export type EndLabel = {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly anchor: "start" | "middle" | "end";
};

export type TrendLayout = {
  readonly width: number;
  readonly height: number;
  readonly panelWidth: number;
  readonly plotHeight: number;
  readonly panels: readonly TrendPanel[];
  readonly years: readonly [number, number];
};

export const TREND_PANEL = { height: 112, top: 38, bottom: 22, side: 8, gap: 14 } as const;

/** @param width of the whole picture; two panels a row, one alone takes it whole */
export function layoutTrend(data: TrendData, width: number): TrendLayout {
  const years = data.series.flatMap(({ points }) => points.map(({ year }) => year));
  const [firstYear = 0, lastYear = firstYear] = extent(years) as [number?, number?];
  const columns = data.series.length > 1 ? 2 : 1;
  const { height, top, bottom, side, gap } = TREND_PANEL;
  const panelWidth = (width - gap * (columns - 1)) / columns;
  const plotHeight = height - top - bottom;
  const toX = scaleLinear()
    .domain(firstYear === lastYear ? [firstYear - 1, firstYear + 1] : [firstYear, lastYear])
    .range([side, panelWidth - side]);
  const shared = domainOf(data.series, data.scale);
  const panels = data.series.map((series, index): TrendPanel => {
    const domain = data.scale === "shared" ? shared : domainOf([series], "own");
    const toY = scaleLinear()
      .domain(domain)
      .range([top + plotHeight, top]);
    const segments = segmentsOf(series.points);
    const draw = line<Measured>()
      .x(({ year }) => round(toX(year)))
      .y(({ value }) => round(toY(value)));
    const dots = segments
      .flat()
      .map(({ year, period, value }) => ({ x: round(toX(year)), y: round(toY(value)), period, value }));
    return {
      place: series.place,
      x: (index % columns) * (panelWidth + gap),
      y: Math.floor(index / columns) * (height + gap),
      paths: segments.filter(({ length }) => length > 1).map((segment) => draw(segment) ?? ""),
      dots,
      breaks: breaksOf(series.points).map(({ after, before }) => ({ x: round(toX((after + before) / 2)), after })),
      secrets: series.points
        .filter(({ reading }) => reading.status === "secret")
        .map(({ year, period }) => ({ x: round(toX(year)), period })),
      ends: endLabels(
        segments,
        (value) => toY(value),
        (year) => toX(year),
        panelWidth,
      ),
      baseline: top + plotHeight,
      floor: domain[0],
      ceiling: domain[1],
    };
  });
  const rows = Math.ceil(panels.length / columns);
  return {
    width,
    height: rows * height + Math.max(0, rows - 1) * gap,
    panelWidth,
    plotHeight,
    panels,
    years: [firstYear, lastYear],
  };
}

export type Measured = {
  readonly period: string;
  readonly year: number;
  readonly value: number;
  readonly scheme: string;
};

/** Runs of released values of one scheme: a gap, a secret or a change of method ends the run. */
export function segmentsOf(points: readonly TrendPoint[]): readonly (readonly Measured[])[] {
  const runs: Measured[][] = [];
  let open = false;
  for (const { period, year, reading, scheme } of points.toSorted((a, b) => a.year - b.year)) {
    if (reading.status !== "value") {
      open = false;
      continue;
    }
    const point = { period, year, value: reading.value, scheme };
    const current = runs.at(-1);
    if (open && current && current[0]?.scheme === scheme) current.push(point);
    else runs.push([point]);
    open = true;
  }
  return runs;
}

/** Neighbouring years whose schemes differ. */
export function breaksOf(
  points: readonly TrendPoint[],
): readonly { readonly after: number; readonly before: number }[] {
  const sorted = points.toSorted((a, b) => a.year - b.year);
  return sorted.flatMap((point, index) => {
    const next = sorted[index + 1];
    return next && next.scheme !== point.scheme ? [{ after: point.year, before: next.year }] : [];
  });
}

/** Rates and medians share a scale that need not start at zero, its ends are written; counts start at zero, each on its own. */
function domainOf(series: readonly TrendSeries[], scale: TrendData["scale"]): [number, number] {
  const values = series.flatMap(({ points }) => segmentsOf(points).flatMap((run) => run.map(({ value }) => value)));
  const [low = 0, high = 1] = extent(values) as [number?, number?];
  const floor = scale === "own" ? Math.min(0, low) : low;
  const [from = 0, to = 1] = scaleLinear()
    .domain(floor === high ? [floor - 1, high + 1] : [floor, high])
    .nice(4)
    .domain();
  return [from, to];
}

/** The first and last value of the place, kept within the panel; never two labels on one point. */
function endLabels(
  segments: readonly (readonly Measured[])[],
  toY: (value: number) => number,
  toX: (year: number) => number,
  width: number,
): readonly EndLabel[] {
  const first = segments[0]?.[0];
  const last = segments.at(-1)?.at(-1);
  if (!first || !last) return [];
  const label = ({ year, value }: Measured, anchor: EndLabel["anchor"]): EndLabel => ({
    x: round(toX(year)),
    y: round(toY(value)),
    value,
    anchor,
  });
  if (first !== last) return [label(first, "start"), label(last, "end")];
  const share = toX(first.year) / width;
  return [label(first, share < 0.25 ? "start" : share > 0.75 ? "end" : "middle")];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
