import type { PlainDate } from "~/domain/kernel/plain-date";
import { paragraph, type DocumentModel, type PlainBlock } from "./document-model";
import { enumerate, formatDate, NBSP } from "./french";
import { writeMarkdownBlocks } from "./markdown-writer";

/** An act that corrects published minutes, which never change: it stands beside their text and outside of its fingerprint. */
export type CorrectiveActFacts = { readonly number: string; readonly on: PlainDate; readonly text: string };

/** The published document with the acts annexed, and the line of its first page that tells of them. Without an act, the document itself. */
export function annexToDocument(
  document: DocumentModel,
  acts: readonly CorrectiveActFacts[],
  address: string,
): DocumentModel {
  if (acts.length === 0) return document;
  return { ...document, blocks: [announceActs(acts), ...document.blocks, ...composeAnnex(acts, address)] };
}

/** The same in Markdown: the published text stands in the file byte for byte, between the line and the annex. */
export function annexToMarkdown(published: string, acts: readonly CorrectiveActFacts[], address: string): string {
  if (acts.length === 0) return published;
  return `${writeMarkdownBlocks([announceActs(acts)])}\n\n${published}\n${writeMarkdownBlocks(composeAnnex(acts, address))}\n`;
}

function announceActs(acts: readonly CorrectiveActFacts[]): PlainBlock {
  const named = acts.map(({ number, on }) => `n°${NBSP}${number} du ${formatDate(on)}`);
  const many = acts.length > 1;
  return {
    kind: "note",
    text: `Ce procès-verbal est complété par ${many ? "les actes rectificatifs" : "l’acte rectificatif"} ${enumerate(named)}, en annexe à la fin.`,
  };
}

function composeAnnex(acts: readonly CorrectiveActFacts[], address: string): readonly PlainBlock[] {
  return [
    { kind: "heading", level: 2, id: "actes-rectificatifs", text: "Annexe : actes rectificatifs" },
    paragraph(
      "Le procès-verbal ci-dessus reste tel qu’il a été publié. Cette annexe s’y est ajoutée depuis : l’empreinte du texte publié ne porte ni sur elle, ni sur la ligne de tête qui l’annonce.",
    ),
    ...acts.flatMap(({ number, on, text }): readonly PlainBlock[] => [
      {
        kind: "heading",
        level: 3,
        id: `acte-${number}`,
        text: `Acte rectificatif n°${NBSP}${number} du ${formatDate(on)}`,
      },
      ...text
        .split(/\s*\n\s*/)
        .filter((line) => line !== "")
        .map(paragraph),
    ]),
    paragraph(`Ces actes sont inscrits au registre et paraissent à l’adresse ${address}`),
  ];
}
