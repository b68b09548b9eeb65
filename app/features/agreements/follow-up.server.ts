import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { dateOf, toLocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { listAgreements } from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { areMinutesAdopted } from "~/services/meeting-record.server";
import { findAgreement, isAdopted, record } from "./encode.server";
import type { ClarifyRefusal, LinkRefusal, ProofRefusal, SettleRefusal } from "./refusals";

/** A fault of the text, told to the committee. Sent twice with the same key, it is told once. */
export async function raiseClarification(
  context: CommandContext,
  agreementId: string,
  input: {
    readonly cle: string;
    readonly articles: string;
    readonly title: string;
    readonly problem: string;
    readonly readings: readonly string[];
  },
): Promise<Decision<null, ClarifyRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    if (!(await findAgreement(trx, context, agreementId))) return refuse("agreement-unknown" as const);
    const twin = await trx.selectFrom("clarification").select("id").where("id", "=", input.cle).executeTakeFirst();
    if (twin) return grant(null);
    const { cle: id, articles, title, problem: problemMd, readings } = input;
    await trx
      .insertInto("clarification")
      .values({
        ...{ id, networkId, agreementId, articles, title, problemMd, readings: JSON.stringify(readings) },
        ...{ raisedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "clarification-raised", { agreementId, clarificationId: id, articles, title });
    return grant(null);
  });
}

/** Settled by an adopted decision of the committee, and by nothing else. */
export async function settleClarification(
  context: CommandContext,
  clarificationId: string,
  { pollId, answer }: { readonly pollId: string; readonly answer: string },
): Promise<Decision<null, SettleRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("clarification")
      .leftJoin("clarificationSettlement", "clarificationSettlement.clarificationId", "clarification.id")
      .select(["clarification.title", "clarificationSettlement.pollId"])
      .where("clarification.networkId", "=", networkId)
      .where("clarification.id", "=", clarificationId)
      .executeTakeFirst();
    if (!known) return refuse("clarification-unknown" as const);
    if (known.pollId !== null) return refuse("already-settled" as const);
    if (!(await isAdopted(trx, networkId, pollId))) return refuse("poll-not-adopted" as const);
    await trx
      .insertInto("clarificationSettlement")
      .values({
        ...{ clarificationId, networkId, pollId, answerMd: answer },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "clarification-settled", { clarificationId, title: known.title, pollId, answer });
    return grant(null);
  });
}

/** A page of this portal, or another site by https: nothing that a browser would run. */
function isLinkable(address: string): boolean {
  return /^\/reseaux\/[^\s\\]*$/.test(address) || /^https:\/\/[^\s"'<>]+$/.test(address);
}

/** What proves an obligation that the portal can't see by itself. */
export async function noteProof(
  context: CommandContext,
  agreementId: string,
  input: {
    readonly cle: string;
    readonly clauseKey: string;
    readonly on: PlainDate;
    readonly label: string;
    readonly address: string | null;
  },
): Promise<Decision<null, ProofRefusal>> {
  const { db, clock, networkId, actor } = context;
  if (input.on > today(clock)) return refuse("date-in-the-future");
  if (input.address !== null && !isLinkable(input.address)) return refuse("address-not-ours");
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    if (!agreement.content.clauses.some(({ key }) => key === input.clauseKey)) return refuse("clause-unknown" as const);
    const twin = await trx.selectFrom("obligationEvidence").select("id").where("id", "=", input.cle).executeTakeFirst();
    if (twin) return grant(null);
    const { cle: id, clauseKey, on: onDate, label, address } = input;
    await trx
      .insertInto("obligationEvidence")
      .values({
        ...{ id, networkId, agreementId, clauseKey, onDate, label, address },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "obligation-proved", { agreementId, clauseKey, onDate, label });
    return grant(null);
  });
}

export type Presence = "present" | "absent";

/** Says which clause a meeting of the network fulfils: it then counts for that clause, and no longer for the committee's rhythm. Its minutes tell it. */
export async function linkMeeting(
  context: CommandContext,
  agreementId: string,
  { meetingId, clauseKey }: { readonly meetingId: string; readonly clauseKey: string },
): Promise<Decision<null, LinkRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    const clause = agreement?.content.clauses.find(({ key }) => key === clauseKey);
    if (clause?.rule.kind !== "frequency" || clause.rule.fact !== "governance-meeting")
      return refuse("clause-unknown" as const);
    const meeting = await trx
      .selectFrom("meeting")
      .leftJoin("governanceMeeting", "governanceMeeting.meetingId", "meeting.id")
      .select(["meeting.title", "governanceMeeting.clauseKey"])
      .where("meeting.networkId", "=", networkId)
      .where("meeting.id", "=", meetingId)
      .where("meeting.status", "!=", "cancelled")
      .executeTakeFirst();
    if (!meeting) return refuse("meeting-unknown" as const);
    if (meeting.clauseKey !== null)
      return meeting.clauseKey === clauseKey ? grant(null) : refuse("meeting-already-linked" as const);
    if (await areMinutesAdopted(trx, networkId, meetingId)) return refuse("minutes-adopted" as const);
    await trx
      .insertInto("governanceMeeting")
      .values({
        ...{ meetingId, networkId, agreementId, clauseKey, presences: "{}" },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "governance-meeting-linked", { agreementId, meetingId, clauseKey });
    return grant(null);
  });
}

/** Each group that the text lists, present or absent: its minutes tell them, so that nothing changes once these are adopted. */
export async function recordPresences(
  context: CommandContext,
  meetingId: string,
  presences: Readonly<Record<string, Presence>>,
): Promise<Decision<null, LinkRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const linked = await trx
      .selectFrom("governanceMeeting")
      .innerJoin("meeting", "meeting.id", "governanceMeeting.meetingId")
      .select(["governanceMeeting.agreementId", "governanceMeeting.clauseKey", "meeting.startsAt"])
      .where("governanceMeeting.networkId", "=", networkId)
      .where("governanceMeeting.meetingId", "=", meetingId)
      .executeTakeFirst();
    if (!linked) return refuse("meeting-unknown" as const);
    if (dateOf(toLocalDateTime(linked.startsAt)) > today(clock)) return refuse("meeting-to-come" as const);
    if (await areMinutesAdopted(trx, networkId, meetingId)) return refuse("minutes-adopted" as const);
    const agreements = await listAgreements(trx, networkId, today(clock));
    const clauses = agreements.find(({ id }) => id === linked.agreementId)?.content.clauses ?? [];
    const groups = clauses.flatMap(({ rule }) =>
      rule.kind === "composition" && rule.of === linked.clauseKey ? rule.groups.map(({ key }) => key) : [],
    );
    if (Object.keys(presences).some((key) => !groups.includes(key))) return refuse("group-unknown" as const);
    await trx
      .updateTable("governanceMeeting")
      .set({ presences: JSON.stringify(presences) })
      .where("networkId", "=", networkId)
      .where("meetingId", "=", meetingId)
      .execute();
    await record(trx, context, "governance-presence-recorded", { meetingId, presences: { ...presences } });
    return grant(null);
  });
}
