import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findIndicator, INDICATORS } from "~/domain/observatory/catalogue";
import type { Indicator } from "~/domain/observatory/indicator";
import { importFigureReference } from "~/features/figures/reference.server";
import { importReference } from "~/features/population/reference.server";
import { loadIndicatorSeries, territoryKey, type ObservedTerritory } from "~/services/figures-record.server";
import { createTestDatabase, TestClock } from "../../support/database";

const REFERENCE = fileURLToPath(new URL("../../../db/reference", import.meta.url));
const SIX = ["44015", "44023", "44221", "44056", "44062", "44111"] as const;

let loaded: ReturnType<typeof loadOnce> | undefined;
const loadAll = () => (loaded ??= loadOnce());

async function loadOnce() {
  const db = await createTestDatabase();
  const clock = new TestClock("2026-11-22T10:00:00Z");
  await importReference({ db, clock }, REFERENCE);
  await importFigureReference({ db, clock }, REFERENCE);
  return { db, clock };
}

const indicator = (code: string): Indicator => {
  const found = findIndicator(code);
  if (!found) throw new Error(code);
  return found;
};

describe("les chiffres que porte le projet", () => {
  it("chargés deux fois, ne changent rien", async () => {
    const { db, clock } = await loadAll();
    const again = await importFigureReference({ db, clock }, REFERENCE);
    expect(again.added).toEqual([]);
    expect(again.known).toHaveLength(15);
    const { figures } = await db
      .selectFrom("figure")
      .select(({ fn }) => fn.countAll<number>().as("figures"))
      .executeTakeFirstOrThrow();
    expect(figures).toBe(892);
  });

  /* Hand-copied from the producers' files. */
  it.each([
    { code: "population-municipale", period: "2023", values: [10376, 3153, 1569, 4023, 1890, 2360] },
    { code: "part-moins-15-ans", period: "2022", values: [20.3, 20.6, 25.6, 25.1, 21.3, 22.5] },
    { code: "part-60-ans-ou-plus", period: "2022", values: [25.2, 22.5, 13.0, 17.9, 19.9, 18.4] },
    { code: "part-75-ans-ou-plus", period: "2022", values: [9.2, 9.5, 3.0, 6.2, 4.7, 5.3] },
    { code: "part-familles-monoparentales", period: "2022", values: [14.8, 12.0, 7.5, 9.5, 11.4, 10.7] },
    { code: "personnes-seules", period: "2022", values: [1401, 405, 105, 380, 232, 206] },
    { code: "taux-de-chomage", period: "2022", values: [9.6, 7.4, 3.7, 6.5, 9.4, 6.3] },
    { code: "niveau-de-vie-median", period: "2021", values: [22760, 22690, 23770, 23410, 22320, 23330] },
    { code: "taux-de-pauvrete", period: "2021", values: [9, 8, "secret", 6, "secret", "secret"] },
    { code: "rapport-interdecile", period: "2021", values: [2.4, 2.4, "secret", 2.2, "secret", 2.3] },
    { code: "niveau-de-vie-median", period: "2023", values: [25370, 25630, 26740, 26570, 25120, 26520] },
    { code: "taux-de-pauvrete", period: "2023", values: [10, 9, "secret", 8, "secret", 6] },
    { code: "caf-foyers-allocataires", period: "2024", values: [1985, 575, 260, 760, 345, 380] },
    { code: "caf-rsa", period: "2024", values: [150, 25, 10, 30, 15, 25] },
    { code: "demandeurs-emploi", period: "2024-T4", values: [700, 190, 70, 245, 125, 135] },
    { code: "accessibilite-medecins", period: "2024", values: [2.67, 3.27, 2.71, 2.94, 3.09, 2.85] },
  ])("$code, $period", async ({ code, period, values }) => {
    const { db } = await loadAll();
    const territories = SIX.map((one): ObservedTerritory => ({ kind: "commune", code: one }));
    const chosen = indicator(code);
    const { points } = await loadIndicatorSeries(db, { indicators: [chosen], territories });
    const shown = territories.map((territory) => {
      const point = points
        .get(code)
        ?.get(territoryKey(territory))
        ?.find((one) => one.period === period);
      return point === undefined
        ? "absent"
        : point.value === null
          ? point.status
          : Number(point.value.toFixed(chosen.decimals));
    });
    expect(shown).toEqual(values);
  });

  it("le réseau est refait des six communes, jamais d’une moyenne", async () => {
    const { db } = await loadAll();
    const network: ObservedTerritory = { kind: "group", key: "reseau", communes: SIX };
    const codes = [
      "population-municipale",
      "caf-foyers-allocataires",
      "niveau-de-vie-median",
      "taux-de-pauvrete",
      "part-75-ans-ou-plus",
    ];
    const { points } = await loadIndicatorSeries(db, { indicators: codes.map(indicator), territories: [network] });
    const last = (code: string) => points.get(code)?.get("reseau")?.at(-1);
    expect(last("population-municipale")).toMatchObject({ period: "2023", value: 23371, status: "value" });
    expect(last("caf-foyers-allocataires")).toMatchObject({ value: 1985 + 575 + 260 + 760 + 345 + 380 });
    expect(last("niveau-de-vie-median")).toMatchObject({
      value: null,
      status: "not-additive",
      range: { lowest: 25120, highest: 26740 },
    });
    expect(last("taux-de-pauvrete")).toMatchObject({
      value: null,
      status: "not-additive",
      communes: { asked: 6, released: 4, secret: 2, missing: 0 },
    });
    /* Sums of the census classes, by hand from the extract. */
    const over75 = 955.196 + 292.648 + 46.581 + 238.312 + 89 + 123;
    const everyone = 10352 + 3067 + 1559 + 3852 + 1880 + 2335;
    expect(last("part-75-ans-ou-plus")?.value).toBeCloseTo((over75 / everyone) * 100, 2);
  });

  it("le département et la France ont leurs sommes et ce que l’INSEE publie pour eux", async () => {
    const { db } = await loadAll();
    const territories: readonly ObservedTerritory[] = [{ kind: "department", code: "44" }, { kind: "country" }];
    const codes = [
      "population-municipale",
      "niveau-de-vie-median",
      "taux-de-pauvrete",
      "part-proprietaires",
      "france-services",
    ];
    const { points } = await loadIndicatorSeries(db, { indicators: codes.map(indicator), territories });
    const last = (code: string, key: string) => points.get(code)?.get(key)?.at(-1);
    expect(last("niveau-de-vie-median", "departement-44")).toMatchObject({ value: 27150, period: "2023" });
    expect(last("taux-de-pauvrete", "france")).toMatchObject({ value: 15.9, period: "2023" });
    expect(last("population-municipale", "departement-44")?.value).toBeGreaterThan(1_400_000);
    expect(last("part-proprietaires", "france")?.value).toBeGreaterThan(50);
    expect(last("france-services", "departement-44")?.value).toBe(33);
  });

  it("au moins 35 indicateurs ont une valeur dans une des six communes, sur les neuf thèmes", async () => {
    const { db } = await loadAll();
    const territories = SIX.map((one): ObservedTerritory => ({ kind: "commune", code: one }));
    const { points } = await loadIndicatorSeries(db, { indicators: INDICATORS, territories });
    const known = INDICATORS.filter(({ code }) =>
      [...(points.get(code)?.values() ?? [])].some((series) => series.some(({ value }) => value !== null)),
    );
    expect(known.length).toBeGreaterThanOrEqual(35);
    expect(new Set(known.map(({ theme }) => theme)).size).toBe(9);
  });
});
