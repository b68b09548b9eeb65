import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { checkWritable, standingOf } from "~/domain/indicator/submission";
import { count, formatDate, formatInteger, NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import { EVENT_LABELS, STANDING_LABELS, stepMessage } from "~/features/indicators/messages.fr";
import { findSubmission, speaksFor } from "~/features/indicators/queries.server";
import { listObstacleViews, summarizeSections } from "~/features/indicators/section-view";
import {
  commentSubmission,
  reopenSubmission,
  submitSubmission,
  validateSubmission,
} from "~/features/indicators/submission-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, requirePermission } from "~/services/gate.server";
import { openSubmissionPage } from "~/services/submission-gate.server";
import { InventedFigures } from "~/ui/demo-notice";
import { Button, ButtonLink } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { fieldIdOf } from "~/ui/indicators/cell-fields";
import { ProgressBar } from "~/ui/indicators/progress-bar";
import { StandingTag } from "~/ui/indicators/standing-tag";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Saisie ${view.year}, ${view.name}` : "Saisie" },
];

const DONE: Record<string, string> = {
  submitted: "La saisie est transmise au CCAS pilote. Elle ne change plus, sauf s’il la rouvre.",
  validated: "La saisie est validée : elle compte dans les totaux du réseau.",
  reopened: "La saisie est rouverte : le CCAS peut la corriger.",
  comment: "Le message est enregistré.",
  fichier: "Le fichier est enregistré en entier.",
  partiel: "Les cases justes du fichier sont enregistrées.",
};

const ACTS = {
  transmettre: { step: submitSubmission, done: "submitted" },
  valider: { step: validateSubmission, done: "validated" },
} as const;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, target } = await openSubmissionPage(args, "submission.fill");
  const view = await findSubmission(command.db, network.id, target.year, target.organizationId);
  const day = today(systemClock);
  if (!view || !(await speaksFor(command.db, network.id, { viewer, on: day }, target.organizationId))) throw notFound();
  const { submission, campaign, cells } = view;
  const filled = [...cells.values()].filter(({ reading }) => reading.ok).length;
  const sections = summarizeSections(view);
  return {
    ...{ year: target.year, name: submission.name, inhabitants: submission.inhabitants, sections },
    deadline: campaign.deadline,
    isLate: day > campaign.deadline && campaign.closedAt === null,
    standing: standingOf({ state: submission.state, filled }, campaign),
    state: submission.state,
    isClosed: campaign.closedAt !== null,
    isWritable: checkWritable(submission.state, campaign).ok,
    expected: sections.reduce((sum, { expected }) => sum + expected, 0),
    filled,
    obstacles: listObstacleViews(view),
    obstacleCount: view.obstacles.length,
    setAsideCount: view.setAside.size,
    events: view.events,
    root: `/reseaux/${network.slug}`,
    isDemo: network.isDemo,
    page: `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`,
    mayManage: can(viewer, "campaign.manage", { networkId: network.id }),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, viewer, command, target } = await openSubmissionPage(args, "submission.fill");
  const form = await args.request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const act = text("acte");
  if (act === "valider" || act === "rouvrir")
    await requirePermission(args, viewer, "campaign.manage", network.id);
  const page = `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`;
  const decide = async () => {
    if (act === "transmettre" || act === "valider")
      return { done: ACTS[act].done, decision: await ACTS[act].step(command, target) };
    if (act === "rouvrir")
      return { done: "reopened", decision: await reopenSubmission(command, target, text("motif")) };
    return { done: "comment", decision: await commentSubmission(command, target, text("message")) };
  };
  const { done, decision } = await decide();
  if (decision.ok) return redirect(`${page}?fait=${done}`, 303);
  if (decision.refusal === "unknown-submission" || decision.refusal === "not-own-organization") throw notFound();
  return data(
    { refusal: stepMessage(decision.refusal), motif: text("motif"), message: text("message") },
    { status: 409 },
  );
}

export default function SubmissionPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { year, name, isDemo, sections, page, root, obstacles, isWritable } = view;
  const blank = view.obstacleCount - obstacles.length;
  return (
    <Page
      title={`Saisie ${year}, ${name}`}
      lead={leadOf(view)}
      crumbs={[
        { label: "Recueil", to: `${root}/recueil` },
        { label: String(year), to: `${root}/recueil/${year}` },
      ]}
    >
      <IndicatorsNav isMember />
      {isDemo && <InventedFigures />}
      {view.done && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      {answer && (
        <Notice tone="missed" role="alert">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      <p>
        <StandingTag standing={view.standing} label={STANDING_LABELS[view.standing]} />{" "}
        {view.isLate && <Tag tone="missed">Échéance dépassée</Tag>}
      </p>
      {view.setAsideCount > 0 && (
        <Notice tone="info">
          <p>
            {count(view.setAsideCount, "saisie mise de côté est gardée", "saisies mises de côté sont gardées")} sous les
            cases concernées{NBSP}: elles ont été écrites pendant que quelqu’un d’autre saisissait, ou après l’envoi.
          </p>
        </Notice>
      )}
      <Table
        narrow="stack"
        caption="Les rubriques"
        columns={[
          {
            key: "name",
            label: "Rubrique",
            heading: true,
            cell: (section) => <Link to={`${page}/${section.rank}`}>{section.name}</Link>,
          },
          {
            key: "filled",
            label: "Cases remplies",
            cell: ({ filled, expected }) => <ProgressBar done={filled} total={expected} />,
          },
          {
            key: "obstacles",
            label: "À régler",
            number: true,
            cell: (section) => (section.obstacles === 0 ? "rien" : String(section.obstacles)),
          },
        ]}
        rows={sections}
        rowKey={({ rank }) => String(rank)}
      />
      {isWritable && (
        <Section title="Avec un tableur">
          <p>
            Téléchargez le modèle, remplissez-le à votre rythme, puis envoyez-le{NBSP}:{" "}
            <a href={`${page}/modele.ods`}>ODS</a>, <a href={`${page}/modele.xlsx`}>XLSX</a> ou{" "}
            <a href={`${page}/modele.csv`}>CSV</a>. Il contient ce qui est déjà saisi.
          </p>
          <p>
            <ButtonLink to={`${page}/deposer`} look="quiet">
              Envoyer un modèle rempli
            </ButtonLink>
          </p>
        </Section>
      )}
      {isWritable && (
        <Section title="Contrôles" id="controles">
          {view.obstacleCount === 0 ? (
            <p>Tout est rempli, et rien n’est à corriger.</p>
          ) : (
            <>
              {blank > 0 && (
                <p>
                  {count(blank, "case est vide", "cases sont vides")}
                  {NBSP}: chacune attend un nombre, 0, ou un état («
                  {NBSP}sans objet{NBSP}», «{NBSP}non connu{NBSP}», «{NBSP}non communiqué{NBSP}»).
                </p>
              )}
              {obstacles.length > 0 && (
                <ul>
                  {obstacles.map(({ cellKey, rank, label, severity, text }, index) => (
                    <li key={`${cellKey}-${index}`}>
                      {severity === "blocking" ? "À corriger" : "À vérifier"}
                      {NBSP}: <Link to={`${page}/${rank}#${fieldIdOf(cellKey)}`}>{label}</Link>. {text}
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </Section>
      )}
      {isWritable && (
        <Section title="Transmettre">
          <p>
            La saisie part au CCAS pilote, qui la valide. Elle ne changera plus, sauf s’il la rouvre.
            {view.obstacleCount > 0 && " Réglez d’abord les contrôles ci-dessus."}
          </p>
          <Form method="post">
            <Button name="acte" value="transmettre">
              Transmettre la saisie
            </Button>
          </Form>
        </Section>
      )}
      {view.mayManage && !view.isClosed && view.state !== "draft" && (
        <Section title="Décision du CCAS pilote">
          {view.state === "submitted" && (
            <Form method="post">
              <Button name="acte" value="valider">
                Valider la saisie
              </Button>
            </Form>
          )}
          <details open={answer !== undefined}>
            <summary>Rouvrir la saisie</summary>
            <Form method="post">
              <div className="field">
                <label htmlFor="motif">Pourquoi{NBSP}?</label>
                <p className="hint" id="motif-aide">
                  Le CCAS lira ce motif. Il pourra corriger, puis transmettre de nouveau.
                </p>
                <textarea
                  id="motif"
                  name="motif"
                  rows={3}
                  maxLength={1000}
                  aria-describedby="motif-aide"
                  defaultValue={answer?.motif ?? ""}
                />
              </div>
              <Button name="acte" value="rouvrir" look="quiet">
                Rouvrir la saisie
              </Button>
            </Form>
          </details>
        </Section>
      )}
      <Section title="Échanges et étapes">
        {view.events.length === 0 ? (
          <p className="soft">Rien pour l’instant.</p>
        ) : (
          <ul>
            {view.events.map((event) => (
              <li key={event.id}>
                <strong>{EVENT_LABELS[event.kind]}</strong>, {event.by}, {formatInstant(event.at)}
                {event.body !== "" && (
                  <>
                    {NBSP}: {event.body}
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <Form method="post">
          <div className="field">
            <label htmlFor="message">Message entre le CCAS et le CCAS pilote</label>
            <p className="hint" id="message-aide">
              Sans nom ni situation de personne.
            </p>
            <textarea
              id="message"
              name="message"
              rows={3}
              maxLength={1000}
              aria-describedby="message-aide"
              defaultValue={answer?.message ?? ""}
            />
          </div>
          <Button name="acte" value="message" look="quiet">
            Envoyer le message
          </Button>
        </Form>
      </Section>
    </Page>
  );
}

type View = ReturnType<typeof useLoaderData<typeof loader>>;

function leadOf({ filled, expected, inhabitants, deadline, isClosed }: View): string {
  const people = inhabitants === null ? "" : `, commune de ${formatInteger(inhabitants)}${NBSP}habitants`;
  const end = isClosed ? "campagne close" : `échéance le ${formatDate(deadline)}`;
  return `${filled} cases remplies sur ${expected}${people}${NBSP}; ${end}.`;
}
