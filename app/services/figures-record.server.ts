import { group } from "d3-array";
import { sql } from "kysely";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import {
  candidateOf,
  chooseQuantity,
  computeIndicator,
  groupCandidate,
  type GroupTotal,
  type IndicatorPoint,
  type Quantity,
  type TerritoryFigures,
} from "~/domain/observatory/compute";
import {
  departmentOf,
  statusOf,
  type DatasetHead,
  type DatasetId,
  type FigureBasis,
  type FigureStatus,
  type Rounding,
} from "~/domain/observatory/figure";
import { variablesOf, type Indicator } from "~/domain/observatory/indicator";
import { perimeterOn, type CommuneEvent } from "~/domain/observatory/perimeter";
import { isVariable, type VariableCode } from "~/domain/observatory/variables";
import type { Db } from "./db.server";
import { noticeImports } from "./import-signal.server";

/** Shared reads of official figures: from the producers' datasets to the indicators of a territory. */

export type ObservedTerritory =
  | { readonly kind: "commune"; readonly code: string }
  | { readonly kind: "department"; readonly code: string }
  | { readonly kind: "country" }
  /** Several communes together; `key` names them: « reseau ». */
  | { readonly kind: "group"; readonly key: string; readonly communes: readonly string[] };

/** « commune-44015 », « departement-44 », « france », or the key of a group: also what addresses and exports write. */
export function territoryKey(territory: ObservedTerritory): string {
  switch (territory.kind) {
    case "commune":
      return `commune-${territory.code}`;
    case "department":
      return `departement-${territory.code}`;
    case "country":
      return "france";
    case "group":
      return territory.key;
  }
}

export type IndicatorSeries = {
  /** By code of indicator, then by key of territory: the oldest period first; an empty list where nothing is known. */
  readonly points: ReadonlyMap<string, ReadonlyMap<string, readonly IndicatorPoint[]>>;
  readonly datasets: ReadonlyMap<DatasetId, DatasetHead>;
};

/**
 * The series of some indicators for some territories, in a handful of queries whatever their number. Groups of communes are added up
 * by the database; communes that merged since a dataset was published are followed to what they have become.
 */
export async function loadIndicatorSeries(
  db: Db,
  {
    indicators,
    territories,
  }: { readonly indicators: readonly Indicator[]; readonly territories: readonly ObservedTerritory[] },
): Promise<IndicatorSeries> {
  const datasets = await listFigureDatasets(db);
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  const variables = [...new Set(indicators.flatMap(variablesOf))];
  const reader = await openReader(db, byId, variables, territories);
  const figuresOf = new Map<string, TerritoryFigures>();
  for (const territory of territories) figuresOf.set(territoryKey(territory), reader(territory));
  const used = new Set<DatasetId>();
  const points = new Map<string, ReadonlyMap<string, readonly IndicatorPoint[]>>();
  for (const indicator of indicators) {
    const ofIndicator = new Map<string, readonly IndicatorPoint[]>();
    for (const [key, figures] of figuresOf) {
      const series = computeIndicator(indicator, figures);
      for (const point of series) {
        for (const id of point.datasetIds) used.add(id);
        for (const { datasetId } of point.disagreements) used.add(datasetId);
      }
      ofIndicator.set(key, series);
    }
    points.set(indicator.code, ofIndicator);
  }
  return { points, datasets: new Map([...byId].filter(([id]) => used.has(id))) };
}

/** Every dataset that is complete, the latest import first, with the populations of reference. */
export async function listFigureDatasets(db: Db): Promise<readonly DatasetHead[]> {
  noticeImports();
  const rows = await db
    .selectFrom("figureDataset")
    .selectAll()
    .where("completedAt", "is not", null)
    .orderBy("importedAt", "desc")
    .orderBy("id", "desc")
    .execute();
  const populations = await db.selectFrom("populationDataset").selectAll().orderBy("vintage", "desc").execute();
  return [
    ...rows.map((row) => ({
      ...{ id: row.id, slug: row.slug, kind: row.kind, producer: row.producer, title: row.title, vintage: row.vintage },
      geographyOn: row.geographyOn as PlainDate | null,
      retrievedOn: row.retrievedOn as PlainDate,
      ...{ address: row.address, licence: row.licence, fileName: row.fileName, sha256: row.sha256, note: row.note },
      rounding: row.rounding as Rounding,
      importedAt: row.importedAt,
    })),
    ...populations.map((row) => ({
      ...{ id: row.id, kind: "populations", producer: row.producer, title: row.title, vintage: String(row.vintage) },
      slug: `populations-${row.vintage}-${row.sha256.slice(0, 8)}`,
      geographyOn: row.geographyOn as PlainDate | null,
      retrievedOn: row.retrievedOn as PlainDate,
      ...{ address: row.address, licence: row.licence, fileName: "", sha256: row.sha256, note: "" },
      rounding: "exact" as const,
      importedAt: row.importedAt,
    })),
  ];
}

