import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { newPersonSchema, parseForm, type NewPersonFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { createPerson } from "~/features/networks/person-commands.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { InvitationField, PersonFields } from "~/ui/administration";
import { ActKey, Button, ErrorSummary } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter une personne — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "person.invite", null);
  return { actKey: systemClock.newId() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "person.invite", null);
  const submission = parseForm(await request.formData(), newPersonSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await createPerson({ db: getDb(), clock: systemClock }, submission.value);
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return redirect(`/administration/personnes/${decision.value.personId}?fait=personne`);
}

export default function NewPersonPage() {
  const { actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<NewPersonFields>({
    id: "personne",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { invite: "on" },
  });
  return (
    <Page
      title="Ajouter une personne"
      lead="Les rôles se donnent à la page du réseau ; les sièges, par la désignation de l’organisme."
      crumbs={[{ label: "Personnes", to: "/administration/personnes" }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <PersonFields fields={fields} />
        <InvitationField field={fields.invite} />
        <Button>Ajouter la personne</Button>
      </Form>
    </Page>
  );
}
