import { describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  choosePopulation,
  inForceFrom,
  readVintage,
  vintageInForce,
  type PopulationFigure,
} from "~/domain/population/population";
import { chooseReferenceDate, type ReferenceDateRule } from "~/domain/population/reference-date";

const FIGURES: PopulationFigure[] = [
  { communeCode: "44015", vintage: 2023, municipal: 10_376, total: 10_635 },
  { communeCode: "44023", vintage: 2023, municipal: 3_153, total: 3_203 },
  { communeCode: "44015", vintage: 2022, municipal: 10_352, total: 10_527 },
  { communeCode: "44015", vintage: 2015, municipal: 9_638, total: null },
];
const choose = (changes: Partial<Parameters<typeof choosePopulation>[0]> = {}) =>
  choosePopulation({
    figures: FIGURES,
    communeCodes: ["44015", "44023"],
    kind: "municipal",
    date: toPlainDate("2026-11-22"),
    ...changes,
  });

describe("population en vigueur — Insee : le millésime N est en vigueur au 1er janvier N+3", () => {
  it.each([
    { date: "2016-01-01", vintage: 2013 },
    { date: "2025-12-31", vintage: 2022 },
    { date: "2026-01-01", vintage: 2023 },
    { date: "2026-12-31", vintage: 2023 },
  ])("le $date : millésime $vintage", ({ date, vintage }) => {
    expect(vintageInForce(toPlainDate(date))).toBe(vintage);
    expect(inForceFrom(vintage) <= date).toBe(true);
  });

  it.each([
    { kind: "municipal" as const, inhabitants: [10_376, 3_153] },
    { kind: "total" as const, inhabitants: [10_635, 3_203] },
  ])("$kind : les habitants du millésime en vigueur", ({ kind, inhabitants }) => {
    expect(choose({ kind })).toEqual({
      ok: true,
      value: {
        kind,
        vintage: 2023,
        inForceOn: "2026-01-01",
        populations: [
          { communeCode: "44015", inhabitants: inhabitants[0] },
          { communeCode: "44023", inhabitants: inhabitants[1] },
        ],
      },
    });
  });

  it.each([
    {
      case: "millésime pas encore importé",
      changes: { date: toPlainDate("2027-02-01") },
      refusal: { kind: "vintage-not-imported", vintage: 2024, latest: 2023 },
    },
    {
      case: "aucun millésime",
      changes: { figures: [] },
      refusal: { kind: "vintage-not-imported", vintage: 2023, latest: null },
    },
    {
      case: "commune absente",
      changes: { communeCodes: ["44062"] },
      refusal: { kind: "population-not-published", communeCode: "44062", vintage: 2023 },
    },
    {
      case: "la même commune deux fois dans le fichier",
      changes: { figures: [...FIGURES, FIGURES[0]!] },
      refusal: { kind: "population-given-twice", communeCode: "44015", vintage: 2023 },
    },
    {
      case: "commune d’un autre département au même nom",
      changes: { communeCodes: ["54088"] },
      refusal: { kind: "population-not-published", communeCode: "54088", vintage: 2023 },
    },
  ])("refus : $case", ({ changes, refusal }) => {
    expect(choose(changes)).toEqual({ ok: false, refusal: [refusal] });
  });

  it("la population totale non publiée n’est jamais remplacée par la municipale", () => {
    expect(readVintage({ figures: FIGURES, communeCodes: ["44015"], kind: "total", vintage: 2015 })).toEqual({
      ok: false,
      refusal: [{ kind: "population-not-published", communeCode: "44015", vintage: 2015 }],
    });
  });

  it("zéro habitant est un chiffre, pas un manque", () => {
    const figures = [{ communeCode: "55039", vintage: 2023, municipal: 0, total: 0 }];
    expect(choose({ figures, communeCodes: ["55039"] })).toMatchObject({
      value: { populations: [{ inhabitants: 0 }] },
    });
  });
});

describe("« dernièrement connus » — Convention, art. 4.2.1 : à quelle date", () => {
  const date = (rule: ReferenceDateRule, expenses: string[], annualDay: string | null = "2026-11-20") =>
    chooseReferenceDate(rule, {
      expenses: expenses.map(toPlainDate),
      annualDay: annualDay === null ? null : toPlainDate(annualDay),
      call: toPlainDate("2027-01-15"),
    });

  it.each([
    {
      case: "à la dépense : la dernière",
      rule: "at-expense",
      expenses: ["2026-09-01", "2026-10-03", "2026-02-01"],
      chosen: "2026-10-03",
    },
    { case: "à la journée annuelle", rule: "at-annual-day", expenses: [], chosen: "2026-11-20" },
    { case: "à l’appel", rule: "at-call", expenses: [], chosen: "2027-01-15" },
  ] as const)("$case", ({ rule, expenses, chosen }) => {
    expect(date(rule, [...expenses])).toEqual({ ok: true, value: chosen });
  });

  it.each([
    { case: "sans dépense", decision: date("at-expense", []), refusal: { kind: "no-expense-date" } },
    {
      case: "journée annuelle sans date",
      decision: date("at-annual-day", [], null),
      refusal: { kind: "annual-day-undated" },
    },
    {
      case: "à cheval sur deux millésimes",
      decision: date("at-expense", ["2026-12-31", "2027-01-01"]),
      refusal: { kind: "several-vintages", vintages: [2023, 2024] },
    },
  ])("refus : $case", ({ decision, refusal }) => {
    expect(decision).toEqual({ ok: false, refusal });
  });
});
