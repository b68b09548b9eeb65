import { grant, refuse, type Decision } from "../kernel/decision";
import type { SeatId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import type { Designation, Designee, Mandate, Seat } from "./seats";

export type DesignationRefusal =
  | "seat-unknown"
  | "ends-before-start"
  | "not-municipal-official"
  | "titular-already-designated"
  | "substitute-already-designated"
  | "person-already-on-this-seat"
  | "person-on-another-seat";

/** What is unusual in a designation without preventing it. */
export type DesignationWarning = { readonly kind: "not-in-charge-of-social-affairs"; readonly seatId: SeatId };

export type CheckedDesignation = {
  readonly designation: Designation;
  readonly warnings: readonly DesignationWarning[];
};

type Term = { readonly startsOn: PlainDate; readonly endsOn: PlainDate | null };

function overlaps(one: Term, other: Term): boolean {
  const startsInTime = one.endsOn === null || other.startsOn <= one.endsOn;
  return startsInTime && (other.endsOn === null || one.startsOn <= other.endsOn);
}

export function listDesignationWarnings(seat: Seat, designee: Designee): readonly DesignationWarning[] {
  const isExpected = seat.kind === "department" || designee.isInChargeOfSocialAffairs;
  return isExpected ? [] : [{ kind: "not-in-charge-of-social-affairs", seatId: seat.id }];
}

/**
 * May this person be designated? One titular and one substitute at a time on a seat, one seat at a time for a person.
 * A signatory's seat goes to a municipal elected official; one who is not in charge of social affairs is accepted with a warning.
 * Two terms that share a single day overlap.
 * Source: convention of the network, art. 3 (elected official) and art. 7 (in charge of social affairs).
 */
export function checkDesignation(
  seats: readonly Seat[],
  mandates: readonly Mandate[],
  designation: Designation,
): Decision<CheckedDesignation, DesignationRefusal> {
  const seat = seats.find((candidate) => candidate.id === designation.seatId);
  if (!seat) return refuse("seat-unknown");
  if (designation.endsOn !== null && designation.endsOn < designation.startsOn) return refuse("ends-before-start");
  if (seat.kind === "signatory" && !designation.isMunicipalOfficial) return refuse("not-municipal-official");

  const concurrent = mandates.filter((mandate) => overlaps(mandate, designation));
  const theirs = concurrent.filter((mandate) => mandate.personId === designation.personId);
  if (theirs.some((mandate) => mandate.seatId === seat.id)) return refuse("person-already-on-this-seat");
  if (theirs.length > 0) return refuse("person-on-another-seat");
  if (concurrent.some((mandate) => mandate.seatId === seat.id && mandate.role === designation.role)) {
    return refuse(designation.role === "titular" ? "titular-already-designated" : "substitute-already-designated");
  }
  return grant({ designation, warnings: listDesignationWarnings(seat, designation) });
}
