import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";

/** Official files of INSEE, read as their producer publishes them: by the names of their columns, as a stream, whatever the year's layout. */

export type TableHead = {
  readonly sha256: string;
  readonly byteSize: number;
  readonly encoding: "utf-8" | "windows-1252";
  readonly delimiter: ";" | "," | "\t";
};

export type TableRefusal = "file-missing" | "file-empty" | "file-not-text";

const DELIMITERS = [";", ",", "\t"] as const;

/**
 * Reads a file once: its fingerprint, how it is encoded (UTF-8 if every byte allows it, else Windows-1252) and what parts its cells.
 * Nothing of it is kept in memory but its first line.
 */
export async function inspectTable(path: string): Promise<Decision<TableHead, TableRefusal>> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) return refuse("file-missing");
  const hash = createHash("sha256");
  const strict = new TextDecoder("utf-8", { fatal: true });
  let [isUtf8, heading] = [true, ""];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (chunk.includes(0)) return refuse("file-not-text");
    if (!heading.includes("\n") && heading.length < 65_536) heading += chunk.toString("latin1");
    try {
      if (isUtf8) strict.decode(chunk, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  try {
    if (isUtf8) strict.decode();
  } catch {
    isUtf8 = false;
  }
  const first = heading.split(/\r?\n|\r/)[0] ?? "";
  if (first.trim() === "") return refuse("file-empty");
  const delimiter = DELIMITERS.reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  return grant({
    sha256: hash.digest("hex"),
    byteSize: size,
    encoding: isUtf8 ? "utf-8" : "windows-1252",
    delimiter,
  });
}

/** The file is no table: a quote never closed, for instance. */
export class MalformedTable extends Error {
  override readonly name = "MalformedTable";
  constructor(readonly line: number) {
    super(`Malformed table near line ${line}`);
  }
}

export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** The rows of a file, heading first, empty lines left out. @throws MalformedTable when quotes do not close */
export async function* readTable(path: string, head: TableHead): AsyncGenerator<TableRow> {
  const decoder = new TextDecoder(head.encoding);
  const parser = parse({ delimiter: head.delimiter, relax_column_count: true });
  pipeline(
    createReadStream(path),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    },
    parser,
    () => undefined,
  );
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1;
      if (cells.some((cell) => cell.trim() !== "")) yield { line, cells };
    }
  } catch (fault) {
    if (fault instanceof CsvError) throw new MalformedTable(line + 1);
    throw fault;
  }
}

/** « Région », « REGION » and « region » are one name. */
function plainName(cell: string): string {
  return cell
    .normalize("NFD")
    .replace(/[\u0300-\u036f\ufeff]/g, "")
    .trim()
    .toUpperCase();
}

function indexColumns(heading: readonly string[]): ReadonlyMap<string, number> {
  return new Map(heading.map((cell, at) => [plainName(cell), at]));
}

export type HeadingRefusal = {
  readonly kind: "other-dataset";
  /** What the file looks like, when its columns say so. */
  readonly looksLike: "populations" | "movements" | "project-table" | null;
  readonly missing: readonly string[];
};

function refuseHeading(columns: ReadonlyMap<string, number>, needed: readonly string[]): HeadingRefusal {
  const has = (...names: readonly string[]) => names.every((name) => columns.has(name));
  const looksLike = has("PMUN", "PTOT")
    ? "populations"
    : has("TYPECOM_AV", "COM_AV")
      ? "movements"
      : has("COMMUNE_CODE", "VINTAGE")
        ? "project-table"
        : null;
  return { kind: "other-dataset", looksLike, missing: needed.filter((name) => !columns.has(name)) };
}

export type PopulationColumns = {
  readonly width: number;
  readonly code: { readonly whole: number } | { readonly department: number; readonly commune: number };
  readonly label: number | null;
  readonly municipal: number;
  readonly countedApart: number;
  readonly total: number;
};

/**
 * Where the columns of « populations de référence » stand. Three layouts are known: 2019 (COM is the whole code, no name), 2020 (COM is the name,
 * the code is CODDEP then CODCOM), 2021 and later (COM is the whole code, Commune the name).
 */
export function findPopulationColumns(heading: readonly string[]): Decision<PopulationColumns, HeadingRefusal> {
  const columns = indexColumns(heading);
  const at = (name: string) => columns.get(name) ?? null;
  const [municipal, countedApart, total] = [at("PMUN"), at("PCAP"), at("PTOT")];
  const [com, department, commune, label] = [at("COM"), at("CODDEP"), at("CODCOM"), at("COMMUNE")];
  const figures =
    municipal === null || countedApart === null || total === null ? null : { municipal, countedApart, total };
  if (figures === null || com === null) return refuse(refuseHeading(columns, ["COM", "PMUN", "PCAP", "PTOT"]));
  const width = heading.length;
  if (label === null && department !== null && commune !== null)
    return grant({ width, ...figures, code: { department, commune }, label: com });
  return grant({ width, ...figures, code: { whole: com }, label });
}

export type PopulationRow = {
  readonly communeCode: string;
  readonly label: string;
  readonly municipal: number;
  readonly countedApart: number;
  readonly total: number;
};

export type RowFault =
  | { readonly kind: "row-cut"; readonly cells: number; readonly expected: number }
  | { readonly kind: "code-malformed" | "number-malformed" | "date-malformed"; readonly cell: string }
  | { readonly kind: "sum-differs"; readonly communeCode: string };

