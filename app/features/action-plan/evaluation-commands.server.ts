import {
  checkProtocol,
  checkScore,
  closeReport,
  PROTOCOL_MODELS,
  type Criterion,
  type ProtocolModel,
  type Score,
} from "~/domain/action-plan/evaluation";
import { changesEntry } from "~/domain/action-plan/partnership";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { today } from "~/services/clock.server";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import {
  findProtocolInForce,
  findReport,
  listProtocols,
  listReports,
  loadMatrix,
  type ReportPeriod,
} from "./evaluation-queries.server";
import { currentPlan, listPlans } from "./plan-queries.server";
import type {
  CloseRefusal,
  OpenReportRefusal,
  RecordPartnershipRefusal,
  WriteProtocolRefusal,
  WriteScoreRefusal,
} from "./refusals";
import { composeYearReport } from "./report.server";

/** Opens a protocol from a model, or from the last one; sent twice with the same key, there is still one. One is prepared at a time. */
export async function openProtocol(
  { db, clock, networkId, actor }: CommandContext,
  { cle, model }: { readonly cle: string; readonly model: ProtocolModel },
): Promise<Decision<{ readonly protocolId: string }, WriteProtocolRefusal>> {
  return writeTransaction(db, async (trx) => {
    const protocols = await listProtocols(trx, networkId);
    const pending = protocols.find(({ id, standing }) => id === cle || standing !== "adopted");
    if (pending) return grant({ protocolId: pending.id });
    const last = protocols.at(-1);
    const content = last
      ? { method: last.method, criteria: last.criteria }
      : { method: "", criteria: PROTOCOL_MODELS[model] };
    const version = protocols.length + 1;
    await trx
      .insertInto("evaluationProtocol")
      .values({
        ...{
          id: cle,
          networkId,
          version,
          content: JSON.stringify(content),
          createdBy: actor.personId,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "evaluation-protocol-drafted" },
      payload: {
        protocolId: cle,
        version,
        criterion: content.criteria.map(({ label }) => label),
      },
    });
    return grant({ protocolId: cle });
  });
}

export type ProtocolInput = {
  readonly protocolId: string;
  readonly method: string;
  readonly criteria: readonly Criterion[];
};

export async function writeProtocol(
  { db, clock, networkId, actor }: CommandContext,
  { protocolId, method, criteria }: ProtocolInput,
): Promise<Decision<{ readonly protocolId: string }, WriteProtocolRefusal>> {
  return writeTransaction(db, async (trx) => {
    const protocol = (await listProtocols(trx, networkId)).find(({ id }) => id === protocolId);
    if (!protocol) return refuse({ kind: "protocol-unknown" } as const);
    if (protocol.standing === "adopted") return refuse({ kind: "already-adopted" } as const);
    if (protocol.standing === "voting") return refuse({ kind: "vote-under-way" } as const);
    const faults = checkProtocol({ method, criteria });
    if (faults.length > 0) return refuse({ kind: "protocol-faulty", faults } as const);
    await trx
      .updateTable("evaluationProtocol")
      .set({ content: JSON.stringify({ method, criteria }) })
      .where("networkId", "=", networkId)
      .where("id", "=", protocolId)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "evaluation-protocol-drafted" },
      payload: {
        protocolId,
        version: protocol.version,
        criterion: criteria.map(({ label }) => label),
      },
    });
    return grant({ protocolId });
  });
}

/** Opens the report of a half-year or a year under the protocol in force. There is one of each. */
export async function openReport(
  { db, clock, networkId, actor }: CommandContext,
  {
    cle,
    year,
    period,
  }: {
    readonly cle: string;
    readonly year: number;
    readonly period: ReportPeriod;
  },
): Promise<Decision<{ readonly reportId: string }, OpenReportRefusal>> {
  return writeTransaction(db, async (trx) => {
    const reports = await listReports(trx, networkId);
    if (reports.some(({ id }) => id === cle)) return grant({ reportId: cle });
    if (reports.some((report) => report.year === year && report.period === period)) return refuse("already-open");
    const plan = currentPlan(await listPlans(trx, networkId, year));
    if (plan?.standing !== "adopted") return refuse("no-plan");
    const protocol = await findProtocolInForce(trx, networkId);
    if (protocol === null) return refuse("protocol-not-adopted");
    await trx
      .insertInto("evaluationReport")
      .values({
        ...{
          id: cle,
          networkId,
          year,
          period,
          protocolId: protocol.id,
          createdBy: actor.personId,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "evaluation-report-opened" },
      payload: { reportId: cle, year, period, protocolId: protocol.id },
    });
    return grant({ reportId: cle });
  });
}

