import type { Cents } from "~/domain/kernel/money";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { NetworkId } from "~/domain/kernel/ids";
import { formatDate, NBSP } from "~/documents/french";
import type { Db, Trx } from "./db.server";
import { loadDossiers } from "./expense-record.server";
import { meetingNumber, type RecordedItem } from "./meeting-record.server";

/** What an item of the agenda is about, and whether anything is left to decide there. */
export type ItemSubject = {
  readonly expense: {
    readonly id: string;
    readonly object: string;
    readonly supplier: string;
    readonly amount: Cents;
  } | null;
  /** What settled it elsewhere, or null: « procès-verbal arrêté le 3 novembre 2026, séance n° 2026-6 ». */
  readonly settled: string | null;
};

type MeetingReader = {
  readonly networkId: NetworkId;
  readonly meetingId: string;
  readonly readsExpenses: boolean;
};

type Item = Pick<RecordedItem, "id" | "kind" | "subjectId">;

/**
 * By item of a meeting, for the items that have something to say. A vote of the meeting itself does not leave its own item without object.
 * @param readsExpenses whether the expenses may be told to whoever asks
 */
export async function loadItemSubjects(
  db: Db | Trx,
  { networkId, meetingId, readsExpenses }: MeetingReader,
  items: readonly Item[],
): Promise<Readonly<Record<string, ItemSubject>>> {
  const settled = await listSettled(db, networkId, meetingId, items);
  const expenses = await listExpenses(db, networkId, meetingId, items);
  return Object.fromEntries(
    items.flatMap(({ id, subjectId }) => {
      const found = subjectId === null ? undefined : expenses.get(subjectId);
      const why = found?.settled ?? settled.get(subjectId ?? "") ?? null;
      const expense = readsExpenses ? (found?.expense ?? null) : null;
      return expense !== null || why !== null ? [[id, { expense, settled: why }] as const] : [];
    }),
  );
}

/** Minutes that another meeting adopted, consultations that another one ratified or not. */
async function listSettled(db: Db | Trx, networkId: NetworkId, meetingId: string, items: readonly Item[]) {
  const ids = items.flatMap(({ kind, subjectId }) =>
    subjectId !== null && (kind === "minutes-approval" || kind === "ratification") ? [subjectId] : [],
  );
  if (ids.length === 0) return new Map<string, string>();
  const rows = await db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .innerJoin("meeting", "meeting.id", "poll.meetingId")
    .select(["poll.subject", "poll.subjectId", "pollResult.outcome", "pollResult.closedAt"])
    .select(["meeting.year", "meeting.rank"])
    .where("poll.networkId", "=", networkId)
    .where("poll.subjectId", "in", ids)
    .where("poll.meetingId", "!=", meetingId)
    .where((eb) =>
      eb.or([
        eb("pollResult.outcome", "=", "adopted"),
        eb.and([eb("pollResult.outcome", "=", "rejected"), eb("poll.subject", "!=", "minutes-approval")]),
      ]),
    )
    .orderBy("pollResult.closedAt")
    .execute();
  return new Map(
    rows.map((row) => {
      const done =
        row.subject === "minutes-approval"
          ? "procès-verbal arrêté"
          : `consultation ${row.outcome === "adopted" ? "ratifiée" : "non ratifiée"}`;
      return [row.subjectId ?? "", `${done} ${onDay(row.closedAt)}, séance n°${NBSP}${meetingNumber(row)}`] as const;
    }),
  );
}

async function listExpenses(db: Db | Trx, networkId: NetworkId, meetingId: string, items: readonly Item[]) {
  const ids = items.flatMap(({ kind, subjectId }) =>
    subjectId !== null && kind === "expense-validation" ? [subjectId] : [],
  );
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom("expense")
          .select(["id", "object", "supplier", "amountCents", "withdrawnAt"])
          .where("networkId", "=", networkId)
          .where("id", "in", ids)
          .execute();
  const dossiers = await loadDossiers(db, networkId, rows);
  return new Map(
    rows.map(({ id, object, supplier, amountCents, withdrawnAt }) => {
      const { validation = null, polls = [] } = dossiers.get(id) ?? {};
      const isOwn = polls.some(({ poll }) => poll.id === validation?.pollId && poll.meetingId === meetingId);
      const validated =
        validation === null || isOwn
          ? null
          : `dépense validée le ${formatDate(validation.decidedOn)}, décision n°${NBSP}${validation.decisionNumber}`;
      const isConsulted = polls.some(({ poll }) => poll.meetingId === null && poll.state === "open");
      const elsewhere = isConsulted ? "dépense mise aux voix par écrit, consultation en cours" : validated;
      const settled = withdrawnAt === null ? elsewhere : `demande retirée ${onDay(withdrawnAt)}`;
      return [id, { expense: { id, object, supplier, amount: amountCents as Cents }, settled }] as const;
    }),
  );
}

function onDay(instant: string): string {
  return `le ${formatDate(dateOf(parisLocalAt(new Date(instant))))}`;
}
