import type { ChosenDebtor } from "../funding-call/debtor";
import type { OrganizationId } from "../kernel/ids";
import type { PopulationKind } from "../population/population";
import type { ReferenceDateRule } from "../population/reference-date";
import type { Fraction } from "../committee/rules";
import type { ApportionmentKey } from "./keys";

export const KEY_KINDS = [
  "population",
  "equal",
  "fixed",
  "mixed",
  "headcount",
] as const satisfies readonly ApportionmentKey["kind"][];

/** What the committee chose for its calls. A member that is not named here has not been decided on. */
export type ApportionmentChoice = {
  readonly keyKind: ApportionmentKey["kind"];
  /** Of the cost in equal parts, for the mixed key. */
  readonly equalPart: Fraction | null;
  readonly populationKind: PopulationKind;
  readonly referenceDate: ReferenceDateRule;
  readonly members: readonly ChosenMember[];
};

export type ChosenMember = ChosenDebtor & {
  readonly organizationId: OrganizationId;
  /** False for a member that left, or that joined and does not share yet. */
  readonly isSharing: boolean;
  readonly fixedShare: Fraction | null;
  readonly headcount: number | null;
};

/**
 * What applies while the committee has decided nothing: population municipale, last known on the day of the call.
 * Source: Convention, art. 4.2.1 (« nombre d'habitants dernièrement connus selon l'Insee »), which names neither kind nor day.
 */
export const DEFAULT_CHOICE: ApportionmentChoice = {
  keyKind: "population",
  equalPart: null,
  populationKind: "municipal",
  referenceDate: "at-call",
  members: [],
};

/** The key of a choice, with its shares. */
export function keyOf(choice: ApportionmentChoice): ApportionmentKey {
  switch (choice.keyKind) {
    case "population":
    case "equal":
    case "headcount":
      return { kind: choice.keyKind };
    case "mixed":
      return { kind: "mixed", equalPart: choice.equalPart ?? { numerator: 0, denominator: 0 } };
    case "fixed":
      return {
        kind: "fixed",
        shares: choice.members.flatMap(({ organizationId, isSharing, fixedShare }) =>
          isSharing && fixedShare !== null ? [{ id: organizationId, share: fixedShare }] : [],
        ),
      };
  }
}

/** Does the key read populations? */
export function readsPopulation(choice: ApportionmentChoice): boolean {
  return choice.keyKind === "population" || choice.keyKind === "mixed";
}

const PERCENTAGE = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%$/;
const RATIO = /^(\d{1,9})\s*\/\s*(\d{1,9})$/;

/** A share as people type it: « 1/6 », « 12,5 % ». Null when it is neither, is more than the whole, or has nothing below the line. */
export function parseShare(text: string): Fraction | null {
  const typed = text.trim();
  const ratio = RATIO.exec(typed);
  const percentage = PERCENTAGE.exec(typed);
  const fraction = ratio
    ? { numerator: Number(ratio[1]), denominator: Number(ratio[2]) }
    : percentage
      ? {
          numerator: Number(`${percentage[1] ?? ""}${percentage[2] ?? ""}`),
          denominator: 100 * 10 ** (percentage[2] ?? "").length,
        }
      : null;
  if (fraction === null || fraction.denominator === 0 || fraction.numerator > fraction.denominator) return null;
  return fraction;
}
