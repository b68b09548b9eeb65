import type { Duration } from "./terms";
import type { Length, NoticeRule } from "./notice";

/** What a clause may ask for that the portal knows about. « note »: only what somebody noted with its proof. */
export const FACT_SOURCES = [
  "committee-meeting",
  "governance-meeting",
  "annual-day",
  "funding-call",
  "budget",
  "staff-time",
  "minutes",
  "subsidy",
  "bilan",
  "new-agreement",
  "note",
] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/** Acts that a text may forbid, or allow under a condition. */
export const GUARDED_ACTS = [
  "engage-expense",
  "decide",
  "issue-call",
  "renew",
  "change-article",
  "change-dates",
  "pay-between-parties",
  "book-resource",
  "hold-session",
  "name-people",
  "sign",
] as const;
export type GuardedAct = (typeof GUARDED_ACTS)[number];

export type Group = { readonly key: string; readonly label: string };

/** What a clause does. */
export type ClauseRule =
  | { readonly kind: "duration"; readonly duration: Duration }
  /** To be done so long before the last day of the agreement; `alarms` in days before that last day. */
  | {
      readonly kind: "deadline";
      readonly before: Length;
      readonly fact: FactSource;
      readonly alarms: readonly number[];
    }
  /** To be said so long before something that has its own date. */
  | { readonly kind: "lead-time"; readonly length: Length | "sufficient"; readonly event: string }
  | {
      readonly kind: "notice";
      readonly purpose: "denunciation" | "breach" | "force-majeure" | "common-agreement" | "dissolution";
      readonly notice: NoticeRule;
      /** Can the fault be mended before the end of the notice? */
      readonly curable: boolean;
      readonly form: "registered-letter" | "letter-with-receipt" | "free";
    }
  | {
      readonly kind: "frequency";
      /** 0: the text leaves the rhythm to be defined. Source: Sceaux, art. 5. */
      readonly count: number;
      readonly per: "civil-year" | "agreement-year";
      readonly fact: FactSource;
    }
  | { readonly kind: "every"; readonly months: number; readonly fact: FactSource }
  /** So many each month (or each quarter: 3), but for the months left out. */
  | {
      readonly kind: "monthly";
      readonly count: number;
      readonly everyMonths: 1 | 3;
      readonly without: readonly number[];
      readonly fact: FactSource;
    }
  /** Due once each time that something else has happened. */
  | { readonly kind: "after"; readonly trigger: FactSource; readonly fact: FactSource }
  | { readonly kind: "gate"; readonly act: GuardedAct; readonly requires: FactSource }
  | {
      readonly kind: "prohibition";
      readonly act: GuardedAct;
      readonly article: string | null;
      readonly months: readonly number[];
    }
  /** Who must be there: at each meeting of the clause `of`, or at one of them at least. */
  | {
      readonly kind: "composition";
      readonly of: string | null;
      readonly at: "each" | "one";
      readonly groups: readonly Group[];
    }
  | { readonly kind: "unanimity"; readonly of: "boards" | "parties"; readonly act: "amendment" | "termination" }
  | { readonly kind: "fallback"; readonly first: string; readonly then: string }
  /** Holds at all times, without a date. */
  | { readonly kind: "standing" };

export type ClauseKind = ClauseRule["kind"];

export type Clause = {
  /** Unique within the agreement; stays when the text is renewed. */
  readonly key: string;
  readonly article: string;
  readonly title: string;
  /** What the article says, in the words of whoever entered it. */
  readonly sentence: string;
  readonly rule: ClauseRule;
};

export type Article = {
  readonly number: string;
  readonly title: string;
  readonly text: string;
};

/** The act by which a body decided to sign, when the text has one. Source: Dreux, DEC04/2025. */
export type AgreementAct = {
  readonly label: string;
  readonly number: string;
  readonly signedOn: string | null;
  readonly transmittedOn: string | null;
  readonly publishedOn: string | null;
  readonly grounds: readonly string[];
  readonly articles: readonly string[];
  /** Months to appeal, and before whom; null when the act says nothing. */
  readonly appeal: { readonly months: number; readonly court: string } | null;
};

/** The whole text as the network entered it. */
export type AgreementContent = {
  readonly articles: readonly Article[];
  readonly clauses: readonly Clause[];
  readonly acts: readonly AgreementAct[];
};

export type BareRefusal =
  "clause-key-twice" | "clause-without-article" | "clause-article-unknown" | "two-durations" | "article-twice";

/** Faults of a text as entered: each clause stands under an article that is there, and only one of them says how long the text runs. */
export function checkContent({ articles, clauses }: AgreementContent): readonly BareRefusal[] {
  const numbers = articles.map(({ number }) => number);
  const refusals: BareRefusal[] = [];
  if (new Set(numbers).size < numbers.length) refusals.push("article-twice");
  if (new Set(clauses.map(({ key }) => key)).size < clauses.length) refusals.push("clause-key-twice");
  if (clauses.some(({ article }) => article.trim() === "")) refusals.push("clause-without-article");
  if (clauses.some(({ article }) => article !== "" && !numbers.includes(article)))
    refusals.push("clause-article-unknown");
  if (clauses.filter(({ rule }) => rule.kind === "duration").length > 1) refusals.push("two-durations");
  return refusals;
}

export type ClauseOf<Kind extends ClauseKind> = Clause & { readonly rule: Extract<ClauseRule, { kind: Kind }> };

/** The clauses of one kind, in the order of the text. */
export function clausesOf<Kind extends ClauseKind>(clauses: readonly Clause[], kind: Kind): readonly ClauseOf<Kind>[] {
  return clauses.filter((clause): clause is ClauseOf<Kind> => clause.rule.kind === kind);
}

export function durationOf(clauses: readonly Clause[]): Duration | null {
  return clausesOf(clauses, "duration")[0]?.rule.duration ?? null;
}

/** An executory act was sent to the State's representative and published. */
export function isExecutory(act: Pick<AgreementAct, "transmittedOn" | "publishedOn">): boolean {
  return act.transmittedOn !== null && act.publishedOn !== null;
}
