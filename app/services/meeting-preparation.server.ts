import { minutesApprovalTitle, ratificationTitle } from "~/documents/meeting-words";
import {
  addPendingItems,
  orderAgenda,
  type AgendaItem,
  type AgendaItemKind,
  type PendingItem,
} from "~/domain/meeting/agenda";
import type { MeetingState } from "~/domain/meeting/lifecycle";
import type { AgendaItemId, MeetingId, NetworkId } from "~/domain/kernel/ids";
import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import { yearOf } from "~/domain/kernel/plain-date";
import type { Clock } from "./clock.server";
import type { Db, Trx } from "./db.server";
import { hasNoAdoptedMinutes, listAgenda, meetingNumber } from "./meeting-record.server";

/** Writes that planning, convening and cancelling share, each within its own command's transaction. */

type StateChange = {
  readonly networkId: NetworkId;
  readonly meetingId: MeetingId;
  readonly from: MeetingState;
  readonly to: MeetingState;
  readonly actorId: string;
  readonly reason: string | null;
};

/** Moves a meeting to a state that the domain granted, and writes who did, when and why. */
export async function recordTransition(trx: Trx, clock: Clock, change: StateChange): Promise<void> {
  await trx
    .updateTable("meeting")
    .set(({ eb }) => ({
      status: change.to,
      revision: eb("revision", "+", 1),
      ...(change.to === "convened" ? { urgencyReason: change.reason } : {}),
    }))
    .where("networkId", "=", change.networkId)
    .where("id", "=", change.meetingId)
    .execute();
  await trx
    .insertInto("meetingTransition")
    .values({
      id: clock.newId(),
      networkId: change.networkId,
      meetingId: change.meetingId,
      fromStatus: change.from,
      toStatus: change.to,
      at: clock.now().toISOString(),
      actorPersonId: change.actorId,
      reason: change.reason,
    })
    .execute();
}

type MeetingToCome = {
  readonly id: MeetingId;
  readonly networkId: NetworkId;
  readonly startsAt: LocalDateTime;
};

/** A meeting's number within its year: the one after the last. */
export async function nextMeetingNumber(
  trx: Trx,
  networkId: NetworkId,
  startsAt: LocalDateTime,
): Promise<{ readonly year: number; readonly rank: number }> {
  const year = yearOf(dateOf(startsAt));
  const last = await trx
    .selectFrom("meeting")
    .select(({ fn }) => fn.max("rank").as("rank"))
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .executeTakeFirst();
  return { year, rank: Number(last?.rank ?? 0) + 1 };
}

/**
 * Minutes that this meeting should approve: those of closed meetings before it that no vote has adopted,
 * unless a meeting to come before this one has them on its agenda.
 */
export async function findPendingMinutes(
  db: Db | Trx,
  { id, networkId, startsAt }: MeetingToCome,
): Promise<readonly PendingItem[]> {
  const rows = await db
    .selectFrom("meeting")
    .select(["meeting.id", "meeting.startsAt", "meeting.year", "meeting.rank"])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "=", "closed")
    .where("meeting.startsAt", "<", startsAt)
    .where(hasNoAdoptedMinutes)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("agendaItem")
            .innerJoin("meeting as sooner", "sooner.id", "agendaItem.meetingId")
            .select("agendaItem.id")
            .where("agendaItem.kind", "=", "minutes-approval")
            .where("agendaItem.status", "=", "accepted")
            .whereRef("agendaItem.subjectId", "=", "meeting.id")
            .where("sooner.id", "!=", id)
            .where("sooner.startsAt", "<", startsAt)
            .where("sooner.status", "in", ["planned", "convened", "open", "suspended"]),
        ),
      ),
    )
    .orderBy("meeting.startsAt")
    .execute();
  return rows.map((row) => ({
    kind: "minutes-approval",
    subjectId: row.id,
    title: minutesApprovalTitle({ heldAt: row.startsAt as LocalDateTime, number: meetingNumber(row) }),
  }));
}

/** A written consultation that adopted something, and that no meeting has ratified nor undone. */
export type PendingRatification = { readonly id: string; readonly title: string; readonly closedAt: string };

/**
 * Consultations that a meeting should ratify, the oldest first: those that no vote decided, unless a meeting that is not over has them on its
 * agenda. @param before only the agendas of meetings before this one count; without it, those of all
 */
