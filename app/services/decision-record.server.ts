import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "./db.server";
import { onceUntilNextWrite } from "./kept-reads.server";

export type TakenDecision = {
  readonly pollId: string;
  readonly number: string;
  readonly title: string;
  readonly decidedOn: PlainDate;
  readonly isAdopted: boolean;
  readonly sentence: string;
  /** What the decision costs; null when it is not about an expense. */
  readonly amount: Cents | null;
};

/** Decisions by their number, the latest first: adopted and rejected. */
export function listLatestDecisions(db: Db, networkId: NetworkId, limit: number): Promise<readonly TakenDecision[]> {
  return onceUntilNextWrite(db, `decisions ${networkId} ${limit}`, () => readLatestDecisions(db, networkId, limit));
}

async function readLatestDecisions(db: Db, networkId: NetworkId, limit: number): Promise<readonly TakenDecision[]> {
  const rows = await db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .leftJoin("meeting", "meeting.id", "poll.meetingId")
    .leftJoin("expense", (join) => join.onRef("expense.id", "=", "poll.subjectId").on("poll.subject", "=", "expense"))
    .select(["pollResult.pollId", "pollResult.decisionYear", "pollResult.decisionNumber", "pollResult.outcome"])
    .select(["pollResult.sentence", "pollResult.closedAt", "poll.title", "meeting.startsAt", "expense.amountCents"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.decisionNumber", "is not", null)
    .orderBy("pollResult.decisionYear", "desc")
    .orderBy("pollResult.decisionNumber", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    pollId: row.pollId,
    number: `${row.decisionYear}-${row.decisionNumber}`,
    title: row.title,
    decidedOn:
      row.startsAt === null ? dateOf(parisLocalAt(new Date(row.closedAt))) : dateOf(row.startsAt as LocalDateTime),
    isAdopted: row.outcome === "adopted",
    sentence: row.sentence,
    amount: row.amountCents as Cents | null,
  }));
}