/** The plus keeps SQLite from seeking each variable of each commune in each dataset: those that a file has stand together. */
const ANY_VARIABLE = sql<string>`+"variable"`;

type Datasets = ReadonlyMap<DatasetId, DatasetHead>;

type FigureRow = {
  readonly datasetId: DatasetId;
  readonly code: string;
  readonly variable: string;
  readonly period: string;
  readonly status: FigureStatus;
  readonly value: number | null;
  readonly basis: FigureBasis;
};

type TotalRow = GroupTotal & {
  readonly datasetId: DatasetId;
  readonly variable: string;
  readonly period: string;
};

/** From this many communes on, the database adds up; below, the rows are read anyway. */
const SMALL_GROUP = 40;

async function openReader(
  db: Db,
  datasets: Datasets,
  variables: readonly VariableCode[],
  territories: readonly ObservedTerritory[],
): Promise<(territory: ObservedTerritory) => TerritoryFigures> {
  const groups = territories.flatMap((territory) => (territory.kind === "group" ? [territory] : []));
  const small = groups.filter(({ communes }) => communes.length < SMALL_GROUP).flatMap(({ communes }) => communes);
  const single = territories.flatMap((territory) => (territory.kind === "commune" ? [territory.code] : []));
  const asked = [...new Set([...single, ...groups.flatMap(({ communes }) => communes)])];
  const events = await listEventsInto(db, asked);
  const moved = new Set(findMoved(asked, events));
  const read = new Set([...single, ...small, ...moved, ...events.map(({ codeBefore }) => codeBefore)]);
  const rows = await listCommuneRows(db, variables, [...read]);
  const byCode = group(rows, ({ code }) => code);
  const wide = await listWideRows(db, datasets, variables, territories);
  const totals = new Map<string, readonly TotalRow[]>();
  for (const { key, communes } of groups) {
    if (communes.length < SMALL_GROUP) continue;
    totals.set(
      key,
      await addUpCommunes(
        db,
        variables,
        [...communes].filter((code) => !moved.has(code)),
      ),
    );
  }
  const ofCommune = (code: string) =>
    moved.has(code) ? followCommune(code, byCode, datasets, events) : (byCode.get(code) ?? []);
  return (territory) => {
    if (territory.kind !== "group") {
      const found =
        territory.kind === "commune" ? ofCommune(territory.code) : (wide.get(territoryKey(territory)) ?? []);
      return gatherRows(found, datasets);
    }
    const readOneByOne = territory.communes.filter(
      (code) => read.has(code) && (!totals.has(territory.key) || moved.has(code)),
    );
    return gatherTotals(
      [...(totals.get(territory.key) ?? []), ...addUpRows(readOneByOne.flatMap(ofCommune))],
      new Set(territory.communes).size,
      datasets,
    );
  };
}

function gatherRows(rows: readonly FigureRow[], datasets: Datasets): TerritoryFigures {
  return gather(rows, (row) => {
    const dataset = datasets.get(row.datasetId);
    return dataset === undefined ? null : candidateOf(row, dataset);
  });
}

function gatherTotals(rows: readonly TotalRow[], asked: number, datasets: Datasets): TerritoryFigures {
  const merged = [...group(rows, (row) => `${row.datasetId} ${row.variable} ${row.period}`).values()].map(mergeTotals);
  return gather(merged, (row) => {
    const dataset = datasets.get(row.datasetId);
    return dataset === undefined || !isVariable(row.variable)
      ? null
      : groupCandidate(row.variable, asked, row, dataset);
  });
}

type Candidate = ReturnType<typeof candidateOf>;

