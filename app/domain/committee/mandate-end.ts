import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";
import type { Mandate } from "./seats";

export type MandateEndRefusal = "ends-before-start" | "already-ended";

/**
 * May this mandate end on that day? The last day is included: a mandate lasts at least the day on which it starts.
 * An end can be brought forward, never put off: to sit longer takes a new designation.
 */
export function checkMandateEnd(mandate: Mandate, endsOn: PlainDate): Decision<Mandate, MandateEndRefusal> {
  if (endsOn < mandate.startsOn) return refuse("ends-before-start");
  if (mandate.endsOn !== null && mandate.endsOn <= endsOn) return refuse("already-ended");
  return grant({ ...mandate, endsOn });
}
