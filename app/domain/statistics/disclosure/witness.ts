import type { Column, OpenProgram, ProgramSession } from "./program";
import { seekMove, type Ground, type Move } from "./moves";
import { pick, type System } from "./system";
import { NOBODY, type RankedCircle } from "./threat";

/**
 * A witness is another set of tables, as whole numbers, that a reader can't tell from the true one: every sum holds, no cell is below its floor, and whatever
 * he reads or knows is unchanged. It proves what a cell may be; it is checked here with whole numbers, whoever found it.
 */
export function isWitness(ground: Ground, move: Move): boolean {
  const { system } = ground;
  const balance = new Map<number, number>();
  for (const [cell, change] of move) {
    if (change === 0) continue;
    if (!Number.isSafeInteger(change) || !ground.isOpen(cell)) return false;
    if (pick(system.values, cell) + change < pick(system.floors, cell)) return false;
    for (const { sum, sign } of pick(system.placesOf, cell)) balance.set(sum, (balance.get(sum) ?? 0) + sign * change);
  }
  return [...balance.values()].every((excess) => excess === 0);
}

/** Is a cell open before one reader: hidden, not read elsewhere, not his own? */
export function openTo(isHidden: readonly boolean[], circle: RankedCircle, insider: number): (cell: number) => boolean {
  return (cell) =>
    isHidden[cell] === true && circle.knows[cell] !== true && (insider === NOBODY || circle.ownerOf[cell] !== insider);
}

/** What a reader can find out of one cell by linear programming: the bounds, and the dual values behind them. */
export type Reach = { readonly reached: number; readonly move: Move | null; readonly reducedCosts: readonly number[] };

/**
 * The reader's own calculation, by linear programming over the changes of the cells of one piece. Kept open: between two questions only bounds and objective change.
 * `columns`: rank in the system of each column.
 */
export type Calculation = {
  readonly columns: readonly number[];
  /** How far `cell` can move in the direction of `amount`, at most that much. */
  readonly ask: (ground: Ground, cell: number, amount: number) => Reach;
  readonly close: () => void;
};

export function openCalculation(system: System, cells: readonly number[], openProgram: OpenProgram): Calculation {
  const columnOf = new Map(cells.map((cell, column) => [cell, column]));
  const shut: Column = { lower: 0, upper: 0, cost: 0, isInteger: false };
  const rows = listRows(system, columnOf);
  const session = openProgram({ columns: cells.map(() => shut), rows });
  const openNow = cells.map(() => false);
  let aimed = 0;
  const ask = (ground: Ground, cell: number, amount: number): Reach => {
    for (const [column, rank] of cells.entries()) {
      const isOpen = ground.isOpen(rank);
      if (isOpen === openNow[column]) continue;
      openNow[column] = isOpen;
      setRoom(session, system, column, rank, isOpen);
    }
    const target = columnOf.get(cell);
    if (target === undefined) throw new RangeError("A cell of another piece");
    session.setCost(aimed, 0);
    aimed = target;
    session.setCost(target, amount > 0 ? -1 : 1);
    const down = pick(system.floors, cell) - pick(system.values, cell);
    session.setBounds(target, Math.max(down, Math.min(0, amount)), amount > 0 ? amount : Infinity);
    const optimum = session.solve();
    setRoom(session, system, target, cell, ground.isOpen(cell));
    if (optimum.status !== "optimal") return { reached: 0, move: null, reducedCosts: cells.map(() => 0) };
    const move = new Map<number, number>();
    for (const [column, rank] of cells.entries()) {
      const change = Math.round(pick(optimum.values, column));
      if (change !== 0) move.set(rank, change);
    }
    const reached = Math.abs(pick(optimum.values, target));
    return { reached, move: isWitness(ground, move) ? move : null, reducedCosts: optimum.reducedCosts };
  };
  return { columns: cells, ask, close: session.close };
}

function setRoom(session: ProgramSession, system: System, column: number, cell: number, isOpen: boolean): void {
  if (isOpen) session.setBounds(column, pick(system.floors, cell) - pick(system.values, cell), Infinity);
  else session.setBounds(column, 0, 0);
}

/** The sums that a piece takes part in, over its columns. */
export function listRows(
  system: System,
  columnOf: ReadonlyMap<number, number>,
): readonly { lower: number; upper: number; entries: { column: number; factor: number }[] }[] {
  return system.sums.flatMap((sum) => {
    const entries = sum.flatMap(({ cell, sign }) => {
      const column = columnOf.get(cell);
      return column === undefined ? [] : [{ column, factor: sign }];
    });
    return entries.length === 0 ? [] : [{ lower: 0, upper: 0, entries }];
  });
}

/** The same question with whole numbers, for the rare tables whose linear answer is a fraction. */
export function askWhole(
  system: System,
  ground: Ground,
  cells: readonly number[],
  question: Question,
  openProgram: OpenProgram,
): Reach {
  const open = cells.filter(ground.isOpen);
  const columnOf = new Map(open.map((cell, column) => [cell, column]));
  const isUp = question.amount > 0;
  const session = openProgram({
    columns: open.map((cell) => {
      const down = pick(system.floors, cell) - pick(system.values, cell);
      if (cell !== question.cell) return { lower: down, upper: Infinity, cost: 0, isInteger: true };
      return {
        lower: Math.max(down, Math.min(0, question.amount)),
        upper: isUp ? question.amount : Infinity,
        cost: isUp ? -1 : 1,
        isInteger: true,
      };
    }),
    rows: listRows(system, columnOf),
  });
  const optimum = session.solve();
  session.close();
  if (optimum.status !== "optimal") return { reached: 0, move: null, reducedCosts: [] };
  const move = new Map<number, number>();
  for (const [column, rank] of open.entries()) {
    const change = Math.round(pick(optimum.values, column));
    if (change !== 0) move.set(rank, change);
  }
  const isProof = isWitness(ground, move);
  return {
    reached: isProof ? Math.abs(move.get(question.cell) ?? 0) : 0,
    move: isProof ? move : null,
    reducedCosts: [],
  };
}

export type Question = { readonly cell: number; readonly amount: number };

/** A quick witness, without the solver. */
export function seekWitness(ground: Ground, question: Question): Move | null {
  const move = seekMove(ground, question.cell, question.amount);
  return move && isWitness(ground, move) ? move : null;
}
