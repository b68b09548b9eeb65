import {
  checkAgendaChange,
  checkAgendaItem,
  decideProposal as decideOnProposal,
  KINDS_WITH_SUBJECT,
  moveAgendaItem,
  orderAgenda,
  proposeAgendaItem,
  type AgendaChange,
  type AgendaChangeRefusal,
  type AgendaItemRefusal,
  type MoveRefusal,
  type ProposalRefusal,
} from "~/domain/meeting/agenda";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { type Db, writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { insertAgendaItems, savePositions } from "~/services/meeting-preparation.server";
import { findMeetingHead, listAgenda, type MeetingHead, type RecordedItem } from "~/services/meeting-record.server";
import { recordAct } from "~/services/register.server";
import type {
  AgendaItemInput,
  DecideProposalInput,
  EditItemInput,
  MoveItemInput,
  ProposalInput,
  RemoveItemInput,
} from "./form";
import { fingerprintOf, listAgendaSubjects } from "./queries.server";

type Unknown = "meeting-unknown" | "item-unknown";

export type AddItemRefusal = Unknown | AgendaChangeRefusal | AgendaItemRefusal | "subject-unknown";

/** Adds an item at the end. About a recorded thing, it takes that thing's title when none is typed. Sent twice, it is added once. */
export async function addAgendaItem(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: AgendaItemInput,
): Promise<Decision<{ readonly itemId: string }, AddItemRefusal>> {
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    const items = await listAgenda(trx, networkId, meetingId);
    if (items.some((item) => item.id === input.cle)) return grant({ itemId: input.cle });
    const change = mayAddItem(meeting);
    if (!change.ok) return change;
    const subjectId = KINDS_WITH_SUBJECT[input.kind] ? (input.subjectId ?? null) : null;
    const subjects = subjectId === null ? [] : await listAgendaSubjects(trx, networkId, input.kind);
    const subject = subjects.find(({ id }) => id === subjectId);
    if (subjectId !== null && !subject) return refuse("subject-unknown");
    const draft = {
      kind: input.kind,
      title: input.title === "" ? (subject?.title ?? "") : input.title,
      rapporteur: input.rapporteur ?? null,
      durationMinutes: input.durationMinutes ?? null,
      subjectId,
    };
    const [fault] = checkAgendaItem(draft);
    if (fault !== undefined) return refuse(fault);
    const position = items.filter((item) => item.status === "accepted").length + 1;
    await insertAgendaItems(trx, clock, meeting, [
      { ...draft, id: input.cle, position, copiedFromId: null, descriptionMd: input.descriptionMd },
    ]);
    await bumpRevision(trx, meeting);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId,
      payload: { meetingId, change: "add", itemId: input.cle, kind: draft.kind, title: draft.title, subjectId },
    });
    return grant({ itemId: input.cle });
  });
}

/** Would an item be added to this meeting? Asked before anybody fills in a form. */
export function mayAddItem(meeting: MeetingHead): Decision<AgendaChange, AgendaChangeRefusal> {
  return mayChange(meeting, "add", "", false);
}

export type EditItemRefusal = Unknown | AgendaChangeRefusal | AgendaItemRefusal | "stale";

/** Rewrites an item's texts. « stale »: somebody rewrote this item since the form was shown. */
export async function editAgendaItem(
  { db, clock, networkId, actor }: CommandContext,
  target: { readonly meetingId: string; readonly itemId: string },
  input: EditItemInput,
): Promise<Decision<{ readonly itemId: string }, EditItemRefusal>> {
  return writeTransaction(db, async (trx) => {
    const found = await findItem(trx, networkId, target);
    if (!found.ok) return found;
    const { meeting, item, hasPoll } = found.value;
    const change = mayChange(meeting, "edit", "", hasPoll);
    if (!change.ok) return change;
    if (fingerprintOf(item) !== input.seen) return refuse("stale");
    const draft = {
      kind: item.kind,
      title: input.title,
      rapporteur: input.rapporteur ?? null,
      durationMinutes: input.durationMinutes ?? null,
      subjectId: item.subjectId,
    };
    const [fault] = checkAgendaItem(draft);
    if (fault !== undefined) return refuse(fault);
    await trx
      .updateTable("agendaItem")
      .set({
        title: draft.title,
        rapporteur: draft.rapporteur ?? "",
        durationMinutes: draft.durationMinutes,
        descriptionMd: input.descriptionMd,
      })
      .where("networkId", "=", networkId)
      .where("id", "=", item.id)
      .execute();
    await bumpRevision(trx, meeting);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId: target.meetingId,
      payload: { meetingId: target.meetingId, change: "edit", itemId: item.id, title: draft.title },
    });
    return grant({ itemId: item.id });
  });
}

