import type { AmendmentState } from "~/domain/agreement/amendment";
import type { NoticeState } from "~/domain/agreement/notice";
import type { ObligationState } from "~/domain/agreement/obligations";
import type { Standing } from "~/domain/agreement/terms";
import type { Tone } from "~/ui/status";

export const OBLIGATION_TONES: Record<ObligationState, Tone> = { late: "missed", due: "pending", met: "reached" };

export const STANDING_TONES: Record<Standing["state"] | "draft", Tone> = {
  draft: "pending",
  "not-started": "info",
  running: "reached",
  indefinite: "info",
  expired: "neutral",
  terminated: "missed",
};

export const AMENDMENT_TONES: Record<AmendmentState, Tone> = {
  draft: "neutral",
  submitted: "pending",
  effective: "reached",
  rejected: "missed",
  withdrawn: "neutral",
};

export const NOTICE_TONES: Record<NoticeState, Tone> = {
  "awaiting-receipt": "pending",
  running: "pending",
  ended: "missed",
  cured: "reached",
  withdrawn: "neutral",
};
