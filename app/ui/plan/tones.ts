import type { DerivedState } from "~/domain/action-plan/progress";
import type { Opinion, RoundStanding, VisaKind } from "~/domain/action-plan/review";
import type { Tone } from "../status";

export const STATE_TONES: Record<DerivedState, Tone> = {
  "not-started": "neutral",
  "in-progress": "info",
  done: "reached",
  abandoned: "neutral",
};

export const OPINION_TONES: Record<Opinion, Tone> = {
  favourable: "reached",
  reserve: "pending",
  unfavourable: "missed",
  "no-opinion": "neutral",
};

export const ROUND_TONES: Record<RoundStanding, Tone> = {
  open: "pending",
  overdue: "missed",
  lapsed: "missed",
  "tacitly-approved": "reached",
  visa: "reached",
  superseded: "neutral",
};

export const VISA_TONES: Record<VisaKind, Tone> = {
  approved: "reached",
  "approved-with-reserves": "pending",
  refused: "missed",
};
