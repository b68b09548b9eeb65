import { count, enumerate, NBSP } from "~/documents/french";
import type { SeatRefusal } from "~/domain/committee/seats";
import type { CommuneFault } from "./communes.server";
import type { LeadRefusal, NewNetworkRefusal } from "./network-commands.server";
import type { OrganizationRefusal } from "./organization-commands.server";
import type { PersonRefusal, RoleRefusal } from "./person-commands.server";

type Refusal = OrganizationRefusal | SeatRefusal | NewNetworkRefusal | LeadRefusal | PersonRefusal | RoleRefusal;

type Told = { readonly field: string; readonly message: string };

const REFUSALS: Record<Refusal, Told> = {
  "organization-unknown": { field: "organizationId", message: "Cet organisme n’existe plus : choisissez-en un autre." },
  "organization-exists": {
    field: "inseeCode",
    message: "Un organisme de même nature porte déjà ce code INSEE : choisissez-le dans la liste.",
  },
  "siret-taken": { field: "siret", message: "Un autre organisme porte déjà ce SIRET : vérifiez le numéro." },
  "slug-taken": { field: "slug", message: "Un autre réseau a déjà cette adresse : choisissez-en une autre." },
  "lead-not-signatory": { field: "kind", message: "Le pilote d’un réseau est un CCAS ou un CIAS signataire." },
  "organization-already-seated": {
    field: "organizationId",
    message: "Cet organisme a déjà son siège : la convention en donne un seul à chacun.",
  },
  "department-already-seated": {
    field: "organizationId",
    message: "Le Département a déjà son siège : la convention lui en donne un seul.",
  },
  "organization-not-signatory": {
    field: "organizationId",
    message: "Seuls les CCAS et CIAS signataires, et le Département, ont un siège au comité.",
  },
  "already-lead": { field: "organizationId", message: "Ce CCAS est déjà le pilote du réseau." },
  "lead-not-seated": {
    field: "organizationId",
    message: "Le pilote est choisi parmi les CCAS qui siègent au comité : ajoutez d’abord son siège.",
  },
  "email-taken": {
    field: "email",
    message:
      "Une personne a déjà cette adresse : retrouvez-la dans la liste des personnes, ou choisissez un rôle à lui donner.",
  },
  "person-disabled": { field: "email", message: "Ce compte est suspendu : rétablissez-le d’abord." },
  "own-account": { field: "", message: "Vous ne pouvez pas suspendre votre propre compte." },
  "person-unknown": { field: "", message: "Cette personne ou ce rôle n’existe pas ici." },
  "role-already-held": { field: "role", message: "Cette personne a déjà ce rôle à cette date." },
  "secretary-outside-lead": {
    field: "organizationId",
    message: "Le secrétariat du comité est tenu par le CCAS pilote : choisissez le CCAS pilote.",
  },
  "organization-not-in-network": {
    field: "organizationId",
    message: "Cet organisme n’a pas de siège dans ce réseau : ajoutez d’abord son siège.",
  },
  "role-ends-before-start": { field: "endsOn", message: "Le rôle ne peut pas finir avant d’avoir commencé." },
};

export function networkMessage(refusal: Refusal): string {
  return REFUSALS[refusal].message;
}

/** The sentence beside the field that it is about, as conform replies it. */
export function networkReply(refusal: Refusal): { fieldErrors: Record<string, string[]> } | { formErrors: string[] } {
  const { field, message } = REFUSALS[refusal];
  return field === "" ? { formErrors: [message] } : { fieldErrors: { [field]: [message] } };
}

const FAULTS: Record<CommuneFault["kind"], (fault: CommuneFault) => string> = {
  "code-unknown": () =>
    "ce code n’est pas celui d’une commune connue du portail ; écrivez son nom après lui, ou importez le code officiel géographique (observatoire d’un réseau, Sources)",
  "name-unknown": () => "aucune commune connue du portail ne porte ce nom ; écrivez son code INSEE",
  "several-communes": ({ candidates }) =>
    `plusieurs communes portent ce nom, écrivez le code de la bonne${NBSP}: ${enumerate(candidates)}`,
  twice: () => "cette commune est déjà dans la liste",
  "already-seated": () => "son CCAS a déjà un siège dans ce réseau",
};
const FAULTS_SHOWN = 12;

/** Why no seat was added, said once, at the top of the form; the lines that are right wait for the others. */
export function communesReply(faults: readonly CommuneFault[]): { formErrors: string[] } {
  return { formErrors: [communesMessage(faults)] };
}

function communesMessage(faults: readonly CommuneFault[]): string {
  const shown = faults
    .slice(0, FAULTS_SHOWN)
    .map((fault) => `ligne ${fault.line}, «${NBSP}${fault.text}${NBSP}»${NBSP}: ${FAULTS[fault.kind](fault)}`);
  const rest = faults.length - shown.length;
  return `Aucun siège n’est ajouté${NBSP}: ${shown.join(" ; ")}${rest > 0 ? ` ; et ${count(rest, "autre ligne", "autres lignes")}` : ""}.`;
}
