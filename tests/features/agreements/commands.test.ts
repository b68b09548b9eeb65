import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { DELIBERATION_COLUMNS, composeScdlDeliberations } from "~/documents/scdl-deliberations";
import { draftAmendment, recordBoardVote, submitAmendment, writeChange } from "~/features/agreements/amendments.server";
import { chooseReading, renewAgreement, replaceClause, signAgreement } from "~/features/agreements/encode.server";
import { findFeed, mayReadFeed, openFeed, revokeFeed } from "~/features/agreements/feeds.server";
import { linkMeeting, noteProof, recordPresences, settleClarification } from "~/features/agreements/follow-up.server";
import { draftFromModel, encodeModel } from "~/features/agreements/models.server";
import { followNotice, recordCommonAgreement, recordNotice } from "~/features/agreements/notices.server";
import { followAgreements } from "~/features/agreements/obligations.server";
import {
  listAdoptedDecisions,
  listClarifications,
  loadAgreementPage,
  loadAmendmentPage,
} from "~/features/agreements/queries.server";
import { remindDeadlines } from "~/features/agreements/reminders.server";
import { issueCall } from "~/features/funding/commands.server";
import { openPoll } from "~/features/votes/commands.server";
import { openConsultation } from "~/features/votes/consultations.server";
import { openPollMessage } from "~/features/votes/messages.fr";
import { engage } from "~/features/spending/commands.server";
import { requestExpense } from "~/features/expenses/commands.server";
import { amendableMessage, changeMessage } from "~/features/agreements/messages.fr";
import { checkMinutes } from "~/domain/minutes/checklist";
import { loadMinutesFacts } from "~/features/minutes/facts.server";
import { toCents } from "~/domain/kernel/money";
import { findAgreementModel } from "~/services/agreement-models.server";
import { findMeetingClause, guardAct, listAgreements } from "~/services/agreement-record.server";
import { renderDeadlines } from "~/services/calendar.server";
import { today } from "~/services/clock.server";
import { createCommittee, dayOf, TestClock, type Committee } from "../../support/database";
import { createOpenMeeting, EXPENSE, MEETING } from "../votes/open-meeting";

/** Blain's text, entered and signed in a fresh network. */
async function withAgreement(
  modelKey = "blain",
  options: { readonly sign?: boolean; readonly effectOn?: string; readonly now?: string } = {},
) {
  const committee = await createCommittee({ clock: new TestClock(options.now ?? "2026-09-01T08:00:00Z") });
  const secretary = await committee.contextOf("secretary");
  const model = findAgreementModel(modelKey)!;
  const effectOn = dayOf(options.effectOn ?? model.effectOn);
  const organizations = new Map(["blain", "bouvron"].map((key) => [key, `org-blain-${key}`]));
  const input = draftFromModel(model, { cle: "conv", organizations, effectOn, keepsHabilitations: true });
  const encoded = await encodeModel(secretary, model, input);
  expect(encoded).toEqual({ ok: true, value: { agreementId: "conv" } });
  if (options.sign !== false) expect((await signAgreement(secretary, "conv", effectOn)).ok).toBe(true);
  return { committee, secretary, effectOn };
}

const agreementOf = async ({ db, clock, networkId }: Committee) => {
  const [agreement] = await listAgreements(db, networkId, today(clock));
  if (!agreement) throw new Error("No agreement");
  return agreement;
};
const countActs = async ({ db }: Committee, kind: string) =>
  (
    await db
      .selectFrom("registerEntry")
      .select("kind")
      .where("kind", "=", kind as never)
      .execute()
  ).length;

