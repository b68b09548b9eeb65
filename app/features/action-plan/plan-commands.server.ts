import { carryOver } from "~/domain/action-plan/carry-over";
import { startPlan } from "~/domain/action-plan/frames";
import {
  checkAction,
  listGaps,
  PLAN_LIMITS,
  putAction,
  removeAction,
  type FrameKey,
  type PlanAxis,
  type PlanContent,
  type PlannedAction,
  type PlanTheme,
} from "~/domain/action-plan/plan";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { yearOf } from "~/domain/kernel/plain-date";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import {
  currentPlan,
  findPlan,
  listOrganizations,
  listPlans,
  listProgress,
  progressOf,
  type RecordedPlan,
} from "./plan-queries.server";
import type {
  CarryRefusal,
  PublishPlanRefusal,
  StartPlanRefusal,
  ThemeFault,
  WriteActionRefusal,
  WriteThemesRefusal,
} from "./refusals";

type Written = { readonly planId: string };
type Change = "opened" | "revised" | "action-written" | "action-removed" | "themes-written";

/**
 * Opens the plan of a year from a frame, or its revision from the version adopted. One is prepared at a time for a year; sent twice with the same key,
 * there is still one.
 */
export async function openPlan(
  context: CommandContext,
  { cle, year, frame }: { readonly cle: string; readonly year: number; readonly frame: FrameKey },
): Promise<Decision<Written, StartPlanRefusal>> {
  const { db, clock, networkId } = context;
  const thisYear = yearOf(today(clock));
  if (!Number.isInteger(year) || year < thisYear - 1 || year > thisYear + 2)
    return refuse({ kind: "year-out-of-range" });
  return writeTransaction(db, async (trx) => {
    const plans = await listPlans(trx, networkId, year);
    if (plans.some(({ id }) => id === cle)) return grant({ planId: cle });
    const pending = plans.find(({ standing }) => standing !== "adopted");
    if (pending)
      return refuse({
        kind: "draft-already-exists",
        planId: pending.id,
      } as const);
    const adopted = plans.at(-1);
    const content = adopted?.content ?? startPlan(frame);
    await insertPlan(trx, context, {
      id: cle,
      year,
      version: plans.length + 1,
      content,
    });
    await recordDraft(
      trx,
      context,
      { id: cle, year, version: plans.length + 1 },
      content,
      adopted ? "revised" : "opened",
    );
    return grant({ planId: cle });
  });
}

async function insertPlan(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  plan: {
    readonly id: string;
    readonly year: number;
    readonly version: number;
    readonly content: PlanContent;
  },
): Promise<void> {
  await trx
    .insertInto("actionPlan")
    .values({
      ...{
        id: plan.id,
        networkId,
        year: plan.year,
        version: plan.version,
        revision: 1,
      },
      content: JSON.stringify(plan.content),
      gapCount: listGaps(plan.content).length,
      createdBy: actor.personId,
      createdAt: clock.now().toISOString(),
    })
    .execute();
}

function recordDraft(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  plan: {
    readonly id: string;
    readonly year: number;
    readonly version: number;
  },
  content: PlanContent,
  change: Change,
  action: { readonly key: string; readonly title: string } | null = null,
) {
  return recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "action-plan-drafted",
    payload: {
      ...{ planId: plan.id, year: plan.year, version: plan.version, change },
      ...(action === null ? {} : { actionKey: action.key, actionTitle: action.title }),
      actions: content.actions.map(({ title }) => title),
    },
  });
}

/** The plan that a person wants to write in, if it may still be written. */
async function findWritable(
  trx: Trx,
  { networkId }: CommandContext,
  planId: string,
): Promise<Decision<RecordedPlan, { readonly kind: "plan-unknown" | "already-adopted" | "vote-under-way" }>> {
  const plan = await findPlan(trx, networkId, planId);
  if (plan === null) return refuse({ kind: "plan-unknown" });
  if (plan.standing === "adopted") return refuse({ kind: "already-adopted" });
  if (plan.standing === "voting") return refuse({ kind: "vote-under-way" });
  return grant(plan);
}

async function savePlan(trx: Trx, { networkId }: CommandContext, plan: RecordedPlan, content: PlanContent) {
  await trx
    .updateTable("actionPlan")
    .set({
      content: JSON.stringify(content),
      gapCount: listGaps(content).length,
      revision: plan.revision + 1,
    })
    .where("networkId", "=", networkId)
    .where("id", "=", plan.id)
    .execute();
}

/**
 * Writes one action of a plan being prepared, new or not. What somebody else wrote on the same action meanwhile is not overwritten.
 * @param known the action as the form was filled from, as text; empty for a new one
 */
export async function writeAction(
  context: CommandContext,
  {
    planId,
    known,
    action,
  }: {
    readonly planId: string;
    readonly known: string;
    readonly action: PlannedAction;
  },
): Promise<Decision<Written, WriteActionRefusal>> {
  return writeTransaction(context.db, async (trx) => {
    const found = await findWritable(trx, context, planId);
    if (!found.ok) return found;
    const plan = found.value;
    const before = plan.content.actions.find(({ key }) => key === action.key) ?? null;
    const written = { ...action, carriedFrom: before?.carriedFrom ?? null };
    const isSame = before !== null && fingerprintOf(before) === fingerprintOf(written);
    if (isSame) return grant({ planId });
    if (fingerprintOf(before) !== known) return refuse({ kind: "changed-meanwhile" } as const);
    const organizations = (await listOrganizations(trx, context.networkId)).map(({ id }) => id);
    const faults = checkAction(plan.content, written, {
      year: plan.year,
      organizations,
    });
    if (faults.length > 0) return refuse({ kind: "action-faulty", faults } as const);
    const content = putAction(plan.content, written);
    await savePlan(trx, context, plan, content);
    await recordDraft(trx, context, plan, content, "action-written", written);
    return grant({ planId });
  });
}

