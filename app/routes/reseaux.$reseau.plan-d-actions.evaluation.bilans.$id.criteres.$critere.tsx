import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { SCORES } from "~/domain/action-plan/evaluation";
import { reportTitle } from "~/documents/action-plan";
import { SCORE_LABELS } from "~/documents/action-plan-words";
import { scoreCriterion } from "~/features/action-plan/evaluation-commands.server";
import { findReport } from "~/features/action-plan/evaluation-queries.server";
import { parseScore, type ScoreFields } from "~/features/action-plan/form";
import { scoreMessage } from "~/features/action-plan/messages.fr";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, TextArea } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Critère : ${view.criterion.label}` : "Critère" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "evaluation.conduct");
  const report = await findReport(command.db, network.id, requireParam(args.params, "id"));
  const key = requireParam(args.params, "critere");
  const criterion = report?.criteria.find((each) => each.key === key);
  if (!report || !criterion) throw notFound();
  return {
    ...{ root: `/reseaux/${network.slug}`, id: report.id, title: reportTitle(report), criterion },
    ...{ current: report.current.get(key) ?? null, actKey: systemClock.newId() },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "evaluation.conduct");
  const reportId = requireParam(args.params, "id");
  const criterionKey = requireParam(args.params, "critere");
  const submission = parseScore(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await scoreCriterion(command, { reportId, criterionKey, ...submission.value });
  if (!decision.ok) {
    if (decision.refusal === "report-unknown" || decision.refusal === "criterion-unknown") throw notFound();
    const result = submission.reply({ fieldErrors: { narrative: [scoreMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/evaluation/bilans/${reportId}?fait=critere`, 303);
}

export default function CriterionPage() {
  const { root, id, title, criterion, current, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ScoreFields>({
    id: "critere",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { score: current === null ? "" : String(current.score), narrative: current?.narrative ?? "" },
  });
  return (
    <Page
      title={criterion.label}
      lead={criterion.question}
      crumbs={[
        { label: "Évaluation et bilans", to: `${root}/plan-d-actions/evaluation` },
        { label: title, to: `${root}/plan-d-actions/evaluation/bilans/${id}` },
      ]}
    >
      <PlanNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <RadioField
          field={fields.score}
          label="Note"
          options={SCORES.map((score) => ({
            value: String(score),
            label: `${score}, ${SCORE_LABELS[score].toLowerCase()}`,
          }))}
        />
        <TextArea
          field={fields.narrative}
          label="Appréciation"
          hint="Ce qui fonde la note : faits, exemples, limites."
          rows={8}
        />
        <Button>Renseigner le critère</Button>
      </Form>
    </Page>
  );
}
