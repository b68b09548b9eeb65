import { cellKeyOf, isComparable, listCells, type CellRef, type Indicator } from "../../indicator/dictionary";
import type { CellState } from "../../indicator/cell";
import type { Audience } from "../disclosure/sensitivity";
import { listCounted, NETWORK, readCells, type FrozenYear } from "./frozen-year";
import type { Figure, YearTables } from "./compose-task";

/**
 * What a reader is told of a cell. « suppressed »: statistical secrecy, without saying why this one: whoever knew which cells are below the threshold would know
 * too much. « not-released »: its CCAS keeps it to itself. « missing »: nobody filled it.
 */
export type CellStatus = CellState | "suppressed" | "missing";

export type PublishedCell = {
  /** A member, or NETWORK. */
  readonly scope: string;
  readonly key: string;
  readonly status: CellStatus;
  /** Null unless the status is « value » or « zero ». Units, or cents; a ratio in its own unit. */
  readonly value: number | null;
  /** Of the network: how many members the figure adds up. */
  readonly members: number | null;
};

/** A release as its readers get it: no figure that it hides is in it, in any form. */
export type PublishedYear = {
  readonly year: number;
  readonly audience: Audience;
  readonly threshold: number;
  readonly dictionary: { readonly version: number; readonly indicators: readonly Indicator[] };
  readonly population: { readonly vintage: number; readonly producer: string; readonly title: string } | null;
  readonly members: readonly { readonly id: string; readonly shortName: string; readonly inhabitants: number | null }[];
  readonly cells: readonly PublishedCell[];
};

/** What is said of the network when no member has a figure: the first of them that a member declared. */
const WITHOUT_FIGURE = ["not-known", "not-released", "not-applicable"] as const;

/** Keeps what is shown of a year. A ratio falls with its parts, and is none where its parts do not speak of the same members. */
export function publishYear(year: FrozenYear, tables: YearTables, hidden: ReadonlySet<string>): PublishedYear {
  const figures = new Map(tables.figures.map((figure) => [`${figure.scope}|${figure.key}`, figure]));
  const read = readCells(year);
  const scopes = [NETWORK, ...year.members.map(({ id }) => id)];
  const statusOf = (scope: string, ref: CellRef): CellStatus => {
    if (scope !== NETWORK) return read(scope, ref)?.state ?? "missing";
    const states = new Set(year.members.map(({ id }) => read(id, ref)?.state));
    return WITHOUT_FIGURE.find((state) => states.has(state)) ?? "missing";
  };
  const tell = (scope: string, ref: CellRef): PublishedCell => {
    const key = cellKeyOf(ref);
    const figure = figures.get(`${scope}|${key}`);
    const members = scope === NETWORK ? (figure?.of.length ?? 0) : null;
    if (figure) return tellFigure(figure, hidden.has(figure.quantity), members);
    return { scope, key, status: statusOf(scope, ref), value: null, members };
  };
  const tellRatio = (scope: string, indicator: Indicator): PublishedCell => {
    const { formula } = indicator;
    const none = { scope, key: indicator.code, value: null, members: null };
    if (formula?.kind !== "ratio") return { ...none, status: "missing" };
    const parts = [formula.numerator, formula.denominator].map((ref) => tell(scope, ref));
    const [above, below] = parts;
    if (parts.some(({ status }) => status === "suppressed")) return { ...none, status: "suppressed" };
    const without = parts.find(({ value }) => value === null);
    if (!above || !below || without) return { ...none, status: without?.status ?? "missing" };
    const isSame =
      scope !== NETWORK ||
      figures.get(`${scope}|${above.key}`)?.of.join() === figures.get(`${scope}|${below.key}`)?.of.join();
    if (!isSame) return { ...none, status: "not-known" };
    if (below.value === 0) return { ...none, status: "not-applicable" };
    const isAmount = year.dictionary.indicators.some(
      ({ code, unit }) => code === above.key.split("/")[0] && unit === "euros",
    );
    const value = ((above.value ?? 0) / (below.value ?? 1)) * formula.per * (isAmount ? 0.01 : 1);
    return { ...none, status: value === 0 ? "zero" : "value", value, members: above.members };
  };
  const published = year.dictionary.indicators.filter(({ isPublished }) => isPublished);
  const counted = new Set(listCounted(published).map(({ code }) => code));
  return {
    year: year.year,
    audience: year.audience,
    threshold: year.rules.threshold,
    dictionary: { version: year.dictionary.version, indicators: published },
    population: year.population,
    members: year.members.map(({ id, shortName, inhabitants }) => ({ id, shortName, inhabitants })),
    cells: published.flatMap((indicator) =>
      scopes.flatMap((scope) =>
        counted.has(indicator.code)
          ? listCells(indicator).map((ref) => tell(scope, ref))
          : [tellRatio(scope, indicator)],
      ),
    ),
  };
}

function tellFigure(figure: Figure, isHidden: boolean, members: number | null): PublishedCell {
  const { scope, key, value } = figure;
  if (isHidden) return { scope, key, status: "suppressed", value: null, members };
  return { scope, key, status: value === 0 ? "zero" : "value", value, members };
}

/** Made once for each year that is read: a page looks up thousands of cells. */
const indexes = new WeakMap<PublishedYear, ReadonlyMap<string, PublishedCell>>();

export function findCell(year: PublishedYear, scope: string, key: string): PublishedCell | null {
  const index = indexes.get(year) ?? new Map(year.cells.map((cell) => [`${cell.scope}|${cell.key}`, cell]));
  indexes.set(year, index);
  return index.get(`${scope}|${key}`) ?? null;
}

/** A count per 1 000 inhabitants of the members that it adds up; null when one of them has no known population, or the figure is not told. */
export function ratePerThousand(year: PublishedYear, cell: PublishedCell): number | null {
  if (cell.value === null) return null;
  const counted = year.members.filter(
    ({ id }) => cell.scope === id || (cell.scope === NETWORK && hasFigure(year, id, cell.key)),
  );
  if (cell.scope === NETWORK && counted.length !== cell.members) return null;
  let inhabitants = 0;
  for (const member of counted) {
    if (member.inhabitants === null) return null;
    inhabitants += member.inhabitants;
  }
  return inhabitants === 0 ? null : (cell.value * 1000) / inhabitants;
}

/** Does the member have a figure there, told or hidden? */
function hasFigure(year: PublishedYear, member: string, key: string): boolean {
  const status = findCell(year, member, key)?.status;
  return status === "value" || status === "zero" || status === "suppressed";
}

export type TrendPoint = {
  readonly year: number;
  /** As the grid of that year defined it; null when it did not hold it. */
  readonly indicator: Indicator | null;
  readonly cell: PublishedCell | null;
  /** The figure does not continue the one of the year before: its definition changed. */
  readonly isBreak: boolean;
};

/** One cell over the years, the earliest first, with the breaks in its series. */
export function followCell(years: readonly PublishedYear[], scope: string, ref: CellRef): readonly TrendPoint[] {
  let before: Indicator | null = null;
  return [...years]
    .sort((a, b) => a.year - b.year)
    .map((year) => {
      const indicator = year.dictionary.indicators.find(({ code }) => code === ref.indicator) ?? null;
      const isBreak = before !== null && indicator !== null && !isComparable(ref, before, indicator);
      before = indicator ?? before;
      return { year: year.year, indicator, cell: findCell(year, scope, cellKeyOf(ref)), isBreak };
    });
}
