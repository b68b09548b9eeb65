import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { indexNames, readCommuneCode } from "~/services/open-data/cells";
import { readFeatures, readOutline, UnreadableOutlines, type OutlineRow } from "~/services/open-data/outlines.server";
import {
  DamagedFile,
  inspectSource,
  type ReadProgress,
  type SourceFile,
} from "~/services/open-data/source-file.server";
import { inspectShape, readLines, UnreadableTable } from "~/services/open-data/table.server";
import type { ImportContext } from "./import.server";
import type { ImportRefusal, LineFault } from "./import-report";

export type TerritoryFile = {
  readonly path: string;
  readonly fileName: string;
  readonly geographyOn: PlainDate | null;
  readonly address: string | null;
  readonly isSimulation: boolean;
};

export type TerritoryReport = {
  readonly outcome: "imported" | "already-imported" | "simulated";
  readonly kind: "communes" | "departements" | "contours";
  readonly sha256: string;
  readonly rows: number;
  readonly added: number;
  readonly renamed: number;
  /** Communes whose outline has islands, or holes. */
  readonly severalParts: number;
  readonly holes: number;
};

const BATCH = 500;
const FAULTS_SHOWN = 20;
const OFFICIAL_CODE = "https://www.insee.fr/fr/information/2560452";
const OUTLINES = "https://geoservices.ign.fr/adminexpress";

class Refused extends Error {
  constructor(readonly refusal: ImportRefusal) {
    super("Import refused");
  }
}

async function answer<Value>(
  work: () => Promise<Decision<Value, ImportRefusal>>,
): Promise<Decision<Value, ImportRefusal>> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Refused) return refuse(fault.refusal);
    if (fault instanceof DamagedFile) return refuse({ kind: fault.reason });
    if (fault instanceof UnreadableTable) return refuse({ kind: "table-malformed", line: fault.line });
    if (fault instanceof UnreadableOutlines) return refuse({ kind: "outlines-unreadable" });
    throw fault;
  }
}

type Named = { readonly code: string; readonly name: string; readonly departmentCode: string };

/**
 * Names of the official geographic code: communes proper (COM) and municipal arrondissements (ARM), or departments, told by the columns. A
 * newer edition renames; a commune that is no more stays, for the figures that still speak of it.
 */
export function importOfficialCode(
  context: ImportContext,
  kind: "communes" | "departements",
  file: TerritoryFile,
): Promise<Decision<TerritoryReport, ImportRefusal>> {
  return answer(async (): Promise<Decision<TerritoryReport, ImportRefusal>> => {
    const inspected = await inspectSource(file.path, /\.csv$/i);
    if (!inspected.ok) return refuse({ kind: inspected.refusal });
    const shape = await inspectShape(inspected.value);
    if (!shape.ok) return refuse({ kind: shape.refusal });
    const rows: Named[] = [];
    const faults: LineFault[] = [];
    let read: ReturnType<typeof openNames> | null = null;
    for await (const { line, cells } of readLines(inspected.value, shape.value, { bytesRead: 0 })) {
      if (read === null) {
        read = openNames(kind, cells);
        continue;
      }
      const row = read(cells);
      if (row === "cut") faults.push({ line, fault: { kind: "code-malformed", cell: cells.join(";").slice(0, 60) } });
      else if (row !== null) rows.push(row);
    }
    if (faults.length > 0)
      return refuse({ kind: "rows-refused", count: faults.length, shown: faults.slice(0, FAULTS_SHOWN) });
    if (rows.length === 0) return refuse({ kind: "nothing-to-keep", rows: 0 });
    return grant(await storeNames(context, kind, file, inspected.value, rows));
  });
}

