import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const WRONG_DATE = "Cette date n’existe pas : écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.";

const dateField = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const value = parsePlainDate(text.trim());
    if (value !== null) return value;
    context.addIssue(WRONG_DATE);
    return z.NEVER;
  });

const optionalDate = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text.trim() === "") return null;
    const value = parsePlainDate(text.trim());
    if (value !== null) return value;
    context.addIssue(WRONG_DATE);
    return z.NEVER;
  });

const personFields = {
  personId: z.string().refine(isId, "Choisissez une personne de la liste.").optional(),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(200, "L’adresse électronique compte au plus 200 caractères.")
    .pipe(z.email("Écrivez une adresse électronique complète, comme prenom.nom@commune.fr."))
    .optional(),
  displayName: z.string().trim().max(120, "Le nom compte au plus 120 caractères.").optional(),
  functionLabel: z.string().trim().max(120, "La fonction compte au plus 120 caractères.").optional(),
  isMunicipalOfficial: z.boolean().default(false),
  isInChargeOfSocialAffairs: z.boolean().default(false),
};

type TypedPerson = {
  readonly personId?: string | undefined;
  readonly email?: string | undefined;
  readonly displayName?: string | undefined;
  readonly functionLabel?: string | undefined;
};

/** Somebody of the network, or somebody whom the portal does not know yet. */
export type PersonChoice =
  | { readonly kind: "known"; readonly personId: string }
  | { readonly kind: "new"; readonly email: string; readonly displayName: string; readonly functionLabel: string };

type Complain = (issue: { readonly path: (string | number)[]; readonly message: string }) => void;

function readPerson(typed: TypedPerson, complain: Complain): PersonChoice | null {
  const { personId, email, displayName, functionLabel = "" } = typed;
  if (personId !== undefined && email !== undefined) {
    complain({
      path: ["personId"],
      message: "Choisissez une personne de la liste, ou écrivez-en une nouvelle : pas les deux.",
    });
    return null;
  }
  if (personId !== undefined) return { kind: "known", personId };
  if (email === undefined && displayName === undefined) {
    complain({
      path: ["personId"],
      message: "Choisissez une personne, ou écrivez l’adresse et le nom d’une nouvelle.",
    });
    return null;
  }
  if (email === undefined) complain({ path: ["email"], message: "Indiquez l’adresse électronique de cette personne." });
  if (displayName === undefined) complain({ path: ["displayName"], message: "Indiquez le nom de cette personne." });
  if (email === undefined || displayName === undefined) return null;
  return { kind: "new", email, displayName, functionLabel };
}

const basis = z
  .string({ error: "Indiquez l’acte de désignation." })
  .trim()
  .min(3, "Indiquez l’acte de désignation, par exemple « Délibération n° 2026-12 du 14 avril 2026 ».")
  .max(200, "L’acte de désignation compte au plus 200 caractères.");

export const designationSchema = z
  .object({
    cle: z.string().refine(isId),
    seatId: z.string({ error: "Choisissez le siège." }).refine(isId, "Choisissez le siège."),
    role: z.enum(["titular", "substitute"], { error: "Choisissez : titulaire ou suppléant·e." }),
    ...personFields,
    startsOn: dateField("Indiquez le premier jour du mandat."),
    endsOn: optionalDate,
    basis,
  })
  .transform(({ personId, email, displayName, functionLabel, ...rest }, context) => {
    const person = readPerson({ personId, email, displayName, functionLabel }, (issue) =>
      context.addIssue({ code: "custom", ...issue }),
    );
    return person === null ? z.NEVER : { ...rest, person };
  });

export type DesignationFields = z.input<typeof designationSchema>;
export type DesignationInput = z.output<typeof designationSchema>;

export function parseDesignation(form: FormData) {
  return parseWithZod(form, { schema: designationSchema });
}

export const mandateEndSchema = z.object({ endsOn: dateField("Indiquez le dernier jour du mandat.") });
export type MandateEndFields = z.input<typeof mandateEndSchema>;

export function parseMandateEnd(form: FormData) {
  return parseWithZod(form, { schema: mandateEndSchema });
}

const CHOOSE = "Choisissez ce que devient cette place.";

const renewedRole = z
  .object({ choice: z.enum(["keep", "other", "vacant", "unchanged"], { error: CHOOSE }), ...personFields })
  .transform(({ choice, isMunicipalOfficial, isInChargeOfSocialAffairs, ...typed }, context) => {
    const flags = { isMunicipalOfficial, isInChargeOfSocialAffairs };
    if (choice !== "other") return { choice, ...flags };
    const person = readPerson(typed, (issue) => context.addIssue({ code: "custom", ...issue }));
    return person === null ? z.NEVER : { choice, person, ...flags };
  });

export const renewalSchema = z.object({
  cle: z.string().max(40).refine(isId),
  date: dateField("Indiquez le premier jour des nouveaux mandats."),
  /** Fingerprint of the plan that was read, when it is being confirmed. */
  plan: z.string().max(64).optional(),
  seats: z
    .array(
      z.object({
        seatId: z.string().refine(isId),
        titular: renewedRole,
        substitute: renewedRole,
        basis: z.string().trim().max(200, "L’acte de désignation compte au plus 200 caractères.").default(""),
      }),
    )
    .max(60),
});

export type RenewalFields = z.input<typeof renewalSchema>;
export type RenewalInput = z.output<typeof renewalSchema>;
export type RenewedRole = RenewalInput["seats"][number]["titular"];

export function parseRenewal(form: FormData) {
  return parseWithZod(form, { schema: renewalSchema });
}
