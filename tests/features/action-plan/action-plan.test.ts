import { describe, expect, it } from "vitest";
import type { PlannedAction } from "~/domain/action-plan/plan";
import type { OrganizationId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  endReport,
  openProtocol,
  openReport,
  recordPartnership,
  scoreCriterion,
} from "~/features/action-plan/evaluation-commands.server";
import { findReport } from "~/features/action-plan/evaluation-queries.server";
import { parseAction, parseOpinion, parseProgress, parseReading } from "~/features/action-plan/form";
import {
  closeMessage,
  opinionMessage,
  progressMessage,
  roundMessage,
  visaMessage,
} from "~/features/action-plan/messages.fr";
import {
  carryPlanOver,
  openPlan,
  publishPlan,
  writeAction,
  writeThemes,
} from "~/features/action-plan/plan-commands.server";
import { findPlan, listPlans, loadPlanYear } from "~/features/action-plan/plan-queries.server";
import { publishPractice, recordSpreading, writePractice } from "~/features/action-plan/practice-commands.server";
import { cancelProgress, recordProgress } from "~/features/action-plan/progress-commands.server";
import { giveOpinion, giveVisa, recordReviewRule, startRound } from "~/features/action-plan/review-commands.server";
import { answerOpinion, extendRound } from "~/features/action-plan/review-follow-up.server";
import { findRound, loadRound, opinionsFingerprint } from "~/features/action-plan/review-queries.server";
import { listAgendaSubjects } from "~/features/meetings/queries.server";
import { castVote, closePoll } from "~/features/votes/commands.server";
import { createCommittee, organizationOf, type Committee } from "../../support/database";
import { createOpenMeeting, listActs, MEETING, openTestPoll } from "../votes/open-meeting";

const day = toPlainDate;
const TODAY = day("2026-09-01");

const action = (key: string, change: Partial<PlannedAction> = {}): PlannedAction => ({
  ...{ key, themeKey: "theme-1", title: `Action ${key}`, objective: "" },
  owner: { organizationId: organizationOf("blain", "bouvron") as OrganizationId, office: "direction du CCAS" },
  ...{ partners: "", territory: "", budget: null, startsOn: null, endsOn: day("2026-12-15") },
  ...{ objectiveKeys: [], programmeKeys: [], markers: [], inclusion: null },
  deliverables: [{ key: `${key}-d`, label: `Livrable ${key}`, dueOn: null }],
  ...{ indicators: [], isInternal: false, carriedFrom: null },
  ...change,
});

const PLAN = "plan-2026";

async function prepare(committee: Committee, keys: readonly string[] = ["a1", "a2"]): Promise<void> {
  const context = await committee.contextOf("secretary");
  await openPlan(context, { cle: PLAN, year: 2026, frame: "free" });
  for (const key of keys) await writeAction(context, { planId: PLAN, known: "", action: action(key) });
}

/** The committee votes on a text: the agenda item of the open meeting names it. */
async function adopt(committee: Committee, subjectId: string): Promise<void> {
  await committee.db.updateTable("agendaItem").set({ kind: "action-plan", subjectId }).execute();
  await openTestPoll(committee);
  for (const key of ["blain", "bouvron", "le-gavre"] as const)
    await castVote(await committee.contextOf(key), MEETING, "scrutin-1", {
      seatId: committee.seatOf(key),
      choice: "for",
    });
  await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
}

const open = async (committee: Committee, deadline = "2026-09-30", cle = "relecture-1") =>
  startRound(await committee.contextOf("secretary"), {
    ...{ cle, planId: PLAN, deadline: day(deadline), message: "", address: "https://exemple.fr/relecture" },
  });

const say = async (committee: Committee, change: Partial<Parameters<typeof giveOpinion>[1]> = {}) =>
  giveOpinion(await committee.contextOf("departement"), {
    ...{ cle: "avis-1", roundId: "relecture-1", actionKey: "a1", opinion: "favourable", reason: "", comment: "" },
    ...{ knownId: null, ...change },
  });

