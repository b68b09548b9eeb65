import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { isPartnerKind, OBSERVATION_LIMITS } from "~/domain/needs-analysis/observation";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";

const isTheme = (text: string): text is ThemeCode => Object.hasOwn(THEMES, text);

export const observationSchema = z.object({
  cle: z.string().refine(isId),
  observedOn: z.string({ error: "Indiquez la date." }).transform((text, context) => {
    const value = parsePlainDate(text.trim());
    if (value !== null) return value;
    context.addIssue(
      "Cette date n’existe pas\u00a0: écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.",
    );
    return z.NEVER;
  }),
  partnerKind: z.string({ error: "Dites quel partenaire observe." }).refine(isPartnerKind, "Choisissez dans la liste."),
  office: z
    .string({ error: "Nommez le service, jamais la personne." })
    .trim()
    .min(3, "Nommez le service, jamais la personne.")
    .max(OBSERVATION_LIMITS.office, "Le service compte au plus 160 caractères."),
  theme: z.string({ error: "Choisissez un thème." }).refine(isTheme, "Choisissez dans la liste."),
  communeCode: z.string().optional(),
  text: z
    .string({ error: "Écrivez l’observation." })
    .trim()
    .min(20, "Écrivez l’observation en une phrase au moins.")
    .max(OBSERVATION_LIMITS.text, "L’observation compte au plus 3 000 caractères."),
});

export type ObservationFields = z.input<typeof observationSchema>;
export type ObservationInput = z.output<typeof observationSchema>;

export function parseObservation(form: FormData) {
  return parseWithZod(form, { schema: observationSchema });
}

export const decisionSchema = z.object({
  cle: z.string().refine(isId),
  outcome: z.enum(["members", "public", "rejected"], { error: "Choisissez qui pourra lire l’observation." }),
  note: z.string().trim().max(OBSERVATION_LIMITS.note, "Le motif compte au plus 500 caractères.").default(""),
});

export type DecisionInput = z.output<typeof decisionSchema>;

export function parseDecision(form: FormData) {
  return parseWithZod(form, { schema: decisionSchema });
}
