import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";
import type { Article, Clause } from "./clause";
import { checkGuard } from "./guard";

/** One article as it is, and as it would be. `before` null: a new article; `after` null: an article taken away. */
export type ArticleChange = {
  readonly article: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type BoardVote = {
  readonly outcome: "approved" | "rejected";
  readonly number: string;
  readonly on: PlainDate;
};

export type Board = {
  readonly partyId: string;
  readonly label: string;
  /** Last day as a party; null as long as it stays. */
  readonly leftOn: PlainDate | null;
  readonly vote: BoardVote | null;
};

export type AmendmentStatus = "draft" | "submitted" | "withdrawn";
export type AmendmentState = AmendmentStatus | "effective" | "rejected";

export type AmendmentStanding = {
  readonly state: AmendmentState;
  readonly approved: number;
  readonly needed: number;
  readonly missing: readonly string[];
  readonly rejectedBy: readonly string[];
  /** The day of the last board's vote: the amendment is effective from that day, by itself. */
  readonly effectiveOn: PlainDate | null;
};

/** The boards that count: those of the parties that have not left, and those that voted before they left: a vote stays. */
function boardsThatCount(boards: readonly Board[], today: PlainDate): readonly Board[] {
  return boards.filter(({ leftOn, vote }) => vote !== null || leftOn === null || leftOn >= today);
}

/**
 * An amendment holds when every board has approved it, from the day of the last vote; one board against is enough to reject it.
 * Source: Blain, art. 9 (the boards of the six CCAS).
 */
export function assessAmendment(
  status: AmendmentStatus,
  boards: readonly Board[],
  today: PlainDate,
): AmendmentStanding {
  const counting = boardsThatCount(boards, today);
  const approvals = counting.filter(({ vote }) => vote?.outcome === "approved");
  const rejectedBy = counting.filter(({ vote }) => vote?.outcome === "rejected").map(({ label }) => label);
  const missing = counting.filter(({ vote }) => vote === null).map(({ label }) => label);
  const common = { approved: approvals.length, needed: counting.length, missing, rejectedBy };
  if (status !== "submitted") return { ...common, state: status, effectiveOn: null };
  if (rejectedBy.length > 0) return { ...common, state: "rejected", effectiveOn: null };
  if (missing.length > 0 || counting.length === 0) return { ...common, state: "submitted", effectiveOn: null };
  const effectiveOn = approvals.reduce(
    (latest, { vote }) => (vote && vote.on > latest ? vote.on : latest),
    "" as PlainDate,
  );
  return { ...common, state: "effective", effectiveOn };
}

export type ChangeRefusal =
  | { readonly kind: "nothing-changes"; readonly article: string }
  | { readonly kind: "article-protected"; readonly article: string; readonly by: string }
  | { readonly kind: "article-unknown"; readonly article: string };

/** May an amendment change this article so? Not where the text itself forbids it. Source: Blain, art. 9 (art. 1 stays). */
export function checkArticleChange(
  articles: readonly Article[],
  clauses: readonly Clause[],
  change: ArticleChange,
  on: PlainDate,
): Decision<ArticleChange, ChangeRefusal> {
  const { article } = change;
  const current = articles.find(({ number }) => number === article);
  if (change.before !== null && !current) return refuse({ kind: "article-unknown", article });
  const guard = checkGuard(clauses, null, [], { act: "change-article", on, article });
  if (!guard.ok) return refuse({ kind: "article-protected", article, by: guard.refusal.article });
  if ((change.after ?? "").trim() === (change.before ?? "").trim()) return refuse({ kind: "nothing-changes", article });
  return grant(change);
}

export type AmendableRefusal = "agreement-not-signed" | "agreement-over";
export type SubmitRefusal = "not-a-draft" | "no-change" | "another-pending" | AmendableRefusal;

/** An amendment changes an agreement that was signed and lives: a draft is changed as it stands, an ended one is succeeded. */
export function checkAmendable(agreement: {
  readonly isAgreementSigned: boolean;
  readonly isAgreementOver: boolean;
}): Decision<null, AmendableRefusal> {
  if (!agreement.isAgreementSigned) return refuse("agreement-not-signed");
  return agreement.isAgreementOver ? refuse("agreement-over") : grant(null);
}

/** An amendment goes to the boards alone: two at once could contradict each other. Its agreement may have ended since it was prepared. */
export function checkSubmission(amendment: {
  readonly status: AmendmentStatus;
  readonly changes: number;
  readonly othersPending: number;
  readonly isAgreementSigned: boolean;
  readonly isAgreementOver: boolean;
}): Decision<null, SubmitRefusal> {
  if (amendment.status !== "draft") return refuse("not-a-draft");
  const amendable = checkAmendable(amendment);
  if (!amendable.ok) return amendable;
  if (amendment.changes === 0) return refuse("no-change");
  return amendment.othersPending > 0 ? refuse("another-pending") : grant(null);
}

export type VoteRefusal =
  "not-submitted" | "already-voted" | "party-left" | "number-missing" | "vote-in-the-future" | "vote-before-submission";

export function checkBoardVote(
  board: Pick<Board, "leftOn" | "vote">,
  vote: BoardVote,
  {
    state,
    submittedOn,
    today,
  }: { readonly state: AmendmentState; readonly submittedOn: PlainDate | null; readonly today: PlainDate },
): Decision<BoardVote, VoteRefusal> {
  if (state !== "submitted" || submittedOn === null) return refuse("not-submitted");
  if (board.vote !== null) return refuse("already-voted");
  if (board.leftOn !== null && board.leftOn < today) return refuse("party-left");
  if (vote.number.trim() === "") return refuse("number-missing");
  if (vote.on > today) return refuse("vote-in-the-future");
  return vote.on < submittedOn ? refuse("vote-before-submission") : grant(vote);
}

/** The articles as the effective amendments made them, in the order in which these took effect. */
export function applyAmendments(
  articles: readonly Article[],
  amendments: readonly { readonly changes: readonly ArticleChange[]; readonly effectiveOn: PlainDate }[],
): readonly Article[] {
  const ordered = amendments.toSorted((one, other) => one.effectiveOn.localeCompare(other.effectiveOn));
  return ordered.reduce(
    (text, { changes }) =>
      changes.reduce((kept, { article, title, before, after }) => {
        if (after === null) return kept.filter(({ number }) => number !== article);
        if (before === null && !kept.some(({ number }) => number === article))
          return [...kept, { number: article, title, text: after }];
        return kept.map((each) => (each.number === article ? { ...each, text: after } : each));
      }, text),
    articles,
  );
}
