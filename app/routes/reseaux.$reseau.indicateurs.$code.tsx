import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { cellKeyOf, orderCategories, type CellRef } from "~/domain/indicator/dictionary";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { findCell, followCell, ratePerThousand } from "~/domain/statistics/release/published-year";
import { NBSP } from "~/documents/french";
import {
  tellGaps,
  tellIndicator,
  tellSecrecy,
  tellVintage,
  unitWords,
  writeCell,
  writePoint,
  writeRate,
} from "~/documents/release-words";
import { loadConsolidatedView } from "~/features/releases/view.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ComparisonChart } from "~/ui/indicators/comparison-chart";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { TrendChart } from "~/ui/indicators/trend-chart";
import { Definitions, Page, Section } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.label ?? "Indicateur" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const view = await loadConsolidatedView(getDb(), network.id, actor, new URL(args.request.url).searchParams);
  const year = view.current?.content;
  const indicator = year?.dictionary.indicators.find(({ code }) => code === args.params["code"]);
  if (!year || !indicator || !view.current) throw notFound();
  const years = view.publications.map(({ content }) => content);
  const whole: CellRef = { indicator: indicator.code, dimension: null, category: null };
  const isRatio = indicator.formula?.kind === "ratio";
  const scopes = [
    ...year.members.map(({ id, shortName }) => ({ id, label: shortName })),
    { id: NETWORK, label: "Réseau" },
  ];
  const trend = followCell(years, NETWORK, whole).map((point) => ({
    year: point.year,
    isBreak: point.isBreak,
    ...writePoint(point, indicator),
    members: point.cell?.members ?? null,
  }));
  return data(
    {
      root: `/reseaux/${network.slug}`,
      ...{ audience: view.audience, isMember: view.isMember, mayPublish: view.mayPublish },
      ...{ label: indicator.label, definition: indicator.definition, unit: unitWords(indicator) },
      ...{ year: year.year, number: view.current.number, breakReason: indicator.breakReason, isRatio, trend },
      sentence: tellIndicator(years, year, indicator),
      gaps: tellGaps(year, indicator.code),
      secrecy: tellSecrecy(year),
      vintage: isRatio ? "" : tellVintage(year),
      period: indicator.period === "stock" ? "au 31 décembre" : "du 1er janvier au 31 décembre",
      bars: scopes.slice(0, -1).map(({ id, label }) => {
        const cell = findCell(year, id, indicator.code);
        const rate = cell && !isRatio ? ratePerThousand(year, cell) : (cell?.value ?? null);
        const isHidden = cell?.status === "suppressed";
        const words = isHidden ? "masqué" : writeCell(indicator, cell);
        return {
          label,
          isHidden,
          value: rate,
          told: rate === null || isRatio ? words : writeRate(year, indicator, cell),
        };
      }),
      totals: scopes.map(({ id, label }) => {
        const cell = findCell(year, id, indicator.code);
        return {
          label,
          told: writeCell(indicator, cell),
          isSecret: cell?.status === "suppressed",
          rate: writeRate(year, indicator, cell),
        };
      }),
      breakdowns: indicator.dimensions.map((dimension) => ({
        code: dimension.code,
        label: dimension.label,
        rows: orderCategories(dimension).map((category) => ({
          code: category.code,
          label: category.parent === null ? category.label : `dont ${category.label.toLowerCase()}`,
          cells: scopes.map(({ id }) => {
            const ref = { indicator: indicator.code, dimension: dimension.code, category: category.code };
            const cell = findCell(year, id, cellKeyOf(ref));
            const isSecret = cell?.status === "suppressed";
            return { told: isSecret ? "masqué" : writeCell(indicator, cell), isSecret };
          }),
        })),
      })),
      scopes,
    },
    publicCaching(viewer),
  );
}

