import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detailShares, type DetailTable } from "~/domain/apportionment/controlled-rounding";
import { splitByWeight } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";
import { isLess, largestRemainder, magnitude, minus, quotientOf, whole } from "./exact-fractions";

const detail = (amounts: readonly number[], weights: readonly number[]) =>
  detailShares(
    amounts.map((amount, index) => ({ id: `e${String(index).padStart(3, "0")}`, amount: toCents(amount) })),
    weights.map((weight, index) => ({ id: `m${String(index).padStart(3, "0")}`, weight })),
  );
const cellsOf = (table: DetailTable) => table.rows.map(({ cells }) => cells.map(({ cents }) => cents as number));
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** What the rule promises, checked with fractions and an independent largest remainder; hands back the cents beyond, counted anew. */
function expectExact(amounts: readonly number[], weights: readonly number[], table: DetailTable): number {
  const cells = cellsOf(table);
  const ids = weights.map((weight, index) => ({ id: `m${String(index).padStart(3, "0")}`, weight }));
  expect(cells.map(sum)).toEqual(amounts);
  const owed = largestRemainder(sum(amounts), ids);
  expect(ids.map((_, column) => sum(cells.map((row) => row[column]!)))).toEqual(ids.map(({ id }) => owed[id]));
  let beyond = 0;
  amounts.forEach((amount, row) =>
    weights.forEach((weight, column) => {
      const quotient = quotientOf(amount, weight, weights);
      const floor = Number((quotient.n - (((quotient.n % quotient.d) + quotient.d) % quotient.d)) / quotient.d);
      const ceiling = BigInt(floor) * quotient.d === quotient.n ? floor : floor + 1;
      const cents = cells[row]![column]!;
      beyond += Math.max(0, floor - cents, cents - ceiling);
    }),
  );
  expect(table.centsBeyond).toBe(beyond);
  return beyond;
}

/** The fewest cents beyond floor and ceiling, by trying every table: exhaustive, so only for tiny tables. */
function fewestBeyond(amounts: readonly number[], weights: readonly number[]): number {
  const ids = weights.map((weight, index) => ({ id: `m${index}`, weight }));
  const owed = Object.values(largestRemainder(sum(amounts), ids));
  const choices = amounts.map((amount) => {
    const around = weights.map((weight) => {
      const { n, d } = quotientOf(amount, weight, weights);
      const [floor, ceiling] = [Number(n / d), Number((n + d - 1n) / d)];
      return n === 0n
        ? [{ cents: 0, beyond: 0 }]
        : Array.from({ length: ceiling - floor + 3 }, (_, step) => floor - 1 + step)
            .filter((cents) => cents >= 0)
            .map((cents) => ({ cents, beyond: cents < floor || cents > ceiling ? 1 : 0 }));
    });
    const rows: { cents: number[]; beyond: number }[] = [];
    const fill = (column: number, cents: number[], beyond: number): void => {
      if (column === weights.length) {
        if (sum(cents) === amount) rows.push({ cents, beyond });
        return;
      }
      for (const each of around[column]!) fill(column + 1, [...cents, each.cents], beyond + each.beyond);
    };
    fill(0, [], 0);
    return rows;
  });
  let reached = new Map<string, number>([[weights.map(() => 0).join(), 0]]);
  for (const rows of choices) {
    const next = new Map<string, number>();
    for (const [key, cost] of reached) {
      const before = key.split(",").map(Number);
      for (const { cents, beyond } of rows) {
        const after = before.map((each, column) => each + cents[column]!).join();
        next.set(after, Math.min(next.get(after) ?? Infinity, cost + beyond));
      }
    }
    reached = next;
  }
  return reached.get(owed.join()) ?? Infinity;
}

