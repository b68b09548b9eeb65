import { grant, refuse, type Decision } from "../kernel/decision";
import { addDays, type PlainDate } from "../kernel/plain-date";

export const OPINIONS = ["favourable", "reserve", "unfavourable", "no-opinion"] as const;
export type Opinion = (typeof OPINIONS)[number];

/** What the committee decided on the department's silence and lateness. */
export type ReviewRule = {
  /** Days of silence after the deadline that make an approval; null: silence approves nothing. */
  readonly silenceDays: number | null;
  readonly late: "refused" | "marked";
  /** The decision that the rule rests on; null as long as the committee adopted none. */
  readonly basis: string | null;
};

/** Until the committee says otherwise: silence approves nothing, and a late opinion is taken and marked. */
export const DEFAULT_REVIEW_RULE: ReviewRule = {
  silenceDays: null,
  late: "marked",
  basis: null,
};

export type ReviewRuleRefusal = "silence-without-decision" | "silence-out-of-range";

/** Silence makes an approval only where an adopted decision says so. 0 to 120 days. */
export function checkReviewRule(rule: ReviewRule): Decision<ReviewRule, ReviewRuleRefusal> {
  if (rule.silenceDays === null) return grant(rule);
  if (!Number.isInteger(rule.silenceDays) || rule.silenceDays < 0 || rule.silenceDays > 120)
    return refuse("silence-out-of-range");
  return (rule.basis ?? "").trim() === "" ? refuse("silence-without-decision") : grant(rule);
}

export type ReviewRound = {
  readonly openedOn: PlainDate;
  /** The last day on which an opinion is in time. */
  readonly deadline: PlainDate;
  readonly rule: ReviewRule;
};

/** The first day on which silence is an approval: the day after the deadline when no more silence is asked. Null when silence approves nothing. */
export function tacitApprovalDate({ deadline, rule }: Pick<ReviewRound, "deadline" | "rule">): PlainDate | null {
  return rule.silenceDays === null ? null : addDays(deadline, 1 + rule.silenceDays);
}

export type VisaKind = "approved" | "approved-with-reserves" | "refused";

export type RoundStanding =
  /** The department may answer, in time. */
  | "open"
  /** The deadline has passed, opinions are still taken and marked late. */
  | "overdue"
  /** The deadline has passed, nothing is taken any more, and silence approved nothing. */
  | "lapsed"
  | "tacitly-approved"
  | "visa"
  /** Another round was opened since, before any answer was given for good. */
  | "superseded";

/** Where a round stands on a day. A visa settles it; else silence, once it is long enough; else the calendar. */
export function roundStanding(
  round: ReviewRound,
  { hasVisa, isFollowed }: { readonly hasVisa: boolean; readonly isFollowed: boolean },
  today: PlainDate,
): RoundStanding {
  if (hasVisa) return "visa";
  const tacitOn = tacitApprovalDate(round);
  if (isFollowed) return "superseded";
  if (tacitOn !== null && today >= tacitOn) return "tacitly-approved";
  if (today <= round.deadline) return "open";
  return round.rule.late === "marked" ? "overdue" : "lapsed";
}

export type OpenRoundRefusal =
  | { readonly kind: "plan-incomplete"; readonly gaps: number }
  | {
      readonly kind: "round-already-open" | "deadline-too-near" | "deadline-too-far" | "plan-not-current";
    };

/**
 * Opens a round: the plan is complete, no other round of the year still waits for an answer in time, and the deadline leaves the department a day at
 * least and a year at most.
 */
export function openRound(facts: {
  readonly gaps: number;
  readonly isCurrent: boolean;
  readonly standings: readonly RoundStanding[];
  readonly today: PlainDate;
  readonly deadline: PlainDate;
}): Decision<PlainDate, OpenRoundRefusal> {
  if (!facts.isCurrent) return refuse({ kind: "plan-not-current" });
  if (facts.gaps > 0) return refuse({ kind: "plan-incomplete", gaps: facts.gaps });
  if (facts.standings.includes("open")) return refuse({ kind: "round-already-open" });
  if (facts.deadline <= facts.today) return refuse({ kind: "deadline-too-near" });
  if (facts.deadline > addDays(facts.today, 366)) return refuse({ kind: "deadline-too-far" });
  return grant(facts.deadline);
}

export type AnswerRefusal = "visa-given" | "tacitly-approved" | "deadline-passed" | "round-superseded";

/** May the department still answer a round, and would it be late? */
export function mayAnswer(
  round: ReviewRound,
  facts: { readonly hasVisa: boolean; readonly isFollowed: boolean },
  today: PlainDate,
): Decision<{ readonly isLate: boolean }, AnswerRefusal> {
  switch (roundStanding(round, facts, today)) {
    case "open":
      return grant({ isLate: false });
    case "overdue":
      return grant({ isLate: true });
    case "lapsed":
      return refuse("deadline-passed");
    case "tacitly-approved":
      return refuse("tacitly-approved");
    case "visa":
      return refuse("visa-given");
    case "superseded":
      return refuse("round-superseded");
  }
}

