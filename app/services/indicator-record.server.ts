import { parseCellKey, type CellRef, type Dictionary, type Indicator } from "~/domain/indicator/dictionary";
import type { CellContent } from "~/domain/indicator/cell";
import type { SubmissionState } from "~/domain/indicator/submission";
import type { NetworkId, OrganizationId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Db, Trx } from "./db.server";
import { listPollsAbout } from "./poll-record.server";

/**
 * The grid of indicators as the committee voted it, and what the CCAS declared: the collection and the published view share these reads.
 * Figures are raw: nothing here is protected. Whoever shows them to somebody else than their CCAS and the lead must protect them first.
 */

export type DictionaryDecision = {
  readonly pollId: string;
  readonly meetingId: string | null;
  readonly number: string;
  readonly decidedOn: PlainDate;
  readonly sentence: string;
};

/** « voting »: it does not change any more; « rejected »: it can be reworked and put to the vote again. */
export type DictionaryStanding = "draft" | "voting" | "rejected" | "adopted";

export type RecordedDictionary = Dictionary & {
  readonly note: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly standing: DictionaryStanding;
  readonly decision: DictionaryDecision | null;
};

/** Every version of the network's dictionary, the oldest first. What became of each is read from the votes. */
export async function listDictionaries(db: Db | Trx, networkId: NetworkId): Promise<readonly RecordedDictionary[]> {
  const versions = await db
    .selectFrom("dictionaryVersion")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("version")
    .execute();
  if (versions.length === 0) return [];
  const rows = await db
    .selectFrom("indicatorVersion")
    .select(["dictionaryId", "code", "content"])
    .where("networkId", "=", networkId)
    .orderBy("position")
    .execute();
  const polls = await listPollsAbout(
    db,
    networkId,
    versions.map(({ id }) => id),
  );
  return versions.map(({ id, version, noteMd, revision, createdAt }) => {
    const own = polls.filter(({ poll }) => poll.subjectId === id);
    const adopted = own.find(({ result }) => result?.outcome === "adopted" && result.decision !== null);
    const decision: DictionaryDecision | null = adopted?.result?.decision
      ? {
          pollId: adopted.poll.id,
          meetingId: adopted.poll.meetingId,
          number: decisionNumberOf(adopted.result.decision.year, adopted.result.decision.number),
          decidedOn: dateOf(parisLocalAt(new Date(adopted.result.closedAt))),
          sentence: adopted.result.sentence,
        }
      : null;
    const isOpen = own.some(({ poll }) => poll.state === "open");
    const isRejected = own.some(({ result }) => result?.outcome === "rejected");
    return {
      ...{ id, version, note: noteMd, revision, createdAt, decision },
      standing: decision ? "adopted" : isOpen ? "voting" : isRejected ? "rejected" : "draft",
      indicators: rows
        .filter(({ dictionaryId }) => dictionaryId === id)
        .map(({ code, content }) => ({ ...(JSON.parse(content) as Omit<Indicator, "code">), code })),
    };
  });
}

/** The last version that the committee adopted, or none. */
export function dictionaryInForce(dictionaries: readonly RecordedDictionary[]): RecordedDictionary | null {
  return dictionaries.findLast(({ standing }) => standing === "adopted") ?? null;
}

export type RecordedCampaign = {
  readonly id: string;
  readonly year: number;
  readonly dictionaryId: string;
  readonly populationDatasetId: string | null;
  readonly deadline: PlainDate;
  readonly openedAt: string;
  readonly closedAt: string | null;
};

/** The latest year first. */
export async function listCampaigns(db: Db | Trx, networkId: NetworkId): Promise<readonly RecordedCampaign[]> {
  const rows = await db
    .selectFrom("campaign")
    .select(["id", "year", "dictionaryId", "populationDatasetId", "deadline", "openedAt", "closedAt"])
    .where("networkId", "=", networkId)
    .orderBy("year", "desc")
    .execute();
  return rows.map((row) => ({ ...row, deadline: row.deadline as PlainDate }));
}

export type YearMember = {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly shortName: string;
  readonly inseeCode: string | null;
  readonly state: SubmissionState;
  /** « Population municipale » of the campaign's vintage; null where it is unknown. */
  readonly inhabitants: number | null;
};

export type DeclaredCell = {
  readonly organizationId: OrganizationId;
  readonly ref: CellRef;
  readonly content: CellContent;
};

