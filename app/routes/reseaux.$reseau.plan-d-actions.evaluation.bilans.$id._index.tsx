import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { reportTitle } from "~/documents/action-plan";
import { SCORE_LABELS } from "~/documents/action-plan-words";
import { count, formatDate } from "~/documents/french";
import { endReport } from "~/features/action-plan/evaluation-commands.server";
import { findReport } from "~/features/action-plan/evaluation-queries.server";
import { closeMessage } from "~/features/action-plan/messages.fr";
import { composeYearReport } from "~/features/action-plan/report.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { DocumentView } from "~/ui/document-view";
import { Button } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.title ?? "Bilan" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const report = await findReport(command.db, network.id, requireParam(args.params, "id"));
  if (!report) throw notFound();
  const document =
    report.closed?.document ?? (await composeYearReport(command.db, network.id, report, today(systemClock), false));
  return {
    ...{ root: `/reseaux/${network.slug}`, id: report.id, title: reportTitle(report), document },
    closedOn: report.closed?.on ?? null,
    criteria: report.criteria.map(({ key, label }) => ({ key, label, score: report.current.get(key)?.score ?? null })),
    mayConduct: can(viewer, "evaluation.conduct", { networkId: network.id }),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

const DONE: Readonly<Record<string, string>> = {
  critere: "Le critère est renseigné.",
  clos: "Le bilan est clos : il est gardé tel qu’il se lit aujourd’hui.",
};

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "evaluation.conduct");
  const reportId = requireParam(args.params, "id");
  const decision = await endReport(command, reportId);
  if (!decision.ok) {
    if (decision.refusal.kind === "report-unknown") throw notFound();
    return data({ refusal: closeMessage(decision.refusal) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/evaluation/bilans/${reportId}?fait=clos`, 303);
}

export default function ReportPage() {
  const { root, id, title, document, closedOn, criteria, mayConduct, done } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const here = `${root}/plan-d-actions/evaluation/bilans/${id}`;
  const empty = criteria.filter(({ score }) => score === null).length;
  return (
    <Page
      title={title}
      lead={
        closedOn === null
          ? `Rédigé à partir de ce qui est noté. ${empty === 0 ? "Chaque critère est renseigné." : `${count(empty, "critère reste vide", "critères restent vides")}.`}`
          : `Clos le ${formatDate(closedOn)}.`
      }
      crumbs={[{ label: "Évaluation et bilans", to: `${root}/plan-d-actions/evaluation` }]}
    >
      <PlanNav root={root} />
      {answered && (
        <Notice tone="missed" role="alert" title="Le bilan n’est pas clos">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {mayConduct && closedOn === null && (
        <div className="screen-only">
          <Section title="Critères à renseigner">
            <ul className="deliverables">
              {criteria.map(({ key, label, score }) => (
                <li key={key}>
                  <Link to={`${here}/criteres/${key}`}>{label}</Link>{" "}
                  {score === null ? (
                    <Tag tone="pending">Vide</Tag>
                  ) : (
                    <Tag tone="reached">
                      {score} sur 4, {SCORE_LABELS[score].toLowerCase()}
                    </Tag>
                  )}
                </li>
              ))}
            </ul>
            <details>
              <summary>Clore le bilan</summary>
              <p>Le bilan est gardé tel qu’il se lit aujourd’hui, avec ses chiffres. Il ne change plus.</p>
              <Form method="post">
                <Button>Clore le bilan</Button>
              </Form>
            </details>
          </Section>
        </div>
      )}
      {document === null ? <p>Cette année n’a plus de plan.</p> : <DocumentView document={document} />}
      <p className="row screen-only">
        <a href={`${here}.pdf`}>PDF</a>
      </p>
    </Page>
  );
}
