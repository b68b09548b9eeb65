import { nameWithSeat } from "~/documents/meeting-words";
import { holdsSeat, type Actor } from "~/domain/access/permissions";
import type { AgendaItemId, NetworkId, PersonId, PollId, SeatId } from "~/domain/kernel/ids";
import { parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import {
  attendanceOf,
  isWithdrawnFrom,
  listAttendancePeriods,
  listStandingEvents,
  type AttendanceEvent,
  type AttendanceMode,
} from "~/domain/meeting/attendance";
import { lastReplies, type Reply, type ReplyEntry } from "~/domain/meeting/reply";
import type { Quorum } from "~/domain/quorum/quorum";
import type { PollMode, PollState } from "~/domain/voting/poll";
import type { ProxySuspension } from "~/domain/voting/proxies";
import {
  assessRoom,
  findQuorumSince,
  pollSubjectOf,
  roomMinute,
  wasEverQuorate,
  type AssessedRoom,
  type SinceCause,
} from "~/domain/voting/room";
import type { Holder, SeatOnDay } from "~/services/committee-record.server";
import type { Db, Trx } from "~/services/db.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import {
  listDiscussions,
  listTransitions,
  loadMeetingRecord,
  sittingPeriod,
  type MeetingHead,
  type MeetingRecord,
  type RecordedDiscussion,
  type RecordedItem,
  type RecordedProxy,
  type RecordedTransition,
} from "~/services/meeting-record.server";

/** The room of a record for an item at a minute; by default, for the item under discussion. */
export function computeRoom(
  record: MeetingRecord,
  { at, itemId = record.head.currentItemId }: { readonly at: LocalDateTime; readonly itemId?: AgendaItemId | null },
): AssessedRoom {
  const { head, seats, rules, events, proxies, agenda } = record;
  const item = agenda.find(({ id }) => id === itemId);
  return assessRoom({
    ...{ seats, rules, convening: head.convening, events, proxies, itemId, at },
    ...(item ? { subject: pollSubjectOf(item.kind) } : {}),
  });
}

/** Meetings just before this one, in a row, for which the seat gave a proxy that was not revoked before the end. */
export async function countProxiesInARow(
  db: Db | Trx,
  head: Pick<MeetingHead, "networkId" | "startsAt">,
  giver: SeatId,
): Promise<number> {
  const rows = await db
    .selectFrom("meeting")
    .leftJoin("proxy", (join) => join.onRef("proxy.meetingId", "=", "meeting.id").on("proxy.giverSeatId", "=", giver))
    .leftJoin("proxyRevocation", "proxyRevocation.proxyId", "proxy.id")
    .select(["meeting.id", "proxy.id as proxyId", "proxyRevocation.proxyId as revokedId"])
    .where("meeting.networkId", "=", head.networkId)
    .where("meeting.status", "=", "closed")
    .where("meeting.startsAt", "<", head.startsAt)
    .orderBy("meeting.startsAt", "desc")
    .orderBy("meeting.id")
    .limit(60)
    .execute();
  const gave = new Map<string, boolean>();
  for (const { id, proxyId, revokedId } of rows) {
    gave.set(id, gave.get(id) === true || (proxyId !== null && revokedId === null));
  }
  const firstWithout = [...gave.values()].indexOf(false);
  return firstWithout === -1 ? gave.size : firstWithout;
}

export type SeatPlace = "present" | "remote" | "absent" | "vacant";

export type RoomSeatView = {
  readonly id: SeatId;
  readonly label: string;
  readonly place: SeatPlace;
  readonly sitting: {
    readonly personId: PersonId;
    readonly displayName: string;
    readonly isSubstitute: boolean;
    readonly since: LocalDateTime;
  } | null;
  readonly holders: readonly (Holder & { readonly isSubstitute: boolean })[];
  readonly isWithdrawn: boolean;
  /** The seat that carries its voice now. */
  readonly representedBy: string | null;
  readonly isChair: boolean;
  readonly isMine: boolean;
  /** The last entry that stands about the seat's presence, which a correction would replace. */
  readonly lastEntryId: string | null;
};

export type RoomProxyView = {
  readonly id: string;
  readonly giver: string;
  readonly holder: string;
  readonly givenAt: LocalDateTime;
  readonly suspendedBy: ProxySuspension | null;
  readonly isRevoked: boolean;
  readonly isMine: boolean;
};

export type ProxyProposal = {
  readonly giver: SeatId;
  readonly giverLabel: string;
  readonly holder: SeatId;
  readonly holderLabel: string;
};

