import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { deriveProgress, lateDeliverables, standingEntries } from "~/domain/action-plan/progress";
import { isId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { formatReading, OPINION_LABELS, STATE_LABELS } from "~/documents/action-plan-words";
import { count, formatDate, formatShortDate, NBSP } from "~/documents/french";
import { cancelMessage } from "~/features/action-plan/messages.fr";
import {
  currentPlan,
  isInCharge,
  isSecretaryOf,
  listEvidenceDocuments,
  listOrganizations,
  listPlans,
  listProgress,
  organizationsOf,
} from "~/features/action-plan/plan-queries.server";
import { cancelProgress } from "~/features/action-plan/progress-commands.server";
import { listRounds } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { ActionFacts } from "~/ui/plan/action-facts";
import { Share, StateTags } from "~/ui/plan/action-views";
import { PlanNav } from "~/ui/plan/plan-nav";
import { OPINION_TONES, STATE_TONES } from "~/ui/plan/tones";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Action : ${view.action.title}` : "Action" },
];

const DONE: Readonly<Record<string, string>> = {
  avancement: "L’avancement est noté.",
  annulation: "L’entrée est annulée ; elle reste lisible.",
};

function readYear(request: Request): number {
  const asked = new URL(request.url).searchParams.get("annee") ?? "";
  return /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today(systemClock));
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const { db } = command;
  const key = requireParam(args.params, "action");
  const year = readYear(args.request);
  const day = today(systemClock);
  const plans = await listPlans(db, network.id, year);
  const plan = currentPlan(plans.filter(({ content }) => content.actions.some((action) => action.key === key)));
  const action = plan?.content.actions.find((each) => each.key === key);
  if (!plan || !action) throw notFound();
  const entries = (await listProgress(db, network.id, year)).filter(({ actionKey }) => actionKey === key);
  const progress = deriveProgress(action, entries, day);
  const standing = new Set(standingEntries(entries).map(({ id }) => id));
  const documents = await listEvidenceDocuments(
    db,
    network.id,
    entries.flatMap(({ evidence }) => evidence.flatMap((each) => (each.kind === "document" ? [each.documentId] : []))),
  );
  const rounds = await listRounds(db, network.id, { year: null, today: day });
  const rights = {
    own: await organizationsOf(db, network.id, viewer.personId, day),
    isSecretary: isSecretaryOf(viewer, network.id),
  };
  const mayReport =
    plan.standing === "adopted" &&
    isInCharge(action, rights) &&
    can(viewer, "action-plan.progress", { networkId: network.id });
  return {
    ...{ root: `/reseaux/${network.slug}`, year, action, mayReport, isAdopted: plan.standing === "adopted" },
    content: plan.content,
    planId: plan.id,
    names: (await listOrganizations(db, network.id)).map(({ id, name }) => [id as string, name] as const),
    state: { state: progress.state, isLate: progress.isLate, percent: progress.percent, lastOn: progress.lastOn },
    deliverables: action.deliverables.map((deliverable) => ({
      ...deliverable,
      isDelivered: progress.deliveredKeys.has(deliverable.key),
      isLate: lateDeliverables(action, progress, day).some((late) => late.key === deliverable.key),
    })),
    indicators: action.indicators.map((indicator) => ({
      ...indicator,
      value: progress.readings.get(indicator.key) ?? null,
    })),
    entries: entries.toReversed().map((entry) => ({ ...entry, stands: standing.has(entry.id) })),
    documents,
    opinions: rounds.flatMap((round) =>
      round.opinions
        .filter(({ actionKey }) => actionKey === key)
        .map((given) => ({ ...given, year: round.year, rank: round.rank, roundId: round.id })),
    ),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.progress");
  const key = requireParam(args.params, "action");
  const year = readYear(args.request);
  const form = await args.request.formData();
  const cle = String(form.get("cle") ?? "");
  if (!isId(cle)) return data({ refusal: "Rechargez la page et recommencez." }, { status: 400 });
  const decision = await cancelProgress(command, {
    ...{ cle, year, entryId: String(form.get("entree") ?? ""), reason: String(form.get("motif") ?? "").slice(0, 600) },
  });
  if (!decision.ok) return data({ refusal: cancelMessage(decision.refusal) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/plan-d-actions/actions/${key}?annee=${year}&fait=annulation`, 303);
}