describe("préparer et adopter un plan", () => {
  it("une fois par clé, un seul en préparation ; un plan incomplet ne va ni à la relecture ni au vote", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    await openPlan(context, { cle: PLAN, year: 2026, frame: "departmental-framework" });
    await openPlan(context, { cle: PLAN, year: 2026, frame: "departmental-framework" });
    expect(await listPlans(committee.db, committee.networkId, 2026)).toHaveLength(1);
    const second = await openPlan(context, { cle: "autre", year: 2026, frame: "free" });
    expect(second).toEqual({ ok: false, refusal: { kind: "draft-already-exists", planId: PLAN } });
    const asked = await open(committee);
    expect(!asked.ok && roundMessage(asked.refusal)).toMatch(/pas complet/);
    expect(await listAgendaSubjects(committee.db, committee.networkId, "action-plan")).toEqual([]);
    expect(await listActs(committee, "action-plan-drafted")).toHaveLength(1);
  });

  it("sans porteur, l’action s’écrit et le plan le dit ; ce qu’un autre a écrit n’est pas écrasé", async () => {
    const committee = await createCommittee();
    await prepare(committee, ["a1"]);
    const context = await committee.contextOf("secretary");
    await writeAction(context, { planId: PLAN, known: "", action: action("a9", { owner: null }) });
    expect((await findPlan(committee.db, committee.networkId, PLAN))?.gapCount).toBe(1);
    const stale = await writeAction(context, {
      planId: PLAN,
      known: "vieux",
      action: action("a1", { title: "Autre" }),
    });
    expect(stale).toEqual({ ok: false, refusal: { kind: "changed-meanwhile" } });
    const gone = await writeThemes(context, { planId: PLAN, revision: 1, presentation: "", axes: [], themes: [] });
    expect(gone).toMatchObject({ ok: false, refusal: { kind: "changed-meanwhile" } });
  });

  it("adopté par un vote, il ne change plus, se publie, se révise ; le public n’en lit que ce qui l’est", async () => {
    const committee = await createOpenMeeting();
    const { db, networkId } = committee;
    await prepare(committee, ["a1"]);
    const context = await committee.contextOf("secretary");
    await writeAction(context, { planId: PLAN, known: "", action: action("a2", { isInternal: true }) });
    expect(await publishPlan(context, PLAN)).toEqual({ ok: false, refusal: "not-adopted" });
    expect(await listAgendaSubjects(db, networkId, "action-plan")).toMatchObject([{ id: PLAN }]);
    await adopt(committee, PLAN);
    const written = await writeAction(context, { planId: PLAN, known: "", action: action("a3") });
    expect(written).toEqual({ ok: false, refusal: { kind: "already-adopted" } });
    const view = { year: 2026, today: TODAY, mine: new Set<string>() };
    expect(await loadPlanYear(db, networkId, { ...view, part: "public" })).toBeNull();
    expect((await publishPlan(context, PLAN)).ok).toBe(true);
    const shown = await loadPlanYear(db, networkId, { ...view, part: "public" });
    expect(shown?.lines.map(({ key }) => key)).toEqual(["a1"]);
    await openPlan(context, { cle: "revision", year: 2026, frame: "free" });
    expect((await findPlan(db, networkId, "revision"))?.content.actions).toHaveLength(2);
    expect((await loadPlanYear(db, networkId, { ...view, part: "whole" }))?.current.id).toBe(PLAN);
  });
});

