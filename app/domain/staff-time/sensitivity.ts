import { splitByWeight, type Weighted } from "../apportionment/split-by-weight";
import { sumCents, toCents, type Cents } from "../kernel/money";
import type { StaffFunction, StaffTimeState } from "./staff-time";

/** What one hour more, or one hour less, of a function changes: in all, and for each member. */
export type HourEffect<Id extends string = string> = {
  readonly staffFunction: StaffFunction;
  readonly hour: Cents;
  readonly more: readonly { readonly id: Id; readonly change: Cents }[];
  /** Null when the state holds less than one hour of that function. */
  readonly less: readonly { readonly id: Id; readonly change: Cents }[] | null;
};

/**
 * The effect of ± 1 hour of each function of the state, in ascending name. The changes of all members make one hour exactly, whichever way the cents fall:
 * it is the difference between two apportionments by largest remainder, so a member may move by one cent more than its quotient.
 * @throws RangeError as `apportion` does
 */
export function measureOneHour<Id extends string>(
  state: StaffTimeState,
  weights: readonly Weighted<Id>[],
): readonly HourEffect<Id>[] {
  const functions = [...new Set(state.lines.map(({ staffFunction }) => staffFunction))].sort();
  const now = splitByWeight(state.total, weights);
  const changesTo = (total: Cents) =>
    [...splitByWeight(total, weights)].map(([id, cents]) => ({ id, change: toCents(cents - (now.get(id) ?? 0)) }));
  return functions.flatMap((staffFunction) => {
    const lines = state.lines.filter((line) => line.staffFunction === staffFunction);
    const [first] = lines;
    if (first === undefined) return [];
    const hour = first.centsPerHour;
    const isAnHourHeld = lines.reduce((sum, { minutes }) => sum + minutes, 0) >= 60;
    return [
      {
        staffFunction,
        hour,
        more: changesTo(sumCents([state.total, hour])),
        less: isAnHourHeld && state.total >= hour ? changesTo(toCents(state.total - hour)) : null,
      },
    ];
  });
}