/** An adopted decision of the committee, written as the votes would. */
async function adopt(
  { db, networkId, clock }: Committee,
  id: string,
  outcome = "adopted",
  { subject, subjectId }: { readonly subject: string; readonly subjectId: string | null } = {
    subject: "motion",
    subjectId: null,
  },
) {
  const at = clock.now().toISOString();
  await db
    .insertInto("poll")
    .values({
      ...{
        id,
        networkId,
        meetingId: null,
        agendaItemId: null,
        subject,
        subjectId,
        title: "Lecture",
        bodyMd: "",
      },
      ...{
        mode: "public",
        status: "closed",
        openedAt: at,
        closesOn: null,
        closedAt: at,
        openedBy: null,
        createdAt: at,
      },
    })
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      ...{
        pollId: id,
        networkId,
        outcome,
        tally: "{}",
        entitled: "[]",
        quorum: "null",
        castingVote: null,
        sentence: "",
      },
      ...{ decisionYear: 2026, decisionNumber: outcome === "adopted" ? 7 : null, closedAt: at },
    })
    .execute();
}

describe("encoder et signer", () => {
  it("deux envois encodent une fois ; la signature attend chaque habilitation", async () => {
    const { committee, secretary, effectOn } = await withAgreement("blain", { sign: false });
    const again = draftFromModel(findAgreementModel("blain")!, {
      cle: "conv",
      organizations: new Map(),
      effectOn,
      keepsHabilitations: false,
    });
    expect((await encodeModel(secretary, findAgreementModel("blain")!, again)).ok).toBe(true);
    expect(await committee.db.selectFrom("agreement").select("id").execute()).toHaveLength(1);
    await committee.db
      .updateTable("agreementParty")
      .set({ deliberationNumber: "" })
      .where("position", "=", 3)
      .execute();
    const refused = await signAgreement(secretary, "conv", effectOn);
    expect(refused).toMatchObject({
      ok: false,
      refusal: { kind: "habilitation", faults: [{ party: "CCAS du Gâvre" }] },
    });
    expect(await countActs(committee, "agreement-signed")).toBe(0);
  });

  it("un autre réseau ne voit ni ne touche la convention", async () => {
    const { committee } = await withAgreement();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const stranger = await other.contextOf("secretary");
    expect(await signAgreement(stranger, "conv", dayOf("2026-01-01"))).toMatchObject({ ok: false });
    expect(await loadAgreementPage(other.db, other.networkId, "conv", dayOf("2026-09-01"))).toBeNull();
    expect(await draftAmendment(stranger, "conv", { cle: "x", title: "Autre", reason: "Autre" })).toEqual({
      ok: false,
      refusal: "agreement-unknown",
    });
    expect(
      await noteProof(stranger, "conv", {
        cle: "y",
        clauseKey: "grille",
        on: dayOf("2026-08-01"),
        label: "…",
        address: null,
      }),
    ).toEqual({ ok: false, refusal: "agreement-unknown" });
  });

  it("pas de renouvellement sans bilan (La Garde, art. 9)", async () => {
    const { secretary } = await withAgreement("garde");
    expect(await renewAgreement(secretary, "conv", { cle: "suite" })).toMatchObject({
      ok: false,
      refusal: { kind: "condition-missing", article: "9" },
    });
  });
});

