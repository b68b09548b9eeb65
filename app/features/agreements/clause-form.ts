import type { Clause, ClauseRule } from "~/domain/agreement/clause";
import type { Renewal } from "~/domain/agreement/terms";
import type { ClauseInput } from "./form";

/** A word of its own for the clause, from its title; what is taken gets a number. */
export function keyFor(title: string, taken: readonly string[]): string {
  const base =
    title
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "clause";
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
}

/** What a form says of a clause, as a rule; or the sentence that tells what is missing. */
export function readClauseRule(input: ClauseInput): { readonly rule: ClauseRule } | { readonly missing: string } {
  const { count, unit, fact, months } = input;
  switch (input.kind) {
    case "duration": {
      const renewal = readRenewal(input);
      if (typeof renewal === "string") return { missing: renewal };
      if (input.until !== null)
        return { rule: { kind: "duration", duration: { first: { kind: "until", on: input.until }, renewal } } };
      if (months === null || months < 1) return { missing: "Dites la durée, en mois, ou le dernier jour." };
      return { rule: { kind: "duration", duration: { first: { kind: "months", months }, renewal } } };
    }
    case "deadline":
      if (count === null) return { missing: "Dites combien de temps avant le dernier jour : 0 pour ce jour même." };
      return { rule: { kind: "deadline", before: { count, unit }, fact, alarms: readNumbers(input.alarms, 3_650) } };
    case "lead-time":
      if (input.event === "") return { missing: "Dites avant quoi il faut prévenir." };
      return {
        rule: { kind: "lead-time", length: count === null ? "sufficient" : { count, unit }, event: input.event },
      };
    case "notice": {
      if (input.lengthKind === "fixed" && (count === null || count < 1))
        return { missing: "Dites la durée du préavis." };
      const length = input.lengthKind === "fixed" ? { count: count ?? 1, unit } : input.lengthKind;
      const { purpose, from, curable, form } = input;
      return { rule: { kind: "notice", purpose, notice: { length, from }, curable, form } };
    }
    case "frequency":
      if (count === null || count < 0)
        return { missing: "Dites combien de fois : 0 quand le texte laisse le rythme à définir." };
      return { rule: { kind: "frequency", count, per: input.per, fact } };
    case "every":
      if (months === null || months < 1) return { missing: "Dites tous les combien de mois." };
      return { rule: { kind: "every", months, fact } };
    case "monthly": {
      if (count === null || count < 1) return { missing: "Dites combien de fois." };
      const without = readNumbers(input.without, 12).filter((month) => month >= 1);
      return { rule: { kind: "monthly", count, everyMonths: input.everyMonths === "3" ? 3 : 1, without, fact } };
    }
    case "after":
      return { rule: { kind: "after", trigger: input.trigger, fact } };
    case "gate":
      return { rule: { kind: "gate", act: input.act, requires: fact } };
    case "prohibition": {
      const article = input.protectedArticle === "" ? null : input.protectedArticle;
      const without = readNumbers(input.without, 12).filter((month) => month >= 1);
      return { rule: { kind: "prohibition", act: input.act, article, months: without } };
    }
    case "composition": {
      const labels = input.groups
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== "");
      if (labels.length === 0) return { missing: "Nommez les groupes, un par ligne." };
      const groups: { key: string; label: string }[] = [];
      for (const label of labels)
        groups.push({
          key: keyFor(
            label,
            groups.map(({ key }) => key),
          ),
          label,
        });
      return { rule: { kind: "composition", of: input.of === "" ? null : input.of, at: input.at, groups } };
    }
    case "unanimity":
      return { rule: { kind: "unanimity", of: input.unanimityOf, act: input.unanimityAct } };
    case "fallback":
      if (input.first === "" || input.then === "")
        return { missing: "Dites ce qui vient d’abord, et ce qui le remplace." };
      return { rule: { kind: "fallback", first: input.first, then: input.then } };
    case "standing":
      return { rule: { kind: "standing" } };
  }
}

function readRenewal({ renewal, renewalMonths, most, months }: ClauseInput): Renewal | string {
  const tacit = (each: number | null): Renewal => ({ kind: "tacit", months: each, most, decided: null });
  switch (renewal) {
    case "none":
      return { kind: "none" };
    case "unsaid":
      return tacit(null);
    case "same":
      return months === null || months < 1
        ? "Dites la durée en mois, pour la reconduire à l’identique."
        : tacit(months);
    case "other":
      return renewalMonths === null || renewalMonths < 1
        ? "Dites la durée de chaque reconduction, en mois."
        : tacit(renewalMonths);
  }
}

/** « 270, 210 et 180 » → [270, 210, 180] */
function readNumbers(text: string, most: number): readonly number[] {
  return [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((number) => number <= most);
}

/** Which clauses of the draft still point to an article that is going away. */
export function clausesUnder(clauses: readonly Clause[], article: string): readonly Clause[] {
  return clauses.filter((clause) => clause.article === article);
}
