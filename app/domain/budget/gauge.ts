import { apportion } from "../apportionment/split-by-weight";
import { EXPENSE_AXES, type ExpenseAxis } from "../expense/expense";
import { sumCents, toCents, type Cents } from "../kernel/money";

/**
 * One expense of the year as the budget sees it, or a part of one (`splitByStep`); each amount is null until its step is taken. Rejected and
 * withdrawn ones are left out.
 */
export type BudgetedExpense = {
  readonly axis: ExpenseAxis;
  readonly lineId: string | null;
  readonly requested: Cents;
  readonly validated: Cents | null;
  readonly engaged: Cents | null;
  readonly invoiced: Cents | null;
  readonly paid: Cents | null;
};

/** Each expense counts once, at its furthest step; together with `remaining` they make the ceiling. */
export type Gauge = {
  readonly ceiling: Cents;
  /** Asked for, not decided: it takes nothing from the budget yet. */
  readonly proposed: Cents;
  /** Validated by the committee, not engaged yet. */
  readonly validated: Cents;
  /** Engaged by the lead, not invoiced yet. */
  readonly engaged: Cents;
  /** Invoiced to the lead, not paid yet. */
  readonly invoiced: Cents;
  /** Paid by the lead, with a recorded reference. */
  readonly paid: Cents;
  /** ceiling - validated - engaged - invoiced - paid; negative when the ceiling is passed. */
  readonly remaining: Cents;
  /** What would remain if all that is proposed were validated. */
  readonly remainingIfAllValidated: Cents;
};

export type GaugeShares = Readonly<Record<Step | "remaining", number>>;

/**
 * What each step takes of the ceiling, in thousandths. Those that take from the budget add up with what remains to the whole, by largest remainder;
 * what is only asked for takes nothing. Null without a ceiling.
 */
export function shareGauge(gauge: Gauge): GaugeShares | null {
  if (gauge.ceiling <= 0) return null;
  const thousandths = (cents: number) => Math.round((1000 * cents) / gauge.ceiling);
  const taken = ["validated", "engaged", "invoiced", "paid"] as const;
  const isPassed = gauge.remaining < 0;
  const parts = isPassed ? taken : [...taken, "remaining" as const];
  const total = isPassed ? thousandths(gauge.ceiling - gauge.remaining) : 1000;
  const { shares } = apportion(
    toCents(total),
    parts.map((id) => ({ id, weight: gauge[id] })),
  );
  const of = (step: Step | "remaining") => shares.find(({ id }) => id === step)?.cents ?? 0;
  return {
    ...{ proposed: thousandths(gauge.proposed), validated: of("validated"), engaged: of("engaged") },
    ...{ invoiced: of("invoiced"), paid: of("paid"), remaining: isPassed ? 1000 - total : of("remaining") },
  };
}

type Step = "proposed" | "validated" | "engaged" | "invoiced" | "paid";

/** The furthest step of an expense, with its amount: a payment below the engagement gives the difference back to the budget. */
function readStep(expense: BudgetedExpense): { readonly step: Step; readonly amount: Cents } {
  if (expense.paid !== null) return { step: "paid", amount: expense.paid };
  if (expense.invoiced !== null) return { step: "invoiced", amount: expense.invoiced };
  if (expense.engaged !== null) return { step: "engaged", amount: expense.engaged };
  if (expense.validated !== null) return { step: "validated", amount: expense.validated };
  return { step: "proposed", amount: expense.requested };
}

/** What a budget has left. Source: Convention, art. 4.1. */
export function gaugeBudget(ceiling: Cents, expenses: readonly BudgetedExpense[]): Gauge {
  const steps = expenses.map(readStep);
  const sumOf = (wanted: Step) => sumCents(steps.filter(({ step }) => step === wanted).map(({ amount }) => amount));
  const [proposed, validated] = [sumOf("proposed"), sumOf("validated")];
  const [engaged, invoiced, paid] = [sumOf("engaged"), sumOf("invoiced"), sumOf("paid")];
  const remaining = toCents(ceiling - validated - engaged - invoiced - paid);
  return {
    ...{ ceiling, proposed, validated, engaged, invoiced, paid, remaining },
    remainingIfAllValidated: toCents(remaining - proposed),
  };
}

/** The same gauge for each axis, whose ceiling is the sum of its lines. */
export function gaugeAxes(
  lines: readonly { readonly axis: ExpenseAxis; readonly amount: Cents }[],
  expenses: readonly BudgetedExpense[],
): readonly { readonly axis: ExpenseAxis; readonly gauge: Gauge }[] {
  return EXPENSE_AXES.map((axis) => ({
    axis,
    gauge: gaugeBudget(
      sumCents(lines.filter((line) => line.axis === axis).map(({ amount }) => amount)),
      expenses.filter((expense) => expense.axis === axis),
    ),
  }));
}

/** The same gauge for each line of the forecast. Expenses on no line, or on a line that a revision took away, come last under null with no ceiling. */
export function gaugeLines(
  lines: readonly { readonly id: string; readonly amount: Cents }[],
  expenses: readonly BudgetedExpense[],
): readonly { readonly lineId: string | null; readonly gauge: Gauge }[] {
  const known = new Set(lines.map(({ id }) => id));
  const astray = expenses.filter(({ lineId }) => lineId === null || !known.has(lineId));
  const gauges = lines.map(({ id, amount }): { readonly lineId: string | null; readonly gauge: Gauge } => ({
    lineId: id,
    gauge: gaugeBudget(
      amount,
      expenses.filter(({ lineId }) => lineId === id),
    ),
  }));
  return astray.length === 0 ? gauges : [...gauges, { lineId: null, gauge: gaugeBudget(toCents(0), astray) }];
}
