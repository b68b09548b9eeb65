import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { count, formatCents, formatDate, NBSP } from "~/documents/french";
import { CHOICE_LABELS } from "~/documents/voting-words";
import {
  listDecisions,
  listDecisionYears,
  MOST_DECISIONS,
  type PublicDecision,
} from "~/features/decisions/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { Button } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Décisions du comité, ${view.networkName}` : "Décisions du comité" },
];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const db = getDb();
  const years = await listDecisionYears(db, network.id);
  const { searchParams } = new URL(args.request.url);
  const words = (searchParams.get("q") ?? "").trim().slice(0, 100);
  const asked = searchParams.get("annee");
  const year =
    years.find((one) => String(one) === asked) ?? (asked === "toutes" || words !== "" ? null : (years[0] ?? null));
  const found = await listDecisions(db, network.id, { year, words }, MOST_DECISIONS + 1);
  return data(
    {
      networkName: network.name,
      root: `/reseaux/${network.slug}`,
      years,
      year,
      words,
      decisions: found.slice(0, MOST_DECISIONS),
      hasMore: found.length > MOST_DECISIONS,
    },
    publicCaching(viewer),
  );
}

export default function DecisionsPage() {
  const { root, years, year, words, decisions, hasMore } = useLoaderData<typeof loader>();
  const query = new URLSearchParams({
    annee: year === null ? "toutes" : String(year),
    ...(words === "" ? {} : { q: words }),
  });
  return (
    <Page
      title="Décisions du comité"
      lead="Ce que le comité de pilotage a validé ou rejeté, ce que cela coûte, et qui a voté quoi."
    >
      {years.length > 0 && (
        <Form method="get" className="filters" role="search">
          <div className="field">
            <label htmlFor="annee">Année</label>
            <select id="annee" name="annee" defaultValue={year === null ? "toutes" : String(year)}>
              <option value="toutes">Toutes</option>
              {years.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="q">Mots cherchés</label>
            <input id="q" name="q" type="search" defaultValue={words} maxLength={100} />
          </div>
          <Button look="quiet">Chercher</Button>
        </Form>
      )}
      {decisions.length === 0 ? (
        <EmptyState>
          <p>
            {years.length === 0
              ? "Le comité n’a pas encore pris de décision. Chaque validation paraîtra ici dès la clôture du vote."
              : "Aucune décision ne répond à cette recherche. Essayez d’autres mots, ou toutes les années."}
          </p>
        </EmptyState>
      ) : (
        <>
          <p>
            {count(decisions.length, "décision", "décisions")}
            {year === null ? "" : ` en ${year}`}
            {hasMore && ", les plus récentes seulement : choisissez une année"}. Les mêmes en{" "}
            <a href={`${root}/decisions.csv?${query}`}>tableau (CSV)</a>, en{" "}
            <a href={`${root}/decisions.ods?${query}`}>classeur (ODS)</a> ou en{" "}
            <a href={`${root}/decisions.json?${query}`}>données (JSON)</a>.
          </p>
          <ul className="plain-list decision-register">
            {decisions.map((decision) => (
              <DecisionEntry key={decision.pollId} root={root} decision={decision} />
            ))}
          </ul>
        </>
      )}
      <p className="small soft">
        La validation du comité n’est pas une décision d’un conseil d’administration : chaque CCAS reste autonome, et
        l’engagement de la dépense relève de la présidence du CCAS pilote (
        <span className="figure">CASF, art. R.123-23</span>).
      </p>
    </Page>
  );
}

function DecisionEntry({ root, decision }: { readonly root: string; readonly decision: PublicDecision }) {
  const { number, isAdopted, meeting, minutesNumber, votes } = decision;
  return (
    <li id={number === null ? `scrutin-${decision.pollId}` : `decision-${number}`}>
      <h2 className="decision-heading">
        {number !== null && <span className="figure">{`Décision n°${NBSP}${number}${NBSP}:`} </span>}
        {decision.title}
      </h2>
      <p>
        <Tag tone={isAdopted ? "reached" : "missed"}>{isAdopted ? "Adoptée" : "Rejetée"}</Tag>{" "}
        {decision.standing !== null && <Standing standing={decision.standing} />}
        {decision.amount !== null && (
          <strong>
            <span className="figure">{formatCents(decision.amount)}</span>
            {decision.supplier === null ? "" : `, ${decision.supplier}`}
          </strong>
        )}
      </p>
      <p>{decision.sentence}.</p>
      <p className="small">
        {formatDate(decision.decidedOn)}
        {meeting === null ? (
          ", par consultation écrite"
        ) : (
          <>
            {", "}
            <Link to={`${root}/seances/${meeting.id}`}>{meeting.title}</Link>
          </>
        )}
        {minutesNumber !== null && (
          <>
            {", "}
            <Link to={`${root}/proces-verbaux/${minutesNumber}`}>
              procès-verbal n°{NBSP}
              {minutesNumber}
            </Link>
          </>
        )}
      </p>
      {votes === null ? (
        <p className="small soft">Vote secret : les voix n’ont pas de nom.</p>
      ) : (
        votes.length > 0 && (
          <details>
            <summary>Votes par siège</summary>
            <ul className="votes-by-name">
              {votes.map((vote) => (
                <li key={vote.seatId}>
                  {vote.label}
                  {NBSP}: {CHOICE_LABELS[vote.choice].toLowerCase()}
                </li>
              ))}
            </ul>
          </details>
        )
      )}
    </li>
  );
}

function Standing({ standing }: { readonly standing: NonNullable<PublicDecision["standing"]> }) {
  switch (standing) {
    case "to-be-ratified":
      return <Tag tone="pending">À ratifier</Tag>;
    case "ratified":
      return <Tag tone="reached">Ratifiée</Tag>;
    case "not-ratified":
      return <Tag tone="missed">Non ratifiée</Tag>;
    case "rejected":
      return null;
  }
}
