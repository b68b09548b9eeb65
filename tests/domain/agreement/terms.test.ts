import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessTerm, checkDuration, lastDayOfTerm, type Duration } from "~/domain/agreement/terms";
import { addDays, plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";

const day = (text: string) => text as PlainDate;
const fixed = (months: number): Duration => ({ first: { kind: "months", months }, renewal: { kind: "none" } });
const tacit = (
  months: number,
  each: number | null,
  decided: "indefinite" | "same-term" | null = null,
  most: number | null = null,
): Duration => ({ first: { kind: "months", months }, renewal: { kind: "tacit", months: each, most, decided } });

describe("dernier jour d’un terme, premier jour compris", () => {
  it.each([
    ["Blain, art. 11 : trois ans à compter du 1er janvier 2014", "2014-01-01", 36, "2016-12-31"],
    ["un an depuis un 29 février", "2024-02-29", 12, "2025-02-28"],
    ["quatre ans depuis un 29 février", "2024-02-29", 48, "2028-02-28"],
    ["six mois depuis un 31 août", "2025-08-31", 6, "2026-02-28"],
    ["un mois depuis un 31 janvier", "2026-01-31", 1, "2026-02-28"],
    ["un an depuis un 1er mars d’année bissextile", "2024-03-01", 12, "2025-02-28"],
    ["un mois qui passe à l’heure d’été", "2026-03-15", 1, "2026-04-14"],
    ["un mois qui passe à l’heure d’hiver", "2026-10-10", 1, "2026-11-09"],
  ])("%s", (_, start, months, end) => expect(lastDayOfTerm(day(start), months)).toBe(end));

  it("un terme est suivi sans trou ni recouvrement, et ne finit jamais avant de commencer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 60 }), (offset, months) => {
        const start = addDays(plainDateOf(2000, 1, 1), offset);
        expect(lastDayOfTerm(start, months) >= start).toBe(true);
        expect(lastDayOfTerm(start, months) < lastDayOfTerm(start, months + 1)).toBe(true);
      }),
    );
  });
});

describe("où en est la convention (Code civil, art. 1214 et 1215)", () => {
  it.each([
    ["Blain : le dernier jour court encore", fixed(36), "2014-01-01", "2016-12-31", "running", "2016-12-31"],
    ["Blain : expirée le lendemain, sans reconduction", fixed(36), "2014-01-01", "2017-01-01", "expired", "2016-12-31"],
    ["avant son premier jour", fixed(36), "2014-01-01", "2013-12-31", "not-started", "2016-12-31"],
    ["La Garde : la première année", tacit(12, null), "2025-06-16", "2026-06-15", "running", "2026-06-15"],
    ["La Garde : indéterminée ensuite", tacit(12, null), "2025-06-16", "2026-06-16", "indefinite", null],
    [
      "La Garde : si le comité lit « un an à chaque fois »",
      tacit(12, null, "same-term"),
      "2025-06-16",
      "2026-11-22",
      "running",
      "2027-06-15",
    ],
    ["Sceaux : six ans après, indéterminée", tacit(36, null), "2020-01-01", "2026-11-22", "indefinite", null],
    [
      "Un texte qui limite à une reconduction",
      tacit(12, 12, null, 1),
      "2020-01-01",
      "2023-01-01",
      "expired",
      "2021-12-31",
    ],
  ] as const)("%s", (_, duration, start, today, state, endsOn) => {
    const standing = assessTerm(duration, day(start), day(today));
    expect([standing.state, standing.endsOn]).toEqual([state, endsOn]);
  });

  it("Dreux, art. 9.1 : neuf mois, puis une année à chaque fois, sans limite", () => {
    const duration: Duration = {
      first: { kind: "until", on: day("2025-12-31") },
      renewal: { kind: "tacit", months: 12, most: null, decided: null },
    };
    const standing = assessTerm(duration, day("2025-04-01"), day("2026-11-22"));
    expect(standing).toMatchObject({ state: "running", endsOn: "2026-12-31", isUnlimited: true, otherReading: null });
    expect(standing.current).toEqual({ rank: 1, startsOn: "2026-01-01", endsOn: "2026-12-31", basis: "renewed" });
  });

  it("dit l’autre lecture d’une reconduction dont la durée n’est pas écrite", () => {
    const { otherReading } = assessTerm(tacit(36, null), day("2020-01-01"), day("2026-11-22"));
    expect(otherReading).toEqual({ rank: 2, startsOn: "2026-01-01", endsOn: "2028-12-31", basis: "renewed" });
  });

  it("dès la première période : ensuite indéterminée, ou reconduite pour autant", () => {
    expect(assessTerm(tacit(36, null), day("2024-01-15"), day("2026-11-22")).otherReading).toEqual({
      ...{ rank: 1, startsOn: "2027-01-15", endsOn: "2030-01-14", basis: "renewed" },
    });
    expect(assessTerm(tacit(36, null, "same-term"), day("2024-01-15"), day("2026-11-22")).otherReading).toMatchObject({
      ...{ startsOn: "2027-01-15", endsOn: null, basis: "indefinite" },
    });
  });

  it("les reconductions mensuelles d’un 31 ne dérivent pas", () => {
    const { current } = assessTerm(tacit(1, 1), day("2026-01-31"), day("2026-06-10"));
    expect(current.endsOn).toBe("2026-06-30");
  });

  it("une fin anticipée passe avant le terme", () => {
    const standing = assessTerm(fixed(36), day("2014-01-01"), day("2016-06-11"), day("2016-06-10"));
    expect(standing).toMatchObject({ state: "terminated", endsOn: "2016-06-10" });
  });

  it.each([
    [
      "une fin avant le début",
      { first: { kind: "until", on: day("2025-01-01") }, renewal: { kind: "none" } },
      ["end-before-start"],
    ],
    ["une durée nulle", fixed(0), ["length-not-positive"]],
    ["une durée juste", fixed(36), []],
  ] as const)("refuse %s", (_, duration, refusals) =>
    expect(checkDuration(duration as Duration, day("2025-04-01"))).toEqual(refusals),
  );
});
