import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { addDays } from "~/domain/kernel/plain-date";
import { count, NBSP } from "~/documents/french";
import { parseRound, type RoundFields } from "~/features/action-plan/form";
import { roundMessage } from "~/features/action-plan/messages.fr";
import { findPlan } from "~/features/action-plan/plan-queries.server";
import { startRound } from "~/features/action-plan/review-commands.server";
import { findReviewRule, listReviewers } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { ReviewRuleSentence } from "~/ui/plan/review-rule";

export const meta: MetaFunction = () => [{ title: "Soumettre à la relecture du Département" }];

const USUAL_DAYS = 21;

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const plan = await findPlan(command.db, network.id, requireParam(args.params, "id"));
  if (!plan) throw notFound();
  const day = today(systemClock);
  return {
    ...{ root: `/reseaux/${network.slug}`, id: plan.id, year: plan.year, actKey: systemClock.newId() },
    ...{ actions: plan.content.actions.length, deadline: addDays(day, USUAL_DAYS) },
    rule: await findReviewRule(command.db, network.id),
    reviewers: (await listReviewers(command.db, network.id, day)).length,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const planId = requireParam(args.params, "id");
  const submission = parseRound(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const page = `/reseaux/${network.slug}/plan-d-actions/relectures/${submission.value.cle}`;
  const decision = await startRound(command, { planId, ...submission.value, address: `${getEnv().publicUrl}${page}` });
  if (!decision.ok) {
    if (decision.refusal.kind === "plan-unknown") throw notFound();
    const message = roundMessage(decision.refusal);
    const isDate = decision.refusal.kind === "deadline-too-near" || decision.refusal.kind === "deadline-too-far";
    const result = submission.reply(isDate ? { fieldErrors: { deadline: [message] } } : { formErrors: [message] });
    return data({ result }, { status: 409 });
  }
  return redirect(`${page}?fait=ouverte`, 303);
}

export default function OpenRoundPage() {
  const view = useLoaderData<typeof loader>();
  const { root, id, year, actKey } = view;
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RoundFields>({
    id: "relecture",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { deadline: view.deadline },
  });
  return (
    <Page
      title="Soumettre à la relecture du Département"
      lead={`Le plan ${year} est figé tel qu’il est (${count(view.actions, "action", "actions")}) et le Département donne un avis sur chaque action.`}
      crumbs={[{ label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions/plans/${id}` }]}
    >
      <PlanNav root={root} />
      <ReviewRuleSentence rule={view.rule} />
      <p>
        <Link to={`${root}/plan-d-actions/relectures#regle`}>Changer la règle</Link>
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField
          field={fields.deadline}
          label="Dernier jour pour répondre"
          type="date"
          hint="Un avis donné ce jour-là est dans les temps."
          data-width="short"
        />
        <TextArea field={fields.message} label="Message au Département" optional rows={4} />
        <p>
          {view.reviewers === 0
            ? "Personne ne siège aujourd’hui pour le Département : aucun courriel ne partira."
            : `${count(view.reviewers, "personne sera prévenue", "personnes seront prévenues")} par courriel. L’ouverture est inscrite au registre${NBSP}; elle ne se reprend pas.`}
        </p>
        <Button>Ouvrir la relecture</Button>
      </Form>
    </Page>
  );
}
