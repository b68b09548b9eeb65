import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import type { PollMode } from "~/domain/voting/poll";
import { openPoll } from "~/features/votes/commands.server";
import { listMandates, listSeats, seatsOnDay } from "~/services/committee-record.server";
import { createCommittee, dayOf, type Committee, type TownKey } from "../../support/database";

export const MEETING = "seance-1";
export const EXPENSE = "depense-1";

type Options = {
  readonly present?: readonly TownKey[];
  readonly remote?: readonly TownKey[];
  readonly rules?: Partial<RulesContent>;
  readonly kind?: AgendaItemKind;
  readonly committee?: Committee;
};

/** A meeting of 1 September 2026, opened at 18:30 Paris and now at 19:00, with one item « point-1 » on an expense of 1 775,43 €. */
export async function createOpenMeeting(options: Options = {}): Promise<Committee> {
  const committee = options.committee ?? (await createCommittee());
  const { db, clock, networkId, slug, seatOf, personOf } = committee;
  const mandates = await listMandates(db, networkId);
  const seats = seatsOnDay(await listSeats(db, networkId), mandates, dayOf("2026-09-01"));
  const at = clock.now().toISOString();
  const suffix = slug === "blain" ? "" : `-${slug}`;
  await db
    .insertInto("meeting")
    .values({
      id: MEETING + suffix,
      networkId,
      ...{ year: 2026, rank: 3, title: "Comité de pilotage", status: "open", convening: "first", firstMeetingId: null },
      ...{ startsAt: "2026-09-01T18:30", plannedEndAt: null, place: "Blain", remoteLink: "", urgencyReason: null },
      chairSeatId: seatOf("blain"),
      chairPersonId: personOf("blain"),
      secretaryPersonId: personOf("secretary"),
      currentItemId: null,
      rulesContent: JSON.stringify({ ...CASF_PRESET, ...options.rules }),
      rulesVersion: null,
      seatsSnapshot: JSON.stringify(seats),
      ...{ outcome: null, revision: 1, createdBy: personOf("secretary"), createdAt: at },
    })
    .execute();
  await db
    .insertInto("expense")
    .values({
      id: EXPENSE + suffix,
      networkId,
      ...{ object: "Journée du réseau", supplier: "Traiteur de l’Isac", amountCents: 177_543, axis: "inter-ccas" },
      justificationMd: "Repas de **60** personnes.",
      ...{ requestedBy: personOf("agent"), organizationId: null, withdrawnAt: null, createdAt: at },
    })
    .execute();
  const kind = options.kind ?? "expense-validation";
  await db
    .insertInto("agendaItem")
    .values({
      id: `point-1${suffix}`,
      networkId,
      meetingId: MEETING + suffix,
      ...{ position: 1, kind, title: "Journée du réseau", descriptionMd: "", rapporteur: "", durationMinutes: null },
      ...{ status: "accepted", proposedBy: null, refusalReason: null, copiedFromId: null, createdAt: at },
      subjectId: kind === "expense-validation" ? EXPENSE + suffix : null,
    })
    .execute();
  clock.moveTo("2026-09-01T17:00:00Z");
  const remote = options.remote ?? [];
  for (const key of [...(options.present ?? ["blain", "bouvron", "le-gavre", "departement"]), ...remote]) {
    await recordEvent(committee, key, "arrival", "2026-09-01T18:30", remote.includes(key) ? "remote" : "in-person");
  }
  return committee;
}

export async function recordEvent(
  { db, clock, networkId, slug, seatOf, personOf }: Committee,
  key: TownKey,
  kind: "arrival" | "departure" | "withdrawal",
  at = "2026-09-01T19:00",
  mode: "in-person" | "remote" = "in-person",
): Promise<void> {
  const suffix = slug === "blain" ? "" : `-${slug}`;
  const { sequence } = await db
    .selectFrom("attendanceEvent")
    .select(({ fn }) => fn.countAll<number>().as("sequence"))
    .executeTakeFirstOrThrow();
  await db
    .insertInto("attendanceEvent")
    .values({
      id: clock.newId(),
      networkId,
      meetingId: MEETING + suffix,
      sequence: sequence + 1,
      ...{ seatId: seatOf(key), personId: personOf(key), kind, mode, at },
      agendaItemId: kind === "withdrawal" ? `point-1${suffix}` : null,
      ...{ correctsId: null, voided: 0 as const, reason: null, recordedBy: personOf("secretary") },
      recordedAt: clock.now().toISOString(),
    })
    .execute();
}

export async function giveProxy(committee: Committee, giver: TownKey, holder: TownKey): Promise<void> {
  const { db, clock, networkId, seatOf } = committee;
  await db
    .insertInto("proxy")
    .values({
      id: clock.newId(),
      networkId,
      meetingId: MEETING,
      giverSeatId: seatOf(giver),
      holderSeatId: seatOf(holder),
      givenAt: "2026-08-30T10:00",
      source: "reply",
      recordedBy: null,
      recordedAt: clock.now().toISOString(),
    })
    .execute();
}

export async function askForSecret(committee: Committee, ...towns: readonly TownKey[]): Promise<void> {
  const { db, clock, networkId, seatOf } = committee;
  for (const key of towns) {
    await db
      .insertInto("secretRequest")
      .values({
        id: clock.newId(),
        networkId,
        meetingId: MEETING,
        agendaItemId: "point-1",
        seatId: seatOf(key),
        at: clock.now().toISOString(),
      })
      .execute();
  }
}

export async function openTestPoll(
  committee: Committee,
  mode: PollMode = "public",
  key = "scrutin-1",
): Promise<string> {
  const decision = await openPoll(await committee.contextOf("secretary"), MEETING, {
    cle: key,
    point: "point-1",
    title: "Validez-vous la dépense « Journée du réseau » ?",
    body: "",
    mode,
  });
  if (!decision.ok) throw new Error(`The poll did not open: ${decision.refusal}`);
  return decision.value.pollId;
}

export async function countRows(
  { db }: Committee,
  table: "ballot" | "ballotSignature" | "secretBallot" | "registerEntry" | "pollResult" | "poll" | "secretRequest",
): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("rows"))
    .executeTakeFirstOrThrow();
  return row.rows;
}

export async function listActs({ db }: Committee, kind: string) {
  const rows = await db
    .selectFrom("registerEntry")
    .select(["payload", "actor"])
    .where("kind", "=", kind)
    .orderBy("sequence")
    .execute();
  return rows.map((row) => ({ actor: row.actor, payload: JSON.parse(row.payload) as Record<string, unknown> }));
}
