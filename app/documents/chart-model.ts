import { formatInteger, NBSP } from "./french";

/**
 * What one place shows for one period. « secret »: its producer does not release it; « missing »: nobody measured it; « unsummable »: a
 * median or an index of several communes, which nothing rebuilds. Never a zero, never a guess.
 */
export type Reading =
  | { readonly status: "value"; readonly value: number }
  | { readonly status: "secret" }
  | { readonly status: "missing" }
  | { readonly status: "unsummable" };

export type PlaceKind = "commune" | "network" | "department" | "country";

export type ChartPlace = { readonly key: string; readonly label: string; readonly kind: PlaceKind };

/** How a value is written. */
export type Quantity = {
  /** « % », « € », « habitants », or nothing for a ratio. */
  readonly unit: string;
  readonly decimals: number;
};

export type PlaceReading = { readonly place: ChartPlace; readonly reading: Reading };

export type TrendPoint = {
  /** As its producer names it, « 2013-2018 ». */
  readonly period: string;
  /** Where it stands in time. */
  readonly year: number;
  readonly reading: Reading;
  /** Two points of different schemes are never joined nor compared. */
  readonly scheme: string;
};
export type TrendSeries = { readonly place: ChartPlace; readonly points: readonly TrendPoint[] };

export type TrendData = {
  readonly kind: "trend";
  readonly series: readonly TrendSeries[];
  /** « own »: counts of places that differ in size, each from zero on its own scale. */
  readonly scale: "shared" | "own";
};
export type ComparisonData = {
  readonly kind: "comparison";
  readonly rows: readonly PlaceReading[];
  /** Counts: beside the bar of France, those of communes would vanish. The table has them all. */
  readonly drawsOwnOnly?: boolean;
};
export type DistributionData = {
  readonly kind: "distribution";
  /** « les communes de la Loire-Atlantique » */
  readonly populationLabel: string;
  /** One released value per place of the population. */
  readonly values: readonly number[];
  readonly undisclosed: number;
  readonly marks: readonly PlaceReading[];
};
export type AgeBand = { readonly label: string; readonly shares: readonly Reading[] };
export type AgesData = {
  readonly kind: "ages";
  /** Places in the order of `shares`: the one shown first, those it is compared with after. */
  readonly places: readonly ChartPlace[];
  readonly bands: readonly AgeBand[];
};
export type Ring = readonly (readonly [number, number])[];
/** Longitude and latitude in degrees, WGS 84. Polygons are exterior rings followed by their holes, wound either way. */
export type MapShape = { readonly key: string; readonly polygons: readonly (readonly Ring[])[] };
export type MapPoint = { readonly key: string; readonly longitude: number; readonly latitude: number };
export type DrawnShapes = { readonly shapes: readonly MapShape[]; readonly points: readonly MapPoint[] };
export type MapData = {
  readonly kind: "map";
  /** « symbols »: a disc whose surface is the value (counts); « areas »: outlines shaded by class (rates). */
  readonly look: "symbols" | "areas";
  readonly rows: readonly PlaceReading[];
  readonly shapes: readonly MapShape[];
  readonly points: readonly MapPoint[];
};

export type ChartData = TrendData | ComparisonData | DistributionData | AgesData | MapData;

export type ChartModel = {
  /** Letters, digits and dashes: names the picture's parts in a page. */
  readonly id: string;
  /** What is shown, without a finding: « Taux de pauvreté ». */
  readonly subject: string;
  /** What the figures say, in a sentence without a full stop. */
  readonly finding: string;
  readonly quantity: Quantity;
  /** « 2021 », « 2010 à 2023 ». */
  readonly period: string;
  /** Producer, title, vintage, geography: one line per file. */
  readonly sources: readonly string[];
  /** What a careful reader must know: rounding, breaks, producer's advice. */
  readonly notes: readonly string[];
  readonly data: ChartData;
};

export const SECRET_WORDS = "secret statistique";
export const MISSING_WORDS = "non disponible";
export const UNSUMMABLE_WORDS = "ne s’additionne pas";

export const READING_WORDS: Readonly<Record<Exclude<Reading["status"], "value">, string>> = {
  secret: SECRET_WORDS,
  missing: MISSING_WORDS,
  unsummable: UNSUMMABLE_WORDS,
};

/** « 9,6 » : the number alone, with the decimals of its quantity; the minus is the typographic one. */
export function formatNumber(value: number, decimals: number): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const text = formatInteger(Number(whole)) + (fraction === undefined ? "" : `,${fraction}`);
  return value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? `−${text}` : text;
}

/** « 9,6 % », « 23 371 habitants », « 2,4 ». French counts less than two as one, so « 1 habitant ». */
export function formatQuantity(value: number, { unit, decimals }: Quantity): string {
  const number = formatNumber(value, decimals);
  return unit === "" ? number : `${number}${NBSP}${Math.abs(value) < 2 ? singular(unit) : unit}`;
}

/** The unit of one thing: « habitants par km² » → « habitant par km² ». Abbreviations have no plural. */
function singular(unit: string): string {
  const [first = "", ...rest] = unit.split(" ");
  return [first.length > 3 && first.endsWith("s") ? first.slice(0, -1) : first, ...rest].join(" ");
}

export function formatReading(reading: Reading, quantity: Quantity): string {
  return reading.status === "value" ? formatQuantity(reading.value, quantity) : READING_WORDS[reading.status];
}

/** Where the unit stands in the caption anyway, a long one is left out of the mark. */
const LONGEST_UNIT = 10;

export function formatMark(reading: Reading, quantity: Quantity): string {
  return formatReading(reading, quantity.unit.length > LONGEST_UNIT ? { ...quantity, unit: "" } : quantity);
}

export function valueOf(reading: Reading | undefined): number | null {
  return reading?.status === "value" ? reading.value : null;
}
