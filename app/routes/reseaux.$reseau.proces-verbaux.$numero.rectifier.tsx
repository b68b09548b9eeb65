import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { recordCorrectiveAct } from "~/features/minutes/commands.server";
import { parseRectification } from "~/features/minutes/form";
import { rectifyMessage } from "~/features/minutes/messages.fr";
import { systemClock } from "~/services/clock.server";
import { ActKey, Button, ErrorSummary, TextArea } from "~/ui/forms";
import { Page } from "~/ui/page";
import { openMinutes } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

export const meta: MetaFunction = () => [{ title: "Publier un acte rectificatif" }];

export async function loader(args: LoaderFunctionArgs) {
  const { home, minutes, isTimely } = await openMinutes(args, "minutes.correct-published");
  if (!isTimely) throw redirect(home);
  return { home, number: minutes.number, actKey: systemClock.newId() };
}

export async function action(args: ActionFunctionArgs) {
  const { command, minutes, home } = await openMinutes(args, "minutes.correct-published");
  const submission = parseRectification(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, texte } = submission.value;
  const decision = await recordCorrectiveAct(command, minutes.id, { id: cle, text: texte });
  if (decision.ok) return redirect(home);
  return data({ result: submission.reply({ formErrors: [rectifyMessage(decision.refusal)] }) }, { status: 409 });
}

export default function RectifyPage() {
  const { home, number, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<{ cle: string; texte: string }>({
    id: "rectification",
    ...(lastResult ? { lastResult } : {}),
  });
  return (
    <Page
      title="Publier un acte rectificatif"
      lead={`Le procès-verbal n° ${number} ne change pas : l’acte s’inscrit au registre et paraît en tête de sa page publique et en annexe de ses fichiers.`}
      crumbs={[{ label: "Procès-verbal", to: home }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextArea
          field={fields.texte}
          label="Correction"
          hint="Dites ce qui est inexact, puis ce qu’il faut lire. Ce texte est public, paraît tel qu’il est écrit, et ne s’efface pas."
          rows={6}
        />
        <Button>Publier l’acte rectificatif</Button>
      </Form>
    </Page>
  );
}
