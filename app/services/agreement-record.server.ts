import {
  applyAmendments,
  assessAmendment,
  type AmendmentStanding,
  type AmendmentStatus,
  type ArticleChange,
  type BoardVote,
} from "~/domain/agreement/amendment";
import { clausesOf, durationOf, type AgreementContent, type Clause } from "~/domain/agreement/clause";
import { checkGuard, type Block, type GuardedRequest } from "~/domain/agreement/guard";
import {
  assessCommonAgreement,
  computeNotice,
  standingOfNotice,
  type Consent,
  type Length,
  type NoticeAnswer,
  type NoticeState,
} from "~/domain/agreement/notice";
import type { Fact } from "~/domain/agreement/obligations";
import type { DelegationLink } from "~/domain/agreement/signature";
import { assessTerm, type Duration, type Standing } from "~/domain/agreement/terms";
import { grant, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "./db.server";

/** The conventions of a network as recorded, in the domain's own types: their own pages, and what they stop elsewhere, share these reads. */

export type RecordedParty = {
  readonly id: string;
  readonly organizationId: string | null;
  readonly label: string;
  readonly office: string;
  readonly board: string;
  readonly needsHabilitation: boolean;
  readonly deliberationNumber: string;
  readonly deliberationOn: PlainDate | null;
  readonly chain: readonly DelegationLink[];
  readonly leftOn: PlainDate | null;
};

export type RecordedNotice = {
  readonly id: string;
  readonly clauseKey: string;
  readonly purpose: string;
  readonly partyId: string | null;
  readonly sentOn: PlainDate;
  readonly receivedOn: PlainDate | null;
  readonly reference: string;
  readonly reason: string;
  readonly deemed: Length | null;
  readonly consents: readonly Consent[];
  /** Null for an end by common agreement. */
  readonly answer: NoticeAnswer | null;
  readonly endsOn: PlainDate | null;
  readonly state: NoticeState;
  readonly curedOn: PlainDate | null;
  readonly withdrawnOn: PlainDate | null;
};

export type RecordedVote = BoardVote & {
  readonly partyId: string;
  readonly transmittedOn: PlainDate | null;
  readonly votes: VoteCount | null;
};
export type VoteCount = {
  readonly members: number;
  readonly cast: number;
  readonly for: number;
  readonly against: number;
  readonly abstentions: number;
};

export type RecordedAmendment = {
  readonly id: string;
  readonly agreementId: string;
  readonly number: number;
  readonly title: string;
  readonly reasonMd: string;
  readonly changes: readonly ArticleChange[];
  readonly status: AmendmentStatus;
  readonly submittedOn: PlainDate | null;
  readonly revision: number;
  readonly votes: readonly RecordedVote[];
  readonly standing: AmendmentStanding;
};

export type AgreementKind = "convention" | "framework" | "local" | "contract";

export type RecordedAgreement = {
  readonly id: string;
  readonly kind: AgreementKind;
  readonly title: string;
  readonly parentId: string | null;
  readonly previousId: string | null;
  readonly isSupposed: boolean;
  readonly noteMd: string;
  readonly effectOn: PlainDate;
  readonly signedOn: PlainDate | null;
  readonly place: string;
  /** As signed, before any amendment. */
  readonly original: AgreementContent;
  /** As the effective amendments made it. */
  readonly content: AgreementContent;
  readonly duration: Duration | null;
  readonly standing: Standing | null;
  readonly parties: readonly RecordedParty[];
  readonly notices: readonly RecordedNotice[];
  readonly amendments: readonly RecordedAmendment[];
  readonly revision: number;
  readonly createdAt: string;
};

/** Every convention of the network, the latest effect first, as it stands on a day. */
export async function listAgreements(
  db: Db | Trx,
  networkId: NetworkId,
  today: PlainDate,
): Promise<readonly RecordedAgreement[]> {
  const rows = await db
    .selectFrom("agreement")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("effectOn", "desc")
    .orderBy("id")
    .execute();
  if (rows.length === 0) return [];
  const [parties, notices, events, amendments, votes] = [
    await db.selectFrom("agreementParty").selectAll().where("networkId", "=", networkId).orderBy("position").execute(),
    await db.selectFrom("agreementNotice").selectAll().where("networkId", "=", networkId).orderBy("sentOn").execute(),
    await db
      .selectFrom("agreementNoticeEvent")
      .selectAll()
      .where("networkId", "=", networkId)
      .orderBy("createdAt")
      .execute(),
    await db.selectFrom("amendment").selectAll().where("networkId", "=", networkId).orderBy("number").execute(),
    await db
      .selectFrom("amendmentVote")
      .selectAll()
      .where("networkId", "=", networkId)
      .orderBy("deliberationOn")
      .execute(),
  ];
  return rows.map((row): RecordedAgreement => {
    const original = JSON.parse(row.content) as AgreementContent;
    const ownParties = parties.filter(({ agreementId }) => agreementId === row.id).map(toParty);
    const ownAmendments = amendments
      .filter(({ agreementId }) => agreementId === row.id)
      .map((amendment) => toAmendment(amendment, votes, ownParties, today));
    const effective = ownAmendments.flatMap(({ changes, standing }) =>
      standing.effectiveOn === null ? [] : [{ changes, effectiveOn: standing.effectiveOn }],
    );
    const ownNotices = notices
      .filter(({ agreementId }) => agreementId === row.id)
      .map((notice) =>
        toNotice(
          notice,
          events.filter(({ noticeId }) => noticeId === notice.id),
          original.clauses,
          today,
        ),
      );
    const duration = durationOf(original.clauses);
    const effectOn = row.effectOn as PlainDate;
    const terminatedOn = ownNotices
      .filter(({ state }) => state === "running" || state === "ended")
      .map(({ endsOn }) => endsOn)
      .filter((day) => day !== null)
      .toSorted()[0];
    return {
      ...{ id: row.id, kind: row.kind as AgreementKind, title: row.title, parentId: row.parentId },
      ...{ previousId: row.previousId, isSupposed: row.isSupposed === 1, noteMd: row.noteMd, effectOn },
      ...{ signedOn: row.signedOn as PlainDate | null, place: row.place, original, duration },
      content: { ...original, articles: applyAmendments(original.articles, effective) },
      standing: duration && assessTerm(duration, effectOn, today, terminatedOn ?? null),
      ...{ parties: ownParties, notices: ownNotices, amendments: ownAmendments },
      ...{ revision: row.revision, createdAt: row.createdAt },
    };
  });
}

type PartyRow = {
  id: string;
  organizationId: string | null;
  label: string;
  office: string;
  board: string;
  needsHabilitation: number;
  deliberationNumber: string;
  deliberationOn: string | null;
  chain: string;
  leftOn: string | null;
};

function toParty(row: PartyRow): RecordedParty {
  return {
    ...{ id: row.id, organizationId: row.organizationId, label: row.label, office: row.office, board: row.board },
    ...{ needsHabilitation: row.needsHabilitation === 1, deliberationNumber: row.deliberationNumber },
    deliberationOn: row.deliberationOn as PlainDate | null,
    chain: JSON.parse(row.chain) as readonly DelegationLink[],
    leftOn: row.leftOn as PlainDate | null,
  };
}

type NoticeRow = {
  id: string;
  clauseKey: string;
  purpose: string;
  partyId: string | null;
  sentOn: string;
  reference: string;
  reason: string;
  deemed: string | null;
  consents: string;
};
type EventRow = { kind: string; onDate: string };

function toNotice(
  row: NoticeRow,
  events: readonly EventRow[],
  clauses: readonly Clause[],
  today: PlainDate,
): RecordedNotice {
  const dateOfEvent = (kind: string) =>
    (events.find((event) => event.kind === kind)?.onDate ?? null) as PlainDate | null;
  const rule = clauses.find(({ key }) => key === row.clauseKey)?.rule;
  const sentOn = row.sentOn as PlainDate;
  const receivedOn = dateOfEvent("received");
  const deemed = row.deemed === null ? null : (JSON.parse(row.deemed) as Length);
  const consents = JSON.parse(row.consents) as readonly Consent[];
  const computed = rule?.kind === "notice" ? computeNotice(rule.notice, { sentOn, receivedOn, deemed }) : null;
  const answer = computed?.ok ? computed.value : null;
  const endsOn =
    row.purpose === "common-agreement"
      ? assessCommonAgreement(consents, sentOn).endsOn
      : (answer?.retained?.endsOn ?? null);
  const stops = { endsOn, curedOn: dateOfEvent("cured"), withdrawnOn: dateOfEvent("withdrawn") };
  return {
    ...{ id: row.id, clauseKey: row.clauseKey, purpose: row.purpose, partyId: row.partyId },
    ...{ sentOn, receivedOn, reference: row.reference, reason: row.reason, deemed, consents, answer },
    ...stops,
    state: standingOfNotice(stops, today),
  };
}

type AmendmentRow = {
  id: string;
  agreementId: string;
  number: number;
  title: string;
  reasonMd: string;
  changes: string;
  status: string;
  submittedOn: string | null;
  revision: number;
};
type VoteRow = {
  amendmentId: string;
  partyId: string;
  outcome: string;
  deliberationNumber: string;
  deliberationOn: string;
  transmittedOn: string | null;
  votes: string | null;
};

function toAmendment(
  row: AmendmentRow,
  votes: readonly VoteRow[],
  parties: readonly RecordedParty[],
  today: PlainDate,
): RecordedAmendment {
  const status = row.status as AmendmentStatus;
  const own = votes
    .filter(({ amendmentId }) => amendmentId === row.id)
    .map((vote): RecordedVote => ({
      ...{ partyId: vote.partyId, outcome: vote.outcome as BoardVote["outcome"], number: vote.deliberationNumber },
      on: vote.deliberationOn as PlainDate,
      transmittedOn: vote.transmittedOn as PlainDate | null,
      votes: vote.votes === null ? null : (JSON.parse(vote.votes) as VoteCount),
    }));
  const boards = boardsOf(parties).map(({ id, label, leftOn }) => ({
    ...{ partyId: id, label, leftOn },
    vote: own.find(({ partyId }) => partyId === id) ?? null,
  }));
  return {
    ...{ id: row.id, agreementId: row.agreementId, number: row.number, title: row.title, reasonMd: row.reasonMd },
    changes: JSON.parse(row.changes) as readonly ArticleChange[],
    ...{ status, submittedOn: row.submittedOn as PlainDate | null, revision: row.revision, votes: own },
    standing: assessAmendment(status, boards, today),
  };
}

/** The parties whose board must approve an amendment: all that have one. */
export function boardsOf(parties: readonly RecordedParty[]): readonly RecordedParty[] {
  return parties.filter(({ board }) => board !== "");
}

/** Those that bind the network on the day that they were read for; without any, the one that ended last. */
export function agreementsToFollow(agreements: readonly RecordedAgreement[]): readonly RecordedAgreement[] {
  const signed = agreements.filter(({ signedOn, standing }) => signedOn !== null && standing !== null);
  const running = signed.filter(({ standing }) => standing?.state === "running" || standing?.state === "indefinite");
  if (running.length > 0) return running;
  const over = signed.filter(({ standing }) => standing?.state === "expired" || standing?.state === "terminated");
  return over.slice(0, 1);
}

/** Do the texts that bind the network stop this act? A network without a signed convention is not stopped. */
export async function guardAct(
  db: Db | Trx,
  networkId: NetworkId,
  request: GuardedRequest,
  facts: readonly Fact[] | null = null,
): Promise<Decision<null, Block>> {
  const agreements = agreementsToFollow(await listAgreements(db, networkId, request.on));
  for (const { content, standing } of agreements) {
    const clauses = facts === null ? content.clauses.filter(({ rule }) => rule.kind !== "gate") : content.clauses;
    const decision = checkGuard(clauses, standing, facts ?? [], request);
    if (!decision.ok) return decision;
  }
  return grant(null);
}

export type MeetingClause = {
  readonly key: string;
  readonly article: string;
  readonly title: string;
  readonly sentence: string;
  readonly at: "each" | "one";
  readonly groups: readonly { readonly label: string; readonly presence: "present" | "absent" | "unknown" }[];
};

/** The clause that a meeting answers, with the groups that the text lists; null for a meeting of the committee alone. */
export async function findMeetingClause(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
  on: PlainDate,
): Promise<MeetingClause | null> {
  const linked = await db
    .selectFrom("governanceMeeting")
    .select(["agreementId", "clauseKey", "presences"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .executeTakeFirst();
  if (!linked) return null;
  const agreements = await listAgreements(db, networkId, on);
  const clauses = agreements.find(({ id }) => id === linked.agreementId)?.content.clauses ?? [];
  const clause = clauses.find(({ key }) => key === linked.clauseKey);
  if (!clause) return null;
  const compositions = clausesOf(clauses, "composition").flatMap(({ rule }) => (rule.of === clause.key ? [rule] : []));
  const noted = JSON.parse(linked.presences) as Readonly<Record<string, "present" | "absent">>;
  return {
    ...{ key: clause.key, article: clause.article, title: clause.title, sentence: clause.sentence },
    at: compositions[0]?.at ?? "each",
    groups: compositions
      .flatMap(({ groups }) => groups)
      .map(({ key, label }) => ({ label, presence: noted[key] ?? "unknown" })),
  };
}
