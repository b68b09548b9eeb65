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
  | "vacant"
  | "consultative"
  | "withdrawn"
  | "absent"
  | "proxy-not-effective"
  | "secret-remote-not-allowed";

export type Exclusion = { readonly seatId: SeatId; readonly reason: ExclusionReason };

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
  const carriers = new Map(
    assessProxies(context).map(({ proxy, suspendedBy }) => [proxy.giver, suspendedBy === null ? proxy.holder : null] as const),
  );
  for (const seat of context.seats) {
    const outcome = entitle(seat, context, carriers);
    if (typeof outcome === "string") excluded.push({ seatId: seat.id, reason: outcome });
    else entitled.push(outcome);
  }
  return { entitled, excluded };
}

function entitle(
  seat: VoterSeat,
  { rules, subject, mode, room, itemId }: ElectorateContext,
  carriers: ReadonlyMap<SeatId, SeatId | null>,
): Entitlement | ExclusionReason {
  if (!seat.inOffice) return "vacant";
  if (isConsultative(seat.kind, rules, subject)) return "consultative";
  if (isWithdrawnFrom(room, seat.id, itemId)) return "withdrawn";

  const own = attendanceOf(room, seat.id).sitting;
  const carrier = own ? null : carriers.get(seat.id);
  if (!own && carrier === undefined) return "absent";
  const casting = own ? seat.id : carrier;
  const sitting = casting ? attendanceOf(room, casting).sitting : null;
  if (!casting || !sitting) return "proxy-not-effective";
  if (mode === "secret" && sitting.mode === "remote" && !rules.secretBallot.remoteAllowed) return "secret-remote-not-allowed";
  return { seatId: seat.id, through: own ? own.mode : "proxy", castBy: { seatId: casting, personId: sitting.personId } };
}
