import { describe, expect, it } from "vitest";
import {
  addFigures,
  cellKeyOf,
  checkDictionary,
  compareDefinitions,
  listCells,
  listChanges,
  listEnteredCells,
  mustBreakSeries,
  parseCellKey,
  type Indicator,
} from "~/domain/indicator/dictionary";
import { STARTING_GRID } from "~/domain/indicator/starting-grid";
import { AID, indicator } from "./grid-fixtures";

describe("la grille de départ — Convention, préambule", () => {
  it("peut être mise aux voix telle quelle", () => expect(checkDictionary(STARTING_GRID)).toEqual([]));

  it.each([
    ["la domiciliation", "DOM-DEM"],
    ["les demandes reçues, par motif et par décision", "AF-DEM"],
    ["les montants accordés", "AF-MNT"],
    ["les secours d’urgence", "SU-NB"],
    ["le portage de repas", "PR-REP"],
    ["les instructions d’APA", "APA-DOS"],
    ["les instructions d’aide sociale", "AS-DOS"],
    ["les accompagnements", "ACC-MEN"],
    ["les visites", "VIS-NB"],
    ["le logement", "LOG-DEM"],
    ["les références RSA", "RSA-REF"],
  ])("compte %s", (_what, code) => expect(STARTING_GRID.map((each) => each.code)).toContain(code));

  it("chaque case a son repère, qui se relit", () => {
    const refs = listEnteredCells(STARTING_GRID);
    expect(new Set(refs.map(cellKeyOf)).size).toBe(refs.length);
    expect(refs.map((ref) => parseCellKey(cellKeyOf(ref)))).toEqual(refs);
  });
});

describe("parseCellKey", () => {
  it.each(["", "A/", "A/b", "A/b/", "/b/c", "A/b/c/d"])("« %s » n’est pas un repère", (key) =>
    expect(parseCellKey(key)).toBeNull(),
  );
});

describe("listCells", () => {
  it("le total, puis chaque sous-total avant ses parties", () =>
    expect(listCells(AID).map(cellKeyOf)).toEqual([
      "AF",
      "AF/motif/logement",
      "AF/motif/energie",
      "AF/motif/loyer",
      "AF/motif/autre",
    ]));
});

describe("checkDictionary", () => {
  const ratio = (on: string): Partial<Indicator> => ({
    formula: {
      kind: "ratio",
      numerator: { indicator: on, dimension: null, category: null },
      denominator: { indicator: "AF", dimension: null, category: null },
      per: 100,
    },
  });
  it.each([
    ["deux fois le même code", [AID, AID], "code-given-twice"],
    ["un code en minuscules", [indicator({ code: "af" })], "code-malformed"],
    ["sans définition", [indicator({ definition: " " })], "definition-missing"],
    ["sans intitulé", [indicator({ label: "" })], "label-missing"],
    ["sans personne pour le remplir", [indicator({ filledBy: "" })], "filled-by-missing"],
    ["une rupture sans motif", [indicator({ series: 2 })], "break-reason-missing"],
    ["une formule sur une case inconnue", [AID, indicator({ code: "TX", ...ratio("XX") })], "formula-unknown-cell"],
    [
      "une formule sur un indicateur dérivé",
      [AID, indicator({ code: "TX", ...ratio("AF") }), indicator({ code: "TY", ...ratio("TX") })],
      "formula-of-derived",
    ],
    [
      "un nombre de contributeurs que personne ne saisit",
      [indicator({ measure: { kind: "magnitude", contributors: "XX", largest: null } })],
      "contributors-unknown",
    ],
    [
      "une ventilation d’une seule catégorie",
      [
        indicator({
          dimensions: [{ code: "age", label: "Âge", categories: [{ code: "a", label: "A", parent: null }] }],
        }),
      ],
      "category-alone",
    ],
    [
      "un sous-total inconnu",
      [
        indicator({
          dimensions: [
            {
              ...{ code: "age", label: "Âge" },
              categories: [
                { code: "a", label: "A", parent: "z" },
                { code: "b", label: "B", parent: "z" },
              ],
            },
          ],
        }),
      ],
      "parent-unknown",
    ],
  ] as const)("%s ne peut pas être mis aux voix", (_case, indicators, kind) =>
    expect(checkDictionary(indicators).map((fault) => fault.kind)).toContain(kind),
  );
  it("une grille vide non plus", () => expect(checkDictionary([])).toEqual([{ kind: "empty" }]));
});

describe("compareDefinitions — des versions incompatibles ne s’additionnent jamais", () => {
  const renamed = indicator({ ...AID, label: "Autre intitulé", definition: "Mieux dit." });
  const stock = indicator({ ...AID, period: "stock" });
  const broken = indicator({ ...AID, series: 2, breakReason: "Le seuil d’accès a changé." });
  const recut = indicator({
    ...AID,
    dimensions: [{ ...AID.dimensions[0]!, categories: AID.dimensions[0]!.categories.slice(0, 3) }],
  });
  it.each([
    ["réécrit", renamed, true, ["motif"]],
    ["d’un flux à un stock", stock, false, []],
    ["rupture de série décidée", broken, false, []],
    ["catégorie retirée : le total reste comparable", recut, true, []],
  ] as const)("%s", (_case, after, total, dimensions) => {
    const found = compareDefinitions(AID, after);
    expect([found.total, [...found.dimensions]]).toEqual([total, dimensions]);
  });

  const total = { indicator: "AF", dimension: null, category: null };
  const energy = { indicator: "AF", dimension: "motif", category: "energie" };
  it.each([
    ["deux versions réécrites", AID, renamed, total, { ok: true, value: 15 }],
    ["deux séries", AID, broken, total, { ok: false, refusal: { kind: "incompatible-versions", code: "AF" } }],
    ["le total d’une grille recoupée", AID, recut, total, { ok: true, value: 15 }],
    [
      "un motif d’une grille recoupée",
      AID,
      recut,
      energy,
      { ok: false, refusal: { kind: "incompatible-versions", code: "AF" } },
    ],
  ] as const)("addFigures : %s", (_case, one, other, ref, expected) =>
    expect(
      addFigures([
        { definition: one, ref, value: 5 },
        { definition: other, ref, value: 10 },
      ]),
    ).toEqual(expected),
  );
  it("addFigures : le total et une partie ne s’additionnent pas", () =>
    expect(
      addFigures([
        { definition: AID, ref: total, value: 5 },
        { definition: AID, ref: energy, value: 3 },
      ]).ok,
    ).toBe(false));

  it("changer l’unité impose une rupture, changer l’intitulé non", () => {
    expect(mustBreakSeries(AID, indicator({ ...AID, unit: "files" }))).toBe(true);
    expect(mustBreakSeries(AID, renamed)).toBe(false);
  });

  it("listChanges dit ce qui change, et rien d’autre", () => {
    const [kept, gone, fresh] = [indicator({ code: "K" }), indicator({ code: "G" }), indicator({ code: "N" })];
    expect(listChanges([AID, kept, gone], [broken, kept, fresh]).map(({ code, kind }) => [code, kind])).toEqual([
      ["AF", "break"],
      ["N", "added"],
      ["G", "removed"],
    ]);
    expect(listChanges([AID], [renamed]).map(({ kind }) => kind)).toEqual(["reworded"]);
    expect(listChanges([AID], [recut]).map(({ kind }) => kind)).toEqual(["recategorised"]);
  });
});