/** Changes with any word of the action: a form says by it which version it was filled from. */
export function fingerprintOf(action: PlannedAction | null): string {
  if (action === null) return "";
  const text = JSON.stringify(Object.entries(action).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  return `${text.length}-${hash}`;
}

export async function dropAction(
  context: CommandContext,
  { planId, actionKey }: { readonly planId: string; readonly actionKey: string },
): Promise<Decision<Written, WriteActionRefusal>> {
  return writeTransaction(context.db, async (trx) => {
    const found = await findWritable(trx, context, planId);
    if (!found.ok) return found;
    const plan = found.value;
    const action = plan.content.actions.find(({ key }) => key === actionKey);
    if (!action) return refuse({ kind: "action-unknown" } as const);
    const content = removeAction(plan.content, actionKey);
    await savePlan(trx, context, plan, content);
    await recordDraft(trx, context, plan, content, "action-removed", action);
    return grant({ planId });
  });
}

export type ThemesInput = {
  readonly planId: string;
  readonly revision: number;
  readonly presentation: string;
  readonly axes: readonly PlanAxis[];
  readonly themes: readonly PlanTheme[];
};

/** Writes the presentation, the axes and the themes, each with its word on having no action. A theme that has actions cannot go. */
export async function writeThemes(
  context: CommandContext,
  { planId, revision, presentation, axes, themes }: ThemesInput,
): Promise<Decision<Written, WriteThemesRefusal>> {
  return writeTransaction(context.db, async (trx) => {
    const found = await findWritable(trx, context, planId);
    if (!found.ok) return found;
    const plan = found.value;
    const content: PlanContent = {
      ...plan.content,
      presentation,
      axes,
      themes,
    };
    if (JSON.stringify(content) === JSON.stringify(plan.content)) return grant({ planId });
    if (plan.revision !== revision) return refuse({ kind: "changed-meanwhile" } as const);
    const faults = checkThemes(content);
    if (faults.length > 0) return refuse({ kind: "themes-faulty", faults } as const);
    await savePlan(trx, context, plan, content);
    await recordDraft(trx, context, plan, content, "themes-written");
    return grant({ planId });
  });
}

function checkThemes({ axes, themes, actions }: PlanContent): readonly ThemeFault[] {
  const faults = new Set<ThemeFault>();
  const keys = new Set(themes.map(({ key }) => key));
  if (actions.some(({ themeKey }) => !keys.has(themeKey))) faults.add("theme-in-use");
  if ([...axes, ...themes].some(({ label }) => label.trim() === "")) faults.add("label-missing");
  if (themes.length > PLAN_LIMITS.mostThemes || themes.length === 0) faults.add("too-many-themes");
  if (keys.size !== themes.length) faults.add("key-given-twice");
  const axisKeys = new Set(axes.map(({ key }) => key));
  if (themes.some(({ axisKey }) => !axisKeys.has(axisKey))) faults.add("reason-without-theme");
  return [...faults];
}

/** Lets everyone read an adopted plan, without its internal actions. It is not taken back. */
export async function publishPlan(
  { db, clock, networkId, actor }: CommandContext,
  planId: string,
): Promise<Decision<Written, PublishPlanRefusal>> {
  return writeTransaction(db, async (trx) => {
    const plan = await findPlan(trx, networkId, planId);
    if (plan === null) return refuse("plan-unknown");
    if (plan.publishedOn !== null) return refuse("already-published");
    if (plan.standing !== "adopted") return refuse("not-adopted");
    await trx
      .insertInto("actionPlanPublication")
      .values({
        planId,
        networkId,
        publishedBy: actor.personId,
        publishedAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "action-plan-published" },
      payload: { planId, year: plan.year, version: plan.version },
    });
    return grant({ planId });
  });
}

/** Next year's plan from this year's, in one act: the chosen actions go on with the same keys. */
export async function carryPlanOver(
  context: CommandContext,
  {
    cle,
    fromYear,
    keys,
  }: {
    readonly cle: string;
    readonly fromYear: number;
    readonly keys: readonly string[];
  },
): Promise<Decision<Written, CarryRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const toYear = fromYear + 1;
    const target = await listPlans(trx, networkId, toYear);
    if (target.some(({ id }) => id === cle)) return grant({ planId: cle });
    const source = currentPlan(await listPlans(trx, networkId, fromYear));
    if (source === null) return refuse({ kind: "plan-unknown" } as const);
    if (target.length > 0) return refuse({ kind: "year-already-planned" } as const);
    const progress = progressOf(source.content, await listProgress(trx, networkId, fromYear), today(clock));
    const carried = carryOver(source.content, {
      fromYear,
      toYear,
      keys,
      progress,
    });
    if (!carried.ok) return refuse({ kind: carried.refusal } as const);
    await insertPlan(trx, context, {
      id: cle,
      year: toYear,
      version: 1,
      content: carried.value,
    });
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "action-plan-carried-over" },
      payload: {
        planId: cle,
        fromYear,
        year: toYear,
        actions: carried.value.actions.map(({ title }) => title),
      },
    });
    return grant({ planId: cle });
  });
}
