import type { CarryOverRefusal } from "~/domain/action-plan/carry-over";
import type { CloseReportRefusal, ProtocolFault, ScoreRefusal } from "~/domain/action-plan/evaluation";
import type { ActionFault } from "~/domain/action-plan/plan";
import type { PracticeFault } from "~/domain/action-plan/practice";
import type { CancelRefusal, ProgressRefusal } from "~/domain/action-plan/progress";
import type {
  AnswerRefusal,
  ExtensionRefusal,
  FollowUpRefusal,
  OpenRoundRefusal,
  OpinionRefusal,
  ReviewRuleRefusal,
  VisaRefusal,
} from "~/domain/action-plan/review";

/** Each reason why a command of the plan writes nothing. */
export type StartPlanRefusal =
  | { readonly kind: "year-out-of-range" | "year-already-planned" }
  | { readonly kind: "draft-already-exists"; readonly planId: string };

type Locked = {
  readonly kind: "plan-unknown" | "already-adopted" | "vote-under-way" | "changed-meanwhile";
};

export type WriteActionRefusal =
  | Locked
  | { readonly kind: "action-unknown" }
  | { readonly kind: "action-faulty"; readonly faults: readonly ActionFault[] };

export type ThemeFault =
  "theme-in-use" | "label-missing" | "too-many-themes" | "key-given-twice" | "reason-without-theme";
export type WriteThemesRefusal = Locked | { readonly kind: "themes-faulty"; readonly faults: readonly ThemeFault[] };

export type PublishPlanRefusal = "plan-unknown" | "not-adopted" | "already-published";

export type CarryRefusal = {
  readonly kind: CarryOverRefusal | "plan-unknown" | "year-already-planned";
};

export type RecordProgressRefusal =
  ProgressRefusal | { readonly kind: "action-unknown" | "not-in-charge" | "plan-not-adopted" };

export type CancelProgressRefusal = CancelRefusal | "not-in-charge";

export type RecordRuleRefusal = ReviewRuleRefusal | "decision-unknown";

export type StartRoundRefusal = OpenRoundRefusal | { readonly kind: "plan-unknown" };

export type GiveOpinionRefusal =
  | { readonly kind: AnswerRefusal | OpinionRefusal | "round-unknown" }
  /** Somebody wrote on this action meanwhile: both texts are shown. */
  | { readonly kind: "changed-meanwhile"; readonly currentId: string };

export type ExtendRoundRefusal = ExtensionRefusal | "round-unknown";
export type AnswerOpinionRefusal = FollowUpRefusal | "round-unknown" | "not-in-charge" | "own-opinion";

export type GiveVisaRefusal = VisaRefusal | { readonly kind: AnswerRefusal | "round-unknown" | "changed-meanwhile" };

export type RecordPartnershipRefusal = "theme-unknown" | "nothing-changed" | "changed-meanwhile" | "text-too-long";

export type WriteProtocolRefusal =
  | { readonly kind: "protocol-unknown" | "already-adopted" | "vote-under-way" }
  | {
      readonly kind: "protocol-faulty";
      readonly faults: readonly ProtocolFault[];
    };

export type OpenReportRefusal = "no-plan" | "protocol-not-adopted" | "already-open";
export type WriteScoreRefusal = ScoreRefusal | "report-unknown";
export type CloseRefusal = CloseReportRefusal | { readonly kind: "report-unknown" };

export type WritePracticeRefusal =
  "practice-unknown" | "already-published" | "changed-meanwhile" | "text-too-long" | "title-missing";
export type PublishPracticeRefusal =
  | { readonly kind: "practice-unknown" | "already-published" }
  | {
      readonly kind: "practice-incomplete";
      readonly faults: readonly PracticeFault[];
    };
export type SpreadPracticeRefusal = "practice-unknown" | "not-published" | "in-the-future";