export type RoomPollView = {
  readonly id: PollId;
  readonly itemId: AgendaItemId | null;
  readonly title: string;
  readonly mode: PollMode;
  readonly status: PollState;
  readonly sentence: string | null;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly outcome: string | null;
  readonly decision: string | null;
  /** As frozen when the poll closed; what was found when the item was taken up may have been otherwise. */
  readonly quorum: { readonly at: LocalDateTime; readonly reached: boolean; readonly sentence: string } | null;
};

export type RoomItemView = Pick<RecordedItem, "id" | "position" | "title" | "kind" | "rapporteur" | "descriptionMd"> & {
  readonly discussions: readonly (RecordedDiscussion & {
    /** The quorum of that minute as the entries of today tell it, when it is not what was noted. */
    readonly quorumSince: { readonly cause: SinceCause; readonly sentence: string } | null;
  })[];
};

export type RoomEntryView = {
  readonly id: string;
  readonly kind: AttendanceEvent["kind"];
  readonly mode: AttendanceMode;
  readonly at: LocalDateTime;
  readonly seat: string;
  readonly person: string;
  readonly item: string | null;
  /** The minute that this entry had before it was corrected; null when nobody corrected it. */
  readonly correctedFrom: LocalDateTime | null;
  /** Written by mistake and cancelled since: it counts for nothing, and stays readable. */
  readonly isVoided: boolean;
};

export type RoomFacts = {
  readonly head: MeetingHead;
  readonly now: LocalDateTime;
  readonly chair: string | null;
  readonly secretary: string | null;
  readonly quorum: Quorum;
  /** Was the quorum there at some minute since the opening? Tells « lost » from « not reached yet ». */
  readonly wasQuorate: boolean;
  readonly seats: readonly RoomSeatView[];
  readonly items: readonly RoomItemView[];
  readonly withdrawn: readonly { readonly seatId: SeatId; readonly personId: PersonId; readonly label: string }[];
  readonly proxies: readonly RoomProxyView[];
  readonly proposals: readonly ProxyProposal[];
  readonly proxiesAllowed: boolean;
  readonly remoteAllowed: boolean;
  readonly polls: readonly RoomPollView[];
  /** The entries that stand and those that were cancelled, the latest first. */
  readonly entries: readonly RoomEntryView[];
};

/** Everything that the room shows at a minute, or null for an identifier that leads nowhere in this network. */
export function findRoom(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
  moment: { readonly now: LocalDateTime; readonly actor: Actor },
): Promise<RoomFacts | null> {
  const key = `room ${networkId} ${meetingId} ${moment.now} ${moment.actor.personId ?? ""}`;
  return onceUntilNextWrite(db, key, () => readRoom(db, networkId, meetingId, moment));
}

async function readRoom(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
  { now, actor }: { readonly now: LocalDateTime; readonly actor: Actor },
): Promise<RoomFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const { head, seats, events, proxies, rules } = record;
  const at = roomMinute(now, events);
  const assessed = computeRoom(record, { at });
  const standing = listStandingEvents(events);
  const names = namesOf(record);
  const labels = new Map(seats.map(({ id, label }) => [id, label]));
  const labelOf = (seatId: SeatId): string => labels.get(seatId) ?? "";
  const carried = new Map(
    assessed.proxies
      .filter(({ suspendedBy }) => suspendedBy === null)
      .map(({ proxy }) => [proxy.giver, labelOf(proxy.holder)]),
  );
  const discussions = await listDiscussions(db, networkId, meetingId);
  const isMine = (seatId: SeatId): boolean => holdsSeat(actor, networkId, seatId);
  return {
    head,
    now: at,
    chair: describeChair(record, names),
    secretary: await findName(db, head.secretaryPersonId),
    quorum: assessed.quorum,
    wasQuorate: wasEverQuorate(
      { seats, rules, convening: head.convening, events, proxies },
      { openedAt: sittingPeriod(await listTransitions(db, networkId, meetingId)).openedAt ?? at, closedAt: at },
    ),
    seats: seats.map((seat): RoomSeatView => {
      const { sitting } = attendanceOf(assessed.room, seat.id);
      return {
        id: seat.id,
        label: seat.label,
        place: placeOf(seat, sitting?.mode ?? null),
        sitting: sitting && {
          personId: sitting.personId,
          displayName: names.get(sitting.personId) ?? "",
          isSubstitute: seat.substitute?.personId === sitting.personId,
          since: sitting.since,
        },
        holders: holdersOf(seat),
        isWithdrawn: head.currentItemId !== null && isWithdrawnFrom(assessed.room, seat.id, head.currentItemId),
        representedBy: carried.get(seat.id) ?? null,
        isChair: head.chairSeatId === seat.id,
        isMine: isMine(seat.id),
        lastEntryId: standing.findLast(({ seatId }) => seatId === seat.id)?.id ?? null,
      };
    }),
    items: listItems(record, discussions),
    withdrawn: [...assessed.room].flatMap(([seatId, { withdrawals }]) =>
      withdrawals
        .filter(({ itemId }) => itemId === head.currentItemId)
        .map(({ personId }) => ({ seatId, personId, label: `${labelOf(seatId)} (${names.get(personId) ?? ""})` })),
    ),
    proxies: assessed.proxies.flatMap(({ proxy, suspendedBy }) => {
      const recorded = proxies.find((candidate: RecordedProxy) => candidate === proxy);
      if (!recorded) return [];
      return {
        ...{ id: recorded.id, giver: labelOf(proxy.giver), holder: labelOf(proxy.holder), givenAt: proxy.givenAt },
        ...{ suspendedBy, isRevoked: proxy.revokedAt !== null, isMine: isMine(proxy.giver) },
      };
    }),
    proposals: listProposals(record, await listReplies(db, networkId, meetingId), assessed, labelOf),
    proxiesAllowed: rules.proxies.allowed,
    remoteAllowed: rules.remoteAttendance.allowed,
    polls: await listPolls(db, networkId, meetingId),
    entries: [...standing.map((entry) => toEntryView(entry, record, names)), ...listVoidedEntries(record, names)]
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
      .reverse(),
  };
}

