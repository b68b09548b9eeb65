import type { PlainDate } from "../kernel/plain-date";

/** What a producer says of a figure. A « secret » figure exists and is not released; a « missing » one does not exist. Neither is ever 0. */
export type FigureStatus = "value" | "zero" | "secret" | "missing";

export type TerritoryKind = "commune" | "department" | "country";

/** `code`: INSEE's, as text: « 44015 », « 2A », « 974 »; « F » for France, « FM » for metropolitan France. */
export type Territory = { readonly kind: TerritoryKind; readonly code: string };

/** « published » by the producer for that territory, or « summed » by us from all of its communes. */
export type FigureBasis = "published" | "summed";

/** Given by the database; a population dataset of the `population` tables bears its own text. */
export type DatasetId = number | string;

/** How the producer rounds: to the unit or finer, to the nearest 5 (CAF, DARES), or weighted counts of a survey (census, decimals). */
export type Rounding = "exact" | "to-five" | "weighted";

/** Where a figure comes from: shown beside it, and carried by every export. */
export type DatasetHead = {
  readonly id: DatasetId;
  /** Stays the same from one installation to another, for addresses and exports. */
  readonly slug: string;
  readonly kind: string;
  readonly producer: string;
  readonly title: string;
  /** As the producer names it: « 2023 », « 2020-2024 ». */
  readonly vintage: string;
  /** The communes are those of that day. */
  readonly geographyOn: PlainDate | null;
  readonly address: string;
  readonly licence: string;
  readonly retrievedOn: PlainDate;
  readonly fileName: string;
  /** Of the producer's file; null when the project only holds a transcription. */
  readonly sha256: string | null;
  readonly rounding: Rounding;
  readonly note: string;
  /** ISO instant of the import: between two datasets that give the same figure, the later one is shown first. */
  readonly importedAt: string;
};

export type Figure = {
  readonly datasetId: DatasetId;
  readonly territory: Territory;
  readonly variable: string;
  /** « 2023 », « 2013-2018 », « 2024-T4 »: texts that sort as time does, for one variable. */
  readonly period: string;
  readonly status: FigureStatus;
  readonly value: number | null;
  readonly basis: FigureBasis;
};

/** A number as a figure: 0 has a status of its own. */
export function statusOf(value: number): "value" | "zero" {
  return value === 0 ? "zero" : "value";
}

/** The first year that a period speaks of: 2023, 2013 for « 2013-2018 », 2024 for « 2024-T4 ». */
export function firstYearOf(period: string): number {
  return Number(period.slice(0, 4));
}

/** « 44 », « 2A », « 974 » of a commune's code. */
export function departmentOf(communeCode: string): string {
  return communeCode.slice(0, communeCode.startsWith("97") || communeCode.startsWith("98") ? 3 : 2);
}

/** Municipal arrondissements of Paris, Lyon and Marseille: some files give them beside the whole commune. */
export function isArrondissement(communeCode: string): boolean {
  return (
    /^751(?:0[1-9]|1\d|20)$/.test(communeCode) ||
    /^6938[1-9]$/.test(communeCode) ||
    /^132(?:0[1-9]|1[0-6])$/.test(communeCode)
  );
}
