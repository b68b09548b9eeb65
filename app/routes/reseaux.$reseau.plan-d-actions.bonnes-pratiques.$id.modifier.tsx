import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { findPractice } from "~/features/action-plan/evaluation-queries.server";
import { parsePractice, type PracticeFields } from "~/features/action-plan/form";
import { practiceMessage } from "~/features/action-plan/messages.fr";
import { currentPlan, listPlans } from "~/features/action-plan/plan-queries.server";
import { writePractice } from "~/features/action-plan/practice-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField, seenVersion } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.card ? `Modifier la bonne pratique : ${view.card.title}` : "Rédiger une fiche de bonne pratique" },
];

/** « nouvelle » in the address of one that is not written yet. */
const NEW = "nouvelle";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "practice.write");
  const id = requireParam(args.params, "id");
  const card = id === NEW ? null : await findPractice(command.db, network.id, id);
  if (card === null && id !== NEW) throw notFound();
  const root = `/reseaux/${network.slug}`;
  if (card !== null && card.publishedOn !== null) throw redirect(`${root}/plan-d-actions/bonnes-pratiques/${id}`);
  const plan = currentPlan(await listPlans(command.db, network.id, yearOf(today(systemClock))));
  return {
    ...{ root, card, actKey: card?.id ?? systemClock.newId() },
    actions: (plan?.content.actions ?? []).map(({ key, title }) => ({ value: key, label: title })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "practice.write");
  const id = requireParam(args.params, "id");
  const form = await args.request.formData();
  const cle = String(form.get("cle") ?? "");
  const submission = parsePractice(form);
  if (submission.status !== "success" || !isId(cle)) return data({ result: submission.reply() }, { status: 400 });
  const { revision, actionKey, ...card } = submission.value;
  const practiceId = id === NEW ? cle : id;
  const decision = await writePractice(command, { practiceId, revision, actionKey: actionKey ?? null, card });
  if (!decision.ok) {
    if (decision.refusal === "practice-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [practiceMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/bonnes-pratiques/${practiceId}?fait=ecrite`, 303);
}

export default function PracticeEditor() {
  const { root, card, actions, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PracticeFields>({
    id: "fiche",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ title: card?.title ?? "", need: card?.need ?? "", done: card?.done ?? "", results: card?.results ?? "" },
      ...{ conditions: card?.conditions ?? "", contact: card?.contact ?? "", actionKey: card?.actionKey ?? "" },
    },
  });
  return (
    <Page
      title={card === null ? "Rédiger une fiche de bonne pratique" : card.title}
      lead="Des faits et des services, jamais la situation d’une personne."
      crumbs={[{ label: "Bonnes pratiques", to: `${root}/plan-d-actions/bonnes-pratiques` }]}
    >
      <PlanNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="revision" defaultValue={seenVersion(lastResult, "revision", card?.revision ?? 0)} />
        <TextField field={fields.title} label="Titre" />
        <SelectField field={fields.actionKey} label="Action du plan" empty="Aucune" options={actions} optional />
        <TextArea field={fields.need} label="Le besoin de départ" rows={4} optional />
        <TextArea field={fields.done} label="Ce qui a été fait" rows={5} optional />
        <TextArea field={fields.results} label="Les résultats" rows={4} optional />
        <TextArea
          field={fields.conditions}
          label="Pour faire pareil"
          hint="Moyens, durée, partenaires, pièges."
          rows={4}
          optional
        />
        <TextField
          field={fields.contact}
          label="Service à contacter"
          hint="Un service, jamais le nom d’une personne."
          optional
        />
        <Button>Enregistrer la fiche</Button>
      </Form>
    </Page>
  );
}
