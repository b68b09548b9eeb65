import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { AGENDA_KIND_NAMES } from "~/documents/minutes";
import { can, holdsSeat, type Action, type ResourceState } from "~/domain/access/permissions";
import type { SeatId } from "~/domain/kernel/ids";
import { findMeetingClause } from "~/services/agreement-record.server";
import { recordAttendance, recordProxy, revokeProxy } from "~/features/attendance/commands.server";
import { parseAttendance, parseProxy, parseRevocation } from "~/features/attendance/form";
import { proxyMessage, roomMessage } from "~/features/attendance/messages.fr";
import { findRoom } from "~/features/attendance/queries.server";
import { parseTakeUp } from "~/features/meetings/session-form";
import { sessionMessage } from "~/features/meetings/session-messages.fr";
import { pauseSession, takeUpItem } from "~/features/meetings/session.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { localNow, systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam, requirePermission } from "~/services/gate.server";
import { renderMarkdown } from "~/services/markdown.server";
import { loadMeetingRecord } from "~/services/meeting-record.server";
import { loadPublicMeeting } from "./public-meeting.server";

export type RoomView = Awaited<ReturnType<typeof loadRoom>>;
export type MemberRoomView = Extract<RoomView, { readonly audience: "members" }>;

export async function loadRoom(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const meetingId = requireParam(args.params, "id");
  if (!can(actor, "meeting.read", { networkId: network.id })) return loadPublicMeeting(args);
  const room = await findRoom(getDb(), network.id, meetingId, { now: localNow(systemClock), actor });
  if (!room) throw notFound();
  const may = (action: Action, state: ResourceState = room.head.status): boolean =>
    can(actor, action, { networkId: network.id, state });
  const current = room.items.find(({ id }) => id === room.head.currentItemId) ?? null;
  const record = await loadMeetingRecord(getDb(), network.id, meetingId);
  const reader = { networkId: network.id, meetingId, readsExpenses: may("expense.read") };
  const { searchParams } = new URL(args.request.url);
  return {
    audience: "members",
    slug: network.slug,
    ...room,
    subjects: await loadItemSubjects(getDb(), reader, record?.agenda ?? []),
    areRulesAdopted: record !== null && record.rulesVersion !== null,
    currentKind: current ? AGENDA_KIND_NAMES[current.kind] : "",
    descriptionHtml: current ? renderMarkdown(current.descriptionMd) : "",
    clause: await findMeetingClause(getDb(), network.id, meetingId, today(systemClock)),
    isSuspended: room.head.status === "suspended",
    keyBase: systemClock.newId(),
    may: {
      record: may("attendance.record"),
      readPolls: may("poll.read"),
      correct: may("attendance.correct"),
      takeUp: may("agenda.edit") && room.head.status === "open",
      openPoll: may("poll.open"),
      vote: may("poll.vote"),
      requestSecret: may("poll.request-secret"),
      suspend: may("meeting.suspend"),
      resume: may("meeting.resume"),
      close: may("meeting.close"),
      recordProxy: may("proxy.record"),
      giveProxy: may("proxy.give"),
      recordWithdrawal: may("withdrawal.record"),
      declareWithdrawal: may("withdrawal.declare"),
      noteGroups: can(actor, "agreement.record", { networkId: network.id }),
    },
    viewerPersonId: actor.personId,
    done: describeDone(searchParams, room.seats),
  } as const;
}

const DONE: Record<string, string> = {
  ouverte: "La séance est ouverte. Notez les arrivées : le quorum se calcule à chacune.",
  arrivee: "Arrivée notée",
  depart: "Départ noté",
  deport: "Déport noté",
  retour: "Fin du déport notée",
  pouvoir: "Pouvoir enregistré.",
  revoque: "Pouvoir révoqué.",
  point: "Point ouvert ; le quorum de cette minute est inscrit.",
  suspendue: "La séance est suspendue.",
  reprise: "La séance a repris.",
  correction: "Correction enregistrée ; l’enregistrement d’origine reste au registre.",
};

function describeDone(search: URLSearchParams, seats: readonly { readonly id: string; readonly label: string }[]) {
  const text = DONE[search.get("fait") ?? ""];
  if (text === undefined) return null;
  const seat = seats.find(({ id }) => id === search.get("siege"));
  return seat ? `${text}\u00a0: ${seat.label}.` : text;
}

