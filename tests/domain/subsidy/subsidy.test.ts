import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  answerSubsidy,
  awaitsInformation,
  informDepartment,
  isSiret,
  paySubsidy,
  type Subsidy,
} from "~/domain/subsidy/subsidy";

const on = toPlainDate;
const today = on("2026-09-01");
const asked: Subsidy = {
  status: "requested",
  requestedOn: on("2026-02-01"),
  granted: null,
  answeredOn: null,
  isCofunding: true,
  informedOn: null,
};
const agreed: Subsidy = { ...asked, status: "agreed", granted: toCents(200_000), answeredOn: on("2026-05-10") };
const yes = { kind: "agreed", on: on("2026-05-10"), granted: toCents(200_000), reference: "CONV-2026-12" } as const;

describe("answerSubsidy — convention du Département, art. VI", () => {
  it("un accord, un refus", () => {
    expect(answerSubsidy(asked, yes, today)).toEqual({ ok: true, value: "agreed" });
    expect(answerSubsidy(asked, { kind: "declined", on: on("2026-05-10") }, today)).toEqual({
      ok: true,
      value: "declined",
    });
  });
  it.each([
    ["déjà répondue", agreed, yes, "already-answered"],
    ["demain", asked, { ...yes, on: on("2026-09-02") }, "answer-in-the-future"],
    ["avant la demande", asked, { ...yes, on: on("2026-01-31") }, "answer-before-request"],
    ["zéro euro", asked, { ...yes, granted: toCents(0) }, "granted-not-positive"],
    ["sans référence", asked, { ...yes, reference: " " }, "agreement-reference-missing"],
  ])("%s", (_case, subsidy, answer, refusal) =>
    expect(answerSubsidy(subsidy, answer, today)).toEqual({ ok: false, refusal }),
  );
});

describe("paySubsidy — rien n’est versé sans référence", () => {
  const payment = { on: on("2026-06-01"), paid: toCents(200_000), reference: "VIR-88" };
  it("verse jusqu’au montant accordé", () =>
    expect(paySubsidy(agreed, payment, today)).toEqual({ ok: true, value: "paid" }));
  it.each([
    ["pas accordée", asked, payment, "not-agreed"],
    ["déjà versée", { ...agreed, status: "paid" as const }, payment, "already-paid"],
    ["demain", agreed, { ...payment, on: on("2026-09-02") }, "payment-in-the-future"],
    ["avant l’accord", agreed, { ...payment, on: on("2026-05-09") }, "payment-before-agreement"],
    ["zéro", agreed, { ...payment, paid: toCents(0) }, "payment-not-positive"],
    ["un centime de trop", agreed, { ...payment, paid: toCents(200_001) }, "payment-above-grant"],
    ["sans référence", agreed, { ...payment, reference: "" }, "payment-reference-missing"],
  ])("%s", (_case, subsidy, given, refusal) =>
    expect(paySubsidy(subsidy, given, today)).toEqual({ ok: false, refusal }),
  );
});

describe("l’information du Département", () => {
  it.each([
    ["pas de réponse encore", asked, false],
    ["réponse d’un autre financeur, Département pas informé", agreed, true],
    ["informé avant la réponse", { ...agreed, informedOn: on("2026-05-09") }, true],
    ["informé le jour de la réponse", { ...agreed, informedOn: on("2026-05-10") }, false],
    ["subvention du Département lui-même", { ...agreed, isCofunding: false }, false],
  ])("%s", (_case, subsidy, awaits) => expect(awaitsInformation(subsidy)).toBe(awaits));

  it.each([
    ["pas un autre financeur", { ...agreed, isCofunding: false }, "2026-06-01", "not-cofunding"],
    ["rien à dire", asked, "2026-06-01", "nothing-to-tell"],
    ["demain", agreed, "2026-09-02", "informed-in-the-future"],
    ["avant la réponse", agreed, "2026-05-09", "informed-before-answer"],
  ])("%s", (_case, subsidy, day, refusal) =>
    expect(informDepartment(subsidy, on(day), today)).toEqual({ ok: false, refusal }),
  );
});

describe("isSiret", () => {
  it.each([
    ["23350001600040", true],
    ["21060004500392", true],
    ["35600000000048", true],
    ["35600000049837", true],
    ["23350001600041", false],
    ["2335000160004", false],
    ["2335000160004O", false],
    ["", false],
  ])("%s : %s", (text, valid) => expect(isSiret(text)).toBe(valid));
});
