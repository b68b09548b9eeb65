import { comparePlans, compareYears, type PlanChanges } from "~/domain/action-plan/changes";
import type { PlanContent } from "~/domain/action-plan/plan";
import {
  currentOpinions,
  DEFAULT_REVIEW_RULE,
  mayAnswer,
  roundStanding,
  tacitApprovalDate,
  type GivenOpinion,
  type Opinion,
  type ReviewRound,
  type ReviewRule,
  type RoundStanding,
  type VisaKind,
} from "~/domain/action-plan/review";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "~/services/db.server";
import { currentPlan, listPlans } from "./plan-queries.server";

export type RecordedOpinion = GivenOpinion & {
  readonly sequence: number;
  readonly isLate: boolean;
  readonly reviewerId: string;
  readonly reviewer: string;
  readonly givenOn: PlainDate;
  /** What was done about it, the oldest first. */
  readonly answers: readonly FollowUp[];
};

export type FollowUp = {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly givenOn: PlainDate;
};

export type Extension = {
  readonly id: string;
  readonly deadline: PlainDate;
  readonly reason: string;
  readonly by: string;
  readonly recordedOn: PlainDate;
};

export type RecordedVisa = {
  readonly kind: VisaKind;
  readonly comment: string;
  readonly isLate: boolean;
  readonly givenOn: PlainDate;
  readonly by: string;
};

export type RecordedRound = ReviewRound & {
  readonly id: string;
  readonly planId: string;
  readonly year: number;
  readonly rank: number;
  readonly message: string;
  /** As opened, before any extension. */
  readonly firstDeadline: PlainDate;
  readonly extensions: readonly Extension[];
  /** The plan as the department was asked to review it. */
  readonly snapshot: PlanContent;
  readonly opinions: readonly RecordedOpinion[];
  readonly visa: RecordedVisa | null;
  readonly isFollowed: boolean;
  readonly standing: RoundStanding;
  readonly tacitOn: PlainDate | null;
};

const dayOf = (instant: string): PlainDate => dateOf(parisLocalAt(new Date(instant)));

/** The rounds of review of the network, or of one year, the oldest first, as they stand on a day. */
export async function listRounds(
  db: Db | Trx,
  networkId: NetworkId,
  { year, today }: { readonly year: number | null; readonly today: PlainDate },
): Promise<readonly RecordedRound[]> {
  const rows = await db
    .selectFrom("reviewRound")
    .leftJoin("reviewVisa", "reviewVisa.roundId", "reviewRound.id")
    .selectAll("reviewRound")
    .select([
      ...([
        "reviewVisa.kind as visaKind",
        "reviewVisa.comment as visaComment",
        "reviewVisa.isLate as visaIsLate",
      ] as const),
      ...(["reviewVisa.givenOn as visaOn", "reviewVisa.givenByLabel as visaBy"] as const),
    ])
    .where("reviewRound.networkId", "=", networkId)
    .$if(year !== null, (query) => query.where("reviewRound.year", "=", year ?? 0))
    .orderBy("reviewRound.year")
    .orderBy("reviewRound.rank")
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const answers = await db
    .selectFrom("reviewAnswer")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const extensions = await db
    .selectFrom("reviewExtension")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("roundId", "in", ids)
    .orderBy("deadline")
    .execute();
  const opinions = await db
    .selectFrom("reviewOpinion")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("roundId", "in", ids)
    .orderBy("sequence")
    .execute();
  return rows.map((row) => {
    const own = extensions.filter(({ roundId }) => roundId === row.id);
    const round: ReviewRound = {
      openedOn: row.openedOn as PlainDate,
      deadline: (own.at(-1)?.deadline ?? row.deadline) as PlainDate,
      rule: JSON.parse(row.rule) as ReviewRule,
    };
    const isFollowed = rows.some((other) => other.year === row.year && other.rank > row.rank);
    const hasVisa = row.visaKind !== null;
    return {
      ...round,
      ...{
        id: row.id,
        planId: row.planId,
        year: row.year,
        rank: row.rank,
        message: row.message,
        isFollowed,
      },
      firstDeadline: row.deadline as PlainDate,
      extensions: own.map((extension) => ({
        ...{ id: extension.id, deadline: extension.deadline as PlainDate, reason: extension.reason },
        ...{ by: extension.recordedByLabel, recordedOn: dayOf(extension.createdAt) },
      })),
      snapshot: JSON.parse(row.snapshot) as PlanContent,
      tacitOn: tacitApprovalDate(round),
      standing: roundStanding(round, { hasVisa, isFollowed }, today),
      visa:
        row.visaKind === null
          ? null
          : {
              kind: row.visaKind as VisaKind,
              comment: row.visaComment ?? "",
              isLate: row.visaIsLate === 1,
              givenOn: row.visaOn as PlainDate,
              by: row.visaBy ?? "",
            },
      opinions: opinions
        .filter(({ roundId }) => roundId === row.id)
        .map((given) => ({
          ...{
            id: given.id,
            actionKey: given.actionKey,
            reason: given.reason,
            comment: given.comment,
          },
          ...{
            sequence: given.sequence,
            reviewerId: given.reviewerId,
            reviewer: given.reviewerLabel,
          },
          opinion: given.opinion as Opinion,
          isLate: given.isLate === 1,
          givenOn: dayOf(given.createdAt),
          answers: answers
            .filter(({ opinionId }) => opinionId === given.id)
            .map((answer) => ({
              ...{ id: answer.id, text: answer.body, by: answer.answeredByLabel },
              givenOn: dayOf(answer.createdAt),
            })),
        })),
    };
  });
}

