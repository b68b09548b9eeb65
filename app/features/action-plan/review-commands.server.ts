import {
  checkOpinion,
  checkReviewRule,
  checkVisa,
  findUnseenOpinion,
  mayAnswer,
  openRound,
  OPINIONS,
  tacitApprovalDate,
  type Opinion,
  type VisaKind,
} from "~/domain/action-plan/review";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatDate, formatLongDate, NBSP } from "~/documents/french";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { recordAct } from "~/services/register.server";
import { findPlan, listPlans } from "./plan-queries.server";
import type { GiveOpinionRefusal, GiveVisaRefusal, RecordRuleRefusal, StartRoundRefusal } from "./refusals";
import {
  findReviewRule,
  findRound,
  listAdoptedDecisions,
  listReviewers,
  listRounds,
  opinionsFingerprint,
  type RecordedRound,
} from "./review-queries.server";

export type RuleInput = {
  readonly cle: string;
  readonly silenceDays: number | null;
  readonly late: "refused" | "marked";
  /** Number of an adopted decision, « 2026-3 ». */
  readonly basis: string | null;
};

/** Records what the committee decided on silence and lateness. It holds for the rounds opened afterwards. */
export async function recordReviewRule(
  { db, clock, networkId, actor }: CommandContext,
  input: RuleInput,
): Promise<Decision<{ readonly ruleId: string }, RecordRuleRefusal>> {
  return writeTransaction(db, async (trx) => {
    const already = await trx
      .selectFrom("reviewRule")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", input.cle)
      .executeTakeFirst();
    if (already) return grant({ ruleId: input.cle });
    const decisions = input.basis === null ? [] : await listAdoptedDecisions(trx, networkId);
    if (input.basis !== null && !decisions.some(({ number }) => number === input.basis))
      return refuse("decision-unknown");
    const rule = checkReviewRule({
      silenceDays: input.silenceDays,
      late: input.late,
      basis: input.basis,
    });
    if (!rule.ok) return rule;
    const { silenceDays, late, basis } = rule.value;
    await trx
      .insertInto("reviewRule")
      .values({
        ...{
          id: input.cle,
          networkId,
          silenceDays,
          late,
          basis,
          recordedBy: actor.personId,
        },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{
        networkId,
        kind: "review-rule-recorded",
        payload: { silenceDays, late, basis },
      },
    });
    return grant({ ruleId: input.cle });
  });
}

export type RoundInput = {
  readonly cle: string;
  readonly planId: string;
  readonly deadline: PlainDate;
  readonly message: string;
  /** Where reviewers go. */
  readonly address: string;
};

/**
 * Opens a round of the department's review: the plan is frozen into it as it stands, with the rule in force, and those who answer for the department
 * are told by mail.
 */
