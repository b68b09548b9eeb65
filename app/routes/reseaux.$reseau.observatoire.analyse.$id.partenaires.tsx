import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatDate } from "~/documents/french";
import { PARTNER_KINDS } from "~/domain/needs-analysis/observation";
import { recordPartner } from "~/features/needs-analysis/commands.server";
import { parsePartner, type PartnerFields } from "~/features/needs-analysis/form";
import { recordMessage } from "~/features/needs-analysis/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { ActKey, Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction = () => [{ title: "Partenaires consultés" }];

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, report } = await openReportFor(args, "analysis.manage");
  return {
    ...{ root, home, reportTitle: report.title, isDraft: report.status === "draft" },
    actKey: systemClock.newId(),
    lastDay: today(systemClock),
    isDone: new URL(args.request.url).searchParams.get("fait") === "note",
    partners: report.partners.map(({ name, kind, consultedOn, manner }) => ({
      ...{ name, manner, kind: PARTNER_KINDS[kind], on: formatDate(consultedOn) },
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, home, report } = await openReportFor(args, "analysis.manage");
  const submission = parsePartner(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordPartner(command, report.id, submission.value);
  if (!decision.ok)
    return data(
      { result: submission.reply({ fieldErrors: { consultedOn: [recordMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  return redirect(`${home}/partenaires?fait=note`);
}

export default function PartnersPage() {
  const { root, home, reportTitle, isDraft, actKey, lastDay, isDone, partners } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PartnerFields>({ id: "partenaire", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Partenaires consultés"
      lead="L’analyse s’établit avec l’ensemble des partenaires publics et privés qui participent aux actions (CASF, art. R.123-1) : des organismes, jamais des personnes."
      crumbs={[{ label: reportTitle, to: home }]}
    >
      <ObservatoryNav root={root} />
      {isDone && (
        <Notice tone="reached" role="status">
          <p>La consultation est notée.</p>
        </Notice>
      )}
      {partners.length === 0 ? (
        <EmptyState>
          <p>Aucune consultation n’est notée.</p>
        </EmptyState>
      ) : (
        <Table
          caption="Partenaires consultés"
          captionHidden
          narrow="stack"
          columns={[
            { key: "nom", label: "Partenaire", heading: true, cell: ({ name }) => name },
            { key: "type", label: "Type", cell: ({ kind }) => kind },
            { key: "date", label: "Date", cell: ({ on }) => on },
            { key: "maniere", label: "Manière", cell: ({ manner }) => manner },
          ]}
          rows={partners}
          rowKey={({ name, on }) => `${name} ${on}`}
        />
      )}
      {isDraft && (
        <Section title="Noter une consultation" id="noter">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={actKey} />
            <TextField field={fields.name} label="Organisme" />
            <SelectField
              field={fields.kind}
              label="Type"
              empty="Choisir"
              options={Object.entries(PARTNER_KINDS).map(([value, label]) => ({ value, label }))}
            />
            <TextField field={fields.consultedOn} label="Date" type="date" max={lastDay} data-width="short" />
            <TextField field={fields.manner} label="Manière" hint="Réunion, questionnaire, entretien…" />
            <Button>Noter la consultation</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