const COMMUNE_CODE = /^(?:\d{2}|2A|2B)\d{3}$/;
const WHOLE_NUMBER = /^(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)$/;

/** One commune. A row whose total is not municipale + comptée à part is refused: a figure was cut or altered. */
export function readPopulationRow(
  columns: PopulationColumns,
  cells: readonly string[],
): Decision<PopulationRow, RowFault> {
  if (cells.length !== columns.width) {
    return refuse({ kind: "row-cut", cells: cells.length, expected: columns.width });
  }
  const cell = (at: number) => (cells[at] ?? "").trim();
  const communeCode =
    "whole" in columns.code
      ? cell(columns.code.whole).toUpperCase().padStart(5, "0")
      : joinCode(cell(columns.code.department), cell(columns.code.commune));
  if (!COMMUNE_CODE.test(communeCode)) return refuse({ kind: "code-malformed", cell: communeCode });
  const figures = [columns.municipal, columns.countedApart, columns.total].map((at) => readWhole(cell(at)));
  const [municipal, countedApart, total] = figures;
  if (typeof municipal !== "number" || typeof countedApart !== "number" || typeof total !== "number") {
    const faulty = [columns.municipal, columns.countedApart, columns.total].find((_, at) => figures[at] === null);
    return refuse({ kind: "number-malformed", cell: cell(faulty ?? columns.municipal) });
  }
  if (municipal + countedApart !== total) return refuse({ kind: "sum-differs", communeCode });
  const label = columns.label === null ? "" : cell(columns.label);
  return grant({ communeCode, label, municipal, countedApart, total });
}

/** « 44 » and « 15 » make « 44015 »; overseas « 974 » and « 424 », or « 24 », make « 97424 ». */
function joinCode(department: string, commune: string): string {
  const dep = department.toUpperCase().padStart(2, "0");
  if (dep.length === 2) return dep + commune.padStart(3, "0");
  const isWholeSuffix = commune.length === 3 && commune.startsWith(dep.slice(2));
  return isWholeSuffix ? dep.slice(0, 2) + commune : dep + commune.replace(/^0(?=\d{2}$)/, "").padStart(2, "0");
}

function readWhole(text: string): number | null {
  return WHOLE_NUMBER.test(text) ? Number(text.replace(/\D/g, "")) : null;
}

/** « 44 », « 2A », « 974 » */
export function departmentOf(communeCode: string): string {
  return communeCode.slice(0, communeCode.startsWith("97") ? 3 : 2);
}

/** Departments that every national file of populations holds; Mayotte joined later. */
const DEPARTMENTS: readonly string[] = [
  ...Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, "0")).filter((code) => code !== "20"),
  ...["2A", "2B", "971", "972", "973", "974"],
];

/** The departments that a national file should hold and does not: it was cut, or is an extract. */
export function findMissingDepartments(present: ReadonlySet<string>): readonly string[] {
  return DEPARTMENTS.filter((department) => !present.has(department));
}

export type MovementColumns = {
  readonly width: number;
  readonly kind: number;
  readonly date: number;
  readonly typeBefore: number;
  readonly codeBefore: number;
  readonly typeAfter: number;
  readonly codeAfter: number;
};

const MOVEMENT_NAMES = {
  ...{ kind: "MOD", date: "DATE_EFF", typeBefore: "TYPECOM_AV", codeBefore: "COM_AV" },
  ...{ typeAfter: "TYPECOM_AP", codeAfter: "COM_AP" },
} as const;

export function findMovementColumns(heading: readonly string[]): Decision<MovementColumns, HeadingRefusal> {
  const columns = indexColumns(heading);
  const needed = Object.values(MOVEMENT_NAMES);
  if (needed.some((name) => !columns.has(name))) return refuse(refuseHeading(columns, needed));
  const at = (name: keyof typeof MOVEMENT_NAMES) => columns.get(MOVEMENT_NAMES[name]) ?? 0;
  return grant({
    width: heading.length,
    ...{ kind: at("kind"), date: at("date"), typeBefore: at("typeBefore"), codeBefore: at("codeBefore") },
    ...{ typeAfter: at("typeAfter"), codeAfter: at("codeAfter") },
  });
}

export type MovementRow = {
  readonly kind: string;
  readonly date: PlainDate;
  readonly codeBefore: string;
  readonly codeAfter: string;
};

/** One line between communes proper; null for the delegated and associated communes of the same event, which are no communes. */
export function readMovementRow(
  columns: MovementColumns,
  cells: readonly string[],
): Decision<MovementRow | null, RowFault> {
  if (cells.length !== columns.width) {
    return refuse({ kind: "row-cut", cells: cells.length, expected: columns.width });
  }
  const cell = (at: number) => (cells[at] ?? "").trim();
  if (cell(columns.typeBefore) !== "COM" || cell(columns.typeAfter) !== "COM") return grant(null);
  const date = parsePlainDate(cell(columns.date));
  if (date === null) return refuse({ kind: "date-malformed", cell: cell(columns.date) });
  const [codeBefore, codeAfter] = [cell(columns.codeBefore), cell(columns.codeAfter)].map((code) =>
    code.toUpperCase().padStart(5, "0"),
  );
  for (const code of [codeBefore, codeAfter]) {
    if (code === undefined || !COMMUNE_CODE.test(code)) return refuse({ kind: "code-malformed", cell: code ?? "" });
  }
  return grant({ kind: cell(columns.kind), date, codeBefore: codeBefore ?? "", codeAfter: codeAfter ?? "" });
}
