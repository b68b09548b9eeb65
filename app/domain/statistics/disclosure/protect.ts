import { hideExactly, type Piece } from "./exact";
import { hideStepByStep } from "./heuristic";
import type { OpenProgram } from "./program";
import { compileSystem, indexPlaces, pick, splitSystem } from "./system";
import { rankCircle, weighCells, type ProtectionTask } from "./threat";

/** What to hide. `isOptimal`: proven cheapest, piece by piece. `null` when nothing that can still be hidden protects what must be. */
export type Pattern = { readonly hidden: ReadonlySet<string>; readonly isOptimal: boolean };

/** Pieces of at most so many cells are solved exactly. */
export const EXACT_LIMIT = 320;

/**
 * Chooses what to hide so that no reader can place a cell that needs protection within its interval, and hides as little as possible: first the number of
 * cells, then what they hold. Each piece that no sum ties to another is solved alone, exactly while it is small.
 * The answer is a proposal: whoever publishes has it attacked (`attackPattern`), which shares no decision with it.
 * Source: INSEE, « Manuel de protection des tableaux » (primary, then secondary secrecy, linked tables together); Hundepool et al., Statistical Disclosure
 * Control (2012), ch. 4.
 */
export function protectTables(
  task: ProtectionTask,
  openProgram: OpenProgram,
  limits: { readonly exactCells: number },
): Pattern | null {
  const system = compileSystem(task.cells, task.sums);
  const circles = task.circles.map((circle) => rankCircle(system, circle, task.settled));
  const weights = weighCells(system);
  const isSettled = system.ids.map((id) => task.settled.has(id));
  const isPrimary = system.ids.map((id, cell) => task.hidden.has(id) && isSettled[cell] !== true);
  const needy = new Set(circles.flatMap(({ needs }) => needs.map(({ cell }) => cell)));
  const hidden = new Set(task.hidden);
  let isOptimal = true;
  for (const cells of splitSystem(system, (cell) => isSettled[cell] === true)) {
    if (!cells.some((cell) => needy.has(cell))) continue;
    const within = restrict(system.sums, cells);
    const piece: Piece = { system: { ...system, sums: within }, circles, cells, isPrimary, weights };
    const exact = cells.length <= limits.exactCells ? hideExactly(renumber(piece), openProgram) : null;
    const chosen = exact ?? hideStepByStep(renumber(piece), openProgram);
    if (!chosen) return null;
    // Nothing hidden beyond what the rules hide: no pattern hides less, whoever chose it.
    if (!exact && chosen.some((cell) => isPrimary[pick(cells, cell)] !== true)) isOptimal = false;
    for (const cell of chosen) hidden.add(pick(system.ids, pick(cells, cell)));
  }
  return { hidden, isOptimal };
}

function restrict(sums: Piece["system"]["sums"], cells: readonly number[]): Piece["system"]["sums"] {
  const inside = new Set(cells);
  return sums.filter((sum) => sum.some(({ cell }) => inside.has(cell)));
}

/** The piece as a system of its own: its cells only, numbered from 0 in their order. Settled cells do not move, so they leave the sums. */
function renumber(piece: Piece): Piece {
  const { system, cells } = piece;
  const rankOf = new Map(cells.map((cell, rank) => [cell, rank]));
  const sums = system.sums.map((sum) =>
    sum.flatMap(({ cell, sign }) => {
      const rank = rankOf.get(cell);
      return rank === undefined ? [] : [{ cell: rank, sign }];
    }),
  );
  const placesOf = cells.map((): { sum: number; sign: 1 | -1 }[] => []);
  for (const [sum, members] of sums.entries())
    for (const { cell, sign } of members) pick(placesOf, cell).push({ sum, sign });
  const select = <Value>(list: readonly Value[]): Value[] => cells.map((cell) => pick(list, cell));
  return {
    system: {
      ids: select(system.ids),
      rankOf: new Map(cells.map((cell, rank) => [pick(system.ids, cell), rank])),
      values: select(system.values),
      floors: select(system.floors),
      sums,
      placesOf,
      cellsAt: indexPlaces(placesOf),
    },
    circles: piece.circles.map((circle) => ({
      circle: circle.circle,
      knows: select(circle.knows),
      ownerOf: select(circle.ownerOf),
      needs: circle.needs.flatMap((need) => {
        const rank = rankOf.get(need.cell);
        return rank === undefined ? [] : [{ ...need, cell: rank }];
      }),
    })),
    cells: cells.map((_, rank) => rank),
    isPrimary: select(piece.isPrimary),
    weights: select(piece.weights),
  };
}
