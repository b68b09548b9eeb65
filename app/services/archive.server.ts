import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** One file of an archive. `isCompressed` for what is compressed already: an image, a PDF, an office document. */
export type ArchiveFile = { readonly path: string; readonly bytes: Uint8Array; readonly isCompressed?: boolean };

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

/** A ZIP written while it is read: one file in memory at a time. The source is asked for the next file only when the reader wants more. */
export function streamArchive(files: AsyncIterable<ArchiveFile>, at: Date): ReadableStream<Uint8Array> {
  const source = files[Symbol.asyncIterator]();
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
          } else addFile(zip, next.value, at);
          if (fault) throw fault;
        }
        for (const chunk of waiting) controller.enqueue(chunk);
        waiting = [];
        if (isOver) controller.close();
      },
      async cancel() {
        zip.terminate();
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

function addFile(zip: Zip, { path, bytes, isCompressed = false }: ArchiveFile, at: Date): void {
  const entry = isCompressed ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
  entry.mtime = at;
  zip.add(entry);
  entry.push(bytes, true);
}
