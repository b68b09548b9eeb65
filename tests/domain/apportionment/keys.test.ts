import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weighMembers, type ApportionmentKey, type KeyMember } from "~/domain/apportionment/keys";
import { splitByWeight } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";

const member = (id: string, population: number | null = null, headcount: number | null = null): KeyMember => ({
  id,
  population,
  headcount,
});
const share = (id: string, numerator: number, denominator: number) => ({ id, share: { numerator, denominator } });
const fixed = (...shares: ReturnType<typeof share>[]): ApportionmentKey => ({ kind: "fixed", shares });
const MEMBERS = [member("a", 100, 3), member("b", 300, 0), member("c", 200, 9)];

describe("weighMembers — les clés de répartition", () => {
  it.each<{ case: string; key: ApportionmentKey; weights: number[] }>([
    { case: "population", key: { kind: "population" }, weights: [100, 300, 200] },
    { case: "parts égales", key: { kind: "equal" }, weights: [1, 1, 1] },
    { case: "effectifs", key: { kind: "headcount" }, weights: [3, 0, 9] },
    {
      case: "parts fixes 1/2, 1/3, 1/6",
      key: fixed(share("a", 1, 2), share("b", 1, 3), share("c", 1, 6)),
      weights: [3, 2, 1],
    },
    {
      case: "parts fixes dont une nulle",
      key: fixed(share("a", 0, 1), share("b", 1, 4), share("c", 3, 4)),
      weights: [0, 1, 3],
    },
    // p/q = 1/4, n = 3, S = 600 : 600 + 3 × 3 × habitants.
    {
      case: "mixte, un quart en parts égales",
      key: { kind: "mixed", equalPart: { numerator: 1, denominator: 4 } },
      weights: [1500, 3300, 2400],
    },
    {
      case: "mixte tout en parts égales",
      key: { kind: "mixed", equalPart: { numerator: 1, denominator: 1 } },
      weights: [600, 600, 600],
    },
    {
      case: "mixte tout à la population",
      key: { kind: "mixed", equalPart: { numerator: 0, denominator: 1 } },
      weights: [300, 900, 600],
    },
  ])("$case", ({ key, weights }) => {
    expect(weighMembers(key, MEMBERS)).toEqual({
      ok: true,
      value: ["a", "b", "c"].map((id, index) => ({ id, weight: weights[index] })),
    });
  });

  it.each<{ case: string; key: ApportionmentKey; members?: KeyMember[]; refusals: unknown[] }>([
    {
      case: "population inconnue",
      key: { kind: "population" },
      members: [member("a", 1), member("b")],
      refusals: [{ kind: "weight-missing", id: "b" }],
    },
    {
      case: "effectif inconnu",
      key: { kind: "headcount" },
      members: [member("a", 1)],
      refusals: [{ kind: "weight-missing", id: "a" }],
    },
    {
      case: "population inconnue, clé mixte",
      key: { kind: "mixed", equalPart: { numerator: 1, denominator: 2 } },
      members: [member("a")],
      refusals: [{ kind: "weight-missing", id: "a" }],
    },
    { case: "aucun membre", key: { kind: "equal" }, members: [], refusals: [{ kind: "no-member" }] },
    {
      case: "trois tiers à 0,33",
      key: fixed(share("a", 33, 100), share("b", 33, 100), share("c", 33, 100)),
      refusals: [{ kind: "shares-not-one", numerator: "99", denominator: "100" }],
    },
    {
      case: "plus de 1",
      key: fixed(share("a", 1, 2), share("b", 1, 2), share("c", 1, 2)),
      refusals: [{ kind: "shares-not-one", numerator: "3", denominator: "2" }],
    },
    {
      case: "part manquante",
      key: fixed(share("a", 1, 2), share("b", 1, 2)),
      refusals: [{ kind: "share-missing", id: "c" }],
    },
    {
      case: "part d’un étranger",
      key: fixed(share("a", 1, 4), share("b", 1, 4), share("c", 1, 4), share("x", 1, 4)),
      refusals: [{ kind: "share-of-a-stranger", id: "x" }],
    },
    {
      case: "part donnée deux fois",
      key: fixed(share("a", 1, 4), share("a", 1, 4), share("b", 1, 4), share("c", 1, 4)),
      refusals: [{ kind: "member-given-twice", id: "a" }],
    },
    {
      case: "dénominateur nul",
      key: fixed(share("a", 1, 0), share("b", 1, 2), share("c", 1, 2)),
      refusals: [{ kind: "share-malformed", id: "a" }],
    },
    {
      case: "part négative",
      key: fixed(share("a", -1, 2), share("b", 1, 1), share("c", 1, 2)),
      refusals: [{ kind: "share-malformed", id: "a" }],
    },
    {
      case: "part égale au-delà de 1",
      key: { kind: "mixed", equalPart: { numerator: 3, denominator: 2 } },
      refusals: [{ kind: "equal-part-malformed" }],
    },
  ])("refus : $case", ({ key, members, refusals }) => {
    expect(weighMembers(key, members ?? MEMBERS)).toEqual({ ok: false, refusal: refusals });
  });

  it("une clé dont les poids exacts dépassent 2^53 est refusée, jamais arrondie", () => {
    const huge = [member("a", 2 ** 52), member("b", 2 ** 52)];
    expect(weighMembers({ kind: "mixed", equalPart: { numerator: 1, denominator: 3 } }, huge)).toEqual({
      ok: false,
      refusal: [{ kind: "key-too-precise" }],
    });
  });

  it("mixte : le total se répartit comme ses deux morceaux, au centime près de chacun", () => {
    const populations = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        populations,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 1e9 }),
        (counts, percent, total) => {
          const inhabitants = counts.reduce((sum, each) => sum + each, 0);
          fc.pre(inhabitants > 0);
          const members = counts.map((population, index) => member(String(index), population));
          const weighed = weighMembers({ kind: "mixed", equalPart: { numerator: percent, denominator: 100 } }, members);
          const shares = splitByWeight(toCents(total), weighed.ok ? weighed.value : []);
          for (const { id, population } of members) {
            const n = BigInt(members.length) * BigInt(inhabitants) * 100n;
            const exact =
              BigInt(total) *
              (BigInt(percent) * BigInt(inhabitants) +
                BigInt(100 - percent) * BigInt(members.length) * BigInt(population!));
            const gap = BigInt(shares.get(id)!) * n - exact;
            expect(gap < n && -gap < n).toBe(true);
          }
        },
      ),
    );
  });
});
