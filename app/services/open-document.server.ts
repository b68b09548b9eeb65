import { strToU8, zipSync, type Zippable } from "fflate";

/** An OpenDocument text to download. Its first file says what it is, unpacked, as the format asks. @param files by path, `mimetype` first */
export function answerOpenDocument(files: ReadonlyMap<string, string>, name: string): Response {
  const packed: Zippable = {};
  for (const [path, content] of files) packed[path] = [strToU8(content), { level: path === "mimetype" ? 0 : 6 }];
  return new Response(zipSync(packed) as Uint8Array<ArrayBuffer>, {
    headers: {
      "Content-Type": "application/vnd.oasis.opendocument.text",
      "Content-Disposition": `attachment; filename="${name}.odt"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
