import { vintageInForce } from "~/domain/population/population";
import { checkWeights, type Weighted } from "~/domain/apportionment/split-by-weight";
import type { DetailTable } from "~/domain/apportionment/controlled-rounding";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";
import { measureOneHour, type HourEffect } from "~/domain/staff-time/sensitivity";
import {
  composeStaffTimeState,
  prorateStaffTime,
  type HourlyCost,
  type StaffTimeState,
  type TimeEntry,
} from "~/domain/staff-time/staff-time";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "~/services/db.server";

export type TimeLine = {
  readonly id: string;
  readonly year: number;
  readonly staffFunction: string;
  readonly axis: ExpenseAxis;
  readonly minutes: number;
  readonly centsPerHour: Cents;
  readonly basis: string;
  readonly standing: TimeEntry["standing"];
  readonly contest: { readonly reason: string; readonly organizationId: string } | null;
};

/** The lines of a year as they stand: corrected and withdrawn ones are left out, contests and the votes on them are read. */
export async function loadTimeLines(db: Db | Trx, networkId: NetworkId, year: number): Promise<readonly TimeLine[]> {
  const rows = await db
    .selectFrom("staffTime")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .orderBy("functionLabel")
    .orderBy("axis")
    .orderBy("id")
    .execute();
  const corrected = new Set(rows.flatMap(({ correctsId }) => (correctsId === null ? [] : [correctsId])));
  const current = rows.filter((row) => row.voided === 0 && !corrected.has(row.id));
  const contests = await listContests(
    db,
    networkId,
    current.map(({ id }) => id),
  );
  return current.map((row) => {
    const contest = contests.get(row.id) ?? null;
    return {
      id: row.id,
      year: row.year,
      staffFunction: row.functionLabel,
      axis: row.axis as ExpenseAxis,
      minutes: row.minutes,
      centsPerHour: row.hourlyCostCents as Cents,
      basis: row.costBasis,
      standing: contest === null ? "agreed" : standingOf(contest.outcome),
      contest: contest && { reason: contest.reason, organizationId: contest.organizationId },
    };
  });
}

function standingOf(outcome: string | null): TimeEntry["standing"] {
  if (outcome === null) return "contested";
  return outcome === "adopted" ? "upheld" : "rejected";
}

