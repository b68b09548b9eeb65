import {
  formatNumber,
  formatQuantity,
  valueOf,
  type AgesData,
  type ComparisonData,
  type DistributionData,
  type PlaceReading,
  type Quantity,
  type TrendData,
  type TrendPoint,
  type TrendSeries,
} from "./chart-model";
import { quartilesOf } from "./chart-table";
import { count, enumerate, NBSP } from "./french";

/** What a chart is about, and how far its figures may be trusted. */
export type FindingSubject = {
  /** « Taux de pauvreté » */
  readonly label: string;
  readonly quantity: Quantity;
  /** A difference up to this much says nothing: the producer rounds. 0 when it does not. */
  readonly tolerance: number;
};

export type Direction = "up" | "down" | "stable";

/** Up or down only when the figures, as they are written, differ by more than the producer's rounding. */
export function directionOf(
  from: number,
  to: number,
  { quantity, tolerance }: Omit<FindingSubject, "label">,
): Direction {
  const isSameWritten = formatNumber(from, quantity.decimals) === formatNumber(to, quantity.decimals);
  if (isSameWritten || Math.abs(to - from) <= tolerance) return "stable";
  return to > from ? "up" : "down";
}

const DIRECTION_WORDS: Record<Direction, string> = { up: "en hausse", down: "en baisse", stable: "stable" };

export type Comparable = { readonly from: MeasuredPoint; readonly to: MeasuredPoint };
export type MeasuredPoint = { readonly period: string; readonly year: number; readonly value: number };

/** First and last released values of the most recent method; null with fewer than two. Nothing is compared across a break. */
export function comparableEnds(points: readonly TrendPoint[]): Comparable | null {
  const sorted = points.toSorted((a, b) => a.year - b.year);
  const scheme = sorted.at(-1)?.scheme;
  const measured = sorted.flatMap(({ period, year, reading, scheme: own }) =>
    reading.status === "value" && own === scheme ? [{ period, year, value: reading.value }] : [],
  );
  const [from] = measured;
  const to = measured.at(-1);
  return from && to && from.period !== to.period ? { from, to } : null;
}

/**
 * What a trend says: the network's own when it has one, else in how many communes the figure rose and fell. It states two figures and
 * their years, never a cause nor a forecast.
 */
export function trendFinding(subject: FindingSubject, { series }: TrendData): string {
  const network = series.find(({ place }) => place.kind === "network") ?? (series.length === 1 ? series[0] : undefined);
  const ends = network ? comparableEnds(network.points) : null;
  if (network && ends) return `${subject.label}${NBSP}: ${tellEnds(subject, network, ends)}`;
  const communes = series.filter(({ place }) => place.kind === "commune");
  const moves = communes.flatMap(({ points }) => {
    const own = comparableEnds(points);
    return own ? [{ ...own, direction: directionOf(own.from.value, own.to.value, subject) }] : [];
  });
  if (moves.length === 0) return `${subject.label}${NBSP}: pas assez d’années comparables pour dire une évolution`;
  const parts = (["up", "down", "stable"] as const).flatMap((direction) => {
    const number = moves.filter((move) => move.direction === direction).length;
    return number === 0 ? [] : [`${DIRECTION_WORDS[direction]} dans ${count(number, "commune", "communes")}`];
  });
  const periods = new Set(moves.map(({ from, to }) => `${from.period} et ${to.period}`));
  const when = periods.size === 1 ? ` entre ${[...periods][0] ?? ""}` : "";
  return `${subject.label}${NBSP}: ${enumerate(parts)} sur ${communes.length}${when}`;
}

function tellEnds(subject: FindingSubject, { place }: TrendSeries, { from, to }: Comparable): string {
  const { quantity } = subject;
  const direction = directionOf(from.value, to.value, subject);
  const where = place.kind === "network" ? "dans l’ensemble du réseau" : `(${place.label})`;
  const [first, last] = [formatNumber(from.value, quantity.decimals), formatQuantity(to.value, quantity)];
  const figures = `${first} (${from.period}) à ${last} (${to.period})`;
  if (direction === "stable")
    return first === formatNumber(to.value, quantity.decimals)
      ? `${last} en ${from.period} comme en ${to.period}, ${where}`
      : `stable ${where}, à l’arrondi près, de ${figures}`;
  return `${DIRECTION_WORDS[direction]} ${where}, de ${figures}${tellGap(from.value, to.value, quantity)}`;
}

/** « , soit +14,4 % », « , soit −1,2 point »: a percentage moves by points, a small count by its number alone. */
function tellGap(from: number, to: number, quantity: Quantity): string {
  const sign = to > from ? "+" : "";
  if (quantity.unit.startsWith("%")) {
    const written = formatNumber(to - from, Math.max(1, quantity.decimals));
    return `, soit ${sign}${written}${NBSP}${Math.abs(to - from) < 2 ? "point" : "points"}`;
  }
  if (from < SMALLEST_BASE) return "";
  return `, soit ${sign}${formatNumber(((to - from) / from) * 100, 1)}${NBSP}%`;
}

