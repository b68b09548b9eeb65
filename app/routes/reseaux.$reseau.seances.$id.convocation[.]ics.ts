import type { LoaderFunctionArgs } from "@remix-run/node";
import { findCalendarEvent } from "~/features/convocations/queries.server";
import { calendarContentType, renderCalendar } from "~/services/calendar.server";
import { getDb } from "~/services/db.server";
import { notFound } from "~/services/gate.server";
import { openMeetingPage } from "~/services/meeting-gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting } = await openMeetingPage(args, "meeting.read");
  const event = await findCalendarEvent(getDb(), network, meeting.id);
  if (!event) throw notFound();
  return new Response(renderCalendar(event), {
    headers: {
      "Content-Type": calendarContentType(event),
      "Content-Disposition": `attachment; filename="seance-${meeting.year}-${meeting.rank}.ics"`,
    },
  });
}
