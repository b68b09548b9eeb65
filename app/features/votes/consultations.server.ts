import type { Block } from "~/domain/agreement/guard";
import type { RulesContent } from "~/domain/committee/rules";
import { findHolders } from "~/domain/committee/seats";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PollId, SeatId } from "~/domain/kernel/ids";
import { dateOf, localDateTime, parisLocalAt, toPlainTime, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Choice, PollSubject } from "~/domain/voting/poll";
import {
  castWrittenBallot,
  checkWrittenConsultation,
  listWrittenElectorate,
  type WrittenBallotRefusal,
  type WrittenConsultation,
  type WrittenConsultationRefusal,
  type WrittenVoter,
} from "~/domain/voting/written-consultation";
import { formatCents, formatDateTime, NBSP } from "~/documents/french";
import type { Cents } from "~/domain/kernel/money";
import { guardAct } from "~/services/agreement-record.server";
import { localNow, today } from "~/services/clock.server";
import { findRulesInForce, listMandates, listSeats, type NamedMandate } from "~/services/committee-record.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { findPoll, listNamedVotes, listVoteMarks, type RecordedPoll } from "~/services/poll-record.server";
import { recordAct } from "~/services/register.server";
import type { OpenConsultationInput } from "./form";
import { freezeResult } from "./results.server";

/** A consultation is a poll without a meeting: public, answered until the end of its last day. */
export function consultationOf(poll: Pick<RecordedPoll, "subject" | "openedAt" | "closesOn">): WrittenConsultation {
  const opensAt = parisLocalAt(new Date(poll.openedAt));
  return { subject: poll.subject, opensAt, deadline: deadlineOn(poll.closesOn ?? dateOf(opensAt)) };
}

export function deadlineOn(day: PlainDate): LocalDateTime {
  return localDateTime(day, toPlainTime("23:59"));
}

export type WrittenRoom = {
  readonly rules: RulesContent;
  readonly voters: readonly (WrittenVoter & { readonly label: string })[];
  readonly mandates: readonly NamedMandate[];
};

/** The committee of a day, as a consultation asks it: the rules of the day it opened, the people of today. */
export async function loadWrittenRoom(
  db: Db | Trx,
  networkId: CommandContext["networkId"],
  days: { readonly rulesOn: PlainDate; readonly peopleOn: PlainDate },
): Promise<WrittenRoom> {
  const rules = await findRulesInForce(db, networkId, days.rulesOn);
  const mandates = await listMandates(db, networkId);
  const voters = (await listSeats(db, networkId)).map((seat) => {
    const holders = findHolders(seat.id, mandates, days.peopleOn);
    return {
      id: seat.id,
      kind: seat.kind,
      label: seat.label,
      holders,
      inOffice: holders.titular !== null || holders.substitute !== null,
      isWithdrawn: false,
    };
  });
  return { rules: rules.content, voters, mandates };
}

export type OpenConsultationRefusal = WrittenConsultationRefusal | "expense-unknown" | "expense-not-to-decide" | Block;

/**
 * Puts a question to every seat in writing, and tells each titular by e-mail. Sent twice with the same key, it is asked once.
 * @param address of the network's pages, for the link in the mails: « https://… /reseaux/blain »
 */
export async function openConsultation(
  { db, clock, networkId, actor }: CommandContext,
  input: OpenConsultationInput,
  address: string,
): Promise<Decision<{ readonly pollId: PollId }, OpenConsultationRefusal>> {
  const pollId = input.cle as PollId;
  return writeTransaction(db, async (trx) => {
    if (await findPoll(trx, networkId, pollId)) return grant({ pollId });
    const guard = await guardAct(trx, networkId, { act: "decide", on: today(clock) });
    if (!guard.ok) return guard;
    const subject: PollSubject = input.expenseId === undefined ? "motion" : "expense";
    const expense = input.expenseId === undefined ? null : await findExpense(trx, networkId, input.expenseId);
    if (input.expenseId !== undefined && !expense) return refuse("expense-unknown");
    if (expense && (expense.withdrawnAt !== null || expense.isDecided)) return refuse("expense-not-to-decide");
    const now = localNow(clock);
    const room = await loadWrittenRoom(trx, networkId, { rulesOn: dateOf(now), peopleOn: dateOf(now) });
    const deadline = deadlineOn(input.deadline);
    const decision = checkWrittenConsultation(room.rules, room.voters, { subject, opensAt: now, deadline });
    if (!decision.ok) return decision;
    const at = clock.now().toISOString();
    const title = input.title ?? `Validation de la dépense «${NBSP}${expense?.object ?? ""}${NBSP}»`;
    await trx
      .insertInto("poll")
      .values({
        id: pollId,
        networkId,
        meetingId: null,
        agendaItemId: null,
        subject,
        subjectId: input.expenseId ?? null,
        title,
        bodyMd: input.body,
        mode: "public",
        status: "open",
        openedAt: at,
        closesOn: input.deadline,
        closedAt: null,
        openedBy: actor.personId,
        createdAt: at,
      })
      .execute();
    const titulars = room.voters.flatMap(({ holders }) => (holders.titular ? [holders.titular.personId] : []));
    const people =
      titulars.length === 0
        ? []
        : await trx.selectFrom("person").select(["id", "email"]).where("id", "in", titulars).execute();
    const about = expense ? `${title} (${formatCents(expense.amountCents as Cents)}, ${expense.supplier})` : title;
    await enqueueMails(
      trx,
      clock,
      people.map((person) => ({
        networkId,
        personId: person.id,
        kind: "consultation" as const,
        to: person.email,
        subject: `Consultation écrite : ${title}`,
        text: composeMail(about, deadline, `${address}/consultations/${pollId}`),
      })),
    );
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "consultation-opened",
      payload: {
        ...{ pollId, subject, subjectId: input.expenseId ?? null, title, body: input.body },
        ...{ deadline, sentTo: people.map(({ id }) => id).sort() },
        ...(expense ? { amountCents: expense.amountCents } : {}),
      },
    });
    return grant({ pollId });
  });
}

