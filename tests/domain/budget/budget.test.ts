import { describe, expect, it } from "vitest";
import {
  adoptBudget,
  AGREED_CEILING,
  checkForecast,
  findBudgetInForce,
  listBudgetChanges,
  totalOf,
  type BudgetLine,
  type BudgetVersion,
} from "~/domain/budget/budget";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";

const line = (id: string, amount: number, changes: Partial<BudgetLine> = {}): BudgetLine => ({
  id,
  label: `Ligne ${id}`,
  axis: "commun",
  amount: toCents(amount),
  nature: "operating",
  ...changes,
});
const version = (year: number, adoptedOn: string, amount: number, decisionNumber: string): BudgetVersion => ({
  year,
  adoptedOn: toPlainDate(adoptedOn),
  decisionNumber,
  lines: [line("a", amount)],
});

describe("budget prévisionnel — Convention, art. 4.1", () => {
  it.each([
    { case: "aucune ligne", lines: [], refusals: [{ kind: "no-line" }] },
    {
      case: "investissement",
      lines: [line("a", 1, { nature: "investment" })],
      refusals: [{ kind: "investment-not-allowed", lineId: "a" }],
    },
    { case: "montant négatif", lines: [line("a", -1)], refusals: [{ kind: "amount-negative", lineId: "a" }] },
    {
      case: "libellé vide",
      lines: [line("a", 1, { label: "  " })],
      refusals: [{ kind: "label-missing", lineId: "a" }],
    },
    {
      case: "libellé trop long",
      lines: [line("a", 1, { label: "x".repeat(121) })],
      refusals: [{ kind: "label-too-long", lineId: "a" }],
    },
    {
      case: "même libellé sur le même axe",
      lines: [line("a", 1, { label: "Salle" }), line("b", 1, { label: "salle " })],
      refusals: [{ kind: "label-given-twice", lineId: "b" }],
    },
    {
      case: "même ligne deux fois",
      lines: [line("a", 1), line("a", 1, { label: "Autre" })],
      refusals: [{ kind: "line-given-twice", lineId: "a" }],
    },
    {
      case: "trop de lignes",
      lines: Array.from({ length: 201 }, (_, index) => line(String(index), 1)),
      refusals: [{ kind: "too-many-lines" }],
    },
    {
      case: "au-delà d’un milliard",
      lines: [line("a", 100_000_000_000), line("b", 1)],
      refusals: [{ kind: "total-too-large" }],
    },
    {
      case: "même libellé sur deux axes : admis",
      lines: [line("a", 1, { label: "Salle" }), line("b", 1, { label: "Salle", axis: "inter-ccas" })],
      refusals: [],
    },
    { case: "0 € et plus de 4 000 € : admis", lines: [line("a", 0), line("b", 460_000)], refusals: [] },
  ])("$case", ({ lines, refusals }) => {
    expect(checkForecast(lines)).toEqual(refusals);
  });

  const HISTORY = [
    version(2026, "2025-12-10", 400_000, "2025-0031"),
    version(2026, "2026-06-09", 430_000, "2026-0014"),
    version(2027, "2026-11-20", 460_000, "2026-0029"),
  ];

  it.each([
    {
      case: "avant tout vote : les 4 000 € de la convention",
      year: 2026,
      date: "2025-12-09",
      ceiling: 400_000,
      standing: "agreed",
    },
    { case: "au vote", year: 2026, date: "2025-12-10", ceiling: 400_000, standing: "voted" },
    { case: "à la révision", year: 2026, date: "2026-06-09", ceiling: 430_000, standing: "voted" },
    { case: "4 600 € pour 2027, votés en 2026", year: 2027, date: "2026-11-22", ceiling: 460_000, standing: "voted" },
    {
      case: "le vote d’une année ne vaut pas pour la suivante",
      year: 2028,
      date: "2028-03-01",
      ceiling: 400_000,
      standing: "agreed",
    },
  ])("$case", ({ year, date, ceiling, standing }) => {
    const found = findBudgetInForce(HISTORY, { year, date: toPlainDate(date), agreedCeiling: AGREED_CEILING });
    expect(found).toMatchObject({ ceiling, standing });
  });

  it("de deux votes le même jour, le dernier", () => {
    const twice = [...HISTORY, version(2026, "2026-06-09", 440_000, "2026-0015")];
    const found = findBudgetInForce(twice, {
      year: 2026,
      date: toPlainDate("2026-12-31"),
      agreedCeiling: AGREED_CEILING,
    });
    expect(found.ceiling).toBe(440_000);
  });

  it("une révision s’ajoute à l’historique sans rien remplacer", () => {
    const revised = version(2026, "2026-09-15", 450_000, "2026-0020");
    expect(adoptBudget(HISTORY, revised, toCents(450_000))).toEqual({ ok: true, value: [...HISTORY, revised] });
  });

  it.each([
    {
      case: "sans vote",
      proposed: version(2026, "2026-09-15", 1, " "),
      committed: 0,
      refusal: { kind: "not-adopted-by-a-vote" },
    },
    {
      case: "décision déjà employée",
      proposed: version(2026, "2026-09-15", 1, "2026-0014"),
      committed: 0,
      refusal: { kind: "decision-already-used" },
    },
    {
      case: "vote antérieur au budget en vigueur",
      proposed: version(2026, "2026-06-08", 1, "2026-0013"),
      committed: 0,
      refusal: { kind: "older-than-the-budget-in-force" },
    },
    {
      case: "sous ce qui est déjà validé",
      proposed: version(2026, "2026-09-15", 100, "2026-0020"),
      committed: 101,
      refusal: { kind: "below-what-is-validated", excess: 1 },
    },
    {
      case: "ligne d’investissement",
      proposed: { ...version(2026, "2026-09-15", 1, "2026-0020"), lines: [line("a", 1, { nature: "investment" })] },
      committed: 0,
      refusal: { kind: "forecast-faulty", faults: [{ kind: "investment-not-allowed", lineId: "a" }] },
    },
  ] as const)("refus : $case", ({ proposed, committed, refusal }) => {
    expect(adoptBudget(HISTORY, proposed, toCents(committed))).toEqual({ ok: false, refusal });
  });

  it("ce qu’une révision change, ligne par ligne", () => {
    const [before, after] = [
      [line("a", 100), line("b", 200), line("c", 300)],
      [line("a", 100), line("b", 250), line("d", 50)],
    ];
    expect(totalOf(after!)).toBe(400);
    expect(listBudgetChanges(before!, after!).map(({ lineId, before: was, after: is }) => [lineId, was, is])).toEqual([
      ["b", 200, 250],
      ["d", null, 50],
      ["c", 300, null],
    ]);
  });
});
