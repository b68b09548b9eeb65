import { formatReading, type ChartPlace, type Reading } from "./chart-model";
import { formatNumber } from "./chart-model";
import { latestPeriod, pointAt, quantityOf, readingOf, type IndicatorReading } from "./observatory-charts";

/** One indicator on the page of a territory: its latest figures, and what they cover. */
export type IndicatorRow = {
  readonly code: string;
  readonly label: string;
  readonly unit: string;
  readonly period: string;
  readonly cells: readonly IndicatorCell[];
};
export type IndicatorCell = { readonly text: string; readonly status: Reading["status"] };

export type IndicatorColumns = {
  readonly places: readonly ChartPlace[];
  /** True when the communes are too many for a column each, and one column tells their range. */
  readonly hasRange: boolean;
};

export function columnsOf(places: readonly ChartPlace[], mostCommunes: number): IndicatorColumns {
  const communes = places.filter(({ kind }) => kind === "commune");
  const hasRange = communes.length > mostCommunes;
  return { places: hasRange ? places.filter(({ kind }) => kind !== "commune") : places, hasRange };
}

/** Null when nothing is known of the indicator in these places. */
export function indicatorRow(reading: IndicatorReading, { places, hasRange }: IndicatorColumns): IndicatorRow | null {
  const period = latestPeriod(reading);
  if (period === null) return null;
  const { indicator } = reading;
  const quantity = quantityOf(indicator);
  const cellOf = (place: ChartPlace): IndicatorCell => {
    const entry = reading.places.find((one) => one.place.key === place.key);
    const own = readingOf(entry ? pointAt(entry, period) : undefined);
    return {
      status: own.status,
      text: own.status === "value" ? formatNumber(own.value, indicator.decimals) : formatReading(own, quantity),
    };
  };
  return {
    ...{ code: indicator.code, label: indicator.label, unit: indicator.unit, period },
    cells: [...(hasRange ? [rangeCell(reading, period)] : []), ...places.map(cellOf)],
  };
}

/** « de 3,7 à 12,4 » over the communes, with how many are not released. */
function rangeCell({ indicator, places }: IndicatorReading, period: string): IndicatorCell {
  const readings = places
    .filter(({ place }) => place.kind === "commune")
    .map((entry) => readingOf(pointAt(entry, period)));
  const network = places.find(({ place }) => place.kind === "network");
  const together = readings.length > 0 || !network ? null : (pointAt(network, period)?.range ?? null);
  const values = together
    ? [together.lowest, together.highest]
    : readings.flatMap((reading) => (reading.status === "value" ? [reading.value] : []));
  const secret = readings.filter(({ status }) => status === "secret").length;
  const hidden = secret === 0 ? "" : ` (${secret} sous secret)`;
  if (readings.length === 0 && together === null) return { status: "value", text: "" };
  if (values.length === 0)
    return { status: secret > 0 ? "secret" : "missing", text: secret > 0 ? "secret statistique" : "non disponible" };
  const write = (value: number): string => formatNumber(value, indicator.decimals);
  // Not Math.min(...values): a network may count thousands of communes.
  const lowest = values.reduce((least, value) => (value < least ? value : least));
  const highest = values.reduce((most, value) => (value > most ? value : most));
  return { status: "value", text: `de ${write(lowest)} à ${write(highest)}${hidden}` };
}
