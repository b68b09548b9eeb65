import { describe, expect, it } from "vitest";
import { DEFAULT_CHOICE, type ApportionmentChoice } from "~/domain/apportionment/choice";
import { rebuildYear } from "~/domain/funding-call/rebuild";
import { toCents } from "~/domain/kernel/money";
import type { OrganizationId } from "~/domain/kernel/ids";
import { composeStatementCsv, proofSheetOf } from "~/documents/funding-call";
import { writeArchive } from "~/features/control/archive.server";
import { draftCall } from "~/features/funding/call-draft.server";
import { recordChoice } from "~/features/funding/choices.server";
import { cancelIssuedCall, followStatement, issueCall, remindMember } from "~/features/funding/commands.server";
import { compareBases } from "~/features/funding/comparison.server";
import { cancelMessage, followMessage, issueMessages, obstacleMessage } from "~/features/funding/messages.fr";
import { findCall, readYear } from "~/features/funding/queries.server";
import { listRegister } from "~/services/register.server";
import { dayOf, organizationOf, type Committee } from "../../support/database";
import { addBill, createPaidYear } from "./paid-year";

const draft = ({ db, networkId }: Committee, leftIds: readonly string[] = []) =>
  draftCall(db, networkId, {
    ...{ callId: "appel-1", year: 2026, leftIds, issuedOn: dayOf("2026-09-01"), intact: new Set() },
  });

async function issue(committee: Committee, cle = "appel-1", leftIds: readonly string[] = []) {
  const { fingerprint } = await draft(committee, leftIds);
  const context = await committee.contextOf("secretary");
  return issueCall(context, { cle, year: 2026, leftIds, fingerprint: fingerprint ?? "rien" });
}

const shareOf = async ({ db, networkId }: Committee, callId: string, key: Parameters<typeof organizationOf>[1]) =>
  (await findCall(db, networkId, callId))?.statements.find(({ memberId }) => memberId === organizationOf("blain", key));

async function obstaclesOf(committee: Committee, leftIds: readonly string[] = []): Promise<string> {
  const { obstacles, snapshot } = await draft(committee, leftIds);
  expect(snapshot).toBeNull();
  expect(await issue(committee, "appel-1", leftIds)).toMatchObject({ ok: false });
  expect(await committee.db.selectFrom("fundingCall").selectAll().execute()).toEqual([]);
  const text = obstacles.map((obstacle) => obstacleMessage(obstacle, {})).join(" ");
  return text.replace(/[\u00a0\u202f]/g, " ");
}

/** The recorded exit of the CCAS of Notre-Dame-des-Landes. */
async function leave(committee: Committee, onDate: string): Promise<void> {
  const { actor } = await committee.contextOf("secretary");
  await committee.db
    .insertInto("handoverRecord")
    .values({
      ...{ id: "sortie-1", networkId: committee.networkId, kind: "member-exit", onDate, basis: "Délibération" },
      fromOrganizationId: organizationOf("blain", "blain"),
      toOrganizationId: organizationOf("blain", "notre-dame-des-landes"),
      ...{ content: "{}", recordedBy: actor.personId, createdAt: `${onDate}T08:00:00Z` },
    })
    .execute();
}

const BUDGET = [
  { key: "salle", cents: 177_543 },
  { key: "guide", cents: 222_457 },
];

