import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { organizationSchema, parseForm, type OrganizationFields as Fields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { KIND_OPTIONS } from "~/features/networks/options";
import { createOrganization, editOrganization } from "~/features/networks/organization-commands.server";
import { listOrganizations } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, requireParam, requirePermission } from "~/services/gate.server";
import { OrganizationFields } from "~/ui/administration";
import { ActKey, Button, ErrorSummary } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.organization?.name ?? "Ajouter un organisme"} — Administration` },
];

const NEW = "nouveau";

async function findOrganization({ request, context, params }: LoaderFunctionArgs | ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "organization.manage", null);
  const id = requireParam(params, "organisme");
  if (id === NEW) return null;
  const found = (await listOrganizations(getDb())).find((organization) => organization.id === id);
  if (!found) throw notFound();
  return found;
}

export async function loader(args: LoaderFunctionArgs) {
  return { organization: await findOrganization(args), actKey: systemClock.newId() };
}

export async function action(args: ActionFunctionArgs) {
  const known = await findOrganization(args);
  const submission = parseForm(await args.request.formData(), organizationSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const installation = { db: getDb(), clock: systemClock };
  const { cle, organization } = submission.value;
  const decision = known
    ? await editOrganization(installation, { id: known.id, organization: { ...organization, kind: known.kind } })
    : await createOrganization(installation, { cle, organization });
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return redirect("/administration/organismes?fait=organisme");
}

export default function OrganizationPage() {
  const { organization, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<Fields>({
    id: "organisme",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: organization
      ? { ...organization, inseeCode: organization.inseeCode ?? "", siret: organization.siret ?? "" }
      : { kind: "ccas" },
  });
  const kinds = organization ? KIND_OPTIONS.filter(({ value }) => value === organization.kind) : KIND_OPTIONS;
  return (
    <Page
      title={organization ? organization.name : "Ajouter un organisme"}
      {...(organization ? { lead: "Le nom d’un siège déjà créé ne change pas avec celui de son organisme." } : {})}
      crumbs={[{ label: "Organismes", to: "/administration/organismes" }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <OrganizationFields fields={fields} kinds={kinds} />
        <Button>Enregistrer</Button>
      </Form>
    </Page>
  );
}
