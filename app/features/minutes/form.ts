import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { LONGEST_COMMENT, LONGEST_PROSE } from "~/domain/minutes/corrections";
import type { TypedBlock } from "./commands.server";

/** The slots of the editing form: three fields each, « texte:<key> », « interne:<key> », « revision:<key> ». */
export function readTypedBlocks(form: FormData): readonly TypedBlock[] {
  return [...form.entries()].flatMap(([name, value]) => {
    if (!name.startsWith("texte:") || typeof value !== "string") return [];
    const key = name.slice("texte:".length);
    const revision = Number(form.get(`revision:${key}`));
    return [
      {
        key,
        markdown: value,
        internal: form.get(`interne:${key}`) !== null,
        revision: Number.isSafeInteger(revision) && revision >= 0 ? revision : 0,
      },
    ];
  });
}

export const correctionSchema = z.object({
  cle: z.string().refine(isId),
  bloc: z.string({ error: "Choisissez la partie à corriger." }),
  texte: z.string().max(LONGEST_PROSE, "Le texte proposé compte au plus 20 000 caractères.").default(""),
  motif: z
    .string({ error: "Dites en une phrase pourquoi." })
    .trim()
    .min(3, "Dites en une phrase pourquoi.")
    .max(LONGEST_COMMENT, "Le motif compte au plus 1 000 caractères."),
});

export function parseCorrection(form: FormData) {
  return parseWithZod(form, { schema: correctionSchema });
}

export const rectifySchema = z.object({
  cle: z.string().refine(isId),
  texte: z
    .string({ error: "Écrivez la correction." })
    .trim()
    .min(10, "Écrivez la correction en une phrase au moins.")
    .max(4000, "La correction compte au plus 4 000 caractères."),
});

export function parseRectification(form: FormData) {
  return parseWithZod(form, { schema: rectifySchema });
}
