import { detailShares, type DetailTable } from "../apportionment/controlled-rounding";
import { byId, checkWeights, type Weighted, type WeightRefusal } from "../apportionment/split-by-weight";
import { EXPENSE_AXES, type ExpenseAxis } from "../expense/expense";
import { grant, refuse, type Decision } from "../kernel/decision";
import { sumCents, toCents, type Cents } from "../kernel/money";

/** A function, never a person: « secrétariat du réseau », « animation ». */
export type StaffFunction = string;

/** Hours of one function on one action line in one year. */
export type TimeEntry = {
  readonly id: string;
  readonly staffFunction: StaffFunction;
  readonly axis: ExpenseAxis;
  readonly year: number;
  readonly minutes: number;
  /** `contested`: out of the state until the committee votes on the line by itself. */
  readonly standing: "agreed" | "contested" | "upheld" | "rejected";
};

/** What an hour of a function costs in a year, and on what basis (« coût chargé 2026, grade …, délibération … »). */
export type HourlyCost = {
  readonly staffFunction: StaffFunction;
  readonly year: number;
  readonly centsPerHour: Cents;
  readonly basis: string;
};

export type ValuedEntry = TimeEntry & { readonly centsPerHour: Cents; readonly basis: string; readonly value: Cents };

/** Staff time of a year, apart from cash: never added to a call for funds. */
export type StaffTimeState = {
  readonly year: number;
  readonly lines: readonly ValuedEntry[];
  readonly total: Cents;
  readonly minutes: number;
  readonly axes: readonly { readonly axis: ExpenseAxis; readonly minutes: number; readonly value: Cents }[];
  /** Out of the total, to be voted on one by one. */
  readonly contested: readonly ValuedEntry[];
  readonly rejected: readonly ValuedEntry[];
};

export type StaffTimeRefusal =
  | { readonly kind: "no-entry" | "total-too-large" }
  | {
      readonly kind:
        | "minutes-not-positive"
        | "minutes-not-whole"
        | "minutes-beyond-a-year"
        | "function-missing"
        | "year-differs"
        | "entry-given-twice";
      readonly entryId: string;
    }
  | {
      readonly kind: "cost-missing" | "cost-given-twice" | "cost-not-positive" | "basis-missing";
      readonly staffFunction: StaffFunction;
    };

const MINUTES_IN_A_YEAR = 366 * 24 * 60;

/** Minutes at an hourly cost, to the nearest cent; a half cent goes up. */
export function valueMinutes(minutes: number, centsPerHour: Cents): Cents {
  return toCents(Number((BigInt(minutes) * BigInt(centsPerHour) * 2n + 60n) / 120n));
}

/**
 * The annual state of staff time: each line valued by itself at the cost of its function, lines added up by axis. Contested lines stay out, and so do those
 * that a vote rejected; a contested line that a vote upheld comes back in.
 * Source: Convention, art. 4.2.2: evaluated yearly for each action line, for valuation and proration.
 */
export function composeStaffTimeState(
  year: number,
  entries: readonly TimeEntry[],
  costs: readonly HourlyCost[],
): Decision<StaffTimeState, readonly StaffTimeRefusal[]> {
  const rates = new Map(costs.filter((cost) => cost.year === year).map((cost) => [cost.staffFunction, cost]));
  const refusals = [...findEntryFaults(year, entries), ...findCostFaults(year, entries, costs)];
  if (refusals.length > 0) return refuse(refusals);
  const valued = [...entries].sort(byId).flatMap((entry): readonly ValuedEntry[] => {
    const cost = rates.get(entry.staffFunction);
    if (cost === undefined) return [];
    const { centsPerHour, basis } = cost;
    return [{ ...entry, centsPerHour, basis, value: valueMinutes(entry.minutes, centsPerHour) }];
  });
  if (valued.reduce((sum, { value }) => sum + value, 0) > 100_000_000_000) return refuse([{ kind: "total-too-large" }]);
  const lines = valued.filter(({ standing }) => standing === "agreed" || standing === "upheld");
  return grant({
    year,
    lines,
    total: sumCents(lines.map(({ value }) => value)),
    minutes: sumMinutes(lines),
    axes: EXPENSE_AXES.map((axis) => {
      const ofAxis = lines.filter((line) => line.axis === axis);
      return { axis, minutes: sumMinutes(ofAxis), value: sumCents(ofAxis.map(({ value }) => value)) };
    }),
    contested: valued.filter(({ standing }) => standing === "contested"),
    rejected: valued.filter(({ standing }) => standing === "rejected"),
  });
}

