import { createHash } from "node:crypto";
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from "yauzl";

export type ZipLimits = {
  readonly maxEntries: number;
  readonly maxTotalBytes: number;
  /** Most bytes that one compressed byte may give, for what is over a megabyte: a bomb gives a thousand. */
  readonly maxRatio: number;
};

/** Why a ZIP is not read. « damaged »: cut short, overwritten, or no ZIP at all. */
export type ZipRefusal = "damaged" | "unsafe-name" | "too-large";

export class ZipRefused extends Error {
  override readonly name = "ZipRefused";
  constructor(
    readonly refusal: ZipRefusal,
    readonly detail: string,
  ) {
    super(`${refusal}: ${detail}`);
  }
}

export type OpenZip = {
  /** Name and announced size of each file; nothing was unpacked yet. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The bytes of a file, piece by piece; never more than its announced size. @throws ZipRefused */
  readonly read: (path: string) => AsyncGenerator<Uint8Array>;
  readonly close: () => void;
};

const SAFE_NAME = /^[^\\\u0000-\u001f:*?"<>|]{1,400}$/;

/**
 * Opens a ZIP that a stranger may have made: every name stays inside, comes once and is a plain file; sizes are bounded before anything is
 * unpacked, and again while it is.
 * @param source a path, or the bytes themselves
 * @throws ZipRefused
 */
export async function openZip(source: string | Buffer, limits: ZipLimits): Promise<OpenZip> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true } as const;
  const zip = await asRefusal(() =>
    typeof source === "string" ? openPromise(source, options) : fromBufferPromise(source, options),
  );
  try {
    const entries = await asRefusal(() => listEntries(zip, limits));
    return {
      sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
      read: (path) => readEntry(zip, entries.get(path), path),
      close: () => zip.close(),
    };
  } catch (fault) {
    zip.close();
    throw fault;
  }
}

async function listEntries(zip: ZipFile, limits: ZipLimits): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  const folded = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry;
    const parts = fileName.split("/");
    const isSafe = SAFE_NAME.test(fileName) && parts.every((part) => part !== "" && part !== "." && part !== "..");
    if (!isSafe || isLink(entry) || folded.has(fileName.toLowerCase())) throw new ZipRefused("unsafe-name", fileName);
    if (entry.isEncrypted()) throw new ZipRefused("damaged", fileName);
    folded.add(fileName.toLowerCase());
    total += entry.uncompressedSize;
    const isBomb =
      entry.uncompressedSize > 1_048_576 && entry.uncompressedSize > entry.compressedSize * limits.maxRatio;
    if (isBomb || total > limits.maxTotalBytes || entries.size >= limits.maxEntries)
      throw new ZipRefused("too-large", fileName);
    entries.set(fileName, entry);
  }
  return entries;
}

/** Does the entry stand for a symbolic link, or for anything else than a file? The high half holds the Unix mode when there is one. */
function isLink({ externalFileAttributes }: Entry): boolean {
  const kind = (externalFileAttributes >>> 16) & 0o170000;
  return kind !== 0 && kind !== 0o100000;
}

async function* readEntry(zip: ZipFile, entry: Entry | undefined, path: string): AsyncGenerator<Uint8Array> {
  if (!entry) throw new ZipRefused("damaged", path);
  const stream = await asRefusal(() => zip.openReadStreamPromise(entry));
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (fault) {
    throw new ZipRefused("damaged", `${path}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

async function asRefusal<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof ZipRefused) throw fault;
    const message = fault instanceof Error ? fault.message : String(fault);
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") throw fault;
    throw new ZipRefused(/path|name|backslash/i.test(message) ? "unsafe-name" : "damaged", message);
  }
}

/** The whole of a file. @throws ZipRefused when it is longer than it may be */
export async function readWhole(zip: OpenZip, path: string, maxBytes: number): Promise<Buffer> {
  if ((zip.sizes.get(path) ?? 0) > maxBytes) throw new ZipRefused("too-large", path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function sha256Of(zip: OpenZip, path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of zip.read(path)) hash.update(chunk);
  return hash.digest("hex");
}
