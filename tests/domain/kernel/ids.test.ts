import { describe, expect, it } from "vitest";
import { assertNever } from "~/domain/kernel/decision";
import { isId, toId } from "~/domain/kernel/ids";

describe("isId — ce qu’une adresse peut porter", () => {
  it.each(["blain", "seat_1", "0f8a-22", "a".repeat(64)])("%s", (text) => {
    expect(isId(text)).toBe(true);
    expect(toId(text)).toBe(text);
  });

  it.each(["", "a", "a".repeat(65), "a b", "é1", "../etc", "a/b", "a\n", "<b>"])("%j est refusé", (text) => {
    expect(isId(text)).toBe(false);
    expect(() => toId(text)).toThrow(RangeError);
  });
});

describe("assertNever", () => {
  it("lance quand une valeur hors du type arrive", () => {
    expect(() => assertNever("autre" as never)).toThrow("autre");
  });
});
