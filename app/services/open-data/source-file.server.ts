import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { Unzip, UnzipInflate, type UnzipFile } from "fflate";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";

/** A file as its producer publishes it: bare, gzipped or in a ZIP archive; always read as a stream, never held whole. */

export type Container = "bare" | "gzip" | "zip";

export type SourceFile = {
  readonly path: string;
  readonly container: Container;
  /** The member of the archive that is read; null for a bare file. */
  readonly member: string | null;
  readonly sha256: string;
  readonly byteSize: number;
};

export type SourceRefusal = "file-missing" | "file-empty" | "file-not-text" | "archive-without-table";

/** Faults of the bytes themselves, met while reading. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";
  constructor(readonly reason: "archive-damaged" | "archive-too-large") {
    super(`Damaged file: ${reason}`);
  }
}

/** What a compressed file may unfold to: the largest national file published today is 650 MB. */
const MAX_UNFOLDED_BYTES = 4 * 1024 ** 3;
/** Above this size, more than so many bytes for one is no table of figures. */
const FREE_UNFOLDED_BYTES = 50 * 1024 ** 2;
const MAX_RATIO = 200;
const CHUNK_BYTES = 64 * 1024;

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Recognises a file by its first bytes and fingerprints it.
 * @param wanted endings of the member to read in an archive
 */
export async function inspectSource(path: string, wanted: RegExp): Promise<Decision<SourceFile, SourceRefusal>> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) return refuse("file-missing");
  if (size === 0) return refuse("file-empty");
  const start = await readStart(path);
  const isZip = start.subarray(0, 4).toString("latin1") === "PK\u0003\u0004";
  const container: Container = isZip ? "zip" : start[0] === 0x1f && start[1] === 0x8b ? "gzip" : "bare";
  const hash = createHash("sha256");
  const members: string[] = [];
  const listing = new Unzip(({ name }) => members.push(name));
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (isZip) listMembers(listing, chunk);
  }
  const member = isZip
    ? (members.find((name) => wanted.test(name) && !/meta|readme/i.test(basename(name))) ?? null)
    : null;
  if (isZip && member === null) return refuse("archive-without-table");
  return grant({ path, container, member, sha256: hash.digest("hex"), byteSize: size });
}

function listMembers(listing: Unzip, chunk: Buffer): void {
  try {
    listing.push(chunk, false);
  } catch {
    throw new DamagedFile("archive-damaged");
  }
}

export type ReadProgress = { bytesRead: number };

/** The bytes of the table itself. @throws DamagedFile when the archive is cut, or unfolds to more than any real file does */
export async function* readSource(
  source: SourceFile,
  progress: ReadProgress = { bytesRead: 0 },
): AsyncGenerator<Buffer> {
  const raw = createReadStream(source.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  const counted = (async function* () {
    for await (const chunk of raw) {
      progress.bytesRead += chunk.length;
      yield chunk;
    }
  })();
  if (source.container === "bare") yield* counted;
  else if (source.container === "gzip") yield* gunzip(counted, progress);
  else yield* unzip(counted, source.member ?? "", progress);
}

function guard(unfolded: number, progress: ReadProgress): void {
  const isBomb = unfolded > FREE_UNFOLDED_BYTES && unfolded > progress.bytesRead * MAX_RATIO;
  if (isBomb || unfolded > MAX_UNFOLDED_BYTES) throw new DamagedFile("archive-too-large");
}

async function* gunzip(chunks: AsyncIterable<Buffer>, progress: ReadProgress): AsyncGenerator<Buffer> {
  const inflated = createGunzip();
  let fault: unknown = null;
  const feeding = (async () => {
    for await (const chunk of chunks) {
      if (!inflated.write(chunk)) await new Promise<void>((resolve) => inflated.once("drain", resolve));
      if (inflated.destroyed) return;
    }
    inflated.end();
  })().catch((error: unknown) => {
    fault = error;
    inflated.destroy();
  });
  let unfolded = 0;
  try {
    for await (const chunk of inflated as AsyncIterable<Buffer>) {
      unfolded += chunk.length;
      guard(unfolded, progress);
      yield chunk;
    }
    await feeding;
    if (fault !== null) throw fault;
  } catch (error) {
    if (error instanceof DamagedFile) throw error;
    throw new DamagedFile("archive-damaged");
  } finally {
    inflated.emit("drain");
    inflated.destroy();
  }
}

async function* unzip(chunks: AsyncIterable<Buffer>, member: string, progress: ReadProgress): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  let [unfolded, isEnded, isChosen] = [0, false, false];
  const archive = new Unzip((file: UnzipFile) => {
    if (file.name !== member || isChosen) return;
    isChosen = true;
    file.ondata = (error, data, isFinal) => {
      // A bomb that the guard below has stopped comes back here as a fault of the unfolding.
      if (error) throw error instanceof DamagedFile ? error : new DamagedFile("archive-damaged");
      unfolded += data.length;
      guard(unfolded, progress);
      if (data.length > 0) ready.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      isEnded ||= isFinal;
    };
    file.start();
  });
  archive.register(UnzipInflate);
  for await (const chunk of chunks) {
    try {
      archive.push(chunk, false);
    } catch (error) {
      throw error instanceof DamagedFile ? error : new DamagedFile("archive-damaged");
    }
    yield* ready;
    ready = [];
    if (isEnded) return;
  }
  if (!isEnded) throw new DamagedFile("archive-damaged");
}
