import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parseHours } from "~/domain/staff-time/typed-hours";
import { costMessage, hoursMessage } from "./messages.fr";

const LARGEST_HOURLY_COST = 100_000;

const minutes = z.string({ error: hoursMessage("hours-empty") }).transform((text, context) => {
  const read = parseHours(text);
  if (!read.ok) context.addIssue(hoursMessage(read.refusal));
  else if (read.value <= 366 * 24 * 60) return read.value;
  else context.addIssue("Une année compte au plus 8 784 heures : vérifiez la saisie.");
  return z.NEVER;
});

const hourlyCost = z.string({ error: costMessage("amount-empty") }).transform((text, context) => {
  const read = parseEuros(text);
  if (!read.ok) context.addIssue(costMessage(read.refusal));
  else if (read.value >= 1 && read.value <= LARGEST_HOURLY_COST) return read.value;
  else context.addIssue("Le coût d’une heure va d’un centime à 1 000 € : vérifiez la saisie.");
  return z.NEVER;
});

const basis = z
  .string({ error: "Dites sur quoi repose ce coût." })
  .trim()
  .min(3, "Dites sur quoi repose ce coût : coût chargé de l’année, délibération, moyenne du service…")
  .max(200, "Le fondement du coût compte au plus 200 caractères.");

const staffFunction = z
  .string({ error: "Indiquez la fonction." })
  .trim()
  .min(3, "Indiquez la fonction, en trois caractères au moins.")
  .max(80, "La fonction compte au plus 80 caractères.");

export const recordTimeSchema = z.object({
  cle: z.string().refine(isId),
  year: z.coerce
    .number({ error: "Indiquez l’année." })
    .int("Indiquez une année entière.")
    .min(2000, "L’année va de 2000 à 2100.")
    .max(2100, "L’année va de 2000 à 2100."),
  staffFunction,
  axis: z.enum(EXPENSE_AXES, { error: "Choisissez l’axe de la convention." }),
  minutes,
  hourlyCost,
  basis,
});
export type RecordTimeFields = z.input<typeof recordTimeSchema>;
export type RecordTimeInput = z.output<typeof recordTimeSchema>;

export function parseRecordTime(form: FormData) {
  return parseWithZod(form, { schema: recordTimeSchema });
}

export const correctTimeSchema = z.object({
  cle: z.string().refine(isId),
  minutes,
  hourlyCost,
  basis,
  withdraw: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
});
export type CorrectTimeFields = z.input<typeof correctTimeSchema>;
export type CorrectTimeInput = z.output<typeof correctTimeSchema>;

export function parseCorrectTime(form: FormData) {
  return parseWithZod(form, { schema: correctTimeSchema });
}

export const contestSchema = z.object({
  reason: z
    .string({ error: "Dites pourquoi cette ligne est contestée." })
    .trim()
    .min(3, "Dites pourquoi cette ligne est contestée.")
    .max(500, "Le motif compte au plus 500 caractères."),
});
export type ContestFields = z.input<typeof contestSchema>;
export type ContestInput = z.output<typeof contestSchema>;

export function parseContest(form: FormData) {
  return parseWithZod(form, { schema: contestSchema });
}

export const voteSchema = z.object({
  pollId: z.string({ error: "Choisissez le vote du comité." }).refine(isId, "Choisissez le vote du comité."),
});
export type VoteFields = z.input<typeof voteSchema>;

export function parseVoteChoice(form: FormData) {
  return parseWithZod(form, { schema: voteSchema });
}

/** The year of the address, or the one given. */
export function readYear(text: string | null, otherwise: number): number {
  return text !== null && /^(20\d\d|2100)$/.test(text) ? Number(text) : otherwise;
}
