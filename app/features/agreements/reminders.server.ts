import { listRinging } from "~/domain/agreement/obligations";
import type { NetworkId } from "~/domain/kernel/ids";
import { articleWords, milestoneWords } from "~/documents/agreement-words";
import { formatLongDate } from "~/documents/french";
import { systemClock, today, type Clock } from "~/services/clock.server";
import { getDb, writeTransaction, type Db } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { describeFault, log } from "~/services/log.server";
import { enqueueMails, type NewMail } from "~/services/mail.server";
import { followAgreements } from "./obligations.server";

const NBSP = "\u00a0";

/**
 * Writes to the secretariat of each network about the deadlines whose alarm has rung this week, once per deadline and person, whatever the number
 * of times that it runs.
 * @returns how many mails went into the outbox
 */
export async function remindDeadlines(db: Db, clock: Clock, publicUrl: string): Promise<number> {
  const networks = await db
    .selectFrom("network")
    .select(["id", "slug", "name"])
    .where("id", "in", (eb) =>
      eb.selectFrom("agreement").select("agreement.networkId").where("agreement.signedOn", "is not", null),
    )
    .execute();
  let sent = 0;
  for (const network of networks) sent += await remindNetwork(db, clock, publicUrl, network);
  return sent;
}

type NetworkRow = { readonly id: string; readonly slug: string; readonly name: string };

async function remindNetwork(db: Db, clock: Clock, publicUrl: string, network: NetworkRow): Promise<number> {
  const day = today(clock);
  const networkId = network.id as NetworkId;
  const followed = await followAgreements(db, { id: networkId, slug: network.slug }, day, 7);
  const ringing = followed.flatMap(({ agreement, milestones, obligations }) =>
    listRinging(milestones, day).map((milestone) => ({
      key: `${agreement.id}.${milestone.key}`,
      milestone,
      title: agreement.title,
      obligation: obligations.find(({ key }) => key === milestone.obligationKey) ?? null,
    })),
  );
  if (ringing.length === 0) return 0;
  const people = await db
    .selectFrom("roleGrant")
    .innerJoin("person", "person.id", "roleGrant.personId")
    .select(["person.id", "person.email"])
    .distinct()
    .where("roleGrant.networkId", "=", network.id)
    .where("roleGrant.role", "=", "secretary")
    .where("roleGrant.startsOn", "<=", day)
    .where((eb) => eb.or([eb("roleGrant.endsOn", "is", null), eb("roleGrant.endsOn", ">=", day)]))
    .where("person.disabledAt", "is", null)
    .execute();
  return writeTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("obligationReminder")
      .select(["milestoneKey", "personId"])
      .where("networkId", "=", network.id)
      .where(
        "milestoneKey",
        "in",
        ringing.map(({ key }) => key),
      )
      .execute();
    const isKnown = (key: string, personId: string) =>
      known.some((one) => one.milestoneKey === key && one.personId === personId);
    const due = people.flatMap((person) =>
      ringing.filter(({ key }) => !isKnown(key, person.id)).map((one) => ({ person, ...one })),
    );
    const mails = due.map(({ person, milestone, title, obligation }): NewMail => ({
      ...{ networkId: network.id, personId: person.id, kind: "reminder", to: person.email },
      subject: `${network.name}${NBSP}: ${milestoneWords({ ...milestone, kind: obligation ? "obligation" : milestone.kind })}`,
      text: [
        `${title}`,
        "",
        ...(obligation === null
          ? [milestoneWords(milestone)]
          : [
              `${obligation.title} (${articleWords(obligation.article)})`,
              obligation.sentence,
              obligation.dueOn === null ? "" : `À faire au plus tard le ${formatLongDate(obligation.dueOn)}.`,
            ]),
        "",
        `Les obligations du réseau${NBSP}: ${publicUrl}/reseaux/${network.slug}/obligations`,
      ].join("\n"),
    }));
    const ids = await enqueueMails(trx, clock, mails);
    if (due.length > 0)
      await trx
        .insertInto("obligationReminder")
        .values(
          due.map(({ person, key }, index) => ({
            ...{ networkId: network.id, milestoneKey: key, personId: person.id, mailId: ids[index] ?? "" },
            createdAt: clock.now().toISOString(),
          })),
        )
        .execute();
    return due.length;
  });
}

const CHECK_MS = 3_600_000;

/** Looks at the deadlines at start, then each hour. @returns a function that stops it and waits for the look under way */
export function startReminders(): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    running = remindDeadlines(getDb(), systemClock, getEnv().publicUrl).catch((fault: unknown) =>
      log("error", "reminders.fault", describeFault(fault)),
    );
  };
  look();
  const timer = setInterval(look, CHECK_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
