import type { Circle, ProtectionTask } from "~/domain/statistics/disclosure/threat";

/**
 * A reader of another school than ours: no linear programme, no cycle, no sign convention shared with the code under test. He writes down tables of whole numbers
 * one cell after the other, keeps those that agree with everything he knows, and stops at the first that has the cell where he should not be able to exclude it.
 */
export type Leak = {
  readonly circle: string;
  readonly insider: string | null;
  readonly cell: string;
  readonly side: "low" | "high";
};

export function readByBruteForce(task: ProtectionTask, hidden: ReadonlySet<string>): readonly Leak[] {
  const leaks: Leak[] = [];
  const everything = new Set(task.cells.map(({ id }) => id));
  for (const circle of task.circles)
    for (const need of circle.needs)
      for (const insider of [null, ...circle.insiders]) {
        if (circle.knows.has(need.cell) || task.settled.has(need.cell) || insider?.own.includes(need.cell)) continue;
        const value = valueOf(task, need.cell);
        const tables = possibleTables(task, hidden, circle, insider?.own ?? [], need.cell);
        const leak = { circle: circle.name, insider: insider?.name ?? null, cell: need.cell };
        // An insider knows that a total is no less than his own part of it, or that nobody else has a part, published or not: that is not told by the release.
        const untold = possibleTables(task, everything, circle, insider?.own ?? [], need.cell);
        const isLow = (bound: number) => (found: number) => found <= bound;
        const isHigh = (bound: number) => (found: number) => found >= bound;
        for (let low = need.low; low < value && !tables.exists(isLow(low)); low += 1)
          if (untold.exists(isLow(low))) {
            leaks.push({ ...leak, side: "low" });
            break;
          }
        for (let high = need.high; high > value && !tables.exists(isHigh(high)); high -= 1)
          if (untold.exists(isHigh(high))) {
            leaks.push({ ...leak, side: "high" });
            break;
          }
      }
  return leaks;
}

const valueOf = (task: ProtectionTask, id: string): number => task.cells.find((cell) => cell.id === id)!.value;

function possibleTables(
  task: ProtectionTask,
  hidden: ReadonlySet<string>,
  circle: Circle,
  own: readonly string[],
  target: string,
): { readonly exists: (accepts: (value: number) => boolean) => boolean } {
  const isUnknown = (id: string): boolean =>
    hidden.has(id) && !task.settled.has(id) && !circle.knows.has(id) && !own.includes(id);
  const largest = Math.max(...task.cells.map(({ value }) => value), ...circle.needs.map(({ high }) => high)) + 6;
  const known = new Map(task.cells.filter(({ id }) => !isUnknown(id)).map(({ id, value }) => [id, value]));
  const floors = new Map(task.cells.map(({ id, floor }) => [id, floor]));
  const sumsOf = new Map<string, typeof task.sums>();
  for (const sum of task.sums)
    for (const id of [sum.total, ...sum.parts]) sumsOf.set(id, [...(sumsOf.get(id) ?? []), sum]);
  const exists = (accepts: (value: number) => boolean): boolean => {
    const table = new Map(known);
    const settle = (id: string, value: number): string[] | null => {
      const written: string[] = [];
      const queue: [string, number][] = [[id, value]];
      while (queue.length > 0) {
        const [at, number] = queue.pop()!;
        if (table.has(at)) {
          if (table.get(at) !== number) return undo(written);
          continue;
        }
        if (number < floors.get(at)! || number > largest || (at === target && !accepts(number))) return undo(written);
        table.set(at, number);
        written.push(at);
        for (const { total, parts } of sumsOf.get(at) ?? []) {
          const open = [total, ...parts].filter((each) => !table.has(each));
          const sum = parts.reduce((all, part) => all + (table.get(part) ?? 0), 0);
          const whole = table.get(total);
          if (open.length === 0 && whole !== sum) return undo(written);
          if (whole !== undefined && sum > whole) return undo(written);
          if (open.length === 1) queue.push([open[0]!, open[0] === total ? sum : whole! - sum]);
        }
      }
      return written;
    };
    const undo = (written: readonly string[]): null => {
      for (const id of written) table.delete(id);
      return null;
    };
    const unknown = task.cells.map(({ id }) => id).filter(isUnknown);
    if (!unknown.includes(target)) return accepts(known.get(target)!);
    /** The values that no sum of the cell excludes yet, its open neighbours at their floors; none when the last is below the first. */
    const rangeOf = (id: string): readonly [number, number] => {
      let [low, high] = [floors.get(id)!, largest];
      for (const { total, parts } of sumsOf.get(id) ?? []) {
        const others = parts.reduce(
          (sum, part) => (part === id ? sum : sum + (table.get(part) ?? floors.get(part)!)),
          0,
        );
        if (total === id) low = Math.max(low, others);
        else high = Math.min(high, (table.get(total) ?? largest) - others);
      }
      return [low, high];
    };
    /** The open cell that has the fewest values left: a table that can't be is given up early. */
    const write = (isFirst: boolean): boolean => {
      let next: { readonly id: string; readonly low: number; readonly high: number } | null = null;
      for (const id of isFirst ? [target] : unknown) {
        if (table.has(id)) continue;
        const [low, high] = rangeOf(id);
        if (next === null || high - low < next.high - next.low) next = { id, low, high };
      }
      if (next === null) return !isFirst || write(false);
      for (let value = next.low; value <= next.high; value += 1) {
        const written = settle(next.id, value);
        if (!written) continue;
        if (write(false)) return true;
        undo(written);
      }
      return false;
    };
    // What one sum alone settles has to be written before anything is tried.
    for (const { total, parts } of task.sums) {
      const open = [total, ...parts].filter((each) => !table.has(each));
      if (open.length !== 1) continue;
      const sum = parts.reduce((all, part) => all + (table.get(part) ?? 0), 0);
      if (!settle(open[0]!, open[0] === total ? sum : table.get(total)! - sum)) return false;
    }
    return write(true);
  };
  return { exists };
}
