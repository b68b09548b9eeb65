/** A number is written as such; a text never becomes a formula. */
export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = "\uFEFF";
const FORMULA_START = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[";\r\n]/;

/**
 * A table as French spreadsheets open it by a double click: UTF-8 with its mark, semicolons, CRLF. A text that a spreadsheet would run as a
 * formula (it starts with = + - @, a tab or a line end) gets an apostrophe in front.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map(writeCell).join(";"));
  return `${BYTE_ORDER_MARK}${lines.join("\r\n")}\r\n`;
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell).replace(".", ",");
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
