import { firstYearOf, statusOf, type DatasetHead, type DatasetId, type Figure, type FigureStatus } from "./figure";
import { variablesOf, type Indicator, type Sum, type Term } from "./indicator";
import { isAdditive, type VariableCode } from "./variables";

/** What is known of one variable, in one period, for a territory: a commune, or several added up. */
export type Quantity = {
  readonly variable: VariableCode;
  readonly period: string;
  readonly status: FigureStatus | "not-additive";
  readonly value: number | null;
  readonly datasetIds: readonly DatasetId[];
  /** True when we added up communes: then `communes` counts them. */
  readonly isSummed: boolean;
  readonly communes: CommuneCounts;
  /** Lowest and highest released value among the communes, for what can't be added; null when none is released. */
  readonly range: { readonly lowest: number; readonly highest: number } | null;
  /** What other datasets say of the same figure when they say something else. */
  readonly disagreements: readonly { readonly datasetId: DatasetId; readonly value: number }[];
};

export type CommuneCounts = {
  readonly asked: number;
  readonly released: number;
  readonly secret: number;
  /** Asked, neither released nor secret: nothing was published, or not imported. */
  readonly missing: number;
};

/**
 * Sums of floating numbers (census weights) differ in their last digits from one edition to another; half a unit of what is published
 * separates two figures.
 */
const SAME_FIGURE = 0.5;

type DatasetOrder = Pick<DatasetHead, "vintage" | "importedAt"> & { readonly id: DatasetId };

/** The later vintage first, then the later import: which of two datasets is shown when both give a figure. */
export function compareDatasets(one: DatasetOrder, other: DatasetOrder): number {
  if (one.vintage !== other.vintage) return one.vintage > other.vintage ? -1 : 1;
  if (one.importedAt !== other.importedAt) return one.importedAt > other.importedAt ? -1 : 1;
  return String(one.id) < String(other.id) ? -1 : 1;
}

type Candidate = Pick<Quantity, "status" | "value" | "communes" | "range"> & {
  readonly dataset: DatasetOrder;
  readonly isSummed: boolean;
};

/**
 * Chooses between the datasets that speak of one figure: the one that covers most communes, then the one that is released, then the
 * most recent. What others say is kept, and told when it differs by half a unit or more: nothing is averaged, nothing is hidden.
 */
export function chooseQuantity(
  variable: VariableCode,
  period: string,
  candidates: readonly Candidate[],
): Quantity | null {
  const known = ({ communes }: Candidate) => communes.released + communes.secret;
  const isReleased = ({ value }: Candidate) => (value === null ? 0 : 1);
  const [first, ...others] = [...candidates].sort(
    (one, other) =>
      known(other) - known(one) || isReleased(other) - isReleased(one) || compareDatasets(one.dataset, other.dataset),
  );
  if (first === undefined) return null;
  const { status, value, communes, range, isSummed, dataset } = first;
  const disagreements =
    value === null
      ? []
      : others.flatMap((other) =>
          other.value !== null && Math.abs(other.value - value) >= SAME_FIGURE * scaleOf(variable)
            ? [{ datasetId: other.dataset.id, value: other.value }]
            : [],
        );
  return {
    ...{ variable, period, status, value, communes, range, isSummed, disagreements },
    datasetIds: [dataset.id],
  };
}

/** Rates and indices are published with one or two decimals, counts and euros as whole numbers. */
function scaleOf(variable: VariableCode): number {
  return isAdditive(variable) || variable === "MED" || variable === "SNEMM" ? 1 : 0.02;
}

/** One figure of one territory, as a candidate. */
export function candidateOf(figure: Pick<Figure, "status" | "value" | "basis">, dataset: DatasetOrder): Candidate {
  const isReleased = figure.value !== null;
  return {
    dataset,
    status: figure.status,
    value: figure.value,
    isSummed: figure.basis === "summed",
    communes: {
      asked: 1,
      released: isReleased ? 1 : 0,
      secret: figure.status === "secret" ? 1 : 0,
      missing: figure.status === "missing" ? 1 : 0,
    },
    range: figure.value === null ? null : { lowest: figure.value, highest: figure.value },
  };
}

/** What a dataset says of one variable over several communes, already added up (by the database, or by the caller). */
export type GroupTotal = {
  readonly sum: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly released: number;
  readonly secret: number;
};

/**
 * The figure of several communes together. Only when every one of them is released; one secret commune makes the sum secret (a
 * difference would give it away), one that is missing makes it missing. What can't be added has a range, and no value.
 */
export function groupCandidate(
  variable: VariableCode,
  asked: number,
  total: GroupTotal,
  dataset: DatasetOrder,
): Candidate {
  const communes = {
    asked,
    released: total.released,
    secret: total.secret,
    missing: asked - total.released - total.secret,
  };
  const range =
    total.lowest === null || total.highest === null ? null : { lowest: total.lowest, highest: total.highest };
  const base = { dataset, communes, range, isSummed: true };
  if (!isAdditive(variable)) return { ...base, status: "not-additive", value: null };
  if (communes.secret > 0) return { ...base, status: "secret", value: null };
  if (communes.missing > 0 || total.sum === null) return { ...base, status: "missing", value: null };
  return { ...base, status: statusOf(total.sum), value: total.sum };
}

/** A number of the calculation, as it was published. */
export type Part = {
  readonly variable: VariableCode;
  readonly period: string;
  readonly sign: 1 | -1;
  readonly value: number | null;
  readonly status: Quantity["status"];
};

