import { describe, expect, it } from "vitest";
import type { DesignationInput } from "~/features/people/form";
import { endMandate, recordMandate } from "~/features/people/mandates.server";
import { designationMessage, mandateEndMessage } from "~/features/people/messages.fr";
import { listCommittee, listDirectory } from "~/features/people/queries.server";
import { createCommittee, dayOf, type Committee } from "../../support/database";

function designation(changes: Partial<DesignationInput> = {}): DesignationInput {
  return {
    cle: "mandate-new",
    seatId: "seat-blain-bouvron",
    role: "titular",
    person: { kind: "new", email: "anne@bouvron.example", displayName: "Anne Le Goff", functionLabel: "Adjointe" },
    isMunicipalOfficial: true,
    isInChargeOfSocialAffairs: true,
    startsOn: dayOf("2026-09-01"),
    endsOn: null,
    basis: "Délibération n° 12 du 28 août 2026",
    ...changes,
  };
}

async function written({ db }: Committee) {
  const [mandates, people, acts] = await Promise.all([
    db.selectFrom("mandate").select("id").execute(),
    db.selectFrom("person").select("id").execute(),
    db.selectFrom("registerEntry").select(["kind", "payload"]).orderBy("sequence").execute(),
  ]);
  return { mandates: mandates.length, people: people.length, acts };
}

describe("enregistrer une désignation — convention, art. 3 et 7", () => {
  it("siège vacant, nouvelle personne : le siège est pourvu, un acte", async () => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    const decision = await recordMandate(await committee.contextOf("secretary"), designation());
    expect(decision).toMatchObject({ ok: true, value: { mandateId: "mandate-new", warnings: [] } });
    const seats = await listCommittee(committee.db, committee.networkId, dayOf("2026-09-01"));
    expect(seats.find(({ label }) => label === "CCAS de Bouvron")?.titular).toMatchObject({
      displayName: "Anne Le Goff",
      functionLabel: "Adjointe",
      since: "2026-09-01",
    });
    expect((await written(committee)).acts.map(({ kind }) => kind)).toEqual(["mandate-recorded"]);
  });

  it("le registre garde des identifiants, pas de nom ni d’adresse", async () => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    await recordMandate(await committee.contextOf("secretary"), designation());
    const [act] = (await written(committee)).acts;
    expect(act?.payload).not.toMatch(/Le Goff|@/);
  });

  it("double clic : une seule désignation, une seule personne", async () => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    const context = await committee.contextOf("secretary");
    await recordMandate(context, designation());
    expect((await recordMandate(context, designation())).ok).toBe(true);
    expect(await written(committee)).toMatchObject({ mandates: 7, people: 11, acts: { length: 1 } });
  });

  it("pas en charge des affaires sociales : acceptée avec une réserve (art. 7)", async () => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    const context = await committee.contextOf("secretary");
    const decision = await recordMandate(context, designation({ isInChargeOfSocialAffairs: false }));
    expect(decision).toMatchObject({ ok: true, value: { warnings: [{ kind: "not-in-charge-of-social-affairs" }] } });
  });

  it("adresse déjà connue : c’est la même personne, son nom ne change pas", async () => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    const person = {
      kind: "new" as const,
      email: "agent@blain.example",
      displayName: "Autre nom",
      functionLabel: "",
    };
    await recordMandate(await committee.contextOf("secretary"), designation({ person }));
    const directory = await listDirectory(committee.db, committee.networkId, dayOf("2026-09-01"));
    expect(directory.find(({ email }) => email === "agent@blain.example")).toMatchObject({
      displayName: "Élu·e référent·e, agent",
      types: ["elected", "agent"],
    });
    expect((await written(committee)).people).toBe(10);
  });

  it.each([
    { case: "siège d’un autre réseau", changes: { seatId: "seat-autre-bouvron" }, kind: "seat-unknown" },
    { case: "personne non élue", changes: { isMunicipalOfficial: false }, kind: "not-municipal-official" },
    { case: "finit avant de commencer", changes: { endsOn: dayOf("2026-08-31") }, kind: "ends-before-start" },
    { case: "titulaire déjà en place", changes: { seatId: "seat-blain-blain" }, kind: "titular-already-designated" },
    {
      case: "déjà sur un autre siège",
      changes: { person: { kind: "known", personId: "person-blain-blain" } },
      kind: "person-on-another-seat",
    },
    {
      case: "personne d’un autre réseau",
      changes: { person: { kind: "known", personId: "person-autre-blain" } },
      kind: "person-unknown",
    },
  ] as const)("$case : refusée, rien n’est écrit", async ({ changes, kind }) => {
    const committee = await createCommittee({ vacant: ["bouvron"] });
    await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const before = await written(committee);
    const decision = await recordMandate(await committee.contextOf("secretary"), designation(changes));
    expect(decision).toMatchObject({ ok: false, refusal: { kind } });
    if (!decision.ok) expect(designationMessage(decision.refusal).text).toMatch(/[.]$/);
    expect(await written(committee)).toEqual(before);
  });
});

describe("mettre fin à un mandat", () => {
  it("le dernier jour compris : le siège est vacant le lendemain, un acte même envoyé deux fois", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    const end = { mandateId: "mandate-blain-bouvron", endsOn: dayOf("2026-09-30") };
    expect((await endMandate(context, end)).ok).toBe(true);
    expect((await endMandate(context, end)).ok).toBe(true);
    const titularOn = async (day: string) =>
      (await listCommittee(committee.db, committee.networkId, dayOf(day))).find(({ id }) => id.endsWith("bouvron"))
        ?.titular;
    expect(await titularOn("2026-09-30")).not.toBeNull();
    expect(await titularOn("2026-10-01")).toBeNull();
    expect((await written(committee)).acts.map(({ kind }) => kind)).toEqual(["mandate-ended"]);
  });

  it.each([
    { case: "d’un autre réseau", mandateId: "mandate-autre-bouvron", endsOn: "2026-09-30", refusal: "mandate-unknown" },
    { case: "avant son début", mandateId: "mandate-blain-bouvron", endsOn: "2026-03-31", refusal: "ends-before-start" },
  ] as const)("$case : refusé, rien n’est écrit", async ({ mandateId, endsOn, refusal }) => {
    const committee = await createCommittee();
    await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const context = await committee.contextOf("secretary");
    expect(await endMandate(context, { mandateId, endsOn: dayOf(endsOn) })).toEqual({ ok: false, refusal });
    expect(mandateEndMessage(refusal)).toMatch(/[.]$/);
    expect((await written(committee)).acts).toEqual([]);
  });
});

describe("annuaire", () => {
  it("élus, délégation, secrétariat et agents en cours ; pas l’administration du portail", async () => {
    const committee = await createCommittee();
    const entries = await listDirectory(committee.db, committee.networkId, dayOf("2026-09-01"));
    expect(entries.map(({ email, types }) => [email.split("@")[0], types.join()])).toEqual(
      expect.arrayContaining([
        ["bouvron", "elected"],
        ["departement", "department"],
        ["secretary", "secretary"],
        ["agent", "agent"],
      ]),
    );
    expect(entries).toHaveLength(9);
  });
});
