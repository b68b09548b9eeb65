import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isId } from "~/domain/kernel/ids";
import { count, NBSP } from "~/documents/french";
import { capitalize } from "~/documents/quorum-tracking";
import { MODE_LABELS } from "~/documents/voting-words";
import { findVoteHindrance, type VoteHindrance } from "~/features/minutes/queries.server";
import { openPoll, requestSecretBallot } from "~/features/votes/commands.server";
import { parseOpenPoll, type OpenPollFields } from "~/features/votes/form";
import { openPollMessage, requestSecretMessage } from "~/features/votes/messages.fr";
import { findPollToOpen } from "~/features/votes/queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, type CommandContext } from "~/services/gate.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { ActKey, Button, ButtonLink, ErrorSummary, RadioField, TextArea, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Question } from "~/ui/voting/question";

export const meta: MetaFunction = () => [{ title: "Mettre un point aux voix" }];

function requireItem(request: Request): string {
  const itemId = new URL(request.url).searchParams.get("point") ?? "";
  if (!isId(itemId)) throw notFound();
  return itemId;
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, meeting } = await openMeetingPage(args, "poll.read");
  const itemId = requireItem(args.request);
  const view = await findPollToOpen(command.db, systemClock, network.id, meeting.id, itemId, viewer);
  if (!view) throw notFound();
  const hindrance = await findHindrance(view, command);
  return {
    ...view,
    hindrance,
    root: `/reseaux/${network.slug}`,
    meetingId: meeting.id,
    actKey: systemClock.newId(),
    mayOpen: can(viewer, "poll.open", { networkId: network.id, state: meeting.status }),
    hasJustAsked: new URL(args.request.url).searchParams.get("fait") === "demande",
  };
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  if (form.get("acte") === "secret") {
    const { network, command, meeting } = await openMeetingPage(args, "poll.request-secret");
    const itemId = requireItem(args.request);
    const decision = await requestSecretBallot(command, { meetingId: meeting.id, itemId });
    if (!decision.ok) return data({ refusal: requestSecretMessage(decision.refusal), result: null }, { status: 409 });
    return redirect(
      `/reseaux/${network.slug}/seances/${meeting.id}/scrutins/nouveau?point=${itemId}&fait=demande`,
      303,
    );
  }
  const { network, command, meeting } = await openMeetingPage(args, "poll.open");
  const submission = parseOpenPoll(form);
  if (submission.status !== "success") return data({ refusal: null, result: submission.reply() }, { status: 400 });
  const view = await findPollToOpen(
    command.db,
    systemClock,
    network.id,
    meeting.id,
    submission.value.point,
    command.actor,
  );
  if (view && (await findHindrance(view, command)) !== null) {
    return data({ refusal: NOT_READY, result: submission.reply() }, { status: 409 });
  }
  const decision = await openPoll(command, meeting.id, submission.value);
  if (!decision.ok) {
    return data({ refusal: openPollMessage(decision.refusal), result: submission.reply() }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/seances/${meeting.id}/scrutins/${decision.value.pollId}`, 303);
}

const NOT_READY = "Le procès-verbal à approuver n’est pas prêt : complétez-le d’abord.";

/** What keeps minutes from being put to the vote; null for any other subject, and for what was settled elsewhere. */
async function findHindrance(
  { subject, item, settled }: NonNullable<Awaited<ReturnType<typeof findPollToOpen>>>,
  { db, networkId }: CommandContext,
): Promise<VoteHindrance | null> {
  if (subject !== "minutes-approval" || item.subjectId === null || settled !== null) return null;
  return findVoteHindrance(db, networkId, item.subjectId);
}

export default function OpenPollPage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { root, meeting, item, quorum, request, polls } = view;
  const mode = request.granted ? "secret" : "public";
  return (
    <Page
      title={view.mayOpen ? "Mettre le point aux voix" : item.title}
      lead={`Point ${item.position}${NBSP}: ${item.title}`}
      crumbs={[
        { label: "Séances", to: `${root}/seances` },
        { label: meeting.title, to: `${root}/seances/${view.meetingId}` },
      ]}
    >
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {view.hasJustAsked && (
        <Notice tone="reached" role="status">
          <p>Votre demande de vote secret est enregistrée.</p>
        </Notice>
      )}
      <Question root={root} bodyHtml={null} expense={view.expense} />
      <p>
        <Tag tone={quorum.reached ? "reached" : "missed"}>
          {quorum.reached ? "Quorum atteint" : "Quorum non atteint"}
        </Tag>{" "}
        {quorum.sentence}.
      </p>
      {polls.length > 0 && (
        <Section title="Déjà mis aux voix">
          <ul>
            {polls.map((poll) => (
              <li key={poll.id}>
                <Link to={`${root}/seances/${view.meetingId}/scrutins/${poll.id}`}>{poll.title}</Link>{" "}
                <span className="soft">{poll.sentence ?? "scrutin ouvert"}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {view.settled !== null && (
        <Notice tone="pending" title="Ce point est sans objet">
          <p>{capitalize(view.settled)}.</p>
          {view.mayOpen && (
            <p>
              <Link to={`${root}/seances/${view.meetingId}/ordre-du-jour/${item.id}#retirer`}>
                Le retirer de l’ordre du jour, avec ce motif
              </Link>
            </p>
          )}
        </Notice>
      )}
      {view.hindrance && (
        <Notice tone="pending" title={NOT_READY}>
          <ul>
            {view.hindrance.elements.map((element) => (
              <li key={element}>{element}</li>
            ))}
          </ul>
          {view.mayOpen && view.hindrance.number !== null && (
            <p>
              {view.hindrance.pendingCorrections > 0 ? (
                <ButtonLink to={`${root}/proces-verbaux/${view.hindrance.number}/corrections`}>
                  Décider les corrections
                </ButtonLink>
              ) : (
                <ButtonLink to={`${root}/proces-verbaux/${view.hindrance.number}`}>Ouvrir le procès-verbal</ButtonLink>
              )}
            </p>
          )}
        </Notice>
      )}
      <Section title="Vote secret">
        <p>
          {request.granted
            ? `Le vote sera secret${NBSP}: ${count(request.asked, "siège présent l’a demandé", "sièges présents l’ont demandé")}.`
            : `Le vote est public, sauf si ${count(request.needed, "siège présent demande", "sièges présents demandent")} le secret. Demandes${NBSP}: ${request.asked}.`}
        </p>
        {view.viewerSeat?.hasAsked && <p className="soft">Votre siège l’a demandé.</p>}
        {view.viewerSeat && !view.viewerSeat.hasAsked && meeting.status === "open" && (
          <Form method="post">
            <input type="hidden" name="acte" value="secret" />
            <Button look="quiet">Demander le vote secret</Button>
          </Form>
        )}
      </Section>
      {view.mayOpen && view.hindrance === null && view.settled === null && (
        <OpenPollForm
          key={mode}
          mode={mode}
          itemId={item.id}
          actKey={view.actKey}
          question={view.question}
          entitled={view.entitled}
          lastResult={answered?.result ?? null}
        />
      )}
    </Page>
  );
}

