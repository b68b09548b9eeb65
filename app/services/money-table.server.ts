import { composeCsv } from "~/documents/csv";
import { nameCells, type MoneyTable } from "~/documents/money-tables";
import { composeOds, ODS_TYPE } from "./spreadsheet.server";

const FORMATS = {
  csv: "text/csv; charset=utf-8",
  ods: ODS_TYPE,
  json: "application/json; charset=utf-8",
} as const;
export type TableFormat = keyof typeof FORMATS;

/** « budget.ods » as its table and its format; null when it is no such name. */
export function readTableName(text: string): { readonly key: string; readonly format: TableFormat } | null {
  const match = /^([a-z-]{1,40})\.(csv|ods|json)$/.exec(text);
  return match ? { key: match[1] ?? "", format: match[2] as TableFormat } : null;
}

/** A list of members as a file: never kept by a cache. */
export async function answerTable(
  table: MoneyTable,
  { format, key, slug, year }: { format: TableFormat; key: string; slug: string; year: number },
): Promise<Response> {
  const body =
    format === "csv"
      ? composeCsv(table.heading, table.rows)
      : format === "ods"
        ? Buffer.from(await composeOds(`${key} ${year}`, table.heading, table.rows))
        : JSON.stringify({ reseau: slug, table: key, annee: year, lignes: nameCells(table) });
  return new Response(body, {
    headers: {
      "Content-Type": FORMATS[format],
      "Content-Disposition": `attachment; filename="${key}-${slug}-${year}.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
