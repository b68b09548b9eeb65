import { useId, type ReactNode } from "react";

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly number?: boolean;
  /** The cell that names its row. */
  readonly heading?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

type TableProps<Row> = {
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly foot?: ReactNode;
  /** On a narrow screen: « scroll » for rows that are compared, « stack » for rows that are read one by one. */
  readonly narrow?: "scroll" | "stack";
};

/**
 * A table that scrolls in its own region when it is too wide, reachable from the keyboard. The roles of stacked rows are written out: a
 * browser forgets them when a stylesheet lays out a table as blocks.
 */
export function Table<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  rowKey,
  foot,
  narrow = "scroll",
}: TableProps<Row>) {
  const captionId = useId();
  const role = (name: string) => (narrow === "stack" ? { role: name } : {});
  return (
    // What scrolls must take the focus, or the keyboard can't scroll it. No landmark: two tables may bear the same caption.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-region" data-narrow={narrow} role="group" aria-labelledby={captionId} tabIndex={0}>
      <table {...role("table")}>
        <caption id={captionId}>
          <span className={captionHidden ? "visually-hidden" : undefined}>{caption}</span>
        </caption>
        <thead {...role("rowgroup")}>
          <tr {...role("row")}>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.number ? "number" : undefined}
                {...role("columnheader")}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role("rowgroup")}>
          {rows.map((row) => (
            <tr key={rowKey(row)} {...role("row")}>
              {columns.map((column) =>
                column.heading ? (
                  <th key={column.key} scope="row" {...role("rowheader")}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.number ? "number" : undefined} {...role("cell")}>
                    {narrow === "stack" ? (
                      <StackedCell label={column.label}>{column.cell(row)}</StackedCell>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** Nothing to say is not shown on a narrow screen, its label neither. */
function StackedCell({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === "" || children === false) return null;
  return (
    <>
      <span className="cell-label" aria-hidden="true">
        {label}
      </span>
      <div className="cell">{children}</div>
    </>
  );
}
