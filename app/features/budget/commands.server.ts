import { adoptBudget, AGREED_CEILING, type BudgetLine } from "~/domain/budget/budget";
import { gaugeBudget } from "~/domain/budget/gauge";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { toCents } from "~/domain/kernel/money";
import { yearOf } from "~/domain/kernel/plain-date";
import { budgetInForce, listBudgetedExpenses, listBudgets } from "~/services/budget-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { ForecastInput } from "./form";
import { fingerprintOf } from "./queries.server";
import type { OpenForecastRefusal, WriteForecastRefusal } from "./refusals";

/**
 * Opens the forecast of a year: it repeats the budget in force, or the sum of the agreement where none was voted. One is prepared at a time
 * for a year; sent twice with the same key, there is still one.
 */
export async function openForecast(
  { db, clock, networkId, actor }: CommandContext,
  { cle, year }: { readonly cle: string; readonly year: number },
): Promise<Decision<{ readonly budgetId: string }, OpenForecastRefusal>> {
  const day = today(clock);
  if (year < yearOf(day) - 1 || year > yearOf(day) + 2) return refuse({ kind: "year-out-of-range" });
  return writeTransaction(db, async (trx) => {
    const budgets = await listBudgets(trx, networkId, year);
    if (budgets.some(({ id }) => id === cle)) return grant({ budgetId: cle });
    const pending = budgets.find(({ standing }) => standing !== "adopted");
    if (pending) return refuse({ kind: "draft-already-exists", budgetId: pending.id } as const);
    const inForce = budgetInForce(budgets, year, day);
    const lines: readonly BudgetLine[] = inForce.version?.lines ?? [
      {
        ...{ id: clock.newId(), label: "Actions du réseau", axis: "commun", nature: "operating" },
        amount: AGREED_CEILING,
      },
    ];
    const version = (budgets.at(-1)?.version ?? 0) + 1;
    await trx
      .insertInto("budgetVersion")
      .values({
        ...{ id: cle, networkId, year, version, noteMd: "", createdBy: actor.personId },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await replaceLines(trx, networkId, cle, lines);
    await recordDraft(trx, { clock, networkId, actor }, { id: cle, year, version }, lines);
    return grant({ budgetId: cle });
  });
}

/**
 * Writes a forecast whole: its lines and its note. What the committee is voting on, or has adopted, no longer changes; what somebody else
 * wrote meanwhile is not overwritten; and what is validated already must still fit.
 */
export async function writeForecast(
  { db, clock, networkId, actor }: CommandContext,
  { budgetId, known, note, lines }: ForecastInput & { readonly budgetId: string },
): Promise<Decision<{ readonly budgetId: string }, WriteForecastRefusal>> {
  return writeTransaction(db, async (trx) => {
    const year = await findYear(trx, networkId, budgetId);
    const budgets = year === null ? [] : await listBudgets(trx, networkId, year);
    const budget = budgets.find(({ id }) => id === budgetId);
    if (year === null || !budget) return refuse({ kind: "unknown-budget" } as const);
    if (budget.standing === "adopted") return refuse({ kind: "already-adopted" } as const);
    if (budget.standing === "voting") return refuse({ kind: "vote-under-way" } as const);
    const fingerprint = fingerprintOf(budget);
    const written = fingerprintOf({ note, lines });
    if (fingerprint === written) return grant({ budgetId });
    if (fingerprint !== known) return refuse({ kind: "changed-meanwhile" } as const);
    const expenses = await listBudgetedExpenses(trx, networkId, year);
    const gauge = gaugeBudget(
      AGREED_CEILING,
      expenses.flatMap(({ parts }) => parts),
    );
    const committed = toCents(gauge.ceiling - gauge.remaining);
    // The vote will number the decision: the draft stands for it until then.
    const proposed = { year, adoptedOn: today(clock), decisionNumber: budgetId, lines };
    const decision = adoptBudget([], proposed, committed);
    if (!decision.ok) return decision;
    await trx
      .updateTable("budgetVersion")
      .set({ noteMd: note })
      .where("networkId", "=", networkId)
      .where("id", "=", budgetId)
      .execute();
    await replaceLines(trx, networkId, budgetId, lines);
    await recordDraft(trx, { clock, networkId, actor }, budget, lines);
    return grant({ budgetId });
  });
}

async function findYear(trx: Trx, networkId: string, budgetId: string): Promise<number | null> {
  const row = await trx
    .selectFrom("budgetVersion")
    .select("year")
    .where("networkId", "=", networkId)
    .where("id", "=", budgetId)
    .executeTakeFirst();
  return row?.year ?? null;
}

async function replaceLines(
  trx: Trx,
  networkId: string,
  budgetId: string,
  lines: readonly BudgetLine[],
): Promise<void> {
  await trx.deleteFrom("budgetLine").where("networkId", "=", networkId).where("budgetId", "=", budgetId).execute();
  const rows = lines.map(({ id, label, axis, amount }, index) => ({
    ...{ id, networkId, budgetId, position: index + 1, label: label.trim(), axis, amountCents: amount },
  }));
  await trx.insertInto("budgetLine").values(rows).execute();
}

function recordDraft(
  trx: Trx,
  { clock, networkId, actor }: Pick<CommandContext, "clock" | "networkId" | "actor">,
  { id, year, version }: { readonly id: string; readonly year: number; readonly version: number },
  lines: readonly BudgetLine[],
) {
  return recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "budget-drafted",
    payload: {
      ...{ budgetId: id, year, version },
      lines: lines.map(({ id: lineId, label, axis, amount }) => ({ lineId, label, axis, amountCents: amount })),
    },
  });
}
