import type { RulesContent } from "../committee/rules";
import type { Seat } from "../committee/seats";
import type { AgendaItemId, PersonId, SeatId } from "../kernel/ids";
import type { LocalDateTime } from "../kernel/paris-time";
import { attendanceOf, isWithdrawnFrom, type RoomState } from "../meeting/attendance";
import type { PollMode, PollSubject } from "./poll";
import { assessProxies, type Proxy } from "./proxies";

export type VoterSeat = Pick<Seat, "id" | "kind"> & { readonly inOffice: boolean };

/** A voice, and the person in the room (or on the screen) who casts it. */
export type Entitlement = {
  readonly seatId: SeatId;
  readonly through: "in-person" | "remote" | "proxy";
  readonly castBy: { readonly seatId: SeatId; readonly personId: PersonId };
};

export type ExclusionReason =
  "vacant" | "consultative" | "withdrawn" | "absent" | "proxy-not-effective" | "secret-remote-not-allowed";

/** `proxyHolder` is the seat that carries, or would carry, the proxy of this one. */
export type Exclusion = {
  readonly seatId: SeatId;
  readonly reason: ExclusionReason;
  readonly proxyHolder: SeatId | null;
};

/** Every seat of the committee, once: entitled, or left out for a reason. */
export type Electorate = { readonly entitled: readonly Entitlement[]; readonly excluded: readonly Exclusion[] };

export type ElectorateContext = {
  readonly seats: readonly VoterSeat[];
  readonly rules: Pick<RulesContent, "departmentSeat" | "proxies" | "secretBallot">;
  readonly subject: PollSubject;
  readonly mode: PollMode;
  readonly room: RoomState;
  readonly proxies: readonly Proxy[];
  readonly itemId: AgendaItemId;
  readonly at: LocalDateTime;
};

/** Does this seat only advise on this subject? The rules of the committee decide it for the department's seat. */
export function isConsultative(
  kind: Seat["kind"],
  rules: Pick<RulesContent, "departmentSeat">,
  subject: PollSubject,
): boolean {
  if (kind === "signatory" || rules.departmentSeat === "votes") return false;
  return rules.departmentSeat === "advises" || subject === "expense";
}

/**
 * Who is entitled to vote, now, on this poll: seats in office that vote on the subject, did not withdraw from the item, and are present or
 * represented through an effective proxy. Remote voices, their own or carried, are left out of a secret ballot unless the rules allow them.
 * Source: CASF art. R.123-16 (proxies) and CGCT art. L.2131-11 (interested members), taken as models.
 */
export function listElectorate(context: ElectorateContext): Electorate {
  const entitled: Entitlement[] = [];
  const excluded: Exclusion[] = [];
  const carriers = mapCarriers(context);
  for (const seat of context.seats) {
    const carrier = carriers.get(seat.id) ?? null;
    const outcome = entitle(seat, context, carrier);
    if (typeof outcome === "string")
      excluded.push({ seatId: seat.id, reason: outcome, proxyHolder: carrier?.holder ?? null });
    else entitled.push(outcome);
  }
  return { entitled, excluded };
}

type Carrier = { readonly holder: SeatId; readonly isEffective: boolean };

/** Who carries each represented seat. An effective proxy prevails over a suspended one; one that is revoked or not given yet is none. */
function mapCarriers(context: ElectorateContext): ReadonlyMap<SeatId, Carrier> {
  const carriers = new Map<SeatId, Carrier>();
  for (const { proxy, suspendedBy } of assessProxies(context)) {
    if (suspendedBy === "revoked" || suspendedBy === "not-given-yet" || suspendedBy === "not-allowed") continue;
    if (carriers.get(proxy.giver)?.isEffective) continue;
    carriers.set(proxy.giver, { holder: proxy.holder, isEffective: suspendedBy === null });
  }
  return carriers;
}

function entitle(
  seat: VoterSeat,
  { rules, subject, mode, room, itemId }: ElectorateContext,
  carrier: Carrier | null,
): Entitlement | ExclusionReason {
  if (!seat.inOffice) return "vacant";
  if (isConsultative(seat.kind, rules, subject)) return "consultative";
  if (isWithdrawnFrom(room, seat.id, itemId)) return "withdrawn";

  const own = attendanceOf(room, seat.id).sitting;
  if (!own && !carrier) return "absent";
  if (!own && !carrier?.isEffective) return "proxy-not-effective";
  const castBySeat = own || !carrier ? seat.id : carrier.holder;
  const sitting = attendanceOf(room, castBySeat).sitting;
  if (!sitting) return "absent";
  if (mode === "secret" && sitting.mode === "remote" && !rules.secretBallot.remoteAllowed)
    return "secret-remote-not-allowed";
  return {
    seatId: seat.id,
    through: own ? own.mode : "proxy",
    castBy: { seatId: castBySeat, personId: sitting.personId },
  };
}
