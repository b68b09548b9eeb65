import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ChartModel } from "~/documents/chart-model";
import { count } from "~/documents/french";
import { columnsOf, indicatorRow } from "~/documents/indicator-table";
import { comparisonChart, latestPeriod, periodsOf, trendChart } from "~/documents/observatory-charts";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { loadTheme, MOST_COLUMNS } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ChartFigure } from "~/ui/charts/chart-figure";
import { chartLinks } from "~/ui/observatory/chart-links";
import { IndicatorTable } from "~/ui/observatory/indicator-table";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.label ?? "Thème" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const isTheme = (text: string): text is ThemeCode => Object.hasOwn(THEMES, text);

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const theme = args.params["theme"] ?? "";
  if (!isTheme(theme)) throw notFound();
  const { territory, readings } = await loadTheme(getDb(), network.id, theme);
  const columns = columnsOf(
    territory.places.map(({ place }) => place),
    MOST_COLUMNS,
  );
  return data(
    {
      root: `/reseaux/${network.slug}`,
      label: THEMES[theme],
      columns,
      rows: readings.flatMap((reading) => indicatorRow(reading, columns) ?? []),
      charts: readings.flatMap((reading) => {
        const period = latestPeriod(reading);
        if (period === null) return [];
        const { code } = reading.indicator;
        const isTrend = periodsOf(reading).length >= LONG_SERIES;
        const model = isTrend
          ? trendChart(reading, { id: `evolution-${code}` })
          : comparisonChart(reading, { id: `comparaison-${code}`, period });
        return [{ model, code, view: isTrend ? "evolution" : "comparaison" }];
      }),
    },
    publicCaching(viewer),
  );
}

/** From this many periods on, time tells more than a comparison. */
const LONG_SERIES = 4;

export default function ThemePage() {
  const { root, label, columns, rows, charts } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire`;
  return (
    <Page
      title={label}
      lead={`${count(rows.length, "indicateur connu", "indicateurs connus")} pour ce territoire.`}
      crumbs={[{ label: "Thèmes", to: `${home}/themes` }]}
    >
      <ObservatoryNav root={root} />
      {rows.length === 0 ? (
        <EmptyState>
          <p>Aucun chiffre de ce thème n’a été importé pour ces communes.</p>
        </EmptyState>
      ) : (
        <>
          <IndicatorTable caption={label} columns={columns} rows={rows} home={home} />
          <div className="chart-grid">
            {charts.map(({ model, code, view }) => (
              <ChartFigure key={model.id} model={model as ChartModel} links={chartLinks(home, { code, view })} />
            ))}
          </div>
        </>
      )}
    </Page>
  );
}
