import type { AgendaItemId, MeetingId } from "~/domain/kernel/ids";
import { openSession } from "~/features/meetings/session.server";
import { recordAttendance } from "~/features/attendance/commands.server";
import type { AttendanceInput } from "~/features/attendance/form";
import { parsePlainTime } from "~/domain/kernel/paris-time";
import type { Committee, TownKey } from "../../support/database";

export type RoomOptions = {
  readonly startsAt?: string;
  readonly status?: string;
  readonly items?: readonly string[];
};

/** A convened meeting of the committee with two items, ten minutes before its time (18:30 in Paris, 17:30 UTC in September). */
export async function createConvenedMeeting(
  committee: Committee,
  options: RoomOptions = {},
): Promise<{ readonly meetingId: MeetingId; readonly items: readonly AgendaItemId[] }> {
  const { db, clock, networkId, slug, personOf } = committee;
  const meetingId = `meeting-${slug}-1` as MeetingId;
  const at = clock.now().toISOString();
  await db
    .insertInto("meeting")
    .values({
      ...{ id: meetingId, networkId, year: 2026, rank: 1, title: "Comité de pilotage", convening: "first" },
      ...{ status: options.status ?? "convened", firstMeetingId: null, plannedEndAt: null, urgencyReason: null },
      ...{ startsAt: options.startsAt ?? "2026-09-14T18:30", place: "Mairie de Blain", remoteLink: "" },
      ...{ chairSeatId: null, chairPersonId: null, secretaryPersonId: null, currentItemId: null, outcome: null },
      ...{ rulesContent: null, rulesVersion: null, seatsSnapshot: null, revision: 1 },
      ...{ createdBy: personOf("secretary"), createdAt: at },
    })
    .execute();
  const titles = options.items ?? ["Aide alimentaire", "Questions diverses"];
  const items = titles.map((_, index) => `item-${slug}-${index + 1}` as AgendaItemId);
  await db
    .insertInto("agendaItem")
    .values(
      titles.map((title, index) => ({
        ...{ id: items[index] ?? "", networkId, meetingId, position: index + 1, kind: "discussion", title },
        ...{ descriptionMd: "", rapporteur: "", durationMinutes: null, status: "accepted", proposedBy: null },
        ...{ refusalReason: null, subjectId: null, copiedFromId: null, createdAt: at },
      })),
    )
    .execute();
  clock.moveTo("2026-09-14T16:20:00Z");
  return { meetingId, items };
}

export async function createOpenMeeting(committee: Committee, options: RoomOptions = {}) {
  const meeting = await createConvenedMeeting(committee, options);
  const decision = await openSession(await committee.contextOf("secretary"), {
    meetingId: meeting.meetingId,
    chair: { seatId: committee.seatOf("blain"), personId: committee.personOf("blain") },
    secretaryPersonId: committee.personOf("secretary"),
  });
  if (!decision.ok) throw new Error(decision.refusal);
  return meeting;
}

/** What the secretary's form sends for a seat; `time` is a Paris time of day, the present minute when left out. */
export function entryOf(
  { clock, seatOf, personOf }: Committee,
  seat: TownKey,
  kind: AttendanceInput["kind"],
  changes: Partial<Omit<AttendanceInput, "heure">> & { readonly time?: string } = {},
): AttendanceInput {
  const { time, ...rest } = changes;
  return {
    ...{ cle: clock.newId(), kind, mode: "in-person", point: undefined },
    occupant: { seatId: seatOf(seat), personId: personOf(seat) },
    heure: time === undefined ? null : parsePlainTime(time),
    ...rest,
  };
}

export async function record(
  committee: Committee,
  meetingId: string,
  seat: TownKey,
  kind: AttendanceInput["kind"],
  changes: Parameters<typeof entryOf>[3] = {},
) {
  return recordAttendance(await committee.contextOf("secretary"), meetingId, entryOf(committee, seat, kind, changes));
}
