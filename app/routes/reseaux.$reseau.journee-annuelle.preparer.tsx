import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { recordAnnualDay } from "~/features/events/commands.server";
import { parseAnnualDay, type AnnualDayFields } from "~/features/events/form";
import { eventMessage } from "~/features/events/messages.fr";
import { findAnnualDayPage, listHosts } from "~/features/events/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Préparer la journée annuelle" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "event.manage");
  const typed = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d{2}$/.test(typed) ? typed : today(systemClock).slice(0, 4);
  const day = await findAnnualDayPage(command.db, network.id, Number(year));
  return {
    ...{ year, root: `/reseaux/${network.slug}/journee-annuelle`, actKey: systemClock.newId() },
    hosts: await listHosts(command.db, network.id),
    day: {
      title: day?.title ?? `Journée annuelle ${year}`,
      heldOn: day?.heldOn ?? "",
      place: day?.place ?? "",
      hostOrganizationId: day?.hostOrganizationId ?? "",
      programme: day?.programmeMd ?? "",
      cost: day === null || day.cost === null ? "" : (day.cost / 100).toFixed(2).replace(".", ","),
    },
    revision: String(day?.revision ?? 0),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "event.manage");
  const submission = parseAnnualDay(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordAnnualDay(command, submission.value);
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [eventMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/journee-annuelle?annee=${submission.value.year}&fait=journee`, 303);
}

export default function PrepareAnnualDayPage() {
  const { year, root, hosts, day, revision, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<AnnualDayFields>({
    id: "journee",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: day,
  });
  return (
    <Page
      title={`Journée annuelle ${year}`}
      lead="Date, lieu, CCAS d’accueil et programme. Tout se modifie jusqu’à la clôture."
      crumbs={[{ label: "Journée annuelle", to: `${root}?annee=${year}` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="year" value={year} />
        <input type="hidden" name="revision" value={revision} />
        <TextField field={fields.title} label="Titre" />
        <TextField field={fields.heldOn} label="Date" type="date" optional data-width="short" />
        <TextField field={fields.place} label="Lieu" optional />
        <SelectField
          field={fields.hostOrganizationId}
          label="CCAS d’accueil"
          optional
          empty="À choisir"
          options={hosts.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextArea field={fields.programme} label="Programme" optional hint="Mise en forme Markdown." rows={10} />
        <TextField field={fields.cost} label="Coût, en euros" optional inputMode="decimal" data-width="short" />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
