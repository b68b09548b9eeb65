import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { localDateTime, parsePlainTime } from "~/domain/kernel/paris-time";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const date = z.string({ error: "Indiquez la date." }).transform((text, context) => {
  const value = parsePlainDate(text.trim());
  if (value !== null) return value;
  context.addIssue("Cette date n’existe pas : écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.");
  return z.NEVER;
});

const time = z.string({ error: "Indiquez l’heure." }).transform((text, context) => {
  const value = parsePlainTime(text);
  if (value !== null) return value;
  context.addIssue("Cette heure n’existe pas : écrivez-la comme 18:30 ou 18h30.");
  return z.NEVER;
});

export const planMeetingSchema = z
  .object({
    cle: z.string().refine(isId),
    title: z
      .string({ error: "Donnez un intitulé à la séance." })
      .trim()
      .min(3, "L’intitulé compte au moins 3 caractères.")
      .max(120, "L’intitulé compte au plus 120 caractères."),
    date,
    time,
    place: z
      .string({ error: "Indiquez le lieu." })
      .trim()
      .min(2, "Indiquez le lieu.")
      .max(200, "Le lieu compte au plus 200 caractères."),
    remoteLink: z
      .url({ protocol: /^https$/, error: "Le lien de visioconférence commence par https://." })
      .max(500)
      .optional(),
  })
  .transform(({ date: day, time: hour, ...rest }) => ({ ...rest, startsAt: localDateTime(day, hour) }));

export type PlanMeetingFields = z.input<typeof planMeetingSchema>;
export type PlanMeetingInput = z.output<typeof planMeetingSchema>;

export function parsePlanMeeting(form: FormData) {
  return parseWithZod(form, { schema: planMeetingSchema });
}
