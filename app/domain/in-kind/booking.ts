import type { ExpenseAxis } from "../expense/expense";
import { grant, refuse, type Decision } from "../kernel/decision";
import { sumCents, toCents, type Cents } from "../kernel/money";
import { dateOf, type LocalDateTime } from "../kernel/paris-time";
import { daysBetween, type PlainDate } from "../kernel/plain-date";

/** What a CCAS lends without billing. Source: Convention, art. 5.1. */
export type ResourceKind = "meeting-room" | "reception-room" | "utilities" | "equipment";

export const RESOURCE_KINDS = [
  "meeting-room",
  "reception-room",
  "utilities",
  "equipment",
] as const satisfies readonly ResourceKind[];

/** Days that the owner asks for when it says nothing else. */
export const DEFAULT_NOTICE_DAYS = 15;

export type Lent = {
  readonly kind: ResourceKind;
  readonly noticeDays: number;
  /** Last day on which it is lent: the end of the agreement, or the day the owner takes it back. Null: no end recorded. */
  readonly lentUntil: PlainDate | null;
};

export type Slot = { readonly startsAt: LocalDateTime; readonly endsAt: LocalDateTime };

export type BookingRequest = Slot & {
  readonly quantity: number;
  /** What it is for, in words, within the object of the agreement. */
  readonly purpose: string;
  readonly axis: ExpenseAxis;
};

export type BookingRefusal =
  | "ends-before-start"
  | "longer-than-a-month"
  | "quantity-not-positive"
  | "purpose-missing"
  | "notice-too-short"
  | "beyond-agreement"
  | "already-taken";

const SHORTEST_PURPOSE = 3;

/** Two bookings of the same thing meet; one that ends when the other starts does not. */
export function overlaps(one: Slot, other: Slot): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** Utilities go with a place and serve several at once; a room or a device serves one. */
export function isExclusive(kind: ResourceKind): boolean {
  return kind !== "utilities";
}

/**
 * May this be asked for? Purpose within the agreement, notice of the owner, before the end of the agreement, and not already promised.
 * @param accepted bookings of the same resource that its owner accepted
 * Source: Convention, art. 5.2 (duration), 5.3 (use), 5.4 (notice, availability).
 */
export function checkBooking(
  request: BookingRequest,
  lent: Lent,
  room: { readonly today: PlainDate; readonly accepted: readonly Slot[] },
): readonly BookingRefusal[] {
  const refusals: BookingRefusal[] = [];
  const [first, last] = [dateOf(request.startsAt), dateOf(request.endsAt)];
  if (request.endsAt <= request.startsAt) refusals.push("ends-before-start");
  else if (daysBetween(first, last) > 31) refusals.push("longer-than-a-month");
  if (!Number.isInteger(request.quantity) || request.quantity < 1) refusals.push("quantity-not-positive");
  if (request.purpose.trim().length < SHORTEST_PURPOSE) refusals.push("purpose-missing");
  if (daysBetween(room.today, first) < lent.noticeDays) refusals.push("notice-too-short");
  if (lent.lentUntil !== null && last > lent.lentUntil) refusals.push("beyond-agreement");
  if (isExclusive(lent.kind) && room.accepted.some((slot) => overlaps(slot, request))) refusals.push("already-taken");
  return refusals;
}

export type BookingStatus = "requested" | "accepted" | "refused" | "cancelled";

export type AnswerRefusal = "not-the-owner" | "already-answered" | "already-taken" | "reason-missing" | "already-past";

/** The owner accepts, or refuses with a reason. Source: Convention, art. 5.4. */
export function answerBooking(
  booking: Slot & { readonly status: BookingStatus; readonly kind: ResourceKind },
  answer: { readonly isAccepted: boolean; readonly reason: string },
  room: { readonly actsForOwner: boolean; readonly now: LocalDateTime; readonly accepted: readonly Slot[] },
): Decision<BookingStatus, AnswerRefusal> {
  if (!room.actsForOwner) return refuse("not-the-owner");
  if (booking.status !== "requested") return refuse("already-answered");
  if (!answer.isAccepted) {
    return answer.reason.trim().length < SHORTEST_PURPOSE ? refuse("reason-missing") : grant("refused");
  }
  if (booking.endsAt <= room.now) return refuse("already-past");
  if (isExclusive(booking.kind) && room.accepted.some((slot) => overlaps(slot, booking)))
    return refuse("already-taken");
  return grant("accepted");
}

export type CancelRefusal = "not-yours" | "already-over" | "already-started";

/** Given back before it starts, by whoever asked for it, by its owner or by the secretary. */
export function cancelBooking(
  booking: Slot & { readonly status: BookingStatus },
  room: { readonly mayCancel: boolean; readonly now: LocalDateTime },
): Decision<BookingStatus, CancelRefusal> {
  if (!room.mayCancel) return refuse("not-yours");
  if (booking.status === "refused" || booking.status === "cancelled") return refuse("already-over");
  if (booking.startsAt <= room.now) return refuse("already-started");
  return grant("cancelled");
}

export type ValuedLoan = { readonly quantity: number; readonly unitValue: Cents | null };

/**
 * The memo value of loans: units times the value of a unit. For memory, never billed; a loan without a value counts for nothing and is told apart.
 * Source: Convention, art. 5.1.
 */
export function valueLoans(loans: readonly ValuedLoan[]): { readonly value: Cents; readonly withoutValue: number } {
  const valued = loans.flatMap(({ quantity, unitValue }) =>
    unitValue === null ? [] : [toCents(quantity * unitValue)],
  );
  return { value: sumCents(valued), withoutValue: loans.length - valued.length };
}
