/** What an act may hold. Numbers are integers: cents, counts, ranks. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * The one text of a value, whatever the order in which its keys were written: keys sorted by UTF-16 code units, no white space.
 * @throws RangeError on a number that is no safe integer, on an unpaired surrogate, and on anything that JSON does not hold (undefined, dates…)
 * Source: RFC 8785 (JSON Canonicalization Scheme), restricted to integers.
 */
export function canonicalJson(value: JsonValue): string {
  switch (typeof value) {
    case "string":
      return canonicalString(value);
    case "number":
      if (!Number.isSafeInteger(value)) throw new RangeError(`Not an integer: ${value}`);
      return String(value);
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : canonicalStructure(value);
    default:
      throw new RangeError(`Not a JSON value: ${typeof value}`);
  }
}

function canonicalString(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new RangeError("Unpaired surrogate");
  return JSON.stringify(text);
}

function canonicalStructure(value: readonly JsonValue[] | { readonly [key: string]: JsonValue }): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new RangeError("Not a plain object");
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`).join(",")}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
