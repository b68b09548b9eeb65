import {
  AGE_BANDS,
  agesChart,
  comparisonChart,
  distributionChart,
  hasTrend,
  latestPeriod,
  mapChart,
  periodsOf,
  readingOf,
  trendChart,
  type ChartView,
  type IndicatorReading,
} from "~/documents/observatory-charts";
import type { ChartModel } from "~/documents/chart-model";
import type { NetworkId } from "~/domain/kernel/ids";
import { findIndicator, INDICATORS } from "~/domain/observatory/catalogue";
import type { Indicator, ThemeCode } from "~/domain/observatory/indicator";
import type { Db } from "~/services/db.server";
import {
  listDepartmentCommunes,
  loadIndicatorSeries,
  territoryKey,
  type NamedCommune,
} from "~/services/figures-record.server";
import {
  departmentKey,
  loadDrawing,
  loadTerritory,
  NETWORK_KEY,
  readIndicators,
  type NetworkTerritory,
} from "~/services/territory-reading.server";

/** Charts of the portrait: what an elected official asks first. */
export const PORTRAIT_CODES = {
  map: "population-municipale",
  trend: "population-municipale",
  comparisons: [
    "part-60-ans-ou-plus",
    "part-familles-monoparentales",
    "niveau-de-vie-median",
    "taux-de-pauvrete",
    "taux-de-chomage",
    "accessibilite-medecins",
  ],
} as const;

/** Beyond this many communes, the portrait gives the wholes and the range; each commune has its own page. */
export const MOST_COLUMNS = 12;

export type Portrait = {
  readonly territory: NetworkTerritory;
  readonly readings: ReadonlyMap<string, IndicatorReading>;
  /** Of the population; of what else is known of these communes while their populations are not imported. */
  readonly map: { readonly code: string; readonly model: ChartModel } | null;
  readonly trend: ChartModel | null;
  readonly ages: ChartModel | null;
  readonly comparisons: readonly ChartModel[];
};

/** Everything that stands on the one page of the territory, in a handful of queries whatever the number of communes. */
export async function loadPortrait(db: Db, networkId: NetworkId): Promise<Portrait> {
  const territory = await loadTerritory(db, networkId);
  const indicators = [...INDICATORS, ...AGE_BANDS];
  const isLarge = territory.communes.length > MOST_COLUMNS;
  const charted = new Set<string>([PORTRAIT_CODES.map, PORTRAIT_CODES.trend, ...PORTRAIT_CODES.comparisons]);
  const all = isLarge
    ? new Map([
        ...(await readIndicators(db, territory, indicators, ({ kind }) => kind !== "commune")),
        ...(await readIndicators(
          db,
          territory,
          indicators.filter(({ code }) => charted.has(code)),
        )),
      ])
    : await readIndicators(db, territory, indicators);
  const drawing = await loadDrawing(db, territory.communes);
  const find = (code: string): IndicatorReading | null => {
    const reading = all.get(code);
    return reading && isKnownHere(reading) ? reading : null;
  };
  const population = find(PORTRAIT_CODES.map);
  const mapped = population ?? PORTRAIT_CODES.comparisons.map(find).find((reading) => reading !== null) ?? null;
  const period = mapped && latestPeriod(mapped);
  const isDrawn = drawing.shapes.length + drawing.points.length > 0;
  return {
    territory,
    readings: new Map(
      INDICATORS.flatMap(({ code }) => {
        const reading = all.get(code);
        return reading ? [[code, reading] as const] : [];
      }),
    ),
    map:
      mapped && period && isDrawn
        ? { code: mapped.indicator.code, model: mapChart(mapped, { id: "carte-territoire", period, ...drawing }) }
        : null,
    trend: population && hasTrend(population) ? trendChart(population, { id: "evolution-population" }) : null,
    ages: agesChart(
      AGE_BANDS.flatMap(({ code }) => all.get(code) ?? []),
      {
        id: "ages",
        placeKeys: [NETWORK_KEY, ...territory.departments.slice(0, 1).map(({ code }) => departmentKey(code))],
      },
    ),
    comparisons: PORTRAIT_CODES.comparisons.flatMap((code) => {
      const reading = find(code);
      const own = reading && latestPeriod(reading);
      return reading && own ? [comparisonChart(reading, { id: `comparaison-${code}`, period: own })] : [];
    }),
  };
}

/** Has the latest period a figure of our communes, released or secret, and not only of what they are compared with? */
function isKnownHere(reading: IndicatorReading): boolean {
  const period = latestPeriod(reading);
  if (period === null) return false;
  return reading.places.some(({ place, points }) => {
    const status = points.find((point) => point.period === period)?.status ?? "missing";
    return (place.kind === "commune" || place.kind === "network") && status !== "missing" && status !== "not-additive";
  });
}

export type ThemeReading = { readonly territory: NetworkTerritory; readonly readings: readonly IndicatorReading[] };

export async function loadTheme(db: Db, networkId: NetworkId, theme: ThemeCode): Promise<ThemeReading> {
  const territory = await loadTerritory(db, networkId);
  const indicators = INDICATORS.filter((indicator) => indicator.theme === theme);
  const readings = await readIndicators(db, territory, indicators);
  return { territory, readings: [...readings.values()] };
}

