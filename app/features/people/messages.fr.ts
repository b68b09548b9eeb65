import type { DesignationRefusal, DesignationWarning } from "~/domain/committee/designation";
import type { SeatRole } from "~/domain/committee/seats";
import type { PersonId, SeatId } from "~/domain/kernel/ids";
import type { EndMandateRefusal, RecordMandateRefusal } from "./mandates.server";
import type { PersonRefusal } from "./persons.server";
import type { DirectoryType } from "./queries.server";
import type { RenewCommitteeRefusal } from "./renewal.server";

export const SEAT_ROLE_LABELS: Record<SeatRole, string> = { titular: "Titulaire", substitute: "Suppléant·e" };

export const DIRECTORY_TYPE_LABELS: Record<DirectoryType, string> = {
  elected: "Élu·e",
  department: "Délégation départementale",
  secretary: "Secrétariat du CCAS pilote",
  agent: "Agent·e",
};

type Field = "seatId" | "role" | "personId" | "email" | "startsOn" | "endsOn" | "isMunicipalOfficial";
type FieldMessage = { readonly field: Field; readonly text: string };

const DESIGNATION: Record<DesignationRefusal, FieldMessage> = {
  "seat-unknown": { field: "seatId", text: "Ce siège n’existe pas dans ce réseau." },
  "ends-before-start": {
    field: "endsOn",
    text: "Le mandat finirait avant d’avoir commencé : corrigez l’une des dates.",
  },
  "not-municipal-official": {
    field: "isMunicipalOfficial",
    text: "La convention réserve ce siège à une personne élue au conseil municipal (art. 3) : cochez la case si c’est le cas, ou désignez quelqu’un d’autre.",
  },
  "titular-already-designated": {
    field: "role",
    text: "Ce siège a déjà un·e titulaire à ces dates : mettez d’abord fin à ce mandat.",
  },
  "substitute-already-designated": {
    field: "role",
    text: "Ce siège a déjà un·e suppléant·e à ces dates : mettez d’abord fin à ce mandat.",
  },
  "person-already-on-this-seat": {
    field: "personId",
    text: "Cette personne a déjà un mandat sur ce siège à ces dates.",
  },
  "person-on-another-seat": {
    field: "personId",
    text: "Cette personne occupe un autre siège du comité à ces dates : une personne n’en occupe qu’un.",
  },
};

function personMessage(refusal: PersonRefusal): FieldMessage {
  switch (refusal.kind) {
    case "person-unknown":
      return { field: "personId", text: "Cette personne n’est pas connue de ce réseau : choisissez-la dans la liste." };
    case "person-disabled":
      return {
        field: "email",
        text: `Cette adresse est celle d’un compte suspendu (${refusal.displayName}) : l’administration peut le rétablir.`,
      };
  }
}

export function designationMessage(refusal: RecordMandateRefusal): FieldMessage {
  if (refusal.kind === "person-unknown" || refusal.kind === "person-disabled") return personMessage(refusal);
  return DESIGNATION[refusal.kind];
}

const WARNINGS: Record<DesignationWarning["kind"], string> = {
  "not-in-charge-of-social-affairs":
    "La convention attend une personne élue en charge des affaires sociales (art. 7). La désignation est possible, avec cette réserve.",
};

export function designationWarning(kind: DesignationWarning["kind"]): string {
  return WARNINGS[kind];
}

const END: Record<EndMandateRefusal, string> = {
  "mandate-unknown": "Ce mandat n’existe pas dans ce réseau.",
  "ends-before-start": "Un mandat ne peut pas finir avant d’avoir commencé.",
  "already-ended":
    "Ce mandat finit déjà ce jour-là ou plus tôt : pour siéger plus longtemps, il faut une nouvelle désignation.",
};

export function mandateEndMessage(refusal: EndMandateRefusal): string {
  return END[refusal];
}

export type CommitteeNames = {
  readonly seat: (id: SeatId) => string;
  readonly person: (id: PersonId) => string;
};

/** @returns the sentence, and the place of the form that it is about */
export function renewalMessage(
  refusal: RenewCommitteeRefusal,
  names: CommitteeNames,
): { readonly seatId: SeatId | null; readonly role: SeatRole; readonly text: string } {
  switch (refusal.kind) {
    case "seat-unknown":
      return about(null, "Un siège de ce formulaire n’existe pas dans ce réseau : rechargez la page.");
    case "seat-given-twice":
      return about(refusal.seatId, `Le siège « ${names.seat(refusal.seatId)} » est donné deux fois.`);
    case "signatory-seat-missing":
      return about(null, `Dites ce que devient le siège « ${names.seat(refusal.seatId)} », même s’il devient vacant.`);
    case "substitute-without-titular":
      return about(
        refusal.seatId,
        "Ce siège aurait un·e suppléant·e sans titulaire : désignez un·e titulaire, ou laissez les deux places vacantes.",
      );
    case "not-municipal-official":
      return about(refusal.seatId, DESIGNATION["not-municipal-official"].text, refusal.role);
    case "person-designated-twice":
      return about(
        null,
        `${names.person(refusal.personId)} est désigné·e deux fois : une personne n’occupe qu’une place du comité.`,
      );
    case "person-keeps-another-seat":
      return about(
        null,
        `${names.person(refusal.personId)} garde un autre siège, que ce renouvellement ne change pas.`,
      );
    case "mandate-starts-too-late":
      return about(
        refusal.seatId,
        "Un mandat de ce siège commence à cette date ou plus tard : choisissez une date postérieure à son début.",
      );
    case "person-unknown":
    case "person-disabled":
      return about(refusal.seatId, personMessage(refusal).text);
    case "nobody-to-keep":
      return about(
        refusal.seatId,
        "Personne n’occupe cette place la veille du renouvellement : désignez quelqu’un, ou laissez-la vacante.",
        refusal.role,
      );
    case "plan-changed":
      return about(
        null,
        "Le comité a changé depuis votre relecture : rien n’a été enregistré. Relisez ce qui suit, puis confirmez de nouveau.",
      );
  }
}

function about(seatId: SeatId | null, text: string, role: SeatRole = "titular") {
  return { seatId, text, role };
}
