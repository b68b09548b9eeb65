import { describe, expect, it } from "vitest";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { Choice } from "~/domain/voting/poll";
import { loadDashboard } from "~/features/dashboard/queries.server";
import { planMeeting } from "~/features/meetings/commands.server";
import { listAgendaSubjects } from "~/features/meetings/queries.server";
import { answerConsultation, closeConsultation, openConsultation } from "~/features/votes/consultations.server";
import type { OpenConsultationInput } from "~/features/votes/form";
import { answerMessage, closeConsultationMessage, openConsultationMessage } from "~/features/votes/messages.fr";
import { findConsultationPage } from "~/features/votes/queries.server";
import { agendaWithPending } from "~/services/meeting-preparation.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { findMeetingHead, listAgenda } from "~/services/meeting-record.server";
import { createCommittee, dayOf, type Committee, type TownKey } from "../../support/database";
import { countRows, createOpenMeeting, EXPENSE, listActs } from "./open-meeting";

const ADDRESS = "https://reseau.example/reseaux/blain";
const QUESTION: OpenConsultationInput = {
  cle: "consultation-1",
  expenseId: EXPENSE,
  body: "",
  deadline: dayOf("2026-09-05"),
};

const open = async (committee: Committee, changes: Partial<OpenConsultationInput> = {}) =>
  openConsultation(await committee.contextOf("secretary"), { ...QUESTION, ...changes }, ADDRESS);
const answerAs = async (committee: Committee, who: TownKey, choice: Choice, seat: TownKey = who) =>
  answerConsultation(await committee.contextOf(who), "consultation-1", { seatId: committee.seatOf(seat), choice });
const close = async (committee: Committee) =>
  closeConsultation(await committee.contextOf("secretary"), "consultation-1");

describe("ouvrir une consultation écrite", () => {
  it("écrit aux titulaires et au registre, une seule fois pour un double clic", async () => {
    const committee = await createOpenMeeting();
    await open(committee);
    await open(committee);
    const mails = await committee.db.selectFrom("outboxMail").select(["toAddress", "bodyText"]).execute();
    expect(mails).toHaveLength(7);
    expect(mails[0]?.bodyText).toContain(`${ADDRESS}/consultations/consultation-1`);
    expect(mails[0]?.bodyText).toContain("samedi 5\u00a0septembre 2026 à\u00a023\u00a0h\u00a059");
    expect(await listActs(committee, "consultation-opened")).toHaveLength(1);
  });

  it.each([
    ["avec deux jours seulement", { deadline: dayOf("2026-09-03") }, /délai/],
    ["sur une dépense inconnue", { expenseId: "depense-9" }, /n’existe pas/],
  ])("est refusée %s, sans rien écrire ni envoyer", async (_name, changes, sentence) => {
    const committee = await createOpenMeeting();
    const decision = await open(committee, changes);
    expect(!decision.ok && openConsultationMessage(decision.refusal)).toMatch(sentence);
    expect(await countRows(committee, "poll")).toBe(0);
    expect(await committee.db.selectFrom("outboxMail").selectAll().execute()).toEqual([]);
  });
});

describe("une dépense consultée par écrit (convention, art. 4.1 : un seul vote la valide)", () => {
  it.each([
    ["rejetée", "against", false],
    ["sans décision, faute de réponses", null, true],
  ] as const)(
    "n’est plus proposée aux ordres du jour tant que la consultation court ; %s",
    async (_name, choice, again) => {
      const committee = await createOpenMeeting();
      const { db, networkId } = committee;
      const offered = async () => (await listAgendaSubjects(db, networkId, "expense-validation")).map(({ id }) => id);
      expect(await offered()).toEqual([EXPENSE]);
      await open(committee);
      expect(await offered()).toEqual([]);
      const items = await listAgenda(db, networkId, "seance-1");
      const subjects = await loadItemSubjects(db, { networkId, meetingId: "seance-1", readsExpenses: false }, items);
      expect(subjects["point-1"]?.settled).toBe("dépense mise aux voix par écrit, consultation en cours");
      if (choice !== null)
        for (const key of ["blain", "bouvron", "le-gavre"] as const) await answerAs(committee, key, choice);
      committee.clock.moveTo("2026-09-05T22:00:00Z");
      await close(committee);
      expect(await offered()).toEqual(again ? [EXPENSE] : []);
    },
  );
});

