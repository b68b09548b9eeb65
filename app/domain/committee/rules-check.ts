import { grant, refuse, type Decision } from "../kernel/decision";
import type { RulesId } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import { CASF_PRESET, type Fraction, type RulesContent } from "./rules";

/** Address of one setting of the rules: « quorum.share », « departmentSeat ». */
export type RulesKey = {
  [Part in keyof RulesContent]: RulesContent[Part] extends string
    ? Part
    : `${Part}.${keyof RulesContent[Part] & string}`;
}[keyof RulesContent];

export type RulesFaultKind =
  | "fraction-malformed"
  | "share-unreachable"
  | "majority-below-half"
  | "not-a-whole-number"
  | "too-small"
  | "too-large"
  | "contradicts-remote-attendance";

export type RulesFault = { readonly key: RulesKey; readonly kind: RulesFaultKind };

type WholeNumberBounds = { readonly key: RulesKey; readonly value: number; readonly from: number; readonly to: number };

const LARGEST_DENOMINATOR = 1000;

/**
 * Is this content usable as rules? Answers every fault at once, so that a form shows them together.
 * Fractions are 0 < n <= d; « more than the whole » can't be reached; a majority that the minority could reach as well decides nothing.
 * Days run from 0 to 60.
 */
export function checkRules(rules: RulesContent): Decision<RulesContent, readonly RulesFault[]> {
  const faults = [...listShareFaults(rules), ...listNumberFaults(rules)];
  if (rules.secretBallot.remoteAllowed && !rules.remoteAttendance.allowed) {
    faults.push({ key: "secretBallot.remoteAllowed", kind: "contradicts-remote-attendance" });
  }
  return faults.length === 0 ? grant(rules) : refuse(faults);
}

function isFractionSane({ numerator, denominator }: Fraction): boolean {
  const areWhole = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  return areWhole && numerator > 0 && numerator <= denominator && denominator <= LARGEST_DENOMINATOR;
}

function listShareFaults({ quorum, majority, secretBallot }: RulesContent): RulesFault[] {
  const faults: RulesFault[] = [];
  const shares = [
    { key: "quorum.share", share: quorum.share, comparison: quorum.comparison },
    { key: "majority.share", share: majority.share, comparison: majority.comparison },
    { key: "secretBallot.requestShare", share: secretBallot.requestShare, comparison: "at-least" },
  ] as const;
  for (const { key, share, comparison } of shares) {
    if (!isFractionSane(share)) faults.push({ key, kind: "fraction-malformed" });
    else if (comparison === "more-than" && share.numerator === share.denominator)
      faults.push({ key, kind: "share-unreachable" });
  }
  const twice = majority.share.numerator * 2;
  const half = majority.share.denominator;
  if (isFractionSane(majority.share) && (twice < half || (twice === half && majority.comparison === "at-least"))) {
    faults.push({ key: "majority.share", kind: "majority-below-half" });
  }
  return faults;
}

function listNumberFaults({ proxies, notice, writtenConsultation, rhythm, minutes }: RulesContent): RulesFault[] {
  const bounds: WholeNumberBounds[] = [
    { key: "proxies.perHolder", value: proxies.perHolder, from: proxies.allowed ? 1 : 0, to: 10 },
    { key: "notice.days", value: notice.days, from: 0, to: 60 },
    { key: "writtenConsultation.minimumDays", value: writtenConsultation.minimumDays, from: 0, to: 60 },
    { key: "rhythm.meetingsPerYear", value: rhythm.meetingsPerYear, from: 0, to: 52 },
    { key: "minutes.publicationDays", value: minutes.publicationDays, from: 0, to: 60 },
  ];
  if (proxies.consecutiveMeetings !== null) {
    bounds.push({ key: "proxies.consecutiveMeetings", value: proxies.consecutiveMeetings, from: 1, to: 52 });
  }
  const faults: RulesFault[] = [];
  for (const { key, value, from, to } of bounds) {
    if (!Number.isSafeInteger(value)) faults.push({ key, kind: "not-a-whole-number" });
    else if (value < from) faults.push({ key, kind: "too-small" });
    else if (value > to) faults.push({ key, kind: "too-large" });
  }
  return faults;
}

type SettingValue = string | number | boolean | null | Fraction;

