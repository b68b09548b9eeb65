import { capacitiesIn } from "~/domain/access/permissions";
import { readTyped, type CellContent } from "~/domain/indicator/cell";
import {
  checkCells,
  listObstacles,
  type Finding,
  type WrittenCell,
  type YearBefore,
} from "~/domain/indicator/controls";
import { cellKeyOf, listEnteredCells, type Indicator, type Unit } from "~/domain/indicator/dictionary";
import { standingOf, type SubmissionStanding, type SubmissionState } from "~/domain/indicator/submission";
import type { NetworkId, OrganizationId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Viewer } from "~/services/actor.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import type { Db, Trx } from "~/services/db.server";
import {
  listCampaigns,
  listDictionaries,
  toCellContent,
  type RecordedCampaign,
  type RecordedDictionary,
} from "~/services/indicator-record.server";

/** Whose figures a person may read and write: the secretariat all of them, the others those of their own CCAS. */
export async function listReadableOrganizations(
  db: Db | Trx,
  networkId: NetworkId,
  viewer: Viewer,
  on: PlainDate,
): Promise<"all" | readonly string[]> {
  if (capacitiesIn(viewer, networkId).has("secretary")) return "all";
  return listOwnOrganizations(db, networkId, viewer, on);
}

export async function speaksFor(
  db: Db | Trx,
  networkId: NetworkId,
  { viewer, on }: { readonly viewer: Viewer; readonly on: PlainDate },
  organizationId: string,
): Promise<boolean> {
  const readable = await listReadableOrganizations(db, networkId, viewer, on);
  return readable === "all" || readable.includes(organizationId);
}

export type StoredCell = WrittenCell & {
  readonly typed: string;
  readonly content: CellContent | null;
  readonly revision: number;
  readonly updatedBy: string;
  readonly updatedAt: string;
};

/** Typed by somebody whose form was overtaken or closed: kept, and shown beside the cell until somebody writes it again. */
export type SetAside = {
  readonly cellKey: string;
  readonly typed: string;
  readonly comment: string;
  readonly by: string;
  readonly at: string;
};

export type SubmissionEvent = {
  readonly id: string;
  readonly kind: SubmissionEventKind;
  readonly body: string;
  readonly by: string;
  readonly at: string;
};
export type SubmissionEventKind = "submitted" | "validated" | "reopened" | "reminded" | "comment";

export type SubmissionHead = {
  readonly id: string;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly shortName: string;
  readonly inseeCode: string | null;
  readonly state: SubmissionState;
  readonly inhabitants: number | null;
  readonly updatedAt: string | null;
};

export type CampaignView = {
  readonly campaign: RecordedCampaign;
  readonly dictionary: RecordedDictionary;
  readonly submissions: readonly SubmissionHead[];
};

/** A year's campaign with its grid and the CCAS called upon; null when there is none in this network. */
export async function findCampaign(db: Db | Trx, networkId: NetworkId, year: number): Promise<CampaignView | null> {
  const campaign = (await listCampaigns(db, networkId)).find((each) => each.year === year);
  if (!campaign) return null;
  const dictionary = (await listDictionaries(db, networkId)).find(({ id }) => id === campaign.dictionaryId);
  if (!dictionary) throw new Error(`A campaign without its dictionary: ${campaign.id}`);
  const rows = await db
    .selectFrom("submission")
    .innerJoin("organization", "organization.id", "submission.organizationId")
    .leftJoin("seat", (join) =>
      join
        .onRef("seat.organizationId", "=", "submission.organizationId")
        .onRef("seat.networkId", "=", "submission.networkId"),
    )
    .leftJoin("population", (join) =>
      join
        .on("population.datasetId", "=", campaign.populationDatasetId ?? "")
        .onRef("population.communeCode", "=", "organization.inseeCode"),
    )
    .select(["submission.id", "submission.organizationId", "submission.status", "submission.updatedAt"])
    .select(["organization.name", "organization.shortName", "organization.inseeCode", "population.municipal"])
    .where("submission.networkId", "=", networkId)
    .where("submission.campaignId", "=", campaign.id)
    .orderBy("seat.position")
    .orderBy("submission.organizationId")
    .execute();
  const submissions = [...new Map(rows.map((row) => [row.id, row])).values()].map((row) => ({
    ...{ id: row.id, name: row.name, shortName: row.shortName, inseeCode: row.inseeCode, updatedAt: row.updatedAt },
    organizationId: row.organizationId as OrganizationId,
    state: row.status as SubmissionState,
    inhabitants: row.municipal,
  }));
  return { campaign, dictionary, submissions };
}

/** The unit in which each cell of a grid is read. */
export function unitsOf(indicators: readonly Indicator[]): ReadonlyMap<string, Unit> {
  const units = new Map(indicators.map(({ code, unit }) => [code, unit]));
  return new Map(listEnteredCells(indicators).map((ref) => [cellKeyOf(ref), units.get(ref.indicator) ?? "files"]));
}

