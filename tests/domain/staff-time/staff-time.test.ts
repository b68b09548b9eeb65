import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import {
  approveState,
  composeStaffTimeState,
  prorateStaffTime,
  settleContestedEntry,
  valueMinutes,
  type HourlyCost,
  type StaffTimeState,
  type TimeEntry,
} from "~/domain/staff-time/staff-time";

const entry = (id: string, minutes: number, changes: Partial<TimeEntry> = {}): TimeEntry => ({
  id,
  staffFunction: "secrétariat",
  axis: "inter-ccas",
  year: 2026,
  minutes,
  standing: "agreed",
  ...changes,
});
const cost = (changes: Partial<HourlyCost> = {}): HourlyCost => ({
  staffFunction: "secrétariat",
  year: 2026,
  centsPerHour: toCents(2_850),
  basis: "Coût chargé 2026",
  ...changes,
});
const compose = (entries: TimeEntry[], costs = [cost()]): StaffTimeState => {
  const state = composeStaffTimeState(2026, entries, costs);
  if (!state.ok) throw new Error(JSON.stringify(state.refusal));
  return state.value;
};

describe("valueMinutes — au centime le plus proche", () => {
  it.each([
    { minutes: 60, rate: 2_850, value: 2_850 },
    { minutes: 90, rate: 2_850, value: 4_275 },
    { minutes: 1, rate: 2_850, value: 48 }, // 47,5
    { minutes: 1, rate: 29, value: 0 }, // 0,483
    { minutes: 1, rate: 30, value: 1 }, // 0,5
    { minutes: 20, rate: 100, value: 33 }, // 33,33
    { minutes: 40, rate: 100, value: 67 }, // 66,67
    { minutes: 527_040, rate: 9_999_999, value: 87_839_991_216 },
  ])("$minutes min à $rate c/h : $value c", ({ minutes, rate, value }) => {
    expect(valueMinutes(minutes, toCents(rate))).toBe(value);
  });
});

