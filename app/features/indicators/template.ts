import { readTyped, writeTyped, type CellContent, type TypedRefusal } from "~/domain/indicator/cell";
import {
  cellKeyOf,
  isEntered,
  listCells,
  type Dictionary,
  type Indicator,
  type Unit,
} from "~/domain/indicator/dictionary";
import { UNIT_LABELS } from "~/documents/indicator-words";
import type { ReadCell } from "~/services/workbook.server";

/** The form as a spreadsheet: what it looks like, and how it is read when it comes back. */

export const TEMPLATE_COLUMNS = [
  "Repère",
  "Rubrique",
  "Indicateur",
  "Ventilation",
  "Catégorie",
  "Unité",
  "Année précédente",
  "Valeur",
  "Commentaire",
] as const;
type TemplateColumn = (typeof TEMPLATE_COLUMNS)[number];

export const TEMPLATE_WIDTHS = [26, 24, 36, 20, 28, 12, 16, 16, 50] as const;

export type TemplateIdentity = {
  readonly year: number;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly version: number;
  /** When the template was made: what changed since is not overwritten without a confirmation. */
  readonly madeAt: string;
};

const MARKS = {
  year: "Année",
  organization: "CCAS",
  version: "Version de la grille",
  madeAt: "Modèle produit le",
} as const;

type TemplateCell = { readonly typed: string; readonly comment: string };

export function composeTemplate(
  identity: TemplateIdentity,
  dictionary: Dictionary,
  cells: ReadonlyMap<string, TemplateCell>,
  yearBefore: ReadonlyMap<string, CellContent>,
): readonly (readonly (string | number | null)[])[] {
  const head = [
    [MARKS.year, identity.year],
    [MARKS.organization, identity.organizationName, identity.organizationId],
    [MARKS.version, identity.version],
    [MARKS.madeAt, identity.madeAt],
    [
      "À remplir : les colonnes Valeur et Commentaire. Un nombre, 0, ou bien : sans objet (SO), non connu (NC), non communiqué (ND). Une case vide ne change rien.",
    ],
    [...TEMPLATE_COLUMNS],
  ];
  const rows = dictionary.indicators.filter(isEntered).flatMap((indicator) =>
    listCells(indicator).map((ref) => {
      const key = cellKeyOf(ref);
      const dimension = indicator.dimensions.find(({ code }) => code === ref.dimension);
      const category = dimension?.categories.find(({ code }) => code === ref.category);
      const before = yearBefore.get(key);
      const cell = cells.get(key);
      return [
        ...[key, indicator.section, indicator.label, dimension?.label ?? "Total", nameOf(category)],
        ...[UNIT_LABELS[indicator.unit], before ? asCell(writeTyped(before, indicator.unit), indicator.unit) : null],
        ...[cell ? asCell(cell.typed, indicator.unit) : null, cell?.comment ?? null],
      ];
    }),
  );
  return [...head, ...rows];
}

const nameOf = (category: { readonly label: string; readonly parent: string | null } | undefined): string =>
  category === undefined ? "Ensemble" : category.parent === null ? category.label : `dont ${category.label}`;

/** A number stays one in the spreadsheet; anything else stays as it was typed. */
function asCell(typed: string, unit: Unit): string | number | null {
  if (typed === "") return null;
  const reading = readTyped(typed, unit);
  if (!reading.ok) return typed;
  if (reading.value.state === "zero") return 0;
  if (reading.value.state !== "value") return typed;
  return unit === "euros" ? reading.value.value / 100 : reading.value.value;
}

export type SheetFault = { readonly line: number; readonly column: string | null } & (
  | { readonly kind: "not-our-template" }
  | { readonly kind: "wrong-year"; readonly found: string }
  | { readonly kind: "wrong-organization"; readonly found: string }
  | { readonly kind: "wrong-version"; readonly found: string }
  | { readonly kind: "column-missing" | "column-extra" | "column-twice"; readonly name: string }
  | { readonly kind: "too-many-columns" }
  | { readonly kind: "unknown-row" | "row-twice"; readonly cellKey: string }
  | { readonly kind: "formula"; readonly cellKey: string }
  | {
      readonly kind: "unreadable";
      readonly cellKey: string;
      readonly typed: string;
      readonly refusal: Exclude<TypedRefusal, "empty">;
    }
  | {
      readonly kind: "above-population";
      readonly cellKey: string;
      readonly typed: string;
      readonly inhabitants: number;
    }
);

export type SheetEntry = { readonly cellKey: string; readonly typed: string; readonly comment: string };

export type SheetReading = {
  /** What can be read: rows without a fault, and without those that are left blank. */
  readonly entries: readonly SheetEntry[];
  readonly faults: readonly SheetFault[];
  readonly madeAt: string | null;
  /** Cells of the grid that the file does not hold. */
  readonly missing: number;
};

const letter = (index: number): string => String.fromCharCode(65 + index);
const textAt = (cells: readonly ReadCell[] | undefined, index: number): string => (cells?.[index]?.text ?? "").trim();

