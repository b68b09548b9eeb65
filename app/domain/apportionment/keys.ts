import type { Fraction } from "../committee/rules";
import { refuse, type Decision } from "../kernel/decision";
import { checkWeights, type Weighted, type WeightRefusal } from "./split-by-weight";

/** The key (« clé de répartition ») by which a cost is shared. */
export type ApportionmentKey =
  | { readonly kind: "population" }
  | { readonly kind: "equal" }
  | { readonly kind: "fixed"; readonly shares: readonly { readonly id: string; readonly share: Fraction }[] }
  /** `equalPart` of the cost in equal parts, the rest by population. */
  | { readonly kind: "mixed"; readonly equalPart: Fraction }
  | { readonly kind: "headcount" };

/** A member as the keys see it; null for a figure that is not known (never zero in its place). */
export type KeyMember<Id extends string = string> = {
  readonly id: Id;
  readonly population: number | null;
  readonly headcount: number | null;
};

export type KeyRefusal =
  | WeightRefusal
  | { readonly kind: "share-missing" | "share-malformed"; readonly id: string }
  | { readonly kind: "share-of-a-stranger"; readonly id: string }
  /** The fixed shares make this much, reduced, instead of 1. */
  | { readonly kind: "shares-not-one"; readonly numerator: string; readonly denominator: string }
  | { readonly kind: "equal-part-malformed" }
  /** Exact weights would exceed 2^53: write the shares with a smaller common denominator. */
  | { readonly kind: "key-too-precise" };

/**
 * The integer weights that a key gives to the members, exactly: no share is ever rounded before the cost is split.
 * Fixed shares are put over their common denominator and must make 1. Mixed, for a part p/q in equal parts among n members with S inhabitants:
 * weight = p x S + (q - p) x n x inhabitants.
 * Source: Convention, art. 4.2.1 for the population; the other keys are for networks whose agreement says otherwise.
 */
export function weighMembers<Id extends string>(
  key: ApportionmentKey,
  members: readonly KeyMember<Id>[],
): Decision<readonly Weighted<Id>[], readonly KeyRefusal[]> {
  switch (key.kind) {
    case "population":
      return checkWeights(members.map(({ id, population }) => ({ id, weight: population })));
    case "headcount":
      return checkWeights(members.map(({ id, headcount }) => ({ id, weight: headcount })));
    case "equal":
      return checkWeights(members.map(({ id }) => ({ id, weight: 1 })));
    case "fixed":
      return weighFixedShares(key.shares, members);
    case "mixed":
      return weighMixed(key.equalPart, members);
  }
}

function isShare({ numerator, denominator }: Fraction): boolean {
  return (
    Number.isSafeInteger(numerator) &&
    Number.isSafeInteger(denominator) &&
    numerator >= 0 &&
    denominator > 0 &&
    numerator <= denominator
  );
}

function weighFixedShares<Id extends string>(
  shares: readonly { readonly id: string; readonly share: Fraction }[],
  members: readonly KeyMember<Id>[],
): Decision<readonly Weighted<Id>[], readonly KeyRefusal[]> {
  const refusals = findShareFaults(shares, members);
  if (refusals.length > 0) return refuse(refusals);
  const common = shares.reduce((multiple, { share }) => lcm(multiple, BigInt(share.denominator)), 1n);
  const parts = new Map(
    shares.map(({ id, share }) => [id, BigInt(share.numerator) * (common / BigInt(share.denominator))]),
  );
  const sum = [...parts.values()].reduce((total, part) => total + part, 0n);
  if (sum !== common) {
    const divisor = gcd(sum, common);
    return refuse([
      { kind: "shares-not-one", numerator: String(sum / divisor), denominator: String(common / divisor) },
    ]);
  }
  return checkExact(members.map(({ id }) => ({ id, weight: parts.get(id) ?? 0n })));
}

function findShareFaults(
  shares: readonly { readonly id: string; readonly share: Fraction }[],
  members: readonly KeyMember[],
): readonly KeyRefusal[] {
  const refusals: KeyRefusal[] = [];
  const named = new Set<string>();
  const known = new Set<string>(members.map(({ id }) => id));
  for (const { id, share } of shares) {
    if (named.has(id)) refusals.push({ kind: "member-given-twice", id });
    named.add(id);
    if (!known.has(id)) refusals.push({ kind: "share-of-a-stranger", id });
    if (!isShare(share)) refusals.push({ kind: "share-malformed", id });
  }
  for (const { id } of members) if (!named.has(id)) refusals.push({ kind: "share-missing", id });
  return refusals;
}

function weighMixed<Id extends string>(
  equalPart: Fraction,
  members: readonly KeyMember<Id>[],
): Decision<readonly Weighted<Id>[], readonly KeyRefusal[]> {
  if (!isShare(equalPart)) return refuse([{ kind: "equal-part-malformed" }]);
  const populations = checkWeights(members.map(({ id, population }) => ({ id, weight: population })));
  if (!populations.ok) return populations;
  const count = BigInt(members.length);
  const inhabitants = populations.value.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const equal = BigInt(equalPart.numerator);
  const prorated = BigInt(equalPart.denominator) - equal;
  return checkExact(
    populations.value.map(({ id, weight }) => ({
      id,
      weight: equal * inhabitants + prorated * count * BigInt(weight),
    })),
  );
}

function checkExact<Id extends string>(
  exact: readonly { readonly id: Id; readonly weight: bigint }[],
): Decision<readonly Weighted<Id>[], readonly KeyRefusal[]> {
  if (exact.some(({ weight }) => weight > BigInt(Number.MAX_SAFE_INTEGER)))
    return refuse([{ kind: "key-too-precise" }]);
  return checkWeights(exact.map(({ id, weight }) => ({ id, weight: Number(weight) })));
}

function gcd(one: bigint, other: bigint): bigint {
  return other === 0n ? one : gcd(other, one % other);
}

function lcm(one: bigint, other: bigint): bigint {
  return (one / gcd(one, other)) * other;
}