describe("avenant", () => {
  async function drafted() {
    const setting = await withAgreement("blain", { effectOn: "2026-01-01" });
    const { secretary } = setting;
    expect(
      (await draftAmendment(secretary, "conv", { cle: "av", title: "Cinq réunions", reason: "Parce que" })).ok,
    ).toBe(true);
    return setting;
  }

  it("l’article 1 est refusé avec l’article qui le protège, et rien n’est écrit", async () => {
    const { committee, secretary } = await drafted();
    const refused = await writeChange(secretary, "av", { revision: 1, article: "1", title: "", after: "Autre objet" });
    if (refused.ok) throw new Error("Article 1 was touched");
    expect(changeMessage(refused.refusal)).toContain(
      "art.\u00a01 ne peut pas être touché : la convention le protège (art.\u00a09)".replace(" : ", " : "),
    );
    expect((await agreementOf(committee)).amendments[0]?.changes).toEqual([]);
    const shown = await loadAmendmentPage(committee.db, committee.networkId, "conv", "av", dayOf("2026-09-01"));
    expect(shown?.protectedArticles).toEqual(["1"]);
  });

  it("cinq conseils sur six : sans effet ; le sixième le met en vigueur, et le texte change", async () => {
    const { committee, secretary } = await drafted();
    expect(
      (await writeChange(secretary, "av", { revision: 1, article: "7", title: "", after: "Cinq réunions par an." })).ok,
    ).toBe(true);
    expect((await submitAmendment(secretary, "av")).ok).toBe(true);
    const { parties } = await agreementOf(committee);
    committee.clock.moveTo("2026-10-20T08:00:00Z");
    for (const [index, { id }] of parties.entries()) {
      const vote = {
        cle: `v${index}`,
        partyId: id,
        outcome: "approved",
        number: `2026-${index}`,
        on: dayOf(`2026-10-0${index + 1}`),
        transmittedOn: null,
        votes: null,
      } as const;
      const decision = await recordBoardVote(secretary, "av", vote);
      expect(decision).toEqual({ ok: true, value: { effectiveOn: index === 5 ? "2026-10-06" : null } });
      const again = await recordBoardVote(secretary, "av", vote);
      expect(again.ok).toBe(true);
      const text = (await agreementOf(committee)).content.articles.find(({ number }) => number === "7")?.text ?? "";
      expect(text === "Cinq réunions par an.").toBe(index === 5);
    }
    expect([await countActs(committee, "board-voted"), await countActs(committee, "amendment-effective")]).toEqual([
      6, 1,
    ]);
  });

  it("une fois l’avenant en vigueur, la clause de son article suit, et elle seule", async () => {
    const { committee, secretary } = await drafted();
    const five = { kind: "frequency", count: 5, per: "civil-year", fact: "committee-meeting" } as const;
    const clause = { key: "rythme", article: "7", title: "Cinq réunions", sentence: "Cinq par an.", rule: five };
    expect(await replaceClause(secretary, "conv", clause)).toEqual({ ok: false, refusal: "article-not-amended" });
    await writeChange(secretary, "av", { revision: 1, article: "7", title: "", after: "Cinq réunions par an." });
    await submitAmendment(secretary, "av");
    for (const { id } of (await agreementOf(committee)).parties) {
      const vote = {
        outcome: "approved",
        number: "1",
        on: dayOf("2026-09-01"),
        transmittedOn: null,
        votes: null,
      } as const;
      expect((await recordBoardVote(secretary, "av", { cle: `v-${id}`, partyId: id, ...vote })).ok).toBe(true);
    }
    expect(await replaceClause(secretary, "conv", { ...clause, key: "article-1", article: "9" })).toEqual({
      ok: false,
      refusal: "article-not-amended",
    });
    expect((await replaceClause(secretary, "conv", clause)).ok).toBe(true);
    const network = { id: committee.networkId, slug: "blain" };
    const [followed] = await followAgreements(committee.db, network, dayOf("2026-09-02"));
    expect(followed?.obligations.find(({ clauseKey }) => clauseKey === "rythme")?.needed).toBe(5);
  });

  it("un second avenant attend ; un conseil contre écarte le premier", async () => {
    const { committee, secretary } = await drafted();
    await writeChange(secretary, "av", { revision: 1, article: "7", title: "", after: "Cinq réunions par an." });
    await submitAmendment(secretary, "av");
    await draftAmendment(secretary, "conv", { cle: "av2", title: "Contact", reason: "Parce que" });
    await writeChange(secretary, "av2", { revision: 1, article: "8", title: "", after: "Un autre contact." });
    expect(await submitAmendment(secretary, "av2")).toEqual({ ok: false, refusal: "another-pending" });
    const { parties } = await agreementOf(committee);
    const vote = {
      cle: "v",
      partyId: parties[0]!.id,
      outcome: "rejected",
      number: "1",
      on: dayOf("2026-09-01"),
      transmittedOn: null,
    } as const;
    const counts = { members: 10, cast: 9, for: 3, against: 5, abstentions: 2 };
    expect(await recordBoardVote(secretary, "av", { ...vote, votes: counts })).toEqual({
      ok: false,
      refusal: "counts-do-not-add-up",
    });
    expect((await recordBoardVote(secretary, "av", { ...vote, votes: null })).ok).toBe(true);
    expect((await agreementOf(committee)).amendments[0]?.standing.state).toBe("rejected");
    expect((await submitAmendment(secretary, "av2")).ok).toBe(true);
  });
});

