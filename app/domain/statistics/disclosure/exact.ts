import { findBreaches, listDemands, makeGuard, setHidden, type Breach, type Guard } from "./guard";
import type { Column, OpenProgram, Row } from "./program";
import { pick, type System } from "./system";
import { NOBODY, type RankedCircle } from "./threat";
import { openCalculation } from "./witness";

export type Piece = {
  readonly system: System;
  readonly circles: readonly RankedCircle[];
  /** Ranks of the cells that may be hidden. */
  readonly cells: readonly number[];
  /** Hidden in any case. */
  readonly isPrimary: readonly boolean[];
  readonly weights: readonly number[];
};

const ROUNDS = 80;
/** Of one line, at most so many of its strongest cuts a round: more of them repeat each other. */
const CUTS = 400;

/**
 * The cheapest pattern that protects a piece, proven so: a master programme chooses what to hide, the readers' calculations answer with the inequalities it
 * broke (« capacity » cuts from the dual of the reader's linear programme), until none is broken. Null when the rounds or the solver's nodes run out.
 * Ties: the first optimum of the solver, whose seed is fixed.
 * Source: M. Fischetti and J.-J. Salazar-Gonzalez, « Solving the cell suppression problem on tabular data with linear constraints », Management Science 47 (2001).
 */
export function hideExactly(piece: Piece, openProgram: OpenProgram): readonly number[] | null {
  const { system, circles, cells } = piece;
  const columnOf = new Map(cells.map((cell, column) => [cell, column]));
  const columns: Column[] = cells.map((cell) => ({
    lower: piece.isPrimary[cell] === true ? 1 : 0,
    upper: 1,
    cost: pick(piece.weights, cell),
    isInteger: true,
  }));
  const demands = listDemands(circles).filter(({ cell }) => columnOf.has(cell));
  const master = openProgram({ columns, rows: listLineCuts(piece, columnOf) });
  const calculation = openCalculation(system, cells, openProgram);
  const guard = makeGuard(
    system,
    circles,
    system.ids.map((_, cell) => piece.isPrimary[cell] === true),
    calculation,
    openProgram,
  );
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const optimum = master.solve();
      if (optimum.status !== "optimal") return null;
      for (const [column, cell] of cells.entries()) setHidden(guard, cell, pick(optimum.values, column) > 0.5);
      const cuts: Row[] = [];
      for (const demand of demands) {
        if (cuts.length >= CUTS) break;
        for (const breach of findBreaches(guard, demand)) cuts.push(cutOff(guard, breach, columnOf));
      }
      if (cuts.length === 0) return cells.filter((cell) => guard.isHidden[cell]);
      for (const cut of cuts) {
        if (cut.entries.length === 0) return null;
        master.addRow(cut);
      }
    }
    return null;
  } finally {
    master.close();
    calculation.close();
  }
}

/** Of each sum and each reader: a cell to protect is never the only hidden one he does not know; and no other cell is hidden alone, to no avail. */
function listLineCuts(piece: Piece, columnOf: ReadonlyMap<number, number>): readonly Row[] {
  const rows: Row[] = [];
  for (const circle of piece.circles) {
    const needy = new Set(circle.needs.filter(({ low, high }) => low + high > 0).map(({ cell }) => cell));
    for (const sum of piece.system.sums) {
      const open = sum.map(({ cell }) => cell).filter((cell) => columnOf.has(cell) && circle.knows[cell] !== true);
      for (const insider of new Set([NOBODY, ...open.map((cell) => pick(circle.ownerOf, cell))])) {
        const seen = open.filter((cell) => insider === NOBODY || circle.ownerOf[cell] !== insider);
        if (seen.filter((cell) => piece.isPrimary[cell]).length > 1) continue;
        for (const cell of seen.filter((at) => needy.has(at)))
          rows.push(
            atLeast(
              1,
              seen.filter((at) => at !== cell).map((at) => ({ column: columnOf.get(at) ?? 0, factor: 1 })),
            ),
          );
      }
    }
  }
  return rows;
}

/**
 * The inequality that a broken pattern does not meet and every protecting one does. From the dual values: the width that all hidden cells together leave is
 * at most Σ max(−d·up, d·down), so that must reach the amount. Without them (a fraction where whole numbers are needed): hide one more.
 */
function cutOff(guard: Guard, breach: Breach, columnOf: ReadonlyMap<number, number>): Row {
  const need = Math.abs(breach.amount);
  const circle = pick(guard.circles, breach.circle);
  const entries: { column: number; factor: number }[] = [];
  let fulfilled = 0;
  if (breach.reducedCosts.length > 0) {
    for (const [cell, column] of columnOf) {
      if (cell === breach.cell || circle.knows[cell] === true) continue;
      if (breach.insider !== NOBODY && circle.ownerOf[cell] === breach.insider) continue;
      const dual = pick(breach.reducedCosts, column);
      if (Math.abs(dual) < 1e-7) continue;
      const down = pick(guard.system.values, cell) - pick(guard.system.floors, cell);
      const factor = dual < 0 ? need : Math.min(need, dual * down);
      if (factor <= 1e-7) continue;
      entries.push({ column, factor: factor / need });
      if (guard.isHidden[cell]) fulfilled += factor / need;
    }
  }
  if (entries.length > 0 && fulfilled < 1 - 1e-6) return atLeast(1, entries);
  return atLeast(
    1,
    [...columnOf].flatMap(([cell, column]) => (guard.isHidden[cell] ? [] : [{ column, factor: 1 }])),
  );
}

function atLeast(lower: number, entries: Row["entries"]): Row {
  return { lower, upper: Infinity, entries };
}