describe("l’avancement, par ceux qui portent l’action", () => {
  const note = {
    cle: "e1",
    year: 2026,
    actionKey: "a1",
    note: "Rencontre tenue.",
    readings: [],
    evidence: [],
  } as const;

  it("avant l’adoption, par un autre CCAS ou sans preuve : refusé, rien n’est écrit", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    const bouvron = await committee.contextOf("bouvron");
    const early = await recordProgress(bouvron, { ...note, state: "in-progress", delivered: [] });
    expect(!early.ok && progressMessage(early.refusal)).toMatch(/une fois le plan adopté/);
    await adopt(committee, PLAN);
    const stranger = await recordProgress(await committee.contextOf("le-gavre"), {
      ...note,
      state: "in-progress",
      delivered: [],
    });
    expect(stranger).toEqual({ ok: false, refusal: { kind: "not-in-charge" } });
    const unproven = await recordProgress(bouvron, { ...note, state: "done", delivered: ["a1-d"] });
    expect(unproven).toEqual({ ok: false, refusal: { kind: "evidence-missing" } });
    expect(await listActs(committee, "action-progress-recorded")).toHaveLength(0);
  });

  it("noté deux fois par la même clé, il l’est une fois ; annulé, il reste lisible et ne compte plus", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    await adopt(committee, PLAN);
    const bouvron = await committee.contextOf("bouvron");
    const done = {
      ...note,
      state: "done",
      delivered: ["a1-d"],
      evidence: [{ kind: "reference", text: "pièce 4" }],
    } as const;
    expect((await recordProgress(bouvron, done)).ok).toBe(true);
    expect((await recordProgress(bouvron, done)).ok).toBe(true);
    expect(await listActs(committee, "action-progress-recorded")).toHaveLength(1);
    const view = { year: 2026, today: TODAY, mine: new Set<string>(), part: "whole" } as const;
    const state = async () => (await loadPlanYear(committee.db, committee.networkId, view))?.lines[0]?.state;
    expect(await state()).toBe("done");
    await cancelProgress(bouvron, { cle: "c1", year: 2026, entryId: "e1", reason: "Mauvaise action." });
    expect(await state()).toBe("not-started");
    const refused = committee.db.deleteFrom("actionProgress").where("id", "=", "e1").execute();
    await expect(refused).rejects.toThrow(/append-only/);
  });
});

