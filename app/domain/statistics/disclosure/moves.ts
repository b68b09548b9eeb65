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
    let cycle: ReadonlyMap<number, number> | null = null;
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
