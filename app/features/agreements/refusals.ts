import type { AmendableRefusal, ChangeRefusal, SubmitRefusal, VoteRefusal } from "~/domain/agreement/amendment";
import type { BareRefusal } from "~/domain/agreement/clause";
import type { Block } from "~/domain/agreement/guard";
import type { NoticeRefusal, StopRefusal } from "~/domain/agreement/notice";
import type { SignRefusal } from "~/domain/agreement/signature";
import type { TermRefusal } from "~/domain/agreement/terms";

export type EncodeRefusal =
  | BareRefusal
  | TermRefusal
  | "previous-unknown"
  | "parent-unknown"
  | "previous-already-renewed"
  | "organization-unknown";
export type DraftRefusal = EncodeRefusal | "agreement-unknown" | "already-signed" | "stale";
export type RenewRefusal = EncodeRefusal | "agreement-unknown" | "not-signed" | Block;
export type SignCommandRefusal = SignRefusal | { readonly kind: "agreement-unknown" };
export type PartyLeavesRefusal = "party-unknown" | "party-already-left" | "leaves-before-start";
export type RecordRefusal = "agreement-unknown" | "date-in-the-future" | "not-signed";
export type ReadingRefusal = "agreement-unknown" | "nothing-to-read" | "poll-not-adopted";
export type AmendmentRefusal = "agreement-unknown" | "amendment-unknown" | "not-a-draft" | "stale" | ChangeRefusal;
export type DraftAmendmentRefusal = AmendableRefusal | "agreement-unknown";
export type SubmitCommandRefusal = SubmitRefusal | "amendment-unknown";
export type WithdrawRefusal = "amendment-unknown" | "not-pending";
export type VoteCommandRefusal =
  VoteRefusal | "amendment-unknown" | "party-unknown" | "counts-do-not-add-up" | "transmitted-before-vote";
export type NoticeCommandRefusal =
  | NoticeRefusal
  | "agreement-unknown"
  | "not-signed"
  | "clause-unknown"
  | "party-unknown"
  | "already-recorded"
  | "sent-in-the-future"
  | "sent-before-start"
  | "reason-missing"
  | "already-over"
  | "consents-missing";
export type FollowRefusal =
  | StopRefusal
  | "notice-unknown"
  | "not-curable"
  | "already-received"
  | "received-before-sent"
  | "received-in-the-future";
export type ClarifyRefusal = "agreement-unknown";
export type SettleRefusal = "clarification-unknown" | "already-settled" | "poll-not-adopted";
export type ProofRefusal = "agreement-unknown" | "clause-unknown" | "date-in-the-future" | "address-not-ours";
export type LinkRefusal =
  | "meeting-unknown"
  | "clause-unknown"
  | "meeting-already-linked"
  | "group-unknown"
  | "meeting-to-come"
  | "minutes-adopted";
export type ReplaceRefusal = EncodeRefusal | "agreement-unknown" | "clause-unknown" | "article-not-amended";
