import { grant, refuse, type Decision } from "../kernel/decision";

export type HoursRefusal = "hours-empty" | "hours-malformed" | "hours-not-whole-minutes" | "hours-not-positive";

const CLOCK = /^(\d{1,5})\s*(?:h|:)\s*([0-5]\d)?(?:\s*min)?$/i;
const DECIMAL = /^(\d{1,5})(?:[.,](\d{1,3}))?$/;

/**
 * Reads a length of work as people type it: « 12,5 », « 12.25 », « 12 h 30 », « 12:30 », « 12 h ». In whole minutes, 1 at least.
 * Decimals that are no whole minute are refused rather than rounded: « 0,33 » is 19,8 minutes.
 */
export function parseHours(text: string): Decision<number, HoursRefusal> {
  const typed = text.trim().replace(/\s+/g, " ");
  if (typed === "") return refuse("hours-empty");
  const clock = CLOCK.exec(typed);
  if (clock) return positive(Number(clock[1]) * 60 + Number(clock[2] ?? 0));
  const decimal = DECIMAL.exec(typed);
  if (!decimal) return refuse("hours-malformed");
  const thousandths = Number(decimal[1]) * 1000 + Number((decimal[2] ?? "").padEnd(3, "0"));
  if ((thousandths * 60) % 1000 !== 0) return refuse("hours-not-whole-minutes");
  return positive((thousandths * 60) / 1000);
}

function positive(minutes: number): Decision<number, HoursRefusal> {
  return minutes < 1 ? refuse("hours-not-positive") : grant(minutes);
}
