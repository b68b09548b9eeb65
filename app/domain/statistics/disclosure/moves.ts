import { keyOf, pick, type System } from "./system";

/** A change of some cells that leaves every sum true: by cell, how much it goes up (or down). */
export type Move = ReadonlyMap<number, number>;

export type Ground = {
  readonly system: System;
  /** Of each sum, the cells among which to look, those that hold most first; `isOpen` has the last word. */
  readonly openIn: readonly (readonly number[])[];
  readonly isOpen: (cell: number) => boolean;
};

/** How many cells a search looks at, and the longest cycles it tries: a search that gives up proves nothing, the solver is asked then. */
const BUDGET = 3_000;
const DEPTHS = [3, 5, 7];
const PIECES = 12;

/**
 * Looks for a change of `amount` of `cell` (negative: down) that leaves every sum true, no cell below its floor, and nothing moved but open cells.
 * Cheap and incomplete: short cycles of unit steps, put one after the other until the amount is reached.
 */
export function seekMove(ground: Ground, cell: number, amount: number): Move | null {
  const direction = amount > 0 ? 1 : -1;
  const change = new Map<number, number>();
  let left = Math.abs(amount);
  for (let piece = 0; left > 0 && piece < PIECES; piece += 1) {
    const room = (at: number, sign: number): number => {
      const moved = change.get(at) ?? 0;
      return sign > 0 ? Infinity : pick(ground.system.values, at) + moved - pick(ground.system.floors, at);
    };
    let cycle =
      seekWay(ground, { cell, direction, least: left }, room, QUICK_WALK) ??
      seekWay(ground, { cell, direction, least: 1 }, room, WALK);
    // Short cycles that move a part come before long ones that move the whole: they are found at once.
    for (const depth of DEPTHS)
      cycle ??=
        seekCycle(ground, { cell, direction, least: left, depth }, room) ??
        seekCycle(ground, { cell, direction, least: 1, depth }, room);
    if (!cycle) return null;
    let step = left;
    for (const [at, sign] of cycle) step = Math.min(step, room(at, sign));
    for (const [at, sign] of cycle) change.set(at, (change.get(at) ?? 0) + sign * step);
    left -= step;
  }
  return left > 0 ? null : change;
}

type Room = (cell: number, sign: number) => number;

/** How many cells a walk looks at: for all that is left at once, then for a part of it. */
const QUICK_WALK = 600;
const WALK = 40_000;
/** Beyond so many sums, no table of crossings is laid out. */
const MOST_SUMS = 3_000;

/** A system where every cell stands in two sums, as in a cross table, laid out flat: sums are places, cells the ways between them. */
type Crossing = {
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly oneSign: Int8Array;
  readonly otherSign: Int8Array;
  /** By two sums, the cell that stands in both, or -1. */
  readonly cellAt: Int32Array;
  /** By state (a sum that has too much, or too little): which walk came there last, from which state, through which cell. */
  readonly seen: Int32Array;
  readonly from: Int32Array;
  readonly through: Int32Array;
  readonly queue: Int32Array;
  walk: number;
};

const crossings = new WeakMap<System, Crossing | "none">();

function findCrossing(system: System): Crossing | null {
  const known = crossings.get(system) ?? layOut(system);
  crossings.set(system, known);
  return known === "none" ? null : known;
}

function layOut({ placesOf, sums }: System): Crossing | "none" {
  if (sums.length > MOST_SUMS || placesOf.some((places) => places.length !== 2)) return "none";
  const sumsAt = (rank: 0 | 1): number[] => placesOf.map((places) => places[rank]?.sum ?? 0);
  const signsAt = (rank: 0 | 1): number[] => placesOf.map((places) => places[rank]?.sign ?? 0);
  const [one, other] = [Int32Array.from(sumsAt(0)), Int32Array.from(sumsAt(1))];
  const cellAt = new Int32Array(sums.length * sums.length).fill(-1);
  for (const cell of placesOf.keys()) {
    const [a, b] = [one[cell] ?? 0, other[cell] ?? 0];
    // Two cells in the same two sums: no cross table.
    if (a === b || (cellAt[a * sums.length + b] ?? -1) >= 0) return "none";
    cellAt[a * sums.length + b] = cell;
    cellAt[b * sums.length + a] = cell;
  }
  const states = (): Int32Array => new Int32Array(2 * sums.length);
  return {
    ...{ one, other, cellAt, walk: 0 },
    oneSign: Int8Array.from(signsAt(0)),
    otherSign: Int8Array.from(signsAt(1)),
    ...{ seen: states(), from: states(), through: states(), queue: states() },
  };
}

