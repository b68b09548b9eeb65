import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, checkWeights, splitByWeight, type Weighted } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";
import { isLess, largestRemainder, magnitude, minus, quotientOf, whole } from "./exact-fractions";

/** Population municipale 2023, INSEE, in force on 1 January 2026. */
const BLAIN_2026: readonly Weighted[] = [
  { id: "blain", weight: 10_376 },
  { id: "bouvron", weight: 3_153 },
  { id: "chevallerais", weight: 1_569 },
  { id: "fay", weight: 4_023 },
  { id: "gavre", weight: 1_890 },
  { id: "nddl", weight: 2_360 },
];

const weigh = (...weights: number[]): Weighted[] =>
  weights.map((weight, index) => ({ id: "abcdefgh".charAt(index), weight }));
const split = (total: number, members: readonly Weighted[]) =>
  Object.fromEntries(splitByWeight(toCents(total), members));

const anyMembers = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 4 }),
      weight: fc.oneof(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 70_000_000 }),
        fc.maxSafeInteger().map(Math.abs),
      ),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
  )
  .filter((members) => members.some(({ weight }) => weight > 0));
const anyTotal = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
);

describe("apportion — Convention, art. 4.2.1 : au prorata des habitants, au plus fort reste", () => {
  it("4 000 € entre les six CCAS, population municipale 2023 : le calcul refait à la main", () => {
    // 400 000 × 10 376 / 23 371 = 177 587 reste 14 223, etc. ; les entiers font 399 996 : quatre centimes aux restes 21 939, 18 537, 18 263 et 14 223.
    expect(split(400_000, BLAIN_2026)).toEqual({
      blain: 177_588,
      bouvron: 53_964,
      chevallerais: 26_854,
      fay: 68_854,
      gavre: 32_348,
      nddl: 40_392,
    });
  });

  it("donne tout le raisonnement : fraction, entier, reste, rang, centime de plus", () => {
    const { shares, extraCents, totalWeight } = apportion(toCents(100), weigh(1, 1, 1));
    expect({ extraCents, totalWeight }).toEqual({ extraCents: 1, totalWeight: "3" });
    const common = { weight: 1, quotient: { numerator: "100", denominator: "3" }, floorCents: 33, remainder: "1" };
    expect(shares).toEqual([
      { id: "a", ...common, rank: 1, hasExtraCent: true, cents: 34 },
      { id: "b", ...common, rank: 2, hasExtraCent: false, cents: 33 },
      { id: "c", ...common, rank: 3, hasExtraCent: false, cents: 33 },
    ]);
  });

  it.each([
    {
      case: "un centime entre six égaux : au premier identifiant",
      total: 1,
      weights: [1, 1, 1, 1, 1, 1],
      cents: [1, 0, 0, 0, 0, 0],
    },
    { case: "un centime au plus gros poids", total: 1, weights: [1, 2, 3], cents: [0, 0, 1] },
    { case: "0 €", total: 0, weights: [5, 7], cents: [0, 0] },
    { case: "un poids nul ne supporte rien", total: 101, weights: [0, 1, 1], cents: [0, 51, 50] },
    { case: "un seul membre supporte tout", total: 12_345, weights: [7], cents: [12_345] },
    { case: "un milliard d’euros", total: 100_000_000_000, weights: [1, 2], cents: [33_333_333_333, 66_666_666_667] },
    { case: "un total négatif est le miroir", total: -100, weights: [1, 1, 1], cents: [-34, -33, -33] },
    {
      case: "des poids au-delà de ce qu’un flottant distingue",
      total: 3,
      weights: [9_007_199_254_740_991, 9_007_199_254_740_990],
      cents: [2, 1],
    },
  ])("$case", ({ total, weights, cents }) => {
    expect(Object.values(split(total, weigh(...weights)))).toStrictEqual(cents);
  });

  it("l’ordre des identifiants est celui des codes, pas celui d’une langue", () => {
    expect(
      split(1, [
        { id: "é", weight: 1 },
        { id: "z", weight: 1 },
        { id: "Z", weight: 1 },
      ]),
    ).toEqual({ Z: 1, z: 0, é: 0 });
  });

  it.each([
    ["négatif", weigh(1, -1)],
    ["fractionnaire", weigh(1, 0.5)],
    ["qui n’est pas un nombre", weigh(1, Number.NaN)],
    ["infini", weigh(1, Number.POSITIVE_INFINITY)],
    ["au-delà de 2^53", weigh(1, 2 ** 53)],
    ["tous nuls", weigh(0, 0)],
    ["aucun membre", []],
    ["deux fois le même membre", [...weigh(1), ...weigh(2)]],
  ])("poids refusé : %s", (_case, members) => {
    expect(() => apportion(toCents(100), members)).toThrow(RangeError);
  });

  it("somme exacte, chaque part à moins d’un centime de son quotient, aucune de signe contraire", () => {
    fc.assert(
      fc.property(anyTotal, anyMembers, (total, members) => {
        const shares = split(total, members);
        const weights = members.map(({ weight }) => weight);
        expect(Object.values(shares).reduce((sum, cents) => sum + cents, 0)).toBe(total);
        for (const { id, weight } of members) {
          const gap = magnitude(minus(whole(shares[id]!), quotientOf(total, weight, weights)));
          expect(isLess(gap, whole(1))).toBe(true);
          expect(shares[id]! * Math.sign(total)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("égale l’oracle en fractions exactes, qui donne les centimes un à un", () => {
    fc.assert(
      fc.property(anyTotal, anyMembers, (total, members) => {
        expect(split(total, members)).toStrictEqual(largestRemainder(total, members));
      }),
      { numRuns: 500 },
    );
  });

  it("ne dépend pas de l’ordre des lignes", () => {
    const shuffled = anyMembers.chain((members) =>
      fc.record({
        members: fc.constant(members),
        shuffled: fc.shuffledSubarray([...members], { minLength: members.length }),
      }),
    );
    fc.assert(
      fc.property(anyTotal, shuffled, (total, { members, shuffled }) => {
        expect(apportion(toCents(total), shuffled)).toStrictEqual(apportion(toCents(total), members));
      }),
    );
  });

  it("change de signe avec le total, et rien d’autre", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), anyMembers, (total, members) => {
        const [up, down] = [split(total, members), split(-total, members)];
        for (const { id } of members) expect(down[id]! + up[id]!).toBe(0);
      }),
    );
  });

  it("un poids plus grand ne paie jamais moins, à l’égalité de l’identifiant près", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), anyMembers, (total, members) => {
        const shares = split(total, members);
        for (const one of members) {
          for (const other of members) {
            if (one.weight > other.weight) expect(shares[one.id]!).toBeGreaterThanOrEqual(shares[other.id]!);
          }
        }
      }),
    );
  });

  it("multiplier tous les poids ne change rien aux parts", () => {
    const small = anyMembers.filter((members) => members.every(({ weight }) => weight < 1e9));
    fc.assert(
      fc.property(anyTotal, small, fc.integer({ min: 1, max: 1000 }), (total, members, factor) => {
        const scaled = members.map(({ id, weight }) => ({ id, weight: weight * factor }));
        expect(split(total, scaled)).toStrictEqual(split(total, members));
      }),
    );
  });
});

