import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCents, type Cents } from "~/domain/kernel/money";
import { measureOneHour } from "~/domain/staff-time/sensitivity";
import { composeStaffTimeState, type StaffTimeState, type TimeEntry } from "~/domain/staff-time/staff-time";

function stateOf(minutes: number, centsPerHour: number): StaffTimeState {
  const entry: TimeEntry = {
    id: "l1",
    staffFunction: "secrétariat",
    axis: "commun",
    year: 2026,
    minutes,
    standing: "agreed",
  };
  const cost = { staffFunction: "secrétariat", year: 2026, centsPerHour: toCents(centsPerHour), basis: "coût chargé" };
  const state = composeStaffTimeState(2026, [entry], [cost]);
  if (!state.ok) throw new Error("refused");
  return state.value;
}
const sum = (changes: readonly { readonly change: Cents }[]): number =>
  changes.reduce((total, { change }) => total + change, 0);

describe("measureOneHour — une heure de plus ou de moins (art. 4.2.2)", () => {
  it("30,00 € de l’heure, poids 2 et 1 : 20,00 € et 10,00 €, dans les deux sens", () => {
    const [effect] = measureOneHour(stateOf(120, 3000), [
      { id: "a", weight: 2 },
      { id: "b", weight: 1 },
    ]);
    expect(effect?.more).toEqual([
      { id: "a", change: 2000 },
      { id: "b", change: 1000 },
    ]);
    expect(effect?.less).toEqual([
      { id: "a", change: -2000 },
      { id: "b", change: -1000 },
    ]);
  });

  it("moins d’une heure à l’état : on ne peut pas en ôter une", () => {
    expect(measureOneHour(stateOf(59, 3000), [{ id: "a", weight: 1 }])[0]?.less).toBeNull();
  });

  it("les changements font une heure, quels que soient les poids", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 100_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 }),
        (minutes, hour, weights) => {
          const members = weights.map((weight, index) => ({ id: `m${index}`, weight }));
          const [effect] = measureOneHour(stateOf(minutes, hour), members);
          expect(sum(effect?.more ?? [])).toBe(hour);
          if (effect?.less) expect(sum(effect.less)).toBe(-hour);
        },
      ),
    );
  });
});
