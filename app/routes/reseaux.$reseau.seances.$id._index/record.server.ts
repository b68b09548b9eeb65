import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage, requireParam } from "~/services/gate.server";
import { findMeetingHead } from "~/services/meeting-record.server";

export type RecordView = Awaited<ReturnType<typeof loadRecord>>;

export async function loadRecord(args: LoaderFunctionArgs) {
  const { network } = await openPublicPage(args);
  const meeting = await findMeetingHead(getDb(), network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  return { slug: network.slug, title: meeting.title };
}

export async function actRecord(_args: ActionFunctionArgs): Promise<Response | null> {
  return null;
}
