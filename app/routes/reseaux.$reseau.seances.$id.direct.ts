import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { meetingEventStream } from "~/services/live.server";
import { findMeetingHead } from "~/services/meeting-record.server";

/** Server-sent events of a meeting, for whoever may follow it. A browser that opens the address as a page is sent to the meeting. */
export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "meeting.read");
  const meeting = await findMeetingHead(getDb(), network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  const wantsPage = (args.request.headers.get("Accept") ?? "").includes("text/html");
  if (wantsPage) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  return meetingEventStream(meeting.id, args.request.signal);
}
