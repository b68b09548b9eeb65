import type { Action, ResourceState } from "~/domain/access/permissions";
import type { RulesContent } from "~/domain/committee/rules";
import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import { addDays, type PlainDate } from "~/domain/kernel/plain-date";
import type { MeetingState } from "~/domain/meeting/lifecycle";
import { latestSendingDate } from "~/domain/meeting/notice";
import { readPublicationClock, type MinutesState } from "~/domain/minutes/lifecycle";
import type { QuarterTrack } from "~/domain/quorum/quarters";

/** What the records say, before anybody asks whom it waits for. */
export type WaitingFacts = {
  readonly today: PlainDate;
  readonly rules: { readonly content: RulesContent; readonly isAdopted: boolean };
  /** Meetings that are not over, soonest first. */
  readonly meetings: readonly {
    readonly id: string;
    readonly title: string;
    readonly startsAt: LocalDateTime;
    readonly status: MeetingState;
    /** Items that members proposed and nobody decided. */
    readonly proposals: number;
    /** My seats, in office that day, that have not answered. */
    readonly mySilentSeats: readonly string[];
  }[];
  /** Meetings that are over, closed or cancelled, and left items that members proposed without an answer. */
  readonly proposalsLeft: readonly {
    readonly meetingId: string;
    readonly startsAt: LocalDateTime;
    readonly status: MeetingState;
    readonly count: number;
  }[];
  /** Open votes that one of my seats may take part in and has not yet. */
  readonly polls: readonly {
    readonly id: string;
    readonly meetingId: string | null;
    readonly title: string;
    readonly closesOn: PlainDate | null;
  }[];
  /** Minutes that are not published, and closed meetings without any yet (« draft »). */
  readonly minutes: readonly {
    readonly number: string;
    readonly heldOn: PlainDate;
    readonly state: MinutesState;
    readonly adoptedOn: PlainDate | null;
    readonly pendingCorrections: number;
    readonly iAttended: boolean;
    readonly mySignatureIsMissing: boolean;
  }[];
  /** Meetings closed without quorum that were neither convened again nor followed by a meeting held. */
  readonly toReconvene: readonly { readonly id: string; readonly heldOn: PlainDate }[];
  readonly quarter: QuarterTrack | null;
  /** A draft of the rules that a vote adopted and whose entry into force nobody recorded. */
  readonly rulesToEnact: string | null;
  readonly expensesOffAgenda: number;
  /** Written consultations that adopted something, and that no agenda to come has nor will have once it is sent. */
  readonly consultationsToRatify: number;
  readonly vacantSeats: readonly string[];
  /** Submissions of open campaigns: those that I may write and that are not sent, and how many of all are sent and not validated. */
  readonly collections: readonly {
    readonly year: number;
    readonly deadline: PlainDate;
    readonly mine: readonly { readonly organizationId: string; readonly name: string }[];
    readonly toValidate: number;
  }[];
  readonly failedMails: number;
  /** Rounds of review of an action plan that still take the department's answer. */
  readonly reviews: readonly {
    readonly roundId: string;
    readonly year: number;
    readonly deadline: PlainDate;
    readonly remaining: number;
  }[];
};

export type Waiting =
  | { readonly kind: "vote"; readonly pollId: string; readonly meetingId: string | null; readonly title: string }
  | { readonly kind: "meeting-open"; readonly meetingId: string; readonly title: string }
  | { readonly kind: "reply"; readonly meetingId: string; readonly startsAt: LocalDateTime }
  | { readonly kind: "minutes-to-sign"; readonly number: string; readonly heldOn: PlainDate }
  | {
      readonly kind: "minutes-to-publish";
      readonly number: string;
      readonly heldOn: PlainDate;
      readonly isLate: boolean;
    }
  | { readonly kind: "minutes-to-reread"; readonly number: string; readonly heldOn: PlainDate }
  | { readonly kind: "minutes-to-write"; readonly number: string; readonly heldOn: PlainDate }
  | { readonly kind: "corrections"; readonly number: string; readonly heldOn: PlainDate; readonly count: number }
  | {
      readonly kind: "meeting-to-convene";
      readonly meetingId: string;
      readonly startsAt: LocalDateTime;
      readonly isLate: boolean;
    }
  | { readonly kind: "meeting-to-reconvene"; readonly meetingId: string; readonly heldOn: PlainDate }
  | { readonly kind: "meeting-to-plan"; readonly sentence: string }
  | {
      readonly kind: "proposals";
      readonly meetingId: string;
      readonly startsAt: LocalDateTime;
      readonly count: number;
      readonly isLate: boolean;
    }
  | { readonly kind: "expenses"; readonly count: number }
  | { readonly kind: "ratifications"; readonly count: number }
  | { readonly kind: "plan-to-review"; readonly roundId: string; readonly year: number; readonly remaining: number }
  | { readonly kind: "mails"; readonly count: number }
  | {
      readonly kind: "submission-to-fill";
      readonly year: number;
      readonly organizationId: string;
      readonly name: string;
    }
  | { readonly kind: "submissions-to-validate"; readonly year: number; readonly count: number }
  | { readonly kind: "seats"; readonly labels: readonly string[] }
  | { readonly kind: "rules-to-enact"; readonly rulesId: string }
  | { readonly kind: "rules" };

