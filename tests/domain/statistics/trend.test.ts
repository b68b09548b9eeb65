import { describe, expect, it } from "vitest";
import type { Indicator } from "~/domain/indicator/dictionary";
import { STARTING_GRID } from "~/domain/indicator/starting-grid";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { followCell, type PublishedYear } from "~/domain/statistics/release/published-year";
import { tellIndicator, writePoint } from "~/documents/release-words";

const FILES = STARTING_GRID.find(({ code }) => code === "LOG-DEM")!;
const HOUSEHOLDS: Indicator = { ...FILES, unit: "households", series: 2, breakReason: "On compte des ménages." };
const REWORDED: Indicator = { ...FILES, definition: "La même chose, mieux dite." };
const WHOLE = { indicator: "LOG-DEM", dimension: null, category: null } as const;

const published = (year: number, indicator: Indicator, value: number): PublishedYear => ({
  ...{ year, audience: "members", threshold: 5, population: null, members: [] },
  dictionary: { version: year, indicators: [indicator] },
  cells: [{ scope: NETWORK, key: "LOG-DEM", status: "value", value, members: 0 }],
});

describe("une rupture de série se voit, et l’on ne compare pas par-dessus", () => {
  const years = [published(2026, HOUSEHOLDS, 195), published(2024, FILES, 100), published(2025, REWORDED, 113)];

  it("la rupture est marquée l’année où l’unité change, pas quand seul le texte change", () =>
    expect(followCell(years, NETWORK, WHOLE).map(({ year, isBreak }) => [year, isBreak])).toEqual([
      [2024, false],
      [2025, false],
      [2026, true],
    ]));

  it.each([
    [2025, REWORDED, "En 2025, le réseau compte 113 dossiers, pour 0 CCAS sur 0 ; 100 en 2024."],
    [
      ...[2026, HOUSEHOLDS],
      "En 2026, le réseau compte 195 ménages, pour 0 CCAS sur 0. La définition a changé : 2025 ne s’y compare pas.",
    ],
  ] as const)("la phrase de %i", (year, indicator, sentence) =>
    expect(
      tellIndicator(
        years,
        years.find((each) => each.year === year)!,
        indicator,
      ).replace(/\s/g, " "),
    ).toBe(sentence),
  );

  it("chaque année dans son unité : ce qui était compté autrement est nommé, et n’est pas dessiné à la même échelle", () => {
    const euros: Indicator = { ...FILES, unit: "euros", series: 0 };
    const points = followCell([...years, published(2023, euros, 123_450)], NETWORK, WHOLE);
    const written = points.map((point) => writePoint(point, HOUSEHOLDS));
    expect(written.map(({ value, told }) => [value, told.replace(/\s/g, " ")])).toEqual([
      [null, "1 234,50 €"],
      [null, "100 dossiers"],
      [null, "113 dossiers"],
      [195, "195"],
    ]);
  });
});
