import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { AnnualDayInput, RegistrationInput } from "./form";
import type { EventRefusal } from "./messages.fr";

const findDay = (trx: Trx, networkId: string, year: number) =>
  trx
    .selectFrom("networkEvent")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("kind", "=", "annual-day")
    .where("year", "=", year)
    .executeTakeFirst();

/** Records the annual day of a year, or changes it as long as it is not closed. */
export async function recordAnnualDay(
  { db, clock, networkId, actor }: CommandContext,
  input: AnnualDayInput,
): Promise<Decision<{ readonly eventId: string }, EventRefusal>> {
  return writeTransaction(db, async (trx) => {
    const { cle, year, title, heldOn, place, cost } = input;
    const day = await findDay(trx, networkId, year);
    if (day?.id === cle) return grant({ eventId: cle });
    if (day?.status === "closed") return refuse("event-closed");
    if (day && day.revision !== input.revision) return refuse("revision-outdated");
    const hostOrganizationId = input.hostOrganizationId === "" ? null : input.hostOrganizationId;
    if (hostOrganizationId !== null) {
      const host = await trx
        .selectFrom("seat")
        .select("id")
        .where("networkId", "=", networkId)
        .where("organizationId", "=", hostOrganizationId)
        .executeTakeFirst();
      if (!host) return refuse("host-unknown");
    }
    const eventId = day?.id ?? cle;
    const content = { title, heldOn, place, hostOrganizationId, programmeMd: input.programme, costCents: cost };
    if (day) {
      await trx
        .updateTable("networkEvent")
        .set({ ...content, revision: day.revision + 1 })
        .where("networkId", "=", networkId)
        .where("id", "=", eventId)
        .execute();
    } else {
      await trx
        .insertInto("networkEvent")
        .values({
          ...{ id: eventId, networkId, year, kind: "annual-day", status: "planned", ...content },
          ...{ closedAt: null, closedBy: null, revision: 1 },
          ...{ createdBy: actor.personId, createdAt: clock.now().toISOString() },
        })
        .execute();
    }
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "event-recorded",
      payload: { eventId, year, title, heldOn, place, hostOrganizationId, costCents: cost },
    });
    return grant({ eventId });
  });
}

/** Notes how many people of a kind are registered; a negative count takes back what was noted too many. No name is kept. */
export async function noteRegistrations(
  { db, clock, networkId, actor }: CommandContext,
  year: number,
  { cle, actorType, organization, headcount }: RegistrationInput,
): Promise<Decision<null, EventRefusal>> {
  return writeTransaction(db, async (trx) => {
    const day = await findDay(trx, networkId, year);
    if (!day) return refuse("event-unknown");
    const rows = await trx
      .selectFrom("eventRegistration")
      .select(["id", "actorType", "headcount"])
      .where("networkId", "=", networkId)
      .where("eventId", "=", day.id)
      .execute();
    if (rows.some(({ id }) => id === cle)) return grant(null);
    if (day.status === "closed") return refuse("event-closed");
    const noted = rows.reduce((sum, row) => sum + (row.actorType === actorType ? row.headcount : 0), 0);
    if (headcount === 0 || noted + headcount < 0) return refuse("headcount-not-positive");
    await trx
      .insertInto("eventRegistration")
      .values({
        ...{ id: cle, networkId, eventId: day.id, actorType, organizationLabel: organization, headcount },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "event-registered",
      payload: { eventId: day.id, actorType, organization, headcount },
    });
    return grant(null);
  });
}

/** Closes the annual day once it was held: from then on the year's call for funds may be issued, and the day no longer changes. */
export async function closeAnnualDay(
  { db, clock, networkId, actor }: CommandContext,
  year: number,
): Promise<Decision<null, EventRefusal>> {
  return writeTransaction(db, async (trx) => {
    const day = await findDay(trx, networkId, year);
    if (!day) return refuse("event-unknown");
    if (day.status === "closed") return grant(null);
    if (day.heldOn === null) return refuse("date-missing");
    if (day.heldOn > today(clock)) return refuse("date-in-the-future");
    await trx
      .updateTable("networkEvent")
      .set({ status: "closed", closedAt: clock.now().toISOString(), closedBy: actor.personId })
      .where("networkId", "=", networkId)
      .where("id", "=", day.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "event-closed",
      payload: { eventId: day.id, year, heldOn: day.heldOn },
    });
    return grant(null);
  });
}
