import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { departmentOf, type FigureStatus } from "~/domain/observatory/figure";
import type { VariableCode } from "~/domain/observatory/variables";
import { today, type Clock } from "~/services/clock.server";
import type { Db } from "~/services/db.server";
import { indexNames } from "~/services/open-data/cells";
import { findFormat, TABLE_FORMATS, type RowReader, type TableFormat } from "~/services/open-data/formats";
import {
  DamagedFile,
  inspectSource,
  type ReadProgress,
  type SourceFile,
} from "~/services/open-data/source-file.server";
import { inspectShape, readLines, UnreadableTable, type TableLine } from "~/services/open-data/table.server";
import { MAX_WORKBOOK_BYTES, readDoctorsWorkbook } from "~/services/open-data/workbook.server";
import { createFigureWriter, createTerritorySums, discardDataset, FigureTwice } from "./figure-writer.server";
import type { Changes, ImportRefusal, ImportReport, LineFault, StatusCounts } from "./import-report";

export type ImportContext = { readonly db: Db; readonly clock: Clock };

export type FigureFile = {
  readonly kind: string;
  readonly path: string;
  /** Its name as people know it, when `path` is a temporary one. */
  readonly fileName: string;
  /** Checked against the columns; needed only where neither columns nor rows bear a year. */
  readonly vintage: string | null;
  readonly geographyOn: string | null;
  readonly address: string | null;
  readonly isSimulation: boolean;
  /** Somebody says that the file is part of the national one: no department is expected whole, nothing is added up. */
  readonly isExtract: boolean;
  readonly onProgress?: (progress: { readonly rows: number; readonly bytes: number }) => Promise<void> | void;
};

const LICENCE = "Licence Ouverte 2.0";
const TABLE_MEMBER = /\.(csv|txt)$/i;
const FAULTS_SHOWN = 20;
const EXAMPLES_SHOWN = 10;
const COMPARED_COMMUNES = 500;
const METROPOLE: readonly string[] = [
  ...Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, "0")).filter((code) => code !== "20"),
  ...["2A", "2B"],
];

/** Ends the reading and comes back as an answer. */
class Refused extends Error {
  constructor(readonly refusal: ImportRefusal) {
    super("Import refused");
  }
}

/**
 * Imports a table of figures as its producer publishes it: all of it or nothing. The same bytes twice are imported once. Rows go in as
 * they are read, into a dataset that nobody sees before it is complete: memory does not grow with the file, and a refusal leaves nothing.
 * A dataset never replaces another one: two that disagree both stay.
 */
export async function importFigures(
  context: ImportContext,
  file: FigureFile,
): Promise<Decision<ImportReport, ImportRefusal>> {
  const format = findFormat(file.kind);
  if (format === undefined) return refuse({ kind: "unknown-dataset", asked: file.kind });
  try {
    const inspected = await inspectSource(file.path, TABLE_MEMBER);
    const isWorkbook = /\.xlsx$/i.test(file.fileName);
    if (!inspected.ok && !isWorkbook) return refuse({ kind: inspected.refusal });
    const source = inspected.ok ? inspected.value : await inspectWorkbook(file.path);
    return await importTable(context, format, file, source, isWorkbook);
  } catch (fault) {
    if (fault instanceof Refused) return refuse(fault.refusal);
    if (fault instanceof DamagedFile) return refuse({ kind: fault.reason });
    if (fault instanceof UnreadableTable) return refuse({ kind: "table-malformed", line: fault.line });
    throw fault;
  }
}

/** A workbook is a ZIP archive without any table of its own. */
async function inspectWorkbook(path: string): Promise<SourceFile> {
  const inspected = await inspectSource(path, /workbook\.xml$/);
  if (!inspected.ok) throw new Refused({ kind: inspected.refusal });
  if (inspected.value.byteSize > MAX_WORKBOOK_BYTES) throw new Refused({ kind: "workbook-too-large" });
  return inspected.value;
}

