import { can, type Actor } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";

export const ENTRY_KINDS = ["minutes", "decision", "agenda", "document", "agreement"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * Who finds an entry. « outside-… »: what those who read less find of a thing of which the others find more, so that nobody finds it twice.
 */
export type EntryAccess = "public" | "members" | "outside-members" | "attendees" | "outside-attendees" | "lead";

/** What an actor finds in a network, by the same rights as the pages that the results lead to. */
export function searchableAccesses(actor: Actor, networkId: NetworkId): readonly EntryAccess[] {
  const isMember = can(actor, "library.read", { networkId });
  const isAttendee = can(actor, "minutes.read-draft", { networkId, state: "draft" });
  return [
    "public",
    isMember ? "members" : "outside-members",
    isAttendee ? "attendees" : "outside-attendees",
    ...(can(actor, "library.write", { networkId }) ? (["lead"] as const) : []),
  ];
}

/** In the address of the search. */
export const KIND_WORDS: Record<EntryKind, string> = {
  minutes: "proces-verbaux",
  decision: "decisions",
  agenda: "ordres-du-jour",
  document: "documents",
  agreement: "conventions",
};

export const KIND_LABELS: Record<EntryKind, string> = {
  minutes: "Procès-verbaux",
  decision: "Décisions",
  agenda: "Ordres du jour",
  document: "Documents",
  agreement: "Conventions",
};

export function readKind(word: string): EntryKind | null {
  return ENTRY_KINDS.find((kind) => KIND_WORDS[kind] === word) ?? null;
}