describe("émettre un appel de fonds — convention, art. 4.2.1", () => {
  it("fige 4 000 € entre les six CCAS, le pilote garde sa part, un seul acte", async () => {
    const committee = await createPaidYear(BUDGET);
    expect(await issue(committee)).toEqual({ ok: true, value: { callId: "appel-1" } });
    expect(await issue(committee)).toMatchObject({ ok: true });
    const shares = await committee.db.selectFrom("fundingCallShare").select(["organizationId", "cents"]).execute();
    // Worked out by hand from the populations municipales of 2023.
    expect(Object.fromEntries(shares.map((share) => [share.organizationId, share.cents]))).toEqual({
      ...{ "org-blain-blain": 177_588, "org-blain-bouvron": 53_964, "org-blain-fay-de-bretagne": 68_854 },
      ...{
        "org-blain-le-gavre": 32_348,
        "org-blain-notre-dame-des-landes": 40_392,
        "org-blain-la-chevallerais": 26_854,
      },
    });
    expect(await shareOf(committee, "appel-1", "blain")).toMatchObject({ owed: 0, status: "kept-by-lead" });
    const call = await findCall(committee.db, committee.networkId, "appel-1");
    expect(call?.snapshot.call).toMatchObject({ total: 400_000, claimed: 222_412, kind: "annual" });
    for (const row of call?.snapshot.call.detail.rows ?? [])
      expect(row.cells.reduce((sum, { cents }) => sum + cents, 0)).toBe(row.amount);
    expect(call && proofSheetOf(call.snapshot).check.holds).toBe(true);
    expect(call?.snapshot.population).toMatchObject({ vintage: 2023, kind: "municipal" });
    const acts = (await listRegister(committee.db, committee.networkId)).filter(
      ({ kind }) => kind === "funding-call-issued",
    );
    expect(acts).toHaveLength(1);
  });

  it("émis par deux personnes à la fois : un seul appel, la seconde lit pourquoi", async () => {
    const committee = await createPaidYear(BUDGET);
    const { fingerprint } = await draft(committee);
    const context = await committee.contextOf("secretary");
    const ask = (cle: string) =>
      issueCall(context, { cle, year: 2026, leftIds: [], fingerprint: fingerprint ?? "", knownCalls: 0 });
    const decisions = await Promise.all([ask("appel-a"), ask("appel-b")]);
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = decisions.find((one) => !one.ok);
    expect(refused && !refused.ok && issueMessages(refused.refusal, {}).join(" ")).toMatch(
      /vient d’émettre l’appel n°.2026-1.*le vôtre n’est pas parti/,
    );
    expect(await committee.db.selectFrom("fundingCall").selectAll().execute()).toHaveLength(1);
  });

  it("une facture payée entre la lecture et l’émission : rien n’est figé", async () => {
    const committee = await createPaidYear(BUDGET);
    const { fingerprint } = await draft(committee);
    await addBill(committee, { key: "tardive", cents: 100 });
    const context = await committee.contextOf("secretary");
    const decision = await issueCall(context, {
      ...{ cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" },
    });
    expect(decision).toEqual({ ok: false, refusal: { kind: "preview-outdated" } });
    expect(await committee.db.selectFrom("fundingCall").selectAll().execute()).toEqual([]);
  });

  it("une panne du registre au milieu de l’émission ne laisse rien", async () => {
    const committee = await createPaidYear(BUDGET);
    const { fingerprint } = await draft(committee);
    const context = await committee.contextOf("secretary");
    const broken = { ...context, actor: { ...context.actor, displayName: null as unknown as string } };
    const input = { cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" };
    await expect(issueCall(broken, input)).rejects.toThrow(/actor_label/);
    for (const table of ["fundingCall", "fundingCallShare", "fundingCallExpense"] as const)
      expect(await committee.db.selectFrom(table).selectAll().execute()).toEqual([]);
    expect(await issue(committee)).toMatchObject({ ok: true });
  });

  it("0,01 € entre six : un CCAS le porte, la part est signalée et ne bloque rien", async () => {
    const committee = await createPaidYear([{ key: "centime", cents: 1 }]);
    expect(await issue(committee)).toMatchObject({ ok: true });
    expect(await shareOf(committee, "appel-1", "blain")).toMatchObject({ share: 1, owed: 0 });
    expect(await shareOf(committee, "appel-1", "bouvron")).toMatchObject({ share: 0, status: "nothing-due" });
  });

  it("un milliard d’euros se partage au centime", async () => {
    const committee = await createPaidYear([{ key: "milliard", cents: 100_000_000_000 }]);
    expect(await issue(committee)).toMatchObject({ ok: true });
    const rows = await committee.db.selectFrom("fundingCallShare").select("cents").execute();
    expect(rows.reduce((sum, { cents }) => sum + cents, 0)).toBe(100_000_000_000);
  });
});

describe("ce qui empêche un appel se dit, et les livres restent comme ils étaient", () => {
  it.each<[string, Parameters<typeof createPaidYear>, RegExp]>([
    ["journée annuelle ouverte", [BUDGET, { isDayClosed: false }], /journée annuelle n’est pas close/],
    ["0 € : rien à appeler", [[]], /Aucune facture payée/],
    ["facture non payée", [[{ key: "a", cents: 100, isPaid: false }]], /Aucune facture payée/],
    ["facture sans décision", [[{ key: "a", cents: 100, isValidated: false }]], /aucune décision adoptée/],
    [
      "avoir qui annule la facture",
      [
        [
          { key: "a", cents: 100 },
          { key: "b", cents: -100 },
        ],
      ],
      /n’est pas supérieur à zéro/,
    ],
  ])("%s", async (_, [bills, options], sentence) => {
    expect(await obstaclesOf(await createPaidYear(bills, options))).toMatch(sentence);
  });

  it("une pièce dont le fichier a disparu, et la facture que l’on peut laisser", async () => {
    const committee = await createPaidYear(BUDGET);
    await committee.db
      .insertInto("document")
      .values({
        ...{ id: "piece", networkId: committee.networkId, meetingId: null, agendaItemId: null, expenseId: null },
        ...{
          title: "Facture",
          fileName: "facture.pdf",
          mediaType: "application/pdf",
          byteSize: 1,
          sha256: "0".repeat(64),
        },
        ...{ visibility: "members", uploadedBy: committee.personOf("secretary"), createdAt: "2026-05-01T08:00:00Z" },
      })
      .execute();
    await addBill(committee, { key: "perdue", cents: 500, documentId: "piece" });
    expect(await obstaclesOf(committee)).toMatch(/Le fichier de la facture facture-perdue manque/);
    expect(await issue(committee, "appel-1", ["facture-perdue"])).toMatchObject({ ok: true });
  });

  it("une commune sans population dans le millésime", async () => {
    const committee = await createPaidYear(BUDGET);
    await committee.db
      .updateTable("organization")
      .set({ inseeCode: "44001" })
      .where("id", "=", "org-blain-bouvron")
      .execute();
    expect(await obstaclesOf(committee)).toMatch(
      /CCAS de Bouvron : la population de la commune 44001 n’est pas dans le/,
    );
  });

  it("un millésime qui n’est pas importé n’est pas remplacé", async () => {
    const committee = await createPaidYear([{ key: "a", cents: 100 }]);
    committee.clock.moveTo("2027-02-01T08:00:00Z");
    const { obstacles } = await draftCall(committee.db, committee.networkId, {
      ...{ callId: "x", year: 2026, leftIds: [], issuedOn: dayOf("2027-02-01"), intact: new Set() },
    });
    expect(obstacles.map((one) => obstacleMessage(one, {})).join(" ")).toMatch(
      /millésime 2024 ne sont pas importées.*2023/,
    );
  });

  it("un CCAS qui rejoint en cours d’année : le comité dit d’abord s’il partage", async () => {
    const committee = await createPaidYear(BUDGET);
    const { db, networkId } = committee;
    const createdAt = "2026-06-01T08:00:00Z";
    await db
      .insertInto("organization")
      .values({
        ...{ id: "org-sceaux", kind: "ccas", name: "CCAS de Sceaux", shortName: "Sceaux" },
        inseeCode: "92071",
        siret: null,
        createdAt,
      })
      .execute();
    await db
      .insertInto("seat")
      .values({
        ...{ id: "siege-sceaux", networkId, organizationId: "org-sceaux", kind: "signatory" },
        label: "CCAS de Sceaux",
        position: 9,
        createdOn: "2026-06-01",
      })
      .execute();
    expect(await obstaclesOf(committee)).toMatch(/CCAS de Sceaux a rejoint le réseau le 1er juin 2026/);
    await choose(committee, (id) => ({ isSharing: id !== "org-sceaux" }));
    expect(await issue(committee)).toMatchObject({ ok: true });
    expect(await shareOf(committee, "appel-1", "bouvron")).toMatchObject({ share: 53_964 });
  });

  it("un CCAS qui sort en cours d’année : décoché par le comité, les cinq autres portent tout", async () => {
    const committee = await createPaidYear([{ key: "salle", cents: 100_000 }]);
    await leave(committee, "2026-06-01");
    expect(await obstaclesOf(committee)).toMatch(
      /CCAS de Notre-Dame-des-Landes a quitté le réseau le 1er juin 2026, en cours d’année : le comité dit d’abord/,
    );
    await choose(committee, (id) => ({ isSharing: id !== organizationOf("blain", "notre-dame-des-landes") }));
    expect(await issue(committee)).toMatchObject({ ok: true });
    const shares = await committee.db.selectFrom("fundingCallShare").select(["organizationId", "cents"]).execute();
    // Worked out by hand: 10 376, 3 153, 1 569, 4 023 and 1 890 inhabitants of 21 011.
    expect(Object.fromEntries(shares.map(({ organizationId, cents }) => [organizationId, cents]))).toEqual({
      ...{ "org-blain-blain": 49_384, "org-blain-bouvron": 15_006, "org-blain-la-chevallerais": 7_468 },
      ...{ "org-blain-fay-de-bretagne": 19_147, "org-blain-le-gavre": 8_995 },
    });
  });

  it("un CCAS sorti l’année d’avant ne partage plus, sans qu’il faille le décider", async () => {
    const committee = await createPaidYear([{ key: "salle", cents: 100_000 }]);
    await leave(committee, "2025-12-31");
    expect(await issue(committee)).toMatchObject({ ok: true });
    expect(await shareOf(committee, "appel-1", "bouvron")).toMatchObject({ share: 15_006 });
  });

  it("deux communes qui fusionnent : le comité dit qui porte la part, qui compte les deux populations", async () => {
    const committee = await createPaidYear(BUDGET);
    const movement = { effectiveOn: "2026-01-01", kind: "32", datasetSha256: "x" };
    await committee.db
      .insertInto("communeMovement")
      .values([
        { ...movement, codeBefore: "44023", codeAfter: "44023" },
        { ...movement, codeBefore: "44062", codeAfter: "44023" },
      ])
      .execute();
    expect(await obstaclesOf(committee)).toMatch(
      /CCAS de Bouvron et CCAS de Le Gâvre sont dans une seule commune \(44023\)/,
    );
    await choose(committee, (id) => ({ isSharing: id !== "org-blain-le-gavre" }));
    expect(await issue(committee)).toMatchObject({ ok: true });
    const row = await committee.db
      .selectFrom("fundingCallShare")
      .select("weight")
      .where("organizationId", "=", "org-blain-bouvron")
      .executeTakeFirst();
    expect(row?.weight).toBe(String(3153 + 1890));
  });
});

async function choose(
  committee: Committee,
  member: (id: string) => Partial<ApportionmentChoice["members"][number]>,
  changes: Partial<ApportionmentChoice> = {},
) {
  const ids = (
    await committee.db.selectFrom("seat").select("organizationId").where("kind", "=", "signatory").execute()
  ).map(({ organizationId }) => organizationId as OrganizationId);
  const members = ids.map((organizationId) => ({
    ...{ organizationId, isSharing: true, fixedShare: null, headcount: null },
    ...{ debtor: "ccas", communeSiret: null, ...member(organizationId) },
  })) satisfies ApportionmentChoice["members"];
  return recordChoice(await committee.contextOf("secretary"), {
    ...{ cle: `choix-${committee.clock.newId()}`, choice: { ...DEFAULT_CHOICE, ...changes, members } },
    ...{ basisPollId: null, effectiveFrom: dayOf("2026-01-01") },
  });
}

describe("les choix de répartition du comité", () => {
  it("la population totale, enregistrée, change les parts", async () => {
    const committee = await createPaidYear(BUDGET);
    expect(await choose(committee, () => ({}), { populationKind: "total" })).toMatchObject({ ok: true });
    await issue(committee);
    expect(await shareOf(committee, "appel-1", "blain")).toMatchObject({ share: 178_469 });
  });

  it.each<[string, Partial<ApportionmentChoice>, string]>([
    ["des parts fixes qui manquent", { keyKind: "fixed" }, "key-faulty"],
    ["des effectifs qui manquent", { keyKind: "headcount" }, "key-faulty"],
  ])("refuse %s", async (_, changes, kind) => {
    const committee = await createPaidYear([]);
    expect(await choose(committee, () => ({}), changes)).toMatchObject({ ok: false, refusal: { kind } });
    expect(await committee.db.selectFrom("apportionmentChoice").selectAll().execute()).toEqual([]);
  });

  it("refuse des effectifs tous nuls, et personne qui partage", async () => {
    const committee = await createPaidYear([]);
    const zero = await choose(committee, () => ({ headcount: 0 }), { keyKind: "headcount" });
    expect(zero).toMatchObject({ ok: false, refusal: { faults: [{ kind: "all-weights-zero" }] } });
    expect(await choose(committee, () => ({ isSharing: false }))).toMatchObject({ ok: false });
  });

  it("compare avant le vote : population totale et année précédente", async () => {
    const committee = await createPaidYear([]);
    const compared = await compareBases(committee.db, committee.networkId, {
      ...{ choice: DEFAULT_CHOICE, amount: toCents(400_000), on: dayOf("2026-09-01") },
    });
    const share = (basis: string) => {
      const result = compared.find((one) => one.basis === basis)?.result;
      return result?.ok ? [result.value.vintage, result.value.shares["org-blain-blain"]] : null;
    };
    expect(share("current")).toEqual([2023, 177_588]);
    expect(share("total")).toEqual([2023, 178_469]);
    expect(share("former-year")?.[0]).toBe(2022);
  });
});

describe("le suivi d’une part", () => {
  const target = { callId: "appel-1", organizationId: "org-blain-bouvron" };
  const steps = [
    { kind: "title", number: "T-12", date: dayOf("2026-09-02") },
    { kind: "deposit", chorusReference: "CPP-1", date: dayOf("2026-09-03") },
    { kind: "payment", reference: "VIR-1", date: dayOf("2026-10-01"), amount: toCents(50_000) },
    { kind: "payment", reference: "VIR-2", date: dayOf("2026-10-05"), amount: toCents(3_964) },
  ] as const;

  it("titre, dépôt, paiements avec leur référence ; payée seulement au bout", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const context = await committee.contextOf("secretary");
    const seen = [];
    committee.clock.moveTo("2026-10-06T08:00:00Z");
    for (const [index, event] of steps.entries()) {
      for (const _ of [1, 2])
        expect(await followStatement(context, target, { cle: `suivi-${index}`, event })).toMatchObject({ ok: true });
      seen.push((await shareOf(committee, "appel-1", "bouvron"))?.status);
    }
    expect(seen).toEqual(["titled", "deposited", "partly-paid", "paid"]);
    const over = { kind: "payment", reference: "VIR-3", date: dayOf("2026-10-06"), amount: toCents(1) } as const;
    const refused = await followStatement(context, target, { cle: "suivi-9", event: over });
    expect(refused.ok ? "" : followMessage(refused.refusal)).toMatch(/dépasse ce qui reste à payer/);
    const { db, networkId } = committee;
    expect(rebuildYear(await listRegister(db, networkId), 2026)).toEqual(await readYear(db, networkId, 2026));
  });

  it("un titre daté d’un jour à venir n’est pas noté", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const event = { kind: "title", number: "T-1", date: dayOf("2027-09-02") } as const;
    const refused = await followStatement(await committee.contextOf("secretary"), target, { cle: "suivi-1", event });
    expect(refused.ok ? "" : followMessage(refused.refusal)).toMatch(/à venir/);
    expect((await shareOf(committee, "appel-1", "bouvron"))?.status).toBe("issued");
  });

  it("annulé par un acte qui le garde : ses factures sont appelées de nouveau, l’année se reconstruit du registre", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const context = await committee.contextOf("secretary");
    const empty = await cancelIssuedCall(context, "appel-1", " ");
    expect(empty.ok ? "" : cancelMessage(empty.refusal)).toMatch(/pourquoi/);
    expect(await cancelIssuedCall(context, "appel-1", "Facture en double")).toMatchObject({ ok: true });
    expect(await issue(committee, "appel-2")).toMatchObject({ ok: true });
    await addBill(committee, { key: "tardive", cents: 4_211 });
    expect(await issue(committee, "appel-3")).toMatchObject({ ok: true });
    const { db, networkId } = committee;
    const year = await readYear(db, networkId, 2026);
    expect(year.calls.map(({ kind, isCancelled, totalCents }) => [kind, isCancelled, totalCents])).toEqual([
      ["annual", true, 400_000],
      ["annual", false, 400_000],
      ["complementary", false, 4_211],
    ]);
    expect(rebuildYear(await listRegister(db, networkId), 2026)).toEqual(year);
    const blocked = await cancelIssuedCall(context, "appel-2", "Erreur");
    expect(blocked).toEqual({ ok: false, refusal: "complementary-call-stands" });
  });

  it("le dossier de l’année dit le titre, ce qui est reçu, et l’annulation avec son motif", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const context = await committee.contextOf("secretary");
    committee.clock.moveTo("2026-10-06T08:00:00Z");
    for (const [index, event] of steps.slice(0, 3).entries())
      await followStatement(context, target, { cle: `suivi-${index}`, event });
    await cancelIssuedCall(context, "appel-1", "Facture en double");
    const subject = { networkName: "Réseau", networkId: committee.networkId, year: 2026 };
    const rows: string[] = [];
    for await (const { path, bytes } of writeArchive(committee.db, subject, "/nowhere"))
      if (path === "appels-de-fonds.csv") rows.push(...new TextDecoder().decode(bytes).split("\r\n"));
    expect(rows.find((row) => row.includes(";3153;"))).toMatch(
      /^2026-1;annuel;2026-09-01;4000,00;.*;3153;539,64;539,64;T-12;2026-09-02;CPP-1;500,00;VIR-1;2026-10-06;Facture en double$/,
    );
  });

  it("relance par courriel, trente jours après, une fois", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const context = await committee.contextOf("secretary");
    const remind = (cle = "relance-1") => remindMember(context, target, { cle, address: "https://exemple.fr/etat" });
    expect(await remind()).toEqual({ ok: false, refusal: "too-early" });
    committee.clock.moveTo("2026-10-05T08:00:00Z");
    expect(await remind()).toMatchObject({ ok: true });
    await remind();
    expect(await remind("relance-2")).toEqual({ ok: false, refusal: "already-reminded" });
    const mails = await committee.db.selectFrom("outboxMail").select(["toAddress", "bodyText"]).execute();
    expect(mails.map(({ toAddress }) => toAddress)).toEqual(["bouvron@blain.example"]);
    expect(mails[0]?.bodyText.replace(/[\u00a0\u202f]/g, " ")).toContain("539,64 €");
  });

  it("un autre réseau ne mène nulle part", async () => {
    const committee = await createPaidYear(BUDGET);
    await issue(committee);
    const elsewhere = { ...(await committee.contextOf("secretary")), networkId: "ailleurs" as Committee["networkId"] };
    expect(await findCall(committee.db, elsewhere.networkId, "appel-1")).toBeNull();
    expect(await cancelIssuedCall(elsewhere, "appel-1", "x")).toEqual({ ok: false, refusal: "call-unknown" });
  });

  it("le tableau ne laisse passer aucune formule", async () => {
    const committee = await createPaidYear(BUDGET);
    await committee.db.updateTable("expense").set({ object: "=1+1" }).where("id", "=", "depense-salle").execute();
    await issue(committee);
    const call = await findCall(committee.db, committee.networkId, "appel-1");
    if (!call) throw new Error("The call exists");
    const csv = composeStatementCsv(call.snapshot, 1, organizationOf("blain", "bouvron"));
    expect(csv).toContain(";'=1+1;");
  });
});
