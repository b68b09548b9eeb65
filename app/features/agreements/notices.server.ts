import { assessCommonAgreement, checkStop, computeNotice, type Consent, type Length } from "~/domain/agreement/notice";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { listAgreements, type RecordedNotice } from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { findAgreement, record } from "./encode.server";
import type { FollowRefusal, NoticeCommandRefusal } from "./refusals";

export type NoticeInput = {
  readonly cle: string;
  readonly clauseKey: string;
  readonly partyId: string | null;
  readonly sentOn: PlainDate;
  readonly receivedOn: PlainDate | null;
  /** Of the registered letter: the same one is not recorded twice. */
  readonly reference: string;
  readonly reason: string;
  readonly deemed: Length | null;
  /** Whoever records a letter whose notice is already over has read that the agreement ended in the past. */
  readonly isOldConfirmed: boolean;
};

/**
 * A letter that ends the agreement after its notice. Recorded with the day when it left, even late; never before the agreement began, and once confirmed
 * when its notice is already over: a slip in the date would end the agreement in the past.
 */
export async function recordNotice(
  context: CommandContext,
  agreementId: string,
  input: NoticeInput,
): Promise<Decision<{ readonly endsOn: PlainDate | null }, NoticeCommandRefusal>> {
  const { db, clock, networkId, actor } = context;
  const day = today(clock);
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    const twin = agreement.notices.find(({ id }) => id === input.cle);
    if (twin) return grant({ endsOn: twin.endsOn });
    if (agreement.signedOn === null) return refuse("not-signed" as const);
    const clause = agreement.content.clauses.find(({ key }) => key === input.clauseKey);
    if (clause?.rule.kind !== "notice") return refuse("clause-unknown" as const);
    if (input.partyId !== null && !agreement.parties.some(({ id }) => id === input.partyId))
      return refuse("party-unknown" as const);
    if (input.sentOn > day || (input.receivedOn ?? "") > day) return refuse("sent-in-the-future" as const);
    if (input.sentOn < agreement.effectOn) return refuse("sent-before-start" as const);
    const isAsked = clause.rule.purpose === "breach" || clause.rule.notice.length === "reasonable";
    if (isAsked && input.reason.trim() === "") return refuse("reason-missing" as const);
    const same = agreement.notices.some(
      ({ clauseKey, sentOn, partyId, reference, state }) =>
        state !== "withdrawn" &&
        ((input.reference !== "" && reference === input.reference) ||
          (clauseKey === input.clauseKey && sentOn === input.sentOn && partyId === input.partyId)),
    );
    if (same) return refuse("already-recorded" as const);
    const { cle: id, clauseKey, partyId, sentOn, receivedOn, reference, reason, deemed } = input;
    const answer = computeNotice(clause.rule.notice, { sentOn, receivedOn, deemed });
    if (!answer.ok) return answer;
    const endsOn = answer.value.retained?.endsOn ?? null;
    if (endsOn !== null && endsOn < day && !input.isOldConfirmed) return refuse("already-over" as const);
    const { purpose } = clause.rule;
    const createdAt = clock.now().toISOString();
    await trx
      .insertInto("agreementNotice")
      .values({
        ...{ id, networkId, agreementId, clauseKey, purpose, partyId, sentOn, reference, reason, consents: "[]" },
        ...{ deemed: deemed === null ? null : JSON.stringify(deemed), recordedBy: actor.personId, createdAt },
      })
      .execute();
    await record(trx, context, "agreement-notice-recorded", {
      agreementId,
      noticeId: id,
      clauseKey,
      purpose,
      partyId,
      sentOn,
      reason,
    });
    if (receivedOn !== null)
      await insertEvent(trx, context, { noticeId: id, kind: "received", on: receivedOn, note: "" });
    return grant({ endsOn });
  });
}

