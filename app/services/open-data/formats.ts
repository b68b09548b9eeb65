import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { statusOf, type FigureStatus, type Rounding, type TerritoryKind } from "~/domain/observatory/figure";
import { isVariable, type VariableCode } from "~/domain/observatory/variables";
import { indexNames, MISSING, readCell, readCommuneCode, type CellValue } from "./cells";

/** How each producer lays out its files. Columns are found by their names, whatever their order and the year that they bear. */

export type Emit = (
  territoryKind: TerritoryKind,
  territoryCode: string,
  variable: VariableCode,
  period: string,
  status: FigureStatus,
  value: number | null,
) => void;

export type RowFault =
  | { readonly kind: "row-cut"; readonly cells: number; readonly expected: number }
  | { readonly kind: "code-malformed" | "number-malformed" | "period-malformed"; readonly cell: string }
  | { readonly kind: "territory-twice"; readonly code: string };

export type RowReader = {
  /** Year or years that the columns bear, « 2021 »; null when the rows say it. */
  readonly vintage: string | null;
  readonly readRow: (cells: readonly string[], emit: Emit) => RowFault | null;
  /** What can only be told once every row was read. `communes`: those of the official code, when it was imported. */
  readonly finish: (communes: readonly string[]) => Iterable<Parameters<Emit>>;
};

export type TableFormat = {
  readonly kind: string;
  readonly producer: string;
  readonly title: (vintage: string) => string;
  readonly address: string;
  readonly rounding: Rounding;
  /** For the list of datasets: what file to bring. */
  readonly label: string;
  /** Does a whole file hold every department of metropolitan France? */
  readonly isNational: boolean;
  readonly open: (heading: readonly string[]) => Decision<RowReader, readonly string[]>;
};

const nothing = (): Iterable<Parameters<Emit>> => [];

type WideColumn = { readonly at: number; readonly variable: VariableCode; readonly period: string };

/** Only in the complementary tables of the census (« C »); everything else is taken from the main ones (« P »). */
const COMPLEMENTARY: ReadonlySet<string> = new Set(["MENPSEUL", "MENFAM", "COUPAENF", "FAMMONO", "COUPSENF"]);
const FILOSOFI_ROOT = /^(MED|PIMP|TP60|RD|PPEN|PPSOC|TP60AGE[1-6]|TP60TOL[12])(\d{2})$/;

const yearOf = (digits: string): string => `${Number(digits) > 60 ? "19" : "20"}${digits}`;

/** « P18_RP_PROP » → RP_PROP in 2018; « NAIS1318 » → NAIS over 2013-2018; null for what the observatory does not keep. */
function readWideName(name: string): Omit<WideColumn, "at"> | null {
  const census = /^([PC])(\d{2})_(\w+)$/.exec(name);
  if (census) {
    const [, survey, year = "", root = ""] = census;
    const isKept = isVariable(root) && (survey === "C") === COMPLEMENTARY.has(root);
    return isKept ? { variable: root, period: yearOf(year) } : null;
  }
  const between = /^(NAIS|DECE)(\d{2})(\d{2})$/.exec(name);
  if (between)
    return { variable: between[1] as VariableCode, period: `${yearOf(between[2] ?? "")}-${yearOf(between[3] ?? "")}` };
  const yearly = /^(NAISD|DECESD|SNEMM)_?(\d{2})$/.exec(name) ?? FILOSOFI_ROOT.exec(name);
  const root = yearly?.[1] ?? "";
  if (yearly && isVariable(root)) return { variable: root, period: yearOf(yearly[2] ?? "") };
  const facility = /^BPE_(\d{4})_([A-Z]\d{3})$/.exec(name);
  const variable = `BPE_${facility?.[2] ?? ""}`;
  return facility && isVariable(variable) ? { variable, period: facility[1] ?? "" } : null;
}

