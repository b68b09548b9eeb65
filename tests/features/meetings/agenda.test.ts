import { describe, expect, it } from "vitest";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { loadDashboard } from "~/features/dashboard/queries.server";
import {
  addAgendaItem,
  decideProposal,
  editAgendaItem,
  mayAddItem,
  moveItem,
  proposeItem,
  removeItem,
} from "~/features/meetings/agenda.server";
import { cancelMeeting, changeMeeting, nameOfficers, planMeeting } from "~/features/meetings/commands.server";
import type { PlanMeetingInput } from "~/features/meetings/form";
import { fingerprintOf, loadCalendar } from "~/features/meetings/queries.server";
import { prepareSecondConvening } from "~/features/meetings/second-convening.server";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import { findMeetingHead, listAgenda } from "~/services/meeting-record.server";
import { listRegister } from "~/services/register.server";
import { createCommittee, type Committee } from "../../support/database";

const at = (text: string): LocalDateTime => text as LocalDateTime;

async function planned(committee: Committee, key = "seance-1", startsAt = "2026-09-20T18:30") {
  const context = await committee.contextOf("secretary");
  const input: PlanMeetingInput = {
    cle: key,
    title: "Comité de pilotage",
    startsAt: at(startsAt),
    place: "Mairie de Blain",
  };
  const decision = await planMeeting(context, input);
  if (!decision.ok) throw new Error(decision.refusal);
  return context;
}

const item = (cle: string, title = "Bilan") => ({ cle, kind: "discussion" as const, title, descriptionMd: "" });

async function titlesOf({ db, networkId }: Committee, meetingId = "seance-1"): Promise<readonly string[]> {
  return (await listAgenda(db, networkId, meetingId))
    .filter((each) => each.status === "accepted")
    .map((each) => each.title);
}

async function revisionOf({ db, networkId }: Committee, meetingId = "seance-1"): Promise<number> {
  return (await findMeetingHead(db, networkId, meetingId))?.revision ?? 0;
}

