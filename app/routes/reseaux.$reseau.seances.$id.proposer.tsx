import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { proposeItem } from "~/features/meetings/agenda.server";
import { parseProposal, type ProposalFields } from "~/features/meetings/form";
import { agendaMessage } from "~/features/meetings/messages.fr";
import { systemClock } from "~/services/clock.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { ActKey, Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Proposer un point" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "agenda.propose");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  return { slug: network.slug, id: meeting.id, title: meeting.title, actKey: systemClock.newId() };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.propose");
  const submission = parseProposal(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await proposeItem(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=proposee`);
  const result = submission.reply({ fieldErrors: { title: [agendaMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function ProposePage() {
  const { slug, id, title, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ProposalFields>({
    id: "proposition",
    ...(lastResult ? { lastResult } : {}),
  });
  const root = `/reseaux/${slug}/seances`;
  return (
    <Page
      title="Proposer un point"
      lead="Le secrétariat l’accepte ou le refuse avec un motif, que vous lirez sur la page de la séance."
      crumbs={[
        { label: "Séances", to: root },
        { label: title, to: `${root}/${id}` },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.title} label="Intitulé du point" />
        <TextArea field={fields.descriptionMd} label="Pourquoi, et ce que vous attendez du comité" optional rows={6} />
        <Button>Proposer au secrétariat</Button>
      </Form>
    </Page>
  );
}
