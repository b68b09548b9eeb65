import { type QuorumTurn } from "~/domain/minutes/structure";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt, timeOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { AgendaItemId, NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import { listAttendancePeriods, listStandingEvents, type AttendancePeriod } from "~/domain/meeting/attendance";
import { countNotice, noticeSentence } from "~/domain/meeting/notice";
import type {
  ConvocationFacts,
  GovernanceFacts,
  ItemFacts,
  MinutesFacts,
  OfficerFacts,
  PolledExpense,
  PollFacts,
  ProxyFacts,
  QuorumFacts,
  SeatFacts,
  SuspensionFacts,
} from "~/domain/minutes/structure";
import { isConsultative } from "~/domain/voting/eligibility";
import { assessRoom, findQuorumSince, pollSubjectOf } from "~/domain/voting/room";
import { formatTime } from "~/documents/french";
import { decisionNumberOf } from "~/documents/voting-words";
import { findMeetingClause } from "~/services/agreement-record.server";
import type { Db, Trx } from "~/services/db.server";
import {
  listDiscussions,
  listTransitions,
  loadMeetingRecord,
  meetingNumber,
  sittingPeriod,
  type MeetingRecord,
  type RecordedDiscussion,
  type RecordedItem,
  type RecordedTransition,
} from "~/services/meeting-record.server";
import { listMeetingPolls, listNamedVotes, type NamedVote, type PollWithResult } from "~/services/poll-record.server";

/** Everything that was recorded about a meeting, as its minutes tell it; null for an identifier that leads nowhere in this network. */
export async function loadMinutesFacts(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<MinutesFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const { head } = record;
  const transitions = await listTransitions(db, networkId, meetingId);
  const polls = await listMeetingPolls(db, networkId, meetingId);
  const sources: Sources = {
    record,
    transitions,
    period: sittingPeriod(transitions),
    discussions: await listDiscussions(db, networkId, meetingId),
    polls,
    votes: await listNamedVotes(
      db,
      networkId,
      polls.filter(({ poll }) => poll.mode === "public" && poll.state === "closed").map(({ poll }) => poll.id),
    ),
    names: await listNames(db, record),
    reports: await listReports(db, networkId, record),
    requests: await listSecretRequests(db, networkId, meetingId),
    expenses: await listPolledExpenses(db, networkId, polls),
    excused: await listExcusedSeats(db, networkId, meetingId),
  };
  const announced = await listAnnouncedItems(db, networkId, head.id);
  const network = await db.selectFrom("network").select("name").where("id", "=", networkId).executeTakeFirstOrThrow();
  return {
    networkId,
    networkName: network.name,
    meetingId: head.id,
    meetingNumber: meetingNumber(head),
    place: head.place,
    scheduledAt: head.startsAt,
    openedAt: sources.period.openedAt,
    closedAt: sources.period.closedAt,
    outcome: head.outcome,
    convocation: await loadConvocation(db, networkId, record),
    secondConveningOf: await findConvening(db, networkId, "id", head.firstMeetingId),
    secondConvening: await findConvening(db, networkId, "firstMeetingId", head.id),
    chair: officerOf(sources, head.chairPersonId, head.chairSeatId),
    secretary: officerOf(sources, head.secretaryPersonId, null),
    seats: seatFacts(sources),
    proxies: proxyFacts(sources),
    openingQuorum: openingQuorum(sources),
    quorumTurns: quorumTurns(sources),
    items: record.agenda
      .filter(({ id, status }) => status === "accepted" || (status === "removed" && announced.has(id)))
      .map((item) => itemFacts(item, sources)),
    governance: await findGovernance(db, networkId, head.id, dateOf(head.startsAt)),
    suspensions: suspensionFacts(transitions),
  };
}

async function findGovernance(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
  heldOn: PlainDate,
): Promise<GovernanceFacts | null> {
  const clause = await findMeetingClause(db, networkId, meetingId, heldOn);
  if (clause === null) return null;
  return {
    ...{ title: clause.title, article: clause.article },
    groups: clause.groups.map(({ label, presence }) => ({
      label,
      presence: presence === "unknown" ? "not-noted" : presence,
    })),
  };
}

type Sources = {
  readonly record: MeetingRecord;
  readonly transitions: readonly RecordedTransition[];
  readonly period: ReturnType<typeof sittingPeriod>;
  readonly discussions: readonly RecordedDiscussion[];
  readonly polls: readonly PollWithResult[];
  readonly votes: readonly NamedVote[];
  readonly names: ReadonlyMap<string, string>;
  /** Titles of documents, by item. */
  readonly reports: ReadonlyMap<AgendaItemId, readonly string[]>;
  /** Seats that asked for a secret ballot, by item. */
  readonly requests: ReadonlyMap<string, readonly string[]>;
  /** Expenses put to the vote, by poll. */
  readonly expenses: ReadonlyMap<string, PolledExpense>;
  /** Seats whose last reply to the convocation says that nobody comes. */
  readonly excused: ReadonlySet<string>;
};

async function listExcusedSeats(db: Db | Trx, networkId: NetworkId, meetingId: string): Promise<ReadonlySet<string>> {
  const replies = await db
    .selectFrom("reply")
    .select(["seatId", "choice"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("sequence")
    .execute();
  const last = new Map(replies.map(({ seatId, choice }) => [seatId, choice]));
  return new Set([...last].filter(([, choice]) => choice.startsWith("absent")).map(([seatId]) => seatId));
}

async function listNames(
  db: Db | Trx,
  { head, mandates, events }: MeetingRecord,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [head.chairPersonId, head.secretaryPersonId, ...events.map(({ personId }) => personId)].filter(
    (id): id is PersonId => id !== null,
  );
  const rows =
    wanted.length === 0
      ? []
      : await db
          .selectFrom("person")
          .select(["id", "displayName"])
          .where("id", "in", [...new Set(wanted)])
          .execute();
  return new Map([
    ...mandates.map(({ personId, displayName }) => [personId, displayName] as const),
    ...rows.map(({ id, displayName }) => [id, displayName] as const),
  ]);
}

/** Documents joined to an item, or to the expense that it is about, in the order in which they came. */
async function listReports(
  db: Db | Trx,
  networkId: NetworkId,
  { agenda, head }: MeetingRecord,
): Promise<ReadonlyMap<AgendaItemId, readonly string[]>> {
  const expenses = agenda.flatMap(({ kind, subjectId }) =>
    kind === "expense-validation" && subjectId !== null ? [subjectId] : [],
  );
  const rows = await db
    .selectFrom("document")
    .select(["agendaItemId", "expenseId", "title"])
    .where("networkId", "=", networkId)
    .where((eb) =>
      eb.or([eb("meetingId", "=", head.id), ...(expenses.length === 0 ? [] : [eb("expenseId", "in", expenses)])]),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return new Map(
    agenda.map((item) => [
      item.id,
      rows
        .filter(
          ({ agendaItemId, expenseId }) =>
            agendaItemId === item.id ||
            (item.kind === "expense-validation" && expenseId !== null && expenseId === item.subjectId),
        )
        .map(({ title }) => title),
    ]),
  );
}

async function listSecretRequests(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom("secretRequest")
    .innerJoin("seat", "seat.id", "secretRequest.seatId")
    .select(["secretRequest.agendaItemId", "seat.label"])
    .where("secretRequest.networkId", "=", networkId)
    .where("secretRequest.meetingId", "=", meetingId)
    .orderBy("seat.position")
    .execute();
  const byItem = new Map<string, string[]>();
  for (const { agendaItemId, label } of rows) {
    const known = byItem.get(agendaItemId) ?? [];
    if (!known.includes(label)) byItem.set(agendaItemId, [...known, label]);
  }
  return byItem;
}

/** What each poll spends: the expense that it is about, or that of the written consultation that it ratifies. */
async function listPolledExpenses(
  db: Db | Trx,
  networkId: NetworkId,
  polls: readonly PollWithResult[],
): Promise<ReadonlyMap<string, PolledExpense>> {
  const subjects = polls.flatMap(({ poll }) => (poll.subjectId === null ? [] : [poll.subjectId]));
  if (subjects.length === 0) return new Map();
  const consultations = await db
    .selectFrom("poll")
    .select(["id", "subjectId"])
    .where("networkId", "=", networkId)
    .where("id", "in", subjects)
    .execute();
  const consulted = new Map(consultations.map(({ id, subjectId }) => [id, subjectId]));
  const expenses = await db
    .selectFrom("expense")
    .select(["id", "object", "supplier", "amountCents"])
    .where("networkId", "=", networkId)
    .where("id", "in", [...subjects, ...[...consulted.values()].filter((id) => id !== null)])
    .execute();
  return new Map(
    polls.flatMap(({ poll }) => {
      const about = consulted.get(poll.subjectId ?? "") ?? poll.subjectId;
      const expense = expenses.find(({ id }) => id === about);
      if (!expense) return [];
      const { object, supplier, amountCents } = expense;
      return [[poll.id, { object, supplier, amount: amountCents as Cents }] as const];
    }),
  );
}

/** Items that the convocations told: one taken off later is still said not to have been examined. */
async function listAnnouncedItems(db: Db | Trx, networkId: NetworkId, meetingId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("convocation")
    .select("agenda")
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .execute();
  return new Set(rows.flatMap(({ agenda }) => (JSON.parse(agenda) as { readonly id: string }[]).map(({ id }) => id)));
}

async function loadConvocation(
  db: Db | Trx,
  networkId: NetworkId,
  { head, rules }: MeetingRecord,
): Promise<ConvocationFacts> {
  const row = await db
    .selectFrom("convocation")
    .select("sentAt")
    .where("networkId", "=", networkId)
    .where("meetingId", "=", head.id)
    .orderBy("sentAt")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { sentOn: null, noticeSentence: null, urgencyReason: null };
  const sentOn = dateOf(parisLocalAt(new Date(row.sentAt)));
  const notice = countNotice(sentOn, dateOf(head.startsAt), rules.notice);
  const urgencyReason = notice.isMet ? null : head.urgencyReason;
  return { sentOn, noticeSentence: noticeSentence({ count: notice, urgencyReason }), urgencyReason };
}

async function findConvening(
  db: Db | Trx,
  networkId: NetworkId,
  column: "id" | "firstMeetingId",
  value: string | null,
): Promise<MinutesFacts["secondConvening"]> {
  if (value === null) return null;
  const row = await db
    .selectFrom("meeting")
    .select(["year", "rank", "startsAt"])
    .where("networkId", "=", networkId)
    .where(column, "=", value)
    .where("status", "!=", "cancelled")
    .orderBy("startsAt")
    .limit(1)
    .executeTakeFirst();
  return row ? { meetingNumber: meetingNumber(row), scheduledAt: row.startsAt as LocalDateTime } : null;
}

function officerOf({ names, record }: Sources, personId: PersonId | null, seatId: SeatId | null): OfficerFacts | null {
  if (personId === null) return null;
  return { personId, name: names.get(personId) ?? "", seatLabel: seatId === null ? null : labelOf(record, seatId) };
}

function labelOf({ seats }: MeetingRecord, seatId: SeatId): string {
  return seats.find(({ id }) => id === seatId)?.label ?? "";
}

function seatFacts({ record, names, period, excused }: Sources): readonly SeatFacts[] {
  const periods = listAttendancePeriods(record.events);
  const { closedAt } = period;
  return record.seats.map((seat): SeatFacts => {
    const own = periods.filter(({ seatId }) => seatId === seat.id);
    const sitting = own[0]?.personId ?? null;
    const expected = seat.titular ?? seat.substitute;
    const isSubstitute = sitting === null ? seat.titular === null : sitting === seat.substitute?.personId;
    const isRepresented = record.proxies.some(
      ({ giver, holder, revokedAt }) =>
        giver === seat.id &&
        (revokedAt === null || (closedAt !== null && revokedAt > closedAt)) &&
        periods.some(({ seatId }) => seatId === holder),
    );
    return {
      seatId: seat.id,
      label: seat.label,
      personId: seat.inOffice ? (sitting ?? expected?.personId ?? null) : null,
      personName: seat.inOffice ? joinNames(own, names, expected?.displayName ?? null) : null,
      capacity: seat.inOffice ? (isSubstitute ? "substitute" : "titular") : null,
      presence: !seat.inOffice ? "vacant" : own.length > 0 ? "present" : isRepresented ? "represented" : "absent",
      isExcused: excused.has(seat.id),
      isConsultative: isConsultative(seat.kind, record.rules, "motion"),
      periods: own.map(({ from, until, mode }) => ({ from, to: until, mode })),
    };
  });
}

/** Titular and substitute may sit in turn: both are named. */
function joinNames(
  periods: readonly AttendancePeriod[],
  names: ReadonlyMap<string, string>,
  expected: string | null,
): string | null {
  const persons = [...new Set(periods.map(({ personId }) => personId))];
  return persons.length === 0 ? expected : persons.map((id) => names.get(id) ?? "").join(", puis ");
}

function proxyFacts({ record }: Sources): readonly ProxyFacts[] {
  const periods = listAttendancePeriods(record.events);
  return record.proxies.map(({ giver, holder, givenAt, revokedAt }) => {
    const voidPeriods = periods
      .filter(
        ({ seatId, from, until }) =>
          seatId === giver && (until === null || until > givenAt) && (revokedAt === null || from < revokedAt),
      )
      .map(({ from, until }) => ({ from, to: until }));
    return { giverLabel: labelOf(record, giver), holderLabel: labelOf(record, holder), revokedAt, voidPeriods };
  });
}

/** The quorum at the opening or, when it came later, at the first minute when it was reached; else as the meeting ended. */
function openingQuorum(sources: Sources): QuorumFacts | null {
  const { record, period, transitions } = sources;
  const { openedAt, closedAt } = period;
  if (openedAt === null || transitions.length === 0) return null;
  const minutes = [
    openedAt,
    ...listStandingEvents(record.events)
      .map(({ at }) => at)
      .filter((at) => at > openedAt && (closedAt === null || at <= closedAt)),
  ];
  const assess = (at: LocalDateTime) => assessQuorum(record, at);
  const reachedAt = minutes.find((at) => assess(at).reached);
  const at = reachedAt ?? minutes.at(-1) ?? openedAt;
  const { reached, sentence } = assess(at);
  return { reached, sentence: `À ${formatTime(timeOf(at))}, ${sentence}`, since: null };
}

function assessQuorum({ seats, rules, events, proxies, head }: MeetingRecord, at: LocalDateTime) {
  return assessRoom({ seats, rules, convening: head.convening, events, proxies, itemId: null, at }).quorum;
}

/** After the quorum was first reached and before the closing, minute by minute: withdrawals, which are about one item, are told there. */
function quorumTurns({ record, period }: Sources): readonly QuorumTurn[] {
  const { openedAt, closedAt } = period;
  if (openedAt === null) return [];
  const minutes = listStandingEvents(record.events)
    .map(({ at }) => at)
    .filter((at) => at > openedAt && (closedAt === null || at < closedAt));
  const states = [openedAt, ...new Set(minutes)].map((at) => ({ at, ...assessQuorum(record, at) }));
  const first = states.findIndex(({ reached }) => reached);
  if (first === -1) return [];
  return states
    .slice(first)
    .filter(({ reached }, index, since) => index > 0 && reached !== since[index - 1]?.reached)
    .map(({ at, reached, sentence }) => ({ at, reached, sentence }));
}

function itemFacts(item: RecordedItem, sources: Sources): ItemFacts {
  const { record, discussions, period } = sources;
  const own = discussions.filter(({ itemId }) => itemId === item.id);
  const last = own.at(-1);
  const polls = sources.polls.filter(({ poll }) => poll.itemId === item.id && poll.state !== "cancelled");
  const asked = sources.requests.get(item.id) ?? [];
  const withdrawals = listStandingEvents(record.events).filter(
    ({ kind, itemId, at }) =>
      kind === "withdrawal" && itemId === item.id && (period.closedAt === null || at <= period.closedAt),
  );
  return {
    id: item.id,
    position: item.position,
    kind: item.kind,
    title: item.title,
    rapporteur: item.rapporteur,
    wasExamined: item.status === "accepted" && (own.length > 0 || polls.length > 0),
    reports: sources.reports.get(item.id) ?? [],
    quorum: quorumOfItem(item, polls, last ?? null, record),
    withdrawals: withdrawals.map(({ seatId, at }) => ({ seatLabel: labelOf(record, seatId), at })),
    ballotRequests:
      asked.length === 0 ? [] : [{ askedBy: asked, granted: polls.some(({ poll }) => poll.mode === "secret") }],
    polls: polls.map((entry) => pollFacts(entry, sources)),
  };
}

/** As it was at the last vote on the item, withdrawals included; without a vote, as the item was taken up. */
function quorumOfItem(
  item: RecordedItem,
  polls: readonly PollWithResult[],
  taken: RecordedDiscussion | null,
  { seats, rules, events, proxies, head }: MeetingRecord,
): QuorumFacts | null {
  const last = polls.at(-1);
  const voted = last?.result?.quorum ?? null;
  const closedAt = last?.poll.closedAt ?? null;
  const noted = voted ?? (taken ? { reached: taken.quorumReached, sentence: taken.quorumSentence } : null);
  const at = voted && closedAt !== null ? parisLocalAt(new Date(closedAt)) : (taken?.at ?? null);
  if (!noted) return null;
  const moment = { seats, rules, convening: head.convening, events, proxies, itemId: item.id };
  const subject = voted && last ? last.poll.subject : pollSubjectOf(item.kind);
  const since = at === null ? null : findQuorumSince(noted.sentence, { ...moment, at, subject });
  return {
    ...{ reached: noted.reached, sentence: noted.sentence },
    since: since && { cause: since.cause, sentence: since.quorum.sentence },
  };
}

function pollFacts({ poll, result }: PollWithResult, { votes, record, names, expenses }: Sources): PollFacts {
  const isClosed = poll.state === "closed" && result !== null;
  const periods = listAttendancePeriods(record.events);
  const closedAt = poll.closedAt === null ? null : parisLocalAt(new Date(poll.closedAt));
  const personAt = (seatId: SeatId): string => {
    const sitting = periods.filter(
      (period) => period.seatId === seatId && (closedAt === null || period.from <= closedAt),
    );
    const personId = sitting.at(-1)?.personId;
    return personId === undefined ? "" : (names.get(personId) ?? "");
  };
  return {
    id: poll.id,
    motion: poll.title,
    mode: poll.mode,
    isClosed,
    counts: isClosed ? result.tally.counts : null,
    ballots: !isClosed
      ? []
      : votes
          .filter(({ pollId }) => pollId === poll.id)
          .map(({ seatId, holderSeatId, choice }) => ({
            seatLabel: labelOf(record, seatId),
            personName: holderSeatId === null ? personAt(seatId) : `par pouvoir, ${labelOf(record, holderSeatId)}`,
            choice,
          })),
    resultSentence: isClosed ? result.sentence : null,
    result: isClosed && result.outcome !== "no-decision" ? result.outcome : null,
    decisionNumber:
      isClosed && result.decision !== null ? decisionNumberOf(result.decision.year, result.decision.number) : null,
    expense: expenses.get(poll.id) ?? null,
  };
}

function suspensionFacts(transitions: readonly RecordedTransition[]): readonly SuspensionFacts[] {
  return transitions.flatMap(({ to, minute, reason }, index) =>
    to === "suspended" ? [{ from: minute, to: transitions[index + 1]?.minute ?? null, reason }] : [],
  );
}
