import type { IndicatorPoint } from "~/domain/observatory/compute";
import { firstYearOf, type DatasetHead, type DatasetId } from "~/domain/observatory/figure";
import { findBreak, type Indicator } from "~/domain/observatory/indicator";
import type { VariableCode } from "~/domain/observatory/variables";
import {
  valueOf,
  type ChartModel,
  type ChartPlace,
  type MapPoint,
  type MapShape,
  type PlaceReading,
  type Quantity,
  type Reading,
  type TrendPoint,
} from "./chart-model";
import { agesFinding, comparisonFinding, distributionFinding, trendFinding, type FindingSubject } from "./findings";
import { count, formatDate, NBSP } from "./french";

/** What is known of an indicator in each place: the communes in the network's order, then the network, its department(s), France. */
export type IndicatorReading = {
  readonly indicator: Indicator;
  readonly places: readonly PlacePoints[];
  /** Every dataset that one of the points comes from. */
  readonly datasets: readonly DatasetHead[];
};
export type PlacePoints = { readonly place: ChartPlace; readonly points: readonly IndicatorPoint[] };

/** The pictures of one indicator, by the word that stands in their address. */
export const CHART_VIEWS = ["comparaison", "evolution", "distribution", "carte"] as const;
export type ChartView = (typeof CHART_VIEWS)[number];

/** Beyond this many communes, a bar each is unreadable: the picture keeps the wholes, the table keeps everyone. */
export const MOST_BARS = 24;
/** Beyond this many, so are panels. */
const MOST_PANELS = 14;

export function readingOf(point: Pick<IndicatorPoint, "status" | "value"> | undefined): Reading {
  if (!point) return { status: "missing" };
  switch (point.status) {
    case "value":
    case "zero":
      return point.value === null ? { status: "missing" } : { status: "value", value: point.value };
    case "secret":
      return { status: "secret" };
    case "missing":
      return { status: "missing" };
    case "not-additive":
      return { status: "unsummable" };
  }
}

export function quantityOf({ unit, decimals }: Pick<Indicator, "unit" | "decimals">): Quantity {
  return { unit, decimals };
}

/** Every period that one of the places has a figure for, the oldest first. */
export function periodsOf({ places }: IndicatorReading): readonly string[] {
  return [...new Set(places.flatMap(({ points }) => points.map(({ period }) => period)))].toSorted();
}

/** Does one of our own territories have two periods to join? What they are compared with may be known for longer. */
export function hasTrend({ places }: IndicatorReading): boolean {
  return places.some(
    ({ place, points }) => (place.kind === "commune" || place.kind === "network") && points.length > 1,
  );
}

/** The most recent period that at least half of our communes are in, else the most recent of all; null without any figure. */
export function latestPeriod(reading: IndicatorReading): string | null {
  const communes = reading.places.filter(({ place }) => place.kind === "commune");
  // Where communes were not read one by one, they count together.
  const ours = communes.length > 0 ? communes : reading.places.filter(({ place }) => place.kind === "network");
  const covers = (period: string): boolean =>
    ours.filter(({ points }) => points.some((point) => point.period === period && point.status !== "missing")).length *
      2 >=
    ours.length;
  const periods = periodsOf(reading).toReversed();
  return periods.find(covers) ?? periods[0] ?? null;
}

export function pointAt({ points }: PlacePoints, period: string): IndicatorPoint | undefined {
  return points.find((point) => point.period === period);
}

export function rowsAt(reading: IndicatorReading, period: string): readonly PlaceReading[] {
  return reading.places.map((entry) => ({ place: entry.place, reading: readingOf(pointAt(entry, period)) }));
}

type ChartOptions = { readonly period: string; readonly id: string };

/** @param order « value »: highest first among the communes; else the network's own order, the same on every chart */
export function comparisonChart(
  reading: IndicatorReading,
  { period, id, order = "network" }: ChartOptions & { readonly order?: "network" | "value" },
): ChartModel {
  const rows = rowsAt(reading, period);
  const communes = rows.filter(({ place }) => place.kind === "commune");
  const sorted =
    order === "value"
      ? communes.toSorted(
          (a, b) => (valueOf(b.reading) ?? Number.NEGATIVE_INFINITY) - (valueOf(a.reading) ?? Number.NEGATIVE_INFINITY),
        )
      : communes;
  const wholes = rows.filter(({ place }) => place.kind !== "commune");
  const isCrowded = communes.length > MOST_BARS;
  const isCount = reading.indicator.formula.kind === "count";
  const notes = isCrowded
    ? [
        `${count(communes.length, "commune", "communes")}${NBSP}: le graphique montre les ensembles, le tableau de la page montre chaque commune.`,
      ]
    : isCount && wholes.some(({ place }) => place.kind !== "network")
      ? ["Les nombres du département et de la France, trop grands pour ce graphique, sont dans le tableau."]
      : [];
  return {
    ...frame(reading, { id, period, notes }),
    finding: comparisonFinding(subjectOf(reading), { rows }),
    data: {
      kind: "comparison",
      rows: isCrowded ? wholes : [...sorted, ...wholes],
      ...(isCount && !isCrowded ? { drawsOwnOnly: true } : {}),
    },
  };
}

