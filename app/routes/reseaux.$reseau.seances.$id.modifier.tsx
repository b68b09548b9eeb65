import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { dateOf, timeOf } from "~/domain/kernel/paris-time";
import { formatDateTime } from "~/documents/french";
import { changeMeeting } from "~/features/meetings/commands.server";
import { parseChangeMeeting, type ChangeMeetingFields } from "~/features/meetings/form";
import { changeMessage } from "~/features/meetings/messages.fr";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Definitions, Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Modifier la séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "meeting.change");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const { id, title, revision, startsAt, plannedEndAt, place, remoteLink } = meeting;
  return { slug: network.slug, id, title, revision, startsAt, plannedEndAt, place, remoteLink };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "meeting.change");
  const submission = parseChangeMeeting(await args.request.formData());
  if (submission.status !== "success")
    return data({ result: submission.reply(), isStale: false, fault: null }, { status: 400 });
  const decision = await changeMeeting(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=modifiee`);
  const message = changeMessage(decision.refusal);
  const isDateFault = decision.refusal === "meeting-in-past" || decision.refusal === "time-does-not-exist";
  const result = submission.reply(isDateFault ? { fieldErrors: { date: [message] } } : {});
  return data({ result, isStale: decision.refusal === "stale", fault: isDateFault ? null : message }, { status: 409 });
}

export default function ChangeMeetingPage() {
  const meeting = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<ChangeMeetingFields>({
    id: "seance",
    ...(answer ? { lastResult: answer.result } : {}),
    defaultValue: {
      title: meeting.title,
      date: dateOf(meeting.startsAt),
      time: timeOf(meeting.startsAt),
      endTime: meeting.plannedEndAt ? timeOf(meeting.plannedEndAt) : "",
      place: meeting.place,
      remoteLink: meeting.remoteLink,
    },
  });
  const root = `/reseaux/${meeting.slug}/seances`;
  return (
    <Page
      title="Modifier la séance"
      lead="Tant que la convocation n’est pas partie, tout peut changer."
      crumbs={[
        { label: "Séances", to: root },
        { label: meeting.title, to: `${root}/${meeting.id}` },
      ]}
    >
      {answer?.fault && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answer.fault}</p>
        </Notice>
      )}
      {answer?.isStale && (
        <section aria-labelledby="actuelle">
          <h2 id="actuelle">Version actuelle de la séance</h2>
          <Definitions
            entries={[
              { term: "Intitulé", detail: meeting.title },
              { term: "Date", detail: formatDateTime(meeting.startsAt) },
              { term: "Lieu", detail: meeting.place },
              ...(meeting.remoteLink === "" ? [] : [{ term: "Visioconférence", detail: meeting.remoteLink }]),
            ]}
          />
        </section>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="revision" value={meeting.revision} />
        <TextField field={fields.title} label="Intitulé" />
        <TextField field={fields.date} label="Date" type="date" data-width="short" />
        <TextField field={fields.time} label="Heure" type="time" data-width="short" />
        <TextField field={fields.endTime} label="Fin prévue" type="time" data-width="short" optional />
        <TextField field={fields.place} label="Lieu" />
        <TextField
          field={fields.remoteLink}
          label="Lien de visioconférence"
          type="url"
          optional
          hint="Il commence par https://"
        />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
