import { grant, refuse, type Decision } from "../kernel/decision";
import { toCents, type Cents } from "../kernel/money";

/** Somebody who bears a part in proportion to a weight: inhabitants, heads, or parts of a fixed key. A safe integer, >= 0. */
export type Weighted<Id extends string = string> = { readonly id: Id; readonly weight: number };

/** How one member comes to its share: everything that somebody who redoes the sum by hand writes down. */
export type Share<Id extends string = string> = {
  readonly id: Id;
  readonly weight: number;
  /** total x weight / sum of the weights, in cents, not reduced; decimal integers as text, since they may exceed 2^53. Signed as the total. */
  readonly quotient: { readonly numerator: string; readonly denominator: string };
  /** The whole cents of the quotient, towards zero. */
  readonly floorCents: Cents;
  /** What is left of the quotient, as a numerator over the same denominator; never negative. */
  readonly remainder: string;
  /** 1 for the largest remainder; ties by ascending id. */
  readonly rank: number;
  /** Did the rank earn one more cent (one less, when the total is negative)? */
  readonly hasExtraCent: boolean;
  readonly cents: Cents;
};

export type Apportionment<Id extends string = string> = {
  readonly totalCents: Cents;
  readonly totalWeight: string;
  /** Cents that the whole parts leave over, one for each of the first ranks. */
  readonly extraCents: number;
  /** In ascending id. */
  readonly shares: readonly Share<Id>[];
};

/**
 * Splits a total between members in proportion to their weight, to the cent, with its reasoning (largest remainder, « plus fort reste »).
 * Each member gets the whole cents of its quotient; the cents left over go one by one to the largest remainders, equal remainders by ascending id
 * (order of the characters' codes), so that the order of the rows never matters. A negative total is the mirror of the positive one.
 * A weight of zero bears nothing. Error: each share differs from its quotient by less than one cent; the sum is exact.
 * @throws RangeError when a weight is negative or no safe integer, when an id comes twice, when all weights are zero or nobody shares
 * Source: Convention, art. 4.2.1 (« au prorata du nombre d'habitants »); the rounding is a rule of the house.
 */
export function apportion<Id extends string>(total: Cents, members: readonly Weighted<Id>[]): Apportionment<Id> {
  const sorted = [...members].sort(byId);
  const totalWeight = sumWeights(sorted);
  const amount = BigInt(Math.abs(total));
  const parts = sorted.map(({ id, weight }) => {
    const numerator = amount * BigInt(weight);
    return { id, weight, numerator, floor: numerator / totalWeight, remainder: numerator % totalWeight };
  });
  const extraCents = Number(amount - parts.reduce((sum, part) => sum + part.floor, 0n));
  const ranks = rankRemainders(parts.map((part) => part.remainder));
  const shares = parts.map((part, index): Share<Id> => {
    const rank = ranks[index] ?? parts.length;
    const hasExtraCent = rank <= extraCents;
    return {
      id: part.id,
      weight: part.weight,
      quotient: {
        numerator: String(total < 0 ? -part.numerator : part.numerator),
        denominator: String(totalWeight),
      },
      floorCents: signed(total, part.floor),
      remainder: String(part.remainder),
      rank,
      hasExtraCent,
      cents: signed(total, hasExtraCent ? part.floor + 1n : part.floor),
    };
  });
  return { totalCents: total, totalWeight: String(totalWeight), extraCents, shares };
}

/** The shares alone, by id: see `apportion` for the rule. @throws RangeError as `apportion` does. */
export function splitByWeight<Id extends string>(
  total: Cents,
  members: readonly Weighted<Id>[],
): ReadonlyMap<Id, Cents> {
  return new Map(apportion(total, members).shares.map(({ id, cents }) => [id, cents]));
}

/** Order of the characters' codes: the same on every machine, whatever its language. */
export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function sumWeights(sorted: readonly Weighted[]): bigint {
  let sum = 0n;
  let previous: string | null = null;
  for (const { id, weight } of sorted) {
    if (id === previous) throw new RangeError(`Two members have the id ${JSON.stringify(id)}`);
    if (!Number.isSafeInteger(weight) || weight < 0) {
      throw new RangeError(`Not a weight: ${weight} for ${JSON.stringify(id)}`);
    }
    sum += BigInt(weight);
    previous = id;
  }
  if (sum === 0n) throw new RangeError("Nobody has a weight");
  return sum;
}

/** The rank of each remainder, 1 for the largest; equal ones in the order given. */
function rankRemainders(remainders: readonly bigint[]): readonly number[] {
  const order = remainders
    .map((remainder, index) => ({ remainder, index }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    );
  const ranks = new Array<number>(remainders.length).fill(0);
  order.forEach(({ index }, position) => {
    ranks[index] = position + 1;
  });
  return ranks;
}

function signed(total: Cents, cents: bigint): Cents {
  return toCents(total < 0 && cents !== 0n ? -Number(cents) : Number(cents));
}

/** A weight as a form or a file gives it; null when nothing was given. */
export type TypedWeight<Id extends string = string> = { readonly id: Id; readonly weight: number | null };

export type WeightRefusal =
  | { readonly kind: "no-member" }
  | { readonly kind: "all-weights-zero" }
  | {
      readonly kind:
        "weight-missing" | "weight-negative" | "weight-fractional" | "weight-too-large" | "member-given-twice";
      readonly id: string;
    };

/** Everything that keeps weights from being used by `apportion`, member by member; granted, they never make it throw. */
export function checkWeights<Id extends string>(
  typed: readonly TypedWeight<Id>[],
): Decision<readonly Weighted<Id>[], readonly WeightRefusal[]> {
  const refusals: WeightRefusal[] = [];
  const weights: Weighted<Id>[] = [];
  const seen = new Set<string>();
  for (const { id, weight } of typed) {
    if (seen.has(id)) refusals.push({ kind: "member-given-twice", id });
    seen.add(id);
    const fault = weight === null ? "weight-missing" : findWeightFault(weight);
    if (fault !== null) refusals.push({ kind: fault, id });
    else if (weight !== null) weights.push({ id, weight });
  }
  if (typed.length === 0) refusals.push({ kind: "no-member" });
  else if (refusals.length === 0 && weights.every(({ weight }) => weight === 0)) {
    refusals.push({ kind: "all-weights-zero" });
  }
  return refusals.length === 0 ? grant(weights) : refuse(refusals);
}

function findWeightFault(
  weight: number,
): "weight-missing" | "weight-negative" | "weight-fractional" | "weight-too-large" | null {
  if (Number.isNaN(weight)) return "weight-missing";
  if (weight < 0) return "weight-negative";
  if (weight > Number.MAX_SAFE_INTEGER) return "weight-too-large";
  return Number.isInteger(weight) ? null : "weight-fractional";
}