describe("la relecture du Département", () => {
  it("ouverte, elle fige le plan, prévient le Département et ne s’ouvre pas deux fois", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    expect((await open(committee)).ok).toBe(true);
    expect((await open(committee)).ok).toBe(true);
    const again = await open(committee, "2026-10-15", "relecture-2");
    expect(again).toEqual({ ok: false, refusal: { kind: "round-already-open" } });
    const mails = await committee.db.selectFrom("outboxMail").select(["toAddress", "bodyText"]).execute();
    expect(mails).toMatchObject([{ toAddress: "departement@blain.example" }]);
    expect(mails[0]?.bodyText).toMatch(/30\sseptembre 2026/);
    await writeAction(await committee.contextOf("secretary"), { planId: PLAN, known: "", action: action("a3") });
    const round = await loadRound(committee.db, committee.networkId, "relecture-1", TODAY);
    expect(round?.snapshot.actions).toHaveLength(2);
  });

  it("deux relecteurs à la fois : le second voit la différence, et rien ne se perd", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    await open(committee);
    expect((await say(committee, { comment: "Bon projet." })).ok).toBe(true);
    const second = await say(committee, { cle: "avis-2", opinion: "reserve", reason: "Qui met à jour ?" });
    expect(second).toEqual({ ok: false, refusal: { kind: "changed-meanwhile", currentId: "avis-1" } });
    expect(!second.ok && opinionMessage(second.refusal)).toMatch(/rien n’est perdu/);
    const seen = { cle: "avis-2", opinion: "reserve", reason: "Qui met à jour ?", knownId: "avis-1" } as const;
    expect((await say(committee, seen)).ok).toBe(true);
    const round = await loadRound(committee.db, committee.networkId, "relecture-1", TODAY);
    expect(round?.current.get("a1")).toMatchObject({ id: "avis-2", opinion: "reserve" });
    expect(round?.opinions.map(({ id }) => id)).toEqual(["avis-1", "avis-2"]);
    const unreasoned = await say(committee, { cle: "avis-3", actionKey: "a2", opinion: "reserve" });
    expect(unreasoned).toEqual({ ok: false, refusal: { kind: "reason-missing" } });
  });

  it("après l’échéance : marqué hors délai ou refusé, selon la règle du comité", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    await open(committee, "2026-09-02");
    committee.clock.moveTo("2026-09-03T08:00:00Z");
    expect((await say(committee)).ok).toBe(true);
    const rule = { cle: "regle-1", silenceDays: null, late: "refused", basis: null } as const;
    expect((await recordReviewRule(await committee.contextOf("secretary"), rule)).ok).toBe(true);
    await open(committee, "2026-09-05", "relecture-2");
    committee.clock.moveTo("2026-09-06T08:00:00Z");
    const late = await say(committee, { cle: "avis-9", roundId: "relecture-2" });
    expect(!late.ok && opinionMessage(late.refusal)).toMatch(/L’échéance est passée/);
    const former = await say(committee, { cle: "avis-8", actionKey: "a2" });
    expect(former).toEqual({ ok: false, refusal: { kind: "round-superseded" } });
    const round = await findRound(committee.db, committee.networkId, "relecture-1", day("2026-09-06"));
    expect(round?.opinions).toMatchObject([{ isLate: true }]);
  });

  it("prolongée avec son motif, elle reçoit encore ; ni raccourcie, ni après un visa", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    const secretary = await committee.contextOf("secretary");
    const rule = { cle: "regle-1", silenceDays: null, late: "refused", basis: null } as const;
    await recordReviewRule(secretary, rule);
    await open(committee, "2026-09-05");
    const more = { cle: "plus", roundId: "relecture-1", deadline: day("2026-09-20"), reason: "Congés", address: "" };
    const refusal = async (change: Partial<typeof more>) => {
      const decision = await extendRound(secretary, { ...more, ...change });
      return decision.ok ? null : decision.refusal;
    };
    committee.clock.moveTo("2026-09-08T08:00:00Z");
    expect(await refusal({ reason: " " })).toBe("reason-missing");
    expect(await refusal({ deadline: day("2026-09-05") })).toBe("not-later");
    expect(await refusal({ deadline: day("2026-09-08") })).toBe("deadline-too-near");
    expect(await refusal({ deadline: day("2027-09-03") })).toBe("deadline-too-far");
    expect(await refusal({ roundId: "ailleurs" })).toBe("round-unknown");
    expect((await say(committee)).ok).toBe(false);
    expect(await refusal({})).toBeNull();
    expect(await refusal({})).toBeNull();
    expect((await say(committee)).ok).toBe(true);
    expect((await say(committee, { cle: "avis-2", actionKey: "a2" })).ok).toBe(true);
    const round = await findRound(committee.db, committee.networkId, "relecture-1", day("2026-09-08"));
    expect(round).toMatchObject({ deadline: "2026-09-20", firstDeadline: "2026-09-05", standing: "open" });
    expect(round?.extensions).toMatchObject([{ reason: "Congés" }]);
    expect(round?.opinions.map(({ isLate }) => isLate)).toEqual([false, false]);
    expect(await listActs(committee, "review-extended")).toHaveLength(1);
    const visa = { roundId: "relecture-1", kind: "approved", comment: "", fillWithout: false } as const;
    await giveVisa(await committee.contextOf("departement"), { ...visa, fingerprint: opinionsFingerprint(round!) });
    expect(await refusal({ cle: "encore", deadline: day("2026-09-30") })).toBe("visa-given");
  });

  it("une réserve reçoit sa suite, de qui porte l’action ; le Département la lit à la relecture suivante", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    await open(committee);
    await say(committee, { opinion: "reserve", reason: "Qui met à jour ?" });
    await say(committee, { cle: "avis-2", actionKey: "a2" });
    const answer = {
      cle: "suite",
      roundId: "relecture-1",
      actionKey: "a1",
      text: "Le CCAS de Bouvron.",
      address: "https://p/a1",
    };
    const bouvron = await committee.contextOf("bouvron");
    expect(await answerOpinion(await committee.contextOf("le-gavre"), answer)).toMatchObject({
      refusal: "not-in-charge",
    });
    expect(await answerOpinion(bouvron, { ...answer, actionKey: "a2" })).toMatchObject({
      refusal: "nothing-to-answer",
    });
    expect(await answerOpinion(bouvron, { ...answer, text: " " })).toMatchObject({ refusal: "answer-missing" });
    expect((await answerOpinion(bouvron, answer)).ok).toBe(true);
    expect((await answerOpinion(bouvron, answer)).ok).toBe(true);
    expect(await listActs(committee, "review-answered")).toHaveLength(1);
    const mails = await committee.db
      .selectFrom("outboxMail")
      .select("bodyText")
      .where("subject", "like", "%suite%")
      .execute();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.bodyText).toContain("Le CCAS de Bouvron.");
    committee.clock.moveTo("2026-10-02T08:00:00Z");
    await open(committee, "2026-10-20", "relecture-2");
    const next = await loadRound(committee.db, committee.networkId, "relecture-2", day("2026-10-02"));
    expect(next?.formerOpinions.get("a1")).toMatchObject({
      ...{ reason: "Qui met à jour ?", rank: 1 },
      answers: [{ text: "Le CCAS de Bouvron." }],
    });
  });

  it("le Département, qui porte une action, ne répond pas à sa propre réserve ; le secrétariat le fait", async () => {
    const committee = await createCommittee();
    await prepare(committee, ["a1"]);
    const secretary = await committee.contextOf("secretary");
    const own = { organizationId: organizationOf("blain", "departement") as OrganizationId, office: "délégation" };
    await writeAction(secretary, { planId: PLAN, known: "", action: action("a3", { owner: own }) });
    await open(committee);
    await say(committee, { actionKey: "a3", opinion: "reserve", reason: "Trop tôt." });
    const answer = { cle: "suite", roundId: "relecture-1", actionKey: "a3", text: "Reporté.", address: "" };
    expect(await answerOpinion(await committee.contextOf("departement"), answer)).toMatchObject({
      refusal: "own-opinion",
    });
    expect(await listActs(committee, "review-answered")).toHaveLength(0);
    expect((await answerOpinion(secretary, answer)).ok).toBe(true);
  });

  it("le silence n’approuve que sur une décision adoptée ; passé le délai, plus rien ne change", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    const context = await committee.contextOf("secretary");
    const rule = { cle: "regle-1", silenceDays: 10, late: "marked" } as const;
    expect(await recordReviewRule(context, { ...rule, basis: null })).toMatchObject({
      refusal: "silence-without-decision",
    });
    expect(await recordReviewRule(context, { ...rule, basis: "2026-9" })).toMatchObject({
      refusal: "decision-unknown",
    });
    await adopt(committee, PLAN);
    expect((await recordReviewRule(context, { ...rule, basis: "2026-1" })).ok).toBe(true);
    await open(committee, "2026-09-10");
    committee.clock.moveTo("2026-09-20T08:00:00Z");
    expect((await say(committee)).ok).toBe(true);
    committee.clock.moveTo("2026-09-21T08:00:00Z");
    expect(await say(committee, { cle: "avis-2", actionKey: "a2" })).toEqual({
      ...{ ok: false, refusal: { kind: "tacitly-approved" } },
    });
    const round = await findRound(committee.db, committee.networkId, "relecture-1", day("2026-09-21"));
    expect(round).toMatchObject({ standing: "tacitly-approved", tacitOn: "2026-09-21" });
  });

  it("le visa attend chaque avis, ne contredit pas une réserve, et ferme la relecture", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    await open(committee);
    await say(committee, { opinion: "reserve", reason: "À préciser." });
    const department = await committee.contextOf("departement");
    const round = await findRound(committee.db, committee.networkId, "relecture-1", TODAY);
    const visa = { roundId: "relecture-1", kind: "approved-with-reserves", comment: "", fillWithout: false } as const;
    const fingerprint = round ? opinionsFingerprint(round) : "";
    const early = await giveVisa(department, { ...visa, fingerprint });
    expect(!early.ok && visaMessage(early.refusal)).toMatch(/Une action n’a pas encore d’avis/);
    expect(await giveVisa(department, { ...visa, fingerprint: "0-none" })).toMatchObject({ ok: false });
    const contradiction = await giveVisa(department, { ...visa, kind: "approved", fillWithout: true, fingerprint });
    expect(contradiction).toEqual({ ok: false, refusal: { kind: "visa-contradicts-opinions" } });
    expect((await giveVisa(department, { ...visa, fillWithout: true, fingerprint })).ok).toBe(true);
    expect(await say(committee, { cle: "avis-9", actionKey: "a2" })).toEqual({
      ok: false,
      refusal: { kind: "visa-given" },
    });
    expect(await listActs(committee, "review-opinion-given")).toHaveLength(2);
    expect(await listActs(committee, "review-visa-given")).toHaveLength(1);
  });
});

