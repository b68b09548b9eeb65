import type { BookingStatus } from "~/domain/in-kind/booking";
import type { TimeEntry } from "~/domain/staff-time/staff-time";
import type { SubsidyStatus } from "~/domain/subsidy/subsidy";
import type { Tone } from "../status";

export const STANDING_TONES: Record<TimeEntry["standing"], Tone> = {
  agreed: "neutral",
  contested: "pending",
  upheld: "reached",
  rejected: "missed",
};

export const BOOKING_TONES: Record<BookingStatus, Tone> = {
  requested: "pending",
  accepted: "reached",
  refused: "missed",
  cancelled: "neutral",
};

export const SUBSIDY_TONES: Record<SubsidyStatus, Tone> = {
  requested: "pending",
  agreed: "info",
  declined: "missed",
  paid: "reached",
};