/** What an act of the room was refused for, with what was typed. */
export type RoomAnswer = {
  readonly refusal: {
    readonly message: string;
    readonly seatId: string | null;
    readonly typed: Readonly<Record<string, string>>;
  };
};

function refuseWith(message: string, form: FormData, status: 400 | 409) {
  const typed = Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === "string"));
  const seatId = typed["occupant"]?.split(".")[0] ?? null;
  return data({ refusal: { message, seatId, typed } } satisfies RoomAnswer, { status });
}

const UNREADABLE = "La demande est incomplète : rechargez la page et recommencez.";

function firstError(error: Record<string, string[] | null> | null | undefined): string {
  return Object.values(error ?? {}).find((messages) => messages?.length)?.[0] ?? UNREADABLE;
}

export async function actRoom(args: ActionFunctionArgs) {
  const opened = await openMemberPage(args, "meeting.read");
  const form = await args.request.formData();
  const { network, viewer, command } = opened;
  const meetingId = requireParam(args.params, "id");
  const require = (action: Action, state: ResourceState): Promise<void> =>
    requirePermission(args, viewer, action, network.id, state);
  const back = (done: string, seat?: string) =>
    redirect(`/reseaux/${network.slug}/seances/${meetingId}?fait=${done}${seat ? `&siege=${seat}` : ""}`);

  switch (form.get("intent")) {
    case "presence": {
      const submission = parseAttendance(form);
      if (submission.status !== "success") return refuseWith(firstError(submission.error), form, 400);
      const { kind, occupant } = submission.value;
      const isOwn = occupant.personId === viewer.personId && holdsSeat(viewer, network.id, occupant.seatId as SeatId);
      if (kind === "arrival" || kind === "departure") await require("attendance.record", "open");
      else await require(isOwn ? "withdrawal.declare" : "withdrawal.record", "open");
      const decision = await recordAttendance(command, meetingId, submission.value);
      if (!decision.ok) return refuseWith(roomMessage(decision.refusal), form, 409);
      return back(DONE_KINDS[kind], occupant.seatId);
    }
    case "pouvoir": {
      const submission = parseProxy(form);
      if (submission.status !== "success") return refuseWith(firstError(submission.error), form, 400);
      const isOwn = holdsSeat(viewer, network.id, submission.value.mandant as SeatId);
      await require(isOwn ? "proxy.give" : "proxy.record", "open");
      const decision = await recordProxy(command, meetingId, submission.value);
      return decision.ok ? back("pouvoir") : refuseWith(proxyMessage(decision.refusal), form, 409);
    }
    case "revoquer": {
      const submission = parseRevocation(form);
      if (submission.status !== "success") return refuseWith(UNREADABLE, form, 400);
      await require("proxy.revoke", "open");
      const decision = await revokeProxy(command, meetingId, submission.value.pouvoir);
      if (!decision.ok && decision.refusal === "not-your-seat") await require("proxy.record", "open");
      return decision.ok ? back("revoque") : refuseWith(proxyMessage(decision.refusal), form, 409);
    }
    case "point": {
      await require("agenda.edit", "open");
      const submission = parseTakeUp(form);
      if (submission.status !== "success") return refuseWith(UNREADABLE, form, 400);
      const { cle, point } = submission.value;
      const decision = await takeUpItem(command, { cle, meetingId, itemId: point });
      return decision.ok ? back("point") : refuseWith(sessionMessage(decision.refusal), form, 409);
    }
    case "suspendre":
    case "reprendre": {
      const transition = form.get("intent") === "suspendre" ? "suspend" : "resume";
      if (transition === "suspend") await require("meeting.suspend", "open");
      else await require("meeting.resume", "suspended");
      const decision = await pauseSession(command, { meetingId, transition });
      if (!decision.ok) return refuseWith(sessionMessage(decision.refusal), form, 409);
      return back(transition === "suspend" ? "suspendue" : "reprise");
    }
    default:
      return refuseWith(UNREADABLE, form, 400);
  }
}

const DONE_KINDS = { arrival: "arrivee", departure: "depart", withdrawal: "deport", return: "retour" } as const;
