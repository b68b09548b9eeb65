import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { RulesContent } from "~/domain/committee/rules";
import type { AgendaItem, AgendaItemKind } from "~/domain/meeting/agenda";
import type { AttendanceEvent, AttendanceEventId } from "~/domain/meeting/attendance";
import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import type { Convening } from "~/domain/quorum/quorum";
import type { Proxy } from "~/domain/voting/proxies";
import type { AgendaItemId, MeetingId, NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import {
  findRulesInForce,
  listMandates,
  listSeats,
  seatsOnDay,
  type NamedMandate,
  type SeatOnDay,
} from "./committee-record.server";
import type { Db, Trx } from "./db.server";
import { onceUntilNextWrite } from "./kept-reads.server";
import type { Database } from "../../db/schema";

/** What was recorded about one meeting, as the domain reads it: meetings, attendance, votes, minutes and quorum share it. */

/** Condition on a meeting: no vote has adopted its minutes. */
export function hasNoAdoptedMinutes(eb: ExpressionBuilder<Database, "meeting">): Expression<SqlBool> {
  const adoption = eb
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select("poll.id")
    .where("poll.subject", "=", "minutes-approval")
    .whereRef("poll.subjectId", "=", "meeting.id")
    .where("pollResult.outcome", "=", "adopted");
  return eb.not(eb.exists(adoption));
}

/** Has a vote adopted these minutes? They tell who was there: from then on a correction is an act of its own (« acte rectificatif »). */
export async function areMinutesAdopted(db: Db | Trx, networkId: NetworkId, minutesId: string): Promise<boolean> {
  const adopted = await db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select("poll.id")
    .where("poll.networkId", "=", networkId)
    .where("poll.subject", "=", "minutes-approval")
    .where("poll.subjectId", "=", minutesId)
    .where("pollResult.outcome", "=", "adopted")
    .executeTakeFirst();
  return adopted !== undefined;
}

export type MeetingHead = {
  readonly id: MeetingId;
  readonly networkId: NetworkId;
  readonly year: number;
  readonly rank: number;
  readonly title: string;
  readonly status: MeetingState;
  readonly convening: Convening;
  readonly firstMeetingId: MeetingId | null;
  readonly startsAt: LocalDateTime;
  readonly plannedEndAt: LocalDateTime | null;
  readonly place: string;
  readonly remoteLink: string;
  readonly urgencyReason: string | null;
  readonly chairSeatId: SeatId | null;
  readonly chairPersonId: PersonId | null;
  readonly secretaryPersonId: PersonId | null;
  readonly currentItemId: AgendaItemId | null;
  readonly outcome: MeetingOutcome | null;
  readonly revision: number;
};

/** « 2026-3 »: the third meeting of the year; its minutes bear the same number. */
export function meetingNumber({ year, rank }: Pick<MeetingHead, "year" | "rank">): string {
  return `${year}-${rank}`;
}

type MeetingRow = {
  id: string;
  networkId: string;
  year: number;
  rank: number;
  title: string;
  status: string;
  convening: string;
  firstMeetingId: string | null;
  startsAt: string;
  plannedEndAt: string | null;
  place: string;
  remoteLink: string;
  urgencyReason: string | null;
  chairSeatId: string | null;
  chairPersonId: string | null;
  secretaryPersonId: string | null;
  currentItemId: string | null;
  outcome: string | null;
  revision: number;
};

export function toMeetingHead(row: MeetingRow): MeetingHead {
  return {
    id: row.id as MeetingId,
    networkId: row.networkId as NetworkId,
    year: row.year,
    rank: row.rank,
    title: row.title,
    status: row.status as MeetingState,
    convening: row.convening as Convening,
    firstMeetingId: row.firstMeetingId as MeetingId | null,
    startsAt: row.startsAt as LocalDateTime,
    plannedEndAt: row.plannedEndAt as LocalDateTime | null,
    place: row.place,
    remoteLink: row.remoteLink,
    urgencyReason: row.urgencyReason,
    chairSeatId: row.chairSeatId as SeatId | null,
    chairPersonId: row.chairPersonId as PersonId | null,
    secretaryPersonId: row.secretaryPersonId as PersonId | null,
    currentItemId: row.currentItemId as AgendaItemId | null,
    outcome: row.outcome as MeetingOutcome | null,
    revision: row.revision,
  };
}

/** The meeting, or null when the network has none of this identifier: another network's identifier leads nowhere. */
export async function findMeetingHead(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<MeetingHead | null> {
  const row = await db
    .selectFrom("meeting")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", meetingId)
    .executeTakeFirst();
  return row ? toMeetingHead(row) : null;
}

export type RecordedItem = AgendaItem & {
  readonly status: "proposed" | "accepted" | "refused" | "removed";
  readonly descriptionMd: string;
  readonly proposedBy: PersonId | null;
  readonly refusalReason: string | null;
};

/** Every item of the agenda, refused and removed ones included, in order of position. */
export async function listAgenda(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly RecordedItem[]> {
  const rows = await db
    .selectFrom("agendaItem")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("position")
    .orderBy("createdAt")
    .execute();
  return rows.map((row) => ({
    id: row.id as AgendaItemId,
    position: row.position,
    kind: row.kind as AgendaItemKind,
    title: row.title,
    rapporteur: row.rapporteur === "" ? null : row.rapporteur,
    durationMinutes: row.durationMinutes,
    subjectId: row.subjectId,
    copiedFromId: row.copiedFromId as AgendaItemId | null,
    status: row.status as RecordedItem["status"],
    descriptionMd: row.descriptionMd,
    proposedBy: row.proposedBy as PersonId | null,
    refusalReason: row.refusalReason,
  }));
}

export async function listAttendanceEvents(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly AttendanceEvent[]> {
  const rows = await db
    .selectFrom("attendanceEvent")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("sequence")
    .execute();
  return rows.map((row) => ({
    id: row.id as AttendanceEventId,
    sequence: row.sequence,
    seatId: row.seatId as SeatId,
    personId: row.personId as PersonId,
    kind: row.kind as AttendanceEvent["kind"],
    mode: row.mode as AttendanceEvent["mode"],
    at: row.at as LocalDateTime,
    itemId: row.agendaItemId as AgendaItemId | null,
    corrects: row.correctsId as AttendanceEventId | null,
    voided: row.voided === 1,
  }));
}

export type RecordedProxy = Proxy & { readonly id: string };

export async function listProxies(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly RecordedProxy[]> {
  const rows = await db
    .selectFrom("proxy")
    .leftJoin("proxyRevocation", "proxyRevocation.proxyId", "proxy.id")
    .select(["proxy.id", "proxy.giverSeatId", "proxy.holderSeatId", "proxy.givenAt", "proxyRevocation.revokedAt"])
    .where("proxy.networkId", "=", networkId)
    .where("proxy.meetingId", "=", meetingId)
    .orderBy("proxy.givenAt")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    giver: row.giverSeatId as SeatId,
    holder: row.holderSeatId as SeatId,
    givenAt: row.givenAt as LocalDateTime,
    revokedAt: row.revokedAt as LocalDateTime | null,
  }));
}

/** One change of the meeting's state; `at` is an ISO instant, `minute` what the clock of the room showed. */
export type RecordedTransition = {
  readonly from: MeetingState;
  readonly to: MeetingState;
  readonly at: string;
  readonly minute: LocalDateTime;
  readonly reason: string | null;
};

export async function listTransitions(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly RecordedTransition[]> {
  const rows = await db
    .selectFrom("meetingTransition")
    .select(["fromStatus", "toStatus", "at", "reason"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("at")
    .execute();
  return rows.map((row) => ({
    from: row.fromStatus as MeetingState,
    to: row.toStatus as MeetingState,
    at: row.at,
    minute: parisLocalAt(new Date(row.at)),
    reason: row.reason,
  }));
}

/** The minutes between which the meeting sat; null for what has not come. */
export function sittingPeriod(transitions: readonly RecordedTransition[]): {
  readonly openedAt: LocalDateTime | null;
  readonly closedAt: LocalDateTime | null;
} {
  return {
    openedAt: transitions.find(({ to }) => to === "open")?.minute ?? null,
    closedAt: transitions.find(({ to }) => to === "closed")?.minute ?? null,
  };
}

/** An item taken up, with the quorum found at that minute. An item may be taken up more than once. */
export type RecordedDiscussion = {
  readonly itemId: AgendaItemId;
  readonly at: LocalDateTime;
  readonly quorumReached: boolean;
  readonly quorumSentence: string;
  readonly recordedAt: string;
};

export async function listDiscussions(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly RecordedDiscussion[]> {
  const rows = await db
    .selectFrom("itemDiscussion")
    .select(["agendaItemId", "at", "quorumReached", "quorumSentence", "recordedAt"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("at")
    .orderBy("recordedAt")
    .execute();
  return rows.map((row) => ({
    itemId: row.agendaItemId as AgendaItemId,
    at: row.at as LocalDateTime,
    quorumReached: row.quorumReached === 1,
    quorumSentence: row.quorumSentence,
    recordedAt: row.recordedAt,
  }));
}

export type MeetingRecord = {
  readonly head: MeetingHead;
  /** Frozen when the meeting opens; until then, those in force on its date. */
  readonly rules: RulesContent;
  /** Version of the adopted rules, or null for the preset by default. */
  readonly rulesVersion: number | null;
  /** The committee on the day of the meeting: the denominator of its quorum, frozen when the meeting opens. */
  readonly seats: readonly SeatOnDay[];
  readonly mandates: readonly NamedMandate[];
  readonly agenda: readonly RecordedItem[];
  readonly events: readonly AttendanceEvent[];
  readonly proxies: readonly RecordedProxy[];
};

/** Everything recorded about a meeting's room, or null for an identifier that leads nowhere in this network. */
export function loadMeetingRecord(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<MeetingRecord | null> {
  return onceUntilNextWrite(db, `meeting ${networkId} ${meetingId}`, () => readMeetingRecord(db, networkId, meetingId));
}

async function readMeetingRecord(db: Db | Trx, networkId: NetworkId, meetingId: string): Promise<MeetingRecord | null> {
  const row = await db
    .selectFrom("meeting")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", meetingId)
    .executeTakeFirst();
  if (!row) return null;
  const head = toMeetingHead(row);
  const on = dateOf(head.startsAt);
  const [mandates, agenda, events, proxies] = [
    await listMandates(db, networkId),
    await listAgenda(db, networkId, meetingId),
    await listAttendanceEvents(db, networkId, meetingId),
    await listProxies(db, networkId, meetingId),
  ];
  const isFrozen = row.seatsSnapshot !== null && row.rulesContent !== null;
  const inForce = isFrozen ? null : await findRulesInForce(db, networkId, on);
  return {
    head,
    rules: inForce ? inForce.content : (JSON.parse(row.rulesContent ?? "null") as RulesContent),
    rulesVersion: inForce ? (inForce.adopted?.version ?? null) : row.rulesVersion,
    seats: inForce
      ? seatsOnDay(await listSeats(db, networkId), mandates, on)
      : (JSON.parse(row.seatsSnapshot ?? "[]") as SeatOnDay[]),
    mandates,
    agenda,
    events,
    proxies,
  };
}
