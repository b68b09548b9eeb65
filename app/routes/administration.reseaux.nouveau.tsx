import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { newNetworkSchema, parseForm, type NewNetworkFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { createNetwork } from "~/features/networks/network-commands.server";
import { KIND_OPTIONS } from "~/features/networks/options";
import { isOrganizationKind, isSignatoryKind } from "~/features/networks/organization";
import { listOrganizations } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { OrganizationChoiceFields } from "~/ui/administration";
import { ActKey, Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Créer un réseau — Administration" }];

const LEAD_KINDS = KIND_OPTIONS.filter(({ value }) => isOrganizationKind(value) && isSignatoryKind(value));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "network.create", null);
  const organizations = await listOrganizations(getDb());
  return {
    actKey: systemClock.newId(),
    organizations: organizations
      .filter(({ kind }) => isSignatoryKind(kind))
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireViewer(request, context);
  await requirePermission({ request, context }, actor, "network.create", null);
  const submission = parseForm(await request.formData(), newNetworkSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await createNetwork({ db: getDb(), clock: systemClock, actor }, submission.value);
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return redirect(`/administration/reseaux/${decision.value.slug}?fait=reseau`);
}

export default function NewNetworkPage() {
  const { actKey, organizations } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<NewNetworkFields>({
    id: "reseau",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { kind: "ccas" },
  });
  return (
    <Page
      title="Créer un réseau"
      lead="Le réseau et son CCAS pilote d’abord ; les autres sièges viennent ensuite."
      crumbs={[{ label: "Réseaux", to: "/administration" }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <h2>Le réseau</h2>
        <TextField field={fields.networkName} label="Nom du réseau" hint="Par exemple : Réseau des acteurs sociaux" />
        <TextField
          field={fields.slug}
          label="Adresse du réseau"
          hint="Un mot sans accent, par exemple « blain » : les pages seront à /reseaux/blain. Elle ne changera plus."
          autoCapitalize="none"
          spellCheck={false}
          data-width="short"
        />
        <TextArea
          field={fields.presentation}
          label="Présentation"
          optional
          hint="Pour la page publique : ce que le réseau fait, pour qui, depuis quand."
        />
        <TextArea field={fields.contact} label="Pour joindre le réseau" optional hint="Adresse, téléphone, courriel" />
        <h2>Le CCAS pilote</h2>
        <p>Il tient le secrétariat, publie les procès-verbaux, et reçoit le premier siège du comité.</p>
        <OrganizationChoiceFields fields={fields} organizations={organizations} kinds={LEAD_KINDS} />
        <Button>Créer le réseau</Button>
      </Form>
    </Page>
  );
}
