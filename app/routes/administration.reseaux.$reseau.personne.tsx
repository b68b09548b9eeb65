import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { memberSchema, parseForm, type MemberFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { ROLE_OPTIONS } from "~/features/networks/options";
import { addMember } from "~/features/networks/person-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { listSeats } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { MemberForm } from "~/ui/administration";
import { ErrorSummary } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter une personne — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "role.grant");
  const seats = await listSeats(getDb(), network.id);
  return {
    slug: network.slug,
    name: network.name,
    today: today(systemClock),
    actKey: systemClock.newId(),
    organizations: seats.map((seat) => ({ value: seat.organizationId, label: seat.label })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "role.grant");
  const submission = parseForm(await args.request.formData(), memberSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await addMember(command, submission.value);
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return submission.value.role === null
    ? redirect(`/administration/personnes/${decision.value.personId}?fait=personne`)
    : redirect(`/administration/reseaux/${network.slug}?fait=${decision.value.wasKnown ? "connue" : "personne"}`);
}

export default function AddMemberPage() {
  const { slug, name, today: day, actKey, organizations } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<MemberFields>({
    id: "personne",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { startsOn: day, invite: "on" },
  });
  return (
    <Page
      title="Ajouter une personne"
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      <ErrorSummary form={form} />
      <MemberForm
        action={`/administration/reseaux/${slug}/personne`}
        actKey={actKey}
        formProps={getFormProps(form)}
        fields={fields}
        roles={ROLE_OPTIONS}
        organizations={organizations}
      />
    </Page>
  );
}