export default function ActionPage() {
  const view = useLoaderData<typeof loader>();
  const { root, year, action: own, content, names, state, mayReport } = view;
  const answered = useActionData<typeof action>();
  const here = `${root}/plan-d-actions/actions/${own.key}`;
  return (
    <Page
      title={own.title}
      {...(own.objective === "" ? {} : { lead: own.objective })}
      crumbs={[{ label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions?annee=${year}` }]}
      actions={
        mayReport ? <ButtonLink to={`${here}/avancement?annee=${year}`}>Noter l’avancement</ButtonLink> : undefined
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
      {!view.isAdopted && (
        <Notice tone="info">
          <p>
            Cette action est dans un plan que le comité n’a pas encore adopté.{" "}
            <Link to={`${root}/plan-d-actions/plans/${view.planId}`}>Voir la version</Link>
          </p>
        </Notice>
      )}
      <p className="row">
        <StateTags line={state} /> <Share percent={state.percent} />{" "}
        {state.lastOn !== null && <span className="soft small">noté le {formatDate(state.lastOn)}</span>}
      </p>
      <Section title="Ce qui est prévu" id="prevu">
        <ActionFacts content={content} action={own} names={names} />
      </Section>
      <Section title="Livrables et indicateurs" id="mesures">
        {view.deliverables.length > 0 && (
          <ul className="deliverables">
            {view.deliverables.map(({ key, label, dueOn, isDelivered, isLate }) => (
              <li key={key}>
                <Tag tone={isDelivered ? "reached" : isLate ? "missed" : "neutral"}>
                  {isDelivered ? "Remis" : isLate ? "En retard" : "À remettre"}
                </Tag>{" "}
                {label}
                {dueOn !== null && <span className="soft small"> pour le {formatDate(dueOn)}</span>}
              </li>
            ))}
          </ul>
        )}
        {view.indicators.length > 0 && (
          <Table
            caption="Indicateurs de l’action"
            captionHidden
            narrow="stack"
            columns={[
              { key: "label", label: "Indicateur", heading: true, cell: ({ label }) => label },
              { key: "unit", label: "Unité", cell: ({ unit }) => unit },
              {
                ...{ key: "value", label: "Dernier relevé", number: true },
                cell: ({ value }) => (value === null ? "—" : formatReading(value)),
              },
              {
                ...{ key: "target", label: "Cible", number: true },
                cell: ({ target }) => (target === null ? "sans cible" : formatReading(target)),
              },
            ]}
            rows={view.indicators}
            rowKey={({ key }) => key}
          />
        )}
      </Section>
      <Section title="Avancement" id="avancement">
        {view.entries.length === 0 ? (
          <EmptyState>
            <p>
              Rien n’est encore noté. Les personnes de l’organisme qui porte l’action, et le secrétariat, notent ici ce
              qui avance, avec ses preuves{NBSP}; rien de noté ne s’efface.
            </p>
          </EmptyState>
        ) : (
          <ol className="progress-journal">
            {view.entries.map((entry) => (
              <Entry key={entry.id} entry={entry} view={view} />
            ))}
          </ol>
        )}
      </Section>
      {view.opinions.length > 0 && (
        <Section title="Avis du Département" id="avis">
          <ul className="change-list">
            {view.opinions.toReversed().map((given) => (
              <li key={given.id}>
                <Tag tone={OPINION_TONES[given.opinion]}>{OPINION_LABELS[given.opinion]}</Tag>{" "}
                <Link to={`${root}/plan-d-actions/relectures/${given.roundId}`}>
                  {given.year}, relecture n°{NBSP}
                  {given.rank}
                </Link>
                , le {formatDate(given.givenOn)}, {given.reviewer}
                {given.isLate && " (hors délai)"}
                {given.reason !== "" && (
                  <span className="line">
                    Motif{NBSP}: {given.reason}
                  </span>
                )}
                {given.comment !== "" && <span className="line">{given.comment}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

type View = ReturnType<typeof useLoaderData<typeof loader>>;

function Entry({ entry, view }: { readonly entry: View["entries"][number]; readonly view: View }) {
  const labels = new Map([...view.deliverables, ...view.indicators].map(({ key, label }) => [key, label]));
  const documents = new Map(view.documents.map((document) => [document.id, document]));
  if (entry.cancelsId !== null)
    return (
      <li>
        <p className="soft">
          {formatShortDate(entry.recordedOn)}, {entry.by}
          {NBSP}: une entrée est annulée. {entry.note}
        </p>
      </li>
    );
  return (
    <li data-cancelled={entry.stands ? undefined : ""}>
      <p>
        <Tag tone={entry.stands ? STATE_TONES[entry.state] : "neutral"}>
          {entry.stands ? STATE_LABELS[entry.state] : "Annulée"}
        </Tag>{" "}
        <span className="soft small">
          {formatDate(entry.recordedOn)}, {entry.by}
        </span>
      </p>
      {entry.note !== "" && <p>{entry.note}</p>}
      {entry.delivered.length > 0 && (
        <p>
          {count(entry.delivered.length, "livrable remis", "livrables remis")}
          {NBSP}: {entry.delivered.map((key) => labels.get(key) ?? "retiré du plan").join(" ; ")}
        </p>
      )}
      {entry.readings.length > 0 && (
        <p>
          {entry.readings
            .map(({ indicatorKey, value }) => `${labels.get(indicatorKey) ?? ""}${NBSP}: ${formatReading(value)}`)
            .join(" ; ")}
        </p>
      )}
      {entry.evidence.length > 0 && (
        <ul>
          {entry.evidence.map((evidence, index) => (
            <li key={index}>
              {evidence.kind === "link" && (
                <a href={evidence.address} rel="noreferrer">
                  {evidence.address}
                </a>
              )}
              {evidence.kind === "reference" && `Pièce${NBSP}: ${evidence.text}`}
              {evidence.kind === "document" &&
                (documents.has(evidence.documentId) ? (
                  <a href={`${view.root}/documents/${evidence.documentId}`} download>
                    {evidence.title}
                  </a>
                ) : (
                  evidence.title
                ))}
            </li>
          ))}
        </ul>
      )}
      {entry.stands && view.mayReport && (
        <details className="screen-only">
          <summary>Annuler cette entrée</summary>
          <Form method="post">
            <ActKey value={`${view.actKey}-${entry.id}`.slice(0, 60)} />
            <input type="hidden" name="entree" value={entry.id} />
            <div className="field">
              <label htmlFor={`motif-${entry.id}`}>Pourquoi</label>
              <p className="hint">L’entrée reste lisible et ne compte plus.</p>
              <input id={`motif-${entry.id}`} name="motif" type="text" maxLength={600} required />
            </div>
            <Button look="danger">Annuler l’entrée</Button>
          </Form>
        </details>
      )}
    </li>
  );
}
