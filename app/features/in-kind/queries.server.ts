import { capacitiesIn } from "~/domain/access/permissions";
import type { ExpenseAxis } from "~/domain/expense/expense";
import { valueLoans, type BookingStatus, type ResourceKind, type Slot } from "~/domain/in-kind/booking";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Viewer } from "~/services/actor.server";
import type { Db, Trx } from "~/services/db.server";

export type Resource = {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly kind: ResourceKind;
  readonly label: string;
  readonly noticeDays: number;
  readonly unit: string;
  readonly unitValue: Cents | null;
  readonly valueBasis: string;
  readonly lentUntil: PlainDate | null;
};

function selectResources(db: Db | Trx, networkId: NetworkId) {
  return db
    .selectFrom("resource")
    .innerJoin("organization", "organization.id", "resource.organizationId")
    .selectAll("resource")
    .select("organization.name as organizationName")
    .where("resource.networkId", "=", networkId)
    .orderBy("organization.name")
    .orderBy("resource.label")
    .orderBy("resource.id");
}

type ResourceRow = Awaited<ReturnType<ReturnType<typeof selectResources>["executeTakeFirstOrThrow"]>>;

const toResource = (row: ResourceRow): Resource => ({
  ...{ id: row.id, organizationId: row.organizationId, organizationName: row.organizationName, label: row.label },
  ...{ kind: row.kind as ResourceKind, noticeDays: row.noticeDays, unit: row.unit, valueBasis: row.valueBasis },
  unitValue: row.unitValueCents as Cents | null,
  lentUntil: row.retiredOn as PlainDate | null,
});

export async function listResources(db: Db | Trx, networkId: NetworkId): Promise<readonly Resource[]> {
  return (await selectResources(db, networkId).execute()).map(toResource);
}

export async function findResource(db: Db | Trx, networkId: NetworkId, id: string): Promise<Resource | null> {
  const row = await selectResources(db, networkId).where("resource.id", "=", id).executeTakeFirst();
  return row ? toResource(row) : null;
}

export type Booking = Slot & {
  readonly id: string;
  readonly resourceId: string;
  readonly resourceLabel: string;
  readonly kind: ResourceKind;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly purpose: string;
  readonly axis: ExpenseAxis;
  readonly meeting: { readonly id: string; readonly title: string } | null;
  readonly quantity: number;
  readonly unit: string;
  readonly unitValue: Cents | null;
  readonly status: BookingStatus;
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly requesterName: string;
};

function selectBookings(db: Db | Trx, networkId: NetworkId) {
  return db
    .selectFrom("resourceBooking")
    .innerJoin("resource", "resource.id", "resourceBooking.resourceId")
    .innerJoin("organization", "organization.id", "resource.organizationId")
    .innerJoin("person", "person.id", "resourceBooking.requestedBy")
    .leftJoin("meeting", "meeting.id", "resourceBooking.meetingId")
    .selectAll("resourceBooking")
    .select(["resource.label as resourceLabel", "resource.kind", "resource.unit", "resource.unitValueCents"])
    .select(["resource.organizationId as ownerId", "organization.name as ownerName"])
    .select(["person.displayName as requesterName", "meeting.title as meetingTitle"])
    .where("resourceBooking.networkId", "=", networkId)
    .orderBy("resourceBooking.startsAt")
    .orderBy("resourceBooking.id");
}

type BookingRow = Awaited<ReturnType<ReturnType<typeof selectBookings>["executeTakeFirstOrThrow"]>>;

const toBooking = (row: BookingRow): Booking => ({
  ...{ id: row.id, resourceId: row.resourceId, resourceLabel: row.resourceLabel, kind: row.kind as ResourceKind },
  ...{ ownerId: row.ownerId, ownerName: row.ownerName, purpose: row.purpose, axis: row.axis as ExpenseAxis },
  meeting: row.meetingId === null ? null : { id: row.meetingId, title: row.meetingTitle ?? "" },
  startsAt: row.startsAt as LocalDateTime,
  endsAt: row.endsAt as LocalDateTime,
  ...{ quantity: row.quantity, unit: row.unit, unitValue: row.unitValueCents as Cents | null },
  ...{ status: row.status as BookingStatus, reason: row.decisionReason },
  ...{ requestedBy: row.requestedBy, requesterName: row.requesterName },
});