/** A file of another year, CCAS or version, or with other columns, is refused whole: nothing of it can be trusted. */
export function readTemplate(
  rows: readonly (readonly ReadCell[])[],
  expected: Pick<TemplateIdentity, "year" | "organizationId" | "version"> & { readonly inhabitants: number | null },
  dictionary: Dictionary,
): SheetReading {
  const nothing = { entries: [], madeAt: null, missing: 0 };
  const headingAt = rows.findIndex((cells) => textAt(cells, 0) === TEMPLATE_COLUMNS[0]);
  const mark = (name: string) => rows.slice(0, Math.max(headingAt, 0)).findIndex((cells) => textAt(cells, 0) === name);
  if (headingAt < 0 || mark(MARKS.year) < 0) {
    return { ...nothing, faults: [{ line: 1, column: "A", kind: "not-our-template" }] };
  }
  const whole = [...checkIdentity(rows, mark, expected), ...checkHeading(rows[headingAt] ?? [], headingAt + 1)];
  if (whole.length > 0) return { ...nothing, faults: whole };
  const columnOf = new Map(
    (rows[headingAt] ?? []).map((cell, index) => [cell.text.trim() as TemplateColumn, index] as const),
  );
  const body = readBody(rows, headingAt, columnOf, { dictionary, inhabitants: expected.inhabitants });
  return { ...body, madeAt: textAt(rows[mark(MARKS.madeAt)], 1) || null };
}

function* checkIdentity(
  rows: readonly (readonly ReadCell[])[],
  mark: (name: string) => number,
  expected: Pick<TemplateIdentity, "year" | "organizationId" | "version">,
): Generator<SheetFault> {
  const year = textAt(rows[mark(MARKS.year)], 1);
  if (year !== String(expected.year))
    yield { line: mark(MARKS.year) + 1, column: "B", kind: "wrong-year", found: year };
  const owner = rows[mark(MARKS.organization)];
  if (textAt(owner, 2) !== expected.organizationId)
    yield { line: mark(MARKS.organization) + 1, column: "B", kind: "wrong-organization", found: textAt(owner, 1) };
  const version = textAt(rows[mark(MARKS.version)], 1);
  if (version !== String(expected.version))
    yield { line: mark(MARKS.version) + 1, column: "B", kind: "wrong-version", found: version };
}

function* checkHeading(heading: readonly ReadCell[], line: number): Generator<SheetFault> {
  const names = heading.map(({ text }) => text.trim());
  for (const name of TEMPLATE_COLUMNS) {
    const found = names.filter((each) => each === name).length;
    if (found === 0) yield { line, column: null, kind: "column-missing", name };
    if (found > 1) yield { line, column: letter(names.lastIndexOf(name)), kind: "column-twice", name };
  }
  for (const [index, name] of names.entries())
    if (name !== "" && !(TEMPLATE_COLUMNS as readonly string[]).includes(name))
      yield { line, column: letter(index), kind: "column-extra", name };
}

function readBody(
  rows: readonly (readonly ReadCell[])[],
  headingAt: number,
  columnOf: ReadonlyMap<TemplateColumn, number>,
  { dictionary, inhabitants }: { readonly dictionary: Dictionary; readonly inhabitants: number | null },
): Pick<SheetReading, "entries" | "faults" | "missing"> {
  const known = new Map<string, Indicator>(
    dictionary.indicators
      .filter(isEntered)
      .flatMap((indicator) => listCells(indicator).map((ref) => [cellKeyOf(ref), indicator] as const)),
  );
  const faults: SheetFault[] = [];
  const entries: SheetEntry[] = [];
  const seen = new Set<string>();
  const at = (name: TemplateColumn) => columnOf.get(name) ?? 0;
  const width = TEMPLATE_COLUMNS.length;
  for (const [index, cells] of rows.entries()) {
    if (index <= headingAt || cells.every(({ text, isFormula }) => text.trim() === "" && !isFormula)) continue;
    const line = index + 1;
    const stray = cells.findIndex(
      ({ text }, column) => column >= width && text.trim() !== "" && textAt(rows[headingAt], column) === "",
    );
    if (stray >= 0) faults.push({ line, column: letter(stray), kind: "too-many-columns" });
    const cellKey = textAt(cells, at("Repère"));
    const indicator = known.get(cellKey);
    if (!indicator) {
      faults.push({ line, column: letter(at("Repère")), kind: "unknown-row", cellKey });
      continue;
    }
    if (seen.has(cellKey)) {
      faults.push({ line, column: letter(at("Repère")), kind: "row-twice", cellKey });
      continue;
    }
    seen.add(cellKey);
    const column = letter(at("Valeur"));
    const typed = textAt(cells, at("Valeur"));
    const comment = textAt(cells, at("Commentaire")).replace(/^'/, "");
    if (cells[at("Valeur")]?.isFormula || cells[at("Commentaire")]?.isFormula) {
      faults.push({ line, column, kind: "formula", cellKey });
      continue;
    }
    const reading = readTyped(typed, indicator.unit);
    if (!reading.ok) {
      if (reading.refusal === "empty") {
        if (comment !== "") entries.push({ cellKey, typed: "", comment });
      } else faults.push({ line, column, kind: "unreadable", cellKey, typed, refusal: reading.refusal });
      continue;
    }
    const isTooMany =
      inhabitants !== null &&
      indicator.isBoundedByPopulation &&
      reading.value.state === "value" &&
      reading.value.value > inhabitants;
    if (isTooMany) faults.push({ line, column, kind: "above-population", cellKey, typed, inhabitants });
    else entries.push({ cellKey, typed: writeTyped(reading.value, indicator.unit), comment });
  }
  return { entries, faults, missing: [...known.keys()].filter((key) => !seen.has(key)).length };
}