function sumMinutes(lines: readonly ValuedEntry[]): number {
  return lines.reduce((sum, { minutes }) => sum + minutes, 0);
}

function findEntryFaults(year: number, entries: readonly TimeEntry[]): readonly StaffTimeRefusal[] {
  if (entries.length === 0) return [{ kind: "no-entry" }];
  const faults: StaffTimeRefusal[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const { id: entryId, minutes } = entry;
    if (seen.has(entryId)) faults.push({ kind: "entry-given-twice", entryId });
    seen.add(entryId);
    if (entry.staffFunction.trim() === "") faults.push({ kind: "function-missing", entryId });
    if (entry.year !== year) faults.push({ kind: "year-differs", entryId });
    if (!Number.isInteger(minutes)) faults.push({ kind: "minutes-not-whole", entryId });
    else if (minutes < 1) faults.push({ kind: "minutes-not-positive", entryId });
    else if (minutes > MINUTES_IN_A_YEAR) faults.push({ kind: "minutes-beyond-a-year", entryId });
  }
  return faults;
}

function findCostFaults(
  year: number,
  entries: readonly TimeEntry[],
  costs: readonly HourlyCost[],
): readonly StaffTimeRefusal[] {
  const faults: StaffTimeRefusal[] = [];
  const functions = new Set(entries.map(({ staffFunction }) => staffFunction).filter((name) => name.trim() !== ""));
  for (const staffFunction of [...functions].sort()) {
    const found = costs.filter((cost) => cost.year === year && cost.staffFunction === staffFunction);
    const [cost] = found;
    if (cost === undefined) faults.push({ kind: "cost-missing", staffFunction });
    else if (found.length > 1) faults.push({ kind: "cost-given-twice", staffFunction });
    else {
      if (cost.centsPerHour < 1) faults.push({ kind: "cost-not-positive", staffFunction });
      if (cost.basis.trim() === "") faults.push({ kind: "basis-missing", staffFunction });
    }
  }
  return faults;
}

/** The state by axis and member, with the weights of the cash: rows and columns exact, shown apart and never called as money. Source: Convention, art. 4.2.2. */
export function prorateStaffTime<Id extends string>(
  state: StaffTimeState,
  weights: readonly Weighted<Id>[],
): Decision<DetailTable<ExpenseAxis, Id>, readonly WeightRefusal[]> {
  const checked = checkWeights(weights);
  if (!checked.ok) return checked;
  return grant(
    detailShares(
      state.axes.map(({ axis, value }) => ({ id: axis, amount: value })),
      checked.value,
    ),
  );
}

export type ApproveStateRefusal = "not-adopted-by-a-vote" | "already-approved" | "nothing-agreed";

export type ApprovedState = { readonly state: StaffTimeState; readonly decisionNumber: string };

/**
 * The committee approves the state of a year, once, by a recorded decision; contested lines do not wait for it nor hold it up.
 * Source: Convention, art. 4.2.2.
 */
export function approveState(
  state: StaffTimeState,
  approval: { readonly decisionNumber: string | null; readonly isApprovedAlready: boolean },
): Decision<ApprovedState, ApproveStateRefusal> {
  if (approval.isApprovedAlready) return refuse("already-approved");
  const decisionNumber = (approval.decisionNumber ?? "").trim();
  if (decisionNumber === "") return refuse("not-adopted-by-a-vote");
  if (state.lines.length === 0) return refuse("nothing-agreed");
  return grant({ state, decisionNumber });
}

/** A vote on one contested line: it comes back in, or stays out for good. */
export function settleContestedEntry(
  entry: TimeEntry,
  vote: { readonly decisionNumber: string; readonly result: "adopted" | "rejected" },
): Decision<TimeEntry, "not-contested" | "not-adopted-by-a-vote"> {
  if (entry.standing !== "contested") return refuse("not-contested");
  if (vote.decisionNumber.trim() === "") return refuse("not-adopted-by-a-vote");
  return grant({ ...entry, standing: vote.result === "adopted" ? "upheld" : "rejected" });
}
