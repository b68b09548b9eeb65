import type { AgendaItemId, MeetingId, NetworkId, PersonId, PollId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Quorum } from "~/domain/quorum/quorum";
import type { Entitlement } from "~/domain/voting/eligibility";
import type { Choice, Poll, PollMode, PollState, PollSubject } from "~/domain/voting/poll";
import type { Tally } from "~/domain/voting/tally";
import type { Db, Trx } from "./db.server";

/** Votes as recorded, in the domain's own types: votes, expenses, decisions and minutes share these reads. */

export type RecordedPoll = Poll & {
  /** Null for a written consultation between two meetings. */
  readonly meetingId: MeetingId | null;
  readonly itemId: AgendaItemId | null;
  readonly subjectId: string | null;
  readonly title: string;
  readonly bodyMd: string;
  readonly openedAt: string;
  /** Last day to answer a written consultation. */
  readonly closesOn: PlainDate | null;
  readonly closedAt: string | null;
};

type PollRow = {
  id: string;
  meetingId: string | null;
  agendaItemId: string | null;
  subject: string;
  subjectId: string | null;
  title: string;
  bodyMd: string;
  mode: string;
  status: string;
  openedAt: string | null;
  closesOn: string | null;
  closedAt: string | null;
  createdAt: string;
};

export function toRecordedPoll(row: PollRow): RecordedPoll {
  return {
    id: row.id as PollId,
    meetingId: row.meetingId as MeetingId | null,
    itemId: row.agendaItemId as AgendaItemId | null,
    subject: row.subject as PollSubject,
    subjectId: row.subjectId,
    title: row.title,
    bodyMd: row.bodyMd,
    mode: row.mode as PollMode,
    state: row.status as PollState,
    openedAt: row.openedAt ?? row.createdAt,
    closesOn: row.closesOn as PlainDate | null,
    closedAt: row.closedAt,
  };
}

/** « no-decision »: the quorum was lost before the closing, or nobody voted; nothing is adopted nor rejected. */
export type PollOutcome = Tally["result"] | "no-decision";

export type RecordedResult = {
  readonly pollId: PollId;
  readonly outcome: PollOutcome;
  readonly tally: Omit<Tally, "entitled" | "sentence">;
  readonly entitled: readonly Entitlement[];
  /** Null for a written consultation. */
  readonly quorum: Quorum | null;
  readonly castingVote: "for" | "against" | null;
  readonly sentence: string;
  readonly decision: { readonly year: number; readonly number: number } | null;
  readonly closedAt: string;
};

type ResultRow = {
  pollId: string;
  outcome: string;
  tally: string;
  entitled: string;
  quorum: string;
  castingVote: string | null;
  sentence: string;
  decisionYear: number | null;
  decisionNumber: number | null;
  closedAt: string;
};

export function toRecordedResult(row: ResultRow): RecordedResult {
  const { decisionYear: year, decisionNumber: number } = row;
  return {
    pollId: row.pollId as PollId,
    outcome: row.outcome as PollOutcome,
    tally: JSON.parse(row.tally) as RecordedResult["tally"],
    entitled: JSON.parse(row.entitled) as readonly Entitlement[],
    quorum: JSON.parse(row.quorum) as Quorum | null,
    castingVote: row.castingVote as RecordedResult["castingVote"],
    sentence: row.sentence,
    decision: year === null || number === null ? null : { year, number },
    closedAt: row.closedAt,
  };
}

export async function findPoll(db: Db | Trx, networkId: NetworkId, pollId: string): Promise<RecordedPoll | null> {
  const row = await db
    .selectFrom("poll")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", pollId)
    .executeTakeFirst();
  return row ? toRecordedPoll(row) : null;
}

export type PollWithResult = { readonly poll: RecordedPoll; readonly result: RecordedResult | null };

