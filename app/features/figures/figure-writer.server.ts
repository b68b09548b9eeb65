import { CompiledQuery } from "kysely";
import { departmentOf, isArrondissement, statusOf } from "~/domain/observatory/figure";
import { isAdditive, type VariableCode } from "~/domain/observatory/variables";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";

/** Figures go in by transactions of this many: whoever writes meanwhile waits some tens of milliseconds. */
const TRANSACTION_ROWS = 20_000;
const STATEMENT_ROWS = 500;

export type FigureRow = readonly [
  datasetId: number,
  territoryKind: string,
  territoryCode: string,
  variable: string,
  period: string,
  status: string,
  value: number | null,
  basis: string,
];

/** The statement is compiled once: only its parameters change. A figure given twice is refused by the key of the table. */
function compileInsert(db: Db | Trx, rows: number): string {
  const sample = {
    ...{ datasetId: 0, territoryKind: "", territoryCode: "", variable: "", period: "", status: "" },
    ...{ value: null, basis: "" },
  };
  return db
    .insertInto("figure")
    .values(Array.from({ length: rows }, () => sample))
    .compile().sql;
}

export class FigureTwice extends Error {
  override readonly name = "FigureTwice";
}

/** Writes batches of figures of a dataset that nobody reads yet. @throws FigureTwice when the file gives one twice */
export function createFigureWriter(db: Db) {
  const whole = compileInsert(db, STATEMENT_ROWS);
  let waiting: FigureRow[] = [];
  const flush = async (): Promise<void> => {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    try {
      await writeTransaction(db, async (trx) => {
        for (let at = 0; at < rows.length; at += STATEMENT_ROWS) {
          const batch = rows.slice(at, at + STATEMENT_ROWS);
          const statement = batch.length === STATEMENT_ROWS ? whole : compileInsert(trx, batch.length);
          await trx.executeQuery(CompiledQuery.raw(statement, batch.flat()));
        }
      });
    } catch (fault) {
      if (fault instanceof Error && /UNIQUE|PRIMARY KEY|duplicate key/i.test(fault.message)) throw new FigureTwice();
      throw fault;
    }
  };
  return {
    add: (row: FigureRow): boolean => {
      waiting.push(row);
      return waiting.length >= TRANSACTION_ROWS;
    },
    flush,
  };
}

/** Erases what an import that did not end has left. A complete dataset is frozen by the database itself. */
export async function discardDataset(db: Db, datasetId: number): Promise<void> {
  for (;;) {
    const communes = await db
      .selectFrom("figure")
      .select("territoryCode")
      .distinct()
      .where("datasetId", "=", datasetId)
      .limit(500)
      .execute();
    if (communes.length === 0) break;
    await db
      .deleteFrom("figure")
      .where("datasetId", "=", datasetId)
      .where(
        "territoryCode",
        "in",
        communes.map(({ territoryCode }) => territoryCode),
      )
      .execute();
  }
  await db.deleteFrom("figureDataset").where("id", "=", datasetId).execute();
}

type Sum = { total: number; communes: number; withheld: number };
type Sums = Map<string, Map<string, Map<string, Sum>>>;

const WHOLE_CITIES: ReadonlySet<string> = new Set(["75056", "69123", "13055"]);

/**
 * Adds up, as they are read, every department all of whose communes are released, and the country when whole departments at most are
 * withheld (Mayotte in the census). Municipal arrondissements count only where their city is not given. What the producer published for a
 * department stays.
 */
export function createTerritorySums() {
  const [communes, arrondissements]: readonly [Sums, Sums] = [new Map(), new Map()];
  const published = new Set<string>();
  let hasCities = false;
  const addTo = (sums: Sums, code: string, variable: string, period: string, value: number | null) => {
    const byPeriod = sums.get(variable) ?? new Map<string, Map<string, Sum>>();
    sums.set(variable, byPeriod);
    const byDepartment = byPeriod.get(period) ?? new Map<string, Sum>();
    byPeriod.set(period, byDepartment);
    const department = departmentOf(code);
    const sum = byDepartment.get(department) ?? { total: 0, communes: 0, withheld: 0 };
    byDepartment.set(department, sum);
    sum.communes += 1;
    if (value === null) sum.withheld += 1;
    else sum.total += value;
  };
  return {
    add: (kind: string, code: string, variable: VariableCode, period: string, value: number | null): void => {
      if (!isAdditive(variable)) return;
      if (kind !== "commune") published.add(`${kind} ${code} ${variable} ${period}`);
      else if (isArrondissement(code)) addTo(arrondissements, code, variable, period, value);
      else {
        hasCities ||= WHOLE_CITIES.has(code);
        addTo(communes, code, variable, period, value);
      }
    },
    list: (datasetId: number): readonly FigureRow[] => {
      const rows: FigureRow[] = [];
      for (const [variable, byPeriod] of communes) {
        for (const [period, byDepartment] of byPeriod) {
          const extra = hasCities ? undefined : arrondissements.get(variable)?.get(period);
          rows.push(...addUpCountry(datasetId, variable, period, mergeSums(byDepartment, extra)));
        }
      }
      return rows.filter(([, kind, code, variable, period]) => !published.has(`${kind} ${code} ${variable} ${period}`));
    },
  };
}

function mergeSums(
  one: ReadonlyMap<string, Sum>,
  other: ReadonlyMap<string, Sum> | undefined,
): ReadonlyMap<string, Sum> {
  const merged = new Map(one);
  for (const [department, sum] of other ?? []) {
    const { total, communes, withheld } = merged.get(department) ?? { total: 0, communes: 0, withheld: 0 };
    merged.set(department, {
      total: total + sum.total,
      communes: communes + sum.communes,
      withheld: withheld + sum.withheld,
    });
  }
  return merged;
}

function addUpCountry(
  datasetId: number,
  variable: string,
  period: string,
  byDepartment: ReadonlyMap<string, Sum>,
): readonly FigureRow[] {
  const rows: FigureRow[] = [];
  let [country, isWhole] = [0, true];
  for (const [department, { total, communes, withheld }] of byDepartment) {
    if (withheld === communes) continue;
    if (withheld > 0) {
      isWhole = false;
      continue;
    }
    country += total;
    rows.push([datasetId, "department", department, variable, period, statusOf(total), total, "summed"]);
  }
  if (isWhole && country > 0) rows.push([datasetId, "country", "F", variable, period, "value", country, "summed"]);
  return rows;
}
