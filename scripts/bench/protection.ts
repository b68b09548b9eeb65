import { attackPattern } from "../../app/domain/statistics/disclosure/attack";
import { EXACT_LIMIT, protectTables } from "../../app/domain/statistics/disclosure/protect";
import { defaultRules, findReason, needOf, type Measure } from "../../app/domain/statistics/disclosure/sensitivity";
import type { Cell, Sum } from "../../app/domain/statistics/disclosure/system";
import type { ProtectionTask } from "../../app/domain/statistics/disclosure/threat";
import { loadSolver } from "../../app/services/solver.server";

/** A small generator, so that the same figures are protected at each run. */
function makeChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** CCAS by category with margins: communes of very unequal size, categories of very unequal frequency, as in a real year. */
export function composeGrid(rows: number, columns: number, seed: number): ProtectionTask {
  const chance = makeChance(seed);
  const sizes = Array.from({ length: rows }, () => 2 + 60 * chance() ** 3);
  const shares = Array.from({ length: columns }, () => 0.1 + chance() ** 2);
  const cells: Cell[] = [];
  const sums: Sum[] = [];
  const add = (id: string, value: number): number => {
    cells.push({ id, value, floor: 0 });
    return value;
  };
  const columnTotals = shares.map(() => 0);
  for (const [row, size] of sizes.entries()) {
    let total = 0;
    for (const [column, share] of shares.entries()) {
      const value = add(`${row}/${column}`, Math.floor(size * share * (0.5 + chance())));
      total += value;
      columnTotals[column] = (columnTotals[column] ?? 0) + value;
    }
    add(`${row}/all`, total);
    sums.push({ total: `${row}/all`, parts: shares.map((_, column) => `${row}/${column}`) });
  }
  let whole = 0;
  for (const [column, total] of columnTotals.entries()) {
    whole += add(`all/${column}`, total);
    sums.push({ total: `all/${column}`, parts: sizes.map((_, row) => `${row}/${column}`) });
  }
  add("all/all", whole);
  sums.push({ total: "all/all", parts: shares.map((_, column) => `all/${column}`) });
  sums.push({ total: "all/all", parts: sizes.map((_, row) => `${row}/all`) });
  const insiders = sizes.map((_, row) => ({
    name: String(row),
    own: [...shares.map((_, column) => `${row}/${column}`), `${row}/all`],
  }));
  const rules = defaultRules("members");
  const sensitive = cells.flatMap(({ id, value }) => {
    const measure: Measure = { kind: "count", value, isZeroShown: false };
    return findReason(measure, rules) ? [needOf(id, measure, rules)] : [];
  });
  return {
    cells,
    sums,
    circles: [{ name: "members", knows: new Set(), needs: sensitive, insiders }],
    hidden: new Set(sensitive.map(({ cell }) => cell)),
    settled: new Set(),
  };
}

export async function measureProtection(sizes: readonly (readonly [number, number])[]): Promise<void> {
  const openProgram = await loadSolver();
  console.log("\n### Protection of tables (CCAS × category with margins, threshold 5, every CCAS a reader too)\n");
  console.log(
    "| table | cells | sensitive | hidden | ÷ optimum | step by step ÷ optimum | s to protect | s to attack | found |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const [rows, columns] of sizes) {
    const task = composeGrid(rows, columns, 7);
    const begun = performance.now();
    const pattern = protectTables(task, openProgram, { exactCells: EXACT_LIMIT });
    const protectedAt = performance.now();
    const attack = pattern && attackPattern(task, pattern.hidden, openProgram);
    const attackedAt = performance.now();
    // What the rules hide is hidden by every pattern: the optimum is never under it.
    const least = pattern?.isOptimal ? pattern.hidden.size : task.hidden.size;
    const ratio = (count: number): string =>
      `${pattern?.isOptimal ? "" : "at most "}${(count / Math.max(1, least)).toFixed(3)}`;
    const stepwise = task.cells.length <= EXACT_LIMIT ? protectTables(task, openProgram, { exactCells: 0 }) : null;
    const share = (count: number): string => `${((100 * count) / task.cells.length).toFixed(1)} %`;
    console.log(
      `| ${[
        `${rows} × ${columns}`,
        task.cells.length,
        share(task.hidden.size),
        pattern ? share(pattern.hidden.size) : "none protects",
        pattern ? ratio(pattern.hidden.size) : "",
        stepwise ? ratio(stepwise.hidden.size) : "",
        ((protectedAt - begun) / 1000).toFixed(2),
        ((attackedAt - protectedAt) / 1000).toFixed(2),
        attack ? `${attack.disclosures.length} of ${attack.bounds}` : "",
      ].join(" | ")} |`,
    );
  }
}
