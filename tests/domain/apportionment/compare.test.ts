import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareShares } from "~/domain/apportionment/compare";
import { toCents } from "~/domain/kernel/money";

describe("compareShares — « et avec l’année précédente ? »", () => {
  it("un membre qui arrive, un qui part, un qui reste", () => {
    const before = [
      { id: "part", weight: 1 },
      { id: "reste", weight: 1 },
    ];
    const after = [
      { id: "arrive", weight: 3 },
      { id: "reste", weight: 1 },
    ];
    expect(compareShares(toCents(100), before, after)).toEqual([
      { id: "arrive", before: null, after: 75, change: 75 },
      { id: "part", before: 50, after: null, change: -50 },
      { id: "reste", before: 50, after: 25, change: -25 },
    ]);
  });

  it("les écarts s’annulent toujours", () => {
    const weights = fc.uniqueArray(
      fc.record({ id: fc.constantFrom("a", "b", "c", "d"), weight: fc.integer({ min: 1, max: 20_000 }) }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), weights, weights, (total, before, after) => {
        const changes = compareShares(toCents(total), before, after);
        expect(changes.reduce((sum, { change }) => sum + change, 0)).toBe(0);
      }),
    );
  });
});
