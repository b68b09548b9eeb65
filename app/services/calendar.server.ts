import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus } from "ical-generator";
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

/** The content type of a calendar file, whose method mail programs read there. */
export function calendarContentType(event: Pick<CalendarEvent, "isCancelled">): string {
  return `text/calendar; charset=utf-8; method=${event.isCancelled ? "CANCEL" : "PUBLISH"}`;
}

/** The address that invitations come from: the bare one of MAIL_FROM. */
export function organizerEmail(): string {
  const { mailFrom } = getEnv();
  return /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
}
