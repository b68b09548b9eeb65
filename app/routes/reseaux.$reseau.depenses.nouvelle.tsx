import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { yearOf } from "~/domain/kernel/plain-date";
import { NBSP, NNBSP } from "~/documents/french";
import { AXIS_LABELS, tellBudgetLeft } from "~/documents/money-words";
import { loadBudgetYear } from "~/features/budget/queries.server";
import { requestExpense } from "~/features/expenses/commands.server";
import { parseRequestExpense, type RequestExpenseFields } from "~/features/expenses/form";
import { expenseMessage } from "~/features/expenses/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Demander une dépense" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.request");
  const date = today(systemClock);
  const { gauge, year } = await loadBudgetYear(command.db, network.id, { year: yearOf(date), date });
  return {
    ...{ root: `/reseaux/${network.slug}/depenses`, actKey: systemClock.newId(), year },
    ...{ remaining: gauge.remaining, proposed: gauge.proposed },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.request");
  const submission = parseRequestExpense(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await requestExpense(command, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ formErrors: decision.refusal.map(expenseMessage) });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/depenses/${decision.value.expenseId}?fait=demande`, 303);
}

export default function RequestExpensePage() {
  const { root, actKey, year, remaining, proposed } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RequestExpenseFields>({
    id: "depense",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { axis: "inter-ccas" },
  });
  return (
    <Page
      title="Demander une dépense"
      lead="La demande sera inscrite à l’ordre du jour d’une séance, puis soumise au vote du comité. Les justificatifs se joignent ensuite."
      crumbs={[{ label: "Dépenses", to: root }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField
          field={fields.object}
          label="Objet"
          hint="Ce que l’on achète, en une ligne. Dépenses de fonctionnement seulement (convention, art. 4.1)."
        />
        <TextField field={fields.supplier} label="Fournisseur" />
        <TextField
          field={fields.amount}
          label="Montant TTC, en euros"
          hint={`Par exemple${NBSP}: 1${NNBSP}234,56. ${tellBudgetLeft({ year, remaining, proposed })}`}
          inputMode="decimal"
          autoComplete="off"
          data-width="short"
        />
        <RadioField
          field={fields.axis}
          label="Axe de la convention"
          options={EXPENSE_AXES.map((axis) => ({ value: axis, label: AXIS_LABELS[axis] }))}
        />
        <TextArea
          field={fields.justification}
          label="Justification"
          optional
          hint="Pourquoi cette dépense, pour qui, et comment le prix a été comparé. Mise en forme Markdown."
          rows={8}
        />
        <Button>Demander la dépense</Button>
      </Form>
    </Page>
  );
}