/** `due`: the last day on which it can be done in time, when there is one. */
export type WaitingThing = Waiting & {
  readonly urgency: "now" | "late" | "soon" | "later";
  readonly due: PlainDate | null;
};

/** A deadline this near is worth doing today. */
const SOON_DAYS = 7;

const RANK = { now: 0, late: 1, soon: 2, later: 3 } as const;

/**
 * Everything that waits for one person, the most urgent first: what happens now, what is late, what is due within a week, then the rest in the order
 * of the list below. A thing is listed only for whoever may do it.
 * @param may whether that person may do an action, in the state of what it is about
 */
export function listWaiting(
  facts: WaitingFacts,
  may: (action: Action, state?: ResourceState) => boolean,
): readonly WaitingThing[] {
  const things = [
    ...listVotes(facts, may),
    ...listMeetingThings(facts, may),
    ...listMinutesThings(facts, may),
    ...listNetworkThings(facts, may),
  ];
  return things.sort((one, other) => RANK[one.urgency] - RANK[other.urgency] || compareDue(one.due, other.due));
}

function compareDue(one: PlainDate | null, other: PlainDate | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  return other === null || one < other ? -1 : 1;
}

type May = (action: Action, state?: ResourceState) => boolean;

function urgencyOf(due: PlainDate | null, today: PlainDate): WaitingThing["urgency"] {
  if (due === null) return "later";
  if (due < today) return "late";
  return due <= addDays(today, SOON_DAYS) ? "soon" : "later";
}

function withDue(thing: Waiting, due: PlainDate | null, today: PlainDate): WaitingThing {
  return { ...thing, due, urgency: urgencyOf(due, today) };
}

function listVotes({ polls, today }: WaitingFacts, may: May): readonly WaitingThing[] {
  return polls
    .filter(({ meetingId }) => may(meetingId === null ? "consultation.vote" : "poll.vote", "open"))
    .map(({ id, meetingId, title, closesOn }) => {
      const thing = { kind: "vote", pollId: id, meetingId, title } as const;
      return meetingId === null ? withDue(thing, closesOn, today) : { ...thing, urgency: "now", due: null };
    });
}

function listMeetingThings(
  { meetings, proposalsLeft, rules, toReconvene, today }: WaitingFacts,
  may: May,
): readonly WaitingThing[] {
  return [
    ...meetings.flatMap(({ id, title, startsAt, status, proposals, mySilentSeats }): readonly WaitingThing[] => {
      const heldOn = dateOf(startsAt);
      const things: WaitingThing[] = [];
      if ((status === "open" || status === "suspended") && may("meeting.read"))
        things.push({ kind: "meeting-open", meetingId: id, title, urgency: "now", due: null });
      if (may("reply.give", status) && mySilentSeats.length > 0 && heldOn >= today)
        things.push({ kind: "reply", meetingId: id, startsAt, urgency: "soon", due: heldOn });
      if (may("meeting.convene", status)) {
        const due = latestSendingDate(heldOn, rules.content.notice);
        things.push(withDue({ kind: "meeting-to-convene", meetingId: id, startsAt, isLate: due < today }, due, today));
      }
      if (proposals > 0 && may("agenda.decide-proposal", status))
        things.push(
          withDue(
            { kind: "proposals", meetingId: id, startsAt, count: proposals, isLate: status !== "planned" },
            heldOn,
            today,
          ),
        );
      return things;
    }),
    ...proposalsLeft
      .filter(({ status }) => may("agenda.decide-proposal", status))
      .map(({ meetingId, startsAt, count }): WaitingThing =>
        withDue({ kind: "proposals", meetingId, startsAt, count, isLate: true }, dateOf(startsAt), today),
      ),
    ...toReconvene
      .filter(() => may("meeting.reconvene", "closed"))
      .map(({ id, heldOn }): WaitingThing => ({
        kind: "meeting-to-reconvene",
        meetingId: id,
        heldOn,
        urgency: "soon",
        due: null,
      })),
  ];
}

