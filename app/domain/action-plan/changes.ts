import { addMonths, type PlainDate } from "../kernel/plain-date";
import type { PlanContent, PlannedAction, PlanTheme } from "./plan";

/** What a reader compares of an action, in the order of its page. */
export const COMPARED_FIELDS = [
  "title",
  "themeKey",
  "objective",
  "owner",
  "partners",
  "territory",
  "budget",
  "startsOn",
  "endsOn",
  "objectiveKeys",
  "programmeKeys",
  "markers",
  "inclusion",
  "deliverables",
  "indicators",
] as const;

export type ComparedField = (typeof COMPARED_FIELDS)[number];

export type ActionChange =
  | { readonly kind: "added"; readonly after: PlannedAction }
  | { readonly kind: "removed"; readonly before: PlannedAction }
  | {
      readonly kind: "changed";
      readonly before: PlannedAction;
      readonly after: PlannedAction;
      readonly fields: readonly ComparedField[];
    };

export type ThemeChange = {
  readonly themeKey: string;
  readonly before: PlanTheme | null;
  readonly after: PlanTheme | null;
};

export type PlanChanges = {
  readonly actions: readonly ActionChange[];
  /** Themes that came, went, were renamed, or changed their word on having no action. */
  readonly themes: readonly ThemeChange[];
  readonly unchanged: number;
};

/**
 * What changed from one plan to another, action by action: the same key is the same action, in another version, another round or another year. What
 * comes from the calendar alone (the year an action was carried from) and what the public sees of it are no changes of the action.
 */
export function comparePlans(before: PlanContent, after: PlanContent): PlanChanges {
  const former = new Map(before.actions.map((action) => [action.key, action]));
  const kept = new Set(after.actions.map(({ key }) => key));
  const actions: ActionChange[] = after.actions.flatMap((action): readonly ActionChange[] => {
    const old = former.get(action.key);
    if (old === undefined) return [{ kind: "added", after: action }];
    const fields = listChangedFields(old, action);
    return fields.length === 0 ? [] : [{ kind: "changed", before: old, after: action, fields }];
  });
  const removed = before.actions.filter(({ key }) => !kept.has(key));
  const touched = actions.filter(({ kind }) => kind === "changed" || kind === "added").length;
  return {
    actions: [
      ...actions,
      ...removed.map((action) => ({
        kind: "removed" as const,
        before: action,
      })),
    ],
    themes: compareThemes(before.themes, after.themes),
    unchanged: after.actions.length - touched,
  };
}

/**
 * What changed from a year's plan to a later one. Dates that only moved with the calendar, by whole years, are no changes; `before` of each change is the
 * action as that year had it, its own dates included.
 */
export function compareYears(before: PlanContent, after: PlanContent, years: number): PlanChanges {
  const former = new Map(before.actions.map((action) => [action.key, action]));
  const { actions, ...rest } = comparePlans(movePlan(before, years), after);
  return {
    ...rest,
    actions: actions.map((change) =>
      change.kind === "added" ? change : { ...change, before: former.get(change.before.key) ?? change.before },
    ),
  };
}

function movePlan(plan: PlanContent, years: number): PlanContent {
  const move = (date: PlainDate | null) => (date === null ? null : addMonths(date, 12 * years));
  return {
    ...plan,
    actions: plan.actions.map((action) => ({
      ...action,
      startsOn: move(action.startsOn),
      endsOn: move(action.endsOn),
      deliverables: action.deliverables.map((deliverable) => ({ ...deliverable, dueOn: move(deliverable.dueOn) })),
    })),
  };
}

export function listChangedFields(before: PlannedAction, after: PlannedAction): readonly ComparedField[] {
  return COMPARED_FIELDS.filter((field) => canonical(before[field]) !== canonical(after[field]));
}

/** Lists of keys are sets; the order of deliverables and indicators is that of the page and does not matter either. */
function canonical(value: PlannedAction[ComparedField]): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(value.map((each: unknown) => JSON.stringify(each)).sort());
}

function compareThemes(before: readonly PlanTheme[], after: readonly PlanTheme[]): readonly ThemeChange[] {
  const former = new Map(before.map((theme) => [theme.key, theme]));
  const kept = new Set(after.map(({ key }) => key));
  const changed = after.flatMap((theme) => {
    const old = former.get(theme.key) ?? null;
    const isSame =
      old !== null && old.label === theme.label && (old.withoutAction ?? "") === (theme.withoutAction ?? "");
    return isSame ? [] : [{ themeKey: theme.key, before: old, after: theme }];
  });
  const gone = before
    .filter(({ key }) => !kept.has(key))
    .map((theme) => ({ themeKey: theme.key, before: theme, after: null }));
  return [...changed, ...gone];
}
