import type { OrganizationId } from "../kernel/ids";
import { sumCents, type Cents } from "../kernel/money";
import { yearOf, type PlainDate } from "../kernel/plain-date";

/** What a plan was started from: it says which themes, objectives and markers the text of the network asks for. */
export type FrameKey = "social-actors" | "departmental-framework" | "local-protocol" | "free";

export type PlanAxis = { readonly key: string; readonly label: string };

/** `withoutAction`: why the theme has none this year, in words; null as long as nobody said so. */
export type PlanTheme = {
  readonly key: string;
  readonly axisKey: string;
  readonly label: string;
  readonly withoutAction: string | null;
};

/** An objective of the agreement, or a line of its programme, that actions serve. */
export type PlanObjective = { readonly key: string; readonly label: string };

export type Deliverable = {
  readonly key: string;
  readonly label: string;
  readonly dueOn: PlainDate | null;
};

/** `target`: in the unit named; null when the indicator only observes. */
export type ActionIndicator = {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly target: number | null;
};

export const MARKERS = ["access-to-rights", "digital-inclusion", "illiteracy", "participation", "prevention"] as const;
export type Marker = (typeof MARKERS)[number];

/** How the action takes the inclusion of disabled people into account, or why it does not concern it. */
export type Inclusion = { readonly concerns: boolean; readonly how: string };

/** An organization of the network answers for the action; `office` is a function there, never a person. */
export type ActionOwner = {
  readonly organizationId: OrganizationId;
  readonly office: string;
};

/** `key` follows the action from version to version and from year to year. */
export type PlannedAction = {
  readonly key: string;
  readonly themeKey: string;
  readonly title: string;
  readonly objective: string;
  readonly owner: ActionOwner | null;
  readonly partners: string;
  readonly territory: string;
  /** Null: not costed; 0: costs nothing. */
  readonly budget: Cents | null;
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly objectiveKeys: readonly string[];
  readonly programmeKeys: readonly string[];
  readonly markers: readonly Marker[];
  readonly inclusion: Inclusion | null;
  readonly deliverables: readonly Deliverable[];
  readonly indicators: readonly ActionIndicator[];
  /** Kept from the public page of the plan. */
  readonly isInternal: boolean;
  /** The year that it was carried over from. */
  readonly carriedFrom: number | null;
};

export type PlanContent = {
  readonly frame: FrameKey;
  readonly presentation: string;
  readonly axes: readonly PlanAxis[];
  readonly themes: readonly PlanTheme[];
  readonly objectives: readonly PlanObjective[];
  readonly programme: readonly PlanObjective[];
  readonly actions: readonly PlannedAction[];
};

export const PLAN_LIMITS = {
  longestTitle: 160,
  longestText: 2_000,
  longestLabel: 160,
  mostActions: 120,
  mostThemes: 60,
  mostDeliverables: 12,
  mostIndicators: 12,
} as const;

export type PlanGap =
  | { readonly kind: "no-action" }
  /** Neither an action nor a word that says why there is none. */
  | { readonly kind: "theme-silent"; readonly themeKey: string }
  /** Said to be without action, and yet it has one. */
  | { readonly kind: "theme-says-both"; readonly themeKey: string }
  | { readonly kind: ActionGap; readonly actionKey: string };

export type ActionGap =
  "owner-missing" | "deadline-missing" | "objective-missing" | "inclusion-missing" | "measure-missing";

/**
 * Everything that keeps a plan from being reviewed or put to the vote, theme by theme and action by action. Each theme has an action or says why not;
 * each action has somebody who answers for it, a deadline, a deliverable or an indicator, an objective where the agreement names some, and its word
 * on disability where the frame asks for it.
 * Source: Convention-cadre Nord, III-1 (themes, marker, deliverables); Convention, art. 1 (objectives).
 */
export function listGaps(plan: PlanContent): readonly PlanGap[] {
  const gaps: PlanGap[] = plan.actions.length === 0 ? [{ kind: "no-action" }] : [];
  const served = new Set(plan.actions.map(({ themeKey }) => themeKey));
  for (const { key, withoutAction } of plan.themes) {
    const saysWhy = (withoutAction ?? "").trim() !== "";
    if (!served.has(key) && !saysWhy) gaps.push({ kind: "theme-silent", themeKey: key });
    if (served.has(key) && saysWhy) gaps.push({ kind: "theme-says-both", themeKey: key });
  }
  for (const action of plan.actions) {
    for (const kind of listActionGaps(plan, action)) gaps.push({ kind, actionKey: action.key });
  }
  return gaps;
}

/** What one action still lacks, in the order of its form. */
export function listActionGaps(plan: PlanContent, action: PlannedAction): readonly ActionGap[] {
  const gaps: ActionGap[] = [];
  if (action.owner === null || action.owner.office.trim() === "") gaps.push("owner-missing");
  if (action.endsOn === null) gaps.push("deadline-missing");
  if (plan.objectives.length > 0 && action.objectiveKeys.length === 0) gaps.push("objective-missing");
  if (asksForInclusion(plan.frame) && (action.inclusion?.how ?? "").trim() === "") gaps.push("inclusion-missing");
  if (action.deliverables.length === 0 && action.indicators.length === 0) gaps.push("measure-missing");
  return gaps;
}

