import type { ChartPlace, DrawnShapes, MapShape } from "~/documents/chart-model";
import type { IndicatorReading } from "~/documents/observatory-charts";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Indicator } from "~/domain/observatory/indicator";
import type { Db } from "./db.server";
import {
  listCentroids,
  listDepartmentNames,
  listNetworkCommunes,
  listOutlines,
  loadIndicatorSeries,
  territoryKey,
  type NamedCommune,
  type ObservedTerritory,
} from "./figures-record.server";

/** What an observatory speaks of: the network's communes, them together, their departments and France. */
export type NetworkTerritory = {
  readonly communes: readonly NamedCommune[];
  readonly departments: readonly { readonly code: string; readonly name: string }[];
  readonly places: readonly ObservedPlace[];
};
type ObservedPlace = { readonly place: ChartPlace; readonly territory: ObservedTerritory };

/** Keys of places in addresses and references: a commune by its INSEE code, then these. */
export const NETWORK_KEY = "reseau";
export const COUNTRY_KEY = "france";
export const departmentKey = (code: string): string => `departement-${code}`;

/** A network that spans more departments is compared with France alone. */
const MOST_DEPARTMENTS = 2;

export async function loadTerritory(db: Db, networkId: NetworkId): Promise<NetworkTerritory> {
  const communes = await listNetworkCommunes(db, networkId);
  const names = await listDepartmentNames(db);
  const codes = [...new Set(communes.map(({ departmentCode }) => departmentCode))];
  const departments =
    codes.length > MOST_DEPARTMENTS
      ? []
      : codes.map((code) => ({ code, name: names.get(code) ?? `Département ${code}` }));
  const group: ObservedTerritory = { kind: "group", key: NETWORK_KEY, communes: communes.map(({ code }) => code) };
  return {
    communes,
    departments,
    places: [
      ...communes.map(({ code, name }): ObservedPlace => ({
        place: { key: code, label: name, kind: "commune" },
        territory: { kind: "commune", code },
      })),
      { place: { key: NETWORK_KEY, label: "Ensemble du réseau", kind: "network" }, territory: group },
      ...departments.map(({ code, name }): ObservedPlace => ({
        place: { key: departmentKey(code), label: name, kind: "department" },
        territory: { kind: "department", code },
      })),
      { place: { key: COUNTRY_KEY, label: "France", kind: "country" }, territory: { kind: "country" } },
    ],
  };
}

/** @param places all of the territory's when left out */
export async function readIndicators(
  db: Db,
  { places: all }: NetworkTerritory,
  indicators: readonly Indicator[],
  keep: (place: ChartPlace) => boolean = () => true,
): Promise<ReadonlyMap<string, IndicatorReading>> {
  const places = all.filter(({ place }) => keep(place));
  const { points, datasets } = await loadIndicatorSeries(db, {
    indicators,
    territories: places.map(({ territory }) => territory),
  });
  const heads = [...datasets.values()];
  return new Map(
    indicators.map((indicator) => {
      const ofIndicator = points.get(indicator.code);
      const own = places.map(({ place, territory }) => ({
        place,
        points: ofIndicator?.get(territoryKey(territory)) ?? [],
      }));
      const used = new Set(own.flatMap((entry) => entry.points.flatMap(({ datasetIds }) => datasetIds)));
      return [indicator.code, { indicator, places: own, datasets: heads.filter(({ id }) => used.has(id)) }];
    }),
  );
}

/** The latest outlines and centroids of the communes, whatever has been imported of them. */
export async function loadDrawing(db: Db, communes: readonly NamedCommune[]): Promise<DrawnShapes> {
  const codes = communes.map(({ code }) => code);
  const [outlines, centroids] = await Promise.all([listOutlines(db, codes), listCentroids(db, codes)]);
  return {
    shapes: outlines.flatMap(({ code, geometry }) => {
      const polygons = readPolygons(geometry);
      return polygons.length === 0 ? [] : [{ key: code, polygons }];
    }),
    points: centroids.map(({ code, longitude, latitude }) => ({ key: code, longitude, latitude })),
  };
}

type Polygons = MapShape["polygons"];

/** The import kept nothing but polygons. */
function readPolygons(geometry: string): Polygons {
  const { type, coordinates } = JSON.parse(geometry) as { readonly type: string; readonly coordinates: unknown };
  if (type === "Polygon") return [coordinates as Polygons[number]];
  return type === "MultiPolygon" ? (coordinates as Polygons) : [];
}
