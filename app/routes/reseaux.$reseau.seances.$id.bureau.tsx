import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { dateOf } from "~/domain/kernel/paris-time";
import { nameOfficers } from "~/features/meetings/commands.server";
import { parseOfficers, type OfficersFields } from "~/features/meetings/form";
import { officersMessage } from "~/features/meetings/messages.fr";
import { listPeople, listPossibleChairs } from "~/features/meetings/queries.server";
import { getDb } from "~/services/db.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { Button, ErrorSummary, SelectField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Présidence et secrétariat de la séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "agenda.edit");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const on = dateOf(meeting.startsAt);
  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    chair: meeting.chairSeatId && meeting.chairPersonId ? `${meeting.chairSeatId}/${meeting.chairPersonId}` : "",
    secretary: meeting.secretaryPersonId ?? "",
    chairs: (await listPossibleChairs(getDb(), network.id, on)).map(({ seatId, personId, label }) => ({
      value: `${seatId}/${personId}`,
      label,
    })),
    people: (await listPeople(getDb(), network.id, on)).map(({ personId, displayName }) => ({
      value: personId,
      label: displayName,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.edit");
  const submission = parseOfficers(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await nameOfficers(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=bureau`);
  const field = decision.refusal === "chair-not-a-seat-holder" ? "chair" : "secretary";
  const result = submission.reply({ fieldErrors: { [field]: [officersMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function OfficersPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<OfficersFields>({
    id: "bureau",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { chair: view.chair, secretary: view.secretary },
  });
  const root = `/reseaux/${view.slug}/seances`;
  return (
    <Page
      title="Présidence et secrétariat de la séance"
      lead="Deux personnes distinctes : elles signeront ensemble le procès-verbal."
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <SelectField
          field={fields.chair}
          label="Présidence"
          hint="Une personne qui tient un siège le jour de la séance."
          options={view.chairs}
          empty="À nommer plus tard"
        />
        <SelectField
          field={fields.secretary}
          label="Secrétariat de la séance"
          hint="Elle ou il rédige le procès-verbal."
          options={view.people}
          empty="À nommer plus tard"
        />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
