import type { NetworkRole } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "~/services/db.server";
import { toKind } from "./organization-commands.server";
import type { OrganizationKind } from "./organization";

export type NetworkLine = {
  readonly slug: string;
  readonly name: string;
  readonly lead: string;
  readonly seats: number;
};

export async function listNetworks(db: Db): Promise<readonly NetworkLine[]> {
  const rows = await db
    .selectFrom("network")
    .innerJoin("organization", "organization.id", "network.leadOrganizationId")
    .leftJoin("seat", "seat.networkId", "network.id")
    .select(["network.slug", "network.name", "organization.name as lead"])
    .select(({ fn }) => fn.count("seat.id").as("seats"))
    .groupBy(["network.id", "network.slug", "network.name", "organization.name"])
    .orderBy("network.name")
    .execute();
  return rows.map((row) => ({ ...row, seats: Number(row.seats) }));
}

export type OrganizationLine = {
  readonly id: string;
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly shortName: string;
  readonly inseeCode: string | null;
  readonly siret: string | null;
};

export async function listOrganizations(db: Db): Promise<readonly OrganizationLine[]> {
  const rows = await db
    .selectFrom("organization")
    .select(["id", "kind", "name", "shortName", "inseeCode", "siret"])
    .orderBy("kind")
    .orderBy("name")
    .execute();
  return rows.map((row) => ({ ...row, kind: toKind(row.kind) }));
}

export type NetworkSheet = {
  readonly leadOrganizationId: string;
  readonly lead: string;
  readonly presentationMd: string;
  readonly contactMd: string;
  readonly seats: ReadonlyArray<{
    readonly id: string;
    readonly label: string;
    readonly kind: string;
    readonly organizationId: string;
    readonly holders: number;
  }>;
  readonly members: readonly MemberLine[];
};

export type MemberLine = {
  readonly personId: string;
  readonly displayName: string;
  readonly email: string;
  readonly isDisabled: boolean;
  readonly hasAccess: boolean;
  readonly roles: ReadonlyArray<{
    readonly id: string;
    readonly role: NetworkRole;
    readonly organization: string;
    readonly startsOn: PlainDate;
    readonly endsOn: PlainDate | null;
  }>;
  readonly seats: readonly string[];
};

/** A network as its administrator sees it on a day: seats with the number of their holders, people with what they hold. */
export async function findNetworkSheet(db: Db, networkId: NetworkId, on: PlainDate): Promise<NetworkSheet> {
  const [network, seats, mandates, roles] = await Promise.all([
    db
      .selectFrom("network")
      .innerJoin("organization", "organization.id", "network.leadOrganizationId")
      .select([
        "network.leadOrganizationId",
        "network.presentationMd",
        "network.contactMd",
        "organization.name as lead",
      ])
      .where("network.id", "=", networkId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom("seat")
      .select(["id", "label", "kind", "organizationId"])
      .where("networkId", "=", networkId)
      .orderBy("position")
      .execute(),
    db
      .selectFrom("mandate")
      .select(["seatId", "personId"])
      .where("networkId", "=", networkId)
      .where("startsOn", "<=", on)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
      .execute(),
    db
      .selectFrom("roleGrant")
      .innerJoin("organization", "organization.id", "roleGrant.organizationId")
      .select(["roleGrant.id", "roleGrant.personId", "roleGrant.role", "organization.name as organization"])
      .select(["roleGrant.startsOn", "roleGrant.endsOn"])
      .where("roleGrant.networkId", "=", networkId)
      .where((eb) => eb.or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", on)]))
      .execute(),
  ]);
  const personIds = [...new Set([...mandates, ...roles].map(({ personId }) => personId))];
  const people = await db
    .selectFrom("person")
    .leftJoin("credential", "credential.personId", "person.id")
    .select(["person.id", "person.displayName", "person.email", "person.disabledAt", "credential.passwordHash"])
    .where("person.id", "in", personIds.length > 0 ? personIds : [""])
    .orderBy("person.displayName")
    .execute();
  const labelOf = new Map(seats.map((seat) => [seat.id, seat.label]));
  return {
    ...network,
    seats: seats.map((seat) => ({
      ...seat,
      holders: mandates.filter((mandate) => mandate.seatId === seat.id).length,
    })),
    members: people.map((person) => ({
      ...{ personId: person.id, displayName: person.displayName, email: person.email },
      ...{ isDisabled: person.disabledAt !== null, hasAccess: person.passwordHash !== null },
      roles: roles
        .filter((role) => role.personId === person.id)
        .map(({ personId: _personId, ...role }) => ({
          ...role,
          role: role.role as NetworkRole,
          startsOn: role.startsOn as PlainDate,
          endsOn: role.endsOn as PlainDate | null,
        })),
      seats: mandates
        .filter((mandate) => mandate.personId === person.id)
        .map((mandate) => labelOf.get(mandate.seatId) ?? ""),
    })),
  };
}

export type PersonLine = {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly functionLabel: string;
  readonly isAdministrator: boolean;
  readonly isDisabled: boolean;
  readonly hasAccess: boolean;
};

export async function listPeople(db: Db): Promise<readonly PersonLine[]> {
  const rows = await db
    .selectFrom("person")
    .leftJoin("credential", "credential.personId", "person.id")
    .select(["person.id", "person.displayName", "person.email", "person.functionLabel"])
    .select(["person.isAdministrator", "person.disabledAt", "credential.passwordHash"])
    .orderBy("person.displayName")
    .execute();
  return rows.map(({ isAdministrator, disabledAt, passwordHash, ...row }) => ({
    ...row,
    isAdministrator: isAdministrator === 1,
    isDisabled: disabledAt !== null,
    hasAccess: passwordHash !== null,
  }));
}

export async function findPerson(db: Db, personId: string): Promise<PersonLine | null> {
  return (await listPeople(db)).find((person) => person.id === personId) ?? null;
}

export type HeldRole = {
  readonly id: string;
  readonly role: NetworkRole;
  readonly network: string;
  readonly slug: string;
  readonly organization: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
};

export async function listRolesOf(db: Db, personId: string): Promise<readonly HeldRole[]> {
  const rows = await db
    .selectFrom("roleGrant")
    .innerJoin("network", "network.id", "roleGrant.networkId")
    .innerJoin("organization", "organization.id", "roleGrant.organizationId")
    .select(["roleGrant.id", "roleGrant.role", "network.name as network", "network.slug"])
    .select(["organization.name as organization", "roleGrant.startsOn", "roleGrant.endsOn"])
    .where("roleGrant.personId", "=", personId)
    .orderBy("roleGrant.startsOn", "desc")
    .execute();
  return rows.map((row) => ({
    ...row,
    role: row.role as NetworkRole,
    startsOn: row.startsOn as PlainDate,
    endsOn: row.endsOn as PlainDate | null,
  }));
}
