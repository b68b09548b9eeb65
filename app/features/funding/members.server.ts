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
  const members = new Map<string, Signatory>();
  for (const row of rows) {
    if (members.has(row.id)) continue;
    members.set(row.id, {
      ...{ organizationId: row.id as OrganizationId, name: row.name, shortName: row.shortName },
      ...{ communeCode: row.inseeCode, siret: row.siret, joinedOn: row.createdOn as PlainDate },
    });
  }
  return [...members.values()];
}