describe("mise en demeure (Blain, art. 10)", () => {
  const letter = {
    cle: "n1",
    clauseKey: "mise-en-demeure",
    partyId: null,
    sentOn: dayOf("2016-03-10"),
    receivedOn: null,
    reference: "1A 234",
    reason: "Part impayée",
    deemed: null,
    isOldConfirmed: false,
  };
  it("envoyée le 10 mars 2016, elle mène au 10 juin ; la réparer l’arrête ; deux fois notée, elle est refusée", async () => {
    const { committee, secretary } = await withAgreement("blain", { now: "2016-03-10T09:00:00Z" }).catch(() => ({
      committee: null,
      secretary: null,
    }));
    if (!committee || !secretary) throw new Error("No setting");
    expect(await recordNotice(secretary, "conv", letter)).toEqual({ ok: true, value: { endsOn: "2016-06-10" } });
    expect((await recordNotice(secretary, "conv", letter)).ok).toBe(true);
    expect(await recordNotice(secretary, "conv", { ...letter, cle: "n2" })).toEqual({
      ok: false,
      refusal: "already-recorded",
    });
    expect(
      await recordNotice(secretary, "conv", { ...letter, cle: "n3", reference: "", sentOn: dayOf("2013-12-31") }),
    ).toEqual({ ok: false, refusal: "sent-before-start" });
    expect((await agreementOf(committee)).standing?.endsOn).toBe("2016-06-10");
    committee.clock.moveTo("2016-05-02T09:00:00Z");
    expect((await followNotice(secretary, "n1", { kind: "cured", on: dayOf("2016-05-02"), note: "" })).ok).toBe(true);
    expect((await agreementOf(committee)).standing?.endsOn).toBe("2016-12-31");
  });

  it("notée quand son préavis est déjà fini, elle demande que la date soit confirmée, et se retire après coup", async () => {
    const { committee, secretary } = await withAgreement("blain", { now: "2016-09-01T09:00:00Z" });
    expect(await recordNotice(secretary, "conv", letter)).toEqual({ ok: false, refusal: "already-over" });
    expect((await agreementOf(committee)).notices).toEqual([]);
    expect((await recordNotice(secretary, "conv", { ...letter, isOldConfirmed: true })).ok).toBe(true);
    expect((await agreementOf(committee)).standing).toMatchObject({ state: "terminated", endsOn: "2016-06-10" });
    const cured = { kind: "cured", on: dayOf("2016-06-10"), note: "Part payée" } as const;
    expect((await followNotice(secretary, "n1", cured)).ok).toBe(true);
    expect((await agreementOf(committee)).standing).toMatchObject({ state: "running", endsOn: "2016-12-31" });
  });

  it("un commun accord se retire tant que son dernier jour n’est pas passé", async () => {
    const { committee, secretary } = await withAgreement("blain", { now: "2016-03-10T09:00:00Z" });
    const { parties } = await agreementOf(committee);
    const consents = new Map(parties.map(({ id }) => [id, dayOf("2016-03-01")]));
    const common = { cle: "ca", clauseKey: "commun-accord", endsOn: dayOf("2016-08-31"), consents, reason: "" };
    expect(await recordCommonAgreement(secretary, "conv", common)).toEqual({
      ok: true,
      value: { endsOn: "2016-08-31" },
    });
    const back = { kind: "withdrawn", on: dayOf("2016-03-10"), note: "" } as const;
    expect(await followNotice(secretary, "ca", { ...back, on: dayOf("2016-02-29") })).toEqual({
      ok: false,
      refusal: "stop-before-sending",
    });
    expect((await followNotice(secretary, "ca", back)).ok).toBe(true);
    expect((await agreementOf(committee)).standing?.endsOn).toBe("2016-12-31");
  });

  it("la convention finie, aucune dépense nouvelle ne se demande, et l’article est dit", async () => {
    const { committee } = await withAgreement("blain");
    const blain = await committee.contextOf("blain");
    const expense = {
      cle: "dep",
      object: "Salle",
      supplier: "Commune",
      amount: toCents(100),
      axis: "commun",
      nature: "operating",
      justification: "",
    } as const;
    expect(await requestExpense(blain, expense)).toEqual({
      ok: false,
      refusal: [{ kind: "agreement-over", endedOn: "2016-12-31", article: "11" }],
    });
    expect(await committee.db.selectFrom("expense").select("id").execute()).toEqual([]);
    expect(
      await guardAct(committee.db, committee.networkId, { act: "engage-expense", on: dayOf("2026-09-01") }),
    ).toMatchObject({ refusal: { kind: "agreement-over", endedOn: "2016-12-31", article: "11" } });
    const fresh = await createCommittee();
    expect((await requestExpense(await fresh.contextOf("blain"), expense)).ok).toBe(true);
  });

  it.each([
    { kind: "other", opens: false },
    { kind: "expense-validation", opens: false },
    { kind: "minutes-approval", opens: true },
    { kind: "ratification", opens: true },
  ] as const)("la convention finie, un point « $kind » passe aux voix : $opens (B43)", async ({ kind, opens }) => {
    const { committee, secretary } = await withAgreement("blain");
    await createOpenMeeting({ committee, kind });
    const opened = await openPoll(secretary, MEETING, {
      cle: "p",
      point: "point-1",
      mode: "public",
      title: "?",
      body: "",
    });
    if (opens) return expect(opened).toEqual({ ok: true, value: { pollId: "p" } });
    expect(!opened.ok && openPollMessage(opened.refusal)).toMatch(
      /^La convention a pris fin le 31\sdécembre\s2016 \(art\.\s11\)/,
    );
    expect(await committee.db.selectFrom("poll").select("id").execute()).toEqual([]);
  });

  it("la convention finie, rien ne s’engage ni ne se consulte ; ce qui a été engagé avant son terme se note encore", async () => {
    const { committee, secretary } = await withAgreement("blain");
    await createOpenMeeting({ committee });
    const over = { kind: "agreement-over", endedOn: "2016-12-31", article: "11" };
    const engagement = {
      ...{ cle: "e", amount: toCents(100), account: "6257", budgetLineId: undefined, reference: "" },
    } as const;
    expect(await engage(secretary, EXPENSE, { ...engagement, engagedOn: dayOf("2026-09-01") })).toEqual({
      ok: false,
      refusal: { kind: "agreement-forbids", block: over },
    });
    expect(await engage(secretary, EXPENSE, { ...engagement, engagedOn: dayOf("2016-12-31") })).toMatchObject({
      refusal: { kind: "not-validated" },
    });
    const consultation = { cle: "c", title: "Question", body: "", deadline: dayOf("2026-09-20"), expenseId: undefined };
    expect(await openConsultation(secretary, consultation, "http://portail.test")).toEqual({
      ok: false,
      refusal: over,
    });
    expect(await committee.db.selectFrom("outboxMail").select("id").execute()).toEqual([]);
  });
});