export async function startRound(
  { db, clock, networkId, actor }: CommandContext,
  input: RoundInput,
): Promise<Decision<{ readonly roundId: string }, StartRoundRefusal>> {
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const plan = await findPlan(trx, networkId, input.planId);
    if (plan === null) return refuse({ kind: "plan-unknown" } as const);
    const rounds = await listRounds(trx, networkId, {
      year: plan.year,
      today: on,
    });
    if (rounds.some(({ id }) => id === input.cle)) return grant({ roundId: input.cle });
    const versions = await listPlans(trx, networkId, plan.year);
    const opened = openRound({
      ...{
        gaps: plan.gapCount,
        isCurrent: versions.at(-1)?.id === plan.id,
        today: on,
        deadline: input.deadline,
      },
      standings: rounds.map(({ standing }) => standing),
    });
    if (!opened.ok) return opened;
    const { recordedOn: _recordedOn, ...rule } = await findReviewRule(trx, networkId);
    const rank = rounds.length + 1;
    await trx
      .insertInto("reviewRound")
      .values({
        ...{
          id: input.cle,
          networkId,
          planId: plan.id,
          year: plan.year,
          rank,
          message: input.message.trim(),
        },
        ...{ deadline: input.deadline, openedOn: on, openedBy: actor.personId },
        rule: JSON.stringify(rule),
        snapshot: JSON.stringify(plan.content),
        createdAt: clock.now().toISOString(),
      })
      .execute();
    const tacitOn = tacitApprovalDate({ deadline: input.deadline, rule });
    const reviewers = await listReviewers(trx, networkId, on);
    await enqueueMails(
      trx,
      clock,
      reviewers.map(({ id, email }) => ({
        ...{ networkId, personId: id, kind: "reminder", to: email },
        subject: `Plan d’actions ${plan.year}${NBSP}: votre avis est attendu`,
        text: composeInvitation({ ...input, year: plan.year, rank, tacitOn }),
      })),
    );
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "review-opened" },
      payload: {
        ...{
          roundId: input.cle,
          planId: plan.id,
          year: plan.year,
          rank,
          deadline: input.deadline,
          tacitOn,
        },
        ...{
          silenceDays: rule.silenceDays,
          late: rule.late,
          basis: rule.basis,
        },
        actions: plan.content.actions.map(({ title }) => title),
      },
    });
    return grant({ roundId: input.cle });
  });
}

function composeInvitation(round: {
  readonly year: number;
  readonly rank: number;
  readonly deadline: PlainDate;
  readonly tacitOn: PlainDate | null;
  readonly message: string;
  readonly address: string;
}): string {
  const lines = [
    "Bonjour,",
    `Le réseau soumet son plan d’actions ${round.year} à l’avis du Département (relecture n°${NBSP}${round.rank}).`,
    `Les avis sont attendus au plus tard le ${formatLongDate(round.deadline)}.`,
    ...(round.tacitOn === null
      ? []
      : [`Sans visa, le plan est réputé approuvé à partir du ${formatDate(round.tacitOn)}.`]),
    ...(round.message.trim() === "" ? [] : [round.message.trim()]),
    `Donner les avis${NBSP}: ${round.address}`,
  ];
  return `${lines.join("\n\n")}\n`;
}

export type OpinionInput = {
  readonly cle: string;
  readonly roundId: string;
  readonly actionKey: string;
  readonly opinion: Opinion;
  readonly reason: string;
  readonly comment: string;
  /** The opinion that the writer saw on this action; null for none. */
  readonly knownId: string | null;
};

/**
 * Gives the department's opinion on one action. A later one replaces it and the former stays. Where another reviewer wrote meanwhile, nothing is
 * written: both texts are shown and the writer decides.
 */
export async function giveOpinion(
  context: CommandContext,
  input: OpinionInput,
): Promise<Decision<{ readonly opinionId: string }, GiveOpinionRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const round = await findRound(trx, networkId, input.roundId, on);
    if (round === null) return refuse({ kind: "round-unknown" } as const);
    if (round.opinions.some(({ id }) => id === input.cle)) return grant({ opinionId: input.cle });
    const answer = mayAnswer(round, { hasVisa: round.visa !== null, isFollowed: round.isFollowed }, on);
    if (!answer.ok) return refuse({ kind: answer.refusal } as const);
    const keys = round.snapshot.actions.map(({ key }) => key);
    const { actionKey, opinion } = input;
    const checked = checkOpinion(
      {
        actionKey,
        opinion,
        reason: input.reason.trim(),
        comment: input.comment.trim(),
      },
      keys,
    );
    if (!checked.ok) return refuse({ kind: checked.refusal } as const);
    const unseen = findUnseenOpinion(round.opinions, actionKey, input.knownId);
    if (unseen !== null)
      return refuse({
        kind: "changed-meanwhile",
        currentId: unseen.id,
      } as const);
    await writeOpinions(trx, context, round, [{ id: input.cle, ...checked.value }], answer.value.isLate);
    return grant({ opinionId: input.cle });
  });
}

