import { beforeAll, describe, expect, it } from "vitest";
import { attackPattern } from "~/domain/statistics/disclosure/attack";
import type { OpenProgram } from "~/domain/statistics/disclosure/program";
import { protectTables } from "~/domain/statistics/disclosure/protect";
import { loadSolver } from "~/services/solver.server";
import { readByBruteForce } from "./brute-force";
import { generateTask, KINDS } from "./generated-tables";

/** SECRET_TABLES=20000 for a long run; the seeds go on from where the short one stops. */
const TABLES = Number(process.env["SECRET_TABLES"] ?? 60);

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
    expect(refused).toBeLessThanOrEqual(TABLES / 50);
    expect(needs).toBeGreaterThan(TABLES);
    expect(hidden).toBeGreaterThan(primary);
  });
});
