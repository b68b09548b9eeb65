import { lastReplies, type Reply, type ReplyEntry } from "~/domain/meeting/reply";
import { countNotice, latestSendingDate, noticeSentence, type NoticeCount } from "~/domain/meeting/notice";
import { forecastQuorum, type ForecastSeat, type QuorumForecast } from "~/domain/quorum/forecast";
import { isConsultative } from "~/domain/voting/eligibility";
import type { RulesContent } from "~/domain/committee/rules";
import type { NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { composeCalendarEvent, type CalendarEvent } from "~/documents/calendar";
import { composeConvocation, type ComposedMail } from "~/documents/convocation";
import { organizerEmail } from "~/services/calendar.server";
import type { SeatOnDay } from "~/services/committee-record.server";
import type { Db, Trx } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { findMeetingHead, listAgenda, loadMeetingRecord, type MeetingHead } from "~/services/meeting-record.server";
import { hashToken } from "~/services/tokens.server";

export type Addressee = {
  readonly seatId: SeatId;
  readonly seatLabel: string;
  readonly seatRole: "titular" | "substitute";
  readonly personId: PersonId;
  readonly displayName: string;
  readonly email: string;
};

/** Whom the convocation goes to: each titular and each substitute of the seats in office on the day of the meeting. */
export async function findAddressees(db: Db | Trx, seats: readonly SeatOnDay[]): Promise<readonly Addressee[]> {
  const held = seats.flatMap((seat) =>
    (["titular", "substitute"] as const).flatMap((seatRole) => {
      const holder = seat[seatRole];
      return holder === null ? [] : [{ seatId: seat.id, seatLabel: seat.label, seatRole, ...holder }];
    }),
  );
  if (held.length === 0) return [];
  const rows = await db
    .selectFrom("person")
    .select(["id", "email"])
    .where(
      "id",
      "in",
      held.map(({ personId }) => personId),
    )
    .execute();
  const emails = new Map(rows.map((row) => [row.id, row.email]));
  return held.map((addressee) => ({ ...addressee, email: emails.get(addressee.personId) ?? "" }));
}

export type MailFacts = {
  readonly network: { readonly name: string; readonly slug: string };
  readonly meeting: MeetingHead;
  readonly agenda: Parameters<typeof composeConvocation>[0]["agenda"];
  readonly documents: readonly string[];
  readonly rules: RulesContent;
  readonly urgencyReason: string | null;
  readonly firstMeeting: MeetingHead | null;
};

/** Everything that the mails of one convocation have in common. */
export async function loadMailFacts(
  db: Db | Trx,
  meeting: MeetingHead,
  content: Pick<MailFacts, "agenda" | "rules" | "urgencyReason">,
): Promise<MailFacts> {
  const network = await db
    .selectFrom("network")
    .select(["name", "slug"])
    .where("id", "=", meeting.networkId)
    .executeTakeFirstOrThrow();
  const documents = await db
    .selectFrom("document")
    .select("title")
    .where("networkId", "=", meeting.networkId)
    .where("meetingId", "=", meeting.id)
    .orderBy("createdAt")
    .execute();
  const firstMeeting =
    meeting.firstMeetingId === null ? null : await findMeetingHead(db, meeting.networkId, meeting.firstMeetingId);
  return { network, meeting, documents: documents.map(({ title }) => title), firstMeeting, ...content };
}

export function meetingAddress(network: { readonly slug: string }, meetingId: string): string {
  return `${getEnv().publicUrl}/reseaux/${network.slug}/seances/${meetingId}`;
}

/** The mail of one addressee. @param replyLink their own, or what stands for it in a preview */
export function composeMail(facts: MailFacts, addressee: Addressee, replyLink: string): ComposedMail {
  const { meeting, network, rules, firstMeeting } = facts;
  return composeConvocation({
    networkName: network.name,
    title: meeting.title,
    startsAt: meeting.startsAt,
    place: meeting.place,
    remoteLink: meeting.remoteLink,
    agenda: facts.agenda,
    documents: facts.documents,
    addressee: addressee.displayName,
    seatLabel: addressee.seatLabel,
    seatRole: addressee.seatRole,
    urgencyReason: facts.urgencyReason,
    second: firstMeeting && { firstDay: firstMeeting.startsAt, quorum: rules.secondConvening.quorum },
    remoteAllowed: rules.remoteAttendance.allowed,
    proxiesAllowed: rules.proxies.allowed,
    replyLink,
    meetingAddress: meetingAddress(network, meeting.id),
  });
}

/** The meeting as a calendar entry; a cancelled one takes itself away. */
export function composeEvent(
  { network, meeting, agenda }: Pick<MailFacts, "network" | "meeting" | "agenda">,
  at: Date,
): CalendarEvent {
  return composeCalendarEvent({
    meetingId: meeting.id,
    networkName: network.name,
    title: meeting.title,
    startsAt: meeting.startsAt,
    plannedEndAt: meeting.plannedEndAt,
    place: meeting.place,
    remoteLink: meeting.remoteLink,
    agenda,
    address: meetingAddress(network, meeting.id),
    organizerEmail: organizerEmail(),
    isCancelled: meeting.status === "cancelled",
    at,
  });
}

/** The calendar entry of a meeting that was convened, or null. */
export async function findCalendarEvent(
  db: Db,
  network: { readonly id: NetworkId; readonly name: string; readonly slug: string },
  meetingId: string,
): Promise<CalendarEvent | null> {
  const meeting = await findMeetingHead(db, network.id, meetingId);
  if (!meeting) return null;
  const convocation = await findConvocation(db, network.id, meetingId);
  if (!convocation) return null;
  const agenda = (await listAgenda(db, network.id, meetingId)).filter((item) => item.status === "accepted");
  return composeEvent({ network, meeting, agenda }, new Date(convocation.sentAt));
}

export type SentConvocation = { readonly id: string; readonly sentAt: string; readonly notice: string };

export async function findConvocation(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<SentConvocation | null> {
  const row = await db
    .selectFrom("convocation")
    .select(["id", "sentAt", "notice"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .executeTakeFirst();
  return row
    ? { ...row, notice: noticeSentence(JSON.parse(row.notice) as Parameters<typeof noticeSentence>[0]) }
    : null;
}

export type NoticeView = {
  readonly count: NoticeCount;
  readonly sentence: string;
  readonly urgencyAllowed: boolean;
  readonly sendBy: PlainDate;
};

/** How the notice would stand if the convocation left on a day. */
export function readNotice(meeting: MeetingHead, rules: RulesContent, sentOn: PlainDate): NoticeView {
  const heldOn = dateOf(meeting.startsAt);
  const count = countNotice(sentOn, heldOn, rules.notice);
  return {
    count,
    sentence: noticeSentence({ count, urgencyReason: null }),
    urgencyAllowed: rules.notice.urgencyAllowed && meeting.convening === "first",
    sendBy: latestSendingDate(heldOn, rules.notice),
  };
}

export type RecordedReply = ReplyEntry & { readonly displayName: string; readonly comment: string };

/** Every reply to a meeting, in the order they came. */
export async function listReplies(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<readonly RecordedReply[]> {
  const rows = await db
    .selectFrom("reply")
    .innerJoin("person", "person.id", "reply.personId")
    .select(["reply.seatId", "reply.personId", "reply.at", "reply.choice", "reply.proxyToSeatId", "reply.comment"])
    .select("person.displayName")
    .where("reply.networkId", "=", networkId)
    .where("reply.meetingId", "=", meetingId)
    .orderBy("reply.sequence")
    .execute();
  return rows.map((row) => ({
    seatId: row.seatId as SeatId,
    personId: row.personId as PersonId,
    at: row.at,
    reply: toReply(row.choice, row.proxyToSeatId),
    displayName: row.displayName,
    comment: row.comment,
  }));
}

export function toReply(choice: string, proxyToSeatId: string | null): Reply {
  switch (choice) {
    case "present":
    case "remote":
    case "absent":
      return { kind: choice };
    case "absent-with-proxy":
      return { kind: choice, holderSeatId: (proxyToSeatId ?? "") as SeatId };
    default:
      throw new RangeError(`Not a reply: ${choice}`);
  }
}

export type SeatReply = {
  readonly seatId: SeatId;
  readonly label: string;
  readonly inOffice: boolean;
  readonly titular: string | null;
  readonly substitute: string | null;
  readonly reply: Reply["kind"] | null;
  /** Label of the seat that was given the proxy. */
  readonly proxyTo: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly comment: string;
};

export type ReplyBoard = { readonly seats: readonly SeatReply[]; readonly forecast: QuorumForecast };

/** What each seat announced, and what that says of the quorum. */
export async function loadReplyBoard(db: Db, networkId: NetworkId, meetingId: string): Promise<ReplyBoard | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  if (!record) return null;
  const entries = await listReplies(db, networkId, meetingId);
  const last = lastReplies(entries) as ReadonlyMap<SeatId, RecordedReply>;
  const labels = new Map(record.seats.map((seat) => [seat.id, seat.label]));
  const seats = record.seats.map((seat): SeatReply => {
    const entry = last.get(seat.id);
    const reply = entry?.reply ?? null;
    return {
      seatId: seat.id,
      label: seat.label,
      inOffice: seat.inOffice,
      titular: seat.titular?.displayName ?? null,
      substitute: seat.substitute?.displayName ?? null,
      reply: reply?.kind ?? null,
      proxyTo: reply?.kind === "absent-with-proxy" ? (labels.get(reply.holderSeatId) ?? null) : null,
      answeredBy: entry?.displayName ?? null,
      answeredAt: entry?.at ?? null,
      comment: entry?.comment ?? "",
    };
  });
  const forecastSeats = record.seats.map((seat): ForecastSeat => ({
    label: seat.label,
    inOffice: seat.inOffice,
    consultative: isConsultative(seat.kind, record.rules, "motion"),
    reply: toForecastReply(last.get(seat.id)?.reply ?? null),
  }));
  return {
    seats,
    forecast: forecastQuorum({ rules: record.rules, convening: record.head.convening, seats: forecastSeats }),
  };
}

function toForecastReply(reply: Reply | null): ForecastSeat["reply"] {
  if (reply === null) return null;
  return reply.kind === "absent-with-proxy" ? "proxy" : reply.kind;
}

export type ProofOfSending = {
  readonly seatLabel: string;
  readonly displayName: string;
  readonly email: string;
  readonly status: "queued" | "sent" | "failed";
  readonly sentAt: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
};

/** What became of each addressee's mail, as the outbox knows it now. */
export async function listProofs(db: Db, networkId: NetworkId, meetingId: string): Promise<readonly ProofOfSending[]> {
  const rows = await db
    .selectFrom("convocationRecipient")
    .innerJoin("seat", "seat.id", "convocationRecipient.seatId")
    .innerJoin("person", "person.id", "convocationRecipient.personId")
    .leftJoin("outboxMail", "outboxMail.id", "convocationRecipient.mailId")
    .select(["seat.label as seatLabel", "person.displayName", "convocationRecipient.email"])
    .select(["outboxMail.status", "outboxMail.sentAt", "outboxMail.attempts", "outboxMail.lastError"])
    .where("convocationRecipient.networkId", "=", networkId)
    .where("convocationRecipient.meetingId", "=", meetingId)
    .orderBy("seat.position")
    .orderBy("convocationRecipient.id")
    .execute();
  return rows.map((row) => ({
    seatLabel: row.seatLabel,
    displayName: row.displayName,
    email: row.email,
    status: row.status === "sent" || row.status === "failed" ? row.status : "queued",
    sentAt: row.sentAt,
    attempts: row.attempts ?? 0,
    lastError: row.lastError,
  }));
}

export type ReplyInvitation = {
  readonly networkId: NetworkId;
  readonly networkName: string;
  readonly slug: string;
  readonly meetingId: string;
  readonly seatId: SeatId;
  readonly personId: PersonId;
  readonly displayName: string;
};

/** Whom a reply link was sent to, or null for a link that nobody was sent. */
export async function findInvitation(db: Db, token: string): Promise<ReplyInvitation | null> {
  const row = await db
    .selectFrom("convocationRecipient")
    .innerJoin("network", "network.id", "convocationRecipient.networkId")
    .innerJoin("person", "person.id", "convocationRecipient.personId")
    .select(["network.id as networkId", "network.name as networkName", "network.slug"])
    .select(["convocationRecipient.meetingId", "convocationRecipient.seatId", "convocationRecipient.personId"])
    .select("person.displayName")
    .where("replyTokenHash", "=", hashToken(token))
    .executeTakeFirst();
  return row
    ? {
        ...row,
        networkId: row.networkId as NetworkId,
        seatId: row.seatId as SeatId,
        personId: row.personId as PersonId,
      }
    : null;
}

export type ReplyForm = {
  readonly meeting: MeetingHead;
  readonly seatLabel: string;
  readonly agenda: ReadonlyArray<{ readonly position: number; readonly title: string }>;
  readonly remoteAllowed: boolean;
  readonly proxiesAllowed: boolean;
  /** The other seats in office, that may be given a proxy. */
  readonly possibleHolders: ReadonlyArray<{ readonly seatId: SeatId; readonly label: string }>;
  readonly last: RecordedReply | null;
};

/** What somebody needs to answer for a seat, or null for a meeting or a seat that this network does not have. */
export async function loadReplyForm(
  db: Db,
  networkId: NetworkId,
  meetingId: string,
  seatId: SeatId,
): Promise<ReplyForm | null> {
  const record = await loadMeetingRecord(db, networkId, meetingId);
  const seat = record?.seats.find(({ id }) => id === seatId);
  if (!record || !seat) return null;
  const replies = lastReplies(await listReplies(db, networkId, meetingId)) as ReadonlyMap<SeatId, RecordedReply>;
  return {
    meeting: record.head,
    seatLabel: seat.label,
    agenda: record.agenda
      .filter((item) => item.status === "accepted")
      .map(({ position, title }) => ({ position, title })),
    remoteAllowed: record.rules.remoteAttendance.allowed,
    proxiesAllowed: record.rules.proxies.allowed,
    possibleHolders: record.seats
      .filter((other) => other.inOffice && other.id !== seatId)
      .map(({ id, label }) => ({ seatId: id, label })),
    last: replies.get(seatId) ?? null,
  };
}