describe("bilan, report, bonnes pratiques, qui fait quoi", () => {
  it("aucun bilan ne se clôt avec un critère vide ; clos, il ne change plus", async () => {
    const committee = await createOpenMeeting();
    const context = await committee.contextOf("secretary");
    await prepare(committee);
    await adopt(committee, PLAN);
    const report = { cle: "bilan-1", year: 2026, period: "year" } as const;
    expect(await openReport(context, report)).toEqual({ ok: false, refusal: "protocol-not-adopted" });
    await openProtocol(context, { cle: "protocole-1", model: "local-protocol" });
    await committee.db.updateTable("agendaItem").set({ subjectId: "protocole-1" }).execute();
    await openTestPoll(committee, "public", "scrutin-2");
    for (const key of ["blain", "bouvron", "le-gavre"] as const)
      await castVote(await committee.contextOf(key), MEETING, "scrutin-2", {
        seatId: committee.seatOf(key),
        choice: "for",
      });
    await closePoll(context, MEETING, "scrutin-2", null);
    expect((await openReport(context, report)).ok).toBe(true);
    const empty = await endReport(context, "bilan-1");
    expect(!empty.ok && closeMessage(empty.refusal)).toMatch(
      /Processus, Diagnostics partagés, Cohérence et Service rendu/,
    );
    const told = { reportId: "bilan-1", score: 3, narrative: "Une appréciation en mots." } as const;
    expect(await scoreCriterion(context, { ...told, cle: "s0", criterionKey: "processus", narrative: "Oui" })).toEqual({
      ...{ ok: false, refusal: "narrative-missing" },
    });
    for (const criterionKey of ["processus", "diagnostics", "coherence", "usagers"])
      await scoreCriterion(context, { ...told, cle: `s-${criterionKey}`, criterionKey });
    expect((await endReport(context, "bilan-1")).ok).toBe(true);
    expect(await scoreCriterion(context, { ...told, cle: "s9", criterionKey: "usagers" })).toEqual({
      ...{ ok: false, refusal: "report-closed" },
    });
    const closed = await findReport(committee.db, committee.networkId, "bilan-1");
    expect(closed?.closed?.document).toMatchObject({ title: "Bilan 2026 du plan d’actions", standing: null });
  });

  it("reporté en un acte, une fois", async () => {
    const committee = await createOpenMeeting();
    const context = await committee.contextOf("secretary");
    await prepare(committee);
    const carry = { cle: "plan-2027", fromYear: 2026, keys: ["a1"] } as const;
    expect((await carryPlanOver(context, carry)).ok).toBe(true);
    expect((await carryPlanOver(context, carry)).ok).toBe(true);
    expect(await carryPlanOver(context, { ...carry, cle: "encore" })).toEqual({
      ...{ ok: false, refusal: { kind: "year-already-planned" } },
    });
    const [plan] = await listPlans(committee.db, committee.networkId, 2027);
    expect(plan?.content.actions).toMatchObject([{ key: "a1", endsOn: "2027-12-15", carriedFrom: 2026 }]);
    expect(await listActs(committee, "action-plan-carried-over")).toHaveLength(1);
  });

  it("une fiche incomplète ne se publie pas ; « qui fait quoi » garde ses versions", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    await prepare(committee);
    const card = { title: "Charte", need: "", done: "", results: "", conditions: "", contact: "" };
    await writePractice(context, { practiceId: "fiche-1", revision: 0, actionKey: null, card });
    expect(await publishPractice(context, "fiche-1")).toMatchObject({ refusal: { kind: "practice-incomplete" } });
    const spread = { cle: "s1", practiceId: "fiche-1", channel: "website", on: TODAY, reference: "" } as const;
    expect(await recordSpreading(context, spread)).toEqual({ ok: false, refusal: "not-published" });
    const full = { ...card, need: "a", done: "b", results: "c", contact: "CCAS" };
    await writePractice(context, { practiceId: "fiche-1", revision: 1, actionKey: null, card: full });
    expect((await publishPractice(context, "fiche-1")).ok).toBe(true);
    expect((await recordSpreading(context, spread)).ok).toBe(true);
    const entry = { themeKey: "theme-1", department: "Aides", towns: "", together: "" };
    expect((await recordPartnership(context, { ...entry, cle: "q1", knownId: null })).ok).toBe(true);
    expect(await recordPartnership(context, { ...entry, cle: "q2", knownId: null })).toMatchObject({
      refusal: "changed-meanwhile",
    });
    expect(await recordPartnership(context, { ...entry, cle: "q2", knownId: "q1" })).toMatchObject({
      refusal: "nothing-changed",
    });
  });
});

