import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { ACTOR_TYPES, type ActorType } from "./messages.fr";

export async function findAnnualDayPage(db: Db, networkId: NetworkId, year: number) {
  const row = await db
    .selectFrom("networkEvent")
    .leftJoin("organization", "organization.id", "networkEvent.hostOrganizationId")
    .selectAll("networkEvent")
    .select("organization.name as hostName")
    .where("networkEvent.networkId", "=", networkId)
    .where("networkEvent.kind", "=", "annual-day")
    .where("networkEvent.year", "=", year)
    .executeTakeFirst();
  if (!row) return null;
  const rows = await db
    .selectFrom("eventRegistration")
    .select(["id", "actorType", "organizationLabel", "headcount"])
    .where("networkId", "=", networkId)
    .where("eventId", "=", row.id)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return {
    ...{ id: row.id, year: row.year, title: row.title, place: row.place, revision: row.revision },
    heldOn: row.heldOn as PlainDate | null,
    hostOrganizationId: row.hostOrganizationId,
    hostName: row.hostName,
    programmeMd: row.programmeMd,
    programmeHtml: row.programmeMd.trim() === "" ? null : renderMarkdown(row.programmeMd),
    cost: row.costCents as Cents | null,
    isClosed: row.status === "closed",
    closedOn: row.closedAt === null ? null : dateOf(parisLocalAt(new Date(row.closedAt))),
    registrations: rows.map((one) => ({ ...one, actorType: one.actorType as ActorType })),
    counts: ACTOR_TYPES.map((actorType) => ({
      actorType,
      headcount: rows.reduce((sum, one) => sum + (one.actorType === actorType ? one.headcount : 0), 0),
    })),
  };
}

/** The years with an annual day, the latest first. */
export async function listEventYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("networkEvent")
    .select("year")
    .where("networkId", "=", networkId)
    .where("kind", "=", "annual-day")
    .orderBy("year", "desc")
    .execute();
  return rows.map(({ year }) => year);
}

/** The organisations with a seat, that may host the day. */
export async function listHosts(db: Db, networkId: NetworkId) {
  return db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name"])
    .distinct()
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("organization.name")
    .execute();
}
