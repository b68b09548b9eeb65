import { findBreaches, LINEAR_LIMIT, listDemands, makeGuard } from "./guard";
import type { OpenProgram } from "./program";
import { compileSystem, pick, splitSystem } from "./system";
import { NOBODY, rankCircle, type ProtectionTask } from "./threat";
import { openCalculation, type Calculation } from "./witness";

/** A cell that a reader can place more precisely than the rule allows: on `side` he gets to `bound`, where he should not get past `allowed`. */
export type Disclosure = {
  readonly circle: string;
  /** The insider by whom, or null for a reader who knows no figure of his own. */
  readonly insider: string | null;
  readonly cell: string;
  readonly side: "low" | "high";
  readonly bound: number;
  readonly allowed: number;
};

export type Attack = {
  /** Bounds that were looked for, each proven safe or listed as a disclosure. */
  readonly bounds: number;
  readonly disclosures: readonly Disclosure[];
};

/**
 * Does what the best reader would do with everything that is published: for each cell that needs protection, each circle and each insider, looks for how low
 * and how high the cell may be. A bound counts as safe only with a witness: whole tables, checked without the solver, that the reader can't tell from the
 * true ones. Without one the cell counts as disclosed: an error of the solver refuses a release, it never lets one through. In pieces of more than
 * LINEAR_LIMIT cells the solver is not asked, so that the attack always ends: what short changes do not prove safe there counts as disclosed.
 * Source: Fischetti and Salazar-Gonzalez (2001), the attacker's problem; INSEE, « Manuel de protection des tableaux », audit of the intervals.
 * @param hidden what the release hides; every other cell of the task is read by all
 */
export function attackPattern(task: ProtectionTask, hidden: ReadonlySet<string>, openProgram: OpenProgram): Attack {
  const system = compileSystem(task.cells, task.sums);
  const circles = task.circles.map((circle) => rankCircle(system, circle, task.settled));
  const isHidden = system.ids.map((id) => hidden.has(id) && !task.settled.has(id));
  const calculations = openWhenAsked(
    splitSystem(system, (cell) => isHidden[cell] !== true),
    (cells) => openCalculation(system, cells, openProgram),
  );
  const disclosures: Disclosure[] = [];
  const demands = listDemands(circles);
  const guards = new Map<Calculation | null, ReturnType<typeof makeGuard>>();
  try {
    for (const demand of demands) {
      const calculation = calculations.of(demand.cell);
      const isBounded = (calculation?.columns.length ?? 0) <= LINEAR_LIMIT;
      const guard =
        guards.get(calculation) ?? makeGuard(system, circles, isHidden, isBounded ? calculation : null, openProgram);
      guards.set(calculation, guard);
      const breaches = findBreaches(guard, demand);
      // No other demand asks the same: what proved this one is not kept.
      guard.known.clear();
      for (const breach of breaches) {
        const circle = pick(task.circles, breach.circle);
        const value = pick(system.values, breach.cell);
        const isUp = breach.amount > 0;
        disclosures.push({
          circle: circle.name,
          insider: breach.insider === NOBODY ? null : pick(circle.insiders, breach.insider).name,
          cell: pick(system.ids, breach.cell),
          side: isUp ? "high" : "low",
          bound: isUp ? value + breach.reached : value - breach.reached,
          allowed: value + breach.amount,
        });
      }
    }
  } finally {
    calculations.close();
  }
  return { bounds: demands.length, disclosures };
}

/** The calculation of each piece, opened with its first question: most pieces are proven safe without. */
function openWhenAsked(
  pieces: readonly (readonly number[])[],
  open: (cells: readonly number[]) => Calculation,
): { readonly of: (cell: number) => Calculation | null; readonly close: () => void } {
  const opened: Calculation[] = [];
  const byCell = new Map<number, Calculation>();
  for (const cells of pieces) {
    let ready: Calculation | null = null;
    const start = (): Calculation => {
      if (!ready) {
        ready = open(cells);
        opened.push(ready);
      }
      return ready;
    };
    const lazy: Calculation = {
      columns: cells,
      ask: (...question) => start().ask(...question),
      close: () => undefined,
    };
    for (const cell of cells) byCell.set(cell, lazy);
  }
  return { of: (cell) => byCell.get(cell) ?? null, close: () => opened.forEach((calculation) => calculation.close()) };
}
