import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";

export const DOCUMENT_VISIBILITIES = ["members", "public"] as const;

export const documentSchema = z.object({
  cle: z.string().refine(isId),
  file: z.file({ error: "Choisissez un fichier." }),
  title: z.string().trim().max(160, "Le titre compte au plus 160 caractères.").optional(),
  visibility: z.enum(DOCUMENT_VISIBILITIES, { error: "Dites qui peut lire ce document." }),
  agendaItemId: z.string().refine(isId, "Ce point n’existe pas.").optional(),
});

export type DocumentFields = z.input<typeof documentSchema>;
export type DocumentInput = z.output<typeof documentSchema>;

/** @param form what a `multipart/form-data` form sent */
export function parseDocument(form: FormData) {
  return parseWithZod(form, { schema: documentSchema });
}