export type MoveItemRefusal = Unknown | AgendaChangeRefusal | MoveRefusal | "stale";

/** Exchanges an item with its neighbour. « stale »: the order shown is no longer the order recorded. */
export async function moveItem(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: MoveItemInput,
): Promise<Decision<{ readonly itemId: string }, MoveItemRefusal>> {
  return writeTransaction(db, async (trx) => {
    const found = await findItem(trx, networkId, { meetingId, itemId: input.itemId });
    if (!found.ok) return found;
    const { meeting, item, agenda } = found.value;
    if (meeting.revision !== input.revision) return refuse("stale");
    const change = mayChange(meeting, "reorder", input.reason, false);
    if (!change.ok) return change;
    const moved = moveAgendaItem(agenda, item.id, input.direction);
    if (!moved.ok) return moved;
    await savePositions(trx, meeting, moved.value);
    await bumpRevision(trx, meeting);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId,
      payload: { meetingId, change: "reorder", order: moved.value.map(({ id }) => id), reason: input.reason },
    });
    return grant({ itemId: item.id });
  });
}

export type RemoveItemRefusal = Unknown | AgendaChangeRefusal | "stale";

/** Takes an item off the agenda; its record stays. */
export async function removeItem(
  { db, clock, networkId, actor }: CommandContext,
  target: { readonly meetingId: string; readonly itemId: string },
  input: RemoveItemInput,
): Promise<Decision<{ readonly itemId: string }, RemoveItemRefusal>> {
  return writeTransaction(db, async (trx) => {
    const found = await findItem(trx, networkId, target);
    if (!found.ok) return found;
    const { meeting, item, agenda, hasPoll } = found.value;
    if (meeting.revision !== input.revision) return refuse("stale");
    const change = mayChange(meeting, "remove", input.reason, hasPoll);
    if (!change.ok) return change;
    await trx
      .updateTable("agendaItem")
      .set({ status: "removed", refusalReason: input.reason === "" ? null : input.reason })
      .where("networkId", "=", networkId)
      .where("id", "=", item.id)
      .execute();
    await savePositions(trx, meeting, orderAgenda(agenda.filter(({ id }) => id !== item.id)));
    await bumpRevision(trx, meeting);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId: target.meetingId,
      payload: {
        meetingId: target.meetingId,
        change: "remove",
        itemId: item.id,
        title: item.title,
        reason: input.reason,
      },
    });
    return grant({ itemId: item.id });
  });
}

export type ProposeRefusal = "meeting-unknown" | ProposalRefusal;

/** A member proposes an item; the secretary decides. Sent twice, it is proposed once. */
export async function proposeItem(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: ProposalInput,
): Promise<Decision<{ readonly itemId: string }, ProposeRefusal>> {
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    const items = await listAgenda(trx, networkId, meetingId);
    if (items.some((item) => item.id === input.cle)) return grant({ itemId: input.cle });
    const decision = proposeAgendaItem(meeting.status);
    if (!decision.ok) return decision;
    await insertAgendaItems(trx, clock, meeting, [
      {
        id: input.cle,
        position: 0,
        kind: "discussion",
        title: input.title,
        rapporteur: actor.displayName,
        durationMinutes: null,
        subjectId: null,
        copiedFromId: null,
        descriptionMd: input.descriptionMd,
        status: "proposed",
        proposedBy: actor.personId,
      },
    ]);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId,
      payload: { meetingId, change: "propose", itemId: input.cle, title: input.title },
    });
    return grant({ itemId: input.cle });
  });
}

export type DecideRefusal = Unknown | ProposalRefusal | AgendaChangeRefusal;

