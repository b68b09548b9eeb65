import { describe, expect, it } from "vitest";
import { composePlanDocument } from "~/documents/action-plan";
import { startPlan } from "~/domain/action-plan/frames";
import { putAction } from "~/domain/action-plan/plan";
import { toPlainDate } from "~/domain/kernel/plain-date";

describe("le plan d’actions imprimé", () => {
  it("une action se lit d’un niveau sous son thème", () => {
    const plan = putAction(startPlan("departmental-framework"), {
      ...{ key: "a1", themeKey: "t01", title: "Interlocuteur pour les professionnels", objective: "", owner: null },
      ...{ partners: "", territory: "", budget: null, startsOn: null, endsOn: null, objectiveKeys: [] },
      ...{ programmeKeys: [], markers: [], inclusion: null, deliverables: [], indicators: [] },
      ...{ isInternal: false, carriedFrom: null },
    });
    const { blocks } = composePlanDocument({
      ...{ network: "Réseau", year: 2026, version: 1, content: plan, names: new Map(), adoption: null },
      ...{ on: toPlainDate("2026-11-22"), withBudgets: false },
    });
    const headings = blocks.flatMap((block) => (block.kind === "heading" ? [[block.level, block.text]] : []));
    expect(headings.slice(1, 3)).toEqual([
      [3, plan.themes[0]?.label],
      [4, "Interlocuteur pour les professionnels"],
    ]);
  });
});
