import type { NetworkId, OrganizationId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db, Trx } from "~/services/db.server";

/** A CCAS that signed, which is the debtor of its part. */
export type Signatory = {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly shortName: string;
  readonly communeCode: string | null;
  readonly siret: string | null;
  readonly joinedOn: PlainDate;
  /** The day of its recorded exit; null while it stays. */
  readonly leftOn: PlainDate | null;
};

/** The CCAS with a seat, in the order of the seats. */
export async function listMembers(db: Db | Trx, networkId: NetworkId): Promise<readonly Signatory[]> {
  const rows = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name", "organization.shortName", "organization.inseeCode"])
    .select(["organization.siret", "seat.createdOn"])
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("seat.position")
    .orderBy("seat.id")
    .execute();
  const exits = await db
    .selectFrom("handoverRecord")
    .select(["toOrganizationId", "onDate"])
    .where("networkId", "=", networkId)
    .where("kind", "=", "member-exit")
    .orderBy("onDate")
    .execute();
  const leftOn = new Map(exits.map((exit) => [exit.toOrganizationId, exit.onDate as PlainDate]));
  const members = new Map<string, Signatory>();
  for (const row of rows) {
    if (members.has(row.id)) continue;
    members.set(row.id, {
      ...{ organizationId: row.id as OrganizationId, name: row.name, shortName: row.shortName },
      ...{ communeCode: row.inseeCode, siret: row.siret, joinedOn: row.createdOn as PlainDate },
      leftOn: leftOn.get(row.id) ?? null,
    });
  }
  return [...members.values()];
}
