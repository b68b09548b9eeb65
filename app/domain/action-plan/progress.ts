import { grant, refuse, type Decision } from "../kernel/decision";
import { daysBetween, type PlainDate } from "../kernel/plain-date";
import type { Deliverable, PlannedAction } from "./plan";

/** What somebody in charge says of an action when they record its progress. */
export type RecordedState = "in-progress" | "done" | "abandoned";

export type Evidence =
  | {
      readonly kind: "document";
      readonly documentId: string;
      readonly title: string;
    }
  | { readonly kind: "link"; readonly address: string }
  /** A paper kept elsewhere: « registre du CCAS de Blain, pièce 12 ». */
  | { readonly kind: "reference"; readonly text: string };

export type IndicatorReading = {
  readonly indicatorKey: string;
  readonly value: number;
};

export type ProgressEntry = {
  readonly id: string;
  readonly actionKey: string;
  readonly recordedOn: PlainDate;
  readonly state: RecordedState;
  readonly note: string;
  /** Deliverables handed over with this entry. */
  readonly delivered: readonly string[];
  readonly readings: readonly IndicatorReading[];
  readonly evidence: readonly Evidence[];
  /** The earlier entry that this one withdraws; it then says nothing else than why. */
  readonly cancelsId: string | null;
};

export type DerivedState = "not-started" | RecordedState;

export type ActionProgress = {
  readonly state: DerivedState;
  readonly isLate: boolean;
  /** 0 to 100, rounded down; null when nothing measures the action. */
  readonly percent: number | null;
  readonly deliveredKeys: ReadonlySet<string>;
  /** Last reading of each indicator. */
  readonly readings: ReadonlyMap<string, number>;
  readonly lastOn: PlainDate | null;
  readonly evidenceCount: number;
};

/** The entries that still count, in the order given: those withdrawn, and those that withdraw, are left out. */
export function standingEntries(entries: readonly ProgressEntry[]): readonly ProgressEntry[] {
  const cancelled = new Set(entries.flatMap(({ cancelsId }) => (cancelsId === null ? [] : [cancelsId])));
  return entries.filter(({ id, cancelsId }) => cancelsId === null && !cancelled.has(id));
}

/**
 * Where an action stands on a day, from what was recorded and nothing else. The state is the last one recorded; the share done is that of its
 * deliverables handed over or, without deliverables, the mean share of its indicators' targets (each capped at 100); a done action is at 100.
 * Late: its deadline has passed and it is neither done nor abandoned; the day of the deadline is in time.
 * @param entries of this action, in order of recording
 */
export function deriveProgress(
  action: PlannedAction,
  entries: readonly ProgressEntry[],
  today: PlainDate,
): ActionProgress {
  const standing = standingEntries(entries);
  const state: DerivedState = standing.at(-1)?.state ?? "not-started";
  const planned = new Set(action.deliverables.map(({ key }) => key));
  const deliveredKeys = new Set(standing.flatMap(({ delivered }) => delivered).filter((key) => planned.has(key)));
  const readings = new Map(
    standing.flatMap((entry) => entry.readings.map(({ indicatorKey, value }) => [indicatorKey, value] as const)),
  );
  const isOver = state === "done" || state === "abandoned";
  return {
    ...{ state, deliveredKeys, readings },
    isLate: !isOver && action.endsOn !== null && today > action.endsOn,
    percent: state === "done" ? 100 : measure(action, deliveredKeys, readings),
    lastOn: standing.at(-1)?.recordedOn ?? null,
    evidenceCount: standing.reduce((sum, { evidence }) => sum + evidence.length, 0),
  };
}

function measure(
  { deliverables, indicators }: PlannedAction,
  delivered: ReadonlySet<string>,
  readings: ReadonlyMap<string, number>,
): number | null {
  if (deliverables.length > 0) return Math.floor((100 * delivered.size) / deliverables.length);
  const shares = indicators.flatMap(({ key, target }) => {
    if (target === null || target <= 0) return [];
    return [Math.max(0, Math.min(1, (readings.get(key) ?? 0) / target))];
  });
  if (shares.length === 0) return null;
  return Math.floor((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length + 1e-9);
}

/** Deliverables not handed over whose own date has passed. */
export function lateDeliverables(
  { deliverables }: PlannedAction,
  { deliveredKeys }: Pick<ActionProgress, "deliveredKeys">,
  today: PlainDate,
): readonly Deliverable[] {
  return deliverables.filter(({ key, dueOn }) => dueOn !== null && dueOn < today && !deliveredKeys.has(key));
}

/** What falls due: an action, or one of its deliverables (`deliverable`: its words; null for the action itself). */
export type ActionDeadline = {
  readonly actionKey: string;
  readonly title: string;
  readonly deliverable: string | null;
  readonly dueOn: PlainDate;
};

/** The earliest date that still stands, late ones included, of the actions neither done nor abandoned; a deliverable before its action. */
export function nextDeadline(
  actions: readonly PlannedAction[],
  progress: ReadonlyMap<string, Pick<ActionProgress, "state" | "deliveredKeys">>,
): ActionDeadline | null {
  const open = actions.flatMap(({ key, title, endsOn, deliverables }): readonly ActionDeadline[] => {
    const own = progress.get(key);
    if (own?.state === "done" || own?.state === "abandoned") return [];
    const common = { actionKey: key, title };
    return [
      ...deliverables.flatMap(({ key: deliverableKey, label, dueOn }) =>
        dueOn === null || own?.deliveredKeys.has(deliverableKey) ? [] : [{ ...common, deliverable: label, dueOn }],
      ),
      ...(endsOn === null ? [] : [{ ...common, deliverable: null, dueOn: endsOn }]),
    ];
  });
  return open.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn))[0] ?? null;
}

