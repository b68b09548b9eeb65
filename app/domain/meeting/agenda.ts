import { grant, refuse, type Decision } from "../kernel/decision";
import type { AgendaItemId } from "../kernel/ids";
import type { MeetingState } from "./lifecycle";

export type AgendaItemKind =
  | "information"
  | "discussion"
  | "expense-validation"
  | "minutes-approval"
  | "orientation"
  | "rules-adoption"
  | "budget-adoption"
  | "dictionary-adoption"
  | "action-plan"
  | "agreement"
  | "indicators"
  | "ratification"
  | "other";

/** Kinds that are about one recorded thing: the expense, the minutes, the rules, the budget, the dictionary or the consultation that `subjectId` names. */
export const KINDS_WITH_SUBJECT: Record<AgendaItemKind, boolean> = {
  information: false,
  discussion: false,
  "expense-validation": true,
  "minutes-approval": true,
  orientation: false,
  "rules-adoption": true,
  "budget-adoption": true,
  "dictionary-adoption": true,
  "action-plan": true,
  agreement: false,
  indicators: false,
  ratification: true,
  other: false,
};

export type AgendaItem = {
  readonly id: AgendaItemId;
  /** 1 for the first, without gaps. */
  readonly position: number;
  readonly kind: AgendaItemKind;
  readonly title: string;
  readonly rapporteur: string | null;
  readonly durationMinutes: number | null;
  readonly subjectId: string | null;
  /** In a second convening, the item of the first meeting that this one takes up. */
  readonly copiedFromId: AgendaItemId | null;
};

export type AgendaItemDraft = Pick<AgendaItem, "kind" | "title" | "rapporteur" | "durationMinutes" | "subjectId">;

export type AgendaItemRefusal =
  "title-too-short" | "title-too-long" | "rapporteur-too-long" | "duration-out-of-range" | "subject-missing";

export const AGENDA_LIMITS = {
  shortestTitle: 3,
  longestTitle: 200,
  longestRapporteur: 120,
  longestMinutes: 480,
} as const;

/**
 * Everything that keeps an item off the agenda: a title of 3 to 200 characters, a duration of 1 to 480 whole minutes when given. The subject comes
 * first, since a title left empty follows from it.
 */
export function checkAgendaItem(draft: AgendaItemDraft): readonly AgendaItemRefusal[] {
  const refusals: AgendaItemRefusal[] = [];
  if (KINDS_WITH_SUBJECT[draft.kind] && draft.subjectId === null) refusals.push("subject-missing");
  const title = draft.title.trim();
  if (title.length < AGENDA_LIMITS.shortestTitle) refusals.push("title-too-short");
  if (title.length > AGENDA_LIMITS.longestTitle) refusals.push("title-too-long");
  if ((draft.rapporteur ?? "").trim().length > AGENDA_LIMITS.longestRapporteur) refusals.push("rapporteur-too-long");
  if (draft.durationMinutes !== null && !isDuration(draft.durationMinutes)) refusals.push("duration-out-of-range");
  return refusals;
}

function isDuration(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= AGENDA_LIMITS.longestMinutes;
}

/** In order of position, positions made 1, 2, 3… Equal positions keep the order of the list. */
export function orderAgenda(items: readonly AgendaItem[]): readonly AgendaItem[] {
  return renumber([...items].sort((a, b) => a.position - b.position));
}

function renumber(items: readonly AgendaItem[]): readonly AgendaItem[] {
  return items.map((item, index) => (item.position === index + 1 ? item : { ...item, position: index + 1 }));
}

export type MoveRefusal = "item-unknown" | "already-first" | "already-last";

/** Exchanges an item with its neighbour. */
export function moveAgendaItem(
  items: readonly AgendaItem[],
  id: AgendaItemId,
  direction: "up" | "down",
): Decision<readonly AgendaItem[], MoveRefusal> {
  const ordered = orderAgenda(items);
  const index = ordered.findIndex((item) => item.id === id);
  const item = ordered[index];
  if (item === undefined) return refuse("item-unknown");
  const otherIndex = direction === "up" ? index - 1 : index + 1;
  const other = ordered[otherIndex];
  if (other === undefined) return refuse(direction === "up" ? "already-first" : "already-last");
  return grant(renumber(ordered.map((each, at) => (at === index ? other : at === otherIndex ? item : each))));
}

/** What the next meeting must settle: the minutes of an earlier one, or a written consultation that adopted something. */
export type PendingItem = {
  readonly kind: "minutes-approval" | "ratification";
  readonly subjectId: string;
  readonly title: string;
};

/**
 * Puts the approval of earlier minutes at the head of the agenda, then the ratification of written consultations, in the order given, unless the
 * agenda has them already. A second convening takes nothing that its first agenda did not hold: it is not given to this function.
 * Source: CGCT, art. L.2121-15 (model): the minutes are settled at the start of the next meeting.
 */
