import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEuros, sumCents, toCents, ZERO_CENTS } from "~/domain/kernel/money";

describe("parseEuros — montants tels qu’on les tape", () => {
  it.each([
    { typed: "12,5", cents: 1250 },
    { typed: "12,50", cents: 1250 },
    { typed: "12,", cents: 1200 },
    { typed: "1 234,56 €", cents: 123456 },
    { typed: "1\u00a0234,56\u00a0€", cents: 123456 },
    { typed: "1\u202f234,56\u202f€", cents: 123456 },
    { typed: "1234.56", cents: 123456 },
    { typed: "1234.56 EUR", cents: 123456 },
    { typed: "4000 euros", cents: 400000 },
    { typed: "  0,01  ", cents: 1 },
    { typed: "0", cents: 0 },
    { typed: "-0", cents: 0 },
    { typed: "-12,34", cents: -1234 },
    { typed: "- 12,34 €", cents: -1234 },
    { typed: "\u221212,34", cents: -1234 },
    { typed: "+7", cents: 700 },
    { typed: "007", cents: 700 },
    { typed: "1 000 000 000", cents: 100_000_000_000 },
  ])("« $typed » vaut $cents centimes", ({ typed, cents }) => {
    const read = parseEuros(typed);
    expect(read).toStrictEqual({ ok: true, value: cents });
  });

  it.each([
    { typed: "", refusal: "amount-empty" },
    { typed: "   ", refusal: "amount-empty" },
    { typed: "€", refusal: "amount-empty" },
    { typed: "douze", refusal: "amount-malformed" },
    { typed: "1.234,56", refusal: "amount-malformed" },
    { typed: "1,234.56", refusal: "amount-malformed" },
    { typed: "12 50", refusal: "amount-malformed" },
    { typed: "1234 567", refusal: "amount-malformed" },
    { typed: "12,5 0", refusal: "amount-malformed" },
    { typed: ",5", refusal: "amount-malformed" },
    { typed: "--5", refusal: "amount-malformed" },
    { typed: "1e3", refusal: "amount-malformed" },
    { typed: "0x10", refusal: "amount-malformed" },
    { typed: "NaN", refusal: "amount-malformed" },
    { typed: "Infinity", refusal: "amount-malformed" },
    { typed: "<b>12</b>", refusal: "amount-malformed" },
    { typed: "12 € 13 €", refusal: "amount-malformed" },
    { typed: "1.234", refusal: "amount-too-precise" },
    { typed: "12,345", refusal: "amount-too-precise" },
    { typed: "1 000 000 000,01", refusal: "amount-too-large" },
    { typed: "99999999999999999999", refusal: "amount-too-large" },
  ])("« $typed » est refusé : $refusal", ({ typed, refusal }) => {
    expect(parseEuros(typed)).toStrictEqual({ ok: false, refusal });
  });

  it("relit tout montant que le français écrit", () => {
    const french = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (cents) => {
        const text = french.format(cents / 100);
        const read = parseEuros(text);
        expect(read).toStrictEqual({ ok: true, value: cents });
      }),
    );
  });

  it("ne lance jamais, quel que soit le texte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(typeof parseEuros(text).ok).toBe("boolean");
      }),
    );
  });
});

describe("toCents, sumCents — centimes entiers", () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 100_000_000_001, -100_000_000_001])(
    "%d n’est pas un montant",
    (value) => {
      expect(() => toCents(value)).toThrow(RangeError);
    },
  );

  it("dix fois dix centimes font un euro", () => {
    expect(sumCents(Array.from({ length: 10 }, () => toCents(10)))).toBe(100);
    expect(sumCents([])).toBe(ZERO_CENTS);
  });
});
