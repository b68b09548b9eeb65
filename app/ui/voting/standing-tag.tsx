import type { ConsultationStanding } from "~/domain/voting/written-consultation";
import { Tag, type Tone } from "~/ui/status";

const STANDINGS: Record<ConsultationStanding, { readonly tone: Tone; readonly label: string }> = {
  rejected: { tone: "missed", label: "Non adoptée" },
  "to-be-ratified": { tone: "pending", label: "À ratifier" },
  ratified: { tone: "reached", label: "Ratifiée" },
  "not-ratified": { tone: "missed", label: "Non ratifiée" },
};

/** @param standing null while answers are awaited */
export function StandingTag({ standing }: { readonly standing: ConsultationStanding | null }) {
  const shown = standing === null ? ({ tone: "info", label: "Ouverte" } as const) : STANDINGS[standing];
  return <Tag tone={shown.tone}>{shown.label}</Tag>;
}
