import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { plainDateOf, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { inForceFrom } from "~/domain/population/population";
import { today, type Clock } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { recordAct, type ActingPerson } from "~/services/register.server";
import type { NetworkId } from "~/domain/kernel/ids";
import {
  departmentOf,
  findMissingDepartments,
  findMovementColumns,
  findPopulationColumns,
  inspectTable,
  MalformedTable,
  readMovementRow,
  readPopulationRow,
  readTable,
  type HeadingRefusal,
  type PopulationRow,
  type RowFault,
  type TableRefusal,
} from "~/services/insee.server";

export type LineFault = {
  readonly line: number;
  readonly fault: RowFault | { readonly kind: "commune-twice"; readonly communeCode: string };
};

export type ImportRefusal =
  | { readonly kind: TableRefusal }
  | HeadingRefusal
  | { readonly kind: "quotes-malformed"; readonly line: number }
  /** `shown` are the first ones. */
  | { readonly kind: "rows-refused"; readonly count: number; readonly shown: readonly LineFault[] }
  | { readonly kind: "file-truncated"; readonly missing: readonly string[]; readonly rows: number }
  | { readonly kind: "file-changed" }
  | { readonly kind: "vintage-implausible"; readonly vintage: number; readonly latest: number };

/** Why a file that a page sent was not imported. */
export type SentFileRefusal = ImportRefusal | { readonly kind: SentFileFault };
type SentFileFault = "vintage-unknown" | "file-not-sent" | "kept-file-gone";

export type PopulationReport = {
  readonly outcome: "imported" | "already-imported" | "simulated";
  readonly sha256: string;
  readonly vintage: number;
  readonly inForceOn: PlainDate;
  readonly rows: number;
  readonly encoding: "utf-8" | "windows-1252";
  /** Against the most complete edition of the same vintage; else, for the communes that come and go, of the nearest one. */
  readonly compared: {
    readonly vintage: number;
    readonly added: number;
    readonly changed: number;
    readonly absent: readonly string[];
  } | null;
};

const BATCH = 500;
const FAULTS_SHOWN = 20;
/** INSEE publishes a vintage in December of the second year after it. */
const YEARS_TO_PUBLICATION = 2;
const FIRST_VINTAGE = 2006;

/** Aborts the transaction and comes back as an answer. */
class Refused<Refusal> extends Error {
  constructor(readonly refusal: Refusal) {
    super("Import refused");
  }
}

type Files = { readonly db: Db; readonly clock: Clock; readonly actor?: ActingPerson };

/** The terminal has no person: the act says so. */
export const AT_THE_TERMINAL: ActingPerson = { personId: null, displayName: "Terminal du serveur" };

type ImportedFile = {
  readonly dataset: "populations" | "movements" | "project-table";
  readonly vintage: number | null;
  readonly sha256: string;
  readonly rowCount: number;
};

/** An act in the register of every network that goes on: official figures change what its members will owe. */
export async function recordImport(
  trx: Trx,
  { clock, actor }: Required<Omit<Files, "db">>,
  payload: ImportedFile,
): Promise<void> {
  const networks = await trx
    .selectFrom("network")
    .select("id")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("handoverRecord")
            .select("handoverRecord.id")
            .whereRef("handoverRecord.networkId", "=", "network.id")
            .where("handoverRecord.kind", "=", "network-end"),
        ),
      ),
    )
    .orderBy("id")
    .execute();
  for (const { id } of networks) {
    await recordAct(trx, clock, actor, { networkId: id as NetworkId, kind: "official-figures-imported", payload });
  }
}

export type PopulationFile = {
  readonly path: string;
  readonly vintage: number;
  readonly address: string;
  readonly isSimulation: boolean;
};

/**
 * Imports a national file of « populations de référence » as INSEE publishes it: all of it or nothing. The same bytes twice are imported once.
 * One row that can't be read, a missing department or other columns refuse the whole file. Memory stays bounded: rows go by batches.
 * Source: INSEE; a vintage comes into force on 1 January three years later.
 */
