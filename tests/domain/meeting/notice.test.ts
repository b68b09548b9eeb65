import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, toPlainDate } from "~/domain/kernel/plain-date";
import {
  checkNotice,
  countNotice,
  earliestMeetingDate,
  latestSendingDate,
  noticeSentence,
  type NoticeRules,
} from "~/domain/meeting/notice";

const rules = (days: number, counting: NoticeRules["counting"], urgencyAllowed = true): NoticeRules => ({
  days,
  counting,
  urgencyAllowed,
});
const anyRules = fc.record({
  days: fc.integer({ min: 0, max: 30 }),
  counting: fc.constantFrom("days" as const, "clear-days" as const),
  urgencyAllowed: fc.boolean(),
});
const heldOn = toPlainDate("2026-12-14");

describe("countNotice — CASF art. R.123-16 (modèle)", () => {
  it.each([
    { case: "4 jours avant, 3 demandés", sent: "2026-12-10", counting: "days", days: 4, clearDays: 3, isMet: true },
    {
      case: "3 jours avant : respecté en jours",
      sent: "2026-12-11",
      counting: "days",
      days: 3,
      clearDays: 2,
      isMet: true,
    },
    {
      case: "3 jours avant : trop court en jours francs",
      sent: "2026-12-11",
      counting: "clear-days",
      days: 3,
      clearDays: 2,
      isMet: false,
    },
    {
      case: "4 jours avant : 3 jours francs",
      sent: "2026-12-10",
      counting: "clear-days",
      days: 4,
      clearDays: 3,
      isMet: true,
    },
    { case: "l’avant-veille", sent: "2026-12-12", counting: "days", days: 2, clearDays: 1, isMet: false },
    { case: "le jour même", sent: "2026-12-14", counting: "days", days: 0, clearDays: 0, isMet: false },
    { case: "après la séance", sent: "2026-12-15", counting: "days", days: -1, clearDays: 0, isMet: false },
  ] as const)("$case", ({ sent, counting, days, clearDays, isMet }) => {
    expect(countNotice(toPlainDate(sent), heldOn, rules(3, counting))).toMatchObject({
      days,
      clearDays,
      requiredDays: 3,
      counting,
      isMet,
    });
  });

  it("zéro jour demandé ne rend pas valable une convocation partie après la séance", () => {
    expect(countNotice(toPlainDate("2026-12-15"), heldOn, rules(0, "clear-days")).isMet).toBe(false);
    expect(countNotice(heldOn, heldOn, rules(0, "clear-days")).isMet).toBe(true);
  });
});

describe("checkNotice — urgence motivée", () => {
  const reason = "Prestataire à confirmer avant le 15 décembre";
  it.each([
    { case: "délai respecté", sent: "2026-12-10", urgencyAllowed: true, reason: null, refusal: null },
    {
      case: "trop court, sans motif",
      sent: "2026-12-12",
      urgencyAllowed: true,
      reason: null,
      refusal: "notice-too-short",
    },
    {
      case: "trop court, motif blanc",
      sent: "2026-12-12",
      urgencyAllowed: true,
      reason: "   ",
      refusal: "notice-too-short",
    },
    {
      case: "motif de 19 caractères",
      sent: "2026-12-12",
      urgencyAllowed: true,
      reason: "a".repeat(19),
      refusal: "urgency-reason-too-short",
    },
    {
      case: "19 caractères et des espaces autour",
      sent: "2026-12-12",
      urgencyAllowed: true,
      reason: ` ${"a".repeat(19)} `,
      refusal: "urgency-reason-too-short",
    },
    { case: "motif de 20 caractères", sent: "2026-12-12", urgencyAllowed: true, reason: "a".repeat(20), refusal: null },
    { case: "urgence le jour même", sent: "2026-12-14", urgencyAllowed: true, reason, refusal: null },
    {
      case: "urgence exclue par le règlement",
      sent: "2026-12-12",
      urgencyAllowed: false,
      reason,
      refusal: "urgency-not-allowed",
    },
    {
      case: "urgence exclue, sans motif",
      sent: "2026-12-12",
      urgencyAllowed: false,
      reason: null,
      refusal: "notice-too-short",
    },
    {
      case: "séance passée, malgré l’urgence",
      sent: "2026-12-15",
      urgencyAllowed: true,
      reason,
      refusal: "meeting-date-passed",
    },
  ])("$case", ({ sent, urgencyAllowed, reason: urgencyReason, refusal }) => {
    const answer = checkNotice({
      sentOn: toPlainDate(sent),
      heldOn,
      rules: rules(3, "days", urgencyAllowed),
      urgencyReason,
    });
    expect(answer.ok ? null : answer.refusal).toBe(refusal);
  });

  it("un motif inutile n’est pas gardé", () => {
    const answer = checkNotice({
      sentOn: toPlainDate("2026-12-01"),
      heldOn,
      rules: rules(3, "days"),
      urgencyReason: reason,
    });
    expect(answer.ok && answer.value.urgencyReason).toBeNull();
  });
});

