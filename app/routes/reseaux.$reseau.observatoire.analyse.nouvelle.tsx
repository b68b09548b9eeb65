import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { startReport } from "~/features/needs-analysis/commands.server";
import { parseStart, type StartFields } from "~/features/needs-analysis/form";
import { startMessage } from "~/features/needs-analysis/messages.fr";
import { TEMPLATE_2027 } from "~/features/needs-analysis/template-2027";
import { systemClock } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ouvrir une analyse des besoins sociaux" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "analysis.manage");
  return {
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
    chapters: TEMPLATE_2027.map(({ title, guidance }) => ({ title, guidance })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "analysis.manage");
  const submission = parseStart(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await startReport(command, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ fieldErrors: { renewalYear: [startMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/observatoire/analyse/${decision.value.reportId}`);
}

export default function StartReportPage() {
  const { root, actKey, chapters } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<StartFields>({
    id: "analyse",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { title: "Analyse des besoins sociaux 2027", renewalYear: "2026" },
  });
  return (
    <Page
      title="Ouvrir une analyse des besoins sociaux"
      lead="Le rapport part d’un plan proposé, dont les chiffres suivent les données importées."
      crumbs={[{ label: "Analyse des besoins sociaux", to: `${root}/observatoire/analyse` }]}
    >
      <ObservatoryNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.title} label="Titre" />
        <TextField
          field={fields.renewalYear}
          label="Année du renouvellement général des conseils municipaux"
          hint="La présentation a lieu pendant l’année civile qui suit (CASF, art. R.123-1)."
          inputMode="numeric"
          data-width="short"
        />
        <Button>Ouvrir l’analyse</Button>
      </Form>
      <Section title="Le plan proposé" id="plan">
        <ol>
          {chapters.map(({ title, guidance }) => (
            <li key={title}>
              <strong>{title}</strong>
              <br />
              {guidance}
            </li>
          ))}
        </ol>
      </Section>
    </Page>
  );
}
