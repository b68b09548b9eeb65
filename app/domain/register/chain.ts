import { dateOf, parisLocalAt } from "../kernel/paris-time";
import { yearOf } from "../kernel/plain-date";
import type { NetworkId } from "../kernel/ids";
import type { ActKind } from "./act-kinds";
import { canonicalJson, type JsonValue } from "./canonical";

/** An act before it is hashed. `at` is an ISO instant in UTC; `actor` a person's identifier, or « system ». */
export type ActDraft = {
  readonly networkId: NetworkId;
  readonly year: number;
  readonly number: number;
  readonly kind: ActKind;
  readonly at: string;
  readonly actor: string;
  readonly payload: JsonValue;
  readonly previousHash: string;
};

export type RegisterEntry = ActDraft & { readonly hash: string };

/** SHA-256 of a text in UTF-8, 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** What the first act of a network points to. */
export const GENESIS_HASH = "0".repeat(64);

export type ActNumber = { readonly year: number; readonly number: number };

/** « 2026-0001 ». Beyond 9999 the number simply grows longer. */
export function formatActNumber({ year, number }: ActNumber): string {
  return `${year}-${String(number).padStart(4, "0")}`;
}

export function parseActNumber(text: string): ActNumber | null {
  const match = /^(\d{4})-(\d{4}|[1-9]\d{4,8})$/.exec(text);
  const number = Number(match?.[2]);
  return match && number >= 1 ? { year: Number(match[1]), number } : null;
}

/**
 * The number of the next act: one more in the same civil year (Paris time), 1 in a new one.
 * A clock that steps back over New Year stays in the later year: numbers never go backwards.
 */
export function nextActNumber(last: ActNumber | null, at: Date): ActNumber {
  const year = yearOf(dateOf(parisLocalAt(at)));
  if (last === null || year > last.year) return { year, number: 1 };
  return { year: last.year, number: last.number + 1 };
}

/** The text whose hash seals an act: all of it, with the hash of the act before. */
export function textToHash(draft: ActDraft): string {
  const { networkId, year, number, kind, at, actor, payload, previousHash } = draft;
  return canonicalJson({ actor, at, kind, networkId, number, payload, previousHash, year });
}

export function sealAct(draft: ActDraft, sha256: Sha256): RegisterEntry {
  return { ...draft, hash: sha256(textToHash(draft)) };
}

/** Neutral code of what is wrong with the register. */
export type ChainFault = "broken-link" | "altered" | "missing-number" | "wrong-order" | "foreign-network";

export type ChainReport =
  /** `lastHash` can be kept elsewhere: acts cut off the end leave a chain that is sound, but ends on another hash. */
  | { readonly ok: true; readonly count: number; readonly lastHash: string }
  /** `at` is the number of the faulty act, or of the one that is missing. */
  | { readonly ok: false; readonly fault: ChainFault; readonly at: ActNumber };

/**
 * Verifies one network's register from its first act, in the order stored, and reports the first fault: a number left out or out of order,
 * an act whose content does not give its hash, a link that does not point to the act before.
 */
export function verifyChain(entries: readonly RegisterEntry[], sha256: Sha256): ChainReport {
  const known = new Set(entries.map(formatActNumber));
  let previous: RegisterEntry | null = null;
  for (const entry of entries) {
    const report = findFault(previous, entry, known, sha256);
    if (report !== null) return report;
    previous = entry;
  }
  return { ok: true, count: entries.length, lastHash: previous?.hash ?? GENESIS_HASH };
}

function findFault(
  previous: RegisterEntry | null,
  entry: RegisterEntry,
  known: ReadonlySet<string>,
  sha256: Sha256,
): Extract<ChainReport, { ok: false }> | null {
  const found = (fault: ChainFault, at: ActNumber = entry): Extract<ChainReport, { ok: false }> => ({
    ok: false,
    fault,
    at: { year: at.year, number: at.number },
  });
  if (previous !== null && entry.networkId !== previous.networkId) return found("foreign-network");
  const expected = expectedNumber(previous, entry);
  if (entry.year < expected.year || (entry.year === expected.year && entry.number < expected.number))
    return found("wrong-order");
  if (entry.number !== expected.number) {
    return known.has(formatActNumber(expected)) ? found("wrong-order") : found("missing-number", expected);
  }
  if (sha256(textToHash(entry)) !== entry.hash) return found("altered");
  return entry.previousHash === (previous?.hash ?? GENESIS_HASH) ? null : found("broken-link");
}

/** The number that must follow `previous` in the year of `entry`, or in the year of `previous` when `entry` goes back. */
function expectedNumber(previous: RegisterEntry | null, entry: RegisterEntry): ActNumber {
  if (previous === null || entry.year > previous.year) return { year: entry.year, number: 1 };
  return { year: previous.year, number: previous.number + 1 };
}
