/** Kinds of papers that a network keeps. Each has its own retention rule. */
export const LIBRARY_KINDS = [
  "agreement",
  "amendment",
  "deliberation",
  "rules",
  "report",
  "form",
  "letter",
  "accounting",
  "communication",
  "other",
] as const;
export type LibraryKind = (typeof LIBRARY_KINDS)[number];

export function isLibraryKind(text: string): text is LibraryKind {
  return LIBRARY_KINDS.some((kind) => kind === text);
}

/** Who may read a paper: everyone, the members of the network, the secretariat of its lead. */
export const LIBRARY_ACCESSES = ["public", "members", "lead"] as const;
export type LibraryAccess = (typeof LIBRARY_ACCESSES)[number];

export function isLibraryAccess(text: string): text is LibraryAccess {
  return LIBRARY_ACCESSES.some((access) => access === text);
}
