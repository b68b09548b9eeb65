import { describe, expect, it } from "vitest";
import { PAYLOAD_VALUES, PAYLOAD_WORDS } from "~/features/register/payload-words.fr";

describe("les mots du registre", () => {
  it("un intitulé de rubrique porte une majuscule, une valeur n’en porte pas : aucune n’est rangée dans l’autre table", () => {
    const isCapital = (text: string): boolean => /^[A-ZÀ-Ý]/.test(text);
    const properNames = new Set(["inter-ccas", "observation-sociale"]);
    const misplaced = Object.entries(PAYLOAD_VALUES).filter(([key, text]) => isCapital(text) && !properNames.has(key));
    expect(misplaced).toEqual([]);
  });

  it("chaque rubrique a son intitulé", () => {
    expect(Object.values(PAYLOAD_WORDS).filter((text) => text.trim() === "")).toEqual([]);
  });
});
