import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can, type Action } from "~/domain/access/permissions";
import type { FactSource } from "~/domain/agreement/clause";
import type { Fact, ObligationState } from "~/domain/agreement/obligations";
import {
  articleWords,
  milestoneWords,
  OBLIGATION_STATES,
  obligationWords,
  ruleWords,
} from "~/documents/agreement-words";
import { count, formatDate, formatShortDate, NBSP } from "~/documents/french";
import { followAgreements } from "~/features/agreements/obligations.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { OBLIGATION_TONES } from "~/ui/agreement/tones";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Obligations" }];

const GUARDS = ["gate", "prohibition", "unanimity", "fallback"] as const;

/** What one must be allowed to follow the link of a proof. */
const SEEING: Readonly<Record<FactSource, Action>> = {
  "committee-meeting": "meeting.read",
  "governance-meeting": "meeting.read",
  "annual-day": "event.read",
  "funding-call": "funding.read",
  budget: "budget.read",
  "staff-time": "staff-time.read",
  minutes: "minutes.read-published",
  subsidy: "subsidy.read",
  bilan: "agreement.read",
  "new-agreement": "agreement.read",
  note: "library.read",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const day = today(systemClock);
  const followed = await followAgreements(command.db, network, day);
  const linked = (proof: Fact): Fact =>
    can(viewer, SEEING[proof.source], { networkId: network.id, state: "published" }) ? proof : { ...proof, href: null };
  return {
    day,
    root: `/reseaux/${network.slug}`,
    mayRecord: can(viewer, "agreement.record", { networkId: network.id }),
    done: new URL(args.request.url).searchParams.get("fait") === "preuve",
    agreements: followed.map(({ agreement, obligations, milestones }) => ({
      ...{ id: agreement.id, title: agreement.title, isSupposed: agreement.isSupposed, standing: agreement.standing },
      obligations: obligations.map((one) => ({ ...one, proofs: one.proofs.map(linked) })),
      milestones: milestones.slice(0, 24),
      guards: agreement.content.clauses.filter(({ rule }) => (GUARDS as readonly string[]).includes(rule.kind)),
      permanent: agreement.content.clauses.filter(({ rule }) => rule.kind === "standing" || rule.kind === "lead-time"),
    })),
  };
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Followed = Loaded["agreements"][number];

const TITLES: Record<ObligationState, string> = { late: "En retard", due: "À faire", met: "Tenues" };

export default function ObligationsPage() {
  const { day, agreements, root, mayRecord, done } = useLoaderData<typeof loader>();
  const counted = (state: ObligationState) =>
    agreements.reduce((sum, { obligations }) => sum + obligations.filter((one) => one.state === state).length, 0);
  return (
    <Page
      title="Obligations"
      lead={`Ce que la convention demande au ${formatDate(day)}, avec la clause et la preuve.`}
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
    >
      <AgreementNav root={root} />
      {done && (
        <Notice tone="reached" role="status">
          <p>La preuve est notée.</p>
        </Notice>
      )}
      {agreements.length === 0 ? (
        <EmptyState>
          <p>Aucune convention signée n’est encodée : il n’y a rien à suivre.</p>
        </EmptyState>
      ) : (
        <>
          <p className="row obligation-counts">
            {(["late", "due", "met"] as const).map((state) => (
              <Tag key={state} tone={counted(state) === 0 ? "neutral" : OBLIGATION_TONES[state]}>
                {TITLES[state]}
                {NBSP}: {counted(state)}
              </Tag>
            ))}
          </p>
          {agreements.map((followed) => (
            <FollowedAgreement key={followed.id} {...{ followed, root, mayRecord }} />
          ))}
          <Section title="Emporter ces dates">
            <ul>
              <li>
                <Link to={`${root}/obligations/abonnement`}>S’abonner dans son agenda</Link> (adresse personnelle,
                révocable)
              </li>
              <li>
                <a href={`${root}/obligations.json`}>Données du jour</a> <span className="soft small">(JSON)</span>
              </li>
            </ul>
          </Section>
        </>
      )}
    </Page>
  );
}

type FollowedProps = { readonly followed: Followed; readonly root: string; readonly mayRecord: boolean };

function FollowedAgreement({ followed, root, mayRecord }: FollowedProps) {
  const { id, title, standing, obligations, milestones, guards, permanent } = followed;
  const page = `${root}/conventions/${id}`;
  return (
    <section className="section" aria-labelledby={`obligations-${id}`}>
      <h2 id={`obligations-${id}`}>
        <Link to={page}>{title}</Link>
      </h2>
      <p>
        {standing?.endsOn
          ? `Dernier jour : ${formatDate(standing.endsOn)}.`
          : "Durée indéterminée : pas de dernier jour."}{" "}
        <Link to={`${page}#duree`}>Comment cette date est calculée</Link>
        {followed.isSupposed && <> — renouvellement supposé par la démonstration</>}
      </p>
      {(["late", "due", "met"] as const).map((state) => {
        const rows = obligations.filter((one) => one.state === state);
        if (rows.length === 0) return null;
        return (
          <Table
            key={state}
            caption={`${TITLES[state]} : ${count(rows.length, "obligation", "obligations")}`}
            narrow="stack"
            columns={[
              {
                key: "state",
                label: "État",
                cell: (row) => <Tag tone={OBLIGATION_TONES[row.state]}>{OBLIGATION_STATES[row.state]}</Tag>,
              },
              {
                key: "title",
                label: "Obligation",
                heading: true,
                cell: (row) => (
                  <>
                    {row.title} <span className="clause-quote">{row.sentence}</span>
                  </>
                ),
              },
              {
                key: "article",
                label: "Article",
                cell: (row) => (
                  <Link to={`${page}#art-${row.article.replace(/\s/g, "-")}`}>{articleWords(row.article)}</Link>
                ),
              },
              {
                key: "due",
                label: "Où l’on en est",
                cell: (row) => obligationWords(row),
              },
              {
                key: "proofs",
                label: "Preuve",
                cell: (row) => (
                  <>
                    {row.proofs.length > 0 && (
                      <ul className="proofs">
                        {row.proofs.map((proof, index) => (
                          <li key={`${proof.on}-${index}`}>
                            {proof.href === null ? (
                              `${proof.label} (${formatShortDate(proof.on)})`
                            ) : proof.href.startsWith("/") ? (
                              <Link to={proof.href}>{proof.label}</Link>
                            ) : (
                              <a href={proof.href} rel="noreferrer">
                                {proof.label}
                              </a>
                            )}
                          </li>
                        ))}
                      </ul>
                    )}
                    {mayRecord && row.state !== "met" && (
                      <Link to={`${root}/obligations/preuve?convention=${id}&clause=${row.clauseKey}`}>
                        Noter une preuve<span className="visually-hidden"> : {row.title}</span>
                      </Link>
                    )}
                  </>
                ),
              },
            ]}
            rows={rows}
            rowKey={(row) => row.key}
          />
        );
      })}
      <h3>Calendrier des échéances</h3>
      {milestones.length === 0 ? (
        <p>Aucune échéance à venir.</p>
      ) : (
        <ol className="milestones">
          {milestones.map((milestone) => (
            <li key={milestone.key} data-kind={milestone.kind}>
              <time dateTime={milestone.on}>{formatDate(milestone.on)}</time> {milestoneWords(milestone)}
            </li>
          ))}
        </ol>
      )}
      {guards.length > 0 && (
        <details className="panel">
          <summary>Ce que le texte interdit, conditionne ou remplace ({guards.length})</summary>
          <ClauseList clauses={guards} />
        </details>
      )}
      {permanent.length > 0 && (
        <details className="panel">
          <summary>Engagements permanents ({permanent.length})</summary>
          <ClauseList clauses={permanent} />
        </details>
      )}
    </section>
  );
}

function ClauseList({ clauses }: { readonly clauses: Followed["guards"] }) {
  return (
    <ul>
      {clauses.map((clause) => (
        <li key={clause.key}>
          <strong>{clause.title}</strong> ({articleWords(clause.article)}){NBSP}: {clause.sentence}
          {clause.rule.kind !== "standing" && <span className="soft"> — {ruleWords(clause.rule)}</span>}
        </li>
      ))}
    </ul>
  );
}
