import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf, foldText, listStems, readQuery } from "~/domain/search/words";

describe("les mots d’un texte français", () => {
  it.each([
    { text: "Délibérations du CCAS", stems: ["deliberation", "cca"] },
    { text: "L’élu·e n’a qu’un siège", stems: ["elu", "siege"] },
    { text: "procès-verbaux", stems: ["proce", "verbal"] },
    { text: "1 775,43 € en 2026", stems: ["1", "775", "43", "2026"] },
    { text: "de la et les", stems: [] },
    { text: "Cœur, NOËL", stems: ["cœur", "noel"] },
  ])("$text", ({ text, stems }) => expect(listStems(text)).toEqual(stems));

  it("le texte replié compte autant de lettres que le texte", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        (text) => [...foldText(text)].length === [...text.normalize("NFC")].length,
      ),
    );
  });

  it("ce que l’on cherche se réduit à huit mots distincts", () => {
    expect(readQuery("budget budgets BUDGET convention")).toEqual(["budget", "convention"]);
    expect(readQuery("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10")).toHaveLength(8);
  });

  it("un extrait marque les mots, accents ou non", () => {
    const parts = excerptOf("Le comité a validé les dépenses de l’été.", readQuery("depense"));
    expect(parts?.find(({ isMatch }) => isMatch)?.text).toBe("dépenses");
    expect(parts?.map(({ text }) => text).join("")).toBe("Le comité a validé les dépenses de l’été.");
    expect(excerptOf("rien", ["ailleurs"])).toBeNull();
  });
});