describe("état annuel du temps de travail — Convention, art. 4.2.2", () => {
  it("par axe, à part de l’argent, sans les lignes contestées ni rejetées", () => {
    const state = compose([
      entry("a", 600),
      entry("b", 90, { axis: "observation-sociale" }),
      entry("c", 60, { standing: "contested" }),
      entry("d", 60, { standing: "rejected" }),
      entry("e", 60, { standing: "upheld", axis: "commun" }),
    ]);
    expect(state.axes).toEqual([
      { axis: "inter-ccas", minutes: 600, value: 28_500 },
      { axis: "observation-sociale", minutes: 90, value: 4_275 },
      { axis: "commun", minutes: 60, value: 2_850 },
    ]);
    expect({ total: state.total, minutes: state.minutes }).toEqual({ total: 35_625, minutes: 750 });
    expect(state.contested.map(({ id, value }) => [id, value])).toEqual([["c", 2_850]]);
    expect(state.rejected.map(({ id }) => id)).toEqual(["d"]);
  });

  it("le coût est celui de la fonction et de l’année", () => {
    const costs = [
      cost({ year: 2025, centsPerHour: toCents(1) }),
      cost(),
      cost({ staffFunction: "animation", centsPerHour: toCents(3_000) }),
    ];
    expect(
      compose([entry("a", 60), entry("b", 60, { staffFunction: "animation" })], costs).lines.map(({ value }) => value),
    ).toEqual([2_850, 3_000]);
  });

  it.each<{ case: string; entries: TimeEntry[]; costs?: HourlyCost[]; refusals: unknown[] }>([
    { case: "aucune ligne", entries: [], refusals: [{ kind: "no-entry" }] },
    { case: "0 minute", entries: [entry("a", 0)], refusals: [{ kind: "minutes-not-positive", entryId: "a" }] },
    {
      case: "minutes négatives",
      entries: [entry("a", -60)],
      refusals: [{ kind: "minutes-not-positive", entryId: "a" }],
    },
    {
      case: "minutes fractionnaires",
      entries: [entry("a", 1.5)],
      refusals: [{ kind: "minutes-not-whole", entryId: "a" }],
    },
    {
      case: "plus qu’une année",
      entries: [entry("a", 527_041)],
      refusals: [{ kind: "minutes-beyond-a-year", entryId: "a" }],
    },
    {
      case: "autre année",
      entries: [entry("a", 1, { year: 2025 })],
      refusals: [{ kind: "year-differs", entryId: "a" }],
    },
    {
      case: "même ligne deux fois",
      entries: [entry("a", 1), entry("a", 1)],
      refusals: [{ kind: "entry-given-twice", entryId: "a" }],
    },
    {
      case: "sans fonction",
      entries: [entry("a", 1, { staffFunction: " " })],
      refusals: [{ kind: "function-missing", entryId: "a" }],
    },
    {
      case: "coût inconnu",
      entries: [entry("a", 1)],
      costs: [cost({ year: 2025 })],
      refusals: [{ kind: "cost-missing", staffFunction: "secrétariat" }],
    },
    {
      case: "deux coûts",
      entries: [entry("a", 1)],
      costs: [cost(), cost()],
      refusals: [{ kind: "cost-given-twice", staffFunction: "secrétariat" }],
    },
    {
      case: "coût nul et sans base",
      entries: [entry("a", 1)],
      costs: [cost({ centsPerHour: toCents(0), basis: "" })],
      refusals: [
        { kind: "cost-not-positive", staffFunction: "secrétariat" },
        { kind: "basis-missing", staffFunction: "secrétariat" },
      ],
    },
    {
      case: "plus d’un milliard",
      entries: [entry("a", 600), entry("b", 600)],
      costs: [cost({ centsPerHour: toCents(9_000_000_000) })],
      refusals: [{ kind: "total-too-large" }],
    },
  ])("refus : $case", ({ entries, costs, refusals }) => {
    expect(composeStaffTimeState(2026, entries, costs ?? [cost()])).toEqual({ ok: false, refusal: refusals });
  });

  it("proratisé aux mêmes poids : axes et membres font le total", () => {
    const minutes = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom("inter-ccas" as const, "observation-sociale" as const, "commun" as const),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        minutes,
        fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 6 }),
        (lines, weights) => {
          const state = compose(lines.map(([each, axis], index) => entry(`t${index}`, each, { axis })));
          const prorated = prorateStaffTime(
            state,
            weights.map((weight, index) => ({ id: `m${index}`, weight })),
          );
          if (!prorated.ok) throw new Error("refused");
          for (const { id, cells } of prorated.value.rows) {
            const axis = state.axes.find((each) => each.axis === id);
            expect(cells.reduce((sum, { cents }) => sum + cents, 0)).toBe(axis?.value);
          }
          expect(prorated.value.annual.shares.reduce((sum, { cents }) => sum + cents, 0)).toBe(state.total);
        },
      ),
      { numRuns: 50 },
    );
    expect(prorateStaffTime(compose([entry("a", 60)]), [])).toEqual({ ok: false, refusal: [{ kind: "no-member" }] });
  });

  it("approuvé une fois, par une décision ; les lignes contestées n’y font pas obstacle", () => {
    const state = compose([entry("a", 60), entry("c", 60, { standing: "contested" })]);
    expect(approveState(state, { decisionNumber: " 2026-0033 ", isApprovedAlready: false })).toEqual({
      ok: true,
      value: { state, decisionNumber: "2026-0033" },
    });
  });

  it.each([
    {
      refusal: "already-approved",
      entries: [entry("a", 60)],
      approval: { decisionNumber: "2026-0033", isApprovedAlready: true },
    },
    {
      refusal: "not-adopted-by-a-vote",
      entries: [entry("a", 60)],
      approval: { decisionNumber: null, isApprovedAlready: false },
    },
    {
      refusal: "nothing-agreed",
      entries: [entry("a", 60, { standing: "contested" })],
      approval: { decisionNumber: "2026-0033", isApprovedAlready: false },
    },
  ] as const)("refus : $refusal", ({ refusal, entries, approval }) => {
    expect(approveState(compose([...entries]), approval)).toEqual({ ok: false, refusal });
  });

  it.each([
    {
      case: "soutenue",
      standing: "contested",
      result: "adopted",
      decisionNumber: "2026-0034",
      settled: { ok: true, value: entry("c", 60, { standing: "upheld" }) },
    },
    {
      case: "rejetée",
      standing: "contested",
      result: "rejected",
      decisionNumber: "2026-0034",
      settled: { ok: true, value: entry("c", 60, { standing: "rejected" }) },
    },
    {
      case: "non contestée",
      standing: "agreed",
      result: "adopted",
      decisionNumber: "2026-0034",
      settled: { ok: false, refusal: "not-contested" },
    },
    {
      case: "sans vote",
      standing: "contested",
      result: "adopted",
      decisionNumber: "",
      settled: { ok: false, refusal: "not-adopted-by-a-vote" },
    },
  ] as const)("vote séparé sur une ligne contestée : $case", ({ standing, result, decisionNumber, settled }) => {
    expect(settleContestedEntry(entry("c", 60, { standing }), { decisionNumber, result })).toEqual(settled);
  });
});
