import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { FRAMES } from "~/domain/action-plan/frames";
import { NBSP } from "~/documents/french";
import { BLANK_ROWS, parseThemes, type ThemesFields } from "~/features/action-plan/form";
import { themesMessage } from "~/features/action-plan/messages.fr";
import { writeThemes } from "~/features/action-plan/plan-commands.server";
import { findPlan } from "~/features/action-plan/plan-queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField, TextArea, TextField, seenVersion } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction = () => [{ title: "Axes et thèmes du plan" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const plan = await findPlan(command.db, network.id, requireParam(args.params, "id"));
  if (!plan) throw notFound();
  const root = `/reseaux/${network.slug}`;
  if (plan.standing === "adopted" || plan.standing === "voting")
    throw redirect(`${root}/plan-d-actions/plans/${plan.id}`);
  const { content } = plan;
  return {
    ...{ root, id: plan.id, year: plan.year, revision: plan.revision, presentation: content.presentation },
    source: FRAMES[content.frame].source,
    axes: [...content.axes, { key: systemClock.newId(), label: "" }],
    themes: [
      ...content.themes.map((theme) => ({ ...theme, withoutAction: theme.withoutAction ?? "" })),
      ...Array.from({ length: BLANK_ROWS }, () => ({
        ...{ key: systemClock.newId(), label: "", withoutAction: "", axisKey: content.axes[0]?.key ?? "" },
      })),
    ],
    counts: content.themes.map(
      ({ key }) => [key, content.actions.filter(({ themeKey }) => themeKey === key).length] as const,
    ),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const planId = requireParam(args.params, "id");
  const form = await args.request.formData();
  const submission = parseThemes(form);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await writeThemes(command, { planId, ...submission.value });
  if (!decision.ok) {
    if (decision.refusal.kind === "plan-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [themesMessage(decision.refusal)] }) }, { status: 409 });
  }
  const page = `/reseaux/${network.slug}/plan-d-actions/plans/${planId}`;
  return redirect(form.get("suite") === "lignes" ? `${page}/themes` : `${page}?fait=themes`, 303);
}

export default function ThemesPage() {
  const { root, id, year, revision, presentation, axes, themes, counts, source } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ThemesFields>({
    id: "themes",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { presentation, axes, themes, revision: String(revision) },
  });
  const used = new Map(counts);
  return (
    <Page
      title={`Axes et thèmes du plan ${year}`}
      lead={`Chaque thème a une action, ou dit pourquoi il n’en a pas cette année. Cadre de départ${NBSP}: ${source}.`}
      crumbs={[{ label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions/plans/${id}` }]}
    >
      <PlanNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="revision" defaultValue={seenVersion(lastResult, "revision", revision)} />
        <TextArea field={fields.presentation} label="Présentation du plan" optional rows={4} />
        <h2>Axes</h2>
        {fields.axes.getFieldList().map((row, index) => {
          const axis = row.getFieldset();
          return (
            <div key={row.key} className="plan-row">
              <input type="hidden" name={axis.key.name} defaultValue={String(axis.key.initialValue ?? "")} />
              <TextField field={axis.label} label={`Axe ${index + 1}`} optional />
            </div>
          );
        })}
        <h2>Thèmes</h2>
        <p className="hint">Pour enlever un thème sans action, videz son nom.</p>
        {fields.themes.getFieldList().map((row, index) => {
          const theme = row.getFieldset();
          const actions = used.get(String(theme.key.initialValue ?? "")) ?? 0;
          return (
            <fieldset key={row.key} className="plan-row">
              <legend>Thème {index + 1}</legend>
              <input type="hidden" name={theme.key.name} defaultValue={String(theme.key.initialValue ?? "")} />
              <TextField field={theme.label} label="Nom du thème" />
              <SelectField
                field={theme.axisKey}
                label="Axe"
                options={axes.filter(({ label }) => label !== "").map(({ key, label }) => ({ value: key, label }))}
              />
              {actions > 0 ? (
                <p className="hint">{actions === 1 ? "Une action" : `${actions} actions`} dans ce plan.</p>
              ) : (
                <TextArea field={theme.withoutAction} label="Sans action cette année, pourquoi" optional rows={2} />
              )}
            </fieldset>
          );
        })}
        <div className="row">
          <Button>Enregistrer les axes et les thèmes</Button>
          <Button look="quiet" name="suite" value="lignes">
            Enregistrer et en ajouter
          </Button>
        </div>
      </Form>
    </Page>
  );
}