async function withResults(db: Db | Trx, polls: readonly RecordedPoll[]): Promise<readonly PollWithResult[]> {
  if (polls.length === 0) return [];
  const rows = await db
    .selectFrom("pollResult")
    .selectAll()
    .where(
      "pollId",
      "in",
      polls.map(({ id }) => id),
    )
    .execute();
  const results = new Map(rows.map((row) => [row.pollId, toRecordedResult(row)]));
  return polls.map((poll) => ({ poll, result: results.get(poll.id) ?? null }));
}

/** The polls of a meeting, the oldest first. */
export async function listMeetingPolls(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly PollWithResult[]> {
  const rows = await db
    .selectFrom("poll")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .orderBy("openedAt")
    .orderBy("id")
    .execute();
  return withResults(db, rows.map(toRecordedPoll));
}

/** Polls about recorded things: an expense, minutes, rules, a consultation to ratify. The oldest first. */
export async function listPollsAbout(
  db: Db | Trx,
  networkId: NetworkId,
  subjectIds: readonly string[],
): Promise<readonly PollWithResult[]> {
  if (subjectIds.length === 0) return [];
  const rows = await db
    .selectFrom("poll")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("subjectId", "in", subjectIds)
    .orderBy("openedAt")
    .orderBy("id")
    .execute();
  return withResults(db, rows.map(toRecordedPoll));
}

export async function findResult(db: Db | Trx, networkId: NetworkId, pollId: string): Promise<RecordedResult | null> {
  const row = await db
    .selectFrom("pollResult")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("pollId", "=", pollId)
    .executeTakeFirst();
  return row ? toRecordedResult(row) : null;
}

/** A vote by name. */
export type NamedVote = {
  readonly pollId: PollId;
  readonly seatId: SeatId;
  readonly choice: Choice;
  /** The seat that carried the proxy, or null when the seat voted by itself. */
  readonly holderSeatId: SeatId | null;
  readonly castBy: PersonId;
  readonly source: "device" | "secretary";
};

/** Votes by name of public polls, in order of seat. Show them once their poll is closed. */
export async function listNamedVotes(
  db: Db | Trx,
  networkId: NetworkId,
  pollIds: readonly string[],
): Promise<readonly NamedVote[]> {
  if (pollIds.length === 0) return [];
  const rows = await db
    .selectFrom("ballot")
    .innerJoin("seat", "seat.id", "ballot.seatId")
    .select([
      ...(["ballot.pollId", "ballot.seatId", "ballot.choice"] as const),
      ...(["ballot.holderSeatId", "ballot.castBy", "ballot.source"] as const),
    ])
    .where("ballot.networkId", "=", networkId)
    .where("ballot.pollId", "in", pollIds)
    .orderBy("seat.position")
    .orderBy("seat.id")
    .execute();
  return rows.map((row) => ({
    pollId: row.pollId as PollId,
    seatId: row.seatId as SeatId,
    choice: row.choice as Choice,
    holderSeatId: row.holderSeatId as SeatId | null,
    castBy: row.castBy as PersonId,
    source: row.source as NamedVote["source"],
  }));
}

/** Who has voted, in a public poll or a secret one, and never how. */
export type VoteMark = { readonly seatId: SeatId; readonly castBy: PersonId; readonly source: "device" | "secretary" };

export async function listVoteMarks(
  db: Db | Trx,
  networkId: NetworkId,
  poll: Pick<RecordedPoll, "id" | "mode">,
): Promise<readonly VoteMark[]> {
  const rows = await db
    .selectFrom(poll.mode === "secret" ? "ballotSignature" : "ballot")
    .select(["seatId", "castBy", "source"])
    .where("networkId", "=", networkId)
    .where("pollId", "=", poll.id)
    .orderBy("seatId")
    .execute();
  return rows.map((row) => ({
    seatId: row.seatId as SeatId,
    castBy: row.castBy as PersonId,
    source: row.source as VoteMark["source"],
  }));
}
