import type { NetworkId, SeatId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { Cents } from "~/domain/kernel/money";
import type { Choice, PollMode } from "~/domain/voting/poll";
import { pollSubjectOf } from "~/domain/voting/room";
import { standingOfConsultation, type ConsultationStanding } from "~/domain/voting/written-consultation";
import { listWrittenElectorate } from "~/domain/voting/written-consultation";
import { NBSP } from "~/documents/french";
import { minutesApprovalTitle } from "~/documents/meeting-words";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Viewer } from "~/services/actor.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { localNow, type Clock } from "~/services/clock.server";
import type { SeatOnDay } from "~/services/committee-record.server";
import type { Db } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { findMeetingHead, loadMeetingRecord, meetingNumber, type RecordedItem } from "~/services/meeting-record.server";
import {
  findPoll,
  findResult,
  listMeetingPolls,
  listNamedVotes,
  listPollsAbout,
  listVoteMarks,
  toRecordedPoll,
  type NamedVote,
  type RecordedPoll,
  type RecordedResult,
  type VoteMark,
} from "~/services/poll-record.server";
import { consultationOf, loadWrittenRoom } from "./consultations.server";
import { exclusionLabel } from "./messages.fr";
import { assessRequest, assessVotingRoom, listAskingSeats, listPresentVoters } from "./voting-room.server";

export type ExpenseQuestion = {
  readonly id: string;
  readonly object: string;
  readonly supplier: string;
  readonly amount: Cents;
  readonly justificationHtml: string;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
};

async function findExpenseQuestion(
  db: Db,
  networkId: NetworkId,
  expenseId: string | null,
): Promise<ExpenseQuestion | null> {
  if (expenseId === null) return null;
  const row = await db
    .selectFrom("expense")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", expenseId)
    .executeTakeFirst();
  if (!row) return null;
  const documents = await db
    .selectFrom("document")
    .select(["id", "title"])
    .where("networkId", "=", networkId)
    .where("expenseId", "=", expenseId)
    .orderBy("createdAt")
    .execute();
  return {
    id: row.id,
    object: row.object,
    supplier: row.supplier,
    amount: row.amountCents as Cents,
    justificationHtml: renderMarkdown(row.justificationMd),
    documents,
  };
}

/** The item that is about to be voted on: the question as it would be put, the quorum, and the requests for a secret vote. */
export async function findPollToOpen(
  db: Db,
  clock: Clock,
  networkId: NetworkId,
  meetingId: string,
  itemId: string,
  viewer: Viewer,
) {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  const item = record?.agenda.find(({ id, status }) => id === itemId && status === "accepted");
  if (!record || !item) return null;
  const subject = pollSubjectOf(item.kind);
  const expense = subject === "expense" ? await findExpenseQuestion(db, networkId, item.subjectId) : null;
  const asking = await listAskingSeats(db, networkId, item.id);
  const request = assessRequest(record, item, asking, clock);
  const { quorum, electorate } = assessVotingRoom(
    record,
    { subject, mode: request.granted && request.present > 0 ? "secret" : "public", itemId: item.id },
    clock,
  );
  const own = listPresentVoters(record, item, clock).find(({ castBy }) => castBy.personId === viewer.personId);
  const polls = (await listMeetingPolls(db, networkId, meetingId)).filter(({ poll }) => poll.itemId === item.id);
  return {
    meeting: { title: record.head.title, status: record.head.status },
    item: { id: item.id, position: item.position, title: item.title, subjectId: item.subjectId },
    subject,
    expense,
    settled:
      (await loadItemSubjects(db, { networkId, meetingId, readsExpenses: false }, [item]))[item.id]?.settled ?? null,
    question: { title: await proposeQuestion(db, networkId, item, expense), body: item.descriptionMd },
    quorum: { sentence: quorum.sentence, reached: quorum.reached },
    entitled: electorate.entitled.length,
    request: { ...request, granted: request.granted && request.present > 0 },
    viewerSeat: own ? { hasAsked: asking.includes(own.seatId) } : null,
    polls: polls.map(({ poll, result }) => ({ id: poll.id, title: poll.title, sentence: result?.sentence ?? null })),
  };
}

