import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellContent } from "~/domain/indicator/cell";
import { checkCells, isFar, listObstacles, type WrittenCell, type YearBefore } from "~/domain/indicator/controls";
import { AID, indicator } from "./grid-fixtures";

const written = (content: CellContent | null, comment = ""): WrittenCell => ({
  reading: content === null ? { ok: false, refusal: "not-a-number" } : { ok: true, content },
  comment,
});
const number = (value: number): CellContent => (value === 0 ? { state: "zero" } : { state: "value", value });
const UNKNOWN: CellContent = { state: "not-known" };
const NONE: CellContent = { state: "not-applicable" };

const fill = (cells: Record<string, number | CellContent | null>) =>
  new Map(
    Object.entries(cells).map(([key, given]) => [key, written(typeof given === "number" ? number(given) : given)]),
  );
const aid = (total: number | CellContent, parts: readonly (number | CellContent)[]) =>
  fill({
    ...{ AF: total, "AF/motif/logement": parts[0]!, "AF/motif/energie": parts[1]! },
    ...{ "AF/motif/loyer": parts[2]!, "AF/motif/autre": parts[3]! },
  });
const check = (
  cells: ReadonlyMap<string, WrittenCell>,
  { inhabitants = null, yearBefore = null }: { inhabitants?: number | null; yearBefore?: YearBefore | null } = {},
) => checkCells([AID], cells, { inhabitants, yearBefore });
const kinds = (cells: ReadonlyMap<string, WrittenCell>) =>
  check(cells).map(({ kind, cellKey }) => `${kind} ${cellKey}`);

describe("checkCells — les sommes", () => {
  it.each([
    ["juste", aid(10, [7, 3, 4, 3]), []],
    ["le total ne suit pas", aid(11, [7, 3, 4, 3]), ["parts-differ AF"]],
    ["le sous-total ne suit pas", aid(10, [7, 3, 3, 3]), ["parts-differ AF/motif/logement"]],
    ["une partie non connue, les autres tiennent", aid(10, [UNKNOWN, 3, 4, 3]), []],
    ["une partie non connue, les autres dépassent", aid(10, [UNKNOWN, 3, 4, 11]), ["parts-exceed AF"]],
    ["sans objet compte pour rien", aid(7, [7, 3, 4, NONE]), []],
    ["total non connu : rien à dire", aid(UNKNOWN, [7, 3, 4, 3]), []],
    ["tout à zéro", aid(0, [0, 0, 0, 0]), []],
    ["total sans objet, des parties comptées", aid(NONE, [7, 3, 4, 3]), ["parts-differ AF"]],
  ])("%s", (_case, cells, expected) => expect(kinds(cells)).toEqual(expected));

  it("une somme juste, quelle qu’elle soit, n’est jamais reprochée ; fausse d’une unité, toujours", () => {
    const part = fc.nat(500);
    fc.assert(
      fc.property(part, part, part, fc.constantFrom(-1, 1), (energy, rent, other, slip) => {
        const [housing, total] = [energy + rent, energy + rent + other];
        expect(kinds(aid(total, [housing, energy, rent, other]))).toEqual([]);
        fc.pre(total + slip >= 0);
        expect(kinds(aid(total + slip, [housing, energy, rent, other]))).toEqual(["parts-differ AF"]);
      }),
    );
  });
});

