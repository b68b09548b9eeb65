import type { PlanContent, PlannedAction } from "~/domain/action-plan/plan";
import { orderActions, publicPart } from "~/domain/action-plan/plan";
import {
  countProgress,
  deriveProgress,
  type ActionProgress,
  type Evidence,
  type IndicatorReading,
  type PlanCount,
  type ProgressEntry,
  type RecordedState,
} from "~/domain/action-plan/progress";
import type { NetworkId, OrganizationId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Viewer } from "~/services/actor.server";
import type { Db, Trx } from "~/services/db.server";
import { listPollsAbout, type PollWithResult } from "~/services/poll-record.server";

export type AdoptionDecision = {
  readonly pollId: string;
  readonly meetingId: string | null;
  readonly number: string;
  readonly decidedOn: PlainDate;
  readonly sentence: string;
};

/** « voting »: nothing changes any more; « rejected »: it can be reworked and put to the vote again. */
export type AdoptionStanding = "draft" | "voting" | "rejected" | "adopted";

export type Adoption = {
  readonly standing: AdoptionStanding;
  readonly decision: AdoptionDecision | null;
};

/** What the votes say of one text, never kept a second time. */
export function readAdoption(polls: readonly PollWithResult[], subjectId: string): Adoption {
  const own = polls.filter(({ poll }) => poll.subjectId === subjectId);
  const adopted = own.find(({ result }) => result?.outcome === "adopted" && result.decision !== null);
  if (adopted?.result?.decision) {
    const { poll, result } = adopted;
    const { decision } = adopted.result;
    return {
      standing: "adopted",
      decision: {
        ...{
          pollId: poll.id,
          meetingId: poll.meetingId,
          sentence: result.sentence,
        },
        number: decisionNumberOf(decision.year, decision.number),
        decidedOn: dateOf(parisLocalAt(new Date(result.closedAt))),
      },
    };
  }
  if (own.some(({ poll }) => poll.state === "open")) return { standing: "voting", decision: null };
  const isRejected = own.some(({ result }) => result?.outcome === "rejected");
  return { standing: isRejected ? "rejected" : "draft", decision: null };
}

export type RecordedPlan = Adoption & {
  readonly id: string;
  readonly year: number;
  readonly version: number;
  readonly content: PlanContent;
  readonly gapCount: number;
  readonly revision: number;
  readonly createdOn: PlainDate;
  readonly publishedOn: PlainDate | null;
};

/** Every version of the network's plans, or of one year, the oldest first. */
export async function listPlans(
  db: Db | Trx,
  networkId: NetworkId,
  year: number | null,
): Promise<readonly RecordedPlan[]> {
  const rows = await db
    .selectFrom("actionPlan")
    .leftJoin("actionPlanPublication", "actionPlanPublication.planId", "actionPlan.id")
    .selectAll("actionPlan")
    .select("actionPlanPublication.publishedAt")
    .where("actionPlan.networkId", "=", networkId)
    .$if(year !== null, (query) => query.where("actionPlan.year", "=", year ?? 0))
    .orderBy("actionPlan.year")
    .orderBy("actionPlan.version")
    .execute();
  const polls = await listPollsAbout(
    db,
    networkId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...{
      id: row.id,
      year: row.year,
      version: row.version,
      gapCount: row.gapCount,
      revision: row.revision,
    },
    content: JSON.parse(row.content) as PlanContent,
    createdOn: dayOf(row.createdAt),
    publishedOn: row.publishedAt === null ? null : dayOf(row.publishedAt),
    ...readAdoption(polls, row.id),
  }));
}

const dayOf = (instant: string): PlainDate => dateOf(parisLocalAt(new Date(instant)));

export async function findPlan(db: Db | Trx, networkId: NetworkId, planId: string): Promise<RecordedPlan | null> {
  const row = await db
    .selectFrom("actionPlan")
    .select("year")
    .where("networkId", "=", networkId)
    .where("id", "=", planId)
    .executeTakeFirst();
  if (!row) return null;
  return (await listPlans(db, networkId, row.year)).find(({ id }) => id === planId) ?? null;
}

/** The plan that runs in a year: the last version adopted, or the last written as long as none was. */
export function currentPlan<Plan extends Pick<RecordedPlan, "standing">>(plans: readonly Plan[]): Plan | null {
  return plans.findLast(({ standing }) => standing === "adopted") ?? plans.at(-1) ?? null;
}

export type RecordedProgress = ProgressEntry & {
  readonly by: string;
  readonly recordedAt: string;
};