function listMinutesThings({ minutes, rules, today }: WaitingFacts, may: May): readonly WaitingThing[] {
  return minutes.flatMap((each): readonly WaitingThing[] => {
    const { number, heldOn, state } = each;
    const about = { number, heldOn };
    const things: WaitingThing[] = [];
    if (may("minutes.edit", state)) things.push(withDue({ kind: "minutes-to-write", ...about }, null, today));
    if (may("minutes.decide-correction", state) && each.pendingCorrections > 0)
      things.push({ kind: "corrections", ...about, count: each.pendingCorrections, urgency: "soon", due: null });
    if (may("minutes.request-correction", state) && each.iAttended)
      things.push(withDue({ kind: "minutes-to-reread", ...about }, null, today));
    if (may("minutes.sign", state) && each.mySignatureIsMissing)
      things.push({ kind: "minutes-to-sign", ...about, urgency: "soon", due: null });
    if (may("minutes.publish", state)) {
      const clock =
        each.adoptedOn &&
        readPublicationClock({ adoptedOn: each.adoptedOn, publishedOn: null, today }, rules.content.minutes);
      const isLate = clock?.status === "overdue";
      const urgency = isLate ? "late" : "soon";
      things.push({ kind: "minutes-to-publish", ...about, isLate, urgency, due: clock?.deadline ?? null });
    }
    return things;
  });
}

function listNetworkThings(facts: WaitingFacts, may: May): readonly WaitingThing[] {
  const { today, quarter, failedMails, expensesOffAgenda, consultationsToRatify } = facts;
  const { vacantSeats, rules, rulesToEnact } = facts;
  const things: WaitingThing[] = [];
  if (quarter && may("meeting.plan") && (quarter.state === "possible" || quarter.state === "urgent-only"))
    things.push(
      withDue({ kind: "meeting-to-plan", sentence: quarter.sentence }, quarter.lastChance?.conveneBy ?? today, today),
    );
  for (const { roundId, year, deadline, remaining } of facts.reviews)
    if (may("action-plan.review"))
      things.push(withDue({ kind: "plan-to-review", roundId, year, remaining }, deadline, today));
  if (failedMails > 0 && may("outbox.read"))
    things.push({ kind: "mails", count: failedMails, urgency: "soon", due: null });
  if (expensesOffAgenda > 0 && may("agenda.edit", "planned"))
    things.push(withDue({ kind: "expenses", count: expensesOffAgenda }, null, today));
  if (consultationsToRatify > 0 && may("agenda.edit", "planned"))
    things.push(withDue({ kind: "ratifications", count: consultationsToRatify }, null, today));
  for (const { year, deadline, mine, toValidate } of facts.collections) {
    if (may("submission.fill"))
      for (const { organizationId, name } of mine)
        things.push(withDue({ kind: "submission-to-fill", year, organizationId, name }, deadline, today));
    if (toValidate > 0 && may("campaign.manage"))
      things.push({ kind: "submissions-to-validate", year, count: toValidate, urgency: "soon", due: null });
  }
  if (vacantSeats.length > 0 && may("mandate.record"))
    things.push(withDue({ kind: "seats", labels: vacantSeats }, null, today));
  if (rulesToEnact !== null && may("rules.adopt", "draft"))
    things.push({ kind: "rules-to-enact", rulesId: rulesToEnact, urgency: "soon", due: null });
  else if (!rules.isAdopted && may("rules.draft", "draft")) things.push(withDue({ kind: "rules" }, null, today));
  return things;
}
