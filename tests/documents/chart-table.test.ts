import { describe, expect, it } from "vitest";
import type { ChartModel } from "~/documents/chart-model";
import { tableOfChart } from "~/documents/chart-table";

const model = (unit: string): ChartModel => ({
  ...{ id: "apl", subject: "Accessibilité", finding: "en baisse", period: "2022 à 2023", sources: [], notes: [] },
  quantity: { unit, decimals: 2 },
  data: {
    kind: "trend",
    scale: "shared",
    series: [
      {
        place: { key: "44015", label: "Blain", kind: "commune" },
        points: [
          { period: "2022", year: 2022, reading: { status: "value", value: 3.19 }, scheme: "apl" },
          { period: "2023", year: 2023, reading: { status: "secret" }, scheme: "apl" },
        ],
      },
    ],
  },
});

describe("tableOfChart — le graphique en tableau", () => {
  it.each([
    { unit: "consultations par an et par habitant", cells: ["3,19", "secret statistique"] },
    { unit: "%", cells: ["3,19\u00a0%", "secret statistique"] },
    { unit: "", cells: ["3,19", "secret statistique"] },
  ])("unité « $unit » : une longue se lit dans la légende, pas dans chaque case", ({ unit, cells }) => {
    const { columns, rows } = tableOfChart(model(unit));
    expect(columns).toEqual(["Territoire", "2022", "2023"]);
    expect(rows.map((row) => row.cells)).toEqual([cells]);
    expect(rows[0]?.values).toEqual([3.19, "secret statistique"]);
  });
});
