import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId, type SeatId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { CHOICES, type Choice } from "~/domain/voting/poll";

const QUESTION_LIMITS = { shortest: 3, longest: 200, body: 10_000 } as const;

const title = z
  .string({ error: "Écrivez la question mise aux voix." })
  .trim()
  .min(QUESTION_LIMITS.shortest, "La question compte au moins 3 caractères.")
  .max(QUESTION_LIMITS.longest, "La question compte au plus 200 caractères.");
const body = z.string().max(QUESTION_LIMITS.body, "Le texte compte au plus 10 000 caractères.").default("");

export const openPollSchema = z.object({
  cle: z.string().refine(isId),
  point: z.string().refine(isId),
  title,
  body,
  mode: z.enum(["public", "secret"], { error: "Choisissez comment l’on vote." }),
});
export type OpenPollFields = z.input<typeof openPollSchema>;
export type OpenPollInput = z.output<typeof openPollSchema>;

export function parseOpenPoll(form: FormData) {
  return parseWithZod(form, { schema: openPollSchema });
}

export const openConsultationSchema = z
  .object({
    cle: z.string().refine(isId),
    expenseId: z.string().refine(isId).optional(),
    title: title.optional(),
    body,
    deadline: z.string({ error: "Indiquez le dernier jour pour répondre." }).transform((text, context) => {
      const date = parsePlainDate(text.trim());
      if (date !== null) return date;
      context.addIssue("Cette date n’existe pas : écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.");
      return z.NEVER;
    }),
  })
  .refine((form) => form.expenseId !== undefined || form.title !== undefined, {
    path: ["title"],
    error: "Choisissez une dépense, ou écrivez la question mise aux voix.",
  });
export type OpenConsultationFields = z.input<typeof openConsultationSchema>;
export type OpenConsultationInput = z.output<typeof openConsultationSchema>;

export function parseOpenConsultation(form: FormData) {
  return parseWithZod(form, { schema: openConsultationSchema });
}

export function parseChoice(value: FormDataEntryValue | null): Choice | null {
  return CHOICES.find((choice) => choice === value) ?? null;
}

/** One voice: for which seat, and what. Null when one of the two is missing. */
export function parseBallot(form: FormData): { readonly seatId: SeatId; readonly choice: Choice | null } | null {
  const seatId = form.get("siege");
  if (typeof seatId !== "string" || !isId(seatId)) return null;
  return { seatId: seatId as SeatId, choice: parseChoice(form.get("choix")) };
}

const ROW = "choix-";

export function rowName(seatId: string): string {
  return ROW + seatId;
}

/** The lines of the secretary's grid that have a choice, and the choice for the empty ones. */
export function parseRoomGrid(form: FormData): {
  readonly choices: ReadonlyMap<SeatId, Choice>;
  readonly fill: Choice | null;
} {
  const choices = new Map<SeatId, Choice>();
  for (const [name, value] of form) {
    const seatId = name.startsWith(ROW) ? name.slice(ROW.length) : null;
    const choice = parseChoice(value);
    if (seatId !== null && isId(seatId) && choice !== null) choices.set(seatId as SeatId, choice);
  }
  return { choices, fill: parseChoice(form.get("vides")) };
}
