import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { AgendaItemId, MeetingId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import {
  closeMeeting,
  meetingOutcome,
  openMeeting,
  resumeMeeting,
  suspendMeeting,
  type MeetingOutcome,
  type MeetingState,
  type OpenRefusal,
  type RoomRefusal,
} from "~/domain/meeting/lifecycle";
import { assessRoom, pollSubjectOf, roomMinute, wasEverQuorate } from "~/domain/voting/room";
import { localNow } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import {
  listTransitions,
  loadMeetingRecord,
  meetingNumber,
  sittingPeriod,
  type MeetingHead,
  type MeetingRecord,
} from "~/services/meeting-record.server";
import { recordAct } from "~/services/register.server";

/** Who may be named chair (whoever holds a seat that day) or secretary (those, and the secretaries of the lead). */
export type OfficerCandidate = {
  readonly seatId: SeatId | null;
  readonly seatLabel: string;
  readonly personId: PersonId;
  readonly displayName: string;
};

export type OpeningFacts = {
  readonly head: MeetingHead;
  readonly chairs: readonly OfficerCandidate[];
  readonly secretaries: readonly OfficerCandidate[];
};

/** Null for an identifier that leads nowhere in this network. */
export async function findOpeningFacts(
  db: Db | Trx,
  networkId: CommandContext["networkId"],
  meetingId: string,
): Promise<OpeningFacts | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  return record ? toOpeningFacts(db, record) : null;
}

async function toOpeningFacts(db: Db | Trx, record: MeetingRecord): Promise<OpeningFacts> {
  const { head } = record;
  const chairs = listHolders(record);
  const on = dateOf(head.startsAt);
  const staff = await db
    .selectFrom("roleGrant")
    .innerJoin("person", "person.id", "roleGrant.personId")
    .innerJoin("organization", "organization.id", "roleGrant.organizationId")
    .select(["person.id", "person.displayName", "organization.name"])
    .distinct()
    .where("roleGrant.networkId", "=", head.networkId)
    .where("roleGrant.role", "=", "secretary")
    .where("roleGrant.startsOn", "<=", on)
    .where((eb) => eb.or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", on)]))
    .orderBy("person.displayName")
    .execute();
  const seated = new Set(chairs.map(({ personId }) => personId));
  const others = staff
    .filter(({ id }) => !seated.has(id as PersonId))
    .map(({ id, displayName, name }): OfficerCandidate => ({
      seatId: null,
      seatLabel: `secrétariat, ${name}`,
      personId: id as PersonId,
      displayName,
    }));
  return { head, chairs, secretaries: [...others, ...chairs] };
}

function listHolders({ seats }: MeetingRecord): readonly OfficerCandidate[] {
  return seats.flatMap((seat) =>
    [seat.titular, seat.substitute]
      .filter((holder) => holder !== null)
      .map((holder) => ({ seatId: seat.id, seatLabel: seat.label, ...holder })),
  );
}

export type SessionRefusal =
  | OpenRefusal
  | RoomRefusal
  | "chair-not-a-holder"
  | "secretary-unknown"
  | "chair-is-secretary"
  | "item-unknown"
  | "meeting-suspended"
  | "meeting-not-found";

export type OpenSessionInput = {
  readonly meetingId: string;
  readonly chair: { readonly seatId: string; readonly personId: string } | null;
  readonly secretaryPersonId: string | null;
};

/**
 * Opens the meeting: chair and secretary are named, and the rules and the committee of the day are frozen with it. A mandate that changes
 * later changes nothing in the quorum of this meeting.
 */
export async function openSession(
  { db, clock, networkId, actor }: CommandContext,
  { meetingId, chair, secretaryPersonId }: OpenSessionInput,
): Promise<Decision<MeetingState, SessionRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head } = record;
    const decision = openMeeting(
      {
        state: head.status,
        scheduledAt: head.startsAt,
        isChairNamed: chair !== null,
        isSecretaryNamed: secretaryPersonId !== null,
      },
      clock.now(),
    );
    if (!decision.ok) return decision;
    const facts = await toOpeningFacts(trx, record);
    const chairHolder = facts.chairs.find(
      ({ seatId, personId }) => seatId === chair?.seatId && personId === chair?.personId,
    );
    if (!chairHolder) return refuse("chair-not-a-holder");
    const secretary = facts.secretaries.find(({ personId }) => personId === secretaryPersonId);
    if (!secretary) return refuse("secretary-unknown");
    if (secretary.personId === chairHolder.personId) return refuse("chair-is-secretary");

    await trx
      .updateTable("meeting")
      .set({
        status: decision.value,
        chairSeatId: chairHolder.seatId,
        chairPersonId: chairHolder.personId,
        secretaryPersonId: secretary.personId,
        rulesContent: JSON.stringify(record.rules),
        rulesVersion: record.rulesVersion,
        seatsSnapshot: JSON.stringify(record.seats),
        revision: head.revision + 1,
      })
      .where("networkId", "=", networkId)
      .where("id", "=", head.id)
      .execute();
    await writeTransition(trx, { clock, networkId, actor }, head, decision.value);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-opened",
      meetingId: head.id,
      payload: {
        meetingId: head.id,
        number: meetingNumber(head),
        minute: localNow(clock),
        chair: { seat: chairHolder.seatLabel, person: chairHolder.displayName },
        secretary: secretary.displayName,
        rulesVersion: record.rulesVersion,
        seats: record.seats.length,
        inOffice: record.seats.filter(({ inOffice }) => inOffice).length,
      },
    });
    return decision;
  });
}

