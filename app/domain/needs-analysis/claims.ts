import { findReferences, type Reference } from "./references";
import type { Movement } from "./movement";

export type FigureReference = Extract<Reference, { kind: "ind" }>;

export type ClaimKind = "up" | "down" | "stable" | "above" | "below";
/**
 * « false »: the figures say otherwise. « unreadable »: nothing can be concluded (a negation, two opposite words, a secret figure, a break),
 * so a person must read it again.
 */
export type Verdict = "holds" | "false" | "unreadable";

export type CheckedClaim = {
  readonly sentence: string;
  /** The words that claim: « en hausse ». */
  readonly words: string;
  readonly kind: ClaimKind;
  readonly verdict: Verdict;
  readonly references: readonly string[];
  /** What the figures did, where they could be compared. */
  readonly movements: readonly { readonly raw: string; readonly movement: Movement }[];
  /** The figures set side by side by « supérieur à ». */
  readonly compared: readonly [number, number] | null;
};

export type ClaimReader = {
  readonly movementOf: (reference: FigureReference) => Movement | null;
  readonly valueOf: (reference: FigureReference) => number | null;
};

const LETTER = "\\p{L}";
const words = (pattern: string): RegExp => new RegExp(`(?<!${LETTER})(?:${pattern})(?!${LETTER})`, "iu");

/** Conjugated forms and nouns only: « risque d’augmenter » claims nothing of the figure. */
const CLAIM_WORDS: Readonly<Record<ClaimKind, RegExp>> = {
  up: words(
    "en (?:forte |légère |nette )?hausse|hausse|augment(?:e|ent|é|ée|és|ées|ait|aient|ation)|progress(?:e|ent|é|ion|ait|aient)|s['’]accro[iî]t|s['’]accroissent|cro[iî]t|croissance|en progression",
  ),
  down: words(
    "en (?:forte |légère |nette )?baisse|baisse|baissent|baissé|baissée|diminu(?:e|ent|é|ée|és|ées|ait|tion)|recul(?:e|ent|é)?|décro[iî]t|décroissance|chut(?:e|ent|é)|régress(?:e|ent|é|ion)",
  ),
  stable: words("stables?|stabilité|inchangée?s?|se mainti(?:ent|ennent)|stagn(?:e|ent|ation)"),
  above: words("supérieure?s?|plus élevée?s? (?:que|qu['’])|au[- ]dessus|dépass(?:e|ent)|davantage (?:que|qu['’])"),
  below: words(
    "inférieure?s?|plus (?:faible|bas|basse)s? (?:que|qu['’])|au[- ]dessous|en[- ]dessous|moins élevée?s? (?:que|qu['’])",
  ),
};
const KINDS = Object.keys(CLAIM_WORDS) as readonly ClaimKind[];
const NEGATION = /(?<!\p{L})(?:n['’]|ne\s)|(?<!\p{L})(?:sans|aucune?|ni|pas de)(?!\p{L})/iu;

/**
 * The sentences of a text that claim something of a figure they refer to, each judged against the figures of today. A sentence without a
 * reference is nobody's business here. « En hausse » must be so for every figure of its clause.
 */
export function checkClaims(text: string, reader: ClaimReader): readonly CheckedClaim[] {
  return sentencesOf(text).flatMap((sentence) =>
    clausesOf(sentence).flatMap((clause) => {
      const references = findReferences(clause).found.flatMap(({ raw, reference }) =>
        reference.kind === "ind" ? [{ raw, reference }] : [],
      );
      if (references.length === 0) return [];
      const bare = clause.replace(/\{\{[^{}\n]*\}\}/g, " ");
      const claims = KINDS.flatMap((kind) => {
        const match = CLAIM_WORDS[kind].exec(bare);
        return match ? [{ kind, words: match[0] }] : [];
      });
      const isUnclear = NEGATION.test(bare) || isContradictory(claims.map(({ kind }) => kind));
      return claims.map((claim) => ({ sentence, ...claim, ...judge(claim.kind, references, reader, isUnclear) }));
    }),
  );
}

type Found = { readonly raw: string; readonly reference: FigureReference };

function judge(
  kind: ClaimKind,
  references: readonly Found[],
  reader: ClaimReader,
  isUnclear: boolean,
): Pick<CheckedClaim, "verdict" | "references" | "movements" | "compared"> {
  const raws = references.map(({ raw }) => raw);
  if (kind === "above" || kind === "below") {
    const [one, other] = references;
    const values =
      one && other && references.length === 2 ? [reader.valueOf(one.reference), reader.valueOf(other.reference)] : [];
    const [first, second] = values;
    if (first === undefined || second === undefined || first === null || second === null || isUnclear)
      return { verdict: "unreadable", references: raws, movements: [], compared: null };
    const holds = kind === "above" ? first > second : first < second;
    return { verdict: holds ? "holds" : "false", references: raws, movements: [], compared: [first, second] };
  }
  const movements = references.flatMap(({ raw, reference }) => {
    const movement = reader.movementOf(reference);
    return movement ? [{ raw, movement }] : [];
  });
  const base = { references: raws, movements, compared: null };
  if (isUnclear) return { ...base, verdict: "unreadable" };
  if (movements.some(({ movement }) => movement.direction !== kind)) return { ...base, verdict: "false" };
  return { ...base, verdict: movements.length === references.length ? "holds" : "unreadable" };
}

/** Two opposite words in one clause: which figure does which belong to? */
function isContradictory(kinds: readonly ClaimKind[]): boolean {
  const moves = kinds.filter((kind) => kind === "up" || kind === "down" || kind === "stable");
  return moves.length > 1 || (kinds.includes("above") && kinds.includes("below"));
}

/** Paragraphs, list items and sentences. A dot inside a reference or a number ends nothing. */
function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s)/)
    .flatMap((block) => block.replace(/\s*\n\s*/g, " ").split(/(?<=[.!?…])\s+(?=[\p{Lu}«{*_])/u))
    .map((sentence) => sentence.replace(/^\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+/, "").trim())
    .filter((sentence) => sentence !== "");
}

function clausesOf(sentence: string): readonly string[] {
  return sentence.split(/\s*;\s*|,?\s(?:mais|tandis que?|alors que?|en revanche|quand|cependant)(?!\p{L})/iu);
}
