import type { RulesContent } from "../committee/rules";
import type { SeatHolders } from "../committee/seats";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId, SeatId } from "../kernel/ids";
import { dateOf, type LocalDateTime } from "../kernel/paris-time";
import { daysBetween } from "../kernel/plain-date";
import { isConsultative, type Entitlement, type VoterSeat } from "./eligibility";
import type { Choice, PollSubject } from "./poll";
import type { Tally } from "./tally";

/** A vote in writing between two meetings: always by name, by every seat in office, ratified at the next meeting. */
export type WrittenConsultation = {
  readonly subject: PollSubject;
  readonly opensAt: LocalDateTime;
  /** Last minute at which an answer is received. */
  readonly deadline: LocalDateTime;
};

export type WrittenConsultationRefusal =
  "written-consultation-not-allowed" | "deadline-too-short" | "nobody-entitled" | "subject-needs-a-meeting";

/**
 * May this consultation be launched? The members have at least the days of the rules to answer, counted from the day of sending.
 * Minutes and rules of the committee are adopted in a meeting only.
 */
export function checkWrittenConsultation(
  rules: Pick<RulesContent, "writtenConsultation" | "departmentSeat">,
  seats: readonly VoterSeat[],
  consultation: WrittenConsultation,
): Decision<WrittenConsultation, WrittenConsultationRefusal> {
  const { subject, opensAt, deadline } = consultation;
  if (!rules.writtenConsultation.allowed) return refuse("written-consultation-not-allowed");
  if (subject === "minutes-approval" || subject === "rules-adoption") return refuse("subject-needs-a-meeting");
  const days = daysBetween(dateOf(opensAt), dateOf(deadline));
  if (deadline <= opensAt || days < rules.writtenConsultation.minimumDays) return refuse("deadline-too-short");
  const isAnybodyEntitled = seats.some((seat) => seat.inOffice && !isConsultative(seat.kind, rules, subject));
  return isAnybodyEntitled ? grant(consultation) : refuse("nobody-entitled");
}

export type WrittenVoter = VoterSeat & { readonly holders: SeatHolders; readonly isWithdrawn: boolean };

export type WrittenBallot = {
  readonly seatId: SeatId;
  readonly personId: PersonId;
  readonly choice: Choice;
  readonly at: LocalDateTime;
};

export type WrittenBallotRefusal =
  | "consultation-not-open"
  | "consultation-closed"
  | "not-your-seat"
  | "seat-vacant"
  | "seat-consultative"
  | "seat-withdrawn"
  | "already-voted";

/**
 * May this written answer be received? Titular or substitute answers for the seat, the first answer stands; there are no proxies.
 * The deadline's own minute is still in time.
 */
export function castWrittenBallot(
  context: {
    readonly rules: Pick<RulesContent, "departmentSeat">;
    readonly consultation: WrittenConsultation;
    readonly voter: WrittenVoter;
    readonly hasVoted: boolean;
  },
  ballot: WrittenBallot,
): Decision<WrittenBallot, WrittenBallotRefusal> {
  const { rules, consultation, voter, hasVoted } = context;
  if (ballot.at < consultation.opensAt) return refuse("consultation-not-open");
  if (ballot.at > consultation.deadline) return refuse("consultation-closed");
  if (!voter.inOffice) return refuse("seat-vacant");
  const isHolder = [voter.holders.titular, voter.holders.substitute].some(
    (mandate) => mandate?.personId === ballot.personId,
  );
  if (voter.id !== ballot.seatId || !isHolder) return refuse("not-your-seat");
  if (isConsultative(voter.kind, rules, consultation.subject)) return refuse("seat-consultative");
  if (voter.isWithdrawn) return refuse("seat-withdrawn");
  return hasVoted ? refuse("already-voted") : grant(ballot);
}

/** Every seat that may answer, present by nature, as `tallyVoices` reads it. The titular answers first, the substitute otherwise. */
export function listWrittenElectorate(
  rules: Pick<RulesContent, "departmentSeat">,
  subject: PollSubject,
  voters: readonly WrittenVoter[],
): readonly Entitlement[] {
  return voters.flatMap((voter) => {
    const holder = voter.holders.titular ?? voter.holders.substitute;
    if (!voter.inOffice || !holder || voter.isWithdrawn || isConsultative(voter.kind, rules, subject)) return [];
    return [{ seatId: voter.id, through: "remote", castBy: { seatId: voter.id, personId: holder.personId } } as const];
  });
}

export type ConsultationStanding = "rejected" | "to-be-ratified" | "ratified" | "not-ratified";

/** What a closed consultation is worth: an adopted one waits for the next meeting, whose vote confirms or undoes it. */
export function standingOfConsultation(
  outcome: Tally["result"],
  ratification: Tally["result"] | null,
): ConsultationStanding {
  if (outcome !== "adopted") return "rejected";
  if (ratification === null) return "to-be-ratified";
  return ratification === "adopted" ? "ratified" : "not-ratified";
}
