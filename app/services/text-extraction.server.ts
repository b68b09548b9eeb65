import { strFromU8, unzipSync } from "fflate";

/** Most letters that are read from one file: a book. */
const MOST_LETTERS = 2_000_000;
const MOST_XML_BYTES = 24 * 1024 * 1024;

/** Where the words of each kind of office file stand. */
const PARTS: Readonly<Record<string, string>> = {
  "application/vnd.oasis.opendocument.text": "content.xml",
  "application/vnd.oasis.opendocument.spreadsheet": "content.xml",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/sharedStrings.xml",
};

/**
 * The words of a file, for the search. Empty for a kind that is not read: a PDF or an image is found by its title and its note.
 * A file that lies about itself gives no words, and no fault.
 */
export function extractText(bytes: Uint8Array, mediaType: string): string {
  if (mediaType === "text/plain" || mediaType === "text/markdown")
    return new TextDecoder().decode(bytes).slice(0, MOST_LETTERS);
  const part = PARTS[mediaType];
  if (part === undefined) return "";
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === part && originalSize <= MOST_XML_BYTES,
    });
    const xml = files[part];
    return xml === undefined ? "" : readXml(strFromU8(xml)).slice(0, MOST_LETTERS);
  } catch {
    return "";
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Paragraphs and cells on their own lines, marks gone. No entity but the five of XML and numbers: nothing is expanded. */
function readXml(xml: string): string {
  return xml
    .replace(/<\/(text:p|text:h|w:p|si|table:table-cell)>|<(w:br|w:tab|text:s|text:tab|text:line-break)\b[^>]*>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
      const code = name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : " ";
    })
    .replace(/[ \t]+/g, " ")
    .replace(/\n\s*/g, "\n")
    .trim();
}
