import type { RulesContent } from "../committee/rules";
import { thresholdOf } from "../committee/threshold";
import type { SeatId } from "../kernel/ids";

export type SecretRequest = {
  readonly present: number;
  readonly asked: number;
  readonly needed: number;
  readonly granted: boolean;
};

/**
 * Do enough of those present ask for a secret ballot? « At least » the share, rounded up: one third of 7 is 3, of 6 is 2.
 * Only seats that are present and vote on the item count, each once; proxies do not ask.
 * Source: CASF art. R.123-18 (one third of the members present), taken as a model.
 */
export function assessSecretRequest(request: {
  readonly rules: Pick<RulesContent, "secretBallot">;
  readonly presentVotingSeats: readonly SeatId[];
  readonly askingSeats: readonly SeatId[];
}): SecretRequest {
  const present = new Set(request.presentVotingSeats);
  const asked = new Set(request.askingSeats.filter((seatId) => present.has(seatId))).size;
  const needed = thresholdOf(present.size, request.rules.secretBallot.requestShare, "at-least");
  return { present: present.size, asked, needed, granted: asked >= needed };
}
