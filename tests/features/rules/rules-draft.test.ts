import { describe, expect, it } from "vitest";
import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import { checkRules } from "~/domain/committee/rules-check";
import { createRulesDraft, enactRules, writeRulesDraft } from "~/features/rules/commands.server";
import { parseRulesDraft, toRulesFields } from "~/features/rules/form";
import { draftMessage, enactMessage, rulesFaultMessage } from "~/features/rules/messages.fr";
import { findRulesVersion } from "~/features/rules/queries.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { createCommittee, dayOf, type Committee } from "../../support/database";

const FIVE_DAYS: RulesContent = { ...CASF_PRESET, notice: { ...CASF_PRESET.notice, days: 5 } };

async function openDraft(committee: Committee, cle = "draft-1") {
  const context = await committee.contextOf("secretary");
  await createRulesDraft(context, { cle });
  const draft = await findRulesVersion(committee.db, committee.networkId, cle);
  return { context, draft: draft!, known: draft!.fingerprint };
}

/** A meeting of 14 September 2026 votes on the draft; the result is null while the poll is open. */
async function voteOn({ db, networkId, personOf }: Committee, rulesId: string, outcome: string | null): Promise<void> {
  const at = "2026-09-14T17:00:00.000Z";
  await db
    .insertInto("meeting")
    .values({
      ...{ id: "meeting-1", networkId, year: 2026, rank: 1, title: "Comité", status: "open", convening: "first" },
      ...{ firstMeetingId: null, startsAt: "2026-09-14T18:30", plannedEndAt: null, place: "Blain", remoteLink: "" },
      ...{ urgencyReason: null, chairSeatId: null, chairPersonId: null, secretaryPersonId: null, currentItemId: null },
      ...{ rulesContent: null, rulesVersion: null, seatsSnapshot: null, outcome: null, revision: 1 },
      ...{ createdBy: personOf("secretary"), createdAt: at },
    })
    .execute();
  await db
    .insertInto("poll")
    .values({
      ...{ id: "poll-1", networkId, meetingId: "meeting-1", agendaItemId: null, subject: "rules-adoption" },
      ...{ subjectId: rulesId, title: "Règlement", bodyMd: "", mode: "public" },
      ...{ status: outcome === null ? "open" : "closed", openedAt: at, closesOn: null, closedAt: null },
      ...{ openedBy: personOf("secretary"), createdAt: at },
    })
    .execute();
  if (outcome === null) return;
  await db
    .insertInto("pollResult")
    .values({
      ...{ pollId: "poll-1", networkId, outcome, tally: "{}", entitled: "[]", quorum: "{}", castingVote: null },
      ...{ sentence: "Adopté", decisionYear: null, decisionNumber: null, closedAt: at },
    })
    .execute();
}

const countActs = async ({ db }: Committee): Promise<number> =>
  (await db.selectFrom("registerEntry").select("sequence").execute()).length;

describe("préparer un projet de règlement", () => {
  it("reprend les règles en vigueur, sans être en vigueur", async () => {
    const committee = await createCommittee();
    const { draft } = await openDraft(committee);
    expect(draft).toMatchObject({ version: 1, status: "draft", content: CASF_PRESET });
    const inForce = await findRulesInForce(committee.db, committee.networkId, dayOf("2027-01-01"));
    expect(inForce.adopted).toBeNull();
  });

  it("double clic : un seul projet ; autre clé : renvoie vers le projet qui existe", async () => {
    const committee = await createCommittee();
    const { context } = await openDraft(committee);
    expect(await createRulesDraft(context, { cle: "draft-1" })).toEqual({ ok: true, value: { rulesId: "draft-1" } });
    const second = await createRulesDraft(context, { cle: "draft-2" });
    expect(second).toEqual({ ok: false, refusal: { kind: "draft-already-exists", rulesId: "draft-1" } });
    expect(await committee.db.selectFrom("rulesVersion").select("id").execute()).toHaveLength(1);
  });
});