/** One year as its campaign collected it. */
export type CollectedYear = {
  readonly campaignId: string;
  readonly year: number;
  readonly isClosed: boolean;
  readonly dictionary: Dictionary;
  readonly population: { readonly vintage: number; readonly producer: string; readonly title: string } | null;
  /** The CCAS called upon that year, in the order of the seats, whatever became of their submission. */
  readonly members: readonly YearMember[];
  /** Of validated submissions only. A cell that is missing was not filled. */
  readonly cells: readonly DeclaredCell[];
};

/** Everything that was validated, the earliest year first; of one network only. */
export async function loadCollectedYears(
  db: Db | Trx,
  networkId: NetworkId,
  years: readonly number[] | null = null,
): Promise<readonly CollectedYear[]> {
  const campaigns = (await listCampaigns(db, networkId))
    .filter(({ year }) => years === null || years.includes(year))
    .toReversed();
  if (campaigns.length === 0) return [];
  const ids = campaigns.map(({ id }) => id);
  const dictionaries = new Map((await listDictionaries(db, networkId)).map((each) => [each.id, each]));
  const members = await db
    .selectFrom("submission")
    .innerJoin("campaign", "campaign.id", "submission.campaignId")
    .innerJoin("organization", "organization.id", "submission.organizationId")
    .leftJoin("seat", (join) =>
      join
        .onRef("seat.organizationId", "=", "submission.organizationId")
        .onRef("seat.networkId", "=", "submission.networkId"),
    )
    .leftJoin("population", (join) =>
      join
        .onRef("population.datasetId", "=", "campaign.populationDatasetId")
        .onRef("population.communeCode", "=", "organization.inseeCode"),
    )
    .select(["submission.id", "submission.campaignId", "submission.organizationId", "submission.status"])
    .select(["organization.name", "organization.shortName", "organization.inseeCode", "population.municipal"])
    .where("submission.networkId", "=", networkId)
    .where("submission.campaignId", "in", ids)
    .orderBy("seat.position")
    .orderBy("submission.organizationId")
    .execute();
  const cells = await db
    .selectFrom("submissionCell")
    .innerJoin("submission", "submission.id", "submissionCell.submissionId")
    .select(["submission.campaignId", "submission.organizationId"])
    .select(["submissionCell.cellKey", "submissionCell.state", "submissionCell.amount"])
    .where("submission.networkId", "=", networkId)
    .where("submission.campaignId", "in", ids)
    .where("submission.status", "=", "validated")
    .where("submissionCell.state", "is not", null)
    .orderBy("submissionCell.submissionId")
    .orderBy("submissionCell.cellKey")
    .execute();
  const datasets = await db.selectFrom("populationDataset").select(["id", "vintage", "producer", "title"]).execute();
  return campaigns.map(({ id, year, closedAt, dictionaryId, populationDatasetId }) => {
    const dictionary = dictionaries.get(dictionaryId);
    if (!dictionary) throw new Error(`A campaign without its dictionary: ${id}`);
    const dataset = datasets.find((each) => each.id === populationDatasetId);
    return {
      ...{ campaignId: id, year, isClosed: closedAt !== null },
      dictionary: { id: dictionary.id, version: dictionary.version, indicators: dictionary.indicators },
      population: dataset ? { vintage: dataset.vintage, producer: dataset.producer, title: dataset.title } : null,
      members: uniqueBy(
        members.filter(({ campaignId }) => campaignId === id),
        (member) => member.organizationId,
      ).map((member) => ({
        organizationId: member.organizationId as OrganizationId,
        ...{ name: member.name, shortName: member.shortName, inseeCode: member.inseeCode },
        state: member.status as SubmissionState,
        inhabitants: member.municipal,
      })),
      cells: cells.flatMap(({ campaignId, organizationId, cellKey, state, amount }) => {
        const ref = parseCellKey(cellKey);
        const content = toCellContent(state, amount);
        if (campaignId !== id || ref === null || content === null) return [];
        return [{ organizationId: organizationId as OrganizationId, ref, content }];
      }),
    };
  });
}

/** What the columns of a cell say, or null when nothing readable was typed. */
export function toCellContent(state: string | null, amount: number | null): CellContent | null {
  switch (state) {
    case "value":
      return amount === null ? null : { state, value: amount };
    case "zero":
    case "not-applicable":
    case "not-known":
    case "not-released":
      return { state };
    default:
      return null;
  }
}

function uniqueBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
