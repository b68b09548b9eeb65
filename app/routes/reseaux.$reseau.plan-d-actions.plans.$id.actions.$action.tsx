import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { asksForInclusion, MARKERS, type PlannedAction } from "~/domain/action-plan/plan";
import { formatReading, MARKER_LABELS } from "~/documents/action-plan-words";
import { NBSP } from "~/documents/french";
import { BLANK_ROWS, parseAction, type ActionFields } from "~/features/action-plan/form";
import { actionMessage } from "~/features/action-plan/messages.fr";
import { dropAction, fingerprintOf, writeAction } from "~/features/action-plan/plan-commands.server";
import { findPlan, listOrganizations } from "~/features/action-plan/plan-queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import {
  Button,
  CheckboxField,
  ErrorSummary,
  RadioField,
  SelectField,
  TextArea,
  TextField,
  seenVersion,
} from "~/ui/forms";
import { Page } from "~/ui/page";
import { CheckGroup } from "~/ui/plan/check-group";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view && !view.isNew ? `Modifier l’action : ${view.title}` : "Nouvelle action" },
];

/** « nouvelle » in the address of one that is not written yet. */
const NEW = "nouvelle";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const plan = await findPlan(command.db, network.id, requireParam(args.params, "id"));
  if (!plan) throw notFound();
  const root = `/reseaux/${network.slug}`;
  if (plan.standing === "adopted" || plan.standing === "voting")
    throw redirect(`${root}/plan-d-actions/plans/${plan.id}`);
  const key = requireParam(args.params, "action");
  const action = plan.content.actions.find((each) => each.key === key) ?? null;
  if (action === null && key !== NEW) throw notFound();
  const { content } = plan;
  const organizations = await listOrganizations(command.db, network.id);
  const theme = new URL(args.request.url).searchParams.get("theme") ?? "";
  return {
    ...{ root, id: plan.id, year: plan.year, isNew: action === null },
    title: action === null ? "Nouvelle action" : action.title,
    fingerprint: fingerprintOf(action),
    fields: toFields(action, systemClock.newId, theme),
    themes: content.themes.map(({ key: value, label }) => ({ value, label })),
    objectives: content.objectives.map(({ key: value, label }) => ({ value, label })),
    programme: content.programme.map(({ key: value, label }) => ({ value, label })),
    owners: organizations.map(({ id, name }) => ({ value: id, label: name })),
    mustSayInclusion: asksForInclusion(content.frame),
  };
}

