import { beforeEach, describe, expect, it } from "vitest";
import { CASF_PRESET } from "~/domain/committee/rules";
import { loadDashboard } from "~/features/dashboard/queries.server";
import { parseYear } from "~/features/quorum/form";
import { loadTracking, loadTrackingCsv } from "~/features/quorum/queries.server";
import { listMandates, listSeats, seatsOnDay } from "~/services/committee-record.server";
import { createCommittee, dayOf, type Committee, type TownKey } from "../../support/database";

let committee: Committee;

type MeetingFacts = {
  readonly id: string;
  readonly startsAt: string;
  readonly present: readonly TownKey[];
  readonly outcome: "held" | "inquorate";
  readonly second?: string;
};

async function holdMeeting(rank: number, { id, startsAt, present, outcome, second }: MeetingFacts): Promise<void> {
  const { db, networkId, seatOf, personOf } = committee;
  const seats = seatsOnDay(await listSeats(db, networkId), await listMandates(db, networkId), dayOf("2026-06-01"));
  const by = personOf("secretary");
  await db
    .insertInto("meeting")
    .values({
      ...{ id, networkId, year: 2026, rank, title: "Comité", status: "closed", startsAt, outcome },
      ...{ convening: second ? "second" : "first", firstMeetingId: second ?? null, plannedEndAt: null, place: "Blain" },
      ...{ remoteLink: "", urgencyReason: null, chairSeatId: null, chairPersonId: null, secretaryPersonId: null },
      ...{ currentItemId: null, rulesContent: JSON.stringify(CASF_PRESET), rulesVersion: null, revision: 1 },
      ...{ seatsSnapshot: JSON.stringify(seats), createdBy: by, createdAt: "2026-04-01T08:00:00Z" },
    })
    .execute();
  for (const [index, key] of present.entries()) {
    await db
      .insertInto("attendanceEvent")
      .values({
        ...{ id: `${id}-${key}`, networkId, meetingId: id, sequence: index + 1, seatId: seatOf(key) },
        ...{ personId: personOf(key), kind: "arrival", mode: "in-person", at: startsAt, agendaItemId: null },
        ...{ correctsId: null, voided: 0 as const, reason: null, recordedBy: by, recordedAt: "2026-04-01T08:00:00Z" },
      })
      .execute();
  }
}

beforeEach(async () => {
  committee = await createCommittee({ vacant: ["le-gavre"] });
  await holdMeeting(1, {
    id: "m-1",
    startsAt: "2026-05-12T18:30",
    present: ["blain", "bouvron", "fay-de-bretagne"],
    outcome: "inquorate",
  });
  await holdMeeting(2, {
    id: "m-2",
    startsAt: "2026-05-20T18:30",
    present: ["blain", "bouvron"],
    outcome: "held",
    second: "m-1",
  });
  await holdMeeting(3, {
    id: "m-3",
    startsAt: "2026-09-15T18:30",
    present: ["blain", "bouvron", "la-chevallerais", "departement"],
    outcome: "held",
  });
});

const load = (today = "2026-11-22") => loadTracking(committee.db, committee.networkId, 2026, dayOf(today));

