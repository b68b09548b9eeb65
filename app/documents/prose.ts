import { lexer, type Token, type Tokens } from "marked";

/**
 * Markdown that a person wrote, read once into the little that a document may hold. What is not listed here does not exist: no HTML,
 * no image (a tracking pixel is one), no address but http, https and mailto. Every writer starts from this, so none can let anything else through.
 */
export type ProseBlock =
  | { readonly kind: "paragraph"; readonly content: readonly ProseInline[] }
  /** Depth 1 to 3, from 1 and without gaps. */
  | { readonly kind: "heading"; readonly depth: 1 | 2 | 3; readonly content: readonly ProseInline[] }
  | {
      readonly kind: "list";
      /** The first number, or null for bullets. */
      readonly start: number | null;
      readonly items: readonly (readonly ProseBlock[])[];
    }
  | { readonly kind: "quote"; readonly blocks: readonly ProseBlock[] }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly ProseInline[])[];
      readonly rows: readonly (readonly (readonly ProseInline[])[])[];
    }
  | { readonly kind: "rule" };

export type ProseInline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "struck"; readonly content: readonly ProseInline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly content: readonly ProseInline[] }
  | { readonly kind: "break" };

/** Nested deeper than this, quotes and lists are read as plain text. */
const DEEPEST = 12;

export function readProse(markdown: string): readonly ProseBlock[] {
  return levelHeadings(readBlocks(lexer(cleanText(markdown), { gfm: true, breaks: true }), 0));
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text without control characters, nor marks that reverse the reading direction; line ends are « \n ». */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(LONE_SURROGATE, "\ufffd");
}

function readBlocks(tokens: readonly Token[], depth: number): readonly ProseBlock[] {
  return tokens.flatMap((token) => readBlock(token, depth));
}

function readBlock(token: Token, depth: number): readonly ProseBlock[] {
  if (depth > DEEPEST) return paragraph([{ kind: "text", text: token.raw }]);
  switch (token.type) {
    case "paragraph":
    case "text":
      return paragraph(readInlines((token as Tokens.Paragraph).tokens ?? [token as Tokens.Text]));
    case "heading": {
      const heading = token as Tokens.Heading;
      const content = readInlines(heading.tokens);
      return content.length === 0 ? [] : [{ kind: "heading", depth: toDepth(heading.depth), content }];
    }
    case "list": {
      const list = token as Tokens.List;
      const items = list.items.map((item) => [
        ...(item.task ? paragraph([{ kind: "text", text: item.checked ? "☑" : "☐" }]) : []),
        ...readBlocks(item.tokens, depth + 1),
      ]);
      return [{ kind: "list", start: list.ordered ? Number(list.start === "" ? 1 : list.start) : null, items }];
    }
    case "blockquote":
      return [{ kind: "quote", blocks: readBlocks((token as Tokens.Blockquote).tokens, depth + 1) }];
    case "code":
      return [{ kind: "code", text: (token as Tokens.Code).text }];
    case "table": {
      const table = token as Tokens.Table;
      return [
        {
          kind: "table",
          head: table.header.map((cell) => readInlines(cell.tokens)),
          rows: table.rows.map((row) => row.map((cell) => readInlines(cell.tokens))),
        },
      ];
    }
    case "hr":
      return [{ kind: "rule" }];
    case "html":
      return paragraph([{ kind: "text", text: textOfHtml(token.raw) }]);
    default:
      return [];
  }
}

function paragraph(content: readonly ProseInline[]): readonly ProseBlock[] {
  const isBlank = content.every(
    (inline) => inline.kind === "break" || (inline.kind === "text" && inline.text.trim() === ""),
  );
  return isBlank ? [] : [{ kind: "paragraph", content }];
}

function toDepth(depth: number): 1 | 2 | 3 {
  return depth <= 1 ? 1 : depth === 2 ? 2 : 3;
}

function levelHeadings(blocks: readonly ProseBlock[]): readonly ProseBlock[] {
  let last = 0;
  return blocks.map((block) => {
    if (block.kind !== "heading") return block;
    last = Math.min(block.depth, last + 1);
    return { ...block, depth: toDepth(last) };
  });
}

function readInlines(tokens: readonly Token[]): readonly ProseInline[] {
  return joinTexts(leaveOutCode(tokens).flatMap(readInline));
}

/** What stands between the tags of a script or a style is no text of the document. */
function leaveOutCode(tokens: readonly Token[]): readonly Token[] {
  let closing: RegExp | null = null;
  return tokens.filter(({ type, raw }) => {
    if (closing !== null) {
      if (closing.test(raw)) closing = null;
      return false;
    }
    const opening = type === "html" ? /^<(script|style|template|noscript|iframe)\b/i.exec(raw) : null;
    if (opening) closing = new RegExp(`</${opening[1] ?? ""}`, "i");
    return opening === null;
  });
}

function readInline(token: Token): readonly ProseInline[] {
  switch (token.type) {
    case "text": {
      const text = token as Tokens.Text;
      return text.tokens ? readInlines(text.tokens) : [{ kind: "text", text: decodeEntities(text.text) }];
    }
    case "escape":
      return [{ kind: "text", text: decodeEntities((token as Tokens.Escape).text) }];
    case "strong":
      return [{ kind: "strong", content: readInlines((token as Tokens.Strong).tokens) }];
    case "em":
      return [{ kind: "emphasis", content: readInlines((token as Tokens.Em).tokens) }];
    case "del":
      return [{ kind: "struck", content: readInlines((token as Tokens.Del).tokens) }];
    case "codespan":
      return [{ kind: "code", text: (token as Tokens.Codespan).text }];
    case "br":
      return [{ kind: "break" }];
    case "link": {
      const link = token as Tokens.Link;
      const content = readInlines(link.tokens);
      return isSafeAddress(link.href) ? [{ kind: "link", href: link.href.trim(), content }] : content;
    }
    case "image":
      return [{ kind: "text", text: decodeEntities((token as Tokens.Image).text) }];
    default:
      return [];
  }
}

/** http, https and mailto only; an address without a scheme would lead to another place in each form of the document. */
export function isSafeAddress(href: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s<>"'`\\^{|}]+$/i.test(href.trim());
}

/** Neighbouring texts made one, so that the same reading always gives the same tree. */
function joinTexts(inlines: readonly ProseInline[]): readonly ProseInline[] {
  const joined: ProseInline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === "text" && inline.text === "") continue;
    if (inline.kind === "text" && last?.kind === "text") {
      joined[joined.length - 1] = { kind: "text", text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}

function textOfHtml(html: string): string {
  return decodeEntities(
    html
      .replace(/<(script|style|template|noscript|iframe)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
      .replace(/<!--[\s\S]*?(-->|$)/g, " ")
      .replace(/<[^>]*(>|$)/g, " ")
      .replace(/\s+/g, " "),
  ).trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  laquo: "«",
  raquo: "»",
  euro: "€",
};

function decodeEntities(text: string): string {
  return cleanText(
    text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hexadecimal, name) => {
      if (typeof name === "string") return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    }),
  );
}