/** As a person would type it. */
function toFields(action: PlannedAction | null, newId: () => string, theme: string) {
  const blankDeliverables = Array.from({ length: BLANK_ROWS }, () => ({ key: newId(), label: "", dueOn: "" }));
  const blankIndicators = Array.from({ length: BLANK_ROWS }, () => ({ key: newId(), label: "", unit: "", target: "" }));
  return {
    ...{ key: action?.key ?? newId(), themeKey: action?.themeKey ?? theme, title: action?.title ?? "" },
    ...{ objective: action?.objective ?? "", ownerId: action?.owner?.organizationId ?? "" },
    ...{ office: action?.owner?.office ?? "", partners: action?.partners ?? "", territory: action?.territory ?? "" },
    budget:
      action === null || action.budget === null
        ? ""
        : `${Math.floor(action.budget / 100)},${String(action.budget % 100).padStart(2, "0")}`,
    ...{ startsOn: action?.startsOn ?? "", endsOn: action?.endsOn ?? "" },
    ...{ objectiveKeys: [...(action?.objectiveKeys ?? [])], programmeKeys: [...(action?.programmeKeys ?? [])] },
    markers: [...(action?.markers ?? [])],
    inclusion: action?.inclusion ? (action.inclusion.concerns ? ("yes" as const) : ("no" as const)) : undefined,
    inclusionHow: action?.inclusion?.how ?? "",
    deliverables: [
      ...(action?.deliverables ?? []).map(({ key, label, dueOn }) => ({ key, label, dueOn: dueOn ?? "" })),
      ...blankDeliverables,
    ],
    indicators: [
      ...(action?.indicators ?? []).map(({ key, label, unit, target }) => ({
        ...{ key, label, unit, target: target === null ? "" : formatReading(target) },
      })),
      ...blankIndicators,
    ],
    isInternal: action?.isInternal ? ("on" as const) : undefined,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const planId = requireParam(args.params, "id");
  const actionKey = requireParam(args.params, "action");
  const page = `/reseaux/${network.slug}/plan-d-actions/plans/${planId}`;
  const form = await args.request.formData();
  if (form.get("acte") === "retirer") {
    const decision = await dropAction(command, { planId, actionKey });
    if (decision.ok) return redirect(`${page}?fait=retiree`, 303);
    if (decision.refusal.kind === "plan-unknown" || decision.refusal.kind === "action-unknown") throw notFound();
    return data({ result: null, refusal: actionMessage(decision.refusal) }, { status: 409 });
  }
  const submission = parseAction(form);
  if (submission.status !== "success") return data({ result: submission.reply(), refusal: null }, { status: 400 });
  const decision = await writeAction(command, { planId, ...submission.value });
  if (!decision.ok) {
    if (decision.refusal.kind === "plan-unknown") throw notFound();
    const result = submission.reply({ formErrors: [actionMessage(decision.refusal)] });
    return data({ result, refusal: null }, { status: 409 });
  }
  const again =
    form.get("suite") === "lignes" ? `${page}/actions/${submission.value.action.key}` : `${page}?fait=action`;
  return redirect(again, 303);
}

export default function ActionEditor() {
  const view = useLoaderData<typeof loader>();
  const { root, id, year, isNew, title } = view;
  const answered = useActionData<typeof action>();
  const lastResult = answered?.result;
  const [form, fields] = useForm<ActionFields>({
    id: "action",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: view.fields,
  });
  return (
    <Page
      title={isNew ? `Nouvelle action du plan ${year}` : title}
      lead="Une action peut être enregistrée incomplète ; la relecture et le vote attendent qu’elle ne le soit plus."
      crumbs={[{ label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions/plans/${id}` }]}
    >
      <PlanNav root={root} />
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="known" defaultValue={seenVersion(lastResult, "known", view.fingerprint)} />
        <input type="hidden" name="key" defaultValue={String(fields.key.initialValue ?? "")} />
        <TextField field={fields.title} label="Intitulé de l’action" />
        <SelectField field={fields.themeKey} label="Thème" empty="Choisir" options={view.themes} />
        <TextArea field={fields.objective} label="Ce qui est visé" optional rows={4} />
        <h2>Qui</h2>
        <SelectField
          field={fields.ownerId}
          label="Organisme qui porte l’action"
          empty="À désigner"
          options={view.owners}
        />
        <TextField
          field={fields.office}
          label="Fonction responsable"
          hint="Une fonction, jamais le nom d’une personne."
          autoComplete="off"
        />
        <TextField field={fields.partners} label="Partenaires" optional />
        <TextField field={fields.territory} label="Territoire" optional />
        <h2>Quand et combien</h2>
        <TextField field={fields.startsOn} label="Début" type="date" optional data-width="short" />
        <TextField field={fields.endsOn} label="Échéance" type="date" data-width="short" />
        <TextField
          field={fields.budget}
          label="Budget, en euros"
          hint={`0 pour une action sans dépense${NBSP}; vide tant qu’elle n’est pas chiffrée.`}
          inputMode="decimal"
          autoComplete="off"
          data-width="short"
          optional
        />
        <h2>À quoi elle sert</h2>
        <CheckGroup field={fields.objectiveKeys} legend="Objectifs de la convention" options={view.objectives} />
        <CheckGroup field={fields.programmeKeys} legend="Lignes du programme" options={view.programme} columns />
        <CheckGroup
          field={fields.markers}
          legend="Repères transversaux"
          options={MARKERS.map((marker) => ({ value: marker, label: MARKER_LABELS[marker] }))}
          columns
        />
        <RadioField
          field={fields.inclusion}
          label={`Inclusion des personnes en situation de handicap${view.mustSayInclusion ? "" : " (facultatif)"}`}
          options={[
            { value: "yes", label: "L’action la prend en compte" },
            { value: "no", label: "L’action n’est pas concernée" },
          ]}
        />
        <TextArea field={fields.inclusionHow} label="Comment, ou pourquoi" optional rows={2} />
        <h2>Livrables</h2>
        <p className="hint">Ce qui sera remis, avec sa date. Pour en enlever un, videz son nom.</p>
        {fields.deliverables.getFieldList().map((row, index) => {
          const deliverable = row.getFieldset();
          return (
            <fieldset key={row.key} className="plan-row">
              <legend>Livrable {index + 1}</legend>
              <input
                type="hidden"
                name={deliverable.key.name}
                defaultValue={String(deliverable.key.initialValue ?? "")}
              />
              <TextField field={deliverable.label} label="Ce qui est remis" optional />
              <TextField field={deliverable.dueOn} label="Pour le" type="date" optional data-width="short" />
            </fieldset>
          );
        })}
        <h2>Indicateurs</h2>
        {fields.indicators.getFieldList().map((row, index) => {
          const indicator = row.getFieldset();
          return (
            <fieldset key={row.key} className="plan-row">
              <legend>Indicateur {index + 1}</legend>
              <input type="hidden" name={indicator.key.name} defaultValue={String(indicator.key.initialValue ?? "")} />
              <TextField field={indicator.label} label="Ce qui est mesuré" optional />
              <TextField field={indicator.unit} label="Unité" optional data-width="short" />
              <TextField field={indicator.target} label="Cible" optional inputMode="decimal" data-width="short" />
            </fieldset>
          );
        })}
        <CheckboxField
          field={fields.isInternal}
          label="Action interne"
          hint="Elle n’apparaît pas sur la page publique du plan."
        />
        <div className="row">
          <Button>Enregistrer l’action</Button>
          <Button look="quiet" name="suite" value="lignes">
            Enregistrer et ajouter des lignes
          </Button>
        </div>
      </Form>
      {!isNew && (
        <details className="section">
          <summary>Retirer cette action</summary>
          <p>L’action sort de cette version du plan. Ce qui a été noté de son avancement reste au registre.</p>
          <Form method="post">
            <input type="hidden" name="acte" value="retirer" />
            <Button look="danger">Retirer l’action du plan {year}</Button>
          </Form>
        </details>
      )}
    </Page>
  );
}
