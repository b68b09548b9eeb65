import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { comparePlans, compareYears } from "~/domain/action-plan/changes";
import { listGaps, totalBudget } from "~/domain/action-plan/plan";
import { currentOpinions } from "~/domain/action-plan/review";
import { count, formatCents, formatDate, NBSP } from "~/documents/french";
import { gapMessage, publishMessage, STANDING_LABELS } from "~/features/action-plan/messages.fr";
import { publishPlan } from "~/features/action-plan/plan-commands.server";
import {
  currentPlan,
  findPlan,
  listOrganizations,
  listPlannedVotes,
  listPlans,
  listProgress,
  progressOf,
  toLines,
} from "~/features/action-plan/plan-queries.server";
import { describeRound } from "~/features/action-plan/report.server";
import { listRounds } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { AxisView } from "~/ui/plan/action-views";
import { ChangeList, summarizeChanges } from "~/ui/plan/plan-changes";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.title ?? "Plan d’actions" }];

const DONE: Readonly<Record<string, string>> = {
  ouvert: "La version est ouverte. Complétez ses thèmes et ses actions, puis soumettez-la à relecture et au vote.",
  reporte: "Le plan est reporté : les actions choisies sont reprises, leurs dates avancées d’un an.",
  action: "L’action est enregistrée.",
  retiree: "L’action est retirée de cette version.",
  themes: "Les axes et les thèmes sont enregistrés.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const { db } = command;
  const plan = await findPlan(db, network.id, requireParam(args.params, "id"));
  if (!plan) throw notFound();
  const day = today(systemClock);
  const versions = await listPlans(db, network.id, plan.year);
  const former = versions.findLast(({ version }) => version < plan.version) ?? null;
  const lastYear = currentPlan(await listPlans(db, network.id, plan.year - 1));
  const rounds = (await listRounds(db, network.id, { year: plan.year, today: day })).filter(
    ({ planId }) => planId === plan.id,
  );
  const lastRound = rounds.at(-1) ?? null;
  const organizations = await listOrganizations(db, network.id);
  const progress = progressOf(plan.content, await listProgress(db, network.id, plan.year), day);
  const opinions = currentOpinions(rounds.flatMap((round) => round.opinions));
  const meetings = await listPlannedVotes(db, network.id, plan.id);
  const isOpen = plan.standing === "draft" || plan.standing === "rejected";
  const may = can(viewer, "action-plan.draft", { networkId: network.id });
  return {
    ...{ root: `/reseaux/${network.slug}`, plan, meetings },
    title: `Plan d’actions ${plan.year}, ${plan.version === 1 ? "plan initial" : `révision n°${NBSP}${plan.version - 1}`}`,
    gaps: listGaps(plan.content).map((gap) => ({
      sentence: gapMessage(plan.content, gap),
      actionKey: "actionKey" in gap ? gap.actionKey : null,
    })),
    budget: totalBudget(plan.content),
    names: organizations.map(({ id, name }) => [id as string, name] as const),
    lines: toLines(plan.content, progress, organizations, new Set()).map((line) => ({
      ...line,
      opinion: opinions.get(line.key)?.opinion ?? null,
    })),
    comparisons: [
      ...(lastRound
        ? [
            {
              ...{ label: `Depuis la relecture n°${NBSP}${lastRound.rank}`, before: lastRound.snapshot },
              changes: comparePlans(lastRound.snapshot, plan.content),
            },
          ]
        : []),
      ...(former
        ? [
            {
              ...{ label: "Depuis la version précédente", before: former.content },
              changes: comparePlans(former.content, plan.content),
            },
          ]
        : []),
      ...(lastYear
        ? [
            {
              ...{ label: `Depuis le plan ${plan.year - 1}`, before: lastYear.content },
              changes: compareYears(lastYear.content, plan.content, 1),
            },
          ]
        : []),
    ],
    rounds: rounds.map((round) => ({ id: round.id, sentence: describeRound(round) })),
    may: { edit: may && isOpen, review: may, publish: may && plan.standing === "adopted" && plan.publishedOn === null },
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const planId = requireParam(args.params, "id");
  const decision = await publishPlan(command, planId);
  if (!decision.ok) {
    if (decision.refusal === "plan-unknown") throw notFound();
    return data({ refusal: publishMessage(decision.refusal) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions?fait=publie`, 303);
}

export default function PlanVersionPage() {
  const view = useLoaderData<typeof loader>();
  const { root, plan, gaps, may, comparisons, names } = view;
  const answered = useActionData<typeof action>();
  const here = `${root}/plan-d-actions/plans/${plan.id}`;
  const internal = plan.content.actions.filter(({ isInternal }) => isInternal).length;
  return (
    <Page
      title={view.title}
      lead={leadOf(view)}
      crumbs={[{ label: `Plan d’actions ${plan.year}`, to: `${root}/plan-d-actions?annee=${plan.year}` }]}
      actions={
        may.edit ? (
          <>
            <ButtonLink to={`${here}/actions/nouvelle`}>Ajouter une action</ButtonLink>
            <ButtonLink look="quiet" to={`${here}/themes`}>
              Axes et thèmes
            </ButtonLink>
          </>
        ) : undefined
      }
    >
      <PlanNav root={root} />
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {view.done !== null && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      <p>
        <Tag tone={plan.standing === "adopted" ? "reached" : plan.standing === "rejected" ? "missed" : "info"}>
          {STANDING_LABELS[plan.standing]}
        </Tag>{" "}
        {plan.decision && (
          <Link to={`${root}/decisions?annee=${plan.decision.decidedOn.slice(0, 4)}`}>
            décision n°{NBSP}
            {plan.decision.number}
          </Link>
        )}
      </p>
      {gaps.length > 0 && (
        <Notice
          tone="pending"
          title={`Il manque ${count(gaps.length, "élément", "éléments")} avant la relecture et le vote`}
        >
          <ul>
            {gaps.map(({ sentence, actionKey }) => (
              <li key={sentence}>
                {sentence}{" "}
                {may.edit && (
                  <Link to={actionKey === null ? `${here}/themes` : `${here}/actions/${actionKey}`}>Compléter</Link>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {may.edit && plan.content.actions.length > 0 && (
        <p className="soft screen-only">Ouvrez une action pour la modifier.</p>
      )}
      <AxisView
        year={plan.year}
        content={plan.content}
        lines={view.lines}
        actionPath={(key) =>
          may.edit ? `${here}/actions/${key}` : `${root}/plan-d-actions/actions/${key}?annee=${plan.year}`
        }
      />
      {comparisons.length > 0 && (
        <Section title="Ce qui a changé" id="changements">
          {comparisons.map(({ label, before, changes }) => (
            <details key={label}>
              <summary>
                {label}
                {NBSP}: {summarizeChanges(changes)}
              </summary>
              <ChangeList changes={changes} before={before} after={plan.content} names={names} />
            </details>
          ))}
        </Section>
      )}
      <Section title="Relecture et adoption" id="suite">
        {view.rounds.length > 0 && (
          <ul>
            {view.rounds.map(({ id, sentence }) => (
              <li key={id}>
                <Link to={`${root}/plan-d-actions/relectures/${id}`}>{sentence}</Link>
              </li>
            ))}
          </ul>
        )}
        {view.meetings.length > 0 && (
          <p>
            À l’ordre du jour{NBSP}:{" "}
            {view.meetings.map(({ id, title }) => (
              <Link key={id} to={`${root}/seances/${id}`}>
                {title}
              </Link>
            ))}
          </p>
        )}
        {plan.standing !== "adopted" && (
          <p>
            Le comité adopte le plan par un vote{NBSP}: inscrivez-le à l’ordre du jour d’une séance, type «{NBSP}
            Adoption du plan d’actions{NBSP}».
          </p>
        )}
        <div className="row screen-only">
          {may.review && gaps.length === 0 && (
            <ButtonLink look="quiet" to={`${here}/relecture`}>
              Soumettre à la relecture du Département
            </ButtonLink>
          )}
          <a href={`${root}/plan-d-actions/plans/${plan.id}.pdf`}>Cette version en PDF</a>
        </div>
        {may.publish && (
          <details className="screen-only">
            <summary>Publier ce plan</summary>
            <p>
              Chacun pourra lire ses axes, thèmes et actions, qui les porte, leur calendrier et leur état.{" "}
              {internal === 0
                ? "Aucune action n’est interne."
                : `${count(internal, "action interne reste", "actions internes restent")} entre membres.`}{" "}
              Les budgets, les notes, les pièces et les avis du Département restent entre membres. Cela ne se reprend
              pas.
            </p>
            <Form method="post">
              <Button>Publier le plan {plan.year}</Button>
            </Form>
          </details>
        )}
      </Section>
    </Page>
  );
}

function leadOf({ plan, budget }: ReturnType<typeof useLoaderData<typeof loader>>): string {
  const when =
    plan.decision === null
      ? `Préparé le ${formatDate(plan.createdOn)}`
      : `Adopté le ${formatDate(plan.decision.decidedOn)}`;
  return `${when}${NBSP}: ${count(plan.content.actions.length, "action", "actions")} sur ${count(plan.content.themes.length, "thème", "thèmes")}, ${formatCents(budget.total)} prévus${budget.notCosted === 0 ? "" : ` et ${count(budget.notCosted, "action non chiffrée", "actions non chiffrées")}`}.`;
}
