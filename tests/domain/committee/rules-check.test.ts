import { describe, expect, it } from "vitest";
import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import { checkRules, findRulesInForce, listChangedKeys, type RulesVersion } from "~/domain/committee/rules-check";
import { thresholdOf } from "~/domain/committee/threshold";
import { toId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";

const preset = CASF_PRESET;
const share = (numerator: number, denominator: number) => ({ numerator, denominator });

describe("seuils en nombres entiers", () => {
  it.each([
    { case: "plus de la moitié de 6", base: 6, of: share(1, 2), comparison: "more-than", expected: 4 },
    { case: "plus de la moitié de 7", base: 7, of: share(1, 2), comparison: "more-than", expected: 4 },
    { case: "plus de la moitié de 19", base: 19, of: share(1, 2), comparison: "more-than", expected: 10 },
    { case: "au moins la moitié de 6", base: 6, of: share(1, 2), comparison: "at-least", expected: 3 },
    {
      case: "au moins la moitié de 7, arrondi au-dessus",
      base: 7,
      of: share(1, 2),
      comparison: "at-least",
      expected: 4,
    },
    { case: "au moins les deux tiers de 7", base: 7, of: share(2, 3), comparison: "at-least", expected: 5 },
    { case: "plus des deux tiers de 6", base: 6, of: share(2, 3), comparison: "more-than", expected: 5 },
    { case: "au moins la totalité de 7", base: 7, of: share(1, 1), comparison: "at-least", expected: 7 },
    { case: "base vide : un", base: 0, of: share(1, 2), comparison: "at-least", expected: 1 },
  ] as const)("$case : $expected", ({ base, of, comparison, expected }) => {
    expect(thresholdOf(base, of, comparison)).toBe(expected);
  });
});

describe("validité d’un règlement de fonctionnement", () => {
  it("le modèle du CASF est valable", () => expect(checkRules(preset)).toEqual({ ok: true, value: preset }));

  const withQuorum = (quorum: Partial<RulesContent["quorum"]>): RulesContent => ({
    ...preset,
    quorum: { ...preset.quorum, ...quorum },
  });
  const withMajority = (majority: Partial<RulesContent["majority"]>): RulesContent => ({
    ...preset,
    majority: { ...preset.majority, ...majority },
  });

  it.each([
    {
      case: "numérateur nul",
      rules: withQuorum({ share: share(0, 2) }),
      faults: [{ key: "quorum.share", kind: "fraction-malformed" }],
    },
    {
      case: "plus que le tout",
      rules: withQuorum({ share: share(3, 2) }),
      faults: [{ key: "quorum.share", kind: "fraction-malformed" }],
    },
    {
      case: "dénominateur à virgule",
      rules: withQuorum({ share: share(1, 2.5) }),
      faults: [{ key: "quorum.share", kind: "fraction-malformed" }],
    },
    {
      case: "plus de la totalité",
      rules: withQuorum({ share: share(1, 1) }),
      faults: [{ key: "quorum.share", kind: "share-unreachable" }],
    },
    {
      case: "majorité d’un tiers",
      rules: withMajority({ share: share(1, 3) }),
      faults: [{ key: "majority.share", kind: "majority-below-half" }],
    },
    {
      case: "majorité d’au moins la moitié",
      rules: withMajority({ comparison: "at-least" }),
      faults: [{ key: "majority.share", kind: "majority-below-half" }],
    },
    {
      case: "préavis négatif",
      rules: { ...preset, notice: { ...preset.notice, days: -1 } },
      faults: [{ key: "notice.days", kind: "too-small" }],
    },
    {
      case: "préavis de 61 jours",
      rules: { ...preset, notice: { ...preset.notice, days: 61 } },
      faults: [{ key: "notice.days", kind: "too-large" }],
    },
    {
      case: "préavis de 2,5 jours",
      rules: { ...preset, notice: { ...preset.notice, days: 2.5 } },
      faults: [{ key: "notice.days", kind: "not-a-whole-number" }],
    },
    {
      case: "pouvoirs permis mais aucun par porteur",
      rules: { ...preset, proxies: { ...preset.proxies, perHolder: 0 } },
      faults: [{ key: "proxies.perHolder", kind: "too-small" }],
    },
    {
      case: "zéro séance consécutive",
      rules: { ...preset, proxies: { ...preset.proxies, consecutiveMeetings: 0 } },
      faults: [{ key: "proxies.consecutiveMeetings", kind: "too-small" }],
    },
    {
      case: "vote secret à distance sans séance à distance",
      rules: {
        ...preset,
        remoteAttendance: { allowed: false },
        secretBallot: { ...preset.secretBallot, remoteAllowed: true },
      },
      faults: [{ key: "secretBallot.remoteAllowed", kind: "contradicts-remote-attendance" }],
    },
    {
      case: "deux fautes, toutes dites",
      rules: { ...withQuorum({ share: share(0, 0) }), minutes: { publicationDays: 90 } },
      faults: [
        { key: "quorum.share", kind: "fraction-malformed" },
        { key: "minutes.publicationDays", kind: "too-large" },
      ],
    },
  ])("refuse : $case", ({ rules, faults }) => expect(checkRules(rules)).toEqual({ ok: false, refusal: faults }));

  it.each([
    { case: "préavis de 0 jour", rules: { ...preset, notice: { ...preset.notice, days: 0 } } },
    { case: "préavis de 60 jours", rules: { ...preset, notice: { ...preset.notice, days: 60 } } },
    { case: "unanimité : au moins la totalité", rules: withMajority({ share: share(1, 1), comparison: "at-least" }) },
    {
      case: "pouvoirs interdits, zéro par porteur",
      rules: { ...preset, proxies: { allowed: false, perHolder: 0, consecutiveMeetings: null } },
    },
  ])("accepte : $case", ({ rules }) => expect(checkRules(rules).ok).toBe(true));
});

describe("comparaison de deux règlements", () => {
  it("un règlement ne diffère pas de lui-même, ni 1/2 de 2/4", () => {
    expect(listChangedKeys(preset, preset)).toEqual([]);
    expect(listChangedKeys(preset, { ...preset, quorum: { ...preset.quorum, share: share(2, 4) } })).toEqual([]);
  });

  it("nomme chaque réglage changé, dans l’ordre de lecture", () => {
    const after: RulesContent = {
      ...preset,
      departmentSeat: "advises",
      quorum: { ...preset.quorum, share: share(2, 3) },
      proxies: { ...preset.proxies, consecutiveMeetings: 3 },
    };
    expect(listChangedKeys(preset, after)).toEqual(["quorum.share", "proxies.consecutiveMeetings", "departmentSeat"]);
  });
});

describe("règlement en vigueur à une date", () => {
  const version = (id: string, startsOn: string): RulesVersion => ({
    id: toId(id),
    startsOn: toPlainDate(startsOn),
    content: { ...preset },
  });
  const versions = [version("r2", "2026-06-01"), version("r1", "2026-01-01"), version("r3", "2026-06-01")];

  it.each([
    { case: "avant toute adoption : modèle par défaut", date: "2025-12-31", id: null, standing: "default-not-adopted" },
    { case: "premier jour du premier", date: "2026-01-01", id: "r1", standing: "adopted" },
    { case: "dernier jour du premier", date: "2026-05-31", id: "r1", standing: "adopted" },
    { case: "deux le même jour : le dernier adopté", date: "2026-06-01", id: "r3", standing: "adopted" },
  ])("$case", ({ date, id, standing }) => {
    const inForce = findRulesInForce(versions, toPlainDate(date));
    expect(inForce.standing).toBe(standing);
    expect(inForce.version?.id ?? null).toBe(id);
  });

  it("sans version adoptée, le contenu est celui du modèle", () => {
    expect(findRulesInForce([], toPlainDate("2026-01-01")).content).toBe(preset);
  });
});
