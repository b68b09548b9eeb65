import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { recordHandover } from "~/features/handover/commands.server";
import { leadChangeSchema, parseForm, type LeadChangeFields } from "~/features/handover/form";
import { handoverMessage } from "~/features/handover/messages.fr";
import { listMembers, takeInventory } from "~/features/handover/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { Inventory } from "~/ui/library/inventory";
import { Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Changement de CCAS pilote" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "archive.read");
  const [members, inventory] = [await listMembers(command.db, network.id), await takeInventory(command.db, network.id)];
  return {
    root: `/reseaux/${network.slug}`,
    slug: network.slug,
    lead: members.find(({ isLead }) => isLead) ?? null,
    others: members.filter(({ isLead, kind }) => !isLead && kind === "signatory"),
    inventory,
    today: today(systemClock),
    actKey: systemClock.newId(),
    mayRecord: can(viewer, "handover.record", { networkId: network.id }),
    mayChangeLead: can(viewer, "network.change-lead", { networkId: network.id }) && network.closedOn === null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "handover.record");
  const submission = parseForm(await args.request.formData(), leadChangeSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, from, to, onDate, basis } = submission.value;
  const decision = await recordHandover(command, {
    ...{ kind: "lead-change", key: cle, fromOrganizationId: from, toOrganizationId: to },
    ...{ onDate: toPlainDate(onDate), basis },
  });
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [handoverMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/archive/passations/${decision.value.recordId}`, 303);
}

export default function LeadChangePage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<LeadChangeFields>({
    id: "remise",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { onDate: view.today, ...(view.lead ? { to: view.lead.organizationId } : {}) },
  });
  const here = `${view.root}/archive`;
  return (
    <Page
      title="Changement de CCAS pilote"
      lead={view.lead ? `Le pilote est aujourd’hui : ${view.lead.name}.` : undefined}
      crumbs={[{ label: "Archive et passation", to: here }]}
    >
      <Section title="Dans l’ordre" id="ordre">
        <ol>
          <li>
            Le comité et les conseils d’administration décident : le pilote est un élément de la convention, il change
            par avenant.
          </li>
          <li>
            Le pilote sortant <Link to={here}>produit l’archive</Link> et note sa dernière empreinte, que les autres
            membres notent aussi.
          </li>
          <li>
            L’administration du portail{" "}
            {view.mayChangeLead ? (
              <Link to={`/administration/reseaux/${view.slug}/pilote`}>enregistre le changement</Link>
            ) : (
              "enregistre le changement"
            )}{" "}
            : les rôles du secrétariat sortant prennent fin le jour même.
          </li>
          <li>Elle donne le rôle de secrétariat aux personnes du nouveau pilote.</li>
          <li>
            Les deux CCAS enregistrent ici la remise : la liste ci-dessous y est jointe, telle qu’elle est ce jour-là.
          </li>
          <li>
            Si le nouveau pilote héberge le portail lui-même, il reprend l’archive sur une installation vide : même
            registre, même empreinte.
          </li>
        </ol>
      </Section>
      <Section title="Ce qui est remis" id="inventaire">
        <Inventory inventory={view.inventory} />
      </Section>
      {view.mayRecord && view.lead && (
        <Section title="Enregistrer la remise" id="enregistrer">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={view.actKey} />
            <SelectField
              field={fields.from}
              label="CCAS qui remet"
              options={view.others.map(({ organizationId, name }) => ({ value: organizationId, label: name }))}
              empty="Choisir"
            />
            <SelectField
              field={fields.to}
              label="CCAS qui reçoit"
              options={[{ value: view.lead.organizationId, label: view.lead.name }]}
              hint="Le pilote d’aujourd’hui : le changement vient avant la remise."
            />
            <TextField field={fields.onDate} type="date" data-width="short" label="Date de la remise" />
            <TextField
              field={fields.basis}
              label="Acte qui le décide"
              hint="Par exemple : avenant n° 1 du 12 mars 2027"
            />
            <Button>Enregistrer la remise</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
