import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { yearOf } from "~/domain/kernel/plain-date";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { engage } from "~/features/spending/commands.server";
import { parseEngage, type EngageFields } from "~/features/spending/form";
import { engageMessage } from "~/features/spending/messages.fr";
import { findSpendingFacts, listEngagementChoices } from "~/features/spending/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Engager la dépense" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.engage");
  const id = requireParam(args.params, "id");
  const found = await findSpendingFacts(command.db, network.id, id);
  if (!found) throw notFound();
  const { object, amount, validation, awaitsRatification, axis, engagement } = found;
  const date = today(systemClock);
  const year = yearOf(validation?.decidedOn ?? date);
  return {
    ...{ id, object, amount, validation, awaitsRatification, date },
    isEngaged: engagement !== null,
    root: `/reseaux/${network.slug}`,
    choices: await listEngagementChoices(command.db, network.id, { axis, year, date }),
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.engage");
  const id = requireParam(args.params, "id");
  const submission = parseEngage(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await engage(command, id, submission.value);
  if (!decision.ok) {
    if (decision.refusal.kind === "expense-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [engageMessage(decision.refusal)] }) }, { status: 409 });
  }
  const done = decision.value.aboveCeilingBy > 0 ? "engagement-depassement" : "engagement";
  return redirect(`/reseaux/${network.slug}/depenses/${id}?fait=${done}`, 303);
}

export default function EngagePage() {
  const { root, id, object, amount, validation, awaitsRatification, isEngaged, choices, date, actKey } =
    useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EngageFields>({
    id: "engagement",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      amount: (amount / 100).toFixed(2).replace(".", ","),
      engagedOn: date,
    },
  });
  return (
    <Page
      title="Engager la dépense"
      lead={`${object}${NBSP}: ${
        validation === null
          ? "le comité n’a pas validé cette dépense."
          : `${formatCents(amount)} validés le ${formatDate(validation.decidedOn)}, décision n°${NBSP}${validation.decisionNumber}.`
      }`}
      crumbs={[
        { label: "Dépenses", to: `${root}/depenses` },
        { label: object, to: `${root}/depenses/${id}` },
      ]}
    >
      {(validation === null || awaitsRatification || isEngaged) && (
        <Notice tone="missed" title="Cette dépense ne peut pas être engagée">
          <p>
            {engageMessage({
              kind: validation === null ? "not-validated" : isEngaged ? "already-engaged" : "awaits-ratification",
            })}
          </p>
        </Notice>
      )}
      {choices.accounts.length === 0 && (
        <Notice tone="pending" title="Aucun compte d’imputation">
          <p>
            Ajoutez d’abord les comptes du réseau à la <Link to={`${root}/budget/comptes`}>liste des comptes</Link>.
          </p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField
          field={fields.amount}
          label="Montant engagé TTC, en euros"
          hint={`Au plus ${formatCents(amount)}, le montant soumis au comité.`}
          inputMode="decimal"
          autoComplete="off"
          data-width="short"
        />
        <SelectField
          field={fields.account}
          label="Compte d’imputation"
          hint="Aucun compte n’est retenu par défaut. Un compte non vérifié est à confirmer avec le comptable."
          empty="Choisir un compte"
          options={choices.accounts.map(({ code, label, verifiedBy }) => ({
            value: code,
            label: `${code} ${label}${verifiedBy === null ? " (à vérifier avec le comptable)" : ""}`,
          }))}
        />
        {choices.lines.length > 0 && (
          <SelectField
            field={fields.budgetLineId}
            label="Ligne du budget"
            optional
            empty="Aucune"
            options={choices.lines.map((line) => ({ value: line.id, label: line.label }))}
          />
        )}
        <TextField
          field={fields.reference}
          label="Référence de l’engagement"
          hint="Bon de commande ou numéro d’engagement du CCAS pilote."
        />
        <TextField field={fields.engagedOn} label="Engagée le" type="date" data-width="short" />
        <p>
          L’engagement entre au registre et ne se reprend pas{NBSP}: les factures ne pourront pas dépasser ce montant.
        </p>
        <Button>Engager la dépense</Button>
      </Form>
    </Page>
  );
}
