import { diffWordsWithSpace } from "diff";

/** A stretch of text that both versions hold, or only one of them. */
export type TextPiece = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** Word by word, how the second text differs from the first. */
export function compareTexts(before: string, after: string): readonly TextPiece[] {
  return diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}