function gather<Row extends { readonly variable: string; readonly period: string }>(
  rows: readonly Row[],
  read: (row: Row) => Candidate | null,
): TerritoryFigures {
  const figures = new Map<VariableCode, ReadonlyMap<string, Quantity>>();
  for (const [variable, ofVariable] of group(rows, (row) => row.variable)) {
    if (!isVariable(variable)) continue;
    const byPeriod = new Map<string, Quantity>();
    for (const [period, found] of group(ofVariable, (row) => row.period)) {
      const candidates = found.map(read).filter((candidate) => candidate !== null);
      const quantity = chooseQuantity(variable, period, candidates);
      if (quantity !== null) byPeriod.set(period, quantity);
    }
    figures.set(variable, byPeriod);
  }
  return figures;
}

function mergeTotals(rows: readonly TotalRow[]): TotalRow {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error("A group of rows is never empty");
  return others.reduce(
    (sum, row) => ({
      ...sum,
      sum: sum.sum === null || row.sum === null ? (sum.sum ?? row.sum) : sum.sum + row.sum,
      lowest: pick(Math.min, sum.lowest, row.lowest),
      highest: pick(Math.max, sum.highest, row.highest),
      released: sum.released + row.released,
      secret: sum.secret + row.secret,
    }),
    first,
  );
}

function pick(choose: (one: number, other: number) => number, one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : choose(one, other);
}

function addUpRows(rows: readonly FigureRow[]): readonly TotalRow[] {
  return rows.map(({ datasetId, variable, period, value, status }) => ({
    ...{ datasetId, variable, period, sum: value, lowest: value, highest: value },
    released: value === null ? 0 : 1,
    secret: status === "secret" ? 1 : 0,
  }));
}

/** A commune that others joined: in each dataset, the sum of the communes that it was made of on that day. */
function followCommune(
  code: string,
  byCode: ReadonlyMap<string, readonly FigureRow[]>,
  datasets: Datasets,
  events: readonly CommuneEvent[],
): readonly FigureRow[] {
  const followed: FigureRow[] = [];
  for (const dataset of datasets.values()) {
    const rowsOf = (one: string) => (byCode.get(one) ?? []).filter(({ datasetId }) => datasetId === dataset.id);
    if (dataset.geographyOn === null) {
      followed.push(...rowsOf(code));
      continue;
    }
    const perimeter = perimeterOn(code, dataset.geographyOn, events);
    if (!perimeter.ok) {
      followed.push(...rowsOf(code).map((row) => ({ ...row, status: "missing" as const, value: null })));
      continue;
    }
    const isOfToday = !perimeter.value.some((one) => one !== code && rowsOf(one).length > 0);
    if (isOfToday) {
      followed.push(...rowsOf(code));
      continue;
    }
    const [only, ...others] = perimeter.value;
    if (only !== undefined && others.length === 0) {
      followed.push(...rowsOf(only).map((row) => ({ ...row, code })));
      continue;
    }
    for (const total of group(perimeter.value.flatMap(rowsOf), (row) => `${row.variable} ${row.period}`).values()) {
      followed.push(...restate(code, total, perimeter.value.length, dataset));
    }
  }
  return followed;
}

function restate(code: string, rows: readonly FigureRow[], asked: number, dataset: DatasetHead): readonly FigureRow[] {
  const [first] = rows;
  if (first === undefined || !isVariable(first.variable)) return [];
  const total = mergeTotals(addUpRows(rows));
  const { status, value } = groupCandidate(first.variable, asked, total, dataset);
  return [{ ...first, code, value, status: status === "not-additive" ? "missing" : status, basis: "summed" }];
}

/** Communes that another one became part of, or that changed code: only those need to be followed. */
function findMoved(codes: readonly string[], events: readonly CommuneEvent[]): readonly string[] {
  const into = new Set(
    events.filter(({ codeBefore, codeAfter }) => codeBefore !== codeAfter).map(({ codeAfter }) => codeAfter),
  );
  return codes.filter((code) => into.has(code));
}

/** How far back mergers are followed: no commune of France has gone through more. */
const MAX_MERGERS = 8;

