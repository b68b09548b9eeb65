import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { listReadyFiles, prepareSentFile } from "./import-jobs.server";

export type GivenFile = { readonly path: string; readonly fileName: string; readonly byteSize: number };

/** Writes down a file that a page sent, under the key of its import. */
export async function keepSentFile(cle: string, file: File): Promise<GivenFile> {
  const path = await prepareSentFile(cle);
  await writeFile(path, new Uint8Array(await file.arrayBuffer()));
  const fileName = basename(file.name.replaceAll("\\", "/")).slice(-120) || "fichier";
  return { path, fileName, byteSize: file.size };
}

/** One of the files of the folder, by its name; null for any other path. */
export async function locateReadyFile(folder: string, name: string): Promise<GivenFile | null> {
  const found = (await listReadyFiles(folder)).find((file) => file.name === name);
  return found === undefined
    ? null
    : { path: `${folder}/${found.name}`, fileName: found.name, byteSize: found.byteSize };
}
