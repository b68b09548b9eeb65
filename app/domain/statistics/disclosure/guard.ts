import type { OpenProgram } from "./program";
import type { Ground, Move } from "./moves";
import { pick, type System } from "./system";
import { NOBODY, type RankedCircle } from "./threat";
import { askWhole, openTo, seekWitness, type Calculation, type Question } from "./witness";

/** In pieces of more cells, the readers' linear programmes would take minutes each: short changes alone must prove what is safe. */
export const LINEAR_LIMIT = 6_000;

/** A reader who can tell more of a cell than he may. `reached` of the `amount` is all that he must leave open. */
export type Breach = {
  readonly circle: number;
  /** Rank of the insider, or NOBODY for a reader who knows no figure of his own. */
  readonly insider: number;
  readonly cell: number;
  readonly amount: number;
  readonly reached: number;
  /** The dual values of the linear answer, by column of the calculation; empty when it was not asked. */
  readonly reducedCosts: readonly number[];
};

export type Guard = {
  readonly system: System;
  readonly circles: readonly RankedCircle[];
  readonly isHidden: boolean[];
  /** Witnesses found so far, by question: kept from one pattern to the next, used while all their cells are hidden. */
  readonly known: Map<string, Move[]>;
  /** Of each sum, its hidden cells, those that hold most first. */
  readonly hiddenIn: number[][];
  readonly calculation: Calculation | null;
  readonly openProgram: OpenProgram;
};

export function makeGuard(
  system: System,
  circles: readonly RankedCircle[],
  hidden: readonly boolean[],
  calculation: Calculation | null,
  openProgram: OpenProgram,
): Guard {
  const byValue = (a: number, b: number): number => pick(system.values, b) - pick(system.values, a) || a - b;
  const hiddenIn = system.sums.map((sum) =>
    sum.flatMap(({ cell }) => (hidden[cell] === true ? [cell] : [])).sort(byValue),
  );
  return { system, circles, isHidden: [...hidden], known: new Map(), hiddenIn, calculation, openProgram };
}

export function setHidden(guard: Guard, cell: number, isHidden: boolean): void {
  if (guard.isHidden[cell] === isHidden) return;
  guard.isHidden[cell] = isHidden;
  for (const { sum } of pick(guard.system.placesOf, cell)) {
    const hidden = pick(guard.hiddenIn, sum);
    if (!isHidden) hidden.splice(hidden.indexOf(cell), 1);
    else {
      const value = pick(guard.system.values, cell);
      const after = hidden.findIndex((other) => pick(guard.system.values, other) < value);
      hidden.splice(after < 0 ? hidden.length : after, 0, cell);
    }
  }
}

function findGround(guard: Guard, circle: number, insider: number): Ground {
  const isOpen = openTo(guard.isHidden, pick(guard.circles, circle), insider);
  return { system: guard.system, isOpen, openIn: guard.hiddenIn };
}

export type Demand = {
  readonly circle: number;
  readonly cell: number;
  readonly amount: number;
  /** For the insiders of whom less is asked. */
  readonly amountFor: ReadonlyMap<number, number>;
};

/** Every way in which the needs of the circles ask a cell to be able to move. */
export function listDemands(circles: readonly RankedCircle[]): readonly Demand[] {
  return circles.flatMap(({ needs }, circle) =>
    needs.flatMap(({ cell, low, high, lowFor, highFor }) => [
      ...(high > 0 ? [{ circle, cell, amount: high, amountFor: highFor }] : []),
      ...(low > 0
        ? [{ circle, cell, amount: -low, amountFor: new Map([...lowFor].map(([insider, room]) => [insider, -room])) }]
        : []),
    ]),
  );
}

/**
 * The readers of a circle who can tell too much of one cell in one direction. One witness answers all insiders who own none of its cells;
 * so a witness for nobody in particular, then one for each insider that all witnesses so far run through.
 */
export function findBreaches(guard: Guard, demand: Demand): readonly Breach[] {
  const circle = pick(guard.circles, demand.circle);
  const key = `${demand.circle}/${demand.cell}/${demand.amount > 0 ? "+" : "-"}`;
  const open = findGround(guard, demand.circle, NOBODY);
  const usable = (guard.known.get(key) ?? []).filter((move) => [...move.keys()].every(open.isOpen));
  const kept = [...usable];
  guard.known.set(key, kept);
  const owner = pick(circle.ownerOf, demand.cell);
  if (kept.length === 0) {
    const found = prove(guard, demand, NOBODY);
    if (!found.move) return [found.breach];
    kept.push(found.move);
  }
  const listOwners = (move: Move): ReadonlySet<number> => {
    const owners = new Set<number>();
    for (const cell of move.keys()) {
      const at = pick(circle.ownerOf, cell);
      if (at !== NOBODY && at !== owner) owners.add(at);
    }
    return owners;
  };
  let common = kept.map(listOwners).reduce((shared, owners) => new Set([...shared].filter((at) => owners.has(at))));
  const breaches: Breach[] = [];
  while (common.size > 0) {
    const [insider = NOBODY] = common;
    const found = prove(guard, demand, insider);
    const isLess = demand.amountFor.has(insider);
    if (found.move && !isLess) {
      kept.push(found.move);
      const owners = listOwners(found.move);
      common = new Set([...common].filter((at) => owners.has(at)));
    } else {
      if (found.breach) breaches.push(found.breach);
      common = new Set([...common].filter((at) => at !== insider));
    }
  }
  return breaches;
}

type Proof = { readonly move: Move; readonly breach: null } | { readonly move: null; readonly breach: Breach };

function prove(guard: Guard, demand: Demand, insider: number): Proof {
  const ground = findGround(guard, demand.circle, insider);
  const question: Question = { cell: demand.cell, amount: demand.amountFor.get(insider) ?? demand.amount };
  if (question.amount === 0) return { move: new Map(), breach: null };
  const quick = seekWitness(ground, question);
  if (quick) return { move: quick, breach: null };
  const breach = { circle: demand.circle, ...question, insider, reached: 0, reducedCosts: [] };
  if (!guard.calculation || !ground.isOpen(demand.cell)) return { move: null, breach };
  const reach = guard.calculation.ask(ground, question.cell, question.amount);
  const isLinearlyReached = reach.reached >= Math.abs(question.amount) - 1e-6;
  if (!isLinearlyReached)
    return { move: null, breach: { ...breach, reached: reach.reached, reducedCosts: reach.reducedCosts } };
  if (reach.move) return { move: reach.move, breach: null };
  const whole = askWhole(guard.system, ground, guard.calculation.columns, question, guard.openProgram);
  if (whole.move && whole.reached >= Math.abs(question.amount)) return { move: whole.move, breach: null };
  return { move: null, breach: { ...breach, reached: whole.reached } };
}
