import type { ChartModel } from "./chart-model";
import type { ProseBlock } from "./prose";

/**
 * A document before it takes a form: the page, the Markdown file and the PDF are all written from this.
 * Plain data, so that a published document can be kept as it is and read again years later.
 */
export type DocumentModel = {
  readonly language: "fr";
  readonly title: string;
  readonly subtitle: string;
  /** Who issues it. */
  readonly issuer: string;
  /** « Procès-verbal n° 2026-3 ». */
  readonly reference: string;
  /** The date it is about, in words. */
  readonly date: string;
  /** « PROJET » and the like, shown on every page; null for a document that stands. */
  readonly standing: string | null;
  readonly blocks: readonly DocumentBlock[];
};

export type DocumentBlock =
  | PlainBlock
  /** What one page of paper shows whole when it can; elsewhere its blocks, one after the other. */
  | { readonly kind: "together"; readonly blocks: readonly PlainBlock[] }
  /** Comes from the records: locked, and marked as such on the screen. */
  | { readonly kind: "fact"; readonly key: string; readonly blocks: readonly PlainBlock[] }
  /** Written by a person in Markdown. `level`: the heading level under which it stands. */
  | {
      readonly kind: "prose";
      readonly key: string;
      readonly level: HeadingLevel;
      readonly internal: boolean;
      readonly content: readonly ProseBlock[];
    };

export type HeadingLevel = 2 | 3 | 4;

export type PlainBlock =
  | { readonly kind: "heading"; readonly level: HeadingLevel; readonly id: string; readonly text: string }
  /** `strong`: a sentence that decides something. */
  | { readonly kind: "paragraph"; readonly text: string; readonly strong: boolean }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly columns: readonly DocumentColumn[];
      /** The first cell names its row. */
      readonly rows: readonly (readonly string[])[];
    }
  /** A chart and its figures: the page and the PDF draw it, the Markdown file gives its table. */
  | { readonly kind: "chart"; readonly model: ChartModel }
  | { readonly kind: "definitions"; readonly entries: readonly { readonly term: string; readonly detail: string }[] }
  | { readonly kind: "signatures"; readonly entries: readonly SignatureLine[] };

export type DocumentColumn = { readonly label: string; readonly align: "start" | "end" };

/** `signed`: « signé le … », or null for a place left to sign. */
export type SignatureLine = { readonly role: string; readonly name: string; readonly signed: string | null };

export function paragraph(text: string): PlainBlock {
  return { kind: "paragraph", text, strong: false };
}

export function strongParagraph(text: string): PlainBlock {
  return { kind: "paragraph", text, strong: true };
}
