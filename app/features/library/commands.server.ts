import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { LIBRARY_ACCESSES, type LibraryAccess, type LibraryKind } from "~/domain/library/library";
import { disposeOfPaper, type DisposalOutcome, type Fate } from "~/domain/library/retention";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { listFilesTold } from "~/services/network-rows.server";
import { recordAct } from "~/services/register.server";
import { documentsFolder, inspectUpload, storeUpload } from "~/services/uploads.server";
import { findPaper, listRules } from "./queries.server";
import type { LibraryRefusal } from "./refusals";

export type GivenFile = { readonly name: string; readonly bytes: Uint8Array };

export type PaperSheet = {
  readonly title: string;
  readonly kind: LibraryKind;
  readonly access: LibraryAccess;
  /** From which day the years of its retention count. */
  readonly dutyStartsOn: PlainDate | null;
};

type Answer<Value> = Promise<Decision<Value, LibraryRefusal>>;

/** Puts a paper into the library. @param input.key its identity: sent twice, it is added once */
export async function addPaper(
  context: CommandContext,
  input: { readonly key: string; readonly sheet: PaperSheet; readonly file: GivenFile; readonly note: string },
  folder?: string,
): Answer<{ readonly documentId: string }> {
  const { db, clock, networkId, actor } = context;
  const inspected = await inspectUpload(input.file.bytes, input.file.name, { allowText: true });
  if (!inspected.ok) return inspected;
  const sha256 = await storeUpload(input.file.bytes, folder);
  const { key, sheet, note } = input;
  return writeTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("libraryDocument")
      .select("id")
      .where("id", "=", key)
      .where("networkId", "=", networkId)
      .executeTakeFirst();
    if (known) return grant({ documentId: key });
    const createdAt = clock.now().toISOString();
    await trx
      .insertInto("libraryDocument")
      .values({ ...sheet, id: key, networkId, revision: 1, createdBy: actor.personId, createdAt })
      .execute();
    const size = { ...inspected.value, byteSize: input.file.bytes.length, sha256, note };
    await insertVersion(trx, context, { id: clock.newId(), documentId: key, number: 1, ...size });
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "library-document-added",
      payload: { libraryDocumentId: key, ...sheet, sha256, fileName: inspected.value.fileName },
    });
    return grant({ documentId: key });
  });
}

type NewVersion = {
  readonly id: string;
  readonly documentId: string;
  readonly number: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly note: string;
};

async function insertVersion(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  version: NewVersion,
): Promise<void> {
  const createdAt = clock.now().toISOString();
  await trx
    .insertInto("libraryVersion")
    .values({ ...version, networkId, uploadedBy: actor.personId, createdAt })
    .execute();
}

/** Adds a version beside the earlier ones, which stay as they were. */
export async function addVersion(
  context: CommandContext,
  documentId: string,
  input: { readonly key: string; readonly file: GivenFile; readonly note: string },
  folder?: string,
): Answer<{ readonly number: number }> {
  const { db, clock, networkId, actor } = context;
  const inspected = await inspectUpload(input.file.bytes, input.file.name, { allowText: true });
  if (!inspected.ok) return inspected;
  const sha256 = await storeUpload(input.file.bytes, folder);
  return writeTransaction(db, async (trx) => {
    const paper = await findPaper(trx, networkId, documentId, LIBRARY_ACCESSES, today(clock));
    if (!paper) return refuse("document-unknown");
    const known = await trx
      .selectFrom("libraryVersion")
      .select("number")
      .where("id", "=", input.key)
      .where("networkId", "=", networkId)
      .executeTakeFirst();
    if (known) return grant({ number: known.number });
    if (paper.disposal !== null) return refuse("already-disposed");
    const current = await trx
      .selectFrom("libraryVersion")
      .select("sha256")
      .where("documentId", "=", documentId)
      .where("number", "=", paper.version)
      .executeTakeFirstOrThrow();
    if (current.sha256 === sha256) return refuse("same-file");
    const number = paper.version + 1;
    const size = { ...inspected.value, byteSize: input.file.bytes.length, sha256, note: input.note };
    await insertVersion(trx, context, { id: input.key, documentId, number, ...size });
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "library-version-added",
      payload: { libraryDocumentId: documentId, title: paper.title, version: number, sha256, note: input.note },
    });
    return grant({ number });
  });
}