export async function findRound(
  db: Db | Trx,
  networkId: NetworkId,
  roundId: string,
  today: PlainDate,
): Promise<RecordedRound | null> {
  const row = await db
    .selectFrom("reviewRound")
    .select("year")
    .where("networkId", "=", networkId)
    .where("id", "=", roundId)
    .executeTakeFirst();
  if (!row) return null;
  return (await listRounds(db, networkId, { year: row.year, today })).find(({ id }) => id === roundId) ?? null;
}

/** « 3-12 »: changes with every opinion given; a visa says by it what its writer saw. */
export function opinionsFingerprint({ opinions }: Pick<RecordedRound, "opinions">): string {
  return `${opinions.length}-${opinions.at(-1)?.id ?? "none"}`;
}

export type RoundPage = RecordedRound & {
  readonly fingerprint: string;
  readonly current: ReadonlyMap<string, RecordedOpinion>;
  readonly mayAnswer: boolean;
  readonly sinceLastYear: {
    readonly year: number;
    readonly changes: PlanChanges;
    readonly before: PlanContent;
  } | null;
  readonly sinceLastRound: {
    readonly rank: number;
    readonly changes: PlanChanges;
    readonly before: PlanContent;
  } | null;
  /** What the former round of the year, or the last of the year before, said of each action. */
  readonly formerOpinions: ReadonlyMap<string, RecordedOpinion & { readonly year: number; readonly rank: number }>;
};

/** A round with everything that the reviewer compares: last year's plan, the former round's, and what was said then. */
export async function loadRound(
  db: Db,
  networkId: NetworkId,
  roundId: string,
  today: PlainDate,
): Promise<RoundPage | null> {
  const round = await findRound(db, networkId, roundId, today);
  if (!round) return null;
  const rounds = await listRounds(db, networkId, { year: null, today });
  const lastYear = currentPlan(await listPlans(db, networkId, round.year - 1));
  const former = rounds.findLast((other) => other.year === round.year && other.rank < round.rank) ?? null;
  const earlier = rounds.filter(
    (other) => other.year === round.year - 1 || (other.year === round.year && other.rank < round.rank),
  );
  const formerOpinions = new Map(
    earlier.flatMap(({ opinions, year, rank }) =>
      [...currentOpinions(opinions)].map(([key, given]) => [key, { ...given, year, rank }] as const),
    ),
  );
  const facts = { hasVisa: round.visa !== null, isFollowed: round.isFollowed };
  return {
    ...round,
    fingerprint: opinionsFingerprint(round),
    current: currentOpinions(round.opinions),
    mayAnswer: mayAnswer(round, facts, today).ok,
    sinceLastYear: lastYear && {
      ...{ year: round.year - 1, before: lastYear.content },
      changes: compareYears(lastYear.content, round.snapshot, 1),
    },
    sinceLastRound: former && {
      ...{ rank: former.rank, before: former.snapshot },
      changes: comparePlans(former.snapshot, round.snapshot),
    },
    formerOpinions,
  };
}

export type RuleInForce = ReviewRule & {
  readonly recordedOn: PlainDate | null;
};

/** The last rule recorded, or the one that stands until the committee says otherwise. */
export async function findReviewRule(db: Db | Trx, networkId: NetworkId): Promise<RuleInForce> {
  const row = await db
    .selectFrom("reviewRule")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { ...DEFAULT_REVIEW_RULE, recordedOn: null };
  return {
    ...{ silenceDays: row.silenceDays, basis: row.basis },
    late: row.late === "refused" ? "refused" : "marked",
    recordedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
  };
}

/** Decisions that the committee adopted, the latest first: what a rule may rest on. */
export async function listAdoptedDecisions(db: Db | Trx, networkId: NetworkId) {
  const rows = await db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.title", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("poll.networkId", "=", networkId)
    .where("pollResult.outcome", "=", "adopted")
    .where("pollResult.decisionNumber", "is not", null)
    .orderBy("pollResult.closedAt", "desc")
    .limit(60)
    .execute();
  return rows.map(({ title, decisionYear, decisionNumber }) => ({
    number: decisionNumberOf(decisionYear ?? 0, decisionNumber ?? 0),
    title,
  }));
}

/** Those who answer for the department on a day: delegates and their substitutes. */
export async function listReviewers(db: Db | Trx, networkId: NetworkId, on: PlainDate) {
  const mandates = await db
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .innerJoin("person", "person.id", "mandate.personId")
    .select(["person.id", "person.email"])
    .where("mandate.networkId", "=", networkId)
    .where("seat.kind", "=", "department")
    .where("mandate.startsOn", "<=", on)
    .where((eb) => eb.or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  const grants = await db
    .selectFrom("roleGrant")
    .innerJoin("person", "person.id", "roleGrant.personId")
    .select(["person.id", "person.email"])
    .where("roleGrant.networkId", "=", networkId)
    .where("roleGrant.role", "=", "department-officer")
    .where("roleGrant.startsOn", "<=", on)
    .where((eb) => eb.or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  return [...new Map([...mandates, ...grants].map((person) => [person.id, person])).values()];
}