it("La Garde, art. 7 : aucun appel de fonds entre les CCAS", async () => {
  const { committee, secretary } = await withAgreement("garde");
  const issued = await issueCall(secretary, { cle: "appel", year: 2026, leftIds: [], fingerprint: "" });
  expect(issued).toMatchObject({
    ok: false,
    refusal: { kind: "agreement-forbids", block: { kind: "prohibited", article: "7" } },
  });
  expect(await committee.db.selectFrom("fundingCall").select("id").execute()).toEqual([]);
});

describe("avenant à une convention", () => {
  it("un projet se change lui-même : l’avenant est refusé dès le début", async () => {
    const { committee, secretary } = await withAgreement("blain", { sign: false });
    expect(await draftAmendment(secretary, "conv", { cle: "av", title: "Autre", reason: "Autre" })).toEqual({
      ok: false,
      refusal: "agreement-not-signed",
    });
    expect(await countActs(committee, "amendment-drafted")).toBe(0);
    expect(amendableMessage("agreement-not-signed")).toContain("changez directement le projet");
  });
});

describe("contradictions et lectures", () => {
  it("seule une décision adoptée de ce réseau tranche, une seule fois", async () => {
    const { committee, secretary } = await withAgreement("garde", { now: "2026-09-01T08:00:00Z" });
    const [first] = await listClarifications(committee.db, committee.networkId);
    await adopt(committee, "rejetee", "rejected");
    await adopt(committee, "adoptee");
    expect(await settleClarification(secretary, first!.id, { pollId: "rejetee", answer: "…" })).toEqual({
      ok: false,
      refusal: "poll-not-adopted",
    });
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    expect(
      await settleClarification(await other.contextOf("secretary"), first!.id, { pollId: "adoptee", answer: "…" }),
    ).toEqual({ ok: false, refusal: "clarification-unknown" });
    expect(await listAdoptedDecisions(committee.db, committee.networkId)).toMatchObject([
      { pollId: "adoptee", decidedOn: first!.raisedOn, isOnAgreement: false },
    ]);
    expect((await settleClarification(secretary, first!.id, { pollId: "adoptee", answer: "À la signature" })).ok).toBe(
      true,
    );
    expect(await settleClarification(secretary, first!.id, { pollId: "adoptee", answer: "Autre" })).toEqual({
      ok: false,
      refusal: "already-settled",
    });
    const settled = (await listClarifications(committee.db, committee.networkId)).find(({ id }) => id === first!.id);
    expect(settled?.settled).toMatchObject({ answer: "À la signature", number: expect.stringContaining("7") });

    expect((await agreementOf(committee)).standing?.state).toBe("indefinite");
    expect((await chooseReading(secretary, "conv", { decided: "same-term", pollId: "adoptee" })).ok).toBe(true);
    expect((await agreementOf(committee)).standing).toMatchObject({ state: "running", endsOn: "2027-06-15" });
  });
});

