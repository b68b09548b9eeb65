import { tableOfChart } from "./chart-table";
import type { DocumentBlock, DocumentModel, PlainBlock } from "./document-model";
import type { ProseBlock, ProseInline } from "./prose";

/** Pages that are read from a folder, without the portal nor any script: plain HTML, everything escaped. */

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The address of a file of the archive, from a page that lies so many folders deep. */
export function fileHref(path: string, depth = 0): string {
  return "../".repeat(depth) + path.split("/").map(encodeURIComponent).join("/");
}

export type HtmlCell = string | { readonly text: string; readonly href: string };

function writeCell(cell: HtmlCell): string {
  return typeof cell === "string" ? escapeHtml(cell) : writeLink(cell.text, cell.href);
}

export function writeLink(text: string, href: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

/** The first cell of each row names it. */
export function writeTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly HtmlCell[])[],
): string {
  if (rows.length === 0) return `<p><em>${escapeHtml(caption)} : rien à ce jour.</em></p>`;
  const head = columns.map((label) => `<th scope="col">${escapeHtml(label)}</th>`).join("");
  const body = rows.map((cells) =>
    cells
      .map((cell, index) => (index === 0 ? `<th scope="row">${writeCell(cell)}</th>` : `<td>${writeCell(cell)}</td>`))
      .join(""),
  );
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>
${body.map((cells) => `<tr>${cells}</tr>`).join("\n")}
</tbody></table>`;
}

export function writeList(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`;
}

/** Lines that a person typed, kept as paragraphs. */
export function writeText(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map((part) => `<p>${escapeHtml(part.trim()).replaceAll("\n", "<br>")}</p>`)
    .join("\n");
}

export type HtmlPage = {
  readonly title: string;
  readonly network: string;
  readonly body: string;
  /** Folders between the page and the index. */
  readonly depth?: number;
};

export function writePage({ title, network, body, depth = 0 }: HtmlPage): string {
  const back = "../".repeat(depth);
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} — ${escapeHtml(network)}</title><link rel="stylesheet" href="${back}archive.css"></head>
<body><header><a href="${back}index.html">${escapeHtml(network)} : archive</a></header>
<main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`;
}

export const ARCHIVE_CSS = `:root{color-scheme:light dark}body{font:1.05rem/1.55 Georgia,"Times New Roman",serif;margin:0 auto;max-width:64rem;padding:1rem}
header{border-bottom:1px solid;font-family:sans-serif;font-size:.9rem;padding-bottom:.5rem}h1,h2,h3{line-height:1.2}
table{border-collapse:collapse;display:block;max-width:100%;overflow-x:auto}caption{font-style:italic;padding:.5rem 0;text-align:left}
th,td{border:1px solid #8886;padding:.3rem .6rem;text-align:left;vertical-align:top}dt{font-weight:bold}dd{margin:0 0 .5rem}
blockquote{border-left:3px solid #8886;margin-left:0;padding-left:1rem}code,pre{overflow-wrap:anywhere;white-space:pre-wrap}
.internal{border-left:3px double;padding-left:1rem}@media print{header{display:none}}
`;

/** A document as the body of a page. */
export function writeDocument(document: DocumentModel): string {
  const head = [document.issuer, document.reference, document.standing].filter((part) => part !== null && part !== "");
  return `<p>${escapeHtml(head.join(" · "))}</p>
<p><strong>${escapeHtml(document.subtitle)}</strong></p>
${document.blocks.map(writeBlock).join("\n")}`;
}

function writeBlock(block: DocumentBlock): string {
  if (block.kind === "fact" || block.kind === "together") return block.blocks.map(writePlain).join("\n");
  if (block.kind !== "prose") return writePlain(block);
  const content = block.content.map((part) => writeProse(part, block.level)).join("\n");
  return block.internal
    ? `<div class="internal"><p><em>Partie interne, absente de la version publique</em></p>${content}</div>`
    : content;
}

function writePlain(block: PlainBlock): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level} id="${escapeHtml(block.id)}">${escapeHtml(block.text)}</h${block.level}>`;
    case "paragraph":
      return block.strong ? `<p><strong>${escapeHtml(block.text)}</strong></p>` : `<p>${escapeHtml(block.text)}</p>`;
    case "note":
      return `<p><em>${escapeHtml(block.text)}</em></p>`;
    case "list": {
      const items = block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("");
      return block.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
    case "table":
      return writeTable(
        block.caption,
        block.columns.map(({ label }) => label),
        block.rows,
      );
    case "chart": {
      const { columns, rows } = tableOfChart(block.model);
      const sources = block.model.sources.map((source) => `<p>Source : ${escapeHtml(source)}</p>`).join("");
      return `${writeTable(
        block.model.finding,
        columns,
        rows.map(({ label, cells }) => [label, ...cells]),
      )}${sources}`;
    }
    case "definitions":
      return `<dl>${block.entries
        .map(({ term, detail }) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(detail)}</dd>`)
        .join("")}</dl>`;
    case "signatures":
      return `<ul>${block.entries
        .map(
          ({ role, name, signed }) =>
            `<li><strong>${escapeHtml(role)}</strong>, ${escapeHtml(name)} : ${escapeHtml(signed ?? "à signer")}</li>`,
        )
        .join("")}</ul>`;
  }
}

function writeProse(block: ProseBlock, level: number): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${writeInlines(block.content)}</p>`;
    case "heading": {
      const depth = Math.min(6, level + block.depth);
      return `<h${depth}>${writeInlines(block.content)}</h${depth}>`;
    }
    case "list": {
      const items = block.items
        .map((item) => `<li>${item.map((part) => writeProse(part, level)).join("")}</li>`)
        .join("");
      return block.start === null ? `<ul>${items}</ul>` : `<ol start="${block.start}">${items}</ol>`;
    }
    case "quote":
      return `<blockquote>${block.blocks.map((part) => writeProse(part, level)).join("")}</blockquote>`;
    case "code":
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case "table": {
      const head = block.head.map((cell) => `<th scope="col">${writeInlines(cell)}</th>`).join("");
      const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${writeInlines(cell)}</td>`).join("")}</tr>`);
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
    }
    case "rule":
      return "<hr>";
  }
}

function writeInlines(parts: readonly ProseInline[]): string {
  return parts.map(writeInline).join("");
}

function writeInline(part: ProseInline): string {
  switch (part.kind) {
    case "text":
      return escapeHtml(part.text);
    case "strong":
      return `<strong>${writeInlines(part.content)}</strong>`;
    case "emphasis":
      return `<em>${writeInlines(part.content)}</em>`;
    case "struck":
      return `<del>${writeInlines(part.content)}</del>`;
    case "code":
      return `<code>${escapeHtml(part.text)}</code>`;
    case "link":
      return `<a href="${escapeHtml(part.href)}" rel="noopener noreferrer">${writeInlines(part.content)}</a>`;
    case "break":
      return "<br>";
  }
}
