import { describe, expect, it } from "vitest";
import type { DocumentModel } from "~/documents/document-model";
import { writeMarkdown } from "~/documents/markdown-writer";
import { isSafeAddress, readProse } from "~/documents/prose";
import { writeTypst } from "~/documents/typst-writer";

const documentOf = (markdown: string, text = "Fait enregistré"): DocumentModel => ({
  language: "fr",
  title: text,
  subtitle: "Comité de pilotage",
  issuer: text,
  reference: "Procès-verbal n° 2026-3",
  date: "lundi 14 décembre 2026",
  standing: null,
  blocks: [
    { kind: "prose", key: "opening", level: 2, internal: false, content: readProse(markdown) },
    {
      kind: "fact",
      key: "attendance",
      blocks: [
        { kind: "paragraph", text, strong: true },
        { kind: "list", ordered: true, items: [text] },
        { kind: "table", caption: text, columns: [{ label: text, align: "start" }], rows: [[text]] },
        { kind: "definitions", entries: [{ term: text, detail: text }] },
        { kind: "signatures", entries: [{ role: text, name: text, signed: null }] },
        { kind: "note", text },
      ],
    },
  ],
});

const HOSTILE = [
  "<script>alert(1)</script>",
  "avant <script>alert(1)</script> après",
  '<img src="https://espion.example/pixel.gif">',
  "![suivi](https://espion.example/pixel.gif)",
  "[cliquez](javascript:alert(1))",
  "[cliquez](JaVaScRiPt:alert(1))",
  "[cliquez](data:text/html;base64,PHNjcmlwdD4=)",
  "[cliquez](vbscript:x) [fichier](file:///etc/passwd) [relatif](//espion.example/x)",
  "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
  "<iframe src=https://espion.example></iframe>",
  "<svg onload=alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  '<https://espion.example/"onmouseover="alert(1)>',
] as const;

describe("readProse — ce qui n’est pas prévu n’existe pas", () => {
  it.each(HOSTILE)("ni script, ni image, ni adresse d’un autre genre : %s", (markdown) => {
    const kept = JSON.stringify(readProse(markdown));
    expect(kept).not.toMatch(/"href":"(?!https?:\/\/|mailto:)/i);
    expect(kept).not.toMatch(/<script|<img|<iframe|<svg|pixel\.gif|onload|onclick|alert\(1\)<\/script/i);
  });

  it.each(HOSTILE)("le fichier Markdown n’en garde rien : %s", (markdown) => {
    const file = writeMarkdown(documentOf(markdown));
    expect(file).not.toMatch(/(^|[^\\])<(?!https?:\/\/|mailto:)[a-z/!]/i);
    expect(file).not.toMatch(/\]\(<?(javascript|data|vbscript|file):/i);
    expect(file).not.toMatch(/!\[/);
  });

  it.each([
    ["https://blain.fr/ccas", true],
    ["mailto:ccas@blain.example", true],
    ["http://blain.fr", true],
    ["javascript:alert(1)", false],
    [" javascript:alert(1)", false],
    ["data:text/html,x", false],
    ["//blain.fr", false],
    ["/chemin", false],
    ['https://blain.fr/"><script>', false],
  ])("adresse %s : %s", (href, safe) => expect(isSafeAddress(href)).toBe(safe));

  it("lit ce qui sert : titres, listes, tableaux, gras, liens", () => {
    expect(readProse("### Débat\n\n- **oui**, [CCAS](https://blain.fr)\n")).toStrictEqual([
      { kind: "heading", depth: 1, content: [{ kind: "text", text: "Débat" }] },
      {
        kind: "list",
        start: null,
        items: [
          [
            {
              kind: "paragraph",
              content: [
                { kind: "strong", content: [{ kind: "text", text: "oui" }] },
                { kind: "text", text: ", " },
                { kind: "link", href: "https://blain.fr", content: [{ kind: "text", text: "CCAS" }] },
              ],
            },
          ],
        ],
      },
    ]);
  });

  it("garde le texte des balises, et rien d’autre", () => {
    expect(readProse("<div onclick=x>Bonjour &amp; merci</div>")).toStrictEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "Bonjour & merci" }] },
    ]);
  });

  it("retire une balise de script dans une phrase, avec son contenu", () => {
    expect(readProse("Bonjour <script>alert(1)</script>à tous")).toStrictEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "Bonjour à tous" }] },
    ]);
  });

  it("caractères de contrôle et sens d’écriture retournés : retirés", () => {
    expect(readProse("a\u0000b\u202ec")).toStrictEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "abc" }] },
    ]);
  });

  it.each([
    "- un\n  - deux\n- trois",
    "1. un\n2. deux",
    "> cité\n> encore",
    "# A\n\n#### B",
    "a \\* b _c_ `d`",
    "|a|b|\n|-|-|\n|1|2|",
    "1\\. pas une liste",
    "a\n+ b",
    "5 < 6 & 7 > 2",
  ])("relu depuis son propre fichier Markdown, le texte est le même : %j", (markdown) => {
    const once = readProse(markdown);
    const file = writeMarkdown({
      ...documentOf(""),
      blocks: [{ kind: "prose", key: "x", level: 2, internal: false, content: once }],
    });
    const twice = readProse(file.split("\n\n").slice(3).join("\n\n"));
    expect(twice).toStrictEqual(once);
  });
});

describe("writeTypst — aucun texte ne devient du code", () => {
  const TYPST_CODE = [
    '#include "/etc/passwd"',
    '#read("/etc/passwd")',
    '] #panic("x") [',
    '"); #panic("x"); ("',
    '\\"); panic("x"); (\\"',
    "\\",
    '\\\\"',
    "$ sum_0^1 $",
    "```typ #panic() ```",
    "`#panic()`",
    "/* commentaire",
    "// commentaire",
    "\\u{22} + panic()",
    "= Titre\n\n#panic()",
  ] as const;

  /** Strings taken out, the rest of the source must be our own words only. */
  const withoutStrings = (source: string): string =>
    source.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\d+fr/g, "1fr");
  const reference = withoutStrings(writeTypst(documentOf("texte", "texte"), { fingerprint: "ab" }));

  it.each(TYPST_CODE)("dans un fait : %j", (text) => {
    expect(withoutStrings(writeTypst(documentOf("texte", text), { fingerprint: "ab" }))).toBe(reference);
  });

  it("une longue empreinte se coupe sur la feuille sans qu’un caractère invisible se copie avec elle", () => {
    const source = writeTypst(documentOf("texte", "2bfb17727641cc243a71e0f471f437d01423e9370f3c8029"), {
      fingerprint: null,
    });
    expect(source).toContain("2bfb17727641cc24\u200b3a71");
    expect(source).toContain('#show "\u200b": box()');
  });

  it.each(TYPST_CODE)("dans un texte rédigé : %j", (text) => {
    const source = withoutStrings(writeTypst(documentOf(text), { fingerprint: "ab" }));
    expect(source).not.toMatch(/panic|read|include|sum_|commentaire/);
  });
});