export type ExtensionRefusal =
  | Exclude<AnswerRefusal, "deadline-passed">
  | "not-later"
  | "deadline-too-near"
  | "deadline-too-far"
  | "reason-missing"
  | "text-too-long";

/**
 * More time for the department, with its reason: before the deadline or after it, as long as nothing is settled, neither by a visa nor by silence.
 * The new deadline is after the former one and after today, a year at most after the opening.
 */
export function checkExtension(
  round: Pick<ReviewRound, "openedOn" | "deadline"> & { readonly standing: RoundStanding },
  { deadline, reason }: { readonly deadline: PlainDate; readonly reason: string },
  today: PlainDate,
): Decision<PlainDate, ExtensionRefusal> {
  if (round.standing === "visa") return refuse("visa-given");
  if (round.standing === "tacitly-approved") return refuse("tacitly-approved");
  if (round.standing === "superseded") return refuse("round-superseded");
  if (reason.trim() === "") return refuse("reason-missing");
  if (reason.length > 2_000) return refuse("text-too-long");
  if (deadline <= round.deadline) return refuse("not-later");
  if (deadline <= today) return refuse("deadline-too-near");
  return deadline > addDays(round.openedOn, 366) ? refuse("deadline-too-far") : grant(deadline);
}

export type FollowUpRefusal = "nothing-to-answer" | "answer-missing" | "text-too-long";

/** Only a reserve or an unfavourable opinion calls for an answer. */
export function checkAnswer<Given extends Pick<GivenOpinion, "opinion">>(
  opinion: Given | null,
  text: string,
): Decision<Given, FollowUpRefusal> {
  if (opinion === null || !callsForAnswer(opinion)) return refuse("nothing-to-answer");
  if (text.trim() === "") return refuse("answer-missing");
  return text.length > 2_000 ? refuse("text-too-long") : grant(opinion);
}

export function callsForAnswer({ opinion }: Pick<GivenOpinion, "opinion">): boolean {
  return opinion === "reserve" || opinion === "unfavourable";
}

export type GivenOpinion = {
  readonly id: string;
  readonly actionKey: string;
  readonly opinion: Opinion;
  readonly reason: string;
  readonly comment: string;
};

export type OpinionRefusal = "reason-missing" | "text-too-long" | "action-unknown";

/** A reserve or an unfavourable opinion says why; a favourable one, or none, needs no word. */
export function checkOpinion(
  given: Omit<GivenOpinion, "id">,
  actionKeys: readonly string[],
): Decision<Omit<GivenOpinion, "id">, OpinionRefusal> {
  if (!actionKeys.includes(given.actionKey)) return refuse("action-unknown");
  if (given.reason.length > 2_000 || given.comment.length > 2_000) return refuse("text-too-long");
  return callsForAnswer(given) && given.reason.trim() === "" ? refuse("reason-missing") : grant(given);
}

/** The last opinion on each action; a later one replaces it and the former stays in the history. @param opinions in order of recording */
export function currentOpinions<Given extends Pick<GivenOpinion, "actionKey">>(
  opinions: readonly Given[],
): ReadonlyMap<string, Given> {
  return new Map(opinions.map((given) => [given.actionKey, given]));
}

/**
 * Did somebody else write an opinion on this action since the page was shown? Then nothing is overwritten: both texts are shown, and the one who
 * writes decides.
 * @param knownId the opinion that the writer saw; null for none
 */
export function findUnseenOpinion<Given extends Pick<GivenOpinion, "id" | "actionKey">>(
  opinions: readonly Given[],
  actionKey: string,
  knownId: string | null,
): Given | null {
  const last = currentOpinions(opinions).get(actionKey) ?? null;
  return last === null || last.id === knownId ? null : last;
}

export type VisaRefusal =
  | { readonly kind: "opinions-missing"; readonly count: number }
  | { readonly kind: "visa-contradicts-opinions" | "comment-missing" };

/**
 * Settles a round: every action has its opinion (« sans avis » is one). Approved without reserve only where none was made; a refusal says why.
 */
export function checkVisa(
  visa: { readonly kind: VisaKind; readonly comment: string },
  opinions: readonly Pick<GivenOpinion, "actionKey" | "opinion">[],
  actionKeys: readonly string[],
): Decision<VisaKind, VisaRefusal> {
  const current = currentOpinions(opinions);
  const missing = actionKeys.filter((key) => !current.has(key));
  if (missing.length > 0) return refuse({ kind: "opinions-missing", count: missing.length });
  const hasReserves = [...current.values()].some(callsForAnswer);
  if (visa.kind === "approved" && hasReserves) return refuse({ kind: "visa-contradicts-opinions" });
  if (visa.kind === "refused" && visa.comment.trim() === "") return refuse({ kind: "comment-missing" });
  return grant(visa.kind);
}
