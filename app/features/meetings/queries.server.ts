import type { AgendaItemKind } from "~/domain/meeting/agenda";
import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { toCents } from "~/domain/kernel/money";
import { formatCents, formatShortDate } from "~/documents/french";
import { minutesApprovalTitle, nameMeeting, nameWithSeat, ratificationTitle } from "~/documents/meeting-words";
import { capitalize } from "~/documents/quorum-tracking";
import type { Db, Trx } from "~/services/db.server";
import { sha256Hex } from "~/services/tokens.server";
import { listMandates, listSeats, seatsOnDay } from "~/services/committee-record.server";
import { listPendingRatifications } from "~/services/meeting-preparation.server";
import {
  hasNoAdoptedMinutes,
  listAgenda,
  meetingNumber,
  toMeetingHead,
  type MeetingHead,
  type RecordedItem,
} from "~/services/meeting-record.server";

/** The network's meetings, the latest first. */
export async function listMeetings(db: Db, networkId: NetworkId): Promise<readonly MeetingHead[]> {
  const rows = await db
    .selectFrom("meeting")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("startsAt", "desc")
    .orderBy("id")
    .execute();
  return rows.map(toMeetingHead);
}

export type CalendarMeeting = {
  readonly id: string;
  readonly title: string;
  readonly status: MeetingState;
  readonly outcome: MeetingOutcome | null;
  readonly isSecondConvening: boolean;
  readonly startsAt: LocalDateTime;
  readonly place: string;
  /** « 2026-3 » of the published minutes, or null. */
  readonly publishedMinutes: string | null;
};

export type MeetingCalendar = {
  /** The next one first. */
  readonly toCome: readonly CalendarMeeting[];
  /** By year, the latest first. */
  readonly past: ReadonlyArray<{ readonly year: number; readonly meetings: readonly CalendarMeeting[] }>;
};

/**
 * The committee's calendar. The public sees a meeting once it was convened: what is only planned, or was cancelled before anybody
 * was told, belongs to the members.
 */
export async function loadCalendar(
  db: Db,
  networkId: NetworkId,
  reader: "public" | "member",
): Promise<MeetingCalendar> {
  const all = db
    .selectFrom("meeting")
    .leftJoin("minutesPublication", "minutesPublication.minutesId", "meeting.id")
    .select(["meeting.id", "meeting.title", "meeting.status", "meeting.outcome", "meeting.convening"])
    .select(["meeting.startsAt", "meeting.place", "minutesPublication.year", "minutesPublication.number"])
    .where("meeting.networkId", "=", networkId);
  const visible =
    reader === "member"
      ? all
      : all.where((eb) =>
          eb.or([
            eb("meeting.status", "in", ["convened", "open", "suspended", "closed"]),
            eb.and([
              eb("meeting.status", "=", "cancelled"),
              eb.exists(
                eb
                  .selectFrom("convocation")
                  .select("convocation.id")
                  .whereRef("convocation.meetingId", "=", "meeting.id"),
              ),
            ]),
          ]),
        );
  const rows = await visible.orderBy("meeting.startsAt").orderBy("meeting.id").execute();
  const meetings = rows.map((row): CalendarMeeting => ({
    id: row.id,
    title: row.title,
    status: row.status as MeetingState,
    outcome: row.outcome as MeetingOutcome | null,
    isSecondConvening: row.convening === "second",
    startsAt: row.startsAt as LocalDateTime,
    place: row.place,
    publishedMinutes: row.number === null ? null : `${row.year}-${row.number}`,
  }));
  const isOver = ({ status }: CalendarMeeting): boolean => status === "closed" || status === "cancelled";
  const past = meetings.filter(isOver).reverse();
  const yearOfMeeting = ({ startsAt }: CalendarMeeting): number => yearOf(dateOf(startsAt));
  return {
    toCome: meetings.filter((meeting) => !isOver(meeting)),
    past: [...new Set(past.map(yearOfMeeting))].map((year) => ({
      year,
      meetings: past.filter((meeting) => yearOfMeeting(meeting) === year),
    })),
  };
}

export type NamedPerson = { readonly personId: string; readonly displayName: string };

/** Whoever has a role or a seat in the network on a day, by name. */
export async function listPeople(db: Db | Trx, networkId: NetworkId, on: PlainDate): Promise<readonly NamedPerson[]> {
  const rows = await db
    .selectFrom("person")
    .select(["person.id as personId", "person.displayName"])
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom("roleGrant")
            .select("roleGrant.id")
            .whereRef("roleGrant.personId", "=", "person.id")
            .where("roleGrant.networkId", "=", networkId)
            .where("roleGrant.startsOn", "<=", on)
            .where(({ or, eb: by }) => or([by("roleGrant.endsOn", "is", null), by("roleGrant.endsOn", ">=", on)])),
        ),
        eb.exists(
          eb
            .selectFrom("mandate")
            .select("mandate.id")
            .whereRef("mandate.personId", "=", "person.id")
            .where("mandate.networkId", "=", networkId)
            .where("mandate.startsOn", "<=", on)
            .where(({ or, eb: by }) => or([by("mandate.endsOn", "is", null), by("mandate.endsOn", ">=", on)])),
        ),
      ]),
    )
    .orderBy("person.displayName")
    .execute();
  return rows;
}