/** The events that led to these communes, and what else their predecessors became. */
async function listEventsInto(db: Db, codes: readonly string[]): Promise<readonly CommuneEvent[]> {
  const found = new Map<string, CommuneEvent>();
  let wanted: readonly string[] = codes;
  for (let step = 0; step < MAX_MERGERS && wanted.length > 0; step++) {
    const rows = await db
      .selectFrom("communeMovement")
      .select(["codeBefore", "codeAfter", "effectiveOn"])
      .where((has) => has.or([has("codeAfter", "in", [...wanted]), has("codeBefore", "in", [...wanted])]))
      .execute();
    const fresh = rows.filter((row) => !found.has(`${row.effectiveOn} ${row.codeBefore} ${row.codeAfter}`));
    for (const { codeBefore, codeAfter, effectiveOn } of fresh) {
      found.set(`${effectiveOn} ${codeBefore} ${codeAfter}`, { codeBefore, codeAfter, date: effectiveOn as PlainDate });
    }
    const known = new Set([...codes, ...wanted]);
    wanted = [...new Set(fresh.map(({ codeBefore }) => codeBefore))].filter((code) => !known.has(code));
  }
  return [...found.values()];
}

const POPULATION_COLUMNS = { PMUN: "municipal", PCAP: "countedApart", PTOT: "total" } as const;
type PopulationVariable = keyof typeof POPULATION_COLUMNS;
const isPopulation = (variable: VariableCode): variable is PopulationVariable =>
  Object.hasOwn(POPULATION_COLUMNS, variable);

async function listCommuneRows(
  db: Db,
  variables: readonly VariableCode[],
  codes: readonly string[],
): Promise<readonly FigureRow[]> {
  if (codes.length === 0 || variables.length === 0) return [];
  const complete = db.selectFrom("figureDataset").select("id").where("completedAt", "is not", null);
  const rows = await db
    .selectFrom("figure")
    .select(["datasetId", "territoryCode as code", "variable", "period", "status", "value", "basis"])
    .where("datasetId", "in", complete)
    .where("territoryKind", "=", "commune")
    .where("territoryCode", "in", [...codes])
    .where(ANY_VARIABLE, "in", [...variables])
    .execute();
  const populations = variables.some(isPopulation)
    ? await db
        .selectFrom("population")
        .innerJoin("populationDataset", "populationDataset.id", "population.datasetId")
        .select(["population.datasetId", "population.communeCode", "populationDataset.vintage"])
        .select(["population.municipal", "population.countedApart", "population.total"])
        .where("population.communeCode", "in", [...codes])
        .execute()
    : [];
  return [
    ...rows.map((row) => ({ ...row, status: row.status as FigureStatus, basis: row.basis as FigureBasis })),
    ...populations.flatMap((row) =>
      variables.filter(isPopulation).map((variable) => {
        const value = row[POPULATION_COLUMNS[variable]];
        return {
          ...{ datasetId: row.datasetId, code: row.communeCode, variable, period: String(row.vintage), value },
          status: value === null ? ("missing" as const) : statusOf(value),
          basis: "published" as const,
        };
      }),
    ),
  ];
}

/** Departments and the country: what the producer published for them, or the sums that the import made. */
async function listWideRows(
  db: Db,
  datasets: Datasets,
  variables: readonly VariableCode[],
  territories: readonly ObservedTerritory[],
): Promise<ReadonlyMap<string, readonly FigureRow[]>> {
  const departments = territories.flatMap((territory) => (territory.kind === "department" ? [territory.code] : []));
  const hasCountry = territories.some(({ kind }) => kind === "country");
  if ((departments.length === 0 && !hasCountry) || variables.length === 0) return new Map();
  const complete = db.selectFrom("figureDataset").select("id").where("completedAt", "is not", null);
  const select = () =>
    db
      .selectFrom("figure")
      .select(["datasetId", "territoryKind", "territoryCode as code", "variable", "period", "status", "value", "basis"])
      .where("datasetId", "in", complete)
      .where(ANY_VARIABLE, "in", [...variables]);
  // One request for both would read every figure: SQLite seeks nothing on « or ».
  const rows = [
    ...(departments.length === 0
      ? []
      : await select().where("territoryKind", "=", "department").where("territoryCode", "in", departments).execute()),
    ...(hasCountry ? await select().where("territoryKind", "=", "country").execute() : []),
  ];
  const figures = rows.map(({ territoryKind, ...row }) => ({
    key: territoryKind === "country" ? "france" : `departement-${row.code}`,
    ...{ ...row, status: row.status as FigureStatus, basis: row.basis as FigureBasis },
  }));
  const populations = variables.some(isPopulation)
    ? await addUpNationalPopulations(db, datasets, variables, hasCountry ? [...departments, null] : departments)
    : [];
  return group([...keepWholeCountry(figures), ...populations], ({ key }) => key);
}

