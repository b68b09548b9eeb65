import type { Piece } from "./exact";
import {
  findBreaches,
  LINEAR_LIMIT,
  listDemands,
  makeGuard,
  setHidden,
  type Breach,
  type Demand,
  type Guard,
} from "./guard";
import type { OpenProgram, ProgramSession } from "./program";
import { seekMove, type Ground } from "./moves";
import { pick } from "./system";
import { NOBODY } from "./threat";
import { listRows, openCalculation } from "./witness";

/**
 * A pattern that protects a piece, not proven cheapest: cell by cell, hides the cheapest further cells along which it can move as far as it must; then shows
 * again, dearest first, each cell that no proof needs. Null when even all cells hidden do not protect.
 * Method: one cheapest flow for each cell (Kelly, Golden and Assad; Castro, « network flows heuristics for complementary cell suppression »).
 */
export function hideStepByStep(piece: Piece, openProgram: OpenProgram): readonly number[] | null {
  const { system, circles, cells } = piece;
  const inPiece = new Set(cells);
  const demands = [...listDemands(circles).filter(({ cell }) => inPiece.has(cell))].sort(
    (a, b) => Math.abs(b.amount) - Math.abs(a.amount) || a.cell - b.cell || a.amount - b.amount,
  );
  const isLinear = cells.length <= LINEAR_LIMIT;
  const calculation = isLinear ? openCalculation(system, cells, openProgram) : null;
  const flow = isLinear ? openFlow(piece, openProgram) : null;
  const guard = makeGuard(
    system,
    circles,
    system.ids.map((_, cell) => piece.isPrimary[cell] === true),
    calculation,
    openProgram,
  );
  const corners = isLinear ? null : listCorners(piece);
  const everywhere = isLinear ? [] : listByValue(piece);
  try {
    for (const demand of demands) {
      for (let attempt = 0; attempt < 40; attempt += 1) {
        const [breach] = findBreaches(guard, demand);
        if (!breach) break;
        const more = flow
          ? flow.findCheapest(guard, breach)
          : ((corners && findCorner(guard, piece, corners, breach)) ?? findRing(guard, everywhere, breach));
        if (!more || more.length === 0) return null;
        for (const cell of more) setHidden(guard, cell, true);
      }
    }
    if (demands.some((demand) => findBreaches(guard, demand).length > 0)) return null;
    showAgain(piece, guard, demands);
    return cells.filter((cell) => guard.isHidden[cell]);
  } finally {
    calculation?.close();
    flow?.close();
  }
}

/** Shows what is hidden for nothing. A cell is tried against the demands whose witnesses run through it only. */
function showAgain(piece: Piece, guard: Guard, demands: readonly Demand[]): void {
  const byCell = new Map<number, Set<Demand>>();
  const note = (demand: Demand): void => {
    for (const move of guard.known.get(`${demand.circle}/${demand.cell}/${demand.amount > 0 ? "+" : "-"}`) ?? [])
      for (const cell of move.keys()) {
        const users = byCell.get(cell);
        if (users) users.add(demand);
        else byCell.set(cell, new Set([demand]));
      }
  };
  for (const demand of demands) note(demand);
  const extra = piece.cells
    .filter((cell) => guard.isHidden[cell] && !piece.isPrimary[cell])
    .sort((a, b) => pick(piece.weights, b) - pick(piece.weights, a) || a - b);
  for (const cell of extra) {
    setHidden(guard, cell, false);
    const users = [...(byCell.get(cell) ?? [])];
    if (users.every((demand) => findBreaches(guard, demand).length === 0)) for (const demand of users) note(demand);
    else setHidden(guard, cell, true);
  }
}

type Flow = {
  readonly findCheapest: (guard: Guard, breach: Breach) => readonly number[] | null;
  readonly close: () => void;
};

/** Up and down columns for each cell, each at the price of hiding it, nothing once it is hidden. */
function openFlow(piece: Piece, openProgram: OpenProgram): Flow {
  const { system, cells } = piece;
  const columnOf = new Map(cells.map((cell, column) => [cell, column]));
  const rows = listRows(system, columnOf).map((row) => ({
    ...row,
    entries: row.entries.flatMap(({ column, factor }) => [
      { column: 2 * column, factor },
      { column: 2 * column + 1, factor: -factor },
    ]),
  }));
  const free = { lower: 0, upper: 0, cost: 0, isInteger: false };
  const session: ProgramSession = openProgram({ columns: cells.flatMap(() => [free, free]), rows });
  const findCheapest = (guard: Guard, breach: Breach): readonly number[] | null => {
    const circle = pick(guard.circles, breach.circle);
    for (const [column, cell] of cells.entries()) {
      const isShut =
        circle.knows[cell] === true || (breach.insider !== NOBODY && circle.ownerOf[cell] === breach.insider);
      const down = pick(system.values, cell) - pick(system.floors, cell);
      const price = guard.isHidden[cell] ? 1e-6 : pick(piece.weights, cell);
      session.setBounds(2 * column, 0, isShut ? 0 : Infinity);
      session.setBounds(2 * column + 1, 0, isShut ? 0 : down);
      session.setCost(2 * column, price);
      session.setCost(2 * column + 1, price);
    }
    const target = columnOf.get(breach.cell);
    if (target === undefined) return null;
    const [to, from] = breach.amount > 0 ? [2 * target, 2 * target + 1] : [2 * target + 1, 2 * target];
    const amount = Math.abs(breach.amount);
    session.setBounds(to, amount, amount);
    session.setBounds(from, 0, 0);
    const optimum = session.solve();
    if (optimum.status !== "optimal") return null;
    return cells.filter(
      (cell, column) =>
        !guard.isHidden[cell] && pick(optimum.values, 2 * column) + pick(optimum.values, 2 * column + 1) > 1e-6,
    );
  };
  return { findCheapest, close: session.close };
}

