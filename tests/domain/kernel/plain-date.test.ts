import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  clearDaysBetween,
  daysBetween,
  firstDayOfQuarter,
  isWithin,
  lastDayOfQuarter,
  parsePlainDate,
  quarterOf,
  toPlainDate,
  weekdayOf,
} from "~/domain/kernel/plain-date";

const date = fc
  .date({ min: new Date("1901-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true })
  .map((value) => toPlainDate(value.toISOString().slice(0, 10)));

describe("parsePlainDate — dates du calendrier", () => {
  it.each(["2024-02-29", "2000-02-29", "2026-02-28", "2026-12-31", "1900-01-01", "2200-12-31"])("%s existe", (text) => {
    expect(parsePlainDate(text)).toBe(text);
  });

  it.each([
    { case: "30 février", text: "2026-02-30" },
    { case: "29 février d’une année ordinaire", text: "2026-02-29" },
    { case: "29 février d’une année séculaire ordinaire", text: "2100-02-29" },
    { case: "31 novembre", text: "2026-11-31" },
    { case: "treizième mois", text: "2026-13-01" },
    { case: "mois zéro", text: "2026-00-10" },
    { case: "jour zéro", text: "2026-01-00" },
    { case: "année 26", text: "0026-01-01" },
    { case: "écriture française", text: "14/12/2026" },
    { case: "date et heure", text: "2026-12-14T18:30" },
    { case: "espace", text: " 2026-12-14" },
    { case: "vide", text: "" },
  ])("$case : refusé", ({ text }) => {
    expect(parsePlainDate(text)).toBeNull();
    expect(() => toPlainDate(text)).toThrow(RangeError);
  });
});

describe("addDays, addMonths — fins de mois et années bissextiles", () => {
  it.each([
    { from: "2026-02-28", days: 1, to: "2026-03-01" },
    { from: "2024-02-28", days: 1, to: "2024-02-29" },
    { from: "2026-12-31", days: 1, to: "2027-01-01" },
    { from: "2026-03-29", days: 1, to: "2026-03-30" },
    { from: "2026-01-01", days: -1, to: "2025-12-31" },
    { from: "1960-03-01", days: -1, to: "1960-02-29" },
  ])("$from et $days jour(s) : $to", ({ from, days, to }) => {
    expect(addDays(toPlainDate(from), days)).toBe(to);
  });

  it.each([
    { from: "2026-01-31", months: 1, to: "2026-02-28" },
    { from: "2024-01-31", months: 1, to: "2024-02-29" },
    { from: "2026-03-31", months: 1, to: "2026-04-30" },
    { from: "2026-10-15", months: 3, to: "2027-01-15" },
    { from: "2026-01-31", months: -1, to: "2025-12-31" },
    { from: "2026-12-31", months: -6, to: "2026-06-30" },
    { from: "2024-02-29", months: 12, to: "2025-02-28" },
  ])("$from et $months mois : $to", ({ from, months, to }) => {
    expect(addMonths(toPlainDate(from), months)).toBe(to);
  });

  it("revient sur ses pas", () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -300, max: 300 }), (from, days) => {
        expect(addDays(addDays(from, days), -days)).toBe(from);
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
});

describe("daysBetween, clearDaysBetween — délais en jours et en jours francs", () => {
  it.each([
    { from: "2026-12-10", to: "2026-12-14", days: 4, clear: 3 },
    { from: "2026-12-11", to: "2026-12-14", days: 3, clear: 2 },
    { from: "2026-12-13", to: "2026-12-14", days: 1, clear: 0 },
    { from: "2026-12-14", to: "2026-12-14", days: 0, clear: 0 },
    { from: "2026-12-15", to: "2026-12-14", days: -1, clear: 0 },
    { from: "2026-03-27", to: "2026-03-31", days: 4, clear: 3 },
    { from: "2024-02-27", to: "2024-03-01", days: 3, clear: 2 },
    { from: "2025-12-30", to: "2026-01-02", days: 3, clear: 2 },
  ])("du $from au $to : $days jours, $clear francs", ({ from, to, days, clear }) => {
    expect(daysBetween(toPlainDate(from), toPlainDate(to))).toBe(days);
    expect(clearDaysBetween(toPlainDate(from), toPlainDate(to))).toBe(clear);
  });
});

describe("weekdayOf — ISO 8601", () => {
  it.each([
    { on: "1970-01-01", weekday: 4 },
    { on: "2026-12-14", weekday: 1 },
    { on: "2026-11-22", weekday: 7 },
    { on: "1914-08-03", weekday: 1 },
  ])("$on est le jour $weekday", ({ on, weekday }) => expect(weekdayOf(toPlainDate(on))).toBe(weekday));

  it("suit le calendrier d’Intl", () => {
    const names = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    const french = new Intl.DateTimeFormat("fr-FR", { weekday: "long", timeZone: "UTC" });
    fc.assert(
      fc.property(date, (on) => {
        expect(names[weekdayOf(on) - 1]).toBe(french.format(new Date(`${on}T12:00:00Z`)));
      }),
    );
  });
});

describe("quarterOf — trimestre civil (lecture de l’UNCCAS, CASF art. R.123-16)", () => {
  it.each([
    { on: "2026-01-01", quarter: 1, first: "2026-01-01", last: "2026-03-31" },
    { on: "2026-03-31", quarter: 1, first: "2026-01-01", last: "2026-03-31" },
    { on: "2026-04-01", quarter: 2, first: "2026-04-01", last: "2026-06-30" },
    { on: "2026-09-30", quarter: 3, first: "2026-07-01", last: "2026-09-30" },
    { on: "2026-12-31", quarter: 4, first: "2026-10-01", last: "2026-12-31" },
  ])("$on : trimestre $quarter", ({ on, quarter, first, last }) => {
    const found = quarterOf(toPlainDate(on));
    expect(found).toStrictEqual({ year: 2026, quarter });
    expect([firstDayOfQuarter(found), lastDayOfQuarter(found)]).toStrictEqual([first, last]);
  });
});

describe("isWithin — bornes comprises", () => {
  it.each([
    { on: "2026-03-01", from: "2026-03-01", to: "2026-03-31", within: true },
    { on: "2026-03-31", from: "2026-03-01", to: "2026-03-31", within: true },
    { on: "2026-04-01", from: "2026-03-01", to: "2026-03-31", within: false },
    { on: "2026-02-28", from: "2026-03-01", to: null, within: false },
    { on: "2026-02-28", from: null, to: null, within: true },
  ])("$on entre $from et $to : $within", ({ on, from, to, within }) => {
    const bound = (text: string | null) => (text === null ? null : toPlainDate(text));
    expect(isWithin(toPlainDate(on), bound(from), bound(to))).toBe(within);
  });
});