/** The cells of several submissions, each by its key. */
export async function loadCells(
  db: Db | Trx,
  networkId: NetworkId,
  submissionIds: readonly string[],
  units: ReadonlyMap<string, Unit>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, StoredCell>>> {
  const found = new Map<string, Map<string, StoredCell>>(submissionIds.map((id) => [id, new Map()]));
  if (submissionIds.length === 0) return found;
  const rows = await db
    .selectFrom("submissionCell")
    .innerJoin("person", "person.id", "submissionCell.updatedBy")
    .selectAll("submissionCell")
    .select("person.displayName")
    .where("submissionCell.networkId", "=", networkId)
    .where("submissionCell.submissionId", "in", submissionIds)
    .execute();
  for (const row of rows) {
    const unit = units.get(row.cellKey);
    if (unit === undefined) continue;
    const reading = readTyped(row.typed, unit);
    found.get(row.submissionId)?.set(row.cellKey, {
      ...{ typed: row.typed, comment: row.comment, revision: row.revision, updatedAt: row.updatedAt },
      ...{ updatedBy: row.displayName, content: toCellContent(row.state, row.amount) },
      reading: reading.ok ? { ok: true, content: reading.value } : { ok: false, refusal: reading.refusal },
    });
  }
  return found;
}

export type BoardLine = SubmissionHead & {
  readonly standing: SubmissionStanding;
  readonly filled: number;
  readonly expected: number;
  /** What still keeps it from being sent. */
  readonly obstacles: number;
  /** The instant of its last reminder. */
  readonly remindedAt: string | null;
};

/** The progress of each CCAS: how far, never which figures. */
export async function loadBoard(db: Db, networkId: NetworkId, view: CampaignView): Promise<readonly BoardLine[]> {
  const { campaign, dictionary, submissions } = view;
  const units = unitsOf(dictionary.indicators);
  const cells = await loadCells(
    db,
    networkId,
    submissions.map(({ id }) => id),
    units,
  );
  const before = await loadYearBefore(db, networkId, campaign.year);
  const reminders = await listLastReminders(db, networkId, campaign.id);
  return submissions.map((submission) => {
    const own = cells.get(submission.id) ?? new Map<string, StoredCell>();
    const findings = checkCells(dictionary.indicators, own, {
      inhabitants: submission.inhabitants,
      yearBefore: before.get(submission.organizationId) ?? null,
    });
    const filled = [...own.values()].filter(({ reading }) => reading.ok).length;
    return {
      ...submission,
      ...{ filled, expected: units.size, remindedAt: reminders.get(submission.id) ?? null },
      standing: standingOf({ state: submission.state, filled }, campaign),
      obstacles: listObstacles(findings, own).length,
    };
  });
}

/** What each CCAS declared of the year before, once sent, under the grid of that year. */
export async function loadYearBefore(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
): Promise<ReadonlyMap<string, YearBefore>> {
  const view = await findCampaign(db, networkId, year - 1);
  if (!view) return new Map();
  const sent = view.submissions.filter(({ state }) => state !== "draft");
  const { indicators } = view.dictionary;
  const cells = await loadCells(
    db,
    networkId,
    sent.map(({ id }) => id),
    unitsOf(indicators),
  );
  return new Map(
    sent.map(({ id, organizationId }) => [
      organizationId,
      {
        indicators,
        cells: new Map(
          [...(cells.get(id) ?? [])].flatMap(([key, { content }]) => (content === null ? [] : [[key, content]])),
        ),
      },
    ]),
  );
}

export type SubmissionView = {
  readonly campaign: RecordedCampaign;
  readonly dictionary: RecordedDictionary;
  readonly submission: SubmissionHead;
  readonly cells: ReadonlyMap<string, StoredCell>;
  readonly setAside: ReadonlyMap<string, SetAside>;
  readonly yearBefore: YearBefore | null;
  readonly findings: readonly Finding[];
  readonly obstacles: readonly Finding[];
  /** The oldest first. */
  readonly events: readonly SubmissionEvent[];
};

/** Everything that one CCAS declares of a year; null outside of the network. Figures are raw: only its CCAS and the lead may read them. */
export async function findSubmission(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
  organizationId: string,
): Promise<SubmissionView | null> {
  const view = await findCampaign(db, networkId, year);
  const submission = view?.submissions.find((each) => each.organizationId === organizationId);
  if (!view || !submission) return null;
  const { campaign, dictionary } = view;
  const loaded = await loadCells(db, networkId, [submission.id], unitsOf(dictionary.indicators));
  const cells = loaded.get(submission.id) ?? new Map<string, StoredCell>();
  const yearBefore = (await loadYearBefore(db, networkId, year)).get(organizationId) ?? null;
  const findings = checkCells(dictionary.indicators, cells, { inhabitants: submission.inhabitants, yearBefore });
  return {
    ...{ campaign, dictionary, submission, cells, yearBefore, findings },
    obstacles: listObstacles(findings, cells),
    setAside: await loadSetAside(db, networkId, submission.id),
    events: await listEvents(db, networkId, submission.id),
  };
}

async function loadSetAside(
  db: Db | Trx,
  networkId: NetworkId,
  submissionId: string,
): Promise<ReadonlyMap<string, SetAside>> {
  const rows = await db
    .selectFrom("submissionCellHistory")
    .innerJoin("person", "person.id", "submissionCellHistory.writtenBy")
    .select(["submissionCellHistory.cellKey", "submissionCellHistory.outcome", "submissionCellHistory.typed"])
    .select(["submissionCellHistory.comment", "submissionCellHistory.writtenAt as at", "person.displayName as by"])
    .where("submissionCellHistory.networkId", "=", networkId)
    .where("submissionCellHistory.submissionId", "=", submissionId)
    .orderBy("submissionCellHistory.writtenAt")
    .orderBy("submissionCellHistory.id")
    .execute();
  const last = new Map<string, SetAside>();
  for (const { outcome, ...row } of rows) {
    if (outcome === "set-aside") last.set(row.cellKey, row);
    else last.delete(row.cellKey);
  }
  return last;
}

async function listEvents(
  db: Db | Trx,
  networkId: NetworkId,
  submissionId: string,
): Promise<readonly SubmissionEvent[]> {
  const rows = await db
    .selectFrom("submissionEvent")
    .innerJoin("person", "person.id", "submissionEvent.recordedBy")
    .select(["submissionEvent.id", "submissionEvent.kind", "submissionEvent.body"])
    .select(["submissionEvent.recordedAt as at", "person.displayName as by"])
    .where("submissionEvent.networkId", "=", networkId)
    .where("submissionEvent.submissionId", "=", submissionId)
    .orderBy("submissionEvent.recordedAt")
    .orderBy("submissionEvent.id")
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as SubmissionEventKind }));
}

