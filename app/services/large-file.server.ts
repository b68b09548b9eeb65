import { createWriteStream } from "node:fs";
import { unlink } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { unstable_parseMultipartFormData } from "@remix-run/node";

/** A form whose one file may be far larger than what memory should hold: it goes to the disk as it comes. */
export type ReceivedForm = {
  /** The other fields; the file's own is its name, or nothing when none was chosen. */
  readonly form: FormData;
  readonly file: { readonly path: string; readonly fileName: string; readonly byteSize: number } | null;
};

/** What was sent is no whole form, or its file is larger than announced. Nothing of it stays on the disk. */
export class BrokenUpload extends Error {
  override readonly name = "BrokenUpload";
}

const MAX_FIELD_BYTES = 100_000;
/** A name that goes on a page and in the register. */
const MAX_NAME_CHARACTERS = 120;

/**
 * @param field name of the file's field
 * @param path where its bytes go; nothing is written when no file was chosen
 * @throws BrokenUpload
 */
export async function receiveLargeFile(
  request: Request,
  { field, path, maxBytes }: { readonly field: string; readonly path: string; readonly maxBytes: number },
): Promise<ReceivedForm> {
  let file: ReceivedForm["file"] = null;
  try {
    const form = await unstable_parseMultipartFormData(maskNames(request), async ({ name, filename, data }) => {
      if (filename === undefined) return readText(data);
      if (name !== field || filename === "" || file !== null) {
        for await (const _chunk of data);
        return undefined;
      }
      const byteSize = await writeDown(data, path, maxBytes);
      const fileName = cleanName(filename);
      file = { path, fileName, byteSize };
      return fileName;
    });
    return { form, file };
  } catch (fault) {
    await unlink(path).catch(() => undefined);
    throw new BrokenUpload("The form could not be read", { cause: fault });
  }
}

/** What the parser splits a header on, even inside a quoted file name; no file name bears the characters that stand for them. */
const MASKS = [
  [";", "\u0001"],
  ["=", "\u0002"],
] as const;

/** The same request, whose parts' file names hold nothing that the parser stumbles on; `cleanName` puts their characters back. */
function maskNames(request: Request): Request {
  const boundary = /boundary="?([^";]+)/i.exec(request.headers.get("content-type") ?? "")?.[1];
  if (request.body === null || boundary === undefined) return request;
  const chunks = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>);
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: Readable.toWeb(
      Readable.from(maskPartNames(chunks, `--${boundary}\r\nContent-Disposition:`)),
    ) as ReadableStream<Uint8Array>,
    duplex: "half",
  });
}

/** Only a header that follows a boundary is touched: no content of a file can hold the boundary. */
async function* maskPartNames(chunks: AsyncIterable<Uint8Array>, mark: string): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const start = held.indexOf(mark, 0, "latin1");
      const end = start < 0 ? -1 : held.indexOf("\r\n", start + mark.length, "latin1");
      if (end < 0) {
        const isLong = start >= 0 && held.length - start > MAX_FIELD_BYTES;
        const ready = start < 0 ? Math.max(0, held.length - mark.length) : isLong ? held.length : start;
        if (ready > 0) yield held.subarray(0, ready);
        held = held.subarray(ready);
        break;
      }
      yield held.subarray(0, start);
      yield Buffer.from(maskName(held.toString("latin1", start, end)), "latin1");
      held = held.subarray(end);
    }
  }
  yield held;
}

function maskName(header: string): string {
  return header.replace(/filename="[^"]*"/, (given) => {
    const name = given.slice('filename="'.length);
    return `filename="${MASKS.reduce((masked, [sign, mask]) => masked.replaceAll(sign, mask), name)}`;
  });
}

async function writeDown(data: AsyncIterable<Uint8Array>, path: string, maxBytes: number): Promise<number> {
  let byteSize = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      byteSize += chunk.length;
      done(byteSize > maxBytes ? new Error("too large") : null, chunk);
    },
  });
  await pipeline(Readable.from(data), counted, createWriteStream(path));
  return byteSize;
}

async function readText(data: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of data) {
    size += chunk.length;
    if (size > MAX_FIELD_BYTES) throw new Error("field too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function cleanName(name: string): string {
  return (
    MASKS.reduce((clean, [sign, mask]) => clean.replaceAll(mask, sign), name)
      .replace(/[\u0000-\u001f]/g, "")
      .trim()
      .slice(-MAX_NAME_CHARACTERS) || "fichier"
  );
}