export type ProgressRefusal =
  | {
      readonly kind: "nothing-said" | "evidence-missing" | "reason-missing" | "unknown-measure" | "in-the-future";
    }
  /** Said to be done while these were not handed over. */
  | {
      readonly kind: "deliverables-missing";
      readonly labels: readonly string[];
    };

/**
 * Records progress. What is handed over, and what is said to be done, comes with evidence; what is abandoned comes with a reason. « Done » waits for
 * every deliverable.
 * Source: Convention, art. 6 (pieces that prove the actions); Convention-cadre Nord, III-1.
 */
export function checkProgress(
  action: PlannedAction,
  earlier: readonly ProgressEntry[],
  entry: ProgressEntry,
  today: PlainDate,
): Decision<ProgressEntry, ProgressRefusal> {
  if (entry.recordedOn > today) return refuse({ kind: "in-the-future" });
  const measures = new Set([...action.deliverables, ...action.indicators].map(({ key }) => key));
  const named = [...entry.delivered, ...entry.readings.map(({ indicatorKey }) => indicatorKey)];
  if (named.some((key) => !measures.has(key))) return refuse({ kind: "unknown-measure" });
  if (entry.readings.some(({ value }) => !Number.isFinite(value))) return refuse({ kind: "unknown-measure" });
  if (entry.note.trim() === "" && named.length === 0 && entry.evidence.length === 0)
    return refuse({
      kind: entry.state === "abandoned" ? "reason-missing" : "nothing-said",
    });
  if (entry.state === "abandoned" && entry.note.trim() === "") return refuse({ kind: "reason-missing" });
  if (entry.delivered.length > 0 && entry.evidence.length === 0) return refuse({ kind: "evidence-missing" });
  if (entry.state !== "done") return grant(entry);
  const after = deriveProgress(action, [...earlier, entry], today);
  const missing = action.deliverables.filter(({ key }) => !after.deliveredKeys.has(key));
  if (missing.length > 0)
    return refuse({
      kind: "deliverables-missing",
      labels: missing.map(({ label }) => label),
    });
  return after.evidenceCount === 0 ? refuse({ kind: "evidence-missing" }) : grant(entry);
}

export type CancelRefusal = "entry-unknown" | "already-cancelled" | "reason-missing";

/** Withdraws an entry recorded by mistake: it stays in the history and no longer counts. */
export function checkCancelling(
  entries: readonly ProgressEntry[],
  entryId: string,
  reason: string,
): Decision<ProgressEntry, CancelRefusal> {
  const entry = entries.find(({ id, cancelsId }) => id === entryId && cancelsId === null);
  if (entry === undefined) return refuse("entry-unknown");
  if (entries.some(({ cancelsId }) => cancelsId === entryId)) return refuse("already-cancelled");
  return reason.trim() === "" ? refuse("reason-missing") : grant(entry);
}

export type PlanCount = {
  readonly total: number;
  readonly byState: Readonly<Record<DerivedState, number>>;
  readonly late: number;
  /** Mean of the shares of the actions that something measures; null when none does. */
  readonly percent: number | null;
};

/** A plan's actions counted by state, each once; « late » counts again among them. */
export function countProgress(progress: readonly ActionProgress[]): PlanCount {
  const byState = { "not-started": 0, "in-progress": 0, done: 0, abandoned: 0 };
  for (const { state } of progress) byState[state] += 1;
  const measured = progress.flatMap(({ percent }) => (percent === null ? [] : [percent]));
  return {
    ...{ total: progress.length, byState },
    late: progress.filter(({ isLate }) => isLate).length,
    percent:
      measured.length === 0 ? null : Math.floor(measured.reduce((sum, share) => sum + share, 0) / measured.length),
  };
}

/** Days until a deadline; negative when it has passed. */
export function daysLeft({ endsOn }: Pick<PlannedAction, "endsOn">, today: PlainDate): number | null {
  return endsOn === null ? null : daysBetween(today, endsOn);
}
