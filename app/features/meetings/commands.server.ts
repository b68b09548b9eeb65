import { cancelMeeting as decideCancellation, checkSchedule } from "~/domain/meeting/lifecycle";
import type { CancelRefusal, ScheduleRefusal } from "~/domain/meeting/lifecycle";
import { findMandateOf } from "~/domain/committee/seats";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { MeetingId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { yearOf } from "~/domain/kernel/plain-date";
import { calendarContentType, organizerEmail, renderCalendar } from "~/services/calendar.server";
import { listMandates } from "~/services/committee-record.server";
import { composeCalendarEvent } from "~/documents/calendar";
import { composeCancellation } from "~/documents/convocation";
import { writeTransaction } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { addMissingItems, nextMeetingNumber, recordTransition } from "~/services/meeting-preparation.server";
import { findMeetingHead, listAgenda, meetingNumber } from "~/services/meeting-record.server";
import { recordAct } from "~/services/register.server";
import type { ChangeMeetingInput, OfficersInput, PlanMeetingInput } from "./form";
import { findConvocationAddressees, listPeople } from "./queries.server";

/** Plans a meeting, with the minutes and the written consultations that wait for it. Sent twice with the same key, it is planned once. */
export async function planMeeting(
  { db, clock, networkId, actor }: CommandContext,
  input: PlanMeetingInput,
): Promise<Decision<{ readonly meetingId: MeetingId }, ScheduleRefusal>> {
  const meetingId = input.cle as MeetingId;
  const schedule = checkSchedule(input.startsAt, clock.now());
  if (!schedule.ok) return schedule;
  return writeTransaction(db, async (trx) => {
    const already = await trx
      .selectFrom("meeting")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", meetingId)
      .executeTakeFirst();
    if (already) return grant({ meetingId });
    const { year, rank } = await nextMeetingNumber(trx, networkId, input.startsAt);
    await trx
      .insertInto("meeting")
      .values({
        ...BLANK_MEETING,
        id: meetingId,
        networkId,
        year,
        rank,
        title: input.title,
        convening: "first",
        firstMeetingId: null,
        startsAt: input.startsAt,
        place: input.place,
        remoteLink: input.remoteLink ?? "",
        createdBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await addMissingItems(trx, clock, { id: meetingId, networkId, startsAt: input.startsAt, convening: "first" });
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-planned",
      meetingId,
      payload: {
        meetingId,
        number: `${year}-${rank}`,
        title: input.title,
        startsAt: input.startsAt,
        place: input.place,
      },
    });
    return grant({ meetingId });
  });
}

/** What a meeting does not know yet when it is planned. */
export const BLANK_MEETING = {
  status: "planned",
  plannedEndAt: null,
  urgencyReason: null,
  chairSeatId: null,
  chairPersonId: null,
  secretaryPersonId: null,
  currentItemId: null,
  rulesContent: null,
  rulesVersion: null,
  seatsSnapshot: null,
  outcome: null,
  revision: 1,
} as const;

export type MeetingUnknown = "meeting-unknown";
export type ChangeMeetingRefusal = ScheduleRefusal | MeetingUnknown | "already-convened" | "stale";

/**
 * Changes what was planned, as long as nobody was convened. A meeting moved into another year takes the next number of that year.
 * « stale »: somebody changed the meeting since the form was shown.
 */
export async function changeMeeting(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: ChangeMeetingInput,
): Promise<Decision<{ readonly meetingId: MeetingId }, ChangeMeetingRefusal>> {
  const schedule = checkSchedule(input.startsAt, clock.now());
  if (!schedule.ok) return schedule;
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    if (meeting.status !== "planned") return refuse("already-convened");
    if (meeting.revision !== input.revision) return refuse("stale");
    const isSameYear = yearOf(dateOf(input.startsAt)) === meeting.year;
    const { year, rank } = isSameYear ? meeting : await nextMeetingNumber(trx, networkId, input.startsAt);
    const change = {
      title: input.title,
      startsAt: input.startsAt,
      plannedEndAt: input.plannedEndAt,
      place: input.place,
      remoteLink: input.remoteLink ?? "",
    };
    await trx
      .updateTable("meeting")
      .set({ ...change, year, rank, revision: meeting.revision + 1 })
      .where("networkId", "=", networkId)
      .where("id", "=", meeting.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-changed",
      meetingId,
      payload: { meetingId, number: `${year}-${rank}`, ...change },
    });
    return grant({ meetingId: meeting.id });
  });
}

