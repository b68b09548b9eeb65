import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { leadSchema, parseForm, type LeadFields } from "~/features/networks/form";
import { networkReply } from "~/features/networks/messages.fr";
import { changeLead } from "~/features/networks/network-commands.server";
import { findNetworkSheet } from "~/features/networks/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Changer de CCAS pilote — Administration" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "network.change-lead");
  const sheet = await findNetworkSheet(getDb(), network.id, today(systemClock));
  return {
    slug: network.slug,
    name: network.name,
    lead: sheet.lead,
    others: sheet.seats
      .filter((seat) => seat.kind === "signatory" && seat.organizationId !== sheet.leadOrganizationId)
      .map((seat) => ({ value: seat.organizationId, label: seat.label })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "network.change-lead");
  const submission = parseForm(await args.request.formData(), leadSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await changeLead(command, submission.value);
  if (!decision.ok) return data({ result: submission.reply(networkReply(decision.refusal)) }, { status: 409 });
  return redirect(`/administration/reseaux/${network.slug}?fait=pilote`);
}

export default function ChangeLeadPage() {
  const { slug, name, lead, others } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<LeadFields>({ id: "pilote", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Changer de CCAS pilote"
      lead={`Le pilote est aujourd’hui : ${lead}.`}
      crumbs={[
        { label: "Réseaux", to: "/administration" },
        { label: name, to: `/administration/reseaux/${slug}` },
      ]}
    >
      {others.length === 0 ? (
        <EmptyState>
          <p>Aucun autre CCAS ne siège au comité : ajoutez d’abord son siège.</p>
        </EmptyState>
      ) : (
        <>
          <Notice tone="pending" title="Ce qui va se passer">
            <p>
              Les personnes du secrétariat de {lead} perdent ce rôle aussitôt. Donnez-le ensuite à celles du nouveau
              pilote. Le changement est inscrit au registre des actes.
            </p>
          </Notice>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <SelectField field={fields.organizationId} label="Nouveau CCAS pilote" options={others} empty="Choisir" />
            <TextField
              field={fields.basis}
              label="Acte qui le décide"
              hint="Par exemple : avenant n° 1 du 12 mars 2027"
            />
            <Button>Changer de CCAS pilote</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