function placeOf(seat: SeatOnDay, mode: AttendanceMode | null): SeatPlace {
  if (!seat.inOffice) return "vacant";
  if (mode === null) return "absent";
  return mode === "remote" ? "remote" : "present";
}

function holdersOf({ titular, substitute }: SeatOnDay): readonly (Holder & { readonly isSubstitute: boolean })[] {
  return [
    ...(titular ? [{ ...titular, isSubstitute: false }] : []),
    ...(substitute ? [{ ...substitute, isSubstitute: true }] : []),
  ];
}

function namesOf({ mandates }: MeetingRecord): ReadonlyMap<PersonId, string> {
  return new Map(mandates.map(({ personId, displayName }) => [personId, displayName]));
}

function describeChair({ head, seats }: MeetingRecord, names: ReadonlyMap<PersonId, string>): string | null {
  if (head.chairPersonId === null) return null;
  const seat = seats.find(({ id }) => id === head.chairSeatId);
  return nameWithSeat(names.get(head.chairPersonId) ?? "", seat?.label ?? null);
}

async function findName(db: Db, personId: PersonId | null): Promise<string | null> {
  if (personId === null) return null;
  const row = await db.selectFrom("person").select("displayName").where("id", "=", personId).executeTakeFirst();
  return row?.displayName ?? null;
}

function listItems(record: MeetingRecord, discussions: readonly RecordedDiscussion[]): readonly RoomItemView[] {
  const { head, seats, rules, events, proxies } = record;
  const moment = { seats, rules, convening: head.convening, events, proxies };
  return record.agenda
    .filter(({ status }) => status === "accepted")
    .map(({ id, title, kind, rapporteur, descriptionMd }, index) => ({
      ...{ id, position: index + 1, title, kind, rapporteur, descriptionMd },
      discussions: discussions
        .filter(({ itemId }) => itemId === id)
        .map((discussion) => {
          const { at, quorumSentence } = discussion;
          const since = findQuorumSince(quorumSentence, { ...moment, itemId: id, at, subject: pollSubjectOf(kind) });
          return { ...discussion, quorumSince: since && { cause: since.cause, sentence: since.quorum.sentence } };
        }),
    }));
}

function toEntryView(
  entry: AttendanceEvent,
  { seats, agenda, events }: MeetingRecord,
  names: ReadonlyMap<PersonId, string>,
): RoomEntryView {
  return {
    ...{ id: entry.id, kind: entry.kind, mode: entry.mode, at: entry.at },
    seat: seats.find(({ id }) => id === entry.seatId)?.label ?? "",
    person: names.get(entry.personId) ?? "",
    item: agenda.find(({ id }) => id === entry.itemId)?.title ?? null,
    correctedFrom: events.find(({ id }) => id === entry.corrects)?.at ?? null,
    isVoided: false,
  };
}

