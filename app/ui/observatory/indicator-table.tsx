import { Link } from "@remix-run/react";
import type { IndicatorColumns, IndicatorRow } from "~/documents/indicator-table";
import { Table } from "../table";

type IndicatorTableProps = {
  readonly caption: string;
  readonly columns: IndicatorColumns;
  readonly rows: readonly IndicatorRow[];
  /** Of the observatory. */
  readonly home: string;
};

/** The latest figures, a row per indicator. What is secret says so in the cell, hatched. */
export function IndicatorTable({ caption, columns, rows, home }: IndicatorTableProps) {
  const labels = [...(columns.hasRange ? ["Communes, étendue"] : []), ...columns.places.map(({ label }) => label)];
  return (
    <div className="indicator-table">
      <Table
        caption={caption}
        captionHidden
        columns={[
          {
            key: "indicateur",
            label: "Indicateur",
            heading: true,
            cell: ({ code, label, unit, period }: IndicatorRow) => (
              <>
                <Link to={`${home}/indicateurs/${code}`}>{label}</Link>
                <br />
                <span className="soft small">
                  {unit === "" ? "" : `${unit}, `}
                  {period}
                </span>
              </>
            ),
          },
          ...labels.map((label, index) => ({
            key: String(index),
            label,
            number: true,
            cell: ({ cells }: IndicatorRow) => {
              const cell = cells[index];
              if (!cell) return null;
              return cell.status === "value" ? cell.text : <span className={`figure-${cell.status}`}>{cell.text}</span>;
            },
          })),
        ]}
        rows={rows}
        rowKey={({ code }) => code}
      />
    </div>
  );
}
