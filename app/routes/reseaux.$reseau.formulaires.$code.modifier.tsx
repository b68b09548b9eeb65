import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { NBSP } from "~/documents/french";
import { OPTIONAL_AID_FORM, STARTING_FORM } from "~/documents/shared-form";
import { parseSharedForm, type SharedFormFields } from "~/features/indicators/form";
import { publishMessage } from "~/features/indicators/messages.fr";
import { findSharedForm, publishSharedForm } from "~/features/indicators/shared-forms.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Publier un formulaire" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "shared-form.publish");
  if (args.params["code"] !== OPTIONAL_AID_FORM) throw notFound();
  const form = await findSharedForm(command.db, network.id, OPTIONAL_AID_FORM, null);
  return {
    root: `/reseaux/${network.slug}`,
    version: form?.version ?? 0,
    title: form?.title ?? STARTING_FORM.title,
    bodyMd: form?.bodyMd ?? STARTING_FORM.bodyMd,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "shared-form.publish");
  if (args.params["code"] !== OPTIONAL_AID_FORM) throw notFound();
  const submission = parseSharedForm(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await publishSharedForm(command, { ...submission.value, formCode: OPTIONAL_AID_FORM });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/formulaires/${OPTIONAL_AID_FORM}?fait=publie`, 303);
  return data({ result: submission.reply({ formErrors: [publishMessage(decision.refusal)] }) }, { status: 409 });
}

export default function PublishFormPage() {
  const { root, version, title, bodyMd } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<SharedFormFields>({
    id: "formulaire",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { title, bodyMd, note: "" },
  });
  return (
    <Page
      title="Publier une version du formulaire"
      lead={`La version ${version + 1} remplacera${NBSP}la précédente sur la page publique${NBSP}; les anciennes restent lisibles.`}
      crumbs={[{ label: "Formulaires", to: `${root}/formulaires` }]}
    >
      <IndicatorsNav isMember />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="known" value={version} />
        <TextField field={fields.title} label="Titre" />
        <TextArea
          field={fields.bodyMd}
          label="Le formulaire, vierge"
          hint="Mise en forme Markdown. Des points pour écrire, ☐ pour cocher. N’y mettez aucune donnée d’une personne : cette page est publique."
          rows={24}
        />
        <TextField field={fields.note} label="Ce qui change" />
        <Button>Publier la version {version + 1}</Button>
      </Form>
    </Page>
  );
}