/** The entries that a correction cancelled, as they stood before. */
function listVoidedEntries(record: MeetingRecord, names: ReadonlyMap<PersonId, string>): readonly RoomEntryView[] {
  return record.events.flatMap(({ corrects, voided }) => {
    const entry = voided ? record.events.find(({ id }) => id === corrects) : undefined;
    return entry ? [{ ...toEntryView(entry, record, names), isVoided: true }] : [];
  });
}

async function listReplies(db: Db, networkId: NetworkId, meetingId: string): Promise<readonly ReplyEntry[]> {
  const rows = await db
    .selectFrom("reply")
    .select(["seatId", "personId", "choice", "proxyToSeatId", "at"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("sequence")
    .execute();
  return rows.map((row) => ({
    seatId: row.seatId as SeatId,
    personId: row.personId as PersonId,
    at: row.at,
    reply: toReply(row.choice, row.proxyToSeatId),
  }));
}

function toReply(choice: string, holderSeatId: string | null): Reply {
  if (choice === "absent-with-proxy" && holderSeatId !== null) {
    return { kind: "absent-with-proxy", holderSeatId: holderSeatId as SeatId };
  }
  return choice === "present" || choice === "remote" ? { kind: choice } : { kind: "absent" };
}

/** Proxies announced in the replies and not recorded yet, of seats that are still out of the room. */
function listProposals(
  { proxies, seats }: MeetingRecord,
  replies: readonly ReplyEntry[],
  { room }: AssessedRoom,
  labelOf: (seatId: SeatId) => string,
): readonly ProxyProposal[] {
  const given = new Set(proxies.map(({ giver }) => giver));
  const inOffice = new Set(seats.filter((seat) => seat.inOffice).map(({ id }) => id));
  return [...lastReplies(replies).values()].flatMap(({ seatId, reply }) => {
    if (reply.kind !== "absent-with-proxy" || given.has(seatId)) return [];
    if (!inOffice.has(seatId) || attendanceOf(room, seatId).sitting !== null) return [];
    return {
      ...{ giver: seatId, giverLabel: labelOf(seatId) },
      ...{ holder: reply.holderSeatId, holderLabel: labelOf(reply.holderSeatId) },
    };
  });
}

async function listPolls(db: Db, networkId: NetworkId, meetingId: string): Promise<readonly RoomPollView[]> {
  const rows = await db
    .selectFrom("poll")
    .leftJoin("pollResult", "pollResult.pollId", "poll.id")
    .select([
      ...(["poll.id", "poll.agendaItemId", "poll.title", "poll.mode", "poll.status", "poll.openedAt"] as const),
      ...(["poll.closedAt", "pollResult.sentence", "pollResult.outcome", "pollResult.quorum"] as const),
      ...(["pollResult.decisionYear", "pollResult.decisionNumber"] as const),
    ])
    .where("poll.networkId", "=", networkId)
    .where("poll.meetingId", "=", meetingId)
    .orderBy("poll.createdAt")
    .orderBy("poll.id")
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id as PollId, itemId: row.agendaItemId as AgendaItemId | null, title: row.title },
    ...{ mode: row.mode as PollMode, status: row.status as PollState, sentence: row.sentence },
    ...{ openedAt: row.openedAt, closedAt: row.closedAt, outcome: row.outcome },
    decision:
      row.decisionYear !== null && row.decisionNumber !== null ? `${row.decisionYear}-${row.decisionNumber}` : null,
    quorum: quorumAtVote(row),
  }));
}

function quorumAtVote(row: {
  readonly closedAt: string | null;
  readonly quorum: string | null;
}): RoomPollView["quorum"] {
  const frozen = row.quorum === null ? null : (JSON.parse(row.quorum) as Quorum | null);
  if (frozen === null || row.closedAt === null) return null;
  return { at: parisLocalAt(new Date(row.closedAt)), reached: frozen.reached, sentence: frozen.sentence };
}

export type CorrectionFacts = {
  readonly head: MeetingHead;
  readonly entry: RoomEntryView & { readonly seatId: SeatId; readonly personId: PersonId };
  readonly holders: RoomSeatView["holders"];
  readonly remoteAllowed: boolean;
};

