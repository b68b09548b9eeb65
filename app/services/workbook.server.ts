import { unzipSync } from "fflate";
import { parse } from "csv-parse/sync";
import { readOds, writeOds } from "hucre/ods";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { composeCsv } from "~/documents/csv";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";

/** One sheet in the three formats that people fill: written by us, and read back with suspicion. */

export const WORKBOOK_FORMATS = ["csv", "ods", "xlsx"] as const;
export type WorkbookFormat = (typeof WORKBOOK_FORMATS)[number];

const MEDIA_TYPES: Record<WorkbookFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export type PlainSheet = { readonly name: string; readonly rows: readonly (readonly (string | number | null)[])[] };

/** @param widths of the columns, in characters */
export async function composeWorkbook(
  format: WorkbookFormat,
  sheet: PlainSheet,
  widths: readonly number[],
): Promise<Uint8Array> {
  if (format === "csv") {
    const [heading = [], ...rows] = sheet.rows;
    return new TextEncoder().encode(
      composeCsv(
        heading.map((cell) => String(cell ?? "")),
        rows,
      ),
    );
  }
  const rows = sheet.rows.map((cells) => cells.map(cleanCell));
  const sheets = [{ name: sheet.name, rows, columns: widths.map((width) => ({ width })) }];
  return format === "ods" ? writeOds({ sheets }) : writeXlsx({ sheets });
}

/** What a spreadsheet would run, for whoever saves the file as CSV afterwards, and characters that XML does not hold. */
function cleanCell(cell: string | number | null): string | number | null {
  if (typeof cell !== "string") return cell;
  const text = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function answerWorkbook(bytes: Uint8Array, format: WorkbookFormat, name: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "Content-Type": MEDIA_TYPES[format],
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}

export type ReadCell = {
  /** As text: a number without thousands mark and with a decimal comma. */
  readonly text: string;
  readonly isFormula: boolean;
};

export type WorkbookRefusal = "file-empty" | "file-too-large" | "file-not-a-sheet" | "too-many-rows";

/** 2 MB packed, 20 MB unpacked, 2,000 rows, 40 columns: a grid is far smaller. */
const LIMITS = { bytes: 2 * 1024 * 1024, unpacked: 20 * 1024 * 1024, rows: 2000, columns: 40 } as const;

/**
 * Reads the first sheet of a file, recognised by its content and not by its name. CSV: UTF-8 or Windows-1252, semicolon, comma or tab.
 * Formulas are not computed: a cell that holds one says so.
 */
export async function readWorkbook(
  bytes: Uint8Array,
): Promise<Decision<readonly (readonly ReadCell[])[], WorkbookRefusal>> {
  if (bytes.length === 0) return refuse("file-empty");
  if (bytes.length > LIMITS.bytes) return refuse("file-too-large");
  try {
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    return isZip ? await readSpreadsheet(bytes) : readDelimited(bytes);
  } catch {
    // Whatever a hostile or broken file makes a reader throw, it is no sheet that we can read.
    return refuse("file-not-a-sheet");
  }
}

async function readSpreadsheet(
  bytes: Uint8Array,
): Promise<Decision<readonly (readonly ReadCell[])[], WorkbookRefusal>> {
  let unpacked = 0;
  let isOds = false;
  unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      unpacked += originalSize;
      isOds ||= name === "content.xml";
      return false;
    },
  });
  if (unpacked > LIMITS.unpacked) return refuse("file-too-large");
  const options = { sheets: [0], maxRows: LIMITS.rows + 1 };
  const { sheets } = await (isOds ? readOds(bytes, options) : readXlsx(bytes, options));
  const sheet = sheets[0];
  if (!sheet) return refuse("file-not-a-sheet");
  const rows = sheet.rows.map((cells, row) =>
    cells.slice(0, LIMITS.columns).map((value, column): ReadCell => ({
      text: textOf(value),
      isFormula: sheet.cells?.get(`${row},${column}`)?.formula !== undefined,
    })),
  );
  return trimRows(rows);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "boolean") return value ? "VRAI" : "FAUX";
  return typeof value === "string" ? value : "";
}

function readDelimited(bytes: Uint8Array): Decision<readonly (readonly ReadCell[])[], WorkbookRefusal> {
  if (bytes.includes(0)) return refuse("file-not-a-sheet");
  const text = decode(bytes).replace(/^\ufeff/, "");
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  if (lines > LIMITS.rows) return refuse("too-many-rows");
  const head = text.slice(0, text.indexOf("\n") < 0 ? undefined : text.indexOf("\n"));
  const delimiter = [";", "\t", ","].find((mark) => head.includes(mark)) ?? ";";
  const rows = parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  }) as string[][];
  return trimRows(
    rows.map((cells) =>
      cells.slice(0, LIMITS.columns).map((cell) => ({ text: cell, isFormula: cell.trimStart().startsWith("=") })),
    ),
  );
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Rows that hold nothing at the end are no rows. */
function trimRows(rows: readonly (readonly ReadCell[])[]): Decision<readonly (readonly ReadCell[])[], WorkbookRefusal> {
  const last = rows.findLastIndex((cells) => cells.some(({ text, isFormula }) => text.trim() !== "" || isFormula));
  if (last < 0) return refuse("file-empty");
  return last >= LIMITS.rows ? refuse("too-many-rows") : grant(rows.slice(0, last + 1));
}
