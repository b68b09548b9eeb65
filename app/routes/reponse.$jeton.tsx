import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formatDateTime } from "~/documents/french";
import { formatInstant, REPLY_LABELS } from "~/documents/meeting-words";
import { recordReply } from "~/features/convocations/commands.server";
import { parseReply } from "~/features/convocations/form";
import { replyMessage } from "~/features/convocations/messages.fr";
import { findInvitation, loadReplyForm, type ReplyInvitation } from "~/features/convocations/queries.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound } from "~/services/gate.server";
import { ReplyForm } from "~/ui/meeting/reply-form";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [
  { title: "Répondre à la convocation" },
  { name: "robots", content: "noindex, nofollow" },
];

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{20,80}$/;

async function requireInvitation({ params }: Pick<LoaderFunctionArgs, "params">): Promise<ReplyInvitation> {
  const token = params["jeton"] ?? "";
  const invitation = TOKEN_SHAPE.test(token) ? await findInvitation(getDb(), token) : null;
  if (!invitation) throw notFound();
  return invitation;
}

export async function loader(args: LoaderFunctionArgs) {
  const invitation = await requireInvitation(args);
  const form = await loadReplyForm(getDb(), invitation.networkId, invitation.meetingId, invitation.seatId);
  if (!form) throw notFound();
  const { meeting } = form;
  return {
    networkName: invitation.networkName,
    displayName: invitation.displayName,
    personId: invitation.personId,
    title: meeting.title,
    startsAt: meeting.startsAt,
    place: meeting.place,
    remoteLink: meeting.remoteLink,
    status: meeting.status,
    seatLabel: form.seatLabel,
    agenda: form.agenda,
    remoteAllowed: form.remoteAllowed,
    proxiesAllowed: form.proxiesAllowed,
    possibleHolders: form.possibleHolders,
    last: form.last,
    isRecorded: new URL(args.request.url).searchParams.has("fait"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { networkId, meetingId, seatId, personId, displayName } = await requireInvitation(args);
  const submission = parseReply(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const context = {
    db: getDb(),
    clock: systemClock,
    networkId,
    recordedBy: { personId, displayName },
    source: "link" as const,
  };
  const decision = await recordReply(context, { meetingId, seatId, personId }, submission.value);
  if (decision.ok) return redirect(`/reponse/${args.params["jeton"] ?? ""}?fait=1`);
  const field = submission.value.choice === "absent-with-proxy" ? "holderSeatId" : "choice";
  const result = submission.reply({ fieldErrors: { [field]: [replyMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function ReplyPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const reply = view.last?.reply;
  const holder =
    reply?.kind === "absent-with-proxy"
      ? view.possibleHolders.find(({ seatId }) => seatId === reply.holderSeatId)?.label
      : undefined;
  const isAwaited = view.status === "convened";
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title="Répondre à la convocation" lead={`${view.title}, ${formatDateTime(view.startsAt)}, ${view.place}.`}>
        {view.isRecorded && view.last && (
          <Notice tone="reached" role="status" title="Votre réponse est enregistrée">
            <p>
              {REPLY_LABELS[view.last.reply.kind]}
              {holder && ` à «\u00a0${holder}\u00a0»`}, au nom du siège «\u00a0{view.seatLabel}\u00a0». Vous pouvez la
              changer jusqu’à l’ouverture de la séance.
            </p>
          </Notice>
        )}
        <p>
          {view.displayName}, vous répondez au nom du siège «\u00a0{view.seatLabel}\u00a0» du réseau «\u00a0
          {view.networkName}\u00a0».
        </p>
        {view.last && !view.isRecorded && (
          <p>
            Réponse actuelle : {REPLY_LABELS[view.last.reply.kind].toLowerCase()}, donnée par {view.last.displayName} le{" "}
            {formatInstant(view.last.at)}.
          </p>
        )}
        {isAwaited ? (
          <ReplyForm
            remoteAllowed={view.remoteAllowed}
            proxiesAllowed={view.proxiesAllowed}
            possibleHolders={view.possibleHolders}
            last={view.last}
            lastResult={lastResult}
            label="Serez-vous à la séance ?"
          />
        ) : (
          <Notice tone={view.status === "cancelled" ? "missed" : "info"}>
            <p>
              {view.status === "cancelled"
                ? "Cette séance est annulée : aucune réponse n’est attendue."
                : "La séance est ouverte ou levée : les réponses ne changent plus."}
            </p>
          </Notice>
        )}
        {view.remoteLink !== "" && (
          <p>
            Visioconférence : <a href={view.remoteLink}>{view.remoteLink}</a>
          </p>
        )}
        <Section title="Ordre du jour" id="ordre-du-jour">
          <ol>
            {view.agenda.map((item) => (
              <li key={item.position}>{item.title}</li>
            ))}
          </ol>
        </Section>
      </Page>
    </main>
  );
}