/** Bookings that end on a day or later, the soonest first. */
export async function listBookings(db: Db, networkId: NetworkId, from: PlainDate): Promise<readonly Booking[]> {
  const rows = await selectBookings(db, networkId).where("resourceBooking.endsAt", ">=", from).limit(200).execute();
  return rows.map(toBooking);
}

export async function listBookingsOf(
  db: Db | Trx,
  networkId: NetworkId,
  resourceId: string,
): Promise<readonly Booking[]> {
  const rows = await selectBookings(db, networkId).where("resourceBooking.resourceId", "=", resourceId).execute();
  return rows.map(toBooking);
}

export async function findBooking(db: Db | Trx, networkId: NetworkId, id: string): Promise<Booking | null> {
  const row = await selectBookings(db, networkId).where("resourceBooking.id", "=", id).executeTakeFirst();
  return row ? toBooking(row) : null;
}

/** Whoever may speak for the owner: the secretary for all, the others for their own organisation. */
export function actsForOwner(viewer: Viewer, networkId: NetworkId, own: readonly string[], ownerId: string): boolean {
  return capacitiesIn(viewer, networkId).has("secretary") || own.includes(ownerId);
}

/** The CCAS that sign the agreement, for the catalogue. */
export async function listSignatories(db: Db, networkId: NetworkId) {
  return db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name"])
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("seat.position")
    .execute();
}

/** Meetings that a booking may serve. */
export async function listComingMeetings(db: Db | Trx, networkId: NetworkId, from: PlainDate) {
  return db
    .selectFrom("meeting")
    .select(["id", "title", "startsAt"])
    .where("networkId", "=", networkId)
    .where("status", "in", ["planned", "convened"])
    .where("startsAt", ">=", from)
    .orderBy("startsAt")
    .limit(50)
    .execute();
}

export type MemoRow = {
  readonly ownerName: string;
  readonly resourceLabel: string;
  readonly kind: ResourceKind;
  readonly uses: number;
  readonly quantity: number;
  readonly unit: string;
  readonly value: Cents;
  readonly withoutValue: number;
};

export type Memo = { readonly rows: readonly MemoRow[]; readonly total: Cents; readonly withoutValue: number };

/** What was lent in a year, by CCAS and by thing: accepted bookings that started in it. For memory, never billed. */
export async function loadMemo(db: Db, networkId: NetworkId, year: number): Promise<Memo> {
  const rows = await selectBookings(db, networkId)
    .where("resourceBooking.status", "=", "accepted")
    .where("resourceBooking.startsAt", ">=", `${year}-01-01`)
    .where("resourceBooking.startsAt", "<", `${year + 1}-01-01`)
    .execute();
  const bookings = rows.map(toBooking);
  const groups = new Map<string, Booking[]>();
  for (const booking of bookings) groups.set(booking.resourceId, [...(groups.get(booking.resourceId) ?? []), booking]);
  const memo = [...groups.values()].flatMap((group): readonly MemoRow[] => {
    const [first] = group;
    if (!first) return [];
    const { ownerName, resourceLabel, kind, unit } = first;
    const quantity = group.reduce((sum, one) => sum + one.quantity, 0);
    return [{ ownerName, resourceLabel, kind, uses: group.length, quantity, unit, ...valueLoans(group) }];
  });
  const all = valueLoans(bookings);
  return {
    rows: memo.sort((one, other) =>
      `${one.ownerName} ${one.resourceLabel}` < `${other.ownerName} ${other.resourceLabel}` ? -1 : 1,
    ),
    total: all.value,
    withoutValue: all.withoutValue,
  };
}

export async function listBookingYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("resourceBooking")
    .select("startsAt")
    .where("networkId", "=", networkId)
    .where("status", "=", "accepted")
    .execute();
  return [...new Set(rows.map(({ startsAt }) => Number(dateOf(startsAt as LocalDateTime).slice(0, 4))))];
}