type OpenPollFormProps = {
  readonly mode: "public" | "secret";
  readonly itemId: string;
  readonly actKey: string;
  readonly question: { readonly title: string; readonly body: string };
  readonly entitled: number;
  readonly lastResult: ReturnType<ReturnType<typeof parseOpenPoll>["reply"]> | null;
};

function OpenPollForm({ mode, itemId, actKey, question, entitled, lastResult }: OpenPollFormProps) {
  const [form, fields] = useForm<OpenPollFields>({
    id: "scrutin",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { ...question, mode },
  });
  return (
    <Section title="La question">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="point" value={itemId} />
        <TextField field={fields.title} label="Question mise aux voix" />
        <TextArea field={fields.body} label="Texte proposé" optional hint="Mise en forme Markdown." rows={6} />
        <RadioField
          field={fields.mode}
          label="Comment l’on vote"
          options={[
            { value: "public", label: MODE_LABELS.public, disabled: mode === "secret" },
            { value: "secret", label: MODE_LABELS.secret, disabled: mode === "public" },
          ]}
        />
        <p className="hint">
          {count(entitled, "siège peut voter", "sièges peuvent voter")} en ce moment. Une fois le scrutin ouvert, la
          question et le mode ne changent plus.
        </p>
        <Button>Ouvrir le scrutin</Button>
      </Form>
    </Section>
  );
}
