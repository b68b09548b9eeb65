import type { PlannedAction } from "~/domain/action-plan/plan";
import {
  checkCancelling,
  checkProgress,
  type Evidence,
  type IndicatorReading,
  type ProgressEntry,
  type RecordedState,
} from "~/domain/action-plan/progress";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { today } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import {
  currentPlan,
  isInCharge,
  isSecretaryOf,
  listPlans,
  listProgress,
  organizationsOf,
} from "./plan-queries.server";
import type { CancelProgressRefusal, RecordProgressRefusal } from "./refusals";

export type NewProgress = {
  readonly cle: string;
  readonly year: number;
  readonly actionKey: string;
  readonly state: RecordedState;
  readonly note: string;
  readonly delivered: readonly string[];
  readonly readings: readonly IndicatorReading[];
  readonly evidence: readonly Evidence[];
};

type Recorded = { readonly entryId: string };
type Decided = { readonly action: PlannedAction; readonly entry: ProgressEntry; readonly isRecorded: boolean };

/** What the rules say of an entry, without writing it: asked before a document is kept for it. */
export async function decideProgress(
  db: Db | Trx,
  { clock, networkId, actor }: Omit<CommandContext, "db">,
  input: NewProgress,
): Promise<Decision<Decided, RecordProgressRefusal>> {
  const on = today(clock);
  const plan = currentPlan(await listPlans(db, networkId, input.year));
  const action = plan?.content.actions.find(({ key }) => key === input.actionKey);
  if (!plan || !action) return refuse({ kind: "action-unknown" } as const);
  if (plan.standing !== "adopted") return refuse({ kind: "plan-not-adopted" } as const);
  const rights = {
    own: await organizationsOf(db, networkId, actor.personId, on),
    isSecretary: isSecretaryOf(actor, networkId),
  };
  if (!isInCharge(action, rights)) return refuse({ kind: "not-in-charge" } as const);
  const all = await listProgress(db, networkId, input.year);
  const entry = {
    ...{ id: input.cle, actionKey: action.key, recordedOn: on, state: input.state, note: input.note.trim() },
    ...{ delivered: input.delivered, readings: input.readings, evidence: input.evidence, cancelsId: null },
  };
  if (all.some(({ id }) => id === input.cle)) return grant({ action, entry, isRecorded: true });
  const decision = checkProgress(
    action,
    all.filter(({ actionKey }) => actionKey === action.key),
    entry,
    on,
  );
  return decision.ok ? grant({ action, entry, isRecorded: false }) : decision;
}

/**
 * Records the progress of an action of the plan in force, by those in charge of it. Nothing recorded changes; sent twice with the same key, it is
 * recorded once.
 */
export async function recordProgress(
  context: CommandContext,
  input: NewProgress,
): Promise<Decision<Recorded, RecordProgressRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const decision = await decideProgress(trx, context, input);
    if (!decision.ok) return decision;
    const { action, entry, isRecorded } = decision.value;
    if (isRecorded) return grant({ entryId: entry.id });
    const on = entry.recordedOn;
    const documentIds = input.evidence.flatMap((each) => (each.kind === "document" ? [each.documentId] : []));
    await trx
      .insertInto("actionProgress")
      .values({
        ...{
          id: entry.id,
          networkId,
          year: input.year,
          actionKey: action.key,
          state: entry.state,
          note: entry.note,
        },
        delivered: JSON.stringify(entry.delivered),
        readings: JSON.stringify(entry.readings),
        evidence: JSON.stringify(entry.evidence),
        ...{
          cancelsId: null,
          recordedOn: on,
          recordedBy: actor.personId,
          recordedByLabel: actor.displayName,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    const labels = new Map(
      [...action.deliverables, ...action.indicators].map(({ key, label }) => [key, label] as const),
    );
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "action-progress-recorded" },
      payload: {
        ...{
          year: input.year,
          actionKey: action.key,
          actionTitle: action.title,
          state: entry.state,
          note: entry.note,
        },
        delivered: entry.delivered.map((key) => labels.get(key) ?? key),
        // The register holds integers only: a reading is written as people read it.
        readings: entry.readings.map(({ indicatorKey, value }) => `${labels.get(indicatorKey) ?? ""} : ${value}`),
        evidence: entry.evidence.map(nameEvidence),
        ...(documentIds.length > 0 ? { documentIds } : {}),
      },
    });
    return grant({ entryId: entry.id });
  });
}

function nameEvidence(evidence: Evidence): string {
  if (evidence.kind === "document") return evidence.title;
  return evidence.kind === "link" ? evidence.address : evidence.text;
}

/** Withdraws an entry recorded by mistake, with a reason: a new entry says so, the former stays. */
export async function cancelProgress(
  { db, clock, networkId, actor }: CommandContext,
  {
    cle,
    year,
    entryId,
    reason,
  }: {
    readonly cle: string;
    readonly year: number;
    readonly entryId: string;
    readonly reason: string;
  },
): Promise<Decision<Recorded, CancelProgressRefusal>> {
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const all = await listProgress(trx, networkId, year);
    if (all.some(({ id }) => id === cle)) return grant({ entryId: cle });
    const checked = checkCancelling(all, entryId, reason);
    if (!checked.ok) return checked;
    const { actionKey, state } = checked.value;
    const plan = currentPlan(await listPlans(trx, networkId, year));
    const action = plan?.content.actions.find(({ key }) => key === actionKey);
    const rights = {
      own: await organizationsOf(trx, networkId, actor.personId, on),
      isSecretary: isSecretaryOf(actor, networkId),
    };
    if (!isInCharge(action ?? { owner: null }, rights)) return refuse("not-in-charge");
    await trx
      .insertInto("actionProgress")
      .values({
        ...{ id: cle, networkId, year, actionKey, state, note: reason.trim() },
        ...{
          delivered: "[]",
          readings: "[]",
          evidence: "[]",
          cancelsId: entryId,
        },
        ...{
          recordedOn: on,
          recordedBy: actor.personId,
          recordedByLabel: actor.displayName,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "action-progress-cancelled" },
      payload: {
        year,
        actionKey,
        actionTitle: action?.title ?? "",
        cancelsId: entryId,
        reason: reason.trim(),
      },
    });
    return grant({ entryId: cle });
  });
}