function openNames(kind: "communes" | "departements", heading: readonly string[]) {
  const columns = indexNames(heading);
  const needed = kind === "communes" ? ["TYPECOM", "COM", "DEP", "LIBELLE"] : ["DEP", "CHEFLIEU", "LIBELLE"];
  const missing = needed.filter((name) => !columns.has(name));
  if (missing.length > 0) throw new Refused({ kind: "other-dataset", looksLike: null, missing });
  const width = heading.length;
  return (cells: readonly string[]): Named | "cut" | null => {
    if (cells.length !== width) return "cut";
    const cell = (name: string) => (cells[columns.get(name) ?? -1] ?? "").trim();
    if (kind === "departements") return { code: cell("DEP"), name: cell("LIBELLE"), departmentCode: cell("DEP") };
    if (cell("TYPECOM") !== "COM" && cell("TYPECOM") !== "ARM") return null;
    const code = readCommuneCode(cell("COM"));
    return code === null ? "cut" : { code, name: cell("LIBELLE"), departmentCode: cell("DEP") || code.slice(0, 2) };
  };
}

async function storeNames(
  { db, clock }: ImportContext,
  kind: "communes" | "departements",
  file: TerritoryFile,
  source: SourceFile,
  rows: readonly Named[],
): Promise<TerritoryReport> {
  return writeTransaction(db, async (trx) => {
    const table = kind === "communes" ? ("commune" as const) : ("department" as const);
    const known = new Map(
      (await trx.selectFrom(table).select(["code", "name"]).execute()).map(({ code, name }) => [code, name]),
    );
    const fresh = rows.filter(({ code }) => !known.has(code));
    const renamed = rows.filter(({ code, name }) => known.has(code) && known.get(code) !== name);
    const report = {
      kind,
      sha256: source.sha256,
      rows: rows.length,
      added: fresh.length,
      renamed: renamed.length,
      severalParts: 0,
      holes: 0,
    };
    if (fresh.length === 0 && renamed.length === 0) return { ...report, outcome: "already-imported" };
    if (file.isSimulation) return { ...report, outcome: "simulated" };
    const datasetId = await insertTerritoryDataset(trx, clock, kind, file, source, rows.length);
    for (let at = 0; at < fresh.length; at += BATCH) {
      const batch = fresh.slice(at, at + BATCH);
      if (table === "commune")
        await trx
          .insertInto("commune")
          .values(batch.map((row) => ({ ...row, datasetId })))
          .execute();
      else
        await trx
          .insertInto("department")
          .values(batch.map(({ code, name }) => ({ code, name, datasetId })))
          .execute();
    }
    for (const { code, name } of renamed) {
      if (table === "commune")
        await trx.updateTable("commune").set({ name, datasetId }).where("code", "=", code).execute();
      else await trx.updateTable("department").set({ name, datasetId }).where("code", "=", code).execute();
    }
    return { ...report, outcome: "imported" };
  });
}