/** « F » is the whole country, « FM » its European part: the smaller one is taken only where the larger is not given. */
function keepWholeCountry<
  Row extends { readonly key: string; readonly code: string; readonly variable: string; readonly period: string },
>(rows: readonly Row[]): readonly Row[] {
  const whole = new Set(
    rows
      .filter(({ code, key }) => key === "france" && code === "F")
      .map(({ variable, period }) => `${variable} ${period}`),
  );
  return rows.filter(
    ({ key, code, variable, period }) => key !== "france" || code === "F" || !whole.has(`${variable} ${period}`),
  );
}

const NATIONAL_COMMUNES = 30_000;
type PopulationSums = Readonly<Record<(typeof POPULATION_COLUMNS)[PopulationVariable], number | null>>;
const nationalSums = new WeakMap<Db, Map<string, Promise<PopulationSums>>>();

/** A national population dataset never changes: its sums are computed once for a process. */
async function addUpNationalPopulations(
  db: Db,
  datasets: Datasets,
  variables: readonly VariableCode[],
  departments: readonly (string | null)[],
): Promise<readonly (FigureRow & { readonly key: string })[]> {
  const kept = nationalSums.get(db) ?? new Map<string, Promise<PopulationSums>>();
  nationalSums.set(db, kept);
  const national = await db
    .selectFrom("populationDataset")
    .select(["id", "vintage"])
    .where("rowCount", ">", NATIONAL_COMMUNES)
    .execute();
  const rows: (FigureRow & { readonly key: string })[] = [];
  for (const { id, vintage } of national.filter((dataset) => datasets.has(dataset.id))) {
    for (const department of departments) {
      const name = `${id} ${department ?? ""}`;
      const sums = kept.get(name) ?? addUpPopulation(db, id, department);
      kept.set(name, sums);
      const found = await sums;
      for (const variable of variables.filter(isPopulation)) {
        const value = found[POPULATION_COLUMNS[variable]];
        if (value === null) continue;
        rows.push({
          key: department === null ? "france" : `departement-${department}`,
          ...{ datasetId: id, code: department ?? "F", variable, period: String(vintage), value, basis: "summed" },
          status: statusOf(value),
        });
      }
    }
  }
  return rows;
}

function addUpPopulation(db: Db, datasetId: string, department: string | null): Promise<PopulationSums> {
  return db
    .selectFrom("population")
    .select(({ fn }) => [
      fn.sum<number>("municipal").as("municipal"),
      fn.sum<number | null>("countedApart").as("countedApart"),
      fn.sum<number | null>("total").as("total"),
    ])
    .where("datasetId", "=", datasetId)
    .$if(department !== null, (query) => query.where("communeCode", "like", `${department ?? ""}%`))
    .where((has) =>
      has.not(
        has.or([
          has.between("communeCode", "75101", "75120"),
          has.between("communeCode", "69381", "69389"),
          has.between("communeCode", "13201", "13216"),
        ]),
      ),
    )
    .executeTakeFirstOrThrow();
}

async function addUpCommunes(
  db: Db,
  variables: readonly VariableCode[],
  codes: readonly string[],
): Promise<readonly TotalRow[]> {
  if (codes.length === 0 || variables.length === 0) return [];
  const complete = db.selectFrom("figureDataset").select("id").where("completedAt", "is not", null);
  const rows = await db
    .selectFrom("figure")
    .select(["datasetId", "variable", "period"])
    .select(({ fn, eb }) => [
      fn.sum<number | null>("value").as("sum"),
      fn.min<number | null>("value").as("lowest"),
      fn.max<number | null>("value").as("highest"),
      fn.count<number>("value").as("released"),
      fn.sum<number>(eb.case().when("status", "=", "secret").then(1).else(0).end()).as("secret"),
    ])
    .where("datasetId", "in", complete)
    .where("territoryKind", "=", "commune")
    .where("territoryCode", "in", [...codes])
    .where(ANY_VARIABLE, "in", [...variables])
    .groupBy(["datasetId", "variable", "period"])
    .execute();
  const populations = variables.some(isPopulation)
    ? await db
        .selectFrom("population")
        .innerJoin("populationDataset", "populationDataset.id", "population.datasetId")
        .select(["population.datasetId", "populationDataset.vintage"])
        .select(({ fn }) => [
          fn.sum<number | null>("municipal").as("municipal"),
          fn.sum<number | null>("countedApart").as("countedApart"),
          fn.sum<number | null>("total").as("total"),
          fn.min<number | null>("municipal").as("lowestMunicipal"),
          fn.max<number | null>("municipal").as("highestMunicipal"),
          fn.count<number>("municipal").as("releasedMunicipal"),
          fn.count<number>("countedApart").as("releasedCountedApart"),
          fn.count<number>("total").as("releasedTotal"),
        ])
        .where("population.communeCode", "in", [...codes])
        .groupBy(["population.datasetId", "populationDataset.vintage"])
        .execute()
    : [];
  return [
    ...rows.map((row) => ({ ...row, secret: Number(row.secret) })),
    ...populations.flatMap((row) =>
      variables.filter(isPopulation).map((variable) => ({
        ...{ datasetId: row.datasetId, variable, period: String(row.vintage), secret: 0 },
        sum: row[POPULATION_COLUMNS[variable]],
        lowest: variable === "PMUN" ? row.lowestMunicipal : null,
        highest: variable === "PMUN" ? row.highestMunicipal : null,
        released: { PMUN: row.releasedMunicipal, PCAP: row.releasedCountedApart, PTOT: row.releasedTotal }[variable],
      })),
    ),
  ];
}