/** The last word on each contested line: the contest itself, or the vote that settled it. */
async function listContests(db: Db | Trx, networkId: NetworkId, lineIds: readonly string[]) {
  if (lineIds.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom("staffTimeContest")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("staffTimeId", "in", lineIds)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const open = rows.filter(({ outcome }) => outcome === null);
  const settled = rows.filter(({ outcome }) => outcome !== null);
  return new Map([...open, ...settled].map((row) => [row.staffTimeId, row] as const));
}

const toEntry = ({ id, staffFunction, axis, year, minutes, standing }: TimeLine): TimeEntry => ({
  ...{ id, staffFunction, axis, year, minutes, standing },
});

/** One cost for each function: lines of one function are recorded and corrected together. */
function costsOf(lines: readonly TimeLine[]): readonly HourlyCost[] {
  const costs = new Map(
    lines.map(({ staffFunction, year, centsPerHour, basis }) => [
      staffFunction,
      { staffFunction, year, centsPerHour, basis },
    ]),
  );
  return [...costs.values()];
}

/** Null for a year without a line. */
export function composeState(year: number, lines: readonly TimeLine[]): StaffTimeState | null {
  const state = composeStaffTimeState(year, lines.map(toEntry), costsOf(lines));
  return state.ok ? state.value : null;
}

export type Approval = {
  readonly pollId: string;
  readonly decisionNumber: string;
  readonly recordedOn: PlainDate;
  readonly total: Cents;
  readonly minutes: number;
};

export async function findApproval(db: Db | Trx, networkId: NetworkId, year: number): Promise<Approval | null> {
  const row = await db
    .selectFrom("staffTimeState")
    .select(["approvedPollId", "content", "createdAt"])
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .executeTakeFirst();
  if (!row) return null;
  const content = JSON.parse(row.content) as { readonly decisionNumber: string; readonly state: StaffTimeState };
  return {
    pollId: row.approvedPollId,
    decisionNumber: content.decisionNumber,
    recordedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
    total: content.state.total,
    minutes: content.state.minutes,
  };
}

export type ProrationBasis = {
  readonly weights: readonly Weighted[];
  readonly labels: ReadonlyMap<string, string>;
  /** Where the weights come from. */
  readonly source:
    | { readonly kind: "call"; readonly year: number; readonly rank: number }
    | { readonly kind: "population"; readonly vintage: number; readonly producer: string; readonly inForceOn: string };
};

/** The weights of the year's cash: those that its first call froze, else the municipal populations in force on 31 December. Null without either. */
export async function findProrationBasis(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
): Promise<ProrationBasis | null> {
  const members = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.shortName", "organization.inseeCode"])
    .where("seat.networkId", "=", networkId)
    .where("seat.kind", "=", "signatory")
    .orderBy("seat.position")
    .orderBy("organization.id")
    .execute();
  const labels = new Map(members.map(({ id, shortName }) => [id, shortName]));
  const call = await db
    .selectFrom("fundingCallShare")
    .innerJoin("fundingCall", "fundingCall.id", "fundingCallShare.callId")
    .select(["fundingCallShare.organizationId", "fundingCallShare.weight", "fundingCall.rank"])
    .where("fundingCall.networkId", "=", networkId)
    .where("fundingCall.year", "=", year)
    .orderBy("fundingCall.rank")
    .execute();
  const frozen = call.filter(({ rank }) => rank === call[0]?.rank);
  const called = checkWeights(frozen.map((share) => ({ id: share.organizationId, weight: Number(share.weight) })));
  if (called.ok) {
    return { weights: called.value, labels, source: { kind: "call", year, rank: call[0]?.rank ?? 1 } };
  }
  return findPopulationBasis(db, year, members, labels);
}

type Member = { readonly id: string; readonly inseeCode: string | null };

async function findPopulationBasis(
  db: Db | Trx,
  year: number,
  members: readonly Member[],
  labels: ReadonlyMap<string, string>,
): Promise<ProrationBasis | null> {
  const vintage = vintageInForce(plainDateOf(year, 12, 31));
  const codes = members.flatMap(({ inseeCode }) => (inseeCode === null ? [] : [inseeCode]));
  if (codes.length === 0) return null;
  const figures = await db
    .selectFrom("population")
    .innerJoin("populationDataset", "populationDataset.id", "population.datasetId")
    .select(["population.communeCode", "population.municipal"])
    .select(["populationDataset.producer", "populationDataset.inForceOn", "populationDataset.vintage"])
    .where("populationDataset.vintage", "<=", vintage)
    .where("population.communeCode", "in", codes)
    .orderBy("populationDataset.vintage", "desc")
    .orderBy("populationDataset.importedAt", "desc")
    .execute();
  const latest = figures[0];
  if (!latest) return null;
  const byCode = new Map(
    figures.filter((figure) => figure.vintage === latest.vintage).map((one) => [one.communeCode, one.municipal]),
  );
  const checked = checkWeights(
    members.map(({ id, inseeCode }) => ({ id, weight: byCode.get(inseeCode ?? "") ?? null })),
  );
  if (!checked.ok) return null;
  const { producer, inForceOn } = latest;
  return {
    weights: checked.value,
    labels,
    source: { kind: "population", vintage: latest.vintage, producer, inForceOn },
  };
}

export type YearView = {
  readonly lines: readonly TimeLine[];
  readonly state: StaffTimeState | null;
  readonly approval: Approval | null;
  readonly basis: ProrationBasis | null;
  readonly prorated: DetailTable<ExpenseAxis> | null;
  readonly effects: readonly HourEffect[];
  readonly organizations: ReadonlyMap<string, string>;
};

export async function loadYear(db: Db, networkId: NetworkId, year: number): Promise<YearView> {
  const [lines, approval, basis, organizations] = await Promise.all([
    loadTimeLines(db, networkId, year),
    findApproval(db, networkId, year),
    findProrationBasis(db, networkId, year),
    nameOrganizations(db, networkId),
  ]);
  const state = composeState(year, lines);
  const isShared = state !== null && basis !== null && state.total > 0;
  const prorated = isShared ? prorateStaffTime(state, basis.weights) : null;
  return {
    ...{ lines, state, approval, basis, organizations },
    prorated: prorated?.ok ? prorated.value : null,
    effects: isShared ? measureOneHour(state, basis.weights) : [],
  };
}

async function nameOrganizations(db: Db, networkId: NetworkId): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name"])
    .where("seat.networkId", "=", networkId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listTimeYears(db: Db, networkId: NetworkId): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("staffTime")
    .select("year")
    .distinct()
    .where("networkId", "=", networkId)
    .orderBy("year", "desc")
    .execute();
  return rows.map(({ year }) => year);
}

export type TimeLinePage = {
  readonly line: TimeLine;
  /** False for a line that a later entry corrected or withdrew. */
  readonly isCurrent: boolean;
  readonly isYearApproved: boolean;
  readonly contestedBy: string | null;
  /** The entries that this one corrects, the latest first. */
  readonly former: readonly {
    readonly id: string;
    readonly minutes: number;
    readonly centsPerHour: Cents;
    readonly recordedOn: PlainDate;
    readonly recorderName: string;
  }[];
};

export async function findTimeLine(db: Db, networkId: NetworkId, lineId: string): Promise<TimeLinePage | null> {
  const row = await db
    .selectFrom("staffTime")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("id", "=", lineId)
    .executeTakeFirst();
  if (!row) return null;
  const [lines, approval, organizations, entries] = await Promise.all([
    loadTimeLines(db, networkId, row.year),
    findApproval(db, networkId, row.year),
    nameOrganizations(db, networkId),
    db
      .selectFrom("staffTime")
      .innerJoin("person", "person.id", "staffTime.recordedBy")
      .selectAll("staffTime")
      .select("person.displayName as recorderName")
      .where("staffTime.networkId", "=", networkId)
      .where("staffTime.year", "=", row.year)
      .execute(),
  ]);
  const current = lines.find(({ id }) => id === lineId);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const former: TimeLinePage["former"][number][] = [];
  for (let id = row.correctsId; id !== null;) {
    const entry = byId.get(id);
    if (!entry) break;
    former.push({
      id,
      minutes: entry.minutes,
      centsPerHour: entry.hourlyCostCents as Cents,
      recordedOn: dateOf(parisLocalAt(new Date(entry.createdAt))),
      recorderName: entry.recorderName,
    });
    id = entry.correctsId;
  }
  const line: TimeLine = current ?? {
    ...{ id: row.id, year: row.year, staffFunction: row.functionLabel, axis: row.axis as ExpenseAxis },
    ...{ minutes: row.minutes, centsPerHour: row.hourlyCostCents as Cents, basis: row.costBasis },
    ...{ standing: "agreed" as const, contest: null },
  };
  return {
    line,
    isCurrent: current !== undefined,
    isYearApproved: approval !== null,
    contestedBy: line.contest && (organizations.get(line.contest.organizationId) ?? null),
    former,
  };
}

export type Motion = {
  readonly pollId: string;
  readonly title: string;
  readonly result: "adopted" | "rejected";
  /** « 2026-4 »; null for a rejection, which bears no number. */
  readonly decisionNumber: string | null;
};

/** Votes on a motion that the committee pronounced since the year began, the latest first, and that no state or contest has used. */
export async function listMotions(db: Db | Trx, networkId: NetworkId, year: number): Promise<readonly Motion[]> {
  const rows = await db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .select(["poll.id", "poll.title", "pollResult.outcome", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("pollResult.networkId", "=", networkId)
    .where("poll.subject", "=", "motion")
    .where("pollResult.outcome", "in", ["adopted", "rejected"])
    .where("pollResult.closedAt", ">=", `${year}-01-01`)
    .orderBy("pollResult.closedAt", "desc")
    .orderBy("poll.id")
    .execute();
  const [states, contests] = await Promise.all([
    db.selectFrom("staffTimeState").select("approvedPollId as pollId").where("networkId", "=", networkId).execute(),
    db
      .selectFrom("staffTimeContest")
      .select("pollId")
      .where("networkId", "=", networkId)
      .where("pollId", "is not", null)
      .execute(),
  ]);
  const used = new Set([...states, ...contests].map(({ pollId }) => pollId));
  return rows
    .filter(({ id }) => !used.has(id))
    .map((row) => ({
      pollId: row.id,
      title: row.title,
      result: row.outcome === "adopted" ? "adopted" : "rejected",
      decisionNumber:
        row.decisionYear === null || row.decisionNumber === null
          ? null
          : decisionNumberOf(row.decisionYear, row.decisionNumber),
    }));
}