describe("checkCells — les cases", () => {
  it("une case vide ou illisible bloque ; un des cinq états suffit", () => {
    const cells = aid(10, [7, 3, 4, 3]);
    cells.delete("AF/motif/autre");
    cells.set("AF/motif/loyer", written(null));
    expect(kinds(cells)).toEqual(["unreadable AF/motif/loyer", "blank AF/motif/autre"]);
    expect(kinds(aid(NONE, [NONE, NONE, NONE, NONE]))).toEqual([]);
  });

  it("un indicateur dérivé n’est pas demandé", () => {
    const total = { indicator: "AF", dimension: null, category: null };
    const derived = indicator({ code: "TX", formula: { kind: "sum", terms: [total] } });
    expect(checkCells([derived], new Map(), { inhabitants: null, yearBefore: null })).toEqual([]);
  });

  const people = indicator({ code: "P", unit: "persons", isBoundedByPopulation: true });
  it.each([
    ["plus que d’habitants", 1001, ["blocking above-population"]],
    ["autant que d’habitants", 1000, ["warning much-of-population"]],
    ["plus d’un sur quatre", 251, ["warning much-of-population"]],
    ["un sur quatre", 250, []],
  ])("%s", (_case, value, expected) =>
    expect(
      checkCells([people], fill({ P: value }), { inhabitants: 1000, yearBefore: null }).map(
        ({ severity, kind }) => `${severity} ${kind}`,
      ),
    ).toEqual(expected),
  );
  it("sans population connue, rien n’est dit", () =>
    expect(checkCells([people], fill({ P: 900_000 }), { inhabitants: null, yearBefore: null })).toEqual([]));
});

describe("checkCells — l’année précédente", () => {
  it.each([
    ["100 → 131", 100, 131, true],
    ["100 → 130 : 30 % tout juste", 100, 130, false],
    ["10 → 19 : neuf de plus, trop peu pour en parler", 10, 19, false],
    ["0 → 10", 0, 10, true],
    ["40 → 0", 40, 0, true],
    ["9 → 0", 9, 0, false],
  ])("isFar %s", (_case, before, now, expected) => expect(isFar(before, now, 10)).toBe(expected));

  const before: YearBefore = { indicators: [AID], cells: new Map([["AF", number(100)]]) };
  const cells = aid(200, [120, 60, 60, 80]);
  it("un écart demande un mot ; le commentaire de la case le règle", () => {
    const findings = check(cells, { yearBefore: before });
    expect(findings).toEqual([
      { cellKey: "AF", severity: "warning", kind: "far-from-year-before", before: 100, now: 200 },
    ]);
    expect(listObstacles(findings, cells)).toHaveLength(1);
    const explained = new Map(cells).set("AF", written(number(200), "Hausse des impayés d’énergie."));
    expect(listObstacles(findings, explained)).toEqual([]);
  });
  it("une autre série ne se compare pas", () => {
    const series = indicator({ ...AID, series: 2, breakReason: "Autre seuil." });
    expect(check(cells, { yearBefore: { ...before, indicators: [series] } })).toEqual([]);
  });
  it("un commentaire ne règle jamais ce qui bloque", () => {
    const wrong = aid(11, [7, 3, 4, 3]).set("AF", written(number(11), "C’est ainsi."));
    expect(listObstacles(check(wrong), wrong)).toHaveLength(1);
  });
});

describe("checkCells — les montants", () => {
  const grid = [
    indicator({ code: "NB", unit: "actions" }),
    indicator({ code: "MAX", unit: "euros", measure: { kind: "magnitude", contributors: null, largest: null } }),
    indicator({ code: "MNT", unit: "euros", measure: { kind: "magnitude", contributors: "NB", largest: "MAX" } }),
  ];
  it.each([
    ["4 aides, 1 000 €, la plus forte 400 €", 4, 100_000, 40_000, []],
    ["un montant sans aucune aide", 0, 100_000, 100_000, ["amount-without-contributors"]],
    ["des aides en nature, sans montant", 4, 0, 0, []],
    ["la plus forte dépasse le total", 4, 100_000, 100_001, ["largest-impossible"]],
    ["la plus forte est sous la moyenne", 4, 100_000, 24_999, ["largest-impossible"]],
    ["la plus forte est la moyenne", 4, 100_000, 25_000, []],
  ])("%s", (_case, count, amount, largest, expected) =>
    expect(
      checkCells(grid, fill({ NB: count, MNT: amount, MAX: largest }), { inhabitants: null, yearBefore: null }).map(
        ({ kind }) => kind,
      ),
    ).toEqual(expected),
  );
});
