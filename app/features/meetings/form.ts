import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { AGENDA_LIMITS, type AgendaItemKind } from "~/domain/meeting/agenda";
import { isId } from "~/domain/kernel/ids";
import { localDateTime, parsePlainTime, type LocalDateTime } from "~/domain/kernel/paris-time";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const date = z.string({ error: "Indiquez la date." }).transform((text, context) => {
  const value = parsePlainDate(text.trim());
  if (value !== null) return value;
  context.addIssue("Cette date n’existe pas : écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.");
  return z.NEVER;
});

const time = z.string({ error: "Indiquez l’heure." }).transform((text, context) => {
  const value = parsePlainTime(text);
  if (value !== null) return value;
  context.addIssue("Cette heure n’existe pas : écrivez-la comme 18:30 ou 18h30.");
  return z.NEVER;
});

const key = z.string().refine(isId);
const revision = z.coerce.number().int().min(1);
const longReason = (missing: string) =>
  z.string({ error: missing }).trim().min(3, missing).max(1000, "Le motif compte au plus 1 000 caractères.");

const occasion = {
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
    .max(500, "Le lien compte au plus 500 caractères.")
    .optional(),
};

export const planMeetingSchema = z
  .object({ cle: key, ...occasion })
  .transform(({ date: day, time: hour, ...rest }) => ({ ...rest, startsAt: localDateTime(day, hour) }));

export type PlanMeetingFields = z.input<typeof planMeetingSchema>;
export type PlanMeetingInput = z.output<typeof planMeetingSchema>;

export function parsePlanMeeting(form: FormData) {
  return parseWithZod(form, { schema: planMeetingSchema });
}

export const changeMeetingSchema = z
  .object({
    revision,
    ...occasion,
    endTime: z
      .string()
      .transform((text, context) => {
        const value = parsePlainTime(text);
        if (value !== null) return value;
        context.addIssue("Cette heure n’existe pas : écrivez-la comme 20:00 ou 20h.");
        return z.NEVER;
      })
      .optional(),
  })
  .transform(({ date: day, time: hour, endTime, ...rest }) => ({
    ...rest,
    startsAt: localDateTime(day, hour),
    plannedEndAt: endTime === undefined ? null : localDateTime(day, endTime),
  }))
  .refine(({ startsAt, plannedEndAt }) => plannedEndAt === null || plannedEndAt > startsAt, {
    error: "La fin prévue vient après le début.",
    path: ["endTime"],
  });

export type ChangeMeetingFields = z.input<typeof changeMeetingSchema>;
export type ChangeMeetingInput = {
  readonly revision: number;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly plannedEndAt: LocalDateTime | null;
  readonly place: string;
  readonly remoteLink?: string | undefined;
};

export function parseChangeMeeting(form: FormData) {
  return parseWithZod(form, { schema: changeMeetingSchema });
}

/** « seat/person »: who chairs, and for which seat. */
const seatHolder = z
  .string()
  .transform((text, context) => {
    const [seatId, personId, ...rest] = text.split("/");
    if (seatId && personId && rest.length === 0 && isId(seatId) && isId(personId)) return { seatId, personId };
    context.addIssue("Choisissez une personne de la liste.");
    return z.NEVER;
  })
  .optional();

export const officersSchema = z.object({
  chair: seatHolder,
  secretary: z.string().refine(isId, "Choisissez une personne de la liste.").optional(),
});

export type OfficersFields = z.input<typeof officersSchema>;
export type OfficersInput = z.output<typeof officersSchema>;

export function parseOfficers(form: FormData) {
  return parseWithZod(form, { schema: officersSchema });
}

export const AGENDA_ITEM_KINDS = [
  "information",
  "discussion",
  "expense-validation",
  "minutes-approval",
  "orientation",
  "rules-adoption",
  "budget-adoption",
  "dictionary-adoption",
  "action-plan",
  "agreement",
  "indicators",
  "ratification",
  "other",
] as const satisfies readonly AgendaItemKind[];