async function writeTransition(
  trx: Trx,
  { clock, networkId, actor }: Pick<CommandContext, "clock" | "networkId" | "actor">,
  head: MeetingHead,
  to: MeetingState,
): Promise<void> {
  await trx
    .insertInto("meetingTransition")
    .values({
      id: clock.newId(),
      networkId,
      meetingId: head.id,
      fromStatus: head.status,
      toStatus: to,
      at: clock.now().toISOString(),
      actorPersonId: actor.personId,
      reason: null,
    })
    .execute();
}

async function countOpenPolls(db: Db | Trx, meetingId: MeetingId): Promise<number> {
  const { total } = await db
    .selectFrom("poll")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where("meetingId", "=", meetingId)
    .where("status", "=", "open")
    .executeTakeFirstOrThrow();
  return Number(total);
}

export type PauseInput = { readonly meetingId: string; readonly transition: "suspend" | "resume" };

/** Suspends or resumes the meeting. A second click finds it done, and says so. */
export async function pauseSession(
  { db, clock, networkId, actor }: CommandContext,
  { meetingId, transition }: PauseInput,
): Promise<Decision<MeetingState, SessionRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head } = record;
    const target = transition === "suspend" ? "suspended" : "open";
    if (head.status === target) return grant(target);
    const decision =
      transition === "suspend"
        ? suspendMeeting({ state: head.status, openPollCount: await countOpenPolls(trx, head.id) })
        : resumeMeeting(head.status);
    if (!decision.ok) return decision;
    await trx
      .updateTable("meeting")
      .set({ status: decision.value, revision: head.revision + 1 })
      .where("networkId", "=", networkId)
      .where("id", "=", head.id)
      .execute();
    await writeTransition(trx, { clock, networkId, actor }, head, decision.value);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: transition === "suspend" ? "meeting-suspended" : "meeting-resumed",
      meetingId: head.id,
      payload: { meetingId: head.id, number: meetingNumber(head), minute: localNow(clock) },
    });
    return decision;
  });
}

/** What closing now would pronounce, for the page that asks before. Null for an unknown meeting. */
export async function forecastClosing(
  { db, clock, networkId }: Pick<CommandContext, "db" | "clock" | "networkId">,
  meetingId: string,
): Promise<{ readonly head: MeetingHead; readonly outcome: MeetingOutcome; readonly openPolls: number } | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const outcome = await pronounceOutcome(db, clock, record);
  return { head: record.head, outcome, openPolls: await countOpenPolls(db, record.head.id) };
}

