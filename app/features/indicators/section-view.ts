import { STATE_WORDS, type CellState } from "~/domain/indicator/cell";
import {
  cellKeyOf,
  isComparable,
  isEntered,
  listCells,
  listSections,
  type CellRef,
  type Indicator,
} from "~/domain/indicator/dictionary";
import type { Finding } from "~/domain/indicator/controls";
import { formatContent, nameCell, PERIOD_LABELS, UNIT_LABELS } from "~/documents/indicator-words";
import { findingMessage } from "./messages.fr";
import type { SubmissionView } from "./queries.server";

/** One field of the form, ready to be shown: plain data only. */
export type FieldView = {
  readonly cellKey: string;
  /** 0: the total; 1: a category; 2: a part of it. */
  readonly depth: 0 | 1 | 2;
  readonly label: string;
  readonly fullLabel: string;
  readonly isAmount: boolean;
  readonly value: string;
  readonly state: string;
  readonly comment: string;
  readonly known: number;
  /** Null: nothing comparable was declared the year before. */
  readonly before: string | null;
  readonly messages: readonly { readonly severity: "blocking" | "warning"; readonly text: string }[];
  readonly setAside: {
    readonly typed: string;
    readonly comment: string;
    readonly by: string;
    readonly at: string;
  } | null;
};

export type IndicatorView = {
  readonly code: string;
  readonly label: string;
  readonly definition: string;
  readonly measure: string;
  readonly filledBy: string;
  readonly isBroken: boolean;
  readonly groups: readonly { readonly label: string | null; readonly fields: readonly FieldView[] }[];
};

export type SectionSummary = {
  readonly rank: number;
  readonly name: string;
  readonly filled: number;
  readonly expected: number;
  readonly obstacles: number;
};

/** The headings that people fill, with how far each one is. */
export function summarizeSections(view: SubmissionView): readonly SectionSummary[] {
  const entered = view.dictionary.indicators.filter(isEntered);
  return listSections(entered).map((name, index) => {
    const keys = new Set(
      entered.filter(({ section }) => section === name).flatMap((each) => listCells(each).map(cellKeyOf)),
    );
    return {
      ...{ rank: index + 1, name, expected: keys.size },
      filled: [...keys].filter((key) => view.cells.get(key)?.reading.ok === true).length,
      obstacles: view.obstacles.filter(({ cellKey }) => keys.has(cellKey)).length,
    };
  });
}

/** A stored entry, split between the number field and the choice of a state. */
export function splitTyped(typed: string): { readonly value: string; readonly state: string } {
  const states = Object.entries(STATE_WORDS) as readonly [Exclude<CellState, "value" | "zero">, readonly string[]][];
  const found = states.find(([, words]) => words.includes(typed.toLowerCase()));
  return found ? { value: "", state: found[0] } : { value: typed, state: "" };
}

export function describeSection(view: SubmissionView, name: string): readonly IndicatorView[] {
  return view.dictionary.indicators
    .filter((indicator) => isEntered(indicator) && indicator.section === name)
    .map((indicator) => describeIndicator(view, indicator));
}

function describeIndicator(view: SubmissionView, indicator: Indicator): IndicatorView {
  const refs = listCells(indicator);
  const field = (ref: CellRef) => describeField(view, indicator, ref);
  const groups = [
    { label: null, fields: refs.filter(({ dimension }) => dimension === null).map(field) },
    ...indicator.dimensions.map((dimension) => ({
      label: dimension.label,
      fields: refs.filter((ref) => ref.dimension === dimension.code).map(field),
    })),
  ];
  const { code, label, definition, filledBy, series } = indicator;
  const former = view.yearBefore?.indicators.find((each) => each.code === code);
  return {
    ...{ code, label, definition, filledBy, groups },
    measure: `${UNIT_LABELS[indicator.unit]}, ${PERIOD_LABELS[indicator.period]}`,
    isBroken: former !== undefined && former.series !== series,
  };
}

function describeField(view: SubmissionView, indicator: Indicator, ref: CellRef): FieldView {
  const cellKey = cellKeyOf(ref);
  const cell = view.cells.get(cellKey);
  const dimension = indicator.dimensions.find(({ code }) => code === ref.dimension);
  const category = dimension?.categories.find(({ code }) => code === ref.category);
  const former = view.yearBefore?.indicators.find(({ code }) => code === indicator.code);
  const before = view.yearBefore?.cells.get(cellKey);
  const isComparableBefore = former !== undefined && isComparable(ref, former, indicator);
  return {
    ...{ cellKey, comment: cell?.comment ?? "", known: cell?.revision ?? 0 },
    depth: category === undefined ? 0 : category.parent === null ? 1 : 2,
    label: category?.label ?? "Total",
    fullLabel: nameCell(ref, indicator),
    isAmount: indicator.unit === "euros",
    ...splitTyped(cell?.typed ?? ""),
    before: before && isComparableBefore ? formatContent(before, indicator.unit) : null,
    messages: view.findings
      .filter((finding) => finding.cellKey === cellKey && finding.kind !== "blank")
      .map((finding) => ({ severity: finding.severity, text: findingMessage(finding, indicator.unit) })),
    setAside: view.setAside.get(cellKey) ?? null,
  };
}

export type ObstacleView = {
  readonly cellKey: string;
  readonly rank: number;
  readonly label: string;
  readonly severity: Finding["severity"];
  readonly text: string;
};

/** What is left to settle, each with the page where it is settled. Blank cells are counted by heading, not listed one by one. */
export function listObstacleViews(view: SubmissionView): readonly ObstacleView[] {
  const entered = view.dictionary.indicators.filter(isEntered);
  const sections = listSections(entered);
  const cells = new Map(
    entered.flatMap((indicator) => listCells(indicator).map((ref) => [cellKeyOf(ref), { indicator, ref }] as const)),
  );
  return view.obstacles.flatMap((finding): readonly ObstacleView[] => {
    const cell = cells.get(finding.cellKey);
    if (!cell || finding.kind === "blank") return [];
    const { indicator, ref } = cell;
    return [
      {
        ...{ cellKey: finding.cellKey, severity: finding.severity, text: findingMessage(finding, indicator.unit) },
        ...{ rank: sections.indexOf(indicator.section) + 1, label: nameCell(ref, indicator) },
      },
    ];
  });
}
