import { describe, expect, it } from "vitest";
import type { Cents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { addSuggestedAccounts } from "~/features/budget/account-commands.server";
import { loadBudgetYear } from "~/features/budget/queries.server";
import { addInvoice, checkInvoice, engage, pay } from "~/features/spending/commands.server";
import { expensesToCsv, expensesToJson } from "~/features/spending/export.server";
import { parseEngage, parseInvoice } from "~/features/spending/form";
import { engageMessage, invoiceMessage, paymentMessage } from "~/features/spending/messages.fr";
import { listExpenseRecords } from "~/features/spending/queries.server";
import { castVote, closePoll } from "~/features/votes/commands.server";
import type { CommandContext } from "~/services/gate.server";
import { createCommittee, type Committee } from "../../support/database";
import { createOpenMeeting, EXPENSE, listActs, MEETING, openTestPoll } from "../votes/open-meeting";

/** 1 775,43 € asked for by the agent, put to the vote in the open meeting. */
async function committeeWithVote(choice: "for" | "against"): Promise<Committee> {
  const committee = await createOpenMeeting();
  await openTestPoll(committee);
  for (const key of ["blain", "bouvron", "le-gavre"] as const) {
    const cast = { seatId: committee.seatOf(key), choice };
    await castVote(await committee.contextOf(key), MEETING, "scrutin-1", cast);
  }
  await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
  await addSuggestedAccounts(await committee.contextOf("secretary"));
  return committee;
}

const dayOf = ({ clock }: Pick<Committee, "clock">) => toPlainDate(clock.now().toISOString().slice(0, 10));
const amountOf = async ({ db }: Committee) =>
  (await db.selectFrom("expense").select("amountCents").where("id", "=", EXPENSE).executeTakeFirstOrThrow())
    .amountCents;

async function engageIt(
  committee: Committee,
  changes: Partial<Parameters<typeof engage>[2]> = {},
  context?: CommandContext,
) {
  const amount = (await amountOf(committee)) as Cents;
  const input = {
    cle: "engagement-1",
    amount,
    engagedOn: dayOf(committee),
    account: "6234",
    reference: "BC 12",
    ...changes,
  };
  return engage(context ?? (await committee.contextOf("secretary")), EXPENSE, input);
}

const invoice = (committee: Committee, changes: Partial<Parameters<typeof addInvoice>[1]> = {}) => ({
  ...{ cle: "facture-1", expenseId: EXPENSE, supplier: "Traiteur", number: "F 2026-8", date: dayOf(committee) },
  ...{ amount: 10_000 as Cents, isFinal: false, documentId: null, ...changes },
});

const rows = async ({ db }: Committee, table: "engagement" | "invoice" | "invoicePayment") =>
  (await db.selectFrom(table).selectAll().execute()).length;

describe("engager — convention, art. 4.1 : après validation par le comité", () => {
  it.each(["never", "against"] as const)("refuse une dépense que le comité n’a pas validée (%s)", async (choice) => {
    const committee = choice === "never" ? await createOpenMeeting() : await committeeWithVote(choice);
    const decision = await engageIt(committee);
    expect(decision).toEqual({ ok: false, refusal: { kind: "not-validated" } });
    expect(!decision.ok && engageMessage(decision.refusal)).toMatch(/pas validé cette dépense/);
    expect(await rows(committee, "engagement")).toBe(0);
    expect(await listActs(committee, "expense-engaged")).toEqual([]);
  });

  it.each<{ case: string; changes: Partial<Parameters<typeof engage>[2]>; sentence: RegExp }>([
    {
      case: "un centime de trop",
      changes: { amount: -1 as Cents },
      sentence: /ne peut pas dépasser ce montant, même d’un centime/,
    },
    { case: "un milliard", changes: { amount: 100_000_000_000 as Cents }, sentence: /ne peut pas dépasser ce montant/ },
    { case: "zéro", changes: { amount: 0 as Cents }, sentence: /un centime au moins/ },
    {
      case: "avant la décision",
      changes: { engagedOn: toPlainDate("2026-01-02") },
      sentence: /ne peut pas précéder la décision/,
    },
    { case: "demain", changes: { engagedOn: toPlainDate("2027-01-02") }, sentence: /à venir/ },
    { case: "un compte hors liste", changes: { account: "9999" }, sentence: /pas dans la liste/ },
    { case: "sans compte", changes: { account: " " }, sentence: /aucun n’est retenu par défaut/ },
    { case: "une ligne d’ailleurs", changes: { budgetLineId: "ligne-autre" }, sentence: /pas au budget en vigueur/ },
  ])("refuse $case, et n’écrit rien", async ({ changes, sentence }) => {
    const committee = await committeeWithVote("for");
    const voted = await amountOf(committee);
    const amount = changes.amount === -1 ? { amount: (voted + 1) as Cents } : {};
    const decision = await engageIt(committee, { ...changes, ...amount });
    expect(!decision.ok && engageMessage(decision.refusal)).toMatch(sentence);
    expect(await rows(committee, "engagement")).toBe(0);
  });

  it("refuse celui qui a demandé la dépense", async () => {
    const committee = await committeeWithVote("for");
    const secretary = await committee.contextOf("secretary");
    await committee.db.updateTable("expense").set({ requestedBy: secretary.actor.personId }).execute();
    expect(await engageIt(committee)).toEqual({ ok: false, refusal: { kind: "requester-cannot-order" } });
  });

  it("deux personnes en même temps : une seule engage, l’autre l’apprend ; deux clics n’en font qu’un", async () => {
    const committee = await committeeWithVote("for");
    const both = await Promise.all([engageIt(committee), engageIt(committee, { cle: "engagement-2" })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { kind: "already-engaged" } });
    expect((await engageIt(committee)).ok).toBe(true);
    expect(await rows(committee, "engagement")).toBe(1);
    expect(await listActs(committee, "expense-engaged")).toHaveLength(1);
  });

  it("n’existe pas pour un autre réseau", async () => {
    const committee = await committeeWithVote("for");
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const context = await other.contextOf("secretary");
    const elsewhere = { ok: false, refusal: { kind: "expense-unknown" } };
    expect(await engageIt(committee, {}, context)).toEqual(elsewhere);
    expect(await addInvoice(context, invoice(committee))).toEqual(elsewhere);
    const payment = { mandate: "M 1", paidOn: dayOf(committee) };
    expect(await pay(context, { expenseId: EXPENSE, invoiceId: "facture-1" }, payment)).toEqual(elsewhere);
    expect(await listExpenseRecords(other.db, other.networkId, null)).toEqual([]);
  });
});

describe("facturer — convention, art. 4.2.1", () => {
  it("attend l’engagement", async () => {
    const committee = await committeeWithVote("for");
    const decision = await addInvoice(await committee.contextOf("secretary"), invoice(committee));
    expect(!decision.ok && invoiceMessage(decision.refusal)).toMatch(/n’est pas engagée/);
  });

  it("refuse la même facture deux fois, même écrite autrement, et ce qui dépasse l’engagement", async () => {
    const committee = await committeeWithVote("for");
    await engageIt(committee);
    const voted = await amountOf(committee);
    const context = await committee.contextOf("secretary");
    expect((await addInvoice(context, invoice(committee))).ok).toBe(true);
    expect((await addInvoice(context, invoice(committee))).ok).toBe(true);
    const twin = invoice(committee, { cle: "facture-2", supplier: "TRAITEUR ", number: "f2026-8" });
    expect(await addInvoice(context, twin)).toEqual({ ok: false, refusal: { kind: "invoice-already-recorded" } });
    const excessive = invoice(committee, { cle: "facture-3", number: "F 9", amount: (voted - 9999) as Cents });
    const checked = await checkInvoice(context, excessive);
    expect(checked).toEqual({ ok: false, refusal: { kind: "above-engaged", excess: 1 } });
    expect(!checked.ok && invoiceMessage(checked.refusal)).toMatch(/dépasserait l’engagement de 0,01\s€/);
    expect((await addInvoice(context, excessive)).ok).toBe(false);
    expect(await rows(committee, "invoice")).toBe(1);
    expect(await listActs(committee, "invoice-recorded")).toHaveLength(1);
  });

  it("un centime est une facture", async () => {
    const committee = await committeeWithVote("for");
    await engageIt(committee);
    const cent = invoice(committee, { amount: 1 as Cents });
    expect((await addInvoice(await committee.contextOf("secretary"), cent)).ok).toBe(true);
  });
});

describe("payer : jamais sans la référence du mandat", () => {
  it("une fois, avec sa référence et sa date", async () => {
    const committee = await committeeWithVote("for");
    await engageIt(committee);
    const context = await committee.contextOf("secretary");
    await addInvoice(context, invoice(committee, { isFinal: true }));
    const target = { expenseId: EXPENSE, invoiceId: "facture-1" };
    const payment = { mandate: "M 2026-41", paidOn: dayOf(committee) };
    const missing = await pay(context, target, { ...payment, mandate: " " });
    expect(!missing.ok && paymentMessage(missing.refusal)).toMatch(/rien n’est dit payé/);
    const unknown = await pay(context, { ...target, invoiceId: "facture-9" }, payment);
    expect(unknown).toEqual({ ok: false, refusal: { kind: "invoice-unknown" } });
    expect((await pay(context, target, payment)).ok).toBe(true);
    expect((await pay(context, target, payment)).ok).toBe(true);
    const again = await pay(context, target, { ...payment, mandate: "M 2026-42" });
    expect(!again.ok && paymentMessage(again.refusal)).toMatch(/déjà enregistré/);
    expect(await rows(committee, "invoicePayment")).toBe(1);
    expect(await listActs(committee, "invoice-paid")).toHaveLength(1);
    const { gauge } = await loadBudgetYear(committee.db, committee.networkId, { year: 2026, date: dayOf(committee) });
    expect(gauge).toMatchObject({ ceiling: 400_000, engaged: 0, invoiced: 0, paid: 10_000, remaining: 390_000 });
  });
});

describe("ce que le formulaire lit", () => {
  const engageForm = (changes: Record<string, string>) => {
    const form = new FormData();
    const fields = {
      cle: "e-1",
      amount: "12,50",
      engagedOn: "2026-10-01",
      account: "6234",
      reference: "BC 1",
      ...changes,
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return parseEngage(form);
  };
  it.each([
    ["amount", "0", /un centime au moins/],
    ["amount", "0,001", /deux décimales/],
    ["amount", "99999999999", /milliard/],
    ["account", "", /aucun n’est retenu par défaut/],
    ["reference", " ", /référence de l’engagement/],
    ["engagedOn", "2026-02-30", /n’existe pas/],
  ])("%s « %s »", (name, value, sentence) => {
    expect(
      engageForm({ [name]: value })
        .reply()
        .error?.[name]?.join(" "),
    ).toMatch(sentence);
  });
  it("une facture peut venir sans fichier", () => {
    const form = new FormData();
    const fields = { cle: "f-1", supplier: "A", number: "1", date: "2026-10-01", amount: "0,01" };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const parsed = parseInvoice(form);
    expect(parsed.status === "success" && parsed.value).toMatchObject({ amount: 1, isFinal: false });
  });
});

describe("les exports", () => {
  it("disent toute la vie d’une dépense, sans formule", async () => {
    const committee = await committeeWithVote("for");
    await engageIt(committee, { reference: "=1+1" });
    const context = await committee.contextOf("secretary");
    await addInvoice(context, invoice(committee));
    const records = await listExpenseRecords(committee.db, committee.networkId, 2026);
    const csv = expensesToCsv(records);
    expect(csv).toContain("Facture à payer");
    expect(csv).toContain("'=1+1");
    expect(csv).toContain(";100,00;");
    const { depenses } = JSON.parse(expensesToJson("Réseau", records));
    expect(depenses).toMatchObject([
      { engagement: { compte: "6234" }, factures: [{ montantCentimes: 10_000, paiement: null }] },
    ]);
    expect(await listExpenseRecords(committee.db, committee.networkId, 2025)).toEqual([]);
  });
});