/**
 * In cross tables: the shortest way, from sum to sum, on which what is too much in one is passed on, cell after cell, until it meets what lacks in the other.
 * Every cell of it can move by `least`.
 */
function seekWay(
  { system, openIn, isOpen }: Ground,
  { cell, direction, least }: Omit<Aim, "depth">,
  room: Room,
  most: number,
): ReadonlyMap<number, number> | null {
  const crossing = findCrossing(system);
  if (!crossing || room(cell, direction) < least) return null;
  const { one, other, oneSign, otherSign, cellAt, seen, from, through, queue } = crossing;
  const walk = (crossing.walk += 1);
  const width = system.sums.length;
  const goal = other[cell] ?? 0;
  /** Whoever comes to the goal with this has closed the ring. */
  const lacking = -direction * (otherSign[cell] ?? 0);
  const start = 2 * (one[cell] ?? 0) + (direction * (oneSign[cell] ?? 0) > 0 ? 1 : 0);
  seen[start] = walk;
  queue[0] = start;
  let budget = most;
  for (let [head, tail] = [0, 1]; head < tail; head += 1) {
    const state = queue[head] ?? 0;
    const sum = state >> 1;
    const excess = state & 1 ? 1 : -1;
    for (const next of openIn[sum] ?? []) {
      budget -= 1;
      if (budget <= 0) return null;
      const isOne = one[next] === sum;
      const change = -excess * ((isOne ? oneSign[next] : otherSign[next]) ?? 0);
      // The list goes from those that hold most to those that hold least.
      if (change < 0 && (system.values[next] ?? 0) - (system.floors[next] ?? 0) < least) break;
      const beyond = (isOne ? other[next] : one[next]) ?? 0;
      const passed = change * ((isOne ? otherSign[next] : oneSign[next]) ?? 0);
      const to = 2 * beyond + (passed > 0 ? 1 : 0);
      if (next === cell || seen[to] === walk || !isOpen(next) || (change < 0 && room(next, change) < least)) continue;
      seen[to] = walk;
      from[to] = state;
      through[to] = change * (next + 1);
      const last = cellAt[beyond * width + goal] ?? -1;
      if (last >= 0 && last !== cell && last !== next && isOpen(last)) {
        const isLastOne = one[last] === beyond;
        const closing = -passed * ((isLastOne ? oneSign[last] : otherSign[last]) ?? 0);
        const arrives = closing * ((isLastOne ? otherSign[last] : oneSign[last]) ?? 0);
        if (arrives === lacking && (closing > 0 || room(last, closing) >= least))
          return trace(crossing, start, to, [
            [cell, direction],
            [last, closing],
          ]);
      }
      queue[tail] = to;
      tail += 1;
    }
  }
  return null;
}

function trace(
  { from, through }: Crossing,
  start: number,
  end: number,
  ends: readonly (readonly [cell: number, change: number])[],
): ReadonlyMap<number, number> {
  const ring = new Map(ends);
  for (let at = end; at !== start; at = from[at] ?? start) {
    const moved = through[at] ?? 0;
    ring.set(Math.abs(moved) - 1, Math.sign(moved));
  }
  return ring;
}

type Aim = { readonly cell: number; readonly direction: 1 | -1; readonly least: number; readonly depth: number };

