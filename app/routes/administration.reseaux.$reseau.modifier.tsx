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

export const meta: MetaFunction = () => [{ title: "Modifier les textes du réseau — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "network.edit");
  const { presentationMd, contactMd } = await findNetworkSheet(getDb(), network.id, today(systemClock));
  return { slug: network.slug, name: network.name, presentationMd, contactMd };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "network.edit");
  const submission = parseForm(await args.request.formData(), editNetworkSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  await editNetwork(command, submission.value);
  return redirect(`/administration/reseaux/${network.slug}?fait=textes`);
}

export default function EditNetworkPage() {
  const { slug, name, presentationMd, contactMd } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EditNetworkFields>({
    id: "textes",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { networkName: name, presentation: presentationMd, contact: contactMd },
  });
  return (
    <Page
      title="Modifier les textes du réseau"
      lead={`L’adresse reste /reseaux/${slug}.`}
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField field={fields.networkName} label="Nom du réseau" />
        <TextArea
          field={fields.presentation}
          label="Présentation"
          optional
          hint="Pour la page publique. Titres, listes et liens s’écrivent en Markdown."
          rows={10}
        />
        <TextArea field={fields.contact} label="Pour joindre le réseau" optional hint="Adresse, téléphone, courriel" />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
