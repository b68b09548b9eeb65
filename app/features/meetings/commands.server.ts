import { checkSchedule, type ScheduleRefusal } from "~/domain/meeting/lifecycle";
import { grant, type Decision } from "~/domain/kernel/decision";
import type { MeetingId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { yearOf } from "~/domain/kernel/plain-date";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { PlanMeetingInput } from "./form";

/** Plans a meeting. Sent twice with the same key, it is planned once. */
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
    const year = yearOf(dateOf(input.startsAt));
    const last = await trx
      .selectFrom("meeting")
      .select(({ fn }) => fn.max("rank").as("rank"))
      .where("networkId", "=", networkId)
      .where("year", "=", year)
      .executeTakeFirst();
    const rank = Number(last?.rank ?? 0) + 1;
    await trx
      .insertInto("meeting")
      .values({
        id: meetingId,
        networkId,
        year,
        rank,
        title: input.title,
        status: "planned",
        convening: "first",
        firstMeetingId: null,
        startsAt: input.startsAt,
        plannedEndAt: null,
        place: input.place,
        remoteLink: input.remoteLink ?? "",
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
        createdBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
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