/** The question by default says by itself what it settles: a decision is published without its agenda. */
async function proposeQuestion(
  db: Db,
  networkId: NetworkId,
  item: RecordedItem,
  expense: ExpenseQuestion | null,
): Promise<string> {
  if (expense) return `Validation de la dépense «${NBSP}${expense.object}${NBSP}»`.slice(0, 200);
  if (item.kind === "rules-adoption") return "Adoption du règlement de fonctionnement";
  if (item.kind !== "minutes-approval" || item.subjectId === null) return item.title;
  const meeting = await findMeetingHead(db, networkId, item.subjectId);
  return meeting ? minutesApprovalTitle({ heldAt: meeting.startsAt, number: meetingNumber(meeting) }) : item.title;
}

export type VoteLine = {
  readonly seatId: SeatId;
  readonly label: string;
  readonly choice: Choice;
  readonly holderLabel: string | null;
};

export type ResultView = {
  readonly outcome: RecordedResult["outcome"];
  readonly sentence: string;
  readonly decisionNumber: string | null;
  readonly quorumSentence: string | null;
  readonly closedAt: LocalDateTime;
  /** Null for a secret vote. */
  readonly votes: readonly VoteLine[] | null;
  /** Entitled seats that did not vote. */
  readonly silent: readonly string[];
};

function toResultView(
  result: RecordedResult,
  mode: PollMode,
  votes: readonly NamedVote[],
  votedSeats: ReadonlySet<SeatId>,
  labelOf: (seatId: SeatId) => string,
): ResultView {
  return {
    outcome: result.outcome,
    sentence: result.sentence,
    decisionNumber: result.decision ? decisionNumberOf(result.decision.year, result.decision.number) : null,
    quorumSentence: result.quorum?.sentence ?? null,
    closedAt: parisLocalAt(new Date(result.closedAt)),
    votes:
      mode === "secret"
        ? null
        : votes.map(({ seatId, choice, holderSeatId }) => ({
            seatId,
            label: labelOf(seatId),
            choice,
            holderLabel: holderSeatId === null ? null : labelOf(holderSeatId),
          })),
    silent: result.entitled.filter(({ seatId }) => !votedSeats.has(seatId)).map(({ seatId }) => labelOf(seatId)),
  };
}

/** A voice that the viewer casts: their own, or one whose proxy they carry. `choice` is kept for public votes only. */
export type ViewerVoice = {
  readonly seatId: SeatId;
  readonly label: string;
  readonly isProxy: boolean;
  readonly recorded: { readonly choice: Choice | null } | null;
};

export type SeatLine = {
  readonly seatId: SeatId;
  readonly label: string;
  readonly state: "voted" | "waiting" | "left-out";
  /** Who carries the proxy, why the seat is left out, or that it voted from its own device. */
  readonly note: string | null;
};