/** An entry that stands and may be corrected; null when it does not, or is of another meeting or network. */
export async function findEntryToCorrect(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
  entryId: string,
): Promise<CorrectionFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  const entry = record && listStandingEvents(record.events).find(({ id }) => id === entryId);
  if (!record || !entry) return null;
  const seat = record.seats.find(({ id }) => id === entry.seatId);
  return {
    head: record.head,
    entry: {
      ...toEntryView(entry, record, namesOf(record)),
      ...{ seatId: entry.seatId, personId: entry.personId },
    },
    holders: seat ? holdersOf(seat) : [],
    remoteAllowed: record.rules.remoteAttendance.allowed,
  };
}

export type SheetLine = {
  readonly seatId: SeatId;
  readonly label: string;
  readonly inOffice: boolean;
  readonly holders: RoomSeatView["holders"];
  readonly periods: readonly {
    readonly person: string;
    readonly mode: AttendanceMode;
    readonly from: LocalDateTime;
    readonly until: LocalDateTime | null;
  }[];
  /** The seat whose holder carries its voice, as written. */
  readonly proxyTo: string | null;
};

export type SheetFacts = {
  readonly head: MeetingHead;
  readonly lines: readonly SheetLine[];
  readonly chair: string | null;
  readonly secretary: string | null;
  readonly openedAt: LocalDateTime | null;
  readonly closedAt: LocalDateTime | null;
};

/** The attendance sheet: one line per seat of the committee on that day, empty before the meeting, reconciled with the record after. */
export async function findAttendanceSheet(db: Db, networkId: NetworkId, meetingId: string): Promise<SheetFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const names = namesOf(record);
  const periods = listAttendancePeriods(record.events);
  const labels = new Map(record.seats.map(({ id, label }) => [id, label]));
  return {
    head: record.head,
    lines: record.seats.map((seat) => {
      const proxy = record.proxies.find(({ giver, revokedAt }) => giver === seat.id && revokedAt === null);
      return {
        ...{ seatId: seat.id, label: seat.label, inOffice: seat.inOffice, holders: holdersOf(seat) },
        periods: periods
          .filter(({ seatId }) => seatId === seat.id)
          .map(({ personId, mode, from, until }) => ({ person: names.get(personId) ?? "", mode, from, until })),
        proxyTo: proxy ? (labels.get(proxy.holder) ?? null) : null,
      };
    }),
    chair: describeChair(record, names),
    secretary: await findName(db, record.head.secretaryPersonId),
    ...sittingPeriod(await listTransitions(db, networkId, meetingId)),
  };
}

/** What happened in a meeting, minute after minute. */
export type TimelineMark =
  | { readonly kind: "transition"; readonly at: LocalDateTime; readonly transition: RecordedTransition }
  | {
      readonly kind: "entry";
      readonly at: LocalDateTime;
      readonly entry: RoomEntryView;
      readonly quorum: Quorum | null;
    }
  | { readonly kind: "item"; readonly at: LocalDateTime; readonly title: string; readonly sentence: string }
  | { readonly kind: "poll"; readonly at: LocalDateTime; readonly poll: RoomPollView };

export type ClosedMeetingFacts = {
  readonly head: MeetingHead;
  readonly chair: string | null;
  readonly secretary: string | null;
  readonly openedAt: LocalDateTime | null;
  readonly closedAt: LocalDateTime | null;
  readonly cancelReason: string | null;
  readonly items: readonly RoomItemView[];
  readonly polls: readonly RoomPollView[];
  readonly timeline: readonly TimelineMark[];
  readonly seats: readonly SheetLine[];
  /** Has a second convening been prepared, and which meeting is it? */
  readonly secondMeetingId: string | null;
  readonly minutesStatus: string | null;
};

/** A meeting that is over: what it was, in the order it happened. */
export async function findClosedMeeting(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
  minuteOfInstant: (instant: string) => LocalDateTime,
): Promise<ClosedMeetingFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  const sheet = record && (await findAttendanceSheet(db, networkId, meetingId));
  if (!record || !sheet) return null;
  const transitions = await listTransitions(db, networkId, meetingId);
  const discussions = await listDiscussions(db, networkId, meetingId);
  const polls = await listPolls(db, networkId, meetingId);
  const second = await db
    .selectFrom("meeting")
    .select("id")
    .where("networkId", "=", networkId)
    .where("firstMeetingId", "=", meetingId)
    .executeTakeFirst();
  const minutes = await db
    .selectFrom("minutes")
    .select("status")
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .executeTakeFirst();
  return {
    head: record.head,
    ...{ chair: sheet.chair, secretary: sheet.secretary, openedAt: sheet.openedAt, closedAt: sheet.closedAt },
    cancelReason: transitions.find(({ to }) => to === "cancelled")?.reason ?? null,
    items: listItems(record, discussions),
    polls,
    timeline: buildTimeline(
      record,
      { transitions, discussions, polls, writtenAt: await listWritingInstants(db, networkId, meetingId) },
      minuteOfInstant,
    ),
    seats: sheet.lines,
    secondMeetingId: second?.id ?? null,
    minutesStatus: minutes?.status ?? null,
  };
}

