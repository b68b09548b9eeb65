import { listPracticeFaults, type Channel, type PracticeCard } from "~/domain/action-plan/practice";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { today } from "~/services/clock.server";
import { writeTransaction } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { findPractice } from "./evaluation-queries.server";
import type { PublishPracticeRefusal, SpreadPracticeRefusal, WritePracticeRefusal } from "./refusals";

type Written = { readonly practiceId: string };

export type PracticeInput = {
  readonly practiceId: string;
  /** 0 for a new card. */
  readonly revision: number;
  readonly actionKey: string | null;
  readonly card: PracticeCard;
};

/** Writes a card, new or not, as long as it is not published. */
export async function writePractice(
  { db, clock, networkId, actor }: CommandContext,
  { practiceId, revision, actionKey, card }: PracticeInput,
): Promise<Decision<Written, WritePracticeRefusal>> {
  return writeTransaction(db, async (trx) => {
    const content = JSON.stringify(card);
    if (card.title.trim() === "") return refuse("title-missing");
    if (content.length > 12_000) return refuse("text-too-long");
    const known = await findPractice(trx, networkId, practiceId);
    if (known === null && revision > 0) return refuse("practice-unknown");
    if (known !== null) {
      if (known.publishedOn !== null) return refuse("already-published");
      // A new card sent twice: written once.
      if (revision === 0) return grant({ practiceId });
      if (known.revision !== revision) return refuse("changed-meanwhile");
      await trx
        .updateTable("goodPractice")
        .set({ content, actionKey, revision: known.revision + 1 })
        .where("networkId", "=", networkId)
        .where("id", "=", practiceId)
        .execute();
    } else {
      await trx
        .insertInto("goodPractice")
        .values({
          ...{
            id: practiceId,
            networkId,
            actionKey,
            content,
            revision: 1,
            createdBy: actor.personId,
          },
          createdAt: clock.now().toISOString(),
        })
        .execute();
    }
    await recordAct(trx, clock, actingPerson(actor), {
      ...{
        networkId,
        kind: "practice-recorded",
        payload: { practiceId, title: card.title.trim() },
      },
    });
    return grant({ practiceId });
  });
}

/** Lets everyone read a complete card. */
export async function publishPractice(
  { db, clock, networkId, actor }: CommandContext,
  practiceId: string,
): Promise<Decision<Written, PublishPracticeRefusal>> {
  return writeTransaction(db, async (trx) => {
    const card = await findPractice(trx, networkId, practiceId);
    if (card === null) return refuse({ kind: "practice-unknown" } as const);
    if (card.publishedOn !== null) return refuse({ kind: "already-published" } as const);
    const faults = listPracticeFaults(card);
    if (faults.length > 0) return refuse({ kind: "practice-incomplete", faults } as const);
    await trx
      .insertInto("goodPracticePublication")
      .values({
        practiceId,
        networkId,
        publishedOn: today(clock),
        publishedBy: actor.personId,
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{
        networkId,
        kind: "practice-published",
        payload: { practiceId, title: card.title },
      },
    });
    return grant({ practiceId });
  });
}

export type SpreadInput = {
  readonly cle: string;
  readonly practiceId: string;
  readonly channel: Channel;
  readonly on: PlainDate;
  readonly reference: string;
};

/** Records where a published practice was made known. */
export async function recordSpreading(
  { db, clock, networkId, actor }: CommandContext,
  input: SpreadInput,
): Promise<Decision<Written, SpreadPracticeRefusal>> {
  return writeTransaction(db, async (trx) => {
    const card = await findPractice(trx, networkId, input.practiceId);
    if (card === null) return refuse("practice-unknown");
    if (card.publishedOn === null) return refuse("not-published");
    if (card.spread.some(({ id }) => id === input.cle)) return grant({ practiceId: card.id });
    if (input.on > today(clock)) return refuse("in-the-future");
    await trx
      .insertInto("goodPracticeChannel")
      .values({
        ...{
          id: input.cle,
          networkId,
          practiceId: card.id,
          channel: input.channel,
          usedOn: input.on,
        },
        ...{
          reference: input.reference.trim(),
          recordedBy: actor.personId,
          createdAt: clock.now().toISOString(),
        },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      ...{ networkId, kind: "practice-spread" },
      payload: {
        practiceId: card.id,
        title: card.title,
        channel: input.channel,
        at: input.on,
        reference: input.reference.trim(),
      },
    });
    return grant({ practiceId: card.id });
  });
}