export async function importPopulations(
  { db, clock, actor = AT_THE_TERMINAL }: Files,
  { path, vintage, address, isSimulation }: PopulationFile,
): Promise<Decision<PopulationReport, ImportRefusal>> {
  const latest = yearOf(today(clock)) - YEARS_TO_PUBLICATION;
  if (!Number.isInteger(vintage) || vintage < FIRST_VINTAGE || vintage > latest) {
    return refuse({ kind: "vintage-implausible", vintage, latest });
  }
  const inspected = await inspectTable(path);
  if (!inspected.ok) return refuse({ kind: inspected.refusal });
  const { sha256, encoding } = inspected.value;
  const report = { sha256, vintage, inForceOn: inForceFrom(vintage), encoding };
  return answerRefusals(() =>
    writeTransaction(db, async (trx): Promise<Decision<PopulationReport, ImportRefusal>> => {
      const known = await trx
        .selectFrom("populationDataset")
        .select(["vintage", "rowCount"])
        .where("sha256", "=", sha256)
        .executeTakeFirst();
      if (known) {
        const { vintage: held, rowCount: rows } = known;
        const inForceOn = inForceFrom(held);
        return grant({
          ...report,
          outcome: "already-imported",
          vintage: held,
          inForceOn,
          rows,
          compared: null,
        });
      }
      const baseline = await loadBaseline(trx, vintage);
      const checked = await checkPopulations(path, inspected.value, baseline);
      if (!isSimulation) {
        const datasetId = clock.newId();
        await insertDataset(trx, clock, {
          ...{ id: datasetId, sha256, vintage, address, rowCount: checked.rows },
          ...{ producer: "INSEE", title: `Populations de référence ${vintage}, France`, licence: LICENCE },
        });
        await insertPopulations(trx, datasetId, path, inspected.value);
        const again = await inspectTable(path);
        if (!again.ok || again.value.sha256 !== sha256) throw new Refused<ImportRefusal>({ kind: "file-changed" });
        const imported = { dataset: "populations", vintage, sha256, rowCount: checked.rows } as const;
        await recordImport(trx, { clock, actor }, imported);
      }
      const outcome = isSimulation ? "simulated" : "imported";
      return grant({ ...report, outcome, rows: checked.rows, compared: checked.compared });
    }),
  );
}

export const LICENCE = "Licence Ouverte 2.0";

/** Turns what aborted the transaction into an answer. */
async function answerRefusals<Value>(
  work: () => Promise<Decision<Value, ImportRefusal>>,
): Promise<Decision<Value, ImportRefusal>> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Refused) return refuse(fault.refusal as ImportRefusal);
    if (fault instanceof MalformedTable) return refuse({ kind: "quotes-malformed", line: fault.line });
    throw fault;
  }
}

type Baseline = { readonly vintage: number; readonly figures: Map<string, number> };

async function loadBaseline(trx: Trx, vintage: number): Promise<Baseline | null> {
  const datasets = await trx.selectFrom("populationDataset").select(["id", "vintage", "rowCount"]).execute();
  const nearest = datasets.sort(
    (one, other) =>
      Math.abs(one.vintage - vintage) - Math.abs(other.vintage - vintage) || other.rowCount - one.rowCount,
  )[0];
  if (!nearest) return null;
  const rows = await trx
    .selectFrom("population")
    .select(["communeCode", "municipal"])
    .where("datasetId", "=", nearest.id)
    .execute();
  return {
    vintage: nearest.vintage,
    figures: new Map(rows.map(({ communeCode, municipal }) => [communeCode, municipal])),
  };
}

type TableSource = Parameters<typeof readTable>[1];

async function* readPopulations(
  path: string,
  head: TableSource,
): AsyncGenerator<{ readonly line: number; readonly row: Decision<PopulationRow, RowFault> }> {
  let columns: Parameters<typeof readPopulationRow>[0] | null = null;
  for await (const { line, cells } of readTable(path, head)) {
    if (columns === null) {
      const found = findPopulationColumns(cells);
      if (!found.ok) throw new Refused<ImportRefusal>(found.refusal);
      columns = found.value;
    } else yield { line, row: readPopulationRow(columns, cells) };
  }
}

/** Reads the whole file and keeps only counts and codes. */
async function checkPopulations(path: string, head: TableSource, baseline: Baseline | null) {
  const seen = new Set<string>();
  const departments = new Set<string>();
  const faults: LineFault[] = [];
  let [count, added, changed] = [0, 0, 0];
  const fail = (fault: LineFault) => {
    count += 1;
    if (faults.length < FAULTS_SHOWN) faults.push(fault);
  };
  for await (const { line, row } of readPopulations(path, head)) {
    if (!row.ok) {
      fail({ line, fault: row.refusal });
      continue;
    }
    const { communeCode, municipal } = row.value;
    if (seen.has(communeCode)) fail({ line, fault: { kind: "commune-twice", communeCode } });
    seen.add(communeCode);
    departments.add(departmentOf(communeCode));
    const before = baseline?.figures.get(communeCode);
    if (before === undefined) added += 1;
    else if (before !== municipal) changed += 1;
  }
  if (count > 0) throw new Refused<ImportRefusal>({ kind: "rows-refused", count, shown: faults });
  const missing = findMissingDepartments(departments);
  if (missing.length > 0) throw new Refused<ImportRefusal>({ kind: "file-truncated", missing, rows: seen.size });
  const absent = baseline === null ? [] : [...baseline.figures.keys()].filter((code) => !seen.has(code)).sort();
  return {
    rows: seen.size,
    compared: baseline === null ? null : { vintage: baseline.vintage, added, changed, absent },
  };
}

