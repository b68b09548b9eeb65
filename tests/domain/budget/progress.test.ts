import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaugeBudget } from "~/domain/budget/gauge";
import { awaited, spendingStep, splitByStep, type SpendingFacts } from "~/domain/budget/progress";
import { toCents } from "~/domain/kernel/money";

type Given = readonly [amount: number, paid: boolean, final?: boolean];
const facts = (engaged: number | null, ...invoices: Given[]): SpendingFacts => ({
  engaged: engaged === null ? null : toCents(engaged),
  invoices: invoices.map(([amount, isPaid, isFinal = false]) => ({ amount: toCents(amount), isPaid, isFinal })),
});
const validated = {
  ...{ axis: "commun" as const, lineId: null, requested: toCents(1000), validated: toCents(1000) },
};

describe("l’avancement d’une dépense validée — convention, art. 4.2.1", () => {
  it.each([
    { case: "rien d’engagé", given: facts(null), step: "not-engaged", parts: [1000, 0, 0, 0] },
    { case: "engagée", given: facts(900), step: "engaged", parts: [0, 900, 0, 0] },
    { case: "une première facture", given: facts(900, [400, false]), step: "invoiced", parts: [0, 500, 400, 0] },
    { case: "payée en partie", given: facts(900, [400, true]), step: "partly-paid", parts: [0, 500, 0, 400] },
    {
      case: "payée, une autre à payer",
      given: facts(900, [400, true], [500, false]),
      step: "invoiced",
      parts: [0, 0, 500, 400],
    },
    { case: "payée en entier", given: facts(900, [400, true], [500, true]), step: "paid", parts: [0, 0, 0, 900] },
    {
      case: "dernière facture moindre : le reste revient",
      given: facts(900, [880, true, true]),
      step: "paid",
      parts: [0, 0, 0, 880],
    },
    {
      case: "dernière facture à payer",
      given: facts(900, [880, false, true]),
      step: "invoiced",
      parts: [0, 0, 880, 0],
    },
    {
      case: "une facture suit la dernière",
      given: facts(900, [800, true, true], [50, true]),
      step: "partly-paid",
      parts: [0, 50, 0, 850],
    },
  ])("$case", ({ given, step, parts }) => {
    expect(spendingStep(given)).toBe(step);
    const gauge = gaugeBudget(toCents(2000), splitByStep(validated, given));
    expect([gauge.validated, gauge.engaged, gauge.invoiced, gauge.paid]).toEqual(parts);
    expect(gauge.remaining).toBe(2000 - parts.reduce((sum, part) => sum + part, 0));
  });

  it("les parts ne dépassent jamais l’engagement que les factures respectent", () => {
    const invoice = fc.record({
      amount: fc.integer({ min: 1, max: 100 }),
      isPaid: fc.boolean(),
      isFinal: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(invoice, { maxLength: 20 }), (spare, invoices) => {
        const invoiced = invoices.reduce((sum, { amount }) => sum + amount, 0);
        const given = facts(
          invoiced + spare,
          ...invoices.map(({ amount, isPaid, isFinal }): Given => [amount, isPaid, isFinal]),
        );
        const gauge = gaugeBudget(toCents(0), splitByStep(validated, given));
        expect(gauge.invoiced + gauge.paid).toBe(invoiced);
        expect(gauge.engaged).toBe(invoices.at(-1)?.isFinal === true ? 0 : spare);
      }),
    );
  });
});

describe("ce qui reste attendu d’un engagement", () => {
  const invoice = (amount: number, isFinal: boolean) => ({ amount: toCents(amount), isFinal, isPaid: false });
  it.each<[string, SpendingFacts, number]>([
    ["rien n’est engagé", { engaged: null, invoices: [] }, 0],
    ["engagé, sans facture", { engaged: toCents(50_000), invoices: [] }, 50_000],
    ["une facture parmi d’autres", { engaged: toCents(50_000), invoices: [invoice(20_000, false)] }, 30_000],
    ["la dernière facture, même au-dessous", { engaged: toCents(50_000), invoices: [invoice(20_000, true)] }, 0],
    ["facturé en entier", { engaged: toCents(50_000), invoices: [invoice(50_000, false)] }, 0],
  ])("%s", (_, facts, cents) => expect(awaited(facts)).toBe(cents));
});
