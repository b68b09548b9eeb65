import { conveneMeeting as decideConvening, type ConveneRefusal } from "~/domain/meeting/lifecycle";
import { noticeSentence } from "~/domain/meeting/notice";
import { decideReply, lastReplies, type Reply, type ReplyRefusal } from "~/domain/meeting/reply";
import { findMandateOf } from "~/domain/committee/seats";
import type { RulesContent } from "~/domain/committee/rules";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { calendarContentType, renderCalendar } from "~/services/calendar.server";
import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { addMissingItems, agendaWithPending, recordTransition } from "~/services/meeting-preparation.server";
import { loadMeetingRecord, meetingNumber, type MeetingHead } from "~/services/meeting-record.server";
import { recordAct, type ActingPerson } from "~/services/register.server";
import { hashToken, newSecretToken } from "~/services/tokens.server";
import type { ConveneInput, ReplyInput } from "./form";
import {
  composeEvent,
  composeMail,
  findAddressees,
  findConvocation,
  listReplies,
  loadMailFacts,
} from "./queries.server";

export type ConvocationRefusal = ConveneRefusal | "meeting-unknown" | "nobody-to-convene" | "stale";

/**
 * Sends the convocation: the meeting is convened, each holder of a seat in office gets a mail of their own with the calendar file and
 * a reply link, and the agenda and the notice are kept as sent. Sent twice with the same key, it leaves once.
 * « stale »: the meeting changed since the preview that the secretary read.
 */
export async function conveneMeeting(
  { db, clock, networkId, actor }: CommandContext,
  meetingId: string,
  input: ConveneInput,
): Promise<Decision<{ readonly mailCount: number }, ConvocationRefusal>> {
  const { publicUrl } = getEnv();
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, meetingId);
    if (!record) return refuse("meeting-unknown");
    const meeting = record.head;
    const already = await findConvocation(trx, networkId, meetingId);
    if (already?.id === input.cle) return grant({ mailCount: 0 });
    if (meeting.status === "planned" && meeting.revision !== input.revision) return refuse("stale");
    const expected = await agendaWithPending(trx, meeting, clock.newId);
    const decision = decideConvening(
      {
        state: meeting.status,
        scheduledAt: meeting.startsAt,
        agendaItemCount: expected.agenda.length,
        isSecondConvening: meeting.convening === "second",
        urgencyReason: input.urgencyReason ?? null,
      },
      record.rules.notice,
      clock.now(),
    );
    if (!decision.ok) return decision;
    const addressees = await findAddressees(trx, record.seats);
    if (addressees.length === 0) return refuse("nobody-to-convene");
    const { agenda, added } = await addMissingItems(trx, clock, meeting);
    const { notice } = decision.value;
    const sentAt = clock.now().toISOString();
    await recordTransition(trx, clock, {
      networkId,
      meetingId: meeting.id,
      from: meeting.status,
      to: decision.value.state,
      actorId: actor.personId,
      reason: notice.urgencyReason,
    });
    await trx
      .insertInto("convocation")
      .values({
        id: input.cle,
        networkId,
        meetingId: meeting.id,
        sentAt,
        agenda: JSON.stringify(agenda),
        notice: JSON.stringify(notice),
        sentBy: actor.personId,
      })
      .execute();
    const facts = await loadMailFacts(trx, meeting, {
      agenda,
      rules: record.rules,
      urgencyReason: notice.urgencyReason,
    });
    const event = composeEvent({ ...facts, meeting: { ...meeting, status: "convened" } }, clock.now());
    const file = {
      fileName: "convocation.ics",
      contentType: calendarContentType(event),
      content: renderCalendar(event),
    };
    const letters = addressees.map((addressee) => {
      const token = newSecretToken();
      return { addressee, token, mail: composeMail(facts, addressee, `${publicUrl}/reponse/${token}`) };
    });
    const mailIds = await enqueueMails(
      trx,
      clock,
      letters.map(({ addressee, mail }) => ({
        networkId,
        meetingId: meeting.id,
        personId: addressee.personId,
        kind: "convocation" as const,
        to: addressee.email,
        ...mail,
        attachments: [file],
      })),
    );
    await trx
      .insertInto("convocationRecipient")
      .values(
        letters.map(({ addressee, token }, index) => ({
          id: clock.newId(),
          networkId,
          convocationId: input.cle,
          meetingId: meeting.id,
          seatId: addressee.seatId,
          personId: addressee.personId,
          email: addressee.email,
          replyTokenHash: hashToken(token),
          mailId: mailIds[index] ?? null,
        })),
      )
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "meeting-convened",
      meetingId: meeting.id,
      payload: {
        meetingId: meeting.id,
        number: meetingNumber(meeting),
        startsAt: meeting.startsAt,
        place: meeting.place,
        agenda: agenda.map(({ id, position, title }) => ({ id, position, title })),
        approvalsAdded: added.length,
        notice: noticeSentence(notice),
        urgencyReason: notice.urgencyReason,
        addressees: addressees.map(({ seatId, personId }) => ({ seatId, personId })),
      },
    });
    return grant({ mailCount: letters.length });
  });
}

