import { describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { disposeOfPaper, retentionStanding, type RetentionRule } from "~/domain/library/retention";

const day = toPlainDate;
const TEN: RetentionRule = { years: 10, fate: "destroy" };

describe("la durée d’utilité d’un document", () => {
  it.each([
    { case: "sans règle", rule: null, start: "2016-01-01", today: "2026-01-01", standing: { kind: "no-rule" } },
    { case: "sans date de départ", rule: TEN, start: null, today: "2026-01-01", standing: { kind: "no-start" } },
    {
      case: "sans fin",
      rule: { years: null, fate: "keep" } as const,
      start: "1990-01-01",
      today: "2026-01-01",
      standing: { kind: "without-end" },
    },
    {
      case: "la veille du terme",
      rule: TEN,
      start: "2016-12-31",
      today: "2026-12-30",
      standing: { kind: "running", endsOn: "2026-12-31" },
    },
    {
      case: "le jour du terme",
      rule: TEN,
      start: "2016-12-31",
      today: "2026-12-31",
      standing: { kind: "due", endsOn: "2026-12-31" },
    },
    {
      case: "depuis un 29 février",
      rule: { years: 1, fate: "keep" } as const,
      start: "2024-02-29",
      today: "2025-02-28",
      standing: { kind: "due", endsOn: "2025-02-28" },
    },
  ])("$case", ({ rule, start, today, standing }) => {
    expect(retentionStanding(rule, start === null ? null : day(start), day(today))).toMatchObject(standing);
  });
});

describe("le sort final ne se fait jamais seul", () => {
  const due = retentionStanding(TEN, day("2010-01-01"), day("2026-01-01"));
  const kept = retentionStanding({ years: 1, fate: "keep" }, day("2010-01-01"), day("2026-01-01"));
  const running = retentionStanding(TEN, day("2025-01-01"), day("2026-01-01"));
  const act = { outcome: "eliminated", visaOn: day("2025-12-01"), today: day("2026-01-01") } as const;
  it.each([
    { case: "au terme, avec visa", paper: { standing: due, isDisposed: false }, act, refusal: null },
    { case: "avant le terme", paper: { standing: running, isDisposed: false }, act, refusal: "not-due" },
    { case: "à conserver", paper: { standing: kept, isDisposed: false }, act, refusal: "must-be-kept" },
    {
      case: "à conserver, versé",
      paper: { standing: kept, isDisposed: false },
      act: { ...act, outcome: "transferred" } as const,
      refusal: null,
    },
    { case: "déjà fait", paper: { standing: due, isDisposed: true }, act, refusal: "already-disposed" },
    {
      case: "visa à venir",
      paper: { standing: due, isDisposed: false },
      act: { ...act, visaOn: day("2026-02-01") },
      refusal: "visa-in-future",
    },
  ])("$case", ({ paper, act: given, refusal }) => {
    const decision = disposeOfPaper(paper, given);
    expect(decision.ok ? null : decision.refusal).toBe(refusal);
  });
});
