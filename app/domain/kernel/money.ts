import { grant, refuse, type Decision } from "./decision";

/** An amount in whole euro cents. Always a safe integer; may be negative (a correction). */
export type Cents = number & { readonly __brand: "Cents" };

/** One billion euros: beyond it, a typing error is more likely than an expense of a network of CCAS. */
const LARGEST_CENTS = 100_000_000_000;

/** @throws RangeError when the number is no integer of cents within a billion euros either way. */
export function toCents(value: number): Cents {
  if (!Number.isSafeInteger(value) || Math.abs(value) > LARGEST_CENTS) {
    throw new RangeError(`Not an amount in cents: ${value}`);
  }
  return value as Cents;
}

export const ZERO_CENTS = toCents(0);

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return toCents(total);
}

export type AmountRefusal = "amount-empty" | "amount-malformed" | "amount-too-precise" | "amount-too-large";

const CURRENCY = / ?(€|eur(os?)?)$/i;
/** Either no space among the digits, or groups of three. */
const TYPED = /^([+-]?) ?(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d*))?$/;

/**
 * Reads an amount in euros as people type it: « 12,5 », « 1 234,56 € », « 1234.56 ».
 * The decimal mark is the comma or the dot; spaces of any width group thousands; « € » or « EUR » may follow.
 * What could be read two ways is refused rather than guessed: « 1.234,56 », « 1.234 » (three decimals), « 12 50 » (no group of three).
 */
export function parseEuros(text: string): Decision<Cents, AmountRefusal> {
  const amount = text
    .trim()
    .replace(/\s+/g, " ")
    .replace(CURRENCY, "")
    .replace(/^\u2212/, "-");
  if (amount === "") return refuse("amount-empty");
  const match = TYPED.exec(amount);
  if (!match) return refuse("amount-malformed");
  const [, sign = "", spacedWhole = "", decimals = ""] = match;
  const whole = spacedWhole.replace(/ /g, "");
  if (decimals.length > 2) return refuse("amount-too-precise");
  if (whole.length > 12) return refuse("amount-too-large");
  const cents = Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
  if (cents > LARGEST_CENTS) return refuse("amount-too-large");
  return grant(toCents(sign === "-" && cents !== 0 ? -cents : cents));
}
