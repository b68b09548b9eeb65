import { grant, refuse, type Decision } from "../kernel/decision";
import { addMonths, type PlainDate } from "../kernel/plain-date";
import type { PlanContent, PlannedAction } from "./plan";
import type { ActionProgress } from "./progress";

export type CarryOverRefusal = "nothing-chosen" | "year-not-after" | "action-unknown";

/** Is an action proposed for next year? What is neither done nor abandoned goes on. */
export function goesOn({ state }: Pick<ActionProgress, "state">): boolean {
  return state === "not-started" || state === "in-progress";
}

/**
 * Next year's plan from this year's, in one act: the frame and the chosen actions, with the same keys, so that both years can be compared. Dates move by
 * whole years (29 February becomes 28 where there is none). Of an action that goes on, only what was not handed over remains to be; an action done
 * and chosen again (a yearly one) starts anew. A theme without action has to say so again.
 */
export function carryOver(
  plan: PlanContent,
  request: {
    readonly fromYear: number;
    readonly toYear: number;
    readonly keys: readonly string[];
    readonly progress: ReadonlyMap<string, ActionProgress>;
  },
): Decision<PlanContent, CarryOverRefusal> {
  const { fromYear, toYear } = request;
  if (toYear <= fromYear) return refuse("year-not-after");
  if (request.keys.length === 0) return refuse("nothing-chosen");
  const chosen = new Set(request.keys);
  const known = new Set(plan.actions.map(({ key }) => key));
  if ([...chosen].some((key) => !known.has(key))) return refuse("action-unknown");
  const months = (toYear - fromYear) * 12;
  const actions = plan.actions
    .filter(({ key }) => chosen.has(key))
    .map((action) => renew(action, request.progress.get(action.key) ?? null, months, fromYear));
  return grant({
    ...plan,
    actions,
    themes: plan.themes.map((theme) => ({ ...theme, withoutAction: null })),
  });
}

function renew(
  action: PlannedAction,
  progress: ActionProgress | null,
  months: number,
  fromYear: number,
): PlannedAction {
  const move = (date: PlainDate | null) => (date === null ? null : addMonths(date, months));
  const startsAnew = progress === null || !goesOn(progress);
  return {
    ...action,
    startsOn: move(action.startsOn),
    endsOn: move(action.endsOn),
    carriedFrom: fromYear,
    deliverables: action.deliverables
      .filter(({ key }) => startsAnew || !progress.deliveredKeys.has(key))
      .map((deliverable) => ({
        ...deliverable,
        dueOn: move(deliverable.dueOn),
      })),
  };
}