describe("l’ordre du jour d’une séance planifiée", () => {
  it("un point est ajouté une fois, même par un double clic, et l’acte est au registre", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    await addAgendaItem(context, "seance-1", item("point-1"));
    await addAgendaItem(context, "seance-1", item("point-1"));
    expect(await titlesOf(committee)).toEqual(["Bilan"]);
    const acts = await listRegister(committee.db, committee.networkId);
    expect(acts.map((act) => act.kind)).toEqual(["meeting-planned", "agenda-changed"]);
  });

  it("deux secrétariats déplacent en même temps : le second est prévenu, rien n’est écrit", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    for (const title of ["Un", "Deux", "Trois"])
      await addAgendaItem(context, "seance-1", item(`p-${title}`, `Point ${title}`));
    const seen = await revisionOf(committee);
    const move = { intent: "move" as const, direction: "up" as const, revision: seen, reason: "" };
    expect((await moveItem(context, "seance-1", { ...move, itemId: "p-Trois" })).ok).toBe(true);
    expect(await moveItem(context, "seance-1", { ...move, itemId: "p-Deux" })).toEqual({ ok: false, refusal: "stale" });
    expect(await titlesOf(committee)).toEqual(["Point Un", "Point Trois", "Point Deux"]);
  });

  it("deux secrétariats réécrivent le même point : le second ne l’écrase pas ; un autre point reste libre", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    await addAgendaItem(context, "seance-1", item("point-1"));
    await addAgendaItem(context, "seance-1", item("point-2", "Budget"));
    const [first, second] = await listAgenda(committee.db, committee.networkId, "seance-1");
    const edit = (title: string, seen: string) => ({ seen, title, descriptionMd: "" });
    const target = { meetingId: "seance-1", itemId: "point-1" };
    const seen = fingerprintOf(first!);
    expect((await editAgendaItem(context, target, edit("Bilan de l’été", seen))).ok).toBe(true);
    expect(await editAgendaItem(context, target, edit("Bilan annuel", seen))).toEqual({ ok: false, refusal: "stale" });
    const other = await editAgendaItem(
      context,
      { ...target, itemId: "point-2" },
      edit("Budget 2027", fingerprintOf(second!)),
    );
    expect(other.ok).toBe(true);
    expect(await titlesOf(committee)).toEqual(["Bilan de l’été", "Budget 2027"]);
  });

  it("un point sur une dépense d’un autre réseau est refusé", async () => {
    const committee = await createCommittee();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    await committee.db
      .insertInto("expense")
      .values({
        id: "expense-autre",
        networkId: other.networkId,
        object: "Traiteur",
        supplier: "X",
        amountCents: 1000,
        axis: "commun",
        justificationMd: "",
        requestedBy: other.personOf("agent"),
        organizationId: null,
        withdrawnAt: null,
        createdAt: "2026-09-01T08:00:00.000Z",
      })
      .execute();
    const context = await planned(committee);
    const input = { ...item("point-1", ""), kind: "expense-validation" as const, subjectId: "expense-autre" };
    expect(await addAgendaItem(context, "seance-1", input)).toEqual({ ok: false, refusal: "subject-unknown" });
    expect(await titlesOf(committee)).toEqual([]);
    expect(await addAgendaItem(await other.contextOf("secretary"), "seance-1", item("point-2"))).toEqual({
      ok: false,
      refusal: "meeting-unknown",
    });
  });

  it("retiré, un point laisse des positions sans trou", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    for (const key of ["a1", "b1", "c1"]) await addAgendaItem(context, "seance-1", item(key, `Point ${key}`));
    const revision = await revisionOf(committee);
    await removeItem(context, { meetingId: "seance-1", itemId: "a1" }, { intent: "remove", revision, reason: "" });
    const left = (await listAgenda(committee.db, committee.networkId, "seance-1")).filter(
      (each) => each.status === "accepted",
    );
    expect(left.map((each) => [each.position, each.title])).toEqual([
      [1, "Point b1"],
      [2, "Point c1"],
    ]);
  });

  it("un point proposé entre à l’ordre du jour quand il est accepté, et ne se refuse pas sans motif", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    await proposeItem(await committee.contextOf("bouvron"), "seance-1", {
      cle: "prop-1",
      title: "Épicerie sociale",
      descriptionMd: "",
    });
    expect(await titlesOf(committee)).toEqual([]);
    const decide = { intent: "decide" as const, itemId: "prop-1", reason: "" };
    expect(await decideProposal(context, "seance-1", { ...decide, verdict: "refuse" })).toEqual({
      ok: false,
      refusal: "refusal-reason-missing",
    });
    expect((await decideProposal(context, "seance-1", { ...decide, verdict: "accept" })).ok).toBe(true);
    expect(await titlesOf(committee)).toEqual(["Épicerie sociale"]);
  });
});

describe("un point proposé que la convocation a devancé", () => {
  it("se reporte à la prochaine séance qui se prépare, où il s’accepte", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    await proposeItem(await committee.contextOf("bouvron"), "seance-1", {
      ...{ cle: "prop-1", title: "Épicerie sociale", descriptionMd: "" },
    });
    await committee.db.updateTable("meeting").set({ status: "convened" }).where("id", "=", "seance-1").execute();
    const carry = { intent: "decide" as const, itemId: "prop-1", reason: "", verdict: "carry" as const };
    const nowhere = await decideProposal(context, "seance-1", carry);
    expect(nowhere).toEqual({ ok: false, refusal: "no-meeting-to-carry-to" });
    await planned(committee, "seance-2", "2026-11-20T18:30");
    expect((await decideProposal(context, "seance-1", carry)).ok).toBe(true);
    expect((await listAgenda(committee.db, committee.networkId, "seance-1")).map(({ id }) => id)).toEqual([]);
    expect((await decideProposal(context, "seance-2", { ...carry, verdict: "accept" })).ok).toBe(true);
    expect(await titlesOf(committee, "seance-2")).toEqual(["Épicerie sociale"]);
    const acts = await listRegister(committee.db, committee.networkId);
    expect(JSON.stringify(acts.map(({ payload }) => payload))).toContain("carry");
  });
});

