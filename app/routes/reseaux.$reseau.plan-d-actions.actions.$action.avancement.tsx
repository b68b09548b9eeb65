import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { deriveProgress, type Evidence } from "~/domain/action-plan/progress";
import { yearOf } from "~/domain/kernel/plain-date";
import { NBSP } from "~/documents/french";
import { parseProgress, type ProgressFields } from "~/features/action-plan/form";
import { progressMessage } from "~/features/action-plan/messages.fr";
import { currentPlan, listPlans, listProgress } from "~/features/action-plan/plan-queries.server";
import { decideProgress, recordProgress } from "~/features/action-plan/progress-commands.server";
import { addDocument } from "~/features/documents/commands.server";
import { documentMessage } from "~/features/documents/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ACCEPTED_FILES, FILE_HINT } from "~/ui/documents";
import { ActKey, Button, ErrorSummary, RadioField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { CheckGroup } from "~/ui/plan/check-group";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Avancement : ${view.title}` : "Avancement" },
];

function readYear(request: Request): number {
  const asked = new URL(request.url).searchParams.get("annee") ?? "";
  return /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today(systemClock));
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.progress");
  const key = requireParam(args.params, "action");
  const year = readYear(args.request);
  const plan = currentPlan(await listPlans(command.db, network.id, year));
  const action = plan?.content.actions.find((each) => each.key === key);
  if (!plan || !action) throw notFound();
  const entries = (await listProgress(command.db, network.id, year)).filter(({ actionKey }) => actionKey === key);
  const { deliveredKeys } = deriveProgress(action, entries, today(systemClock));
  return {
    ...{ root: `/reseaux/${network.slug}`, year, key, title: action.title, actKey: systemClock.newId() },
    remaining: action.deliverables
      .filter((each) => !deliveredKeys.has(each.key))
      .map((each) => ({ value: each.key, label: each.label })),
    indicators: action.indicators,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.progress");
  const actionKey = requireParam(args.params, "action");
  const year = readYear(args.request);
  const submission = parseProgress(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, state, note, delivered, readings, evidence, file, title, visibility } = submission.value;
  const entry = { cle, year, actionKey, state, note, delivered, readings };
  const hasFile = file !== undefined && file.size > 0;
  const document: Evidence = {
    ...{ kind: "document", documentId: `${cle}-d`.slice(-64) },
    title: title === "" && file !== undefined ? file.name : title,
  };
  const all = hasFile ? [document, ...evidence] : evidence;
  const decision = await decideProgress(command.db, command, { ...entry, evidence: all });
  if (!decision.ok) {
    if (decision.refusal.kind === "action-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [progressMessage(decision.refusal)] }) }, { status: 409 });
  }
  if (hasFile && document.kind === "document") {
    const added = await addDocument(command, {
      ...{ key: document.documentId, fileName: file.name, title, visibility, target: { kind: "evidence" } },
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
    if (!added.ok) {
      const result = submission.reply({ fieldErrors: { file: [documentMessage(added.refusal)] } });
      return data({ result }, { status: 409 });
    }
  }
  const recorded = await recordProgress(command, { ...entry, evidence: all });
  if (!recorded.ok)
    return data({ result: submission.reply({ formErrors: [progressMessage(recorded.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/plan-d-actions/actions/${actionKey}?annee=${year}&fait=avancement`, 303);
}

export default function ProgressPage() {
  const { root, year, key, title, actKey, remaining, indicators } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ProgressFields>({
    id: "avancement",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ state: "in-progress", visibility: "members" },
      readings: indicators.map(({ key: indicatorKey }) => ({ indicatorKey, value: "" })),
    },
  });
  return (
    <Page
      title="Noter l’avancement"
      lead={title}
      crumbs={[
        { label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions?annee=${year}` },
        { label: "Action", to: `${root}/plan-d-actions/actions/${key}?annee=${year}` },
      ]}
    >
      <PlanNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" encType="multipart/form-data" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <RadioField
          field={fields.state}
          label="Où en est l’action"
          options={[
            { value: "in-progress", label: "En cours" },
            { value: "done", label: "Réalisée", hint: "Tous ses livrables sont remis, preuves à l’appui." },
            { value: "abandoned", label: "Abandonnée", hint: "La note dit pourquoi." },
          ]}
        />
        <TextArea field={fields.note} label="Ce qui a avancé" rows={4} optional />
        <CheckGroup
          field={fields.delivered}
          legend="Livrables remis aujourd’hui"
          hint="Ce qui est remis se prouve : joignez au moins une preuve plus bas."
          options={remaining}
        />
        {indicators.length > 0 && <h2>Relevés</h2>}
        {fields.readings.getFieldList().map((row, index) => {
          const reading = row.getFieldset();
          const indicator = indicators[index];
          if (indicator === undefined) return null;
          return (
            <div key={row.key}>
              <input type="hidden" name={reading.indicatorKey.name} defaultValue={indicator.key} />
              <TextField
                field={reading.value}
                label={indicator.unit === "" ? indicator.label : `${indicator.label} (${indicator.unit})`}
                inputMode="decimal"
                optional
                data-width="short"
              />
            </div>
          );
        })}
        <h2>Preuves</h2>
        <TextField field={fields.file} label="Document" type="file" accept={ACCEPTED_FILES} hint={FILE_HINT} optional />
        <TextField field={fields.title} label="Titre du document" optional />
        <RadioField
          field={fields.visibility}
          label="Qui peut lire ce document"
          options={[
            { value: "members", label: "Les membres du réseau" },
            { value: "public", label: "Tout le monde" },
          ]}
        />
        <TextField
          field={fields.link}
          label="Adresse d’une page"
          type="url"
          hint={`Par exemple${NBSP}: https://www.exemple.fr/guide`}
          optional
        />
        <TextField
          field={fields.reference}
          label="Pièce gardée ailleurs"
          hint="Sa référence et où elle se trouve."
          optional
        />
        <Button>Noter l’avancement</Button>
      </Form>
    </Page>
  );
}
