import type { ComplianceState } from "~/domain/quorum/quarters";
import { Tag, type Tone } from "../status";

const WORDS: Record<ComplianceState, readonly [Tone, string]> = {
  met: ["reached", "Respecté"],
  planned: ["info", "Prévu"],
  possible: ["pending", "Encore possible"],
  "urgent-only": ["pending", "En urgence seulement"],
  "out-of-reach": ["missed", "Hors d’atteinte"],
  breached: ["missed", "Manquement"],
  "not-required": ["neutral", "Non exigé"],
};

export function ComplianceTag({ state }: { readonly state: ComplianceState }) {
  const [tone, word] = WORDS[state];
  return <Tag tone={tone}>{word}</Tag>;
}
