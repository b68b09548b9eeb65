import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeFormula, readTyped, writeTyped, type CellContent } from "~/domain/indicator/cell";
import type { CellRef } from "~/domain/indicator/dictionary";

describe("readTyped — une case de la grille, comme on l’écrit", () => {
  it.each([
    ["un nombre", "14", { state: "value", value: 14 }],
    ["« 1 200 » avec une espace", "1 200", { state: "value", value: 1200 }],
    ["« 1 200 » avec une espace insécable", "1\u00a0200", { state: "value", value: 1200 }],
    ["« 1 200 » avec une espace fine", "1\u202f200", { state: "value", value: 1200 }],
    ["zéro, compté", "0", { state: "zero" }],
    ["des espaces autour", "  7 ", { state: "value", value: 7 }],
    ["sans objet", "sans objet", { state: "not-applicable" }],
    ["sans objet, en capitales", "SO", { state: "not-applicable" }],
    ["non connu", "Non connu", { state: "not-known" }],
    ["non communiqué, sans accent", "non communique", { state: "not-released" }],
    ["ND", "nd", { state: "not-released" }],
  ] as const)("%s", (_case, typed, content) =>
    expect(readTyped(typed, "persons")).toEqual({ ok: true, value: content }),
  );

  it.each([
    ["rien", " ", "empty"],
    ["du texte", "douze", "not-a-number"],
    ["« 12,5 » personnes", "12,5", "not-whole"],
    ["« 12.0 » personnes", "12.0", "not-whole"],
    ["un nombre négatif", "-3", "negative"],
    ["un nombre négatif, au signe typographique", "−3", "negative"],
    ["une formule", "=SOMME(B2:B9)", "formula"],
    ["des groupes de deux chiffres", "12 50", "not-a-number"],
    ["« environ 30 »", "~30", "not-a-number"],
    ["un nombre anglais", "1,200.00", "not-a-number"],
    ["plus d’un million", "1000001", "too-large"],
    ["une notation scientifique", "1e3", "not-a-number"],
    ["des chiffres d’une autre écriture", "١٢", "not-a-number"],
  ] as const)("%s est refusé", (_case, typed, refusal) =>
    expect(readTyped(typed, "persons")).toEqual({ ok: false, refusal }),
  );

  it.each([
    ["des centimes", "1 234,56", { ok: true, value: { state: "value", value: 123_456 } }],
    ["le signe de l’euro", "12 €", { ok: true, value: { state: "value", value: 1200 } }],
    ["zéro euro", "0,00", { ok: true, value: { state: "zero" } }],
    ["trois décimales", "1,234", { ok: false, refusal: "too-precise" }],
    ["un montant négatif", "-5", { ok: false, refusal: "negative" }],
  ] as const)("montant : %s", (_case, typed, decision) => expect(readTyped(typed, "euros")).toEqual(decision));

  it("ce qui est réécrit se relit de même", () => {
    const content: fc.Arbitrary<CellContent> = fc.oneof(
      fc.integer({ min: 1, max: 1_000_000 }).map((value): CellContent => ({ state: "value", value })),
      fc
        .constantFrom("zero" as const, "not-applicable" as const, "not-known" as const, "not-released" as const)
        .map((state): CellContent => ({ state })),
    );
    fc.assert(
      fc.property(content, fc.constantFrom("persons" as const, "euros" as const), (given, unit) => {
        expect(readTyped(writeTyped(given, unit), unit)).toEqual({ ok: true, value: given });
      }),
    );
  });
});

describe("computeFormula — un indicateur dérivé tombe avec ses parties", () => {
  const at = (indicator: string): CellRef => ({ indicator, dimension: null, category: null });
  const ratio = { kind: "ratio", numerator: at("A"), denominator: at("B"), per: 100 } as const;
  const sum = { kind: "sum", terms: [at("A"), at("B")] } as const;
  const reader = (cells: Record<string, CellContent>) => (ref: CellRef) => cells[ref.indicator] ?? null;
  it.each([
    ["3 sur 12", { A: { state: "value", value: 3 }, B: { state: "value", value: 12 } }, 25],
    ["aucun sur 12", { A: { state: "zero" }, B: { state: "value", value: 12 } }, 0],
    ["sur zéro", { A: { state: "value", value: 3 }, B: { state: "zero" } }, null],
    ["numérateur non communiqué", { A: { state: "not-released" }, B: { state: "value", value: 12 } }, null],
    ["dénominateur non connu", { A: { state: "value", value: 3 }, B: { state: "not-known" } }, null],
    ["case vide", { A: { state: "value", value: 3 } }, null],
  ] as const)("part : %s", (_case, cells, expected) => expect(computeFormula(ratio, reader(cells))).toBe(expected));
  it.each([
    ["3 et 12", { A: { state: "value", value: 3 }, B: { state: "value", value: 12 } }, 15],
    ["3 et sans objet", { A: { state: "value", value: 3 }, B: { state: "not-applicable" } }, 3],
    ["3 et non connu", { A: { state: "value", value: 3 }, B: { state: "not-known" } }, null],
  ] as const)("somme : %s", (_case, cells, expected) => expect(computeFormula(sum, reader(cells))).toBe(expected));
});
