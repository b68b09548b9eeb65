import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const key = z.string().refine(isId);
const date = z
  .string({ error: "Donnez la date d’effet." })
  .trim()
  .refine((text) => parsePlainDate(text) !== null, "Cette date n’existe pas : écrivez-la AAAA-MM-JJ.");
const basis = z
  .string({ error: "Dites quel acte le décide." })
  .trim()
  .min(5, "Dites quel acte le décide.")
  .max(300, "L’acte se dit en 300 caractères au plus.");
const organization = z.string({ error: "Choisissez un organisme." }).refine(isId, "Choisissez un organisme.");

export const leadChangeSchema = z.object({ cle: key, from: organization, to: organization, onDate: date, basis });
export const exitSchema = z.object({ cle: key, organization, onDate: date, basis });

/** @param name of the network, to be typed again: the end is not undone */
export function endSchema(name: string) {
  return z.object({
    cle: key,
    onDate: date,
    basis,
    name: z
      .string({ error: "Recopiez le nom du réseau." })
      .trim()
      .refine((text) => text.toLowerCase() === name.toLowerCase(), "Ce n’est pas le nom du réseau : recopiez-le."),
  });
}

export type LeadChangeFields = z.input<typeof leadChangeSchema>;
export type ExitFields = z.input<typeof exitSchema>;
export type EndFields = z.input<ReturnType<typeof endSchema>>;

export function parseForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod(form, { schema });
}
