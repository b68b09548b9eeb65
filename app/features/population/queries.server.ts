import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "~/services/db.server";

export type ListedDataset = {
  readonly id: string;
  readonly producer: string;
  readonly title: string;
  readonly vintage: number;
  readonly inForceOn: PlainDate;
  readonly address: string;
  readonly licence: string;
  readonly retrievedOn: PlainDate;
  readonly sha256: string;
  readonly rowCount: number;
};

/** The editions in the base, the latest vintage first, the most complete of a vintage first. */
export async function listDatasets(db: Db): Promise<readonly ListedDataset[]> {
  const rows = await db
    .selectFrom("populationDataset")
    .selectAll()
    .orderBy("vintage", "desc")
    .orderBy("rowCount", "desc")
    .orderBy("importedAt", "desc")
    .execute();
  return rows.map((row) => ({
    ...row,
    inForceOn: row.inForceOn as PlainDate,
    retrievedOn: row.retrievedOn as PlainDate,
  }));
}

/** The figures of the network's own communes in one edition, in the order of the seats. */
export async function listMemberFigures(db: Db, networkId: NetworkId, datasetId: string) {
  const members = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .leftJoin("population", (join) =>
      join.onRef("population.communeCode", "=", "organization.inseeCode").on("population.datasetId", "=", datasetId),
    )
    .select(["organization.id", "organization.shortName", "organization.inseeCode"])
    .select(["population.municipal", "population.countedApart", "population.total"])
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("seat.position")
    .orderBy("seat.id")
    .execute();
  return [...new Map(members.map((member) => [member.id, member])).values()];
}