/** The page of one vote. While it is open, nobody learns more than who has voted, and their own vote. */
export async function findPollPage(
  db: Db,
  clock: Clock,
  networkId: NetworkId,
  { meetingId, pollId }: { readonly meetingId: string; readonly pollId: string },
  viewer: Viewer,
) {
  const poll = await findPoll(db, networkId, pollId);
  if (!poll?.itemId || poll.meetingId !== meetingId) return null;
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const item = record.agenda.find(({ id }) => id === poll.itemId);
  const { quorum, electorate } = assessVotingRoom(record, { ...poll, itemId: poll.itemId }, clock);
  const marks = await listVoteMarks(db, networkId, poll);
  const votes = poll.mode === "public" ? await listNamedVotes(db, networkId, [poll.id]) : [];
  const result = await findResult(db, networkId, poll.id);
  const labels = new Map(record.seats.map(({ id, label }) => [id, label]));
  const labelOf = (seatId: SeatId): string => labels.get(seatId) ?? "";
  const voted = new Map(marks.map((mark) => [mark.seatId, mark]));
  const isMine = (seatId: SeatId): boolean =>
    viewer.roles.some((role) => role.networkId === networkId && role.seatIds.includes(seatId));

  const castable = electorate.entitled
    .filter(({ castBy }) => castBy.personId === viewer.personId)
    .map(({ seatId, through }) => ({ seatId, isProxy: through === "proxy" }));
  const castBefore = marks
    .filter(({ seatId, castBy }) => castBy === viewer.personId && !castable.some((voice) => voice.seatId === seatId))
    .map(({ seatId }) => ({ seatId, isProxy: !isMine(seatId) }));
  const voices = [...castable, ...castBefore]
    .map(({ seatId, isProxy }): ViewerVoice => ({
      seatId,
      label: labelOf(seatId),
      isProxy,
      recorded: voted.has(seatId) ? { choice: votes.find((vote) => vote.seatId === seatId)?.choice ?? null } : null,
    }))
    .sort((one, other) => Number(one.isProxy) - Number(other.isProxy));

  const lines = record.seats.map((seat): SeatLine => {
    const { id: seatId, label } = seat;
    const mark = voted.get(seatId);
    if (mark) {
      return { seatId, label, state: "voted", note: tellHow(mark, seat, record.seats) };
    }
    const entitlement = electorate.entitled.find((candidate) => candidate.seatId === seatId);
    if (entitlement) {
      const isCarried = entitlement.through === "proxy";
      const note = isCarried ? `pouvoir porté par ${labelOf(entitlement.castBy.seatId)}` : null;
      return { seatId, label, state: "waiting", note };
    }
    const exclusion = electorate.excluded.find((candidate) => candidate.seatId === seatId);
    return { seatId, label, state: "left-out", note: exclusion ? exclusionLabel(exclusion.reason) : null };
  });

  return {
    poll: toPollHead(poll),
    meeting: { title: record.head.title, status: record.head.status },
    item: item ? { position: item.position, title: item.title } : null,
    expense: poll.subject === "expense" ? await findExpenseQuestion(db, networkId, poll.subjectId) : null,
    ratified: item?.kind === "ratification" ? poll.subjectId : null,
    quorum: { sentence: quorum.sentence, reached: quorum.reached },
    progress: { voted: lines.filter(({ state }) => state === "voted").length, seats: countVoting(lines) },
    lines,
    voices,
    /** Why the viewer's own seat is left out, when it is. */
    ownExclusion: lines.find(({ seatId, state }) => state === "left-out" && isMine(seatId)) ?? null,
    chairMayDeclare: poll.mode === "secret" && record.rules.castingVote.inSecretBallot,
    result: result ? toResultView(result, poll.mode, votes, new Set(voted.keys()), labelOf) : null,
  };
}

/** How a voice that was cast came in, when it was not from a device of the seat's own holder. */
function tellHow(mark: VoteMark, seat: SeatOnDay, seats: readonly SeatOnDay[]): string | null {
  if (mark.source === "secretary") return "saisi par le secrétariat";
  const holds = ({ titular, substitute }: SeatOnDay): boolean =>
    titular?.personId === mark.castBy || substitute?.personId === mark.castBy;
  if (holds(seat)) return null;
  const carrier = seats.find(holds);
  return carrier ? `par ${carrier.label}, qui porte son pouvoir` : "par qui porte son pouvoir";
}

function countVoting(lines: readonly SeatLine[]): number {
  return lines.filter(({ state }) => state !== "left-out").length;
}

function toPollHead(poll: RecordedPoll) {
  return {
    id: poll.id,
    title: poll.title,
    bodyHtml: poll.bodyMd.trim() === "" ? null : renderMarkdown(poll.bodyMd),
    mode: poll.mode,
    state: poll.state,
    subject: poll.subject,
    subjectId: poll.subjectId,
  };
}

export async function findSeatLabel(db: Db, networkId: NetworkId, seatId: SeatId): Promise<string | null> {
  const row = await db
    .selectFrom("seat")
    .select("label")
    .where("networkId", "=", networkId)
    .where("id", "=", seatId)
    .executeTakeFirst();
  return row?.label ?? null;
}

// ── written consultations ──

export type ConsultationHead = {
  readonly id: string;
  readonly title: string;
  readonly state: RecordedPoll["state"];
  readonly deadline: LocalDateTime;
  readonly standing: ConsultationStanding | null;
  readonly sentence: string | null;
};

/** The network's written consultations, the latest first. */
export async function listConsultations(db: Db, networkId: NetworkId): Promise<readonly ConsultationHead[]> {
  const rows = await db
    .selectFrom("poll")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("meetingId", "is", null)
    .orderBy("openedAt", "desc")
    .orderBy("id")
    .execute();
  const polls = rows.map(toRecordedPoll);
  const ids = polls.map(({ id }) => id);
  const results =
    ids.length === 0 ? [] : await db.selectFrom("pollResult").selectAll().where("pollId", "in", ids).execute();
  const ratifications = await listPollsAbout(db, networkId, ids);
  return polls.map((poll) => {
    const result = results.find(({ pollId }) => pollId === poll.id);
    return {
      id: poll.id,
      title: poll.title,
      state: poll.state,
      deadline: consultationOf(poll).deadline,
      standing: result
        ? standingOf(
            result.outcome as RecordedResult["outcome"],
            ratifications.filter(({ poll: about }) => about.subjectId === poll.id),
          )
        : null,
      sentence: result?.sentence ?? null,
    };
  });
}

