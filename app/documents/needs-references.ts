import type { FigureReference } from "~/domain/needs-analysis/claims";
import { findMovement, type Movement } from "~/domain/needs-analysis/movement";
import { findReferences, NETWORK_PLACE, type Reference, type ReferenceFault } from "~/domain/needs-analysis/references";
import type { IndicatorPoint } from "~/domain/observatory/compute";
import { formatReading, READING_WORDS, type ChartModel, type ChartPlace, type DrawnShapes } from "./chart-model";
import { NBSP } from "./french";
import {
  comparisonChart,
  latestPeriod,
  mapChart,
  pointAt,
  quantityOf,
  readingOf,
  tellSource,
  trendChart,
  type IndicatorReading,
  type PlacePoints,
} from "./observatory-charts";

/** What a text may refer to: the indicators that it names, read for every place of the network. */
export type ReferenceBook = {
  readonly readings: ReadonlyMap<string, IndicatorReading>;
  readonly drawing: DrawnShapes;
};

export type ReferenceProblem =
  ReferenceFault | "indicator-unknown" | "place-unknown" | "period-unknown" | "nothing-known" | "chart-impossible";

export type FigureFound = {
  readonly kind: "figure";
  readonly indicator: IndicatorReading["indicator"];
  readonly place: ChartPlace;
  readonly period: string;
  readonly value: number | null;
  /** « 9,6 % », or « secret statistique ». */
  readonly text: string;
  readonly sources: readonly string[];
  readonly movement: Movement | null;
};
export type ChartFound = { readonly kind: "chart"; readonly model: ChartModel };
export type Problem = { readonly kind: "problem"; readonly problem: ReferenceProblem };

/** The figure or the chart of today behind a reference. @param id of the chart in its page */
export function resolveReference(
  reference: Reference,
  { readings, drawing }: ReferenceBook,
  id: string,
): FigureFound | ChartFound | Problem {
  const reading = readings.get(reference.code);
  if (!reading) return problem("indicator-unknown");
  if (reference.kind === "ind") return resolveFigure(reference, reading);
  const period = latestPeriod(reading);
  if (period === null) return problem("nothing-known");
  switch (reference.view) {
    case "comparaison":
      return { kind: "chart", model: comparisonChart(reading, { id, period }) };
    case "evolution":
      return { kind: "chart", model: trendChart(reading, { id }) };
    case "carte":
      return drawing.shapes.length + drawing.points.length > 0
        ? { kind: "chart", model: mapChart(reading, { id, period, ...drawing }) }
        : problem("chart-impossible");
    case "distribution":
      return problem("chart-impossible");
  }
}

function resolveFigure(reference: FigureReference, reading: IndicatorReading): FigureFound | Problem {
  const entry = findPlace(reference.place, reading.places);
  if (!entry) return problem("place-unknown");
  const period = reference.period ?? latestPeriod(reading);
  if (period === null) return problem("nothing-known");
  const point = pointAt(entry, period);
  if (!point && reference.period !== null && !reading.places.some((place) => pointAt(place, period)))
    return problem("period-unknown");
  const { indicator } = reading;
  const own = readingOf(point);
  return {
    kind: "figure",
    ...{ indicator, place: entry.place, period },
    value: own.status === "value" ? own.value : null,
    text: own.status === "value" ? formatReading(own, quantityOf(indicator)) : READING_WORDS[own.status],
    sources: sourcesOf(point, reading),
    movement: findMovement(indicator, entry.points, period),
  };
}

function sourcesOf(point: IndicatorPoint | undefined, { datasets }: IndicatorReading): readonly string[] {
  const ids = new Set(point?.datasetIds ?? []);
  return [...new Set(datasets.filter(({ id }) => ids.has(id)).map(tellSource))];
}

/** A commune by its INSEE code or its name without accents, « reseau », « departement » (the first one), « france ». */
export function findPlace(word: string, places: readonly PlacePoints[]): PlacePoints | undefined {
  if (word === NETWORK_PLACE) return places.find(({ place }) => place.kind === "network");
  if (word === "departement") return places.find(({ place }) => place.kind === "department");
  return places.find(({ place }) => place.key === word || (place.kind === "commune" && slugOf(place.label) === word));
}

/** « Notre-Dame-des-Landes » → « notre-dame-des-landes », « Le Gâvre » → « le-gavre » */
export function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function problem(reason: ReferenceProblem): Problem {
  return { kind: "problem", problem: reason };
}

const PROBLEMS: Record<ReferenceProblem, string> = {
  unclosed: "les accolades ne sont pas fermées, ou s’ouvrent sur une autre ligne",
  malformed: `cette référence ne se lit pas. Forme attendue${NBSP}: {{ind:code}}, {{ind:code@commune}}, {{ind:code@commune#2021}} ou {{graph:code/evolution}}`,
  "unknown-word": `une référence commence par «${NBSP}ind:${NBSP}» (un chiffre) ou «${NBSP}graph:${NBSP}» (un graphique)`,
  "unknown-view": "ce graphique n’existe pas : comparaison, evolution ou carte",
  "graph-not-alone": "un graphique se place seul sur sa ligne",
  "indicator-unknown": "aucun indicateur ne porte ce code",
  "place-unknown": `ce lieu n’est pas du réseau. Écrivez le code INSEE ou le nom d’une de ses communes, reseau, departement ou france`,
  "period-unknown": "aucun chiffre n’est connu pour cette période",
  "nothing-known": "aucun chiffre de cet indicateur n’a été importé pour ces communes",
  "chart-impossible": "ce graphique ne peut pas être tracé avec ce qui a été importé",
};

export function problemSentence(raw: string, reason: ReferenceProblem, near: readonly string[] = []): string {
  const hint = reason === "indicator-unknown" && near.length > 0 ? ` Codes voisins${NBSP}: ${near.join(", ")}.` : "";
  return `«${NBSP}${raw}${NBSP}»${NBSP}: ${PROBLEMS[reason]}.${hint}`;
}

/** Known codes that share a word of some length with one that is not known. */
export function nearCodes(code: string, known: readonly string[]): readonly string[] {
  const parts = code.split("-").filter((part) => part.length > 3);
  const scored = known.map((one) => ({ one, score: parts.filter((part) => one.includes(part.slice(0, 6))).length }));
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ one }) => one);
}

export type CheckedReference = { readonly raw: string; readonly problem: ReferenceProblem };

/** Written rightly, but nothing has been imported for it yet: said in the text, and no reason to refuse it. */
export const WAITING: readonly ReferenceProblem[] = ["nothing-known", "chart-impossible"];

/** Every reference of a text that can't be right: what the editor refuses. A secret figure is an answer. */
export function checkReferences(text: string, book: ReferenceBook): readonly CheckedReference[] {
  const { found, faulty } = findReferences(text);
  return [
    ...faulty.map(({ raw, fault }) => ({ raw, problem: fault })),
    ...found.flatMap(({ raw, reference }) => {
      const answer = resolveReference(reference, book, "essai");
      return answer.kind === "problem" && !WAITING.includes(answer.problem) ? [{ raw, problem: answer.problem }] : [];
    }),
  ];
}