/** Every setting, in the order in which it is read aloud. */
const SETTINGS: Record<RulesKey, (rules: RulesContent) => SettingValue> = {
  "quorum.base": ({ quorum }) => quorum.base,
  "quorum.share": ({ quorum }) => quorum.share,
  "quorum.comparison": ({ quorum }) => quorum.comparison,
  "quorum.remoteCounts": ({ quorum }) => quorum.remoteCounts,
  "quorum.consultativeSeatsCount": ({ quorum }) => quorum.consultativeSeatsCount,
  "quorum.withdrawnLeaveBase": ({ quorum }) => quorum.withdrawnLeaveBase,
  "secondConvening.quorum": ({ secondConvening }) => secondConvening.quorum,
  "majority.base": ({ majority }) => majority.base,
  "majority.share": ({ majority }) => majority.share,
  "majority.comparison": ({ majority }) => majority.comparison,
  "castingVote.holder": ({ castingVote }) => castingVote.holder,
  "castingVote.inSecretBallot": ({ castingVote }) => castingVote.inSecretBallot,
  "proxies.allowed": ({ proxies }) => proxies.allowed,
  "proxies.perHolder": ({ proxies }) => proxies.perHolder,
  "proxies.consecutiveMeetings": ({ proxies }) => proxies.consecutiveMeetings,
  "notice.days": ({ notice }) => notice.days,
  "notice.counting": ({ notice }) => notice.counting,
  "notice.urgencyAllowed": ({ notice }) => notice.urgencyAllowed,
  "secretBallot.requestShare": ({ secretBallot }) => secretBallot.requestShare,
  "secretBallot.remoteAllowed": ({ secretBallot }) => secretBallot.remoteAllowed,
  "remoteAttendance.allowed": ({ remoteAttendance }) => remoteAttendance.allowed,
  departmentSeat: ({ departmentSeat }) => departmentSeat,
  "writtenConsultation.allowed": ({ writtenConsultation }) => writtenConsultation.allowed,
  "writtenConsultation.minimumDays": ({ writtenConsultation }) => writtenConsultation.minimumDays,
  "rhythm.meetingsPerYear": ({ rhythm }) => rhythm.meetingsPerYear,
  "rhythm.onePerQuarter": ({ rhythm }) => rhythm.onePerQuarter,
  "rhythm.inquorateMeetingsCount": ({ rhythm }) => rhythm.inquorateMeetingsCount,
  "minutes.publicationDays": ({ minutes }) => minutes.publicationDays,
};

export const RULES_KEYS = Object.keys(SETTINGS) as readonly RulesKey[];

/** 1/2 and 2/4 are the same share: writing it otherwise changes nothing. */
function isSameSetting(one: SettingValue, other: SettingValue): boolean {
  if (typeof one === "object" && one !== null && typeof other === "object" && other !== null) {
    return one.numerator * other.denominator === other.numerator * one.denominator;
  }
  return one === other;
}

/** The settings that differ between two versions, in reading order. */
export function listChangedKeys(before: RulesContent, after: RulesContent): readonly RulesKey[] {
  return RULES_KEYS.filter((key) => !isSameSetting(SETTINGS[key](before), SETTINGS[key](after)));
}

/** Rules that the committee adopted by a recorded vote, from the first day on which they apply. */
export type RulesVersion = { readonly id: RulesId; readonly startsOn: PlainDate; readonly content: RulesContent };

export type RulesInForce =
  | { readonly standing: "adopted"; readonly version: RulesVersion; readonly content: RulesContent }
  | { readonly standing: "default-not-adopted"; readonly version: null; readonly content: RulesContent };

/**
 * The rules that apply on a date: the adopted version that started last, else the preset, which nobody adopted and which a banner must name.
 * Of two versions that start on one day, the later in the list wins: list them in order of adoption.
 * Source: CASF art. R.123-16 to R.123-18 for the preset, by analogy.
 */
export function findRulesInForce(adopted: readonly RulesVersion[], date: PlainDate): RulesInForce {
  let current: RulesVersion | null = null;
  for (const version of adopted) {
    if (version.startsOn <= date && (current === null || version.startsOn >= current.startsOn)) current = version;
  }
  if (current === null) return { standing: "default-not-adopted", version: null, content: CASF_PRESET };
  return { standing: "adopted", version: current, content: current.content };
}
