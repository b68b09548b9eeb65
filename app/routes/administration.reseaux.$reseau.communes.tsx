import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { addCommunes } from "~/features/networks/communes.server";
import { communesSchema, parseForm, type CommunesFields } from "~/features/networks/form";
import { communesReply } from "~/features/networks/messages.fr";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, TextArea } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter plusieurs communes — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "seat.create");
  return { slug: network.slug, name: network.name };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "seat.create");
  const submission = parseForm(await args.request.formData(), communesSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await addCommunes(command, { text: submission.value.communes });
  if (!decision.ok) return data({ result: submission.reply(communesReply(decision.refusal)) }, { status: 409 });
  return redirect(`/administration/reseaux/${network.slug}?fait=communes`);
}

export default function AddCommunesPage() {
  const { slug, name } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<CommunesFields>({ id: "communes", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Ajouter plusieurs communes"
      lead="Un siège pour le CCAS de chaque commune, dans l’ordre de la liste. Toutes les lignes sont prises, ou aucune."
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextArea
          field={fields.communes}
          label="Communes"
          hint="Une par ligne, par son nom ou par son code INSEE : « Héric », « 44073 », ou « 44073 CCAS d’Héric » pour choisir le nom de l’organisme. Le CCAS pilote a déjà son siège."
          rows={10}
          spellCheck={false}
        />
        <Button>Ajouter leurs sièges</Button>
      </Form>
    </Page>
  );
}