/** Those who may chair on a day: each holder of each seat. */
export async function listPossibleChairs(db: Db, networkId: NetworkId, on: PlainDate) {
  const [seats, mandates] = [await listSeats(db, networkId), await listMandates(db, networkId)];
  return seatsOnDay(seats, mandates, on).flatMap((seat) =>
    [seat.titular, seat.substitute].flatMap((holder) =>
      holder === null
        ? []
        : [{ seatId: seat.id, personId: holder.personId, label: nameWithSeat(holder.displayName, seat.label) }],
    ),
  );
}

/** Each person who received the convocation, once. */
export async function findConvocationAddressees(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
): Promise<ReadonlyArray<{ readonly personId: PersonId; readonly email: string }>> {
  const rows = await db
    .selectFrom("convocationRecipient")
    .select(["personId", "email"])
    .distinct()
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meetingId)
    .execute();
  return rows.map((row) => ({ personId: row.personId as PersonId, email: row.email }));
}

export type AgendaSubject = { readonly id: string; readonly label: string; readonly title: string };

/** What an item of this kind can be about now, the oldest first, with the title that the item takes by default. */
export async function listAgendaSubjects(
  db: Db | Trx,
  networkId: NetworkId,
  kind: AgendaItemKind,
): Promise<readonly AgendaSubject[]> {
  switch (kind) {
    case "expense-validation":
      return listVotableExpenses(db, networkId);
    case "minutes-approval":
      return listMinutesToApprove(db, networkId);
    case "rules-adoption":
      return listDraftRules(db, networkId);
    case "budget-adoption":
      return listDraftBudgets(db, networkId);
    case "action-plan":
      return [...(await listPlansToAdopt(db, networkId)), ...(await listProtocolsToAdopt(db, networkId))];
    case "dictionary-adoption":
      return listDraftDictionaries(db, networkId);
    case "ratification":
      return listConsultations(db, networkId);
    case "information":
    case "discussion":
    case "orientation":
    case "agreement":
    case "indicators":
    case "other":
      return [];
  }
}

/** Neither decided, in a meeting or in writing, nor being voted on now: a rejected request is made anew. */
async function listVotableExpenses(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("expense")
    .select(["expense.id", "expense.object", "expense.supplier", "expense.amountCents"])
    .where("expense.networkId", "=", networkId)
    .where("expense.withdrawnAt", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll")
            .leftJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .where("poll.subject", "=", "expense")
            .whereRef("poll.subjectId", "=", "expense.id")
            .where(({ or, eb: one }) =>
              or([one("poll.status", "=", "open"), one("pollResult.outcome", "in", ["adopted", "rejected"])]),
            ),
        ),
      ),
    )
    .orderBy("expense.createdAt")
    .execute();
  return rows.map((row) => {
    const amount = formatCents(toCents(row.amountCents));
    return {
      id: row.id,
      label: `${row.object}, ${row.supplier}, ${amount}`,
      title: `Validation de la dépense : ${row.object} (${amount})`.slice(0, 200),
    };
  });
}

async function listMinutesToApprove(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("meeting")
    .select(["meeting.id", "meeting.startsAt", "meeting.year", "meeting.rank"])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "=", "closed")
    .where(hasNoAdoptedMinutes)
    .orderBy("meeting.startsAt")
    .execute();
  return rows.map((row) => {
    const meeting = { heldAt: row.startsAt as LocalDateTime, number: meetingNumber(row) };
    return { id: row.id, label: capitalize(nameMeeting(meeting)), title: minutesApprovalTitle(meeting) };
  });
}

async function listDraftRules(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("rulesVersion")
    .select(["id", "version"])
    .where("networkId", "=", networkId)
    .where("status", "=", "draft")
    .orderBy("version")
    .execute();
  return rows.map(({ id, version }) => ({
    id,
    label: `Projet, version ${version}`,
    title: `Adoption du règlement de fonctionnement (version ${version})`,
  }));
}

/** The latest forecast of each year, as long as no vote has adopted it. */
async function listDraftBudgets(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("budgetVersion")
    .innerJoin("budgetLine", "budgetLine.budgetId", "budgetVersion.id")
    .select(["budgetVersion.id", "budgetVersion.year", "budgetVersion.version"])
    .select(({ fn }) => fn.sum<number>("budgetLine.amountCents").as("total"))
    .where("budgetVersion.networkId", "=", networkId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll")
            .innerJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .whereRef("poll.subjectId", "=", "budgetVersion.id")
            .where("pollResult.outcome", "=", "adopted"),
        ),
      ),
    )
    .groupBy(["budgetVersion.id", "budgetVersion.year", "budgetVersion.version"])
    .orderBy("budgetVersion.year")
    .orderBy("budgetVersion.version")
    .execute();
  return rows.map(({ id, year, version, total }) => {
    const amount = formatCents(toCents(Number(total)));
    return {
      id,
      label: `${version === 1 ? `Budget initial ${year}` : `Budget ${year}, révision n° ${version - 1}`} : ${amount}`,
      title: version === 1 ? `Budget ${year} : ${amount}` : `Révision du budget ${year} : ${amount}`,
    };
  });
}

