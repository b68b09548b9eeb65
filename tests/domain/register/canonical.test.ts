import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type JsonValue } from "~/domain/register/canonical";

describe("canonicalJson — RFC 8785, entiers seulement", () => {
  it.each([
    { case: "clés triées", value: { b: 1, a: 2, A: 3 }, text: '{"A":3,"a":2,"b":1}' },
    { case: "clés imbriquées", value: { z: { y: [], x: {} } }, text: '{"z":{"x":{},"y":[]}}' },
    { case: "liste dans son ordre", value: [3, 1, 2], text: "[3,1,2]" },
    { case: "accents gardés", value: { é: "Le Gâvre" }, text: '{"é":"Le Gâvre"}' },
    { case: "échappements", value: 'a"b\\c\n\u0001/', text: '"a\\"b\\\\c\\n\\u0001/"' },
    { case: "nul, vrai, faux", value: [null, true, false], text: "[null,true,false]" },
    { case: "négatif et zéro négatif", value: [-5, -0], text: "[-5,0]" },
    {
      case: "RFC 8785 § 3.2.3 : tri par unités UTF-16",
      value: { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 },
      text: '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    },
  ])("$case", ({ value, text }) => expect(canonicalJson(value)).toBe(text));

  it.each([
    { case: "nombre à virgule", value: 0.5 },
    { case: "NaN", value: Number.NaN },
    { case: "entier trop grand", value: 2 ** 53 },
    { case: "indéfini", value: undefined },
    { case: "clé indéfinie", value: { a: undefined } },
    { case: "date", value: new Date(0) },
    { case: "Map", value: new Map() },
    { case: "grand entier", value: 1n },
    { case: "fonction", value: () => 1 },
    { case: "demi-caractère", value: "\ud83d" },
    { case: "demi-caractère dans une clé", value: { "\ude00": 1 } },
  ])("$case : faute", ({ value }) => {
    expect(() => canonicalJson(value as unknown as JsonValue)).toThrow(RangeError);
  });

  const json = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "grapheme" }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { noNullPrototype: true }),
    ),
  })).value;

  it("se relit à l’identique, et ne dépend pas de l’ordre d’écriture des clés", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, reversed(member)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalJson(reversed(value) as JsonValue)).toBe(text);
      }),
    );
  });
});
