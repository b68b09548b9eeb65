import type { RulesContent } from "../committee/rules";
import { grant, refuse, type Decision } from "../kernel/decision";
import { addDays, clearDaysBetween, daysBetween, yearOf, type PlainDate } from "../kernel/plain-date";

export type NoticeRules = RulesContent["notice"];

/** The notice between the sending and the meeting, counted both ways; `counting` says which one binds. */
export type NoticeCount = {
  readonly sentOn: PlainDate;
  readonly heldOn: PlainDate;
  /** Days from the sending to the meeting: the day of the meeting counts, the day of the sending does not. */
  readonly days: number;
  /** Whole days strictly between the two. */
  readonly clearDays: number;
  readonly requiredDays: number;
  readonly counting: NoticeRules["counting"];
  readonly isMet: boolean;
};

/** Counts the notice. Source: CASF, art. R.123-16 (« trois jours au moins avant »), model. */
export function countNotice(sentOn: PlainDate, heldOn: PlainDate, rules: NoticeRules): NoticeCount {
  const days = daysBetween(sentOn, heldOn);
  const clearDays = clearDaysBetween(sentOn, heldOn);
  return {
    sentOn,
    heldOn,
    days,
    clearDays,
    requiredDays: rules.days,
    counting: rules.counting,
    isMet: days >= 0 && (rules.counting === "days" ? days : clearDays) >= rules.days,
  };
}

export const SHORTEST_URGENCY_REASON = 20;

export type NoticeRequest = {
  readonly sentOn: PlainDate;
  readonly heldOn: PlainDate;
  readonly rules: NoticeRules;
  readonly urgencyReason: string | null;
};

/** `urgencyReason` is null when the notice is met: a reason that nothing asks for is not kept. */
export type NoticeAnswer = { readonly count: NoticeCount; readonly urgencyReason: string | null };

export type NoticeRefusal =
  "meeting-date-passed" | "notice-too-short" | "urgency-not-allowed" | "urgency-reason-too-short";

/**
 * Is the notice respected, or shortened for a written reason of at least 20 characters where the rules allow it?
 * Nothing shortens it beyond the day of the meeting itself.
 * Source: CASF, art. R.123-16 (model); the urgency is a choice of the committee's rules.
 */
export function checkNotice(request: NoticeRequest): Decision<NoticeAnswer, NoticeRefusal> {
  const count = countNotice(request.sentOn, request.heldOn, request.rules);
  if (count.days < 0) return refuse("meeting-date-passed");
  if (count.isMet) return grant({ count, urgencyReason: null });
  const reason = request.urgencyReason?.trim() ?? "";
  if (!request.rules.urgencyAllowed) return refuse(reason === "" ? "notice-too-short" : "urgency-not-allowed");
  if (reason === "") return refuse("notice-too-short");
  if (reason.length < SHORTEST_URGENCY_REASON) return refuse("urgency-reason-too-short");
  return grant({ count, urgencyReason: reason });
}

/** The last day on which a convocation for this date respects the notice. */
export function latestSendingDate(heldOn: PlainDate, rules: NoticeRules): PlainDate {
  return addDays(heldOn, -requiredGap(rules));
}

/** The first date for which a convocation sent that day respects the notice. */
export function earliestMeetingDate(sentOn: PlainDate, rules: NoticeRules): PlainDate {
  return addDays(sentOn, requiredGap(rules));
}

/** No clear day asked for still allows the very day, as no day asked for does. */
function requiredGap(rules: NoticeRules): number {
  return rules.counting === "days" || rules.days === 0 ? rules.days : rules.days + 1;
}

const NBSP = "\u00a0";

/** « Convocation envoyée le 10/12 pour le 14/12 : 4 jours, 3 jours francs ; 3 jours demandés : délai respecté ». */
export function noticeSentence({ count, urgencyReason }: NoticeAnswer): string {
  const withYear = yearOf(count.sentOn) !== yearOf(count.heldOn);
  const required = `${daysInFrench(count.requiredDays, count.counting === "clear-days")} demandé${plural(count.requiredDays)}`;
  return (
    `Convocation envoyée le ${shortDate(count.sentOn, withYear)} pour le ${shortDate(count.heldOn, withYear)}${NBSP}: ` +
    `${daysInFrench(count.days, false)}, ${daysInFrench(count.clearDays, true)}${NBSP}; ${required}${NBSP}: ${verdict(count.isMet, urgencyReason)}`
  );
}

function verdict(isMet: boolean, urgencyReason: string | null): string {
  if (isMet) return "délai respecté";
  return urgencyReason === null ? "délai non respecté" : "délai abrégé pour urgence motivée";
}

function daysInFrench(count: number, clear: boolean): string {
  return `${count} jour${plural(count)}${clear ? ` franc${plural(count)}` : ""}`;
}

function plural(count: number): string {
  return count >= 2 ? "s" : "";
}

function shortDate(date: PlainDate, withYear: boolean): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}${withYear ? `/${date.slice(0, 4)}` : ""}`;
}
