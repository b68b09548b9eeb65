import type { ExpenseAxis } from "../expense/expense";
import { grant, refuse, type Decision } from "../kernel/decision";
import { sumCents, toCents, type Cents } from "../kernel/money";
import type { PlainDate } from "../kernel/plain-date";

export type BudgetLine = {
  readonly id: string;
  readonly label: string;
  readonly axis: ExpenseAxis;
  readonly amount: Cents;
  readonly nature: "operating" | "investment";
};

/** A forecast that the committee adopted for one civil year, whole: a revision replaces it and the former stays in the history. */
export type BudgetVersion = {
  readonly year: number;
  readonly adoptedOn: PlainDate;
  /** « 2026-0012 » in the register. */
  readonly decisionNumber: string;
  readonly lines: readonly BudgetLine[];
};

/** The yearly budget that the agreement names until the committee votes another. Source: Convention, art. 4.1 (« 4 000 euros, révisable chaque année »). */
export const AGREED_CEILING = toCents(400_000);

export const BUDGET_LIMITS = { longestLabel: 120, mostLines: 200 } as const;

export type ForecastRefusal =
  | { readonly kind: "no-line" | "too-many-lines" | "total-too-large" }
  | {
      readonly kind:
        | "label-missing"
        | "label-too-long"
        | "label-given-twice"
        | "line-given-twice"
        | "amount-negative"
        | "investment-not-allowed";
      readonly lineId: string;
    };

/**
 * Everything that keeps a forecast from being put to the vote, line by line. Operating expenses only; 0 EUR on a line is allowed (a line kept open).
 * Going over the agreed 4 000 EUR is no fault: the vote revises the ceiling.
 * Source: Convention, art. 4.1 (« affectés à des dépenses de fonctionnement »).
 */
export function checkForecast(lines: readonly BudgetLine[]): readonly ForecastRefusal[] {
  const refusals: ForecastRefusal[] = [];
  const labels = new Set<string>();
  const ids = new Set<string>();
  let total = 0n;
  for (const { id, label, axis, amount, nature } of lines) {
    const name = label.trim();
    const key = `${axis} ${name.toLowerCase()}`;
    if (ids.has(id)) refusals.push({ kind: "line-given-twice", lineId: id });
    if (name === "") refusals.push({ kind: "label-missing", lineId: id });
    else if (name.length > BUDGET_LIMITS.longestLabel) refusals.push({ kind: "label-too-long", lineId: id });
    else if (labels.has(key)) refusals.push({ kind: "label-given-twice", lineId: id });
    if (amount < 0) refusals.push({ kind: "amount-negative", lineId: id });
    if (nature === "investment") refusals.push({ kind: "investment-not-allowed", lineId: id });
    ids.add(id);
    labels.add(key);
    total += BigInt(amount);
  }
  if (lines.length === 0) refusals.push({ kind: "no-line" });
  if (lines.length > BUDGET_LIMITS.mostLines) refusals.push({ kind: "too-many-lines" });
  if (total > 100_000_000_000n) refusals.push({ kind: "total-too-large" });
  return refusals;
}

export function totalOf(lines: readonly BudgetLine[]): Cents {
  return sumCents(lines.map(({ amount }) => amount));
}

export type BudgetInForce =
  | { readonly standing: "voted"; readonly version: BudgetVersion; readonly ceiling: Cents }
  | { readonly standing: "agreed"; readonly version: null; readonly ceiling: Cents };

/**
 * The budget of a year on a date, and its ceiling: the last version adopted by then, else the sum that the agreement names.
 * The vote of one year says nothing of the next. Of two votes on one day, the later in the list wins: list them in order of adoption.
 * Source: Convention, art. 4.1.
 */
export function findBudgetInForce(
  versions: readonly BudgetVersion[],
  { year, date, agreedCeiling }: { readonly year: number; readonly date: PlainDate; readonly agreedCeiling: Cents },
): BudgetInForce {
  let current: BudgetVersion | null = null;
  for (const version of versions) {
    if (version.year !== year || version.adoptedOn > date) continue;
    if (current === null || version.adoptedOn >= current.adoptedOn) current = version;
  }
  if (current === null) return { standing: "agreed", version: null, ceiling: agreedCeiling };
  return { standing: "voted", version: current, ceiling: totalOf(current.lines) };
}

export type AdoptBudgetRefusal =
  | { readonly kind: "forecast-faulty"; readonly faults: readonly ForecastRefusal[] }
  | { readonly kind: "not-adopted-by-a-vote" | "decision-already-used" | "older-than-the-budget-in-force" }
  /** What is validated already would exceed the new budget by this much: withdraw expenses first, or vote more. */
  | { readonly kind: "below-what-is-validated"; readonly excess: Cents };

/**
 * Adds a version to the history of a year; nothing is replaced.
 * @param committed what is validated, engaged or paid of the year already
 * Source: Convention, art. 4.1: the forecast is established by the committee.
 */
export function adoptBudget(
  versions: readonly BudgetVersion[],
  proposed: BudgetVersion,
  committed: Cents,
): Decision<readonly BudgetVersion[], AdoptBudgetRefusal> {
  const faults = checkForecast(proposed.lines);
  if (faults.length > 0) return refuse({ kind: "forecast-faulty", faults });
  if (proposed.decisionNumber.trim() === "") return refuse({ kind: "not-adopted-by-a-vote" });
  const ofYear = versions.filter(({ year }) => year === proposed.year);
  if (ofYear.some(({ decisionNumber }) => decisionNumber === proposed.decisionNumber)) {
    return refuse({ kind: "decision-already-used" });
  }
  if (ofYear.some(({ adoptedOn }) => adoptedOn > proposed.adoptedOn)) {
    return refuse({ kind: "older-than-the-budget-in-force" });
  }
  const excess = committed - totalOf(proposed.lines);
  if (excess > 0) return refuse({ kind: "below-what-is-validated", excess: toCents(excess) });
  return grant([...versions, proposed]);
}

export type LineChange = {
  readonly lineId: string;
  readonly label: string;
  readonly axis: ExpenseAxis;
  /** Null when the line is new, or gone. */
  readonly before: Cents | null;
  readonly after: Cents | null;
};

/** What a revision changes, line by line; lines that keep their amount are left out. */
export function listBudgetChanges(before: readonly BudgetLine[], after: readonly BudgetLine[]): readonly LineChange[] {
  const former = new Map(before.map((line) => [line.id, line]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.map((line): LineChange => ({
    ...describeLine(line),
    before: former.get(line.id)?.amount ?? null,
    after: line.amount,
  }));
  const gone = before
    .filter(({ id }) => !kept.has(id))
    .map((line): LineChange => ({ ...describeLine(line), before: line.amount, after: null }));
  return [...changes.filter((change) => change.before !== change.after), ...gone];
}

function describeLine({ id, label, axis }: BudgetLine): Pick<LineChange, "lineId" | "label" | "axis"> {
  return { lineId: id, label, axis };
}
