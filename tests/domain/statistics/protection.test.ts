import { beforeAll, describe, expect, it } from "vitest";
import { attackPattern } from "~/domain/statistics/disclosure/attack";
import type { OpenProgram } from "~/domain/statistics/disclosure/program";
import { protectTables } from "~/domain/statistics/disclosure/protect";
import { loadSolver } from "~/services/solver.server";
import { readByBruteForce } from "./brute-force";
import { generateTask, KINDS } from "./generated-tables";

/** `npm run secret:attaquer` runs it over 2 000 tables of each kind, or as many as it is told; the seeds go on from where the short run stops. */
const TABLES = Number(process.env["SECRET_TABLES"] ?? 24);

let solver: OpenProgram;
beforeAll(async () => {
  solver = await loadSolver();
});

describe.each(KINDS)("tables engendrées, %s : un lecteur indépendant n’y retrouve rien", (kind) => {
  it("aucune case masquée n’est cernée de plus près que la règle", { timeout: 3_600_000 }, () => {
    let hidden = 0;
    let primary = 0;
    let needs = 0;
    let refused = 0;
    for (let seed = 1; seed <= TABLES; seed += 1) {
      const task = generateTask(kind, seed);
      const pattern = protectTables(task, solver, { exactCells: seed % 4 === 0 ? 100 : 0 });
      // Where zeros are shown, a table may be beyond protection: it is refused, which is safe, and has to stay rare.
      if (!pattern) {
        refused += 1;
        continue;
      }
      expect(readByBruteForce(task, pattern.hidden), `${kind} ${seed}`).toEqual([]);
      expect(attackPattern(task, pattern.hidden, solver).disclosures, `${kind} ${seed}`).toEqual([]);
      hidden += pattern.hidden.size;
      primary += task.hidden.size;
      needs += task.circles[0]!.needs.length;
    }
    if (process.env["SECRET_TABLES"])
      console.log(
        `${kind}: ${TABLES} tables, ${needs} cells to protect, ${hidden} hidden, ${refused} refused, 0 found`,
      );
    expect(refused).toBeLessThanOrEqual(Math.max(1, TABLES / 50));
    expect(needs).toBeGreaterThan(TABLES);
    expect(hidden).toBeGreaterThan(primary);
  });
});