async function insertPopulations(trx: Trx, datasetId: string, path: string, head: TableSource): Promise<void> {
  let batch: (PopulationRow & { readonly datasetId: string })[] = [];
  const flush = async () => {
    if (batch.length > 0) await trx.insertInto("population").values(batch).execute();
    batch = [];
  };
  for await (const { row } of readPopulations(path, head)) {
    if (!row.ok) throw new Refused<ImportRefusal>({ kind: "file-changed" });
    batch.push({ datasetId, ...row.value });
    if (batch.length === BATCH) await flush();
  }
  await flush();
}

type NewDataset = {
  readonly id: string;
  readonly producer: string;
  readonly title: string;
  readonly vintage: number;
  readonly address: string;
  readonly licence: string;
  readonly sha256: string;
  readonly rowCount: number;
};

/** The communes of a vintage are those of 1 January of the year before it comes into force. */
async function insertDataset(trx: Trx, clock: Clock, dataset: NewDataset): Promise<void> {
  const inForceOn = inForceFrom(dataset.vintage);
  await trx
    .insertInto("populationDataset")
    .values({
      ...dataset,
      inForceOn,
      geographyOn: plainDateOf(yearOf(inForceOn) - 1, 1, 1),
      retrievedOn: today(clock),
      importedAt: clock.now().toISOString(),
    })
    .execute();
}

export type MovementReport = {
  readonly outcome: "imported" | "already-imported" | "simulated";
  readonly sha256: string;
  /** Lines between communes proper that were not known yet. */
  readonly added: number;
  readonly known: number;
};

/** Imports the « mouvements » of the official geographic code; what is already known stays. Same answers as for populations. */
export async function importMovements(
  { db, clock, actor = AT_THE_TERMINAL }: Files,
  { path, isSimulation }: { readonly path: string; readonly isSimulation: boolean },
): Promise<Decision<MovementReport, ImportRefusal>> {
  const inspected = await inspectTable(path);
  if (!inspected.ok) return refuse({ kind: inspected.refusal });
  const { sha256 } = inspected.value;
  return answerRefusals(() =>
    writeTransaction(db, async (trx): Promise<Decision<MovementReport, ImportRefusal>> => {
      const rows = await trx
        .selectFrom("communeMovement")
        .select(["codeBefore", "codeAfter", "effectiveOn", "datasetSha256"])
        .execute();
      if (rows.some((row) => row.datasetSha256 === sha256)) {
        return grant({ outcome: "already-imported", sha256, added: 0, known: rows.length });
      }
      const known = new Set(rows.map((row) => `${row.codeBefore} ${row.codeAfter} ${row.effectiveOn}`));
      const fresh = await readNewMovements(path, inspected.value, known);
      if (!isSimulation) {
        for (let at = 0; at < fresh.length; at += BATCH) {
          const batch = fresh.slice(at, at + BATCH).map(({ date, ...row }) => ({
            ...row,
            ...{ effectiveOn: date, datasetSha256: sha256 },
          }));
          await trx.insertInto("communeMovement").values(batch).execute();
        }
        const imported = { dataset: "movements", vintage: null, sha256, rowCount: fresh.length } as const;
        if (fresh.length > 0) await recordImport(trx, { clock, actor }, imported);
      }
      const outcome = isSimulation ? "simulated" : "imported";
      return grant({ outcome, sha256, added: fresh.length, known: rows.length });
    }),
  );
}

async function readNewMovements(path: string, head: TableSource, known: ReadonlySet<string>) {
  const taken = new Set(known);
  const fresh = [];
  const faults: LineFault[] = [];
  let columns: Parameters<typeof readMovementRow>[0] | null = null;
  for await (const { line, cells } of readTable(path, head)) {
    if (columns === null) {
      const found = findMovementColumns(cells);
      if (!found.ok) throw new Refused<ImportRefusal>(found.refusal);
      columns = found.value;
      continue;
    }
    const row = readMovementRow(columns, cells);
    if (!row.ok) faults.push({ line, fault: row.refusal });
    else if (row.value !== null) {
      const key = `${row.value.codeBefore} ${row.value.codeAfter} ${row.value.date}`;
      if (taken.has(key)) continue;
      taken.add(key);
      fresh.push(row.value);
    }
  }
  if (faults.length > 0) {
    throw new Refused<ImportRefusal>({
      kind: "rows-refused",
      count: faults.length,
      shown: faults.slice(0, FAULTS_SHOWN),
    });
  }
  return fresh;
}
