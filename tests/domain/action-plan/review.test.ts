import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkOpinion,
  checkReviewRule,
  checkVisa,
  currentOpinions,
  DEFAULT_REVIEW_RULE,
  findUnseenOpinion,
  mayAnswer,
  openRound,
  OPINIONS,
  roundStanding,
  tacitApprovalDate,
  type ReviewRule,
} from "~/domain/action-plan/review";
import { toPlainDate } from "~/domain/kernel/plain-date";

const day = toPlainDate;
const rule = (silenceDays: number | null, late: ReviewRule["late"]): ReviewRule => ({
  ...{ silenceDays, late, basis: silenceDays === null ? null : "2026-3" },
});
const round = (own: ReviewRule) => ({ openedOn: day("2026-11-02"), deadline: day("2026-11-30"), rule: own });
const ALONE = { hasVisa: false, isFollowed: false };

describe("la relecture du Département : échéance, silence, visa", () => {
  it.each([
    { case: "le silence ne vaut rien par défaut", silence: null, on: null },
    { case: "dès le lendemain", silence: 0, on: "2026-12-01" },
    { case: "quinze jours après", silence: 15, on: "2026-12-16" },
    { case: "par-dessus l’année", silence: 45, on: "2027-01-15" },
  ])("approbation tacite : $case", ({ silence, on }) =>
    expect(tacitApprovalDate(round(rule(silence, "marked")))).toBe(on),
  );
  it("par-dessus un 29 février", () => {
    const own = { deadline: day("2028-02-20"), rule: rule(9, "marked") };
    expect(tacitApprovalDate(own)).toBe("2028-03-01");
  });

  it.each([
    { case: "le jour de l’échéance, dans les temps", own: rule(null, "refused"), on: "2026-11-30", expected: "open" },
    { case: "le lendemain, avis tardif reçu", own: rule(null, "marked"), on: "2026-12-01", expected: "overdue" },
    { case: "le lendemain, avis tardif refusé", own: rule(null, "refused"), on: "2026-12-01", expected: "lapsed" },
    { case: "pendant le silence, avis tardif reçu", own: rule(15, "marked"), on: "2026-12-15", expected: "overdue" },
    { case: "silence accompli", own: rule(15, "marked"), on: "2026-12-16", expected: "tacitly-approved" },
    {
      case: "silence accompli, tardif refusé",
      own: rule(15, "refused"),
      on: "2026-12-16",
      expected: "tacitly-approved",
    },
  ])("$case : $expected", ({ own, on, expected }) => {
    expect(roundStanding(round(own), ALONE, day(on))).toBe(expected);
    expect(roundStanding(round(own), { ...ALONE, hasVisa: true }, day(on))).toBe("visa");
    expect(roundStanding(round(own), { ...ALONE, isFollowed: true }, day(on))).toBe("superseded");
  });

  it.each([
    { on: "2026-11-30", own: rule(null, "marked"), expected: { ok: true, value: { isLate: false } } },
    { on: "2026-12-01", own: rule(null, "marked"), expected: { ok: true, value: { isLate: true } } },
    { on: "2026-12-01", own: rule(null, "refused"), expected: { ok: false, refusal: "deadline-passed" } },
    { on: "2026-12-20", own: rule(15, "marked"), expected: { ok: false, refusal: "tacitly-approved" } },
  ])("répondre le $on", ({ on, own, expected }) => expect(mayAnswer(round(own), ALONE, day(on))).toEqual(expected));

  it("le silence n’approuve que sur une décision", () => {
    expect(checkReviewRule(DEFAULT_REVIEW_RULE).ok).toBe(true);
    const unfounded = { silenceDays: 15, late: "marked", basis: " " } as const;
    expect(checkReviewRule(unfounded)).toEqual({ ok: false, refusal: "silence-without-decision" });
    expect(checkReviewRule({ ...unfounded, basis: "2026-3" }).ok).toBe(true);
    expect(checkReviewRule({ ...unfounded, basis: "2026-3", silenceDays: 121 })).toMatchObject({ ok: false });
    expect(checkReviewRule({ ...unfounded, basis: "2026-3", silenceDays: 1.5 })).toMatchObject({ ok: false });
  });

  it.each([
    { case: "complète", gaps: 0, standings: [], deadline: "2026-12-01", refusal: null },
    { case: "incomplète", gaps: 2, standings: [], deadline: "2026-12-01", refusal: "plan-incomplete" },
    {
      case: "déjà ouverte",
      gaps: 0,
      standings: ["open"] as const,
      deadline: "2026-12-01",
      refusal: "round-already-open",
    },
    {
      case: "après une relecture dépassée",
      gaps: 0,
      standings: ["overdue"] as const,
      deadline: "2026-12-01",
      refusal: null,
    },
    { case: "le jour même", gaps: 0, standings: [], deadline: "2026-11-02", refusal: "deadline-too-near" },
    { case: "dans deux ans", gaps: 0, standings: [], deadline: "2028-11-02", refusal: "deadline-too-far" },
  ])("ouvrir : $case", ({ gaps, standings, deadline, refusal }) => {
    const decision = openRound({ gaps, isCurrent: true, standings, today: day("2026-11-02"), deadline: day(deadline) });
    expect(decision.ok ? null : decision.refusal.kind).toBe(refusal);
  });
});