async function importTable(
  { db, clock }: ImportContext,
  format: TableFormat,
  file: FigureFile,
  source: SourceFile,
  isWorkbook: boolean,
): Promise<Decision<ImportReport, ImportRefusal>> {
  const contentKey = `${format.kind} ${source.sha256}`;
  const held = await db.selectFrom("figureDataset").selectAll().where("contentKey", "=", contentKey).executeTakeFirst();
  if (held && held.completedAt !== null) return grant(describeKnown(format, source, held));
  if (held && !file.isSimulation) await discardDataset(db, held.id);
  const progress: ReadProgress = { bytesRead: 0 };
  let encoding: string | null = null;
  let lines: AsyncGenerator<TableLine>;
  if (isWorkbook) lines = readDoctorsWorkbook(file.path);
  else {
    const shape = await inspectShape(source);
    if (!shape.ok) return refuse({ kind: shape.refusal });
    encoding = shape.value.encoding;
    lines = readLines(source, shape.value, progress);
  }
  const first = await lines.next();
  if (first.done === true) return refuse({ kind: "file-empty" });
  const reader = openFormat(format, first.value.cells);
  const typed = file.vintage?.trim() || null;
  if (typed !== null && reader.vintage !== null && reader.vintage !== typed) {
    return refuse({ kind: "vintage-differs", typed, found: reader.vintage });
  }
  if (format.kind === "france-services" && typed === null) return refuse({ kind: "vintage-needed" });
  const datasetId = file.isSimulation ? 0 : await openDataset({ db, clock }, format, file, source, contentKey);
  try {
    const read = await readAll({ db, format, file, datasetId, progress, typed }, reader, lines);
    const vintage = reader.vintage ?? typed ?? describePeriods(read.periods);
    const { followed, unknown, geographyOn } = await sortOutCodes(db, read.codes);
    const report: ImportReport = {
      outcome: file.isSimulation ? "simulated" : "imported",
      ...{ kind: format.kind, title: format.title(vintage), vintage, sha256: source.sha256 },
      ...{ slug: `${format.kind}-${vintage}-${source.sha256.slice(0, 8)}`, member: source.member, encoding },
      ...{ rows: read.rows, figures: read.figures, territories: read.codes.size, statuses: read.statuses },
      periods: [...read.periods].sort(),
      changes: read.changes,
      ...{ followed: followed.slice(0, EXAMPLES_SHOWN), followedCount: followed.length },
      ...{ unknownCodes: unknown.slice(0, EXAMPLES_SHOWN), unknownCount: unknown.length },
      totals: read.totals,
    };
    if (!file.isSimulation) {
      const again = await inspectSource(file.path, isWorkbook ? /workbook\.xml$/ : TABLE_MEMBER);
      if (!again.ok || again.value.sha256 !== source.sha256) throw new Refused({ kind: "file-changed" });
      await db
        .updateTable("figureDataset")
        .set({ title: report.title, vintage, slug: report.slug, rowCount: read.figures })
        .set({ geographyOn: file.geographyOn ?? geographyOn })
        .set({ note: file.isExtract ? "Extrait d’un fichier national." : "", completedAt: clock.now().toISOString() })
        .where("id", "=", datasetId)
        .execute();
    }
    return grant(report);
  } catch (fault) {
    if (!file.isSimulation) await discardDataset(db, datasetId);
    throw fault;
  }
}

function openFormat(format: TableFormat, heading: readonly string[]): RowReader {
  const opened = format.open(heading);
  if (opened.ok) return opened.value;
  const other = TABLE_FORMATS.find((one) => one.open(heading).ok);
  const looksLike = other?.label ?? recogniseTerritories(heading);
  throw new Refused({ kind: "other-dataset", looksLike, missing: opened.refusal });
}

/** Files of INSEE that the portal reads otherwise, told by the columns that only they have. */
function recogniseTerritories(heading: readonly string[]): string | null {
  const columns = indexNames(heading);
  const known = [
    [["PMUN", "PTOT"], "INSEE, populations de référence, qui s’importent à part"],
    [["TYPECOM_AV", "TYPECOM_AP"], "INSEE, mouvements de communes, qui s’importent à part"],
    [["TYPECOM", "COM", "LIBELLE"], "INSEE, code officiel géographique : communes"],
    [["DEP", "CHEFLIEU", "LIBELLE"], "INSEE, code officiel géographique : départements"],
  ] as const;
  return known.find(([names]) => names.every((name) => columns.has(name)))?.[1] ?? null;
}

function describePeriods(periods: ReadonlySet<string>): string {
  const years = [...periods].map((period) => period.slice(-4).replace(/^\D.*/, "")).filter(Boolean);
  const sorted = (
    years.length > 0 && years.every((year) => /^\d{4}$/.test(year))
      ? years
      : [...periods].map((period) => period.slice(0, 4))
  ).sort();
  const [first, last] = [sorted[0] ?? "", sorted.at(-1) ?? ""];
  return first === last ? first : `${first}-${last}`;
}

