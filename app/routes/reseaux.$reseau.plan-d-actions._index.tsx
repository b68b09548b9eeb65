import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { FRAMES } from "~/domain/action-plan/frames";
import type { FrameKey } from "~/domain/action-plan/plan";
import { currentOpinions } from "~/domain/action-plan/review";
import { yearOf } from "~/domain/kernel/plain-date";
import { ROUND_LABELS } from "~/documents/action-plan-words";
import { count, formatDate, formatLongDate, NBSP } from "~/documents/french";
import { parseOpenPlan } from "~/features/action-plan/form";
import { STANDING_LABELS, startMessage } from "~/features/action-plan/messages.fr";
import { openPlan } from "~/features/action-plan/plan-commands.server";
import { listPlans, listPlanYears, loadPlanYear, organizationsOf } from "~/features/action-plan/plan-queries.server";
import { listRounds, type RecordedRound } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { AxisView, ListView, OwnerView, TimelineView } from "~/ui/plan/action-views";
import { PlanNav } from "~/ui/plan/plan-nav";
import { ROUND_TONES } from "~/ui/plan/tones";
import { Notice, Tag, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Plan d’actions ${view.year}, ${view.networkName}` : "Plan d’actions" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const VIEWS = { liste: "Liste", axes: "Par axe", calendrier: "Calendrier", porteurs: "Par porteur" } as const;
type View = keyof typeof VIEWS;

const isView = (text: string | null): text is View => text !== null && Object.hasOwn(VIEWS, text);

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const db = getDb();
  const day = today(systemClock);
  const isMember = can(actor, "action-plan.read", { networkId: network.id });
  const part = isMember ? "whole" : "public";
  const { searchParams } = new URL(args.request.url);
  const years = await listPlanYears(db, network.id, { today: day, part });
  const asked = Number(searchParams.get("annee"));
  const year = years.includes(asked) || (isMember && asked === yearOf(day) + 1) ? asked : yearOf(day);
  const askedView = searchParams.get("vue");
  const mine = viewer && isMember ? await organizationsOf(db, network.id, viewer.personId, day) : new Set<string>();
  const plan = await loadPlanYear(db, network.id, { year, today: day, mine, part });
  const allRounds = isMember ? await listRounds(db, network.id, { year: null, today: day }) : [];
  const rounds = allRounds.filter((round) => round.year === year);
  const waiting = allRounds.filter(({ standing }) => standing === "open" || standing === "overdue");
  const opinions = currentOpinions(rounds.flatMap((round) => round.opinions));
  const may = {
    draft: can(actor, "action-plan.draft", { networkId: network.id }),
    review: can(actor, "action-plan.review", { networkId: network.id }),
  };
  return data(
    {
      ...{ networkName: network.name, root: `/reseaux/${network.slug}`, isMember, may, year, today: day },
      years: isMember ? [...new Set([...years, yearOf(day) + 1])] : years,
      view: isView(askedView) ? askedView : isMember ? ("liste" as const) : ("axes" as const),
      onlyMine: isMember && searchParams.get("miennes") === "1",
      plan: plan && {
        id: plan.current.id,
        version: plan.current.version,
        standing: plan.current.standing,
        decision: plan.current.decision,
        gapCount: plan.current.gapCount,
        publishedOn: plan.current.publishedOn,
        content: {
          ...{ axes: plan.current.content.axes, themes: plan.current.content.themes },
          ...{ actions: plan.current.content.actions, presentation: plan.current.content.presentation },
        },
        count: plan.count,
        lines: plan.lines.map((line) => ({ ...line, opinion: opinions.get(line.key)?.opinion ?? null })),
      },
      versions: isMember
        ? (plan?.plans ?? []).map(({ id, version, standing, decision, gapCount, publishedOn, content }) => ({
            ...{ id, version, standing, decision, gapCount, publishedOn, actions: content.actions.length },
          }))
        : [],
      rounds: waiting.map(roundView),
      done: isMember ? (DONE[searchParams.get("fait") ?? ""] ?? null) : null,
      isNextYearPlanned: may.draft && (await listPlans(db, network.id, year + 1)).length > 0,
      mayCarryOver: may.draft && plan === null && (await listPlans(db, network.id, year - 1)).length > 0,
      actKey: may.draft ? systemClock.newId() : "",
    },
    publicCaching(viewer),
  );
}

const DONE: Readonly<Record<string, string>> = {
  publie: "Le plan est publié : chacun peut le lire, sans ses actions internes.",
};

function roundView(round: RecordedRound) {
  const given = currentOpinions(round.opinions).size;
  return {
    ...{
      id: round.id,
      year: round.year,
      rank: round.rank,
      standing: round.standing,
      deadline: round.deadline,
      tacitOn: round.tacitOn,
    },
    ...{ given, total: round.snapshot.actions.length },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const submission = parseOpenPlan(await args.request.formData());
  if (submission.status !== "success")
    return data({ refusal: "Rechargez la page et recommencez.", planId: null }, { status: 400 });
  const { cle, annee, cadre } = submission.value;
  const decision = await openPlan(command, { cle, year: annee, frame: cadre });
  if (decision.ok)
    return redirect(`/reseaux/${network.slug}/plan-d-actions/plans/${decision.value.planId}?fait=ouvert`, 303);
  const planId = decision.refusal.kind === "draft-already-exists" ? decision.refusal.planId : null;
  return data({ refusal: startMessage(decision.refusal), planId }, { status: 409 });
}

const STANDING_TONES: Record<keyof typeof STANDING_LABELS, Tone> = {
  draft: "info",
  voting: "pending",
  rejected: "missed",
  adopted: "reached",
};

export default function ActionPlanPage() {
  const view = useLoaderData<typeof loader>();
  const { root, year, plan, isMember, may, done } = view;
  const answered = useActionData<typeof action>();
  const here = `${root}/plan-d-actions`;
  const lines = view.onlyMine ? (plan?.lines.filter(({ isMine }) => isMine) ?? []) : (plan?.lines ?? []);
  const shown = plan && {
    ...{ year, content: plan.content, lines },
    actionPath: isMember ? (key: string) => `${here}/actions/${key}?annee=${year}` : null,
  };
  return (
    <Page title={`Plan d’actions ${year}`} lead={leadOf(view)}>
      <PlanNav root={root} isMember={isMember} />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>
            {answered.refusal} {answered.planId && <Link to={`${here}/plans/${answered.planId}`}>La voir</Link>}
          </p>
        </Notice>
      )}
      {view.rounds.map((round) => (
        <RoundNotice key={round.id} root={root} round={round} mayReview={may.review} />
      ))}
      <nav className="row screen-only" aria-label="Années">
        {view.years.map((each) => (
          <Link key={each} to={`?annee=${each}`} aria-current={each === year ? "page" : undefined}>
            {each}
          </Link>
        ))}
      </nav>
      {plan === null && (
        <EmptyState>
          <p>
            {isMember
              ? `Aucun plan n’est préparé pour ${year}. Le secrétariat l’ouvre avec les thèmes de la convention, ou reporte celui de l’année précédente ; le comité l’adopte par un vote.`
              : `Le plan d’actions ${year} n’est pas publié.`}
          </p>
          {may.draft && view.mayCarryOver && (
            <p>
              <Link to={`${here}/reporter?annee=${year - 1}`}>Reporter le plan {year - 1}</Link>
            </p>
          )}
        </EmptyState>
      )}
      {plan !== null && shown !== null && (
        <>
          {plan.content.presentation !== "" && <p className="plan-presentation">{plan.content.presentation}</p>}
          <nav className="view-switch screen-only" aria-label="Présentations du plan">
            <ul>
              {(Object.keys(VIEWS) as View[]).map((each) => (
                <li key={each}>
                  <Link
                    to={`?annee=${year}&vue=${each}${view.onlyMine ? "&miennes=1" : ""}`}
                    aria-current={each === view.view ? "page" : undefined}
                  >
                    {VIEWS[each]}
                  </Link>
                </li>
              ))}
              {isMember && plan.lines.some(({ isMine }) => isMine) && (
                <li>
                  <Link to={`?annee=${year}&vue=${view.view}${view.onlyMine ? "" : "&miennes=1"}`}>
                    {view.onlyMine ? "Toutes les actions" : "Seulement les nôtres"}
                  </Link>
                </li>
              )}
            </ul>
          </nav>
          {view.view === "liste" && <ListView {...shown} />}
          {view.view === "axes" && <AxisView {...shown} />}
          {view.view === "calendrier" && <TimelineView {...shown} today={view.today} />}
          {view.view === "porteurs" && <OwnerView {...shown} />}
          <p className="row screen-only">
            <a href={`${here}.pdf?annee=${year}`}>PDF</a>
            <a href={`${here}.csv?annee=${year}`}>Tableau CSV</a>
            <a href={`${here}.ods?annee=${year}`}>Tableau ODS</a>
          </p>
        </>
      )}
      {isMember && view.versions.length > 0 && (
        <Section title="Versions du plan" id="versions">
          <Table
            caption={`Versions du plan ${year}`}
            captionHidden
            narrow="stack"
            columns={[
              {
                ...{ key: "version", label: "Version", heading: true },
                cell: ({ id, version }) => (
                  <Link to={`${here}/plans/${id}`}>
                    {version === 1 ? "Plan initial" : `Révision n°${NBSP}${version - 1}`}
                  </Link>
                ),
              },
              { key: "actions", label: "Actions", number: true, cell: ({ actions }) => actions },
              {
                ...{ key: "standing", label: "État" },
                cell: ({ standing, gapCount }) => (
                  <>
                    <Tag tone={STANDING_TONES[standing]}>{STANDING_LABELS[standing]}</Tag>
                    {standing !== "adopted" && gapCount > 0 && (
                      <span className="soft small"> {count(gapCount, "manque", "manques")}</span>
                    )}
                  </>
                ),
              },
              {
                ...{ key: "decision", label: "Décision" },
                cell: ({ decision }) =>
                  decision === null ? "—" : `n°${NBSP}${decision.number}, ${formatDate(decision.decidedOn)}`,
              },
              {
                ...{ key: "public", label: "Public" },
                cell: ({ publishedOn }) => (publishedOn === null ? "non" : `depuis le ${formatDate(publishedOn)}`),
              },
            ]}
            rows={view.versions}
            rowKey={({ id }) => id}
          />
        </Section>
      )}
      {may.draft && <Preparation view={view} />}
    </Page>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Preparation({ view }: { readonly view: Loaded }) {
  const { root, year, versions, actKey } = view;
  const isPending = versions.some(({ standing }) => standing !== "adopted");
  if (isPending) return null;
  return (
    <div className="screen-only">
      <Section title="Préparer" id="preparer">
        <Form method="post">
          <ActKey value={actKey} />
          <input type="hidden" name="annee" value={year} />
          {versions.length === 0 && (
            <div className="field">
              <label htmlFor="cadre">Cadre du plan</label>
              <p className="hint">
                Les axes, thèmes et objectifs que le texte du réseau nomme. Ils se modifient ensuite.
              </p>
              <select id="cadre" name="cadre" defaultValue="social-actors">
                {(Object.keys(FRAMES) as FrameKey[]).map((key) => (
                  <option key={key} value={key}>
                    {FRAMES[key].label} ({FRAMES[key].source})
                  </option>
                ))}
              </select>
            </div>
          )}
          <div className="row">
            <Button>
              {versions.length === 0 ? `Ouvrir le plan ${year}` : `Préparer une révision du plan ${year}`}
            </Button>
            {versions.length > 0 && !view.isNextYearPlanned && (
              <ButtonLink look="quiet" to={`${root}/plan-d-actions/reporter?annee=${year}`}>
                Reporter vers {year + 1}
              </ButtonLink>
            )}
          </div>
        </Form>
      </Section>
    </div>
  );
}

function RoundNotice({
  root,
  round,
  mayReview,
}: {
  readonly root: string;
  readonly round: Loaded["rounds"][number];
  readonly mayReview: boolean;
}) {
  return (
    <Notice tone="pending" title={`Plan d’actions ${round.year}, relecture du Département n°${NBSP}${round.rank}`}>
      <p>
        <Tag tone={ROUND_TONES[round.standing]}>{ROUND_LABELS[round.standing]}</Tag> {round.given} avis sur{" "}
        {round.total}, à donner au plus tard le {formatLongDate(round.deadline)}.
      </p>
      <p className="screen-only">
        <Link to={`${root}/plan-d-actions/relectures/${round.id}`}>
          {mayReview ? "Donner les avis" : "Voir la relecture"}
        </Link>
      </p>
    </Notice>
  );
}

function leadOf({ plan, year, isMember }: Loaded): string {
  if (plan === null) return `Ce que le réseau prévoit de faire en ${year}, qui s’en charge et où il en est.`;
  const { total, byState, late } = plan.count;
  const adopted =
    plan.decision === null ? "Ce plan n’est pas encore adopté." : `Adopté le ${formatDate(plan.decision.decidedOn)}.`;
  const sentence = `${count(total, "action", "actions")}${NBSP}: ${count(byState.done, "réalisée", "réalisées")}, ${byState["in-progress"]}${NBSP}en cours, ${byState["not-started"]}${NBSP}à lancer`;
  const gaps =
    isMember && plan.standing !== "adopted" && plan.gapCount > 0
      ? ` ${count(plan.gapCount, "point reste à compléter", "points restent à compléter")}.`
      : "";
  return `${adopted} ${sentence}${late > 0 ? `, ${late}${NBSP}en retard` : ""}.${gaps}`;
}