describe("latestSendingDate — dernier jour d’envoi", () => {
  it.each([
    { required: 3, counting: "days", latest: "2026-12-11" },
    { required: 3, counting: "clear-days", latest: "2026-12-10" },
    { required: 0, counting: "days", latest: "2026-12-14" },
    { required: 0, counting: "clear-days", latest: "2026-12-14" },
    { required: 15, counting: "days", latest: "2026-11-29" },
  ] as const)("$required $counting : $latest", ({ required, counting, latest }) => {
    expect(latestSendingDate(heldOn, rules(required, counting))).toBe(latest);
  });

  it("respecte le délai ce jour-là, plus le lendemain, et répond à earliestMeetingDate", () => {
    fc.assert(
      fc.property(anyRules, fc.integer({ min: -2000, max: 2000 }), (any, shift) => {
        const meeting = addDays(heldOn, shift);
        const latest = latestSendingDate(meeting, any);
        expect(countNotice(latest, meeting, any).isMet).toBe(true);
        expect(countNotice(addDays(latest, 1), meeting, any).isMet).toBe(false);
        expect(earliestMeetingDate(latest, any)).toBe(meeting);
      }),
    );
  });
});

describe("noticeSentence — la phrase du délai", () => {
  const say = (sent: string, held: string, with_: NoticeRules, urgencyReason: string | null = null) =>
    noticeSentence({ count: countNotice(toPlainDate(sent), toPlainDate(held), with_), urgencyReason });

  it.each([
    {
      case: "respecté",
      said: say("2026-12-10", "2026-12-14", rules(3, "days")),
      sentence:
        "Convocation envoyée le 10/12 pour le 14/12\u00a0: 4 jours, 3 jours francs\u00a0; 3 jours demandés\u00a0: délai respecté",
    },
    {
      case: "jours francs, non respecté",
      said: say("2026-12-12", "2026-12-14", rules(3, "clear-days")),
      sentence:
        "Convocation envoyée le 12/12 pour le 14/12\u00a0: 2 jours, 1 jour franc\u00a0; 3 jours francs demandés\u00a0: délai non respecté",
    },
    {
      case: "d’une année à l’autre, au singulier",
      said: say("2026-12-31", "2027-01-01", rules(1, "days")),
      sentence:
        "Convocation envoyée le 31/12/2026 pour le 01/01/2027\u00a0: 1 jour, 0 jour franc\u00a0; 1 jour demandé\u00a0: délai respecté",
    },
    {
      case: "urgence",
      said: say("2026-12-13", "2026-12-14", rules(3, "days"), "Prestataire à confirmer"),
      sentence:
        "Convocation envoyée le 13/12 pour le 14/12\u00a0: 1 jour, 0 jour franc\u00a0; 3 jours demandés\u00a0: délai abrégé pour urgence motivée",
    },
  ])("$case", ({ said, sentence }) => expect(said).toBe(sentence));
});