describe("checkWeights — les poids d’un formulaire", () => {
  it.each([
    { case: "aucun", typed: [], refusals: [{ kind: "no-member" }] },
    { case: "manquant", typed: [{ id: "a", weight: null }], refusals: [{ kind: "weight-missing", id: "a" }] },
    {
      case: "pas un nombre",
      typed: [{ id: "a", weight: Number.NaN }],
      refusals: [{ kind: "weight-missing", id: "a" }],
    },
    { case: "négatif", typed: [{ id: "a", weight: -1 }], refusals: [{ kind: "weight-negative", id: "a" }] },
    { case: "fractionnaire", typed: [{ id: "a", weight: 1.5 }], refusals: [{ kind: "weight-fractional", id: "a" }] },
    { case: "trop grand", typed: [{ id: "a", weight: 2 ** 53 }], refusals: [{ kind: "weight-too-large", id: "a" }] },
    {
      case: "tous nuls",
      typed: [
        { id: "a", weight: 0 },
        { id: "b", weight: 0 },
      ],
      refusals: [{ kind: "all-weights-zero" }],
    },
    {
      case: "plusieurs fautes à la fois",
      typed: [
        { id: "a", weight: 1 },
        { id: "a", weight: -2 },
        { id: "b", weight: null },
      ],
      refusals: [
        { kind: "member-given-twice", id: "a" },
        { kind: "weight-negative", id: "a" },
        { kind: "weight-missing", id: "b" },
      ],
    },
  ])("$case", ({ typed, refusals }) => {
    expect(checkWeights(typed)).toEqual({ ok: false, refusal: refusals });
  });

  it("ce qu’elle accepte ne fait jamais lever apportion, ce qu’elle refuse le fait toujours", () => {
    const typed = fc.array(
      fc.record({
        id: fc.constantFrom("a", "b", "c", "d"),
        weight: fc.oneof(fc.double(), fc.integer({ min: -2, max: 3 })),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(typed, (members) => {
        const checked = checkWeights(members);
        const run = () => apportion(toCents(100), checked.ok ? checked.value : members);
        if (checked.ok) expect(run).not.toThrow();
        else expect(run).toThrow(RangeError);
      }),
      { numRuns: 500 },
    );
  });
});
