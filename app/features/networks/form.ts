import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { isOrganizationKind, parseInseeCode, parseSiret, type OrganizationKind } from "./organization";

const actKey = z.string().refine(isId, "Cette page est incomplète : rechargez-la.");

function text(missing: string, max: number) {
  return z.string({ error: missing }).trim().min(1, missing).max(max, `${max} caractères au plus.`);
}
const optionalText = (max: number) => z.string().trim().max(max, `${max} caractères au plus.`).default("");
const checkbox = z.preprocess((value) => value === "on", z.boolean());

const date = z.string({ error: "Indiquez la date." }).transform((typed, context) => {
  const value = parsePlainDate(typed.trim());
  if (value !== null) return value;
  context.addIssue("Cette date n’existe pas : choisissez-la dans le calendrier.");
  return z.NEVER;
});

const email = z
  .string({ error: "Indiquez l’adresse électronique." })
  .trim()
  .toLowerCase()
  .max(200, "Cette adresse est trop longue : 200 caractères au plus.")
  .pipe(z.email({ error: "Cette adresse est incomplète : écrivez-la comme prenom.nom@commune.fr." }));

const organizationFields = {
  kind: z.string({ error: "Choisissez la nature de l’organisme." }).optional(),
  name: z.string().trim().max(200, "200 caractères au plus.").optional(),
  shortName: z.string().trim().max(60, "60 caractères au plus.").optional(),
  inseeCode: z.string().trim().max(20).optional(),
  siret: z.string().trim().max(40).optional(),
};
type TypedOrganization = {
  readonly [Key in keyof typeof organizationFields]?: string | undefined;
};
type Complain = (issue: { readonly path: string[]; readonly message: string }) => void;

export type OrganizationInput = {
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly shortName: string;
  readonly inseeCode: string | null;
  readonly siret: string | null;
};

/** All that is wrong with the organisation is told at once. */
function readOrganization(typed: TypedOrganization, complain: Complain): OrganizationInput | null {
  const { kind, name = "", inseeCode = "", siret = "" } = typed;
  let isSound = true;
  const fault = (field: keyof TypedOrganization, message: string): null => {
    isSound = false;
    complain({ path: [field], message });
    return null;
  };
  if (kind === undefined || !isOrganizationKind(kind)) return fault("kind", "Choisissez la nature de l’organisme.");
  if (name === "") fault("name", "Donnez le nom de l’organisme, par exemple « CCAS de Bouvron ».");
  const code =
    inseeCode === ""
      ? kind === "ccas" || kind === "departement"
        ? fault("inseeCode", "Indiquez le code INSEE : il relie l’organisme à son territoire.")
        : null
      : (parseInseeCode(inseeCode, kind) ??
        fault(
          "inseeCode",
          kind === "departement"
            ? "Le code d’un département compte 2 ou 3 caractères, par exemple 44 ou 2A."
            : "Le code INSEE d’une commune compte 5 caractères, par exemple 44023 ou 2A004. Ce n’est pas le code postal.",
        ));
  const establishment =
    siret === ""
      ? null
      : (parseSiret(siret) ??
        fault("siret", "Ce SIRET n’est pas valable : il compte 14 chiffres, et sa clé de contrôle doit être juste."));
  if (!isSound) return null;
  return { kind, name, shortName: typed.shortName || shortNameOf(name), inseeCode: code, siret: establishment };
}

/** « CCAS de Bouvron » → « Bouvron » */
function shortNameOf(name: string): string {
  return (
    name.replace(/^(CCAS|CIAS|Département)\s+(de la |de l’|de l'|de |d’|d'|du )?/, "").slice(0, 60) || name.slice(0, 60)
  );
}

export const organizationSchema = z
  .object({ cle: actKey, ...organizationFields })
  .transform(({ cle, ...typed }, context) => {
    const organization = readOrganization(typed, (issue) => context.addIssue({ code: "custom", ...issue }));
    return organization === null ? z.NEVER : { cle, organization };
  });

/** An organisation that exists, or one to create. */
export type OrganizationChoice =
  { readonly kind: "known"; readonly id: string } | { readonly kind: "new"; readonly organization: OrganizationInput };

const choiceFields = { organizationId: z.string().optional(), ...organizationFields };

