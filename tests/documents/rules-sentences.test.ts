import { describe, expect, it } from "vitest";
import { CASF_PRESET, PRESET_SOURCES } from "~/domain/committee/rules";
import { RULES_KEYS } from "~/domain/committee/rules-check";
import { describeSetting, describeSource, RULES_LABELS } from "~/documents/rules-sentences";

describe("le règlement en phrases", () => {
  it.each(RULES_KEYS)("%s : un intitulé et une phrase finie", (key) => {
    expect(RULES_LABELS[key].length).toBeGreaterThan(3);
    expect(describeSetting(key, CASF_PRESET)).toMatch(/^[A-ZÀ-Ý].*\.$/);
  });

  it("quorum de la CASF : plus de la moitié des sièges pourvus", () => {
    expect(describeSetting("quorum.share", CASF_PRESET)).toBe(
      "Le comité délibère valablement quand plus de la moitié des sièges pourvus sont présents.",
    );
  });

  it("deux tiers au moins", () => {
    const rules = {
      ...CASF_PRESET,
      quorum: {
        ...CASF_PRESET.quorum,
        share: { numerator: 2, denominator: 3 },
        comparison: "at-least" as const,
        base: "all-seats" as const,
      },
    };
    expect(describeSetting("quorum.share", rules)).toBe(
      "Le comité délibère valablement quand au moins les deux tiers de tous les sièges (vacants compris) sont présents.",
    );
  });

  it.each([
    { part: "quorum", text: "Source\u00a0: CASF, art. R.123-17, par analogie." },
    { part: "rhythm", text: "Source\u00a0: Convention du réseau de Blain, art. 7." },
    { part: "departmentSeat", text: "Choix libre du comité : aucun texte ne le règle." },
  ] as const)("$part : la source est dite", ({ part, text }) => {
    expect(describeSource(PRESET_SOURCES[part])).toBe(text);
  });
});
