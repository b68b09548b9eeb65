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

/**
 * `low`, `high`: how far the cell must be able to move, down and up, from its value: never negative. `lowFor`, `highFor`: how far for the
 * insiders who know, from their own figures and without any release, that a total is not less than what they bring to it, or that nobody else brings anything.
 */
export type RankedNeed = {
  readonly cell: number;
  readonly low: number;
  readonly high: number;
  readonly lowFor: ReadonlyMap<number, number>;
  readonly highFor: ReadonlyMap<number, number>;
};

/** @throws RangeError when two insiders own the same cell. */
export function rankCircle(system: System, circle: Circle, settled: ReadonlySet<string>): RankedCircle {
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
    const roomFor = (insider: number): number => {
      const known = leastOf(system, ownerOf, cell, insider);
      return Math.max(0, value - Math.max(need.low, known));
    };
    const [low, high] = [roomFor(NOBODY), Math.max(0, need.high - value)];
    const lowFor = new Map<number, number>();
    const highFor = new Map<number, number>();
    if (pick(ownerOf, cell) === NOBODY)
      for (const insider of listOwnersUnder(system, ownerOf, cell)) {
        if (roomFor(insider) < low) lowFor.set(insider, roomFor(insider));
        const room = mostOf(system, ownerOf, settled, cell, insider) - value;
        if (room < high) highFor.set(insider, room);
      }
    return [{ cell, low, high, lowFor, highFor }];
  });
  return { circle, knows, ownerOf, needs };
}

/** The sums of which a cell is the total, as the ranks of their parts. */
function* listParts(system: System, cell: number): Generator<readonly number[]> {
  for (const { sum, sign } of pick(system.placesOf, cell))
    if (sign === -1) yield pick(system.sums, sum).flatMap((member) => (member.sign === 1 ? [member.cell] : []));
}

/** What an insider knows a cell to reach at least, whatever is published: its floor, the floors of its parts, and his own figures among them. */
function leastOf(system: System, ownerOf: readonly number[], cell: number, insider: number): number {
  if (insider !== NOBODY && pick(ownerOf, cell) === insider) return pick(system.values, cell);
  let least = pick(system.floors, cell);
  for (const parts of listParts(system, cell))
    least = Math.max(
      least,
      parts.reduce((sum, part) => sum + leastOf(system, ownerOf, part, insider), 0),
    );
  return least;
}

/** What an insider knows a cell to reach at most: his own figures, and zeros that are always shown. */
function mostOf(
  system: System,
  ownerOf: readonly number[],
  settled: ReadonlySet<string>,
  cell: number,
  insider: number,
): number {
  const value = pick(system.values, cell);
  if (pick(ownerOf, cell) === insider || (value === 0 && settled.has(pick(system.ids, cell)))) return value;
  let most = Infinity;
  for (const parts of listParts(system, cell))
    most = Math.min(
      most,
      parts.reduce((sum, part) => sum + mostOf(system, ownerOf, settled, part, insider), 0),
    );
  return most;
}

function listOwnersUnder(system: System, ownerOf: readonly number[], cell: number): ReadonlySet<number> {
  const owner = pick(ownerOf, cell);
  if (owner !== NOBODY) return new Set([owner]);
  return new Set([...listParts(system, cell)].flat().flatMap((part) => [...listOwnersUnder(system, ownerOf, part)]));
}

/** The smallest number that orders first by how many cells are hidden, then by what they hold. */
export function weighCells(system: System): readonly number[] {
  const whole = system.values.reduce((sum, value) => sum + value, 1);
  return system.values.map((value) => 1 + value / whole);
}

/** The same task in parts that no sum ties together: each can be protected, and attacked, without the others. */
export function splitTask(task: ProtectionTask): readonly ProtectionTask[] {
  const parts = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = parts.get(root); next !== undefined && next !== root; next = parts.get(root)) root = next;
    parts.set(id, root);
    return root;
  };
  for (const { id } of task.cells) parts.set(id, id);
  for (const { total, parts: others } of task.sums) for (const part of others) parts.set(find(part), find(total));
  const cells = new Map<string, Cell[]>();
  for (const cell of task.cells) {
    const root = find(cell.id);
    const own = cells.get(root);
    if (own) own.push(cell);
    else cells.set(root, [cell]);
  }
  const sums = new Map<string, Sum[]>();
  for (const sum of task.sums) {
    const root = find(sum.total);
    const own = sums.get(root);
    if (own) own.push(sum);
    else sums.set(root, [sum]);
  }
  return [...cells].map(([root, own]) => {
    const within = new Set(own.map(({ id }) => id));
    const keep = (ids: ReadonlySet<string>): ReadonlySet<string> => new Set([...within].filter((id) => ids.has(id)));
    return {
      cells: own,
      sums: sums.get(root) ?? [],
      circles: task.circles.map((circle) => ({
        name: circle.name,
        knows: keep(circle.knows),
        needs: circle.needs.filter(({ cell }) => within.has(cell)),
        insiders: circle.insiders.map(({ name, own: ids }) => ({ name, own: ids.filter((id) => within.has(id)) })),
      })),
      hidden: keep(task.hidden),
      settled: keep(task.settled),
    };
  });
}
