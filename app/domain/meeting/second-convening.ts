import type { RulesContent } from "../committee/rules";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { AgendaItemId, MeetingId } from "../kernel/ids";
import { dateOf, type LocalDateTime } from "../kernel/paris-time";
import type { PlainDate } from "../kernel/plain-date";
import { orderAgenda, type AgendaItem } from "./agenda";
import type { MeetingState } from "./lifecycle";
import { countNotice, latestSendingDate, type NoticeCount } from "./notice";

export type FirstMeeting = {
  readonly id: MeetingId;
  readonly state: MeetingState;
  readonly everQuorate: boolean;
  /** At its opening the chair found that the quorum was not there, and said so in the record. */
  readonly failureDeclared: boolean;
  readonly isSecondConvening: boolean;
  readonly secondMeetingId: MeetingId | null;
  readonly agenda: readonly AgendaItem[];
};

export type SecondConveningRequest = {
  readonly scheduledAt: LocalDateTime;
  /** The earliest day on which the new convocation can leave. */
  readonly today: PlainDate;
  readonly rules: Pick<RulesContent, "notice" | "secondConvening">;
  readonly newItemId: () => AgendaItemId;
};

export type SecondConvening = {
  readonly firstMeetingId: MeetingId;
  readonly scheduledAt: LocalDateTime;
  /** « none »: valid whatever the number present. */
  readonly quorum: RulesContent["secondConvening"]["quorum"];
  readonly agenda: readonly AgendaItem[];
  readonly notice: NoticeCount;
  readonly sendBy: PlainDate;
};

export type SecondConveningRefusal =
  | "first-meeting-not-over"
  | "quorum-was-reached"
  | "first-meeting-cancelled"
  | "already-a-second-convening"
  | "already-reconvened"
  | "agenda-empty"
  | "second-meeting-too-soon";

/**
 * Prepares the second convening of a meeting that closed, or was declared at its opening, without its quorum: the same agenda and nothing else,
 * a whole new notice counted from today (urgency never shortens it), and the quorum that the rules give to a second convening.
 * Source: CASF, art. R.123-17 (model).
 */
export function prepareSecondConvening(
  first: FirstMeeting,
  request: SecondConveningRequest,
): Decision<SecondConvening, SecondConveningRefusal> {
  const obstacle = findObstacle(first);
  if (obstacle !== null) return refuse(obstacle);
  const heldOn = dateOf(request.scheduledAt);
  const notice = countNotice(request.today, heldOn, request.rules.notice);
  if (!notice.isMet) return refuse("second-meeting-too-soon");
  return grant({
    firstMeetingId: first.id,
    scheduledAt: request.scheduledAt,
    quorum: request.rules.secondConvening.quorum,
    agenda: orderAgenda(first.agenda).map((item) => ({ ...item, id: request.newItemId(), copiedFromId: item.id })),
    notice,
    sendBy: latestSendingDate(heldOn, request.rules.notice),
  });
}

/** Why this meeting can't be convened a second time, or null. */
export function findObstacle(first: FirstMeeting): Exclude<SecondConveningRefusal, "second-meeting-too-soon"> | null {
  if (first.state === "cancelled") return "first-meeting-cancelled";
  if (first.isSecondConvening) return "already-a-second-convening";
  if (first.secondMeetingId !== null) return "already-reconvened";
  if (first.everQuorate) return "quorum-was-reached";
  if (first.state !== "closed" && !declaredWhileOpen(first)) return "first-meeting-not-over";
  return first.agenda.length === 0 ? "agenda-empty" : null;
}

function declaredWhileOpen(first: FirstMeeting): boolean {
  return first.failureDeclared && (first.state === "open" || first.state === "suspended");
}

/** Does a second convening hold nothing but items of the first agenda, each at most once, of the same kind, title and subject? */
export function isWithinFirstAgenda(second: readonly AgendaItem[], first: readonly AgendaItem[]): boolean {
  const taken = new Set<AgendaItemId>();
  return second.every((item) => {
    const source = first.find((candidate) => candidate.id === item.copiedFromId);
    if (source === undefined || taken.has(source.id)) return false;
    taken.add(source.id);
    return source.kind === item.kind && source.title === item.title && source.subjectId === item.subjectId;
  });
}
