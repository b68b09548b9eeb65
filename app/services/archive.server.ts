import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/**
 * One file of an archive: whole, or in pieces that are asked for one by one. `isCompressed` for what is compressed already: an image,
 * a PDF, an office document.
 */
export type ArchiveFile =
  WholeFile | { readonly path: string; readonly isCompressed?: boolean; readonly pieces: AsyncIterable<Uint8Array> };
export type WholeFile = { readonly path: string; readonly isCompressed?: boolean; readonly bytes: Uint8Array };

/** A name that stays inside the archive on any system: no folder, no control character, no reserved name. */
export function safeEntryName(name: string): string {
  const clean = name
    .normalize("NFC")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\\/:*?"<>|]/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .slice(-120);
  return clean === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `document-${clean}` : clean;
}

/** A ZIP written while it is read: one piece in memory at a time. The source is asked for more only when the reader wants more. */
export function streamArchive(files: AsyncIterable<ArchiveFile>, at: Date): ReadableStream<Uint8Array> {
  const source = writePieces(files, at)[Symbol.asyncIterator]();
  let waiting: Uint8Array[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) fault = error;
    else if (chunk.length > 0) waiting.push(chunk);
  });
  let isOver = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (waiting.length === 0 && !isOver) {
          const next = await source.next();
          if (next.done) {
            zip.end();
            isOver = true;
          } else next.value(zip);
          if (fault) throw fault;
        }
        for (const chunk of waiting) controller.enqueue(chunk);
        waiting = [];
        if (isOver) controller.close();
      },
      async cancel() {
        zip.terminate();
        await source.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** What to push into the ZIP, one push at a time. */
async function* writePieces(files: AsyncIterable<ArchiveFile>, at: Date): AsyncGenerator<(zip: Zip) => void> {
  for await (const file of files) {
    const { path, isCompressed = false } = file;
    const entry = isCompressed ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    entry.mtime = at;
    if ("bytes" in file) {
      const { bytes } = file;
      yield (zip) => {
        zip.add(entry);
        entry.push(bytes, true);
      };
      continue;
    }
    yield (zip) => zip.add(entry);
    for await (const piece of file.pieces) yield (_zip) => entry.push(piece, false);
    yield (_zip) => entry.push(new Uint8Array(), true);
  }
}