export type IndicatorPoint = {
  readonly period: string;
  readonly value: number | null;
  /** « not-additive »: medians, rates and indices of several communes; only their range is known. */
  readonly status: FigureStatus | "not-additive";
  readonly numerator: readonly Part[];
  readonly denominator: readonly Part[];
  readonly datasetIds: readonly DatasetId[];
  readonly communes: CommuneCounts;
  readonly range: Quantity["range"];
  readonly disagreements: Quantity["disagreements"];
};

/** What is known of a territory: a variable's figures by period. */
export type TerritoryFigures = ReadonlyMap<VariableCode, ReadonlyMap<string, Quantity>>;

/**
 * The values of an indicator for one territory, the oldest period first. A rate is rebuilt from its summed numerator and denominator;
 * a published median or index is given as it is or not at all; secret and missing stay so, whatever they are combined with.
 */
export function computeIndicator(indicator: Indicator, figures: TerritoryFigures): readonly IndicatorPoint[] {
  const { formula } = indicator;
  const periods = [
    ...new Set(variablesOf(indicator).flatMap((variable) => [...(figures.get(variable)?.keys() ?? [])])),
  ].sort();
  const points: IndicatorPoint[] = [];
  for (const period of periods) {
    const point = computePoint(formula, figures, period);
    if (point !== null) points.push(point);
  }
  return points;
}

function computePoint(formula: Indicator["formula"], figures: TerritoryFigures, period: string): IndicatorPoint | null {
  switch (formula.kind) {
    case "published": {
      const quantity = figures.get(formula.variable)?.get(period);
      return quantity === undefined ? null : makePoint(period, [[quantity, 1]], [], () => quantity.value);
    }
    case "count": {
      const terms = readFirstSum(formula.sums, figures, period);
      return terms === null ? null : makePoint(period, terms, [], ([sum]) => sum);
    }
    case "change": {
      const later = figures.get(formula.variable)?.get(period);
      const earlier = figures.get(formula.variable)?.get(shiftPeriod(period, -formula.years));
      if (later === undefined || earlier === undefined) return null;
      return makePoint(period, [[later, 1]], [[earlier, 1]], ([now, before]) => divide(now - before, before, 100));
    }
    case "rate": {
      const numerator = readFirstSum(formula.numerators, figures, period);
      if (numerator === null) return null;
      const denominator =
        formula.denominatorPeriod === "same"
          ? readFirstSum(formula.denominators, figures, period)
          : readLatestSum(formula.denominators, figures, period);
      if (denominator === null) return null;
      return makePoint(period, numerator, denominator, ([top, bottom]) => divide(top, bottom, formula.per));
    }
  }
}

function divide(top: number, bottom: number, per: number): number | null {
  return bottom === 0 ? null : (top * per) / bottom;
}

/** « 2023 » → « 2018 », « 2024-T4 » → « 2019-T4 » */
function shiftPeriod(period: string, years: number): string {
  return `${firstYearOf(period) + years}${period.slice(4)}`;
}

type SignedQuantity = readonly [quantity: Quantity, sign: Term["sign"]];

function readFirstSum(
  sums: readonly Sum[],
  figures: TerritoryFigures,
  period: string,
): readonly SignedQuantity[] | null {
  for (const sum of sums) {
    const found = sum.map(({ variable, sign }) => [figures.get(variable)?.get(period), sign] as const);
    if (found.every((entry): entry is SignedQuantity => entry[0] !== undefined)) return found;
  }
  return null;
}

function readLatestSum(
  sums: readonly Sum[],
  figures: TerritoryFigures,
  period: string,
): readonly SignedQuantity[] | null {
  const candidates = sums.flatMap((sum) =>
    [...(figures.get(sum[0]?.variable ?? "PMUN")?.keys() ?? [])].map((at) => ({ at, sum })),
  );
  const notAfter = candidates
    .filter(({ at }) => firstYearOf(at) <= firstYearOf(period))
    .sort((one, other) => (one.at < other.at ? 1 : -1));
  for (const { at, sum } of notAfter) {
    const found = readFirstSum([sum], figures, at);
    if (found !== null) return found;
  }
  return null;
}

const WORST_FIRST = ["secret", "missing", "not-additive"] as const;

function makePoint(
  period: string,
  numerator: readonly SignedQuantity[],
  denominator: readonly SignedQuantity[],
  calculate: (sums: readonly [number, number]) => number | null,
): IndicatorPoint {
  const all = [...numerator, ...denominator].map(([quantity]) => quantity);
  const worst = WORST_FIRST.find((status) => all.some((quantity) => quantity.status === status));
  const value = worst === undefined ? calculate([addUp(numerator), addUp(denominator)]) : null;
  const only = all.length === 1 ? all[0] : undefined;
  return {
    period,
    value,
    status: worst ?? (value === null ? "missing" : statusOf(value)),
    numerator: numerator.map(partOf),
    denominator: denominator.map(partOf),
    datasetIds: [...new Set(all.flatMap(({ datasetIds }) => datasetIds))],
    communes: leastCovered(all),
    range: only?.range ?? null,
    disagreements: all.flatMap(({ disagreements }) => disagreements),
  };
}

function addUp(terms: readonly SignedQuantity[]): number {
  return terms.reduce((sum, [{ value }, sign]) => sum + sign * (value ?? 0), 0);
}

function partOf([{ variable, period, value, status }, sign]: SignedQuantity): Part {
  return { variable, period, value, status, sign };
}

/** Of the figures of a calculation, the counts of the one that covers the fewest communes. */
function leastCovered(quantities: readonly Quantity[]): CommuneCounts {
  const [first, ...others] = quantities.map(({ communes }) => communes);
  if (first === undefined) return { asked: 0, released: 0, secret: 0, missing: 0 };
  return others.reduce((least, one) => (one.released < least.released ? one : least), first);
}
