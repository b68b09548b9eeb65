/** A calendar date, « 2026-12-14 », without time nor zone. Text, so that it sorts, compares and stores as itself. */
export type PlainDate = string & { readonly __brand: "PlainDate" };

/** A quarter of a civil year. UNCCAS reads « trimestre » in CASF R.123-16 as the calendar quarter. */
export type Quarter = { readonly year: number; readonly quarter: 1 | 2 | 3 | 4 };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

type Parts = { readonly year: number; readonly month: number; readonly day: number };

function partsOf(date: PlainDate): Parts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function fromEpochDay(epochDay: number): PlainDate {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

/** Days since 1970-01-01. */
export function epochDayOf(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The date in the text, or null: 30 February and 2026-13-01 are no dates. Years 1900 to 2200. */
export function parsePlainDate(text: string): PlainDate | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as PlainDate;
}

/** @throws RangeError when the text is no date. */
export function toPlainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw new RangeError(`Not a date: ${JSON.stringify(text)}`);
  return date;
}

export function plainDateOf(year: number, month: number, day: number): PlainDate {
  return toPlainDate(
    `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
  );
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4));
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekdayOf(date: PlainDate): number {
  return ((((epochDayOf(date) + 3) % 7) + 7) % 7) + 1;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return fromEpochDay(epochDayOf(date) + days);
}

/** The same day `months` later, or the last day of that month where it has no such day (31 January + 1 = 28 or 29 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  return plainDateOf(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** Days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** Whole days strictly between two dates (« jours francs »): neither the day of the act nor the day of the event counts. */
export function clearDaysBetween(from: PlainDate, to: PlainDate): number {
  return Math.max(0, daysBetween(from, to) - 1);
}

export function quarterOf(date: PlainDate): Quarter {
  const { year, month } = partsOf(date);
  return { year, quarter: Math.ceil(month / 3) as Quarter["quarter"] };
}

export function firstDayOfQuarter({ year, quarter }: Quarter): PlainDate {
  return plainDateOf(year, quarter * 3 - 2, 1);
}

export function lastDayOfQuarter({ year, quarter }: Quarter): PlainDate {
  return plainDateOf(year, quarter * 3, daysInMonth(year, quarter * 3));
}

/** Is `date` within [from, to], both included? A missing bound is open. */
export function isWithin(date: PlainDate, from: PlainDate | null, to: PlainDate | null): boolean {
  return (from === null || date >= from) && (to === null || date <= to);
}