function openWide(heading: readonly string[], signature: readonly RegExp[]): Decision<RowReader, readonly string[]> {
  const names = indexNames(heading);
  const code = names.get("CODGEO");
  const missing = signature.filter((one) => ![...names.keys()].some((name) => one.test(name)));
  if (code === undefined || missing.length > 0) {
    return refuse([...(code === undefined ? ["CODGEO"] : []), ...missing.map(describePattern)]);
  }
  const columns = [...names].flatMap(([name, at]): readonly WideColumn[] => {
    const found = readWideName(name);
    return found === null ? [] : [{ ...found, at }];
  });
  const years = columns.map(({ period }) => period.slice(-4)).sort();
  const surveyed = (variable: VariableCode) =>
    columns
      .filter((column) => column.variable === variable)
      .map(({ period }) => period)
      .sort()
      .at(-1);
  const vintage = surveyed("POP0014") ?? surveyed("POP") ?? surveyed("MED") ?? years.at(-1) ?? null;
  const area = names.get("SUPERF");
  if (area !== undefined && vintage !== null) columns.push({ at: area, variable: "SUPERF", period: vintage });
  const width = heading.length;
  const seen = new Set<string>();
  return grant({
    vintage,
    finish: nothing,
    readRow: (cells, emit) => {
      if (cells.length !== width) return { kind: "row-cut", cells: cells.length, expected: width };
      const commune = readCommuneCode(cells[code] ?? "");
      if (commune === null) return { kind: "code-malformed", cell: cells[code] ?? "" };
      if (seen.has(commune)) return { kind: "territory-twice", code: commune };
      seen.add(commune);
      for (const { at, variable, period } of columns) {
        const text = cells[at] ?? "";
        const cell = readCell(text);
        if (cell === null) return { kind: "number-malformed", cell: text };
        emit("commune", commune, variable, period, cell.status, cell.value);
      }
      return null;
    },
  });
}

function describePattern(pattern: RegExp): string {
  return pattern.source
    .replace(/^\^|\$$/g, "")
    .replace(/\\d\{2\}/g, "AA")
    .replace(/\\d\{4\}/g, "AAAA");
}

const GEO_OBJECTS: Readonly<Record<string, TerritoryKind>> = {
  COM: "commune",
  ARM: "commune",
  DEP: "department",
  FRANCE: "country",
};

type LongRow = {
  readonly cell: (name: string) => string;
  readonly names: readonly string[];
};
type Read = { readonly variable: VariableCode; readonly add: boolean };

/** What a long file of INSEE measures, told by the columns that only it has. */
type LongTable = {
  readonly needs: readonly string[];
  /** Null when the row is of no use here. `add`: several rows make one figure. */
  readonly read: (row: LongRow) => Read | null;
  readonly absentIsZero: readonly VariableCode[];
};

const LONG_DIMENSIONS = new Set([
  ...[
    "GEO",
    "GEO_OBJECT",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "CONF_STATUS",
    "FREQ",
    "UNIT_MEASURE",
    "UNIT_MULT",
  ],
]);

/** Every dimension but those named is at its total. */
function isTotalBut({ cell, names }: LongRow, ...named: readonly string[]): boolean {
  return names.every(
    (name) => LONG_DIMENSIONS.has(name) || named.includes(name) || cell(name) === "_T" || cell(name) === "",
  );
}

const FILOSOFI_LONG: Readonly<Record<string, VariableCode>> = { MED_SL: "MED", PR_MD60: "TP60", IR_D9_D1_SL: "RD" };

const LONG_FILOSOFI: LongTable = {
  needs: ["GEO", "GEO_OBJECT", "FILOSOFI_MEASURE", "TIME_PERIOD", "OBS_VALUE"],
  absentIsZero: [],
  read: ({ cell }) => {
    const variable = FILOSOFI_LONG[cell("FILOSOFI_MEASURE")];
    return variable === undefined ? null : { variable, add: false };
  },
};

const FACILITIES: readonly VariableCode[] = ["BPE_B105", "BPE_B201", "BPE_C201", "BPE_C301", "BPE_D307"];

const LONG_BPE: LongTable = {
  needs: ["GEO", "GEO_OBJECT", "FACILITY_TYPE", "TIME_PERIOD", "OBS_VALUE"],
  absentIsZero: FACILITIES,
  read: (row) => {
    const variable = `BPE_${row.cell("FACILITY_TYPE")}`;
    const measure = row.cell("BPE_MEASURE");
    return isVariable(variable) && (measure === "" || measure === "FACILITIES") ? { variable, add: true } : null;
  },
};