function composeMail(about: string, deadline: LocalDateTime, link: string): string {
  return [
    "Bonjour,",
    "",
    "Entre deux séances, le comité de pilotage est consulté par écrit sur la question suivante :",
    about,
    "",
    `Vous pouvez répondre jusqu’au ${formatDateTime(deadline)}, avec votre compte :`,
    link,
    "",
    "Le résultat sera soumis à ratification lors de la prochaine séance.",
    "",
  ].join("\n");
}

async function findExpense(trx: Trx, networkId: string, expenseId: string) {
  const row = await trx
    .selectFrom("expense")
    .select(["object", "supplier", "amountCents", "withdrawnAt"])
    .where("networkId", "=", networkId)
    .where("id", "=", expenseId)
    .executeTakeFirst();
  if (!row) return null;
  const polls = await trx
    .selectFrom("poll")
    .leftJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.status", "pollResult.outcome"])
    .where("poll.networkId", "=", networkId)
    .where("poll.subjectId", "=", expenseId)
    .execute();
  const isDecided = polls.some(
    ({ status, outcome }) => status === "open" || outcome === "adopted" || outcome === "rejected",
  );
  return { ...row, isDecided };
}

export type AnswerRefusal = WrittenBallotRefusal | "poll-unknown";

/** A member answers for their seat. The first answer stands. */
export async function answerConsultation(
  { db, clock, networkId, actor }: CommandContext,
  pollId: string,
  { seatId, choice }: { readonly seatId: SeatId; readonly choice: Choice },
): Promise<Decision<null, AnswerRefusal>> {
  return writeTransaction(db, async (trx) => {
    const poll = await findPoll(trx, networkId, pollId);
    if (!poll || poll.meetingId !== null) return refuse("poll-unknown");
    if (poll.state !== "open") return refuse("consultation-closed");
    const consultation = consultationOf(poll);
    const at = localNow(clock);
    const room = await loadWrittenRoom(trx, networkId, {
      rulesOn: dateOf(consultation.opensAt),
      peopleOn: dateOf(at),
    });
    const voter = room.voters.find(({ id }) => id === seatId);
    if (!voter) return refuse("not-your-seat");
    const marks = await listVoteMarks(trx, networkId, poll);
    const decision = castWrittenBallot(
      { rules: room.rules, consultation, voter, hasVoted: marks.some((mark) => mark.seatId === seatId) },
      { seatId, personId: actor.personId, choice, at },
    );
    if (!decision.ok) return decision;
    await trx
      .insertInto("ballot")
      .values({
        pollId: poll.id,
        seatId,
        networkId,
        choice,
        holderSeatId: null,
        castBy: actor.personId,
        source: "device",
        at: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "ballot-cast", payload: { pollId, seatId } });
    return grant(null);
  });
}

export type CloseConsultationRefusal = "poll-unknown" | "deadline-not-passed";

/** Closes a consultation once its last day is over, or once every seat has answered. Closing again changes nothing. */
export async function closeConsultation(
  context: CommandContext,
  pollId: string,
): Promise<Decision<null, CloseConsultationRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const poll = await findPoll(trx, networkId, pollId);
    if (!poll || poll.meetingId !== null) return refuse("poll-unknown");
    if (poll.state === "closed") return grant(null);
    const consultation = consultationOf(poll);
    const now = localNow(clock);
    const last = consultation.deadline < now ? dateOf(consultation.deadline) : dateOf(now);
    const room = await loadWrittenRoom(trx, networkId, { rulesOn: dateOf(consultation.opensAt), peopleOn: last });
    const votes = await listNamedVotes(trx, networkId, [poll.id]);
    const answered = new Set(votes.map(({ seatId }) => seatId));
    const asked = listWrittenElectorate(room.rules, poll.subject, room.voters);
    if (now <= consultation.deadline && asked.some(({ seatId }) => !answered.has(seatId)))
      return refuse("deadline-not-passed");
    // A seat may have become vacant after it answered: its answer stands.
    const gone = votes
      .filter(({ seatId }) => !asked.some((entitlement) => entitlement.seatId === seatId))
      .map(({ seatId, castBy }) => ({ seatId, through: "remote", castBy: { seatId, personId: castBy } }) as const);
    await freezeResult(trx, context, {
      poll,
      tallyInput: {
        rules: room.rules,
        mode: "public",
        entitled: [...asked, ...gone],
        votingSeatsInOffice: asked.length + gone.length,
        voices: votes,
        chair: null,
        chairDeclares: null,
      },
      quorum: null,
      votes,
    });
    return grant(null);
  });
}
