import { cellKeyOf, listCells, type CellRef, type Indicator } from "../../indicator/dictionary";
import type { CellContent } from "../../indicator/cell";
import {
  findReason,
  floorOf,
  needOf,
  type Measure,
  type PrimaryReason,
  type SecrecyRules,
} from "../disclosure/sensitivity";
import type { Cell, Sum } from "../disclosure/system";
import type { Circle, Insider, Need, ProtectionTask } from "../disclosure/threat";
import { figureAt, listBranches, listCounted, NETWORK, readCells, type FrozenYear } from "./frozen-year";

/** What became of a figure in a release. Codes of the French manual: V (shown), A (frequency), B (dominance), D (hidden to protect others). */
export type Outcome = "shown" | PrimaryReason | "complementary";

/** A figure of a release: whose it is (a member, or NETWORK), which cell, and which quantity it tells of. */
export type Figure = {
  readonly scope: string;
  readonly key: string;
  readonly value: number;
  /** The members that the figure adds up: for a network's figure, those that have one. */
  readonly of: readonly string[];
  readonly quantity: string;
  readonly measure: Measure;
};

/** The figures of a year and the sums that tie them. The same quantity has the same name in every release of the year while its value stays the same. */
export type YearTables = {
  readonly figures: readonly Figure[];
  readonly sums: readonly Sum[];
  /** What ties the figures without being shown: what is missing between a total and the parts that are known. */
  readonly slacks: readonly Cell[];
};

/**
 * Lays out every figure that a year could show: each member's and the network's, with their breakdowns. A quantity is named by who is in it, by its cell and by
 * its value, so that a figure corrected since is another quantity, and the total of six CCAS another than the total of the five that remain.
 */
export function composeTables(year: FrozenYear): YearTables {
  const read = readCells(year);
  const figures: Figure[] = [];
  const sums: Sum[] = [];
  const slacks: Cell[] = [];
  const quantities = new Map<string, string>();
  const indicators = listCounted(year.dictionary.indicators);
  const nameOf = (of: readonly string[], key: string, value: number): string => `${of.join("+")}|${key}|${value}`;
  for (const indicator of indicators) {
    for (const ref of listCells(indicator)) {
      const key = cellKeyOf(ref);
      const present = year.members.flatMap(({ id }) => {
        const value = figureAt(read(id, ref));
        return value === null ? [] : [{ id, value }];
      });
      for (const { id, value } of present) {
        const quantity = nameOf([id], key, value);
        quantities.set(`${id}|${key}`, quantity);
        figures.push({
          scope: id,
          key,
          value,
          of: [id],
          quantity,
          measure: measureOf(year, read, indicator, ref, [id]),
        });
      }
      if (present.length === 0) continue;
      const of = present.map(({ id }) => id).toSorted();
      const value = present.reduce((sum, each) => sum + each.value, 0);
      // Of one member alone, the network's figure is that member's.
      const quantity = of.length === 1 ? nameOf(of, key, value) : nameOf([NETWORK, ...of], key, value);
      figures.push({ scope: NETWORK, key, value, of, quantity, measure: measureOf(year, read, indicator, ref, of) });
      if (of.length > 1)
        sums.push({ total: quantity, parts: present.map((each) => nameOf([each.id], key, each.value)) });
    }
    for (const { id } of year.members) {
      for (const { total, parts } of listBranches(indicator)) tie(id, cellKeyOf(total), parts.map(cellKeyOf));
      if (indicator.formula?.kind === "sum") tie(id, indicator.code, indicator.formula.terms.map(cellKeyOf));
    }
  }
  function tie(member: string, totalKey: string, partKeys: readonly string[]): void {
    const total = quantities.get(`${member}|${totalKey}`);
    const parts = partKeys.flatMap((key) => quantities.get(`${member}|${key}`) ?? []);
    if (total === undefined || parts.length === 0) return;
    const valueOf = (quantity: string): number => Number(quantity.slice(quantity.lastIndexOf("|") + 1));
    const missing = valueOf(total) - parts.reduce((sum, part) => sum + valueOf(part), 0);
    if (missing < 0) return;
    const isWhole = parts.length === partKeys.length;
    if (isWhole && missing > 0) return;
    if (isWhole) sums.push({ total, parts });
    else {
      const id = `slack|${total}|${partKeys.join("+")}`;
      slacks.push({ id, value: missing, floor: 0 });
      sums.push({ total, parts: [...parts, id] });
    }
  }
  return { figures, sums, slacks };
}

