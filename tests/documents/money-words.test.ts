import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { tellBudgetLeft } from "~/documents/money-words";

const told = (remaining: number, proposed: number): string =>
  tellBudgetLeft({ year: 2026, remaining: toCents(remaining), proposed: toCents(proposed) }).replaceAll(
    /[\u00a0\u202f]/g,
    " ",
  );

describe("tellBudgetLeft — ce qui reste au budget, et ce qui est déjà demandé", () => {
  it.each([
    ["rien n’est demandé", 52_680, 0, "Il reste 526,80 € au budget 2026."],
    [
      "il ne suffit pas",
      52_680,
      106_650,
      "Il reste 526,80 € au budget 2026 ; 1 066,50 € sont déjà demandés : le budget n’y suffit pas.",
    ],
    [
      "il suffit tout juste",
      52_680,
      52_680,
      "Il reste 526,80 € au budget 2026 ; 526,80 € sont déjà demandés : une fois validés, il resterait 0,00 €.",
    ],
    [
      "il suffit",
      152_680,
      106_650,
      "Il reste 1 526,80 € au budget 2026 ; 1 066,50 € sont déjà demandés : une fois validés, il resterait 460,30 €.",
    ],
    ["il est dépassé", -1_000, 0, "Le budget 2026 est dépassé de 10,00 €."],
    [
      "il est dépassé et l’on demande encore",
      -1_000,
      5_000,
      "Le budget 2026 est dépassé de 10,00 € ; 50,00 € sont déjà demandés.",
    ],
  ])("%s", (_name, remaining, proposed, sentence) => expect(told(remaining, proposed)).toBe(sentence));
});
