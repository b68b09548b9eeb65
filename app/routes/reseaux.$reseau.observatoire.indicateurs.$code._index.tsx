import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import type { ChartModel } from "~/documents/chart-model";
import { tableOfChart } from "~/documents/chart-table";
import { formatDate } from "~/documents/french";
import { CHART_VIEWS, comparisonChart, MOST_BARS, rowsAt, type ChartView } from "~/documents/observatory-charts";
import { THEMES } from "~/domain/observatory/indicator";
import { loadIndicatorView } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ChartFigure, ChartTableView } from "~/ui/charts/chart-figure";
import { Button } from "~/ui/forms";
import { chartLinks, chartQuery } from "~/ui/observatory/chart-links";
import { readChartState } from "~/ui/observatory/chart-state";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Definitions, EmptyState, Page, Section } from "~/ui/page";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.chart?.finding ?? view?.indicator.label ?? "Indicateur" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const state = readChartState(args.request.url);
  const view = await loadIndicatorView(getDb(), network.id, args.params["code"] ?? "", state);
  if (!view) throw notFound();
  const { indicator, reading, period, periods, chart, why } = view;
  const isCrowded = reading.places.filter(({ place }) => place.kind === "commune").length > MOST_BARS;
  const rows = isCrowded && period !== null ? rowsAt(reading, period) : null;
  const everyone =
    rows && period !== null
      ? { ...comparisonChart(reading, { id: "tous", period }), data: { kind: "comparison", rows } as const }
      : null;
  return data(
    {
      root: `/reseaux/${network.slug}`,
      state: { ...state, period },
      asked: state.period,
      ...{ indicator, periods, chart, why },
      theme: THEMES[indicator.theme],
      everyone: everyone && tableOfChart(everyone),
      datasets: reading.datasets.map(({ producer, title, vintage, licence, address, retrievedOn, slug, note }) => ({
        ...{ producer, title, vintage, licence, address, slug, note },
        retrievedOn: formatDate(retrievedOn),
      })),
      disagreements: reading.places.flatMap(({ place, points }) =>
        points.flatMap((point) =>
          point.disagreements.map(({ datasetId, value }) => ({
            place: place.label,
            period: point.period,
            shown: point.value,
            other: value,
            source: reading.datasets.find(({ id }) => id === datasetId)?.title ?? String(datasetId),
          })),
        ),
      ),
    },
    publicCaching(viewer),
  );
}

const VIEW_LABELS: Record<ChartView, string> = {
  comparaison: "Comparaison",
  evolution: "Évolution",
  distribution: "Situation dans le département",
  carte: "Carte",
};

export default function IndicatorPage() {
  const { root, state, asked, indicator, theme, periods, chart, why, everyone, datasets, disagreements } =
    useLoaderData<typeof loader>();
  const home = `${root}/observatoire`;
  const address = {
    code: indicator.code,
    view: state.view,
    period: asked === null ? null : state.period,
    order: state.order,
  };
  return (
    <Page
      title={indicator.label}
      lead={indicator.definition}
      crumbs={[
        { label: "Thèmes", to: `${home}/themes` },
        { label: theme, to: `${home}/themes/${indicator.theme}` },
      ]}
    >
      <ObservatoryNav root={root} />
      <nav className="chart-views screen-only" aria-label="Façons de voir">
        <ul>
          {CHART_VIEWS.map((view) => (
            <li key={view}>
              <Link
                to={`${home}/indicateurs/${indicator.code}${chartQuery({ ...address, view })}`}
                aria-current={view === state.view ? "page" : undefined}
              >
                {VIEW_LABELS[view]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {state.view !== "evolution" && periods.length > 1 && (
        <Form method="get" className="filters row">
          {state.view !== "comparaison" && <input type="hidden" name="vue" value={state.view} />}
          <div className="field">
            <label htmlFor="periode">Période</label>
            <select id="periode" name="periode" defaultValue={state.period ?? ""}>
              {periods.map((period) => (
                <option key={period} value={period}>
                  {period}
                </option>
              ))}
            </select>
          </div>
          {state.view === "comparaison" && (
            <div className="field">
              <label htmlFor="ordre">Ordre</label>
              <select id="ordre" name="ordre" defaultValue={state.order === "value" ? "valeur" : ""}>
                <option value="">Celui du réseau</option>
                <option value="valeur">De la plus grande à la plus petite valeur</option>
              </select>
            </div>
          )}
          <Button look="quiet">Afficher</Button>
        </Form>
      )}
      {chart ? (
        <ChartFigure model={chart as ChartModel} links={chartLinks(home, address)} />
      ) : (
        <EmptyState>
          <p>{why}</p>
        </EmptyState>
      )}
      {everyone && (
        <Section title="Chaque commune" id="communes">
          <ChartTableView
            caption={`${indicator.label}, ${state.period ?? ""}`}
            unit={indicator.unit}
            table={everyone}
          />
        </Section>
      )}
      <Section title="Comment ce chiffre est fait" id="methode">
        <Definitions
          entries={[
            { term: "Définition", detail: indicator.definition },
            { term: "Unité", detail: indicator.unit === "" ? "Rapport, sans unité" : indicator.unit },
            ...(indicator.numerator === null ? [] : [{ term: "Numérateur", detail: indicator.numerator }]),
            ...(indicator.denominator === null ? [] : [{ term: "Dénominateur", detail: indicator.denominator }]),
            ...(indicator.numerator === null
              ? [{ term: "Calcul", detail: "Publié tel quel par le producteur : ni additionné ni moyenné." }]
              : []),
            { term: "Source", detail: indicator.source },
            ...(indicator.caution === null ? [] : [{ term: "À savoir", detail: indicator.caution }]),
            ...indicator.breaks.map(({ before, after, reason }) => ({
              term: `Rupture ${before} | ${after}`,
              detail: reason,
            })),
          ]}
        />
        {datasets.length > 0 && (
          <>
            <h3>Fichiers</h3>
            <ul>
              {datasets.map(({ slug, producer, title, vintage, licence, address: where, retrievedOn, note }) => (
                <li key={slug}>
                  {producer}, <a href={where}>{title}</a>, millésime {vintage}, {licence}, recueilli le {retrievedOn}.{" "}
                  {note !== "" && <span className="soft">{note}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      {disagreements.length > 0 && (
        <Section title="Deux fichiers se contredisent" id="desaccords">
          <ul>
            {disagreements.map(({ place, period, shown, other, source }) => (
              <li key={`${place} ${period} ${source}`}>
                {place}, {period}&nbsp;: {shown} est montré, «&nbsp;{source}&nbsp;» donne {other}. Les deux sont gardés.
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