/** Counts each on their own scale from zero, so that a small commune is seen to move; rates and medians on one scale. */
export function trendChart(reading: IndicatorReading, { id }: Pick<ChartOptions, "id">): ChartModel {
  const { indicator } = reading;
  const periods = periodsOf(reading);
  const isCount = indicator.formula.kind === "count";
  const communes = reading.places.filter(({ place }) => place.kind === "commune");
  const shown = reading.places.filter(
    ({ place, points }) =>
      (place.kind === "commune" ? communes.length <= MOST_PANELS : place.kind === "network" || !isCount) &&
      points.some(({ status }) => status !== "missing" && status !== "not-additive"),
  );
  const series = shown.map(({ place, points }) => ({ place, points: trendPoints(indicator, points) }));
  const data = { kind: "trend", series, scale: isCount ? "own" : "shared" } as const;
  const breaks = indicator.breaks.filter(
    ({ before, after }) => (periods[0] ?? "") <= before && (periods.at(-1) ?? "") >= after,
  );
  const scaleNote = isCount
    ? "Chaque territoire a sa propre échelle, qui part de zéro."
    : "Tous les territoires ont la même échelle, dont les bornes sont écrites sous chaque cadre ; elle ne part pas de zéro.";
  const [first = "", last = first] = [periods[0], periods.at(-1)];
  return {
    ...frame(reading, {
      id,
      period: first === last ? first : `${first} à ${last}`,
      notes: [
        scaleNote,
        ...breaks.map(({ before, after, reason }) => `Rupture entre ${before} et ${after}${NBSP}: ${reason}`),
      ],
    }),
    finding: trendFinding(subjectOf(reading), {
      ...data,
      series: reading.places.map(({ place, points }) => ({ place, points: trendPoints(indicator, points) })),
    }),
    data,
  };
}

function trendPoints(indicator: Indicator, points: readonly IndicatorPoint[]): readonly TrendPoint[] {
  let scheme = 0;
  return points.map((point, index) => {
    const previous = points[index - 1];
    if (previous && findBreak(indicator, previous.period, point.period)) scheme += 1;
    return { period: point.period, year: firstYearOf(point.period), reading: readingOf(point), scheme: String(scheme) };
  });
}

/** @param population released values of the communes that ours are compared with */
export function distributionChart(
  reading: IndicatorReading,
  {
    id,
    period,
    population,
  }: ChartOptions & {
    readonly population: { readonly label: string; readonly values: readonly number[]; readonly undisclosed: number };
  },
): ChartModel {
  const communes = rowsAt(reading, period).filter(({ place }) => place.kind === "commune");
  const undisclosed = communes.filter(({ reading: { status } }) => status !== "value").map(({ place }) => place.label);
  const data = {
    kind: "distribution",
    populationLabel: population.label,
    values: population.values,
    undisclosed: population.undisclosed,
    marks: communes.length > MOST_BARS ? [] : communes,
  } as const;
  return {
    ...frame(reading, {
      id,
      period,
      notes: [
        `${count(population.values.length, "commune", "communes")} dont la valeur est diffusée${population.undisclosed > 0 ? ` ; ${count(population.undisclosed, "autre ne l’est", "autres ne le sont")} pas` : ""}. Plus une colonne est haute, plus elle compte de communes.`,
        ...(undisclosed.length > 0 && undisclosed.length <= MOST_BARS
          ? [`Sans valeur diffusée${NBSP}: ${undisclosed.join(", ")}.`]
          : []),
      ],
    }),
    finding: distributionFinding(subjectOf(reading), { ...data, marks: communes }),
    data,
  };
}

/** Discs for what is counted, shades for what is not: a shaded count would only show which commune is large. */
export function mapChart(
  reading: IndicatorReading,
  {
    id,
    period,
    shapes,
    points,
  }: ChartOptions & { readonly shapes: readonly MapShape[]; readonly points: readonly MapPoint[] },
): ChartModel {
  const rows = rowsAt(reading, period).filter(({ place }) => place.kind === "commune");
  const isCount = reading.indicator.formula.kind === "count";
  const look = isCount || shapes.length === 0 ? "symbols" : "areas";
  return {
    ...frame(reading, {
      id,
      period,
      notes: [
        look === "symbols"
          ? "La surface de chaque disque est proportionnelle à la valeur."
          : "Plus une commune est sombre et hachurée serré, plus la valeur est élevée. Les classes comptent autant de communes que possible chacune.",
      ],
    }),
    finding: comparisonFinding(subjectOf(reading), { rows }),
    data: { kind: "map", look, rows, shapes, points },
  };
}

const BANDS: readonly { readonly label: string; readonly variable: VariableCode }[] = [
  { label: "0 à 14 ans", variable: "POP0014" },
  { label: "15 à 29 ans", variable: "POP1529" },
  { label: "30 à 44 ans", variable: "POP3044" },
  { label: "45 à 59 ans", variable: "POP4559" },
  { label: "60 à 74 ans", variable: "POP6074" },
  { label: "75 à 89 ans", variable: "POP7589" },
  { label: "90 ans ou plus", variable: "POP90P" },
];

