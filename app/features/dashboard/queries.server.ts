import { can, capacitiesIn } from "~/domain/access/permissions";
import type { PlanContent } from "~/domain/action-plan/plan";
import { mayAnswer, type ReviewRule } from "~/domain/action-plan/review";
import { expenseStatus } from "~/domain/expense/expense";
import { lastReplies, type Reply, type ReplyEntry } from "~/domain/meeting/reply";
import type { MeetingState } from "~/domain/meeting/lifecycle";
import type { MinutesState } from "~/domain/minutes/lifecycle";
import type { MeetingId, NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { quarterOf, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { forecastQuorum } from "~/domain/quorum/forecast";
import { findQuarterTrack, type ComplianceState } from "~/domain/quorum/quarters";
import type { Convening } from "~/domain/quorum/quorum";
import { isConsultative } from "~/domain/voting/eligibility";
import {
  capitalize,
  describeMeeting,
  describeTracking,
  nameQuarter,
  orderMarks,
  type SeatMark,
} from "~/documents/quorum-tracking";
import type { Viewer } from "~/services/actor.server";
import { findRulesInForce, listMandates, listOwnOrganizations, seatsOnDay } from "~/services/committee-record.server";
import type { Db } from "~/services/db.server";
import { listLatestDecisions, type TakenDecision } from "~/services/decision-record.server";
import { loadDossiers } from "~/services/expense-record.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import { listPendingRatifications } from "~/services/meeting-preparation.server";
import { meetingNumber } from "~/services/meeting-record.server";
import { loadYearRecord, type YearRecord } from "~/services/quorum-record.server";
import { describeDue, describeWaiting, type Door } from "./messages.fr";
import { listWaiting, type WaitingFacts, type WaitingThing } from "./waiting";

export type WaitingDoor = Door & {
  readonly kind: WaitingThing["kind"];
  readonly urgency: WaitingThing["urgency"];
  readonly due: string | null;
};

export type NextMeeting = {
  readonly id: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly place: string;
  readonly status: MeetingState;
  /** Null until it is convened: nobody was asked yet. */
  readonly forecast: { readonly outcome: "expected" | "possible" | "out-of-reach"; readonly sentence: string } | null;
};

export type QuarterOfYear = {
  readonly name: string;
  readonly state: ComplianceState;
  readonly sentence: string;
  readonly meetings: readonly {
    readonly id: string;
    readonly date: PlainDate;
    readonly summary: string;
    readonly marks: readonly SeatMark[];
    readonly needed: number | null;
  }[];
};

export type Dashboard = {
  readonly waiting: readonly WaitingDoor[];
  /** Seats that the viewer holds today, as the committee names them. */
  readonly mySeats: readonly string[];
  readonly isSecretary: boolean;
  readonly next: NextMeeting | null;
  readonly year: number;
  readonly lead: string;
  readonly areRulesAdopted: boolean;
  readonly quarters: readonly QuarterOfYear[];
  readonly decisions: readonly TakenDecision[];
};

const LATEST_DECISIONS = 4;

/** The first screen of a person in a network: what waits for them, the next meeting, the year, the latest decisions. */
export function loadDashboard(db: Db, networkId: NetworkId, viewer: Viewer, today: PlainDate): Promise<Dashboard> {
  return onceUntilNextWrite(db, `dashboard ${networkId} ${viewer.personId} ${today}`, () =>
    readDashboard(db, networkId, viewer, today),
  );
}

async function readDashboard(db: Db, networkId: NetworkId, viewer: Viewer, today: PlainDate): Promise<Dashboard> {
  const mySeatIds = viewer.roles.filter((role) => role.networkId === networkId).flatMap(({ seatIds }) => seatIds);
  const [record, coming, polls, minutes, network, decisions, reviews, collections] = await Promise.all([
    loadYearRecord(db, networkId, yearOf(today), today),
    loadComing(db, networkId),
    listOpenPolls(db, networkId, mySeatIds),
    listUnpublishedMinutes(db, networkId, viewer.personId),
    loadNetworkFacts(db, networkId, today),
    listLatestDecisions(db, networkId, LATEST_DECISIONS),
    listReviewsToAnswer(db, networkId, today),
    listCollections(db, networkId, viewer, today),
  ]);
  const mySeats = new Set<string>(mySeatIds);
  const facts: WaitingFacts = {
    today,
    rules: { content: network.rules.content, isAdopted: network.rules.adopted !== null },
    meetings: coming.meetings.map((meeting) => ({
      ...meeting,
      proposals: coming.proposals.get(meeting.id) ?? 0,
      mySilentSeats: seatsOnDay(record.seats, network.mandates, dateOf(meeting.startsAt))
        .filter(({ id, inOffice }) => inOffice && mySeats.has(id) && !coming.replies.get(meeting.id)?.has(id))
        .map(({ id }) => id),
    })),
    proposalsLeft: coming.proposalsLeft,
    polls: polls.filter(({ meetingId, missingSeats }) =>
      meetingId === null ? missingSeats.length > 0 : missingSeats.some((id) => hasCome(record, meetingId, id)),
    ),
    minutes,
    toReconvene: network.toReconvene,
    quarter: findQuarterTrack(record.track, today),
    rulesToEnact: network.rulesToEnact,
    expensesOffAgenda: network.expensesOffAgenda,
    consultationsToRatify: countToRatify(network.toRatify, coming),
    vacantSeats: seatsOnDay(record.seats, network.mandates, today)
      .filter(({ inOffice }) => !inOffice)
      .map(({ label }) => label),
    failedMails: network.failedMails,
    reviews,
    collections,
  };
  const things = listWaiting(facts, (action, state) =>
    can(viewer, action, { networkId, ...(state === undefined ? {} : { state }) }),
  );
  return {
    waiting: things.map((thing) => ({
      ...describeWaiting(thing),
      kind: thing.kind,
      urgency: thing.urgency,
      due: describeDue(thing),
    })),
    mySeats: record.seats.filter(({ id }) => mySeats.has(id)).map(({ label }) => label),
    isSecretary: capacitiesIn(viewer, networkId).has("secretary"),
    next: findNext(record, coming, network, today),
    year: record.track.year,
    lead: describeTracking(record.track, record.meetings, today),
    areRulesAdopted: facts.rules.isAdopted,
    quarters: viewQuarters(record),
    decisions,
  };
}

/** Rounds that a department officer may still answer: neither settled, nor followed by another, nor lapsed. */
async function listReviewsToAnswer(db: Db, networkId: NetworkId, today: PlainDate): Promise<WaitingFacts["reviews"]> {
  const rounds = await db
    .selectFrom("reviewRound")
    .leftJoin("reviewVisa", "reviewVisa.roundId", "reviewRound.id")
    .select(["reviewRound.id", "reviewRound.year", "reviewRound.rank", "reviewRound.openedOn"])
    .select((eb) =>
      eb.fn
        .coalesce(
          eb
            .selectFrom("reviewExtension")
            .select(({ fn }) => fn.max("reviewExtension.deadline").as("deadline"))
            .whereRef("reviewExtension.roundId", "=", "reviewRound.id"),
          "reviewRound.deadline",
        )
        .as("deadline"),
    )
    .select(["reviewRound.rule", "reviewRound.snapshot", "reviewVisa.roundId as visaOf"])
    .where("reviewRound.networkId", "=", networkId)
    .orderBy("deadline")
    .execute();
  const open = rounds.filter(({ year, rank, visaOf, openedOn, deadline, rule }) => {
    const isFollowed = rounds.some((other) => other.year === year && other.rank > rank);
    const round = {
      openedOn: openedOn as PlainDate,
      deadline: deadline as PlainDate,
      rule: JSON.parse(rule) as ReviewRule,
    };
    return mayAnswer(round, { hasVisa: visaOf !== null, isFollowed }, today).ok;
  });
  if (open.length === 0) return [];
  const given = await db
    .selectFrom("reviewOpinion")
    .select(["roundId", "actionKey"])
    .distinct()
    .where("networkId", "=", networkId)
    .where(
      "roundId",
      "in",
      open.map(({ id }) => id),
    )
    .execute();
  return open.map(({ id, year, deadline, snapshot }) => ({
    ...{ roundId: id, year, deadline: deadline as PlainDate },
    remaining:
      (JSON.parse(snapshot) as PlanContent).actions.length - given.filter(({ roundId }) => roundId === id).length,
  }));
}

/** Sending the convocation of a first convening puts on its agenda whatever waits for ratification: nobody has to think of it. */
function countToRatify(waiting: number, { meetings }: Coming): number {
  return meetings.some(({ status, convening }) => status === "planned" && convening === "first") ? 0 : waiting;
}

function hasCome({ meetings }: YearRecord, meetingId: string, seatId: SeatId): boolean {
  const meeting = meetings.find(({ id }) => id === meetingId);
  return meeting?.seats.some((seat) => seat.seatId === seatId && seat.presence === "present") ?? false;
}

function viewQuarters({ track, meetings }: YearRecord): readonly QuarterOfYear[] {
  return track.quarters.map(({ quarter, state, sentence }) => ({
    name: nameQuarter(quarter.quarter),
    state,
    sentence: capitalize(sentence),
    meetings: meetings
      .filter(({ date }) => quarterOf(date).quarter === quarter.quarter)
      .map((meeting) => ({
        id: meeting.id,
        date: meeting.date,
        summary: capitalize(describeMeeting(meeting, meetings)),
        marks: orderMarks(meeting),
        needed: meeting.count?.isRequired ? meeting.count.needed : null,
      })),
  }));
}

type Coming = {
  readonly meetings: readonly {
    readonly id: MeetingId;
    readonly title: string;
    readonly startsAt: LocalDateTime;
    readonly place: string;
    readonly status: MeetingState;
    readonly convening: Convening;
  }[];
  readonly proposals: ReadonlyMap<string, number>;
  readonly proposalsLeft: WaitingFacts["proposalsLeft"];
  readonly replies: ReadonlyMap<string, ReadonlyMap<SeatId, ReplyEntry>>;
};

const NOT_OVER = ["planned", "convened", "open", "suspended"] as const;

async function loadComing(db: Db, networkId: NetworkId): Promise<Coming> {
  const [meetings, proposals, replies] = await Promise.all([
    db
      .selectFrom("meeting")
      .select(["id", "title", "startsAt", "place", "status", "convening"])
      .where("networkId", "=", networkId)
      .where("status", "in", NOT_OVER)
      .orderBy("startsAt")
      .orderBy("id")
      .execute(),
    db
      .selectFrom("meeting")
      .innerJoin("agendaItem", "agendaItem.meetingId", "meeting.id")
      .select(({ fn }) => ["meeting.id", "startsAt", "meeting.status", fn.countAll<number>().as("count")])
      .where("meeting.networkId", "=", networkId)
      .where("agendaItem.status", "=", "proposed")
      .groupBy("meeting.id")
      .execute(),
    db
      .selectFrom("meeting")
      .innerJoin("reply", "reply.meetingId", "meeting.id")
      .select(["reply.meetingId", "reply.seatId", "reply.personId", "reply.choice", "reply.proxyToSeatId", "reply.at"])
      .where("meeting.networkId", "=", networkId)
      .where("meeting.status", "in", NOT_OVER)
      .orderBy("reply.sequence")
      .execute(),
  ]);
  const byMeeting = new Map<string, ReplyEntry[]>();
  for (const row of replies) {
    const reply = { kind: row.choice, holderSeatId: row.proxyToSeatId } as Reply;
    const entry = { seatId: row.seatId as SeatId, personId: row.personId as PersonId, at: row.at, reply };
    byMeeting.set(row.meetingId, [...(byMeeting.get(row.meetingId) ?? []), entry]);
  }
  return {
    meetings: meetings.map((row) => ({
      ...row,
      id: row.id as MeetingId,
      startsAt: row.startsAt as LocalDateTime,
      status: row.status as MeetingState,
      convening: row.convening as Convening,
    })),
    proposals: new Map(proposals.map(({ id, count }) => [id, Number(count)])),
    proposalsLeft: proposals
      .filter(({ status }) => status === "closed" || status === "cancelled")
      .map(({ id, startsAt, status, count }) => ({
        meetingId: id,
        startsAt: startsAt as LocalDateTime,
        status: status as MeetingState,
        count: Number(count),
      })),
    replies: new Map([...byMeeting].map(([id, entries]) => [id, lastReplies(entries)])),
  };
}

const FORECAST_REPLIES = {
  present: "present",
  remote: "remote",
  absent: "absent",
  "absent-with-proxy": "proxy",
} as const satisfies Record<Reply["kind"], string>;

function findNext(record: YearRecord, coming: Coming, network: NetworkFacts, today: PlainDate): NextMeeting | null {
  const meeting = coming.meetings.find(({ startsAt }) => dateOf(startsAt) >= today);
  if (!meeting) return null;
  const { id, title, startsAt, place, status } = meeting;
  const replies = coming.replies.get(id);
  const rules = network.rules.content;
  const seats = seatsOnDay(record.seats, network.mandates, dateOf(startsAt)).map((seat) => {
    const entry = replies?.get(seat.id);
    return {
      label: seat.label,
      inOffice: seat.inOffice,
      consultative: isConsultative(seat.kind, rules, "motion"),
      reply: entry ? FORECAST_REPLIES[entry.reply.kind] : null,
    };
  });
  const forecast = status === "convened" ? forecastQuorum({ rules, convening: meeting.convening, seats }) : null;
  return {
    ...{ id, title, startsAt, place, status },
    forecast: forecast && { outcome: forecast.outcome, sentence: capitalize(forecast.sentence) },
  };
}

type OpenPoll = WaitingFacts["polls"][number] & {
  /** Seats of mine that have not voted. */
  readonly missingSeats: readonly SeatId[];
};

async function listOpenPolls(db: Db, networkId: NetworkId, mySeats: readonly SeatId[]): Promise<readonly OpenPoll[]> {
  if (mySeats.length === 0) return [];
  const polls = await db
    .selectFrom("poll")
    .select(["id", "meetingId", "title", "closesOn"])
    .where("networkId", "=", networkId)
    .where("status", "=", "open")
    .orderBy("openedAt")
    .execute();
  if (polls.length === 0) return [];
  const pollIds = polls.map(({ id }) => id);
  const [named, signed] = await Promise.all([
    db.selectFrom("ballot").select(["pollId", "seatId"]).where("pollId", "in", pollIds).execute(),
    db.selectFrom("ballotSignature").select(["pollId", "seatId"]).where("pollId", "in", pollIds).execute(),
  ]);
  const cast = new Set([...named, ...signed].map(({ pollId, seatId }) => `${pollId} ${seatId}`));
  return polls.map(({ id, meetingId, title, closesOn }) => ({
    ...{ id, meetingId, title },
    closesOn: closesOn as PlainDate | null,
    missingSeats: mySeats.filter((seatId) => !cast.has(`${id} ${seatId}`)),
  }));
}

/** Minutes on their way to publication, the closed meetings that have none yet included. Adopted and signed are read from the vote and the signatures. */
async function listUnpublishedMinutes(
  db: Db,
  networkId: NetworkId,
  personId: PersonId,
): Promise<WaitingFacts["minutes"]> {
  const rows = await db
    .selectFrom("meeting")
    .leftJoin("minutes", "minutes.meetingId", "meeting.id")
    .select(["meeting.id", "meeting.year", "meeting.rank", "meeting.startsAt", "minutes.status"])
    .select(["meeting.chairPersonId", "meeting.secretaryPersonId"])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "=", "closed")
    .where((eb) => eb.or([eb("minutes.status", "is", null), eb("minutes.status", "!=", "published")]))
    .orderBy("meeting.startsAt")
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [adoptions, signatures, corrections, attendances] = await Promise.all([
    db
      .selectFrom("poll")
      .innerJoin("pollResult", "pollResult.pollId", "poll.id")
      .select(["poll.subjectId", "pollResult.closedAt"])
      .where("poll.networkId", "=", networkId)
      .where("poll.subject", "=", "minutes-approval")
      .where("poll.subjectId", "in", ids)
      .where("pollResult.outcome", "=", "adopted")
      .execute(),
    db.selectFrom("minutesSignature").select(["minutesId", "capacity"]).where("minutesId", "in", ids).execute(),
    db
      .selectFrom("minutesCorrection")
      .select("minutesId")
      .where("minutesId", "in", ids)
      .where("status", "=", "pending")
      .execute(),
    db
      .selectFrom("attendanceEvent")
      .select("meetingId")
      .distinct()
      .where("meetingId", "in", ids)
      .where("personId", "=", personId)
      .where("kind", "=", "arrival")
      .where("voided", "=", 0)
      .execute(),
  ]);
  return rows.map((row) => {
    const adoption = adoptions.find(({ subjectId }) => subjectId === row.id);
    const signed = signatures.filter(({ minutesId }) => minutesId === row.id).map(({ capacity }) => capacity);
    const isMissing = (capacity: string, signer: string | null) => signer === personId && !signed.includes(capacity);
    return {
      number: meetingNumber(row),
      heldOn: dateOf(row.startsAt as LocalDateTime),
      state: stateOf(row.status, adoption !== undefined, signed.length),
      adoptedOn: adoption ? dateOf(parisLocalAt(new Date(adoption.closedAt))) : null,
      pendingCorrections: corrections.filter(({ minutesId }) => minutesId === row.id).length,
      iAttended: attendances.some(({ meetingId }) => meetingId === row.id),
      mySignatureIsMissing: isMissing("chair", row.chairPersonId) || isMissing("secretary", row.secretaryPersonId),
    };
  });
}

function stateOf(status: string | null, isAdopted: boolean, signatures: number): MinutesState {
  if (isAdopted) return signatures >= 2 ? "signed" : "adopted";
  return status === "in-review" ? "in-review" : "draft";
}

type NetworkFacts = Awaited<ReturnType<typeof loadNetworkFacts>>;

async function loadNetworkFacts(db: Db, networkId: NetworkId, today: PlainDate) {
  const [rules, mandates, inquorate, expenses, toRatify, mails, adopted] = await Promise.all([
    findRulesInForce(db, networkId, today),
    listMandates(db, networkId),
    listFailedWithoutSecond(db, networkId),
    countExpensesOffAgenda(db, networkId),
    listPendingRatifications(db, networkId),
    db
      .selectFrom("outboxMail")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("networkId", "=", networkId)
      .where("status", "=", "failed")
      .executeTakeFirst(),
    db
      .selectFrom("rulesVersion")
      .innerJoin("poll", "poll.subjectId", "rulesVersion.id")
      .innerJoin("pollResult", "pollResult.pollId", "poll.id")
      .select("rulesVersion.id")
      .where("rulesVersion.networkId", "=", networkId)
      .where("rulesVersion.status", "=", "draft")
      .where("poll.networkId", "=", networkId)
      .where("poll.subject", "=", "rules-adoption")
      .where("pollResult.outcome", "=", "adopted")
      .orderBy("rulesVersion.version", "desc")
      .executeTakeFirst(),
  ]);
  return {
    rulesToEnact: adopted?.id ?? null,
    rules,
    mandates,
    toReconvene: inquorate,
    expensesOffAgenda: expenses,
    toRatify: toRatify.length,
    failedMails: Number(mails?.count ?? 0),
  };
}

async function listFailedWithoutSecond(db: Db, networkId: NetworkId): Promise<WaitingFacts["toReconvene"]> {
  const rows = await db
    .selectFrom("meeting")
    .select(["id", "startsAt"])
    .where("networkId", "=", networkId)
    .where("status", "=", "closed")
    .where("outcome", "=", "inquorate")
    .where("convening", "=", "first")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("meeting as later")
            .select("later.id")
            .whereRef("later.networkId", "=", "meeting.networkId")
            .where((or) =>
              or.or([
                or("later.firstMeetingId", "=", or.ref("meeting.id")),
                or.and([or("later.outcome", "=", "held"), or("later.startsAt", ">", or.ref("meeting.startsAt"))]),
              ]),
            ),
        ),
      ),
    )
    .execute();
  return rows.map(({ id, startsAt }) => ({ id, heldOn: dateOf(startsAt as LocalDateTime) }));
}

