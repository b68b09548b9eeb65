import type { StatementStatus } from "~/domain/funding-call/lifecycle";
import type { Tone } from "../status";

export const STATEMENT_TONES: Record<StatementStatus, Tone> = {
  "kept-by-lead": "neutral",
  "nothing-due": "neutral",
  issued: "pending",
  titled: "pending",
  deposited: "pending",
  "partly-paid": "info",
  paid: "reached",
  cancelled: "missed",
};