type OpinionRow = {
  readonly id: string;
  readonly actionKey: string;
  readonly opinion: Opinion;
  readonly reason: string;
  readonly comment: string;
};

async function writeOpinions(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  round: RecordedRound,
  rows: readonly OpinionRow[],
  isLate: boolean,
): Promise<void> {
  const last = round.opinions.at(-1)?.sequence ?? 0;
  const titles = new Map(round.snapshot.actions.map(({ key, title }) => [key, title]));
  await trx
    .insertInto("reviewOpinion")
    .values(
      rows.map((row, index) => ({
        ...row,
        ...{
          networkId,
          roundId: round.id,
          sequence: last + index + 1,
          isLate: isLate ? (1 as const) : (0 as const),
        },
        ...{
          reviewerId: actor.personId,
          reviewerLabel: actor.displayName,
          createdAt: clock.now().toISOString(),
        },
      })),
    )
    .execute();
  for (const { actionKey, opinion, reason, comment } of rows) {
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "review-opinion-given" },
      payload: {
        ...{
          roundId: round.id,
          year: round.year,
          actionKey,
          actionTitle: titles.get(actionKey) ?? "",
        },
        ...{ opinion, reason, comment, isLate },
      },
    });
  }
}

export type VisaInput = {
  readonly roundId: string;
  readonly kind: VisaKind;
  readonly comment: string;
  /** Gives « sans avis » to every action that has no opinion yet, within the same act. */
  readonly fillWithout: boolean;
  readonly fingerprint: string;
};

/** Settles the round by the department's visa; no opinion changes afterwards. */
export async function giveVisa(
  context: CommandContext,
  input: VisaInput,
): Promise<Decision<{ readonly roundId: string }, GiveVisaRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const on = today(clock);
    const round = await findRound(trx, networkId, input.roundId, on);
    if (round === null) return refuse({ kind: "round-unknown" } as const);
    const answer = mayAnswer(round, { hasVisa: round.visa !== null, isFollowed: round.isFollowed }, on);
    if (!answer.ok) return refuse({ kind: answer.refusal } as const);
    if (opinionsFingerprint(round) !== input.fingerprint) return refuse({ kind: "changed-meanwhile" } as const);
    const keys = round.snapshot.actions.map(({ key }) => key);
    const given = new Set(round.opinions.map(({ actionKey }) => actionKey));
    const filled: readonly OpinionRow[] = input.fillWithout
      ? keys
          .filter((key) => !given.has(key))
          .map((actionKey) => ({
            id: clock.newId(),
            actionKey,
            opinion: "no-opinion",
            reason: "",
            comment: "",
          }))
      : [];
    const comment = input.comment.trim();
    const visa = checkVisa({ kind: input.kind, comment }, [...round.opinions, ...filled], keys);
    if (!visa.ok) return visa;
    const { isLate } = answer.value;
    if (filled.length > 0) await writeOpinions(trx, context, round, filled, isLate);
    await trx
      .insertInto("reviewVisa")
      .values({
        ...{
          roundId: round.id,
          networkId,
          kind: input.kind,
          comment,
          isLate: isLate ? 1 : 0,
          givenOn: on,
        },
        ...{
          givenBy: actor.personId,
          givenByLabel: actor.displayName,
          createdAt: clock.now().toISOString(),
        },
      })
      .execute();
    const current = new Map([...round.opinions, ...filled].map(({ actionKey, opinion }) => [actionKey, opinion]));
    const counts = Object.fromEntries(
      OPINIONS.map((opinion) => [opinion, [...current.values()].filter((each) => each === opinion).length]),
    );
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "review-visa-given" },
      payload: {
        roundId: round.id,
        year: round.year,
        rank: round.rank,
        visa: input.kind,
        comment,
        isLate,
        counts,
      },
    });
    return grant({ roundId: round.id });
  });
}
