import { can } from "~/domain/access/permissions";
import { checkAnswer, checkExtension, currentOpinions } from "~/domain/action-plan/review";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatLongDate, formatOf, NBSP } from "~/documents/french";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { recordAct } from "~/services/register.server";
import { isInCharge, isSecretaryOf, organizationsOf } from "./plan-queries.server";
import type { AnswerOpinionRefusal, ExtendRoundRefusal } from "./refusals";
import { findRound, listReviewers } from "./review-queries.server";

export type ExtensionInput = {
  readonly cle: string;
  readonly roundId: string;
  readonly deadline: PlainDate;
  readonly reason: string;
  /** Where reviewers go. */
  readonly address: string;
};

/** Gives the department more time: the first deadline stays in the history, and those who answer are told by mail. */
export async function extendRound(
  { db, clock, networkId, actor }: CommandContext,
  { cle: id, roundId, deadline, reason, address }: ExtensionInput,
): Promise<Decision<null, ExtendRoundRefusal>> {
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const round = await findRound(trx, networkId, roundId, on);
    if (round === null) return refuse("round-unknown");
    if (round.extensions.some((extension) => extension.id === id)) return grant(null);
    const checked = checkExtension(round, { deadline, reason }, on);
    if (!checked.ok) return checked;
    await trx
      .insertInto("reviewExtension")
      .values({
        ...{ id, networkId, roundId, deadline, reason: reason.trim() },
        ...{ recordedBy: actor.personId, recordedByLabel: actor.displayName, createdAt: clock.now().toISOString() },
      })
      .execute();
    await tellReviewers(
      trx,
      { clock, networkId },
      {
        subject: `Plan d’actions ${round.year}${NBSP}: plus de temps pour votre avis`,
        paragraphs: [
          "Bonjour,",
          `Les avis sur le plan d’actions ${round.year} étaient attendus le ${formatLongDate(round.deadline)}. Ils le sont désormais au plus tard le ${formatLongDate(deadline)}.`,
          `Motif${NBSP}: ${reason.trim()}`,
          `Donner les avis${NBSP}: ${address}\n`,
        ],
      },
    );
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "review-extended" },
      payload: {
        roundId,
        year: round.year,
        rank: round.rank,
        previousDeadline: round.deadline,
        deadline,
        reason: reason.trim(),
      },
    });
    return grant(null);
  });
}

/** A mail to everyone who gives opinions today. */
async function tellReviewers(
  trx: Trx,
  { clock, networkId }: Pick<CommandContext, "clock" | "networkId">,
  { subject, paragraphs }: { readonly subject: string; readonly paragraphs: readonly string[] },
): Promise<void> {
  const reviewers = await listReviewers(trx, networkId, today(clock));
  await enqueueMails(
    trx,
    clock,
    reviewers.map(({ id: personId, email }) => ({
      ...{ networkId, personId, kind: "reminder" as const, to: email },
      ...{ subject, text: paragraphs.join("\n\n") },
    })),
  );
}

export type AnswerInput = {
  readonly cle: string;
  readonly roundId: string;
  readonly actionKey: string;
  readonly text: string;
  /** Where reviewers read it. */
  readonly address: string;
};

/**
 * What is done about a reserve, by whoever answers for the action or by the secretariat, never by those who give the opinions: the department, owner of an
 * action, does not lift its own reserve. A later answer adds to the former. Reviewers are told by mail.
 */
export async function answerOpinion(
  { db, clock, networkId, actor }: CommandContext,
  { cle: id, roundId, actionKey, text, address }: AnswerInput,
): Promise<Decision<null, AnswerOpinionRefusal>> {
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const round = await findRound(trx, networkId, roundId, on);
    const action = round?.snapshot.actions.find(({ key }) => key === actionKey);
    if (!round || !action) return refuse("round-unknown");
    const own = await organizationsOf(trx, networkId, actor.personId, on);
    if (!isInCharge(action, { own, isSecretary: isSecretaryOf(actor, networkId) })) return refuse("not-in-charge");
    if (can(actor, "action-plan.review", { networkId })) return refuse("own-opinion");
    const opinion = currentOpinions(round.opinions).get(actionKey) ?? null;
    if (opinion?.answers.some((answer) => answer.id === id)) return grant(null);
    const checked = checkAnswer(opinion, text);
    if (!checked.ok) return checked;
    await trx
      .insertInto("reviewAnswer")
      .values({
        ...{ id, networkId, opinionId: checked.value.id, body: text.trim() },
        ...{ answeredBy: actor.personId, answeredByLabel: actor.displayName, createdAt: clock.now().toISOString() },
      })
      .execute();
    await tellReviewers(
      trx,
      { clock, networkId },
      {
        subject: `Plan d’actions ${round.year}${NBSP}: une suite est donnée à votre avis`,
        paragraphs: [
          "Bonjour,",
          `Votre avis sur l’action «${NBSP}${action.title}${NBSP}» (plan d’actions ${round.year}, relecture n°${NBSP}${round.rank}) a reçu une suite, ${formatOf(actor.displayName)}${NBSP}:`,
          text.trim(),
          `La lire avec votre avis${NBSP}: ${address}\n`,
        ],
      },
    );
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "review-answered" },
      payload: { roundId, year: round.year, actionKey, actionTitle: action.title, followUp: text.trim() },
    });
    return grant(null);
  });
}
