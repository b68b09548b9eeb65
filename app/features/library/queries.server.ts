import { can, type Actor } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";
import { parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { isLibraryAccess, isLibraryKind, type LibraryAccess, type LibraryKind } from "~/domain/library/library";
import {
  retentionStanding,
  type DisposalOutcome,
  type Fate,
  type RetentionRule,
  type RetentionStanding,
} from "~/domain/library/retention";
import type { Db, Trx } from "~/services/db.server";

/** What the actor may read of the library. */
export function readableAccesses(actor: Actor, networkId: NetworkId): readonly LibraryAccess[] {
  return [
    "public",
    ...(can(actor, "library.read", { networkId }) ? (["members"] as const) : []),
    ...(can(actor, "library.write", { networkId }) ? (["lead"] as const) : []),
  ];
}

export type RecordedRule = RetentionRule & { readonly note: string; readonly recordedAt: LocalDateTime };

/** The latest rule of each kind. */
export async function listRules(db: Db | Trx, networkId: NetworkId): Promise<ReadonlyMap<LibraryKind, RecordedRule>> {
  const rows = await db
    .selectFrom("retentionRule")
    .select(["kind", "years", "fate", "note", "createdAt"])
    .where("networkId", "=", networkId)
    .orderBy("sequence")
    .execute();
  return new Map(
    rows.flatMap(({ kind, fate, createdAt, ...row }) =>
      isLibraryKind(kind)
        ? [[kind, { ...row, fate: fate as Fate, recordedAt: parisLocalAt(new Date(createdAt)) }] as const]
        : [],
    ),
  );
}

export type ListedPaper = {
  readonly id: string;
  readonly kind: LibraryKind;
  readonly title: string;
  readonly access: LibraryAccess;
  readonly dutyStartsOn: PlainDate | null;
  readonly revision: number;
  readonly version: number;
  readonly fileName: string;
  readonly byteSize: number;
  readonly updatedAt: LocalDateTime;
  readonly standing: RetentionStanding;
  readonly disposal: {
    readonly outcome: DisposalOutcome;
    readonly visaReference: string;
    readonly visaOn: PlainDate;
    readonly reason: string;
  } | null;
};

type PaperFilter = {
  readonly accesses: readonly LibraryAccess[];
  readonly kind?: LibraryKind | null;
  readonly id?: string;
};

/** The papers that may be read, by title. */
export async function listPapers(
  db: Db | Trx,
  networkId: NetworkId,
  { accesses, kind = null, id }: PaperFilter,
  today: PlainDate,
): Promise<readonly ListedPaper[]> {
  const rules = await listRules(db, networkId);
  let query = db
    .selectFrom("libraryDocument")
    .innerJoin("libraryVersion", "libraryVersion.documentId", "libraryDocument.id")
    .leftJoin("libraryDisposal", "libraryDisposal.documentId", "libraryDocument.id")
    .select(["libraryDocument.id", "libraryDocument.kind", "libraryDocument.title", "libraryDocument.access"])
    .select(["libraryDocument.dutyStartsOn", "libraryDocument.revision", "libraryVersion.number as version"])
    .select(["libraryVersion.fileName", "libraryVersion.byteSize", "libraryVersion.createdAt"])
    .select([
      "libraryDisposal.outcome",
      "libraryDisposal.visaReference",
      "libraryDisposal.visaOn",
      "libraryDisposal.reason",
    ])
    .where("libraryDocument.networkId", "=", networkId)
    .where("libraryDocument.access", "in", [...accesses])
    .where((eb) =>
      eb(
        "libraryVersion.number",
        "=",
        eb
          .selectFrom("libraryVersion as latest")
          .select(({ fn }) => fn.max("latest.number").as("number"))
          .whereRef("latest.documentId", "=", "libraryDocument.id"),
      ),
    );
  if (kind !== null) query = query.where("libraryDocument.kind", "=", kind);
  if (id !== undefined) query = query.where("libraryDocument.id", "=", id);
  const rows = await query.orderBy("libraryDocument.title").orderBy("libraryDocument.id").execute();
  return rows.map(({ createdAt, outcome, visaReference, visaOn, reason, ...row }) => {
    const kept = isLibraryKind(row.kind) ? row.kind : "other";
    const dutyStartsOn = row.dutyStartsOn as PlainDate | null;
    return {
      ...row,
      ...{ kind: kept, access: isLibraryAccess(row.access) ? row.access : "lead", dutyStartsOn },
      updatedAt: parisLocalAt(new Date(createdAt)),
      standing: retentionStanding(rules.get(kept) ?? null, dutyStartsOn, today),
      disposal:
        outcome === null
          ? null
          : {
              ...{ outcome: outcome as DisposalOutcome, visaReference: visaReference ?? "", reason: reason ?? "" },
              visaOn: visaOn as PlainDate,
            },
    };
  });
}

export async function findPaper(
  db: Db | Trx,
  networkId: NetworkId,
  id: string,
  accesses: readonly LibraryAccess[],
  today: PlainDate,
): Promise<ListedPaper | null> {
  return (await listPapers(db, networkId, { accesses, id }, today))[0] ?? null;
}

export type PaperVersion = {
  readonly number: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly note: string;
  readonly uploadedBy: string;
  readonly createdAt: LocalDateTime;
};

/** The versions of a paper, the latest first. */
export async function listVersions(db: Db, networkId: NetworkId, documentId: string): Promise<readonly PaperVersion[]> {
  const rows = await db
    .selectFrom("libraryVersion")
    .innerJoin("person", "person.id", "libraryVersion.uploadedBy")
    .select(["libraryVersion.number", "libraryVersion.fileName", "libraryVersion.mediaType", "libraryVersion.byteSize"])
    .select(["libraryVersion.sha256", "libraryVersion.note", "libraryVersion.createdAt", "person.displayName"])
    .where("libraryVersion.networkId", "=", networkId)
    .where("libraryVersion.documentId", "=", documentId)
    .orderBy("libraryVersion.number", "desc")
    .execute();
  return rows.map(({ displayName, createdAt, ...row }) => ({
    ...row,
    uploadedBy: displayName,
    createdAt: parisLocalAt(new Date(createdAt)),
  }));
}
