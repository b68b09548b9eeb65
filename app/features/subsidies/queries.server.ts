import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { plainDateOf, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import {
  awaitsInformation,
  isSiret,
  type Subsidy,
  type SubsidyNature,
  type SubsidyStatus,
} from "~/domain/subsidy/subsidy";
import type { PublishedSubsidy } from "~/documents/subsidies";
import type { Db, Trx } from "~/services/db.server";

export type RecordedSubsidy = Subsidy & {
  readonly id: string;
  readonly year: number;
  readonly funder: string;
  readonly funderSiret: string | null;
  readonly object: string;
  readonly requested: Cents;
  readonly agreementReference: string | null;
  readonly paid: Cents | null;
  readonly paidOn: PlainDate | null;
  readonly paymentReference: string | null;
  readonly nature: SubsidyNature;
  readonly conditions: string;
  readonly mustInform: boolean;
};

function select(db: Db | Trx, networkId: NetworkId) {
  return db.selectFrom("subsidy").selectAll().where("networkId", "=", networkId).orderBy("requestedOn").orderBy("id");
}

type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

function toSubsidy(row: Row): RecordedSubsidy {
  const subsidy: Subsidy = {
    status: row.status as SubsidyStatus,
    requestedOn: row.requestedOn as PlainDate,
    granted: row.grantedCents as Cents | null,
    answeredOn: row.answeredOn as PlainDate | null,
    isCofunding: row.isCofunding === 1,
    informedOn: row.informedOn as PlainDate | null,
  };
  return {
    ...subsidy,
    ...{ id: row.id, year: row.year, funder: row.funder, funderSiret: row.funderSiret, object: row.object },
    requested: row.requestedCents as Cents,
    agreementReference: row.agreementReference,
    paid: row.paidCents as Cents | null,
    paidOn: row.paidOn as PlainDate | null,
    paymentReference: row.paymentReference,
    nature: row.nature as SubsidyNature,
    conditions: row.conditions,
    mustInform: awaitsInformation(subsidy),
  };
}

export async function listSubsidies(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
): Promise<readonly RecordedSubsidy[]> {
  return (await select(db, networkId).where("year", "=", year).execute()).map(toSubsidy);
}

export async function findSubsidy(db: Db | Trx, networkId: NetworkId, id: string): Promise<RecordedSubsidy | null> {
  const row = await select(db, networkId).where("id", "=", id).executeTakeFirst();
  return row ? toSubsidy(row) : null;
}

export async function listSubsidyYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db.selectFrom("subsidy").select("year").distinct().where("networkId", "=", networkId).execute();
  return rows.map(({ year }) => year);
}

/** Who sits for the Département on a day. */
export async function listDepartmentPeople(db: Db | Trx, networkId: NetworkId, on: PlainDate) {
  return db
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .innerJoin("person", "person.id", "mandate.personId")
    .select(["person.id", "person.email"])
    .distinct()
    .where("mandate.networkId", "=", networkId)
    .where("seat.kind", "=", "department")
    .where("mandate.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .orderBy("person.id")
    .execute();
}

/** Why an agreed subsidy can't enter the open data yet. */
export type Gap = "funder-siret" | "beneficiary-siret";

export type Publication = {
  readonly lines: readonly PublishedSubsidy[];
  readonly incomplete: readonly { readonly id: string; readonly funder: string; readonly gaps: readonly Gap[] }[];
};

/** The agreed subsidies of a year as SCDL lines; those that lack a SIRET are told apart, since the schema refuses them. */
export async function loadPublication(db: Db, networkId: NetworkId, year: number): Promise<Publication> {
  const [subsidies, lead] = await Promise.all([
    listSubsidies(db, networkId, year),
    db
      .selectFrom("network")
      .innerJoin("organization", "organization.id", "network.leadOrganizationId")
      .select(["organization.name", "organization.siret"])
      .where("network.id", "=", networkId)
      .executeTakeFirstOrThrow(),
  ]);
  const lines: PublishedSubsidy[] = [];
  const incomplete: Publication["incomplete"][number][] = [];
  for (const subsidy of subsidies) {
    const { granted, answeredOn, funderSiret, status } = subsidy;
    if ((status !== "agreed" && status !== "paid") || granted === null || answeredOn === null) continue;
    const gaps: Gap[] = [];
    if (funderSiret === null || !isSiret(funderSiret)) gaps.push("funder-siret");
    if (lead.siret === null || !isSiret(lead.siret)) gaps.push("beneficiary-siret");
    if (gaps.length > 0) incomplete.push({ id: subsidy.id, funder: subsidy.funder, gaps });
    else
      lines.push({
        ...{ funder: subsidy.funder, funderSiret: funderSiret ?? "", agreedOn: answeredOn },
        ...{ reference: subsidy.agreementReference ?? "", beneficiary: lead.name, beneficiarySiret: lead.siret ?? "" },
        ...{ object: subsidy.object, amount: granted, nature: subsidy.nature, conditions: subsidy.conditions },
        paidOn: subsidy.paidOn,
        periodEndsOn: plainDateOf(Math.max(year, yearOf(answeredOn)), 12, 31),
      });
  }
  return { lines, incomplete };
}
