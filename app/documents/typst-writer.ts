import type { ChartModel } from "./chart-model";
import { tableOfChart } from "./chart-table";
import type { DocumentBlock, DocumentModel, PlainBlock } from "./document-model";
import { cleanText, type ProseBlock, type ProseInline } from "./prose";

/**
 * The document as Typst source, for the PDF. Every word of a person travels as a Typst string, never as markup: inside a string only the
 * backslash and the quotation mark mean something, and both are escaped. So nothing that somebody types can become Typst code.
 * @param fingerprint shown at the foot of each page, or null
 * @param drawChart a chart as SVG; without it charts are told by their tables
 */
export function writeTypst(
  document: DocumentModel,
  { fingerprint, drawChart = null }: { readonly fingerprint: string | null; readonly drawChart?: DrawChart | null },
): string {
  const title = `${document.reference} — ${document.title}`;
  return `${[
    `#set document(title: ${literal(title)}, author: ${literal(document.issuer)}, date: none)`,
    PAGE_STYLE,
    `#set page(
  header: context {
    set text(size: 8.5pt)
    grid(columns: (1fr, auto, 1fr), ${text(document.issuer)}, ${document.standing === null ? "[]" : `strong(${text(document.standing)})`}, align(right, ${text(document.reference)}))
    v(-0.6em)
    line(length: 100%, stroke: 0.5pt)
  },
  footer: context {
    set text(size: 7.5pt)
    line(length: 100%, stroke: 0.5pt)
    v(-0.6em)
    grid(columns: (1fr, auto), ${fingerprint === null ? text(document.date) : `text(${literal(`${document.date} · empreinte SHA-256 du texte : `)}) + linebreak() + text(font: "DejaVu Sans Mono", size: 6pt, ${literal(fingerprint, false)})`},
      counter(page).display((now, all) => [page #now sur #all], both: true))
  },
)`,
    `#align(center)[
  #text(size: 11pt, tracking: 0.06em, ${literal(document.issuer.toUpperCase())})
  #v(0.4em)
  #line(length: 18%, stroke: 0.7pt)
  #v(0.2em)
  #heading(level: 1, ${literal(document.title)})
  #text(size: 12pt, style: "italic", ${literal(document.subtitle)})
  ${document.standing === null ? "" : `#v(0.3em)\n  #box(stroke: 0.8pt, inset: 6pt, text(weight: "bold", tracking: 0.1em, ${literal(document.standing)}))`}
  #v(1.2em)
]`,
    ...document.blocks.map((block) => writeBlock(block, drawChart)),
  ].join("\n\n")}\n`;
}

/** Where a long word may break. The sheet draws an empty box in its place: the character would be copied with the word. */
const BREAK = "\u200b";

const PAGE_STYLE = `#set text(lang: "fr", region: "FR", font: "Libertinus Serif", size: 11pt, hyphenate: true)
#set page(paper: "a4", margin: (x: 24mm, top: 26mm, bottom: 24mm))
#set par(justify: true, leading: 0.62em, spacing: 0.95em)
#set list(marker: [–], indent: 0.6em)
#set enum(indent: 0.6em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): it => block(above: 1.7em, below: 0.9em, breakable: false, sticky: true, text(size: 12.5pt, weight: "bold", it.body))
#show heading.where(level: 3): it => block(above: 1.3em, below: 0.7em, breakable: false, sticky: true, text(size: 11pt, weight: "bold", it.body))
#show heading.where(level: 4): it => block(above: 1.1em, below: 0.6em, sticky: true, text(size: 11pt, style: "italic", it.body))
#show heading.where(level: 5): set text(size: 10.5pt, weight: "regular", style: "italic")
#show heading.where(level: 6): set text(size: 10.5pt, weight: "regular", style: "italic")
#show table.cell: set text(size: 9.5pt, hyphenate: false)
#show table.cell: set par(justify: false, leading: 0.5em)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: true, spacing: 1.2em)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => align(left, text(size: 9.5pt, style: "italic", it.body))
#show link: underline
#show "${BREAK}": box()`;

/** A word of this many letters gets places where it may break, or it would leave the page. */
const LONGEST_WORD = 32;
const PIECE = 16;

