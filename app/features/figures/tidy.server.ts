import { composeCsv, type CsvCell } from "~/documents/csv";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { THEMES, type Indicator } from "~/domain/observatory/indicator";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import {
  listDepartmentNames,
  listNetworkCommunes,
  loadIndicatorSeries,
  territoryKey,
  type ObservedTerritory,
} from "~/services/figures-record.server";
import { composeOds } from "~/services/spreadsheet.server";

export type NamedTerritory = { readonly territory: ObservedTerritory; readonly name: string };

/** A line is one indicator, one territory, one period: with what it was made of and where it comes from. */
export type TidyRow = {
  readonly indicator: string;
  readonly label: string;
  readonly theme: string;
  readonly territory: string;
  readonly territoryName: string;
  readonly period: string;
  readonly status: string;
  readonly value: number | null;
  readonly unit: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly disagreement: string;
  readonly producer: string;
  readonly dataset: string;
  readonly vintage: string;
  readonly geographyOn: string | null;
  readonly retrievedOn: string;
  readonly rounding: string;
  readonly licence: string;
  readonly address: string;
  readonly sha256: string | null;
};

/** The communes of a network, the network itself, their departments and France. */
export async function listNetworkTerritories(
  db: Db,
  network: { readonly id: NetworkId; readonly slug: string; readonly name: string },
): Promise<readonly NamedTerritory[]> {
  const communes = await listNetworkCommunes(db, network.id);
  const names = await listDepartmentNames(db);
  const departments = [...new Set(communes.map(({ departmentCode }) => departmentCode))].sort();
  return [
    ...communes.map(({ code, name }) => ({ territory: { kind: "commune", code } as const, name })),
    {
      territory: { kind: "group", key: `reseau-${network.slug}`, communes: communes.map(({ code }) => code) },
      name: network.name,
    },
    ...departments.map((code) => ({ territory: { kind: "department", code } as const, name: names.get(code) ?? code })),
    { territory: { kind: "country" }, name: "France" },
  ];
}

export async function listTidyRows(
  db: Db,
  territories: readonly NamedTerritory[],
  indicators: readonly Indicator[] = INDICATORS,
): Promise<readonly TidyRow[]> {
  const { points, datasets } = await loadIndicatorSeries(db, {
    indicators,
    territories: territories.map(({ territory }) => territory),
  });
  const rows: TidyRow[] = [];
  for (const indicator of indicators) {
    for (const { territory, name } of territories) {
      for (const point of points.get(indicator.code)?.get(territoryKey(territory)) ?? []) {
        const sources = point.datasetIds.flatMap((id) => datasets.get(id) ?? []);
        const join = (read: (source: (typeof sources)[number]) => string | null): string =>
          [...new Set(sources.map(read))].filter((text) => text !== null && text !== "").join(" ; ");
        const total = (parts: typeof point.numerator): number | null =>
          parts.length === 0 || parts.some(({ value }) => value === null)
            ? null
            : parts.reduce((sum, { value, sign }) => sum + sign * (value ?? 0), 0);
        rows.push({
          ...{ indicator: indicator.code, label: indicator.label, theme: THEMES[indicator.theme] },
          ...{ territory: territoryKey(territory), territoryName: name, period: point.period, status: point.status },
          ...{ value: point.value, unit: indicator.unit },
          ...{ numerator: total(point.numerator), denominator: total(point.denominator) },
          disagreement: point.disagreements
            .map(({ datasetId, value }) => `${datasets.get(datasetId)?.slug ?? ""} : ${value}`)
            .join(" ; "),
          ...{ producer: join(({ producer }) => producer), dataset: join(({ slug }) => slug) },
          ...{ vintage: join(({ vintage }) => vintage), geographyOn: join(({ geographyOn }) => geographyOn) || null },
          ...{ retrievedOn: join(({ retrievedOn }) => retrievedOn), rounding: join(({ rounding }) => rounding) },
          ...{ licence: join(({ licence }) => licence), address: join(({ address }) => address) },
          sha256: join(({ sha256 }) => sha256) || null,
        });
      }
    }
  }
  return rows;
}

const COLUMNS: readonly (readonly [heading: string, read: (row: TidyRow) => CsvCell])[] = [
  ["indicateur", (row) => row.indicator],
  ["libelle", (row) => row.label],
  ["theme", (row) => row.theme],
  ["territoire", (row) => row.territory],
  ["nom", (row) => row.territoryName],
  ["periode", (row) => row.period],
  ["statut", (row) => STATUS_WORDS[row.status] ?? row.status],
  ["valeur", (row) => row.value],
  ["unite", (row) => row.unit],
  ["numerateur", (row) => row.numerator],
  ["denominateur", (row) => row.denominator],
  ["desaccord", (row) => row.disagreement],
  ["producteur", (row) => row.producer],
  ["jeu", (row) => row.dataset],
  ["millesime", (row) => row.vintage],
  ["geographie", (row) => row.geographyOn],
  ["recupere_le", (row) => row.retrievedOn],
  ["arrondi", (row) => ROUNDING_WORDS[row.rounding] ?? row.rounding],
  ["licence", (row) => row.licence],
  ["adresse", (row) => row.address],
  ["sha256", (row) => row.sha256],
];

const STATUS_WORDS: Readonly<Record<string, string>> = {
  value: "valeur",
  zero: "zéro",
  secret: "secret statistique",
  missing: "manquant",
  "not-additive": "ne s’additionne pas",
};

const ROUNDING_WORDS: Readonly<Record<string, string>> = {
  exact: "aucun",
  "to-five": "à 5",
  weighted: "effectif pondéré",
};

export function tidyToCsv(rows: readonly TidyRow[]): string {
  return composeCsv(
    COLUMNS.map(([heading]) => heading),
    rows.map((row) => COLUMNS.map(([, read]) => read(row))),
  );
}

export function tidyToOds(rows: readonly TidyRow[]): Promise<Uint8Array> {
  return composeOds(
    "Chiffres",
    COLUMNS.map(([heading]) => heading),
    rows.map((row) => COLUMNS.map(([, read]) => read(row))),
  );
}

export function tidyToJson(rows: readonly TidyRow[]): string {
  return JSON.stringify({ licence: "Licence Ouverte 2.0", chiffres: rows.map(nameColumns) }, null, 1);
}

function nameColumns(row: TidyRow): Readonly<Record<string, CsvCell>> {
  return Object.fromEntries(COLUMNS.map(([heading, read]) => [heading, read(row)]));
}