describe("obligations, preuves, rencontres, rappels", () => {
  it("une adresse qui exécute est refusée comme preuve", async () => {
    const { secretary } = await withAgreement("blain", { effectOn: "2026-01-01" });
    const proof = { cle: "p", clauseKey: "grille", on: dayOf("2026-08-01"), label: "Remise" };
    for (const address of ["javascript:alert(1)", "//ailleurs.example", "http://ailleurs.example", "/reseaux/x\\y"])
      expect(await noteProof(secretary, "conv", { ...proof, address })).toEqual({
        ok: false,
        refusal: "address-not-ours",
      });
    expect((await noteProof(secretary, "conv", { ...proof, address: "/reseaux/blain/decisions" })).ok).toBe(true);
  });

  it("une séance désignée compte pour sa clause, avec ses groupes (Sceaux, art. 5)", async () => {
    const { committee, secretary } = await withAgreement("sceaux");
    const { db, networkId } = committee;
    await db
      .insertInto("meeting")
      .values({
        ...{
          id: "bilan",
          networkId,
          year: 2026,
          rank: 1,
          title: "Bilan",
          status: "closed",
          convening: "first",
          firstMeetingId: null,
        },
        ...{
          startsAt: "2026-06-10T10:00",
          plannedEndAt: null,
          place: "",
          remoteLink: "",
          urgencyReason: null,
          chairSeatId: null,
        },
        ...{
          chairPersonId: null,
          secretaryPersonId: null,
          currentItemId: null,
          rulesContent: null,
          rulesVersion: null,
        },
        ...{
          seatsSnapshot: null,
          outcome: null,
          revision: 1,
          createdBy: committee.personOf("secretary"),
          createdAt: "2026-01-01T00:00:00Z",
        },
      })
      .execute();
    const states = async () => {
      const [followed] = await followAgreements(db, { id: networkId, slug: "blain" }, dayOf("2026-09-01"));
      return Object.fromEntries((followed?.obligations ?? []).map(({ clauseKey, state }) => [clauseKey, state]));
    };
    expect(await linkMeeting(secretary, "conv", { meetingId: "bilan", clauseKey: "duree" })).toEqual({
      ok: false,
      refusal: "clause-unknown",
    });
    expect((await linkMeeting(secretary, "conv", { meetingId: "bilan", clauseKey: "bilan" })).ok).toBe(true);
    expect(await linkMeeting(secretary, "conv", { meetingId: "bilan", clauseKey: "collective" })).toEqual({
      ok: false,
      refusal: "meeting-already-linked",
    });
    expect(await states()).toMatchObject({ bilan: "met", "bilan-groupes": "due", information: "due" });
    expect(await recordPresences(secretary, "bilan", { inconnu: "present" })).toEqual({
      ok: false,
      refusal: "group-unknown",
    });
    await db.updateTable("meeting").set({ startsAt: "2026-09-02T10:00" }).where("id", "=", "bilan").execute();
    expect(await recordPresences(secretary, "bilan", { dst: "present" })).toEqual({
      ok: false,
      refusal: "meeting-to-come",
    });
    await db.updateTable("meeting").set({ startsAt: "2026-06-10T10:00" }).where("id", "=", "bilan").execute();
    await recordPresences(secretary, "bilan", { dst: "present", sst: "present", dgs: "present", ccas: "present" });
    expect(await states()).toMatchObject({ bilan: "met", "bilan-groupes": "met" });
    await recordPresences(secretary, "bilan", { dst: "present", sst: "absent", dgs: "present" });
    expect(await findMeetingClause(db, networkId, "bilan", dayOf("2026-09-01"))).toMatchObject({
      ...{ key: "bilan", article: "5", at: "each" },
      groups: [{ presence: "present" }, { presence: "absent" }, { presence: "present" }, { presence: "unknown" }],
    });
    expect(await findMeetingClause(db, networkId, "inconnue", dayOf("2026-09-01"))).toBeNull();
    const facts = await loadMinutesFacts(db, networkId, "bilan");
    expect(facts?.governance).toMatchObject({ article: "5" });
    expect(facts?.governance?.groups.map(({ presence }) => presence)).toEqual([
      ...["present", "absent", "present", "not-noted"],
    ]);
    expect(checkMinutes(facts!, {}).find(({ element }) => element === "listed-groups")?.status).toBe("missing");
    await adopt(committee, "pv", "adopted", { subject: "minutes-approval", subjectId: "bilan" });
    expect(await recordPresences(secretary, "bilan", { ccas: "present" })).toEqual({
      ok: false,
      refusal: "minutes-adopted",
    });
  });

  it("un rappel part une fois par échéance et par personne", async () => {
    const { committee } = await withAgreement("blain", { effectOn: "2026-01-01" });
    const { db, clock } = committee;
    clock.moveTo("2026-12-02T08:00:00Z");
    const first = await remindDeadlines(db, clock, "https://portail.example");
    expect(first).toBeGreaterThan(0);
    expect(await remindDeadlines(db, clock, "https://portail.example")).toBe(0);
    const mails = await db.selectFrom("outboxMail").select(["kind", "toAddress", "bodyText"]).execute();
    expect(mails).toHaveLength(first);
    expect(mails[0]).toMatchObject({ kind: "reminder", toAddress: "secretary@blain.example" });
    expect(mails.map(({ bodyText }) => bodyText).join("\n")).toContain(
      "https://portail.example/reseaux/blain/obligations",
    );
  });

  it("l’adresse d’agenda est secrète, unique et révocable", async () => {
    const { committee, secretary } = await withAgreement("blain", { effectOn: "2026-01-01" });
    const { db, clock, networkId } = committee;
    const [one, two] = [await openFeed(secretary), await openFeed(secretary)];
    expect([await mayReadFeed(db, clock, networkId, one), await mayReadFeed(db, clock, networkId, two)]).toEqual([
      false,
      true,
    ]);
    const other = await createCommittee({ db, clock, slug: "autre" });
    expect(await mayReadFeed(db, clock, other.networkId, two)).toBe(false);
    expect(JSON.stringify(await db.selectFrom("obligationFeed").selectAll().execute())).not.toContain(two);
    await revokeFeed(secretary);
    expect(await mayReadFeed(db, clock, networkId, two)).toBe(false);
    expect(await findFeed(db, networkId, secretary.actor.personId)).toBeNull();
  });

  it("l’agenda porte des jours entiers, avec leurs rappels", () => {
    const text = renderDeadlines("Échéances", new Date("2026-09-01T08:00:00Z"), [
      {
        uid: "c.1",
        on: dayOf("2028-06-30"),
        summary: "Renégocier",
        description: "…",
        url: "https://portail.example/x",
        alarmDays: [30],
      },
    ]);
    const [event] = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents("vevent");
    expect(String(event?.getFirstPropertyValue("dtstart"))).toBe("2028-06-30");
    expect((event?.getFirstPropertyValue("dtstart") as { isDate?: boolean }).isDate).toBe(true);
    expect(event?.getAllSubcomponents("valarm")).toHaveLength(1);
  });
});

