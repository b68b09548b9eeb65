import type { CellContent, CellState } from "~/domain/indicator/cell";
import type { CellRef, Direction, Indicator, Period, Unit } from "~/domain/indicator/dictionary";
import { toCents } from "~/domain/kernel/money";
import { formatCents, formatInteger, NBSP } from "./french";

/** What a unit is called: « 12 ménages ». */
export const UNIT_LABELS: Record<Unit, string> = {
  persons: "personnes",
  households: "ménages",
  requests: "demandes",
  files: "dossiers",
  actions: "actes",
  visits: "visites",
  meals: "repas",
  dwellings: "logements",
  euros: "euros",
};

export const PERIOD_LABELS: Record<Period, string> = {
  flow: "du 1er janvier au 31 décembre",
  stock: "au 31 décembre",
};

export const DIRECTION_LABELS: Record<Direction, string> = {
  up: "une hausse est souhaitée",
  down: "une baisse est souhaitée",
  none: "ne se juge pas seul",
};

export const STATE_LABELS: Record<CellState, string> = {
  value: "Valeur",
  zero: "Zéro",
  "not-applicable": "Sans objet",
  "not-known": "Non connu",
  "not-released": "Non communiqué",
};

export const STATE_MEANINGS: Record<CellState, string> = {
  value: "Un nombre compté, plus grand que zéro.",
  zero: "Compté, et il n’y en a eu aucun.",
  "not-applicable": "Le CCAS ne fait pas cette activité.",
  "not-known": "L’activité existe, mais n’a pas été comptée.",
  "not-released": "Compté, mais le CCAS ne le communique pas au réseau.",
};

/** « 1 200 », « 450,00 € ». */
export function formatFigure(value: number, unit: Unit): string {
  return unit === "euros" ? formatCents(toCents(Math.round(value))) : formatInteger(value);
}

export function formatContent(content: CellContent, unit: Unit): string {
  if (content.state === "value") return formatFigure(content.value, unit);
  return content.state === "zero" ? "0" : STATE_LABELS[content.state].toLowerCase();
}

/** « Demandes d’aide facultative », « Demandes d’aide facultative, motif principal : énergie ». */
export function nameCell({ dimension, category }: CellRef, indicator: Indicator): string {
  if (dimension === null || category === null) return indicator.label;
  const found = indicator.dimensions.find(({ code }) => code === dimension);
  const label = found?.categories.find(({ code }) => code === category)?.label ?? category;
  return `${indicator.label}, ${(found?.label ?? dimension).toLowerCase()}${NBSP}: ${label}`;
}

/** How a derived indicator is computed, in words. */
export function describeFormula(indicator: Indicator, indicators: readonly Indicator[]): string | null {
  const { formula } = indicator;
  if (formula === null) return null;
  const name = (ref: CellRef) => {
    const found = indicators.find(({ code }) => code === ref.indicator);
    return found ? `«${NBSP}${nameCell(ref, found)}${NBSP}»` : ref.indicator;
  };
  if (formula.kind === "sum") return `Somme de ${formula.terms.map(name).join(" et de ")}.`;
  const times = formula.per === 1 ? "" : `, pour ${formatInteger(formula.per)}`;
  return `${name(formula.numerator)} divisé par ${name(formula.denominator)}${times}.`;
}