async function pronounceOutcome(
  db: Db | Trx,
  clock: CommandContext["clock"],
  record: MeetingRecord,
): Promise<MeetingOutcome> {
  const { head, seats, rules, events, proxies } = record;
  const transitions = await listTransitions(db, head.networkId, head.id);
  const closedAt = roomMinute(localNow(clock), events);
  const openedAt = sittingPeriod(transitions).openedAt ?? closedAt;
  // From the entries as they stand, corrections included: what was noted at an item may have been corrected since.
  const everQuorate = wasEverQuorate(
    { seats, rules, convening: head.convening, events, proxies },
    { openedAt, closedAt },
  );
  return meetingOutcome("closed", everQuorate) ?? "inquorate";
}

/** Closes the meeting and pronounces what it was; that is never pronounced again, even if an attendance is corrected afterwards. */
export async function closeSession(
  { db, clock, networkId, actor }: CommandContext,
  { meetingId }: { readonly meetingId: string },
): Promise<Decision<MeetingOutcome, SessionRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head } = record;
    if (head.status === "closed" && head.outcome !== null) return grant(head.outcome);
    const decision = closeMeeting({ state: head.status, openPollCount: await countOpenPolls(trx, head.id) });
    if (!decision.ok) return decision;
    const outcome = await pronounceOutcome(trx, clock, record);
    await trx
      .updateTable("meeting")
      .set({ status: decision.value, outcome, currentItemId: null, revision: head.revision + 1 })
      .where("networkId", "=", networkId)
      .where("id", "=", head.id)
      .execute();
    await writeTransition(trx, { clock, networkId, actor }, head, decision.value);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-closed",
      meetingId: head.id,
      payload: { meetingId: head.id, number: meetingNumber(head), minute: localNow(clock), outcome },
    });
    return grant(outcome);
  });
}

export type TakeUpItemInput = { readonly cle: string; readonly meetingId: string; readonly itemId: string };

/** Takes up an item of the agenda and writes the quorum found at that minute. Taking up the current item again changes nothing. */
export async function takeUpItem(
  { db, clock, networkId, actor }: CommandContext,
  { cle, meetingId, itemId }: TakeUpItemInput,
): Promise<Decision<AgendaItemId, SessionRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-not-found");
    const { head, agenda, seats, rules, events, proxies } = record;
    if (head.status === "suspended") return refuse("meeting-suspended");
    if (head.status !== "open") return refuse("wrong-state");
    const item = agenda.find(({ id, status }) => id === itemId && status === "accepted");
    if (!item) return refuse("item-unknown");
    const already = await trx.selectFrom("itemDiscussion").select("id").where("id", "=", cle).executeTakeFirst();
    if (already || head.currentItemId === item.id) return grant(item.id);
    if ((await countOpenPolls(trx, head.id)) > 0) return refuse("poll-open");
    const at = roomMinute(localNow(clock), events);
    const { quorum } = assessRoom({
      ...{ seats, rules, convening: head.convening, events, proxies },
      ...{ itemId: item.id, at, subject: pollSubjectOf(item.kind) },
    });
    await trx
      .updateTable("meeting")
      .set({ currentItemId: item.id })
      .where("networkId", "=", networkId)
      .where("id", "=", head.id)
      .execute();
    await trx
      .insertInto("itemDiscussion")
      .values({
        id: cle,
        networkId,
        meetingId: head.id,
        agendaItemId: item.id,
        at,
        quorumReached: quorum.reached ? 1 : 0,
        quorumSentence: quorum.sentence,
        recordedBy: actor.personId,
        recordedAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "item-opened",
      meetingId: head.id,
      payload: {
        meetingId: head.id,
        number: meetingNumber(head),
        itemId: item.id,
        title: item.title,
        minute: at,
        quorum: quorum.sentence,
      },
    });
    return grant(item.id);
  });
}