/** The share of each age band in the whole population, as indicators of their own: rebuilt from their counts like any rate. */
export const AGE_BANDS: readonly Indicator[] = BANDS.map(({ label, variable }) => ({
  ...{ code: `age-${variable.toLowerCase()}`, theme: "population", label, unit: "%", decimals: 1 },
  definition: `Personnes de ${label} parmi la population.`,
  formula: {
    kind: "rate",
    numerators: [[{ variable, sign: 1 }]],
    denominators: [BANDS.map((band) => ({ variable: band.variable, sign: 1 }) as const)],
    per: 100,
    denominatorPeriod: "same",
  },
  ...{ numerator: `personnes de ${label}`, denominator: "population", source: "INSEE, recensement de la population" },
  ...{ direction: "neutral", breaks: [], caution: null },
}));

/** @param readings of `AGE_BANDS`, in their order */
export function agesChart(
  readings: readonly IndicatorReading[],
  { id, placeKeys }: { readonly id: string; readonly placeKeys: readonly string[] },
): ChartModel | null {
  const [first] = readings;
  const period = first ? latestPeriod(first) : null;
  if (!first || period === null) return null;
  const entries = placeKeys.flatMap((key) => first.places.find(({ place }) => place.key === key) ?? []);
  const known = entries.filter((entry) => readingOf(pointAt(entry, period)).status === "value");
  if (known.length === 0) return null;
  const places = known.map(({ place }) => place);
  const data = {
    kind: "ages",
    places,
    bands: readings.map(({ indicator, places: own }) => ({
      label: indicator.label,
      shares: places.map(({ key }) => {
        const entry = own.find(({ place }) => place.key === key);
        return readingOf(entry ? pointAt(entry, period) : undefined);
      }),
    })),
  } as const;
  const quantity = { unit: "%", decimals: 1 };
  return {
    ...frame(first, { id, period, notes: [] }),
    subject: "Structure par âge de la population",
    quantity,
    finding: agesFinding(data, quantity),
    data,
  };
}

function frame(
  reading: IndicatorReading,
  { id, period, notes }: { readonly id: string; readonly period: string; readonly notes: readonly string[] },
): Omit<ChartModel, "finding" | "data"> {
  const { indicator } = reading;
  return {
    id,
    subject: indicator.label,
    quantity: quantityOf(indicator),
    period,
    sources: sourcesAt(reading, period),
    notes: [...notes, ...(indicator.caution === null ? [] : [indicator.caution])],
  };
}

/** The datasets behind a period (or behind all of them, for a range), each once; the same file of several years on one line. */
function sourcesAt(reading: IndicatorReading, period: string): readonly string[] {
  const points = reading.places.flatMap((place) => place.points);
  const chosen = points.filter((point) => point.period === period);
  const ids = new Set((chosen.length > 0 ? chosen : points).flatMap(({ datasetIds }) => datasetIds));
  return [...new Set(tellSources(reading.datasets.filter(({ id }: { id: DatasetId }) => ids.has(id))))];
}

/** « INSEE, Populations de référence, millésimes 2010 à 2023 » when several vintages of one title are used. */
export function tellSources(datasets: readonly DatasetHead[]): readonly string[] {
  // What follows the year in a title tells one file from another: the page of the indicator lists each.
  const nameOf = ({ producer, title, vintage }: DatasetHead): string =>
    `${producer}, ${(title.split(vintage)[0] ?? title).trim()}`;
  return [...new Set(datasets.map(nameOf))].flatMap((name) => {
    const members = datasets.filter((one) => nameOf(one) === name);
    const vintages = [...new Set(members.map(({ vintage }) => vintage))].toSorted();
    const [first, last] = [vintages[0], vintages.at(-1)];
    return vintages.length < FEWEST_GROUPED
      ? members.map(tellSource)
      : [`${name.replace(/[ ,:]+$/, "")}, ${vintages.length} millésimes de ${first ?? ""} à ${last ?? ""}`];
  });
}

const FEWEST_GROUPED = 3;

export function tellSource({ producer, title, vintage, geographyOn }: DatasetHead): string {
  const what = title.includes(vintage) ? title : `${title}, ${vintage}`;
  return `${producer}, ${what}${geographyOn === null ? "" : `, communes au ${formatDate(geographyOn)}`}`;
}

/** What the producer's rounding makes meaningless. */
const ROUNDED_TO_FIVE = 5;

function subjectOf({ indicator, datasets, places }: IndicatorReading): FindingSubject {
  const used = new Set(places.flatMap(({ points }) => points.flatMap(({ datasetIds }) => datasetIds)));
  const isRounded = datasets.some(({ id, rounding }) => used.has(id) && rounding === "to-five");
  return {
    label: indicator.label,
    quantity: quantityOf(indicator),
    tolerance: isRounded && indicator.formula.kind === "count" ? ROUNDED_TO_FIVE : 0,
  };
}