const OCCUPANCY: Readonly<Record<string, VariableCode>> = {
  _T: "LOG",
  DW_MAIN: "RP",
  DW_SEC_DW_OCC: "RSECOCC",
  DW_VAC: "LOGVAC",
};
const TENURE: Readonly<Record<string, VariableCode>> = { "100": "RP_PROP", "221": "RP_LOCHLMV" };
const AGE_CLASSES = [
  ...([
    [0, 14, "POP0014"],
    [15, 29, "POP1529"],
    [30, 44, "POP3044"],
    [45, 59, "POP4559"],
  ] as const),
  ...([
    [60, 74, "POP6074"],
    [75, 89, "POP7589"],
    [90, 200, "POP90P"],
  ] as const),
];

function classOfAge(text: string): VariableCode | null {
  const age = /^Y(?:_GE)?(\d{1,3})$/.exec(text)?.[1];
  if (age === undefined || (text.startsWith("Y_GE") && text !== "Y_GE100")) return null;
  return AGE_CLASSES.find(([from, to]) => Number(age) >= from && Number(age) <= to)?.[2] ?? null;
}

const CENSUS_NEEDS = ["GEO", "GEO_OBJECT", "RP_MEASURE", "TIME_PERIOD", "OBS_VALUE"];

const LONG_HOUSING: LongTable = {
  needs: [...CENSUS_NEEDS, "OCS", "TSH"],
  absentIsZero: [],
  read: (row) => {
    if (row.cell("RP_MEASURE") !== "DWELLINGS") return null;
    const tenure = TENURE[row.cell("TSH")];
    if (tenure !== undefined)
      return isTotalBut(row, "RP_MEASURE", "OCS", "TSH") ? { variable: tenure, add: false } : null;
    const variable = OCCUPANCY[row.cell("OCS")];
    return variable !== undefined && isTotalBut(row, "RP_MEASURE", "OCS") ? { variable, add: false } : null;
  },
};

const LONG_AGES: LongTable = {
  needs: [...CENSUS_NEEDS, "AGE", "SEX"],
  absentIsZero: [],
  read: (row) => {
    if (row.cell("SEX") !== "_T" || !isTotalBut(row, "RP_MEASURE", "AGE")) return null;
    const variable = classOfAge(row.cell("AGE"));
    return variable === null ? null : { variable, add: true };
  },
};

const LONG_EMPLOYMENT: LongTable = {
  needs: [...CENSUS_NEEDS, "AGE", "EMPSTA_ENQ"],
  absentIsZero: [],
  read: (row) => {
    if (row.cell("AGE") !== "Y15T64" || !isTotalBut(row, "RP_MEASURE", "AGE", "EMPSTA_ENQ")) return null;
    const status = row.cell("EMPSTA_ENQ");
    return status === "2"
      ? { variable: "CHOM1564", add: false }
      : status === "_T"
        ? { variable: "POP1564", add: false }
        : null;
  },
};

const LONG_DIPLOMAS: LongTable = {
  needs: [...CENSUS_NEEDS, "EDUC"],
  absentIsZero: [],
  read: (row) => {
    if (row.cell("AGE") !== "Y_GE15" || !isTotalBut(row, "RP_MEASURE", "AGE", "EDUC")) return null;
    const level = row.cell("EDUC");
    return level === "001T100_RP"
      ? { variable: "NSCOL15P_DIPLMIN", add: false }
      : level === "_T"
        ? { variable: "NSCOL15P", add: false }
        : null;
  },
};

/** Adds up what several rows tell of one figure; one figure withheld withholds the sum. */
function createSums() {
  const sums = new Map<
    string,
    { readonly key: readonly [TerritoryKind, string, VariableCode, string]; cell: CellValue }
  >();
  return {
    add: (kind: TerritoryKind, code: string, variable: VariableCode, period: string, cell: CellValue): void => {
      const name = `${kind} ${code} ${variable} ${period}`;
      const known = sums.get(name);
      if (known === undefined) sums.set(name, { key: [kind, code, variable, period], cell });
      else if (known.cell.value !== null && cell.value !== null) {
        const value = known.cell.value + cell.value;
        known.cell = { value, status: statusOf(value) };
      } else known.cell = known.cell.value === null ? known.cell : cell;
    },
    *list(): Iterable<Parameters<Emit>> {
      for (const { key, cell } of sums.values()) yield [...key, cell.status, cell.value];
      sums.clear();
    },
  };
}

