import { childrenOf, cellKeyOf, isEntered, listCells, type CellRef, type Indicator } from "../../indicator/dictionary";
import { computeFormula, figureOf, type CellContent } from "../../indicator/cell";
import type { Audience, SecrecyRules } from "../disclosure/sensitivity";

/** One year of the network as it stood when it was published: all that the release was computed from, kept word for word. */
export type FrozenYear = {
  readonly year: number;
  readonly audience: Audience;
  readonly rules: SecrecyRules;
  /** Of the members' circle, whose secrecy a public release must not break. */
  readonly memberRules: SecrecyRules;
  readonly dictionary: {
    readonly id: string;
    readonly version: number;
    readonly indicators: readonly Indicator[];
  };
  readonly population: { readonly vintage: number; readonly producer: string; readonly title: string } | null;
  /** In the order of the convention. */
  readonly members: readonly FrozenMember[];
  readonly cells: readonly FrozenCell[];
};

export type FrozenMember = {
  readonly id: string;
  readonly shortName: string;
  readonly inhabitants: number | null;
};

export type FrozenCell = { readonly member: string; readonly key: string; readonly content: CellContent };

/** A network's figure adds those of the members that have one. */
export const NETWORK = "network";

/** Every cell of an indicator for one member, with what is computed from others; `null` where nobody filled anything. */
export function readCells(year: FrozenYear): (member: string, ref: CellRef) => CellContent | null {
  const contents = new Map(year.cells.map(({ member, key, content }) => [`${member}|${key}`, content]));
  const byCode = new Map(year.dictionary.indicators.map((indicator) => [indicator.code, indicator]));
  return (member, ref) => {
    const formula = byCode.get(ref.indicator)?.formula;
    if (!formula) return contents.get(`${member}|${cellKeyOf(ref)}`) ?? null;
    if (formula.kind === "ratio") return null;
    const sum = computeFormula(formula, (term) => contents.get(`${member}|${cellKeyOf(term)}`) ?? null);
    if (sum === null) return null;
    return sum === 0 ? { state: "zero" } : { state: "value", value: sum };
  };
}

/** The indicators whose figures can be shown: entered ones and sums; ratios are worked out from what is shown. */
export function listCounted(indicators: readonly Indicator[]): readonly Indicator[] {
  return indicators.filter(
    (indicator) => indicator.isPublished && (isEntered(indicator) || indicator.formula?.kind === "sum"),
  );
}

/** The sums that hold within one member's figures: a subtotal and its parts, the total and its first parts, per dimension. */
export function listBranches(
  indicator: Indicator,
): readonly { readonly total: CellRef; readonly parts: readonly CellRef[] }[] {
  const [total] = listCells({ code: indicator.code, dimensions: [] });
  return indicator.dimensions.flatMap((dimension) => {
    const refOf = (category: string): CellRef => ({ indicator: indicator.code, dimension: dimension.code, category });
    const branch = (parent: string | null): CellRef[] => childrenOf(dimension, parent).map(({ code }) => refOf(code));
    return [
      ...(total ? [{ total, parts: branch(null) }] : []),
      ...dimension.categories.flatMap(({ code }) => {
        const parts = branch(code);
        return parts.length > 0 ? [{ total: refOf(code), parts }] : [];
      }),
    ];
  });
}

export const figureAt = (content: CellContent | null): number | null => (content === null ? null : figureOf(content));
