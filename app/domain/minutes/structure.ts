import type { AgendaItemId, MeetingId, NetworkId, PersonId, PollId, SeatId } from "../kernel/ids";
import type { Cents } from "../kernel/money";
import type { LocalDateTime } from "../kernel/paris-time";
import type { PlainDate } from "../kernel/plain-date";
import type { AgendaItemKind } from "../meeting/agenda";
import type { AttendanceMode } from "../meeting/attendance";
import type { MeetingOutcome } from "../meeting/lifecycle";
import type { SeatRole } from "../committee/seats";
import type { Choice, PollMode } from "../voting/poll";
import type { SinceCause } from "../voting/room";
import type { Tally, VoiceCounts } from "../voting/tally";

/** Everything recorded about one meeting. Facts are read, never typed: they show in the minutes as they stand in the register. */
export type MinutesFacts = {
  readonly networkId: NetworkId;
  readonly networkName: string;
  readonly meetingId: MeetingId;
  /** « 2026-04 »: the year and the rank of the meeting in it. */
  readonly meetingNumber: string;
  readonly place: string;
  readonly scheduledAt: LocalDateTime;
  readonly openedAt: LocalDateTime | null;
  readonly closedAt: LocalDateTime | null;
  readonly outcome: MeetingOutcome | null;
  readonly convocation: ConvocationFacts;
  /** The meeting that this one convenes a second time. */
  readonly secondConveningOf: { readonly meetingNumber: string; readonly scheduledAt: LocalDateTime } | null;
  /** The meeting that convened this one a second time, for want of a quorum. */
  readonly secondConvening: { readonly meetingNumber: string; readonly scheduledAt: LocalDateTime } | null;
  readonly chair: OfficerFacts | null;
  readonly secretary: OfficerFacts | null;
  readonly seats: readonly SeatFacts[];
  readonly proxies: readonly ProxyFacts[];
  /** The quorum as the meeting opened; null when nobody took note of it. */
  readonly openingQuorum: QuorumFacts | null;
  /** Each time that the quorum was lost, and found again, once it had been reached. */
  readonly quorumTurns: readonly QuorumTurn[];
  readonly items: readonly ItemFacts[];
  /** Null for a meeting of the committee. */
  readonly governance: GovernanceFacts | null;
  readonly suspensions: readonly SuspensionFacts[];
};

/**
 * A meeting that a convention composes: its clause, and each group that the text lists, present or absent. Groups only, never names.
 * Source: Sceaux, art. 5; Nord, V.
 */
export type GovernanceFacts = {
  readonly title: string;
  readonly article: string;
  readonly groups: readonly { readonly label: string; readonly presence: "present" | "absent" | "not-noted" }[];
};

export type ConvocationFacts = {
  readonly sentOn: PlainDate | null;
  /** The French sentence on days and clear days, from `noticeSentence`. */
  readonly noticeSentence: string | null;
  readonly urgencyReason: string | null;
};

export type OfficerFacts = { readonly personId: PersonId; readonly name: string; readonly seatLabel: string | null };

export type SeatPresence = "present" | "represented" | "absent" | "vacant";

export type SeatFacts = {
  readonly seatId: SeatId;
  /** « CCAS de Bouvron ». */
  readonly label: string;
  /** Who sat for the seat, or should have; null when the seat is vacant. */
  readonly personId: PersonId | null;
  readonly personName: string | null;
  readonly capacity: SeatRole | null;
  readonly presence: SeatPresence;
  /** Absent, and said so before the meeting. */
  readonly isExcused: boolean;
  readonly isConsultative: boolean;
  readonly periods: readonly AttendancePeriod[];
};

/** `to` is null when the seat stayed until the end. */
export type AttendancePeriod = {
  readonly from: LocalDateTime;
  readonly to: LocalDateTime | null;
  readonly mode: AttendanceMode;
};

