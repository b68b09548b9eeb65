import { beforeEach, describe, expect, it } from "vitest";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { memberSchema, newNetworkSchema, organizationSchema, parseForm, seatSchema } from "~/features/networks/form";
import { addCommunes } from "~/features/networks/communes.server";
import { communesReply, networkMessage } from "~/features/networks/messages.fr";
import { addSeat, changeLead, createNetwork } from "~/features/networks/network-commands.server";
import { ccasOf, parseInseeCode, parseSiret } from "~/features/networks/organization";
import { addMember, endRole, grantRole, setAccountEnabled } from "~/features/networks/person-commands.server";
import { listRegister } from "~/services/register.server";
import { createCommittee, type Committee } from "../../support/database";

let committee: Committee;
beforeEach(async () => {
  committee = await createCommittee();
});

const formOf = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const kindsOf = async (networkId = committee.networkId): Promise<readonly string[]> =>
  (await listRegister(committee.db, networkId)).map((act) => act.kind);

describe("codes des organismes", () => {
  it.each([
    { code: "44023", kind: "ccas" as const, read: "44023" },
    { code: "2a004", kind: "ccas" as const, read: "2A004" },
    { code: "2B033", kind: "ccas" as const, read: "2B033" },
    { code: "2C033", kind: "ccas" as const, read: null },
    { code: "4402", kind: "ccas" as const, read: null },
    { code: "44", kind: "departement" as const, read: "44" },
    { code: "974", kind: "departement" as const, read: "974" },
    { code: "44023", kind: "departement" as const, read: null },
  ])("INSEE $code ($kind)", ({ code, kind, read }) => expect(parseInseeCode(code, kind)).toBe(read));

  // 732 829 320 00074 is the example of SIRET that Wikipedia works out by hand.
  it.each([
    { siret: "732 829 320 00074", read: "73282932000074" },
    { siret: "73282932000075", read: null },
    { siret: "7328293200007", read: null },
    { siret: "00000000000000", read: null },
  ])("SIRET $siret", ({ siret, read }) => expect(parseSiret(siret)).toBe(read));
});

describe("formulaires", () => {
  it("tout ce qui manque à un organisme est dit à la fois", () => {
    const submission = parseForm(formOf({ cle: "cle-1", kind: "ccas", siret: "123" }), organizationSchema);
    expect(Object.keys(submission.reply().error ?? {}).sort()).toEqual(["inseeCode", "name", "siret"]);
  });
  it("le nom court vient du nom", () => {
    const submission = parseForm(
      formOf({ cle: "cle-1", kind: "ccas", name: "CCAS de La Chevallerais", inseeCode: "44221" }),
      organizationSchema,
    );
    expect(submission.status === "success" && submission.value.organization.shortName).toBe("La Chevallerais");
  });
  it("un rôle demande un organisme", () => {
    const submission = parseForm(
      formOf({ cle: "cle-1", displayName: "A", email: "a@b.fr", role: "agent", startsOn: "2026-09-01" }),
      memberSchema,
    );
    expect(submission.reply().error).toEqual({ organizationId: ["Choisissez l’organisme de la personne."] });
  });
  it.each(["Blain", "blain/../x", "é", "-blain"])("adresse de réseau %s refusée", (slug) => {
    const submission = parseForm(
      formOf({ cle: "cle-1", networkName: "R", slug, organizationId: "o1" }),
      newNetworkSchema,
    );
    expect(submission.reply().error).toHaveProperty("slug");
  });
});

const newNetwork = (fields: Record<string, string>) => {
  const submission = parseForm(
    formOf({
      ...{ cle: "reseau-nozay", networkName: "Réseau de Nozay", slug: "nozay" },
      ...{ kind: "ccas", name: "CCAS de Nozay", inseeCode: "44113" },
      ...fields,
    }),
    newNetworkSchema,
  );
  if (submission.status !== "success") throw new Error(JSON.stringify(submission.reply()));
  return submission.value;
};