export function addPendingItems(
  items: readonly AgendaItem[],
  pending: readonly PendingItem[],
  newId: () => AgendaItemId,
): readonly AgendaItem[] {
  const ordered = orderAgenda(items);
  const added = pending
    .filter(({ kind, subjectId }) => !items.some((item) => item.kind === kind && item.subjectId === subjectId))
    .map(({ kind, subjectId, title }): AgendaItem => ({
      ...{ id: newId(), position: 0, kind, title, rapporteur: null, durationMinutes: null, subjectId },
      copiedFromId: null,
    }));
  const isApproval = ({ kind }: AgendaItem): boolean => kind === "minutes-approval";
  const firstOther = ordered.findIndex((item) => !isApproval(item));
  const head = firstOther === -1 ? ordered : ordered.slice(0, firstOther);
  return renumber([
    ...added.filter(isApproval),
    ...head,
    ...added.filter((item) => !isApproval(item)),
    ...ordered.slice(head.length),
  ]);
}

/** The announced length of the meeting, and how many items announce none. */
export function totalDuration(items: readonly AgendaItem[]): {
  readonly minutes: number;
  readonly withoutDuration: number;
} {
  return {
    minutes: items.reduce((sum, item) => sum + (item.durationMinutes ?? 0), 0),
    withoutDuration: items.filter((item) => item.durationMinutes === null).length,
  };
}

export type AgendaChange = "add" | "edit" | "remove" | "reorder";

export type AgendaChangeRequest = {
  readonly meetingState: MeetingState;
  readonly isSecondConvening: boolean;
  readonly change: AgendaChange;
  /** Written reason, kept with the act; asked for once the convocation has left. */
  readonly reason: string;
  /** Has a vote already been opened on the item? */
  readonly itemHasPoll: boolean;
};

export type AgendaChangeRefusal =
  "agenda-frozen" | "second-convening-adds-nothing" | "change-reason-missing" | "item-has-poll";

/**
 * May the agenda change? Freely while the meeting is planned. Once convened, until it closes, an item may only be removed or moved, with a
 * written reason: members were told what would be decided. A second convening holds nothing but items of the first agenda, unchanged.
 * Source: CASF, art. R.123-16 and R.123-17 (model).
 */
export function checkAgendaChange(request: AgendaChangeRequest): Decision<AgendaChange, AgendaChangeRefusal> {
  const widens = request.change === "add" || request.change === "edit";
  if (AGENDA_FREEDOM[request.meetingState] === "none") return refuse("agenda-frozen");
  if (request.isSecondConvening && widens) return refuse("second-convening-adds-nothing");
  if (request.itemHasPoll && request.change !== "reorder") return refuse("item-has-poll");
  if (AGENDA_FREEDOM[request.meetingState] === "all") return grant(request.change);
  if (widens) return refuse("agenda-frozen");
  return request.reason.trim() === "" ? refuse("change-reason-missing") : grant(request.change);
}

const AGENDA_FREEDOM: Record<MeetingState, "all" | "remove-and-reorder" | "none"> = {
  planned: "all",
  convened: "remove-and-reorder",
  open: "remove-and-reorder",
  suspended: "remove-and-reorder",
  closed: "none",
  cancelled: "none",
};

export type ProposalState = "proposed" | "accepted" | "refused";

export type ProposalVerdict =
  | { readonly kind: "accept" }
  | { readonly kind: "refuse"; readonly reason: string }
  /** Proposed again for another meeting; null when none is planned. */
  | { readonly kind: "carry"; readonly to: { readonly meetingState: MeetingState } | null };

export type ProposalRefusal =
  "agenda-frozen" | "proposal-already-decided" | "refusal-reason-missing" | "no-meeting-to-carry-to";

/** Members propose items as long as the convocation has not left. */
export function proposeAgendaItem(meetingState: MeetingState): Decision<ProposalState, ProposalRefusal> {
  return meetingState === "planned" ? grant("proposed") : refuse("agenda-frozen");
}

/**
 * A proposal is decided once. It is refused with a reason; it can no longer be accepted once the convocation has left, but it can be carried to
 * a later meeting whose convocation has not, where it is decided as if it had been proposed there.
 */
export function decideProposal(
  proposal: { readonly state: ProposalState; readonly meetingState: MeetingState },
  verdict: ProposalVerdict,
): Decision<ProposalState, ProposalRefusal> {
  if (proposal.state !== "proposed") return refuse("proposal-already-decided");
  if (verdict.kind === "accept")
    return proposal.meetingState === "planned" ? grant("accepted") : refuse("agenda-frozen");
  if (verdict.kind === "carry")
    return verdict.to?.meetingState === "planned" ? grant("proposed") : refuse("no-meeting-to-carry-to");
  return verdict.reason.trim() === "" ? refuse("refusal-reason-missing") : grant("refused");
}