describe("un avis par action", () => {
  it.each([
    { opinion: "reserve", reason: " ", ok: false },
    { opinion: "reserve", reason: "Qui met à jour ?", ok: true },
    { opinion: "unfavourable", reason: "", ok: false },
    { opinion: "favourable", reason: "", ok: true },
    { opinion: "no-opinion", reason: "", ok: true },
  ] as const)("$opinion, motif « $reason » : $ok", ({ opinion, reason, ok }) =>
    expect(checkOpinion({ actionKey: "a", opinion, reason, comment: "" }, ["a"]).ok).toBe(ok),
  );

  it("deux relecteurs à la fois : le second voit l’avis du premier, et choisit", () => {
    const first = { id: "o1", actionKey: "a", opinion: "favourable" as const };
    expect(findUnseenOpinion([], "a", null)).toBeNull();
    expect(findUnseenOpinion([first], "a", null)).toBe(first);
    expect(findUnseenOpinion([first], "a", "o1")).toBeNull();
    expect(findUnseenOpinion([first], "b", null)).toBeNull();
  });

  it("le visa attend tous les avis, et ne contredit pas une réserve", () => {
    const given = [
      { actionKey: "a", opinion: "favourable" as const },
      { actionKey: "b", opinion: "reserve" as const },
    ];
    const ask = (kind: "approved" | "approved-with-reserves" | "refused", comment = "") =>
      checkVisa({ kind, comment }, given, ["a", "b"]);
    expect(ask("approved")).toEqual({ ok: false, refusal: { kind: "visa-contradicts-opinions" } });
    expect(ask("approved-with-reserves").ok).toBe(true);
    expect(ask("refused")).toEqual({ ok: false, refusal: { kind: "comment-missing" } });
    expect(ask("refused", "Hors compétence.").ok).toBe(true);
    expect(checkVisa({ kind: "approved", comment: "" }, given, ["a", "b", "c"])).toEqual({
      ...{ ok: false, refusal: { kind: "opinions-missing", count: 1 } },
    });
    const lifted = [...given, { actionKey: "b", opinion: "favourable" as const }];
    expect(checkVisa({ kind: "approved", comment: "" }, lifted, ["a", "b"]).ok).toBe(true);
  });

  it("propriété : le visa ne passe que si chaque action a son avis", () => {
    const keys = ["a", "b", "c", "d"];
    const opinion = fc.record({ actionKey: fc.constantFrom(...keys), opinion: fc.constantFrom(...OPINIONS) });
    fc.assert(
      fc.property(fc.array(opinion, { maxLength: 8 }), (given) => {
        const decision = checkVisa({ kind: "approved-with-reserves", comment: "" }, given, keys);
        expect(decision.ok).toBe(keys.every((key) => given.some(({ actionKey }) => actionKey === key)));
        for (const [key, last] of currentOpinions(given))
          expect(last).toBe(given.filter(({ actionKey }) => actionKey === key).at(-1));
      }),
    );
  });
});
