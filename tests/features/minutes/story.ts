import type { CommandContext } from "~/services/gate.server";
import type { Committee, TownKey } from "../../support/database";

/** A closed meeting of September with one information item, written straight into the tables: who came, the quorum, the convocation. */
export async function recordMeeting(
  committee: Committee,
  options: { readonly rank?: number; readonly outcome?: "held" | "inquorate"; readonly status?: string } = {},
): Promise<{ readonly meetingId: string; readonly itemId: string }> {
  const { db, networkId, slug, seatOf, personOf } = committee;
  const rank = options.rank ?? 1;
  const month = String(8 + rank).padStart(2, "0");
  const meetingId = `meeting-${slug}-${rank}`;
  const itemId = `item-${slug}-${rank}`;
  const status = options.status ?? "closed";
  await db
    .insertInto("meeting")
    .values({
      id: meetingId,
      networkId,
      year: 2026,
      rank,
      title: "Comité de pilotage",
      status,
      convening: "first",
      firstMeetingId: null,
      startsAt: `2026-${month}-10T18:30`,
      plannedEndAt: null,
      place: "Mairie de Blain",
      remoteLink: "",
      urgencyReason: null,
      chairSeatId: seatOf("blain"),
      chairPersonId: personOf("blain"),
      secretaryPersonId: personOf("secretary"),
      currentItemId: null,
      rulesContent: null,
      rulesVersion: null,
      seatsSnapshot: null,
      outcome: options.outcome ?? "held",
      revision: 1,
      createdBy: personOf("secretary"),
      createdAt: "2026-09-01T08:00:00.000Z",
    })
    .execute();
  const moves = [
    { fromStatus: "convened", toStatus: "open", at: `2026-${month}-10T16:34:00.000Z` },
    ...(status === "closed" ? [{ fromStatus: "open", toStatus: "closed", at: `2026-${month}-10T18:05:00.000Z` }] : []),
  ];
  await db
    .insertInto("meetingTransition")
    .values(
      moves.map((move, index) => ({
        ...move,
        id: `move-${slug}-${rank}-${index}`,
        networkId,
        meetingId,
        actorPersonId: personOf("secretary"),
        reason: null,
      })),
    )
    .execute();
  await db
    .insertInto("agendaItem")
    .values({
      id: itemId,
      networkId,
      meetingId,
      position: 1,
      kind: "information",
      title: "Actualité du réseau",
      descriptionMd: "",
      rapporteur: "",
      durationMinutes: null,
      status: "accepted",
      proposedBy: null,
      refusalReason: null,
      subjectId: null,
      copiedFromId: null,
      createdAt: "2026-09-01T08:00:00.000Z",
    })
    .execute();
  const present: readonly TownKey[] =
    options.outcome === "inquorate" ? ["blain", "bouvron"] : ["blain", "bouvron", "le-gavre", "departement"];
  await db
    .insertInto("attendanceEvent")
    .values(
      present.map((key, index) => ({
        id: `arrival-${slug}-${rank}-${key}`,
        networkId,
        meetingId,
        sequence: index + 1,
        seatId: seatOf(key),
        personId: personOf(key),
        kind: "arrival",
        mode: "in-person",
        at: `2026-${month}-10T18:34`,
        agendaItemId: null,
        correctsId: null,
        voided: 0 as const,
        reason: null,
        recordedBy: personOf("secretary"),
        recordedAt: `2026-${month}-10T16:34:00.000Z`,
      })),
    )
    .execute();
  if (options.outcome !== "inquorate") {
    await db
      .insertInto("itemDiscussion")
      .values({
        id: `discussion-${slug}-${rank}`,
        networkId,
        meetingId,
        agendaItemId: itemId,
        at: `2026-${month}-10T18:40`,
        quorumReached: 1,
        quorumSentence: "présents 4 : quorum atteint",
        recordedBy: personOf("secretary"),
        recordedAt: `2026-${month}-10T16:40:00.000Z`,
      })
      .execute();
  }
  return { meetingId, itemId };
}

/** A request for an expense of 840,50 €; its identifier. */
export async function recordExpense({ db, networkId, personOf }: Committee): Promise<string> {
  const id = "expense-hall";
  await db
    .insertInto("expense")
    .values({
      ...{ id, networkId, object: "Salle de la journée annuelle", supplier: "Atelier Rivage", amountCents: 84_050 },
      ...{ axis: "coordination", justificationMd: "", requestedBy: personOf("blain"), organizationId: null },
      ...{ withdrawnAt: null, createdAt: "2026-09-01T08:00:00.000Z" },
    })
    .execute();
  return id;
}

/** A vote that is not closed; without a meeting, a written consultation. Its identifier. */
export async function recordPoll(
  { db, networkId, personOf }: Committee,
  about: { id: string; subject: string; subjectId: string | null; meetingId?: string; itemId?: string },
): Promise<string> {
  await db
    .insertInto("poll")
    .values({
      ...{ id: about.id, networkId, meetingId: about.meetingId ?? null, agendaItemId: about.itemId ?? null },
      ...{ subject: about.subject, subjectId: about.subjectId, title: "Question", bodyMd: "", mode: "public" },
      ...{ status: "open", openedAt: "2026-09-10T16:45:00.000Z", closesOn: null, closedAt: null },
      ...{ openedBy: personOf("secretary"), createdAt: "2026-09-10T16:45:00.000Z" },
    })
    .execute();
  return about.id;
}

/** The vote of a later meeting on these minutes, closed. */
export async function recordApproval(
  { db, networkId, slug, personOf }: Committee,
  minutesId: string,
  meetingId: string,
  outcome: "adopted" | "rejected" = "adopted",
): Promise<void> {
  const pollId = `poll-${slug}-${minutesId}-${outcome}`;
  await db
    .insertInto("poll")
    .values({
      id: pollId,
      networkId,
      meetingId,
      agendaItemId: null,
      subject: "minutes-approval",
      subjectId: minutesId,
      title: "Arrêter le procès-verbal",
      bodyMd: "",
      mode: "public",
      status: "closed",
      openedAt: "2026-10-10T16:40:00.000Z",
      closesOn: null,
      closedAt: "2026-10-10T16:50:00.000Z",
      openedBy: personOf("secretary"),
      createdAt: "2026-10-10T16:40:00.000Z",
    })
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      pollId,
      networkId,
      outcome,
      tally: JSON.stringify({ counts: { entitled: 4, for: 4, against: 0, abstain: 0, notParticipating: 0, notVoted: 0 } }),
      entitled: "[]",
      quorum: "null",
      castingVote: null,
      sentence: "Adopté : 4 pour",
      decisionYear: 2026,
      decisionNumber: outcome === "adopted" ? 1 : null,
      closedAt: "2026-10-10T16:50:00.000Z",
    })
    .execute();
}

export type Actors = {
  readonly secretary: CommandContext;
  readonly blain: CommandContext;
  readonly bouvron: CommandContext;
  readonly absent: CommandContext;
};

export async function actorsOf(committee: Committee): Promise<Actors> {
  return {
    secretary: await committee.contextOf("secretary"),
    blain: await committee.contextOf("blain"),
    bouvron: await committee.contextOf("bouvron"),
    absent: await committee.contextOf("fay-de-bretagne"),
  };
}
