import { grant, refuse, type Decision } from "../kernel/decision";
import { plainDateOf, yearOf, type PlainDate } from "../kernel/plain-date";

/** « municipale »: nobody counted twice; « totale »: with those counted apart (students, residents of homes), the one most laws take. */
export type PopulationKind = "municipal" | "total";

/** What INSEE published for one commune in one vintage; null where it published nothing (never zero in its place). */
export type PopulationFigure = {
  /** INSEE code, text: « 44015 », « 2A004 », « 97411 ». */
  readonly communeCode: string;
  readonly vintage: number;
  readonly municipal: number | null;
  readonly total: number | null;
};

/** Years between the reference year of a vintage and the 1 January on which it comes into force. */
const YEARS_TO_FORCE = 3;

/** The day on which a vintage comes into force. Source: INSEE, populations de référence (vintage 2013 in force on 1 January 2016). */
export function inForceFrom(vintage: number): PlainDate {
  return plainDateOf(vintage + YEARS_TO_FORCE, 1, 1);
}

/** The vintage in force on a date: 2023 from 1 January to 31 December 2026. */
export function vintageInForce(date: PlainDate): number {
  return yearOf(date) - YEARS_TO_FORCE;
}

export type PopulationRefusal =
  /** The vintage in force is not imported; `latest` is the last one that is, and is not taken in its place. */
  | { readonly kind: "vintage-not-imported"; readonly vintage: number; readonly latest: number | null }
  | { readonly kind: "population-not-published"; readonly communeCode: string; readonly vintage: number }
  | { readonly kind: "population-given-twice"; readonly communeCode: string; readonly vintage: number };

export type CommunePopulation = { readonly communeCode: string; readonly inhabitants: number };
export type PopulationChoice = {
  readonly kind: PopulationKind;
  readonly vintage: number;
  readonly inForceOn: PlainDate;
  readonly populations: readonly CommunePopulation[];
};

/**
 * The inhabitants « last known according to INSEE » of each commune on a date: those of the vintage in force that day, one vintage for all.
 * An older vintage is never taken silently, and a figure that INSEE did not publish is never replaced by the other kind.
 * Source: Convention, art. 4.2.1; which kind and which date are choices of the committee's rules.
 */
export function choosePopulation(request: {
  readonly figures: readonly PopulationFigure[];
  readonly communeCodes: readonly string[];
  readonly kind: PopulationKind;
  readonly date: PlainDate;
}): Decision<PopulationChoice, readonly PopulationRefusal[]> {
  return readVintage({ ...request, vintage: vintageInForce(request.date) });
}

/** The same for a vintage named by hand, to compare before a vote (« et avec l'année précédente ? »). */
export function readVintage({
  figures,
  communeCodes,
  kind,
  vintage,
}: {
  readonly figures: readonly PopulationFigure[];
  readonly communeCodes: readonly string[];
  readonly kind: PopulationKind;
  readonly vintage: number;
}): Decision<PopulationChoice, readonly PopulationRefusal[]> {
  const ofVintage = figures.filter((figure) => figure.vintage === vintage);
  if (ofVintage.length === 0) {
    const latest = figures.reduce<number | null>(
      (last, figure) => (last === null || figure.vintage > last ? figure.vintage : last),
      null,
    );
    return refuse([{ kind: "vintage-not-imported", vintage, latest }]);
  }
  const refusals: PopulationRefusal[] = [];
  const populations: CommunePopulation[] = [];
  for (const communeCode of communeCodes) {
    const found = ofVintage.filter((figure) => figure.communeCode === communeCode);
    const inhabitants = found[0]?.[kind] ?? null;
    if (found.length > 1) refusals.push({ kind: "population-given-twice", communeCode, vintage });
    else if (inhabitants === null) refusals.push({ kind: "population-not-published", communeCode, vintage });
    else populations.push({ communeCode, inhabitants });
  }
  if (refusals.length > 0) return refuse(refusals);
  return grant({ kind, vintage, inForceOn: inForceFrom(vintage), populations });
}
