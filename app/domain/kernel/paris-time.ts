import { addDays, epochDayOf, parsePlainDate, plainDateOf, weekdayOf, type PlainDate } from "./plain-date";

/** A time of day on the wall clock, « 18:30 ». */
export type PlainTime = string & { readonly __brand: "PlainTime" };

/** A date and time on the wall clock of metropolitan France, « 2026-12-14T18:30 ». Sorts as itself except in the repeated hour of October. */
export type LocalDateTime = string & { readonly __brand: "LocalDateTime" };

const TIME_SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** Hours, then minutes after « h » or after a colon, then seconds that are left out. */
const TYPED_TIME = /^(\d{1,2})(?:h(\d{2})?|:(\d{2})(?::\d{2}(?:\.\d+)?)?)$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The time in the text, as a form sends it (« 18:30 », « 18:30:00 ») or as a person types it (« 18h », « 18 h 30 », « 8:05 »), or null. */
export function parsePlainTime(text: string): PlainTime | null {
  const match = TYPED_TIME.exec(text.replace(/\s/g, "").toLowerCase());
  if (!match) return null;
  const candidate = `${(match[1] ?? "").padStart(2, "0")}:${match[2] ?? match[3] ?? "00"}`;
  return TIME_SHAPE.test(candidate) ? (candidate as PlainTime) : null;
}

/** @throws RangeError when the text is no time of day. */
export function toPlainTime(text: string): PlainTime {
  const time = parsePlainTime(text);
  if (time === null) throw new RangeError(`Not a time: ${JSON.stringify(text)}`);
  return time;
}

export function localDateTime(date: PlainDate, time: PlainTime): LocalDateTime {
  return `${date}T${time}` as LocalDateTime;
}

/** The local date and time in the text, or null: 30 February and 25:00 are none. */
export function parseLocalDateTime(text: string): LocalDateTime | null {
  const holds =
    text.length === 16 &&
    text[10] === "T" &&
    parsePlainDate(text.slice(0, 10)) !== null &&
    TIME_SHAPE.test(text.slice(11));
  return holds ? (text as LocalDateTime) : null;
}

/** @throws RangeError when the text is no local date and time. */
export function toLocalDateTime(text: string): LocalDateTime {
  const local = parseLocalDateTime(text);
  if (local === null) throw new RangeError(`Not a local date and time: ${JSON.stringify(text)}`);
  return local;
}

export function dateOf(local: LocalDateTime): PlainDate {
  return local.slice(0, 10) as PlainDate;
}

export function timeOf(local: LocalDateTime): PlainTime {
  return local.slice(11, 16) as PlainTime;
}

/** The last Sunday of a month of 31 days. */
function lastSunday(year: number, month: 3 | 10): PlainDate {
  const last = plainDateOf(year, month, 31);
  return addDays(last, -(weekdayOf(last) % 7));
}

/**
 * Hours that the wall clock of metropolitan France is ahead of UTC at an instant: 1, or 2 in summer time.
 * Summer time runs from the last Sunday of March to the last Sunday of October, both at 01:00 UTC (directive 2000/84/CE).
 * @param epochMs milliseconds since 1970-01-01T00:00Z, in 1996 or later
 */
export function parisOffsetHours(epochMs: number): 1 | 2 {
  const year = new Date(epochMs).getUTCFullYear();
  const start = epochDayOf(lastSunday(year, 3)) * DAY_MS + HOUR_MS;
  const end = epochDayOf(lastSunday(year, 10)) * DAY_MS + HOUR_MS;
  return epochMs >= start && epochMs < end ? 2 : 1;
}

/** What the wall clock of metropolitan France shows at an instant. Independent of the machine's time zone. */
export function parisLocalAt(instant: Date): LocalDateTime {
  const shifted = instant.getTime() + parisOffsetHours(instant.getTime()) * HOUR_MS;
  return new Date(shifted).toISOString().slice(0, 16) as LocalDateTime;
}

export type WallClockReading =
  | { readonly kind: "exact"; readonly instant: Date }
  /** The hour is told twice (October): `instant` is the first of the two. */
  | { readonly kind: "repeated"; readonly instant: Date }
  /** The clock jumps over this time (March): `instant` is what the clock shows one hour later. */
  | { readonly kind: "skipped"; readonly instant: Date };

/** The instant that a wall clock reading names, saying when a daylight-saving night makes it double or void. */
export function readParisClock(local: LocalDateTime): WallClockReading {
  const asUtc = epochDayOf(dateOf(local)) * DAY_MS + minutesOf(timeOf(local)) * 60_000;
  const inSummer = asUtc - 2 * HOUR_MS;
  const inWinter = asUtc - HOUR_MS;
  const summerHolds = parisOffsetHours(inSummer) === 2;
  const winterHolds = parisOffsetHours(inWinter) === 1;
  if (summerHolds && winterHolds) return { kind: "repeated", instant: new Date(inSummer) };
  if (summerHolds) return { kind: "exact", instant: new Date(inSummer) };
  if (winterHolds) return { kind: "exact", instant: new Date(inWinter) };
  return { kind: "skipped", instant: new Date(inWinter) };
}

/** Minutes since midnight. */
export function minutesOf(time: PlainTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
