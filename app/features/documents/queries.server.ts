import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import type { StoredFile } from "~/services/uploads.server";

export type DocumentVisibility = "public" | "members";

export type AttachedDocument = {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly visibility: DocumentVisibility;
  readonly meetingId: string | null;
  readonly agendaItemId: string | null;
  readonly expenseId: string | null;
};

const COLUMNS = [
  ...(["document.id", "document.title", "document.fileName", "document.mediaType", "document.byteSize"] as const),
  ...(["document.sha256", "document.visibility", "document.meetingId", "document.agendaItemId"] as const),
  "document.expenseId",
] as const;

type DocumentOwner =
  | { readonly meetingIds: readonly string[] }
  | { readonly expenseId: string }
  | { readonly expenseIds: readonly string[] };

/** The documents of meetings or of expenses, the oldest first. */
export async function listDocuments(
  db: Db,
  networkId: NetworkId,
  owner: DocumentOwner,
): Promise<readonly AttachedDocument[]> {
  const scoped = db.selectFrom("document").select(COLUMNS).where("document.networkId", "=", networkId);
  const owned =
    "meetingIds" in owner
      ? scoped.where("document.meetingId", "in", [...owner.meetingIds])
      : scoped.where("document.expenseId", "in", "expenseId" in owner ? [owner.expenseId] : [...owner.expenseIds]);
  const rows = await owned.orderBy("document.createdAt").orderBy("document.id").execute();
  return rows.map((row) => ({ ...row, visibility: row.visibility === "public" ? "public" : "members" }));
}

export type DownloadableDocument = StoredFile & {
  /** May everyone read it now? A public document of a meeting that is not convened yet waits with it. */
  readonly isPublic: boolean;
};

export async function findDocument(
  db: Db,
  networkId: NetworkId,
  documentId: string,
): Promise<DownloadableDocument | null> {
  const row = await db
    .selectFrom("document")
    .leftJoin("meeting", "meeting.id", "document.meetingId")
    .select(COLUMNS)
    .select("meeting.status as meetingStatus")
    .where("document.networkId", "=", networkId)
    .where("document.id", "=", documentId)
    .executeTakeFirst();
  if (!row) return null;
  return { ...row, isPublic: row.visibility === "public" && row.meetingStatus !== "planned" };
}
