import type { Block } from "~/domain/agreement/guard";
import {
  checkExpense,
  withdrawExpense,
  type ExpenseProposalRefusal,
  type WithdrawExpenseRefusal,
} from "~/domain/expense/expense";
import { capacitiesIn } from "~/domain/access/permissions";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { ExpenseId, PersonId } from "~/domain/kernel/ids";
import { guardAct } from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { loadDossiers } from "~/services/expense-record.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { RequestExpenseInput } from "./form";

/** Asks for an expense. Sent twice with the same key, it is asked for once. */
export async function requestExpense(
  { db, clock, networkId, actor }: CommandContext,
  input: RequestExpenseInput,
): Promise<Decision<{ readonly expenseId: ExpenseId }, readonly (ExpenseProposalRefusal | Block)[]>> {
  const expenseId = input.cle as ExpenseId;
  const { object, supplier, amount, axis, justification } = input;
  const refusals = checkExpense({ object, supplier, amount, axis, nature: "operating", justification });
  if (refusals.length > 0) return refuse(refusals);
  return writeTransaction(db, async (trx) => {
    const already = await trx
      .selectFrom("expense")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", expenseId)
      .executeTakeFirst();
    if (already) return grant({ expenseId });
    const guard = await guardAct(trx, networkId, { act: "engage-expense", on: today(clock) });
    if (!guard.ok) return refuse([guard.refusal]);
    const organizationId = await findOrganization(trx, networkId, actor.personId, today(clock));
    await trx
      .insertInto("expense")
      .values({
        id: expenseId,
        networkId,
        object,
        supplier,
        amountCents: amount,
        axis,
        justificationMd: justification,
        requestedBy: actor.personId,
        organizationId,
        withdrawnAt: null,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "expense-requested",
      payload: { expenseId, object, supplier, amountCents: amount, axis, organizationId },
    });
    return grant({ expenseId });
  });
}

/** The organisation in whose name a person asks: of their seat, else of their role. */
async function findOrganization(trx: Trx, networkId: string, personId: string, on: string): Promise<string | null> {
  const seat = await trx
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .select("seat.organizationId")
    .where("mandate.networkId", "=", networkId)
    .where("mandate.personId", "=", personId)
    .where("mandate.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
    .executeTakeFirst();
  if (seat) return seat.organizationId;
  const role = await trx
    .selectFrom("roleGrant")
    .select("organizationId")
    .where("networkId", "=", networkId)
    .where("personId", "=", personId)
    .where("startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
    .executeTakeFirst();
  return role?.organizationId ?? null;
}

export type WithdrawRefusal = WithdrawExpenseRefusal | "expense-unknown";

/** Withdraws a request that the committee has not been asked to vote on. */
export async function withdrawRequest(
  { db, clock, networkId, actor }: CommandContext,
  expenseId: string,
): Promise<Decision<null, WithdrawRefusal>> {
  return writeTransaction(db, async (trx) => {
    const row = await trx
      .selectFrom("expense")
      .select(["id", "object", "requestedBy", "withdrawnAt"])
      .where("networkId", "=", networkId)
      .where("id", "=", expenseId)
      .executeTakeFirst();
    const dossier = row && (await loadDossiers(trx, networkId, [row])).get(row.id);
    if (!row || !dossier) return refuse("expense-unknown");
    const decision = withdrawExpense(dossier.facts, {
      authorId: row.requestedBy as PersonId,
      actorId: actor.personId,
      actorIsSecretary: capacitiesIn(actor, networkId).has("secretary"),
    });
    if (!decision.ok) return decision;
    await trx
      .updateTable("expense")
      .set({ withdrawnAt: clock.now().toISOString() })
      .where("networkId", "=", networkId)
      .where("id", "=", row.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "expense-withdrawn",
      payload: { expenseId, object: row.object },
    });
    return grant(null);
  });
}
