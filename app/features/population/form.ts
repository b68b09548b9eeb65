import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";

/** The page where INSEE publishes the populations. */
export const INSEE_PAGE = "https://www.insee.fr/fr/information/2008354";

const sentFileSchema = z.object({
  jeu: z.enum(["populations", "mouvements"], { error: "Choisissez ce que le fichier contient." }),
  millesime: z
    .string()
    .trim()
    .regex(/^\d{4}$/, "Le millésime est une année, comme 2023.")
    .optional(),
  adresse: z
    .url({ protocol: /^https?$/, error: "L’adresse commence par https://." })
    .max(500, "L’adresse compte au plus 500 caractères.")
    .optional(),
  acte: z.enum(["simuler", "importer"]),
  /** The file that a simulation kept. */
  garde: z.string().max(64).optional(),
});
export type SentFileFields = z.input<typeof sentFileSchema>;

export const parseSentFile = (form: FormData) => parseWithZod(form, { schema: sentFileSchema });
