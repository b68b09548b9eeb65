import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaugeAxes, gaugeBudget, gaugeLines, shareGauge, type BudgetedExpense } from "~/domain/budget/gauge";
import { toCents } from "~/domain/kernel/money";

type Amounts = readonly [requested: number, ...steps: number[]];
const expense = ([requested, ...steps]: Amounts, changes: Partial<BudgetedExpense> = {}): BudgetedExpense => {
  const [validated = null, engaged = null, paid = null] = steps.map((amount) => toCents(amount));
  return {
    axis: "commun",
    lineId: "a",
    requested: toCents(requested),
    validated,
    engaged,
    invoiced: null,
    paid,
    ...changes,
  };
};

describe("jauge du budget", () => {
  it.each<{ case: string; expenses: Amounts[]; gauge: number[] }>([
    { case: "rien", expenses: [], gauge: [0, 0, 0, 0, 400_000, 400_000] },
    { case: "une demande n’entame pas le budget", expenses: [[50_000]], gauge: [50_000, 0, 0, 0, 400_000, 350_000] },
    { case: "validée", expenses: [[50_000, 45_000]], gauge: [0, 45_000, 0, 0, 355_000, 355_000] },
    {
      case: "engagée pour moins que validé",
      expenses: [[50_000, 45_000, 40_000]],
      gauge: [0, 0, 40_000, 0, 360_000, 360_000],
    },
    {
      case: "payée moins qu’engagé : la différence revient",
      expenses: [[50_000, 45_000, 40_000, 39_999]],
      gauge: [0, 0, 0, 39_999, 360_001, 360_001],
    },
    {
      case: "plafond dépassé",
      expenses: [
        [1, 390_000],
        [20_000, 20_000],
      ],
      gauge: [0, 410_000, 0, 0, -10_000, -10_000],
    },
  ])("$case", ({ expenses, gauge }) => {
    const { ceiling, ...rest } = gaugeBudget(
      toCents(400_000),
      expenses.map((each) => expense(each)),
    );
    expect(ceiling).toBe(400_000);
    expect([
      rest.proposed,
      rest.validated,
      rest.engaged,
      rest.paid,
      rest.remaining,
      rest.remainingIfAllValidated,
    ]).toEqual(gauge);
  });

  it.each([
    {
      case: "les parts font le budget, au dixième de pour cent",
      expenses: [[182_320, 182_320, 182_320, 182_320], [45_000, 45_000, 45_000], [75_000, 75_000], [20_000]],
      shares: { paid: 456, engaged: 113, validated: 187, remaining: 244, proposed: 50 },
    },
    {
      case: "un plafond dépassé se dit en négatif",
      expenses: [[410_000, 410_000]],
      shares: { paid: 0, engaged: 0, validated: 1025, remaining: -25, proposed: 0 },
    },
  ] satisfies { case: string; expenses: Amounts[]; shares: object }[])("$case", ({ expenses, shares }) => {
    const gauge = gaugeBudget(
      toCents(400_000),
      expenses.map((each) => expense(each as Amounts)),
    );
    expect(shareGauge(gauge)).toEqual({ invoiced: 0, ...shares });
    expect(shareGauge(gaugeBudget(toCents(0), []))).toBeNull();
  });

  it("par axe et par ligne ; une dépense sans ligne se voit à part", () => {
    const lines = [
      { id: "a", axis: "commun" as const, amount: toCents(1000) },
      { id: "b", axis: "inter-ccas" as const, amount: toCents(500) },
    ];
    const expenses = [
      expense([300, 300]),
      expense([200, 200], { lineId: "gone", axis: "inter-ccas" }),
      expense([1], { lineId: null }),
    ];
    expect(gaugeAxes(lines, expenses).map(({ axis, gauge }) => [axis, gauge.ceiling, gauge.remaining])).toEqual([
      ["inter-ccas", 500, 300],
      ["observation-sociale", 0, 0],
      ["commun", 1000, 700],
    ]);
    expect(gaugeLines(lines, expenses).map(({ lineId, gauge }) => [lineId, gauge.proposed, gauge.remaining])).toEqual([
      ["a", 0, 700],
      ["b", 0, 500],
      [null, 1, -200],
    ]);
    expect(gaugeLines(lines, []).map(({ lineId }) => lineId)).toEqual(["a", "b"]);
  });

  it("validé, engagé, payé et restant font toujours le plafond ; les axes font le tout", () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 });
    const amounts = fc.oneof(
      fc.tuple(cents),
      fc.tuple(cents, cents),
      fc.tuple(cents, cents, cents),
      fc.tuple(cents, cents, cents, cents),
    );
    const axis = fc.constantFrom("inter-ccas" as const, "observation-sociale" as const, "commun" as const);
    fc.assert(
      fc.property(fc.array(fc.record({ amounts, axis }), { maxLength: 10 }), (given) => {
        const expenses = given.map((each) => expense(each.amounts, { axis: each.axis }));
        const gauge = gaugeBudget(toCents(400_000), expenses);
        expect(gauge.validated + gauge.engaged + gauge.paid + gauge.remaining).toBe(400_000);
        const axes = gaugeAxes([], expenses);
        expect(axes.reduce((sum, each) => sum + each.gauge.paid + each.gauge.engaged + each.gauge.validated, 0)).toBe(
          400_000 - gauge.remaining,
        );
      }),
    );
  });
});
