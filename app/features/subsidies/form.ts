import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parseEuros, ZERO_CENTS } from "~/domain/kernel/money";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { isSiret, SUBSIDY_NATURES } from "~/domain/subsidy/subsidy";
import { amountMessage } from "./messages.fr";

const day = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const date = parsePlainDate(text);
    if (date) return date;
    context.addIssue("Cette date ne se lit pas : choisissez un jour du calendrier.");
    return z.NEVER;
  });

const amount = z.string({ error: amountMessage("amount-empty") }).transform((text, context) => {
  const read = parseEuros(text);
  if (!read.ok) context.addIssue(amountMessage(read.refusal));
  else if (read.value >= 1) return read.value;
  else context.addIssue("Le montant est d’un centime au moins.");
  return z.NEVER;
});

const optionalAmount = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined) return ZERO_CENTS;
    const read = parseEuros(text);
    if (read.ok) return read.value;
    context.addIssue(amountMessage(read.refusal));
    return z.NEVER;
  });

export const requestSubsidySchema = z.object({
  cle: z.string().refine(isId),
  year: z.coerce
    .number({ error: "Indiquez l’année." })
    .int("Indiquez une année entière.")
    .min(2000, "L’année va de 2000 à 2100.")
    .max(2100, "L’année va de 2000 à 2100."),
  funder: z
    .string({ error: "Indiquez le financeur." })
    .trim()
    .min(2, "Indiquez le financeur.")
    .max(160, "Le nom du financeur compte au plus 160 caractères."),
  funderSiret: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return null;
      const siret = text.replace(/\s/g, "");
      if (isSiret(siret)) return siret;
      context.addIssue("Ce SIRET n’est pas valide : quatorze chiffres, dont le dernier contrôle les autres.");
      return z.NEVER;
    }),
  isCofunding: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
  object: z
    .string({ error: "Dites l’objet de la demande." })
    .trim()
    .min(3, "Dites l’objet de la demande, en trois caractères au moins.")
    .max(256, "L’objet compte au plus 256 caractères."),
  requested: amount,
  requestedOn: day("Indiquez le jour de la demande."),
  nature: z.enum(SUBSIDY_NATURES, { error: "Choisissez la nature de l’aide." }),
  conditions: z
    .string({ error: "Dites comment l’aide est versée : unique, échelonné, ou en quelques mots." })
    .trim()
    .min(1, "Dites comment l’aide est versée : unique, échelonné, ou en quelques mots.")
    .max(256, "Les conditions de versement comptent au plus 256 caractères."),
});
export type RequestSubsidyFields = z.input<typeof requestSubsidySchema>;
export type RequestSubsidyInput = z.output<typeof requestSubsidySchema>;
export function parseRequestSubsidy(form: FormData) {
  return parseWithZod(form, { schema: requestSubsidySchema });
}

export const answerSchema = z.object({
  answer: z.enum(["agreed", "declined"], { error: "Choisissez la réponse du financeur." }),
  on: day("Indiquez le jour de la réponse."),
  granted: optionalAmount,
  reference: z.string().trim().max(120, "La référence compte au plus 120 caractères.").default(""),
});
export type AnswerFields = z.input<typeof answerSchema>;
export type AnswerInput = z.output<typeof answerSchema>;
export function parseAnswer(form: FormData) {
  return parseWithZod(form, { schema: answerSchema });
}

export const paymentSchema = z.object({
  on: day("Indiquez le jour du versement."),
  paid: amount,
  reference: z.string().trim().max(120, "La référence compte au plus 120 caractères.").default(""),
});
export type PaymentFields = z.input<typeof paymentSchema>;
export type PaymentInput = z.output<typeof paymentSchema>;
export function parsePayment(form: FormData) {
  return parseWithZod(form, { schema: paymentSchema });
}

export const informationSchema = z.object({ on: day("Indiquez le jour où le Département a été informé.") });
export type InformationFields = z.input<typeof informationSchema>;
export function parseInformation(form: FormData) {
  return parseWithZod(form, { schema: informationSchema });
}
