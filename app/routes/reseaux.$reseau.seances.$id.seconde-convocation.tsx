import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { timeOf } from "~/domain/kernel/paris-time";
import { earliestMeetingDate } from "~/domain/meeting/notice";
import { findObstacle } from "~/domain/meeting/second-convening";
import { formatDateTime, formatLongDate } from "~/documents/french";
import { parseSecondConvening, type SecondConveningFields } from "~/features/meetings/form";
import { reconveneMessage } from "~/features/meetings/messages.fr";
import { prepareSecondConvening, readFirstMeeting } from "~/features/meetings/second-convening.server";
import { systemClock, today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Seconde convocation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting } = await openMeetingPage(args, "meeting.reconvene");
  const first = await readFirstMeeting(getDb(), network.id, meeting);
  const { content: rules } = await findRulesInForce(getDb(), network.id, today(systemClock));
  const obstacle = findObstacle(first);
  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    startsAt: meeting.startsAt,
    place: meeting.place,
    remoteLink: meeting.remoteLink,
    actKey: systemClock.newId(),
    obstacle: obstacle && reconveneMessage(obstacle),
    secondMeetingId: first.secondMeetingId,
    earliest: earliestMeetingDate(today(systemClock), rules.notice),
    isQuorumAsked: rules.secondConvening.quorum === "same",
    agenda: first.agenda.map(({ id, title }) => ({ id, title })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "meeting.reconvene");
  const submission = parseSecondConvening(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await prepareSecondConvening(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${decision.value.meetingId}?fait=seconde`);
  const result = submission.reply({ fieldErrors: { date: [reconveneMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function SecondConveningPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<SecondConveningFields>({
    id: "seconde",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      date: view.earliest,
      time: timeOf(view.startsAt),
      place: view.place,
      remoteLink: view.remoteLink,
    },
  });
  const root = `/reseaux/${view.slug}/seances`;
  return (
    <Page
      title="Préparer la seconde convocation"
      lead={`Faute de quorum le ${formatDateTime(view.startsAt)}.`}
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
    >
      {view.obstacle !== null ? (
        <Notice tone="pending">
          <p>{view.obstacle}</p>
          {view.secondMeetingId && (
            <p>
              <Link to={`${root}/${view.secondMeetingId}`}>Voir la seconde convocation</Link>
            </p>
          )}
        </Notice>
      ) : (
        <>
          <p>
            Même ordre du jour, nouveau délai entier : au plus tôt le {formatLongDate(view.earliest)} si la convocation
            part aujourd’hui.{" "}
            {view.isQuorumAsked
              ? "Le règlement exige le même quorum."
              : "Le comité pourra délibérer quel que soit le nombre de présents."}
          </p>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={view.actKey} />
            <TextField field={fields.date} label="Date" type="date" min={view.earliest} data-width="short" />
            <TextField field={fields.time} label="Heure" type="time" data-width="short" />
            <TextField field={fields.place} label="Lieu" />
            <TextField
              field={fields.remoteLink}
              label="Lien de visioconférence"
              type="url"
              optional
              hint="Il commence par https://"
            />
            <Button>Préparer la seconde convocation</Button>
          </Form>
          <Section title="Ordre du jour repris, sans ajout" id="ordre-du-jour">
            <ol>
              {view.agenda.map((item) => (
                <li key={item.id}>{item.title}</li>
              ))}
            </ol>
          </Section>
        </>
      )}
    </Page>
  );
}
