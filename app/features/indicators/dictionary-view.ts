import { childrenOf, listSections, type Dimension, type Indicator } from "~/domain/indicator/dictionary";
import { describeFormula, DIRECTION_LABELS, PERIOD_LABELS, UNIT_LABELS } from "~/documents/indicator-words";

export type IndicatorEntry = {
  readonly code: string;
  readonly label: string;
  readonly definition: string;
  readonly facts: readonly { readonly term: string; readonly detail: string }[];
  readonly dimensions: readonly { readonly label: string; readonly categories: string }[];
};

export type DictionarySection = { readonly name: string; readonly indicators: readonly IndicatorEntry[] };

/** The grid as people read it, heading by heading. */
export function describeDictionary(indicators: readonly Indicator[]): readonly DictionarySection[] {
  return listSections(indicators).map((name) => ({
    name,
    indicators: indicators.filter(({ section }) => section === name).map((each) => describeIndicator(each, indicators)),
  }));
}

function describeIndicator(indicator: Indicator, indicators: readonly Indicator[]): IndicatorEntry {
  const { code, label, definition, dimensions, measure, series, breakReason } = indicator;
  const nameOf = (other: string | null) => indicators.find((each) => each.code === other)?.label ?? null;
  const contributors = measure.kind === "magnitude" ? nameOf(measure.contributors) : null;
  const facts = [
    { term: "Unité", detail: UNIT_LABELS[indicator.unit] },
    { term: "Période", detail: PERIOD_LABELS[indicator.period] },
    { term: "Calcul", detail: describeFormula(indicator, indicators) },
    { term: "Rempli par", detail: indicator.formula === null ? indicator.filledBy : null },
    { term: "Sens de lecture", detail: DIRECTION_LABELS[indicator.direction] },
    {
      term: "Nature",
      detail:
        measure.kind === "count"
          ? "un compte"
          : `une grandeur${contributors === null ? "" : `, apportée par «\u00a0${contributors}\u00a0»`}`,
    },
    {
      term: "Secret statistique",
      detail: !indicator.isPublished
        ? "jamais montré, sert au contrôle"
        : indicator.isZeroInformative
          ? "un zéro est protégé comme un petit nombre"
          : "un zéro peut être montré",
    },
    { term: "Série", detail: series === 1 ? null : `n°\u00a0${series}, rompue\u00a0: ${breakReason}` },
  ];
  return {
    ...{ code, label, definition },
    facts: facts.flatMap(({ term, detail }) => (detail === null ? [] : [{ term, detail }])),
    dimensions: dimensions.map((dimension) => ({ label: dimension.label, categories: listCategories(dimension) })),
  };
}

function listCategories(dimension: Dimension): string {
  return childrenOf(dimension, null)
    .map(({ code, label }) => {
      const parts = childrenOf(dimension, code).map((part) => part.label);
      return parts.length === 0 ? label : `${label} (dont ${parts.join(", ")})`;
    })
    .join("\u00a0; ");
}
