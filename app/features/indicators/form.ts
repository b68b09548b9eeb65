import { STATE_WORDS } from "~/domain/indicator/cell";
import {
  DIRECTIONS,
  parseCellKey,
  PERIODS,
  UNITS,
  type Category,
  type Dimension,
  type Formula,
  type Indicator,
} from "~/domain/indicator/dictionary";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { TypedEntry } from "./submission-commands.server";

/** How a cell's fields are named: « v:AF-DEM/motif/energie » and the like. */
export const CELL_FIELDS = { value: "v:", state: "e:", comment: "c:", known: "r:" } as const;

/**
 * The cells of a section, as they were typed. Without a state, what was typed stands as it is; a state alone stands for its word; a state beside a number
 * is kept as both, which cannot be read, so that nobody decides for the agent.
 */
export function readEntries(form: FormData): readonly TypedEntry[] {
  const entries: TypedEntry[] = [];
  for (const name of form.keys()) {
    if (!name.startsWith(CELL_FIELDS.value)) continue;
    const cellKey = name.slice(CELL_FIELDS.value.length);
    const text = (field: keyof typeof CELL_FIELDS) => {
      const value = form.get(CELL_FIELDS[field] + cellKey);
      return typeof value === "string" ? value.trim() : "";
    };
    const word = STATE_WORDS[text("state") as keyof typeof STATE_WORDS]?.[0] ?? "";
    const number = text("value");
    const typed = word === "" ? number : number === "" ? word : `${number} (${word})`;
    const known = Number(text("known"));
    entries.push({ cellKey, typed, comment: text("comment"), known: Number.isSafeInteger(known) ? known : 0 });
  }
  return entries;
}

/** The same fields, sent by the page itself as pairs of a name and a text; null for anything else. */
export function readSentFields(body: string): FormData | null {
  const parsed = sentFields.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const form = new FormData();
  for (const [name, value] of parsed.data) form.set(name, value);
  return form;
}

const sentFields = z.array(z.tuple([z.string().max(200), z.string().max(2000)])).max(40_000);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const date = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const found = parsePlainDate(text);
    if (found !== null) return found;
    context.addIssue("Cette date n’existe pas.");
    return z.NEVER;
  });

export const openSchema = z.object({
  cle: z.string().refine(isId),
  year: z.coerce.number({ error: "Choisissez l’année." }).int(),
  deadline: date("Indiquez la date à laquelle les saisies sont attendues."),
});
export type OpenFields = z.input<typeof openSchema>;
export const parseOpening = (form: FormData) => parseWithZod(form, { schema: openSchema });

export const deadlineSchema = z.object({ deadline: date("Indiquez la nouvelle échéance.") });
export type DeadlineFields = z.input<typeof deadlineSchema>;
export const parseDeadline = (form: FormData) => parseWithZod(form, { schema: deadlineSchema });

/** « energie : Énergie »; a line that starts with a dash belongs to the line above that does not. */
export function readCategories(text: string): readonly Category[] {
  const categories: Category[] = [];
  let parent: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const isPart = /^[-–—]/.test(trimmed);
    const [code = "", ...label] = trimmed.replace(/^[-–—]\s*/, "").split(":");
    const category = { code: code.trim(), label: label.join(":").trim() };
    if (!isPart) parent = category.code;
    categories.push({ ...category, parent: isPart ? (parent ?? "") : null });
  }
  return categories;
}

export function writeCategories({ categories }: Dimension): string {
  const line = ({ code, label }: Category) => `${code} : ${label}`;
  return categories
    .filter(({ parent }) => parent === null)
    .flatMap((top) => [
      line(top),
      ...categories.filter(({ parent }) => parent === top.code).map((part) => `- ${line(part)}`),
    ])
    .join("\n");
}

/** A new indicator may have four breakdowns; one left without a code is none. */
export const MOST_DIMENSIONS = 4;

