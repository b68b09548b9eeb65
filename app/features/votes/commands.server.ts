import type { Block } from "~/domain/agreement/guard";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import { castBallot, type BallotRefusal, type CastBallot, type Voter } from "~/domain/voting/cast-ballot";
import type { Electorate, Entitlement } from "~/domain/voting/eligibility";
import { checkOpenPoll, type OpenPollRefusal } from "~/domain/voting/open-poll";
import type { Choice, PollMode } from "~/domain/voting/poll";
import { pollSubjectOf } from "~/domain/voting/room";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PollId, SeatId } from "~/domain/kernel/ids";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { guardAct } from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { forgetWritingOrder, writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { loadMeetingRecord, type MeetingRecord } from "~/services/meeting-record.server";
import {
  findPoll,
  listNamedVotes,
  listVoteMarks,
  type RecordedPoll,
  type VoteMark,
} from "~/services/poll-record.server";
import { recordAct } from "~/services/register.server";
import type { OpenPollInput } from "./form";
import { freezeResult } from "./results.server";
import {
  assessRequest,
  assessVotingRoom,
  listAskingSeats,
  listPresentVoters,
  meetingPhase,
  type VotingRoom,
} from "./voting-room.server";

export type RequestSecretRefusal =
  "meeting-not-open" | "meeting-suspended" | "item-not-on-agenda" | "seat-not-voting-here" | "poll-already-open";

/** A member who is present asks for a secret vote on an item, before its poll opens. Asking twice is asking once. */
export async function requestSecretBallot(
  { db, clock, networkId, actor }: CommandContext,
  { meetingId, itemId }: { readonly meetingId: string; readonly itemId: string },
): Promise<Decision<{ readonly seatId: SeatId }, RequestSecretRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    const phase = record ? meetingPhase(record) : "not-open";
    if (!record || phase === "not-open") return refuse("meeting-not-open");
    if (phase === "suspended") return refuse("meeting-suspended");
    const item = record.agenda.find(({ id, status }) => id === itemId && status === "accepted");
    if (!item) return refuse("item-not-on-agenda");
    const own = listPresentVoters(record, item, clock).find(({ castBy }) => castBy.personId === actor.personId);
    if (!own) return refuse("seat-not-voting-here");
    const { seatId } = own;
    if ((await listAskingSeats(trx, networkId, item.id)).includes(seatId)) return grant({ seatId });
    const open = await trx
      .selectFrom("poll")
      .select("id")
      .where("networkId", "=", networkId)
      .where("agendaItemId", "=", item.id)
      .where("status", "=", "open")
      .executeTakeFirst();
    if (open) return refuse("poll-already-open");
    await trx
      .insertInto("secretRequest")
      .values({
        id: clock.newId(),
        networkId,
        meetingId: record.head.id,
        agendaItemId: item.id,
        seatId,
        at: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "secret-ballot-requested",
      meetingId: record.head.id,
      payload: { meetingId: record.head.id, itemId: item.id, seatId },
    });
    return grant({ seatId });
  });
}

export type OpenRefusal = OpenPollRefusal | "expense-withdrawn" | "already-settled" | Block;

/** What settles what the text left open is still put to the vote once it is over. */
const SETTLING: readonly AgendaItemKind[] = ["minutes-approval", "ratification"];

/** Puts an item of the agenda to the vote. Sent twice with the same key, it opens one poll. */
export async function openPoll(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: OpenPollInput,
): Promise<Decision<{ readonly pollId: PollId }, OpenRefusal>> {
  const pollId = input.cle as PollId;
  return writeTransaction(db, async (trx) => {
    if (await findPoll(trx, networkId, pollId)) return grant({ pollId });
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-open");
    const item = record.agenda.find(({ id, status }) => id === input.point && status === "accepted");
    if (!item) return refuse("item-not-on-agenda");
    if (!SETTLING.includes(item.kind)) {
      const guard = await guardAct(trx, networkId, { act: "decide", on: today(clock) });
      if (!guard.ok) return guard;
    }
    const subject = pollSubjectOf(item.kind);
    const mode: PollMode = input.mode;
    const room = assessVotingRoom(record, { subject, mode, itemId: item.id }, clock);
    const another = await trx
      .selectFrom("poll")
      .select("id")
      .where("networkId", "=", networkId)
      .where("meetingId", "=", record.head.id)
      .where("status", "=", "open")
      .executeTakeFirst();
    const decision = checkOpenPoll({
      meeting: meetingPhase(record),
      isItemOnAgenda: true,
      isAnotherPollOpen: another !== undefined,
      isQuorumReached: room.quorum.reached,
      isSecretGranted: assessRequest(record, item, await listAskingSeats(trx, networkId, item.id), clock).granted,
      electorate: room.electorate,
      mode,
    });
    if (!decision.ok) return decision;
    const expense = subject === "expense" ? await findExpense(trx, networkId, item.subjectId) : null;
    if (expense?.withdrawnAt) return refuse("expense-withdrawn");
    const reader = { networkId, meetingId, readsExpenses: false };
    const subjects = await loadItemSubjects(trx, reader, [item]);
    if (subjects[item.id]?.settled) return refuse("already-settled");
    const at = clock.now().toISOString();
    await trx
      .insertInto("poll")
      .values({
        id: pollId,
        networkId,
        meetingId: record.head.id,
        agendaItemId: item.id,
        subject,
        subjectId: item.subjectId,
        title: input.title,
        bodyMd: input.body,
        mode,
        status: "open",
        openedAt: at,
        closesOn: null,
        closedAt: null,
        openedBy: actor.personId,
        createdAt: at,
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "poll-opened",
      meetingId: record.head.id,
      payload: {
        ...{ pollId, meetingId: record.head.id, itemId: item.id, subject, subjectId: item.subjectId },
        ...{ mode, title: input.title, body: input.body, quorum: room.quorum.sentence },
        ...(expense ? { amountCents: expense.amountCents } : {}),
      },
    });
    return grant({ pollId });
  });
}

