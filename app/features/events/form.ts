import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import { ACTOR_TYPES } from "./messages.fr";

const optionalDate = z
  .string()
  .default("")
  .transform((text, context): PlainDate | null => {
    if (text.trim() === "") return null;
    const date = parsePlainDate(text);
    if (date === null) context.addIssue("Cette date ne se lit pas : jour, mois, année.");
    return date;
  });

const annualDaySchema = z.object({
  cle: z.string().refine(isId),
  year: z.coerce.number().int().min(2000).max(2100),
  revision: z.coerce.number().int().min(0).default(0),
  title: z
    .string({ error: "Donnez un titre à la journée." })
    .trim()
    .min(3, "Le titre compte au moins 3 caractères.")
    .max(150, "Le titre compte au plus 150 caractères."),
  heldOn: optionalDate,
  place: z.string().trim().max(200, "Le lieu compte au plus 200 caractères.").default(""),
  hostOrganizationId: z.string().default(""),
  programme: z.string().max(20_000, "Le programme compte au plus 20 000 caractères.").default(""),
  cost: z
    .string()
    .default("")
    .transform((text, context) => {
      if (text.trim() === "") return null;
      const amount = parseEuros(text);
      if (amount.ok && amount.value >= 0) return amount.value;
      context.addIssue("Ce coût ne se lit pas : écrivez-le en euros, comme 1234,56.");
      return z.NEVER;
    }),
});
export type AnnualDayFields = z.input<typeof annualDaySchema>;
export type AnnualDayInput = z.output<typeof annualDaySchema>;
export const parseAnnualDay = (form: FormData) => parseWithZod(form, { schema: annualDaySchema });

const registrationSchema = z.object({
  cle: z.string().refine(isId),
  actorType: z.enum(ACTOR_TYPES, { error: "Dites de quels acteurs il s’agit." }),
  organization: z.string().trim().max(120, "Le nom compte au plus 120 caractères.").default(""),
  headcount: z.coerce
    .number({ error: "Indiquez un nombre de personnes." })
    .int("Un nombre entier de personnes.")
    .min(-10_000)
    .max(10_000, "Dix mille personnes au plus."),
});
export type RegistrationFields = z.input<typeof registrationSchema>;
export type RegistrationInput = z.output<typeof registrationSchema>;
export const parseRegistration = (form: FormData) => parseWithZod(form, { schema: registrationSchema });