/** A cycle through a cell along which at least `least` can be pushed: cells with the sign of their change. */
function seekCycle(ground: Ground, aim: Aim, room: Room): ReadonlyMap<number, number> | null {
  const { cell, direction, least, depth } = aim;
  if (room(cell, direction) < least) return null;
  const search = {
    ground,
    least,
    room,
    signs: new Map<number, number>(),
    unbalanced: new Map<number, number>(),
    budget: BUDGET,
  };
  place(search, cell, direction);
  return balance(search, depth) ? search.signs : null;
}

type Search = {
  readonly ground: Ground;
  readonly least: number;
  readonly room: Room;
  readonly signs: Map<number, number>;
  /** Sums made untrue by the cells placed so far, with what they have too much. */
  readonly unbalanced: Map<number, number>;
  budget: number;
};

function place(search: Search, cell: number, sign: number): void {
  search.signs.set(cell, sign);
  shift(search, cell, sign);
}

function remove(search: Search, cell: number, sign: number): void {
  search.signs.delete(cell);
  shift(search, cell, -sign);
}

function shift(search: Search, cell: number, sign: number): void {
  for (const place of pick(search.ground.system.placesOf, cell)) {
    const excess = (search.unbalanced.get(place.sum) ?? 0) + place.sign * sign;
    if (excess === 0) search.unbalanced.delete(place.sum);
    else search.unbalanced.set(place.sum, excess);
  }
}

function balance(search: Search, depth: number): boolean {
  if (search.unbalanced.size === 0) return true;
  if (depth === 0 || search.budget <= 0) return false;
  if (close(search)) return true;
  if (depth === 1) return false;
  const [sum, excess] = pickTightest(search);
  const { values, floors } = search.ground.system;
  for (const cell of pick(search.ground.openIn, sum)) {
    search.budget -= 1;
    if (search.budget <= 0) return false;
    const places = pick(search.ground.system.placesOf, cell);
    const sign = -Math.sign(excess) * signIn(places, sum);
    // The list goes from those that hold most to those that hold least: no later cell has more to give.
    if (sign < 0 && pick(values, cell) - pick(floors, cell) < search.least && !search.signs.has(cell)) break;
    if (search.room(cell, sign) < search.least || search.signs.has(cell) || !search.ground.isOpen(cell)) continue;
    let kept = search.unbalanced.size;
    let isWorse = false;
    for (const place of places) {
      const other = search.unbalanced.get(place.sum);
      if (other === undefined) kept += 1;
      else if (Math.sign(other) === place.sign * sign) isWorse = true;
      else if (Math.abs(other) === 1) kept -= 1;
    }
    if (isWorse || kept > (depth - 1) * 3) continue;
    place(search, cell, sign);
    if (balance(search, depth - 1)) return true;
    remove(search, cell, sign);
  }
  return false;
}

const signIn = (places: System["placesOf"][number], sum: number): number =>
  places.find((place) => place.sum === sum)?.sign ?? 0;

/** The one cell that mends all untrue sums at once, when there is one. */
function close(search: Search): boolean {
  const { system, isOpen } = search.ground;
  const [[sum, excess] = [NaN, 0]] = search.unbalanced;
  for (const cell of system.cellsAt.get(keyOf([...search.unbalanced.keys()])) ?? []) {
    search.budget -= 1;
    const places = pick(system.placesOf, cell);
    const sign = -excess * signIn(places, sum);
    if (search.signs.has(cell) || !isOpen(cell) || search.room(cell, sign) < search.least) continue;
    if (places.some((place) => place.sign * sign !== -(search.unbalanced.get(place.sum) ?? 0))) continue;
    search.signs.set(cell, sign);
    return true;
  }
  return false;
}

/** The untrue sum with the fewest cells to mend it. */
function pickTightest(search: Search): readonly [sum: number, excess: number] {
  let best: readonly [number, number] = [NaN, 0];
  let fewest = Infinity;
  for (const [sum, excess] of search.unbalanced) {
    const { length } = pick(search.ground.openIn, sum);
    if (length < fewest) {
      fewest = length;
      best = [sum, excess];
    }
  }
  return best;
}