const itemTexts = {
  title: z.string().trim().max(AGENDA_LIMITS.longestTitle, "L’intitulé compte au plus 200 caractères.").default(""),
  rapporteur: z
    .string()
    .trim()
    .max(AGENDA_LIMITS.longestRapporteur, "Le nom du rapporteur compte au plus 120 caractères.")
    .optional(),
  durationMinutes: z.coerce
    .number({ error: "La durée s’écrit en minutes, par exemple 15." })
    .int("La durée s’écrit en minutes entières.")
    .min(1, "La durée va de 1 à 480 minutes.")
    .max(AGENDA_LIMITS.longestMinutes, "La durée va de 1 à 480 minutes.")
    .optional(),
  descriptionMd: z.string().max(20_000, "La présentation compte au plus 20 000 caractères.").default(""),
};

export const agendaItemSchema = z.object({
  cle: key,
  kind: z.enum(AGENDA_ITEM_KINDS, { error: "Choisissez la nature du point." }),
  subjectId: z.string().refine(isId, "Choisissez dans la liste.").optional(),
  ...itemTexts,
});

export type AgendaItemFields = z.input<typeof agendaItemSchema>;
export type AgendaItemInput = z.output<typeof agendaItemSchema>;

export function parseAgendaItem(form: FormData) {
  return parseWithZod(form, { schema: agendaItemSchema });
}

/** `seen`: the fingerprint of the item that the form was filled from. */
export const editItemSchema = z.object({ seen: z.string().max(64), ...itemTexts });

export type EditItemFields = z.input<typeof editItemSchema>;
export type EditItemInput = z.output<typeof editItemSchema>;

export function parseEditItem(form: FormData) {
  return parseWithZod(form, { schema: editItemSchema });
}

export const moveItemSchema = z.object({
  intent: z.literal("move"),
  itemId: key,
  direction: z.enum(["up", "down"]),
  revision,
  reason: z.string().trim().max(1000, "Le motif compte au plus 1 000 caractères.").default(""),
});

export const removeItemSchema = z.object({
  intent: z.literal("remove"),
  revision,
  reason: z.string().trim().max(1000, "Le motif compte au plus 1 000 caractères.").default(""),
});

export const decideProposalSchema = z.object({
  intent: z.literal("decide"),
  itemId: key,
  verdict: z.enum(["accept", "refuse", "carry"]),
  reason: z.string().trim().max(1000, "Le motif compte au plus 1 000 caractères.").default(""),
});

export type MoveItemInput = z.output<typeof moveItemSchema>;
export type RemoveItemInput = z.output<typeof removeItemSchema>;
export type DecideProposalInput = z.output<typeof decideProposalSchema>;

export function parseAgendaAct(form: FormData) {
  return parseWithZod(form, { schema: z.discriminatedUnion("intent", [moveItemSchema, decideProposalSchema]) });
}

export function parseRemoveItem(form: FormData) {
  return parseWithZod(form, { schema: removeItemSchema });
}

export const proposalSchema = z.object({
  cle: key,
  title: z
    .string({ error: "Donnez un intitulé au point." })
    .trim()
    .min(AGENDA_LIMITS.shortestTitle, "L’intitulé compte au moins 3 caractères.")
    .max(AGENDA_LIMITS.longestTitle, "L’intitulé compte au plus 200 caractères."),
  descriptionMd: itemTexts.descriptionMd,
});

export type ProposalFields = z.input<typeof proposalSchema>;
export type ProposalInput = z.output<typeof proposalSchema>;

export function parseProposal(form: FormData) {
  return parseWithZod(form, { schema: proposalSchema });
}

export const cancelMeetingSchema = z.object({
  reason: longReason("Écrivez le motif de l’annulation : les membres le recevront."),
});

export type CancelMeetingFields = z.input<typeof cancelMeetingSchema>;

export function parseCancelMeeting(form: FormData) {
  return parseWithZod(form, { schema: cancelMeetingSchema });
}

export const secondConveningSchema = z
  .object({ cle: key, date, time, place: occasion.place, remoteLink: occasion.remoteLink })
  .transform(({ date: day, time: hour, ...rest }) => ({ ...rest, startsAt: localDateTime(day, hour) }));

export type SecondConveningFields = z.input<typeof secondConveningSchema>;
export type SecondConveningInput = z.output<typeof secondConveningSchema>;

export function parseSecondConvening(form: FormData) {
  return parseWithZod(form, { schema: secondConveningSchema });
}
