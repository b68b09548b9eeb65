import { grant, refuse, type Decision } from "../kernel/decision";
import type { Electorate } from "./eligibility";
import type { PollMode } from "./poll";

export type OpenPollRefusal =
  | "meeting-not-open"
  | "meeting-suspended"
  | "item-not-on-agenda"
  | "another-poll-open"
  | "quorum-not-reached"
  | "secret-not-requested"
  | "secret-required"
  | "nobody-entitled";

export type OpenPollContext = {
  readonly meeting: "open" | "suspended" | "not-open";
  readonly isItemOnAgenda: boolean;
  readonly isAnotherPollOpen: boolean;
  /** From `quorumFor`, for this item, now. */
  readonly isQuorumReached: boolean;
  /** From `assessSecretRequest`: the secret ballot becomes the only way to vote once enough have asked for it. */
  readonly isSecretGranted: boolean;
  readonly electorate: Electorate;
  readonly mode: PollMode;
};

/** May a poll be opened on this item, in this mode? */
export function checkOpenPoll(context: OpenPollContext): Decision<{ readonly mode: PollMode }, OpenPollRefusal> {
  const { mode, isSecretGranted } = context;
  if (context.meeting === "not-open") return refuse("meeting-not-open");
  if (context.meeting === "suspended") return refuse("meeting-suspended");
  if (!context.isItemOnAgenda) return refuse("item-not-on-agenda");
  if (context.isAnotherPollOpen) return refuse("another-poll-open");
  if (!context.isQuorumReached) return refuse("quorum-not-reached");
  if (mode === "secret" && !isSecretGranted) return refuse("secret-not-requested");
  if (mode === "public" && isSecretGranted) return refuse("secret-required");
  if (context.electorate.entitled.length === 0) return refuse("nobody-entitled");
  return grant({ mode });
}
