import type { RunningBusiness } from "~/domain/handover/closing";
import type { NetworkId } from "~/domain/kernel/ids";
import { parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "~/services/db.server";

/** What still runs in the network. */
export async function countRunning(db: Db | Trx, networkId: NetworkId): Promise<RunningBusiness> {
  const [meetings, polls, invoices, end] = [
    await db
      .selectFrom("meeting")
      .select(({ fn }) => fn.countAll().as("count"))
      .where("networkId", "=", networkId)
      .where("status", "in", ["convened", "open", "suspended"])
      .executeTakeFirstOrThrow(),
    await db
      .selectFrom("poll")
      .select(({ fn }) => fn.countAll().as("count"))
      .where("networkId", "=", networkId)
      .where("status", "=", "open")
      .executeTakeFirstOrThrow(),
    await db
      .selectFrom("invoice")
      .leftJoin("invoicePayment", "invoicePayment.invoiceId", "invoice.id")
      .select(({ fn }) => fn.countAll().as("count"))
      .where("invoice.networkId", "=", networkId)
      .where("invoicePayment.invoiceId", "is", null)
      .executeTakeFirstOrThrow(),
    await findEnd(db, networkId),
  ];
  return {
    ...{ meetings: Number(meetings.count), openPolls: Number(polls.count), unpaidInvoices: Number(invoices.count) },
    isClosed: end !== null,
  };
}

async function findEnd(db: Db | Trx, networkId: NetworkId): Promise<PlainDate | null> {
  const row = await db
    .selectFrom("handoverRecord")
    .select("onDate")
    .where("networkId", "=", networkId)
    .where("kind", "=", "network-end")
    .executeTakeFirst();
  return (row?.onDate as PlainDate | undefined) ?? null;
}

export type ListedArchive = {
  readonly id: string;
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly fileName: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly registerHash: string;
  readonly actCount: number;
  readonly producedBy: string;
  readonly producedAt: LocalDateTime;
};

/** Archives and extracts made here, the latest first. @param organizationIds only the extracts of these; null for all */
export async function listArchives(
  db: Db,
  networkId: NetworkId,
  organizationIds: readonly string[] | null,
): Promise<readonly ListedArchive[]> {
  let query = db
    .selectFrom("archiveProduction")
    .leftJoin("organization", "organization.id", "archiveProduction.organizationId")
    .leftJoin("person", "person.id", "archiveProduction.producedBy")
    .select(["archiveProduction.id", "archiveProduction.organizationId", "organization.name as organizationName"])
    .select(["archiveProduction.fileName", "archiveProduction.byteSize", "archiveProduction.sha256"])
    .select(["archiveProduction.registerHash", "archiveProduction.actCount", "archiveProduction.producedAt"])
    .select("person.displayName")
    .where("archiveProduction.networkId", "=", networkId);
  if (organizationIds !== null)
    query = query.where(
      "archiveProduction.organizationId",
      "in",
      organizationIds.length > 0 ? [...organizationIds] : [""],
    );
  const rows = await query
    .orderBy("archiveProduction.producedAt", "desc")
    .orderBy("archiveProduction.id")
    .limit(100)
    .execute();
  return rows.map(({ organizationId, organizationName, displayName, producedAt, ...row }) => ({
    ...row,
    organization: organizationId === null ? null : { id: organizationId, name: organizationName ?? "" },
    producedBy: displayName ?? "Le portail, en ligne de commande",
    producedAt: parisLocalAt(new Date(producedAt)),
  }));
}

export async function findArchive(db: Db, networkId: NetworkId, id: string) {
  const row = await db
    .selectFrom("archiveProduction")
    .select(["id", "organizationId", "fileName", "byteSize"])
    .where("networkId", "=", networkId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

export const ARCHIVE_EXPORT = "archive";

export type Download = { readonly at: LocalDateTime; readonly name: string; readonly archiveId: string };

/** Who took which archive out, the latest first. */
export async function listDownloads(db: Db, networkId: NetworkId): Promise<readonly Download[]> {
  const rows = await db
    .selectFrom("securityEvent")
    .leftJoin("person", "person.id", "securityEvent.personId")
    .select(["securityEvent.at", "securityEvent.detail", "person.displayName"])
    .where("securityEvent.networkId", "=", networkId)
    .where("securityEvent.kind", "=", "export")
    .where("securityEvent.detail", "like", `${ARCHIVE_EXPORT} %`)
    .orderBy("securityEvent.at", "desc")
    .limit(100)
    .execute();
  return rows.map(({ at, detail, displayName }) => ({
    at: parisLocalAt(new Date(at)),
    name: displayName ?? "Compte supprimé",
    archiveId: detail.slice(ARCHIVE_EXPORT.length + 1),
  }));
}

export type Member = {
  readonly organizationId: string;
  readonly name: string;
  readonly isLead: boolean;
  readonly kind: string;
};

/** The organisations that sit, in the order of their seats. */
export async function listMembers(db: Db | Trx, networkId: NetworkId): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .innerJoin("network", "network.id", "seat.networkId")
    .select(["seat.organizationId", "seat.kind", "organization.name", "network.leadOrganizationId"])
    .where("seat.networkId", "=", networkId)
    .orderBy("seat.position")
    .execute();
  return rows.map(({ leadOrganizationId, ...row }) => ({ ...row, isLead: row.organizationId === leadOrganizationId }));
}

/** The organisations for whose seats these are. */
export async function listOrganizationsOf(
  db: Db,
  networkId: NetworkId,
  seatIds: readonly string[],
): Promise<readonly string[]> {
  if (seatIds.length === 0) return [];
  const rows = await db
    .selectFrom("seat")
    .select("organizationId")
    .where("networkId", "=", networkId)
    .where("id", "in", [...seatIds])
    .execute();
  return rows.map(({ organizationId }) => organizationId);
}

export const HANDOVER_KINDS = ["lead-change", "member-exit", "network-end"] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

/** What is handed over, counted on the day of the record. */
export type HandoverInventory = {
  readonly register: { readonly count: number; readonly lastHash: string };
  readonly papers: readonly { readonly label: string; readonly count: number }[];
  readonly running: RunningBusiness;
  readonly archive: { readonly sha256: string; readonly producedAt: LocalDateTime } | null;
};

export async function takeInventory(db: Db | Trx, networkId: NetworkId): Promise<HandoverInventory> {
  const counted: readonly (readonly [Parameters<typeof countOf>[2], string])[] = [
    ["meeting", "Séances"],
    ["convocation", "Convocations envoyées"],
    ["minutesPublication", "Procès-verbaux publiés"],
    ["document", "Pièces jointes aux séances et aux dépenses"],
    ["libraryDocument", "Documents de la bibliothèque"],
    ["expense", "Demandes de dépense"],
    ["engagement", "Engagements"],
    ["invoice", "Factures"],
    ["fundingCall", "Appels de fonds"],
    ["budgetVersion", "Budgets et révisions"],
    ["rulesVersion", "Versions du règlement de fonctionnement"],
  ];
  const papers: { label: string; count: number }[] = [];
  for (const [table, label] of counted) papers.push({ label, count: await countOf(db, networkId, table) });
  const last = await db
    .selectFrom("registerEntry")
    .select(["sequence", "hash"])
    .where("networkId", "=", networkId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const archive = await db
    .selectFrom("archiveProduction")
    .select(["sha256", "producedAt"])
    .where("networkId", "=", networkId)
    .where("organizationId", "is", null)
    .orderBy("producedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    register: { count: last?.sequence ?? 0, lastHash: last?.hash ?? "" },
    papers,
    running: await countRunning(db, networkId),
    archive: archive ? { sha256: archive.sha256, producedAt: parisLocalAt(new Date(archive.producedAt)) } : null,
  };
}

async function countOf(
  db: Db | Trx,
  networkId: NetworkId,
  table:
    | "meeting"
    | "convocation"
    | "minutesPublication"
    | "document"
    | "libraryDocument"
    | "expense"
    | "engagement"
    | "invoice"
    | "fundingCall"
    | "budgetVersion"
    | "rulesVersion",
): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as("count"))
    .where("networkId", "=", networkId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export type ListedHandover = {
  readonly id: string;
  readonly kind: HandoverKind;
  readonly from: string;
  readonly to: string | null;
  readonly onDate: PlainDate;
  readonly basis: string;
  readonly recordedBy: string;
  readonly createdAt: LocalDateTime;
  readonly inventory: HandoverInventory;
};

export async function listHandovers(db: Db, networkId: NetworkId): Promise<readonly ListedHandover[]> {
  const rows = await db
    .selectFrom("handoverRecord")
    .innerJoin("organization as giver", "giver.id", "handoverRecord.fromOrganizationId")
    .leftJoin("organization as taker", "taker.id", "handoverRecord.toOrganizationId")
    .innerJoin("person", "person.id", "handoverRecord.recordedBy")
    .select(["handoverRecord.id", "handoverRecord.kind", "giver.name as from", "taker.name as to"])
    .select(["handoverRecord.onDate", "handoverRecord.basis", "handoverRecord.createdAt", "handoverRecord.content"])
    .select("person.displayName as recordedBy")
    .where("handoverRecord.networkId", "=", networkId)
    .orderBy("handoverRecord.createdAt", "desc")
    .orderBy("handoverRecord.id")
    .execute();
  return rows.map(({ content, kind, onDate, createdAt, ...row }) => ({
    ...row,
    kind: kind as HandoverKind,
    onDate: onDate as PlainDate,
    createdAt: parisLocalAt(new Date(createdAt)),
    inventory: JSON.parse(content) as HandoverInventory,
  }));
}

export async function findHandover(db: Db, networkId: NetworkId, id: string): Promise<ListedHandover | null> {
  return (await listHandovers(db, networkId)).find((record) => record.id === id) ?? null;
}