export async function listPendingRatifications(
  db: Db | Trx,
  networkId: NetworkId,
  before?: Pick<MeetingToCome, "id" | "startsAt">,
): Promise<readonly PendingRatification[]> {
  return db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.id", "poll.title", "pollResult.closedAt"])
    .where("poll.networkId", "=", networkId)
    .where("poll.meetingId", "is", null)
    .where("pollResult.outcome", "=", "adopted")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll as vote")
            .innerJoin("pollResult as settled", "settled.pollId", "vote.id")
            .select("vote.id")
            .whereRef("vote.subjectId", "=", "poll.id")
            .where("settled.outcome", "in", ["adopted", "rejected"]),
        ),
      ),
    )
    .where((eb) => {
      const items = eb
        .selectFrom("agendaItem")
        .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
        .select("agendaItem.id")
        .where("agendaItem.kind", "=", "ratification")
        .where("agendaItem.status", "=", "accepted")
        .whereRef("agendaItem.subjectId", "=", "poll.id")
        .where("meeting.status", "in", ["planned", "convened", "open", "suspended"]);
      return eb.not(
        eb.exists(
          before === undefined
            ? items
            : items.where("meeting.id", "!=", before.id).where("meeting.startsAt", "<", before.startsAt),
        ),
      );
    })
    .orderBy("pollResult.closedAt")
    .execute();
}

/** The agenda as it stands, and as it must be sent: with the minutes that wait for approval and the consultations that wait for ratification. */
export async function agendaWithPending(
  db: Db | Trx,
  meeting: MeetingToCome & { readonly convening: "first" | "second" },
  newId: () => string,
): Promise<{ readonly agenda: readonly AgendaItem[]; readonly added: readonly AgendaItem[] }> {
  const recorded = await listAgenda(db, meeting.networkId, meeting.id);
  const current = orderAgenda(recorded.filter((item) => item.status === "accepted"));
  if (meeting.convening === "second") return { agenda: current, added: [] };
  const consultations = await listPendingRatifications(db, meeting.networkId, meeting);
  const pending: readonly PendingItem[] = [
    ...(await findPendingMinutes(db, meeting)),
    ...consultations.map(({ id, title }): PendingItem => ({
      ...{ kind: "ratification", subjectId: id, title: ratificationTitle(title) },
    })),
  ];
  const agenda = addPendingItems(current, pending, () => newId() as AgendaItemId);
  const known = new Set(current.map((item) => item.id));
  return { agenda, added: agenda.filter((item) => !known.has(item.id)) };
}

/** Puts what waits and is missing on the agenda, in the database. @returns the whole agenda */
export async function addMissingItems(
  trx: Trx,
  clock: Clock,
  meeting: MeetingToCome & { readonly convening: "first" | "second" },
): Promise<{ readonly agenda: readonly AgendaItem[]; readonly added: readonly AgendaItem[] }> {
  const result = await agendaWithPending(trx, meeting, clock.newId);
  if (result.added.length === 0) return result;
  await insertAgendaItems(trx, clock, meeting, result.added);
  await savePositions(trx, meeting, result.agenda);
  return result;
}

export type NewAgendaItem = {
  readonly id: string;
  readonly position: number;
  readonly kind: AgendaItemKind;
  readonly title: string;
  readonly rapporteur: string | null;
  readonly durationMinutes: number | null;
  readonly subjectId: string | null;
  readonly copiedFromId: string | null;
  readonly descriptionMd?: string;
  readonly status?: "accepted" | "proposed";
  readonly proposedBy?: string;
};

export async function insertAgendaItems(
  trx: Trx,
  clock: Clock,
  meeting: Pick<MeetingToCome, "id" | "networkId">,
  items: readonly NewAgendaItem[],
): Promise<void> {
  if (items.length === 0) return;
  const createdAt = clock.now().toISOString();
  await trx
    .insertInto("agendaItem")
    .values(
      items.map((item) => ({
        id: item.id,
        networkId: meeting.networkId,
        meetingId: meeting.id,
        position: item.position,
        kind: item.kind,
        title: item.title,
        descriptionMd: item.descriptionMd ?? "",
        rapporteur: item.rapporteur ?? "",
        durationMinutes: item.durationMinutes,
        status: item.status ?? "accepted",
        proposedBy: item.proposedBy ?? null,
        refusalReason: null,
        subjectId: item.subjectId,
        copiedFromId: item.copiedFromId,
        createdAt,
      })),
    )
    .execute();
}

/** Writes the order of an agenda in one statement. */
export async function savePositions(
  trx: Trx,
  meeting: Pick<MeetingToCome, "id" | "networkId">,
  agenda: readonly Pick<AgendaItem, "id" | "position">[],
): Promise<void> {
  const [first, ...others] = agenda;
  if (first === undefined) return;
  await trx
    .updateTable("agendaItem")
    .set(({ eb }) => ({
      position: others
        .reduce(
          (cases, item) => cases.when("id", "=", item.id).then(item.position),
          eb.case().when("id", "=", first.id).then(first.position),
        )
        .else(eb.ref("position"))
        .end(),
    }))
    .where("networkId", "=", meeting.networkId)
    .where("meetingId", "=", meeting.id)
    .execute();
}