/** Versions of the dictionary of indicators that no vote has adopted. */
async function listDraftDictionaries(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("dictionaryVersion")
    .select(["id", "version"])
    .where("networkId", "=", networkId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll")
            .innerJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .whereRef("poll.subjectId", "=", "dictionaryVersion.id")
            .where("pollResult.outcome", "=", "adopted"),
        ),
      ),
    )
    .orderBy("version")
    .execute();
  return rows.map(({ id, version }) => ({
    id,
    label: `Grille d’indicateurs, version ${version}`,
    title: `Adoption de la grille d’indicateurs (version ${version})`,
  }));
}

/** Complete action plans that no vote has adopted. */
async function listPlansToAdopt(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("actionPlan")
    .select(["actionPlan.id", "actionPlan.year", "actionPlan.version"])
    .where("actionPlan.networkId", "=", networkId)
    .where("actionPlan.gapCount", "=", 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll")
            .innerJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .whereRef("poll.subjectId", "=", "actionPlan.id")
            .where("pollResult.outcome", "=", "adopted"),
        ),
      ),
    )
    .orderBy("actionPlan.year")
    .orderBy("actionPlan.version")
    .execute();
  return rows.map(({ id, year, version }) => ({
    id,
    label: `Plan d’actions ${year}, version ${version}`,
    title: version === 1 ? `Plan d’actions ${year}` : `Révision du plan d’actions ${year} (version ${version})`,
  }));
}

async function listProtocolsToAdopt(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const rows = await db
    .selectFrom("evaluationProtocol")
    .select(["evaluationProtocol.id", "evaluationProtocol.version"])
    .where("evaluationProtocol.networkId", "=", networkId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("poll")
            .innerJoin("pollResult", "pollResult.pollId", "poll.id")
            .select("poll.id")
            .whereRef("poll.subjectId", "=", "evaluationProtocol.id")
            .where("pollResult.outcome", "=", "adopted"),
        ),
      ),
    )
    .orderBy("evaluationProtocol.version")
    .execute();
  return rows.map(({ id, version }) => ({
    id,
    label: `Protocole d’évaluation, version ${version}`,
    title: `Protocole d’évaluation (version ${version})`,
  }));
}

/** Consultations to ratify that are on no agenda to come. */
async function listConsultations(db: Db | Trx, networkId: NetworkId): Promise<readonly AgendaSubject[]> {
  const waiting = await listPendingRatifications(db, networkId);
  return waiting.map(({ id, title, closedAt }) => ({
    id,
    label: `${title} (close le ${formatShortDate(dateOf(parisLocalAt(new Date(closedAt))))})`,
    title: ratificationTitle(title),
  }));
}

/** Changes with any text of the item: a form says by it which version it was filled from. */
export function fingerprintOf(
  item: Pick<RecordedItem, "title" | "rapporteur" | "durationMinutes" | "descriptionMd">,
): string {
  return sha256Hex(JSON.stringify([item.title, item.rapporteur, item.durationMinutes, item.descriptionMd])).slice(
    0,
    32,
  );
}

/** An item of the meeting that stands on its agenda, or null. */
export async function findAgendaItem(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: string,
  itemId: string,
): Promise<RecordedItem | null> {
  const items = await listAgenda(db, networkId, meetingId);
  return items.find((item) => item.id === itemId && item.status === "accepted") ?? null;
}

/** The other meeting of a pair: the second convening of a first one, or the first one of a second. */
export async function findPairedMeeting(
  db: Db | Trx,
  networkId: NetworkId,
  meeting: Pick<MeetingHead, "id" | "firstMeetingId">,
): Promise<MeetingHead | null> {
  const scoped = db.selectFrom("meeting").selectAll().where("networkId", "=", networkId);
  const row = await (
    meeting.firstMeetingId === null
      ? scoped.where("firstMeetingId", "=", meeting.id).where("status", "!=", "cancelled")
      : scoped.where("id", "=", meeting.firstMeetingId)
  ).executeTakeFirst();
  return row ? toMeetingHead(row) : null;
}

/** Names of the meeting's chair and secretary, once they are named. */
export async function findOfficers(
  db: Db,
  { chairPersonId, secretaryPersonId }: Pick<MeetingHead, "chairPersonId" | "secretaryPersonId">,
): Promise<{ readonly chair: string | null; readonly secretary: string | null }> {
  const ids = [chairPersonId, secretaryPersonId].filter((id) => id !== null);
  if (ids.length === 0) return { chair: null, secretary: null };
  const rows = await db.selectFrom("person").select(["id", "displayName"]).where("id", "in", ids).execute();
  const names = new Map<string | null, string>(rows.map((row) => [row.id, row.displayName]));
  return { chair: names.get(chairPersonId) ?? null, secretary: names.get(secretaryPersonId) ?? null };
}
