import { itemsInOrder, minutesOutline } from "~/domain/minutes/structure";
import type { PlainBlock } from "~/documents/document-model";
import { composeFact } from "~/documents/minutes";
import { readProse, type ProseBlock } from "~/documents/prose";
import type { TypedBlock, WriteConflict } from "~/features/minutes/commands.server";
import { compareTexts, type TextPiece } from "~/features/minutes/compare";
import { SLOT_LABELS } from "~/features/minutes/messages.fr";
import type { MinutesRecord } from "~/features/minutes/queries.server";

export type EditorSlot = {
  readonly kind: "prose";
  readonly key: string;
  readonly label: string;
  readonly markdown: string;
  readonly internal: boolean;
  readonly revision: number;
  /** Another person's text, when theirs was saved in between. */
  readonly conflict: { readonly name: string; readonly pieces: readonly TextPiece[]; readonly theirs: string } | null;
  readonly preview: readonly ProseBlock[] | null;
};

export type EditorBlock =
  { readonly kind: "fact"; readonly key: string; readonly blocks: readonly PlainBlock[] } | EditorSlot;

type Typed = {
  readonly blocks?: readonly TypedBlock[];
  readonly conflicts?: readonly WriteConflict[];
  readonly withPreview?: boolean;
};

/** The editing page's blocks: recorded facts as they stand, and between them the slots with what was typed, or else what is saved. */
export function composeEditor(minutes: MinutesRecord, typed: Typed = {}): readonly EditorBlock[] {
  const positions = new Map(itemsInOrder(minutes.facts).map(({ id, position }) => [id, position]));
  return minutesOutline(minutes.facts).map((block): EditorBlock => {
    if (block.kind === "fact")
      return { kind: "fact", key: block.key, blocks: composeFact(block.content, minutes.facts, {}) };
    const saved = minutes.blocks[block.key];
    const mine = typed.blocks?.find(({ key }) => key === block.key);
    const conflict = typed.conflicts?.find(({ key }) => key === block.key);
    const position = block.itemId === null ? undefined : positions.get(block.itemId);
    const markdown = conflict?.mine ?? mine?.markdown ?? saved?.markdown ?? "";
    return {
      kind: "prose",
      key: block.key,
      label: `${position === undefined ? "" : `Point ${position}, `}${SLOT_LABELS[block.slot]}`,
      markdown,
      internal: conflict?.mineInternal ?? mine?.internal ?? saved?.internal ?? false,
      revision: conflict?.theirRevision ?? mine?.revision ?? saved?.revision ?? 0,
      conflict: conflict
        ? { name: conflict.theirName, theirs: conflict.theirs, pieces: compareTexts(conflict.theirs, conflict.mine) }
        : null,
      preview: typed.withPreview && markdown.trim() !== "" ? readProse(markdown) : null,
    };
  });
}
