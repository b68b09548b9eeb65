import { AGREED_CEILING, findBudgetInForce, type BudgetInForce, type BudgetLine } from "~/domain/budget/budget";
import { splitByStep } from "~/domain/budget/progress";
import type { BudgetedExpense } from "~/domain/budget/gauge";
import { expenseStatus, type ExpenseAxis } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "./db.server";
import { loadDossiers } from "./expense-record.server";
import { listPollsAbout } from "./poll-record.server";
import { loadSpending, spendingFacts } from "./spending-record.server";

/** The budget of a year as the committee voted it, and what was taken from it: budget and spending share these reads. */

export type BudgetDecision = {
  readonly pollId: string;
  readonly meetingId: string | null;
  readonly number: string;
  readonly decidedOn: PlainDate;
  readonly sentence: string;
};

/** « voting »: no line changes any more; « rejected »: it can be reworked and put to the vote again. */
export type VersionStanding = "draft" | "voting" | "rejected" | "adopted";

export type RecordedBudget = {
  readonly id: string;
  readonly year: number;
  readonly version: number;
  readonly note: string;
  readonly createdAt: string;
  readonly lines: readonly BudgetLine[];
  readonly standing: VersionStanding;
  readonly decision: BudgetDecision | null;
};

/** Every version of the network's budgets, or of one year, the oldest first. What became of each is read from the votes. */
export async function listBudgets(
  db: Db | Trx,
  networkId: NetworkId,
  year: number | null,
): Promise<readonly RecordedBudget[]> {
  const versions = await db
    .selectFrom("budgetVersion")
    .selectAll()
    .where("networkId", "=", networkId)
    .$if(year !== null, (query) => query.where("year", "=", year ?? 0))
    .orderBy("year")
    .orderBy("version")
    .execute();
  if (versions.length === 0) return [];
  const ids = versions.map(({ id }) => id);
  const lines = await db
    .selectFrom("budgetLine")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("budgetId", "in", ids)
    .orderBy("position")
    .execute();
  const polls = await listPollsAbout(db, networkId, ids);
  return versions.map(({ id, year: ofYear, version, noteMd, createdAt }) => {
    const own = polls.filter(({ poll }) => poll.subjectId === id);
    const adopted = own.find(({ result }) => result?.outcome === "adopted" && result.decision !== null);
    const decision: BudgetDecision | null = adopted?.result?.decision
      ? {
          pollId: adopted.poll.id,
          meetingId: adopted.poll.meetingId,
          number: decisionNumberOf(adopted.result.decision.year, adopted.result.decision.number),
          decidedOn: dateOf(parisLocalAt(new Date(adopted.result.closedAt))),
          sentence: adopted.result.sentence,
        }
      : null;
    const isOpen = own.some(({ poll }) => poll.state === "open");
    const isRejected = own.some(({ result }) => result?.outcome === "rejected");
    return {
      ...{ id, year: ofYear, version, note: noteMd, createdAt, decision },
      standing: decision ? "adopted" : isOpen ? "voting" : isRejected ? "rejected" : "draft",
      lines: lines
        .filter(({ budgetId }) => budgetId === id)
        .map((line) => ({
          ...{ id: line.id, label: line.label, nature: "operating" as const },
          axis: line.axis as ExpenseAxis,
          amount: toCents(line.amountCents),
        })),
    };
  });
}

/** The budget of a year on a day: the last that the committee adopted by then, or the sum of the agreement. */
export function budgetInForce(budgets: readonly RecordedBudget[], year: number, date: PlainDate): BudgetInForce {
  const adopted = budgets.flatMap(({ year: ofYear, decision, lines }) =>
    decision ? [{ year: ofYear, adoptedOn: decision.decidedOn, decisionNumber: decision.number, lines }] : [],
  );
  adopted.sort((a, b) => compare(a.adoptedOn, b.adoptedOn) || compareNumbers(a.decisionNumber, b.decisionNumber));
  return findBudgetInForce(adopted, { year, date, agreedCeiling: AGREED_CEILING });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** « 2026-9 » comes before « 2026-10 ». */
function compareNumbers(a: string, b: string): number {
  return Number(a.split("-")[1]) - Number(b.split("-")[1]);
}

export type BudgetedDossier = {
  readonly id: string;
  readonly object: string;
  readonly year: number;
  readonly parts: readonly BudgetedExpense[];
};

/** The expenses that count in a year: of the year of their decision, or of their request as long as there is none. Rejected and withdrawn ones don't. */
export async function listBudgetedExpenses(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
): Promise<readonly BudgetedDossier[]> {
  const rows = await db
    .selectFrom("expense")
    .select(["id", "object", "axis", "amountCents", "withdrawnAt", "createdAt"])
    .where("networkId", "=", networkId)
    .where("createdAt", "<", `${year + 1}-01-01T00:00:00.000Z`)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const dossiers = await loadDossiers(db, networkId, rows);
  const spending = await loadSpending(
    db,
    networkId,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const dossier = dossiers.get(row.id);
    if (!dossier) return [];
    const status = expenseStatus(dossier.facts);
    if (status === "rejected" || status === "withdrawn") return [];
    const countsIn = yearOf(dossier.validation?.decidedOn ?? dateOf(parisLocalAt(new Date(row.createdAt))));
    if (countsIn !== year) return [];
    const amount = toCents(row.amountCents);
    const { engagement, invoices } = spending.get(row.id) ?? { engagement: null, invoices: [] };
    const expense = {
      axis: row.axis as ExpenseAxis,
      lineId: engagement?.budgetLineId ?? null,
      requested: amount,
      validated: dossier.validation ? amount : null,
    };
    return [
      {
        id: row.id,
        object: row.object,
        year: countsIn,
        parts: splitByStep(expense, spendingFacts(engagement, invoices)),
      },
    ];
  });
}
