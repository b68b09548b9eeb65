import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { PARTNER_KINDS } from "~/domain/needs-analysis/observation";
import { THEMES } from "~/domain/observatory/indicator";
import { parseObservation, type ObservationFields } from "~/features/observatory/form";
import { observationMessage } from "~/features/observatory/messages.fr";
import { recordObservation } from "~/features/observatory/observations.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { listNetworkCommunes } from "~/services/figures-record.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Écrire une observation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "observation.write");
  const communes = await listNetworkCommunes(getDb(), network.id);
  return {
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
    lastDay: today(systemClock),
    communes: communes.map(({ code, name }) => ({ value: code, label: name })),
  };
}

const FIELD_OF = {
  "observed-in-the-future": "observedOn",
  "commune-unknown": "communeCode",
  "names-someone": "text",
} as const;

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "observation.write");
  const submission = parseObservation(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordObservation(command, submission.value);
  if (!decision.ok) {
    const { refusal } = decision;
    const result = submission.reply({ fieldErrors: { [FIELD_OF[refusal]]: [observationMessage(refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/observatoire/observations?fait=proposee`);
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

export default function NewObservationPage() {
  const { root, actKey, lastDay, communes } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ObservationFields>({ id: "observation", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Écrire une observation"
      lead="Un constat général, daté, que le CCAS pilote gardera pour les membres ou publiera. Ne nommez personne et ne décrivez aucune situation reconnaissable."
      crumbs={[{ label: "Observations", to: `${root}/observatoire/observations` }]}
    >
      <ObservatoryNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.observedOn} label="Date du constat" type="date" max={lastDay} data-width="short" />
        <SelectField
          field={fields.partnerKind}
          label="Qui observe"
          options={optionsOf(PARTNER_KINDS)}
          empty="Choisir"
        />
        <TextField field={fields.office} label="Service" hint="Par exemple : pôle solidarité du CCAS de Blain" />
        <SelectField field={fields.theme} label="Thème" options={optionsOf(THEMES)} empty="Choisir" />
        <SelectField field={fields.communeCode} label="Commune" options={communes} empty="Tout le territoire" />
        <TextArea field={fields.text} label="Observation" rows={7} hint="Markdown simple : **gras**, - liste." />
        <Button>Enregistrer l’observation</Button>
      </Form>
    </Page>
  );
}
