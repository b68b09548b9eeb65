import { readdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { receiveLargeFile, type ReceivedForm } from "~/services/large-file.server";
import { systemClock } from "~/services/clock.server";
import { listReadyFiles, prepareSentFile } from "./import-jobs.server";

export type GivenFile = { readonly path: string; readonly fileName: string; readonly byteSize: number };

/** The largest national file published today is 650 MB; `scripts/server.ts` lets as much in on the page of imports. */
const MAX_SENT_BYTES = 800 * 1024 ** 2;
/** A simulation keeps its file so long, for the import that may follow. */
const SENT_HOURS = 24;

/** The form of the import screen, its file written down as it comes. @throws BrokenUpload */
export async function receiveImport(request: Request): Promise<ReceivedForm> {
  const path = await prepareSentFile(systemClock.newId());
  await discardOldFiles(dirname(path));
  return receiveLargeFile(request, { field: "fichier", path, maxBytes: MAX_SENT_BYTES });
}

export async function discardSentFile(file: GivenFile | null): Promise<void> {
  if (file !== null) await unlink(file.path).catch(() => undefined);
}

async function discardOldFiles(folder: string): Promise<void> {
  const limit = systemClock.now().getTime() - SENT_HOURS * 3_600_000;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < limit) await unlink(path).catch(() => undefined);
  }
}

/** One of the files of the folder, by its name; null for any other path. */
export async function locateReadyFile(folder: string, name: string): Promise<GivenFile | null> {
  const found = (await listReadyFiles(folder)).find((file) => file.name === name);
  return found === undefined
    ? null
    : { path: `${folder}/${found.name}`, fileName: found.name, byteSize: found.byteSize };
}
