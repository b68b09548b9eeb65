import { tableOfChart } from "./chart-table";
import type { DocumentBlock, DocumentModel, PlainBlock } from "./document-model";
import { cleanText, type ProseBlock, type ProseInline } from "./prose";

/** The document as a Markdown file (GFM). The same document always gives the same bytes; no HTML, no image, nothing that runs. */
export function writeMarkdown(document: DocumentModel): string {
  const head = [
    `# ${inline(document.title)}`,
    ...(document.standing === null ? [] : [`**${inline(document.standing)}**`]),
    inline(document.subtitle),
    `${inline(document.issuer)} — ${inline(document.reference)} — ${inline(document.date)}`,
  ].filter((line) => line !== "");
  return `${[...head, ...document.blocks.flatMap(writeBlock)].join("\n\n")}\n`;
}

/** A part of a document, to be set beside a text that is written already. */
export function writeMarkdownBlocks(blocks: readonly DocumentBlock[]): string {
  return blocks.flatMap(writeBlock).join("\n\n");
}

function writeBlock(block: DocumentBlock): readonly string[] {
  switch (block.kind) {
    case "together":
    case "fact":
      return block.blocks.map(writePlain);
    case "prose":
      return [
        ...(block.internal ? ["*(Partie interne, absente de la version publique)*"] : []),
        ...block.content.map((part) => writeProse(part, block.level)),
      ];
    default:
      return [writePlain(block)];
  }
}

function writePlain(block: PlainBlock): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${inline(block.text)}`;
    case "paragraph":
      return block.strong ? `**${inline(block.text)}**` : inline(block.text);
    case "note":
      return `> ${inline(block.text)}`;
    case "list":
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${inline(item)}`).join("\n");
    case "table":
      return [
        `${inline(block.caption)}`,
        "",
        row(block.columns.map(({ label }) => inline(label))),
        row(block.columns.map(({ align }) => (align === "end" ? "---:" : "---"))),
        ...block.rows.map((cells) => row(cells.map(inline))),
      ].join("\n");
    case "chart": {
      const { columns, rows } = tableOfChart(block.model);
      return [
        `**${inline(block.model.finding)}**`,
        "",
        row(columns.map(inline)),
        row(columns.map((_, index) => (index === 0 ? "---" : "---:"))),
        ...rows.map(({ label, cells }) => row([label, ...cells].map(inline))),
        "",
        ...block.model.sources.map((source) => `Source : ${inline(source)}`),
      ].join("\n");
    }
    case "definitions":
      return block.entries.map(({ term, detail }) => `- **${inline(term)}** : ${inline(detail)}`).join("\n");
    case "signatures":
      return block.entries
        .map(({ role, name, signed }) => `- **${inline(role)}** : ${inline(name)}, ${inline(signed ?? "à signer")}`)
        .join("\n");
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** One line of text that Markdown can't take for anything else. */
function inline(text: string): string {
  return escapeStart(escapeInline(cleanText(text).replace(/\s*\n\s*/g, " ")));
}

function escapeInline(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/&(?=#?\w+;)/g, "\\&");
}

/** A line that begins with a mark of list, heading or underline would become one. */
function escapeStart(line: string): string {
  return line.replace(/^(\s*)([#+\-=])/, "$1\\$2").replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

function writeProse(block: ProseBlock, level: number): string {
  switch (block.kind) {
    case "paragraph":
      return writeInlines(block.content);
    case "heading":
      return `${"#".repeat(Math.min(6, level + block.depth))} ${writeInlines(block.content)}`;
    case "list":
      return block.items
        .map((item, index) => {
          const mark = block.start === null ? "- " : `${block.start + index}. `;
          return (
            mark + indent(item.map((part) => writeProse(part, level)).join("\n\n"), " ".repeat(mark.length)).trimStart()
          );
        })
        .join("\n");
    case "quote":
      return indent(block.blocks.map((part) => writeProse(part, level)).join("\n\n"), "> ");
    case "code":
      return indent(block.text, "    ");
    case "table":
      return [
        row(block.head.map(writeCell)),
        row(block.head.map(() => "---")),
        ...block.rows.map((cells) => row(cells.map(writeCell))),
      ].join("\n");
    case "rule":
      return "---";
  }
}

function writeCell(content: readonly ProseInline[]): string {
  return writeInlines(content).replace(/\s*\n\s*/g, " ");
}

function indent(text: string, prefix: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" && prefix.trim() === "" ? "" : prefix + line))
    .join("\n");
}

function writeInlines(content: readonly ProseInline[]): string {
  return content.map(writeInline).join("").split("\n").map(escapeStart).join("\n");
}

function writeInline(part: ProseInline): string {
  switch (part.kind) {
    case "text":
      return escapeInline(part.text);
    case "strong":
      return `**${part.content.map(writeInline).join("")}**`;
    case "emphasis":
      return `_${part.content.map(writeInline).join("")}_`;
    case "struck":
      return `~~${part.content.map(writeInline).join("")}~~`;
    case "code":
      return writeCode(part.text);
    case "link":
      return `[${part.content.map(writeInline).join("")}](<${part.href}>)`;
    case "break":
      return "  \n";
  }
}

/** Fenced by one backtick more than the longest run inside. */
function writeCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? fence + text + fence : `${fence} ${text} ${fence}`;
}
