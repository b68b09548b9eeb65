import { describe, expect, it } from "vitest";
import { composeCsv } from "~/documents/csv";

describe("un tableau pour le tableur français", () => {
  it("commence par la marque d’UTF-8, sépare par des points-virgules, finit les lignes par CRLF", () => {
    expect(composeCsv(["siège", "présences"], [["CCAS de Blain", 3]])).toBe(
      "\ufeffsiège;présences\r\nCCAS de Blain;3\r\n",
    );
  });

  it.each([
    ["une formule", "=1+1", "'=1+1"],
    ["un plus", "+33", "'+33"],
    ["un moins", "-2", "'-2"],
    ["une arobase", "@SUM(A1)", "'@SUM(A1)"],
    ["une tabulation", "\t=1", "'\t=1"],
  ])("désarme %s", (_name, given, written) => {
    expect(composeCsv(["a"], [[given]])).toBe(`\ufeffa\r\n${written}\r\n`);
  });

  it.each([
    ["un point-virgule", "a;b", '"a;b"'],
    ["des guillemets", 'dit "oui"', '"dit ""oui"""'],
    ["un saut de ligne", "a\nb", '"a\nb"'],
    ["une formule avec guillemets", '=A("x")', '"\'=A(""x"")"'],
  ])("met entre guillemets %s", (_name, given, written) => {
    expect(composeCsv(["a"], [[given]])).toBe(`\ufeffa\r\n${written}\r\n`);
  });

  it("garde deux décimales aux colonnes d’euros, sans en faire du texte", () => {
    expect(
      composeCsv(
        ["part_euros", "Montant TTC (€)", "poids"],
        [
          [1180.4, 0, 1180.4],
          [-450, null, 3],
        ],
      ),
    ).toBe("\ufeffpart_euros;Montant TTC (€);poids\r\n1180,40;0,00;1180,4\r\n-450,00;;3\r\n");
  });

  it("écrit un nombre négatif en nombre, une virgule décimale, et rien pour une cellule vide", () => {
    expect(composeCsv(["a", "b", "c"], [[-2, 1.5, null]])).toBe("\ufeffa;b;c\r\n-2;1,5;\r\n");
  });
});
