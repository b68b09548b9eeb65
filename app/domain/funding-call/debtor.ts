/** Who owes the part of a member: the CCAS, which signed, or its commune, which the text names. */
export const DEBTOR_KINDS = ["ccas", "commune"] as const;
export type DebtorKind = (typeof DEBTOR_KINDS)[number];

/** As the network recorded it for one member. */
export type ChosenDebtor = {
  readonly debtor: DebtorKind;
  /** SIRET of the commune, a legal person apart from its CCAS; null when it is not known, or when the CCAS owes. */
  readonly communeSiret: string | null;
};

export type Debtor = { readonly kind: DebtorKind; readonly name: string; readonly siret: string | null };

/**
 * The debtor of a member's part. Without a recorded choice, the CCAS: it is the party that signed, though the text claims « auprès des autres communes ».
 * A commune takes the name of its CCAS (« CCAS du Gâvre », « Commune du Gâvre »), and never its SIRET.
 * Source: Convention, art. 4.2.1.
 */
export function debtorOf(
  member: { readonly name: string; readonly siret: string | null },
  chosen: ChosenDebtor | undefined,
): Debtor {
  if (chosen?.debtor !== "commune") return { kind: "ccas", name: member.name, siret: member.siret };
  const name = /^CCAS\b/.test(member.name) ? member.name.replace(/^CCAS/, "Commune") : `Commune (${member.name})`;
  return { kind: "commune", name, siret: chosen.communeSiret };
}