describe("un point ne s’ajoute plus après la convocation", () => {
  it.each([
    ["planned", true],
    ["convened", false],
    ["open", false],
  ] as const)("%s : dit avant que le formulaire soit rempli", async (status, isPossible) => {
    const committee = await createCommittee();
    await planned(committee);
    await committee.db.updateTable("meeting").set({ status }).where("id", "=", "seance-1").execute();
    const meeting = await findMeetingHead(committee.db, committee.networkId, "seance-1");
    expect(mayAddItem(meeting!).ok).toBe(isPossible);
  });
});

describe("un point proposé que la séance a laissé sans réponse", () => {
  it.each(["closed", "cancelled"] as const)("%s : il se reporte ou se refuse, il ne s’accepte plus", async (status) => {
    const committee = await createCommittee();
    const context = await planned(committee);
    for (const cle of ["prop-1", "prop-2"])
      await proposeItem(await committee.contextOf("bouvron"), "seance-1", { cle, title: cle, descriptionMd: "" });
    await committee.db.updateTable("meeting").set({ status }).where("id", "=", "seance-1").execute();
    await planned(committee, "seance-2", "2026-11-20T18:30");
    const waiting = await loadDashboard(committee.db, committee.networkId, context.actor, "2026-10-01" as PlainDate);
    expect(JSON.stringify(waiting.waiting)).toContain("seances/seance-1/ordre-du-jour#propositions");
    const decide = { intent: "decide" as const, reason: "Hors de la convention" };
    expect(await decideProposal(context, "seance-1", { ...decide, itemId: "prop-1", verdict: "accept" })).toEqual({
      ok: false,
      refusal: "agenda-frozen",
    });
    expect((await decideProposal(context, "seance-1", { ...decide, itemId: "prop-1", verdict: "carry" })).ok).toBe(
      true,
    );
    expect((await decideProposal(context, "seance-1", { ...decide, itemId: "prop-2", verdict: "refuse" })).ok).toBe(
      true,
    );
  });
});

describe("l’approbation du procès-verbal précédent — CGCT, art. L.2121-15 (modèle)", () => {
  it("s’ajoute d’elle-même à la séance suivante, et à elle seule", async () => {
    const committee = await createCommittee();
    await planned(committee, "seance-1", "2026-09-20T18:30");
    await committee.db
      .updateTable("meeting")
      .set({ status: "closed", outcome: "held" })
      .where("id", "=", "seance-1")
      .execute();
    committee.clock.moveTo("2026-10-01T08:00:00Z");
    await planned(committee, "seance-2", "2026-11-20T18:30");
    await planned(committee, "seance-3", "2026-12-10T18:30");
    expect(await titlesOf(committee, "seance-2")).toEqual([
      "Approbation du procès-verbal de la séance du 20\u00a0septembre 2026 (n°\u00a02026-1)",
    ]);
    expect(await titlesOf(committee, "seance-3")).toEqual([]);
  });
});