export type ProxyFacts = {
  readonly giverLabel: string;
  readonly holderLabel: string;
  readonly revokedAt: LocalDateTime | null;
  /** While its giver was in the room, the proxy was void; `to` is null when the giver stayed until the end. */
  readonly voidPeriods: readonly Pick<AttendancePeriod, "from" | "to">[];
};

export type QuorumTurn = { readonly at: LocalDateTime; readonly reached: boolean; readonly sentence: string };

export type QuorumFacts = {
  readonly reached: boolean;
  readonly sentence: string;
  /** The same minute according to what was written or corrected since, when that tells otherwise. */
  readonly since: { readonly cause: SinceCause; readonly sentence: string } | null;
};

export type ItemFacts = {
  readonly id: AgendaItemId;
  readonly position: number;
  readonly kind: AgendaItemKind;
  readonly title: string;
  readonly rapporteur: string | null;
  /** False when the item was taken off or put off. */
  readonly wasExamined: boolean;
  /** Titles of the documents on which the item was decided. */
  readonly reports: readonly string[];
  readonly quorum: QuorumFacts | null;
  readonly withdrawals: readonly { readonly seatLabel: string; readonly at: LocalDateTime }[];
  readonly ballotRequests: readonly BallotRequestFacts[];
  readonly polls: readonly PollFacts[];
};

/** A request for a particular ballot (secret), with those who asked and whether it was granted. */
export type BallotRequestFacts = { readonly askedBy: readonly string[]; readonly granted: boolean };

export type PollFacts = {
  readonly id: PollId;
  readonly motion: string;
  readonly mode: PollMode;
  readonly isClosed: boolean;
  /** Null until the poll is closed. */
  readonly counts: VoiceCounts | null;
  /** Public polls only: who voted and how. Always empty for a secret poll. */
  readonly ballots: readonly { readonly seatLabel: string; readonly personName: string; readonly choice: Choice }[];
  readonly resultSentence: string | null;
  /** Null while the poll is open, and when it closed without deciding anything. */
  readonly result: Tally["result"] | null;
  /** « 2026-3 », the number of the decision that was adopted; null when nothing was. */
  readonly decisionNumber: string | null;
  /** The expense that was put to the vote, here or in the written consultation that is ratified; null for a vote on anything else. */
  readonly expense: PolledExpense | null;
};

export type PolledExpense = { readonly object: string; readonly supplier: string; readonly amount: Cents };

export type SuspensionFacts = {
  readonly from: LocalDateTime;
  readonly to: LocalDateTime | null;
  readonly reason: string | null;
};

/** What the secretary wrote in one slot. An internal text is left out of the public version. */
export type ProseText = { readonly markdown: string; readonly internal: boolean };

/** Slots by key, « opening » or « item/<id>/discussion ». A slot that nobody wrote is absent or blank. */
export type MinutesProse = Readonly<Record<string, ProseText>>;

export type FactContent =
  | { readonly type: "identity" }
  | { readonly type: "convocation" }
  | { readonly type: "second-convening" }
  | { readonly type: "officers" }
  | { readonly type: "attendance" }
  | { readonly type: "listed-groups"; readonly governance: GovernanceFacts }
  | { readonly type: "proxies" }
  | { readonly type: "opening-quorum" }
  | { readonly type: "agenda" }
  | { readonly type: "inquorate-record" }
  | { readonly type: "item-heading"; readonly item: ItemFacts }
  | { readonly type: "item-quorum"; readonly item: ItemFacts; readonly quorum: QuorumFacts }
  | { readonly type: "item-withdrawals"; readonly item: ItemFacts }
  | { readonly type: "ballot-requests"; readonly item: ItemFacts }
  | { readonly type: "poll"; readonly item: ItemFacts; readonly poll: PollFacts }
  | { readonly type: "suspensions" }
  | { readonly type: "closing" }
  | { readonly type: "signatures" };

export type ProseSlot = "opening" | "report" | "discussion" | "remarks" | "closing";

export type MinutesBlock =
  /** Comes from the records: locked. */
  | { readonly kind: "fact"; readonly key: string; readonly content: FactContent }
  /** Written by the secretary. */
  | { readonly kind: "prose"; readonly key: string; readonly slot: ProseSlot; readonly itemId: AgendaItemId | null };

