import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus } from "ical-generator";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { CalendarEvent } from "~/documents/calendar";
import { getEnv } from "./env.server";

/**
 * A calendar file that Outlook, Thunderbird, Apple's and Google's calendars import: times in UTC, so that no time zone table is
 * needed and nobody's device shifts the hour; PUBLISH, because the answer is given in the portal and not to a mailbox.
 * Source: RFC 5545; RFC 5546, 3.2.1 and 3.2.5.
 */
export function renderCalendar(event: CalendarEvent): string {
  const calendar = ical({
    prodId: { company: "Portail des réseaux de CCAS", product: "seances", language: "FR" },
    method: event.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: event.stamp,
    start: event.start,
    end: event.end,
    summary: event.summary,
    location: event.location,
    description: event.description,
    organizer: event.organizer,
    url: event.url,
    status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: event.isCancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
  });
  return calendar.toString();
}

export type Deadline = {
  readonly uid: string;
  readonly on: PlainDate;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** Days before on which the calendar rings. */
  readonly alarmDays: readonly number[];
};

/** Deadlines as days without an hour, so that no zone moves them: midnight as the machine writes it down, never converted. Source: RFC 5545, 3.3.4. */
export function renderDeadlines(name: string, stamp: Date, deadlines: readonly Deadline[]): string {
  const calendar = ical({
    name,
    prodId: { company: "Portail des réseaux de CCAS", product: "obligations", language: "FR" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 86_400,
  });
  for (const { uid, on, summary, description, url, alarmDays } of deadlines) {
    const event = calendar.createEvent({
      id: `${uid}@${hostOf(url)}`,
      ...{ start: `${on}T00:00:00`, allDay: true, stamp, summary, description, url },
      busystatus: ICalEventBusyStatus.FREE,
    });
    for (const days of alarmDays)
      event.createAlarm({ type: ICalAlarmType.display, trigger: days * 86_400, description: summary });
  }
  return calendar.toString();
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/:]+)/.exec(address)?.[1] ?? "portail";
}

/** The content type of a calendar file, whose method mail programs read there. */
export function calendarContentType(event: Pick<CalendarEvent, "isCancelled">): string {
  return `text/calendar; charset=utf-8; method=${event.isCancelled ? "CANCEL" : "PUBLISH"}`;
}

/** The address that invitations come from: the bare one of MAIL_FROM. */
export function organizerEmail(): string {
  const { mailFrom } = getEnv();
  return /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
}
