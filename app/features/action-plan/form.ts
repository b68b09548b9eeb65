import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { amountMessage } from "~/documents/money-words";
import { SCORES, type ProtocolModel, type Score } from "~/domain/action-plan/evaluation";
import { MARKERS, PLAN_LIMITS, type FrameKey, type PlannedAction } from "~/domain/action-plan/plan";
import { CHANNELS } from "~/domain/action-plan/practice";
import type { Evidence, IndicatorReading } from "~/domain/action-plan/progress";
import { OPINIONS } from "~/domain/action-plan/review";
import { isId, type OrganizationId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";

/** Rows that a form offers beyond those written already; the ones left empty are none. */
export const BLANK_ROWS = 2;

const cle = z.string().refine(isId);
const text = (longest: number = PLAN_LIMITS.longestText) =>
  z.string().trim().max(longest, `Ce texte compte au plus ${longest} caractères : raccourcissez-le.`).default("");
const keys = z.array(z.string()).default([]);

const optionalDate = z
  .string()
  .optional()
  .transform((typed, context): PlainDate | null => {
    if (typed === undefined) return null;
    const date = parsePlainDate(typed);
    if (date === null) context.addIssue("Cette date n’existe pas.");
    return date;
  });

const requiredDate = (missing: string) =>
  z.string({ error: missing }).transform((typed, context): PlainDate => {
    const date = parsePlainDate(typed);
    if (date !== null) return date;
    context.addIssue("Cette date n’existe pas.");
    return z.NEVER;
  });

/** « 12 », « 12,5 »; up to two decimals. Null when it is no number. */
export function parseReading(typed: string): number | null {
  const clean = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^-?\d{1,9}(\.\d{1,2})?$/.test(clean) ? Number(clean) : null;
}

const NOT_A_NUMBER = "Écrivez un nombre, comme 12 ou 12,5.";

const deliverableRow = z
  .object({
    key: cle,
    label: text(PLAN_LIMITS.longestLabel),
    dueOn: optionalDate,
  })
  .transform(({ key, label, dueOn }, context) => {
    if (label === "" && dueOn !== null)
      context.addIssue({
        code: "custom",
        path: ["label"],
        message: "Nommez ce livrable, ou videz sa date.",
      });
    return label === "" ? null : { key, label, dueOn };
  });

const indicatorRow = z
  .object({
    key: cle,
    label: text(PLAN_LIMITS.longestLabel),
    unit: text(40),
    target: z.string().optional(),
  })
  .transform(({ key, label, unit, target }, context) => {
    const value = target === undefined ? null : parseReading(target);
    if (target !== undefined && value === null)
      context.addIssue({
        code: "custom",
        path: ["target"],
        message: NOT_A_NUMBER,
      });
    if (label === "" && target !== undefined)
      context.addIssue({
        code: "custom",
        path: ["label"],
        message: "Nommez cet indicateur, ou videz sa cible.",
      });
    return label === "" ? null : { key, label, unit, target: value };
  });

const isRow = <Row>(row: Row | null): row is Row => row !== null;

export const actionSchema = z
  .object({
    known: z.string().default(""),
    key: cle,
    themeKey: z.string({ error: "Choisissez le thème de l’action." }),
    title: z
      .string({ error: "Nommez l’action." })
      .trim()
      .max(PLAN_LIMITS.longestTitle, "L’intitulé compte au plus 160 caractères."),
    objective: text(),
    ownerId: z.string().optional(),
    office: text(120),
    partners: text(400),
    territory: text(200),
    budget: z.string().optional(),
    startsOn: optionalDate,
    endsOn: optionalDate,
    objectiveKeys: keys,
    programmeKeys: keys,
    markers: z.array(z.enum(MARKERS)).default([]),
    inclusion: z.enum(["yes", "no"]).optional(),
    inclusionHow: text(600),
    deliverables: z
      .array(deliverableRow)
      .max(PLAN_LIMITS.mostDeliverables + BLANK_ROWS)
      .default([]),
    indicators: z
      .array(indicatorRow)
      .max(PLAN_LIMITS.mostIndicators + BLANK_ROWS)
      .default([]),
    isInternal: z.literal("on").optional(),
  })
  .transform((input, context) => {
    const budget = input.budget === undefined ? null : parseEuros(input.budget);
    const fail = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (budget !== null && !budget.ok) fail("budget", amountMessage(budget.refusal));
    if (budget?.ok && budget.value < 0) fail("budget", "Un budget négatif ne se prévoit pas.");
    if (input.office !== "" && input.ownerId === undefined)
      fail("ownerId", "Choisissez l’organisme qui porte l’action.");
    if (input.ownerId !== undefined && input.office === "")
      fail("office", "Indiquez la fonction qui porte l’action, par exemple « direction du CCAS ».");
    if (input.inclusion === undefined && input.inclusionHow !== "")
      fail("inclusion", "Dites si l’action est concernée.");
    if (input.inclusion !== undefined && input.inclusionHow === "")
      fail("inclusionHow", "Dites comment, ou pourquoi elle ne l’est pas.");
    if (input.startsOn !== null && input.endsOn !== null && input.endsOn < input.startsOn)
      fail("endsOn", "L’échéance précède le début de l’action.");
    const action: PlannedAction = {
      ...{
        key: input.key,
        themeKey: input.themeKey,
        title: input.title,
        objective: input.objective,
      },
      owner:
        input.ownerId === undefined
          ? null
          : {
              organizationId: input.ownerId as OrganizationId,
              office: input.office,
            },
      ...{
        partners: input.partners,
        territory: input.territory,
        startsOn: input.startsOn,
        endsOn: input.endsOn,
      },
      budget: budget?.ok ? budget.value : null,
      ...{
        objectiveKeys: input.objectiveKeys,
        programmeKeys: input.programmeKeys,
        markers: input.markers,
      },
      inclusion:
        input.inclusion === undefined ? null : { concerns: input.inclusion === "yes", how: input.inclusionHow },
      deliverables: input.deliverables.filter(isRow),
      indicators: input.indicators.filter(isRow),
      ...{ isInternal: input.isInternal === "on", carriedFrom: null },
    };
    return { known: input.known, action };
  });

export type ActionFields = z.input<typeof actionSchema>;
export const parseAction = (form: FormData) => parseWithZod(form, { schema: actionSchema });

const labelled = z.object({ key: cle, label: text(PLAN_LIMITS.longestLabel) });
const themeRow = labelled.extend({
  axisKey: z.string().default(""),
  withoutAction: text(600),
});

export const themesSchema = z
  .object({
    revision: z.coerce.number().int(),
    presentation: text(4_000),
    axes: z.array(labelled).max(20).default([]),
    themes: z
      .array(themeRow)
      .max(PLAN_LIMITS.mostThemes + BLANK_ROWS)
      .default([]),
  })
  .transform(({ axes, themes, ...rest }) => {
    const kept = axes.filter(({ label }) => label !== "");
    const first = kept[0]?.key ?? "";
    return {
      ...rest,
      axes: kept,
      themes: themes
        .filter(({ label }) => label !== "")
        .map(({ withoutAction, axisKey, ...theme }) => ({
          ...theme,
          axisKey: axisKey === "" ? first : axisKey,
          withoutAction: withoutAction === "" ? null : withoutAction,
        })),
    };
  });
export type ThemesFields = z.input<typeof themesSchema>;
export const parseThemes = (form: FormData) => parseWithZod(form, { schema: themesSchema });

const FRAME_KEYS = [
  "social-actors",
  "departmental-framework",
  "local-protocol",
  "free",
] as const satisfies readonly FrameKey[];
export const openPlanSchema = z.object({
  cle,
  annee: z.coerce.number().int(),
  cadre: z.enum(FRAME_KEYS).default("free"),
});
export const parseOpenPlan = (form: FormData) => parseWithZod(form, { schema: openPlanSchema });

const readingRow = z.object({
  indicatorKey: z.string(),
  value: z.string().optional(),
});

export const progressSchema = z
  .object({
    cle,
    state: z.enum(["in-progress", "done", "abandoned"], {
      error: "Dites où en est l’action.",
    }),
    note: text(),
    delivered: keys,
    readings: z.array(readingRow).max(PLAN_LIMITS.mostIndicators).default([]),
    file: z.file().optional(),
    title: text(160),
    visibility: z.enum(["members", "public"]).default("members"),
    link: z.string().trim().max(400).optional(),
    reference: text(300),
  })
  .transform(({ readings, link, ...rest }, context) => {
    if (link !== undefined && !/^https?:\/\/[^\s]+$/.test(link))
      context.addIssue({
        code: "custom",
        path: ["link"],
        message: "Écrivez une adresse complète, qui commence par https://.",
      });
    const read = readings.flatMap(({ indicatorKey, value }, index): readonly IndicatorReading[] => {
      if (value === undefined) return [];
      const number = parseReading(value);
      if (number === null)
        context.addIssue({
          code: "custom",
          path: ["readings", index, "value"],
          message: NOT_A_NUMBER,
        });
      return number === null ? [] : [{ indicatorKey, value: number }];
    });
    const evidence: Evidence[] = [];
    if (link !== undefined) evidence.push({ kind: "link", address: link });
    if (rest.reference !== "") evidence.push({ kind: "reference", text: rest.reference });
    return { ...rest, readings: read, evidence };
  });
export type ProgressFields = z.input<typeof progressSchema>;
export const parseProgress = (form: FormData) => parseWithZod(form, { schema: progressSchema });

export const roundSchema = z.object({
  cle,
  deadline: requiredDate("Indiquez la date limite de réponse."),
  message: text(),
});
export type RoundFields = z.input<typeof roundSchema>;
export const parseRound = (form: FormData) => parseWithZod(form, { schema: roundSchema });

export const extensionSchema = z.object({
  cle,
  deadline: requiredDate("Indiquez le nouveau dernier jour pour répondre."),
  reason: text(),
});
export type ExtensionFields = z.input<typeof extensionSchema>;
export const parseExtension = (form: FormData) => parseWithZod(form, { schema: extensionSchema });

export const followUpSchema = z.object({ cle, answer: text() });
export type FollowUpFields = z.input<typeof followUpSchema>;
export const parseFollowUp = (form: FormData) => parseWithZod(form, { schema: followUpSchema });

export const ruleSchema = z
  .object({
    cle,
    silence: z.enum(["no", "yes"], {
      error: "Dites ce que vaut le silence du Département.",
    }),
    days: z.string().optional(),
    late: z.enum(["marked", "refused"], {
      error: "Dites ce que devient un avis tardif.",
    }),
    basis: z.string().optional(),
  })
  .transform(({ cle: key, silence, days, late, basis }, context) => {
    const count = days === undefined ? Number.NaN : Number(days);
    if (silence === "yes" && !Number.isInteger(count))
      context.addIssue({
        code: "custom",
        path: ["days"],
        message: "Indiquez un nombre de jours entiers, 0 compris.",
      });
    return {
      cle: key,
      silenceDays: silence === "yes" ? count : null,
      late,
      basis: basis ?? null,
    };
  });
export type RuleFields = z.input<typeof ruleSchema>;
export const parseRule = (form: FormData) => parseWithZod(form, { schema: ruleSchema });

export const opinionSchema = z.object({
  cle,
  known: z.string().optional(),
  opinion: z.enum(OPINIONS, { error: "Choisissez un avis." }),
  reason: text(),
  comment: text(),
});
export type OpinionFields = z.input<typeof opinionSchema>;
export const parseOpinion = (form: FormData) => parseWithZod(form, { schema: opinionSchema });

export const visaSchema = z.object({
  fingerprint: z.string(),
  kind: z.enum(["approved", "approved-with-reserves", "refused"], {
    error: "Choisissez la réponse du Département.",
  }),
  comment: text(),
  fill: z.literal("on").optional(),
});
export type VisaFields = z.input<typeof visaSchema>;
export const parseVisa = (form: FormData) => parseWithZod(form, { schema: visaSchema });

export const PROTOCOL_MODEL_KEYS = [
  "social-actors",
  "local-protocol",
  "departmental-framework",
] as const satisfies readonly ProtocolModel[];
export const openProtocolSchema = z.object({
  cle,
  modele: z.enum(PROTOCOL_MODEL_KEYS).default("social-actors"),
});
export const parseOpenProtocol = (form: FormData) => parseWithZod(form, { schema: openProtocolSchema });

const criterionRow = labelled.extend({
  question: text(400),
  source: text(160),
});
export const protocolSchema = z
  .object({
    method: text(),
    criteria: z.array(criterionRow).max(40).default([]),
  })
  .transform(({ method, criteria }) => ({
    method,
    criteria: criteria.filter(({ label }) => label !== ""),
  }));
export type ProtocolFields = z.input<typeof protocolSchema>;
export const parseProtocol = (form: FormData) => parseWithZod(form, { schema: protocolSchema });

export const openReportSchema = z.object({
  cle,
  annee: z.coerce.number().int(),
  periode: z.enum(["half-year", "year"], {
    error: "Choisissez le semestre ou l’année.",
  }),
});
export const parseOpenReport = (form: FormData) => parseWithZod(form, { schema: openReportSchema });

export const scoreSchema = z.object({
  cle,
  score: z.string({ error: "Choisissez une note de 1 à 4." }).transform((typed, context): Score => {
    const score = SCORES.find((each) => String(each) === typed);
    if (score !== undefined) return score;
    context.addIssue("Choisissez une note de 1 à 4.");
    return z.NEVER;
  }),
  narrative: text(4_000),
});
export type ScoreFields = z.input<typeof scoreSchema>;
export const parseScore = (form: FormData) => parseWithZod(form, { schema: scoreSchema });

export const partnershipSchema = z.object({
  cle,
  known: z.string().optional(),
  department: text(),
  towns: text(),
  together: text(),
});
export type PartnershipFields = z.input<typeof partnershipSchema>;
export const parsePartnership = (form: FormData) => parseWithZod(form, { schema: partnershipSchema });

export const practiceSchema = z.object({
  revision: z.coerce.number().int().default(0),
  title: z.string({ error: "Donnez un titre à la fiche." }).trim().max(160, "Le titre compte au plus 160 caractères."),
  actionKey: z.string().optional(),
  need: text(),
  done: text(),
  results: text(),
  conditions: text(),
  contact: text(200),
});
export type PracticeFields = z.input<typeof practiceSchema>;
export const parsePractice = (form: FormData) => parseWithZod(form, { schema: practiceSchema });

export const spreadSchema = z.object({
  cle,
  channel: z.enum(CHANNELS, { error: "Choisissez le support." }),
  on: requiredDate("Indiquez la date de diffusion."),
  reference: text(300),
});
export type SpreadFields = z.input<typeof spreadSchema>;
export const parseSpread = (form: FormData) => parseWithZod(form, { schema: spreadSchema });