/** Source: INSEE, « Melodi » files; statuses O and M missing, K and C not released, W counted elsewhere. */
function readLongCell(cell: (name: string) => string): CellValue | null {
  const status = cell("OBS_STATUS");
  if (cell("CONF_STATUS") === "C" || status === "K") return { status: "secret", value: null };
  const text = cell("OBS_VALUE");
  if (status === "O" || status === "M" || status === "W" || text === "") return MISSING;
  const read = readCell(text);
  if (read === null || read.value === null) return null;
  const value = read.value * 10 ** Number(cell("UNIT_MULT") || 0);
  return { value, status: statusOf(value) };
}

function openLong(heading: readonly string[], tables: readonly LongTable[]): Decision<RowReader, readonly string[]> {
  const columns = indexNames(heading);
  const lacking = tables.map(({ needs }) => needs.filter((name) => !columns.has(name)));
  const table = tables[lacking.findIndex((names) => names.length === 0)];
  if (table === undefined) return refuse([...lacking].sort((one, other) => one.length - other.length)[0] ?? []);
  const width = heading.length;
  const names = [...columns.keys()];
  const sums = createSums();
  const seen = new Map<string, Set<string>>();
  const everywhere = new Set<string>();
  let cells: readonly string[] = [];
  const cell = (name: string): string => (cells[columns.get(name) ?? -1] ?? "").trim();
  const row: LongRow = { cell, names };
  return grant({
    vintage: null,
    readRow: (line, emit) => {
      if (line.length !== width) return { kind: "row-cut", cells: line.length, expected: width };
      cells = line;
      const kind = GEO_OBJECTS[cell("GEO_OBJECT")];
      if (kind === undefined) return null;
      const geo = cell("GEO").replace(/^(?:\d{4}-)?(?:COM|ARM|DEP|FRANCE)-/, "");
      const code = kind === "commune" ? readCommuneCode(geo) : geo;
      if (code === null || code === "") return { kind: "code-malformed", cell: geo };
      if (kind === "commune") everywhere.add(code);
      const read = table.read(row);
      if (read === null) return null;
      const period = cell("TIME_PERIOD");
      if (!/^\d{4}/.test(period)) return { kind: "period-malformed", cell: period };
      const value = readLongCell(cell);
      if (value === null) return { kind: "number-malformed", cell: cell("OBS_VALUE") };
      if (kind === "commune" && table.absentIsZero.length > 0) {
        const name = `${read.variable} ${period}`;
        const known = seen.get(name) ?? new Set<string>();
        seen.set(name, known.add(code));
      }
      if (read.add) sums.add(kind, code, read.variable, period, value);
      else emit(kind, code, read.variable, period, value.status, value.value);
      return null;
    },
    *finish(communes) {
      yield* sums.list();
      for (const [name, known] of seen) {
        const [variable = "", period = ""] = name.split(" ");
        if (!isVariable(variable)) continue;
        for (const code of new Set([...communes, ...everywhere])) {
          if (!known.has(code)) yield ["commune", code, variable, period, "zero", 0];
        }
      }
    },
  });
}

type Named = Readonly<Record<string, number>>;

/** The columns that a format needs, each under one of its known names. */
function findColumns(
  heading: readonly string[],
  wanted: Readonly<Record<string, readonly string[]>>,
): Decision<Named, readonly string[]> {
  const columns = indexNames(heading);
  const found: Record<string, number> = {};
  const missing: string[] = [];
  for (const [name, aliases] of Object.entries(wanted)) {
    const at = aliases.map((alias) => columns.get(alias)).find((one) => one !== undefined);
    if (at === undefined) missing.push(aliases[0] ?? name);
    else found[name] = at;
  }
  return missing.length > 0 ? refuse(missing) : grant(found);
}

const CAF_COLUMNS: Readonly<Record<string, VariableCode>> = {
  INDFOY_NDUR: "CAF_FOYERS",
  INDNBP_NDUR: "CAF_PERSONNES",
  INDFOY_RSA: "CAF_RSA",
  INDFOY_PPA: "CAF_PPA",
  INDFOY_NDURAL: "CAF_LOGEMENT",
  INDFOY_AF: "CAF_AF",
  INDFOY_NDURPAJE: "CAF_PAJE",
  INDFOY_AAH: "CAF_AAH",
};