/** What was recorded of the actions of a year, the oldest first. */
export async function listProgress(
  db: Db | Trx,
  networkId: NetworkId,
  year: number,
): Promise<readonly RecordedProgress[]> {
  const rows = await db
    .selectFrom("actionProgress")
    .selectAll()
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .orderBy("recordedOn")
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    ...{
      id: row.id,
      actionKey: row.actionKey,
      note: row.note,
      cancelsId: row.cancelsId,
    },
    recordedOn: row.recordedOn as PlainDate,
    state: row.state as RecordedState,
    delivered: JSON.parse(row.delivered) as readonly string[],
    readings: JSON.parse(row.readings) as readonly IndicatorReading[],
    evidence: JSON.parse(row.evidence) as readonly Evidence[],
    by: row.recordedByLabel,
    recordedAt: row.createdAt,
  }));
}

export type NetworkOrganization = {
  readonly id: OrganizationId;
  readonly name: string;
  readonly shortName: string;
  readonly kind: string;
};

/** The organizations that hold a seat, in the order of the seats: those that may answer for an action. */
export async function listOrganizations(db: Db | Trx, networkId: NetworkId): Promise<readonly NetworkOrganization[]> {
  const rows = await db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.name", "organization.shortName", "organization.kind"])
    .where("seat.networkId", "=", networkId)
    .orderBy("seat.position")
    .orderBy("seat.id")
    .execute();
  const known = new Map(rows.map((row) => [row.id, { ...row, id: row.id as OrganizationId }]));
  return [...known.values()];
}

