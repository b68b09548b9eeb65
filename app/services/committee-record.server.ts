import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import { findHolders, type Mandate, type Seat } from "~/domain/committee/seats";
import type { MandateId, NetworkId, OrganizationId, PersonId, RulesId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Viewer } from "./actor.server";
import type { Db, Trx } from "./db.server";

/** Reads of the committee that several features share: rows become the domain's own types here, once. */

export async function listSeats(db: Db | Trx, networkId: NetworkId): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom("seat")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id as SeatId,
    organizationId: row.organizationId as OrganizationId,
    label: row.label,
    kind: row.kind as Seat["kind"],
    position: row.position,
  }));
}

export type NamedMandate = Mandate & { readonly displayName: string; readonly basis: string };

export async function listMandates(db: Db | Trx, networkId: NetworkId): Promise<readonly NamedMandate[]> {
  const rows = await db
    .selectFrom("mandate")
    .innerJoin("person", "person.id", "mandate.personId")
    .selectAll("mandate")
    .select("person.displayName")
    .where("mandate.networkId", "=", networkId)
    .orderBy("mandate.startsOn")
    .orderBy("mandate.id")
    .execute();
  return rows.map((row) => ({
    id: row.id as MandateId,
    seatId: row.seatId as SeatId,
    personId: row.personId as PersonId,
    role: row.role as Mandate["role"],
    startsOn: row.startsOn as PlainDate,
    endsOn: row.endsOn as PlainDate | null,
    isMunicipalOfficial: row.isMunicipalOfficial === 1,
    isInChargeOfSocialAffairs: row.inChargeOfSocialAffairs === 1,
    displayName: row.displayName,
    basis: row.basis,
  }));
}

export type Holder = { readonly personId: PersonId; readonly displayName: string };

/** A seat as it stands on one day. */
export type SeatOnDay = Seat & {
  readonly inOffice: boolean;
  readonly titular: Holder | null;
  readonly substitute: Holder | null;
};

export function seatsOnDay(
  seats: readonly Seat[],
  mandates: readonly NamedMandate[],
  on: PlainDate,
): readonly SeatOnDay[] {
  const names = new Map(mandates.map((mandate) => [mandate.id, mandate.displayName]));
  const toHolder = (mandate: Mandate | null): Holder | null =>
    mandate && { personId: mandate.personId, displayName: names.get(mandate.id) ?? "" };
  return seats.map((seat) => {
    const holders = findHolders(seat.id, mandates, on);
    return {
      ...seat,
      inOffice: holders.titular !== null || holders.substitute !== null,
      titular: toHolder(holders.titular),
      substitute: toHolder(holders.substitute),
    };
  });
}

export type RulesInForce = {
  readonly content: RulesContent;
  /** Null: nothing was adopted, the preset applies by default. */
  readonly adopted: { readonly id: RulesId; readonly version: number; readonly effectiveFrom: PlainDate } | null;
};

/** The rules adopted last among those in effect on a day; else the preset, « by default, not adopted ». */
export async function findRulesInForce(db: Db | Trx, networkId: NetworkId, on: PlainDate): Promise<RulesInForce> {
  const row = await db
    .selectFrom("rulesVersion")
    .select(["id", "version", "content", "effectiveFrom"])
    .where("networkId", "=", networkId)
    .where("status", "=", "adopted")
    .where("effectiveFrom", "<=", on)
    .orderBy("effectiveFrom", "desc")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row || row.effectiveFrom === null) return { content: CASF_PRESET, adopted: null };
  return {
    content: JSON.parse(row.content) as RulesContent,
    adopted: { id: row.id as RulesId, version: row.version, effectiveFrom: row.effectiveFrom as PlainDate },
  };
}

/** The organisations in whose name a person acts today in a network: of their seats and of their roles. */
export async function listOwnOrganizations(
  db: Db | Trx,
  networkId: NetworkId,
  viewer: Viewer,
  on: PlainDate,
): Promise<readonly string[]> {
  const seatIds = viewer.roles.filter((role) => role.networkId === networkId).flatMap((role) => role.seatIds);
  const seats =
    seatIds.length === 0
      ? []
      : await db
          .selectFrom("seat")
          .select("organizationId")
          .where("networkId", "=", networkId)
          .where("id", "in", seatIds)
          .execute();
  const roles = await db
    .selectFrom("roleGrant")
    .select("organizationId")
    .where("networkId", "=", networkId)
    .where("personId", "=", viewer.personId)
    .where("startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
    .execute();
  return [...seats, ...roles].map(({ organizationId }) => organizationId);
}
