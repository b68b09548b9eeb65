import {
  assessAmendment,
  checkAmendable,
  checkArticleChange,
  checkBoardVote,
  checkSubmission,
  type ArticleChange,
  type BoardVote,
} from "~/domain/agreement/amendment";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import {
  boardsOf,
  listAgreements,
  type RecordedAgreement,
  type RecordedAmendment,
  type VoteCount,
} from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { findAgreement, record } from "./encode.server";
import type {
  AmendmentRefusal,
  DraftAmendmentRefusal,
  SubmitCommandRefusal,
  VoteCommandRefusal,
  WithdrawRefusal,
} from "./refusals";

/** An amendment to be written. Sent twice with the same key, it is opened once. */
export async function draftAmendment(
  context: CommandContext,
  agreementId: string,
  input: { readonly cle: string; readonly title: string; readonly reason: string },
): Promise<Decision<{ readonly amendmentId: string }, DraftAmendmentRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    if (agreement.amendments.some(({ id }) => id === input.cle)) return grant({ amendmentId: input.cle });
    const amendable = checkAmendable(factsOf(agreement));
    if (!amendable.ok) return amendable;
    const number = Math.max(0, ...agreement.amendments.map((one) => one.number)) + 1;
    const { cle: id, title, reason: reasonMd } = input;
    await trx
      .insertInto("amendment")
      .values({
        ...{ id, networkId, agreementId, number, title, reasonMd, changes: "[]", status: "draft", submittedOn: null },
        ...{ revision: 1, createdBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "amendment-drafted", { agreementId, amendmentId: id, number, title });
    return grant({ amendmentId: id });
  });
}

/** What decides whether an agreement can still be amended. */
export function factsOf({ signedOn, standing }: RecordedAgreement) {
  return {
    isAgreementSigned: signedOn !== null,
    isAgreementOver: ["expired", "terminated"].includes(standing?.state ?? ""),
  };
}

async function findAmendment(
  trx: Trx,
  { clock, networkId }: CommandContext,
  amendmentId: string,
): Promise<{ readonly agreement: RecordedAgreement; readonly amendment: RecordedAmendment } | null> {
  for (const agreement of await listAgreements(trx, networkId, today(clock))) {
    const amendment = agreement.amendments.find(({ id }) => id === amendmentId);
    if (amendment) return { agreement, amendment };
  }
  return null;
}

