import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { editNetworkSchema, parseForm, type EditNetworkFields } from "~/features/networks/form";
import { editNetwork } from "~/features/networks/network-commands.server";
import { findNetworkSheet } from "~/features/networks/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Présentation du réseau" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "network.edit");
  const { presentationMd, contactMd } = await findNetworkSheet(getDb(), network.id, today(systemClock));
  const isDone = new URL(args.request.url).searchParams.get("fait") === "textes";
  return { slug: network.slug, name: network.name, presentationMd, contactMd, isDone };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "network.edit");
  const submission = parseForm(await args.request.formData(), editNetworkSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  await editNetwork(command, submission.value);
  return redirect(`/reseaux/${network.slug}/parametres/reseau?fait=textes`);
}

export default function NetworkTextsPage() {
  const { slug, name, presentationMd, contactMd, isDone } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EditNetworkFields>({
    id: "textes",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { networkName: name, presentation: presentationMd, contact: contactMd },
  });
  return (
    <Page
      title="Présentation du réseau"
      lead="Le nom, le texte et les coordonnées que lit le public, en première page du réseau."
      crumbs={[{ label: "Paramètres", to: `/reseaux/${slug}/parametres` }]}
    >
      {isDone && (
        <Notice tone="reached" role="status">
          <p>Le nom et les textes publics sont enregistrés.</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField field={fields.networkName} label="Nom du réseau" />
        <TextArea
          field={fields.presentation}
          label="Présentation"
          optional
          rows={10}
          hint="Titres, listes et liens s’écrivent en Markdown."
        />
        <TextArea field={fields.contact} label="Pour joindre le réseau" optional hint="Adresse, téléphone, courriel" />
        <Button>Enregistrer les textes</Button>
      </Form>
    </Page>
  );
}
