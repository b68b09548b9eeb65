import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { closeAnnualDay, noteRegistrations, recordAnnualDay } from "~/features/events/commands.server";
import { parseAnnualDay, parseRegistration, type AnnualDayInput } from "~/features/events/form";
import { eventMessage } from "~/features/events/messages.fr";
import { findAnnualDayPage } from "~/features/events/queries.server";
import { createCommittee, dayOf, organizationOf, TestClock, type Committee } from "../../support/database";

const DAY: AnnualDayInput = {
  ...{ cle: "journee-1", year: 2026, revision: 0, title: "Journée des acteurs sociaux", place: "Blain" },
  ...{ heldOn: dayOf("2026-06-12"), hostOrganizationId: "", programme: "**Accueil**", cost: toCents(118_040) },
};
const create = () => createCommittee({ clock: new TestClock("2026-06-01T08:00:00Z") });
const people = (headcount: number, cle = `inscrits-${headcount}`) => ({
  ...{ cle, actorType: "volunteer" as const, organization: "Associations", headcount },
});

/** Refused: the sentence, and nothing written. */
async function refusalOf(committee: Committee, act: Promise<{ ok: true } | { ok: false; refusal: string }>) {
  const count = async () => (await committee.db.selectFrom("registerEntry").select("sequence").execute()).length;
  const before = await count();
  const decision = await act;
  expect(await count()).toBe(before);
  if (decision.ok) throw new Error("It should be refused");
  return eventMessage(decision.refusal as Parameters<typeof eventMessage>[0]);
}

describe("la journée annuelle — convention, préambule et art. 4.2.1", () => {
  it("préparée, inscrite par type d’acteur, close ; un double envoi n’est qu’un acte", async () => {
    const committee = await create();
    const { db, networkId } = committee;
    const secretary = await committee.contextOf("secretary");
    for (const _ of [1, 2]) expect(await recordAnnualDay(secretary, DAY)).toMatchObject({ ok: true });
    for (const _ of [1, 2]) expect(await noteRegistrations(secretary, 2026, people(31))).toMatchObject({ ok: true });
    expect(await noteRegistrations(secretary, 2026, people(-1))).toMatchObject({ ok: true });
    const host = { hostOrganizationId: organizationOf("blain", "bouvron") };
    expect(await recordAnnualDay(secretary, { ...DAY, cle: "journee-2", revision: 1, ...host })).toMatchObject({
      ok: true,
    });
    committee.clock.moveTo("2026-06-20T08:00:00Z");
    for (const _ of [1, 2]) expect(await closeAnnualDay(secretary, 2026)).toMatchObject({ ok: true });
    expect(await findAnnualDayPage(db, networkId, 2026)).toMatchObject({
      ...{ isClosed: true, closedOn: "2026-06-20", heldOn: "2026-06-12", cost: 118_040, hostName: "CCAS de Bouvron" },
      counts: [
        { actorType: "elected", headcount: 0 },
        { actorType: "volunteer", headcount: 30 },
        { actorType: "professional", headcount: 0 },
      ],
    });
    const acts = await db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute();
    expect(acts.map(({ kind }) => kind)).toEqual([
      ...["event-recorded", "event-registered", "event-registered", "event-recorded", "event-closed"],
    ]);
  });

  it("ce qui est refusé se dit, et rien n’est écrit", async () => {
    const committee = await create();
    const secretary = await committee.contextOf("secretary");
    expect(await refusalOf(committee, noteRegistrations(secretary, 2026, people(1)))).toMatch(/pas encore enregistrée/);
    expect(await refusalOf(committee, closeAnnualDay(secretary, 2026))).toMatch(/pas encore enregistrée/);
    const foreign = { ...DAY, hostOrganizationId: "org-ailleurs" };
    expect(await refusalOf(committee, recordAnnualDay(secretary, foreign))).toMatch(/pas de siège/);
    await recordAnnualDay(secretary, { ...DAY, heldOn: null });
    expect(await refusalOf(committee, closeAnnualDay(secretary, 2026))).toMatch(/Indiquez la date/);
    expect(await refusalOf(committee, recordAnnualDay(secretary, { ...DAY, cle: "autre" }))).toMatch(/entre-temps/);
    await recordAnnualDay(secretary, { ...DAY, cle: "autre", revision: 1 });
    expect(await refusalOf(committee, closeAnnualDay(secretary, 2026))).toMatch(/pas encore eu lieu/);
    for (const headcount of [0, -1])
      expect(await refusalOf(committee, noteRegistrations(secretary, 2026, people(headcount)))).toMatch(/une personne/);
    committee.clock.moveTo("2026-06-20T08:00:00Z");
    await closeAnnualDay(secretary, 2026);
    expect(await refusalOf(committee, recordAnnualDay(secretary, { ...DAY, cle: "encore", revision: 2 }))).toMatch(
      /close/,
    );
    expect(await refusalOf(committee, noteRegistrations(secretary, 2026, people(1)))).toMatch(/close/);
  });

  it("un autre réseau a sa propre journée", async () => {
    const committee = await create();
    await recordAnnualDay(await committee.contextOf("secretary"), DAY);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    expect(await findAnnualDayPage(committee.db, other.networkId, 2026)).toBeNull();
    expect(await closeAnnualDay(await other.contextOf("secretary"), 2026)).toEqual({
      ...{ ok: false, refusal: "event-unknown" },
    });
  });
});

describe("les formulaires de la journée", () => {
  const form = (fields: Readonly<Record<string, string>>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ cle: "AAAAAAAAAAAAAAAAAAAA", ...fields })) data.set(name, value);
    return data;
  };
  it.each([
    ["un titre absent", { year: "2026" }, "title"],
    ["une date impossible", { year: "2026", title: "Journée", heldOn: "2026-02-30" }, "heldOn"],
    ["un coût illisible", { year: "2026", title: "Journée", cost: "mille" }, "cost"],
    ["un coût négatif", { year: "2026", title: "Journée", cost: "-1" }, "cost"],
  ])("%s est dit au champ", (_, fields, field) => {
    expect(Object.keys(parseAnnualDay(form(fields)).reply().error ?? {})).toContain(field);
  });
  it.each(["", "1,5", "dix", "10001"])("« %s » n’est pas un nombre de personnes", (headcount) => {
    expect(parseRegistration(form({ actorType: "elected", headcount })).status).toBe("error");
  });
});
