/** An oracle apart from the code under test: plain fractions, and the definition of the largest remainder applied cent by cent. */
export type Ratio = { readonly n: bigint; readonly d: bigint };

export const ratio = (n: bigint, d: bigint): Ratio => (d < 0n ? { n: -n, d: -d } : { n, d });
export const minus = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
export const isLess = (a: Ratio, b: Ratio): boolean => a.n * b.d < b.n * a.d;
export const whole = (n: number): Ratio => ratio(BigInt(n), 1n);
export const magnitude = (a: Ratio): Ratio => (a.n < 0n ? { n: -a.n, d: a.d } : a);

export function quotientOf(total: number, weight: number, weights: readonly number[]): Ratio {
  return ratio(
    BigInt(total) * BigInt(weight),
    weights.reduce((sum, each) => sum + BigInt(each), 0n),
  );
}

/**
 * Largest remainder by another road: one cent at a time to whoever is furthest below its quotient among those who are still below their quotient's
 * whole part, then among all; the first id wins a tie.
 */
export function largestRemainder(
  total: number,
  members: readonly { readonly id: string; readonly weight: number }[],
): Record<string, number> {
  const weights = members.map(({ weight }) => weight);
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const given = sorted.map(({ weight }) => {
    const quotient = quotientOf(Math.abs(total), weight, weights);
    return { quotient, cents: Number(quotient.n / quotient.d) };
  });
  let left = Math.abs(total) - given.reduce((sum, { cents }) => sum + cents, 0);
  while (left > 0) {
    let best = 0;
    for (let index = 1; index < given.length; index++) {
      const lack = (at: number) => minus(given[at]!.quotient, whole(given[at]!.cents));
      if (isLess(lack(best), lack(index))) best = index;
    }
    given[best]!.cents += 1;
    left -= 1;
  }
  return Object.fromEntries(
    sorted.map(({ id }, index) => [id, total < 0 ? 0 - given[index]!.cents : given[index]!.cents]),
  );
}