describe("réseau et sièges — convention, art. 3", () => {
  it("créé une fois malgré un double envoi, avec le siège du pilote", async () => {
    const context = await committee.contextOf("administrator");
    const input = newNetwork({});
    expect(await createNetwork(context, input)).toEqual({ ok: true, value: { slug: "nozay" } });
    expect((await createNetwork(context, input)).ok).toBe(true);
    expect(await kindsOf("reseau-nozay" as typeof committee.networkId)).toEqual(["network-created", "seat-created"]);
  });

  it.each([
    { case: "adresse prise", fields: { slug: "blain" }, refusal: "slug-taken" },
    { case: "CCAS déjà connu sous ce code", fields: { inseeCode: "44015" }, refusal: "organization-exists" },
    { case: "le Département pilote", fields: { kind: "departement", inseeCode: "35" }, refusal: "lead-not-signatory" },
    { case: "organisme inconnu", fields: { organizationId: "nulle-part" }, refusal: "organization-unknown" },
  ])("$case : refusé, rien n’est écrit", async ({ fields, refusal }) => {
    const before = await committee.db.selectFrom("organization").select("id").execute();
    const decision = await createNetwork(await committee.contextOf("administrator"), newNetwork(fields));
    expect(decision).toEqual({ ok: false, refusal });
    if (!decision.ok) expect(networkMessage(decision.refusal)).toMatch(/\.$/);
    expect(await committee.db.selectFrom("network").select("slug").execute()).toEqual([{ slug: "blain" }]);
    expect(await committee.db.selectFrom("organization").select("id").execute()).toEqual(before);
  });

  const seat = (fields: Record<string, string>) => {
    const submission = parseForm(formOf({ cle: "siege-neuf", kind: "ccas", ...fields }), seatSchema);
    if (submission.status !== "success") throw new Error(JSON.stringify(submission.reply()));
    return submission.value;
  };

  it.each([
    {
      case: "second siège d’un CCAS",
      fields: { organizationId: "org-blain-bouvron" },
      refusal: "organization-already-seated",
    },
    {
      case: "second département",
      fields: { kind: "departement", name: "Département d’Ille-et-Vilaine", inseeCode: "35" },
      refusal: "department-already-seated",
    },
    { case: "une association", fields: { kind: "autre", name: "Association" }, refusal: "organization-not-signatory" },
  ])("$case : refusé, et l’organisme décrit n’est pas gardé", async ({ fields, refusal }) => {
    const before = await committee.db.selectFrom("organization").select("id").execute();
    expect(await addSeat(await committee.contextOf("administrator"), seat(fields))).toEqual({ ok: false, refusal });
    expect(await committee.db.selectFrom("organization").select("id").execute()).toEqual(before);
    expect(await kindsOf()).toEqual([]);
  });

  it("un huitième siège, une fois malgré un double envoi", async () => {
    const context = await committee.contextOf("administrator");
    const input = seat({ name: "CCAS de Nozay", inseeCode: "44113" });
    await addSeat(context, input);
    expect(await addSeat(context, input)).toEqual({ ok: true, value: { label: "CCAS de Nozay" } });
    const seats = await committee.db.selectFrom("seat").select(["label", "position"]).orderBy("position").execute();
    expect(seats).toHaveLength(8);
    expect(seats.at(-1)).toEqual({ label: "CCAS de Nozay", position: 8 });
    expect(await kindsOf()).toEqual(["seat-created"]);
  });

  it("changer de pilote retire aussitôt le rôle du secrétariat de l’ancien", async () => {
    const context = await committee.contextOf("administrator");
    const change = { organizationId: "org-blain-bouvron", basis: "Avenant n° 1" };
    expect(await changeLead(context, change)).toEqual({ ok: true, value: { endedRoles: 1 } });
    expect(await changeLead(context, change)).toEqual({ ok: false, refusal: "already-lead" });
    expect(await changeLead(context, { ...change, organizationId: "org-blain-departement" })).toEqual({
      ok: false,
      refusal: "lead-not-seated",
    });
    expect((await committee.contextOf("secretary")).actor.roles).toEqual([]);
    expect(await kindsOf()).toEqual(["lead-changed", "role-ended"]);
  });
});

describe("personnes et rôles", () => {
  const day = "2026-09-01" as PlainDate;
  const role = (name: "agent" | "secretary", organizationId: string) => ({ role: name, organizationId, startsOn: day });
  const person = { cle: "nouvelle", displayName: "Agent·e", email: "a@b.example", functionLabel: "", invite: true };

  it("invitée une fois malgré un double envoi", async () => {
    const context = await committee.contextOf("administrator");
    const input = { person, role: role("agent", "org-blain-bouvron") };
    expect((await addMember(context, input)).ok).toBe(true);
    expect((await addMember(context, input)).ok).toBe(true);
    const mails = await committee.db.selectFrom("outboxMail").select(["toAddress", "kind", "networkId"]).execute();
    const { networkId } = committee;
    expect(mails, "dans les envois du réseau").toEqual([{ toAddress: "a@b.example", kind: "invitation", networkId }]);
    expect(await kindsOf()).toEqual(["role-granted"]);
  });

  it.each([
    {
      case: "secrétariat hors du pilote",
      given: role("secretary", "org-blain-bouvron"),
      refusal: "secretary-outside-lead",
    },
    { case: "organisme sans siège", given: role("agent", "org-ailleurs"), refusal: "organization-not-in-network" },
  ])("$case : refusé, personne n’est créé", async ({ given, refusal }) => {
    const decision = await addMember(await committee.contextOf("administrator"), { person, role: given });
    expect(decision).toEqual({ ok: false, refusal });
    expect(await committee.db.selectFrom("person").select("id").where("id", "=", "nouvelle").execute()).toEqual([]);
    expect(await kindsOf()).toEqual([]);
  });

  it("une adresse connue garde son nom et reçoit le rôle ; sans rôle, elle est refusée", async () => {
    const context = await committee.contextOf("administrator");
    const known = { ...person, email: "bouvron@blain.example" };
    expect(await addMember(context, { person: known, role: null })).toEqual({ ok: false, refusal: "email-taken" });
    expect(await addMember(context, { person: known, role: role("agent", "org-blain-bouvron") })).toEqual({
      ok: true,
      value: { personId: committee.personOf("bouvron"), wasKnown: true },
    });
  });

  it("un rôle déjà tenu n’est pas donné deux fois", async () => {
    const given = { id: "role-neuf", personId: committee.personOf("agent"), ...role("agent", "org-blain-blain") };
    expect(await grantRole(await committee.contextOf("administrator"), given)).toEqual({
      ok: false,
      refusal: "role-already-held",
    });
  });

  it("retirer un rôle : pas avant son début, ni celui d’un autre réseau", async () => {
    const context = await committee.contextOf("administrator");
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "nozay" });
    expect(await endRole(context, { roleId: "role-blain-agent", endsOn: "2026-03-31" as PlainDate })).toEqual({
      ok: false,
      refusal: "role-ends-before-start",
    });
    expect((await endRole(context, { roleId: "role-nozay-agent", endsOn: day })).ok).toBe(false);
    expect((await other.contextOf("agent")).actor.roles).toHaveLength(1);
    expect((await endRole(context, { roleId: "role-blain-agent", endsOn: "2026-08-31" as PlainDate })).ok).toBe(true);
    expect((await committee.contextOf("agent")).actor.roles).toEqual([]);
  });

  it("suspendre un compte ferme ses sessions ; pas le sien", async () => {
    const [by, personId] = [committee.personOf("administrator"), committee.personOf("bouvron")];
    await committee.db
      .insertInto("session")
      .values({ idHash: "h", personId, expiresAt: 4_000_000_000, persistent: 0, createdAt: "2026-09-01" })
      .execute();
    expect(await setAccountEnabled(committee, { personId: by, enabled: false, by })).toEqual({
      ok: false,
      refusal: "own-account",
    });
    expect((await setAccountEnabled(committee, { personId, enabled: false, by })).ok).toBe(true);
    expect(await committee.db.selectFrom("session").selectAll().execute()).toEqual([]);
  });
});