describe("d’un réseau à l’autre", () => {
  it("rien ne se lit ni ne s’écrit", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    await open(committee);
    await say(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const context = await other.contextOf("secretary");
    expect(await findPlan(other.db, other.networkId, PLAN)).toBeNull();
    expect(await loadRound(other.db, other.networkId, "relecture-1", TODAY)).toBeNull();
    expect(await writeAction(context, { planId: PLAN, known: "", action: action("a9") })).toEqual({
      ...{ ok: false, refusal: { kind: "plan-unknown" } },
    });
    const stranger = await giveOpinion(await other.contextOf("departement"), {
      ...{ cle: "x1", roundId: "relecture-1", actionKey: "a1", opinion: "favourable", reason: "", comment: "" },
      knownId: null,
    });
    expect(stranger).toEqual({ ok: false, refusal: { kind: "round-unknown" } });
    const visa = { roundId: "relecture-1", kind: "refused", comment: "x", fillWithout: true, fingerprint: "" } as const;
    expect(await giveVisa(await other.contextOf("departement"), visa)).toEqual({
      ...{ ok: false, refusal: { kind: "round-unknown" } },
    });
    expect(await publishPlan(context, PLAN)).toEqual({ ok: false, refusal: "plan-unknown" });
    expect(await findReport(other.db, other.networkId, "bilan-1")).toBeNull();
    expect(await publishPractice(context, "fiche-1")).toMatchObject({ refusal: { kind: "practice-unknown" } });
  });
});

