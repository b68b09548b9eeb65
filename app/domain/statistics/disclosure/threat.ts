import { pick, type Cell, type Sum, type System } from "./system";

/**
 * The interval within which nobody may place a hidden cell more precisely: he must be left believing that it can be as low as `low` and as high as `high`.
 * Both in the unit of the cell.
 */
export type Need = { readonly cell: string; readonly low: number; readonly high: number };

/**
 * People who read the same publications. `knows`: what they read in earlier releases. `insiders`: those of them who also know figures of their own, as the
 * agents of a CCAS know their own row; nobody belongs to two rows. What an insider knows himself needs no protection from him.
 */
export type Circle = {
  readonly name: string;
  readonly knows: ReadonlySet<string>;
  readonly needs: readonly Need[];
  readonly insiders: readonly Insider[];
};

export type Insider = { readonly name: string; readonly own: readonly string[] };

/** What has to be protected, from whom, and what can't be hidden any more. */
export type ProtectionTask = {
  readonly cells: readonly Cell[];
  readonly sums: readonly Sum[];
  readonly circles: readonly Circle[];
  /** Hidden whatever the sums say: what the rules hide, and what a stricter release of the same figures hides. */
  readonly hidden: ReadonlySet<string>;
  /** Read by everybody already: hiding it would hide nothing. */
  readonly settled: ReadonlySet<string>;
};

/** A circle by rank. `ownerOf` is the rank of the insider whose own figure the cell is, or NOBODY. */
export type RankedCircle = {
  readonly circle: Circle;
  readonly knows: readonly boolean[];
  readonly ownerOf: readonly number[];
  readonly needs: readonly RankedNeed[];
};

export const NOBODY = -1;

/** `low`, `high`: how far the cell must be able to move, down and up, from its value: never negative. */
export type RankedNeed = { readonly cell: number; readonly low: number; readonly high: number };

/** @throws RangeError when two insiders own the same cell. */
export function rankCircle(system: System, circle: Circle): RankedCircle {
  const knows = system.ids.map((id) => circle.knows.has(id));
  const ownerOf = system.ids.map(() => NOBODY);
  for (const [rank, insider] of circle.insiders.entries()) {
    for (const id of insider.own) {
      const cell = system.rankOf.get(id);
      if (cell === undefined) continue;
      if (pick(ownerOf, cell) !== NOBODY) throw new RangeError(`Owned twice: ${id}`);
      ownerOf[cell] = rank;
    }
  }
  const needs = circle.needs.flatMap((need) => {
    const cell = system.rankOf.get(need.cell);
    if (cell === undefined || pick(knows, cell)) return [];
    const value = pick(system.values, cell);
    return [{ cell, low: Math.max(0, value - need.low), high: Math.max(0, need.high - value) }];
  });
  return { circle, knows, ownerOf, needs };
}

/** The smallest number that orders first by how many cells are hidden, then by what they hold. */
export function weighCells(system: System): readonly number[] {
  const whole = system.values.reduce((sum, value) => sum + value, 1);
  return system.values.map((value) => 1 + value / whole);
}
