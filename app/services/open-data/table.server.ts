import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { readSource, type ReadProgress, type SourceFile } from "./source-file.server";

export type TableShape = {
  readonly encoding: "utf-8" | "windows-1252";
  readonly delimiter: ";" | "," | "\t";
};

const DELIMITERS = [";", ",", "\t"] as const;
const HEADING_CHARACTERS = 262_144;
/** A quote that is never closed would swallow the rest of the file. */
const MAX_RECORD_CHARACTERS = 2_000_000;

/** How a table is encoded (UTF-8 if every byte allows it, else Windows-1252) and what parts its cells. */
export async function inspectShape(source: SourceFile): Promise<Decision<TableShape, "file-empty" | "file-not-text">> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let [isUtf8, heading] = [true, ""];
  for await (const chunk of readSource(source)) {
    if (chunk.includes(0)) return refuse("file-not-text");
    if (heading.length < HEADING_CHARACTERS && !heading.includes("\n")) heading += chunk.toString("latin1");
    if (!isUtf8) continue;
    try {
      strict.decode(chunk, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  const first = heading.split(/\r?\n|\r/).find((line) => line.replace(/^\u00ef\u00bb\u00bf/, "").trim() !== "") ?? "";
  if (first === "") return refuse("file-empty");
  const delimiter = DELIMITERS.reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  return grant({ encoding: isUtf8 ? "utf-8" : "windows-1252", delimiter });
}

/** The file is no table: a quote never closed, for instance. */
export class UnreadableTable extends Error {
  override readonly name = "UnreadableTable";
  constructor(readonly line: number) {
    super(`Unreadable table near line ${line}`);
  }
}

export type TableLine = { readonly line: number; readonly cells: readonly string[] };

/** The rows of a table, heading first, empty lines left out. @throws UnreadableTable, DamagedFile */
export async function* readLines(
  source: SourceFile,
  shape: TableShape,
  progress: ReadProgress,
): AsyncGenerator<TableLine> {
  const decoder = new TextDecoder(shape.encoding);
  const parser = parse({
    ...{ delimiter: shape.delimiter, relax_column_count: true, bom: true },
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  let fault: unknown = null;
  pipeline(
    readSource(source, progress),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    },
    parser,
    (error) => {
      fault = error;
    },
  );
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1;
      if (cells.length > 1 || (cells[0] ?? "").trim() !== "") yield { line, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableTable(line + 1);
    throw fault ?? error;
  }
}