/** All the parties put an end to the agreement together. */
export async function recordCommonAgreement(
  context: CommandContext,
  agreementId: string,
  input: {
    readonly cle: string;
    readonly clauseKey: string;
    readonly endsOn: PlainDate;
    readonly consents: ReadonlyMap<string, PlainDate>;
    readonly reason: string;
  },
): Promise<Decision<{ readonly endsOn: PlainDate | null }, NoticeCommandRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    const twin = agreement.notices.find(({ id }) => id === input.cle);
    if (twin) return grant({ endsOn: twin.endsOn });
    if (agreement.signedOn === null) return refuse("not-signed" as const);
    if (agreement.notices.some(({ purpose, state }) => purpose === "common-agreement" && state !== "withdrawn"))
      return refuse("already-recorded" as const);
    if (input.endsOn < agreement.effectOn) return refuse("sent-before-start" as const);
    const consents = agreement.parties
      .filter(({ leftOn }) => leftOn === null)
      .map(({ id, label }): Consent => ({ party: label, on: input.consents.get(id) ?? null }));
    if (consents.some(({ on }) => on !== null && on > today(clock))) return refuse("sent-in-the-future" as const);
    const { endsOn } = assessCommonAgreement(consents, input.endsOn);
    if (endsOn === null) return refuse("consents-missing" as const);
    const { cle: id, clauseKey, reason } = input;
    await trx
      .insertInto("agreementNotice")
      .values({
        ...{ id, networkId, agreementId, clauseKey, purpose: "common-agreement", partyId: null, sentOn: input.endsOn },
        ...{ reference: "", reason, deemed: null, consents: JSON.stringify(consents) },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "agreement-notice-recorded", {
      agreementId,
      noticeId: id,
      purpose: "common-agreement",
      endsOn,
    });
    return grant({ endsOn });
  });
}

export type NoticeEventKind = "received" | "cured" | "withdrawn";

/** What follows a notice: its receipt came back, the fault was mended, the letter was taken back. */
export async function followNotice(
  context: CommandContext,
  noticeId: string,
  event: { readonly kind: NoticeEventKind; readonly on: PlainDate; readonly note: string },
): Promise<Decision<null, FollowRefusal>> {
  const { db, clock, networkId } = context;
  const day = today(clock);
  return writeTransaction(db, async (trx) => {
    const agreements = await listAgreements(trx, networkId, day);
    const agreement = agreements.find(({ notices }) => notices.some(({ id }) => id === noticeId));
    const notice = agreement?.notices.find(({ id }) => id === noticeId);
    if (!agreement || !notice) return refuse("notice-unknown" as const);
    if (event.kind === "received") {
      if (notice.receivedOn !== null) return refuse("already-received" as const);
      if (event.on < notice.sentOn) return refuse("received-before-sent" as const);
      if (event.on > day) return refuse("received-in-the-future" as const);
    } else {
      const rule = agreement.content.clauses.find(({ key }) => key === notice.clauseKey)?.rule;
      if (event.kind === "cured" && !(rule?.kind === "notice" && rule.curable)) return refuse("not-curable" as const);
      const stop = checkStop({ ...notice, sentOn: beganOn(notice) }, event.on, day);
      if (!stop.ok) return stop;
    }
    await insertEvent(trx, context, { noticeId, ...event });
    return grant(null);
  });
}

/** The day before which nothing can have stopped it: the letter's, or the last consent's when the parties agreed. */
function beganOn({ sentOn, consents }: Pick<RecordedNotice, "sentOn" | "consents">): PlainDate {
  return assessCommonAgreement(consents, null).endsOn ?? sentOn;
}

async function insertEvent(
  trx: Trx,
  context: CommandContext,
  {
    noticeId,
    kind,
    on,
    note,
  }: { readonly noticeId: string; readonly kind: NoticeEventKind; readonly on: PlainDate; readonly note: string },
): Promise<void> {
  const { clock, networkId, actor } = context;
  await trx
    .insertInto("agreementNoticeEvent")
    .values({
      ...{ id: clock.newId(), networkId, noticeId, kind, onDate: on, note },
      ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
    })
    .execute();
  await record(trx, context, "agreement-notice-followed", { noticeId, kind, onDate: on });
}