/** Writes how one article would read; `after` null takes the change back. Refused where the text protects the article. */
export async function writeChange(
  context: CommandContext,
  amendmentId: string,
  input: { readonly revision: number; readonly article: string; readonly title: string; readonly after: string | null },
): Promise<Decision<null, AmendmentRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx): Promise<Decision<null, AmendmentRefusal>> => {
    const found = await findAmendment(trx, context, amendmentId);
    if (!found) return refuse("amendment-unknown");
    const { agreement, amendment } = found;
    if (amendment.status !== "draft") return refuse("not-a-draft");
    if (amendment.revision !== input.revision) return refuse("stale");
    const others = amendment.changes.filter(({ article }) => article !== input.article);
    let changes: readonly ArticleChange[] = others;
    if (input.after !== null) {
      const { articles, clauses } = agreement.content;
      const current = articles.find(({ number }) => number === input.article);
      const title = current?.title ?? input.title;
      const before = current?.text ?? null;
      const change = { article: input.article, title, before, after: input.after };
      const decision = checkArticleChange(articles, clauses, change, today(clock));
      if (!decision.ok) return decision;
      changes = [...others, change];
    }
    await trx
      .updateTable("amendment")
      .set(({ eb }) => ({ changes: JSON.stringify(changes), revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", amendmentId)
      .execute();
    return grant(null);
  });
}

/** Sends the amendment to the boards: its text is settled from then on. */
export async function submitAmendment(
  context: CommandContext,
  amendmentId: string,
): Promise<Decision<null, SubmitCommandRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const found = await findAmendment(trx, context, amendmentId);
    if (!found) return refuse("amendment-unknown" as const);
    const { agreement, amendment } = found;
    const decision = checkSubmission({
      ...{
        status: amendment.status,
        changes: amendment.changes.length,
        ...factsOf(agreement),
      },
      othersPending: agreement.amendments.filter(({ standing }) => standing.state === "submitted").length,
    });
    if (!decision.ok) return decision;
    const submittedOn = today(clock);
    await trx
      .updateTable("amendment")
      .set(({ eb }) => ({ status: "submitted", submittedOn, revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", amendmentId)
      .execute();
    const changes = amendment.changes.map(({ article, before, after }) => ({ article, before, after }));
    await record(trx, context, "amendment-submitted", { amendmentId, number: amendment.number, submittedOn, changes });
    return grant(null);
  });
}

/** A draft or an amendment before the boards is given up; an effective or rejected one stays what it is. */
export async function withdrawAmendment(
  context: CommandContext,
  amendmentId: string,
  reason: string,
): Promise<Decision<null, WithdrawRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const found = await findAmendment(trx, context, amendmentId);
    if (!found) return refuse("amendment-unknown" as const);
    const { state } = found.amendment.standing;
    if (state !== "draft" && state !== "submitted") return refuse("not-pending" as const);
    await trx
      .updateTable("amendment")
      .set(({ eb }) => ({ status: "withdrawn", revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", amendmentId)
      .execute();
    await record(trx, context, "amendment-withdrawn", { amendmentId, number: found.amendment.number, reason });
    return grant(null);
  });
}

export type VoteInput = BoardVote & {
  readonly cle: string;
  readonly partyId: string;
  readonly transmittedOn: PlainDate | null;
  readonly votes: VoteCount | null;
};

/** A board's vote, with the number and date of its act. The last approval makes the amendment effective, by itself. */
export async function recordBoardVote(
  context: CommandContext,
  amendmentId: string,
  { cle, partyId, transmittedOn, votes, ...vote }: VoteInput,
): Promise<Decision<{ readonly effectiveOn: PlainDate | null }, VoteCommandRefusal>> {
  const { db, clock, networkId, actor } = context;
  const day = today(clock);
  return writeTransaction(db, async (trx) => {
    const found = await findAmendment(trx, context, amendmentId);
    if (!found) return refuse("amendment-unknown" as const);
    const { agreement, amendment } = found;
    const twin = await trx.selectFrom("amendmentVote").select("id").where("id", "=", cle).executeTakeFirst();
    if (twin) return grant({ effectiveOn: amendment.standing.effectiveOn });
    const party = boardsOf(agreement.parties).find(({ id }) => id === partyId);
    if (!party) return refuse("party-unknown" as const);
    const given = amendment.votes.find((one) => one.partyId === partyId) ?? null;
    const { state } = amendment.standing;
    const context_ = { state, submittedOn: amendment.submittedOn, today: day };
    const decision = checkBoardVote({ leftOn: party.leftOn, vote: given }, vote, context_);
    if (!decision.ok) return decision;
    if (transmittedOn !== null && transmittedOn < vote.on) return refuse("transmitted-before-vote" as const);
    if (votes !== null && !addsUp(votes)) return refuse("counts-do-not-add-up" as const);
    await trx
      .insertInto("amendmentVote")
      .values({
        ...{ id: cle, networkId, amendmentId, partyId, outcome: vote.outcome, transmittedOn },
        ...{ deliberationNumber: vote.number.trim(), deliberationOn: vote.on },
        votes: votes === null ? null : JSON.stringify(votes),
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "board-voted", {
      ...{ amendmentId, partyId, label: party.label, outcome: vote.outcome },
      ...{ deliberationNumber: vote.number.trim(), deliberationOn: vote.on },
    });
    const boards = boardsOf(agreement.parties).map(({ id, label, leftOn }) => ({
      ...{ partyId: id, label, leftOn },
      vote: id === partyId ? vote : (amendment.votes.find((one) => one.partyId === id) ?? null),
    }));
    const { effectiveOn } = assessAmendment("submitted", boards, day);
    if (effectiveOn !== null) {
      const changed = amendment.changes.map(({ article }) => article);
      await record(trx, context, "amendment-effective", {
        amendmentId,
        number: amendment.number,
        effectiveOn,
        articles: changed,
      });
    }
    return grant({ effectiveOn });
  });
}

/** Source: SCDL « Délibérations »: the voters are no more than the members, and for, against and abstentions make the voters. */
function addsUp({ members, cast, for: inFavour, against, abstentions }: VoteCount): boolean {
  return cast <= members && inFavour + against + abstentions === cast;
}