async function openDataset(
  { db, clock }: ImportContext,
  format: TableFormat,
  file: FigureFile,
  source: SourceFile,
  contentKey: string,
): Promise<number> {
  const { id } = await db
    .insertInto("figureDataset")
    .values({
      ...{ slug: `${format.kind}-${contentKey.slice(-12)}-en-cours`, kind: format.kind, producer: format.producer },
      ...{ title: "", vintage: "", geographyOn: file.geographyOn, address: file.address ?? format.address },
      ...{ licence: LICENCE, retrievedOn: today(clock), fileName: file.fileName, sha256: source.sha256, contentKey },
      ...{ rounding: format.rounding, note: "", rowCount: 0, importedAt: clock.now().toISOString(), completedAt: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

type Reading = {
  readonly db: Db;
  readonly format: TableFormat;
  readonly file: FigureFile;
  readonly datasetId: number;
  readonly progress: ReadProgress;
  /** Year of the figures whose rows bear none. */
  readonly typed: string | null;
};

async function readAll(reading: Reading, reader: RowReader, lines: AsyncGenerator<TableLine>) {
  const { db, format, file, datasetId, progress, typed } = reading;
  const writer = createFigureWriter(db);
  const comparison = await openComparison(db, format.kind, reader.vintage ?? typed);
  const sums = createTerritorySums();
  const statuses: StatusCounts = { value: 0, zero: 0, secret: 0, missing: 0 };
  const [codes, periods, faults] = [new Set<string>(), new Set<string>(), [] as LineFault[]];
  let [rows, figures, refused, isFull, line] = [0, 0, 0, false, 1];
  const emit = (
    kind: string,
    code: string,
    variable: VariableCode,
    given: string,
    status: FigureStatus,
    value: number | null,
  ) => {
    const period = given === "" ? (typed ?? "") : given;
    figures += 1;
    statuses[status] += 1;
    periods.add(period);
    if (kind === "commune") codes.add(code);
    comparison?.add(kind, code, variable, period, value);
    if (format.isNational && !file.isExtract) sums.add(kind, code, variable, period, value);
    if (!file.isSimulation && refused === 0) {
      isFull = writer.add([datasetId, kind, code, variable, period, status, value, "published"]) || isFull;
    }
  };
  const flush = async () => {
    try {
      await writer.flush();
    } catch (fault) {
      if (fault instanceof FigureTwice) throw new Refused({ kind: "figure-twice", line });
      throw fault;
    }
    isFull = false;
    await file.onProgress?.({ rows, bytes: progress.bytesRead });
  };
  for await (const one of lines) {
    rows += 1;
    line = one.line;
    const fault = reader.readRow(one.cells, emit);
    if (fault !== null) {
      refused += 1;
      if (faults.length < FAULTS_SHOWN) faults.push({ line, fault });
    }
    if (isFull) await flush();
    if (comparison?.isFull() === true) await comparison.compare();
    if (file.isSimulation && rows % 10_000 === 0) await file.onProgress?.({ rows, bytes: progress.bytesRead });
  }
  if (refused > 0) throw new Refused({ kind: "rows-refused", count: refused, shown: faults });
  for (const figure of reader.finish(await listCommuneCodes(db))) {
    emit(...figure);
    if (isFull) await flush();
    if (comparison?.isFull() === true) await comparison.compare();
  }
  const totals = sums.list(datasetId);
  if (!file.isSimulation) for (const total of totals) if (writer.add(total)) await flush();
  await flush();
  if (figures === 0) throw new Refused({ kind: "nothing-to-keep", rows });
  if (format.isNational && !file.isExtract) {
    const departments = new Set([...codes].map(departmentOf));
    const missing = METROPOLE.filter((department) => !departments.has(department));
    if (missing.length > 0) throw new Refused({ kind: "file-truncated", missing, communes: codes.size });
  }
  return {
    rows,
    figures,
    codes,
    periods,
    statuses,
    totals: totals.length,
    changes: (await comparison?.finish()) ?? null,
  };
}

function listCommuneCodes(db: Db): Promise<readonly string[]> {
  return db
    .selectFrom("commune")
    .select("code")
    .execute()
    .then((rows) => rows.map(({ code }) => code));
}

/**
 * Compares what is read, some communes at a time, with a dataset of the same kind, of the same vintage when there is one: the latest of
 * those that hold most of what the largest does, so that an extract never stands for the national file.
 */
async function openComparison(db: Db, kind: string, vintage: string | null) {
  const held = await db
    .selectFrom("figureDataset")
    .select(["id", "slug", "title", "vintage", "rowCount"])
    .where("kind", "=", kind)
    .where("completedAt", "is not", null)
    .orderBy("importedAt", "desc")
    .orderBy("id", "desc")
    .execute();
  const ofVintage = held.filter((dataset) => dataset.vintage === vintage);
  const comparable = ofVintage.length > 0 ? ofVintage : held;
  const largest = Math.max(...comparable.map(({ rowCount }) => rowCount));
  const latest = comparable.find(({ rowCount }) => rowCount * 2 >= largest);
  if (latest === undefined) return null;
  const { id, slug, title } = latest;
  const waiting = new Map<string, Map<string, number | null>>();
  let [added, changed, same] = [0, 0, 0];
  const examples: Changes["examples"][number][] = [];
  const compare = async () => {
    const batch = new Map([...waiting].slice(0, COMPARED_COMMUNES));
    for (const code of batch.keys()) waiting.delete(code);
    if (batch.size === 0) return;
    const known = await db
      .selectFrom("figure")
      .select(["territoryCode", "variable", "period", "value"])
      .where("datasetId", "=", id)
      .where("territoryKind", "=", "commune")
      .where("territoryCode", "in", [...batch.keys()])
      .execute();
    const before = new Map(known.map((row) => [`${row.territoryCode} ${row.variable} ${row.period}`, row.value]));
    for (const [code, ofCode] of batch) {
      for (const [name, now] of ofCode) {
        const old = before.get(`${code} ${name}`);
        if (old === undefined) added += 1;
        else if (old === now) same += 1;
        else {
          changed += 1;
          const [variable = "", period = ""] = name.split(" ");
          if (examples.length < EXAMPLES_SHOWN) examples.push({ code, variable, period, before: old, now });
        }
      }
    }
  };
  return {
    add: (territoryKind: string, code: string, variable: string, period: string, value: number | null): void => {
      if (territoryKind !== "commune") return;
      const ofCode = waiting.get(code) ?? new Map<string, number | null>();
      waiting.set(code, ofCode.set(`${variable} ${period}`, value));
    },
    isFull: () => waiting.size >= COMPARED_COMMUNES,
    compare,
    finish: async (): Promise<Changes> => {
      while (waiting.size > 0) await compare();
      return { slug, title, added, changed, same, examples };
    },
  };
}

/**
 * Which codes of the file are no commune of today: those that the movements follow, and those that nobody knows. Without the official code,
 * the movements alone tell which codes are gone, and nothing tells an unknown one. The oldest code that is gone dates the geography of the
 * file: the last 1 January before it went.
 */
async function sortOutCodes(db: Db, codes: ReadonlySet<string>) {
  const today = new Set(await listCommuneCodes(db));
  const isWhole = today.size >= NATIONAL_CODE;
  const former = isWhole ? [...codes].filter((code) => !today.has(code)) : [...codes];
  const gone = new Map<string, { readonly into: string; readonly on: string }>();
  for (let at = 0; at < former.length; at += 5_000) {
    const some = new Set(former.slice(at, at + 5_000));
    const rows = await db
      .selectFrom("communeMovement")
      .select(["codeBefore", "codeAfter", "effectiveOn"])
      .where(({ eb, or }) => or([eb("codeBefore", "in", [...some]), eb("codeAfter", "in", [...some])]))
      .orderBy("effectiveOn")
      .execute();
    for (const { codeBefore, codeAfter, effectiveOn } of rows) {
      if (codeAfter !== codeBefore && some.has(codeBefore)) gone.set(codeBefore, { into: codeAfter, on: effectiveOn });
      // A code that a commune bears again, or kept through the event, is not gone.
      if (!isWhole) gone.delete(codeAfter);
    }
  }
  const first = [...gone.values()].map(({ on }) => on).sort()[0];
  const year = first === undefined ? null : Number(first.slice(0, 4)) - (first.endsWith("-01-01") ? 1 : 0);
  return {
    followed: [...gone].map(([code, { into }]) => ({ code, into })),
    unknown: isWhole ? former.filter((code) => !gone.has(code)) : [],
    geographyOn: year === null ? null : `${year}-01-01`,
  };
}

/** Fewer communes than this in the base: the official code was not imported, and nothing can be said of a code. */
const NATIONAL_CODE = 30_000;

type HeldDataset = {
  readonly slug: string;
  readonly title: string;
  readonly vintage: string;
  readonly rowCount: number;
};

function describeKnown(format: TableFormat, source: SourceFile, held: HeldDataset): ImportReport {
  return {
    outcome: "already-imported",
    ...{ kind: format.kind, title: held.title, slug: held.slug, vintage: held.vintage, sha256: source.sha256 },
    ...{ member: source.member, encoding: null, rows: 0, figures: held.rowCount, territories: 0, periods: [] },
    ...{ statuses: { value: 0, zero: 0, secret: 0, missing: 0 }, changes: null, followed: [], followedCount: 0 },
    ...{ unknownCodes: [], unknownCount: 0, totals: 0 },
  };
}