/** One line for a commune and a month; technical doubles exist, of which the larger is kept. Figures of December stand for the year. */
function openCaf(heading: readonly string[]): Decision<RowReader, readonly string[]> {
  const found = findColumns(heading, { date: ["DTREFFRE"], code: ["NUMCOMDO"], households: ["INDFOY_NDUR"] });
  if (!found.ok) return found;
  const { date = 0, code = 0, households = 0 } = found.value;
  const columns = indexNames(heading);
  const kept = Object.entries(CAF_COLUMNS).flatMap(([name, variable]) => {
    const at = columns.get(name);
    return at === undefined ? [] : [{ at, variable }];
  });
  const width = heading.length;
  const largest = new Map<string, { readonly size: number; readonly values: readonly CellValue[] }>();
  return grant({
    vintage: null,
    readRow: (cells) => {
      if (cells.length !== width) return { kind: "row-cut", cells: cells.length, expected: width };
      const month = /^(\d{4})-?(\d{2})?/.exec((cells[date] ?? "").trim());
      if (month === null) return { kind: "period-malformed", cell: cells[date] ?? "" };
      if (month[2] !== undefined && month[2] !== "12") return null;
      const commune = readCommuneCode(cells[code] ?? "");
      if (commune === null) return { kind: "code-malformed", cell: cells[code] ?? "" };
      const values: CellValue[] = [];
      for (const { at } of kept) {
        const cell = readCell(cells[at] ?? "");
        if (cell === null) return { kind: "number-malformed", cell: cells[at] ?? "" };
        values.push(cell);
      }
      const size = readCell(cells[households] ?? "")?.value ?? 0;
      const key = `${commune} ${month[1]}`;
      const before = largest.get(key);
      if (before === undefined || size > before.size) largest.set(key, { size, values });
      return null;
    },
    *finish() {
      for (const [key, { values }] of largest) {
        const [commune = "", year = ""] = key.split(" ");
        for (const [index, { variable }] of kept.entries()) {
          const { status, value } = values[index] ?? MISSING;
          yield ["commune", commune, variable, year, status, value];
        }
      }
      largest.clear();
    },
  });
}

function openJobSeekers(heading: readonly string[]): Decision<RowReader, readonly string[]> {
  const found = findColumns(heading, {
    ...{ date: ["DATE"], code: ["CODE_COMMUNE", "CODE COMMUNE"], sex: ["SEXE"] },
    ...{ age: ["TRANCHE_D_AGE", "TRANCHE D AGE"], category: ["CATEGORIE"] },
    count: ["NOMBRE_DE_DEMANDEURS_D_EMPLOI", "NOMBRE DE DEMANDEURS D EMPLOI"],
  });
  if (!found.ok) return found;
  const { date = 0, code = 0, sex = 0, age = 0, category = 0, count = 0 } = found.value;
  const width = heading.length;
  const total = /^total$/i;
  return grant({
    vintage: null,
    finish: nothing,
    readRow: (cells, emit) => {
      if (cells.length !== width) return { kind: "row-cut", cells: cells.length, expected: width };
      const text = (at: number) => (cells[at] ?? "").trim();
      if (!total.test(text(sex)) || !total.test(text(age)) || text(category).toUpperCase() !== "ABC") return null;
      const period = text(date);
      if (!/^\d{4}-T[1-4]$/.test(period)) return { kind: "period-malformed", cell: period };
      const commune = readCommuneCode(text(code));
      if (commune === null) return { kind: "code-malformed", cell: text(code) };
      const cell = readCell(text(count));
      if (cell === null) return { kind: "number-malformed", cell: text(count) };
      emit("commune", commune, "DEFM_ABC", period, cell.status, cell.value);
      return null;
    },
  });
}