function readChoice(
  typed: TypedOrganization & { readonly organizationId?: string | undefined },
  complain: Complain,
): OrganizationChoice | null {
  if (typed.organizationId) return { kind: "known", id: typed.organizationId };
  const organization = readOrganization(typed, complain);
  return organization && { kind: "new", organization };
}

const presentation = {
  networkName: text("Donnez le nom du réseau.", 120),
  presentation: optionalText(10_000),
  contact: optionalText(2_000),
};

export const newNetworkSchema = z
  .object({
    cle: actKey,
    ...presentation,
    slug: text("Donnez l’adresse du réseau.", 60).regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      "L’adresse ne compte que des minuscules sans accent, des chiffres et des tirets, par exemple « blain ».",
    ),
    ...choiceFields,
  })
  .transform(({ cle, networkName, slug, presentation: presentationMd, contact, ...typed }, context) => {
    const lead = readChoice(typed, (issue) => context.addIssue({ code: "custom", ...issue }));
    return lead === null ? z.NEVER : { cle, name: networkName, slug, presentationMd, contactMd: contact, lead };
  });

export const editNetworkSchema = z
  .object(presentation)
  .transform(({ networkName, presentation: presentationMd, contact }) => ({
    ...{ name: networkName, presentationMd, contactMd: contact },
  }));

export const seatSchema = z.object({ cle: actKey, ...choiceFields }).transform(({ cle, ...typed }, context) => {
  const organization = readChoice(typed, (issue) => context.addIssue({ code: "custom", ...issue }));
  return organization === null ? z.NEVER : { cle, organization };
});

export const communesSchema = z.object({ communes: text("Écrivez au moins une commune.", 40_000) });

export const leadSchema = z.object({
  organizationId: text("Choisissez le nouveau CCAS pilote.", 64),
  basis: text("Indiquez l’acte qui le décide, par exemple « avenant n° 1 du 12 mars 2027 ».", 300),
});

const roles = ["secretary", "agent", "department-officer", "elected-official"] as const;

const personFields = {
  displayName: text("Donnez le nom, ou la fonction si la personne n’est pas encore connue.", 120),
  email,
  functionLabel: optionalText(120),
  invite: checkbox,
};

export const newPersonSchema = z.object({ cle: actKey, ...personFields });

export const memberSchema = z
  .object({
    cle: actKey,
    ...personFields,
    role: z.enum(["", ...roles], { error: "Choisissez un rôle." }).default(""),
    organizationId: z.string().optional(),
    startsOn: date,
  })
  .transform(({ role, organizationId, startsOn, ...person }, context) => {
    if (role === "") return { person, role: null };
    if (organizationId) return { person, role: { role, organizationId, startsOn } };
    context.addIssue({ code: "custom", path: ["organizationId"], message: "Choisissez l’organisme de la personne." });
    return z.NEVER;
  });

export const roleSchema = z.object({
  cle: actKey,
  role: z.enum(roles, { error: "Choisissez un rôle." }),
  networkId: text("Choisissez le réseau.", 64),
  organizationId: text("Choisissez l’organisme.", 64),
  startsOn: date,
});

export const endRoleSchema = z.object({ endsOn: date });
export const editPersonSchema = z.object({
  displayName: personFields.displayName,
  email,
  functionLabel: personFields.functionLabel,
});

export type OrganizationFields = z.input<typeof organizationSchema>;
export type NewNetworkFields = z.input<typeof newNetworkSchema>;
export type NewNetworkInput = z.output<typeof newNetworkSchema>;
export type EditNetworkFields = z.input<typeof editNetworkSchema>;
export type EditNetworkInput = z.output<typeof editNetworkSchema>;
export type SeatFields = z.input<typeof seatSchema>;
export type CommunesFields = z.input<typeof communesSchema>;
export type LeadFields = z.input<typeof leadSchema>;
export type NewPersonFields = z.input<typeof newPersonSchema>;
export type NewPersonInput = z.output<typeof newPersonSchema>;
export type MemberFields = z.input<typeof memberSchema>;
export type MemberInput = z.output<typeof memberSchema>;
export type EndRoleFields = z.input<typeof endRoleSchema>;
export type EditPersonFields = z.input<typeof editPersonSchema>;

export function parseForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod(form, { schema });
}
