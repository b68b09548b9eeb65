import { findReason, needOf, type Measure, type SecrecyRules } from "~/domain/statistics/disclosure/sensitivity";
import type { Cell, Sum } from "~/domain/statistics/disclosure/system";
import type { Insider, ProtectionTask } from "~/domain/statistics/disclosure/threat";

/** The same tables at each run, whatever the machine. */
export function makeChance(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * below);
  };
}

export const RULES: SecrecyRules = {
  threshold: 3,
  dominance: { largest: 1, percent: 85 },
  amountWidthPercent: 50,
};

type Options = { readonly withInsiders: boolean; readonly isZeroShown: boolean };

/** Collects cells and sums, then judges every cell as a count. */
class Tables {
  readonly cells: Cell[] = [];
  readonly sums: Sum[] = [];
  readonly own = new Map<string, string[]>();
  constructor(readonly options: Options) {}
  add(id: string, value: number, owner: string | null = null): number {
    this.cells.push({ id, value, floor: this.options.isZeroShown ? Math.min(1, value) : 0 });
    if (owner !== null) this.own.set(owner, [...(this.own.get(owner) ?? []), id]);
    return value;
  }
  addSum(total: string, parts: readonly string[], owner: string | null = null): number {
    const value = parts.reduce((sum, part) => sum + this.cells.find(({ id }) => id === part)!.value, 0);
    if (!this.cells.some(({ id }) => id === total)) this.add(total, value, owner);
    this.sums.push({ total, parts });
    return value;
  }
  toTask(): ProtectionTask {
    const needs = this.cells.flatMap(({ id, value }) => {
      const measure: Measure = { kind: "count", value, isZeroShown: this.options.isZeroShown };
      return findReason(measure, RULES) ? [needOf(id, measure, RULES)] : [];
    });
    const insiders: Insider[] = this.options.withInsiders ? [...this.own].map(([name, own]) => ({ name, own })) : [];
    return {
      cells: this.cells,
      sums: this.sums,
      circles: [{ name: "members", knows: new Set(), needs, insiders }],
      hidden: new Set(needs.map(({ cell }) => cell)),
      settled: new Set(
        this.options.isZeroShown ? this.cells.filter(({ value }) => value === 0).map(({ id }) => id) : [],
      ),
    };
  }
}

type Kind = "cross" | "hierarchical" | "linked" | "two vintages" | "years with a total";
export const KINDS: readonly Kind[] = ["cross", "hierarchical", "linked", "two vintages", "years with a total"];

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, rank) => `${prefix}${rank}`);

/** Small counts, many of them below the threshold; a last one is now and then large. */
export function generateTask(kind: Kind, seed: number): ProtectionTask {
  const chance = makeChance(seed * 7 + KINDS.indexOf(kind) + 1);
  const tables = new Tables({ withInsiders: seed % 3 !== 0, isZeroShown: seed % 5 === 0 });
  const draw = (): number => (chance(4) === 0 ? chance(14) : chance(6));
  const isLinked = kind === "linked" || kind === "years with a total";
  const rows = names("r", isLinked ? 3 : 3 + chance(2));
  const columns = names("c", isLinked ? 2 : 2 + chance(2));
  const cross = (suffix: string): void => {
    for (const row of rows) {
      for (const column of columns) tables.add(`${row}${column}${suffix}`, draw(), row);
      tables.addSum(
        `${row}${suffix}`,
        columns.map((column) => `${row}${column}${suffix}`),
        row,
      );
    }
    for (const column of columns)
      tables.addSum(
        `${column}${suffix}`,
        rows.map((row) => `${row}${column}${suffix}`),
      );
    tables.addSum(
      `all${suffix}`,
      rows.map((row) => `${row}${suffix}`),
    );
    tables.addSum(
      `all${suffix}`,
      columns.map((column) => `${column}${suffix}`),
    );
  };
  switch (kind) {
    case "cross":
      cross("");
      break;
    case "hierarchical":
      cross("");
      // The first two rows make a canton.
      for (const column of columns) tables.addSum(`canton${column}`, [`r0${column}`, `r1${column}`]);
      tables.addSum("canton", ["r0", "r1"]);
      tables.addSum(
        "canton",
        columns.map((column) => `canton${column}`),
      );
      break;
    case "linked":
      cross("");
      // Another way to divide the same totals of each row.
      for (const row of rows) {
        const total = tables.cells.find(({ id }) => id === row)!.value;
        const first = chance(total + 1);
        tables.add(`${row}x`, first, row);
        tables.add(`${row}y`, total - first, row);
        tables.addSum(row, [`${row}x`, `${row}y`]);
      }
      for (const way of ["x", "y"])
        tables.addSum(
          `all${way}`,
          rows.map((row) => `${row}${way}`),
        );
      break;
    case "two vintages":
      cross("");
      // The last row leaves: the same figures are told again, with other totals.
      for (const column of columns)
        tables.addSum(
          `left${column}`,
          rows.slice(0, -1).map((row) => `${row}${column}`),
        );
      tables.addSum("left", rows.slice(0, -1));
      break;
    case "years with a total":
      cross("-2025");
      for (const row of rows) {
        tables.add(`${row}-2026`, draw(), row);
        tables.addSum(`${row}-both`, [`${row}-2025`, `${row}-2026`], row);
      }
      tables.addSum(
        "all-2026",
        rows.map((row) => `${row}-2026`),
      );
      tables.addSum("all-both", ["all-2025", "all-2026"]);
      break;
  }
  return tables.toTask();
}