describe("suivi trimestriel du quorum (Convention, art. 7)", () => {
  it("sépare la réunion sans quorum de sa seconde convocation", async () => {
    const { meetings } = await load();
    expect(meetings.map(({ id, verdict, isSecondConvening }) => [id, verdict, isSecondConvening])).toEqual([
      ["m-1", "inquorate", false],
      ["m-2", "free", true],
      ["m-3", "quorate", false],
    ]);
    expect(meetings[0]?.summary).toContain("seconde convocation pour le 20\u00a0mai 2026");
  });

  it("compte réunions tenues, valables et manquées", async () => {
    expect(await load()).toMatchObject({ held: 3, quorate: 2, failed: 1 });
  });

  it("distingue le siège vacant du siège absent", async () => {
    const { seats } = await load();
    const vacant = seats.find(({ label }) => label === "CCAS de Le Gâvre");
    const absent = seats.find(({ label }) => label === "CCAS de Notre-Dame-des-Landes");
    expect(vacant).toMatchObject({ present: 0, absent: 0, vacant: 3 });
    expect(absent).toMatchObject({ present: 0, absent: 3, vacant: 0 });
    expect(absent?.sentence).toBe("0\u00a0présence sur 3 (0\u00a0%)");
  });

  it("dit, au trimestre en cours, la dernière date pour se réunir et pour convoquer", async () => {
    const { lead } = await load();
    expect(lead).toContain("T4");
    expect(lead).toContain("réunion au plus tard le 31/12, convocation envoyée au plus tard le 28/12");
  });

  it("dit que le quorum est atteint, avec son compte", async () => {
    const { lead } = await load("2026-09-20");
    expect(lead).toBe("Le quorum est atteint au T3\u00a0: 4\u00a0sièges présents sur 7, 4\u00a0nécessaires.");
  });

  it("des sièges qui se succèdent ne s’additionnent pas : le titre, la séance et le CSV disent le même nombre", async () => {
    const { db, networkId, seatOf, personOf } = committee;
    const by = personOf("secretary");
    const later = [
      ["blain", "departure", "2026-09-15T19:00"],
      ["fay-de-bretagne", "arrival", "2026-09-15T19:10"],
    ] as const;
    for (const [index, [key, kind, at]] of later.entries()) {
      await db
        .insertInto("attendanceEvent")
        .values({
          ...{ id: `later-${index}`, networkId, meetingId: "m-3", sequence: 10 + index, seatId: seatOf(key) },
          ...{ personId: personOf(key), kind, mode: "in-person", at, agendaItemId: null, correctsId: null },
          ...{ voided: 0 as const, reason: null, recordedBy: by, recordedAt: "2026-09-15T17:10:00Z" },
        })
        .execute();
    }
    const said = "4\u00a0sièges présents ensemble sur 7 (5 ont siégé), 4\u00a0nécessaires";
    const { lead, meetings } = await load("2026-09-20");
    expect(lead).toBe(`Le quorum est atteint au T3\u00a0: ${said}.`);
    expect(meetings[2]?.summary).toBe(`${said}\u00a0: quorum atteint`);
    const csv = await loadTrackingCsv(db, networkId, 2026, dayOf("2026-11-22"));
    expect(csv).toContain("2026-3;Comité;première;atteint;4;4;CCAS de Blain;présent");
  });

  it("ne reproche pas un trimestre d’avant le comité", async () => {
    const { quarters } = await load();
    expect(quarters[0]?.state).toBe("not-required");
  });

  it("exporte une ligne par siège et par réunion tenue", async () => {
    const csv = await loadTrackingCsv(committee.db, committee.networkId, 2026, dayOf("2026-11-22"));
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 3 * 7);
    expect(lines[1]).toBe("2026;T2;12/05/2026;2026-1;Comité;première;non atteint;3;4;CCAS de Blain;présent");
    expect(lines).toContain("2026;T2;20/05/2026;2026-2;Comité;seconde;non exigé;2;;CCAS de Le Gâvre;vacant");
  });

  it("ne voit rien d’un autre réseau", async () => {
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const view = await loadTracking(other.db, other.networkId, 2026, dayOf("2026-11-22"));
    expect(view).toMatchObject({ held: 0, meetings: [] });
  });

  it.each([
    ["", 2026],
    ["2025", 2025],
    ["25", null],
    ["2025-1", null],
    ["abcd", null],
    ["9999", null],
  ])("année demandée « %s »", (text, year) => {
    expect(parseYear(text, 2026)).toBe(year);
  });
});

describe("le rythme de l’année", () => {
  it("est celui des règles qui s’appliquent, dit en phrases", async () => {
    expect((await load()).rhythm).toBe(
      "Le comité se réunit au moins 4\u00a0fois par an. Il se réunit au moins une fois par trimestre civil. Une séance qui n’a jamais atteint son quorum ne compte pas parmi les séances tenues.",
    );
  });
});

describe("tableau de bord", () => {
  it("mène le secrétariat aux procès-verbaux à rédiger, à la séance à planifier, au siège vacant, au règlement", async () => {
    const { actor } = await committee.contextOf("secretary");
    const dashboard = await loadDashboard(committee.db, committee.networkId, actor, dayOf("2026-11-22"));
    expect(dashboard.waiting.map(({ kind }) => kind).sort()).toEqual(
      ["meeting-to-plan", "minutes-to-write", "minutes-to-write", "minutes-to-write", "rules", "seats"].sort(),
    );
    expect(dashboard.quarters).toHaveLength(4);
    expect(dashboard.areRulesAdopted).toBe(false);
  });

  it("ne montre à l’agent·e rien de ce qui revient au secrétariat", async () => {
    const { actor } = await committee.contextOf("agent");
    const dashboard = await loadDashboard(committee.db, committee.networkId, actor, dayOf("2026-11-22"));
    expect(dashboard.waiting).toEqual([]);
  });
});
