import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { DEFAULT_NOTICE_DAYS, RESOURCE_KINDS } from "~/domain/in-kind/booking";
import { offerResource } from "~/features/in-kind/commands.server";
import { parseOffer, type OfferFields } from "~/features/in-kind/form";
import { KIND_LABELS, offerMessage } from "~/features/in-kind/messages.fr";
import { actsForOwner, listSignatories } from "~/features/in-kind/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Proposer une salle ou du matériel" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "in-kind.offer");
  const [signatories, own] = await Promise.all([
    listSignatories(command.db, network.id),
    listOwnOrganizations(command.db, network.id, viewer, today(systemClock)),
  ]);
  return {
    root: `/reseaux/${network.slug}/salles-et-materiel`,
    actKey: systemClock.newId(),
    owners: signatories
      .filter(({ id }) => actsForOwner(viewer, network.id, own, id))
      .map(({ id, name }) => ({ value: id, label: name })),
    own: own.find((id) => signatories.some((signatory) => signatory.id === id)) ?? "",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "in-kind.offer");
  const submission = parseOffer(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await offerResource(command, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ fieldErrors: { organizationId: [offerMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/salles-et-materiel?fait=offre`, 303);
}

export default function OfferPage() {
  const { root, actKey, owners, own } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<OfferFields>({
    id: "offre",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { kind: "meeting-room", organizationId: own, noticeDays: String(DEFAULT_NOTICE_DAYS), unit: "heure" },
  });
  return (
    <Page
      title="Proposer une salle ou du matériel"
      lead="Un prêt gratuit au réseau. Sa valeur n’est donnée que pour mémoire : elle n’est jamais facturée."
      crumbs={[{ label: "Salles et matériel", to: root }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <SelectField field={fields.organizationId} label="CCAS qui prête" options={owners} empty="Choisir le CCAS" />
        <RadioField
          field={fields.kind}
          label="Nature"
          options={RESOURCE_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
        />
        <TextField
          field={fields.label}
          label="Nom"
          hint="Par exemple : salle de l’Isac, 40 places."
          autoComplete="off"
        />
        <TextField
          field={fields.noticeDays}
          label="Délai demandé avant l’usage, en jours"
          inputMode="numeric"
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.unit}
          label="Unité"
          hint="Heure, demi-journée, jour, utilisation."
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.unitValue}
          label="Valeur d’une unité, en euros"
          optional
          hint="Pour mémoire, jamais facturée."
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.valueBasis}
          label="Fondement de la valeur"
          optional
          hint="Par exemple : tarif public de la salle, délibération du 12 mars."
          autoComplete="off"
        />
        <TextField
          field={fields.lentUntil}
          label="Dernier jour du prêt"
          optional
          type="date"
          hint="La fin de la convention, ou plus tôt. Après ce jour, aucune réservation n’est possible."
          data-width="short"
        />
        <Button>Ajouter au catalogue</Button>
      </Form>
    </Page>
  );
}
