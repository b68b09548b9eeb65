import { grant, refuse, type Decision } from "../kernel/decision";
import type { MandateId, OrganizationId, PersonId, SeatId } from "../kernel/ids";
import { isWithin, type PlainDate } from "../kernel/plain-date";

/** A place in the committee. It belongs to an organisation and outlives the people who sit on it. */
export type Seat = {
  readonly id: SeatId;
  readonly organizationId: OrganizationId;
  readonly label: string;
  readonly kind: "signatory" | "department";
  readonly position: number;
};

export type SeatRole = "titular" | "substitute";

/** What an organisation declares of the person whom it designates. */
export type Designee = {
  readonly personId: PersonId;
  readonly isMunicipalOfficial: boolean;
  readonly isInChargeOfSocialAffairs: boolean;
};

/** A designation before it has an identifier. Both days are included; without an end, it runs. */
export type Designation = Designee & {
  readonly seatId: SeatId;
  readonly role: SeatRole;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
};

export type Mandate = Designation & { readonly id: MandateId };

export type SeatHolders = { readonly titular: Mandate | null; readonly substitute: Mandate | null };

export function isMandateRunning(mandate: Mandate, date: PlainDate): boolean {
  return isWithin(date, mandate.startsOn, mandate.endsOn);
}

export function findHolders(seatId: SeatId, mandates: readonly Mandate[], date: PlainDate): SeatHolders {
  const running = mandates.filter((mandate) => mandate.seatId === seatId && isMandateRunning(mandate, date));
  return {
    titular: running.find((mandate) => mandate.role === "titular") ?? null,
    substitute: running.find((mandate) => mandate.role === "substitute") ?? null,
  };
}

/** The mandate under which a person may sit for a seat on a date, or null. */
export function findMandateOf(
  { seatId, personId }: { readonly seatId: SeatId; readonly personId: PersonId },
  mandates: readonly Mandate[],
  date: PlainDate,
): Mandate | null {
  const isTheirs = (mandate: Mandate) => mandate.seatId === seatId && mandate.personId === personId;
  return mandates.find((mandate) => isTheirs(mandate) && isMandateRunning(mandate, date)) ?? null;
}

/** A seat is in office when somebody, titular or substitute, may sit for it. Otherwise it is vacant. */
export function isSeatInOffice(seatId: SeatId, mandates: readonly Mandate[], date: PlainDate): boolean {
  return mandates.some((mandate) => mandate.seatId === seatId && isMandateRunning(mandate, date));
}

export function listVacantSeats(
  seats: readonly Seat[],
  mandates: readonly Mandate[],
  date: PlainDate,
): readonly Seat[] {
  return seats.filter((seat) => !isSeatInOffice(seat.id, mandates, date));
}

export type SeatRefusal = "organization-already-seated" | "department-already-seated" | "organization-not-signatory";

/**
 * May this seat join the committee? One seat per signatory CCAS, and one for the department.
 * Source: convention of the network, art. 3.
 */
export function checkNewSeat(
  seats: readonly Seat[],
  seat: Seat,
  signatories: readonly OrganizationId[],
): Decision<Seat, SeatRefusal> {
  if (seats.some((other) => other.organizationId === seat.organizationId)) return refuse("organization-already-seated");
  if (seat.kind === "department") {
    return seats.some((other) => other.kind === "department") ? refuse("department-already-seated") : grant(seat);
  }
  return signatories.includes(seat.organizationId) ? grant(seat) : refuse("organization-not-signatory");
}

export type CompositionFault =
  | { readonly kind: "signatory-without-seat"; readonly organizationId: OrganizationId }
  | { readonly kind: "organization-with-several-seats"; readonly organizationId: OrganizationId }
  | { readonly kind: "seat-of-a-stranger"; readonly seatId: SeatId }
  | { readonly kind: "department-without-seat" }
  | { readonly kind: "several-department-seats" };

/**
 * Everything that keeps a committee from being « one seat per signatory CCAS, and one for the department »; empty when it is.
 * Source: convention of the network, art. 3.
 */
export function checkComposition(
  seats: readonly Seat[],
  signatories: readonly OrganizationId[],
): readonly CompositionFault[] {
  const faults: CompositionFault[] = [];
  for (const organizationId of signatories) {
    if (!seats.some((seat) => seat.kind === "signatory" && seat.organizationId === organizationId)) {
      faults.push({ kind: "signatory-without-seat", organizationId });
    }
  }
  for (const organizationId of new Set(seats.map((seat) => seat.organizationId))) {
    if (seats.filter((seat) => seat.organizationId === organizationId).length > 1) {
      faults.push({ kind: "organization-with-several-seats", organizationId });
    }
  }
  for (const seat of seats) {
    if (seat.kind === "signatory" && !signatories.includes(seat.organizationId)) {
      faults.push({ kind: "seat-of-a-stranger", seatId: seat.id });
    }
  }
  const departmentSeats = seats.filter((seat) => seat.kind === "department").length;
  if (departmentSeats === 0) faults.push({ kind: "department-without-seat" });
  if (departmentSeats > 1) faults.push({ kind: "several-department-seats" });
  return faults;
}
