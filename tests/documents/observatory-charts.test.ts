import { describe, expect, it } from "vitest";
import { hasTrend, type PlacePoints } from "~/documents/observatory-charts";
import type { ChartPlace } from "~/documents/chart-model";
import { findIndicator } from "~/domain/observatory/catalogue";

const indicator = findIndicator("population-municipale")!;

const known = (kind: ChartPlace["kind"], key: string, periods: readonly string[]): PlacePoints => ({
  place: { kind, key, label: key },
  points: periods.map((period) => ({
    ...{ period, value: 100, status: "value" as const, numerator: [], denominator: [], datasetIds: [] },
    ...{ communes: { asked: 1, released: 1, secret: 0, missing: 0 }, range: null, disagreements: [] },
  })),
});

describe("une évolution demande deux périodes de nos communes", () => {
  it.each([
    { case: "un seul millésime partout", places: [known("commune", "83061", ["2023"])], expected: false },
    {
      case: "le département et la France connus plus longtemps",
      places: [
        known("commune", "83061", ["2023"]),
        known("network", "reseau", ["2023"]),
        known("department", "83", ["2019", "2021", "2023"]),
        known("country", "FR", ["2019", "2021", "2023"]),
      ],
      expected: false,
    },
    { case: "deux millésimes d’une commune", places: [known("commune", "83061", ["2021", "2023"])], expected: true },
  ])("$case", ({ places, expected }) => {
    expect(hasTrend({ indicator, places, datasets: [] })).toBe(expected);
  });
});
