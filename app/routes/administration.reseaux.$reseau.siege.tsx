import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm, seatSchema, type SeatFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { addSeat } from "~/features/networks/network-commands.server";
import { KIND_OPTIONS } from "~/features/networks/options";
import { listOrganizations } from "~/features/networks/queries.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { SeatForm } from "~/ui/administration";
import { ErrorSummary } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter un siège — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "seat.create");
  const organizations = await listOrganizations(getDb());
  return {
    slug: network.slug,
    name: network.name,
    actKey: systemClock.newId(),
    organizations: organizations.map(({ id, name }) => ({ value: id, label: name })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "seat.create");
  const submission = parseForm(await args.request.formData(), seatSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await addSeat(command, submission.value);
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return redirect(`/administration/reseaux/${network.slug}?fait=siege`);
}

export default function AddSeatPage() {
  const { slug, name, actKey, organizations } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<SeatFields>({
    id: "siege",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { kind: "ccas" },
  });
  return (
    <Page
      title="Ajouter un siège"
      lead="Un siège par CCAS signataire, et un pour le Département."
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      <ErrorSummary form={form} />
      <SeatForm
        action={`/administration/reseaux/${slug}/siege`}
        actKey={actKey}
        formProps={getFormProps(form)}
        fields={fields}
        organizations={organizations}
        kinds={KIND_OPTIONS}
      />
    </Page>
  );
}
