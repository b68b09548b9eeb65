import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { CAPACITY_LABELS } from "~/domain/access/permissions";
import { formatDate } from "~/documents/french";
import { endRoleSchema, parseForm, type EndRoleFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { endRole } from "~/features/networks/person-commands.server";
import { findNetworkSheet } from "~/features/networks/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Retirer un rôle — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "role.end");
  const roleId = requireParam(args.params, "role");
  const day = today(systemClock);
  const { members } = await findNetworkSheet(getDb(), network.id, day);
  const member = members.find(({ roles }) => roles.some(({ id }) => id === roleId));
  const role = member?.roles.find(({ id }) => id === roleId);
  if (!member || !role) throw notFound();
  return { slug: network.slug, name: network.name, today: day, displayName: member.displayName, role };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "role.end");
  const roleId = requireParam(args.params, "role");
  const submission = parseForm(await args.request.formData(), endRoleSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await endRole(command, { roleId, endsOn: submission.value.endsOn });
  if (decision.ok) return redirect(`/administration/reseaux/${network.slug}?fait=role`);
  if (decision.refusal === "person-unknown") throw notFound();
  return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
}

export default function EndRolePage() {
  const { slug, name, today: day, displayName, role } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EndRoleFields>({
    id: "fin",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { endsOn: day },
  });
  return (
    <Page
      title="Retirer un rôle"
      lead={`${displayName} : ${CAPACITY_LABELS[role.role]}, ${role.organization}, depuis le ${formatDate(role.startsOn)}.`}
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      <p>Rien n’est effacé : le rôle garde sa date de fin, et l’acte entre au registre.</p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField field={fields.endsOn} label="Dernier jour" type="date" hint="Ce jour compris." data-width="short" />
        <Button look="danger">Retirer le rôle</Button>
      </Form>
    </Page>
  );
}
