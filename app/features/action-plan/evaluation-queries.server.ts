import {
  lastScores,
  type Criterion,
  type CriterionEntry,
  type ProtocolContent,
  type Score,
} from "~/domain/action-plan/evaluation";
import { currentMatrix, type PartnershipEntry } from "~/domain/action-plan/partnership";
import { listPracticeFaults, type Channel, type PracticeCard, type PracticeFault } from "~/domain/action-plan/practice";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { DocumentModel } from "~/documents/document-model";
import type { Db, Trx } from "~/services/db.server";
import { listPollsAbout } from "~/services/poll-record.server";
import { readAdoption, type Adoption } from "./plan-queries.server";

export type RecordedProtocol = Adoption &
  ProtocolContent & {
    readonly id: string;
    readonly version: number;
    readonly createdOn: PlainDate;
  };

export async function listProtocols(db: Db | Trx, networkId: NetworkId): Promise<readonly RecordedProtocol[]> {
  const rows = await db
    .selectFrom("evaluationProtocol")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("version")
    .execute();
  const polls = await listPollsAbout(
    db,
    networkId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...(JSON.parse(row.content) as ProtocolContent),
    ...{
      id: row.id,
      version: row.version,
      createdOn: dateOf(parisLocalAt(new Date(row.createdAt))),
    },
    ...readAdoption(polls, row.id),
  }));
}

/** The protocol that evaluations follow: the last adopted. */
export async function findProtocolInForce(db: Db | Trx, networkId: NetworkId): Promise<RecordedProtocol | null> {
  return (await listProtocols(db, networkId)).findLast(({ standing }) => standing === "adopted") ?? null;
}

export type ReportPeriod = "half-year" | "year";

export type RecordedScore = CriterionEntry & {
  readonly id: string;
  readonly recordedOn: PlainDate;
};

export type RecordedReport = {
  readonly id: string;
  readonly year: number;
  readonly period: ReportPeriod;
  readonly protocolId: string;
  readonly criteria: readonly Criterion[];
  readonly openedOn: PlainDate;
  /** Every entry, the oldest first; the last of each criterion counts. */
  readonly scores: readonly RecordedScore[];
  readonly current: ReadonlyMap<string, RecordedScore>;
  /** The report as it was when it closed. */
  readonly closed: {
    readonly on: PlainDate;
    readonly document: DocumentModel;
  } | null;
};

export async function listReports(db: Db | Trx, networkId: NetworkId): Promise<readonly RecordedReport[]> {
  const rows = await db
    .selectFrom("evaluationReport")
    .innerJoin("evaluationProtocol", "evaluationProtocol.id", "evaluationReport.protocolId")
    .leftJoin("evaluationClosing", "evaluationClosing.reportId", "evaluationReport.id")
    .selectAll("evaluationReport")
    .select(["evaluationProtocol.content", "evaluationClosing.closedOn", "evaluationClosing.document"])
    .where("evaluationReport.networkId", "=", networkId)
    .orderBy("evaluationReport.year", "desc")
    .orderBy("evaluationReport.createdAt", "desc")
    .execute();
  if (rows.length === 0) return [];
  const scores = await db
    .selectFrom("evaluationScore")
    .selectAll()
    .where("networkId", "=", networkId)
    .where(
      "reportId",
      "in",
      rows.map(({ id }) => id),
    )
    .orderBy("sequence")
    .execute();
  return rows.map((row) => {
    const own = scores
      .filter(({ reportId }) => reportId === row.id)
      .map((score) => ({
        ...{
          id: score.id,
          criterionKey: score.criterionKey,
          narrative: score.narrative,
          score: score.score as Score,
        },
        recordedOn: dateOf(parisLocalAt(new Date(score.createdAt))),
      }));
    return {
      ...{
        id: row.id,
        year: row.year,
        period: row.period as ReportPeriod,
        protocolId: row.protocolId,
      },
      criteria: (JSON.parse(row.content) as ProtocolContent).criteria,
      openedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
      scores: own,
      current: lastScores(own),
      closed:
        row.closedOn === null || row.document === null
          ? null
          : {
              on: row.closedOn as PlainDate,
              document: JSON.parse(row.document) as DocumentModel,
            },
    };
  });
}

export async function findReport(db: Db | Trx, networkId: NetworkId, reportId: string): Promise<RecordedReport | null> {
  return (await listReports(db, networkId)).find(({ id }) => id === reportId) ?? null;
}

export type RecordedPartnership = PartnershipEntry & {
  readonly id: string;
  readonly sequence: number;
  readonly recordedOn: PlainDate;
  readonly by: string;
};

/** Every entry of the matrix, the oldest first, and the one that stands for each theme. */
export async function loadMatrix(db: Db | Trx, networkId: NetworkId) {
  const rows = await db
    .selectFrom("partnershipEntry")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("sequence")
    .execute();
  const entries = rows.map((row): RecordedPartnership => ({
    ...{
      id: row.id,
      sequence: row.sequence,
      themeKey: row.themeKey,
      by: row.recordedByLabel,
    },
    ...{ department: row.department, towns: row.towns, together: row.together },
    recordedOn: row.recordedOn as PlainDate,
  }));
  return { entries, current: currentMatrix(entries) };
}

export type RecordedPractice = PracticeCard & {
  readonly id: string;
  readonly actionKey: string | null;
  readonly revision: number;
  readonly faults: readonly PracticeFault[];
  readonly publishedOn: PlainDate | null;
  readonly createdOn: PlainDate;
  readonly spread: readonly {
    readonly id: string;
    readonly channel: Channel;
    readonly on: PlainDate;
    readonly reference: string;
  }[];
};

export async function listPractices(
  db: Db | Trx,
  networkId: NetworkId,
  part: "public" | "whole",
): Promise<readonly RecordedPractice[]> {
  const rows = await db
    .selectFrom("goodPractice")
    .leftJoin("goodPracticePublication", "goodPracticePublication.practiceId", "goodPractice.id")
    .selectAll("goodPractice")
    .select("goodPracticePublication.publishedOn")
    .where("goodPractice.networkId", "=", networkId)
    .$if(part === "public", (query) => query.where("goodPracticePublication.publishedOn", "is not", null))
    .orderBy("goodPractice.createdAt", "desc")
    .orderBy("goodPractice.id")
    .execute();
  const channels = await db
    .selectFrom("goodPracticeChannel")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("usedOn")
    .orderBy("id")
    .execute();
  return rows.map((row) => {
    const card = JSON.parse(row.content) as PracticeCard;
    return {
      ...card,
      ...{
        id: row.id,
        actionKey: row.actionKey,
        revision: row.revision,
        faults: listPracticeFaults(card),
      },
      publishedOn: row.publishedOn as PlainDate | null,
      createdOn: dateOf(parisLocalAt(new Date(row.createdAt))),
      spread: channels
        .filter(({ practiceId }) => practiceId === row.id)
        .map(({ id, channel, usedOn, reference }) => ({
          ...{
            id,
            reference,
            channel: channel as Channel,
            on: usedOn as PlainDate,
          },
        })),
    };
  });
}

export async function findPractice(
  db: Db | Trx,
  networkId: NetworkId,
  practiceId: string,
): Promise<RecordedPractice | null> {
  return (await listPractices(db, networkId, "whole")).find(({ id }) => id === practiceId) ?? null;
}
