import { describe, expect, it } from "vitest";
import type { ChartPlace, Reading, TrendData } from "~/documents/chart-model";
import { agesFinding, comparisonFinding, distributionFinding, trendFinding } from "~/documents/findings";

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const commune = (label: string): ChartPlace => ({ key: label, label, kind: "commune" });
const network: ChartPlace = { key: "reseau", label: "Ensemble du réseau", kind: "network" };
const value = (number: number): Reading => ({ status: "value", value: number });
const secret: Reading = { status: "secret" };
const rate = { label: "Taux", quantity: { unit: "%", decimals: 1 }, tolerance: 0 };
const people = { label: "Population", quantity: { unit: "habitants", decimals: 0 }, tolerance: 0 };

const trend = (place: ChartPlace, values: readonly (number | null)[], from: number, breakAt = 9999) => ({
  place,
  points: values.map((number, index) => ({
    period: String(from + index),
    year: from + index,
    reading: number === null ? secret : value(number),
    scheme: from + index >= breakAt ? "b" : "a",
  })),
});
const trends = (...series: TrendData["series"]): TrendData => ({ kind: "trend", scale: "own", series });

describe("trendFinding — deux chiffres et leurs années, ni cause ni prévision", () => {
  it.each([
    [
      "hausse d’un compte",
      people,
      trends(trend(network, [20431, 23371], 2010)),
      "Population : en hausse dans l’ensemble du réseau, de 20 431 (2010) à 23 371 habitants (2011), soit +14,4 %",
    ],
    [
      "baisse d’un taux, en points",
      rate,
      trends(trend(network, [9.6, 8.4], 2017)),
      "Taux : en baisse dans l’ensemble du réseau, de 9,6 (2017) à 8,4 % (2018), soit −1,2 point",
    ],
    [
      "identique à ce qui est écrit",
      rate,
      trends(trend(network, [9.61, 9.64], 2017)),
      "Taux : 9,6 % en 2017 comme en 2018, dans l’ensemble du réseau",
    ],
    [
      "dans l’arrondi du producteur",
      { ...people, label: "Foyers", tolerance: 5 },
      trends(trend(network, [100, 105], 2020)),
      "Foyers : stable dans l’ensemble du réseau, à l’arrondi près, de 100 (2020) à 105 habitants (2021)",
    ],
    [
      "petit effectif : pas de pourcentage",
      people,
      trends(trend(network, [4, 8], 2020)),
      "Population : en hausse dans l’ensemble du réseau, de 4 (2020) à 8 habitants (2021)",
    ],
    [
      "une rupture coupe la série : rien ne se compare",
      rate,
      trends(trend(network, [9, 10], 2021, 2022)),
      "Taux : pas assez d’années comparables pour dire une évolution",
    ],
    [
      "médiane : pas de réseau, les communes se comptent",
      rate,
      trends(
        trend(commune("A"), [3, 2], 2022),
        trend(commune("B"), [3, 4], 2022),
        trend(commune("C"), [null, 4], 2022),
      ),
      "Taux : en hausse dans 1 commune et en baisse dans 1 commune sur 3 entre 2022 et 2023",
    ],
  ])("%s", (_, subject, data, expected) => expect(plain(trendFinding(subject, data))).toBe(expected));
});

describe("comparisonFinding — du plus bas au plus haut, le secret dit", () => {
  const rows = (...readings: Reading[]) => ({
    rows: readings.map((reading, index) => ({
      place: commune(["Blain", "Bouvron", "Le Gâvre", "Fay"][index] ?? ""),
      reading,
    })),
  });
  it.each([
    ["étendue", rows(value(9), value(8), value(6)), "Taux : de 6,0 (Le Gâvre) à 9,0 % (Blain)"],
    [
      "un secret",
      rows(value(9), secret, value(6)),
      "Taux : de 6,0 (Le Gâvre) à 9,0 % (Blain) ; secret statistique pour 1 commune sur 3",
    ],
    ["ex æquo nommés", rows(value(9), value(9), value(6)), "Taux : de 6,0 (Le Gâvre) à 9,0 % (Blain et Bouvron)"],
    ["ex æquo à l’écrit", rows(value(9.01), value(8.99)), "Taux : 9,0 % dans toutes les communes"],
    ["tout secret", rows(secret, secret), "Taux : secret statistique dans toutes les communes"],
    ["une seule connue", rows(secret, value(8)), "Taux : 8,0 % (Bouvron) ; secret statistique pour 1 commune sur 2"],
    ["rien", rows({ status: "missing" }), "Taux : aucune valeur disponible"],
    ["zéro est une valeur", rows(value(0), value(2)), "Taux : de 0,0 (Blain) à 2,0 % (Bouvron)"],
    ["négatif", rows(value(-1.2), value(2)), "Taux : de −1,2 (Blain) à 2,0 % (Bouvron)"],
  ])("%s", (_, data, expected) => expect(plain(comparisonFinding(rate, data))).toBe(expected));
});

it("distributionFinding compte les communes au-dessus de la médiane, sans classement", () => {
  const data = {
    kind: "distribution",
    populationLabel: "les communes du département",
    values: [1, 2, 3, 4, 5],
    undisclosed: 2,
    marks: [
      { place: commune("A"), reading: value(4) },
      { place: commune("B"), reading: value(2) },
      { place: commune("C"), reading: value(3) },
      { place: commune("D"), reading: secret },
    ],
  } as const;
  expect(plain(distributionFinding(rate, data))).toBe(
    "Taux : 1 commune sur 3 au-dessus de la médiane (3,0 %) de les communes du département".replace("de les", "des"),
  );
});

it("agesFinding dit les plus jeunes et les plus âgés, ou que les données sont incomplètes", () => {
  const bands = (old: Reading) => [
    { label: "0 à 14 ans", shares: [value(22)] },
    { label: "15 à 59 ans", shares: [value(56)] },
    { label: "60 à 74 ans", shares: [value(14.5)] },
    { label: "75 ans ou plus", shares: [old] },
  ];
  const quantity = { unit: "%", decimals: 1 };
  expect(plain(agesFinding({ kind: "ages", places: [network], bands: bands(value(7.5)) }, quantity))).toBe(
    "Ensemble du réseau : 22,0 % de 0 à 14 ans, 22,0 % de 60 ans ou plus",
  );
  expect(plain(agesFinding({ kind: "ages", places: [network], bands: bands(secret) }, quantity))).toContain(
    "données incomplètes",
  );
});
