import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainTime, type PlainTime } from "~/domain/kernel/paris-time";

const id = z.string().refine(isId);

/** A time of day; left empty, it is the present minute. */
const time = z
  .string()
  .optional()
  .transform((text, context): PlainTime | null => {
    if (text === undefined || text.trim() === "") return null;
    const value = parsePlainTime(text);
    if (value !== null) return value;
    context.addIssue("Cette heure n’existe pas : écrivez-la comme 18:30 ou 18h30.");
    return z.NEVER;
  });

/** « seat.person »: who sits for what, in one field. */
const holder = z.string({ error: "Choisissez une personne." }).transform((text, context) => {
  const [seatId = "", personId = ""] = text.split(".");
  if (isId(seatId) && isId(personId)) return { seatId, personId };
  context.addIssue("Choisissez une personne dans la liste.");
  return z.NEVER;
});

const mode = z.enum(["in-person", "remote"]);

/** What a button of the room says; « remote » is an arrival by videoconference. */
const entrySchema = z
  .object({
    cle: id,
    occupant: holder,
    acte: z.enum(["arrival", "remote", "departure", "withdrawal", "return"]),
    heure: time,
    point: id.optional(),
  })
  .transform(({ acte, ...rest }) => ({
    ...rest,
    kind: acte === "remote" ? ("arrival" as const) : acte,
    mode: acte === "remote" ? ("remote" as const) : ("in-person" as const),
  }));

export type AttendanceInput = z.output<typeof entrySchema>;

export function parseAttendance(form: FormData) {
  return parseWithZod(form, { schema: entrySchema });
}

export const LONGEST_REASON = 500;

const reason = z
  .string({ error: "Indiquez le motif de la correction." })
  .trim()
  .min(3, "Indiquez le motif de la correction, en quelques mots.")
  .max(LONGEST_REASON, `Le motif compte au plus ${LONGEST_REASON} caractères.`);

const correctionSchema = z.object({
  cle: id,
  entree: id,
  occupant: holder,
  mode: mode.default("in-person"),
  heure: time,
  annuler: z.literal("on").optional(),
  motif: reason,
});

export type CorrectionFields = z.input<typeof correctionSchema>;
export type CorrectionInput = z.output<typeof correctionSchema>;

export function parseCorrection(form: FormData) {
  return parseWithZod(form, { schema: correctionSchema });
}

const proxySchema = z.object({
  cle: id,
  mandant: z.string({ error: "Choisissez le siège qui donne pouvoir." }).refine(isId, "Choisissez un siège."),
  mandataire: z.string({ error: "Choisissez le siège qui le reçoit." }).refine(isId, "Choisissez un siège."),
  source: z.enum(["reply", "written"]).default("written"),
});

export type ProxyFields = z.input<typeof proxySchema>;
export type ProxyInput = z.output<typeof proxySchema>;

export function parseProxy(form: FormData) {
  return parseWithZod(form, { schema: proxySchema });
}

const revocationSchema = z.object({ pouvoir: id });

export function parseRevocation(form: FormData) {
  return parseWithZod(form, { schema: revocationSchema });
}
