import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findReferences } from "~/domain/needs-analysis/references";

describe("findReferences — ce qu’un texte dit des données", () => {
  it.each([
    [
      "le réseau par défaut",
      "{{ind:taux-de-chomage}}",
      { kind: "ind", code: "taux-de-chomage", place: "reseau", period: null },
    ],
    [
      "une commune par son code",
      "{{ind:densite@44015}}",
      { kind: "ind", code: "densite", place: "44015", period: null },
    ],
    ["une commune par son nom", "{{ ind: Densite @x }}", null],
    [
      "des blancs autour",
      "{{ ind:densite@le-gavre }}",
      { kind: "ind", code: "densite", place: "le-gavre", period: null },
    ],
    ["une période", "{{ind:densite@france#2018}}", { kind: "ind", code: "densite", place: "france", period: "2018" }],
    [
      "un intervalle d’années",
      "{{ind:densite#2013-2018}}",
      { kind: "ind", code: "densite", place: "reseau", period: "2013-2018" },
    ],
    [
      "un trimestre, casse indifférente",
      "{{IND:Demandeurs-Emploi#2024-t4}}",
      { kind: "ind", code: "demandeurs-emploi", place: "reseau", period: "2024-T4" },
    ],
    ["un graphique", "{{graph:densite}}", { kind: "graph", code: "densite", view: "comparaison" }],
    ["un graphique, autre vue", "{{graph:densite/carte}}", { kind: "graph", code: "densite", view: "carte" }],
  ])("%s", (_, text, expected) => {
    const { found } = findReferences(text);
    expect(found.map(({ reference }) => reference)).toEqual(expected === null ? [] : [expected]);
  });

  it.each([
    ["accolades jamais fermées", "avant {{ind:densite", "unclosed"],
    ["fermées sur une autre ligne", "{{ind:\ndensite}}", "unclosed"],
    ["fermeture seule", "densite}} après", "unclosed"],
    ["mot inconnu", "{{sql:drop-table}}", "unknown-word"],
    ["code illisible", "{{ind:<script>alert(1)</script>}}", "malformed"],
    ["chemin de fichier", "{{ind:../../etc/passwd}}", "malformed"],
    ["rien dedans", "{{}}", "malformed"],
    ["vue inconnue", "{{graph:densite/camembert}}", "unknown-view"],
    ["graphique dans une phrase", "Voir {{graph:densite}} ici", "graph-not-alone"],
    ["référence trop longue", `{{ind:${"a".repeat(130)}}}`, "unclosed"],
  ])("%s : dite comme faute", (_, text, fault) => {
    const { found, faulty } = findReferences(text);
    expect(found).toEqual([]);
    expect(faulty[0]?.fault).toBe(fault);
  });

  it("rend l’ordre du texte, et n’oublie aucune accolade double", () => {
    const { found, faulty } = findReferences("a {{ind:un}} b {{ind:deux@44015}} {{x}} {{");
    expect(found.map(({ raw }) => raw)).toEqual(["{{ind:un}}", "{{ind:deux@44015}}"]);
    expect(faulty.map(({ fault }) => fault)).toEqual(["malformed", "unclosed"]);
  });

  it("ne s’attarde pas : 100 000 accolades se lisent en moins d’une seconde", () => {
    const start = performance.now();
    findReferences("{{ind:".repeat(20_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("lit n’importe quel texte sans faillir, et ne trouve que ce qui y est écrit", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const { raw, start } of findReferences(text).found)
          expect(text.slice(start, start + raw.length)).toBe(raw);
      }),
    );
  });
});
