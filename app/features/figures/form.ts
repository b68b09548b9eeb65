import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { DATASET_LABELS } from "./messages.fr";

export const importSchema = z
  .object({
    cle: z.string().refine(isId),
    jeu: z
      .string({ error: "Dites de quel jeu il s’agit." })
      .refine((kind) => DATASET_LABELS[kind] !== undefined, "Ce jeu n’est pas connu."),
    /** Name of the file that was sent; its bytes are on the disk already. */
    fichier: z.string().optional(),
    depose: z.string().optional(),
    millesime: z
      .string()
      .regex(/^\d{4}(-\d{4})?$/, "Une année, ou deux : 2021, 2020-2024.")
      .optional(),
    geographie: z
      .string()
      .refine((text) => parsePlainDate(text) !== null, "Une date : 2024-01-01.")
      .optional(),
    adresse: z.url("L’adresse de la page où le fichier a été pris, en https.").optional(),
    extrait: z.literal("on").optional(),
    acte: z.enum(["simuler", "importer"]),
  })
  .refine(({ fichier, depose }) => (fichier ?? "") !== "" || (depose ?? "") !== "", {
    message: "Choisissez un fichier, ou l’un de ceux qui sont déposés.",
    path: ["fichier"],
  });

export type ImportFields = z.input<typeof importSchema>;

export function parseImport(form: FormData) {
  return parseWithZod(form, { schema: importSchema });
}
