import { describe, expect, it } from "vitest";
import { checkMandateEnd } from "~/domain/committee/mandate-end";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { mandate } from "./committee-fixtures";

describe("fin d’un mandat", () => {
  it.each([
    { case: "en cours, fin à venir", to: null, endsOn: "2027-03-31", answer: "2027-03-31" },
    { case: "le jour même où il commence", to: null, endsOn: "2026-04-01", answer: "2026-04-01" },
    { case: "la veille de son début", to: null, endsOn: "2026-03-31", answer: "ends-before-start" },
    { case: "fin prévue avancée", to: "2027-12-31", endsOn: "2027-06-30", answer: "2027-06-30" },
    { case: "fin prévue le même jour", to: "2027-12-31", endsOn: "2027-12-31", answer: "already-ended" },
    { case: "fin prévue reculée", to: "2027-12-31", endsOn: "2028-01-01", answer: "already-ended" },
  ])("$case", ({ to, endsOn, answer }) => {
    const decision = checkMandateEnd(mandate({ seat: "blain", person: "anne", to }), toPlainDate(endsOn));
    expect(decision.ok ? decision.value.endsOn : decision.refusal).toBe(answer);
  });
});