/** The text as a Typst string, quotation marks included. */
function literal(value: string, mayBreak = true): string {
  const clean = cleanText(value)
    .replace(/\s*\n\s*/g, " ")
    .replace(/\t/g, " ");
  const broken = mayBreak ? clean.replace(LONG_WORD, breakWord) : clean;
  return `"${broken.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}

const LONG_WORD = new RegExp(`\\S{${LONGEST_WORD + 1},}`, "gu");

/** An address or a fingerprint: justified, its pieces would pull the words apart and leave the margin. */
function holdsLongWord(value: string): boolean {
  return value.search(LONG_WORD) !== -1;
}

function breakWord(word: string): string {
  const letters = [...word];
  const pieces: string[] = [];
  for (let start = 0; start < letters.length; start += PIECE) pieces.push(letters.slice(start, start + PIECE).join(""));
  return pieces.join(BREAK);
}

function text(value: string): string {
  return `text(${literal(value)})`;
}

export type DrawChart = (model: ChartModel) => string;

function writeBlock(block: DocumentBlock, drawChart: DrawChart | null): string {
  switch (block.kind) {
    case "together":
      return `#block(breakable: false)[\n${block.blocks.map((part) => writePlain(part, drawChart)).join("\n\n")}\n]`;
    case "fact":
      return block.blocks.map((part) => writePlain(part, drawChart)).join("\n\n");
    case "prose":
      return [
        ...(block.internal
          ? [`#text(size: 9pt, style: "italic", "Partie interne, absente de la version publique :")`]
          : []),
        ...block.content.map((part) => `#${writeProse(part, block.level)}`),
      ].join("\n\n");
    default:
      return writePlain(block, drawChart);
  }
}

/** The picture with its text alternative, then the same figures as a table and where they come from. */
function writeChart(model: ChartModel, drawChart: DrawChart | null): string {
  const { columns, rows } = tableOfChart(model);
  const unit = model.quantity.unit === "" ? "" : `, en ${model.quantity.unit}`;
  const caption = `${model.subject}${unit}, ${model.period}`;
  // A long series leaves the sheet of paper: its table stays in the page and in the file.
  const table =
    columns.length > WIDEST_CHART_TABLE
      ? []
      : [
          writePlain(
            {
              kind: "table",
              caption,
              columns: columns.map((label, index) => ({ label, align: index === 0 ? "start" : "end" })),
              rows: rows.map(({ label, cells }) => [label, ...cells]),
            },
            null,
          ),
        ];
  const picture =
    drawChart === null
      ? []
      : [
          `#figure(kind: image, supplement: none, numbering: none, caption: ${text(caption)}, alt: ${literal(model.finding)}, image(bytes(${rawLiteral(drawChart(model))}), format: "svg", width: 78%, alt: ${literal(model.finding)}))`,
        ];
  return [
    // What a chart says stays on the page of the chart.
    `#block(sticky: true, strong(${text(model.finding)}))`,
    ...picture,
    ...table,
    ...model.sources.map((source) => `#text(size: 8.5pt, ${literal(`Source : ${source}.`)})`),
    ...model.notes.map((note) => `#text(size: 8.5pt, ${literal(note)})`),
  ].join("\n\n");
}

const WIDEST_CHART_TABLE = 6;

