import { ANALYSIS_SOURCE, presentationWindow } from "~/domain/needs-analysis/legal-clock";
import { findReferences } from "~/domain/needs-analysis/references";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { yearOf } from "~/domain/kernel/plain-date";
import { paragraph, type DocumentBlock, type DocumentModel, type PlainBlock } from "./document-model";
import { formatDate, NBSP } from "./french";
import { READING_WORDS } from "./chart-model";
import { problemSentence, resolveReference, WAITING, type FigureFound, type ReferenceBook } from "./needs-references";
import { readProse } from "./prose";

export type ReportChapter = { readonly id: string; readonly title: string; readonly markdown: string };
export type ReportFacts = {
  readonly title: string;
  readonly networkName: string;
  readonly renewalYear: number;
  readonly today: PlainDate;
  readonly chapters: readonly ReportChapter[];
  readonly partners: readonly {
    readonly name: string;
    readonly kind: string;
    readonly consultedOn: PlainDate;
    readonly manner: string;
  }[];
  readonly observations: readonly {
    readonly on: PlainDate;
    readonly partner: string;
    readonly office: string;
    readonly theme: string;
    readonly text: string;
  }[];
  /** Null while it is a draft. */
  readonly adoption: { readonly body: string; readonly actReference: string; readonly adoptedOn: PlainDate } | null;
};

/** A figure that the text cites, once per reference. */
export type CitedFigure = { readonly raw: string } & Omit<FigureFound, "kind" | "movement" | "indicator"> & {
    readonly label: string;
  };

/** The report as a reader sees it: every reference replaced by the figure or the chart of that moment, all of them listed with their sources. */
export function composeReport(
  facts: ReportFacts,
  book: ReferenceBook,
): { readonly document: DocumentModel; readonly cited: readonly CitedFigure[] } {
  const chapters = facts.chapters.filter(({ markdown }) => markdown.trim() !== "");
  const composed = chapters.map((chapter) => composeChapter(chapter, book));
  const cited = [...new Map(composed.flatMap((chapter) => chapter.cited).map((one) => [one.raw, one])).values()];
  const window = presentationWindow(facts.renewalYear);
  return {
    cited,
    document: {
      language: "fr",
      title: facts.title,
      subtitle: `Analyse des besoins sociaux des communes du réseau`,
      issuer: facts.networkName,
      reference: `Analyse des besoins sociaux ${yearOf(window.from)}`,
      date: formatDate(facts.adoption?.adoptedOn ?? facts.today),
      standing: facts.adoption === null ? "PROJET" : null,
      blocks: [
        paragraph(legalSentence(facts.renewalYear)),
        ...(facts.adoption === null
          ? []
          : [
              paragraph(
                `Adoptée le ${formatDate(facts.adoption.adoptedOn)} (${facts.adoption.body}, ${facts.adoption.actReference}). Les chiffres et leurs sources sont ceux du ${formatDate(facts.today)}.`,
              ),
            ]),
        ...composed.flatMap(({ blocks }) => blocks),
        ...observationBlocks(facts.observations),
        ...partnerBlocks(facts.partners),
        ...citedBlocks(cited),
      ],
    },
  };
}

/** What the article asks, in our words. Source: CASF, art. R.123-1. */
export function legalSentence(renewalYear: number): string {
  const { from, until } = presentationWindow(renewalYear);
  return `Un rapport d’analyse des besoins sociaux est présenté au conseil d’administration de chaque CCAS pendant l’année civile qui suit le renouvellement général des conseils municipaux${NBSP}: ici, du ${formatDate(from)} au ${formatDate(until)} (${ANALYSIS_SOURCE.reference}).`;
}

export type ComposedChapter = { readonly blocks: readonly DocumentBlock[]; readonly cited: readonly CitedFigure[] };

/** What a reader sees where nothing was imported yet; the editor is told what to bring. */
const UNKNOWN_YET = { ind: READING_WORDS.missing, graph: "(graphique non disponible)" } as const;

/** A chapter's heading, its prose and its charts, in the order of the text. */
export function composeChapter({ id, title, markdown }: ReportChapter, book: ReferenceBook): ComposedChapter {
  const { found } = findReferences(markdown);
  const blocks: DocumentBlock[] = [{ kind: "heading", level: 2, id: `chapitre-${id}`, text: title }];
  const cited: CitedFigure[] = [];
  let text = "";
  let position = 0;
  const flush = (): void => {
    const content = readProse(text);
    if (content.length > 0)
      blocks.push({ kind: "prose", key: `${id}-${blocks.length}`, level: 2, internal: false, content });
    text = "";
  };
  for (const { raw, start, reference } of found) {
    text += markdown.slice(position, start);
    position = start + raw.length;
    const answer = resolveReference(reference, book, `graphique-${id}-${blocks.length}`);
    if (answer.kind === "problem")
      text += WAITING.includes(answer.problem)
        ? UNKNOWN_YET[reference.kind]
        : `(${problemSentence(raw, answer.problem).replace(/[{}]/g, "")})`;
    else if (answer.kind === "figure") {
      text += answer.text;
      const { place, period, value, sources, indicator } = answer;
      cited.push({ raw, place, period, value, sources, text: answer.text, label: indicator.label });
    } else {
      flush();
      blocks.push({ kind: "chart", model: answer.model });
    }
  }
  text += markdown.slice(position);
  flush();
  return { blocks, cited };
}

function observationBlocks(observations: ReportFacts["observations"]): readonly DocumentBlock[] {
  if (observations.length === 0) return [];
  return [
    { kind: "heading", level: 2, id: "observations", text: "Ce que les partenaires observent" },
    ...observations.flatMap(({ on, partner, office, theme, text }, index): readonly DocumentBlock[] => [
      { kind: "prose", key: `observation-${index}`, level: 2, internal: false, content: readProse(text) },
      { kind: "note", text: `${theme}. ${partner}${NBSP}: ${office}, ${formatDate(on)}.` },
    ]),
  ];
}

function partnerBlocks(partners: ReportFacts["partners"]): readonly PlainBlock[] {
  return [
    { kind: "heading", level: 2, id: "partenaires", text: "Partenaires consultés" },
    partners.length === 0
      ? paragraph("Aucune consultation n’est encore enregistrée.")
      : {
          kind: "table",
          caption: "Partenaires publics et privés associés à l’analyse",
          columns: [
            { label: "Partenaire", align: "start" },
            { label: "Type", align: "start" },
            { label: "Date", align: "start" },
            { label: "Manière", align: "start" },
          ],
          rows: partners.map(({ name, kind, consultedOn, manner }) => [name, kind, formatDate(consultedOn), manner]),
        },
  ];
}

function citedBlocks(cited: readonly CitedFigure[]): readonly PlainBlock[] {
  if (cited.length === 0) return [];
  return [
    { kind: "heading", level: 2, id: "chiffres-cites", text: "Chiffres cités et leurs sources" },
    {
      kind: "table",
      caption: "Chaque chiffre du texte, le territoire et la période dont il parle",
      columns: [
        { label: "Indicateur", align: "start" },
        { label: "Territoire", align: "start" },
        { label: "Période", align: "start" },
        { label: "Valeur", align: "end" },
        { label: "Source", align: "start" },
      ],
      rows: cited.map(({ label, place, period, text, sources }) => [
        label,
        place.label,
        period,
        text,
        sources.join(" ; "),
      ]),
    },
  ];
}
