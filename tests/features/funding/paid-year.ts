import { fileURLToPath } from "node:url";
import { closeAnnualDay, recordAnnualDay } from "~/features/events/commands.server";
import { importReference } from "~/features/population/reference.server";
import { toCents } from "~/domain/kernel/money";
import type { Db } from "~/services/db.server";
import { createCommittee, dayOf, TestClock, type Committee } from "../../support/database";

const REFERENCE = fileURLToPath(new URL("../../../db/reference", import.meta.url));

export type Bill = {
  readonly key: string;
  readonly cents: number;
  readonly isValidated?: boolean;
  readonly isPaid?: boolean;
  readonly documentId?: string;
  readonly datedOn?: string;
};

/** An expense that the committee validated, its invoice and the recorded payment. */
export async function addBill(committee: Committee, bill: Bill): Promise<void> {
  const { db, networkId, personOf } = committee;
  const { key, cents, isValidated = true, isPaid = true, documentId = null, datedOn = "2026-05-04" } = bill;
  const at = "2026-05-01T08:00:00.000Z";
  const by = personOf("secretary");
  await db
    .insertInto("expense")
    .values({
      ...{ id: `depense-${key}`, networkId, object: `Dépense ${key}`, supplier: `Fournisseur ${key}` },
      ...{ amountCents: cents, axis: "commun", justificationMd: "", requestedBy: by },
      ...{ organizationId: null, withdrawnAt: null, createdAt: at },
    })
    .execute();
  if (isValidated) {
    await db
      .insertInto("poll")
      .values({
        ...{ id: `scrutin-${key}`, networkId, meetingId: null, agendaItemId: null, subject: "expense" },
        ...{ subjectId: `depense-${key}`, title: "Valider", bodyMd: "", mode: "public", status: "closed" },
        ...{ openedAt: at, closesOn: null, closedAt: at, openedBy: by, createdAt: at },
      })
      .execute();
    const number = (await db.selectFrom("pollResult").select("pollId").execute()).length + 1;
    await db
      .insertInto("pollResult")
      .values({
        ...{ pollId: `scrutin-${key}`, networkId, outcome: "adopted", tally: "{}", entitled: "[]", quorum: "null" },
        ...{ castingVote: null, sentence: "Adoptée.", decisionYear: 2026, decisionNumber: number, closedAt: at },
      })
      .execute();
  }
  await db
    .insertInto("invoice")
    .values({
      ...{ id: `facture-${key}`, networkId, expenseId: `depense-${key}`, supplier: `Fournisseur ${key}`, number: key },
      ...{ datedOn, identityKey: `fournisseur ${key} ${key}`, amountCents: cents, isFinal: 1 as const, documentId },
      ...{ recordedBy: by, createdAt: at },
    })
    .execute();
  if (!isPaid) return;
  await db
    .insertInto("invoicePayment")
    .values({
      ...{ invoiceId: `facture-${key}`, networkId, paidOn: "2026-06-01", warrantReference: `MD-${key}` },
      ...{ recordedBy: by, createdAt: at },
    })
    .execute();
}

export async function holdAnnualDay(committee: Committee, isClosed = true): Promise<void> {
  const context = await committee.contextOf("secretary");
  const recorded = await recordAnnualDay(context, {
    ...{ cle: `journee-${committee.slug}`, year: 2026, revision: 0, title: "Journée du réseau", place: "Blain" },
    ...{ heldOn: dayOf("2026-06-12"), hostOrganizationId: "", programme: "", cost: toCents(0) },
  });
  if (!recorded.ok) throw new Error(recorded.refusal);
  if (isClosed) await closeAnnualDay(context, 2026);
}

/** The six CCAS in September 2026, populations of the project's table, the annual day closed, and these bills. */
export async function createPaidYear(
  bills: readonly Bill[],
  { isDayClosed = true, db }: { readonly isDayClosed?: boolean; readonly db?: Db } = {},
) {
  const clock = new TestClock("2026-09-01T08:00:00Z");
  const committee = await createCommittee(db ? { clock, db } : { clock });
  await importReference(committee, REFERENCE);
  await holdAnnualDay(committee, isDayClosed);
  for (const bill of bills) await addBill(committee, bill);
  return committee;
}
