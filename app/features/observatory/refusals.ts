export type DecisionRefusal = "observation-unknown" | "reason-missing" | "same-outcome";
