import { randomBytes } from "node:crypto";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";

/** The two things that the rules never take by themselves: what time it is, and an identity for what is new. */
export type Clock = { readonly now: () => Date; readonly newId: () => string };

export const systemClock: Clock = {
  now: () => new Date(),
  newId: () => randomBytes(15).toString("base64url"),
};

export function localNow(clock: Pick<Clock, "now">): LocalDateTime {
  return parisLocalAt(clock.now());
}

export function today(clock: Pick<Clock, "now">): PlainDate {
  return dateOf(parisLocalAt(clock.now()));
}