async function findExpense(trx: Trx, networkId: string, expenseId: string | null) {
  if (expenseId === null) return null;
  const row = await trx
    .selectFrom("expense")
    .select(["amountCents", "withdrawnAt"])
    .where("networkId", "=", networkId)
    .where("id", "=", expenseId)
    .executeTakeFirst();
  return row ?? null;
}

type OpenRoom = {
  readonly poll: RecordedPoll;
  readonly record: MeetingRecord;
  readonly room: VotingRoom;
  readonly marks: readonly VoteMark[];
};

/** The poll of a meeting with its room, or null for an identifier that leads to none in this network and meeting. */
async function loadOpenRoom(
  trx: Trx,
  { clock, networkId }: CommandContext,
  meetingId: string,
  pollId: string,
): Promise<OpenRoom | null> {
  const poll = await findPoll(trx, networkId, pollId);
  if (!poll?.itemId || poll.meetingId !== meetingId) return null;
  const record = await loadMeetingRecord(trx, networkId, meetingId);
  if (!record) return null;
  const room = assessVotingRoom(record, { subject: poll.subject, mode: poll.mode, itemId: poll.itemId }, clock);
  return { poll, record, room, marks: await listVoteMarks(trx, networkId, poll) };
}

function decideBallot({ poll, record, room, marks }: OpenRoom, seatId: SeatId, choice: Choice, voter: Voter) {
  return castBallot(
    {
      poll,
      meeting: meetingPhase(record),
      isQuorumReached: room.quorum.reached,
      electorate: room.electorate,
      votedSeats: marks.map((mark) => mark.seatId),
    },
    { seatId, choice, voter },
  );
}

export type CastInput = { readonly seatId: SeatId; readonly choice: Choice };
export type CastRefusal = BallotRefusal | "poll-unknown";

/**
 * A member votes from their own device, for their seat or for one whose proxy it holds. The ballot and its act are written together or not at
 * all. The act of a public ballot does not say the sense, which nobody learns before the closing; the act of the closing does.
 */
export async function castVote(
  context: CommandContext,
  meetingId: string,
  pollId: string,
  { seatId, choice }: CastInput,
): Promise<Decision<CastBallot, CastRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const open = await loadOpenRoom(trx, context, meetingId, pollId);
    if (!open) return refuse("poll-unknown");
    const held = actor.roles.flatMap((role) => (role.networkId === networkId ? role.seatIds : []));
    const ownSeat = held.find((id) => id === seatId) ?? held[0];
    if (ownSeat === undefined) return refuse("not-your-seat");
    const voter: Voter = { kind: "member", seatId: ownSeat, personId: actor.personId };
    const decision = decideBallot(open, seatId, choice, voter);
    if (!decision.ok) return decision;
    await writeBallots(trx, context, open.poll, [decision.value], "device");
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: open.poll.mode === "secret" ? "secret-ballot-signed" : "ballot-cast",
      meetingId,
      payload: { pollId, seatId },
    });
    return decision;
  });
}

async function writeBallots(
  trx: Trx,
  { clock, networkId }: CommandContext,
  poll: RecordedPoll,
  ballots: readonly CastBallot[],
  source: "device" | "secretary",
): Promise<void> {
  const marks = ballots.map(({ mark: { entitlement } }) => ({
    pollId: poll.id,
    seatId: entitlement.seatId,
    networkId,
    castBy: entitlement.castBy.personId,
    source,
  }));
  if (poll.mode === "secret") {
    await trx.insertInto("ballotSignature").values(marks).execute();
    await trx
      .insertInto("secretBallot")
      .values(ballots.map(({ voice }) => ({ id: clock.newId(), pollId: poll.id, choice: voice.choice })))
      .execute();
    return;
  }
  const at = clock.now().toISOString();
  const rows = ballots.map(({ mark: { entitlement }, voice }, index) => ({
    pollId: poll.id,
    seatId: entitlement.seatId,
    networkId,
    choice: voice.choice,
    holderSeatId: entitlement.through === "proxy" ? entitlement.castBy.seatId : null,
    castBy: marks[index]?.castBy ?? entitlement.castBy.personId,
    source,
    at,
  }));
  await trx.insertInto("ballot").values(rows).execute();
}

