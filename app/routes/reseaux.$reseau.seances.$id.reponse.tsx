import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { can, holdsSeat } from "~/domain/access/permissions";
import { isId, type SeatId } from "~/domain/kernel/ids";
import { formatDateTime } from "~/documents/french";
import { formatInstant, REPLY_LABELS } from "~/documents/meeting-words";
import { recordReply } from "~/features/convocations/commands.server";
import { parseReply } from "~/features/convocations/form";
import { replyMessage } from "~/features/convocations/messages.fr";
import { loadReplyForm } from "~/features/convocations/queries.server";
import { getDb } from "~/services/db.server";
import { actingPerson, notFound, requirePermission } from "~/services/gate.server";
import { openMeetingPage, type MeetingPage } from "~/services/meeting-gate.server";
import { loadMeetingRecord } from "~/services/meeting-record.server";
import { ReplyForm } from "~/ui/meeting/reply-form";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Répondre à la convocation" }];

/** For whom one may answer here: one's own seats, and for the secretary every seat whose holder called. */
async function listAnswerable({ network, viewer, meeting }: MeetingPage) {
  const record = await loadMeetingRecord(getDb(), network.id, meeting.id);
  const isSecretary = can(viewer, "reply.record", { networkId: network.id, state: "convened" });
  return (record?.seats ?? []).flatMap((seat) =>
    [seat.titular, seat.substitute]
      .filter((holder) => holder !== null)
      .filter((holder) => holder.personId === viewer.personId || isSecretary)
      .filter((holder) => isSecretary || holdsSeat(viewer, network.id, seat.id) || holder.personId === viewer.personId)
      .map((holder) => ({
        seatId: seat.id,
        seatLabel: seat.label,
        personId: holder.personId,
        displayName: holder.displayName,
        isMine: holder.personId === viewer.personId,
      })),
  );
}

/** @throws Response 403, noted, for somebody else's seat; 404 for a seat that this committee does not have */
async function findTarget({ request, context }: LoaderFunctionArgs | ActionFunctionArgs, page: MeetingPage) {
  const answerable = await listAnswerable(page);
  const asked = new URL(request.url).searchParams.get("siege");
  if (asked === null) {
    const mine = answerable.filter((each) => each.isMine);
    return { answerable, target: mine.length === 1 && answerable.length === 1 ? (mine[0] ?? null) : null };
  }
  const [seatId = "", personId = ""] = asked.split("/");
  if (!isId(seatId) || !isId(personId)) throw notFound();
  const target = answerable.find((each) => each.seatId === seatId && each.personId === personId);
  if (target) return { answerable, target };
  const exists = await loadReplyForm(getDb(), page.network.id, page.meeting.id, seatId as SeatId);
  if (!exists) throw notFound();
  await requirePermission({ request, context }, page.viewer, "reply.record", page.network.id, "convened");
  throw notFound();
}

async function openReplyPage(args: LoaderFunctionArgs): Promise<MeetingPage> {
  const page = await openMeetingPage(args, "meeting.read");
  const state = "convened" as const;
  if (!can(page.viewer, "reply.record", { networkId: page.network.id, state }))
    await requirePermission(args, page.viewer, "reply.give", page.network.id, state);
  return page;
}

export async function loader(args: LoaderFunctionArgs) {
  const page = await openReplyPage(args);
  const { network, meeting } = page;
  if (meeting.status !== "convened") throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const { answerable, target } = await findTarget(args, page);
  const form = target && (await loadReplyForm(getDb(), network.id, meeting.id, target.seatId));
  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    startsAt: meeting.startsAt,
    answerable,
    target,
    form: form && {
      remoteAllowed: form.remoteAllowed,
      proxiesAllowed: form.proxiesAllowed,
      possibleHolders: form.possibleHolders,
      last: form.last,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const page = await openReplyPage(args);
  const { network, viewer, meeting, command } = page;
  const { target } = await findTarget(args, page);
  if (!target) throw notFound();
  const submission = parseReply(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordReply(
    { ...command, recordedBy: actingPerson(viewer), source: target.isMine ? "member" : "secretary" },
    { meetingId: meeting.id, seatId: target.seatId, personId: target.personId },
    submission.value,
  );
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=reponse`);
  const field = submission.value.choice === "absent-with-proxy" ? "holderSeatId" : "choice";
  const result = submission.reply({ fieldErrors: { [field]: [replyMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function MemberReplyPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const root = `/reseaux/${view.slug}/seances`;
  const { target, form } = view;
  const crumbs = [
    { label: "Séances", to: root },
    { label: view.title, to: `${root}/${view.id}` },
  ];
  if (target === null || form === null) {
    return (
      <Page
        title="De quel siège vient la réponse ?"
        lead={`${view.title}, ${formatDateTime(view.startsAt)}.`}
        crumbs={crumbs}
      >
        {view.answerable.length === 0 ? (
          <EmptyState>
            <p>Vous ne tenez aucun siège le jour de cette séance.</p>
          </EmptyState>
        ) : (
          <ul className="plain-list">
            {view.answerable.map((each) => (
              <li key={`${each.seatId}/${each.personId}`}>
                <Link to={`${root}/${view.id}/reponse?siege=${each.seatId}/${each.personId}`}>
                  {each.seatLabel}, {each.displayName}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={target.isMine ? "Répondre à la convocation" : "Noter une réponse reçue"}
      lead={`${view.title}, ${formatDateTime(view.startsAt)}. Au nom du siège « ${target.seatLabel} »${target.isMine ? "" : `, réponse de ${target.displayName}`}.`}
      crumbs={crumbs}
    >
      {form.last && (
        <p>
          Réponse actuelle : {REPLY_LABELS[form.last.reply.kind].toLowerCase()}, donnée par {form.last.displayName} le{" "}
          {formatInstant(form.last.at)}.
        </p>
      )}
      <ReplyForm
        {...form}
        lastResult={lastResult}
        label={target.isMine ? "Serez-vous à la séance ?" : "Que répond ce siège ?"}
      />
    </Page>
  );
}
