import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { assertNever } from "~/domain/kernel/decision";
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
export const handle = { hydrate: "while the meeting is open, arrivals and votes show by themselves" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title ?? "Séance" }];

type Moment = "preparation" | "room" | "record";

async function findMoment(args: LoaderFunctionArgs): Promise<{ readonly moment: Moment; readonly title: string }> {
  const { network } = await openPublicPage(args);
  const meeting = await findMeetingHead(getDb(), network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  switch (meeting.status) {
    case "planned":
    case "convened":
      return { moment: "preparation", title: meeting.title };
    case "open":
    case "suspended":
      return { moment: "room", title: meeting.title };
    case "closed":
    case "cancelled":
      return { moment: "record", title: meeting.title };
    default:
      return assertNever(meeting.status);
  }
}

export async function loader(args: LoaderFunctionArgs) {
  const { moment, title } = await findMoment(args);
  if (moment === "preparation") return { moment, title, view: await loadPreparation(args) } as const;
  if (moment === "room") return { moment, title, view: await loadRoom(args) } as const;
  return { moment, title, view: await loadRecord(args) } as const;
}

export async function action(args: ActionFunctionArgs) {
  const { moment } = await findMoment(args);
  if (moment === "preparation") return actPreparation(args);
  if (moment === "room") return actRoom(args);
  return actRecord(args);
}

export default function MeetingPage() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  switch (data.moment) {
    case "preparation":
      return <Preparation view={data.view} answer={answer} />;
    case "room":
      return <Room view={data.view} answer={answer} />;
    case "record":
      return <Record view={data.view} answer={answer} />;
  }
}
