import { prepareSecondConvening as decideSecondConvening } from "~/domain/meeting/second-convening";
import type { FirstMeeting, SecondConveningRefusal } from "~/domain/meeting/second-convening";
import { checkSchedule, type ScheduleRefusal } from "~/domain/meeting/lifecycle";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { AgendaItemId, MeetingId, NetworkId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { findRulesInForce } from "~/services/committee-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { insertAgendaItems, nextMeetingNumber } from "~/services/meeting-preparation.server";
import { findMeetingHead, listAgenda, meetingNumber, type MeetingHead } from "~/services/meeting-record.server";
import { recordAct } from "~/services/register.server";
import { BLANK_MEETING } from "./commands.server";
import type { SecondConveningInput } from "./form";
import { findPairedMeeting } from "./queries.server";

export type ReconveneRefusal = SecondConveningRefusal | ScheduleRefusal | "meeting-unknown";

/** The first meeting as the rule of the second convening reads it. */
export async function readFirstMeeting(db: Db | Trx, networkId: NetworkId, head: MeetingHead): Promise<FirstMeeting> {
  const second = head.convening === "second" ? null : await findPairedMeeting(db, networkId, head);
  return {
    id: head.id,
    state: head.status,
    everQuorate: head.outcome === "held",
    failureDeclared: head.outcome === "inquorate",
    isSecondConvening: head.convening === "second",
    secondMeetingId: second?.id ?? null,
    agenda: (await listAgenda(db, networkId, head.id)).filter((item) => item.status === "accepted"),
  };
}

/**
 * One act prepares the second convening: a planned meeting with the first one's agenda, tied to it both ways; its convocation is then
 * sent with a whole new notice. Sent twice with the same key, it is prepared once.
 * Source: CASF, art. R.123-17 (model).
 */
export async function prepareSecondConvening(
  { db, clock, networkId, actor }: CommandContext,
  firstMeetingId: string,
  input: SecondConveningInput,
): Promise<Decision<{ readonly meetingId: MeetingId }, ReconveneRefusal>> {
  const schedule = checkSchedule(input.startsAt, clock.now());
  if (!schedule.ok) return schedule;
  return writeTransaction(db, async (trx) => {
    const head = await findMeetingHead(trx, networkId, firstMeetingId);
    if (!head) return refuse("meeting-unknown");
    const first = await readFirstMeeting(trx, networkId, head);
    const meetingId = input.cle as MeetingId;
    if (first.secondMeetingId === meetingId) return grant({ meetingId });
    const rules = await findRulesInForce(trx, networkId, dateOf(input.startsAt));
    const decision = decideSecondConvening(first, {
      scheduledAt: input.startsAt,
      today: today(clock),
      rules: rules.content,
      newItemId: () => clock.newId() as AgendaItemId,
    });
    if (!decision.ok) return decision;
    const { year, rank } = await nextMeetingNumber(trx, networkId, input.startsAt);
    await trx
      .insertInto("meeting")
      .values({
        ...BLANK_MEETING,
        id: meetingId,
        networkId,
        year,
        rank,
        title: head.title,
        convening: "second",
        firstMeetingId: head.id,
        startsAt: input.startsAt,
        place: input.place,
        remoteLink: input.remoteLink ?? "",
        chairSeatId: head.chairSeatId,
        chairPersonId: head.chairPersonId,
        secretaryPersonId: head.secretaryPersonId,
        createdBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    const sources = new Map((await listAgenda(trx, networkId, head.id)).map((item) => [item.id, item.descriptionMd]));
    await insertAgendaItems(
      trx,
      clock,
      { id: meetingId, networkId },
      decision.value.agenda.map((item) => ({
        ...item,
        descriptionMd: item.copiedFromId === null ? "" : (sources.get(item.copiedFromId) ?? ""),
      })),
    );
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-planned",
      meetingId,
      payload: {
        meetingId,
        number: `${year}-${rank}`,
        title: head.title,
        startsAt: input.startsAt,
        place: input.place,
        convening: "second",
        firstMeetingId: head.id,
        firstNumber: meetingNumber(head),
      },
    });
    return grant({ meetingId });
  });
}
