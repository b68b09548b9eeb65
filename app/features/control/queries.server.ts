import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import { parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { canonicalJson } from "~/domain/register/canonical";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db } from "~/services/db.server";
import { listRegister } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";

/** What the archive of a year holds, as the record knows it. */
export type YearFile = Awaited<ReturnType<typeof loadYearFile>>;

export async function loadYearFile(db: Db, networkId: NetworkId, year: number) {
  const [from, to] = [`${year}-01-01`, `${year + 1}-01-01`];
  const decisions = await db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .select(["poll.title", "poll.subjectId", "pollResult.outcome", "pollResult.sentence", "pollResult.closedAt"])
    .select(["pollResult.decisionYear", "pollResult.decisionNumber", "pollResult.pollId"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.decisionYear", "=", year)
    .orderBy("pollResult.decisionNumber")
    .orderBy("pollResult.pollId")
    .execute();
  const decided = decisions.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const invoices = await db
    .selectFrom("invoice")
    .innerJoin("expense", "expense.id", "invoice.expenseId")
    .leftJoin("invoicePayment", "invoicePayment.invoiceId", "invoice.id")
    .select(["invoice.id", "invoice.expenseId", "invoice.supplier", "invoice.number", "invoice.datedOn"])
    .select(["invoice.amountCents", "invoice.documentId", "expense.object"])
    .select(["invoicePayment.paidOn", "invoicePayment.warrantReference"])
    .where("invoice.networkId", "=", networkId)
    .where("invoice.datedOn", ">=", from)
    .where("invoice.datedOn", "<", to)
    .orderBy("invoice.datedOn")
    .orderBy("invoice.id")
    .execute();
  const expenseIds = [...decided, ...invoices.map(({ expenseId }) => expenseId)];
  const expenses = await db
    .selectFrom("expense")
    .select(["id", "object", "supplier", "amountCents", "axis", "createdAt", "withdrawnAt"])
    .where("networkId", "=", networkId)
    .where(({ or, and, eb }) =>
      or([
        and([eb("createdAt", ">=", from), eb("createdAt", "<", to)]),
        ...(expenseIds.length === 0 ? [] : [eb("id", "in", expenseIds)]),
      ]),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const calls = await db
    .selectFrom("fundingCallShare")
    .innerJoin("fundingCall", "fundingCall.id", "fundingCallShare.callId")
    .innerJoin("organization", "organization.id", "fundingCallShare.organizationId")
    .select(["fundingCall.rank", "fundingCall.kind", "fundingCall.issuedAt", "fundingCall.totalCents"])
    .select(["organization.name", "fundingCallShare.weight", "fundingCallShare.cents", "fundingCallShare.isLead"])
    .select(["fundingCallShare.callId", "fundingCallShare.organizationId"])
    .where("fundingCall.networkId", "=", networkId)
    .where("fundingCall.year", "=", year)
    .orderBy("fundingCall.rank")
    .orderBy(({ selectFrom, ref }) =>
      selectFrom("seat")
        .select(({ fn }) => fn.min("seat.position").as("position"))
        .where("seat.networkId", "=", ref("fundingCall.networkId"))
        .where("seat.organizationId", "=", ref("fundingCallShare.organizationId")),
    )
    .orderBy("organization.name")
    .execute();
  const steps = await db
    .selectFrom("fundingCallEvent")
    .innerJoin("fundingCall", "fundingCall.id", "fundingCallEvent.callId")
    .select(["fundingCallEvent.callId", "fundingCallEvent.organizationId", "fundingCallEvent.kind"])
    .select(["fundingCallEvent.onDate", "fundingCallEvent.reference", "fundingCallEvent.amountCents"])
    .select(["fundingCallEvent.id", "fundingCallEvent.cancelsId", "fundingCallEvent.note"])
    .where("fundingCall.networkId", "=", networkId)
    .where("fundingCall.year", "=", year)
    .orderBy("fundingCallEvent.onDate")
    .orderBy("fundingCallEvent.id")
    .execute();
  const voided = new Set(steps.map(({ cancelsId }) => cancelsId));
  const invoiceDocuments = invoices.flatMap(({ documentId }) => (documentId === null ? [] : [documentId]));
  const documents = await db
    .selectFrom("document")
    .leftJoin("meeting", "meeting.id", "document.meetingId")
    .select(["document.id", "document.title", "document.fileName", "document.mediaType", "document.byteSize"])
    .select(["document.sha256", "document.createdAt"])
    .where("document.networkId", "=", networkId)
    .where(({ or, and, eb }) =>
      or([
        and([eb("meeting.startsAt", ">=", from), eb("meeting.startsAt", "<", to)]),
        ...(expenses.length === 0
          ? []
          : [
              eb(
                "document.expenseId",
                "in",
                expenses.map(({ id }) => id),
              ),
            ]),
        ...(invoiceDocuments.length === 0 ? [] : [eb("document.id", "in", invoiceDocuments)]),
      ]),
    )
    .orderBy("document.createdAt")
    .orderBy("document.id")
    .execute();
  return {
    decisions: decisions.map((row) => ({
      ...row,
      number:
        row.decisionYear === null || row.decisionNumber === null
          ? ""
          : decisionNumberOf(row.decisionYear, row.decisionNumber),
    })),
    ...{ year, invoices, documents },
    expenses: expenses.map((row) => ({ ...row, axis: row.axis as ExpenseAxis })),
    calls: calls.map((call) => {
      const own = steps.filter(
        ({ id, callId, organizationId }) =>
          callId === call.callId &&
          (organizationId === null || organizationId === call.organizationId) &&
          !voided.has(id),
      );
      const last = (kind: string) => own.findLast((step) => step.kind === kind) ?? null;
      const payments = own.filter(({ kind }) => kind === "payment");
      return {
        ...call,
        ...{ title: last("title"), deposit: last("deposit"), cancellation: last("cancelled") },
        paidCents: payments.reduce((sum, { amountCents }) => sum + (amountCents ?? 0), 0),
        paymentReferences: payments.map(({ reference }) => reference).join(", "),
      };
    }),
  };
}

export type Verification =
  | { readonly kind: "intact"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" }
  | { readonly kind: "altered"; readonly found: string };

/** The stored bytes of a document, proved by their SHA-256. */
export async function verifyDocument(sha256: string, folder: string): Promise<Verification> {
  const bytes = await readFile(join(folder, sha256)).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });
  if (bytes === null) return { kind: "missing" };
  const found = sha256Hex(bytes);
  return found === sha256 ? { kind: "intact", bytes } : { kind: "altered", found };
}

/** The acts of the year, one on each line, with the hashes that tie them to those before. */
export async function extractRegister(db: Db, networkId: NetworkId, year: number): Promise<string> {
  const acts = (await listRegister(db, networkId)).filter((act) => act.year === year);
  return acts.map(({ actorLabel: _label, ...sealed }) => `${canonicalJson(sealed)}\n`).join("");
}

export const CONTROL_EXPORT = "control";

export type Consultation = { readonly at: LocalDateTime; readonly name: string; readonly year: number };

/** Who took the justification file out, the latest first. Source: Convention, art. 6, and what members are owed in return. */
export async function listConsultations(db: Db, networkId: NetworkId): Promise<readonly Consultation[]> {
  const rows = await db
    .selectFrom("securityEvent")
    .leftJoin("person", "person.id", "securityEvent.personId")
    .select(["securityEvent.at", "securityEvent.detail", "person.displayName"])
    .where("securityEvent.networkId", "=", networkId)
    .where("securityEvent.kind", "=", "export")
    .where("securityEvent.detail", "like", `${CONTROL_EXPORT} %`)
    .orderBy("securityEvent.at", "desc")
    .limit(100)
    .execute();
  return rows.map(({ at, detail, displayName }) => ({
    at: parisLocalAt(new Date(at)),
    name: displayName ?? "Compte supprimé",
    year: Number(detail.slice(CONTROL_EXPORT.length + 1)),
  }));
}
