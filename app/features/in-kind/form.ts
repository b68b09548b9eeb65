import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { RESOURCE_KINDS } from "~/domain/in-kind/booking";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parseLocalDateTime } from "~/domain/kernel/paris-time";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import { bookingMessage } from "./messages.fr";

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN);

const optionalDate = z
  .string()
  .optional()
  .transform((text, context): PlainDate | null => {
    if (text === undefined) return null;
    const date = parsePlainDate(text);
    if (date) return date;
    context.addIssue("Cette date ne se lit pas : choisissez un jour du calendrier.");
    return z.NEVER;
  });

export const offerSchema = z
  .object({
    cle: z.string().refine(isId),
    organizationId: z.string({ error: "Choisissez le CCAS." }).refine(isId, "Choisissez le CCAS."),
    kind: z.enum(RESOURCE_KINDS, { error: "Choisissez la nature." }),
    label: z
      .string({ error: "Donnez un nom." })
      .trim()
      .min(3, "Donnez un nom, en trois caractères au moins.")
      .max(120, "Le nom compte au plus 120 caractères."),
    noticeDays: z
      .string({ error: "Indiquez le délai, en jours." })
      .transform(whole)
      .refine((days) => days >= 0 && days <= 365, "Le délai va de 0 à 365 jours."),
    unit: z
      .string({ error: "Indiquez l’unité : heure, demi-journée, jour, utilisation." })
      .trim()
      .min(1, "Indiquez l’unité : heure, demi-journée, jour, utilisation.")
      .max(40, "L’unité compte au plus 40 caractères."),
    unitValue: z
      .string()
      .optional()
      .transform((text, context) => {
        if (text === undefined) return null;
        const read = parseEuros(text);
        if (read.ok && read.value >= 0 && read.value <= 10_000_000) return read.value;
        context.addIssue("Cette valeur ne se lit pas : écrivez-la en euros, comme 12,50, jusqu’à 100 000 €.");
        return z.NEVER;
      }),
    valueBasis: z.string().trim().max(200, "Le fondement compte au plus 200 caractères.").default(""),
    lentUntil: optionalDate,
  })
  .refine(({ unitValue, valueBasis }) => unitValue === null || valueBasis.length >= 3, {
    path: ["valueBasis"],
    error: "Dites sur quoi repose la valeur : tarif public de la salle, délibération, facture d’énergie…",
  });
export type OfferFields = z.input<typeof offerSchema>;
export type OfferInput = z.output<typeof offerSchema>;

export function parseOffer(form: FormData) {
  return parseWithZod(form, { schema: offerSchema });
}

export const lastDaySchema = z.object({
  lastDay: z.string({ error: "Choisissez le dernier jour." }).transform((text, context): PlainDate => {
    const date = parsePlainDate(text);
    if (date) return date;
    context.addIssue("Cette date ne se lit pas : choisissez un jour du calendrier.");
    return z.NEVER;
  }),
});
export type LastDayFields = z.input<typeof lastDaySchema>;

export function parseLastDay(form: FormData) {
  return parseWithZod(form, { schema: lastDaySchema });
}

const moment = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const read = parseLocalDateTime(text);
    if (read) return read;
    context.addIssue("Cette date et cette heure ne se lisent pas : choisissez un jour, puis une heure.");
    return z.NEVER;
  });

export const bookSchema = z.object({
  cle: z.string().refine(isId),
  startsAt: moment("Indiquez le début."),
  endsAt: moment("Indiquez la fin."),
  quantity: z
    .string({ error: bookingMessage("quantity-not-positive") })
    .transform(whole)
    .refine((units) => units >= 1 && units <= 10_000, bookingMessage("quantity-not-positive")),
  purpose: z
    .string({ error: bookingMessage("purpose-missing") })
    .trim()
    .min(3, bookingMessage("purpose-missing"))
    .max(200, "Le but compte au plus 200 caractères."),
  axis: z.enum(EXPENSE_AXES, { error: "Choisissez l’action de la convention que cet usage sert." }),
  meetingId: z
    .string()
    .optional()
    .transform((text) => text ?? null),
});
export type BookFields = z.input<typeof bookSchema>;
export type BookInput = z.output<typeof bookSchema>;

export function parseBooking(form: FormData) {
  return parseWithZod(form, { schema: bookSchema });
}

export const answerSchema = z.object({
  answer: z.enum(["accept", "refuse"], { error: "Choisissez : accepter ou refuser." }),
  reason: z.string().trim().max(300, "Le motif compte au plus 300 caractères.").default(""),
});
export type AnswerFields = z.input<typeof answerSchema>;
export type AnswerInput = z.output<typeof answerSchema>;

export function parseAnswer(form: FormData) {
  return parseWithZod(form, { schema: answerSchema });
}
