import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { endNetwork } from "~/domain/handover/closing";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { count, formatDate } from "~/documents/french";
import { closeNetwork } from "~/features/handover/commands.server";
import { endSchema, parseForm, type EndFields } from "~/features/handover/form";
import { closingMessage } from "~/features/handover/messages.fr";
import { countRunning } from "~/features/handover/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ButtonLink, ErrorSummary, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Fin du réseau" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "archive.read");
  const running = await countRunning(command.db, network.id);
  const day = today(systemClock);
  const decision = endNetwork(running, { onDate: day, today: day });
  return {
    root: `/reseaux/${network.slug}`,
    ...{ name: network.name, closedOn: network.closedOn, running, today: day, actKey: systemClock.newId() },
    obstacle: decision.ok ? null : closingMessage(decision.refusal),
    mayClose: can(viewer, "network.close", { networkId: network.id }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "network.close");
  const submission = parseForm(await args.request.formData(), endSchema(network.name));
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, onDate, basis } = submission.value;
  const decision = await closeNetwork(command, { key: cle, onDate: toPlainDate(onDate), basis });
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [closingMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/archive?fait=fin`, 303);
}

export default function NetworkEndPage() {
  const { root, name, closedOn, running, today: day, actKey, obstacle, mayClose } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EndFields>({
    id: "fin",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { onDate: day },
  });
  return (
    <Page
      title="Fin du réseau"
      lead={
        closedOn === null
          ? "Ce qu’il faut finir, ce qui se ferme, ce qui reste."
          : `Le réseau a pris fin le ${formatDate(closedOn)}.`
      }
      crumbs={[{ label: "Archive et passation", to: `${root}/archive` }]}
    >
      <Section title="Ce qui se passe" id="passe">
        <ul>
          <li>Le réseau passe en lecture seule : plus de séance, de vote, de dépense, ni de document.</li>
          <li>Les pages publiques restent : décisions, procès-verbaux, composition.</li>
          <li>Les membres lisent ce qu’ils lisaient ; l’archive et les extraits se produisent encore.</li>
          <li>Les dépenses engagées se règlent hors du portail ; ce qui reste à payer est écrit dans l’acte.</li>
          <li>Les originaux suivent les règles d’archives de chaque CCAS et du Département.</li>
        </ul>
      </Section>
      {closedOn === null && (
        <Section title="Avant" id="avant">
          <ol>
            <li>
              Tenir ou annuler les séances convoquées ({running.meetings}), clore les scrutins ouverts (
              {running.openPolls}).
            </li>
            <li>Régler ou remettre les factures à payer : {count(running.unpaidInvoices, "facture", "factures")}.</li>
            <li>
              <Link to={`${root}/archive`}>Produire l’archive</Link>, la confier à chaque CCAS, noter son empreinte.
            </li>
          </ol>
        </Section>
      )}
      {closedOn === null && obstacle !== null && (
        <Notice tone="missed" title="Pas encore possible">
          <p>{obstacle}</p>
        </Notice>
      )}
      {closedOn === null && mayClose && (
        <Section title="Mettre fin au réseau" id="terminer">
          <p>
            L’acte est inscrit au registre et <strong>ne se défait pas</strong>. Pour confirmer, recopiez le nom du
            réseau : « {name} ».
          </p>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={actKey} />
            <TextField field={fields.onDate} type="date" data-width="short" label="Dernier jour" max={day} />
            <TextField
              field={fields.basis}
              label="Acte qui le décide"
              hint="Échéance sans renouvellement, résiliation, dissolution…"
            />
            <TextField field={fields.name} label="Nom du réseau, recopié" autoComplete="off" />
            <div className="row">
              <Button look="danger">Mettre fin au réseau</Button>
              <ButtonLink to={`${root}/archive`} look="quiet">
                Ne rien changer
              </ButtonLink>
            </div>
          </Form>
        </Section>
      )}
      {closedOn === null && !mayClose && (
        <p className="soft">L’administration du portail enregistre la fin, sur l’acte qui la décide.</p>
      )}
    </Page>
  );
}
