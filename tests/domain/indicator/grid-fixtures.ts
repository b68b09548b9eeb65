import type { Indicator } from "~/domain/indicator/dictionary";

export const indicator = (given: Partial<Indicator> = {}): Indicator => ({
  code: "X",
  section: "Rubrique",
  label: "Intitulé",
  definition: "Définition.",
  unit: "requests",
  period: "flow",
  measure: { kind: "count" },
  formula: null,
  dimensions: [],
  direction: "none",
  filledBy: "Accueil",
  isZeroInformative: true,
  isBoundedByPopulation: false,
  isPublished: true,
  series: 1,
  breakReason: "",
  ...given,
});

/** A total in three parts, one of which is divided in two. */
export const AID = indicator({
  code: "AF",
  dimensions: [
    {
      ...{ code: "motif", label: "Motif" },
      categories: [
        { code: "logement", label: "Logement", parent: null },
        { code: "energie", label: "Énergie", parent: "logement" },
        { code: "loyer", label: "Loyer", parent: "logement" },
        { code: "autre", label: "Autre", parent: null },
      ],
    },
  ],
});