describe("les formulaires", () => {
  const read = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };
  it.each([
    [{ office: "direction" }, "ownerId", /organisme/],
    [{ budget: "-3" }, "budget", /négatif/],
    [{ startsOn: "2026-05-01", endsOn: "2026-04-01" }, "endsOn", /précède/],
    [{ endsOn: "2026-02-30" }, "endsOn", /n’existe pas/],
    [
      { "indicators[0].key": "i1", "indicators[0].label": "x", "indicators[0].target": "douze" },
      "indicators[0].target",
      /nombre/,
    ],
    [{ inclusionHow: "oui" }, "inclusion", /concernée/],
  ])("action %o : le champ %s le dit", (fields, field, sentence) => {
    const parsed = parseAction(
      read({ key: "a1", themeKey: "t", title: "Titre", ...(fields as Record<string, string>) }),
    );
    expect(parsed.reply().error?.[field]?.join(" ")).toMatch(sentence);
  });
  it("ne prend qu’une adresse du web comme preuve, et des nombres comme relevés", () => {
    const bad = parseProgress(read({ cle: "e1", state: "in-progress", link: "javascript:alert(1)" }));
    expect(bad.reply().error?.["link"]?.join(" ")).toMatch(/https/);
    expect([parseReading("12,5"), parseReading("1 200"), parseReading("1e9"), parseReading("")]).toEqual([
      12.5,
      1200,
      null,
      null,
    ]);
    expect(parseOpinion(read({ cle: "o1", opinion: "peut-être" })).status).toBe("error");
  });
});
