import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId, PollId, SeatId } from "../kernel/ids";
import type { Electorate, Entitlement, ExclusionReason } from "./eligibility";
import type { Choice, Poll } from "./poll";

/** A member votes from their own device; the secretary enters what the room says aloud. */
export type Voter =
  { readonly kind: "member"; readonly seatId: SeatId; readonly personId: PersonId } | { readonly kind: "secretary" };

export type Ballot = { readonly seatId: SeatId; readonly choice: Choice; readonly voter: Voter };

export type BallotContext = {
  readonly poll: Poll;
  readonly meeting: "open" | "suspended" | "not-open";
  /** From `quorumFor`, for the item of the poll, at this moment. */
  readonly isQuorumReached: boolean;
  readonly electorate: Electorate;
  readonly votedSeats: readonly SeatId[];
};

export type BallotRefusal =
  | "poll-not-open"
  | "poll-closed"
  | "meeting-not-open"
  | "meeting-suspended"
  | "quorum-lost"
  | "not-your-seat"
  | "already-voted"
  | "seat-unknown"
  | "seat-vacant"
  | "seat-consultative"
  | "seat-withdrawn"
  | "seat-absent"
  | "proxy-not-effective"
  | "secret-remote-not-allowed"
  | "secret-not-by-secretary";

/**
 * What to write down, in two parts that a secret ballot must store apart: that the seat has voted, and what was said.
 * In a secret ballot `voice.seatId` is null and nothing else may join the two (neither order, nor time, nor identifier).
 */
export type CastBallot = {
  readonly mark: { readonly pollId: PollId; readonly entitlement: Entitlement };
  readonly voice: { readonly pollId: PollId; readonly seatId: SeatId | null; readonly choice: Choice };
};

const REFUSAL_OF_EXCLUSION: Record<ExclusionReason, BallotRefusal> = {
  vacant: "seat-vacant",
  consultative: "seat-consultative",
  withdrawn: "seat-withdrawn",
  absent: "seat-absent",
  "proxy-not-effective": "proxy-not-effective",
  "secret-remote-not-allowed": "secret-remote-not-allowed",
};

/**
 * May this ballot be cast? One seat, one ballot, by the person who sits for the seat or holds its effective proxy, while the poll and the
 * meeting are open and the quorum is there. The secretary enters public ballots only: a secret one is cast by the voter alone.
 */
export function castBallot(context: BallotContext, ballot: Ballot): Decision<CastBallot, BallotRefusal> {
  const blocked = findBlockage(context);
  if (blocked !== null) return refuse(blocked);

  const { poll, electorate, votedSeats } = context;
  const { seatId, voter, choice } = ballot;
  if (voter.kind === "secretary" && poll.mode === "secret") return refuse("secret-not-by-secretary");
  const entitlement = electorate.entitled.find((candidate) => candidate.seatId === seatId);
  if (!entitlement) return refuse(explainExclusion(electorate, ballot));
  if (voter.kind === "member" && voter.personId !== entitlement.castBy.personId) {
    return refuse(voter.seatId === seatId && entitlement.through === "proxy" ? "seat-absent" : "not-your-seat");
  }
  if (votedSeats.includes(seatId)) return refuse("already-voted");
  return grant({
    mark: { pollId: poll.id, entitlement },
    voice: { pollId: poll.id, seatId: poll.mode === "secret" ? null : seatId, choice },
  });
}

function findBlockage({ poll, meeting, isQuorumReached }: BallotContext): BallotRefusal | null {
  if (poll.state === "draft") return "poll-not-open";
  if (poll.state !== "open") return "poll-closed";
  if (meeting === "not-open") return "meeting-not-open";
  if (meeting === "suspended") return "meeting-suspended";
  return isQuorumReached ? null : "quorum-lost";
}

/** Why a seat left out can't vote. A member learns it of their own seat and of one whose proxy they hold; of others, only that it is not theirs. */
function explainExclusion({ excluded }: Electorate, { seatId, voter }: Ballot): BallotRefusal {
  const exclusion = excluded.find((candidate) => candidate.seatId === seatId);
  if (!exclusion) return "seat-unknown";
  const isConcerned = voter.kind === "secretary" || voter.seatId === seatId || voter.seatId === exclusion.proxyHolder;
  return isConcerned ? REFUSAL_OF_EXCLUSION[exclusion.reason] : "not-your-seat";
}
