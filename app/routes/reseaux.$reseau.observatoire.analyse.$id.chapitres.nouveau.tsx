import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { addChapter } from "~/features/needs-analysis/commands.server";
import { parseChapter } from "~/features/needs-analysis/form";
import { writeMessages } from "~/features/needs-analysis/messages.fr";
import { systemClock } from "~/services/clock.server";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction = () => [{ title: "Ajouter un chapitre" }];

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, report } = await openReportFor(args, "analysis.write");
  if (report.status === "adopted") throw redirect(home);
  return { root, home, reportTitle: report.title, actKey: systemClock.newId() };
}

export async function action(args: ActionFunctionArgs) {
  const { command, home, report } = await openReportFor(args, "analysis.write");
  const submission = parseChapter(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await addChapter(command, report.id, submission.value);
  if (!decision.ok)
    return data(
      { result: submission.reply({ formErrors: [...writeMessages({ kind: decision.refusal })] }) },
      { status: 409 },
    );
  return redirect(`${home}/chapitres/${decision.value.chapterId}`);
}

export default function AddChapterPage() {
  const { root, home, reportTitle, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<{ title: string }>({ id: "chapitre", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page title="Ajouter un chapitre" crumbs={[{ label: reportTitle, to: home }]}>
      <ObservatoryNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.title} label="Titre" />
        <Button>Ajouter et rédiger</Button>
      </Form>
    </Page>
  );
}
