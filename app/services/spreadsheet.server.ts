import { writeOds } from "hucre/ods";

export type SheetCell = string | number | null;

/**
 * A table as an OpenDocument spreadsheet. Texts are typed as texts, so that « =1+1 » stays a text; an apostrophe is put before what a spreadsheet would run,
 * for whoever saves the file as CSV afterwards.
 */
export function composeOds(
  sheet: string,
  heading: readonly string[],
  rows: readonly (readonly SheetCell[])[],
): Promise<Uint8Array> {
  return writeOds({ sheets: [{ name: sheet, rows: [heading, ...rows].map((cells) => cells.map(makeSafe)) }] });
}

function makeSafe(cell: SheetCell): SheetCell {
  if (typeof cell !== "string") return cell;
  const text = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export const ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet";
