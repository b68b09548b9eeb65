const MINUTE_MS = 60_000;

/** At most `max` failures within the last `minutes`. */
export type AttemptLimit = { readonly max: number; readonly minutes: number };

/** One address trying one account. */
export const PAIR_LIMIT: AttemptLimit = { max: 5, minutes: 15 };
/** Everybody trying one account. */
export const ACCOUNT_LIMIT: AttemptLimit = { max: 20, minutes: 60 };
export const CODE_LIMIT: AttemptLimit = { max: 5, minutes: 15 };
export const MAIL_LIMIT: AttemptLimit = { max: 5, minutes: 60 };

/**
 * How long the next attempt must wait, in whole minutes rounded up; 0 when it may be made now.
 * Ties: an attempt exactly `limit.minutes` old no longer counts.
 */
export function minutesToWait(attempts: readonly Date[], limit: AttemptLimit, now: Date): number {
  const windowMs = limit.minutes * MINUTE_MS;
  const recent = attempts
    .map((at) => at.getTime())
    .filter((at) => now.getTime() - at < windowMs)
    .sort((left, right) => right - left);
  const freesARoom = recent[limit.max - 1];
  return freesARoom === undefined ? 0 : Math.max(1, Math.ceil((freesARoom + windowMs - now.getTime()) / MINUTE_MS));
}