/** A text that must not change by a single character, as a Typst string. */
function rawLiteral(value: string): string {
  return `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}

function writePlain(block: PlainBlock, drawChart: DrawChart | null): string {
  switch (block.kind) {
    case "heading":
      return `#heading(level: ${block.level}, ${literal(block.text)})`;
    case "paragraph":
      return `#par(${holdsLongWord(block.text) ? "justify: false, " : ""}${block.strong ? `strong(${text(block.text)})` : text(block.text)})`;
    case "note":
      return `#block(stroke: (left: 2pt), inset: (left: 8pt, y: 3pt), text(size: 9pt, ${literal(block.text)}))`;
    case "list":
      return `#${block.ordered ? "enum" : "list"}(${block.items.map((item) => `${text(item)}, `).join("")})`;
    case "table":
      return `#figure(kind: table, supplement: none, numbering: none, caption: ${text(block.caption)}, align(left, ${writeTable(
        block.columns.map(({ label }) => text(label)),
        block.rows.map((cells) => cells.map(text)),
        block.columns.map(({ align }) => align),
        block.columns.map(({ label }, index) =>
          Math.max(label.length, ...block.rows.map((cells) => (cells[index] ?? "").length)),
        ),
      )}))`;
    case "chart":
      return writeChart(block.model, drawChart);
    case "definitions":
      return `#terms(separator: ${literal(" : ")}, ${block.entries
        .map(({ term, detail }) => `terms.item(${text(term)}, ${text(detail)}), `)
        .join("")})`;
    case "signatures":
      return `#v(1em)\n#grid(columns: (1fr, 1fr), gutter: 2em, ${block.entries
        .map(
          ({ role, name, signed }) =>
            `block(breakable: false, strong(${text(role)}) + linebreak() + ${text(name)} + linebreak() + text(style: "italic", ${literal(signed ?? "Signature :")}) + v(${signed === null ? "5em" : "1em"})), `,
        )
        .join("")})`;
  }
}

/** Columns share the width as their longest text, between these two counts of letters. */
const [NARROWEST_CELL, WIDEST_CELL] = [12, 40] as const;

/** @param lengths of the longest text of each column */
function writeTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly ("start" | "end")[],
  lengths: readonly number[],
): string {
  const columns = lengths.map((length, index) =>
    aligns[index] === "end" ? "auto" : `${Math.min(WIDEST_CELL, Math.max(NARROWEST_CELL, length))}fr`,
  );
  return `table(columns: (${columns.map((column) => `${column}, `).join("")}), stroke: (x, y) => (top: if y <= 1 { 0.7pt } else { 0.3pt + gray }, bottom: 0.7pt), inset: (x: 5pt, y: 4.5pt), align: (${aligns
    .map((align) => `${align === "end" ? "right" : "left"}, `)
    .join("")}), table.header(${head.map((cell) => `${cell}, `).join("")}), ${rows
    .flat()
    .map((cell) => `${cell}, `)
    .join("")})`;
}

function writeProse(block: ProseBlock, level: number): string {
  switch (block.kind) {
    case "paragraph":
      return `par(${writeInlines(block.content)})`;
    case "heading":
      return `heading(level: ${Math.min(6, level + block.depth)}, ${writeInlines(block.content)})`;
    case "list": {
      const items = block.items.map((item) => `${writeAll(item, level)}, `).join("");
      return block.start === null ? `list(${items})` : `enum(start: ${block.start}, ${items})`;
    }
    case "quote":
      return `pad(left: 1.2em, ${writeAll(block.blocks, level)})`;
    case "code":
      return `block(${block.text.split("\n").map(writeCode).join(" + linebreak() + ")})`;
    case "table":
      return writeTable(
        block.head.map(writeInlines),
        block.rows.map((cells) => cells.map(writeInlines)),
        block.head.map(() => "start"),
        block.head.map(() => WIDEST_CELL),
      );
    case "rule":
      return `align(center, line(length: 30%, stroke: 0.5pt))`;
  }
}

function writeAll(blocks: readonly ProseBlock[], level: number): string {
  return blocks.length === 0 ? "[]" : blocks.map((part) => writeProse(part, level)).join(" + ");
}

function writeInlines(content: readonly ProseInline[]): string {
  return content.length === 0 ? "[]" : content.map(writeInline).join(" + ");
}

function writeInline(part: ProseInline): string {
  switch (part.kind) {
    case "text":
      return text(part.text);
    case "strong":
      return `strong(${writeInlines(part.content)})`;
    case "emphasis":
      return `emph(${writeInlines(part.content)})`;
    case "struck":
      return `strike(${writeInlines(part.content)})`;
    case "code":
      return writeCode(part.text);
    case "link":
      return `link(${literal(part.href, false)}, ${writeInlines(part.content)})`;
    case "break":
      return "linebreak()";
  }
}

function writeCode(value: string): string {
  return `text(font: "DejaVu Sans Mono", size: 0.85em, ${literal(value)})`;
}
