import { grant, refuse, type Decision } from "../../kernel/decision";
import { attackPattern, type Disclosure } from "../disclosure/attack";
import type { OpenProgram } from "../disclosure/program";
import { EXACT_LIMIT, protectTables } from "../disclosure/protect";
import { splitTask } from "../disclosure/threat";
import { composeTask, type EarlierRelease, type Outcome } from "./compose-task";
import type { FrozenYear } from "./frozen-year";
import { publishYear, type PublishedYear } from "./published-year";

/** Why a figure is hidden, by « member|cell »: for the lead only, readers who knew it would know too much. */
export type Reasons = Readonly<Record<string, Exclude<Outcome, "shown">>>;

export type ProtectedYear = {
  readonly outputs: PublishedYear;
  readonly reasons: Reasons;
  readonly isOptimal: boolean;
  /** Bounds that the attack looked for. */
  readonly bounds: number;
};

export type Unprotected = {
  readonly kind: "no-pattern" | "attack-succeeds";
  readonly disclosures: readonly Disclosure[];
};

/**
 * From the inputs of a release to what its readers get, always the same: protected, then attacked together with all earlier releases of the year.
 * @param tellProgress how many parts that no sum ties together are done, of how many
 */
export function protectYear(
  inputs: FrozenYear,
  earlier: readonly EarlierRelease[],
  openProgram: OpenProgram,
  tellProgress: (done: number, total: number) => void,
): Decision<ProtectedYear, Unprotected> {
  const { task, tables, reasons: primary } = composeTask(inputs, earlier);
  const hidden = new Set<string>();
  const disclosures: Disclosure[] = [];
  let [isOptimal, bounds] = [true, 0];
  const parts = splitTask(task);
  for (const [done, part] of parts.entries()) {
    tellProgress(done, parts.length);
    const pattern = protectTables(part, openProgram, { exactCells: EXACT_LIMIT });
    if (!pattern) return refuse({ kind: "no-pattern", disclosures: [] });
    if (!pattern.isOptimal) isOptimal = false;
    for (const id of pattern.hidden) hidden.add(id);
    const attack = attackPattern(part, pattern.hidden, openProgram);
    bounds += attack.bounds;
    disclosures.push(...attack.disclosures);
  }
  if (disclosures.length > 0) return refuse({ kind: "attack-succeeds", disclosures });
  const reasons: Record<string, Exclude<Outcome, "shown">> = {};
  for (const { scope, key, quantity } of tables.figures)
    if (hidden.has(quantity)) reasons[`${scope}|${key}`] = primary.get(quantity) ?? "complementary";
  return grant({ outputs: publishYear(inputs, tables, hidden), reasons, isOptimal, bounds });
}