async function insertTerritoryDataset(
  trx: Trx,
  clock: ImportContext["clock"],
  kind: TerritoryReport["kind"],
  file: TerritoryFile,
  source: SourceFile,
  rowCount: number,
): Promise<number> {
  const year = /(?<!\d)20\d{2}(?!\d)/.exec(file.fileName)?.[0] ?? file.geographyOn?.slice(0, 4) ?? "";
  const now = clock.now().toISOString();
  const isOutlines = kind === "contours";
  const { id } = await trx
    .insertInto("figureDataset")
    .values({
      ...{ slug: `${kind}-${source.sha256.slice(0, 8)}`, kind, producer: isOutlines ? "IGN" : "INSEE", vintage: year },
      title: isOutlines ? "Contours des communes, Admin Express" : "Code officiel géographique",
      ...{ geographyOn: file.geographyOn, address: file.address ?? (isOutlines ? OUTLINES : OFFICIAL_CODE) },
      ...{ licence: "Licence Ouverte 2.0", retrievedOn: today(clock), fileName: file.fileName, sha256: source.sha256 },
      ...{
        contentKey: `${kind} ${source.sha256} ${now}`,
        rounding: "exact",
        note: "",
        rowCount,
        importedAt: now,
        completedAt: now,
      },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Outlines of communes (GeoJSON), with islands and holes, wound again for the map, and the centre of each. One feature that can't be read
 * refuses the file; the same outline twice is kept once.
 */
export function importOutlines(
  { db, clock }: ImportContext,
  file: TerritoryFile,
): Promise<Decision<TerritoryReport, ImportRefusal>> {
  return answer(async (): Promise<Decision<TerritoryReport, ImportRefusal>> => {
    const inspected = await inspectSource(file.path, /\.(geo)?json$/i);
    if (!inspected.ok) return refuse({ kind: inspected.refusal });
    const source = inspected.value;
    const held = await db
      .selectFrom("figureDataset")
      .select("rowCount")
      .where("kind", "=", "contours")
      .where("sha256", "=", source.sha256)
      .executeTakeFirst();
    const nothing = {
      kind: "contours" as const,
      sha256: source.sha256,
      added: 0,
      renamed: 0,
      severalParts: 0,
      holes: 0,
    };
    if (held) return grant({ ...nothing, outcome: "already-imported", rows: held.rowCount });
    const checked = await checkOutlines(source);
    if (checked.faults.length > 0) {
      return refuse({
        kind: "rows-refused",
        count: checked.faults.length,
        shown: checked.faults.slice(0, FAULTS_SHOWN),
      });
    }
    if (checked.rows === 0) return refuse({ kind: "nothing-to-keep", rows: 0 });
    const { rows, severalParts, holes } = checked;
    const report = { ...nothing, rows, added: rows, severalParts, holes };
    if (file.isSimulation) return grant({ ...report, outcome: "simulated" });
    await writeTransaction(db, async (trx) => {
      const datasetId = await insertTerritoryDataset(trx, clock, "contours", file, source, rows);
      let batch: OutlineRow[] = [];
      for await (const { text } of readFeatures(source, { bytesRead: 0 })) {
        const outline = readOutline(text);
        if (outline.ok) batch.push(outline.value);
        if (batch.length >= BATCH) {
          await insertOutlines(trx, datasetId, batch);
          batch = [];
        }
      }
      await insertOutlines(trx, datasetId, batch);
    });
    return grant({ ...report, outcome: "imported" });
  });
}

async function checkOutlines(source: SourceFile) {
  const progress: ReadProgress = { bytesRead: 0 };
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  let [rows, severalParts, holes] = [0, 0, 0];
  for await (const { rank, text } of readFeatures(source, progress)) {
    const outline = readOutline(text);
    if (!outline.ok) {
      faults.push({ line: rank, fault: outline.refusal });
      continue;
    }
    const { code, geometry } = outline.value;
    if (seen.has(code)) faults.push({ line: rank, fault: { kind: "territory-twice", code } });
    seen.add(code);
    const shape = JSON.parse(geometry) as GeoJSON.Polygon | GeoJSON.MultiPolygon;
    const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
    rows += 1;
    if (polygons.length > 1) severalParts += 1;
    if (polygons.some((rings) => rings.length > 1)) holes += 1;
  }
  return { rows, severalParts, holes, faults };
}

async function insertOutlines(trx: Trx, datasetId: number, outlines: readonly OutlineRow[]): Promise<void> {
  if (outlines.length === 0) return;
  await trx
    .insertInto("communeOutline")
    .values(outlines.map(({ code, geometry }) => ({ communeCode: code, datasetId, geometry })))
    .execute();
  await trx
    .insertInto("communeCentroid")
    .values(outlines.map(({ code, longitude, latitude }) => ({ communeCode: code, longitude, latitude, datasetId })))
    .onConflict((conflict) =>
      conflict.column("communeCode").doUpdateSet(({ ref }) => ({
        longitude: ref("excluded.longitude"),
        latitude: ref("excluded.latitude"),
        datasetId: ref("excluded.datasetId"),
      })),
    )
    .execute();
}
