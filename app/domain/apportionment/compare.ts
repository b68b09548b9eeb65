import { toCents, type Cents } from "../kernel/money";
import { byId, splitByWeight, type Weighted } from "./split-by-weight";

export type ShareChange<Id extends string = string> = {
  readonly id: Id;
  /** Null where the member has no part in that basis. */
  readonly before: Cents | null;
  readonly after: Cents | null;
  /** after - before, an absent part counting for nothing. The changes of all members make zero. */
  readonly change: Cents;
};

/**
 * What each member would pay under another basis for the same total, to compare before a vote: total population, the former vintage, another key.
 * In ascending id. @throws RangeError as `apportion` does
 */
export function compareShares<Id extends string>(
  total: Cents,
  before: readonly Weighted<Id>[],
  after: readonly Weighted<Id>[],
): readonly ShareChange<Id>[] {
  const [former, next] = [splitByWeight(total, before), splitByWeight(total, after)];
  return [...new Set([...former.keys(), ...next.keys()])]
    .map((id) => {
      const [was, is] = [former.get(id) ?? null, next.get(id) ?? null];
      return { id, before: was, after: is, change: toCents((is ?? 0) - (was ?? 0)) };
    })
    .sort(byId);
}
