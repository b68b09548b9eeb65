/** Tables that a French spreadsheet opens as they are: semicolons, UTF-8 with its mark, CRLF. */

export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = "\ufeff";
/** A cell that starts so would be run as a formula. Numbers are written by us and stay numbers. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** A column of euros, by its name: « part_euros », « Montant TTC (€) ». */
const IS_MONEY = /(?:_euros| \(€\))$/;

/** Amounts keep their two decimals: « 1180,40 », a number still. */
export function composeCsv(heading: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const isMoney = heading.map((name) => IS_MONEY.test(name));
  const lines = rows.map((cells) => composeLine(cells, isMoney));
  return BYTE_ORDER_MARK + composeCsvLine(heading) + lines.join("");
}

/** One line, for a table that is written as it is read. */
export function composeCsvLine(cells: readonly CsvCell[]): string {
  return composeLine(cells, []);
}

function composeLine(cells: readonly CsvCell[], isMoney: readonly boolean[]): string {
  return `${cells.map((cell, column) => composeCell(cell, isMoney[column] === true)).join(";")}\r\n`;
}

function composeCell(cell: CsvCell, isMoney: boolean): string {
  if (cell === null) return "";
  if (typeof cell === "number") return (isMoney ? cell.toFixed(2) : String(cell)).replace(".", ",");
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
