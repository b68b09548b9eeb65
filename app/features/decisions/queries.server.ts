import type { NetworkId, SeatId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Choice, PollMode, PollSubject } from "~/domain/voting/poll";
import { standingOfConsultation, type ConsultationStanding } from "~/domain/voting/written-consultation";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db } from "~/services/db.server";
import { listNamedVotes, listPollsAbout, type NamedVote } from "~/services/poll-record.server";

export type PublicDecision = {
  readonly pollId: string;
  /** Null for a rejection: adopted decisions alone bear a number. */
  readonly number: string | null;
  readonly decidedOn: PlainDate;
  readonly title: string;
  readonly subject: PollSubject;
  readonly amount: Cents | null;
  readonly supplier: string | null;
  readonly isAdopted: boolean;
  readonly sentence: string;
  readonly mode: PollMode;
  /** By name for a public vote, in order of seat; null for a secret one. */
  readonly votes: readonly { readonly seatId: SeatId; readonly label: string; readonly choice: Choice }[] | null;
  /** Null for a written consultation. */
  readonly meeting: { readonly id: string; readonly title: string } | null;
  /** What the next meeting made of a written consultation; null for a vote in a meeting. */
  readonly standing: ConsultationStanding | null;
  /** « 2026-3 »: number of the published minutes that tell the vote, or null while they are not published. */
  readonly minutesNumber: string | null;
};

export type DecisionFilter = {
  readonly year: number | null;
  /** Words that the object, the supplier or the result must contain. */
  readonly words: string;
};

export const MOST_DECISIONS = 300;

export async function listDecisionYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("pollResult")
    .select("decisionYear")
    .distinct()
    .where("networkId", "=", networkId)
    .where("decisionYear", "is not", null)
    .orderBy("decisionYear", "desc")
    .execute();
  return rows.flatMap(({ decisionYear }) => (decisionYear === null ? [] : [decisionYear]));
}

/**
 * What the committee decided, adopted and rejected, the latest first.
 * @param limit one more is asked for by whoever wants to know that there are more
 */
export async function listDecisions(
  db: Db,
  networkId: NetworkId,
  { year, words }: DecisionFilter,
  limit: number | null,
): Promise<readonly PublicDecision[]> {
  let query = db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .leftJoin("meeting", "meeting.id", "poll.meetingId")
    .leftJoin("minutesPublication", "minutesPublication.minutesId", "poll.meetingId")
    .leftJoin("expense", (join) => join.onRef("expense.id", "=", "poll.subjectId").on("poll.subject", "=", "expense"))
    .select(["pollResult.pollId", "pollResult.outcome", "pollResult.sentence", "pollResult.closedAt"])
    .select(["pollResult.decisionYear", "pollResult.decisionNumber"])
    .select(["poll.title", "poll.subject", "poll.mode", "poll.meetingId", "meeting.title as meetingTitle"])
    .select(["meeting.startsAt", "expense.amountCents", "expense.supplier"])
    .select(["minutesPublication.year as minutesYear", "minutesPublication.number as minutesNumber"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.decisionYear", "is not", null);
  if (year !== null) query = query.where("pollResult.decisionYear", "=", year);
  for (const word of words
    .split(/\s+/)
    .filter((part) => part !== "")
    .slice(0, 10)) {
    const pattern = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    query = query.where(({ or, eb, fn, val }) =>
      or(
        (["poll.title", "expense.supplier", "pollResult.sentence"] as const).map((column) =>
          eb(fn<number>("like", [val(pattern), column, val("\\")]), "=", 1),
        ),
      ),
    );
  }
  query = query.orderBy("pollResult.closedAt", "desc").orderBy("pollResult.pollId");
  const rows = await (limit === null ? query : query.limit(limit)).execute();

  const isPublic = rows.filter(({ mode }) => mode === "public").map(({ pollId }) => pollId);
  const votes = await listNamedVotes(db, networkId, isPublic);
  const seats = await db.selectFrom("seat").select(["id", "label"]).where("networkId", "=", networkId).execute();
  const labels = new Map(seats.map(({ id, label }) => [id, label]));
  const votesByPoll = new Map<string, NamedVote[]>(rows.map(({ pollId }) => [pollId, []]));
  for (const vote of votes) votesByPoll.get(vote.pollId)?.push(vote);
  const written = rows.filter(({ meetingId }) => meetingId === null).map(({ pollId }) => pollId);
  const ratifications = await listPollsAbout(db, networkId, written);

  return rows.map((row): PublicDecision => {
    const decided = ratifications.flatMap(({ poll, result }) =>
      poll.subjectId === row.pollId && result && result.outcome !== "no-decision" ? [result.outcome] : [],
    );
    return {
      pollId: row.pollId,
      number:
        row.decisionYear === null || row.decisionNumber === null
          ? null
          : decisionNumberOf(row.decisionYear, row.decisionNumber),
      decidedOn:
        row.startsAt === null ? dateOf(parisLocalAt(new Date(row.closedAt))) : dateOf(row.startsAt as LocalDateTime),
      title: row.title,
      subject: row.subject as PollSubject,
      amount: row.amountCents as Cents | null,
      supplier: row.supplier,
      isAdopted: row.outcome === "adopted",
      sentence: row.sentence,
      mode: row.mode as PollMode,
      votes:
        row.mode === "secret"
          ? null
          : (votesByPoll.get(row.pollId) ?? []).map(({ seatId, choice }) => ({
              seatId,
              label: labels.get(seatId) ?? "",
              choice,
            })),
      meeting: row.meetingId === null ? null : { id: row.meetingId, title: row.meetingTitle ?? "" },
      standing:
        row.meetingId === null
          ? standingOfConsultation(row.outcome as Parameters<typeof standingOfConsultation>[0], decided.at(-1) ?? null)
          : null,
      minutesNumber: row.minutesYear === null ? null : `${row.minutesYear}-${row.minutesNumber}`,
    };
  });
}
