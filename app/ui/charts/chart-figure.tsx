import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ChartModel } from "~/documents/chart-model";
import { tableOfChart, type ChartTable } from "~/documents/chart-table";
import { Table } from "../table";
import { ChartSvg } from "./chart-svg";

export type ChartLinks = {
  /** The chart alone in this state, to send or to quote. */
  readonly permanent: string;
  readonly svg: string;
  readonly csv: string;
  readonly embed: string;
};

type ChartFigureProps = {
  readonly model: ChartModel;
  readonly links?: ChartLinks;
  /** Level of the finding as a heading. */
  readonly level?: 2 | 3;
  readonly tableOpen?: boolean;
  readonly children?: ReactNode;
};

/**
 * A chart as a reader meets it: what it says, the picture, where it comes from, the same figures as a table, and what one may take away.
 * Nothing needs a script: the picture is in the page, the table unfolds by itself, tooltips are the browser's own.
 */
export function ChartFigure({ model, links, level = 2, tableOpen = false, children }: ChartFigureProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const titleId = `${model.id}-titre`;
  const subjectId = `${model.id}-sujet`;
  const { unit } = model.quantity;
  return (
    <figure className="chart" id={model.id}>
      <figcaption>
        <Heading className="chart-title" id={titleId}>
          {model.finding}
        </Heading>
        <p className="chart-subject" id={subjectId}>
          {model.subject}
          {unit === "" ? "" : `, en ${unit}`}, {model.period}
        </p>
      </figcaption>
      <ChartSvg model={model} labelledBy={`${titleId} ${subjectId}`} />
      <ChartSources sources={model.sources} />
      {model.notes.map((note) => (
        <p className="chart-source" key={note}>
          {note}
        </p>
      ))}
      {children}
      <details className="chart-data" open={tableOpen}>
        <summary>Les mêmes chiffres en tableau</summary>
        <ChartTableView caption={`${model.subject}, ${model.period}`} unit={unit} table={tableOfChart(model)} />
      </details>
      {links && <ChartTools links={links} finding={model.finding} />}
    </figure>
  );
}

/** A series over many vintages has a source for each: more than three are summed up by their producers, then listed under a fold. */
function ChartSources({ sources }: { readonly sources: readonly string[] }) {
  const [first] = sources;
  if (sources.length <= 3)
    return sources.map((source) => (
      <p className="chart-source" key={source}>
        Source&nbsp;: {source}
      </p>
    ));
  const producers = [...new Set(sources.map((source) => source.split(", ")[0]))].join(", ");
  return (
    <>
      <p className="chart-source">
        Sources&nbsp;: {producers}, {sources.length} jeux de données. Le premier&nbsp;: {first}
      </p>
      <details className="chart-data">
        <summary>Les {sources.length} sources</summary>
        <ul>
          {sources.map((source) => (
            <li className="chart-source" key={source}>
              {source}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function ChartTools({ links, finding }: { readonly links: ChartLinks; readonly finding: string }) {
  return (
    <nav className="chart-tools screen-only" aria-label={`Emporter le graphique : ${finding}`}>
      <ul>
        <li>
          <Link to={links.permanent}>Adresse de ce graphique</Link>
        </li>
        <li>
          <a href={links.csv}>Données (CSV)</a>
        </li>
        <li>
          <a href={links.svg}>Image (SVG)</a>
        </li>
        <li>
          <Link to={links.embed}>Intégrer dans un site</Link>
        </li>
      </ul>
    </nav>
  );
}

type ChartTableViewProps = { readonly caption: string; readonly unit: string; readonly table: ChartTable };

export function ChartTableView({ caption, unit, table }: ChartTableViewProps) {
  return (
    <Table
      caption={`${caption}${unit === "" ? "" : ` (${unit})`}`}
      columns={table.columns.map((label, column) => ({
        key: String(column),
        label,
        number: column > 0,
        heading: column === 0,
        cell: ({ label: name, cells }: ChartTable["rows"][number]) => (column === 0 ? name : (cells[column - 1] ?? "")),
      }))}
      rows={table.rows}
      rowKey={({ label }) => label}
    />
  );
}
