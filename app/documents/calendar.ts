import { readParisClock, type LocalDateTime } from "~/domain/kernel/paris-time";
import { listAgendaLines, type AgendaLine } from "./convocation";

/** One entry of a calendar, as `text/calendar` will carry it. */
export type CalendarEvent = {
  /** Never changes: a calendar recognises by it the event that it already holds. */
  readonly uid: string;
  /** 0 when convened; counts up with each change that is sent. */
  readonly sequence: number;
  readonly stamp: Date;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly url: string;
  readonly organizer: { readonly name: string; readonly email: string };
  readonly isCancelled: boolean;
};

export type CalendarFacts = {
  readonly meetingId: string;
  readonly networkName: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly plannedEndAt: LocalDateTime | null;
  readonly place: string;
  readonly remoteLink: string;
  readonly agenda: readonly AgendaLine[];
  readonly address: string;
  readonly organizerEmail: string;
  readonly isCancelled: boolean;
  readonly at: Date;
};

const MINUTE_MS = 60_000;
const USUAL_MINUTES = 120;

/** The meeting as an event: it ends when planned, else after the durations when every item announces one, else two hours later. */
export function composeCalendarEvent(facts: CalendarFacts): CalendarEvent {
  const start = readParisClock(facts.startsAt).instant;
  const announced = facts.agenda.map((item) => item.durationMinutes ?? Number.NaN).reduce((sum, each) => sum + each, 0);
  const minutes = announced > 0 ? announced : USUAL_MINUTES;
  const end = facts.plannedEndAt
    ? readParisClock(facts.plannedEndAt).instant
    : new Date(start.getTime() + minutes * MINUTE_MS);
  return {
    uid: `seance-${facts.meetingId}@${hostOf(facts.address)}`,
    sequence: facts.isCancelled ? 1 : 0,
    stamp: facts.at,
    start,
    end,
    summary: `${facts.isCancelled ? "ANNULÉ : " : ""}${facts.title}, ${facts.networkName}`,
    location: facts.place,
    description: [
      ...(facts.remoteLink === "" ? [] : [`Visioconférence : ${facts.remoteLink}`, ""]),
      "Ordre du jour :",
      ...listAgendaLines(facts.agenda),
      "",
      `La séance dans le portail : ${facts.address}`,
    ].join("\n"),
    url: facts.address,
    organizer: { name: facts.networkName, email: facts.organizerEmail },
    isCancelled: facts.isCancelled,
  };
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/:]+)/.exec(address)?.[1] ?? "portail";
}
