import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";

export const conveneSchema = z.object({
  cle: z.string().refine(isId),
  revision: z.coerce.number().int().min(1),
  urgencyReason: z.string().trim().max(1000, "Le motif compte au plus 1 000 caractères.").optional(),
});

export type ConveneFields = z.input<typeof conveneSchema>;
export type ConveneInput = z.output<typeof conveneSchema>;

export function parseConvene(form: FormData) {
  return parseWithZod(form, { schema: conveneSchema });
}

export const REPLY_KINDS = ["present", "remote", "absent", "absent-with-proxy"] as const;

export const replySchema = z
  .object({
    choice: z.enum(REPLY_KINDS, { error: "Choisissez une réponse." }),
    holderSeatId: z.string().refine(isId, "Choisissez un siège de la liste.").optional(),
    comment: z.string().trim().max(500, "Le message compte au plus 500 caractères.").default(""),
  })
  .refine(({ choice, holderSeatId }) => choice !== "absent-with-proxy" || holderSeatId !== undefined, {
    error: "Choisissez le siège à qui le pouvoir est donné.",
    path: ["holderSeatId"],
  });

export type ReplyFields = z.input<typeof replySchema>;
export type ReplyInput = z.output<typeof replySchema>;

export function parseReply(form: FormData) {
  return parseWithZod(form, { schema: replySchema });
}
