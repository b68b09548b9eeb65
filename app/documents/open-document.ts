import type { DocumentModel } from "./document-model";
import type { ProseBlock, ProseInline } from "./prose";

/**
 * The files of an OpenDocument text, by their path: what somebody wrote in Markdown, ready for a word processor. Every word is escaped, so that
 * nothing that is typed can become markup. Source: OASIS, OpenDocument 1.3.
 */
export function writeOpenDocument(document: DocumentModel): ReadonlyMap<string, string> {
  const body = document.blocks
    .flatMap((block) => (block.kind === "prose" ? block.content : []))
    .map((block) => writeBlock(block))
    .join("");
  const head = `<text:h text:style-name="Title" text:outline-level="1">${escape(document.title)}</text:h>${paragraph(escape(`${document.issuer}. ${document.reference}, ${document.date}.`))}`;
  return new Map([
    ["mimetype", "application/vnd.oasis.opendocument.text"],
    [
      "content.xml",
      `${XML}<office:document-content ${SPACES} office:version="1.3">${STYLES}<office:body><office:text>${head}${body}</office:text></office:body></office:document-content>`,
    ],
    [
      "styles.xml",
      `${XML}<office:document-styles ${SPACES} office:version="1.3"><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="fr" fo:country="FR" fo:font-size="11pt"/></style:default-style><style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.4cm"/><style:text-properties fo:font-size="18pt" fo:font-weight="bold"/></style:style></office:styles></office:document-styles>`,
    ],
    [
      "meta.xml",
      `${XML}<office:document-meta ${SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:title>${escape(document.title)}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>`,
    ],
    [
      "META-INF/manifest.xml",
      `${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>${["content.xml", "styles.xml", "meta.xml"].map((path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`).join("")}</manifest:manifest>`,
    ],
  ]);
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const SPACES = [
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
].join(" ");
const STYLES = `<office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"/></style:style><style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #555555" fo:padding="0.1cm"/></style:style></office:automatic-styles>`;

const escape = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");

const paragraph = (content: string): string => `<text:p text:style-name="P">${content}</text:p>`;

function writeBlock(block: ProseBlock): string {
  switch (block.kind) {
    case "paragraph":
      return paragraph(writeInlines(block.content));
    case "heading":
      return `<text:h text:style-name="H" text:outline-level="${block.depth + 1}">${writeInlines(block.content)}</text:h>`;
    case "list":
      return `<text:list>${block.items.map((item) => `<text:list-item>${item.map(writeBlock).join("")}</text:list-item>`).join("")}</text:list>`;
    case "quote":
      return block.blocks.map(writeBlock).join("");
    case "code":
      return paragraph(escape(block.text));
    case "table":
      return `<table:table><table:table-column table:number-columns-repeated="${block.head.length}"/>${[block.head, ...block.rows].map((row) => `<table:table-row>${row.map((cell) => `<table:table-cell table:style-name="C">${paragraph(writeInlines(cell))}</table:table-cell>`).join("")}</table:table-row>`).join("")}</table:table>`;
    case "rule":
      return paragraph("");
  }
}

function writeInlines(inlines: readonly ProseInline[]): string {
  return inlines.map(writeInline).join("");
}

function writeInline(inline: ProseInline): string {
  switch (inline.kind) {
    case "text":
    case "code":
      return escape(inline.text);
    case "strong":
      return `<text:span text:style-name="B">${writeInlines(inline.content)}</text:span>`;
    case "emphasis":
      return `<text:span text:style-name="I">${writeInlines(inline.content)}</text:span>`;
    case "struck":
    case "link":
      return writeInlines(inline.content);
    case "break":
      return "<text:line-break/>";
  }
}
