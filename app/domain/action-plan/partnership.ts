/**
 * Who already does what on a theme, and what is done together: the evolving annex of a local protocol. It changes without an amendment; each change is
 * a new entry and the former ones stay. Source: Protocole local de Sceaux, art. 3.
 */
export type PartnershipEntry = {
  readonly themeKey: string;
  /** What the department's services do already. */
  readonly department: string;
  /** What the town or its CCAS do already. */
  readonly towns: string;
  /** What both do, or will do, together. */
  readonly together: string;
};

/** The last entry of each theme. @param entries in order of recording */
export function currentMatrix<Entry extends PartnershipEntry>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.themeKey, entry]));
}

/** Did anything change from the entry that stands? Spaces around a text are no change. */
export function changesEntry(current: PartnershipEntry | null, next: PartnershipEntry): boolean {
  const texts = (entry: PartnershipEntry | null) =>
    [entry?.department ?? "", entry?.towns ?? "", entry?.together ?? ""].map((text) => text.trim()).join("\u0000");
  return texts(current) !== texts(next);
}
