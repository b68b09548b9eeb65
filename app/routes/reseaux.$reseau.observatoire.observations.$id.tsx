import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatDate } from "~/documents/french";
import { readProse } from "~/documents/prose";
import { PARTNER_KINDS } from "~/domain/needs-analysis/observation";
import { THEMES } from "~/domain/observatory/indicator";
import { parseDecision } from "~/features/observatory/form";
import { decisionMessage, STANDING_LABELS } from "~/features/observatory/messages.fr";
import { decideObservation, listObservations } from "~/features/observatory/observations.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ProseView } from "~/ui/document-view";
import { ActKey, Button, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Definitions, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Décider qui lit l’observation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "observation.decide");
  const id = requireParam(args.params, "id");
  const found = (await listObservations(command.db, network.id, viewer)).find((one) => one.id === id);
  if (!found) throw notFound();
  return {
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
    on: formatDate(found.observedOn),
    partner: PARTNER_KINDS[found.partnerKind],
    theme: THEMES[found.theme],
    ...{ office: found.office, standing: found.standing, content: readProse(found.text) },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "observation.decide");
  const submission = parseDecision(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await decideObservation(command, requireParam(args.params, "id"), submission.value);
  if (!decision.ok) {
    if (decision.refusal === "observation-unknown") throw notFound();
    const field = decision.refusal === "reason-missing" ? "note" : "outcome";
    return data(
      { result: submission.reply({ fieldErrors: { [field]: [decisionMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  }
  return redirect(`/reseaux/${network.slug}/observatoire/observations?fait=decidee`);
}

type Fields = { readonly outcome: string; readonly note: string };

export default function DecideObservationPage() {
  const { root, actKey, on, partner, theme, office, standing, content } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<Fields>({ id: "decision", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Décider qui lit l’observation"
      lead={`Aujourd’hui : ${STANDING_LABELS[standing]}.`}
      crumbs={[{ label: "Observations", to: `${root}/observatoire/observations` }]}
    >
      <ObservatoryNav root={root} />
      <Definitions
        entries={[
          { term: "Date", detail: on },
          { term: "Partenaire", detail: `${partner} : ${office}` },
          { term: "Thème", detail: theme },
        ]}
      />
      <blockquote>
        <ProseView content={content} level={2} />
      </blockquote>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <RadioField
          field={fields.outcome}
          label="Qui peut la lire"
          options={[
            { value: "members", label: "Les membres du réseau" },
            { value: "public", label: "Tout le monde", hint: "Elle paraît aussitôt sur la page publique." },
            { value: "rejected", label: "Personne d’autre : elle n’est pas retenue" },
          ]}
        />
        <TextField field={fields.note} label="Motif" optional hint="Demandé quand l’observation n’est pas retenue." />
        <Button>Enregistrer la décision</Button>
      </Form>
    </Page>
  );
}