/** A percentage of less than this would dramatise a few units. */
const SMALLEST_BASE = 20;

/** Lowest and highest commune, ties named together, and how many are not released. */
export function comparisonFinding(subject: FindingSubject, { rows }: Pick<ComparisonData, "rows">): string {
  const { label, quantity } = subject;
  const communes = rows.filter(({ place }) => place.kind === "commune");
  const secret = communes.filter(({ reading }) => reading.status === "secret").length;
  const released = communes.flatMap(({ place, reading }) => {
    const value = valueOf(reading);
    return value === null ? [] : [{ name: place.label, value, written: formatNumber(value, quantity.decimals) }];
  });
  const hidden =
    secret === 0
      ? ""
      : `${NBSP}; secret statistique pour ${count(secret, "commune", "communes")} sur ${communes.length}`;
  if (released.length === 0) {
    if (secret > 0)
      return `${label}${NBSP}: secret statistique dans ${secret === communes.length ? "toutes les communes" : count(secret, "commune", "communes")}`;
    return tellReference(subject, rows) ?? `${label}${NBSP}: aucune valeur disponible`;
  }
  const sorted = released.toSorted((a, b) => a.value - b.value);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (!lowest || !highest) return label;
  if (released.length === 1)
    return `${label}${NBSP}: ${formatQuantity(lowest.value, quantity)} (${lowest.name})${hidden}`;
  if (lowest.written === highest.written)
    return `${label}${NBSP}: ${formatQuantity(highest.value, quantity)} dans ${released.length === communes.length ? "toutes les communes" : `les ${released.length} communes connues`}${hidden}`;
  const names = (written: string): string =>
    nameSome(released.filter((one) => one.written === written).map(({ name }) => name));
  return `${label}${NBSP}: de ${lowest.written} (${names(lowest.written)}) à ${formatQuantity(highest.value, quantity)} (${names(highest.written)})${hidden}`;
}

/** Three names at most: more are counted. */
function nameSome(names: readonly string[]): string {
  return names.length <= 3 ? enumerate(names) : count(names.length, "commune", "communes");
}

function tellReference({ label, quantity }: FindingSubject, rows: readonly PlaceReading[]): string | null {
  const known = rows.flatMap(({ place, reading }) => {
    const value = valueOf(reading);
    return value === null ? [] : [`${formatQuantity(value, quantity)} (${place.label})`];
  });
  return known.length === 0 ? null : `${label}${NBSP}: ${enumerate(known)}`;
}

/** Where our communes stand around the median of the communes they are compared with. */
export function distributionFinding({ label, quantity }: FindingSubject, data: DistributionData): string {
  const median = quartilesOf(data.values)[1];
  const ours = data.marks.filter(({ place }) => place.kind === "commune");
  const released = ours.flatMap(({ reading }) => valueOf(reading) ?? []);
  if (!median || released.length === 0)
    return `${label}${NBSP}: trop peu de valeurs diffusées pour situer les communes`;
  const written = formatNumber(median.value, quantity.decimals);
  const above = released.filter(
    (value) => value > median.value && formatNumber(value, quantity.decimals) !== written,
  ).length;
  const tell = (number: number): string => (number === 0 ? "aucune commune" : count(number, "commune", "communes"));
  return `${label}${NBSP}: ${tell(above)} sur ${released.length} au-dessus de la médiane (${formatQuantity(median.value, quantity)}) ${ofPlaces(data.populationLabel)}`;
}

/** The shares of the youngest and of the oldest, in the place shown first. */
export function agesFinding({ places, bands }: AgesData, quantity: Quantity): string {
  const where = places[0]?.label ?? "";
  const first = bands[0];
  const older = bands.filter(({ label }) => Number.parseInt(label, 10) >= 60);
  const young = first ? valueOf(first.shares[0]) : null;
  const olderShares = older.map(({ shares }) => valueOf(shares[0]));
  if (!first || young === null || olderShares.length === 0 || olderShares.includes(null))
    return `Structure par âge, ${where}${NBSP}: données incomplètes`;
  const old = olderShares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  return `${where}${NBSP}: ${formatQuantity(young, quantity)} de ${first.label.toLowerCase()}, ${formatQuantity(old, quantity)} de 60${NBSP}ans ou plus`;
}

/** « les communes » → « des communes » */
function ofPlaces(label: string): string {
  return label.startsWith("les ") ? `des ${label.slice(4)}` : `de ${label}`;
}
