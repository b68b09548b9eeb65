import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { isPartnerKind } from "~/domain/needs-analysis/observation";

const key = z.string().refine(isId);
const date = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const value = parsePlainDate(text.trim());
    if (value !== null) return value;
    context.addIssue(
      "Cette date n’existe pas\u00a0: écrivez-la comme 2027-06-14, ou choisissez-la dans le calendrier.",
    );
    return z.NEVER;
  });

export const startSchema = z.object({
  cle: key,
  title: z
    .string({ error: "Donnez un titre au rapport." })
    .trim()
    .min(5, "Le titre compte au moins 5 caractères.")
    .max(160, "Le titre compte au plus 160 caractères."),
  renewalYear: z.coerce
    .number({ error: "Indiquez l’année du renouvellement." })
    .int("Indiquez une année entière.")
    .min(2014, "Indiquez l’année du renouvellement général, par exemple 2026.")
    .max(2100, "Indiquez l’année du renouvellement général, par exemple 2026."),
});
export type StartFields = { cle: string; title: string; renewalYear: string };
export type StartInput = z.output<typeof startSchema>;
export const parseStart = (form: FormData) => parseWithZod(form, { schema: startSchema });

export type TypedChapter = { readonly title: string; readonly markdown: string; readonly revision: number };

export function readTypedChapter(form: FormData): TypedChapter {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const revision = Number(text("revision"));
  return {
    title: text("titre"),
    markdown: text("texte"),
    revision: Number.isSafeInteger(revision) && revision >= 0 ? revision : 0,
  };
}

export const chapterSchema = z.object({
  cle: key,
  title: z
    .string({ error: "Donnez un titre au chapitre." })
    .trim()
    .min(3, "Le titre compte au moins 3 caractères.")
    .max(160, "Le titre compte au plus 160 caractères."),
});
export type ChapterInput = z.output<typeof chapterSchema>;
export const parseChapter = (form: FormData) => parseWithZod(form, { schema: chapterSchema });

export const arrangeSchema = z.object({
  chapterId: key,
  act: z.enum(["up", "down", "remove", "restore"]),
  place: z.coerce.number().int().min(0).max(500),
});
export type ArrangeInput = z.output<typeof arrangeSchema>;
export const parseArrange = (form: FormData) => parseWithZod(form, { schema: arrangeSchema });

export const partnerSchema = z.object({
  cle: key,
  name: z
    .string({ error: "Nommez l’organisme consulté." })
    .trim()
    .min(2, "Nommez l’organisme consulté.")
    .max(160, "Le nom compte au plus 160 caractères."),
  kind: z.string({ error: "Choisissez le type de partenaire." }).refine(isPartnerKind, "Choisissez dans la liste."),
  consultedOn: date("Indiquez la date de la consultation."),
  manner: z
    .string({ error: "Dites comment : réunion, questionnaire, entretien…" })
    .trim()
    .min(3, "Dites comment : réunion, questionnaire, entretien…")
    .max(300, "La manière compte au plus 300 caractères."),
});
export type PartnerFields = z.input<typeof partnerSchema>;
export type PartnerInput = z.output<typeof partnerSchema>;
export const parsePartner = (form: FormData) => parseWithZod(form, { schema: partnerSchema });

export const presentationSchema = z.object({
  cle: key,
  seatId: z.string({ error: "Choisissez le CCAS." }).refine(isId, "Choisissez le CCAS."),
  kind: z.enum(["planned", "presented"], { error: "Dites si la présentation est prévue ou faite." }),
  onDate: date("Indiquez la date du conseil d’administration."),
  reference: z.string().trim().max(160, "La référence compte au plus 160 caractères.").default(""),
});
export type PresentationFields = z.input<typeof presentationSchema>;
export type PresentationInput = z.output<typeof presentationSchema>;
export const parsePresentation = (form: FormData) => parseWithZod(form, { schema: presentationSchema });

export const adoptionSchema = z.object({
  /** What was shown when the person confirmed. */
  fingerprint: z.string().max(64).default(""),
  decision: z.string().default(""),
  body: z.string().trim().max(160, "Le nom compte au plus 160 caractères.").default(""),
  actReference: z.string().trim().max(160, "La référence compte au plus 160 caractères.").default(""),
  adoptedOn: z.string().default(""),
});
export type AdoptionFields = z.input<typeof adoptionSchema>;
export type AdoptionInput = z.output<typeof adoptionSchema>;
export const parseAdoption = (form: FormData) => parseWithZod(form, { schema: adoptionSchema });