const dimensionSchema = z
  .object({
    code: z.string().trim().default(""),
    label: z.string().trim().default(""),
    categories: z.string().max(4000).default(""),
  })
  .transform(({ code, label, categories }): Dimension | null =>
    code === "" && label === "" && categories.trim() === ""
      ? null
      : { code, label, categories: readCategories(categories) },
  );

const cellRef = z
  .string()
  .trim()
  .optional()
  .transform((key) => (key === undefined ? null : parseCellKey(key)));

export const indicatorSchema = z
  .object({
    known: z.coerce.number().int(),
    code: z.string().trim().default(""),
    section: z.string().trim().default(""),
    label: z.string().trim().default(""),
    definition: z.string().trim().default(""),
    unit: z.enum(UNITS, { error: "Choisissez l’unité." }),
    period: z.enum(PERIODS, { error: "Choisissez la période." }),
    direction: z.enum(DIRECTIONS, { error: "Choisissez le sens de lecture." }),
    filledBy: z.string().trim().default(""),
    measure: z.enum(["count", "magnitude"], { error: "Choisissez la nature." }),
    contributors: z.string().trim().optional(),
    largest: z.string().trim().optional(),
    isZeroInformative: z.literal("on").optional(),
    isBoundedByPopulation: z.literal("on").optional(),
    isPublished: z.literal("on").optional(),
    formula: z.enum(["none", "ratio", "sum"]).default("none"),
    numerator: cellRef,
    denominator: cellRef,
    per: z.coerce.number().int().positive().max(100_000).default(100),
    series: z.coerce.number().int().positive().max(99).default(1),
    breaksSeries: z.literal("on").optional(),
    breakReason: z.string().trim().max(500, "Le motif compte au plus 500 caractères.").default(""),
    dimensions: z.array(dimensionSchema).max(MOST_DIMENSIONS).default([]),
  })
  .transform((fields) => {
    const { known, measure, contributors, largest, numerator, denominator, per, series, breaksSeries } = fields;
    const { formula: kind, dimensions, isZeroInformative, isBoundedByPopulation, isPublished, ...texts } = fields;
    const none = { indicator: "", dimension: null, category: null };
    const parts = { numerator: numerator ?? none, denominator: denominator ?? none };
    const formulas: Record<typeof kind, Formula | null> = {
      none: null,
      ratio: { kind: "ratio", ...parts, per },
      sum: { kind: "sum", terms: [parts.numerator, parts.denominator] },
    };
    const indicator: Indicator = {
      ...{ code: texts.code, section: texts.section, label: texts.label, definition: texts.definition },
      ...{ unit: texts.unit, period: texts.period, direction: texts.direction, filledBy: texts.filledBy },
      measure:
        measure === "count"
          ? { kind: "count" }
          : { kind: "magnitude", contributors: contributors ?? null, largest: largest ?? null },
      formula: formulas[kind],
      dimensions: dimensions.filter((dimension) => dimension !== null),
      isZeroInformative: isZeroInformative === "on",
      isBoundedByPopulation: isBoundedByPopulation === "on",
      isPublished: isPublished === "on",
      series: breaksSeries === "on" ? series + 1 : series,
      breakReason: texts.breakReason,
    };
    return { known, indicator };
  });
export type IndicatorFields = z.input<typeof indicatorSchema>;
export const parseIndicator = (form: FormData) => parseWithZod(form, { schema: indicatorSchema });

export const sharedFormSchema = z.object({
  known: z.coerce.number().int(),
  title: z.string({ error: "Donnez un titre." }).trim().min(3, "Donnez un titre.").max(160, "160 caractères au plus."),
  bodyMd: z
    .string({ error: "Écrivez le formulaire." })
    .trim()
    .min(20, "Écrivez le formulaire.")
    .max(20_000, "20 000 caractères au plus."),
  note: z
    .string({ error: "Dites ce qui change : les CCAS le liront." })
    .trim()
    .min(3, "Dites ce qui change : les CCAS le liront.")
    .max(500, "500 caractères au plus."),
});
export type SharedFormFields = z.input<typeof sharedFormSchema>;
export const parseSharedForm = (form: FormData) => parseWithZod(form, { schema: sharedFormSchema });