export type ChartState = {
  readonly view: ChartView;
  readonly period: string | null;
  readonly order: "network" | "value";
};

export type IndicatorView = {
  readonly indicator: Indicator;
  readonly reading: IndicatorReading;
  readonly periods: readonly string[];
  readonly period: string | null;
  /** Null when this view has nothing to show; `why` then says so. */
  readonly chart: ChartModel | null;
  readonly why: string;
};

/** One indicator in one state of its chart; null for a code that the catalogue does not have. */
export async function loadIndicatorView(
  db: Db,
  networkId: NetworkId,
  code: string,
  state: ChartState,
): Promise<IndicatorView | null> {
  const indicator = findIndicator(code);
  if (!indicator) return null;
  const territory = await loadTerritory(db, networkId);
  const reading = (await readIndicators(db, territory, [indicator])).get(code);
  if (!reading) return null;
  const periods = periodsOf(reading);
  const period = periods.find((one) => one === state.period) ?? latestPeriod(reading);
  const base = { indicator, reading, periods, period };
  if (period === null)
    return { ...base, chart: null, why: "Aucun chiffre de cet indicateur n’a été importé pour ces communes." };
  const id = `graphique-${code}`;
  switch (state.view) {
    case "comparaison":
      return { ...base, chart: comparisonChart(reading, { id, period, order: state.order }), why: "" };
    case "evolution":
      return hasTrend(reading)
        ? { ...base, chart: trendChart(reading, { id }), why: "" }
        : {
            ...base,
            chart: null,
            why: `Une seule période est connue pour ces communes (${period})\u00a0: une évolution demande au moins deux millésimes.`,
          };
    case "distribution": {
      const population = await loadPopulation(db, territory, indicator, period);
      return population.values.length >= SMALLEST_POPULATION
        ? { ...base, chart: distributionChart(reading, { id, period, population }), why: "" }
        : {
            ...base,
            chart: null,
            why: `Situer les communes parmi ${population.label} demande le fichier national de cet indicateur\u00a0: ${population.values.length} valeurs sont connues, il en faut ${SMALLEST_POPULATION}.`,
          };
    }
    case "carte": {
      const drawing = await loadDrawing(db, territory.communes);
      return drawing.shapes.length + drawing.points.length > 0
        ? { ...base, chart: mapChart(reading, { id, period, ...drawing }), why: "" }
        : {
            ...base,
            chart: null,
            why: "Ni contour ni centre n’a été importé pour ces communes\u00a0: la carte paraîtra après l’import des contours.",
          };
    }
  }
}

const SMALLEST_POPULATION = 20;

/** The communes of the same departments, ours included. */
async function loadPopulation(
  db: Db,
  { departments, communes }: NetworkTerritory,
  indicator: Indicator,
  period: string,
) {
  const codes =
    departments.length > 0
      ? departments.map(({ code }) => code)
      : [...new Set(communes.map(({ departmentCode }) => departmentCode))];
  const label =
    departments.length > 0
      ? `les communes de ${departments.map(({ name }) => name).join(" et ")}`
      : "les communes des mêmes départements";
  const territories = (await listDepartmentCommunes(db, codes)).map((code) => ({ kind: "commune", code }) as const);
  const { points } = await loadIndicatorSeries(db, { indicators: [indicator], territories });
  const own = points.get(indicator.code);
  const readings = territories.map((territory) =>
    readingOf(own?.get(territoryKey(territory))?.find((point) => point.period === period)),
  );
  return {
    label,
    values: readings.flatMap((reading) => (reading.status === "value" ? [reading.value] : [])),
    undisclosed: readings.filter(({ status }) => status === "secret").length,
  };
}

export type CommuneSheet = {
  readonly commune: NamedCommune;
  readonly readings: readonly IndicatorReading[];
  readonly ages: ChartModel | null;
  readonly trend: ChartModel | null;
};

/** One commune beside the whole network, its department and France; null for a commune that is not of the network. */
export async function loadCommuneSheet(db: Db, networkId: NetworkId, code: string): Promise<CommuneSheet | null> {
  const territory = await loadTerritory(db, networkId);
  const commune = territory.communes.find((one) => one.code === code);
  if (!commune) return null;
  const all = await readIndicators(
    db,
    territory,
    [...INDICATORS, ...AGE_BANDS],
    ({ kind, key }) => kind !== "commune" || key === code,
  );
  const population = all.get("population-municipale");
  const alone = population && { ...population, places: population.places.filter(({ place }) => place.key === code) };
  return {
    commune,
    readings: INDICATORS.flatMap((indicator) => all.get(indicator.code) ?? []),
    ages: agesChart(
      AGE_BANDS.flatMap((indicator) => all.get(indicator.code) ?? []),
      { id: "ages", placeKeys: [code, NETWORK_KEY] },
    ),
    trend: alone && hasTrend(alone) ? trendChart(alone, { id: "evolution-population" }) : null,
  };
}
