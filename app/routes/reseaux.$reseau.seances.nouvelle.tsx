import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { linkMeeting } from "~/features/agreements/follow-up.server";
import { planMeeting } from "~/features/meetings/commands.server";
import { parsePlanMeeting, type PlanMeetingFields } from "~/features/meetings/form";
import { scheduleMessage } from "~/features/meetings/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Planifier une séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "meeting.plan");
  const proposed = new URL(args.request.url).searchParams.get("intitule") ?? "";
  const title = proposed === "" ? "Comité de pilotage" : proposed.slice(0, 200);
  const clause = new URL(args.request.url).searchParams.get("clause");
  return { title, clause, slug: network.slug, actKey: systemClock.newId(), today: today(systemClock) };
}

export async function action(args: ActionFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "meeting.plan");
  const form = await args.request.formData();
  const submission = parsePlanMeeting(form);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await planMeeting(command, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ fieldErrors: { date: [scheduleMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  const { meetingId } = decision.value;
  const [agreementId, clauseKey] = String(form.get("clause") ?? "").split("|");
  if (agreementId && clauseKey && can(viewer, "agreement.record", { networkId: network.id }))
    await linkMeeting(command, agreementId, { meetingId, clauseKey });
  return redirect(`/reseaux/${network.slug}/seances/${meetingId}`);
}

export default function PlanMeetingPage() {
  const { title, clause, slug, actKey, today: firstDay } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PlanMeetingFields>({
    id: "seance",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { title, time: "18:30" },
  });
  return (
    <Page
      title="Planifier une séance"
      lead="La date et le lieu d’abord ; l’ordre du jour et la convocation viennent ensuite."
      crumbs={[{ label: "Séances", to: `/reseaux/${slug}/seances` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        {clause !== null && (
          <>
            <input type="hidden" name="clause" value={clause} />
            <p>
              La séance comptera pour la clause de la convention qui demande cette rencontre, et non pour le rythme du
              comité.
            </p>
          </>
        )}
        <TextField field={fields.title} label="Intitulé" />
        <TextField field={fields.date} label="Date" type="date" min={firstDay} data-width="short" />
        <TextField field={fields.time} label="Heure" type="time" data-width="short" />
        <TextField field={fields.place} label="Lieu" hint="Par exemple : salle du conseil, mairie de Blain" />
        <TextField
          field={fields.remoteLink}
          label="Lien de visioconférence"
          type="url"
          optional
          hint="Il commence par https://"
        />
        <Button>Planifier la séance</Button>
      </Form>
    </Page>
  );
}
