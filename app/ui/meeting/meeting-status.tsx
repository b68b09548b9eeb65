import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import { MEETING_STATE_LABELS, OUTCOME_LABELS } from "~/documents/meeting-words";
import { Tag, type Tone } from "../status";

const STATE_TONES: Record<MeetingState, Tone> = {
  planned: "neutral",
  convened: "info",
  open: "pending",
  suspended: "pending",
  closed: "neutral",
  cancelled: "missed",
};

export function MeetingStateTag({ state }: { readonly state: MeetingState }) {
  return <Tag tone={STATE_TONES[state]}>{MEETING_STATE_LABELS[state]}</Tag>;
}

export function OutcomeTag({ outcome }: { readonly outcome: MeetingOutcome }) {
  return <Tag tone={outcome === "held" ? "reached" : "missed"}>{OUTCOME_LABELS[outcome]}</Tag>;
}
