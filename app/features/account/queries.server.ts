import type { PersonId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Viewer } from "~/services/actor.server";
import type { Db } from "~/services/db.server";

/** Where the account's person should land after signing in: their network when they have one, the administration, or the home page. */
export async function findLandingPath(db: Db, viewer: Viewer): Promise<string> {
  const networkIds = [...new Set(viewer.roles.map((role) => role.networkId))];
  const [only] = networkIds;
  if (networkIds.length === 1 && only !== undefined) {
    const network = await db.selectFrom("network").select("slug").where("id", "=", only).executeTakeFirst();
    if (network) return `/reseaux/${network.slug}`;
  }
  return networkIds.length === 0 && viewer.isAdministrator ? "/administration" : "/";
}

export type AccountHolding = {
  readonly network: string;
  readonly networkSlug: string;
  readonly what: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
};

export type AccountSheet = {
  readonly functionLabel: string;
  readonly createdAt: string;
  readonly passwordChangedAt: string | null;
  readonly hasPassword: boolean;
  readonly hasTwoFactor: boolean;
  readonly roles: readonly AccountHolding[];
  readonly mandates: readonly AccountHolding[];
  readonly events: ReadonlyArray<{ readonly id: string; readonly at: string; readonly kind: string }>;
};

/** Everything that the portal stores under this account's name, but the acts of the register, which are not the account's. */
export async function findAccountSheet(db: Db, personId: PersonId): Promise<AccountSheet> {
  const [person, roles, mandates, events] = await Promise.all([
    db
      .selectFrom("person")
      .leftJoin("credential", "credential.personId", "person.id")
      .select(["person.functionLabel", "person.createdAt"])
      .select(["credential.passwordHash", "credential.passwordChangedAt", "credential.totpConfirmedAt"])
      .where("person.id", "=", personId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom("roleGrant")
      .innerJoin("network", "network.id", "roleGrant.networkId")
      .select(["network.name as network", "network.slug as networkSlug", "roleGrant.role as what"])
      .select(["roleGrant.startsOn", "roleGrant.endsOn"])
      .where("roleGrant.personId", "=", personId)
      .orderBy("roleGrant.startsOn", "desc")
      .execute(),
    db
      .selectFrom("mandate")
      .innerJoin("network", "network.id", "mandate.networkId")
      .innerJoin("seat", "seat.id", "mandate.seatId")
      .select(["network.name as network", "network.slug as networkSlug", "seat.label as what"])
      .select(["mandate.startsOn", "mandate.endsOn"])
      .where("mandate.personId", "=", personId)
      .orderBy("mandate.startsOn", "desc")
      .execute(),
    db
      .selectFrom("securityEvent")
      .select(["id", "at", "kind"])
      .where("personId", "=", personId)
      .orderBy("at", "desc")
      .limit(10)
      .execute(),
  ]);
  const dated = <Row extends { startsOn: string; endsOn: string | null }>(row: Row) => ({
    ...row,
    startsOn: row.startsOn as PlainDate,
    endsOn: row.endsOn as PlainDate | null,
  });
  return {
    functionLabel: person.functionLabel,
    createdAt: person.createdAt,
    passwordChangedAt: person.passwordChangedAt,
    hasPassword: person.passwordHash !== null,
    hasTwoFactor: person.totpConfirmedAt !== null,
    roles: roles.map(dated),
    mandates: mandates.map(dated),
    events,
  };
}
