import type { NetworkRole } from "~/domain/access/permissions";
import { findHolders, isMandateRunning, type Mandate, type Seat, type SeatRole } from "~/domain/committee/seats";
import type { MandateId, NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { listMandates, listSeats, type NamedMandate } from "~/services/committee-record.server";
import type { Db } from "~/services/db.server";

export type SeatedPerson = {
  readonly mandateId: MandateId;
  readonly displayName: string;
  readonly functionLabel: string;
  readonly since: PlainDate;
  readonly until: PlainDate | null;
};

export type SeatOfCommittee = {
  readonly id: SeatId;
  readonly label: string;
  readonly kind: Seat["kind"];
  readonly organizationName: string;
  readonly titular: SeatedPerson | null;
  readonly substitute: SeatedPerson | null;
  /** The next designation already recorded, when nobody holds the seat yet. */
  readonly awaited: PlainDate | null;
};

/** The committee on a day, seat by seat, with who holds each: all of it public. */
export async function listCommittee(db: Db, networkId: NetworkId, on: PlainDate): Promise<readonly SeatOfCommittee[]> {
  const [seats, mandates, organizations, functions] = await Promise.all([
    listSeats(db, networkId),
    listMandates(db, networkId),
    db
      .selectFrom("seat")
      .innerJoin("organization", "organization.id", "seat.organizationId")
      .select(["seat.id", "organization.name"])
      .where("seat.networkId", "=", networkId)
      .execute(),
    db
      .selectFrom("person")
      .select(["id", "functionLabel"])
      .where("id", "in", db.selectFrom("mandate").select("personId").where("networkId", "=", networkId))
      .execute(),
  ]);
  const organizationOf = new Map(organizations.map(({ id, name }) => [id, name]));
  const functionOf = new Map(functions.map(({ id, functionLabel }) => [id, functionLabel]));
  const named = new Map(mandates.map((mandate) => [mandate.id, mandate]));
  const seated = (held: Mandate | null): SeatedPerson | null => {
    const mandate = held && named.get(held.id);
    return mandate
      ? {
          mandateId: mandate.id,
          displayName: mandate.displayName,
          functionLabel: functionOf.get(mandate.personId) ?? "",
          since: mandate.startsOn,
          until: mandate.endsOn,
        }
      : null;
  };
  return seats.map((seat) => {
    const { titular, substitute } = findHolders(seat.id, mandates, on);
    const next = mandates.find(({ seatId, startsOn }) => seatId === seat.id && startsOn > on);
    return {
      id: seat.id,
      label: seat.label,
      kind: seat.kind,
      organizationName: organizationOf.get(seat.id) ?? seat.label,
      titular: seated(titular),
      substitute: seated(substitute),
      awaited: titular || substitute ? null : (next?.startsOn ?? null),
    };
  });
}

export type SeatHistory = { readonly seat: Seat; readonly mandates: readonly NamedMandate[] };

/** A seat and every mandate on it, the latest first; null when this network has no such seat. */
export async function findSeatHistory(db: Db, networkId: NetworkId, seatId: string): Promise<SeatHistory | null> {
  const seat = (await listSeats(db, networkId)).find(({ id }) => id === seatId);
  if (!seat) return null;
  const mandates = await listMandates(db, networkId);
  return { seat, mandates: mandates.filter((mandate) => mandate.seatId === seatId).reverse() };
}

export type MandateInNetwork = { readonly mandate: NamedMandate; readonly seat: Seat };

export async function findMandate(db: Db, networkId: NetworkId, mandateId: string): Promise<MandateInNetwork | null> {
  const mandate = (await listMandates(db, networkId)).find(({ id }) => id === mandateId);
  const seat = mandate && (await listSeats(db, networkId)).find(({ id }) => id === mandate.seatId);
  return mandate && seat ? { mandate, seat } : null;
}

export type DirectoryType = "elected" | "department" | "secretary" | "agent";

export type DirectoryEntry = {
  readonly personId: PersonId;
  readonly displayName: string;
  readonly functionLabel: string;
  readonly email: string;
  /** Has chosen a password: the invitation was followed. */
  readonly hasAccess: boolean;
  readonly organizations: readonly string[];
  readonly types: readonly DirectoryType[];
  readonly seats: readonly { readonly label: string; readonly role: SeatRole }[];
};

const TYPE_OF_ROLE: Record<NetworkRole, DirectoryType> = {
  "elected-official": "elected",
  "department-officer": "department",
  secretary: "secretary",
  agent: "agent",
};

/** Who have a role or a mandate in the network on a day, by organisation then by name. */
export async function listDirectory(db: Db, networkId: NetworkId, on: PlainDate): Promise<readonly DirectoryEntry[]> {
  const [seats, mandates, grants, organizations, people] = await Promise.all([
    listSeats(db, networkId),
    listMandates(db, networkId),
    db
      .selectFrom("roleGrant")
      .select(["personId", "organizationId", "role"])
      .where("networkId", "=", networkId)
      .where("startsOn", "<=", on)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
      .execute(),
    db.selectFrom("organization").select(["id", "name"]).execute(),
    db
      .selectFrom("person")
      .leftJoin("credential", "credential.personId", "person.id")
      .select(["id", "displayName", "functionLabel", "email", "credential.passwordHash"])
      .where("disabledAt", "is", null)
      .where((eb) =>
        eb.or([
          eb("id", "in", eb.selectFrom("roleGrant").select("personId").where("networkId", "=", networkId)),
          eb("id", "in", eb.selectFrom("mandate").select("personId").where("networkId", "=", networkId)),
        ]),
      )
      .orderBy("displayName")
      .execute(),
  ]);
  const seatOf = new Map(seats.map((seat) => [seat.id, seat]));
  const nameOf = new Map(organizations.map(({ id, name }) => [id, name]));
  const running = mandates.filter((mandate) => isMandateRunning(mandate, on));
  const entries = people.map((person): DirectoryEntry => {
    const held = running.filter(({ personId }) => personId === person.id);
    const given = grants.filter(({ personId }) => personId === person.id);
    const heldSeats = held.flatMap(({ seatId, role }) => {
      const seat = seatOf.get(seatId);
      return seat ? [{ seat, role }] : [];
    });
    return {
      personId: person.id as PersonId,
      displayName: person.displayName,
      functionLabel: person.functionLabel,
      email: person.email,
      hasAccess: person.passwordHash !== null,
      organizations: [
        ...new Set(
          [
            ...heldSeats.map(({ seat }) => seat.organizationId),
            ...given.map(({ organizationId }) => organizationId),
          ].map((id) => nameOf.get(id) ?? ""),
        ),
      ],
      types: [
        ...new Set([
          ...heldSeats.map(({ seat }): DirectoryType => (seat.kind === "department" ? "department" : "elected")),
          ...given.map(({ role }) => TYPE_OF_ROLE[role as NetworkRole]),
        ]),
      ],
      seats: heldSeats.map(({ seat, role }) => ({ label: seat.label, role })),
    };
  });
  return entries
    .filter(({ types }) => types.length > 0)
    .sort((one, other) => (one.organizations[0] ?? "").localeCompare(other.organizations[0] ?? "", "fr"));
}
