import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import { LIBRARY_ACCESSES, LIBRARY_KINDS } from "~/domain/library/library";
import { DISPOSAL_OUTCOMES, FATES } from "~/domain/library/retention";

const key = z.string().refine(isId);
const title = z
  .string({ error: "Donnez un titre." })
  .trim()
  .min(2, "Donnez un titre.")
  .max(160, "Le titre compte au plus 160 caractères.");
const kind = z.enum(LIBRARY_KINDS, { error: "Choisissez la sorte de document." });
const access = z.enum(LIBRARY_ACCESSES, { error: "Dites qui peut lire ce document." });
const note = z.string().trim().max(500, "La note compte au plus 500 caractères.").optional();
const file = z.file({ error: "Choisissez un fichier." });
const date = (message: string) =>
  z
    .string({ error: message })
    .trim()
    .refine((text) => parsePlainDate(text) !== null, message);
const optionalDate = z
  .string()
  .trim()
  .refine((text) => parsePlainDate(text) !== null, "Cette date n’existe pas : écrivez-la AAAA-MM-JJ.")
  .optional();

export const documentSchema = z.object({ cle: key, title, kind, access, dutyStartsOn: optionalDate, note, file });
export const versionSchema = z.object({
  cle: key,
  file,
  note: z
    .string({ error: "Dites ce qui change." })
    .trim()
    .min(3, "Dites ce qui change.")
    .max(500, "La note compte au plus 500 caractères."),
});
export const sheetSchema = z.object({
  revision: z.coerce.number().int(),
  title,
  kind,
  access,
  dutyStartsOn: optionalDate,
});
export const ruleSchema = z.object({
  kind,
  /** Empty: as long as the network lives. */
  years: z.coerce
    .number({ error: "Écrivez un nombre d’années." })
    .int("Écrivez un nombre entier d’années.")
    .min(1, "Une année au moins.")
    .max(100, "Cent ans au plus : laissez vide pour une durée sans fin.")
    .optional(),
  fate: z.enum(FATES, { error: "Choisissez le sort final." }),
  note,
});
export const disposalSchema = z.object({
  outcome: z.enum(DISPOSAL_OUTCOMES, { error: "Dites ce qui est fait du document." }),
  visaReference: z
    .string({ error: "Donnez la référence du visa." })
    .trim()
    .min(3, "Donnez la référence du visa.")
    .max(160, "La référence compte au plus 160 caractères."),
  visaOn: date("Donnez la date du visa."),
  reason: z.string({ error: "Dites pourquoi." }).trim().min(3, "Dites pourquoi.").max(500),
  confirm: z.literal("on", { error: "Cochez la case : rien ne se fait sans votre confirmation." }),
});

export type DocumentFields = z.input<typeof documentSchema>;
export type VersionFields = z.input<typeof versionSchema>;
export type SheetFields = z.input<typeof sheetSchema>;
export type RuleFields = z.input<typeof ruleSchema>;
export type DisposalFields = z.input<typeof disposalSchema>;

export function parseForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod(form, { schema });
}

export function toDate(text: string | undefined): PlainDate | null {
  return text === undefined ? null : parsePlainDate(text);
}
