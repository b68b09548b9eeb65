import type { SubmissionStanding } from "~/domain/indicator/submission";
import { Tag, type Tone } from "~/ui/status";

const TONES: Record<SubmissionStanding, Tone> = {
  "not-started": "neutral",
  draft: "pending",
  submitted: "info",
  validated: "reached",
  closed: "reached",
};

export function StandingTag({ standing, label }: { readonly standing: SubmissionStanding; readonly label: string }) {
  return <Tag tone={TONES[standing]}>{label}</Tag>;
}