/** One line by commune, the year in the name of the sheet, which the reader of workbooks puts in a column « ANNEE ». */
function openDoctors(heading: readonly string[]): Decision<RowReader, readonly string[]> {
  const found = findColumns(heading, {
    ...{ code: ["CODE COMMUNE INSEE"], year: ["ANNEE"] },
    all: ["APL AUX MEDECINS GENERALISTES"],
    under65: ["APL AUX MEDECINS GENERALISTES DE 65 ANS ET MOINS"],
  });
  if (!found.ok) return found;
  const { code = 0, year = 0, all = 0, under65 = 0 } = found.value;
  return grant({
    vintage: null,
    finish: nothing,
    readRow: (cells, emit) => {
      const text = (at: number) => (cells[at] ?? "").trim();
      if (text(code) === "") return null;
      const commune = readCommuneCode(text(code));
      if (commune === null) return { kind: "code-malformed", cell: text(code) };
      if (!/^\d{4}$/.test(text(year))) return { kind: "period-malformed", cell: text(year) };
      for (const [at, variable] of [
        [all, "APL"],
        [under65, "APL65"],
      ] as const) {
        const cell = readCell(text(at));
        if (cell === null) return { kind: "number-malformed", cell: text(at) };
        emit("commune", commune, variable, text(year), cell.status, cell.value);
      }
      return null;
    },
  });
}

/** A line by commune and activity: the activities of a commune are added up. */
function openEmployees(heading: readonly string[]): Decision<RowReader, readonly string[]> {
  const found = findColumns(heading, {
    code: ["CODE_COMMUNE", "CODE COMMUNE"],
    sector: ["GRAND_SECTEUR_D_ACTIVITE", "GRAND SECTEUR D ACTIVITE"],
  });
  if (!found.ok) return found;
  const years = [...indexNames(heading)].flatMap(([name, at]) => {
    const year = /^EFFECTIFS[_ ]SALARIES[_ ](\d{4})$/.exec(name)?.[1];
    return year === undefined ? [] : [{ at, year }];
  });
  if (years.length === 0) return refuse(["EFFECTIFS_SALARIES_AAAA"]);
  const { code = 0 } = found.value;
  const width = heading.length;
  const sums = createSums();
  return grant({
    vintage:
      years
        .map(({ year }) => year)
        .sort()
        .at(-1) ?? null,
    finish: () => sums.list(),
    readRow: (cells) => {
      if (cells.length !== width) return { kind: "row-cut", cells: cells.length, expected: width };
      const commune = readCommuneCode(cells[code] ?? "");
      if (commune === null) return { kind: "code-malformed", cell: cells[code] ?? "" };
      for (const { at, year } of years) {
        const cell = readCell(cells[at] ?? "");
        if (cell === null) return { kind: "number-malformed", cell: cells[at] ?? "" };
        sums.add("commune", commune, "SALARIES", year, cell);
      }
      return null;
    },
  });
}

/** A line by place: what is counted is lines. The list bears no date: the year is asked. */
function openFranceServices(heading: readonly string[]): Decision<RowReader, readonly string[]> {
  const found = findColumns(heading, { place: ["LIB_FS"], code: ["INSEE_COM"], format: ["FORMAT_FS"] });
  if (!found.ok) return found;
  const { code = 0 } = found.value;
  const width = heading.length;
  const counts = new Map<string, number>();
  return grant({
    vintage: null,
    readRow: (cells) => {
      if (cells.length !== width) return { kind: "row-cut", cells: cells.length, expected: width };
      const commune = readCommuneCode(cells[code] ?? "");
      if (commune === null) return { kind: "code-malformed", cell: cells[code] ?? "" };
      counts.set(commune, (counts.get(commune) ?? 0) + 1);
      return null;
    },
    *finish(communes) {
      for (const commune of new Set([...communes, ...counts.keys()])) {
        const count = counts.get(commune) ?? 0;
        yield ["commune", commune, "FRANCE_SERVICES", "", statusOf(count), count];
      }
    },
  });
}

const INSEE = { producer: "INSEE", isNational: true };
const FILOSOFI_PRODUCER = "INSEE, DGFiP, CNAF, CNAV, CCMSA";

