import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { amountMessage } from "~/documents/money-words";
import { BUDGET_LIMITS } from "~/domain/budget/budget";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { writeMessage } from "./messages.fr";

/** Rows that the form offers beyond the lines written already; those left empty are no lines. */
export const BLANK_ROWS = 4;

const rowSchema = z
  .object({
    id: z.string().refine(isId),
    label: z.string().trim().optional(),
    axis: z.enum(EXPENSE_AXES).optional(),
    amount: z.string().optional(),
  })
  .transform(({ id, label = "", axis, amount = "" }, context) => {
    if (label === "" && amount.trim() === "") return null;
    const fail = (path: "label" | "axis" | "amount", message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const cents = parseEuros(amount);
    if (label === "") fail("label", "Nommez cette ligne, ou videz aussi son montant.");
    if (label.length > BUDGET_LIMITS.longestLabel)
      fail("label", "L’intitulé d’une ligne compte au plus 120 caractères.");
    if (axis === undefined) fail("axis", "Choisissez l’axe de la convention.");
    if (!cents.ok) fail("amount", amountMessage(cents.refusal));
    else if (cents.value < 0) fail("amount", "Un montant négatif ne se prévoit pas.");
    if (!cents.ok || axis === undefined) return z.NEVER;
    return { id, label, axis, amount: cents.value, nature: "operating" as const };
  });

export const forecastSchema = z.object({
  known: z.string(),
  note: z.string().trim().max(4000, "La note compte au plus 4 000 caractères.").default(""),
  lines: z
    .array(rowSchema)
    .max(BUDGET_LIMITS.mostLines + BLANK_ROWS)
    .transform((rows, context) => {
      const lines = rows.filter((row) => row !== null);
      if (lines.length === 0)
        context.addIssue({
          code: "custom",
          message: writeMessage({ kind: "forecast-faulty", faults: [{ kind: "no-line" }] }),
        });
      return lines;
    }),
});

export type ForecastFields = z.input<typeof forecastSchema>;
export type ForecastInput = z.output<typeof forecastSchema>;

export function parseForecast(form: FormData) {
  return parseWithZod(form, { schema: forecastSchema });
}

export const accountSchema = z
  .object({
    code: z
      .string({ error: "Indiquez le numéro du compte." })
      .trim()
      .regex(/^\d{3,10}$/, "Un numéro de compte compte de 3 à 10 chiffres, sans espace."),
    label: z
      .string({ error: "Indiquez l’intitulé du compte." })
      .trim()
      .min(2, "Indiquez l’intitulé du compte.")
      .max(120, "L’intitulé compte au plus 120 caractères."),
    verifiedBy: z.string().trim().max(120, "Ce nom compte au plus 120 caractères.").optional(),
    verifiedOn: z
      .string()
      .transform((text, context) => {
        const date = parsePlainDate(text);
        if (date !== null) return date;
        context.addIssue("Cette date n’existe pas.");
        return z.NEVER;
      })
      .optional(),
  })
  .superRefine(({ verifiedBy, verifiedOn }, context) => {
    const message = "Dites qui a vérifié ce compte et quand, ou laissez les deux champs vides.";
    if (verifiedBy === undefined && verifiedOn !== undefined)
      context.addIssue({ code: "custom", path: ["verifiedBy"], message });
    if (verifiedBy !== undefined && verifiedOn === undefined)
      context.addIssue({ code: "custom", path: ["verifiedOn"], message });
  });

export type AccountFields = z.input<typeof accountSchema>;
export type AccountInput = z.output<typeof accountSchema>;

export function parseAccount(form: FormData) {
  return parseWithZod(form, { schema: accountSchema });
}
