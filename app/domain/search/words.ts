/** How a text becomes words that a French reader finds: without accents nor case, without plural, elisions and hyphens cut. */

/** Without accents nor case, letter for letter: the folded text is as long as the text in its composed form. */
export function foldText(text: string): string {
  let folded = "";
  for (const letter of text.normalize("NFC")) folded += foldLetter(letter);
  return folded;
}

function foldLetter(letter: string): string {
  if (letter < "\u0080") return letter.toLowerCase();
  return FOLDED.get(letter) ?? [...letter.normalize("NFD").toLowerCase()][0] ?? letter;
}

const FOLDED: ReadonlyMap<string, string> = new Map([
  ["\u00a0", " "],
  ["\u202f", " "],
  ["’", "'"],
  ["Œ", "œ"],
  ["Æ", "æ"],
]);

const STOP_WORDS = new Set(
  (
    "au aux avec ce ces cette cet dans de des du elle en et est eux il ils je la le les leur leurs lui ma mais me mes moi mon ne nos notre nous on ou " +
    "par pas pour qu que qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous ont ete etre a y d l c j m n s t"
  ).split(" "),
);

/** Shortest word that is kept; numbers are kept from one digit. */
const SHORTEST = 2;
const LONGEST = 40;

/**
 * The stem under which a folded word is found. Light: plurals in s, x and « aux » only, so that nothing unexpected is found;
 * the search itself looks for words that start with the stem.
 */
export function stemOf(word: string): string {
  if (/^\d+$/.test(word) || word.length <= 3) return word;
  if (word.endsWith("aux") && word.length > 4) return `${word.slice(0, -3)}al`;
  return word.replace(/(?<=..)[sx]$/, "");
}

/** Words of a text in their order, as stems, without those that say nothing. */
export function listStems(text: string): readonly string[] {
  const words = foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => word.length >= SHORTEST || /\d/.test(word))
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => stemOf(word.slice(0, LONGEST)));
}

const TITLE_WEIGHT = 8;
const MOST_WEIGHT = 60;

/** How much each word weighs in an entry: where it stands and how often, bounded so that a long text does not win by its length. */
export function weighWords(title: string, body: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (stem: string, weight: number): void => {
    weights.set(stem, Math.min(MOST_WEIGHT, (weights.get(stem) ?? 0) + weight));
  };
  for (const stem of listStems(title)) add(stem, TITLE_WEIGHT);
  for (const stem of listStems(body)) add(stem, 1);
  return weights;
}

const MOST_QUERY_WORDS = 8;

/** What somebody looks for: distinct stems, in their order. Empty when they typed only words that say nothing. */
export function readQuery(text: string): readonly string[] {
  return [...new Set(listStems(text))].slice(0, MOST_QUERY_WORDS);
}

export type ExcerptPart = { readonly text: string; readonly isMatch: boolean };

const SIDE = 110;

/** The words around the first match, every match marked. Null when the text holds none. */
export function excerptOf(text: string, stems: readonly string[], around = SIDE): readonly ExcerptPart[] | null {
  const letters = [...text.normalize("NFC")];
  const folded = foldText(text);
  const matches = findMatches(folded, stems);
  const first = matches[0];
  if (!first) return null;
  const from = Math.max(0, first.from - around);
  const to = Math.min(letters.length, first.to + around);
  const parts: ExcerptPart[] = [];
  const push = (start: number, end: number, isMatch: boolean): void => {
    if (end > start) parts.push({ text: letters.slice(start, end).join("").replace(/\s+/g, " "), isMatch });
  };
  let at = from;
  if (from > 0) parts.push({ text: "… ", isMatch: false });
  for (const match of matches.filter((each) => each.from >= from && each.to <= to)) {
    push(at, match.from, false);
    push(match.from, match.to, true);
    at = match.to;
  }
  push(at, to, false);
  if (to < letters.length) parts.push({ text: " …", isMatch: false });
  return parts;
}

type Match = { readonly from: number; readonly to: number };

/** Whole words that start with a stem, or whose stem does (« locaux » for « local »). Positions count letters, as `foldText` does. */
function findMatches(folded: string, stems: readonly string[]): readonly Match[] {
  const matches: Match[] = [];
  const letters = [...folded];
  let start = -1;
  for (let at = 0; at <= letters.length; at += 1) {
    const isLetter = at < letters.length && /[\p{L}\p{N}]/u.test(letters[at] ?? "");
    if (isLetter && start < 0) start = at;
    if (isLetter || start < 0) continue;
    const word = letters.slice(start, at).join("");
    const stem = stemOf(word);
    if (stems.some((wanted) => word.startsWith(wanted) || stem.startsWith(wanted)))
      matches.push({ from: start, to: at });
    start = -1;
  }
  return matches;
}
