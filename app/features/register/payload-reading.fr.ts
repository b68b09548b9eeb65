import type { Cents } from "~/domain/kernel/money";
import { parisLocalAt, parseLocalDateTime } from "~/domain/kernel/paris-time";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import type { JsonValue } from "~/domain/register/canonical";
import { formatCents, formatDate, formatDateTime } from "~/documents/french";
import { PAYLOAD_VALUES, PAYLOAD_WORDS } from "./payload-words.fr";

export type ActLine = { readonly word: string; readonly text: string };

type Names = ReadonlyMap<string, string>;

const IDENTIFIER = /^[\w-]{20}(-\w+)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The content of an act in lines for people: identifiers are read as what they stand for today. What only a machine reads (an identifier
 * that stands for nothing shown, a word that has no French one) is left out; the export holds everything.
 */
export function readActContent(payload: JsonValue, names: Names): readonly ActLine[] {
  if (payload === null || typeof payload !== "object" || Array.isArray(payload)) return [];
  const lines = Object.entries(payload).flatMap(([key, value]) => {
    const word = PAYLOAD_WORDS[key];
    const text = word === undefined ? null : readValue(value, names, key);
    return word === undefined || text === null ? [] : [{ word, text }];
  });
  return lines.filter(
    ({ word, text }, index) => lines.findIndex((line) => line.word === word && line.text === text) === index,
  );
}

function readValue(value: JsonValue, names: Names, key: string): string | null {
  if (value === null || value === "" || value === false) return null;
  if (value === true) return "oui";
  if (typeof value === "number") return isAmount(key) ? formatCents(value as Cents) : String(value);
  if (typeof value === "string") return readText(value, names);
  if (!isList(value)) return readGroup(value, names);
  const parts = value.map((part) => readValue(part, names, key));
  return joined(parts, " ; ");
}

const isAmount = (key: string): boolean => /^cents|Cents$/.test(key);

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function readText(value: string, names: Names): string | null {
  const name = names.get(value) ?? PAYLOAD_VALUES[value];
  if (name !== undefined) return name;
  const date = parsePlainDate(value);
  if (date !== null) return formatDate(date);
  if (INSTANT.test(value)) return formatDateTime(parisLocalAt(new Date(value)));
  const time = parseLocalDateTime(value);
  if (time !== null) return formatDateTime(time);
  return IDENTIFIER.test(value) ? null : value;
}

/** The seat first, then the rest in the order of the record; numbers keep their word. */
function readGroup(group: { readonly [key: string]: JsonValue }, names: Names): string | null {
  const entries = Object.entries(group).sort(
    ([one], [other]) => Number(other.startsWith("seat")) - Number(one.startsWith("seat")),
  );
  return joined(
    entries.map(([key, value]) => {
      const word = PAYLOAD_VALUES[key] ?? PAYLOAD_WORDS[key];
      if (typeof value === "number" && isAmount(key)) return formatCents(value as Cents);
      if (typeof value === "number") return word === undefined ? null : `${value} ${word}`;
      if (value === true) return word ?? null;
      return readValue(value, names, key);
    }),
    ", ",
  );
}

function joined(parts: readonly (string | null)[], separator: string): string | null {
  const told = new Set(parts.filter((part): part is string => part !== null));
  return told.size === 0 ? null : [...told].join(separator);
}