describe("sièges de plusieurs communes d’un coup", () => {
  it.each([
    ["Le Gâvre", "CCAS du Gâvre"],
    ["Les Touches", "CCAS des Touches"],
    ["La Chevallerais", "CCAS de La Chevallerais"],
    ["Erdeven", "CCAS d’Erdeven"],
    ["Nort-sur-Erdre", "CCAS de Nort-sur-Erdre"],
  ])("%s", (commune, name) => expect(ccasOf(commune)).toBe(name));

  const seats = async () =>
    (
      await committee.db
        .selectFrom("seat")
        .select("label")
        .where("networkId", "=", committee.networkId)
        .orderBy("position")
        .execute()
    ).map(({ label }) => label);

  beforeEach(async () => {
    const { id: datasetId } = await committee.db
      .insertInto("figureDataset")
      .values({
        ...{ slug: "cog", kind: "communes", producer: "INSEE", title: "COG", vintage: "2026", geographyOn: null },
        ...{ address: "https://example.org/", licence: "", retrievedOn: "2026-01-01", fileName: "", sha256: null },
        ...{ contentKey: "cog", rounding: "exact", note: "", rowCount: 4, importedAt: "2026-01-01", completedAt: null },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await committee.db
      .insertInto("commune")
      .values([
        { code: "44110", name: "Nort-sur-Erdre", departmentCode: "44", datasetId },
        { code: "44205", name: "Les Touches", departmentCode: "44", datasetId },
        { code: "54088", name: "Petit-Mars", departmentCode: "54", datasetId },
        { code: "44122", name: "Petit-Mars", departmentCode: "44", datasetId },
      ])
      .execute();
  });

  it("par le nom, le code, ou le code et le nom de l’organisme ; la liste envoyée deux fois ne fait rien de plus", async () => {
    const before = await seats();
    const text = "nort sur erdre\n44205\r\n\n44073 CCAS d’Héric";
    expect(await addCommunes(await committee.contextOf("administrator"), { text })).toEqual({
      ok: true,
      value: { added: 3 },
    });
    expect(await seats()).toEqual([...before, "CCAS de Nort-sur-Erdre", "CCAS des Touches", "CCAS d’Héric"]);
    expect(await addCommunes(await committee.contextOf("administrator"), { text })).toEqual({
      ok: true,
      value: { added: 0 },
    });
    expect((await kindsOf()).filter((kind) => kind === "seat-created")).toHaveLength(3);
  });

  it.each([
    ["Petit-Mars", "44122 (44) et 54088 (54)"],
    ["44999", "ce code n’est pas celui d’une commune connue"],
    ["Atlantide", "aucune commune connue du portail ne porte ce nom"],
    ["44110\nNort-sur-Erdre", "cette commune est déjà dans la liste"],
  ])("« %s » : refusé, aucun siège n’est ajouté", async (text, sentence) => {
    const before = await seats();
    const decision = await addCommunes(await committee.contextOf("administrator"), { text: `44205\n${text}` });
    const reply = decision.ok ? {} : communesReply(decision.refusal);
    // Once: a message beside the field is told at the top of the form too.
    expect(reply).toEqual({ formErrors: [expect.stringContaining(sentence)] });
    expect(await seats()).toEqual(before);
  });
});