export type OfficersRefusal =
  MeetingUnknown | "meeting-over" | "chair-not-a-seat-holder" | "secretary-unknown" | "same-person";

/**
 * Names who chairs and who is secretary of the meeting: the chair holds a seat that day, the secretary is somebody of the network,
 * and the two are distinct persons, since both sign the minutes.
 * Source: CGCT, art. L.2121-15 (model).
 */
export async function nameOfficers(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: OfficersInput,
): Promise<Decision<{ readonly meetingId: MeetingId }, OfficersRefusal>> {
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    if (meeting.status === "closed" || meeting.status === "cancelled") return refuse("meeting-over");
    const on = dateOf(meeting.startsAt);
    if (input.chair) {
      const claim = { seatId: input.chair.seatId as SeatId, personId: input.chair.personId as PersonId };
      if (!findMandateOf(claim, await listMandates(trx, networkId), on)) return refuse("chair-not-a-seat-holder");
    }
    const people = input.secretary === undefined ? [] : await listPeople(trx, networkId, on);
    if (input.secretary !== undefined && !people.some((person) => person.personId === input.secretary))
      return refuse("secretary-unknown");
    if (input.chair && input.chair.personId === input.secretary) return refuse("same-person");
    const officers = {
      chairSeatId: input.chair?.seatId ?? null,
      chairPersonId: input.chair?.personId ?? null,
      secretaryPersonId: input.secretary ?? null,
    };
    await trx
      .updateTable("meeting")
      .set(officers)
      .where("networkId", "=", networkId)
      .where("id", "=", meeting.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-changed",
      meetingId,
      payload: { meetingId, number: meetingNumber(meeting), ...officers },
    });
    return grant({ meetingId: meeting.id });
  });
}

/** Cancels a meeting before it opens. Whoever was convened is told, with the calendar file that takes it away. */
export async function cancelMeeting(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: { readonly reason: string },
): Promise<Decision<{ readonly mailCount: number }, CancelRefusal | MeetingUnknown>> {
  const { publicUrl } = getEnv();
  return writeTransaction(db, async (trx) => {
    const meeting = await findMeetingHead(trx, networkId, meetingId);
    if (!meeting) return refuse("meeting-unknown");
    const decision = decideCancellation(meeting.status, input.reason);
    if (!decision.ok) return decision;
    const network = await trx
      .selectFrom("network")
      .select(["name", "slug"])
      .where("id", "=", networkId)
      .executeTakeFirstOrThrow();
    await recordTransition(trx, clock, {
      networkId,
      meetingId: meeting.id,
      from: meeting.status,
      to: decision.value,
      actorId: actor.personId,
      reason: input.reason,
    });
    const addressees = await findConvocationAddressees(trx, networkId, meetingId);
    const event = composeCalendarEvent({
      meetingId,
      networkName: network.name,
      title: meeting.title,
      startsAt: meeting.startsAt,
      plannedEndAt: meeting.plannedEndAt,
      place: meeting.place,
      remoteLink: meeting.remoteLink,
      agenda: (await listAgenda(trx, networkId, meetingId)).filter((item) => item.status === "accepted"),
      address: `${publicUrl}/reseaux/${network.slug}/seances/${meetingId}`,
      organizerEmail: organizerEmail(),
      isCancelled: true,
      at: clock.now(),
    });
    const mail = composeCancellation({
      networkName: network.name,
      title: meeting.title,
      startsAt: meeting.startsAt,
      place: meeting.place,
      reason: input.reason,
    });
    const file = {
      fileName: "annulation.ics",
      contentType: calendarContentType(event),
      content: renderCalendar(event),
    };
    const mails = addressees.map(({ personId, email }) => ({
      networkId,
      meetingId,
      personId,
      kind: "cancellation" as const,
      to: email,
      ...mail,
      attachments: [file],
    }));
    await enqueueMails(trx, clock, mails);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-cancelled",
      meetingId,
      payload: { meetingId, number: meetingNumber(meeting), reason: input.reason, mailCount: mails.length },
    });
    return grant({ mailCount: mails.length });
  });
}
