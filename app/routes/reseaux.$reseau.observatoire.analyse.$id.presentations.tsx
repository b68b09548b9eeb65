import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { legalSentence } from "~/documents/needs-report";
import { recordPresentation } from "~/features/needs-analysis/commands.server";
import { parsePresentation, type PresentationFields } from "~/features/needs-analysis/form";
import { recordMessage } from "~/features/needs-analysis/messages.fr";
import { listPresentations } from "~/features/needs-analysis/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction = () => [{ title: "Prévoir ou noter une présentation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, report, network, command } = await openReportFor(args, "analysis.manage");
  const boards = await listPresentations(command.db, network.id, report, today(systemClock));
  return {
    ...{ root, home, reportTitle: report.title, legal: legalSentence(report.renewalYear) },
    actKey: systemClock.newId(),
    boards: boards.map(({ seatId, label }) => ({ value: seatId, label })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, home, report } = await openReportFor(args, "analysis.manage");
  const submission = parsePresentation(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordPresentation(command, report.id, submission.value);
  if (!decision.ok) {
    const field = decision.refusal === "seat-unknown" ? "seatId" : "onDate";
    return data(
      { result: submission.reply({ fieldErrors: { [field]: [recordMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  }
  return redirect(`${home}?fait=presentation#presentations`);
}

export default function PresentationsPage() {
  const { root, home, reportTitle, legal, actKey, boards } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PresentationFields>({ id: "presentation", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page title="Prévoir ou noter une présentation" lead={legal} crumbs={[{ label: reportTitle, to: home }]}>
      <ObservatoryNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <SelectField field={fields.seatId} label="CCAS" options={boards} empty="Choisir" />
        <RadioField
          field={fields.kind}
          label="La présentation"
          options={[
            { value: "planned", label: "est prévue" },
            { value: "presented", label: "a eu lieu" },
          ]}
        />
        <TextField field={fields.onDate} label="Date du conseil d’administration" type="date" data-width="short" />
        <TextField field={fields.reference} label="Référence de la délibération" optional />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