/** Source: Convention-cadre Nord, III-1: every theme minds the inclusion of disabled people. */
export function asksForInclusion(frame: FrameKey): boolean {
  return frame === "departmental-framework";
}

export type ActionFault =
  | "title-missing"
  | "title-too-long"
  | "theme-unknown"
  | "organization-unknown"
  | "ends-before-start"
  | "ends-before-the-year"
  | "budget-negative"
  | "objective-unknown"
  | "key-given-twice"
  | "too-many-actions"
  | "inclusion-without-words";

/**
 * Everything that keeps an action from being written down at all, complete or not. A deadline after the plan's year is allowed (the action goes on),
 * one before it is not.
 * @param organizations those of the network
 */
export function checkAction(
  plan: PlanContent,
  action: PlannedAction,
  {
    year,
    organizations,
  }: {
    readonly year: number;
    readonly organizations: readonly OrganizationId[];
  },
): readonly ActionFault[] {
  const faults: ActionFault[] = [];
  const title = action.title.trim();
  const { startsOn, endsOn } = action;
  if (title === "") faults.push("title-missing");
  if (title.length > PLAN_LIMITS.longestTitle) faults.push("title-too-long");
  if (!plan.themes.some(({ key }) => key === action.themeKey)) faults.push("theme-unknown");
  if (action.owner !== null && !organizations.includes(action.owner.organizationId))
    faults.push("organization-unknown");
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) faults.push("ends-before-start");
  if (endsOn !== null && yearOf(endsOn) < year) faults.push("ends-before-the-year");
  if (action.budget !== null && action.budget < 0) faults.push("budget-negative");
  const known = new Set([...plan.objectives, ...plan.programme].map(({ key }) => key));
  if ([...action.objectiveKeys, ...action.programmeKeys].some((key) => !known.has(key)))
    faults.push("objective-unknown");
  const keys = [...action.deliverables, ...action.indicators].map(({ key }) => key);
  if (new Set(keys).size !== keys.length) faults.push("key-given-twice");
  const others = plan.actions.filter(({ key }) => key !== action.key).length;
  if (others >= PLAN_LIMITS.mostActions) faults.push("too-many-actions");
  if (action.inclusion !== null && action.inclusion.how.trim() === "") faults.push("inclusion-without-words");
  return faults;
}

/** Writes an action in its place, or after the last. A theme that said to have none no longer says so. */
export function putAction(plan: PlanContent, action: PlannedAction): PlanContent {
  const isNew = plan.actions.every(({ key }) => key !== action.key);
  return {
    ...plan,
    themes: plan.themes.map((theme) => (theme.key === action.themeKey ? { ...theme, withoutAction: null } : theme)),
    actions: isNew ? [...plan.actions, action] : plan.actions.map((each) => (each.key === action.key ? action : each)),
  };
}

export function removeAction(plan: PlanContent, actionKey: string): PlanContent {
  return {
    ...plan,
    actions: plan.actions.filter(({ key }) => key !== actionKey),
  };
}

/** The actions in the order of the axes and of their themes, those of one theme by deadline, those without deadline last. */
export function orderActions(plan: PlanContent): readonly PlannedAction[] {
  const axisRank = new Map(plan.axes.map(({ key }, rank) => [key, rank]));
  const themeRank = new Map(
    plan.themes.map(({ key, axisKey }, rank) => [key, (axisRank.get(axisKey) ?? 0) * 1_000 + rank]),
  );
  const rankOf = ({ themeKey }: PlannedAction) => themeRank.get(themeKey) ?? 0;
  const dueOf = ({ endsOn }: PlannedAction) => endsOn ?? "9999";
  return plan.actions.toSorted(
    (one, other) => rankOf(one) - rankOf(other) || (dueOf(one) < dueOf(other) ? -1 : dueOf(one) > dueOf(other) ? 1 : 0),
  );
}

/** What the costed actions cost together, and how many are not costed. */
export function totalBudget(plan: PlanContent): {
  readonly total: Cents;
  readonly notCosted: number;
} {
  const costed = plan.actions.flatMap(({ budget }) => (budget === null ? [] : [budget]));
  return {
    total: sumCents(costed),
    notCosted: plan.actions.length - costed.length,
  };
}

/** What a citizen may read of an adopted plan: its internal actions are left out, and a theme that keeps none is left silent. */
export function publicPart(plan: PlanContent): PlanContent {
  const actions = plan.actions.filter(({ isInternal }) => !isInternal);
  const hidden = new Set(plan.actions.filter(({ isInternal }) => isInternal).map(({ themeKey }) => themeKey));
  const shown = new Set(actions.map(({ themeKey }) => themeKey));
  return {
    ...plan,
    actions,
    themes: plan.themes.filter(({ key }) => shown.has(key) || !hidden.has(key)),
  };
}
