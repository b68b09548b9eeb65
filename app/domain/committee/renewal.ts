import { grant, refuse, type Decision } from "../kernel/decision";
import type { MandateId, PersonId, SeatId } from "../kernel/ids";
import { addDays, type PlainDate } from "../kernel/plain-date";
import { listDesignationWarnings, type DesignationWarning } from "./designation";
import type { Designation, Designee, Mandate, Seat, SeatRole } from "./seats";

/** What the assistant was told for one seat. No titular: the organisation has not designated yet, the seat falls vacant. */
export type SeatRenewal = {
  readonly seatId: SeatId;
  readonly titular: Designee | null;
  readonly substitute: Designee | null;
};

export type RenewalRequest = {
  /** First day of the new mandates. The previous ones end the day before. */
  readonly date: PlainDate;
  readonly seats: readonly Seat[];
  readonly mandates: readonly Mandate[];
  readonly renewals: readonly SeatRenewal[];
};

export type RenewalPlan = {
  readonly ends: readonly { readonly mandateId: MandateId; readonly endsOn: PlainDate }[];
  readonly starts: readonly Designation[];
  readonly vacantSeats: readonly SeatId[];
  readonly warnings: readonly DesignationWarning[];
};

export type RenewalRefusal =
  | { readonly kind: "seat-unknown"; readonly seatId: SeatId }
  | { readonly kind: "seat-given-twice"; readonly seatId: SeatId }
  | { readonly kind: "signatory-seat-missing"; readonly seatId: SeatId }
  | { readonly kind: "substitute-without-titular"; readonly seatId: SeatId }
  | { readonly kind: "not-municipal-official"; readonly seatId: SeatId; readonly role: SeatRole }
  | { readonly kind: "person-designated-twice"; readonly personId: PersonId }
  | { readonly kind: "person-keeps-another-seat"; readonly personId: PersonId }
  | { readonly kind: "mandate-starts-too-late"; readonly mandateId: MandateId; readonly seatId: SeatId };

/**
 * Plans the renewal of the committee after municipal elections: every signatory seat must be named, even to say that it falls vacant;
 * the department's seat changes only when it is named. Mandates of the named seats end the day before `date`, new ones start on it.
 * A mandate that would start on that date or later has to be corrected first: it can't end before it starts.
 */
export function planRenewal(request: RenewalRequest): Decision<RenewalPlan, RenewalRefusal> {
  const refusal = findRenewalRefusal(request);
  if (refusal) return refuse(refusal);

  const { date, seats, renewals } = request;
  const ends = listRenewedMandates(request).map(({ id }) => ({ mandateId: id, endsOn: addDays(date, -1) }));
  const starts: Designation[] = [];
  const warnings: DesignationWarning[] = [];
  for (const seat of seats) {
    for (const { role, designee } of listDesignees(renewals.find(({ seatId }) => seatId === seat.id))) {
      starts.push({ ...designee, seatId: seat.id, role, startsOn: date, endsOn: null });
      warnings.push(...listDesignationWarnings(seat, designee));
    }
  }
  const vacantSeats = renewals.filter(({ titular }) => titular === null).map(({ seatId }) => seatId);
  return grant({ ends, starts, vacantSeats, warnings });
}

function listDesignees(renewal: SeatRenewal | undefined): readonly { role: SeatRole; designee: Designee }[] {
  const named: { role: SeatRole; designee: Designee }[] = [];
  if (renewal?.titular) named.push({ role: "titular", designee: renewal.titular });
  if (renewal?.substitute) named.push({ role: "substitute", designee: renewal.substitute });
  return named;
}

/** The mandates of the named seats that would run on the date of the renewal or after it. */
function listRenewedMandates({ date, mandates, renewals }: RenewalRequest): readonly Mandate[] {
  const named = new Set(renewals.map(({ seatId }) => seatId));
  return mandates.filter(({ seatId, endsOn }) => named.has(seatId) && (endsOn === null || endsOn >= date));
}

function findRenewalRefusal(request: RenewalRequest): RenewalRefusal | null {
  const { date, seats, mandates, renewals } = request;
  const named = new Set<SeatId>();
  const designated = new Set<PersonId>();
  for (const renewal of renewals) {
    const { seatId } = renewal;
    const seat = seats.find(({ id }) => id === seatId);
    if (!seat) return { kind: "seat-unknown", seatId };
    if (named.has(seatId)) return { kind: "seat-given-twice", seatId };
    named.add(seatId);
    if (renewal.substitute && !renewal.titular) return { kind: "substitute-without-titular", seatId };
    for (const { role, designee } of listDesignees(renewal)) {
      if (seat.kind === "signatory" && !designee.isMunicipalOfficial)
        return { kind: "not-municipal-official", seatId, role };
      if (designated.has(designee.personId)) return { kind: "person-designated-twice", personId: designee.personId };
      designated.add(designee.personId);
    }
  }
  const missing = seats.find(({ id, kind }) => kind === "signatory" && !named.has(id));
  if (missing) return { kind: "signatory-seat-missing", seatId: missing.id };

  const late = listRenewedMandates(request).find(({ startsOn }) => startsOn >= date);
  if (late) return { kind: "mandate-starts-too-late", mandateId: late.id, seatId: late.seatId };

  const kept = mandates.find(
    ({ seatId, personId, endsOn }) =>
      !named.has(seatId) && designated.has(personId) && (endsOn === null || endsOn >= date),
  );
  return kept ? { kind: "person-keeps-another-seat", personId: kept.personId } : null;
}