function standingOf(
  outcome: RecordedResult["outcome"],
  ratifications: readonly { readonly result: RecordedResult | null }[],
): ConsultationStanding {
  if (outcome === "no-decision") return "rejected";
  const decided = ratifications.flatMap(({ result }) =>
    result && result.outcome !== "no-decision" ? [result.outcome] : [],
  );
  return standingOfConsultation(outcome, decided.at(-1) ?? null);
}

export async function findConsultationPage(db: Db, clock: Clock, networkId: NetworkId, pollId: string, viewer: Viewer) {
  const poll = await findPoll(db, networkId, pollId);
  if (!poll || poll.meetingId !== null) return null;
  const consultation = consultationOf(poll);
  const now = localNow(clock);
  const room = await loadWrittenRoom(db, networkId, {
    rulesOn: dateOf(consultation.opensAt),
    peopleOn: dateOf(consultation.deadline < now ? consultation.deadline : now),
  });
  const asked = listWrittenElectorate(room.rules, poll.subject, room.voters);
  const votes = await listNamedVotes(db, networkId, [poll.id]);
  const voted = new Set(votes.map(({ seatId }) => seatId));
  const result = await findResult(db, networkId, poll.id);
  const ratifications = await listPollsAbout(db, networkId, [poll.id]);
  const labelOf = (seatId: SeatId): string => room.voters.find(({ id }) => id === seatId)?.label ?? "";
  const voices = room.voters
    .filter(({ id, holders }) => {
      const isHolder = [holders.titular, holders.substitute].some((held) => held?.personId === viewer.personId);
      return isHolder && asked.some(({ seatId }) => seatId === id);
    })
    .map(({ id, label }): ViewerVoice => ({
      seatId: id,
      label,
      isProxy: false,
      recorded: voted.has(id) ? { choice: votes.find(({ seatId }) => seatId === id)?.choice ?? null } : null,
    }));
  const lines = room.voters.map((voter): SeatLine => {
    const { id: seatId, label } = voter;
    if (voted.has(seatId)) return { seatId, label, state: "voted", note: null };
    if (asked.some((entitlement) => entitlement.seatId === seatId))
      return { seatId, label, state: "waiting", note: null };
    return { seatId, label, state: "left-out", note: voter.inOffice ? "voix consultative" : "siège vacant" };
  });
  return {
    poll: toPollHead(poll),
    deadline: consultation.deadline,
    isOver: now > consultation.deadline,
    expense: poll.subject === "expense" ? await findExpenseQuestion(db, networkId, poll.subjectId) : null,
    lines,
    voices,
    progress: { voted: voted.size, seats: countVoting(lines) },
    result: result ? toResultView(result, "public", votes, voted, labelOf) : null,
    standing: result ? standingOf(result.outcome, ratifications) : null,
    ratifications: ratifications.map(({ poll: about, result: vote }) => ({
      id: about.id,
      meetingId: about.meetingId,
      sentence: vote?.sentence ?? null,
    })),
  };
}

/** What the secretary needs to open a consultation: the rules of the day and the expenses that wait. */
export async function findConsultationToOpen(db: Db, clock: Clock, networkId: NetworkId) {
  const on = dateOf(localNow(clock));
  const { rules } = await loadWrittenRoom(db, networkId, { rulesOn: on, peopleOn: on });
  const expenses = await db
    .selectFrom("expense")
    .select(["id", "object", "supplier", "amountCents"])
    .where("networkId", "=", networkId)
    .where("withdrawnAt", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("poll")
            .leftJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .whereRef("poll.subjectId", "=", "expense.id")
            .where(({ or, eb }) =>
              or([eb("poll.status", "=", "open"), eb("pollResult.outcome", "in", ["adopted", "rejected"])]),
            ),
        ),
      ),
    )
    .orderBy("createdAt", "desc")
    .execute();
  return {
    rules: rules.writtenConsultation,
    today: on,
    expenses: expenses.map((row) => ({
      id: row.id,
      object: row.object,
      supplier: row.supplier,
      amount: row.amountCents as Cents,
    })),
  };
}
