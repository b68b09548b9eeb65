import { beforeAll, describe, expect, it } from "vitest";
import { attackPattern } from "~/domain/statistics/disclosure/attack";
import type { OpenProgram } from "~/domain/statistics/disclosure/program";
import { protectTables } from "~/domain/statistics/disclosure/protect";
import { defaultRules, findReason, needOf, raiseThreshold } from "~/domain/statistics/disclosure/sensitivity";
import { compileSystem } from "~/domain/statistics/disclosure/system";
import type { Cell, Sum } from "~/domain/statistics/disclosure/system";
import type { ProtectionTask } from "~/domain/statistics/disclosure/threat";
import { loadSolver } from "~/services/solver.server";
import { readByBruteForce } from "./brute-force";
import { makeChance } from "./generated-tables";

let solver: OpenProgram;
beforeAll(async () => {
  solver = await loadSolver();
});

/** A cross table with its margins; the rows are CCAS, who read too when asked. */
function crossTable(counts: readonly (readonly number[])[], threshold: number, withInsiders = false): ProtectionTask {
  const cells: Cell[] = [];
  const sums: Sum[] = [];
  const rows = counts.map((row, r) => row.map((_, c) => `r${r}c${c}`));
  const add = (id: string, value: number): void => void cells.push({ id, value, floor: 0 });
  counts.forEach((row, r) => {
    row.forEach((value, c) => add(`r${r}c${c}`, value));
    add(
      `r${r}`,
      row.reduce((sum, value) => sum + value, 0),
    );
    sums.push({ total: `r${r}`, parts: rows[r]! });
  });
  counts[0]!.forEach((_, c) => {
    add(
      `c${c}`,
      counts.reduce((sum, row) => sum + row[c]!, 0),
    );
    sums.push({ total: `c${c}`, parts: rows.map((row) => row[c]!) });
  });
  add(
    "all",
    counts.flat().reduce((sum, value) => sum + value, 0),
  );
  sums.push(
    { total: "all", parts: counts.map((_, r) => `r${r}`) },
    { total: "all", parts: counts[0]!.map((_, c) => `c${c}`) },
  );
  const rules = { ...defaultRules("members"), threshold };
  const needs = cells.flatMap(({ id, value }) => {
    const measure = { kind: "count", value, isZeroShown: false } as const;
    return findReason(measure, rules) ? [needOf(id, measure, rules)] : [];
  });
  const insiders = withInsiders ? rows.map((row, r) => ({ name: `r${r}`, own: [...row, `r${r}`] })) : [];
  return {
    cells,
    sums,
    circles: [{ name: "members", knows: new Set(), needs, insiders }],
    hidden: new Set(needs.map(({ cell }) => cell)),
    settled: new Set(),
  };
}

describe("cas travaillés à la main", () => {
  const COUNTS = [
    [20, 50, 10],
    [8, 3, 22],
    [17, 32, 12],
  ];

  it("une case isolée d’un tableau croisé en demande trois autres (INSEE, Manuel de protection des tableaux)", () => {
    const pattern = protectTables(crossTable(COUNTS, 5), solver, { exactCells: 100 });
    expect(pattern?.isOptimal).toBe(true);
    expect(pattern?.hidden.size).toBe(4);
    expect(pattern?.hidden.has("r1c1")).toBe(true);
  });

  it("masquée seule, elle se recalcule par sa ligne : l’attaque la trouve, exactement", () => {
    const task = crossTable(COUNTS, 5);
    const { disclosures } = attackPattern(task, new Set(["r1c1"]), solver);
    expect(disclosures).toEqual([
      { circle: "members", insider: null, cell: "r1c1", side: "high", bound: 3, allowed: 5 },
      { circle: "members", insider: null, cell: "r1c1", side: "low", bound: 3, allowed: 0 },
    ]);
  });

  it("masquée avec une voisine de sa ligne, elle se recalcule par sa colonne", () => {
    const { disclosures } = attackPattern(crossTable(COUNTS, 5), new Set(["r1c1", "r1c0"]), solver);
    expect(disclosures.map(({ bound }) => bound)).toEqual([3, 3]);
  });

  it("deux CCAS masqués dans une colonne : chacun y lit l’autre, puisqu’il connaît son chiffre", () => {
    const task = crossTable(COUNTS, 5, true);
    const four = protectTables(crossTable(COUNTS, 5), solver, { exactCells: 100 })!.hidden;
    const { disclosures } = attackPattern(task, four, solver);
    expect(new Set(disclosures.map(({ insider }) => insider)).size).toBeGreaterThan(0);
    expect(disclosures.every(({ insider }) => insider !== null)).toBe(true);
    const safe = protectTables(task, solver, { exactCells: 100 })!;
    expect(safe.hidden).not.toEqual(four);
    expect(attackPattern(task, safe.hidden, solver).disclosures).toEqual([]);
    expect(readByBruteForce(task, safe.hidden)).toEqual([]);
  });

  it("ce que tous ont déjà lu ne se masque plus : rien ne protège, la publication est refusée", () => {
    const task = crossTable(COUNTS, 5);
    const told = new Set(task.cells.map(({ id }) => id).filter((id) => id !== "r1c1"));
    expect(protectTables({ ...task, settled: told }, solver, { exactCells: 100 })).toBeNull();
  });

  it("une somme fausse est une faute, pas un tableau", () => {
    const cells = [
      { id: "a", value: 1, floor: 0 },
      { id: "b", value: 3, floor: 0 },
    ];
    expect(() => compileSystem(cells, [{ total: "b", parts: ["a"] }])).toThrow("Not the sum");
  });
});