describe("detailShares — le détail par dépense est exact en lignes et en colonnes (Bacharach 1966, Cox 1987)", () => {
  it("le piège : arrondir chaque dépense à part ne redonne pas la part annuelle", () => {
    const weights = [1, 1, 1].map((weight, index) => ({ id: `m${index}`, weight }));
    const apart = [100, 100, 100].map((amount) => [...splitByWeight(toCents(amount), weights).values()]);
    expect(apart.map((row) => row[0])).toEqual([34, 34, 34]);
    const table = detail([100, 100, 100], [1, 1, 1]);
    expect(table.annual.shares.map(({ cents }) => cents)).toEqual([100, 100, 100]);
    expect(expectExact([100, 100, 100], [1, 1, 1], table)).toBe(0);
  });

  it.each([
    {
      case: "une seule dépense : sa part annuelle",
      amounts: [400_000],
      weights: [10_376, 3_153, 1_569, 4_023, 1_890, 2_360],
    },
    {
      case: "l’année de démonstration",
      amounts: [123_456, 65_000, 31_999, 4_005],
      weights: [10_376, 3_153, 1_569, 4_023, 1_890, 2_360],
    },
    {
      case: "six dépenses d’un centime",
      amounts: [1, 1, 1, 1, 1, 1],
      weights: [10_376, 3_153, 1_569, 4_023, 1_890, 2_360],
    },
    { case: "un chemin plus long, mais sans centime au-delà", amounts: [14, 23, 34, 26], weights: [3, 6, 3] },
    { case: "de même, à cinq", amounts: [10, 9, 4], weights: [1, 3, 5, 1, 2] },
    { case: "une dépense nulle", amounts: [0, 100], weights: [1, 2] },
    { case: "un membre sans poids", amounts: [7, 8], weights: [0, 2, 3] },
    { case: "un seul membre", amounts: [7, 8], weights: [5] },
  ])("$case", ({ amounts, weights }) => {
    expect(expectExact(amounts, weights, detail(amounts, weights))).toBe(0);
  });

  it("aucune dépense : un tableau vide, des parts nulles", () => {
    const table = detail([], [1, 2]);
    expect(table.rows).toEqual([]);
    expect(table.annual.shares.map(({ cents }) => cents)).toEqual([0, 0]);
  });

  it("quand les parts annuelles interdisent l’arrondi, le tableau le plus proche, et il le dit", () => {
    // Poids 3, 3, 2, 2, 2 ; 6 c : 1,5 1,5 1 1 1 ; 4 c : 1 1 2/3 2/3 2/3. Le plus fort reste de 10 c donne 2 à chacun, mais les trois derniers
    // ne trouvent que 1+1+1 dans la première ligne et 2 dans la seconde, soit 5 sur 6.
    const [amounts, weights] = [
      [6, 4],
      [3, 3, 2, 2, 2],
    ];
    const table = detail(amounts!, weights!);
    expect(table.annual.shares.map(({ cents }) => cents)).toEqual([2, 2, 2, 2, 2]);
    expect(expectExact(amounts!, weights!, table)).toBe(1);
    expect(fewestBeyond(amounts!, weights!)).toBe(1);
  });

  it("un centime au-delà ne rend jamais une part négative", () => {
    // 0,09 EUR à côté de 326,37 EUR : une cellule dont le quotient est sous le centime ne peut qu’arrondir vers le haut.
    const [amounts, weights] = [
      [9, 32_637],
      [5121, 2, 247, 2, 3, 4, 6],
    ];
    const table = detail(amounts!, weights!);
    expect(
      cellsOf(table)
        .flat()
        .filter((cents) => cents < 0),
    ).toEqual([]);
    expect(expectExact(amounts!, weights!, table)).toBe(fewestBeyond(amounts!, weights!));
  });

  it("des milliers de tableaux : lignes et colonnes exactes, cellules à un centime près au plus au-delà", () => {
    const amounts = fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 500_000 })), {
      minLength: 1,
      maxLength: 8,
    });
    const weights = fc
      .array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 12_000 })), {
        minLength: 1,
        maxLength: 8,
      })
      .filter((each) => each.some((weight) => weight > 0));
    fc.assert(
      fc.property(amounts, weights, (rows, columns) => {
        const table = detail(rows, columns);
        expectExact(rows, columns, table);
        const isFar = table.rows.some(({ amount, cells }) =>
          cells.some(({ cents, centsBeyond }, column) => {
            const gap = magnitude(minus(whole(cents), quotientOf(amount, columns[column]!, columns)));
            return cents < 0 || centsBeyond > 1 || !isLess(gap, whole(2));
          }),
        );
        expect(isFar).toBe(false);
      }),
      { numRuns: 4000 },
    );
  }, 60_000);

  it("jamais plus de centimes au-delà que la recherche exhaustive n’en trouve", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 3 });
    const weights = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(amounts, weights, (rows, columns) => {
        expect(expectExact(rows, columns, detail(rows, columns))).toBe(fewestBeyond(rows, columns));
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it("dépenses et avoirs mêlés : toujours exact en lignes et en colonnes", () => {
    const amounts = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 6 });
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, weights, (rows, columns) => {
        expectExact(rows, columns, detail(rows, columns));
      }),
      { numRuns: 1000 },
    );
  });

  it("ne dépend ni de l’ordre des dépenses ni de celui des membres", () => {
    const rows = [31, 17, 5, 44].map((amount, index) => ({ id: `e${index}`, amount: toCents(amount) }));
    const members = [3, 3, 2, 2, 2].map((weight, index) => ({ id: `m${index}`, weight }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: 4 }),
        fc.shuffledSubarray(members, { minLength: 5 }),
        (mixedRows, mixedMembers) => {
          expect(detailShares(mixedRows, mixedMembers)).toStrictEqual(detailShares(rows, members));
        },
      ),
    );
  });

  it("deux dépenses du même identifiant sont une faute", () => {
    const twice = [1, 2].map((amount) => ({ id: "e", amount: toCents(amount) }));
    expect(() => detailShares(twice, [{ id: "a", weight: 1 }])).toThrow(RangeError);
  });
});
