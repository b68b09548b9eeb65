import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { mayProduceArchive, type ProductionRefusal } from "~/domain/handover/closing";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import { streamArchive, type ArchiveFile } from "~/services/archive.server";
import { today, type Clock } from "~/services/clock.server";
import { afterCommit, openSnapshot, writeTransaction, type Db } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { recordAct, type ActingPerson } from "~/services/register.server";
import { documentsFolder } from "~/services/uploads.server";
import { ArchiveMoved, composeArchive } from "./compose.server";
import { fingerprintData, planExport, type ExportPlan } from "./data.server";
import { composeExtract } from "./extract.server";
import { countRunning } from "./queries.server";

export type ProducingContext = {
  readonly db: Db;
  readonly clock: Clock;
  readonly networkId: NetworkId;
  readonly acting: ActingPerson;
};

/** Where things lie, and how the database is read while others write. */
export type ProductionPlace = {
  readonly documents: string;
  readonly archives: string;
  readonly openSource: () => { readonly db: Db; readonly close: () => Promise<void> };
};

export function defaultPlace(): ProductionPlace {
  const { dataDir } = getEnv();
  return {
    documents: documentsFolder(),
    archives: join(dataDir, "archives"),
    openSource: () => {
      const db = openSnapshot(dataDir);
      return { db, close: () => db.destroy() };
    },
  };
}

export type ProduceRefusal = ProductionRefusal | "member-unknown" | "busy";
export type Produced = {
  readonly archiveId: string;
  readonly path: string;
  readonly sha256: string;
  readonly registerHash: string;
};

/** Files of archives that stay here; the register keeps the trace of all. */
const KEPT_FILES = 3;
const ATTEMPTS = 3;
const running = new Map<string, Promise<Decision<Produced, ProduceRefusal>>>();

/**
 * Makes the archive of the network, or the extract of one member, as a file of this installation: an act of the register seals it, and the
 * archive holds that act. Asked twice with the same key, it is made once.
 * @param key identity of the archive
 */
export function produceArchive(
  context: ProducingContext,
  { key, organizationId = null }: { readonly key: string; readonly organizationId?: string | null },
  place: ProductionPlace = defaultPlace(),
): Promise<Decision<Produced, ProduceRefusal>> {
  const known = running.get(key);
  if (known) return known;
  const made = produce(context, { key, organizationId }, place).finally(() => running.delete(key));
  running.set(key, made);
  return made;
}

type Asked = { readonly key: string; readonly organizationId: string | null };

async function produce(
  context: ProducingContext,
  asked: Asked,
  place: ProductionPlace,
): Promise<Decision<Produced, ProduceRefusal>> {
  const already = await context.db
    .selectFrom("archiveProduction")
    .selectAll()
    .where("id", "=", asked.key)
    .where("networkId", "=", context.networkId)
    .executeTakeFirst();
  if (already)
    return grant({
      archiveId: already.id,
      path: archivePath(place, already.id),
      sha256: already.sha256,
      registerHash: already.registerHash,
    });
  const plan = await planExport(context.db);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const done = await tryProduce(context, asked, place, plan);
    if (done !== "moved") return done;
  }
  return refuse("busy");
}