/** Accepts a proposal, which then closes the agenda, refuses it with a reason that its author reads, or carries it to the next planned meeting. */
export async function decideProposal(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: DecideProposalInput,
): Promise<Decision<{ readonly verdict: DecideProposalInput["verdict"] }, DecideRefusal>> {
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    const items = await listAgenda(trx, networkId, meetingId);
    const proposal = items.find((item) => item.id === input.itemId && item.proposedBy !== null);
    if (!proposal) return refuse("item-unknown");
    const later = input.verdict === "carry" ? await findMeetingToCarryTo(trx, meeting) : null;
    const decision = decideOnProposal(
      { state: proposal.status === "removed" ? "accepted" : proposal.status, meetingState: meeting.status },
      input.verdict === "accept"
        ? { kind: "accept" }
        : input.verdict === "carry"
          ? { kind: "carry", to: later && { meetingState: later.status } }
          : { kind: "refuse", reason: input.reason },
    );
    if (!decision.ok) return decision;
    if (later) {
      await trx
        .updateTable("agendaItem")
        .set({ meetingId: later.id })
        .where("networkId", "=", networkId)
        .where("id", "=", proposal.id)
        .execute();
      const payload = { meetingId, change: "carry", itemId: proposal.id, title: proposal.title, toMeetingId: later.id };
      await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "agenda-changed", meetingId, payload });
      return grant({ verdict: "carry" });
    }
    const isAccepted = decision.value === "accepted";
    if (isAccepted) {
      const change = mayAddItem(meeting);
      if (!change.ok) return change;
    }
    await trx
      .updateTable("agendaItem")
      .set({
        status: decision.value,
        refusalReason: isAccepted ? null : input.reason,
        position: isAccepted ? items.filter((item) => item.status === "accepted").length + 1 : 0,
      })
      .where("networkId", "=", networkId)
      .where("id", "=", proposal.id)
      .execute();
    if (isAccepted) await bumpRevision(trx, meeting);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "agenda-changed",
      meetingId,
      payload: { meetingId, change: input.verdict, itemId: proposal.id, title: proposal.title, reason: input.reason },
    });
    return grant({ verdict: input.verdict });
  });
}

/** The next meeting after this one whose agenda still takes items: planned, not convened, and no second convening. */
export async function findMeetingToCarryTo(
  db: Db | Trx,
  { networkId, id, startsAt }: Pick<MeetingHead, "networkId" | "id" | "startsAt">,
): Promise<MeetingHead | null> {
  const row = await db
    .selectFrom("meeting")
    .select("id")
    .where("networkId", "=", networkId)
    .where("id", "!=", id)
    .where("status", "=", "planned")
    .where("convening", "=", "first")
    .where("startsAt", ">=", startsAt)
    .orderBy("startsAt")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row ? findMeetingHead(db, networkId, row.id) : null;
}

type FoundItem = {
  readonly meeting: MeetingHead;
  readonly item: RecordedItem;
  /** The items that stand, in order. */
  readonly agenda: readonly RecordedItem[];
  readonly hasPoll: boolean;
};

async function findItem(
  trx: Trx,
  networkId: CommandContext["networkId"],
  { meetingId, itemId }: { readonly meetingId: string; readonly itemId: string },
): Promise<Decision<FoundItem, Unknown>> {
  const meeting = await findMeetingHead(trx, networkId, meetingId);
  if (!meeting) return refuse("meeting-unknown");
  const agenda = (await listAgenda(trx, networkId, meetingId)).filter((item) => item.status === "accepted");
  const item = agenda.find(({ id }) => id === itemId);
  if (!item) return refuse("item-unknown");
  const poll = await trx
    .selectFrom("poll")
    .select("id")
    .where("networkId", "=", networkId)
    .where("agendaItemId", "=", itemId)
    .limit(1)
    .executeTakeFirst();
  return grant({ meeting, item, agenda, hasPoll: poll !== undefined });
}

function mayChange(
  meeting: MeetingHead,
  change: AgendaChange,
  reason: string,
  itemHasPoll: boolean,
): Decision<AgendaChange, AgendaChangeRefusal> {
  return checkAgendaChange({
    meetingState: meeting.status,
    isSecondConvening: meeting.convening === "second",
    change,
    reason,
    itemHasPoll,
  });
}

/** Whoever looks at an older agenda is told so when they act on it. */
async function bumpRevision(trx: Trx, meeting: MeetingHead): Promise<void> {
  await trx
    .updateTable("meeting")
    .set({ revision: meeting.revision + 1 })
    .where("networkId", "=", meeting.networkId)
    .where("id", "=", meeting.id)
    .execute();
}
