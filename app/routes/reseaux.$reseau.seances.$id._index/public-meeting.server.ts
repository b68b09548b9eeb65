import type { LoaderFunctionArgs } from "@remix-run/node";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { findClosedMeeting } from "~/features/attendance/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage, requireParam } from "~/services/gate.server";
import { meetingNumber } from "~/services/meeting-record.server";

export type PublicMeetingView = Awaited<ReturnType<typeof loadPublicMeeting>>;

/** What everyone may know of a meeting that has opened: date, place, agenda, what it was, its decisions and its published minutes. */
export async function loadPublicMeeting(args: LoaderFunctionArgs) {
  const { network } = await openPublicPage(args);
  const meeting = await findClosedMeeting(getDb(), network.id, requireParam(args.params, "id"), (instant) =>
    parisLocalAt(new Date(instant)),
  );
  if (!meeting) throw notFound();
  const { head } = meeting;
  return {
    audience: "public",
    slug: network.slug,
    head: { title: head.title, status: head.status, startsAt: head.startsAt, place: head.place, outcome: head.outcome },
    convening: head.convening,
    number: meetingNumber(head),
    items: meeting.items.map(({ id, title }) => ({ id, title })),
    decisions: meeting.polls
      .filter(({ decision }) => decision !== null)
      .map(({ id, title, decision, outcome }) => ({ id, title, number: decision ?? "", outcome })),
    hasPublishedMinutes: meeting.minutesStatus === "published",
  } as const;
}
