import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { inspectUpload, storeUpload, type UploadRefusal } from "~/services/uploads.server";
import type { DocumentVisibility } from "./queries.server";

export type DocumentRefusal = UploadRefusal | "target-unknown";

export type NewDocument = {
  /** The document's identity: sent twice, it is added once. */
  readonly key: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Empty or left out: the name of the file. */
  readonly title?: string | undefined;
  readonly visibility: DocumentVisibility;
  readonly target:
    | { readonly kind: "meeting"; readonly meetingId: string; readonly agendaItemId: string | null }
    | { readonly kind: "expense"; readonly expenseId: string }
    /** A document that another record names as its evidence, such as the progress of an action. */
    | { readonly kind: "evidence" };
};

/** Adds a document to a meeting, to an item of its agenda or to an expense, once its bytes have shown what it is. */
export async function addDocument(
  { db, clock, networkId, actor }: CommandContext,
  input: NewDocument,
  folder?: string,
): Promise<Decision<{ readonly documentId: string }, DocumentRefusal>> {
  const inspected = await inspectUpload(input.bytes, input.fileName);
  if (!inspected.ok) return inspected;
  const { mediaType, fileName } = inspected.value;
  const sha256 = await storeUpload(input.bytes, folder);
  return writeTransaction(db, async (trx) => {
    const already = await trx
      .selectFrom("document")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", input.key)
      .executeTakeFirst();
    if (already) return grant({ documentId: input.key });
    if (!(await doesTargetExist(trx, networkId, input.target))) return refuse("target-unknown");
    const meetingId = input.target.kind === "meeting" ? input.target.meetingId : null;
    const agendaItemId = input.target.kind === "meeting" ? input.target.agendaItemId : null;
    const expenseId = input.target.kind === "expense" ? input.target.expenseId : null;
    const title = input.title?.trim() || fileName;
    await trx
      .insertInto("document")
      .values({
        id: input.key,
        networkId,
        meetingId,
        agendaItemId,
        expenseId,
        title,
        fileName,
        mediaType,
        byteSize: input.bytes.length,
        sha256,
        visibility: input.visibility,
        uploadedBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "document-added",
      payload: {
        documentId: input.key,
        meetingId,
        agendaItemId,
        expenseId,
        title,
        sha256,
        visibility: input.visibility,
      },
      ...(meetingId === null ? {} : { meetingId }),
    });
    return grant({ documentId: input.key });
  });
}

async function doesTargetExist(trx: Trx, networkId: string, target: NewDocument["target"]): Promise<boolean> {
  if (target.kind === "evidence") return true;
  if (target.kind === "expense") {
    const expense = await trx
      .selectFrom("expense")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", target.expenseId)
      .executeTakeFirst();
    return expense !== undefined;
  }
  const meeting = await trx
    .selectFrom("meeting")
    .select("id")
    .where("networkId", "=", networkId)
    .where("id", "=", target.meetingId)
    .executeTakeFirst();
  if (!meeting || target.agendaItemId === null) return meeting !== undefined;
  const item = await trx
    .selectFrom("agendaItem")
    .select("id")
    .where("networkId", "=", networkId)
    .where("meetingId", "=", target.meetingId)
    .where("id", "=", target.agendaItemId)
    .executeTakeFirst();
  return item !== undefined;
}
