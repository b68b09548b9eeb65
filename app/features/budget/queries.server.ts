import { listBudgetChanges, type BudgetInForce, type BudgetLine, type LineChange } from "~/domain/budget/budget";
import { gaugeAxes, gaugeBudget, gaugeLines, type Gauge } from "~/domain/budget/gauge";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { budgetInForce, listBudgetedExpenses, listBudgets, type RecordedBudget } from "~/services/budget-record.server";
import type { Db, Trx } from "~/services/db.server";
import { sha256Hex } from "~/services/tokens.server";

/** Tells whether a forecast changed since somebody read it. */
export function fingerprintOf({ note, lines }: Pick<RecordedBudget, "note" | "lines">): string {
  return sha256Hex(JSON.stringify([note, lines.map(({ id, label, axis, amount }) => [id, label, axis, amount])]));
}

export type BudgetHistoryEntry = RecordedBudget & {
  /** Against the version that was in force before it; every line of a first version. */
  readonly changes: readonly LineChange[];
};

export type BudgetYear = {
  readonly year: number;
  readonly inForce: BudgetInForce;
  readonly gauge: Gauge;
  readonly axes: readonly { readonly axis: ExpenseAxis; readonly gauge: Gauge }[];
  readonly lines: readonly { readonly line: BudgetLine | null; readonly gauge: Gauge }[];
  /** The latest first. */
  readonly history: readonly BudgetHistoryEntry[];
  readonly expenses: readonly { readonly id: string; readonly object: string }[];
};

/** The budget of a year and what was taken from it, as of a day. */
export async function loadBudgetYear(
  db: Db,
  networkId: NetworkId,
  { year, date }: { readonly year: number; readonly date: PlainDate },
): Promise<BudgetYear> {
  const budgets = await listBudgets(db, networkId, year);
  const expenses = await listBudgetedExpenses(db, networkId, year);
  const parts = expenses.flatMap((expense) => expense.parts);
  const inForce = budgetInForce(budgets, year, date);
  const lines = inForce.version?.lines ?? [];
  const named = new Map(lines.map((line) => [line.id, line]));
  return {
    ...{ year, inForce, expenses },
    gauge: gaugeBudget(inForce.ceiling, parts),
    axes: gaugeAxes(lines, parts),
    lines: gaugeLines(lines, parts).map(({ lineId, gauge }) => ({
      line: lineId === null ? null : (named.get(lineId) ?? null),
      gauge,
    })),
    history: withChanges(budgets).toReversed(),
  };
}

function withChanges(budgets: readonly RecordedBudget[]): readonly BudgetHistoryEntry[] {
  return budgets.map((budget, index) => {
    const before = budgets.slice(0, index).findLast(({ standing }) => standing === "adopted");
    return { ...budget, changes: listBudgetChanges(before?.lines ?? [], budget.lines) };
  });
}

/** One version with what it changes and the meetings that put it to the vote; null in another network. */
export async function findBudgetVersion(db: Db, networkId: NetworkId, budgetId: string) {
  const budget = await db
    .selectFrom("budgetVersion")
    .select("year")
    .where("networkId", "=", networkId)
    .where("id", "=", budgetId)
    .executeTakeFirst();
  if (!budget) return null;
  const versions = withChanges(await listBudgets(db, networkId, budget.year));
  const version = versions.find(({ id }) => id === budgetId);
  if (!version) return null;
  const meetings = await db
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["meeting.id", "meeting.title", "meeting.startsAt"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.kind", "=", "budget-adoption")
    .where("agendaItem.subjectId", "=", budgetId)
    .where("agendaItem.status", "=", "accepted")
    .where("meeting.status", "!=", "cancelled")
    .orderBy("meeting.startsAt")
    .execute();
  return { version, meetings, fingerprint: fingerprintOf(version) };
}

/** Years that have something to show: a budget, an expense, or today's. The latest first. */
export async function listBudgetYears(db: Db, networkId: NetworkId, date: PlainDate): Promise<readonly number[]> {
  const budgets = await db
    .selectFrom("budgetVersion")
    .select("year")
    .distinct()
    .where("networkId", "=", networkId)
    .execute();
  const first = await db
    .selectFrom("expense")
    .select(({ fn }) => fn.min("createdAt").as("at"))
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  const since = first?.at ? Number(first.at.slice(0, 4)) : yearOf(date);
  const years = new Set(budgets.map(({ year }) => year));
  for (let year = since; year <= yearOf(date); year += 1) years.add(year);
  return [...years].sort((a, b) => b - a);
}

export type AccountCode = {
  readonly code: string;
  readonly label: string;
  readonly verifiedBy: string | null;
  readonly verifiedOn: PlainDate | null;
};

export async function listAccounts(db: Db | Trx, networkId: NetworkId): Promise<readonly AccountCode[]> {
  const rows = await db
    .selectFrom("accountCode")
    .select(["code", "label", "verifiedBy", "verifiedOn"])
    .where("networkId", "=", networkId)
    .orderBy("code")
    .execute();
  return rows.map((row) => ({ ...row, verifiedOn: row.verifiedOn as PlainDate | null }));
}
