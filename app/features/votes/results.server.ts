import type { JsonValue } from "~/domain/register/canonical";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { yearOf } from "~/domain/kernel/plain-date";
import type { Quorum } from "~/domain/quorum/quorum";
import { tallyVoices, type Tally, type TallyInput } from "~/domain/voting/tally";
import { NBSP } from "~/documents/french";
import { decisionNumberOf } from "~/documents/voting-words";
import type { Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import type { NamedVote, PollOutcome, RecordedPoll } from "~/services/poll-record.server";
import { recordAct } from "~/services/register.server";

export type Closing = {
  readonly poll: RecordedPoll;
  readonly tallyInput: TallyInput;
  /** Null for a written consultation, which has none. */
  readonly quorum: Quorum | null;
  /** Votes by name; null when the poll is secret. */
  readonly votes: readonly NamedVote[] | null;
};

/**
 * Freezes what a poll decided, who was entitled and the quorum, gives an adopted decision its number in the year, and seals it all into the
 * register. The poll itself can't change any more.
 */
export async function freezeResult(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  { poll, tallyInput, quorum, votes }: Closing,
): Promise<void> {
  const closedAt = clock.now();
  const tally = tallyVoices(tallyInput);
  const { outcome, sentence } = describeOutcome(tally, quorum, poll.meetingId === null);
  const { entitled, sentence: _sentence, ...counted } = tally;
  const isDecided = outcome !== "no-decision";
  const decisionYear = isDecided ? yearOf(dateOf(parisLocalAt(closedAt))) : null;
  const decisionNumber =
    outcome === "adopted" && decisionYear !== null ? await nextDecisionNumber(trx, networkId, decisionYear) : null;
  await trx
    .insertInto("pollResult")
    .values({
      pollId: poll.id,
      networkId,
      outcome,
      tally: JSON.stringify(counted),
      entitled: JSON.stringify(entitled),
      quorum: JSON.stringify(quorum),
      castingVote: isDecided ? tally.castingVote : null,
      sentence,
      decisionYear,
      decisionNumber,
      closedAt: closedAt.toISOString(),
    })
    .execute();
  await trx
    .updateTable("poll")
    .set({ status: "closed", closedAt: closedAt.toISOString() })
    .where("networkId", "=", networkId)
    .where("id", "=", poll.id)
    .execute();

  const record = (kind: Parameters<typeof recordAct>[3]["kind"], payload: { readonly [key: string]: JsonValue }) =>
    recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind,
      payload: { pollId: poll.id, ...payload },
      ...(poll.meetingId === null ? {} : { meetingId: poll.meetingId }),
    });
  await record(poll.meetingId === null ? "consultation-closed" : "poll-closed", {
    meetingId: poll.meetingId,
    title: poll.title,
    mode: poll.mode,
    outcome,
    sentence,
    counts: { ...tally.counts },
    quorum: quorum?.sentence ?? null,
    entitled: entitled.map(({ seatId, through, castBy }) => ({ seatId, through, castBySeatId: castBy.seatId })),
    votes: votes?.map(({ seatId, choice, castBy }) => ({ seatId, choice, castBy })) ?? null,
  });
  if (isDecided && tally.castingVote !== null) {
    await record("casting-vote", { seatId: tallyInput.chair, choice: tally.castingVote });
  }
  if (isDecided) {
    await record(outcome === "adopted" ? "decision-adopted" : "decision-rejected", {
      meetingId: poll.meetingId,
      number: decisionYear === null || decisionNumber === null ? null : decisionNumberOf(decisionYear, decisionNumber),
      title: poll.title,
      subject: poll.subject,
      subjectId: poll.subjectId,
      sentence,
    });
  }
}

function describeOutcome(
  tally: Tally,
  quorum: Quorum | null,
  isConsultation: boolean,
): { readonly outcome: PollOutcome; readonly sentence: string } {
  if (quorum && !quorum.reached) {
    return {
      outcome: "no-decision",
      sentence: `Rien n’est décidé${NBSP}: le quorum n’était plus atteint à la clôture`,
    };
  }
  if (tally.counts.notVoted === tally.counts.entitled) {
    return { outcome: "no-decision", sentence: `Rien n’est décidé${NBSP}: aucun siège n’a voté` };
  }
  const reserve = isConsultation && tally.result === "adopted" ? ", sous réserve de ratification en séance" : "";
  return { outcome: tally.result, sentence: tally.sentence + reserve };
}

async function nextDecisionNumber(trx: Trx, networkId: string, year: number): Promise<number> {
  const last = await trx
    .selectFrom("pollResult")
    .select(({ fn }) => fn.max("decisionNumber").as("number"))
    .where("networkId", "=", networkId)
    .where("decisionYear", "=", year)
    .executeTakeFirst();
  return Number(last?.number ?? 0) + 1;
}
