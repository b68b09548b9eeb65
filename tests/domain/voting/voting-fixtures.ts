import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import type { VoterSeat } from "~/domain/voting/eligibility";
import { toId, type SeatId } from "~/domain/kernel/ids";
import { toLocalDateTime, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { AttendanceMode, RoomState, SeatAttendance } from "~/domain/meeting/attendance";
import type { Entitlement } from "~/domain/voting/eligibility";
import type { Proxy } from "~/domain/voting/proxies";

export const PRESET: RulesContent = CASF_PRESET;
export const ITEM = toId<"agenda-item">("item-1");
export const NOW = toLocalDateTime("2026-12-14T19:00");

export const seatId = (name: string): SeatId => toId(name);

export const voterSeat = (name: string, changes: Partial<VoterSeat> = {}): VoterSeat => ({
  id: seatId(name),
  kind: name === "department" ? "department" : "signatory",
  inOffice: true,
  ...changes,
});

/** « blain: in-person » seats the person « person-blain »; « withdrawn » does so and withdraws them from ITEM. */
export function roomWith(seats: Record<string, AttendanceMode | "withdrawn" | "absent-withdrawn">): RoomState {
  return new Map(
    Object.entries(seats).map(([name, how]): [SeatId, SeatAttendance] => {
      const personId = toId<"person">(`person-${name}`);
      const isWithdrawn = how === "withdrawn" || how === "absent-withdrawn";
      const mode = how === "remote" ? "remote" : "in-person";
      return [
        seatId(name),
        {
          sitting: how === "absent-withdrawn" ? null : { personId, mode, since: NOW },
          withdrawals: isWithdrawn ? [{ personId, itemId: ITEM }] : [],
        },
      ];
    }),
  );
}

export function proxy(
  giver: string,
  holder: string,
  givenAt = "2026-12-10T10:00",
  revokedAt: string | null = null,
): Proxy {
  return {
    giver: seatId(giver),
    holder: seatId(holder),
    givenAt: toLocalDateTime(givenAt),
    revokedAt: revokedAt === null ? null : (toLocalDateTime(revokedAt) satisfies LocalDateTime),
  };
}

export const entitlement = (
  name: string,
  through: Entitlement["through"] = "in-person",
  castBy = name,
): Entitlement => ({
  seatId: seatId(name),
  through,
  castBy: { seatId: seatId(castBy), personId: toId(`person-${castBy}`) },
});
