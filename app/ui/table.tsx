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
};

/** A table that scrolls in its own region when it is too wide, reachable from the keyboard. */
export function Table<Row>({ caption, captionHidden = false, columns, rows, rowKey, foot }: TableProps<Row>) {
  const captionId = useId();
  return (
    // A region that scrolls must take the focus, or the keyboard can't scroll it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-region" role="region" aria-labelledby={captionId} tabIndex={0}>
      <table>
        <caption id={captionId}>
          <span className={captionHidden ? "visually-hidden" : undefined}>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.number ? "number" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.heading ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.number ? "number" : undefined}>
                    {column.cell(row)}
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