async function listWritingInstants(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("attendanceEvent")
    .select(["id", "recordedAt"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .execute();
  return new Map(rows.map(({ id, recordedAt }) => [id, recordedAt]));
}

type TimelineSources = {
  readonly transitions: readonly RecordedTransition[];
  readonly discussions: readonly RecordedDiscussion[];
  readonly polls: readonly RoomPollView[];
  /** When each entry was written. */
  readonly writtenAt: ReadonlyMap<string, string>;
};

/** `instant`: when it was recorded; null for what was written after its minute, whose place within it nobody knows. */
type PlacedMark = { readonly mark: TimelineMark; readonly instant: string | null };

function buildTimeline(
  record: MeetingRecord,
  { transitions, discussions, polls, writtenAt }: TimelineSources,
  minuteOfInstant: (instant: string) => LocalDateTime,
): readonly TimelineMark[] {
  const names = namesOf(record);
  const titles = new Map(record.agenda.map(({ id, title }) => [id, title]));
  const instantOf = ({ id, at, corrects }: AttendanceEvent): string | null => {
    const first = record.events.find((event) => event.id === corrects && event.at === at);
    if (first) return instantOf(first);
    const instant = writtenAt.get(id) ?? null;
    return instant !== null && minuteOfInstant(instant) === at ? instant : null;
  };
  let reached: boolean | null = null;
  const standing = listStandingEvents(record.events);
  const entries = standing.map((entry, index): PlacedMark => {
    const { quorum } = computeRoom(record, { at: entry.at, itemId: null });
    // The quorum is told to the minute: after the last entry of that minute.
    const isLast = standing[index + 1]?.at !== entry.at;
    const turned = isLast && quorum.reached !== (reached ?? false);
    if (isLast) reached = quorum.reached;
    const mark = { kind: "entry" as const, at: entry.at, entry: toEntryView(entry, record, names) };
    return { mark: { ...mark, quorum: turned ? quorum : null }, instant: instantOf(entry) };
  });
  const marks: readonly PlacedMark[] = [
    ...transitions.map((transition): PlacedMark => ({
      ...{ mark: { kind: "transition", at: transition.minute, transition }, instant: transition.at },
    })),
    ...entries,
    ...listVoidedEntries(record, names).map((entry): PlacedMark => {
      const event = record.events.find(({ id }) => id === entry.id);
      return { mark: { kind: "entry", at: entry.at, entry, quorum: null }, instant: event ? instantOf(event) : null };
    }),
    ...discussions.map(({ itemId, at, quorumSentence, recordedAt }): PlacedMark => ({
      mark: { kind: "item", at, title: titles.get(itemId) ?? "", sentence: quorumSentence },
      instant: recordedAt,
    })),
    ...polls.flatMap((poll): readonly PlacedMark[] =>
      poll.closedAt === null
        ? []
        : [{ mark: { kind: "poll", at: minuteOfInstant(poll.closedAt), poll }, instant: poll.closedAt }],
    ),
  ];
  return [...marks].sort(inTrueOrder).map(({ mark }) => mark);
}

/** By the minute; within it, the opening, then what was written afterwards, then things as they were recorded, and the closing last. */
function inTrueOrder(one: PlacedMark, other: PlacedMark): number {
  if (one.mark.at !== other.mark.at) return one.mark.at < other.mark.at ? -1 : 1;
  const ranks = rankInMinute(one) - rankInMinute(other);
  if (ranks !== 0) return ranks;
  if (one.instant !== null && other.instant !== null && one.instant !== other.instant)
    return one.instant < other.instant ? -1 : 1;
  return KIND_RANKS[one.mark.kind] - KIND_RANKS[other.mark.kind];
}

function rankInMinute({ mark, instant }: PlacedMark): number {
  if (mark.kind === "transition" && mark.transition.to === "closed") return 3;
  if (mark.kind === "transition" && mark.transition.from !== "suspended" && mark.transition.to === "open") return 0;
  return instant === null ? 1 : 2;
}

const KIND_RANKS: Record<TimelineMark["kind"], number> = { transition: 0, entry: 1, item: 2, poll: 3 };
