import type { CellContent, TypedRefusal } from "./cell";
import { figureOf } from "./cell";
import {
  cellKeyOf,
  childrenOf,
  isComparable,
  isEntered,
  listCells,
  type Dimension,
  type Indicator,
} from "./dictionary";

/** One cell as somebody wrote it. */
export type WrittenCell = {
  readonly reading:
    { readonly ok: true; readonly content: CellContent } | { readonly ok: false; readonly refusal: TypedRefusal };
  readonly comment: string;
};

/** What the year before says of the same cells, under its own definitions. */
export type YearBefore = {
  readonly indicators: readonly Indicator[];
  readonly cells: ReadonlyMap<string, CellContent>;
};

export type Finding = { readonly cellKey: string; readonly severity: "blocking" | "warning" } & (
  | { readonly kind: "blank" }
  | { readonly kind: "unreadable"; readonly refusal: TypedRefusal }
  | { readonly kind: "above-population"; readonly inhabitants: number }
  /** The parts of a total, or of a subtotal, make another sum. */
  | {
      readonly kind: "parts-differ" | "parts-exceed";
      readonly dimension: string;
      readonly sum: number;
      readonly whole: number;
    }
  | { readonly kind: "amount-without-contributors"; readonly contributors: string }
  | { readonly kind: "largest-impossible"; readonly largest: string }
  | { readonly kind: "far-from-year-before"; readonly before: number; readonly now: number }
  | { readonly kind: "much-of-population"; readonly inhabitants: number; readonly now: number }
);

/** A change of more than 30 %, and of at least 10 units or 300 EUR, asks for a word: small numbers move a lot by themselves. */
export const FAR = { share: 0.3, units: 10, cents: 30_000 } as const;
/** One inhabitant in four met by one activity asks for a word. */
const MUCH_OF_POPULATION = 4;

/**
 * Everything that keeps a submission from being sent, and everything that asks for a comment, cell by cell in the order of the form.
 * Blocking: a cell left blank or unreadable, a count above the population, parts that do not make their whole, an amount that nobody received.
 * Warning, to correct or to explain in the cell's comment: far from the year before, or one inhabitant in four.
 * @param inhabitants of the commune; null when unknown, nothing is then said about it
 */
export function checkCells(
  indicators: readonly Indicator[],
  cells: ReadonlyMap<string, WrittenCell>,
  { inhabitants, yearBefore }: { readonly inhabitants: number | null; readonly yearBefore: YearBefore | null },
): readonly Finding[] {
  const entered = indicators.filter(isEntered);
  const read = (key: string): CellContent | null => {
    const cell = cells.get(key);
    return cell?.reading.ok ? cell.reading.content : null;
  };
  const former = new Map(yearBefore?.indicators.map((indicator) => [indicator.code, indicator]));
  const findings: Finding[] = [];
  for (const indicator of entered) {
    for (const ref of listCells(indicator)) {
      const cellKey = cellKeyOf(ref);
      const reading = cells.get(cellKey)?.reading;
      if (!reading || (!reading.ok && reading.refusal === "empty")) {
        findings.push({ cellKey, severity: "blocking", kind: "blank" });
        continue;
      }
      if (!reading.ok) {
        findings.push({ cellKey, severity: "blocking", kind: "unreadable", refusal: reading.refusal });
        continue;
      }
      const now = figureOf(reading.content);
      if (now === null) continue;
      findings.push(...checkAgainstPopulation(indicator, cellKey, now, inhabitants));
      const old = former.get(indicator.code);
      const before = yearBefore?.cells.get(cellKey);
      if (old && before && isComparable(ref, old, indicator)) {
        const figure = figureOf(before);
        if (figure !== null && isFar(figure, now, indicator.unit === "euros" ? FAR.cents : FAR.units))
          findings.push({ cellKey, severity: "warning", kind: "far-from-year-before", before: figure, now });
      }
    }
    findings.push(...checkParts(indicator, read), ...checkMagnitude(indicator, read));
  }
  return findings;
}

