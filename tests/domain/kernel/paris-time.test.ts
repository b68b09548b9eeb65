import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  minutesOf,
  parisLocalAt,
  parseLocalDateTime,
  parsePlainTime,
  readParisClock,
  toLocalDateTime,
  toPlainTime,
} from "~/domain/kernel/paris-time";

const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" });
const oracle = (instant: Date): string => clock.format(instant).replace(" ", "T");

/** Last Sundays of March and October, from the calendar. */
const NIGHTS = [
  { year: 1996, march: "1996-03-31", october: "1996-10-27" },
  { year: 2021, march: "2021-03-28", october: "2021-10-31" },
  { year: 2024, march: "2024-03-31", october: "2024-10-27" },
  { year: 2025, march: "2025-03-30", october: "2025-10-26" },
  { year: 2026, march: "2026-03-29", october: "2026-10-25" },
  { year: 2027, march: "2027-03-28", october: "2027-10-31" },
  { year: 2030, march: "2030-03-31", october: "2030-10-27" },
];

describe("parisLocalAt — heure légale (directive 2000/84/CE)", () => {
  it.each(NIGHTS)("nuits de $year : chaque quart d’heure suit Intl", ({ march, october }) => {
    for (const day of [march, october]) {
      const start = Date.parse(`${day}T00:00:00Z`) - 6 * 3_600_000;
      for (let quarter = 0; quarter < 48; quarter += 1) {
        const instant = new Date(start + quarter * 900_000);
        expect(parisLocalAt(instant)).toBe(oracle(instant));
      }
    }
  });

  it.each([
    { case: "dernière minute d’hiver", utc: "2026-03-29T00:59:59Z", local: "2026-03-29T01:59" },
    { case: "première minute d’été", utc: "2026-03-29T01:00:00Z", local: "2026-03-29T03:00" },
    { case: "dernière minute d’été", utc: "2026-10-25T00:59:59Z", local: "2026-10-25T02:59" },
    { case: "première minute d’hiver", utc: "2026-10-25T01:00:00Z", local: "2026-10-25T02:00" },
    { case: "réveillon : l’année change à Paris avant UTC", utc: "2026-12-31T23:30:00Z", local: "2027-01-01T00:30" },
  ])("$case", ({ utc, local }) => expect(parisLocalAt(new Date(utc))).toBe(local));

  it("suit Intl à tout instant de 1996 à 2099", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1996-01-02T00:00:00Z"), max: new Date("2099-12-30T00:00:00Z"), noInvalidDate: true }),
        (instant) => {
          expect(parisLocalAt(instant)).toBe(oracle(instant));
        },
      ),
    );
  });
});

describe("readParisClock — lecture d’une heure locale", () => {
  it.each([
    { local: "2026-12-14T18:30", kind: "exact", utc: "2026-12-14T17:30:00.000Z" },
    { local: "2026-07-14T18:30", kind: "exact", utc: "2026-07-14T16:30:00.000Z" },
    { local: "2026-03-29T01:59", kind: "exact", utc: "2026-03-29T00:59:00.000Z" },
    { local: "2026-03-29T02:00", kind: "skipped", utc: "2026-03-29T01:00:00.000Z" },
    { local: "2026-03-29T02:30", kind: "skipped", utc: "2026-03-29T01:30:00.000Z" },
    { local: "2026-03-29T03:00", kind: "exact", utc: "2026-03-29T01:00:00.000Z" },
    { local: "2026-10-25T01:59", kind: "exact", utc: "2026-10-24T23:59:00.000Z" },
    { local: "2026-10-25T02:00", kind: "repeated", utc: "2026-10-25T00:00:00.000Z" },
    { local: "2026-10-25T02:59", kind: "repeated", utc: "2026-10-25T00:59:00.000Z" },
    { local: "2026-10-25T03:00", kind: "exact", utc: "2026-10-25T02:00:00.000Z" },
  ])("$local : $kind", ({ local, kind, utc }) => {
    const reading = readParisClock(toLocalDateTime(local));
    expect(reading.kind).toBe(kind);
    expect(reading.instant.toISOString()).toBe(utc);
  });

  it.each(NIGHTS)("nuits de $year : 2 h 30 saute en mars et revient en octobre", ({ march, october }) => {
    expect(readParisClock(toLocalDateTime(`${march}T02:30`)).kind).toBe("skipped");
    expect(readParisClock(toLocalDateTime(`${october}T02:30`)).kind).toBe("repeated");
  });

  it("un instant relu sur l’horloge revient à lui-même, hors des heures sautées ou doublées", () => {
    fc.assert(
      fc.property(fc.integer({ min: 13_674_240, max: 68_374_080 }), (minutes) => {
        const instant = new Date(minutes * 60_000);
        const reading = readParisClock(toLocalDateTime(oracle(instant)));
        expect(reading.kind).not.toBe("skipped");
        const drift = instant.getTime() - reading.instant.getTime();
        expect(drift).toBeOneOf(reading.kind === "repeated" ? [0, 3_600_000] : [0]);
      }),
    );
  });
});

describe("parsePlainTime — heures tapées", () => {
  it.each([
    { typed: "18:30", time: "18:30" },
    { typed: "18:30:00", time: "18:30" },
    { typed: "8:05", time: "08:05" },
    { typed: "18h", time: "18:00" },
    { typed: "18 h 30", time: "18:30" },
    { typed: "9H15", time: "09:15" },
    { typed: "00:00", time: "00:00" },
    { typed: "24:00", time: null },
    { typed: "18:60", time: null },
    { typed: "18:30abc", time: null },
    { typed: "18:305", time: null },
    { typed: "18h3", time: null },
    { typed: "1830", time: null },
    { typed: "", time: null },
  ])("« $typed » : $time", ({ typed, time }) => expect(parsePlainTime(typed)).toBe(time));

  it("minutes depuis minuit", () => {
    expect(minutesOf(toPlainTime("18:30"))).toBe(1110);
    expect(() => toPlainTime("25:00")).toThrow(RangeError);
  });
});

describe("parseLocalDateTime — date et heure locales", () => {
  it.each([
    "2026-02-30T10:00",
    "2026-12-14T25:00",
    "2026-12-14T10:61",
    "2026-12-14 10:00",
    "2026-12-14T1:000",
    "2026-12-14",
  ])("%s : refusé", (text) => {
    expect(parseLocalDateTime(text)).toBeNull();
    expect(() => toLocalDateTime(text)).toThrow(RangeError);
  });

  it("2026-12-14T18:30 est accepté", () => expect(parseLocalDateTime("2026-12-14T18:30")).toBe("2026-12-14T18:30"));
});
