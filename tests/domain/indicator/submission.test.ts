import { describe, expect, it } from "vitest";
import {
  checkOpening,
  checkReopen,
  checkSubmit,
  checkValidate,
  checkWritable,
  isReminderDue,
  standingOf,
  type SubmissionState,
} from "~/domain/indicator/submission";
import type { PlainDate } from "~/domain/kernel/plain-date";

const OPEN = { closedAt: null };
const CLOSED = { closedAt: "2026-03-31T16:00:00.000Z" };
const outcome = (decision: { ok: boolean; refusal?: unknown }) => (decision.ok ? "granted" : decision.refusal);

describe("la vie d’une saisie : brouillon → transmise → validée → close", () => {
  it.each([
    ["draft", OPEN, "granted"],
    ["submitted", OPEN, "already-submitted"],
    ["validated", OPEN, "already-validated"],
    ["draft", CLOSED, "campaign-closed"],
    ["submitted", CLOSED, "campaign-closed"],
    ["validated", CLOSED, "campaign-closed"],
  ] as const)("écrire dans « %s » (campagne %o) : %s", (state, campaign, expected) =>
    expect(outcome(checkWritable(state, campaign))).toBe(expected),
  );
  it.each([
    ["draft", OPEN, 0, "granted"],
    ["draft", OPEN, 1, "controls-blocking"],
    ["submitted", OPEN, 0, "already-submitted"],
    ["draft", CLOSED, 0, "campaign-closed"],
  ] as const)("transmettre « %s » (%o, %i obstacle) : %s", (state, campaign, blocking, expected) =>
    expect(outcome(checkSubmit(state, campaign, blocking))).toBe(expected),
  );
  it.each([
    ["draft", OPEN, "not-submitted"],
    ["submitted", OPEN, "granted"],
    ["validated", OPEN, "already-validated"],
    ["submitted", CLOSED, "campaign-closed"],
  ] as const)("valider « %s » (%o) : %s", (state, campaign, expected) =>
    expect(outcome(checkValidate(state, campaign))).toBe(expected),
  );
  it.each([
    ["draft", OPEN, "Chiffres à revoir", "nothing-to-reopen"],
    ["submitted", OPEN, "Chiffres à revoir", "granted"],
    ["validated", OPEN, "Chiffres à revoir", "granted"],
    ["validated", OPEN, "  ", "reason-missing"],
    ["validated", CLOSED, "Chiffres à revoir", "campaign-closed"],
  ] as const)("rouvrir « %s » (%o), « %s » : %s", (state, campaign, reason, expected) =>
    expect(outcome(checkReopen(state, campaign, reason))).toBe(expected),
  );
  it.each([
    [null, OPEN, "not-started"],
    [{ state: "draft", filled: 0 }, OPEN, "not-started"],
    [{ state: "draft", filled: 3 }, OPEN, "draft"],
    [{ state: "validated", filled: 3 }, OPEN, "validated"],
    [{ state: "validated", filled: 3 }, CLOSED, "closed"],
    [{ state: "draft", filled: 3 }, CLOSED, "draft"],
  ] as const)("le tableau dit de %o (%o) : %s", (submission, campaign, expected) =>
    expect(standingOf(submission as { state: SubmissionState; filled: number } | null, campaign)).toBe(expected),
  );
});

describe("checkOpening", () => {
  const facts = { year: 2025, today: "2026-01-12" as PlainDate, deadline: "2026-03-31" as PlainDate };
  const usual = { ...facts, isDictionaryAdopted: true, existingYears: [2023, 2024] };
  it.each([
    ["l’année passée", {}, "granted"],
    [
      "l’année en cours, au dernier trimestre",
      { year: 2026, today: "2026-10-01" as PlainDate, deadline: "2027-01-31" as PlainDate },
      "granted",
    ],
    [
      "l’année en cours, avant octobre",
      { year: 2026, today: "2026-09-30" as PlainDate, deadline: "2027-01-31" as PlainDate },
      "year-not-over",
    ],
    ["une année à venir", { year: 2027 }, "year-not-over"],
    ["une année trop ancienne", { year: 2015 }, "year-too-old"],
    ["deux campagnes pour une année", { existingYears: [2025] }, "campaign-exists"],
    ["une échéance passée", { deadline: "2026-01-11" as PlainDate }, "deadline-past"],
    ["une grille que le comité n’a pas votée", { isDictionaryAdopted: false }, "dictionary-not-adopted"],
  ] as const)("%s", (_case, given, expected) => expect(outcome(checkOpening({ ...usual, ...given }))).toBe(expected));
});

describe("une relance par CCAS et par jour", () => {
  it.each([
    ["draft", null, true],
    ["draft", "2026-12-06", true],
    ["draft", "2026-12-07", false],
    ["submitted", null, false],
    ["validated", "2026-12-01", false],
  ] as const)("le 7 décembre, une saisie « %s » relancée le %s : %s", (state, remindedOn, expected) =>
    expect(isReminderDue(state, remindedOn as PlainDate | null, "2026-12-07" as PlainDate)).toBe(expected),
  );
});
