import { createWriteStream } from "node:fs";
import { unlink } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
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
    const form = await unstable_parseMultipartFormData(request, async ({ name, filename, data }) => {
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
    name
      .replace(/[\u0000-\u001f]/g, "")
      .trim()
      .slice(-MAX_NAME_CHARACTERS) || "fichier"
  );
}
