import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INDICATORS } from "~/domain/observatory/catalogue";
import {
  candidateOf,
  chooseQuantity,
  computeIndicator,
  groupCandidate,
  type Quantity,
} from "~/domain/observatory/compute";
import { findBreak, THEMES, variablesOf, type Indicator } from "~/domain/observatory/indicator";
import { perimeterOn } from "~/domain/observatory/perimeter";
import { toPlainDate } from "~/domain/kernel/plain-date";

const dataset = { id: 1, vintage: "2022", importedAt: "2026-01-01T00:00:00Z" };
const figure = (value: number | null, status: "value" | "zero" | "secret" | "missing") =>
  candidateOf({ value, status, basis: "published" }, dataset);
const rate = INDICATORS.find(({ code }) => code === "part-proprietaires") as Indicator;
const total = (sum: number | null, released: number, secret: number) => ({
  sum,
  released,
  secret,
  lowest: sum,
  highest: sum,
});

function known(variable: "RP_PROP" | "RP" | "MED", candidate: ReturnType<typeof figure>) {
  const quantity = chooseQuantity(variable, "2018", [candidate]) as Quantity;
  return [variable, new Map([["2018", quantity]])] as const;
}

describe("computeIndicator", () => {
  it("un taux de plusieurs communes est refait de ses deux sommes", () => {
    const figures = new Map([
      known("RP_PROP", groupCandidate("RP_PROP", 2, total(140, 2, 0), dataset)),
      known("RP", groupCandidate("RP", 2, total(280, 2, 0), dataset)),
    ]);
    expect(computeIndicator(rate, figures)).toMatchObject([{ period: "2018", value: 50, status: "value" }]);
  });

  it.each([
    { case: "un secret rend le taux secret", candidate: figure(null, "secret"), status: "secret" },
    { case: "un manquant rend le taux manquant", candidate: figure(null, "missing"), status: "missing" },
    { case: "un dénominateur nul ne se divise pas", candidate: figure(0, "zero"), status: "missing" },
  ])("$case, jamais 0", ({ candidate, status }) => {
    const figures = new Map([known("RP_PROP", figure(10, "value")), known("RP", candidate)]);
    expect(computeIndicator(rate, figures)).toMatchObject([{ value: null, status }]);
  });

  it("un seul secret rend la somme secrète, quels que soient les autres", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 700 }), fc.integer({ min: 1, max: 700 }), (asked, withheld) => {
        const secret = Math.min(asked, withheld);
        const { value, status } = groupCandidate("RP", asked, total(1000, asked - secret, secret), dataset);
        expect([value, status]).toEqual([null, "secret"]);
      }),
    );
  });

  it("une médiane n’a pas de valeur pour plusieurs communes, même toutes diffusées", () => {
    expect(groupCandidate("MED", 6, total(140_000, 6, 0), dataset)).toMatchObject({
      value: null,
      status: "not-additive",
    });
  });

  it("entre deux jeux, le plus récent ; ce que dit l’autre est gardé", () => {
    const older = { ...dataset, id: 2, vintage: "2021" };
    const quantity = chooseQuantity("RP", "2018", [
      candidateOf({ value: 90, status: "value", basis: "published" }, older),
      figure(100, "value"),
    ]);
    expect(quantity).toMatchObject({ value: 100, disagreements: [{ datasetId: 2, value: 90 }] });
  });

  it("les poids du recensement qui diffèrent à la sixième décimale ne sont pas un désaccord", () => {
    const older = { ...dataset, id: 2, vintage: "2021" };
    const quantity = chooseQuantity("POP", "2016", [
      candidateOf({ value: 9686.99999999999, status: "value", basis: "published" }, older),
      figure(9687, "value"),
    ]);
    expect(quantity?.disagreements).toEqual([]);
  });
});

describe("catalogue", () => {
  it("au moins 35 indicateurs, neuf thèmes, chacun avec sa définition et des variables connues", () => {
    expect(INDICATORS.length).toBeGreaterThanOrEqual(35);
    expect(new Set(INDICATORS.map(({ theme }) => theme))).toEqual(new Set(Object.keys(THEMES)));
    expect(new Set(INDICATORS.map(({ code }) => code)).size).toBe(INDICATORS.length);
    for (const indicator of INDICATORS) {
      expect(indicator.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(indicator.definition.length).toBeGreaterThan(10);
      expect(variablesOf(indicator).length).toBeGreaterThan(0);
    }
  });

  it("Filosofi 2021 | 2023 est une rupture, 2019 | 2021 n’en est pas une", () => {
    const median = INDICATORS.find(({ code }) => code === "niveau-de-vie-median") as Indicator;
    expect(findBreak(median, "2021", "2023")).toBeDefined();
    expect(findBreak(median, "2019", "2021")).toBeUndefined();
  });
});

describe("perimeterOn — INSEE, code officiel géographique", () => {
  const merger = (date: string, after: string, ...before: readonly string[]) =>
    before.map((codeBefore) => ({ date: toPlainDate(date), codeBefore, codeAfter: after }));
  /* Lines of the file of movements: 2016, 2018 and 2019 in Loire-Atlantique. */
  const events = [
    ...merger("2016-01-01", "44213", "44011", "44034", "44147", "44213"),
    ...merger("2018-01-01", "44180", "44017", "44093", "44180", "44191", "44219", "44225"),
    ...merger("2019-01-01", "44003", "44160", "44003"),
  ];
  it.each([
    { code: "44180", on: "2017-01-01", made: ["44017", "44093", "44180", "44191", "44219", "44225"] },
    { code: "44180", on: "2018-01-01", made: ["44180"] },
    { code: "44003", on: "2018-01-01", made: ["44003", "44160"] },
    { code: "44015", on: "2010-01-01", made: ["44015"] },
  ])("$code au $on", ({ code, on, made }) => {
    expect(perimeterOn(code, toPlainDate(on), events)).toEqual({ ok: true, value: made });
  });

  it("une commune partagée entre plusieurs n’a pas de passé", () => {
    const split = [...merger("2024-01-01", "85084", "85084"), ...merger("2024-01-01", "85165", "85084")];
    expect(perimeterOn("85165", toPlainDate("2021-01-01"), split).ok).toBe(false);
  });
});