/** Changes what the library says of a paper: its title, its kind, who reads it, when its retention starts. */
export async function changePaper(
  { db, clock, networkId, actor }: CommandContext,
  documentId: string,
  { revision, ...sheet }: PaperSheet & { readonly revision: number },
): Answer<null> {
  return writeTransaction(db, async (trx) => {
    const paper = await findPaper(trx, networkId, documentId, LIBRARY_ACCESSES, today(clock));
    if (!paper) return refuse("document-unknown");
    const { title, kind, access, dutyStartsOn } = paper;
    if (JSON.stringify({ title, kind, access, dutyStartsOn }) === JSON.stringify(orderOf(sheet))) return grant(null);
    if (paper.revision !== revision) return refuse("already-changed");
    if (paper.disposal !== null) return refuse("already-disposed");
    await trx
      .updateTable("libraryDocument")
      .set({ ...sheet, revision: revision + 1 })
      .where("id", "=", documentId)
      .where("networkId", "=", networkId)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "library-document-changed",
      payload: { libraryDocumentId: documentId, from: { title, kind, access, dutyStartsOn }, to: { ...sheet } },
    });
    return grant(null);
  });
}

function orderOf({ title, kind, access, dutyStartsOn }: PaperSheet): PaperSheet {
  return { title, kind, access, dutyStartsOn };
}

/** Records the network's own rule for a kind of paper; the one before stays in the record. */
export async function decideRetention(
  { db, clock, networkId, actor }: CommandContext,
  rule: { readonly kind: LibraryKind; readonly years: number | null; readonly fate: Fate; readonly note: string },
): Answer<null> {
  return writeTransaction(db, async (trx) => {
    const current = (await listRules(trx, networkId)).get(rule.kind);
    if (current && current.years === rule.years && current.fate === rule.fate && current.note === rule.note)
      return grant(null);
    const last = await trx
      .selectFrom("retentionRule")
      .select(({ fn }) => fn.max("sequence").as("sequence"))
      .where("networkId", "=", networkId)
      .where("kind", "=", rule.kind)
      .executeTakeFirst();
    await trx
      .insertInto("retentionRule")
      .values({
        ...{ id: clock.newId(), networkId, ...rule, sequence: Number(last?.sequence ?? 0) + 1 },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "retention-decided", payload: { ...rule } });
    return grant(null);
  });
}

/**
 * Records that a paper was eliminated or given to the archives, with their visa. An elimination takes the bytes of its versions away, unless
 * another paper has the same; the fingerprints stay.
 */
export async function disposePaper(
  { db, clock, networkId, actor }: CommandContext,
  documentId: string,
  act: {
    readonly outcome: DisposalOutcome;
    readonly visaReference: string;
    readonly visaOn: PlainDate;
    readonly reason: string;
  },
  folder = documentsFolder(),
): Answer<null> {
  const gone = await writeTransaction(db, async (trx): Answer<readonly string[]> => {
    const paper = await findPaper(trx, networkId, documentId, LIBRARY_ACCESSES, today(clock));
    if (!paper) return refuse("document-unknown");
    const isDisposed = paper.disposal !== null;
    const decision = disposeOfPaper({ standing: paper.standing, isDisposed }, { ...act, today: today(clock) });
    if (!decision.ok) return decision;
    await trx
      .insertInto("libraryDisposal")
      .values({ documentId, networkId, ...act, recordedBy: actor.personId, createdAt: clock.now().toISOString() })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "library-document-disposed",
      payload: { libraryDocumentId: documentId, title: paper.title, ...act },
    });
    return grant(act.outcome === "eliminated" ? await listOwnFiles(trx, documentId) : []);
  });
  if (!gone.ok) return gone;
  await Promise.all(gone.value.map((sha256) => unlink(join(folder, sha256)).catch(() => undefined)));
  return grant(null);
}

/** Files that no other paper of the installation has, in whatever table its file is told. */
async function listOwnFiles(trx: Trx, documentId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("libraryVersion")
    .select("sha256")
    .distinct()
    .where("documentId", "=", documentId)
    .execute();
  const eliminated = await trx
    .selectFrom("libraryVersion")
    .innerJoin("libraryDisposal", "libraryDisposal.documentId", "libraryVersion.documentId")
    .select("libraryVersion.id")
    .where("libraryDisposal.outcome", "=", "eliminated")
    .where(
      "libraryVersion.sha256",
      "in",
      rows.map(({ sha256 }) => sha256),
    )
    .execute();
  const own: string[] = [];
  for (const { sha256 } of rows) {
    const told = await listFilesTold(trx, sha256);
    const isElsewhere = told.some(
      ({ table, id }) => table !== "library_version" || !eliminated.some((version) => version.id === id),
    );
    if (!isElsewhere) own.push(sha256);
  }
  return own;
}