describe("répondre et clore", () => {
  it("adopte sous réserve de ratification, une fois le délai passé", async () => {
    const committee = await createOpenMeeting();
    await open(committee);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await answerAs(committee, key, "for");
    const early = await close(committee);
    expect(!early.ok && closeConsultationMessage(early.refusal)).toMatch(/délai court encore/);
    expect(await countRows(committee, "pollResult")).toBe(0);
    committee.clock.moveTo("2026-09-05T22:00:00Z");
    expect((await close(committee)).ok).toBe(true);
    expect((await close(committee)).ok).toBe(true);
    const { actor } = await committee.contextOf("secretary");
    const page = await findConsultationPage(
      committee.db,
      committee.clock,
      committee.networkId,
      "consultation-1",
      actor,
    );
    expect(page?.result).toMatchObject({
      outcome: "adopted",
      decisionNumber: "2026-1",
      sentence:
        "Adopté\u00a0: 3 pour, 0 contre, 0 abstention, 4 n’ont pas voté (3 suffrages exprimés, majorité 2), sous réserve de ratification en séance",
    });
    expect(page?.standing).toBe("to-be-ratified");
    expect(await listActs(committee, "consultation-closed")).toHaveLength(1);
  });

  it("reçoit les réponses jusqu’à la dernière minute du dernier jour, et plus après", async () => {
    const committee = await createOpenMeeting();
    await open(committee);
    committee.clock.moveTo("2026-09-05T21:59:30Z");
    expect((await answerAs(committee, "blain", "for")).ok).toBe(true);
    committee.clock.moveTo("2026-09-05T22:00:00Z");
    const late = await answerAs(committee, "bouvron", "for");
    expect(!late.ok && answerMessage(late.refusal)).toMatch(/close/);
    expect(await countRows(committee, "ballot")).toBe(1);
  });

  it.each([
    ["le siège d’un autre", "bouvron", "le-gavre", /titulaire et son suppléant/],
    ["une seconde réponse", "blain", "blain", /déjà répondu/],
  ] as const)("refuse %s et garde la première réponse", async (_name, who, seat, sentence) => {
    const committee = await createOpenMeeting();
    await open(committee);
    await answerAs(committee, "blain", "against");
    const decision = await answerAs(committee, who, "for", seat);
    expect(!decision.ok && answerMessage(decision.refusal)).toMatch(sentence);
    const rows = await committee.db.selectFrom("ballot").select("choice").execute();
    expect(rows).toEqual([{ choice: "against" }]);
  });

  it("ne mène pas à la consultation d’un autre réseau", async () => {
    const committee = await createOpenMeeting();
    await open(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const decision = await answerAs(other, "blain", "for");
    expect(decision).toEqual({ ok: false, refusal: "poll-unknown" });
    expect(await close(other)).toEqual({ ok: false, refusal: "poll-unknown" });
  });
});

describe("une consultation adoptée attend sa ratification", () => {
  const planNext = async (committee: Committee, cle: string, startsAt: string) => {
    const planned = await planMeeting(await committee.contextOf("secretary"), {
      ...{ cle, title: "Comité de pilotage", startsAt: startsAt as LocalDateTime, place: "Blain" },
    });
    if (!planned.ok) throw new Error(planned.refusal);
  };
  const agendaOf = async ({ db, networkId }: Committee, meetingId: string) =>
    (await listAgenda(db, networkId, meetingId)).map(({ kind, subjectId, title }) => [kind, subjectId, title]);
  const itemsToCome = async ({ db, networkId, clock }: Committee, meetingId: string) => {
    const meeting = await findMeetingHead(db, networkId, meetingId);
    return (await agendaWithPending(db, meeting!, clock.newId)).added.map(({ title }) => title);
  };
  const ratificationsWaiting = async (committee: Committee) => {
    const { actor } = await committee.contextOf("secretary");
    const { waiting } = await loadDashboard(committee.db, committee.networkId, actor, dayOf("2026-09-06"));
    return waiting.filter(({ kind }) => kind === "ratifications").map(({ title }) => title);
  };
  const TITLE =
    "Ratification de la consultation écrite\u00a0: Validation de la dépense «\u00a0Journée du réseau\u00a0»";

  it("s’inscrit d’elle-même à la prochaine séance, planifiée avant ou après la clôture, et à elle seule", async () => {
    const committee = await createOpenMeeting();
    await planNext(committee, "seance-a", "2026-10-20T18:30");
    await open(committee);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await answerAs(committee, key, "for");
    expect(await itemsToCome(committee, "seance-a")).toEqual([]);
    committee.clock.moveTo("2026-09-05T22:00:00Z");
    await close(committee);
    expect(await ratificationsWaiting(committee)).toEqual([]);
    expect(await agendaOf(committee, "seance-a")).toEqual([]);
    expect(await itemsToCome(committee, "seance-a")).toEqual([TITLE]);
    await planNext(committee, "seance-b", "2026-10-10T18:30");
    expect(await agendaOf(committee, "seance-b")).toEqual([["ratification", "consultation-1", TITLE]]);
    expect(await itemsToCome(committee, "seance-a")).toEqual([]);
  });

  it("rejetée, elle n’est inscrite nulle part ; la dépense adoptée n’est plus à inscrire", async () => {
    const committee = await createOpenMeeting();
    const { actor } = await committee.contextOf("secretary");
    const expensesWaiting = async () => {
      const { waiting } = await loadDashboard(committee.db, committee.networkId, actor, dayOf("2026-09-06"));
      return waiting.filter(({ kind }) => kind === "expenses").map(({ title }) => title);
    };
    await committee.db.updateTable("agendaItem").set({ status: "removed" }).where("id", "=", "point-1").execute();
    expect(await expensesWaiting()).toEqual(["1\u00a0demande de dépense à inscrire"]);
    await open(committee);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await answerAs(committee, key, "for");
    committee.clock.moveTo("2026-09-05T22:00:00Z");
    await close(committee);
    expect(await expensesWaiting()).toEqual([]);
    expect(await ratificationsWaiting(committee)).toEqual(["1\u00a0consultation écrite à ratifier"]);
    await planNext(committee, "seance-a", "2026-10-20T18:30");
    expect(await ratificationsWaiting(committee)).toEqual([]);
    const convened = committee.db.updateTable("meeting").set({ status: "convened" }).where("id", "=", "seance-a");
    await convened.execute();
    expect(await ratificationsWaiting(committee)).toEqual([]);
    await committee.db.updateTable("agendaItem").set({ status: "removed" }).where("meetingId", "=", "seance-a").execute();
    expect(await ratificationsWaiting(committee)).toEqual(["1\u00a0consultation écrite à ratifier"]);
    const rejected = await createOpenMeeting();
    await open(rejected);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await answerAs(rejected, key, "against");
    rejected.clock.moveTo("2026-09-05T22:00:00Z");
    await close(rejected);
    await planNext(rejected, "seance-c", "2026-10-10T18:30");
    expect(await agendaOf(rejected, "seance-c")).toEqual([]);
  });
});