describe("SCDL « Délibérations » 2.1.5, contrainte par contrainte", () => {
  const csv = composeScdlDeliberations([
    {
      ...{
        body: "CCAS de Blain",
        siret: "21440015200018",
        id: "2026-31",
        on: dayOf("2026-10-03"),
        transmittedOn: dayOf("2026-10-04"),
      },
      ...{
        object: "Approbation de l’avenant n° 1, « cinq réunions »",
        votes: { members: 13, cast: 11, for: 10, against: 0, abstentions: 1 },
      },
    },
    {
      body: '=CCAS "du" Gâvre',
      siret: "21440062400018",
      id: "7",
      on: dayOf("2026-10-05"),
      transmittedOn: null,
      object: "Rejet",
      votes: null,
    },
  ]);
  const [heading, ...lines] = csv.trimEnd().split("\r\n");

  it("les colonnes, dans l’ordre du schéma", () => {
    expect(heading).toBe(
      "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE,VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL",
    );
    expect(DELIBERATION_COLUMNS).toHaveLength(17);
  });

  it("chaque champ respecte son motif, les obligatoires sont remplis", () => {
    const cellsOf = (line: string) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .slice(0, 17)
        .map(([, cell = ""]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"'));
    const date = /^\d{4}-\d{2}-\d{2}$/;
    const whole = /^\d*$/;
    for (const line of lines) {
      const cells = cellsOf(line);
      const [
        name,
        siret,
        id,
        on,
        code,
        subject,
        object,
        year,
        ,
        ,
        sent,
        members,
        cast,
        inFavour,
        against,
        abstentions,
      ] = cells;
      for (const required of [name, siret, id, on, code, subject, object]) expect(required).not.toBe("");
      expect(siret).toMatch(/^\d{14}$/);
      expect(on).toMatch(date);
      expect(code).toMatch(/^\d\.\d{1,2}$/);
      expect(year).toMatch(/^([0-9]{4}(\/[0-9]{4})?)?$/);
      if (sent !== "") expect(sent! >= on!).toBe(true);
      for (const count of [members, cast, inFavour, against, abstentions]) expect(count).toMatch(whole);
      const counts = [members, cast, inFavour, against, abstentions].map(Number);
      expect(counts[1]! <= counts[0]!).toBe(true);
      expect(counts[2]! + counts[3]! + counts[4]!).toBe(counts[1]);
    }
    expect(lines[1]).toContain(`"'=CCAS ""du"" Gâvre"`);
  });
});