/** What the rules judge: a count by itself; an amount by how many people share it and by the largest part of it, both as the members counted them. */
function measureOf(
  year: FrozenYear,
  read: (member: string, ref: CellRef) => CellContent | null,
  indicator: Indicator,
  ref: CellRef,
  of: readonly string[],
): Measure {
  const isZeroShown = !indicator.isZeroInformative;
  const value = of.reduce((sum, id) => sum + (figureAt(read(id, ref)) ?? 0), 0);
  if (indicator.measure.kind === "count") return { kind: "count", value, isZeroShown };
  const { contributors, largest } = indicator.measure;
  const readAlso = (code: string | null): readonly (number | null)[] =>
    of.map((id) => (code === null ? null : figureAt(read(id, { ...ref, indicator: code }))));
  // Nobody knows how many people share it: it can't be shown to be enough.
  const people = readAlso(contributors).reduce(
    (sum: number | null, each) => (sum === null || each === null ? null : sum + each),
    0,
  );
  const biggest = Math.max(0, ...readAlso(largest).map((each) => each ?? 0));
  return {
    kind: "amount",
    value,
    people,
    contributions: biggest > 0 ? [biggest, Math.max(0, value - biggest)] : [],
    isZeroShown,
  };
}

/** An earlier release of the same year: what it told, and to whom. */
export type EarlierRelease = { readonly year: FrozenYear; readonly hidden: ReadonlySet<string> };

export type ReleaseTask = {
  readonly task: ProtectionTask;
  readonly tables: YearTables;
  /** Why a quantity of this release is hidden by the rules themselves. */
  readonly reasons: ReadonlyMap<string, PrimaryReason>;
};

/**
 * The task of a release: its own tables together with those of all earlier releases of the year, so that no reader gains by setting one against another.
 * Members read what is told to the public too, and each CCAS knows its own figures; a public release must hold against both circles. What a members' release
 * hides, a public one of the same figures hides as well.
 */
export function composeTask(year: FrozenYear, earlier: readonly EarlierRelease[]): ReleaseTask {
  const tables = composeTables(year);
  const cells = new Map<string, Cell>();
  const sums = new Map<string, Sum>();
  const toldToAll = new Set<string>();
  const toldToMembers = new Set<string>();
  const hidden = new Set<string>();
  const reasons = new Map<string, PrimaryReason>();
  const memberNeeds = new Map<string, Need>();
  const publicNeeds = new Map<string, Need>();
  const insiders = new Map<string, Set<string>>();
  const zeros = new Set<string>();

  const lay = (each: YearTables, needs: Map<string, Need>, rules: SecrecyRules): void => {
    for (const { quantity, value, measure, of } of each.figures) {
      cells.set(quantity, { id: quantity, value, floor: value === 0 ? 0 : floorOf(measure) });
      if (of.length === 1)
        for (const owner of of) insiders.set(owner, (insiders.get(owner) ?? new Set()).add(quantity));
      if (value === 0 && measure.isZeroShown) zeros.add(quantity);
      else if (findReason(measure, rules)) needs.set(quantity, needOf(quantity, measure, rules));
    }
    for (const slack of each.slacks) {
      cells.set(slack.id, slack);
      hidden.add(slack.id);
    }
    for (const sum of each.sums) sums.set(`${sum.total}=${sum.parts.join("+")}`, sum);
  };

  const current = new Set(tables.figures.map(({ quantity }) => quantity));
  for (const release of earlier) {
    const told = composeTables(release.year);
    lay(told, memberNeeds, release.year.memberRules);
    if (release.year.audience === "public") lay(told, publicNeeds, release.year.rules);
    for (const { quantity } of told.figures) {
      if (!release.hidden.has(quantity)) {
        toldToMembers.add(quantity);
        if (release.year.audience === "public") toldToAll.add(quantity);
      } else if (!current.has(quantity) || (year.audience === "public" && release.year.audience === "members"))
        hidden.add(quantity);
    }
    // A figure that this release does not take up again stays as untold as it was.
    if (year.audience === "public")
      for (const { quantity } of told.figures) if (!current.has(quantity)) hidden.add(quantity);
  }
  lay(tables, memberNeeds, year.memberRules);
  if (year.audience === "public") lay(tables, publicNeeds, year.rules);
  for (const { quantity, measure } of tables.figures) {
    const reason = findReason(measure, year.rules);
    if (reason === null) continue;
    reasons.set(quantity, reason);
    hidden.add(quantity);
  }
  const owners: readonly Insider[] = [...insiders].map(([name, own]) => ({ name, own: [...own] }));
  const members: Circle = { name: "members", knows: toldToMembers, needs: [...memberNeeds.values()], insiders: owners };
  const everybody: Circle = { name: "public", knows: toldToAll, needs: [...publicNeeds.values()], insiders: [] };
  const settled = new Set([...(year.audience === "public" ? toldToAll : toldToMembers), ...zeros]);
  return {
    tables,
    reasons,
    task: {
      cells: [...cells.values()],
      sums: [...sums.values()],
      circles: year.audience === "public" ? [everybody, members] : [members],
      hidden,
      settled,
    },
  };
}
