import type { ChartModel } from "~/documents/chart-model";
import { tableOfChart } from "~/documents/chart-table";
import { ChartSvg } from "./chart-svg";

type EmbeddedChartProps = {
  readonly chart: ChartModel | null;
  /** Said instead of a chart that has nothing to show. */
  readonly why: string;
  readonly title: string;
  readonly stylesheet: string;
  readonly networkName: string;
  /** The same chart in the portal, whole address. */
  readonly home: string;
};

/** A whole page of one chart, for a frame in another site: plain HTML, links open out of the frame. */
export function EmbeddedChart({ chart, why, title, stylesheet, networkName, home }: EmbeddedChartProps) {
  return (
    <html lang="fr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`Graphique : ${chart?.finding ?? title}`}</title>
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body className="embedded">
        <main id="contenu">
          {chart ? <Embedded chart={chart} /> : <EmbeddedNothing title={title} why={why} />}
          <p className="chart-source">
            <a href={home} target="_blank" rel="noopener">
              {networkName}&nbsp;: voir ce graphique, ses sources et ses données
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}

function EmbeddedNothing({ title, why }: { readonly title: string; readonly why: string }) {
  return (
    <>
      <h1 className="chart-title">{title}</h1>
      <p>{why}</p>
    </>
  );
}

function Embedded({ chart }: { readonly chart: ChartModel }) {
  const { columns, rows } = tableOfChart(chart);
  return (
    <figure className="chart">
      <figcaption>
        <h1 className="chart-title" id="titre">
          {chart.finding}
        </h1>
        <p className="chart-subject" id="sujet">
          {chart.subject}
          {chart.quantity.unit === "" ? "" : `, en ${chart.quantity.unit}`}, {chart.period}
        </p>
      </figcaption>
      <ChartSvg model={chart} labelledBy="titre sujet" />
      {chart.sources.map((source) => (
        <p className="chart-source" key={source}>
          Source&nbsp;: {source}
        </p>
      ))}
      <details className="chart-data">
        <summary>Les mêmes chiffres en tableau</summary>
        {/* What scrolls must take the focus, or the keyboard can't scroll it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="table-region" role="group" aria-label={chart.subject} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, cells }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {cells.map((cell, index) => (
                    <td key={index} className="number">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
