import { grant, refuse, type Decision } from "../kernel/decision";
import { addDays, addMonths, plainDateOf, daysInMonth, weekdayOf, yearOf, type PlainDate } from "../kernel/plain-date";

export type Length = { readonly count: number; readonly unit: "months" | "days" };

export type NoticeStart = "sending" | "receipt" | "end-of-month" | "unspecified";

/** « reasonable »: whoever gives notice says how long, and why. « none »: the text asks for no delay. */
export type NoticeRule = { readonly length: Length | "reasonable" | "none"; readonly from: NoticeStart };

export type NoticeFacts = {
  readonly sentOn: PlainDate;
  /** Null as long as the receipt has not come back. */
  readonly receivedOn: PlainDate | null;
  /** The notice deemed reasonable, for a text that gives none. */
  readonly deemed: Length | null;
};

/** « date-to-date »: the delay alone, without waiting for the end of a month. */
export type NoticeBasis = "sending" | "receipt" | "month-end" | "date-to-date";

export type NoticeReading = {
  readonly basis: NoticeBasis;
  /** The day from which the delay is counted. */
  readonly countedFrom: PlainDate;
  /** The last day of the agreement. */
  readonly endsOn: PlainDate;
};

export type NoticeAnswer = {
  readonly length: Length;
  /** Null: the text counts from the receipt, which is not known yet. */
  readonly retained: NoticeReading | null;
  readonly others: readonly NoticeReading[];
  /** The text does not say from when: the later reading is kept, the other one is shown. */
  readonly isAmbiguous: boolean;
};

export type NoticeRefusal = "received-before-sent" | "deemed-length-missing" | "deemed-length-not-positive";

/** From date to date: the same day of the month, or the last day of a month that has no such day. */
export function addLength(date: PlainDate, { count, unit }: Length): PlainDate {
  return unit === "months" ? addMonths(date, count) : addDays(date, count);
}

export function lastDayOfMonth(date: PlainDate): PlainDate {
  const [year, month] = [yearOf(date), Number(date.slice(5, 7))];
  return plainDateOf(year, month, daysInMonth(year, month));
}

/**
 * When a notice ends, with the other ways to read the clause. The day of the sending (or receipt) is not counted; the last day is.
 * « End of month »: the first end of a month that comes at least the delay after the sending.
 * Unspecified: the latest reading is kept, so that nobody believes the agreement over too early.
 * Source: the clause of the agreement; from date to date as in Code civil, art. 1210-1211 for the principle of a notice.
 */
export function computeNotice(rule: NoticeRule, facts: NoticeFacts): Decision<NoticeAnswer, NoticeRefusal> {
  const { sentOn, receivedOn, deemed } = facts;
  if (receivedOn !== null && receivedOn < sentOn) return refuse("received-before-sent");
  const length = lengthOf(rule, deemed);
  if (length === null) return refuse("deemed-length-missing");
  if (rule.length === "reasonable" && !(Number.isInteger(length.count) && length.count >= 1))
    return refuse("deemed-length-not-positive");
  const fromSending: NoticeReading = { basis: "sending", countedFrom: sentOn, endsOn: addLength(sentOn, length) };
  const fromReceipt: NoticeReading | null = receivedOn && {
    basis: "receipt",
    countedFrom: receivedOn,
    endsOn: addLength(receivedOn, length),
  };
  const answer = (retained: NoticeReading | null, others: readonly (NoticeReading | null)[], isAmbiguous = false) =>
    grant({ length, retained, others: others.filter((reading) => reading !== null), isAmbiguous });
  switch (rule.from) {
    case "sending":
      return answer(fromSending, []);
    case "receipt":
      return answer(fromReceipt, []);
    case "unspecified":
      return fromReceipt === null
        ? answer(fromSending, [], true)
        : answer(fromReceipt, fromReceipt.endsOn === fromSending.endsOn ? [] : [fromSending], true);
    case "end-of-month": {
      const after = addLength(sentOn, length);
      const monthEnd: NoticeReading = { basis: "month-end", countedFrom: sentOn, endsOn: lastDayOfMonth(after) };
      const dateToDate: NoticeReading = { basis: "date-to-date", countedFrom: sentOn, endsOn: after };
      return answer(monthEnd, monthEnd.endsOn === after ? [] : [dateToDate]);
    }
  }
}

function lengthOf({ length }: NoticeRule, deemed: Length | null): Length | null {
  if (length === "reasonable") return deemed;
  return length === "none" ? { count: 0, unit: "days" } : length;
}

export type NoticeState = "awaiting-receipt" | "running" | "ended" | "cured" | "withdrawn";

export type RecordedNotice = {
  readonly endsOn: PlainDate | null;
  readonly curedOn: PlainDate | null;
  readonly withdrawnOn: PlainDate | null;
};

/** Where a notice stands. A cure recorded up to the last day, included, stops a formal notice. */
export function standingOfNotice(notice: RecordedNotice, today: PlainDate): NoticeState {
  if (notice.withdrawnOn !== null) return "withdrawn";
  if (notice.curedOn !== null) return "cured";
  if (notice.endsOn === null) return "awaiting-receipt";
  return today > notice.endsOn ? "ended" : "running";
}

export type StopRefusal = "already-stopped" | "already-ended" | "stop-in-the-future" | "stop-before-sending";

/** May this notice be stopped, by a cure or a withdrawal? Until its last day, included, and never after. */
export function checkStop(
  notice: RecordedNotice & { readonly sentOn: PlainDate },
  on: PlainDate,
  today: PlainDate,
): Decision<PlainDate, StopRefusal> {
  if (notice.curedOn !== null || notice.withdrawnOn !== null) return refuse("already-stopped");
  if (on > today) return refuse("stop-in-the-future");
  if (on < notice.sentOn) return refuse("stop-before-sending");
  if (notice.endsOn !== null && on > notice.endsOn) return refuse("already-ended");
  return grant(on);
}

export type Consent = { readonly party: string; readonly on: PlainDate | null };

export type CommonAgreement = {
  readonly missing: readonly string[];
  /** The day on which the last of the parties consented, or the later day that they chose; null while one is missing. */
  readonly endsOn: PlainDate | null;
};

/** An agreement is undone as it was made: by all of its parties. */
export function assessCommonAgreement(consents: readonly Consent[], chosenOn: PlainDate | null): CommonAgreement {
  const missing = consents.filter(({ on }) => on === null).map(({ party }) => party);
  if (missing.length > 0 || consents.length === 0) return { missing, endsOn: null };
  const last = consents.reduce<PlainDate | null>(
    (latest, { on }) => (latest === null || (on ?? "") > latest ? on : latest),
    null,
  );
  return { missing, endsOn: chosenOn !== null && last !== null && chosenOn > last ? chosenOn : last };
}

export type AppealDeadline = {
  /** From date to date. */
  readonly plain: PlainDate;
  /** « Franc »: neither the day of the publication nor the last day counts. */
  readonly clear: PlainDate;
  readonly plainIsWeekend: boolean;
  readonly clearIsWeekend: boolean;
};

/** Both ways to count a delay of appeal from a publication; which one binds is for a lawyer to say. */
export function computeAppealDeadline(publishedOn: PlainDate, months: number): AppealDeadline {
  const plain = addMonths(publishedOn, months);
  const clear = addDays(plain, 1);
  return { plain, clear, plainIsWeekend: weekdayOf(plain) >= 6, clearIsWeekend: weekdayOf(clear) >= 6 };
}
