import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId } from "../kernel/ids";
import { dateOf, parisLocalAt, readParisClock, type LocalDateTime } from "../kernel/paris-time";
import { checkNotice, type NoticeAnswer, type NoticeRefusal, type NoticeRules } from "./notice";

export type MeetingState = "planned" | "convened" | "open" | "suspended" | "closed" | "cancelled";

export type MeetingTransition = "convene" | "open" | "suspend" | "resume" | "close" | "cancel";

export const MEETING_STATES = [
  "planned",
  "convened",
  "open",
  "suspended",
  "closed",
  "cancelled",
] as const satisfies readonly MeetingState[];

/** From each state, where each transition leads. A transition that is not listed is refused. */
export const MEETING_TRANSITIONS: Record<MeetingState, Partial<Record<MeetingTransition, MeetingState>>> = {
  planned: { convene: "convened", cancel: "cancelled" },
  convened: { open: "open", cancel: "cancelled" },
  open: { suspend: "suspended", close: "closed" },
  suspended: { resume: "open", close: "closed" },
  closed: {},
  cancelled: {},
};

/** One change of state, as recorded. `at` is an ISO instant in UTC; `reason` is the urgency or the cancellation, else null. */
export type MeetingTransitionRecord = {
  readonly transition: MeetingTransition;
  readonly from: MeetingState;
  readonly to: MeetingState;
  readonly actorId: PersonId;
  readonly at: string;
  readonly reason: string | null;
};

/** The meeting is not in a state from which this transition starts (a stale page, a double click). */
type WrongState = "wrong-state";

export function nextState(state: MeetingState, transition: MeetingTransition): Decision<MeetingState, WrongState> {
  const target = MEETING_TRANSITIONS[state][transition];
  return target === undefined ? refuse("wrong-state") : grant(target);
}

export type ScheduleRefusal = "meeting-in-past" | "time-does-not-exist";

/**
 * May a meeting be planned at this time? Refused in the past, and in the hour that the clock jumps over in March.
 * In the repeated hour of October the first of the two is meant.
 */
export function checkSchedule(scheduledAt: LocalDateTime, now: Date): Decision<LocalDateTime, ScheduleRefusal> {
  const reading = readParisClock(scheduledAt);
  if (reading.kind === "skipped") return refuse("time-does-not-exist");
  if (reading.instant.getTime() < now.getTime()) return refuse("meeting-in-past");
  return grant(scheduledAt);
}

export type ConveneFacts = {
  readonly state: MeetingState;
  readonly scheduledAt: LocalDateTime | null;
  readonly agendaItemCount: number;
  readonly isSecondConvening: boolean;
  readonly urgencyReason: string | null;
};

export type ConveneRefusal = WrongState | "agenda-empty" | "date-missing" | NoticeRefusal;

/**
 * May the convocation leave now? Needs a date, at least one agenda item and the notice of the rules, or a written reason of urgency.
 * A second convening has its whole notice: urgency never shortens it.
 * Source: CASF, art. R.123-16 and R.123-17 (model).
 */
export function conveneMeeting(
  facts: ConveneFacts,
  rules: NoticeRules,
  now: Date,
): Decision<{ readonly state: MeetingState; readonly notice: NoticeAnswer }, ConveneRefusal> {
  const next = nextState(facts.state, "convene");
  if (!next.ok) return next;
  if (facts.scheduledAt === null) return refuse("date-missing");
  if (facts.agendaItemCount < 1) return refuse("agenda-empty");
  if (readParisClock(facts.scheduledAt).instant.getTime() <= now.getTime()) return refuse("meeting-date-passed");
  const notice = checkNotice({
    sentOn: dateOf(parisLocalAt(now)),
    heldOn: dateOf(facts.scheduledAt),
    rules: facts.isSecondConvening ? { ...rules, urgencyAllowed: false } : rules,
    urgencyReason: facts.urgencyReason,
  });
  return notice.ok ? grant({ state: next.value, notice: notice.value }) : notice;
}

/** How long before its planned time a meeting may open: members already in the room may be recorded. */
export const OPENING_LEAD_HOURS = 2;

export type OpenFacts = {
  readonly state: MeetingState;
  readonly scheduledAt: LocalDateTime;
  readonly isChairNamed: boolean;
  readonly isSecretaryNamed: boolean;
};

export type OpenRefusal = WrongState | "too-early" | "chair-missing" | "secretary-missing";

/**
 * May the meeting open now? It does not need its quorum: without it no vote may be held, and it may close as inquorate.
 * Source: CGCT, art. L.2121-15, for the secretary named at the start (model).
 */
export function openMeeting(facts: OpenFacts, now: Date): Decision<MeetingState, OpenRefusal> {
  const next = nextState(facts.state, "open");
  if (!next.ok) return next;
  const planned = readParisClock(facts.scheduledAt).instant.getTime();
  if (now.getTime() < planned - OPENING_LEAD_HOURS * 3_600_000) return refuse("too-early");
  if (!facts.isChairNamed) return refuse("chair-missing");
  if (!facts.isSecretaryNamed) return refuse("secretary-missing");
  return next;
}

export type RoomFacts = { readonly state: MeetingState; readonly openPollCount: number };
export type RoomRefusal = WrongState | "poll-open";

/** No vote may be left open in a room that is suspended. */
export function suspendMeeting(facts: RoomFacts): Decision<MeetingState, RoomRefusal> {
  return leaveRoom(facts, "suspend");
}

export function resumeMeeting(state: MeetingState): Decision<MeetingState, WrongState> {
  return nextState(state, "resume");
}

/** A meeting closes from open or from suspended, once its last vote is closed. */
export function closeMeeting(facts: RoomFacts): Decision<MeetingState, RoomRefusal> {
  return leaveRoom(facts, "close");
}

function leaveRoom(facts: RoomFacts, transition: "suspend" | "close"): Decision<MeetingState, RoomRefusal> {
  const next = nextState(facts.state, transition);
  if (!next.ok) return next;
  return facts.openPollCount > 0 ? refuse("poll-open") : next;
}

export type CancelRefusal = WrongState | "reason-missing";

/** A meeting may be cancelled before it opens, with a written reason. */
export function cancelMeeting(state: MeetingState, reason: string): Decision<MeetingState, CancelRefusal> {
  const next = nextState(state, "cancel");
  if (!next.ok) return next;
  return reason.trim() === "" ? refuse("reason-missing") : next;
}

export type MeetingRefusal = ScheduleRefusal | ConveneRefusal | OpenRefusal | RoomRefusal | CancelRefusal;

/** What a closed meeting was: « held », or « inquorate » when no instant of it reached the quorum (procès-verbal de carence). */
export type MeetingOutcome = "held" | "inquorate";

/** Null as long as the meeting is not closed. Source: CASF, art. R.123-17 (model). */
export function meetingOutcome(state: MeetingState, everQuorate: boolean): MeetingOutcome | null {
  if (state !== "closed") return null;
  return everQuorate ? "held" : "inquorate";
}
