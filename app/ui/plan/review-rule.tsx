import type { ReviewRule } from "~/domain/action-plan/review";
import { count, NBSP } from "~/documents/french";

/** What the rule in force says, in words. */
export function ReviewRuleSentence({ rule }: { readonly rule: ReviewRule }) {
  const silence =
    rule.silenceDays === null
      ? "Le silence du Département ne vaut pas approbation."
      : `Sans visa, le plan est réputé approuvé ${rule.silenceDays === 0 ? "le lendemain de l’échéance" : `après ${count(rule.silenceDays, "jour", "jours")} de silence passé l’échéance`}.`;
  const late =
    rule.late === "marked"
      ? "Un avis donné après l’échéance est reçu et marqué hors délai."
      : "Un avis n’est plus reçu après l’échéance.";
  const basis =
    rule.basis === null ? "Règle par défaut, sans décision du comité." : `Décision du comité n°${NBSP}${rule.basis}.`;
  return (
    <p>
      {silence} {late} <span className="soft">{basis}</span>
    </p>
  );
}