export const TABLE_FORMATS: readonly TableFormat[] = [
  {
    ...{ kind: "comparateur", ...INSEE, rounding: "weighted" },
    label: "INSEE, comparateur de territoires",
    title: (vintage) => `Comparateur de territoires, recensement ${vintage}`,
    address: "https://www.insee.fr/fr/statistiques/2521169",
    open: (heading) =>
      openWide(heading, [/^P\d{2}_POP$/, /^SUPERF$/, /^NAISD\d{2}$/, /^P\d{2}_RP_PROP$/, /^ETTOT\d{2}$/]),
  },
  {
    ...{ kind: "dossier-complet", ...INSEE, rounding: "weighted" },
    label: "INSEE, dossier complet",
    title: (vintage) => `Dossier complet, recensement ${vintage}`,
    address: "https://www.insee.fr/fr/statistiques/5359146",
    open: (heading) =>
      openWide(heading, [/^P\d{2}_POP0014$/, /^P\d{2}_POP90P$/, /^C\d{2}_FAMMONO$/, /^P\d{2}_CHOM1524$/]),
  },
  {
    ...{ kind: "filosofi", producer: FILOSOFI_PRODUCER, isNational: true, rounding: "exact" },
    label: "INSEE, Filosofi (ancien format en colonnes, nouveau format en lignes)",
    title: (vintage) => `Filosofi ${vintage} : revenus et pauvreté des ménages`,
    address: "https://www.insee.fr/fr/metadonnees/source/serie/s1172",
    open: (heading) =>
      indexNames(heading).has("CODGEO")
        ? openWide(heading, [/^MED\d{2}$/, /^TP60\d{2}$/, /^NBPERSMENFISC\d{2}$/])
        : openLong(heading, [LONG_FILOSOFI]),
  },
  {
    ...{ kind: "recensement", ...INSEE, rounding: "weighted" },
    label: "INSEE, recensement en lignes (Melodi : âges, logement, emploi, diplômes)",
    title: (vintage) => `Recensement de la population ${vintage}`,
    address: "https://catalogue-donnees.insee.fr/",
    open: (heading) => openLong(heading, [LONG_HOUSING, LONG_EMPLOYMENT, LONG_DIPLOMAS, LONG_AGES]),
  },
  {
    ...{ kind: "bpe", ...INSEE, rounding: "exact" },
    label: "INSEE, base permanente des équipements",
    title: (vintage) => `Base permanente des équipements ${vintage}`,
    address: "https://www.insee.fr/fr/metadonnees/source/serie/s1161",
    open: (heading) => openLong(heading, [LONG_BPE]),
  },
  {
    ...{ kind: "caf", producer: "CNAF", isNational: true, rounding: "to-five" },
    label: "CNAF, foyers allocataires par commune",
    title: (vintage) => `Foyers allocataires par commune, décembre ${vintage}`,
    address: "https://data.caf.fr/explore/dataset/s_ben_com_f/",
    open: openCaf,
  },
  {
    ...{ kind: "demandeurs-emploi", producer: "DARES, France Travail", isNational: true, rounding: "to-five" },
    label: "DARES, demandeurs d’emploi par commune, données brutes",
    title: (vintage) => `Demandeurs d’emploi inscrits par commune, ${vintage}`,
    address: "https://data.dares.travail-emploi.gouv.fr/explore/dataset/dares_defm_communales-brutes/",
    open: openJobSeekers,
  },
  {
    ...{ kind: "apl", producer: "DREES", isNational: true, rounding: "exact" },
    label: "DREES, accessibilité aux médecins généralistes (classeur XLSX)",
    title: (vintage) => `Accessibilité potentielle localisée aux médecins généralistes, ${vintage}`,
    address:
      "https://data.drees.solidarites-sante.gouv.fr/explore/dataset/530_l-accessibilite-potentielle-localisee-apl/",
    open: openDoctors,
  },
  {
    ...{ kind: "salaries", producer: "URSSAF", isNational: true, rounding: "exact" },
    label: "URSSAF, effectifs salariés par commune",
    title: (vintage) => `Effectifs salariés du secteur privé par commune, jusqu’en ${vintage}`,
    address:
      "https://open.urssaf.fr/explore/dataset/etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last/",
    open: openEmployees,
  },
  {
    ...{ kind: "france-services", producer: "ANCT", isNational: true, rounding: "exact" },
    label: "ANCT, liste des France Services (année à donner)",
    title: (vintage) => `Liste des France Services, ${vintage}`,
    address: "https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/",
    open: openFranceServices,
  },
];

export function findFormat(kind: string): TableFormat | undefined {
  return TABLE_FORMATS.find((format) => format.kind === kind);
}