/** For cross tables: the cell that stands in two given sums. */
type Corners = { readonly cellAt: Int32Array; readonly sums: number };

function listCorners(piece: Piece): Corners | null {
  const sums = piece.system.sums.length;
  if (piece.cells.some((cell) => pick(piece.system.placesOf, cell).length !== 2) || sums > 3_000) return null;
  const cellAt = new Int32Array(sums * sums).fill(-1);
  for (const cell of piece.cells) {
    const [first, second] = pick(piece.system.placesOf, cell);
    if (!first || !second) return null;
    cellAt[first.sum * sums + second.sum] = cell;
    cellAt[second.sum * sums + first.sum] = cell;
  }
  return { cellAt, sums };
}

/** The three cells that, with the breached one, make the cheapest rectangle along which it can move; whole when it can by all that is asked, else by some. */
function findCorner(guard: Guard, piece: Piece, corners: Corners, breach: Breach): readonly number[] | null {
  const { system } = piece;
  const circle = pick(guard.circles, breach.circle);
  const isShut = (cell: number): boolean =>
    circle.knows[cell] === true || (breach.insider !== NOBODY && circle.ownerOf[cell] === breach.insider);
  const [first, second] = pick(system.placesOf, breach.cell);
  if (!first || !second) return null;
  const up = breach.amount > 0 ? 1 : -1;
  const need = Math.abs(breach.amount);
  const priceOf = (cell: number): number => (guard.isHidden[cell] ? 0 : pick(piece.weights, cell));
  /** How far a cell can go in a direction. */
  const roomOf = (cell: number, sign: number): number =>
    sign > 0 ? Infinity : pick(system.values, cell) - pick(system.floors, cell);
  const listArms = (from: typeof first): readonly Arm[] =>
    pick(system.sums, from.sum).flatMap(({ cell, sign }) => {
      if (cell === breach.cell || isShut(cell)) return [];
      const change = -up * from.sign * sign;
      const [a, b] = pick(system.placesOf, cell);
      const other = a?.sum === from.sum ? b : a;
      const room = Math.min(need, roomOf(cell, change));
      return other && room > 0
        ? [{ cell, price: priceOf(cell), room, sum: other.sum, excess: change * other.sign }]
        : [];
    });
  const byPrice = (a: Arm, b: Arm): number => a.price - b.price || b.room - a.room || a.cell - b.cell;
  const rows = [...listArms(first)].sort(byPrice);
  const columns = [...listArms(second)].sort(byPrice);
  let best: readonly number[] | null = null;
  let bestPrice = Infinity;
  for (const arm of rows) {
    if (arm.price >= bestPrice) break;
    for (const leg of columns) {
      if (arm.price + leg.price >= bestPrice) break;
      const cell = corners.cellAt[arm.sum * corners.sums + leg.sum] ?? -1;
      if (cell < 0 || cell === breach.cell || isShut(cell)) continue;
      const place = pick(system.placesOf, cell).find(({ sum }) => sum === arm.sum);
      const change = -arm.excess * (place?.sign ?? 1);
      const room = Math.min(arm.room, leg.room, roomOf(cell, change));
      if (room <= 0) continue;
      const more = arm.price + leg.price + priceOf(cell);
      // A rectangle that moves by a part only has to be followed by others: it costs as many times as it takes.
      const price = more === 0 ? Infinity : more * Math.ceil(need / room);
      if (price >= bestPrice) continue;
      bestPrice = price;
      best = [arm.cell, leg.cell, cell].filter((at) => !guard.isHidden[at]);
    }
  }
  return best;
}

/** Of each sum, all its cells, those that hold most first. */
function listByValue({ system }: Piece): readonly (readonly number[])[] {
  return system.sums.map((sum) =>
    sum.map(({ cell }) => cell).sort((a, b) => pick(system.values, b) - pick(system.values, a) || a - b),
  );
}

/** Where tables are large and no rectangle serves: a short change through any cells at all, which are then hidden. */
function findRing(guard: Guard, openIn: Ground["openIn"], breach: Breach): readonly number[] | null {
  const circle = pick(guard.circles, breach.circle);
  const isOpen = (cell: number): boolean =>
    circle.knows[cell] !== true && (breach.insider === NOBODY || circle.ownerOf[cell] !== breach.insider);
  const move = seekMove({ system: guard.system, openIn, isOpen }, breach.cell, breach.amount);
  return move && [...move.keys()].filter((cell) => !guard.isHidden[cell]);
}

type Arm = {
  readonly cell: number;
  readonly price: number;
  readonly room: number;
  readonly sum: number;
  readonly excess: number;
};