export type NamedCommune = { readonly code: string; readonly name: string; readonly departmentCode: string };

/** The communes of a network's signatories, in the order of the seats; an organisation without a commune's code has none. */
export async function listNetworkCommunes(db: Db, networkId: NetworkId): Promise<readonly NamedCommune[]> {
  const rows = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .leftJoin("commune", "commune.code", "organization.inseeCode")
    .select(["organization.inseeCode", "organization.shortName", "commune.name", "commune.departmentCode"])
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("seat.position")
    .orderBy("seat.id")
    .execute();
  const communes = rows.flatMap(({ inseeCode, shortName, name, departmentCode }) =>
    inseeCode === null
      ? []
      : [{ code: inseeCode, name: name ?? shortName, departmentCode: departmentCode ?? departmentOf(inseeCode) }],
  );
  return [...new Map(communes.map((commune) => [commune.code, commune])).values()];
}

export async function listCommunes(db: Db, codes: readonly string[]): Promise<readonly NamedCommune[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom("commune")
    .select(["code", "name", "departmentCode"])
    .where("code", "in", [...codes])
    .execute();
}

/** The communes that the official code or any file of figures knows in these departments: a commune's code begins with its department's. */
export async function listDepartmentCommunes(db: Db, departments: readonly string[]): Promise<readonly string[]> {
  if (departments.length === 0) return [];
  const named = await db
    .selectFrom("commune")
    .select("code")
    .where("departmentCode", "in", [...departments])
    .execute();
  const counted = await db
    .selectFrom("figureDataset")
    .innerJoin("figure", "figure.datasetId", "figureDataset.id")
    .select("figure.territoryCode as code")
    .distinct()
    .where("figure.territoryKind", "=", "commune")
    .where(({ eb, and, or }) =>
      or(
        departments.map((department) =>
          and([eb("figure.territoryCode", ">", department), eb("figure.territoryCode", "<", `${department}Z`)]),
        ),
      ),
    )
    .execute();
  return [...new Set([...named, ...counted].map(({ code }) => code))];
}

export async function listDepartmentNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom("department").select(["code", "name"]).execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}

export type Centroid = { readonly code: string; readonly longitude: number; readonly latitude: number };

export async function listCentroids(db: Db, codes: readonly string[]): Promise<readonly Centroid[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom("communeCentroid")
    .select(["communeCode as code", "longitude", "latitude"])
    .where("communeCode", "in", [...codes])
    .execute();
}

/** GeoJSON geometry, its outer rings clockwise as d3 draws them. */
export type Outline = { readonly code: string; readonly geometry: string; readonly datasetId: number };

/** The latest outline of each commune. */
export async function listOutlines(db: Db, codes: readonly string[]): Promise<readonly Outline[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .selectFrom("communeOutline")
    .innerJoin("figureDataset", "figureDataset.id", "communeOutline.datasetId")
    .select(["communeOutline.communeCode as code", "communeOutline.geometry", "communeOutline.datasetId"])
    .where("figureDataset.completedAt", "is not", null)
    .where("communeOutline.communeCode", "in", [...codes])
    .orderBy("communeOutline.datasetId")
    .execute();
  return [...new Map(rows.map((row) => [row.code, row])).values()];
}
