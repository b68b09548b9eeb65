import {
  data,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { assertNever } from "~/domain/kernel/decision";
import { dateOf } from "~/domain/kernel/paris-time";
import { formatDate } from "~/documents/french";
import type { Handle } from "~/root";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage, requireParam } from "~/services/gate.server";
import { findMeetingHead } from "~/services/meeting-record.server";
import { Preparation } from "./preparation";
import { actPreparation, loadPreparation } from "./preparation.server";
import { Record } from "./record";
import { actRecord, loadRecord } from "./record.server";
import { Room } from "./room";
import { actRoom, loadRoom } from "./room.server";

/** One page that lives through the moments of a meeting: preparing and convened, open, closed. */
export const handle: Handle = {
  hydrate: "while the meeting is open, arrivals and votes show by themselves",
  hydratesWith: (data) => (data as { readonly isLive?: boolean } | undefined)?.isLive === true,
};

/** What a visitor without session reads is the same for everyone, and is kept until something public changes. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction<typeof loader> = ({ data: meeting }) => [{ title: meeting?.title ?? "Séance" }];

type Moment = "preparation" | "room" | "record";

async function findMoment(args: LoaderFunctionArgs): Promise<{ readonly moment: Moment; readonly title: string }> {
  const { network } = await openPublicPage(args);
  const meeting = await findMeetingHead(getDb(), network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  switch (meeting.status) {
    case "planned":
    case "convened":
      return { moment: "preparation", title: `${meeting.title}, ${formatDate(dateOf(meeting.startsAt))}` };
    case "open":
    case "suspended":
      return { moment: "room", title: `${meeting.title}, ${formatDate(dateOf(meeting.startsAt))}` };
    case "closed":
    case "cancelled":
      return { moment: "record", title: `${meeting.title}, ${formatDate(dateOf(meeting.startsAt))}` };
    default:
      return assertNever(meeting.status);
  }
}

export async function loader(args: LoaderFunctionArgs) {
  const { moment, title } = await findMoment(args);
  if (moment === "preparation") return { moment, title, view: await loadPreparation(args) } as const;
  const { viewer } = await openPublicPage(args);
  const init = viewer === null ? { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } } : {};
  if (moment === "room") {
    return data({ moment, title, isLive: viewer !== null, view: await loadRoom(args) } as const, init);
  }
  return data({ moment, title, view: await loadRecord(args) } as const, init);
}

export async function action(args: ActionFunctionArgs) {
  const { moment } = await findMoment(args);
  if (moment === "preparation") return actPreparation(args);
  if (moment === "room") return actRoom(args);
  return actRecord(args);
}

export default function MeetingPage() {
  const meeting = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  switch (meeting.moment) {
    case "preparation":
      return <Preparation view={meeting.view} answer={answer} />;
    case "room":
      return <Room view={meeting.view} answer={answer} />;
    case "record":
      return <Record view={meeting.view} answer={answer} />;
  }
}
