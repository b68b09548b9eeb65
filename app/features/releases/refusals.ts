export type ThresholdRefusal = "not-whole" | "below-lowest" | "below-standing";
/** `attack-succeeds`: somebody who reads the release beside the earlier ones would place a hidden figure too precisely. */
export type ReleaseRefusal =
  "year-unknown" | "campaign-open" | "nothing-validated" | "no-pattern" | "attack-succeeds" | "changed-meanwhile";