/** Who answers for which seat, and who writes it down: the same person, or the secretary for somebody who called. */
export type ReplyContext = {
  readonly db: Db;
  readonly clock: Clock;
  readonly networkId: NetworkId;
  readonly recordedBy: ActingPerson;
  readonly source: "link" | "member" | "secretary";
};

export type ReplyCommandRefusal = ReplyRefusal | "meeting-unknown" | "seat-not-held";

/** Records a seat's reply; the last one counts. The same reply sent again is not recorded twice. */
export async function recordReply(
  { db, clock, networkId, recordedBy, source }: ReplyContext,
  target: { readonly meetingId: string; readonly seatId: SeatId; readonly personId: PersonId },
  input: ReplyInput,
): Promise<Decision<Reply, ReplyCommandRefusal>> {
  return writeTransaction(db, async (trx) => {
    const record = await loadMeetingRecord(trx, networkId, target.meetingId);
    if (!record) return refuse("meeting-unknown");
    if (!record.seats.some((seat) => seat.id === target.seatId)) return refuse("seat-not-held");
    const entries = await listReplies(trx, networkId, target.meetingId);
    const replies = lastReplies(entries);
    const wanted: Reply =
      input.choice === "absent-with-proxy"
        ? { kind: input.choice, holderSeatId: (input.holderSeatId ?? "") as SeatId }
        : { kind: input.choice };
    const decision = decideReply(
      {
        meetingState: record.head.status,
        rules: record.rules,
        seatId: target.seatId,
        seatsInOffice: record.seats.filter((seat) => seat.inOffice).map((seat) => seat.id),
        replies,
        previousMeetingsInARow: await countMeetingsRepresented(trx, record.head, target.seatId, record.rules),
      },
      wanted,
    );
    if (!decision.ok) return decision;
    if (!findMandateOf(target, record.mandates, dateOf(record.head.startsAt))) return refuse("seat-not-held");
    const proxyToSeatId = wanted.kind === "absent-with-proxy" ? wanted.holderSeatId : null;
    const last = entries.findLast((entry) => entry.seatId === target.seatId);
    const isSame =
      last !== undefined &&
      last.personId === target.personId &&
      last.comment === input.comment &&
      JSON.stringify(last.reply) === JSON.stringify(wanted);
    if (isSame) return grant(wanted);
    await trx
      .insertInto("reply")
      .values({
        id: clock.newId(),
        networkId,
        meetingId: target.meetingId,
        seatId: target.seatId,
        personId: target.personId,
        choice: wanted.kind,
        proxyToSeatId,
        comment: input.comment,
        at: clock.now().toISOString(),
        sequence: entries.length + 1,
      })
      .execute();
    await recordAct(trx, clock, recordedBy, {
      networkId,
      kind: "reply-recorded",
      meetingId: target.meetingId,
      payload: {
        meetingId: target.meetingId,
        seatId: target.seatId,
        personId: target.personId,
        choice: wanted.kind,
        proxyToSeatId,
        source,
      },
    });
    return grant(wanted);
  });
}

/** Meetings in a row, just before this one, at which the seat was represented. Read only when the rules set a limit. */
async function countMeetingsRepresented(
  trx: Trx,
  meeting: MeetingHead,
  seatId: SeatId,
  rules: RulesContent,
): Promise<number> {
  const limit = rules.proxies.consecutiveMeetings;
  if (limit === null) return 0;
  const rows = await trx
    .selectFrom("meeting")
    .leftJoin("proxy", (join) => join.onRef("proxy.meetingId", "=", "meeting.id").on("proxy.giverSeatId", "=", seatId))
    .leftJoin("proxyRevocation", "proxyRevocation.proxyId", "proxy.id")
    .select(["meeting.id", "meeting.startsAt"])
    .select(({ fn }) => [
      fn.count<number>("proxy.id").as("given"),
      fn.count<number>("proxyRevocation.proxyId").as("revoked"),
    ])
    .where("meeting.networkId", "=", meeting.networkId)
    .where("meeting.status", "=", "closed")
    .where("meeting.startsAt", "<", meeting.startsAt)
    .groupBy(["meeting.id", "meeting.startsAt"])
    .orderBy("meeting.startsAt", "desc")
    .limit(limit)
    .execute();
  const first = rows.findIndex((row) => Number(row.given) <= Number(row.revoked));
  return first === -1 ? rows.length : first;
}
