import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { AGREED_CEILING } from "~/domain/budget/budget";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { formatCents, NBSP } from "~/documents/french";
import { AXIS_LABELS } from "~/documents/money-words";
import { writeForecast } from "~/features/budget/commands.server";
import { BLANK_ROWS, parseForecast, type ForecastFields } from "~/features/budget/form";
import { writeMessage } from "~/features/budget/messages.fr";
import { findBudgetVersion } from "~/features/budget/queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Modifier le prévisionnel" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "budget.draft");
  const found = await findBudgetVersion(command.db, network.id, requireParam(args.params, "id"));
  if (!found) throw notFound();
  const { version, fingerprint } = found;
  const root = `/reseaux/${network.slug}`;
  if (version.standing === "adopted" || version.standing === "voting")
    throw redirect(`${root}/budget/versions/${version.id}`);
  const blank = Array.from({ length: BLANK_ROWS }, () => ({
    id: systemClock.newId(),
    label: "",
    axis: "",
    amount: "",
  }));
  const written = version.lines.map(({ id, label, axis, amount }) => ({ id, label, axis, amount: inEuros(amount) }));
  return { root, fingerprint, id: version.id, year: version.year, note: version.note, lines: [...written, ...blank] };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "budget.draft");
  const budgetId = requireParam(args.params, "id");
  const form = await args.request.formData();
  const submission = parseForecast(form);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await writeForecast(command, { ...submission.value, budgetId });
  if (!decision.ok) {
    if (decision.refusal.kind === "unknown-budget") throw notFound();
    const result = submission.reply({ formErrors: [writeMessage(decision.refusal)] });
    return data({ result }, { status: 409 });
  }
  const page = `/reseaux/${network.slug}/budget/versions/${budgetId}`;
  return redirect(form.get("suite") === "lignes" ? `${page}/modifier` : `${page}?fait=ecrit`, 303);
}

/** As a person would type it. */
function inEuros(cents: number): string {
  return `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, "0")}`;
}

export default function EditForecastPage() {
  const { root, id, year, note, lines, fingerprint } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ForecastFields>({
    id: "previsionnel",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { note, lines, known: fingerprint },
  });
  return (
    <Page
      title={`Prévisionnel ${year}`}
      lead={`Une ligne par nature de dépense. La convention prévoit ${formatCents(AGREED_CEILING)} par an, révisables chaque année par le vote du comité (art.${NBSP}4.1)${NBSP}; dépenses de fonctionnement seulement.`}
      crumbs={[
        { label: `Budget ${year}`, to: `${root}/budget?annee=${year}` },
        { label: "Prévisionnel", to: `${root}/budget/versions/${id}` },
      ]}
    >
      <MoneyNav />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="known" defaultValue={fingerprint} />
        {fields.lines.getFieldList().map((row, index) => {
          const line = row.getFieldset();
          return (
            <fieldset className="forecast-line" key={row.key}>
              <legend>Ligne {index + 1}</legend>
              <input type="hidden" name={line.id.name} defaultValue={String(line.id.initialValue ?? "")} />
              <TextField field={line.label} label="Intitulé" />
              <SelectField
                field={line.axis}
                label="Axe"
                empty="Choisir"
                options={EXPENSE_AXES.map((axis) => ({ value: axis, label: AXIS_LABELS[axis] }))}
              />
              <TextField field={line.amount} label="Montant, en euros" inputMode="decimal" autoComplete="off" />
            </fieldset>
          );
        })}
        <p className="hint">Pour supprimer une ligne, videz son intitulé et son montant.</p>
        <TextArea
          field={fields.note}
          label="Note au comité"
          optional
          hint="Ce que le comité doit savoir avant de voter. Mise en forme Markdown."
          rows={5}
        />
        <div className="row">
          <Button>Enregistrer le prévisionnel</Button>
          <Button look="quiet" name="suite" value="lignes">
            Enregistrer et ajouter des lignes
          </Button>
        </div>
      </Form>
    </Page>
  );
}
