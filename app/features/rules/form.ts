import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { Fraction, RulesContent } from "~/domain/committee/rules";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const YES = "oui";
const NO = "non";

const choice = z.enum([YES, NO], { error: "Choisissez oui ou non." }).transform((word): boolean => word === YES);

const FRACTION = /^(\d{1,4})\s*\/\s*(\d{1,4})$/;

const fraction = z.string({ error: "Écrivez une fraction, par exemple 1/2." }).transform((text, context): Fraction => {
  const match = FRACTION.exec(text.trim());
  if (match) return { numerator: Number(match[1]), denominator: Number(match[2]) };
  context.addIssue("Écrivez une fraction, par exemple 1/2 ou 2/3.");
  return z.NEVER;
});

function readNumber(text: string): number | null {
  return /^-?\d{1,6}([.,]\d{1,3})?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : null;
}

const wholeNumber = z.string({ error: "Écrivez un nombre entier." }).transform((text, context): number => {
  const value = readNumber(text);
  if (value !== null) return value;
  context.addIssue("Écrivez un nombre entier, en chiffres.");
  return z.NEVER;
});

const wholeNumberOrNone = z
  .string()
  .optional()
  .transform((text, context): number | null => {
    if (text === undefined || text.trim() === "") return null;
    const value = readNumber(text);
    if (value !== null) return value;
    context.addIssue("Écrivez un nombre entier, ou laissez vide pour ne pas limiter.");
    return z.NEVER;
  });

const CHOOSE = "Choisissez une réponse.";
const comparison = z.enum(["more-than", "at-least"], { error: CHOOSE });

/** The names of the fields are the addresses of the settings, so that a fault of the rules finds its field. */
export const rulesDraftSchema = z.object({
  /** Fingerprint of the draft that was read: another one there means that somebody wrote in between. */
  known: z.string().max(64).optional(),
  quorum: z.object({
    base: z.enum(["seats-in-office", "all-seats"], { error: CHOOSE }),
    share: fraction,
    comparison,
    remoteCounts: choice,
    consultativeSeatsCount: choice,
    withdrawnLeaveBase: choice,
  }),
  secondConvening: z.object({ quorum: z.enum(["none", "same"], { error: CHOOSE }) }),
  majority: z.object({
    base: z.enum(["votes-cast", "present-and-represented", "seats-in-office"], { error: CHOOSE }),
    share: fraction,
    comparison,
  }),
  castingVote: z.object({ holder: z.enum(["chair", "none"], { error: CHOOSE }), inSecretBallot: choice }),
  proxies: z.object({ allowed: choice, perHolder: wholeNumber, consecutiveMeetings: wholeNumberOrNone }),
  notice: z.object({
    days: wholeNumber,
    counting: z.enum(["days", "clear-days"], { error: CHOOSE }),
    urgencyAllowed: choice,
  }),
  secretBallot: z.object({ requestShare: fraction, remoteAllowed: choice }),
  remoteAttendance: z.object({ allowed: choice }),
  departmentSeat: z.enum(["votes", "advises-on-expenses", "advises"], { error: CHOOSE }),
  writtenConsultation: z.object({ allowed: choice, minimumDays: wholeNumber }),
  rhythm: z.object({ meetingsPerYear: wholeNumber, onePerQuarter: choice, inquorateMeetingsCount: choice }),
  minutes: z.object({ publicationDays: wholeNumber }),
});

export type RulesDraftFields = z.input<typeof rulesDraftSchema>;

export function parseRulesDraft(form: FormData) {
  return parseWithZod(form, { schema: rulesDraftSchema });
}

const yesNo = (value: boolean): typeof YES | typeof NO => (value ? YES : NO);
const written = ({ numerator, denominator }: Fraction): string => `${numerator}/${denominator}`;

/** The rules as their form shows them. */
export function toRulesFields(rules: RulesContent): Omit<RulesDraftFields, "known"> {
  const { quorum, majority, castingVote, proxies, notice, secretBallot, writtenConsultation, rhythm, minutes } = rules;
  return {
    quorum: {
      base: quorum.base,
      share: written(quorum.share),
      comparison: quorum.comparison,
      remoteCounts: yesNo(quorum.remoteCounts),
      consultativeSeatsCount: yesNo(quorum.consultativeSeatsCount),
      withdrawnLeaveBase: yesNo(quorum.withdrawnLeaveBase),
    },
    secondConvening: rules.secondConvening,
    majority: { ...majority, share: written(majority.share) },
    castingVote: { holder: castingVote.holder, inSecretBallot: yesNo(castingVote.inSecretBallot) },
    proxies: {
      allowed: yesNo(proxies.allowed),
      perHolder: String(proxies.perHolder),
      consecutiveMeetings: proxies.consecutiveMeetings === null ? "" : String(proxies.consecutiveMeetings),
    },
    notice: {
      days: String(notice.days),
      counting: notice.counting,
      urgencyAllowed: yesNo(notice.urgencyAllowed),
    },
    secretBallot: {
      requestShare: written(secretBallot.requestShare),
      remoteAllowed: yesNo(secretBallot.remoteAllowed),
    },
    remoteAttendance: { allowed: yesNo(rules.remoteAttendance.allowed) },
    departmentSeat: rules.departmentSeat,
    writtenConsultation: {
      allowed: yesNo(writtenConsultation.allowed),
      minimumDays: String(writtenConsultation.minimumDays),
    },
    rhythm: {
      meetingsPerYear: String(rhythm.meetingsPerYear),
      onePerQuarter: yesNo(rhythm.onePerQuarter),
      inquorateMeetingsCount: yesNo(rhythm.inquorateMeetingsCount),
    },
    minutes: { publicationDays: String(minutes.publicationDays) },
  };
}

export const newRulesDraftSchema = z.object({ cle: z.string().refine(isId) });

export const enactRulesSchema = z.object({
  effectiveFrom: z.string({ error: "Indiquez la date d’entrée en vigueur." }).transform((text, context) => {
    const value = parsePlainDate(text.trim());
    if (value !== null) return value;
    context.addIssue("Cette date n’existe pas : écrivez-la comme 2026-12-14, ou choisissez-la dans le calendrier.");
    return z.NEVER;
  }),
});

export type EnactRulesFields = z.input<typeof enactRulesSchema>;

export function parseEnactRules(form: FormData) {
  return parseWithZod(form, { schema: enactRulesSchema });
}
