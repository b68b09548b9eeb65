import { assessRoom, pollSubjectOf, roomMinute, type AssessedRoom } from "~/domain/voting/room";
import { isConsultative, listElectorate, type Electorate } from "~/domain/voting/eligibility";
import { assessSecretRequest, type SecretRequest } from "~/domain/voting/secret-request";
import type { AgendaItemId, NetworkId, SeatId } from "~/domain/kernel/ids";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import { isWithdrawnFrom } from "~/domain/meeting/attendance";
import type { PollMode, PollSubject } from "~/domain/voting/poll";
import { localNow, type Clock } from "~/services/clock.server";
import type { Db, Trx } from "~/services/db.server";
import type { MeetingRecord, RecordedItem } from "~/services/meeting-record.server";

export type Question = {
  readonly subject: PollSubject;
  readonly mode: PollMode;
  readonly itemId: AgendaItemId;
};

export type VotingRoom = AssessedRoom & {
  readonly at: LocalDateTime;
  readonly electorate: Electorate;
  /** Seats in office that vote on the subject and did not withdraw: the base of a majority of the seats. */
  readonly votingSeatsInOffice: number;
};

/** The room of a meeting as a question sees it, at this minute. */
export function assessVotingRoom(
  record: MeetingRecord,
  { subject, mode, itemId }: Question,
  clock: Pick<Clock, "now">,
): VotingRoom {
  const { seats, rules, head, events, proxies } = record;
  const at = roomMinute(localNow(clock), events);
  const assessed = assessRoom({ seats, rules, convening: head.convening, events, proxies, itemId, at, subject });
  const { room } = assessed;
  return {
    ...assessed,
    at,
    electorate: listElectorate({ seats, rules, subject, mode, room, proxies, itemId, at }),
    votingSeatsInOffice: seats.filter(
      (seat) => seat.inOffice && !isConsultative(seat.kind, rules, subject) && !isWithdrawnFrom(room, seat.id, itemId),
    ).length,
  };
}

export async function listAskingSeats(
  db: Db | Trx,
  networkId: NetworkId,
  itemId: AgendaItemId,
): Promise<readonly SeatId[]> {
  const rows = await db
    .selectFrom("secretRequest")
    .select("seatId")
    .where("networkId", "=", networkId)
    .where("agendaItemId", "=", itemId)
    .execute();
  return rows.map(({ seatId }) => seatId as SeatId);
}

/** Seats that may ask for a secret vote on the item: present, voting, not withdrawn. Proxies do not ask. */
export function listPresentVoters(record: MeetingRecord, item: RecordedItem, clock: Pick<Clock, "now">) {
  const question = { subject: pollSubjectOf(item.kind), mode: "public", itemId: item.id } as const;
  return assessVotingRoom(record, question, clock).electorate.entitled.filter(({ through }) => through !== "proxy");
}

export function assessRequest(
  record: MeetingRecord,
  item: RecordedItem,
  askingSeats: readonly SeatId[],
  clock: Pick<Clock, "now">,
): SecretRequest {
  const presentVotingSeats = listPresentVoters(record, item, clock).map(({ seatId }) => seatId);
  return assessSecretRequest({ rules: record.rules, presentVotingSeats, askingSeats });
}

export function meetingPhase({ head }: MeetingRecord): "open" | "suspended" | "not-open" {
  return head.status === "open" || head.status === "suspended" ? head.status : "not-open";
}