/** The organizations that a person sits or acts for on a day. */
export async function organizationsOf(
  db: Db | Trx,
  networkId: NetworkId,
  personId: string,
  on: PlainDate,
): Promise<ReadonlySet<string>> {
  const [grants, mandates] = [
    await db
      .selectFrom("roleGrant")
      .select("organizationId")
      .where("networkId", "=", networkId)
      .where("personId", "=", personId)
      .where("startsOn", "<=", on)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
      .execute(),
    await db
      .selectFrom("mandate")
      .innerJoin("seat", "seat.id", "mandate.seatId")
      .select("seat.organizationId")
      .where("mandate.networkId", "=", networkId)
      .where("mandate.personId", "=", personId)
      .where("mandate.startsOn", "<=", on)
      .where((eb) => eb.or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
      .execute(),
  ];
  return new Set([...grants, ...mandates].map(({ organizationId }) => organizationId));
}

/** Is the viewer in charge of the action: of its organization, or the secretariat that keeps the plan? */
export function isInCharge(
  action: Pick<PlannedAction, "owner">,
  { own, isSecretary }: { readonly own: ReadonlySet<string>; readonly isSecretary: boolean },
): boolean {
  return isSecretary || (action.owner !== null && own.has(action.owner.organizationId));
}

export function isSecretaryOf(viewer: Viewer, networkId: NetworkId): boolean {
  return viewer.roles.some((held) => held.networkId === networkId && held.role === "secretary");
}

/** An action as a list shows it. */
export type ActionLine = {
  readonly key: string;
  readonly title: string;
  readonly themeKey: string;
  readonly themeLabel: string;
  readonly axisKey: string;
  readonly axisLabel: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly office: string;
  readonly partners: string;
  readonly territory: string;
  readonly budget: PlannedAction["budget"];
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly state: ActionProgress["state"];
  readonly isLate: boolean;
  readonly percent: number | null;
  readonly delivered: number;
  readonly deliverables: number;
  readonly evidence: number;
  readonly lastOn: PlainDate | null;
  readonly isInternal: boolean;
  readonly carriedFrom: number | null;
  readonly isMine: boolean;
};

export type PlanYear = {
  readonly year: number;
  readonly plans: readonly RecordedPlan[];
  readonly current: RecordedPlan;
  readonly lines: readonly ActionLine[];
  readonly count: PlanCount;
  readonly organizations: readonly NetworkOrganization[];
};

/**
 * A year's plan with where its actions stand on a day. Null without any plan.
 * @param mine the organizations of whoever looks
 * @param part « public »: the version published, without its internal actions; null as long as none is
 */
export async function loadPlanYear(
  db: Db,
  networkId: NetworkId,
  {
    year,
    today,
    mine,
    part,
  }: {
    readonly year: number;
    readonly today: PlainDate;
    readonly mine: ReadonlySet<string>;
    readonly part: "public" | "whole";
  },
): Promise<PlanYear | null> {
  const plans = await listPlans(db, networkId, year);
  const chosen =
    part === "whole"
      ? currentPlan(plans)
      : (plans.findLast(({ standing, publishedOn }) => standing === "adopted" && publishedOn !== null) ?? null);
  if (chosen === null) return null;
  const current = part === "whole" ? chosen : { ...chosen, content: publicPart(chosen.content) };
  const [organizations, entries] = [await listOrganizations(db, networkId), await listProgress(db, networkId, year)];
  const progress = progressOf(current.content, entries, today);
  const lines = toLines(current.content, progress, organizations, mine);
  return {
    year,
    plans,
    current,
    lines,
    count: countProgress([...progress.values()]),
    organizations,
  };
}

export function progressOf(
  content: PlanContent,
  entries: readonly ProgressEntry[],
  today: PlainDate,
): ReadonlyMap<string, ActionProgress> {
  return new Map(
    content.actions.map((action) => [
      action.key,
      deriveProgress(
        action,
        entries.filter(({ actionKey }) => actionKey === action.key),
        today,
      ),
    ]),
  );
}

export function toLines(
  content: PlanContent,
  progress: ReadonlyMap<string, ActionProgress>,
  organizations: readonly NetworkOrganization[],
  mine: ReadonlySet<string>,
): readonly ActionLine[] {
  const themes = new Map(content.themes.map((theme) => [theme.key, theme]));
  const axes = new Map(content.axes.map((axis) => [axis.key, axis]));
  const names = new Map<string, string>(organizations.map(({ id, name }) => [id, name]));
  return orderActions(content).map((action) => {
    const theme = themes.get(action.themeKey);
    const axis = axes.get(theme?.axisKey ?? "");
    const own = progress.get(action.key);
    return {
      ...{
        key: action.key,
        title: action.title,
        themeKey: action.themeKey,
        themeLabel: theme?.label ?? "",
      },
      ...{ axisKey: axis?.key ?? "", axisLabel: axis?.label ?? "" },
      ...{
        partners: action.partners,
        territory: action.territory,
        budget: action.budget,
      },
      ...{ startsOn: action.startsOn, endsOn: action.endsOn },
      ownerId: action.owner?.organizationId ?? null,
      ownerName: action.owner === null ? null : (names.get(action.owner.organizationId) ?? "Organisme parti"),
      office: action.owner?.office ?? "",
      state: own?.state ?? "not-started",
      isLate: own?.isLate ?? false,
      percent: own?.percent ?? null,
      delivered: own?.deliveredKeys.size ?? 0,
      deliverables: action.deliverables.length,
      evidence: own?.evidenceCount ?? 0,
      lastOn: own?.lastOn ?? null,
      ...{ isInternal: action.isInternal, carriedFrom: action.carriedFrom },
      isMine: action.owner !== null && mine.has(action.owner.organizationId),
    };
  });
}

/** Years that have a plan, and today's, the earliest first. @param part what the public sees of them, or all */
export async function listPlanYears(
  db: Db,
  networkId: NetworkId,
  { today, part }: { readonly today: PlainDate; readonly part: "public" | "whole" },
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("actionPlan")
    .leftJoin("actionPlanPublication", "actionPlanPublication.planId", "actionPlan.id")
    .select("actionPlan.year")
    .distinct()
    .where("actionPlan.networkId", "=", networkId)
    .$if(part === "public", (query) => query.where("actionPlanPublication.publishedAt", "is not", null))
    .execute();
  return [...new Set([...rows.map(({ year }) => year), yearOf(today)])].sort((a, b) => a - b);
}

/** Documents that entries name as evidence, by id; those of another network are not among them. */
export async function listEvidenceDocuments(db: Db, networkId: NetworkId, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("document")
    .select(["id", "title", "fileName", "byteSize", "visibility"])
    .where("networkId", "=", networkId)
    .where("id", "in", [...ids])
    .execute();
  return rows.map((row) => ({
    ...row,
    visibility: row.visibility === "public" ? ("public" as const) : ("members" as const),
  }));
}

/** Meetings still standing whose agenda puts this text to the vote. */
export async function listPlannedVotes(db: Db, networkId: NetworkId, subjectId: string) {
  return db
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["meeting.id", "meeting.title"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.subjectId", "=", subjectId)
    .where("agendaItem.status", "=", "accepted")
    .where("meeting.status", "!=", "cancelled")
    .orderBy("meeting.startsAt")
    .execute();
}