describe("écrire le projet", () => {
  it("ce que le formulaire montre revient tel quel", () => {
    const form = new FormData();
    const walk = (value: object, path: string): void => {
      for (const [key, inner] of Object.entries(value)) {
        const name = path === "" ? key : `${path}.${key}`;
        if (typeof inner === "object") walk(inner as object, name);
        else form.set(name, String(inner));
      }
    };
    walk(toRulesFields(FIVE_DAYS), "");
    const submission = parseRulesDraft(form);
    expect(submission.status === "success" && submission.value).toEqual(FIVE_DAYS);
  });

  it("est enregistré entier", async () => {
    const committee = await createCommittee();
    const { context, known } = await openDraft(committee);
    expect((await writeRulesDraft(context, { rulesId: "draft-1", content: FIVE_DAYS, known })).ok).toBe(true);
    const written = await findRulesVersion(committee.db, committee.networkId, "draft-1");
    expect(written?.content.notice.days).toBe(5);
  });

  it("deux secrétaires : le second voit l’autre texte et n’écrase rien", async () => {
    const committee = await createCommittee();
    const { context, known } = await openDraft(committee);
    await writeRulesDraft(context, { rulesId: "draft-1", content: FIVE_DAYS, known });
    const other = { ...CASF_PRESET, departmentSeat: "advises" as const };
    const refused = await writeRulesDraft(context, { rulesId: "draft-1", content: other, known });
    expect(refused).toEqual({ ok: false, refusal: { kind: "changed-meanwhile", current: FIVE_DAYS } });
  });

  it.each([
    { case: "scrutin ouvert", outcome: null, refusal: "vote-under-way" },
    { case: "adopté par le comité", outcome: "adopted", refusal: "vote-adopted-it" },
  ])("$case : le projet ne change plus", async ({ outcome, refusal }) => {
    const committee = await createCommittee();
    const { context, known } = await openDraft(committee);
    await voteOn(committee, "draft-1", outcome);
    const refused = await writeRulesDraft(context, { rulesId: "draft-1", content: FIVE_DAYS, known });
    expect(refused).toMatchObject({ ok: false, refusal: { kind: refusal } });
  });

  it("rejeté par le comité : le projet peut être repris", async () => {
    const committee = await createCommittee();
    const { context, known } = await openDraft(committee);
    await voteOn(committee, "draft-1", "rejected");
    expect((await writeRulesDraft(context, { rulesId: "draft-1", content: FIVE_DAYS, known })).ok).toBe(true);
  });

  it("un autre réseau n’atteint pas le projet", async () => {
    const committee = await createCommittee();
    const { known } = await openDraft(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const context = await other.contextOf("secretary");
    const refused = await writeRulesDraft(context, { rulesId: "draft-1", content: FIVE_DAYS, known });
    expect(refused).toEqual({ ok: false, refusal: { kind: "unknown-rules" } });
  });

  it("chaque faute dit quoi faire, avec ses bornes", () => {
    const faulty = { ...CASF_PRESET, notice: { ...CASF_PRESET.notice, days: 61 } };
    const checked = checkRules(faulty);
    const messages = checked.ok ? [] : checked.refusal.map(rulesFaultMessage);
    expect(messages).toEqual(["Ce nombre est trop grand. De 0 à 60 jours."]);
  });
});

describe("entrée en vigueur", () => {
  it.each([
    { case: "sans vote", outcome: undefined, date: "2026-09-14", refusal: "not-voted" },
    { case: "scrutin encore ouvert", outcome: null, date: "2026-09-14", refusal: "not-voted" },
    { case: "rejeté", outcome: "rejected", date: "2026-09-14", refusal: "not-voted" },
    { case: "avant le jour de la décision", outcome: "adopted", date: "2026-09-13", refusal: "before-the-decision" },
  ] as const)("$case : refusée, rien n’est écrit", async ({ outcome, date, refusal }) => {
    const committee = await createCommittee();
    const { context } = await openDraft(committee);
    if (outcome !== undefined) await voteOn(committee, "draft-1", outcome);
    const decision = await enactRules(context, { rulesId: "draft-1", effectiveFrom: dayOf(date) });
    expect(decision).toEqual({ ok: false, refusal });
    expect(enactMessage(refusal)).toMatch(/\.$/);
    expect(await countActs(committee)).toBe(0);
  });

  it("le jour de la décision : un acte, et la version ne change plus", async () => {
    const committee = await createCommittee();
    const { context } = await openDraft(committee);
    await voteOn(committee, "draft-1", "adopted");
    const day = { rulesId: "draft-1", effectiveFrom: dayOf("2026-09-14") };
    expect((await enactRules(context, day)).ok).toBe(true);
    expect((await enactRules(context, day)).ok).toBe(true);
    expect(await countActs(committee)).toBe(1);
    const inForce = await findRulesInForce(committee.db, committee.networkId, dayOf("2026-09-14"));
    expect(inForce.adopted).toEqual({ id: "draft-1", version: 1, effectiveFrom: "2026-09-14" });
    const before = await findRulesInForce(committee.db, committee.networkId, dayOf("2026-09-13"));
    expect(before.adopted).toBeNull();
    const change = committee.db.updateTable("rulesVersion").set({ content: "{}" }).execute();
    await expect(change).rejects.toThrow("frozen");
  });

  it("un autre réseau n’y atteint pas", async () => {
    const committee = await createCommittee();
    await openDraft(committee);
    await voteOn(committee, "draft-1", "adopted");
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const context = await other.contextOf("secretary");
    const decision = await enactRules(context, { rulesId: "draft-1", effectiveFrom: dayOf("2026-09-14") });
    expect(decision).toEqual({ ok: false, refusal: "unknown-rules" });
    expect(draftMessage({ kind: "unknown-rules" })).toContain("n’existe pas");
  });
});
