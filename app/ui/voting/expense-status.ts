import type { ExpenseStatus } from "~/domain/expense/expense";
import type { Tone } from "~/ui/status";

export const STATUS_TONES: Record<ExpenseStatus, Tone> = {
  requested: "info",
  "on-agenda": "info",
  "to-vote": "pending",
  validated: "reached",
  rejected: "missed",
  withdrawn: "neutral",
};
