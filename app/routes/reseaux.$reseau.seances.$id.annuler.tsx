import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { count, formatDateTime } from "~/documents/french";
import { cancelMeeting } from "~/features/meetings/commands.server";
import { parseCancelMeeting, type CancelMeetingFields } from "~/features/meetings/form";
import { cancelMessage } from "~/features/meetings/messages.fr";
import { findConvocationAddressees } from "~/features/meetings/queries.server";
import { getDb } from "~/services/db.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { Button, ErrorSummary, TextArea } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Annuler la séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "meeting.cancel");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const addressees = await findConvocationAddressees(getDb(), network.id, meeting.id);
  const { id, title, startsAt } = meeting;
  return { slug: network.slug, id, title, startsAt, addresseeCount: addressees.length };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "meeting.cancel");
  const submission = parseCancelMeeting(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await cancelMeeting(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=annulee`);
  const result = submission.reply({ fieldErrors: { reason: [cancelMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function CancelMeetingPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<CancelMeetingFields>({ id: "annulation", ...(lastResult ? { lastResult } : {}) });
  const root = `/reseaux/${view.slug}/seances`;
  return (
    <Page
      title="Annuler la séance"
      lead={`${view.title}, ${formatDateTime(view.startsAt)}.`}
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
    >
      <p>
        {view.addresseeCount === 0
          ? "Personne n’a été convoqué : aucun courriel ne partira."
          : `${count(view.addresseeCount, "personne convoquée recevra", "personnes convoquées recevront")} un courriel avec ce motif, et le fichier qui retire la séance de leur agenda.`}{" "}
        L’annulation est définitive : la séance reste au calendrier comme annulée.
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextArea field={fields.reason} label="Motif de l’annulation" rows={3} />
        <div className="row">
          <Button look="danger">Annuler définitivement la séance</Button>
          <Link to={`${root}/${view.id}`}>Garder la séance</Link>
        </div>
      </Form>
    </Page>
  );
}
