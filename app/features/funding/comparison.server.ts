import { DEFAULT_CHOICE, type ApportionmentChoice } from "~/domain/apportionment/choice";
import { apportion } from "~/domain/apportionment/split-by-weight";
import { grant, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import { toCents, type Cents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { vintageInForce, type PopulationKind } from "~/domain/population/population";
import type { Db } from "~/services/db.server";
import { weighNetwork, type WeightObstacle } from "./weights.server";

/** « current » is the choice in force; the others answer « and with… ? ». */
export const BASES = ["current", "municipal", "total", "former-year", "equal"] as const;
export type Basis = (typeof BASES)[number];

export type ComparedBasis = Decision<
  { readonly basis: Basis; readonly vintage: number | null; readonly shares: Readonly<Record<string, Cents>> },
  readonly WeightObstacle[]
>;

/** What each member would pay of an amount under each basis, to read before a vote; a basis that can't be computed says why. */
export async function compareBases(
  db: Db,
  networkId: NetworkId,
  { choice, amount, on }: { readonly choice: ApportionmentChoice; readonly amount: Cents; readonly on: PlainDate },
): Promise<readonly { readonly basis: Basis; readonly result: ComparedBasis }[]> {
  const kindOf = (populationKind: PopulationKind): ApportionmentChoice => ({
    ...{ ...DEFAULT_CHOICE, populationKind, members: choice.members },
  });
  const requests: Readonly<Record<Basis, { readonly choice: ApportionmentChoice; readonly vintage?: number }>> = {
    current: { choice },
    municipal: { choice: kindOf("municipal") },
    total: { choice: kindOf("total") },
    "former-year": { choice: kindOf(choice.populationKind), vintage: vintageInForce(on) - 1 },
    equal: { choice: { ...DEFAULT_CHOICE, keyKind: "equal", members: choice.members } },
  };
  const compared = [];
  for (const basis of BASES) {
    const weighed = await weighNetwork(db, networkId, { ...requests[basis], referenceDate: on });
    if (!weighed.ok) {
      compared.push({ basis, result: weighed });
      continue;
    }
    const shares = apportion(toCents(amount), weighed.value.weights).shares.map(
      ({ id, cents }) => [id, cents] as const,
    );
    const vintage = weighed.value.population?.vintage ?? null;
    compared.push({ basis, result: grant({ basis, vintage, shares: Object.fromEntries(shares) }) });
  }
  return compared;
}