export type RoomInput = {
  readonly choices: ReadonlyMap<SeatId, Choice>;
  /** For the seats that may vote, did not, and have no choice of their own in the grid. */
  readonly fill: Choice | null;
};
export type RecordRoomRefusal =
  | { readonly kind: CastRefusal; readonly seatId: SeatId }
  | { readonly kind: "poll-unknown" | "nothing-to-record" | "secret-not-by-secretary"; readonly seatId: null };

/** The secretary writes down what the room says: every line or none. Seats that voted from their own device stay as they voted. */
export async function recordRoom(
  context: CommandContext,
  meetingId: string,
  pollId: string,
  { choices, fill }: RoomInput,
): Promise<Decision<{ readonly recorded: number }, RecordRoomRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const open = await loadOpenRoom(trx, context, meetingId, pollId);
    if (!open) return refuse({ kind: "poll-unknown", seatId: null });
    if (open.poll.mode === "secret") return refuse({ kind: "secret-not-by-secretary", seatId: null });
    const voted = new Set(open.marks.map(({ seatId }) => seatId));
    const filled: ReadonlyMap<SeatId, Choice> = new Map([
      ...(fill === null ? [] : listWaiting(open.room.electorate, voted).map((seatId) => [seatId, fill] as const)),
      ...choices,
    ]);
    if (filled.size === 0) return refuse({ kind: "nothing-to-record", seatId: null });
    const ballots: CastBallot[] = [];
    for (const [seatId, choice] of filled) {
      const decision = decideBallot(open, seatId, choice, { kind: "secretary" });
      if (!decision.ok) return refuse({ kind: decision.refusal, seatId });
      ballots.push(decision.value);
    }
    await writeBallots(trx, context, open.poll, ballots, "secretary");
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "ballot-recorded-by-secretary",
      meetingId,
      payload: { pollId, seatIds: [...filled.keys()].sort() },
    });
    return grant({ recorded: ballots.length });
  });
}

function listWaiting({ entitled }: Electorate, voted: ReadonlySet<SeatId>): readonly SeatId[] {
  return entitled.map(({ seatId }) => seatId).filter((seatId) => !voted.has(seatId));
}

export type ClosePollRefusal = "poll-unknown" | "meeting-not-open";

/**
 * Closes a poll and settles it for good. Closing again changes nothing.
 * @param chairDeclares what the chair says in a secret vote, for a tie; read only when the rules keep the casting vote there
 */
export async function closePoll(
  context: CommandContext,
  meetingId: string,
  pollId: string,
  chairDeclares: Choice | null,
): Promise<Decision<{ readonly pollId: PollId }, ClosePollRefusal>> {
  const { db, networkId } = context;
  const decision = await writeTransaction(
    db,
    async (trx): Promise<Decision<{ readonly poll: RecordedPoll; readonly isNew: boolean }, ClosePollRefusal>> => {
      const open = await loadOpenRoom(trx, context, meetingId, pollId);
      if (!open) return refuse("poll-unknown");
      const { poll, record, room } = open;
      if (poll.state === "closed") return grant({ poll, isNew: false });
      if (meetingPhase(record) === "not-open") return refuse("meeting-not-open");
      const votes = poll.mode === "public" ? await listNamedVotes(trx, networkId, [poll.id]) : null;
      const voices = votes ?? (await listSecretVoices(trx, poll.id));
      await freezeResult(trx, context, {
        poll,
        tallyInput: {
          rules: record.rules,
          mode: poll.mode,
          entitled: keepWhoeverVoted(open),
          votingSeatsInOffice: room.votingSeatsInOffice,
          voices,
          chair: record.head.chairSeatId,
          chairDeclares,
        },
        quorum: room.quorum,
        votes,
      });
      return grant({ poll, isNew: true });
    },
  );
  if (!decision.ok) return decision;
  if (decision.value.isNew && decision.value.poll.mode === "secret") await forgetWritingOrder(db);
  return grant({ pollId: decision.value.poll.id });
}

async function listSecretVoices(trx: Trx, pollId: PollId) {
  const rows = await trx
    .selectFrom("secretBallot")
    .select(["id", "choice"])
    .where("pollId", "=", pollId)
    .orderBy("id")
    .execute();
  return rows.map(({ choice }) => ({ seatId: null, choice: choice as Choice }));
}

/** A ballot that was cast stands: a seat that voted and then left the room remains among the entitled. */
function keepWhoeverVoted({ record, room, marks }: OpenRoom): readonly Entitlement[] {
  const { entitled } = room.electorate;
  const known = new Set(entitled.map(({ seatId }) => seatId));
  const gone = marks
    .filter(({ seatId }) => !known.has(seatId))
    .map(({ seatId, castBy }): Entitlement => {
      const isOwn = record.mandates.some((mandate) => mandate.seatId === seatId && mandate.personId === castBy);
      const holder = record.mandates.find(({ personId }) => personId === castBy)?.seatId ?? seatId;
      return {
        seatId,
        through: isOwn ? "in-person" : "proxy",
        castBy: { seatId: isOwn ? seatId : holder, personId: castBy },
      };
    });
  return [...entitled, ...gone];
}
