import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { can } from "~/domain/access/permissions";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { findMeetingClause } from "~/services/agreement-record.server";
import { findClosedMeeting } from "~/features/attendance/queries.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";
import { listAgenda, loadMeetingRecord, meetingNumber } from "~/services/meeting-record.server";
import { loadPublicMeeting } from "./public-meeting.server";

export type RecordView = Awaited<ReturnType<typeof loadRecord>>;
export type MemberRecordView = Extract<RecordView, { readonly audience: "members" }>;

export async function loadRecord(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  if (!can(actor, "meeting.read", { networkId: network.id })) return loadPublicMeeting(args);
  const meeting = await findClosedMeeting(getDb(), network.id, requireParam(args.params, "id"), (instant) =>
    parisLocalAt(new Date(instant)),
  );
  if (!meeting) throw notFound();
  const { head } = meeting;
  const may = { networkId: network.id, state: head.status };
  const agenda = (await loadMeetingRecord(getDb(), network.id, head.id))?.agenda ?? [];
  const reader = { networkId: network.id, meetingId: head.id, readsExpenses: can(actor, "expense.read", may) };
  const done = new URL(args.request.url).searchParams.get("fait");
  return {
    audience: "members",
    slug: network.slug,
    ...meeting,
    number: meetingNumber(head),
    subjects: await loadItemSubjects(getDb(), reader, agenda),
    proposals: (await listAgenda(getDb(), network.id, head.id))
      .filter(
        ({ status, proposedBy }) =>
          (status === "proposed" && can(actor, "agenda.decide-proposal", may)) ||
          (status !== "accepted" && proposedBy !== null && proposedBy === actor.personId),
      )
      .map(({ id, title, status, rapporteur, refusalReason }) => ({ id, title, status, rapporteur, refusalReason })),
    clause: await findMeetingClause(getDb(), network.id, head.id, today(systemClock)),
    may: {
      noteGroups: can(actor, "agreement.record", { networkId: network.id }),
      readPolls: can(actor, "poll.read", may),
      decide: can(actor, "agenda.decide-proposal", may),
      correct: can(actor, "attendance.correct", may),
      reconvene: can(actor, "meeting.reconvene", may) && head.outcome === "inquorate" && head.convening === "first",
      readMinutes: can(actor, "minutes.read-draft", { networkId: network.id, state: "draft" }),
    },
    done: done === null ? null : (DONE[done] ?? null),
  } as const;
}

const DONE: Record<string, string> = {
  "point-reporte": "Le point proposé est reporté à la séance suivante, où il reste à décider.",
  "point-refuse": "La proposition est refusée ; son auteur·e en lit le motif.",
  levee: "La séance est levée. Le projet de procès-verbal peut être rédigé.",
  correction: "Correction enregistrée ; l’enregistrement d’origine reste au registre.",
};

/** A page left open since before the closing: nothing is written any more. */
export async function actRecord(args: ActionFunctionArgs) {
  await openMemberPage(args, "meeting.read");
  const message =
    "La séance n’est plus ouverte : rien n’a été enregistré. Une présence se corrige encore, depuis le déroulé ci-dessous.";
  return data({ refusal: { message, seatId: null, typed: {} } }, { status: 409 });
}