function checkAgainstPopulation(
  indicator: Indicator,
  cellKey: string,
  now: number,
  inhabitants: number | null,
): readonly Finding[] {
  if (inhabitants === null || !indicator.isBoundedByPopulation) return [];
  if (now > inhabitants) return [{ cellKey, severity: "blocking", kind: "above-population", inhabitants }];
  if (now * MUCH_OF_POPULATION <= inhabitants) return [];
  return [{ cellKey, severity: "warning", kind: "much-of-population", inhabitants, now }];
}

/** More than 30 % away, and by at least `least`. */
export function isFar(before: number, now: number, least: number): boolean {
  const gap = Math.abs(now - before);
  return gap >= least && gap > before * FAR.share;
}

/**
 * The parts against their whole, at each level of each dimension. When every part has a figure the two are equal; when one is unknown or kept, the
 * others can't exceed the whole. What does not apply counts for nothing.
 */
function* checkParts({ code, dimensions }: Indicator, read: (key: string) => CellContent | null): Generator<Finding> {
  for (const dimension of dimensions) {
    const parents: readonly (string | null)[] = [
      null,
      ...new Set(dimension.categories.flatMap(({ parent }) => parent ?? [])),
    ];
    for (const parent of parents) {
      const ref = { indicator: code, dimension: parent === null ? null : dimension.code, category: parent };
      const cellKey = cellKeyOf(ref);
      const wholeContent = read(cellKey);
      const whole = wholeContent === null ? null : sumFigure(wholeContent);
      if (whole === null) continue;
      const parts = partsOf(code, dimension, parent).map(read);
      if (parts.some((part) => part === null)) continue;
      const figures = parts.map((part) => (part === null ? null : sumFigure(part)));
      const sum = figures.reduce<number>((total, figure) => total + (figure ?? 0), 0);
      const isComplete = figures.every((figure) => figure !== null);
      if (isComplete ? sum === whole : sum <= whole) continue;
      const kind = isComplete ? "parts-differ" : "parts-exceed";
      yield { cellKey, severity: "blocking", kind, dimension: dimension.code, sum, whole };
    }
  }
}

const partsOf = (code: string, dimension: Dimension, parent: string | null): readonly string[] =>
  childrenOf(dimension, parent).map((category) =>
    cellKeyOf({ indicator: code, dimension: dimension.code, category: category.code }),
  );

/** In a sum, what does not apply is nothing. */
const sumFigure = (content: CellContent): number | null => (content.state === "not-applicable" ? 0 : figureOf(content));

/** An amount above zero has somebody who received it; the largest contribution lies between the mean and the whole. */
function* checkMagnitude(indicator: Indicator, read: (key: string) => CellContent | null): Generator<Finding> {
  if (indicator.measure.kind !== "magnitude") return;
  const { contributors, largest } = indicator.measure;
  for (const ref of listCells(indicator)) {
    const cellKey = cellKeyOf(ref);
    const content = read(cellKey);
    const amount = content && figureOf(content);
    if (amount === null) continue;
    const countContent = contributors === null ? null : read(cellKeyOf({ ...ref, indicator: contributors }));
    const count = countContent && sumFigure(countContent);
    if (contributors !== null && count === 0 && amount > 0)
      yield { cellKey, severity: "blocking", kind: "amount-without-contributors", contributors };
    const topContent = largest === null ? null : read(cellKeyOf({ ...ref, indicator: largest }));
    const top = topContent && figureOf(topContent);
    if (largest === null || top === null) continue;
    if (top > amount || (count !== null && count > 0 && top * count < amount))
      yield { cellKey, severity: "blocking", kind: "largest-impossible", largest };
  }
}

/** What still keeps the submission from being sent: a warning is settled by the comment of its cell. */
export function listObstacles(
  findings: readonly Finding[],
  cells: ReadonlyMap<string, WrittenCell>,
): readonly Finding[] {
  return findings.filter(
    ({ severity, cellKey }) => severity === "blocking" || (cells.get(cellKey)?.comment ?? "").trim() === "",
  );
}
