import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { orderActions } from "~/domain/action-plan/plan";
import { OPINION_LABELS, ROUND_LABELS, VISA_LABELS } from "~/documents/action-plan-words";
import { count, formatDate, formatLongDate, NBSP } from "~/documents/french";
import { listOrganizations } from "~/features/action-plan/plan-queries.server";
import { loadRound } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { ChangeList, summarizeChanges } from "~/ui/plan/plan-changes";
import { PlanNav } from "~/ui/plan/plan-nav";
import { ReviewRuleSentence } from "~/ui/plan/review-rule";
import { OPINION_TONES, ROUND_TONES, VISA_TONES } from "~/ui/plan/tones";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Relecture du plan ${view.year}` : "Relecture" },
];

const DONE: Readonly<Record<string, string>> = {
  ouverte: "La relecture est ouverte, le Département est prévenu.",
  avis: "L’avis est enregistré.",
  "avis-dernier": "L’avis est enregistré. Chaque action a le sien : il reste à donner le visa.",
  visa: "Le visa est enregistré. La relecture est achevée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const round = await loadRound(command.db, network.id, requireParam(args.params, "id"), today(systemClock));
  if (!round) throw notFound();
  const mayReview = round.mayAnswer && can(viewer, "action-plan.review", { networkId: network.id });
  const changed = new Set(
    (round.sinceLastRound ?? round.sinceLastYear)?.changes.actions.flatMap((change) =>
      change.kind === "removed" ? [] : [change.after.key],
    ) ?? [],
  );
  const themes = new Map(round.snapshot.themes.map(({ key, label }) => [key, label]));
  const owners = await listOrganizations(command.db, network.id);
  const names = new Map<string, string>(owners.map(({ id, name }) => [id, name]));
  return {
    ...{ root: `/reseaux/${network.slug}`, mayReview, year: round.year, rank: round.rank, id: round.id },
    ...{ standing: round.standing, deadline: round.deadline, openedOn: round.openedOn, tacitOn: round.tacitOn },
    ...{ rule: round.rule, visa: round.visa, message: round.message, planId: round.planId, snapshot: round.snapshot },
    ...{ sinceLastYear: round.sinceLastYear, sinceLastRound: round.sinceLastRound, given: round.current.size },
    names: [...names] as readonly (readonly [string, string])[],
    actions: orderActions(round.snapshot).map((action) => ({
      ...{ key: action.key, title: action.title, theme: themes.get(action.themeKey) ?? "" },
      owner: action.owner === null ? "À désigner" : (names.get(action.owner.organizationId) ?? "Organisme parti"),
      isChanged: changed.has(action.key),
      current: round.current.get(action.key) ?? null,
      former: round.formerOpinions.get(action.key) ?? null,
    })),
    silentThemes: round.snapshot.themes.filter(
      ({ key, withoutAction }) =>
        withoutAction !== null && round.snapshot.actions.every(({ themeKey }) => themeKey !== key),
    ),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export default function RoundPage() {
  const view = useLoaderData<typeof loader>();
  const { root, id, year, rank, actions, mayReview, given, visa } = view;
  const here = `${root}/plan-d-actions/relectures/${id}`;
  const next = actions.find(({ current }) => current === null);
  return (
    <Page
      title={`Relecture du plan d’actions ${year}, n°${NBSP}${rank}`}
      lead={leadOf(view)}
      crumbs={[{ label: "Relectures du Département", to: `${root}/plan-d-actions/relectures` }]}
      actions={
        mayReview ? (
          next ? (
            <ButtonLink to={`${here}/actions/${next.key}`}>
              {given === 0 ? "Commencer les avis" : "Continuer les avis"}
            </ButtonLink>
          ) : (
            <ButtonLink to={`${here}/visa`}>Donner le visa</ButtonLink>
          )
        ) : undefined
      }
    >
      <PlanNav root={root} />
      {view.done !== null && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      <p className="row">
        <Tag tone={ROUND_TONES[view.standing]}>{ROUND_LABELS[view.standing]}</Tag>
        <span>
          {given} avis sur {actions.length}
        </span>
      </p>
      {visa !== null && (
        <Notice tone={VISA_TONES[visa.kind]} title={`${VISA_LABELS[visa.kind]}, le ${formatDate(visa.givenOn)}`}>
          <p>
            {visa.by}
            {visa.isLate && ", hors délai"}
          </p>
          {visa.comment !== "" && <p>{visa.comment}</p>}
        </Notice>
      )}
      {view.message !== "" && (
        <Notice title="Message du réseau">
          <p>{view.message}</p>
        </Notice>
      )}
      <Section title="Les actions" id="actions">
        <ul className="review-list">
          {actions.map((action) => (
            <li key={action.key} data-waiting={action.current === null ? "" : undefined}>
              <div>
                <h3>
                  <Link to={`${here}/actions/${action.key}`}>{action.title}</Link>
                </h3>
                <p className="soft small">
                  {action.theme}, {action.owner}
                  {action.isChanged && " · modifiée ou nouvelle"}
                  {action.former &&
                    ` · ${action.former.year === year ? `relecture n°${NBSP}${action.former.rank}` : action.former.year}${NBSP}: ${OPINION_LABELS[action.former.opinion].toLowerCase()}`}
                </p>
                {action.current !== null && action.current.reason !== "" && (
                  <p>
                    Motif{NBSP}: {action.current.reason}
                  </p>
                )}
                {action.current !== null && action.current.comment !== "" && <p>{action.current.comment}</p>}
              </div>
              <p>
                {action.current === null ? (
                  <Tag tone="pending">À donner</Tag>
                ) : (
                  <Tag tone={OPINION_TONES[action.current.opinion]}>
                    {OPINION_LABELS[action.current.opinion]}
                    {action.current.isLate && ", hors délai"}
                  </Tag>
                )}
              </p>
            </li>
          ))}
        </ul>
        {view.silentThemes.length > 0 && (
          <>
            <h3>Thèmes sans action</h3>
            <ul>
              {view.silentThemes.map(({ key, label, withoutAction }) => (
                <li key={key}>
                  {label}
                  {NBSP}: {withoutAction}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section title="Ce qui a changé" id="changements">
        {view.sinceLastRound === null && view.sinceLastYear === null && (
          <p>C’est la première relecture d’un premier plan{NBSP}: il n’y a rien à comparer.</p>
        )}
        {view.sinceLastRound !== null && (
          <details open={mayReview || undefined}>
            <summary>
              Depuis la relecture n°{NBSP}
              {view.sinceLastRound.rank}
              {NBSP}: {summarizeChanges(view.sinceLastRound.changes)}
            </summary>
            <ChangeList
              changes={view.sinceLastRound.changes}
              before={view.sinceLastRound.before}
              after={view.snapshot}
              names={view.names}
            />
          </details>
        )}
        {view.sinceLastYear !== null && (
          <details>
            <summary>
              Depuis le plan {view.sinceLastYear.year}
              {NBSP}: {summarizeChanges(view.sinceLastYear.changes)}
            </summary>
            <ChangeList
              changes={view.sinceLastYear.changes}
              before={view.sinceLastYear.before}
              after={view.snapshot}
              names={view.names}
            />
          </details>
        )}
      </Section>
      <Section title="La règle de cette relecture" id="regle">
        <ReviewRuleSentence rule={view.rule} />
        <p>
          <Link to={`${root}/plan-d-actions/plans/${view.planId}`}>La version soumise</Link>, figée le{" "}
          {formatDate(view.openedOn)}.
        </p>
      </Section>
    </Page>
  );
}

function leadOf({
  standing,
  deadline,
  tacitOn,
  visa,
  actions,
}: ReturnType<typeof useLoaderData<typeof loader>>): string {
  const asked = `${count(actions.length, "action soumise", "actions soumises")} à l’avis du Département`;
  if (visa !== null) return `${asked}. Le visa est donné.`;
  switch (standing) {
    case "open":
      return `${asked}, au plus tard le ${formatLongDate(deadline)}.${tacitOn === null ? "" : ` Sans visa, le plan est réputé approuvé à partir du ${formatDate(tacitOn)}.`}`;
    case "overdue":
      return `${asked}. L’échéance du ${formatLongDate(deadline)} est passée${NBSP}: un avis est encore reçu, et marqué hors délai.${tacitOn === null ? "" : ` Sans visa, le plan est réputé approuvé à partir du ${formatDate(tacitOn)}.`}`;
    case "lapsed":
      return `${asked}. L’échéance du ${formatLongDate(deadline)} est passée${NBSP}: aucun avis n’est plus reçu.`;
    case "tacitly-approved":
      return `${asked}. Faute de visa, le plan est réputé approuvé depuis le ${tacitOn === null ? "" : formatLongDate(tacitOn)}.`;
    default:
      return `${asked}. Une relecture plus récente la remplace.`;
  }
}
