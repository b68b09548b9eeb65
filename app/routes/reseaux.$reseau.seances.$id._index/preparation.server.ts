import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { can, type Action } from "~/domain/access/permissions";
import { totalDuration } from "~/domain/meeting/agenda";
import { OPENING_LEAD_HOURS } from "~/domain/meeting/lifecycle";
import { parisLocalAt, readParisClock, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { findConvocation, listProofs, loadReplyBoard, readNotice } from "~/features/convocations/queries.server";
import { findMeetingClause } from "~/services/agreement-record.server";
import { listDocuments } from "~/features/documents/queries.server";
import { findOfficers, findPairedMeeting } from "~/features/meetings/queries.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { systemClock, today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";
import { renderMarkdown } from "~/services/markdown.server";
import { agendaWithPending } from "~/services/meeting-preparation.server";
import { findMeetingHead, listAgenda, type MeetingHead } from "~/services/meeting-record.server";

/** The one act that moves the meeting on, for whoever looks. */
export type NextStep =
  | { readonly kind: "add-first-item" }
  | { readonly kind: "change-date" }
  | { readonly kind: "convene"; readonly sentence: string; readonly sendBy: PlainDate; readonly isLate: boolean }
  | { readonly kind: "open" }
  | { readonly kind: "collect-replies"; readonly silent: number; readonly opensAt: LocalDateTime }
  | { readonly kind: "reply"; readonly hasAnswered: boolean }
  | { readonly kind: "propose" }
  | null;

export type PreparationView = Awaited<ReturnType<typeof loadPreparation>>;

/** Before the meeting. The public reads of a convened one what was announced; everything else is for the members. */
export async function loadPreparation(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const db = getDb();
  const meeting = await findMeetingHead(db, network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  if (meeting.status === "planned") await openMemberPage(args, "meeting.read");
  const may = (action: Action): boolean => can(actor, action, { networkId: network.id, state: meeting.status });
  const isMember = may("meeting.read");
  const isConvened = meeting.status === "convened";

  const recorded = await listAgenda(db, network.id, meeting.id);
  const agenda = recorded.filter((item) => item.status === "accepted");
  const coming = meeting.status === "planned" ? (await agendaWithPending(db, meeting, systemClock.newId)).added : [];
  const meetingIds = [meeting.id, ...(meeting.firstMeetingId === null ? [] : [meeting.firstMeetingId])];
  const mayReadAll = may("document.read");
  const documents = (await listDocuments(db, network.id, { meetingIds })).filter(
    (document) => mayReadAll || document.visibility === "public",
  );
  const { content: rules, adopted: adoptedRules } = await findRulesInForce(
    db,
    network.id,
    meeting.startsAt.slice(0, 10) as PlainDate,
  );
  const board = isMember && isConvened ? await loadReplyBoard(db, network.id, meeting.id) : null;
  const convocation = isConvened ? await findConvocation(db, network.id, meeting.id) : null;
  const paired = await findPairedMeeting(db, network.id, meeting);
  const ownSeats = viewer?.roles.filter((role) => role.networkId === network.id).flatMap((role) => role.seatIds) ?? [];
  const answered = new Set(board?.seats.filter((seat) => seat.reply !== null).map((seat) => seat.seatId));
  const proposals = recorded.filter(
    (item) =>
      (item.status === "proposed" && may("agenda.decide-proposal")) ||
      (item.proposedBy !== null && item.proposedBy === viewer?.personId && item.status !== "accepted"),
  );

  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    status: meeting.status,
    isSecondConvening: meeting.convening === "second",
    startsAt: meeting.startsAt,
    plannedEndAt: meeting.plannedEndAt,
    place: meeting.place,
    remoteLink: isMember ? meeting.remoteLink : "",
    urgencyReason: meeting.urgencyReason,
    officers: isMember ? await findOfficers(db, meeting) : null,
    isMember,
    areRulesAdopted: adoptedRules !== null,
    clause: isMember ? await findMeetingClause(db, network.id, meeting.id, today(systemClock)) : null,
    done: new URL(args.request.url).searchParams.get("fait"),
    step: findStep({
      meeting,
      may,
      itemCount: agenda.length + coming.length,
      silent: board?.seats.filter((seat) => seat.inOffice && seat.reply === null).length ?? 0,
      ownSeatCount: ownSeats.length,
      hasAnswered: ownSeats.some((seatId) => answered.has(seatId)),
      notice: readNotice(meeting, rules, today(systemClock)),
    }),
    agenda: agenda.map((item) => ({
      id: item.id,
      kind: item.kind,
      title: item.title,
      rapporteur: item.rapporteur,
      durationMinutes: item.durationMinutes,
      descriptionHtml: isMember && item.descriptionMd !== "" ? renderMarkdown(item.descriptionMd) : "",
      documents: documents.filter(
        (document) =>
          document.agendaItemId !== null &&
          (document.agendaItemId === item.id || document.agendaItemId === item.copiedFromId),
      ),
    })),
    subjects: await loadItemSubjects(
      db,
      { networkId: network.id, meetingId: meeting.id, readsExpenses: may("expense.read") },
      agenda,
    ),
    /** Items that the convocation will add by itself. */
    coming: coming.map(({ title }) => title),
    duration: totalDuration(agenda),
    documents: documents.filter((document) => document.agendaItemId === null),
    proposals: proposals.map((item) => ({
      id: item.id,
      title: item.title,
      status: item.status,
      refusalReason: item.refusalReason,
      rapporteur: item.rapporteur,
    })),
    board,
    convocation,
    proofs: isConvened && may("outbox.read") ? await listProofs(db, network.id, meeting.id) : null,
    paired: paired && { id: paired.id, startsAt: paired.startsAt, isMine: paired.firstMeetingId === meeting.id },
    may: {
      change: may("meeting.change"),
      editAgenda: may("agenda.edit"),
      decide: may("agenda.decide-proposal"),
      propose: may("agenda.propose"),
      cancel: may("meeting.cancel"),
      recordReply: may("reply.record"),
      open: may("meeting.open"),
      noteGroups: can(actor, "agreement.record", { networkId: network.id }),
    },
  };
}

type StepFacts = {
  readonly meeting: MeetingHead;
  readonly may: (action: Action) => boolean;
  readonly itemCount: number;
  readonly silent: number;
  readonly ownSeatCount: number;
  readonly hasAnswered: boolean;
  readonly notice: ReturnType<typeof readNotice>;
};

function findStep(facts: StepFacts): NextStep {
  const { meeting, may, notice } = facts;
  const start = readParisClock(meeting.startsAt).instant.getTime();
  const now = systemClock.now().getTime();
  if (may("meeting.convene")) {
    if (start <= now) return { kind: "change-date" };
    if (facts.itemCount === 0) return { kind: "add-first-item" };
    return { kind: "convene", sentence: notice.sentence, sendBy: notice.sendBy, isLate: !notice.count.isMet };
  }
  if (may("meeting.open")) {
    const opensAt = start - OPENING_LEAD_HOURS * 3_600_000;
    if (now >= opensAt) return { kind: "open" };
    return { kind: "collect-replies", silent: facts.silent, opensAt: parisLocalAt(new Date(opensAt)) };
  }
  if (may("reply.give") && facts.ownSeatCount > 0) return { kind: "reply", hasAnswered: facts.hasAnswered };
  return may("agenda.propose") ? { kind: "propose" } : null;
}

/** Nothing is posted to this page: each act has an address of its own. */
export async function actPreparation(_args: ActionFunctionArgs): Promise<Response | null> {
  throw new Response("", { status: 405, statusText: "Method Not Allowed" });
}
