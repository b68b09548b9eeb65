import { capacitiesIn } from "~/domain/access/permissions";
import {
  answerBooking,
  cancelBooking,
  checkBooking,
  type AnswerRefusal,
  type BookingStatus,
  type CancelRefusal,
} from "~/domain/in-kind/booking";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { ActKind } from "~/domain/register/act-kinds";
import type { JsonValue } from "~/domain/register/canonical";
import { dateOf } from "~/domain/kernel/paris-time";
import { guardAct } from "~/services/agreement-record.server";
import { localNow, today } from "~/services/clock.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { AnswerInput, BookInput, OfferInput } from "./form";
import type { OfferRefusal, RetireRefusal, BookRefusal } from "./refusals";
import {
  actsForOwner,
  findBooking,
  findResource,
  listBookingsOf,
  listComingMeetings,
  type Booking,
} from "./queries.server";

async function speaksFor(trx: Trx, context: CommandContext, ownerId: string): Promise<boolean> {
  const own = await listOwnOrganizations(trx, context.networkId, context.actor, today(context.clock));
  return actsForOwner(context.actor, context.networkId, own, ownerId);
}

const record = (trx: Trx, { clock, networkId, actor }: CommandContext, kind: ActKind, payload: JsonValue) =>
  recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload });

/** A CCAS adds what it lends to the catalogue. */
export async function offerResource(
  context: CommandContext,
  input: OfferInput,
): Promise<Decision<{ readonly resourceId: string }, OfferRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    if (await findResource(trx, networkId, input.cle)) return grant({ resourceId: input.cle });
    const seat = await trx
      .selectFrom("seat")
      .select("id")
      .where("networkId", "=", networkId)
      .where("organizationId", "=", input.organizationId)
      .where("kind", "=", "signatory")
      .executeTakeFirst();
    if (!seat) return refuse("owner-not-signatory");
    if (!(await speaksFor(trx, context, input.organizationId))) return refuse("not-the-owner");
    const { cle: id, organizationId, kind, label, noticeDays, unit, valueBasis } = input;
    const facts = { id, organizationId, kind, label, noticeDays, unit, unitValueCents: input.unitValue, valueBasis };
    await trx
      .insertInto("resource")
      .values({ ...facts, networkId, retiredOn: input.lentUntil, createdAt: clock.now().toISOString() })
      .execute();
    await record(trx, context, "resource-offered", { ...facts, lentUntil: input.lentUntil });
    return grant({ resourceId: id });
  });
}

/** The owner sets the last day of a loan: the end of the agreement, or sooner. Accepted bookings are kept, so none may lie beyond. */
export async function setLastDay(
  context: CommandContext,
  resourceId: string,
  lastDay: PlainDate,
): Promise<Decision<null, RetireRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const resource = await findResource(trx, networkId, resourceId);
    if (!resource) return refuse("resource-unknown");
    if (!(await speaksFor(trx, context, resource.organizationId))) return refuse("not-the-owner");
    if (lastDay < today(clock)) return refuse("day-past");
    const bookings = await listBookingsOf(trx, networkId, resourceId);
    if (bookings.some(({ status, endsAt }) => status === "accepted" && endsAt.slice(0, 10) > lastDay))
      return refuse("bookings-after");
    await trx
      .updateTable("resource")
      .set({ retiredOn: lastDay })
      .where("networkId", "=", networkId)
      .where("id", "=", resourceId)
      .execute();
    await record(trx, context, "resource-retired", { resourceId, lastDay });
    return grant(null);
  });
}

/** Asks for a room, utilities or equipment. The owner answers. Sent twice with the same key, it is asked for once. */
export async function bookResource(
  context: CommandContext,
  resourceId: string,
  input: BookInput,
): Promise<Decision<{ readonly bookingId: string }, readonly BookRefusal[]>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    if (await findBooking(trx, networkId, input.cle)) return grant({ bookingId: input.cle });
    const resource = await findResource(trx, networkId, resourceId);
    if (!resource) return refuse(["resource-unknown"]);
    const { cle: id, purpose, axis, meetingId, startsAt, endsAt, quantity } = input;
    const accepted = (await listBookingsOf(trx, networkId, resourceId)).filter(({ status }) => status === "accepted");
    const refusals: BookRefusal[] = [
      ...checkBooking({ startsAt, endsAt, quantity, purpose, axis }, resource, { today: today(clock), accepted }),
    ];
    if (meetingId !== null) {
      const meetings = await listComingMeetings(trx, networkId, today(clock));
      if (!meetings.some((meeting) => meeting.id === meetingId)) refusals.push("meeting-unknown");
    }
    const guard = await guardAct(trx, networkId, { act: "book-resource", on: dateOf(endsAt) });
    if (!guard.ok) refusals.push("agreement-over");
    if (refusals.length > 0) return refuse(refusals);
    const facts = { id, resourceId, purpose, axis, meetingId, startsAt, endsAt, quantity };
    await trx
      .insertInto("resourceBooking")
      .values({
        ...{ ...facts, networkId, status: "requested", decisionReason: null, requestedBy: actor.personId },
        ...{ decidedBy: null, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "booking-requested", facts);
    return grant({ bookingId: id });
  });
}

async function setStatus(
  trx: Trx,
  context: CommandContext,
  booking: Booking,
  next: { readonly status: BookingStatus; readonly reason: string | null; readonly kind: ActKind },
): Promise<void> {
  const { networkId, actor } = context;
  await trx
    .updateTable("resourceBooking")
    .set({ status: next.status, decisionReason: next.reason, decidedBy: actor.personId })
    .where("networkId", "=", networkId)
    .where("id", "=", booking.id)
    .execute();
  await record(trx, context, next.kind, { bookingId: booking.id, resourceId: booking.resourceId, reason: next.reason });
}

/** The owner accepts or refuses, with a reason. What was accepted meanwhile is looked at again. */
export async function answerRequest(
  context: CommandContext,
  bookingId: string,
  input: AnswerInput,
): Promise<Decision<null, AnswerRefusal | "booking-unknown">> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const booking = await findBooking(trx, networkId, bookingId);
    if (!booking) return refuse("booking-unknown");
    const others = await listBookingsOf(trx, networkId, booking.resourceId);
    const decision = answerBooking(
      booking,
      { isAccepted: input.answer === "accept", reason: input.reason },
      {
        actsForOwner: await speaksFor(trx, context, booking.ownerId),
        now: localNow(clock),
        accepted: others.filter(({ id, status }) => id !== booking.id && status === "accepted"),
      },
    );
    if (!decision.ok) return decision;
    const isAccepted = decision.value === "accepted";
    const reason = input.reason.trim() === "" ? null : input.reason.trim();
    await setStatus(trx, context, booking, {
      ...{ status: decision.value, reason },
      kind: isAccepted ? "booking-accepted" : "booking-refused",
    });
    return grant(null);
  });
}

export async function cancelRequest(
  context: CommandContext,
  bookingId: string,
): Promise<Decision<null, CancelRefusal | "booking-unknown">> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const booking = await findBooking(trx, networkId, bookingId);
    if (!booking) return refuse("booking-unknown");
    const isSecretary = capacitiesIn(actor, networkId).has("secretary");
    const mayCancel =
      isSecretary || booking.requestedBy === actor.personId || (await speaksFor(trx, context, booking.ownerId));
    const decision = cancelBooking(booking, { mayCancel, now: localNow(clock) });
    if (!decision.ok) return decision;
    await setStatus(trx, context, booking, {
      status: decision.value,
      reason: booking.reason,
      kind: "booking-cancelled",
    });
    return grant(null);
  });
}
