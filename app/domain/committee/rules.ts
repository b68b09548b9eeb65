import type { LegalSource } from "../kernel/legal-source";

/** An exact proportion. Quorum and majority are compared in integers, never in floating point. */
export type Fraction = { readonly numerator: number; readonly denominator: number };

/**
 * The « règlement de fonctionnement » of a committee: everything that the five source texts leave open.
 * It is data that the committee adopts by a recorded vote, never constants of the programme.
 */
export type RulesContent = {
  readonly quorum: {
    /** Whom the share is taken of: seats that somebody holds, or every seat of the committee. */
    readonly base: "seats-in-office" | "all-seats";
    readonly share: Fraction;
    /** « plus de » (a strict majority) or « au moins ». */
    readonly comparison: "more-than" | "at-least";
    readonly remoteCounts: boolean;
    /** Does a seat that only advises count, in the base and among the present? */
    readonly consultativeSeatsCount: boolean;
    /** Does a seat that withdraws for a conflict of interest leave the base for that item? */
    readonly withdrawnLeaveBase: boolean;
  };
  readonly secondConvening: {
    /** « none »: valid whatever the number present. */
    readonly quorum: "none" | "same";
  };
  readonly majority: {
    /** « votes-cast »: pour + contre; abstentions and seats that take no part are left out. */
    readonly base: "votes-cast" | "present-and-represented" | "seats-in-office";
    readonly share: Fraction;
    readonly comparison: "more-than" | "at-least";
  };
  /** Whose voice settles a tie, and whether it still does in a secret ballot. */
  readonly castingVote: { readonly holder: "chair" | "none"; readonly inSecretBallot: boolean };
  readonly proxies: {
    readonly allowed: boolean;
    readonly perHolder: number;
    /** Meetings in a row for which one seat may give a proxy; null: no limit. */
    readonly consecutiveMeetings: number | null;
  };
  readonly notice: {
    readonly days: number;
    readonly counting: "days" | "clear-days";
    /** May a shorter notice be given with a written reason? */
    readonly urgencyAllowed: boolean;
  };
  readonly secretBallot: {
    /** Share of the seats present that must ask for it. */
    readonly requestShare: Fraction;
    readonly remoteAllowed: boolean;
  };
  readonly remoteAttendance: { readonly allowed: boolean };
  /** The department's seat: votes on everything, on everything but expenses, or only advises. */
  readonly departmentSeat: "votes" | "advises-on-expenses" | "advises";
  readonly writtenConsultation: { readonly allowed: boolean; readonly minimumDays: number };
  readonly rhythm: {
    readonly meetingsPerYear: number;
    readonly onePerQuarter: boolean;
    /** Does a meeting that never reached its quorum count as held? */
    readonly inquorateMeetingsCount: boolean;
  };
  readonly minutes: {
    /** Days after adoption within which the minutes are published. */
    readonly publicationDays: number;
  };
};

/** CASF R.123-16 to R.123-18, written for the board of a CCAS, taken by analogy. Nothing binds the committee until it adopts rules. */
export const CASF_PRESET: RulesContent = {
  quorum: {
    base: "seats-in-office",
    share: { numerator: 1, denominator: 2 },
    comparison: "more-than",
    remoteCounts: true,
    consultativeSeatsCount: true,
    withdrawnLeaveBase: true,
  },
  secondConvening: { quorum: "none" },
  majority: { base: "votes-cast", share: { numerator: 1, denominator: 2 }, comparison: "more-than" },
  castingVote: { holder: "chair", inSecretBallot: false },
  proxies: { allowed: true, perHolder: 1, consecutiveMeetings: null },
  notice: { days: 3, counting: "days", urgencyAllowed: true },
  secretBallot: { requestShare: { numerator: 1, denominator: 3 }, remoteAllowed: false },
  remoteAttendance: { allowed: true },
  departmentSeat: "votes",
  writtenConsultation: { allowed: true, minimumDays: 3 },
  rhythm: { meetingsPerYear: 4, onePerQuarter: true, inquorateMeetingsCount: false },
  minutes: { publicationDays: 7 },
};

/** Where each part of the preset comes from. A part without a source is a choice that the committee makes freely. */
export const PRESET_SOURCES: Record<keyof RulesContent, LegalSource | null> = {
  quorum: { reference: "CASF, art. R.123-17", standing: "model" },
  secondConvening: { reference: "CASF, art. R.123-17", standing: "model" },
  majority: { reference: "CASF, art. R.123-18", standing: "model" },
  castingVote: { reference: "CASF, art. R.123-18", standing: "model" },
  proxies: { reference: "CASF, art. R.123-16", standing: "model" },
  notice: { reference: "CASF, art. R.123-16", standing: "model" },
  secretBallot: { reference: "CASF, art. R.123-18", standing: "model" },
  remoteAttendance: null,
  departmentSeat: null,
  writtenConsultation: null,
  rhythm: { reference: "Convention du réseau de Blain, art. 7", standing: "binding" },
  minutes: { reference: "CGCT, art. L.2121-15", standing: "model" },
};