/** Expenses that nobody withdrew, no vote decided nor is deciding, in a meeting or in writing, and no meeting to come has on its agenda. */
async function countExpensesOffAgenda(db: Db, networkId: NetworkId): Promise<number> {
  const expenses = await db
    .selectFrom("expense")
    .select(["id", "withdrawnAt"])
    .where("networkId", "=", networkId)
    .where("withdrawnAt", "is", null)
    .execute();
  const dossiers = await loadDossiers(db, networkId, expenses);
  return [...dossiers.values()].filter(({ facts }) => expenseStatus(facts) === "requested").length;
}

/** The open campaigns, with what a person may fill of their own CCAS. */
async function listCollections(
  db: Db,
  networkId: NetworkId,
  viewer: Viewer,
  today: PlainDate,
): Promise<WaitingFacts["collections"]> {
  const rows = await db
    .selectFrom("submission")
    .innerJoin("campaign", "campaign.id", "submission.campaignId")
    .innerJoin("organization", "organization.id", "submission.organizationId")
    .select([
      "campaign.year",
      "campaign.deadline",
      "submission.organizationId",
      "submission.status",
      "organization.name",
    ])
    .where("submission.networkId", "=", networkId)
    .where("campaign.closedAt", "is", null)
    .orderBy("campaign.year")
    .execute();
  if (rows.length === 0) return [];
  const own = await listOwnOrganizations(db, networkId, viewer, today);
  return [...new Set(rows.map(({ year }) => year))].map((year) => {
    const ofYear = rows.filter((row) => row.year === year);
    return {
      year,
      deadline: (ofYear[0]?.deadline ?? today) as PlainDate,
      mine: ofYear
        .filter(({ status, organizationId }) => status === "draft" && own.includes(organizationId))
        .map(({ organizationId, name }) => ({ organizationId, name })),
      toValidate: ofYear.filter(({ status }) => status === "submitted").length,
    };
  });
}
