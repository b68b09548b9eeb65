import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId } from "../kernel/ids";
import type { MinutesState } from "./lifecycle";
import type { MinutesProse } from "./structure";

export type CorrectionState = "pending" | "accepted" | "refused";

/** A change of one prose slot that somebody who attended asks for. */
export type Correction = {
  readonly blockKey: string;
  readonly authorId: PersonId;
  /** The text that its author had before them. */
  readonly baseMarkdown: string;
  readonly proposedMarkdown: string;
  readonly comment: string;
  readonly state: CorrectionState;
  /** Why it was refused; null otherwise. */
  readonly decisionReason: string | null;
};

export type CorrectionRequest = Pick<Correction, "blockKey" | "authorId" | "proposedMarkdown" | "comment">;

export type CorrectionContext = {
  readonly state: MinutesState;
  /** Persons who sat in the meeting, even for a part of it, and its secretary. */
  readonly attendeeIds: readonly PersonId[];
  /** Keys of the slots of `minutesOutline`. */
  readonly proseKeys: readonly string[];
  readonly prose: MinutesProse;
};

export const LONGEST_PROSE = 20_000;
export const LONGEST_COMMENT = 1_000;

export type CorrectionRefusal =
  | "not-in-review"
  | "did-not-attend"
  | "block-locked"
  | "text-too-long"
  | "comment-too-long"
  | "nothing-changes"
  | "already-decided"
  | "refusal-reason-missing"
  | "text-changed-since";

/** May this correction be asked for? Only in review, by who attended, of a slot of prose: facts are corrected where they are recorded. */
export function requestCorrection(
  context: CorrectionContext,
  request: CorrectionRequest,
): Decision<Correction, CorrectionRefusal> {
  if (context.state !== "in-review") return refuse("not-in-review");
  if (!context.attendeeIds.includes(request.authorId)) return refuse("did-not-attend");
  if (!context.proseKeys.includes(request.blockKey)) return refuse("block-locked");
  if (request.proposedMarkdown.length > LONGEST_PROSE) return refuse("text-too-long");
  if (request.comment.length > LONGEST_COMMENT) return refuse("comment-too-long");
  const baseMarkdown = currentText(context.prose, request.blockKey);
  if (request.proposedMarkdown.trim() === baseMarkdown.trim()) return refuse("nothing-changes");
  return grant({ ...request, baseMarkdown, state: "pending", decisionReason: null });
}

export type CorrectionVerdict = { readonly kind: "accept" } | { readonly kind: "refuse"; readonly reason: string };

/**
 * Decides a correction, once. Accepted, its text replaces the slot's, unless the slot changed since: then it must be refused or asked for anew,
 * as accepting it would undo somebody else's correction. Refused, a written reason is kept.
 */
export function decideCorrection(
  context: Pick<CorrectionContext, "state" | "prose">,
  correction: Correction,
  verdict: CorrectionVerdict,
): Decision<{ readonly correction: Correction; readonly prose: MinutesProse }, CorrectionRefusal> {
  if (context.state !== "in-review") return refuse("not-in-review");
  if (correction.state !== "pending") return refuse("already-decided");
  if (verdict.kind === "refuse") {
    const reason = verdict.reason.trim();
    if (reason === "") return refuse("refusal-reason-missing");
    return grant({ correction: { ...correction, state: "refused", decisionReason: reason }, prose: context.prose });
  }
  if (currentText(context.prose, correction.blockKey) !== correction.baseMarkdown) return refuse("text-changed-since");
  return grant({ correction: { ...correction, state: "accepted" }, prose: applyCorrection(context.prose, correction) });
}

function applyCorrection(prose: MinutesProse, { blockKey, proposedMarkdown }: Correction): MinutesProse {
  const internal = prose[blockKey]?.internal ?? false;
  return { ...prose, [blockKey]: { markdown: proposedMarkdown, internal } };
}

function currentText(prose: MinutesProse, key: string): string {
  return prose[key]?.markdown ?? "";
}
