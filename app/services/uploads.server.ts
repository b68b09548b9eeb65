import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { getEnv } from "./env.server";
import { newSecretToken, sha256Hex } from "./tokens.server";

/** Files that people add, kept under the name of their SHA-256: the same content is stored once, and its name proves it. */

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** What may be added, and the ending that each kind bears. No kind that a browser would run. */
const ENDINGS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

export type UploadRefusal =
  "file-empty" | "file-too-large" | "file-type-not-allowed" | "file-name-differs-from-content";

export type InspectedUpload = { readonly mediaType: string; readonly fileName: string };

/**
 * What a file is, read from its bytes and never from what the browser says: for the ZIP families, from the `mimetype` or the
 * `[Content_Types].xml` inside. A name whose ending says something else is refused rather than mended.
 */
export async function inspectUpload(
  bytes: Uint8Array,
  fileName: string,
  { allowText = false }: { readonly allowText?: boolean } = {},
): Promise<Decision<InspectedUpload, UploadRefusal>> {
  if (bytes.length === 0) return refuse("file-empty");
  if (bytes.length > MAX_UPLOAD_BYTES) return refuse("file-too-large");
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const text = allowText && found === undefined ? readAsText(bytes, cleanFileName(fileName)) : null;
  if (text !== null) return grant(text);
  const ending = found === undefined ? undefined : ENDINGS[found.mime];
  if (found === undefined || ending === undefined) return refuse("file-type-not-allowed");
  const name = cleanFileName(fileName);
  const given = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase().replace("jpeg", "jpg");
  if (given !== undefined && given !== ending) return refuse("file-name-differs-from-content");
  return grant({ mediaType: found.mime, fileName: given === undefined ? `${name}.${ending}` : name });
}

/** Plain text and Markdown have no mark of their own: they are what their name says when every byte is a letter of UTF-8. */
function readAsText(bytes: Uint8Array, fileName: string): InspectedUpload | null {
  const ending = /\.(txt|md)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return null;
  } catch {
    return null;
  }
  return { mediaType: ending === "md" ? "text/markdown" : "text/plain", fileName };
}

/** The last part of the path, without control characters or what file systems refuse. */
function cleanFileName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? "";
  const clean = last.replace(/[\u0000-\u001f\u007f"<>:|?*]/g, "").trim();
  return (clean === "" || clean.startsWith(".") ? `document${clean}` : clean).slice(-120);
}

export function documentsFolder(): string {
  return join(getEnv().dataDir, "documents");
}

/** Keeps the bytes. Written aside, then renamed: a name in the folder always has its whole content. @returns the SHA-256 */
export async function storeUpload(bytes: Uint8Array, folder = documentsFolder()): Promise<string> {
  const sha256 = sha256Hex(bytes);
  await mkdir(folder, { recursive: true });
  if (await isStored(sha256, folder)) return sha256;
  const aside = join(folder, `.${newSecretToken()}`);
  try {
    await writeFile(aside, bytes, { flag: "wx", flush: true });
    await rename(aside, join(folder, sha256));
  } catch (fault) {
    await unlink(aside).catch(() => undefined);
    throw fault;
  }
  return sha256;
}

export async function isStored(sha256: string, folder = documentsFolder()): Promise<boolean> {
  return access(join(folder, sha256)).then(
    () => true,
    () => false,
  );
}

/** Are the bytes still there, and still those whose SHA-256 is their name? */
export async function isIntact(sha256: string, folder = documentsFolder()): Promise<boolean> {
  if (!(await isStored(sha256, folder))) return false;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(join(folder, sha256)) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex") === sha256;
}

export type StoredFile = {
  readonly sha256: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
};

/** A download: saved by the browser, never shown as a page of ours. @throws Response 404 when the bytes are gone */
export async function downloadUpload(file: StoredFile, folder = documentsFolder()): Promise<Response> {
  if (!(await isStored(file.sha256, folder))) {
    throw new Response(
      "Le fichier de cette pièce n’est plus conservé, son empreinte l’est. Le secrétariat peut le retrouver dans une sauvegarde.",
      { status: 404, statusText: "Not Found", headers: { "Content-Type": "text/plain; charset=utf-8" } },
    );
  }
  const body = Readable.toWeb(createReadStream(join(folder, file.sha256))) as ReadableStream;
  return new Response(body, {
    headers: {
      "Content-Type": file.mediaType,
      "Content-Length": String(file.byteSize),
      "Content-Disposition": attachmentDisposition(file.fileName),
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  });
}

/** Says to save the file, with its name in ASCII and, for those who read it, in UTF-8. Source: RFC 6266. */
export function attachmentDisposition(fileName: string): string {
  const ascii = fileName
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\x20-\x7e]|["\\]/g, "_");
  const utf8 = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