/**
 * The minutes' blocks in order: facts, and between them the slots for prose. The same facts always give the same outline.
 * A meeting without quorum has an inquorate record (procès-verbal de carence) instead of its items.
 * Source: CGCT, art. L.2121-15 (model), for what minutes hold.
 */
export function minutesOutline(facts: MinutesFacts): readonly MinutesBlock[] {
  return [
    fact("identity", { type: "identity" }),
    fact("convocation", { type: "convocation" }),
    ...when(facts.secondConveningOf !== null, fact("second-convening", { type: "second-convening" })),
    fact("officers", { type: "officers" }),
    fact("attendance", { type: "attendance" }),
    ...(facts.governance === null
      ? []
      : [fact("listed-groups", { type: "listed-groups", governance: facts.governance })]),
    ...when(facts.proxies.length > 0, fact("proxies", { type: "proxies" })),
    fact("opening-quorum", { type: "opening-quorum" }),
    fact("agenda", { type: "agenda" }),
    prose("opening", null),
    ...(facts.outcome === "inquorate"
      ? [fact("inquorate-record", { type: "inquorate-record" })]
      : itemsInOrder(facts).flatMap(itemBlocks)),
    ...when(facts.suspensions.length > 0, fact("suspensions", { type: "suspensions" })),
    prose("closing", null),
    fact("closing-time", { type: "closing" }),
    fact("signatures", { type: "signatures" }),
  ];
}

/** Items by position; equal positions by identifier, so that row order never shows. */
export function itemsInOrder(facts: MinutesFacts): readonly ItemFacts[] {
  return [...facts.items].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

function itemBlocks(item: ItemFacts): readonly MinutesBlock[] {
  const heading = fact(`item/${item.id}/heading`, { type: "item-heading", item });
  if (!item.wasExamined) return [heading, prose("remarks", item.id)];
  return [
    heading,
    ...(item.quorum === null
      ? []
      : [fact(`item/${item.id}/quorum`, { type: "item-quorum", item, quorum: item.quorum })]),
    ...when(item.withdrawals.length > 0, fact(`item/${item.id}/withdrawals`, { type: "item-withdrawals", item })),
    prose("report", item.id),
    prose("discussion", item.id),
    ...when(item.ballotRequests.length > 0, fact(`item/${item.id}/ballot-requests`, { type: "ballot-requests", item })),
    ...item.polls.map((poll) => fact(`item/${item.id}/poll/${poll.id}`, { type: "poll", item, poll })),
    prose("remarks", item.id),
  ];
}

function fact(key: string, content: FactContent): MinutesBlock {
  return { kind: "fact", key, content };
}

function prose(slot: ProseSlot, itemId: AgendaItemId | null): MinutesBlock {
  return { kind: "prose", key: proseKey(slot, itemId), slot, itemId };
}

function when(condition: boolean, block: MinutesBlock): readonly MinutesBlock[] {
  return condition ? [block] : [];
}

/** The key of a slot, also used in addresses and forms. « closing » is the slot; the closing time is a fact with its own key. */
export function proseKey(slot: ProseSlot, itemId: AgendaItemId | null): string {
  return itemId === null ? slot : `item/${itemId}/${slot}`;
}

export function isProseKey(facts: MinutesFacts, key: string): boolean {
  return minutesOutline(facts).some((block) => block.kind === "prose" && block.key === key);
}

export function isWritten(prose: MinutesProse, key: string): boolean {
  return (prose[key]?.markdown.trim() ?? "") !== "";
}

/** What the public reads: every fact, and the slots that are written and not internal. */
export function publicBlocks(facts: MinutesFacts, prose: MinutesProse): readonly MinutesBlock[] {
  return minutesOutline(facts).filter(
    (block) => block.kind === "fact" || (isWritten(prose, block.key) && prose[block.key]?.internal === false),
  );
}