export default function IndicatorPage() {
  const view = useLoaderData<typeof loader>();
  const { root, label, year, unit, sentence, bars, totals, trend, breakdowns, scopes, isRatio } = view;
  const query = `?annee=${year}${view.audience === "public" && view.isMember ? "&vue=public" : ""}`;
  const measure = isRatio ? unit : `pour 1 000 habitants`;
  return (
    <Page title={label} lead={sentence} crumbs={[{ label: "Indicateurs", to: `${root}/indicateurs${query}` }]}>
      <IndicatorsNav isMember={view.isMember} mayPublish={view.mayPublish} />
      <Definitions
        entries={[
          { term: "Définition", detail: view.definition },
          { term: "Unité", detail: `${unit}, ${view.period}` },
          { term: "Publication", detail: `n°${NBSP}${view.number}, année ${year}` },
          ...(view.breakReason === "" ? [] : [{ term: "Rupture de série", detail: view.breakReason }]),
        ]}
      />
      <Section title="Les CCAS, dans l’ordre de la convention" id="comparaison">
        <p>
          {isRatio ? "Chaque CCAS" : "Pour 1 000 habitants de chaque commune"}, sans classement. {view.gaps}
        </p>
        {/* What scrolls must take the focus, or the keyboard can’t scroll it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="chart-scroll" role="group" aria-label={`Graphique : ${label}`} tabIndex={0}>
          <ComparisonChart title={`${label}, ${measure}, ${year}`} description={view.gaps} bars={bars} />
        </div>
        <Table
          narrow="stack"
          caption={`${label}, ${year}`}
          rows={totals}
          rowKey={(row) => row.label}
          columns={[
            { key: "label", label: "CCAS", heading: true, cell: (row) => row.label },
            {
              key: "told",
              label: unit,
              number: true,
              cell: (row) => (row.isSecret ? <span className="secret">{row.told}</span> : row.told),
            },
            ...(isRatio
              ? []
              : [
                  {
                    key: "rate",
                    label: "Pour 1 000 hab.",
                    number: true,
                    cell: (row: (typeof totals)[number]) => row.rate,
                  },
                ]),
          ]}
        />
        <p className="small">{view.vintage}</p>
      </Section>
      <Section title="D’une année à l’autre, le réseau" id="evolution">
        {trend.length < 2 ? (
          <p>Une seule année est publiée.</p>
        ) : (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div className="chart-scroll" role="group" aria-label={`Évolution : ${label}`} tabIndex={0}>
            <TrendChart title={`${label}, réseau`} description={sentence} marks={trend} />
          </div>
        )}
        <Table
          narrow="stack"
          caption={`${label}, réseau, par année`}
          rows={trend}
          rowKey={(row) => String(row.year)}
          columns={[
            { key: "year", label: "Année", heading: true, cell: (row) => row.year },
            { key: "told", label: unit, number: true, cell: (row) => row.told },
            {
              key: "members",
              label: "CCAS additionnés",
              number: true,
              cell: (row) => (row.members === null ? "" : row.members),
            },
            {
              key: "break",
              label: "Série",
              cell: (row) => (row.isBreak ? "rupture : ne se compare pas à l’année publiée avant" : ""),
            },
          ]}
        />
      </Section>
      {breakdowns.map(({ code, label: title, rows }) => (
        <Section key={code} title={`Par ${title.toLowerCase()}`} id={`ventilation-${code}`}>
          <Table
            caption={`${label} par ${title.toLowerCase()}, ${year}`}
            captionHidden
            rows={rows}
            rowKey={(row) => row.code}
            columns={[
              { key: "label", label: title, heading: true, cell: (row) => row.label },
              ...scopes.map((scope, rank) => ({
                key: scope.id,
                label: scope.label,
                number: true,
                cell: (row: (typeof rows)[number]) => {
                  const cell = row.cells[rank];
                  return cell?.isSecret ? <span className="secret">masqué</span> : (cell?.told ?? "");
                },
              })),
            ]}
          />
        </Section>
      ))}
      <p className="small">« Masqué » : secret statistique. {view.secrecy}</p>
      <p>
        <Link to={`${root}/indicateurs${query}`}>Tous les indicateurs</Link>
      </p>
    </Page>
  );
}
