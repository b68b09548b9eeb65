import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import {
  composeCallDocument,
  composeReminder,
  composeStatement,
  composeStatementCsv,
  proofSheetOf,
  tabulateCall,
} from "~/documents/funding-call";
import { statementsBySeat } from "~/domain/funding-call/snapshot";
import { draftCall } from "~/features/funding/call-draft.server";
import { cancelIssuedCall, followStatement, issueCall, voidStep } from "~/features/funding/commands.server";
import { recordChoice } from "~/features/funding/choices.server";
import { parseChoice } from "~/features/funding/form";
import { rebuildYear } from "~/domain/funding-call/rebuild";
import { voidMessage } from "~/features/funding/messages.fr";
import { findCall, readYear } from "~/features/funding/queries.server";
import { findProrationBasis } from "~/features/staff-time/queries.server";
import { listRegister } from "~/services/register.server";
import { createCommittee, dayOf, organizationOf, type Committee, type TownKey } from "../../support/database";
import { createPaidYear } from "./paid-year";

async function issue(communes: readonly TownKey[] = []) {
  const committee = await createPaidYear([{ key: "salle", cents: 118_040 }]);
  const { db, networkId } = committee;
  if (communes.length > 0) await choose(committee, communes);
  const request = {
    callId: "appel-1",
    year: 2026,
    leftIds: [],
    issuedOn: dayOf("2026-09-01"),
    intact: new Set<string>(),
  };
  const { fingerprint } = await draftCall(db, networkId, request);
  const context = await committee.contextOf("secretary");
  await issueCall(context, { cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" });
  const read = async (town: TownKey) => {
    const call = await findCall(db, networkId, "appel-1");
    const memberId = organizationOf("blain", town);
    const statement = call?.statements.find((one) => one.memberId === memberId);
    if (!call || !statement) throw new Error("The call exists");
    const subject = {
      snapshot: call.snapshot,
      rank: 1,
      memberId: statement.member.organizationId,
      facts: statement.facts,
    };
    return { subject, text: JSON.stringify(composeStatement(subject)).replace(/[\u00a0\u202f]/g, " ") };
  };
  return { committee, context, read, register: () => listRegister(db, networkId) };
}

const MEMBERS = [
  "blain",
  "bouvron",
  "fay-de-bretagne",
  "la-chevallerais",
  "le-gavre",
  "notre-dame-des-landes",
] as const;
const COMMUNE_SIRET = "21440023600011";

function choiceForm(fields: Readonly<Record<string, string>>) {
  const form = new FormData();
  const usual = { cle: "choix-debiteur", keyKind: "population", populationKind: "municipal", referenceDate: "at-call" };
  for (const [name, value] of Object.entries({ ...usual, effectiveFrom: "2026-01-01", ...fields }))
    form.set(name, value);
  const members = MEMBERS.map((town) => ({ organizationId: organizationOf("blain", town), name: `CCAS de ${town}` }));
  for (const { organizationId } of members) form.set(`partage-${organizationId}`, "on");
  return parseChoice(form, members);
}

async function choose(committee: Committee, communes: readonly TownKey[]) {
  const submission = choiceForm(
    Object.fromEntries(
      communes.flatMap((town) => [
        [`debiteur-${organizationOf("blain", town)}`, "commune"],
        [`siret-commune-${organizationOf("blain", town)}`, "214 400 236 00011"],
      ]),
    ),
  );
  if (submission.status !== "success") throw new Error("The form is right");
  expect(await recordChoice(await committee.contextOf("secretary"), submission.value)).toMatchObject({ ok: true });
}

describe("un seul ordre pour les gens : celui des sièges", () => {
  it("l’appel, sa feuille de preuve et son tableau suivent les sièges, non les identifiants", async () => {
    const committee = await createPaidYear([{ key: "salle", cents: 118_040 }]);
    const { db, networkId } = committee;
    await db.updateTable("seat").set({ position: 99 }).where("id", "=", committee.seatOf("blain")).execute();
    const { snapshot } = await draftCall(db, networkId, {
      ...{ callId: "a", year: 2026, leftIds: [], issuedOn: dayOf("2026-09-01"), intact: new Set<string>() },
    });
    if (snapshot === null) throw new Error("The call is ready");
    const lead = organizationOf("blain", "blain");
    expect(statementsBySeat(snapshot).map(({ isLead }) => isLead)).toEqual([false, false, false, false, false, true]);
    expect(proofSheetOf(snapshot).rows.at(-1)?.id).toBe(lead);
    expect(tabulateCall(snapshot, 1, []).rows.at(-1)).toContain("CCAS de Blain");
    expect(snapshot.call.weights[0]?.id).toBe(lead);
    const basis = await findProrationBasis(db, networkId, 2026);
    expect([...(basis?.labels.keys() ?? [])].at(-1)).toBe(lead);
  });
});

describe("qui doit la part — convention, art. 4.2.1, qui dit « communes »", () => {
  it("sans choix, le CCAS, et la clarification demeure", async () => {
    const { text } = await (await issue()).read("bouvron");
    expect(text).toContain("Débiteur retenu ici : le CCAS, signataire de la convention (par défaut, non décidé");
    expect(text).toContain("Point à clarifier par le comité.");
  });

  it("la commune quand le réseau l’a choisi : état, titre, CSV et registre le disent, avec son SIRET", async () => {
    const { read, register } = await issue(["bouvron"]);
    const { text, subject } = await read("bouvron");
    expect(text).toContain("La commune de Bouvron doit 159,25 € au CCAS de Blain");
    expect(text).toContain(`Commune de Bouvron, SIRET ${COMMUNE_SIRET}`);
    expect(text).toContain("Débiteur retenu ici : la commune (choix enregistré, en vigueur depuis le 1er janvier 2026");
    expect(composeStatementCsv(subject.snapshot, 1, subject.memberId)).toContain(`Commune de Bouvron;${COMMUNE_SIRET}`);
    expect(JSON.stringify(composeCallDocument(subject.snapshot, 1, false))).toContain(
      "la commune pour Commune de Bouvron",
    );
    expect((await read("fay-de-bretagne")).text).toContain("Le CCAS de Fay-de-Bretagne doit");
    expect(JSON.stringify(await register())).toContain(`"debtor":"commune","debtorSiret":"${COMMUNE_SIRET}"`);
  });

  it("un appel déjà émis garde son débiteur", async () => {
    const { read, committee } = await issue();
    await choose(committee, ["bouvron"]);
    expect((await read("bouvron")).text).toContain("Le CCAS de Bouvron doit");
  });

  it.each([
    [
      "un SIRET de commune faux",
      {
        [`debiteur-${organizationOf("blain", "bouvron")}`]: "commune",
        [`siret-commune-${organizationOf("blain", "bouvron")}`]: "21440023600012",
      },
      /SIRET de la commune \(CCAS de bouvron\) n’est pas valide/,
    ],
  ])("refuse %s, avec une phrase", (_, fields, sentence) => {
    const submission = choiceForm(fields);
    expect(submission.status).not.toBe("success");
    expect(JSON.stringify(submission.reply().error)).toMatch(sentence);
  });
});

describe("des effectifs mal tapés ne deviennent pas un poids", () => {
  it.each([
    ["-3", "weight-negative"],
    ["2,5", "weight-fractional"],
    ["", "weight-missing"],
    ["beaucoup", "weight-missing"],
    ["0", "all-weights-zero"],
  ])("« %s »", async (typed, kind) => {
    const committee = await createPaidYear([]);
    const submission = choiceForm({
      keyKind: "headcount",
      ...Object.fromEntries(MEMBERS.map((town) => [`effectif-${organizationOf("blain", town)}`, typed])),
    });
    if (submission.status !== "success") throw new Error("The form is right");
    const refused = await recordChoice(await committee.contextOf("secretary"), submission.value);
    expect(refused).toMatchObject({ ok: false, refusal: { kind: "key-faulty" } });
    expect(JSON.stringify(refused)).toContain(kind);
  });
});

describe("l’état liquidatif d’un CCAS — convention, art. 4.2.1", () => {
  it("dit la somme, le calcul, la facture, la décision et le mandat ; ni titre ni paiement", async () => {
    const { read } = await issue();
    const { text } = await read("bouvron");
    // 1 180,40 × 3 153 / 23 371, by hand.
    expect(text).toContain("Le CCAS de Bouvron doit 159,25 € au CCAS de Blain, qui a avancé les dépenses de l’année.");
    for (const words of ["3 153 sur 23 371", "millésime 2023", "Fournisseur salle, n° salle", "2026-1", "MD-salle"])
      expect(text).toContain(words);
    expect(text).toContain("n’est pas un titre de recettes");
    expect(text).not.toMatch(/pay[ée]|reçu|Chorus/i);
  });

  it("le pilote garde sa part et ne doit rien", async () => {
    const { text } = await (await issue()).read("blain");
    expect(text).toContain("il garde sa part de 524,06 €");
    expect(text).not.toContain("doit");
  });

  it("ne parle d’un paiement qu’avec sa référence ; annulé, il le porte", async () => {
    const { context, read } = await issue();
    const target = { callId: "appel-1", organizationId: organizationOf("blain", "bouvron") };
    const day = dayOf("2026-09-01");
    const follow = async (cle: string, event: Parameters<typeof followStatement>[2]["event"]) =>
      expect(await followStatement(context, target, { cle, event })).toMatchObject({ ok: true });
    await follow("t", { kind: "title", number: "T-12", date: day });
    await follow("p", { kind: "payment", reference: "VIR-9", date: day, amount: toCents(5_000) });
    expect((await read("bouvron")).text).toMatch(/50,00 € reçus le 1er septembre 2026, référence VIR-9/);
    const { subject } = await read("bouvron");
    const mail = composeReminder(subject.snapshot, subject.facts, { memberId: subject.memberId, address: "https://x" });
    expect(mail.text.replace(/[\u00a0\u202f]/g, " ")).toMatch(/part du CCAS de Bouvron.*109,25 €/);
    expect(await cancelIssuedCall(context, "appel-1", "Erreur")).toMatchObject({ ok: true });
    expect((await read("bouvron")).text).toContain('"standing":"ANNULÉ"');
  });

  it("sur le papier, ni une note seule sur sa page, ni la preuve coupée en deux", async () => {
    const { subject } = await (await issue()).read("bouvron");
    const lastOf = (document: ReturnType<typeof composeStatement>) => JSON.stringify(document.blocks.at(-1));
    expect(lastOf(composeStatement(subject))).toMatch(/"together".*projet de titre.*n’est pas un titre de recettes/);
    expect(lastOf(composeCallDocument(subject.snapshot, 1, false))).toMatch(/"together".*"Feuille de preuve".*exacte/);
  });

  it("l’appel entier porte la feuille de preuve et son contrôle", async () => {
    const { subject } = await (await issue()).read("bouvron");
    const text = JSON.stringify(composeCallDocument(subject.snapshot, 1, false)).replace(/[\u00a0\u202f]/g, " ");
    expect(text).toContain("118 040 × 3 153 / 23 371");
    expect(text).toContain("égalité exacte");
  });
});

describe("un titre, un dépôt ou un paiement mal tapé se corrige par une nouvelle entrée", () => {
  const target = { callId: "appel-1", organizationId: organizationOf("blain", "bouvron") };
  const day = dayOf("2026-09-01");

  async function followed() {
    const issued = await issue();
    const { context } = issued;
    const events = [
      ["t", { kind: "title", number: "T-21", date: day }],
      ["d", { kind: "deposit", chorusReference: "CPP-7", date: day }],
      ["p", { kind: "payment", reference: "VIR-9", date: day, amount: toCents(15_925) }],
    ] as const;
    for (const [cle, event] of events)
      expect(await followStatement(context, target, { cle, event })).toMatchObject({ ok: true });
    const strike = (entryId: string, reason = "Montant mal tapé", cle = `annule-${entryId}`) =>
      voidStep(context, target, { cle, entryId, reason });
    return { ...issued, strike };
  }

  it("l’état et les sommes suivent, l’entrée barrée reste, le registre seul redonne l’année", async () => {
    const { committee, context, strike, register } = await followed();
    const { db, networkId } = committee;
    expect(await strike("p")).toMatchObject({ ok: true });
    expect(await strike("p")).toMatchObject({ ok: true });
    const bouvron = async () => {
      const call = await findCall(db, networkId, "appel-1");
      return { call, statement: call?.statements.find(({ memberId }) => memberId === target.organizationId) };
    };
    const { call, statement } = await bouvron();
    expect(statement?.status).toBe("deposited");
    expect(call?.events.find(({ id }) => id === "p")).toMatchObject({
      amountCents: 15_925,
      voidedBy: { on: day, reason: "Montant mal tapé" },
    });
    const again = { kind: "payment", reference: "VIR-9", date: day, amount: toCents(5_925) } as const;
    expect(await followStatement(context, target, { cle: "p2", event: again })).toMatchObject({ ok: true });
    expect((await bouvron()).statement?.status).toBe("partly-paid");
    for (const entry of ["p2", "d", "t"]) expect(await strike(entry)).toMatchObject({ ok: true });
    expect((await bouvron()).statement?.status).toBe("issued");
    const acts = (await register()).filter(({ kind }) => kind === "statement-step-voided");
    expect(acts).toHaveLength(4);
    const stored = await readYear(db, networkId, 2026);
    expect(rebuildYear(await register(), 2026)).toStrictEqual(stored);
    const share = stored.calls[0]?.shares.find(({ organizationId }) => organizationId === target.organizationId);
    expect(share).toMatchObject({ paidCents: 0, titleNumber: null });
  });

  it.each([
    ["le titre sous un paiement", "t", "Erreur", /repose sur ce titre/],
    ["sans motif", "p", " ", /Dites pourquoi/],
    ["l’entrée d’un autre", "inconnue", "Erreur", /n’existe pas/],
  ])("refuse %s, avec une phrase, et n’écrit rien", async (_, entry, reason, sentence) => {
    const { strike, register } = await followed();
    const before = (await register()).length;
    const refused = await strike(entry, reason);
    expect(!refused.ok && voidMessage(refused.refusal)).toMatch(sentence);
    expect(await register()).toHaveLength(before);
  });

  it("refuse une seconde annulation, celle d’un appel annulé, et la main d’un autre réseau", async () => {
    const { committee, context, strike } = await followed();
    expect(await strike("p")).toMatchObject({ ok: true });
    const twice = await strike("p", "Encore", "autre-clic");
    expect(!twice.ok && voidMessage(twice.refusal)).toMatch(/déjà annulée/);
    const voiding = await strike("annule-p", "Encore", "sur-l-annulation");
    expect(voiding).toEqual({ ok: false, refusal: "entry-unknown" });
    expect(await cancelIssuedCall(context, "appel-1", "Erreur")).toMatchObject({ ok: true });
    const late = await strike("d");
    expect(!late.ok && voidMessage(late.refusal)).toMatch(/L’appel est annulé/);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const elsewhere = await voidStep(await other.contextOf("secretary"), target, {
      cle: "x",
      entryId: "d",
      reason: "r",
    });
    expect(elsewhere).toEqual({ ok: false, refusal: "entry-unknown" });
  });
});
