import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";

/** « seat.person »: who sits for what, in one field. */
const officer = z
  .string({ error: "Indiquez qui préside la séance." })
  .refine(
    (text) => text.split(".").length === 2 && text.split(".").every(isId),
    "Choisissez une personne dans la liste.",
  )
  .transform((text) => {
    const [seatId = "", personId = ""] = text.split(".");
    return { seatId, personId };
  });

const openSessionSchema = z.object({
  presidence: officer,
  secretaire: z
    .string({ error: "Indiquez qui est secrétaire de séance." })
    .refine(isId, "Choisissez une personne dans la liste."),
});

export type OpenSessionFields = z.input<typeof openSessionSchema>;

export function parseOpenSession(form: FormData) {
  return parseWithZod(form, { schema: openSessionSchema });
}

const takeUpSchema = z.object({ cle: z.string().refine(isId), point: z.string().refine(isId) });

export function parseTakeUp(form: FormData) {
  return parseWithZod(form, { schema: takeUpSchema });
}
