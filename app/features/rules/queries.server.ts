import type { RulesContent } from "~/domain/committee/rules";
import type { NetworkId, PollId, RulesId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "~/services/db.server";
import { sha256Hex } from "~/services/tokens.server";

export type RulesVersionRecord = {
  readonly id: RulesId;
  readonly version: number;
  readonly status: "draft" | "adopted";
  readonly content: RulesContent;
  /** Fingerprint of the content as it is stored. */
  readonly fingerprint: string;
  readonly effectiveFrom: PlainDate | null;
  readonly adoptedPollId: PollId | null;
};

type Row = {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly content: string;
  readonly effectiveFrom: string | null;
  readonly adoptedPollId: string | null;
};

function toVersion(row: Row): RulesVersionRecord {
  return {
    id: row.id as RulesId,
    version: row.version,
    status: row.status as RulesVersionRecord["status"],
    content: JSON.parse(row.content) as RulesContent,
    fingerprint: sha256Hex(row.content),
    effectiveFrom: row.effectiveFrom as PlainDate | null,
    adoptedPollId: row.adoptedPollId as PollId | null,
  };
}

/** Every version of the network's rules, the latest first; at most one is a draft. */
export async function listRulesVersions(db: Db | Trx, networkId: NetworkId): Promise<readonly RulesVersionRecord[]> {
  const rows = await db
    .selectFrom("rulesVersion")
    .select(["id", "version", "status", "content", "effectiveFrom", "adoptedPollId"])
    .where("networkId", "=", networkId)
    .orderBy("version", "desc")
    .execute();
  return rows.map(toVersion);
}

export async function findRulesVersion(
  db: Db | Trx,
  networkId: NetworkId,
  rulesId: string,
): Promise<RulesVersionRecord | null> {
  const row = await db
    .selectFrom("rulesVersion")
    .select(["id", "version", "status", "content", "effectiveFrom", "adoptedPollId"])
    .where("networkId", "=", networkId)
    .where("id", "=", rulesId)
    .executeTakeFirst();
  return row ? toVersion(row) : null;
}

/** What the committee has said of a draft: nothing yet, a vote under way, or a vote that adopted it. Rejected, it can be written again. */
export type RulesVote =
  | { readonly kind: "none" }
  | { readonly kind: "voting" }
  | {
      readonly kind: "adopted";
      readonly pollId: PollId;
      readonly meetingId: string;
      readonly decidedOn: PlainDate;
      readonly sentence: string;
    };

export async function findRulesVote(db: Db | Trx, networkId: NetworkId, rulesId: RulesId): Promise<RulesVote> {
  const polls = await db
    .selectFrom("poll")
    .leftJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.id", "poll.meetingId", "poll.status", "pollResult.outcome", "pollResult.sentence"])
    .select("pollResult.closedAt as decidedAt")
    .where("poll.networkId", "=", networkId)
    .where("poll.subject", "=", "rules-adoption")
    .where("poll.subjectId", "=", rulesId)
    .orderBy("poll.createdAt", "desc")
    .execute();
  for (const { id, meetingId, outcome, sentence, decidedAt } of polls) {
    if (outcome !== "adopted" || meetingId === null || decidedAt === null) continue;
    const decidedOn = dateOf(parisLocalAt(new Date(decidedAt)));
    return { kind: "adopted", pollId: id as PollId, meetingId, decidedOn, sentence: sentence ?? "" };
  }
  return { kind: polls.some(({ status }) => status === "open") ? "voting" : "none" };
}

export type RulesOnAgenda = { readonly meetingId: string; readonly title: string; readonly startsAt: string };

/** The meetings to come whose agenda puts this draft to the vote. */
export async function listMeetingsAbout(
  db: Db,
  networkId: NetworkId,
  rulesId: RulesId,
): Promise<readonly RulesOnAgenda[]> {
  return db
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["meeting.id as meetingId", "meeting.title", "meeting.startsAt"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.kind", "=", "rules-adoption")
    .where("agendaItem.subjectId", "=", rulesId)
    .where("agendaItem.status", "=", "accepted")
    .where("meeting.status", "!=", "cancelled")
    .orderBy("meeting.startsAt")
    .execute();
}
