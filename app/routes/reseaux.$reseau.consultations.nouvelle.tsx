import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { addDays } from "~/domain/kernel/plain-date";
import { count, formatCents, formatDate } from "~/documents/french";
import { openConsultation } from "~/features/votes/consultations.server";
import { parseOpenConsultation, type OpenConsultationFields } from "~/features/votes/form";
import { openConsultationMessage } from "~/features/votes/messages.fr";
import { findConsultationToOpen } from "~/features/votes/queries.server";
import { systemClock } from "~/services/clock.server";
import { getEnv } from "~/services/env.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ouvrir une consultation écrite" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "consultation.open");
  const { rules, today, expenses } = await findConsultationToOpen(command.db, systemClock, network.id);
  return {
    root: `/reseaux/${network.slug}/consultations`,
    actKey: systemClock.newId(),
    rules,
    expenses,
    firstDay: addDays(today, rules.minimumDays),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "consultation.open");
  const submission = parseOpenConsultation(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const address = `${getEnv().publicUrl}/reseaux/${network.slug}`;
  const decision = await openConsultation(command, submission.value, address);
  if (!decision.ok) {
    const message = [openConsultationMessage(decision.refusal)];
    const result =
      decision.refusal === "deadline-too-short"
        ? submission.reply({ fieldErrors: { deadline: message } })
        : submission.reply({ formErrors: message });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/consultations/${decision.value.pollId}?fait=ouverte`, 303);
}

export default function OpenConsultationPage() {
  const { root, actKey, rules, expenses, firstDay } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<OpenConsultationFields>({
    id: "consultation",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { deadline: firstDay },
  });
  return (
    <Page
      title="Ouvrir une consultation écrite"
      lead="Chaque titulaire reçoit la question par courriel et répond depuis son compte ; le vote est public."
      crumbs={[{ label: "Consultations écrites", to: root }]}
    >
      {!rules.allowed && (
        <Notice tone="missed" title="Le règlement ne l’admet pas">
          <p>Le règlement de fonctionnement n’admet pas la consultation écrite : inscrivez la question à une séance.</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <SelectField
          field={fields.expenseId}
          label="Dépense à valider"
          optional
          empty="Aucune : une autre question"
          options={expenses.map((expense) => ({
            value: expense.id,
            label: `${expense.object}, ${formatCents(expense.amount)}, ${expense.supplier}`,
          }))}
        />
        <TextField
          field={fields.title}
          label="Question mise aux voix"
          optional
          hint="Pour une dépense, son objet suffit si vous laissez ce champ vide."
        />
        <TextArea field={fields.body} label="Explications" optional hint="Mise en forme Markdown." rows={6} />
        <TextField
          field={fields.deadline}
          label="Dernier jour pour répondre"
          type="date"
          min={firstDay}
          data-width="short"
          hint={`Le règlement demande ${count(rules.minimumDays, "jour", "jours")} au moins${"\u00a0"}: à partir du ${formatDate(firstDay)}. On répond jusqu’à 23${"\u00a0"}h${"\u00a0"}59 ce jour-là.`}
        />
        <p className="hint">Une fois ouverte, la question ne change plus.</p>
        <Button>Ouvrir et prévenir les titulaires</Button>
      </Form>
    </Page>
  );
}