describe("changer, nommer, annuler", () => {
  it("une page périmée est refusée sans rien écrire", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    const change = {
      revision: 1,
      title: "Comité",
      startsAt: at("2026-09-21T18:30"),
      plannedEndAt: null,
      place: "Bouvron",
    };
    expect((await changeMeeting(context, "seance-1", change)).ok).toBe(true);
    expect(await changeMeeting(context, "seance-1", { ...change, place: "Le Gâvre" })).toEqual({
      ok: false,
      refusal: "stale",
    });
    expect((await findMeetingHead(committee.db, committee.networkId, "seance-1"))?.place).toBe("Bouvron");
  });

  it("la présidence va à qui tient un siège, et n’est pas le secrétariat", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    const stranger = { seatId: committee.seatOf("blain"), personId: committee.personOf("agent") };
    expect(await nameOfficers(context, "seance-1", { chair: stranger })).toEqual({
      ok: false,
      refusal: "chair-not-a-seat-holder",
    });
    const chair = { seatId: committee.seatOf("blain"), personId: committee.personOf("blain") };
    expect(await nameOfficers(context, "seance-1", { chair, secretary: committee.personOf("blain") })).toEqual({
      ok: false,
      refusal: "same-person",
    });
    expect((await nameOfficers(context, "seance-1", { chair, secretary: committee.personOf("secretary") })).ok).toBe(
      true,
    );
  });

  it("le public ne voit ni la séance planifiée, ni celle annulée avant d’être convoquée", async () => {
    const committee = await createCommittee();
    const context = await planned(committee);
    expect((await loadCalendar(committee.db, committee.networkId, "public")).toCome).toEqual([]);
    expect((await loadCalendar(committee.db, committee.networkId, "member")).toCome).toHaveLength(1);
    expect((await cancelMeeting(context, "seance-1", { reason: "Salle indisponible" })).ok).toBe(true);
    expect((await loadCalendar(committee.db, committee.networkId, "public")).past).toEqual([]);
    expect(await cancelMeeting(context, "seance-1", { reason: "Encore" })).toEqual({
      ok: false,
      refusal: "wrong-state",
    });
    const mails = await committee.db.selectFrom("outboxMail").select("id").execute();
    expect(mails).toEqual([]);
  });
});

describe("seconde convocation — CASF, art. R.123-17 (modèle)", () => {
  const input = { cle: "seconde-1", startsAt: at("2026-09-28T18:30"), place: "Mairie de Blain" };

  async function afterFailure() {
    const committee = await createCommittee();
    const context = await planned(committee);
    await addAgendaItem(context, "seance-1", { ...item("point-1"), descriptionMd: "Texte" });
    await committee.db
      .updateTable("meeting")
      .set({ status: "closed", outcome: "inquorate" })
      .where("id", "=", "seance-1")
      .execute();
    committee.clock.moveTo("2026-09-21T08:00:00Z");
    return { committee, context };
  }

  it("reprend l’ordre du jour, une seule fois", async () => {
    const { committee, context } = await afterFailure();
    expect((await prepareSecondConvening(context, "seance-1", input)).ok).toBe(true);
    expect((await prepareSecondConvening(context, "seance-1", input)).ok).toBe(true);
    expect(await prepareSecondConvening(context, "seance-1", { ...input, cle: "seconde-2" })).toEqual({
      ok: false,
      refusal: "already-reconvened",
    });
    const agenda = await listAgenda(committee.db, committee.networkId, "seconde-1");
    expect(agenda.map(({ title, copiedFromId, descriptionMd }) => ({ title, copiedFromId, descriptionMd }))).toEqual([
      { title: "Bilan", copiedFromId: "point-1", descriptionMd: "Texte" },
    ]);
    expect(await addAgendaItem(context, "seconde-1", item("point-9"))).toEqual({
      ok: false,
      refusal: "second-convening-adds-nothing",
    });
  });

  it("refusée quand le quorum fut atteint, ou trop tôt", async () => {
    const { committee, context } = await afterFailure();
    expect(await prepareSecondConvening(context, "seance-1", { ...input, startsAt: at("2026-09-23T18:30") })).toEqual({
      ok: false,
      refusal: "second-meeting-too-soon",
    });
    await committee.db.updateTable("meeting").set({ outcome: "held" }).where("id", "=", "seance-1").execute();
    expect(await prepareSecondConvening(context, "seance-1", input)).toEqual({
      ok: false,
      refusal: "quorum-was-reached",
    });
  });
});
