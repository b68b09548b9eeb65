import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { splitByWeight } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";

const folder = new URL("../../db/reference/", import.meta.url);
const table = readFileSync(new URL("populations.csv", folder), "utf8");
const origin = JSON.parse(readFileSync(new URL("populations.source.json", folder), "utf8")) as {
  tableSha256: string;
  licence: string;
  sources: { id: string; vintage: number; inForceOn: string; producer: string; sha256: string | null }[];
};
const [heading = "", ...lines] = table.trimEnd().split("\n");
const rows = lines.map((line) => {
  const [code = "", commune = "", vintage = "", inForceOn = "", municipal = "", total = "", source = ""] =
    line.split(";");
  return { code, commune, vintage: Number(vintage), inForceOn, municipal, total, source };
});
const SIX = ["44015", "44023", "44056", "44062", "44111", "44221"];
const population = (code: string, vintage: number, kind: "municipal" | "total") =>
  Number(rows.find((row) => row.code === code && row.vintage === vintage)?.[kind]);

describe("db/reference/populations.csv — populations de référence de l’INSEE", () => {
  it("est la table que décrit son fichier de source, sous Licence Ouverte", () => {
    expect(heading).toBe("commune_code;commune;vintage;in_force_on;municipal;total;source");
    expect(origin.tableSha256).toBe(createHash("sha256").update(table).digest("hex"));
    expect(origin.licence).toBe("Licence Ouverte 2.0");
  });

  it("dix communes, une ligne par commune et millésime, chacune avec sa source", () => {
    expect(new Set(rows.map(({ code }) => code)).size).toBe(10);
    expect(new Set(rows.map(({ code, vintage }) => `${code} ${vintage}`)).size).toBe(rows.length);
    expect(rows).toHaveLength(176);
    for (const row of rows) {
      const source = origin.sources.find(({ id }) => id === row.source);
      expect(source).toMatchObject({ vintage: row.vintage, inForceOn: row.inForceOn });
      expect(row.inForceOn).toBe(`${row.vintage + 3}-01-01`);
      expect(row.municipal).toMatch(/^[1-9]\d*$/);
      if (row.vintage === 2015) expect(row.total).toBe("");
      else expect(Number(row.total)).toBeGreaterThanOrEqual(Number(row.municipal));
    }
  });

  // Sums of the six communes as INSEE's series gives them, restated by hand.
  it.each([
    [2006, 18_240],
    [2010, 20_431],
    [2013, 21_244],
    [2015, 21_737],
    [2019, 22_315],
    [2021, 22_726],
    [2022, 23_045],
    [2023, 23_371],
  ])("millésime %i : %i habitants dans les six communes", (vintage, expected) => {
    expect(SIX.reduce((sum, code) => sum + population(code, vintage, "municipal"), 0)).toBe(expected);
  });

  // Worked out apart from this code with exact divisions; vintage 2023, in force in 2026. Totals: 23 371 and 23 836 inhabitants.
  it.each([
    { kind: "municipal" as const, cents: [177_588, 53_964, 68_854, 32_348, 40_392, 26_854] },
    { kind: "total" as const, cents: [178_469, 53_751, 68_585, 32_237, 40_225, 26_733] },
  ])("4 000 € à la population $kind de 2023", ({ kind, cents }) => {
    const members = SIX.map((id) => ({ id, weight: population(id, 2023, kind) }));
    const shares = splitByWeight(toCents(400_000), members);
    expect(SIX.map((id) => shares.get(id))).toEqual(cents);
  });
});
