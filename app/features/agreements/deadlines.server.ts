import { clausesOf } from "~/domain/agreement/clause";
import type { Obligation } from "~/domain/agreement/obligations";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "~/services/db.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import { followAgreements } from "./obligations.server";

export type AgreementDeadlines = {
  readonly late: number;
  /** What is to be done next, or what has waited longest. */
  readonly next: Pick<Obligation, "title" | "article" | "sentence" | "dueOn" | "state"> | null;
  /** The last agreement is over, and none follows it. */
  readonly over: { readonly endedOn: PlainDate; readonly article: string } | null;
};

/** The next thing that the texts ask of the network, for its first screen. Null: no text is signed. */
export function loadAgreementDeadlines(
  db: Db,
  network: { readonly id: NetworkId; readonly slug: string },
  today: PlainDate,
): Promise<AgreementDeadlines | null> {
  return onceUntilNextWrite(db, `agreement-deadlines ${network.id} ${today}`, async () => {
    const followed = await followAgreements(db, network, today);
    if (followed.length === 0) return null;
    const open = followed
      .flatMap(({ obligations }) => obligations)
      .filter(({ state }) => state !== "met")
      .toSorted((one, other) => (one.dueOn ?? today).localeCompare(other.dueOn ?? today));
    const [next] = open;
    const [last] = followed;
    const isOver = last?.agreement.standing?.state === "expired" || last?.agreement.standing?.state === "terminated";
    const endedOn = last?.agreement.standing?.endsOn ?? null;
    return {
      late: open.filter(({ state }) => state === "late").length,
      next: next
        ? {
            ...{ title: next.title, article: next.article, sentence: next.sentence },
            ...{ dueOn: next.dueOn, state: next.state },
          }
        : null,
      over:
        last && isOver && endedOn !== null
          ? { endedOn, article: clausesOf(last.agreement.content.clauses, "duration")[0]?.article ?? "" }
          : null,
    };
  });
}
