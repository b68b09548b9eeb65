import type { DictionaryFault } from "~/domain/indicator/dictionary";
import type { OpenCampaignRefusal, StepRefusal, WriteRefusal } from "~/domain/indicator/submission";

export type OpenDictionaryRefusal = { readonly kind: "draft-already-exists"; readonly dictionaryId: string };

export type WriteDictionaryRefusal =
  | { readonly kind: "unknown-dictionary" | "already-adopted" | "vote-under-way" | "changed-meanwhile" }
  | { readonly kind: "unknown-indicator" | "must-break-series" }
  | { readonly kind: "faulty"; readonly faults: readonly DictionaryFault[] };

export type CampaignRefusal = OpenCampaignRefusal | "no-signatory";
export type ManageCampaignRefusal = "unknown-campaign" | "campaign-closed" | "deadline-past" | "nobody-to-remind";
/** `at` is the instant of the last reminder. */
export type RemindRefusal = ManageCampaignRefusal | { readonly kind: "reminded-today"; readonly at: string };

export type SaveRefusal = WriteRefusal | "unknown-submission" | "not-own-organization" | "too-many-cells";
export type SubmissionStepRefusal = StepRefusal | "unknown-submission" | "not-own-organization";
export type CommentRefusal = "unknown-submission" | "not-own-organization" | "comment-missing" | "comment-too-long";

export type PublishFormRefusal = "changed-meanwhile" | "nothing-changed";
