import type { RulesContent } from "../committee/rules";
import { isSimpleMajority, thresholdOf } from "../committee/threshold";
import type { SeatId } from "../kernel/ids";
import { countOf, NO_BREAK_SPACE } from "../quorum/wording";
import type { Entitlement } from "./eligibility";
import type { Choice, PollMode } from "./poll";

/** What was said. `seatId` is null in a secret ballot. */
export type Voice = { readonly seatId: SeatId | null; readonly choice: Choice };

export type VoiceCounts = {
  readonly entitled: number;
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly notParticipating: number;
  readonly notVoted: number;
};

export type TallyInput = {
  readonly rules: Pick<RulesContent, "majority" | "castingVote">;
  readonly mode: PollMode;
  /** Who was entitled when the poll closed; kept with the result. */
  readonly entitled: readonly Entitlement[];
  /** Seats in office that vote on this subject and did not withdraw: the base of a majority of the seats. */
  readonly votingSeatsInOffice: number;
  readonly voices: readonly Voice[];
  /** The seat that presides the meeting, or null when whoever presides holds none. */
  readonly chair: SeatId | null;
  /** In a secret ballot, what the chair declares after the count; read only if the rules keep the casting vote there. */
  readonly chairDeclares: Choice | null;
};

export type Tally = {
  readonly counts: VoiceCounts;
  /** For and against. */
  readonly votesCast: number;
  readonly base: number;
  readonly needed: number;
  readonly isTie: boolean;
  /** Which way the casting vote settled the tie, if it did. */
  readonly castingVote: "for" | "against" | null;
  readonly result: "adopted" | "rejected" | "tied-rejected";
  readonly sentence: string;
  readonly entitled: readonly Entitlement[];
};

/**
 * Counts the voices and says the result. Adopted when « pour » reaches the threshold of the rules' base, in integers, and outnumbers « contre ».
 * A tie (as many for as against, at least one each) goes to the chair's own vote when the rules give a casting vote: that voice then counts
 * twice. It settles nothing when the chair abstained, did not vote or was represented, nor in a secret ballot unless the rules say so, nor under
 * a majority other than « plus de la moitié », which a tie can't be close to.
 * @throws RangeError when there are more voices than entitled seats: one seat, one ballot.
 * Source: CASF art. R.123-18 (absolute majority of the votes cast, casting vote), taken as a model.
 */
export function tallyVoices(input: TallyInput): Tally {
  const { rules, entitled, voices } = input;
  const counts = countVoices(entitled.length, voices);
  const votesCast = counts.for + counts.against;
  const base = {
    "votes-cast": votesCast,
    "present-and-represented": entitled.length,
    "seats-in-office": input.votingSeatsInOffice,
  }[rules.majority.base];
  const needed = thresholdOf(base, rules.majority.share, rules.majority.comparison);
  const isTie = counts.for > 0 && counts.for === counts.against;
  const castingVote = isTie ? findCastingVote(input) : null;
  const extra = castingVote === "for" ? 1 : 0;
  const isAdopted = counts.for + extra > counts.against && counts.for + extra >= needed;
  const result = isAdopted ? "adopted" : isTie && castingVote === null ? "tied-rejected" : "rejected";
  const tally = { counts, votesCast, base, needed, isTie, castingVote, result, entitled } as const;
  return { ...tally, sentence: composeSentence(tally, rules) };
}

function countVoices(entitled: number, voices: readonly Voice[]): VoiceCounts {
  if (voices.length > entitled) throw new RangeError(`${voices.length} voices for ${entitled} entitled seats`);
  const count = (choice: Choice) => voices.filter((voice) => voice.choice === choice).length;
  return {
    entitled,
    for: count("for"),
    against: count("against"),
    abstain: count("abstain"),
    notParticipating: count("not-participating"),
    notVoted: entitled - voices.length,
  };
}

function findCastingVote({
  rules,
  mode,
  entitled,
  voices,
  chair,
  chairDeclares,
}: TallyInput): "for" | "against" | null {
  if (rules.castingVote.holder === "none" || chair === null) return null;
  if (!isSimpleMajority(rules.majority.share, rules.majority.comparison)) return null;
  if (mode === "secret" && !rules.castingVote.inSecretBallot) return null;
  const isThere = entitled.some(({ seatId, through }) => seatId === chair && through !== "proxy");
  if (!isThere) return null;
  const choice = mode === "secret" ? chairDeclares : voices.find(({ seatId }) => seatId === chair)?.choice;
  return choice === "for" || choice === "against" ? choice : null;
}

function composeSentence(tally: Omit<Tally, "sentence">, { majority }: Pick<RulesContent, "majority">): string {
  const { counts, base, needed } = tally;
  const parts = [
    `${counts.for} pour`,
    `${counts.against} contre`,
    countOf(counts.abstain, "abstention", "abstentions"),
  ];
  if (counts.notParticipating > 0)
    parts.push(countOf(counts.notParticipating, "ne prend pas part", "ne prennent pas part"));
  if (counts.notVoted > 0) parts.push(countOf(counts.notVoted, "n’a pas voté", "n’ont pas voté"));
  const word = isSimpleMajority(majority.share, majority.comparison) ? "majorité" : "minimum";
  const measure = base === 0 ? "aucun suffrage exprimé" : `${describeBase(base, majority.base)}, ${word} ${needed}`;
  return `${describeResult(tally)}${NO_BREAK_SPACE}: ${parts.join(", ")} (${measure})`;
}

function describeBase(base: number, kind: RulesContent["majority"]["base"]): string {
  switch (kind) {
    case "votes-cast":
      return countOf(base, "suffrage exprimé", "suffrages exprimés");
    case "present-and-represented":
      return countOf(base, "présent ou représenté", "présents et représentés");
    case "seats-in-office":
      return countOf(base, "siège en exercice", "sièges en exercice");
  }
}

function describeResult({ result, castingVote }: Omit<Tally, "sentence">): string {
  if (result === "tied-rejected") return "Partage des voix, rejeté";
  const verdict = result === "adopted" ? "Adopté" : "Rejeté";
  const isSettledByChair = castingVote === (result === "adopted" ? "for" : "against");
  return isSettledByChair ? `${verdict} par la voix prépondérante de la présidence` : verdict;
}