describe("part masquée, comparée à l’optimum trouvé en essayant tout", { timeout: 60_000 }, () => {
  it("l’exact n’en masque jamais une de trop, le pas à pas rarement", () => {
    let [best, exact, stepwise] = [0, 0, 0];
    for (let seed = 1; seed <= 12; seed += 1) {
      const chance = makeChance(seed);
      const task = crossTable(
        [0, 1, 2].map(() => [chance(9), chance(9)]),
        3,
        seed % 2 === 0,
      );
      const optimum = countBySearching(task);
      const found = protectTables(task, solver, { exactCells: 100 });
      const quick = protectTables(task, solver, { exactCells: 0 });
      expect(found?.hidden.size, `table ${seed}`).toBe(optimum);
      best += optimum;
      exact += found?.hidden.size ?? 0;
      stepwise += quick?.hidden.size ?? 0;
    }
    expect(exact).toBe(best);
    expect(stepwise).toBeLessThanOrEqual(best * 1.25);
  });
});

/** Every set of cells, the smallest first, until one holds against the independent reader. */
function countBySearching(task: ProtectionTask): number {
  const others = task.cells.map(({ id }) => id).filter((id) => !task.hidden.has(id));
  const sets = Array.from({ length: 2 ** others.length }, (_, mask) => others.filter((_, rank) => (mask >> rank) & 1));
  sets.sort((a, b) => a.length - b.length);
  for (const set of sets) {
    const hidden = new Set([...task.hidden, ...set]);
    if (readByBruteForce(task, hidden).length === 0) return hidden.size;
  }
  return Infinity;
}

describe("ce que les règles masquent par elles-mêmes", () => {
  const rules = defaultRules("public");
  it.each([
    { case: "10 personnes, public", measure: { kind: "count", value: 10, isZeroShown: false }, reason: "frequency" },
    { case: "11 personnes, public", measure: { kind: "count", value: 11, isZeroShown: false }, reason: null },
    {
      case: "un zéro qui dit quelque chose",
      measure: { kind: "count", value: 0, isZeroShown: false },
      reason: "frequency",
    },
    { case: "un zéro montrable", measure: { kind: "count", value: 0, isZeroShown: true }, reason: null },
    {
      case: "un montant partagé par 10 ménages",
      measure: { kind: "amount", value: 900_000, people: 10, contributions: [], isZeroShown: false },
      reason: "frequency",
    },
    {
      case: "un montant dont nul n’a compté les bénéficiaires",
      measure: { kind: "amount", value: 900_000, people: null, contributions: [], isZeroShown: false },
      reason: "frequency",
    },
    {
      case: "un montant dont un ménage fait 85 %",
      measure: { kind: "amount", value: 100_000, people: 20, contributions: [85_000, 15_000], isZeroShown: false },
      reason: "dominance",
    },
    {
      case: "un montant dont un ménage fait 84,9 %",
      measure: { kind: "amount", value: 100_000, people: 20, contributions: [84_900, 15_100], isZeroShown: false },
      reason: null,
    },
  ] as const)("$case", ({ measure, reason }) => expect(findReason(measure, rules)).toBe(reason));

  it("l’intervalle d’un petit effectif ne dépend pas de lui", () => {
    const needs = [1, 4, 10].map((value) => needOf("x", { kind: "count", value, isZeroShown: false }, rules));
    expect(new Set(needs.map(({ low, high }) => `${low}-${high}`))).toEqual(new Set(["0-11"]));
  });

  it("un seuil se relève jusqu’à 1 000, ne s’abaisse jamais", () => {
    expect(raiseThreshold("public", 11, 15)).toStrictEqual({ ok: true, value: 15 });
    expect(raiseThreshold("public", 15, 11)).toStrictEqual({ ok: false, refusal: "below-standing" });
    expect(raiseThreshold("members", 5, 4)).toStrictEqual({ ok: false, refusal: "below-lowest" });
  });
});
