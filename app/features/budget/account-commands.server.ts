import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { today } from "~/services/clock.server";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { AccountInput } from "./form";
import { listAccounts } from "./queries.server";
import type { AccountRefusal } from "./refusals";
import { SUGGESTED_ACCOUNTS } from "./suggested-accounts";

/** Writes an account of the list, new or known. Who verified it is typed as it was told: the accountant has no access to the portal. */
export async function recordAccount(
  { db, clock, networkId, actor }: CommandContext,
  { code, label, verifiedBy, verifiedOn }: AccountInput,
): Promise<Decision<null, AccountRefusal>> {
  const verification =
    verifiedBy === undefined || verifiedOn === undefined
      ? { verifiedBy: null, verifiedOn: null }
      : { verifiedBy, verifiedOn };
  if (verification.verifiedOn !== null && verification.verifiedOn > today(clock))
    return refuse("verified-in-the-future");
  return writeTransaction(db, async (trx) => {
    const known = (await listAccounts(trx, networkId)).find((account) => account.code === code);
    if (
      known?.label === label &&
      known.verifiedBy === verification.verifiedBy &&
      known.verifiedOn === verification.verifiedOn
    )
      return grant(null);
    await trx
      .insertInto("accountCode")
      .values({ networkId, code, label, ...verification, createdAt: clock.now().toISOString() })
      .onConflict((conflict) => conflict.columns(["networkId", "code"]).doUpdateSet({ label, ...verification }))
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "account-code-recorded",
      payload: { code, label, ...verification },
    });
    return grant(null);
  });
}

/** Adds the suggested accounts that the list lacks, none of them verified. */
export async function addSuggestedAccounts({ db, clock, networkId, actor }: CommandContext): Promise<void> {
  await writeTransaction(db, async (trx) => {
    const known = new Set((await listAccounts(trx, networkId)).map(({ code }) => code));
    for (const { code, label } of SUGGESTED_ACCOUNTS.filter((account) => !known.has(account.code))) {
      const account = { code, label, verifiedBy: null, verifiedOn: null };
      await trx
        .insertInto("accountCode")
        .values({ networkId, ...account, createdAt: clock.now().toISOString() })
        .execute();
      await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "account-code-recorded", payload: account });
    }
  });
}
