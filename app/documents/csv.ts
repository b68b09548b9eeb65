/** Tables that a French spreadsheet opens as they are: semicolons, UTF-8 with its mark, CRLF. */

export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = "\ufeff";
/** A cell that starts so would be run as a formula. Numbers are written by us and stay numbers. */
const FORMULA_START = /^[=+\-@\t\r]/;

export function composeCsv(heading: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return BYTE_ORDER_MARK + [heading, ...rows].map(composeCsvLine).join("");
}

/** One line, for a table that is written as it is read. */
export function composeCsvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(composeCell).join(";")}\r\n`;
}

function composeCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell).replace(".", ",");
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
