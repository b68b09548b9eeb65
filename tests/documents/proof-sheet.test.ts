import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeProofCsv, composeProofSheet, composeProofText } from "~/documents/proof-sheet";
import { apportion } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";

const SIX = [
  { id: "44015", weight: 10_376, label: "CCAS de Blain" },
  { id: "44023", weight: 3_153, label: "CCAS de Bouvron" },
  { id: "44056", weight: 4_023, label: "CCAS de Fay-de-Bretagne" },
  { id: "44062", weight: 1_890, label: "CCAS du Gâvre" },
  { id: "44111", weight: 2_360, label: "CCAS de Notre-Dame-des-Landes" },
  { id: "44221", weight: 1_569, label: "CCAS de La Chevallerais" },
];

const sheetOf = (total: number, members: readonly { id: string; weight: number; label?: string }[] = SIX) =>
  composeProofSheet({
    title: "Appel de fonds 2026",
    sources: ["INSEE, population municipale, millésime 2023"],
    weightName: "habitants",
    labels: new Map(members.flatMap(({ id, label }) => (label === undefined ? [] : [[id, label]]))),
    apportionment: apportion(
      toCents(total),
      members.map(({ id, weight }) => ({ id, weight })),
    ),
  });
const shown = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("la feuille de preuve : un trésorier refait le calcul à la main", () => {
  it("4 000 € entre les six CCAS, chiffre par chiffre", () => {
    const rows = sheetOf(400_000).rows.map((row) => [
      row.label,
      shown(row.fraction),
      shown(row.quotient),
      shown(row.remainder),
      row.rank,
      row.extraCent,
      row.cents,
    ]);
    expect(rows).toEqual([
      ["CCAS de Blain", "400 000 × 10 376 / 23 371", "177 587,608574", "14 223 / 23 371", 4, "+1", 177_588],
      ["CCAS de Bouvron", "400 000 × 3 153 / 23 371", "53 964,314749", "7 356 / 23 371", 6, "", 53_964],
      ["CCAS de Fay-de-Bretagne", "400 000 × 4 023 / 23 371", "68 854,563347", "13 166 / 23 371", 5, "", 68_854],
      ["CCAS du Gâvre", "400 000 × 1 890 / 23 371", "32 347,781438", "18 263 / 23 371", 3, "+1", 32_348],
      [
        "CCAS de Notre-Dame-des-Landes",
        "400 000 × 2 360 / 23 371",
        "40 391,938727",
        "21 939 / 23 371",
        1,
        "+1",
        40_392,
      ],
      ["CCAS de La Chevallerais", "400 000 × 1 569 / 23 371", "26 853,793162", "18 537 / 23 371", 2, "+1", 26_854],
    ]);
  });

  it("le contrôle recompte les parts, et dirait un écart", () => {
    expect(shown(sheetOf(400_000).check.sentence)).toBe(
      "Contrôle : la somme des parts est 4 000,00 €, le total à répartir est 4 000,00 € : égalité exacte.",
    );
    const good = apportion(toCents(100), [{ id: "a", weight: 1 }]);
    const broken = { ...good, shares: good.shares.map((share) => ({ ...share, cents: toCents(99) })) };
    const { check } = composeProofSheet({
      title: "",
      sources: [],
      weightName: "poids",
      labels: new Map(),
      apportionment: broken,
    });
    expect(check.holds).toBe(false);
    expect(check.sentence).toContain("ÉCART");
  });

  it("le texte porte la source, la règle d’égalité, les centimes restants et le contrôle", () => {
    const text = shown(composeProofText(sheetOf(400_000)));
    expect(text).toContain("INSEE, population municipale, millésime 2023");
    expect(text).toContain("399 996 en tout");
    expect(text).toContain("4 centimes restants sont ajoutés, un par membre, aux plus forts restes.");
    expect(text).toContain("À restes égaux, le centime va à l’identifiant");
    expect(text).toMatch(/CCAS du Gâvre +1 890 .* 323,48 €/);
    expect(text).toMatch(/\nTotal +23 371 +399 996 +4 +4 000,00 €\n/);
  });

  it.each([
    { total: 1, weights: [1, 1], step: "1 centime restant est ajouté, un par membre" },
    { total: 2, weights: [1, 1], step: "Il ne reste aucun centime à répartir." },
    { total: -3, weights: [1, 1], step: "1 centime restant est retiré, un par membre" },
  ])("$total centimes : $step", ({ total, weights, step }) => {
    const members = weights.map((weight, index) => ({ id: "ab".charAt(index), weight }));
    expect(shown(sheetOf(total, members).steps.join("\n"))).toContain(step);
  });

  it("un quotient plus petit qu’un centime, un total négatif, des poids immenses", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const quotients = (total: number, weights: number[]) =>
      sheetOf(
        total,
        weights.map((weight, index) => ({ id: "ab".charAt(index), weight })),
      ).rows.map(({ quotient }) => shown(quotient));
    expect(quotients(1, [1, 2])).toEqual(["0,333333", "0,666666"]);
    expect(quotients(-100, [1, 2])).toEqual(["−33,333333", "−66,666666"]);
    expect(quotients(100_000_000_000, [huge, huge])).toEqual(["50 000 000 000,000000", "50 000 000 000,000000"]);
  });

  it("le quotient est coupé, jamais arrondi au-delà de son entier", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 5 }),
        (total, weights) => {
          const { rows } = sheetOf(
            total,
            weights.map((weight, index) => ({ id: String(index), weight })),
          );
          for (const row of rows)
            expect(shown(row.quotient).replaceAll(" ", "").split(",")[0]).toBe(String(row.floorCents));
        },
      ),
    );
  });

  it("le CSV s’ouvre dans un tableur français et ne contient aucune formule", () => {
    const csv = composeProofCsv(
      sheetOf(-100, [
        { id: "=1+1", weight: 1, label: "@Blain" },
        { id: "b", weight: 2 },
      ]),
    );
    expect(csv.split("\r\n")).toEqual([
      "\ufeffmembre;identifiant;poids;somme_des_poids;total_centimes;quotient_centimes;entier_centimes;reste;rang;centime_de_plus;part_centimes;part_euros;source_des_poids",
      "'@Blain;'=1+1;1;3;-100;−33,333333;-33;1;2;0;-33;-0,33;INSEE, population municipale, millésime 2023",
      "b;b;2;3;-100;−66,666666;-66;2;1;-1;-67;-0,67;INSEE, population municipale, millésime 2023",
      "Total;;3;3;-100;;-99;;;-1;-100;-1,00;INSEE, population municipale, millésime 2023",
      "",
    ]);
  });
});
