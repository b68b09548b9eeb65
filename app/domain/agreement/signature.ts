import { grant, refuse, type Decision } from "../kernel/decision";
import { daysBetween, type PlainDate } from "../kernel/plain-date";

/** One link of the chain that gives somebody the power to sign: who gave what to whom, by which act. */
export type DelegationLink = {
  readonly act: string;
  readonly on: PlainDate;
  readonly from: string;
  readonly to: string;
  /** Last day of the power; null as long as it runs. */
  readonly until: PlainDate | null;
};

export type SigningParty = {
  readonly label: string;
  /** The office that signs, never a name. */
  readonly office: string;
  /** A party that signs on its own authority (a practitioner, an association's president) needs no board. */
  readonly needsHabilitation: boolean;
  readonly deliberationNumber: string;
  readonly deliberationOn: PlainDate | null;
  readonly chain: readonly DelegationLink[];
};

export type HabilitationFault =
  | { readonly kind: "deliberation-missing"; readonly party: string }
  | { readonly kind: "deliberation-after-signature"; readonly party: string }
  | { readonly kind: "chain-broken"; readonly party: string; readonly act: string }
  | { readonly kind: "power-not-yet-given"; readonly party: string; readonly act: string }
  | { readonly kind: "power-ended"; readonly party: string; readonly act: string };

/**
 * Everything that keeps a party's signature of that day from holding: the date and number of its board's act, and each link of the delegation up
 * to whoever signed. Source: Blain (each president empowered by a board's act); CASF, art. R.123-23 for the delegation to a vice-president.
 */
export function checkHabilitation(party: SigningParty, signedOn: PlainDate): readonly HabilitationFault[] {
  const faults: HabilitationFault[] = [];
  const { label, chain } = party;
  if (party.needsHabilitation && (party.deliberationOn === null || party.deliberationNumber.trim() === ""))
    faults.push({ kind: "deliberation-missing", party: label });
  else if (party.deliberationOn !== null && party.deliberationOn > signedOn)
    faults.push({ kind: "deliberation-after-signature", party: label });
  chain.forEach(({ act, on, until, from }, index) => {
    const before = chain[index - 1];
    if (before && before.to !== from) faults.push({ kind: "chain-broken", party: label, act });
    if (on > signedOn) faults.push({ kind: "power-not-yet-given", party: label, act });
    if (until !== null && until < signedOn) faults.push({ kind: "power-ended", party: label, act });
  });
  return faults;
}

export type SignRefusal =
  | { readonly kind: "already-signed" }
  | { readonly kind: "no-party" }
  | { readonly kind: "no-duration" }
  | { readonly kind: "signed-in-the-future" }
  | { readonly kind: "habilitation"; readonly faults: readonly HabilitationFault[] };

/** « retroactive »: days by which the effect precedes the signature; 0 without. */
export type SignAnswer = { readonly signedOn: PlainDate; readonly retroactiveDays: number };

/** May the text be recorded as signed that day? Only with the habilitation of every party. */
export function checkSignature(request: {
  readonly isSigned: boolean;
  readonly hasDuration: boolean;
  readonly parties: readonly SigningParty[];
  readonly signedOn: PlainDate;
  readonly effectOn: PlainDate;
  readonly today: PlainDate;
}): Decision<SignAnswer, SignRefusal> {
  if (request.isSigned) return refuse({ kind: "already-signed" });
  if (request.parties.length === 0) return refuse({ kind: "no-party" });
  if (!request.hasDuration) return refuse({ kind: "no-duration" });
  if (request.signedOn > request.today) return refuse({ kind: "signed-in-the-future" });
  const faults = request.parties.flatMap((party) => checkHabilitation(party, request.signedOn));
  if (faults.length > 0) return refuse({ kind: "habilitation", faults });
  return grant({
    signedOn: request.signedOn,
    retroactiveDays: Math.max(0, daysBetween(request.effectOn, request.signedOn)),
  });
}