async function tryProduce(
  context: ProducingContext,
  asked: Asked,
  place: ProductionPlace,
  plan: ExportPlan,
): Promise<Decision<Produced, ProduceRefusal> | "moved"> {
  const { db, clock, networkId, acting } = context;
  const at = clock.now();
  let source: ReturnType<ProductionPlace["openSource"]> | null = null;
  const begun = await writeTransaction(db, async (trx) => {
    const { openPolls } = await countRunning(trx, networkId);
    const allowed = mayProduceArchive({ openPolls });
    if (!allowed.ok) return allowed;
    const network = await trx
      .selectFrom("network")
      .select(["slug", "name"])
      .where("id", "=", networkId)
      .executeTakeFirstOrThrow();
    const organization = asked.organizationId === null ? null : await findMember(trx, networkId, asked.organizationId);
    if (asked.organizationId !== null && organization === null) return refuse("member-unknown" as const);
    const sealing =
      organization === null
        ? { dataSha256: await fingerprintData(trx, plan, { networkId, on: today(clock), actorId: acting.personId }) }
        : { organizationId: organization.id };
    await recordAct(trx, clock, acting, {
      networkId,
      kind: organization === null ? "archive-produced" : "extract-produced",
      payload: { archiveId: asked.key, ...sealing },
    });
    afterCommit(trx, () => (source = place.openSource()));
    return grant({ ...network, organization });
  });
  if (!begun.ok) return begun;
  const opened = source as ReturnType<ProductionPlace["openSource"]> | null;
  if (opened === null) throw new Error("The archive has nothing to read");
  const { organization, ...network } = begun.value;
  const subject = { networkId, ...network, at, folder: place.documents };
  try {
    const files =
      organization === null
        ? composeArchive(opened.db, plan, subject)
        : composeExtract(opened.db, plan, { ...subject, organization });
    const written = await writeFileOf(files, at, place, asked.key);
    const register = await opened.db
      .selectFrom("registerEntry")
      .select(({ fn }) => [fn.countAll().as("count"), fn.max("sequence").as("last")])
      .where("networkId", "=", networkId)
      .executeTakeFirstOrThrow();
    const last = await opened.db
      .selectFrom("registerEntry")
      .select("hash")
      .where("networkId", "=", networkId)
      .where("sequence", "=", Number(register.last))
      .executeTakeFirstOrThrow();
    const suffix = organization === null ? "" : `-extrait-${slugOf(organization.name)}`;
    await writeTransaction(db, async (trx) => {
      await trx
        .insertInto("archiveProduction")
        .values({
          ...{ id: asked.key, networkId, organizationId: organization?.id ?? null },
          fileName: `archive-${network.slug}${suffix}-${today({ now: () => at })}.zip`,
          ...{ byteSize: written.byteSize, sha256: written.sha256, actCount: Number(register.count) },
          ...{ registerHash: last.hash, producedBy: acting.personId, producedAt: at.toISOString() },
        })
        .execute();
    });
    await dropOldFiles(db, networkId, place);
    return grant({
      archiveId: asked.key,
      path: archivePath(place, asked.key),
      sha256: written.sha256,
      registerHash: last.hash,
    });
  } catch (fault) {
    if (fault instanceof ArchiveMoved) return "moved";
    throw fault;
  } finally {
    await opened.close();
  }
}

export function archivePath(place: Pick<ProductionPlace, "archives">, archiveId: string): string {
  return join(place.archives, `${archiveId}.zip`);
}

export function isArchiveHere(archiveId: string): boolean {
  return existsSync(archivePath(defaultPlace(), archiveId));
}

/** The bytes of an archive that is still here, and how many; null when its file has left. */
export async function openArchive(
  archiveId: string,
): Promise<{ readonly byteSize: number; readonly read: () => ReadableStream } | null> {
  const path = archivePath(defaultPlace(), archiveId);
  const file = await stat(path).catch(() => null);
  if (file === null) return null;
  return { byteSize: file.size, read: () => Readable.toWeb(createReadStream(path)) as ReadableStream };
}

function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

async function findMember(trx: Parameters<typeof countRunning>[0], networkId: NetworkId, organizationId: string) {
  const row = await trx
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name"])
    .where("seat.networkId", "=", networkId)
    .where("organization.id", "=", organizationId)
    .executeTakeFirst();
  return row ?? null;
}

/** Written aside, then renamed: a file that bears the name of an archive is whole. */
async function writeFileOf(files: AsyncIterable<ArchiveFile>, at: Date, place: ProductionPlace, key: string) {
  await mkdir(place.archives, { recursive: true });
  const aside = join(place.archives, `.${key}.tmp`);
  const hash = createHash("sha256");
  let byteSize = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      byteSize += chunk.length;
      done(null, chunk);
    },
  });
  try {
    const source = Readable.fromWeb(streamArchive(files, at) as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(source, watch, createWriteStream(aside, { flush: true }));
    await rename(aside, archivePath(place, key));
  } catch (fault) {
    await unlink(aside).catch(() => undefined);
    throw fault;
  }
  return { sha256: hash.digest("hex"), byteSize };
}

/** The latest archives stay; an older file leaves, its fingerprint does not. */
async function dropOldFiles(db: Db, networkId: NetworkId, place: ProductionPlace): Promise<void> {
  const rows = await db
    .selectFrom("archiveProduction")
    .select(["id", "organizationId"])
    .where("networkId", "=", networkId)
    .orderBy("producedAt", "desc")
    .orderBy("id")
    .execute();
  const old = [
    ...rows.filter(({ organizationId }) => organizationId === null).slice(KEPT_FILES),
    ...rows.filter(({ organizationId }) => organizationId !== null).slice(KEPT_FILES * 4),
  ];
  const present = new Set(await readdir(place.archives));
  for (const { id } of old) if (present.has(`${id}.zip`)) await unlink(archivePath(place, id));
}