export type ScoreInput = {
  readonly cle: string;
  readonly reportId: string;
  readonly criterionKey: string;
  readonly score: Score;
  readonly narrative: string;
};

/** Scores one criterion and tells it in words; a later entry replaces it and the former stays. */
export async function scoreCriterion(
  { db, clock, networkId, actor }: CommandContext,
  input: ScoreInput,
): Promise<Decision<{ readonly scoreId: string }, WriteScoreRefusal>> {
  return writeTransaction(db, async (trx) => {
    const report = await findReport(trx, networkId, input.reportId);
    if (!report) return refuse("report-unknown");
    if (report.scores.some(({ id }) => id === input.cle)) return grant({ scoreId: input.cle });
    const { criterionKey, score, narrative } = input;
    const checked = checkScore(
      { criterionKey, score, narrative: narrative.trim() },
      { criteria: report.criteria, isClosed: report.closed !== null },
    );
    if (!checked.ok) return checked;
    await trx
      .insertInto("evaluationScore")
      .values({
        ...{
          id: input.cle,
          networkId,
          reportId: report.id,
          ...checked.value,
          sequence: report.scores.length + 1,
        },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    const criterion = report.criteria.find(({ key }) => key === criterionKey)?.label ?? "";
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "evaluation-criterion-scored" },
      payload: {
        reportId: report.id,
        year: report.year,
        period: report.period,
        criterion,
        score,
        narrative: narrative.trim(),
      },
    });
    return grant({ scoreId: input.cle });
  });
}

/** Closes a report: it is kept as it reads that day, and nothing of it changes any more. */
export async function endReport(
  { db, clock, networkId, actor }: CommandContext,
  reportId: string,
): Promise<Decision<{ readonly reportId: string }, CloseRefusal>> {
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse({ kind: "report-unknown" } as const);
    const protocol = (await listProtocols(trx, networkId)).find(({ id }) => id === report.protocolId);
    const decision = closeReport({
      ...{
        isClosed: report.closed !== null,
        isProtocolAdopted: protocol?.standing === "adopted",
      },
      ...{ criteria: report.criteria, entries: report.scores },
    });
    if (!decision.ok) return decision;
    const document = await composeYearReport(trx, networkId, report, on, true);
    if (document === null) return refuse({ kind: "no-plan" } as const);
    await trx
      .insertInto("evaluationClosing")
      .values({
        ...{
          reportId,
          networkId,
          document: JSON.stringify(document),
          closedOn: on,
          closedBy: actor.personId,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "evaluation-report-closed" },
      payload: { reportId, year: report.year, period: report.period },
    });
    return grant({ reportId });
  });
}

export type PartnershipInput = {
  readonly cle: string;
  readonly themeKey: string;
  readonly department: string;
  readonly towns: string;
  readonly together: string;
  /** The entry that the form was filled from; null for none. */
  readonly knownId: string | null;
};

/** Says who already does what on a theme and what is joint. It needs no amendment; each version stays. */
export async function recordPartnership(
  { db, clock, networkId, actor }: CommandContext,
  input: PartnershipInput,
): Promise<Decision<{ readonly entryId: string }, RecordPartnershipRefusal>> {
  return writeTransaction(db, async (trx) => {
    const { entries, current } = await loadMatrix(trx, networkId);
    if (entries.some(({ id }) => id === input.cle)) return grant({ entryId: input.cle });
    const plans = await listPlans(trx, networkId, null);
    const theme = plans.flatMap(({ content }) => content.themes).findLast(({ key }) => key === input.themeKey);
    if (!theme) return refuse("theme-unknown");
    const [department, towns, together] = [input.department.trim(), input.towns.trim(), input.together.trim()];
    if ([department, towns, together].some(({ length }) => length > 2_000)) return refuse("text-too-long");
    const before = current.get(input.themeKey) ?? null;
    if ((before?.id ?? null) !== input.knownId) return refuse("changed-meanwhile");
    const next = { themeKey: input.themeKey, department, towns, together };
    if (!changesEntry(before, next)) return refuse("nothing-changed");
    await trx
      .insertInto("partnershipEntry")
      .values({
        ...{
          id: input.cle,
          networkId,
          ...next,
          sequence: (entries.at(-1)?.sequence ?? 0) + 1,
        },
        ...{
          recordedOn: today(clock),
          recordedBy: actor.personId,
          recordedByLabel: actor.displayName,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "partnership-recorded" },
      payload: { theme: theme.label, department, towns, together },
    });
    return grant({ entryId: input.cle });
  });
}