/** The instant of the last reminder of each submission of a campaign that had one. */
export async function listLastReminders(
  db: Db | Trx,
  networkId: NetworkId,
  campaignId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("submissionEvent")
    .innerJoin("submission", "submission.id", "submissionEvent.submissionId")
    .select(["submissionEvent.submissionId", "submissionEvent.recordedAt"])
    .where("submissionEvent.networkId", "=", networkId)
    .where("submission.campaignId", "=", campaignId)
    .where("submissionEvent.kind", "=", "reminded")
    .orderBy("submissionEvent.recordedAt")
    .execute();
  return new Map(rows.map(({ submissionId, recordedAt }) => [submissionId, recordedAt]));
}

/** Whom a reminder reaches: the agents and the seats of a CCAS, today. One person once. */
export async function listContacts(
  db: Db | Trx,
  networkId: NetworkId,
  organizationIds: readonly string[],
  on: PlainDate,
): Promise<readonly { readonly organizationId: string; readonly personId: string; readonly email: string }[]> {
  if (organizationIds.length === 0) return [];
  const agents = await db
    .selectFrom("roleGrant")
    .innerJoin("person", "person.id", "roleGrant.personId")
    .select(["roleGrant.organizationId", "person.id as personId", "person.email"])
    .where("roleGrant.networkId", "=", networkId)
    .where("roleGrant.role", "=", "agent")
    .where("roleGrant.organizationId", "in", organizationIds)
    .where("roleGrant.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  const officials = await db
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .innerJoin("person", "person.id", "mandate.personId")
    .select(["seat.organizationId", "person.id as personId", "person.email"])
    .where("mandate.networkId", "=", networkId)
    .where("seat.organizationId", "in", organizationIds)
    .where("mandate.startsOn", "<=", on)
    .where(({ or, eb }) => or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
    .where("person.disabledAt", "is", null)
    .execute();
  const withAgent = new Set(agents.map(({ organizationId }) => organizationId));
  const chosen = [...agents, ...officials.filter(({ organizationId }) => !withAgent.has(organizationId))];
  return [...new Map(chosen.map((contact) => [`${contact.organizationId} ${contact.personId}`, contact])).values()];
}

/** Meetings on whose agenda a version stands. */
export function listMeetingsAbout(db: Db, networkId: NetworkId, dictionaryId: string) {
  return db
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["meeting.id", "meeting.title", "meeting.startsAt"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.kind", "=", "dictionary-adoption")
    .where("agendaItem.subjectId", "=", dictionaryId)
    .where("agendaItem.status", "=", "accepted")
    .where("meeting.status", "!=", "cancelled")
    .orderBy("meeting.startsAt")
    .execute();
}

export type SharedForm = {
  readonly id: string;
  readonly formCode: string;
  readonly version: number;
  readonly title: string;
  readonly bodyMd: string;
  readonly note: string;
  readonly publishedAt: string;
};

/** Every version of every shared form, the latest first. */
export function listSharedForms(db: Db | Trx, networkId: NetworkId): Promise<readonly SharedForm[]> {
  return db
    .selectFrom("sharedFormVersion")
    .select(["id", "formCode", "version", "title", "bodyMd", "note", "publishedAt"])
    .where("networkId", "=", networkId)
    .orderBy("formCode")
    .orderBy("version", "desc")
    .execute();
}
