import { grant, refuse, type Decision } from "../kernel/decision";

/** What is counted. « euros » are kept in cents; everything else in whole units. */
export const UNITS = [
  "persons",
  "households",
  "requests",
  "files",
  "actions",
  "visits",
  "meals",
  "dwellings",
  "euros",
] as const;
export type Unit = (typeof UNITS)[number];

/** « flow »: what happened from 1 January to 31 December; « stock »: what stood on 31 December. */
export const PERIODS = ["flow", "stock"] as const;
export type Period = (typeof PERIODS)[number];

/** What a rise means. Most activity says nothing by itself: « none ». */
export const DIRECTIONS = ["up", "down", "none"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** One line of a breakdown. `parent`: the code of the subtotal that it belongs to, null when it lies directly under the total. */
export type Category = { readonly code: string; readonly label: string; readonly parent: string | null };

/** A way to divide the total: each unit counted belongs to one category of it, and to one only, so that the categories add up to the total. */
export type Dimension = { readonly code: string; readonly label: string; readonly categories: readonly Category[] };

/** Where a figure stands: the whole of an indicator, or one category of one of its dimensions. */
export type CellRef = {
  readonly indicator: string;
  readonly dimension: string | null;
  readonly category: string | null;
};

/** How a derived indicator is computed. It is never typed, and falls with its parts. */
export type Formula =
  /** `per` units of the denominator: 1 for an average, 100 for a share. */
  | { readonly kind: "ratio"; readonly numerator: CellRef; readonly denominator: CellRef; readonly per: number }
  | { readonly kind: "sum"; readonly terms: readonly CellRef[] };

/** « count »: units are counted, small counts may point at somebody; « magnitude »: an amount that few may contribute to. */
export type Measure =
  | { readonly kind: "count" }
  | {
      readonly kind: "magnitude";
      /** The count that says how many contribute, in the cells that it has. Null: unknown. */
      readonly contributors: string | null;
      /** The indicator that holds the largest contribution, for the rule of dominance, in the cells that it has. */
      readonly largest: string | null;
    };

export type Indicator = {
  /** « AF-DEM »: the same from one version of the dictionary to the next. */
  readonly code: string;
  /** The heading that it is entered under. */
  readonly section: string;
  readonly label: string;
  readonly definition: string;
  readonly unit: Unit;
  readonly period: Period;
  readonly measure: Measure;
  /** Null: entered by people. */
  readonly formula: Formula | null;
  readonly dimensions: readonly Dimension[];
  readonly direction: Direction;
  /** Whose task it is to fill it, in words. */
  readonly filledBy: string;
  /** Does a zero tell something about somebody? True unless the committee said that it may be shown. */
  readonly isZeroInformative: boolean;
  /** Can't exceed the number of inhabitants. */
  readonly isBoundedByPopulation: boolean;
  /** False: serves control only, shown to nobody but its CCAS and the lead. */
  readonly isPublished: boolean;
  /** Grows by one at each break: figures of two series are never added nor compared. */
  readonly series: number;
  /** Why this series does not continue the one before; empty for the first. */
  readonly breakReason: string;
};

/** A version of the grid as the committee adopts it. */
export type Dictionary = {
  readonly id: string;
  readonly version: number;
  readonly indicators: readonly Indicator[];
};

export const isEntered = (indicator: Indicator): boolean => indicator.formula === null;

/** « AF-DEM », « AF-DEM/motif/energie »: how a cell is named in forms, files and tables. */
export function cellKeyOf({ indicator, dimension, category }: CellRef): string {
  return dimension === null || category === null ? indicator : `${indicator}/${dimension}/${category}`;
}

/** The cell that a key names, whether the dictionary knows it or not; null when it can't be a key. */
export function parseCellKey(key: string): CellRef | null {
  const [indicator = "", dimension, category, rest] = key.split("/");
  if (indicator === "" || rest !== undefined || dimension === "" || category === "") return null;
  if ((dimension === undefined) !== (category === undefined)) return null;
  return { indicator, dimension: dimension ?? null, category: category ?? null };
}

/** The cells of an indicator: the total, then each dimension in order; a subtotal stands before its parts. */
export function listCells(indicator: Pick<Indicator, "code" | "dimensions">): readonly CellRef[] {
  const total: CellRef = { indicator: indicator.code, dimension: null, category: null };
  return [
    total,
    ...indicator.dimensions.flatMap((dimension) =>
      orderCategories(dimension).map((category) => ({
        indicator: indicator.code,
        dimension: dimension.code,
        category: category.code,
      })),
    ),
  ];
}

/** Each subtotal, then its parts; what is written first comes first. */
export function orderCategories(dimension: Dimension): readonly Category[] {
  const under = (parent: string | null): readonly Category[] =>
    dimension.categories
      .filter((category) => category.parent === parent)
      .flatMap((category) => [category, ...under(category.code)]);
  return under(null);
}

/** What adds up to a category, or to the total when `parent` is null. */
export function childrenOf(dimension: Dimension, parent: string | null): readonly Category[] {
  return dimension.categories.filter((category) => category.parent === parent);
}

/** Every cell that people fill, in the order of the form. */
export function listEnteredCells(indicators: readonly Indicator[]): readonly CellRef[] {
  return indicators.filter(isEntered).flatMap(listCells);
}

/** Headings in the order in which they first appear. */
export function listSections(indicators: readonly Indicator[]): readonly string[] {
  return [...new Set(indicators.map(({ section }) => section))];
}

export type IndicatorFault =
  | "code-malformed"
  | "code-given-twice"
  | "section-missing"
  | "label-missing"
  | "definition-missing"
  | "filled-by-missing"
  | "text-too-long"
  | "dimension-malformed"
  | "category-malformed"
  | "category-given-twice"
  | "category-alone"
  | "parent-unknown"
  | "too-many-cells"
  | "formula-unknown-cell"
  | "formula-of-derived"
  | "formula-with-dimensions"
  | "contributors-unknown"
  | "break-reason-missing";

export type DictionaryFault =
  { readonly kind: "empty" | "too-many-indicators" } | { readonly kind: IndicatorFault; readonly code: string };

export const DICTIONARY_LIMITS = {
  mostIndicators: 120,
  mostCells: 60,
  longestLabel: 160,
  longestDefinition: 2000,
} as const;

const INDICATOR_CODE = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/;
const PART_CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Everything that keeps a dictionary from being put to the vote, indicator by indicator. At most 120 indicators of 60 cells.
 * A derived indicator is computed from cells that people enter, and has no breakdown of its own.
 */
export function checkDictionary(indicators: readonly Indicator[]): readonly DictionaryFault[] {
  const faults: DictionaryFault[] = [];
  if (indicators.length === 0) faults.push({ kind: "empty" });
  if (indicators.length > DICTIONARY_LIMITS.mostIndicators) faults.push({ kind: "too-many-indicators" });
  const entered = new Set(listEnteredCells(indicators).map(cellKeyOf));
  const derived = new Set(indicators.filter((each) => !isEntered(each)).map(({ code }) => code));
  const seen = new Set<string>();
  for (const indicator of indicators) {
    const { code } = indicator;
    if (seen.has(code)) faults.push({ kind: "code-given-twice", code });
    seen.add(code);
    for (const kind of checkIndicator(indicator, { entered, derived })) faults.push({ kind, code });
  }
  return faults;
}

type Neighbours = { readonly entered: ReadonlySet<string>; readonly derived: ReadonlySet<string> };

function* checkIndicator(indicator: Indicator, { entered, derived }: Neighbours): Generator<IndicatorFault> {
  const { code, section, label, definition, filledBy, formula, measure, dimensions, series, breakReason } = indicator;
  if (!INDICATOR_CODE.test(code) || code.length > 20) yield "code-malformed";
  if (section.trim() === "") yield "section-missing";
  if (label.trim() === "") yield "label-missing";
  if (definition.trim() === "") yield "definition-missing";
  if (filledBy.trim() === "") yield "filled-by-missing";
  const { longestLabel, longestDefinition, mostCells } = DICTIONARY_LIMITS;
  if ([section, label, filledBy].some((text) => text.length > longestLabel) || definition.length > longestDefinition)
    yield "text-too-long";
  if (series > 1 && breakReason.trim() === "") yield "break-reason-missing";
  for (const dimension of dimensions) yield* checkDimension(dimension);
  if (new Set(dimensions.map((each) => each.code)).size < dimensions.length) yield "dimension-malformed";
  if (1 + dimensions.reduce((sum, { categories }) => sum + categories.length, 0) > mostCells) yield "too-many-cells";
  if (formula !== null) {
    const parts = formula.kind === "ratio" ? [formula.numerator, formula.denominator] : formula.terms;
    if (parts.some((part) => derived.has(part.indicator))) yield "formula-of-derived";
    else if (parts.length === 0 || parts.some((part) => !entered.has(cellKeyOf(part)))) yield "formula-unknown-cell";
    if (dimensions.length > 0) yield "formula-with-dimensions";
  }
  if (measure.kind === "magnitude") {
    const named = [measure.contributors, measure.largest].filter((other) => other !== null);
    if (named.some((other) => other === code || !entered.has(other))) yield "contributors-unknown";
  }
}

function* checkDimension({ code, label, categories }: Dimension): Generator<IndicatorFault> {
  if (!PART_CODE.test(code) || code.length > 30 || label.trim() === "") yield "dimension-malformed";
  if (categories.some((each) => !PART_CODE.test(each.code) || each.code.length > 30 || each.label.trim() === ""))
    yield "category-malformed";
  const parents = new Map(categories.map((each) => [each.code, each.parent]));
  if (parents.size < categories.length) yield "category-given-twice";
  if (categories.some(({ parent }) => parent !== null && (!parents.has(parent) || parents.get(parent) !== null)))
    yield "parent-unknown";
  const families = new Map<string | null, number>();
  for (const { parent } of categories) families.set(parent, (families.get(parent) ?? 0) + 1);
  if (categories.length === 0 || [...families.values()].some((size) => size === 1)) yield "category-alone";
}

export type Comparability = {
  /** May the two totals be added, or set side by side over years? */
  readonly total: boolean;
  /** The dimensions whose categories are the same in both. */
  readonly dimensions: ReadonlySet<string>;
};

/**
 * Do two versions of an indicator speak of the same thing? The same series, unit, period and measure; and for a breakdown, the same categories under the
 * same subtotals, whatever their order or wording. A break in the series stops every comparison.
 */
export function compareDefinitions(one: Indicator, other: Indicator): Comparability {
  const total =
    one.code === other.code &&
    one.series === other.series &&
    one.unit === other.unit &&
    one.period === other.period &&
    one.measure.kind === other.measure.kind &&
    JSON.stringify(one.formula) === JSON.stringify(other.formula);
  if (!total) return { total, dimensions: new Set() };
  const shapes = new Map(other.dimensions.map((dimension) => [dimension.code, shapeOf(dimension)]));
  return {
    total,
    dimensions: new Set(
      one.dimensions.filter((each) => shapes.get(each.code) === shapeOf(each)).map(({ code }) => code),
    ),
  };
}

const shapeOf = ({ categories }: Dimension): string =>
  categories
    .map(({ code, parent }) => `${parent ?? ""}/${code}`)
    .sort()
    .join(" ");

/** Does the cell mean the same under both definitions? */
export function isComparable(ref: CellRef, one: Indicator, other: Indicator): boolean {
  const { total, dimensions } = compareDefinitions(one, other);
  return total && (ref.dimension === null || dimensions.has(ref.dimension));
}

export type Addend = { readonly definition: Indicator; readonly ref: CellRef; readonly value: number };

/**
 * Adds figures that mean the same thing; of others, refuses to make a total.
 * The sum of none is zero, and of amounts is in cents.
 */
export function addFigures(
  addends: readonly Addend[],
): Decision<number, { readonly kind: "incompatible-versions"; readonly code: string }> {
  const [first] = addends;
  if (!first) return grant(0);
  const stranger = addends.find(
    ({ definition, ref }) =>
      cellKeyOf(ref) !== cellKeyOf(first.ref) || !isComparable(first.ref, first.definition, definition),
  );
  if (stranger) return refuse({ kind: "incompatible-versions", code: stranger.ref.indicator });
  return grant(addends.reduce((sum, { value }) => sum + value, 0));
}

/** What a proposed definition changes so much that its series can't go on: unit, period, measure, formula. */
export function mustBreakSeries(before: Indicator, after: Indicator): boolean {
  return !compareDefinitions({ ...before, series: 0 }, { ...after, series: 0 }).total;
}

export type IndicatorChange = {
  readonly code: string;
  readonly label: string;
  readonly kind: "added" | "removed" | "reworded" | "recategorised" | "break";
};

/** What a version changes, indicator by indicator; those that stay as they are don't appear. */
export function listChanges(before: readonly Indicator[], after: readonly Indicator[]): readonly IndicatorChange[] {
  const former = new Map(before.map((indicator) => [indicator.code, indicator]));
  const kept = new Set(after.map(({ code }) => code));
  const changes = after.flatMap((indicator): IndicatorChange[] => {
    const { code, label } = indicator;
    const old = former.get(code);
    if (!old) return [{ code, label, kind: "added" }];
    const { total, dimensions } = compareDefinitions(old, indicator);
    if (!total) return [{ code, label, kind: "break" }];
    const isRecut = dimensions.size < Math.max(old.dimensions.length, indicator.dimensions.length);
    if (isRecut) return [{ code, label, kind: "recategorised" }];
    return JSON.stringify(old) === JSON.stringify(indicator) ? [] : [{ code, label, kind: "reworded" }];
  });
  const gone = before
    .filter(({ code }) => !kept.has(code))
    .map(({ code, label }): IndicatorChange => ({ code, label, kind: "removed" }));
  return [...changes, ...gone];
}
