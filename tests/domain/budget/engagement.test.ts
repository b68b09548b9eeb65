import { describe, expect, it } from "vitest";
import {
  engageExpense,
  payInvoice,
  recordInvoice,
  type CommitmentFacts,
  type Invoice,
} from "~/domain/budget/engagement";
import { toId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";

const REQUESTER = toId<"person">("person-asks");
const ORDERER = toId<"person">("person-orders");
const VALIDATED: CommitmentFacts = {
  requesterId: REQUESTER,
  validation: { decisionNumber: "2026-0012", amount: toCents(50_000), decidedOn: toPlainDate("2026-03-10") },
  engagement: null,
  invoices: [],
};
const ENGAGED: CommitmentFacts = {
  ...VALIDATED,
  engagement: { amount: toCents(45_000), engagedOn: toPlainDate("2026-04-01"), ordererId: ORDERER },
};
const invoice = (changes: Partial<Invoice> = {}): Invoice => ({
  id: "f1",
  supplier: "Imprimerie du Canal",
  number: "F-2026-77",
  date: toPlainDate("2026-05-02"),
  amount: toCents(20_000),
  payment: null,
  ...changes,
});

describe("engagement — Convention, art. 4.1 : après validation du comité seulement", () => {
  const engage = (facts: CommitmentFacts, changes: Partial<Parameters<typeof engageExpense>[1]> = {}) =>
    engageExpense(facts, {
      amount: toCents(50_000),
      engagedOn: toPlainDate("2026-04-01"),
      actorId: ORDERER,
      account: "6236",
      remaining: toCents(0),
      ...changes,
    });

  it.each([
    { case: "au montant validé", changes: {}, aboveCeilingBy: 0 },
    { case: "un centime au-delà du plafond : signalé", changes: { remaining: toCents(-1) }, aboveCeilingBy: 1 },
    {
      case: "engagé pour moins que validé, le plafond tient",
      changes: { amount: toCents(49_999), remaining: toCents(-1) },
      aboveCeilingBy: 0,
    },
    { case: "le jour de la décision", changes: { engagedOn: toPlainDate("2026-03-10") }, aboveCeilingBy: 0 },
  ])("$case", ({ changes, aboveCeilingBy }) => {
    expect(engage(VALIDATED, changes)).toMatchObject({ ok: true, value: { aboveCeilingBy } });
  });

  it.each([
    { case: "non validée", facts: { ...VALIDATED, validation: null }, changes: {}, refusal: { kind: "not-validated" } },
    { case: "déjà engagée", facts: ENGAGED, changes: {}, refusal: { kind: "already-engaged" } },
    {
      case: "un centime au-delà du validé",
      facts: VALIDATED,
      changes: { amount: toCents(50_001) },
      refusal: { kind: "above-validated", validated: 50_000 },
    },
    { case: "0 €", facts: VALIDATED, changes: { amount: toCents(0) }, refusal: { kind: "amount-not-positive" } },
    {
      case: "la veille de la décision",
      facts: VALIDATED,
      changes: { engagedOn: toPlainDate("2026-03-09") },
      refusal: { kind: "before-the-decision", decidedOn: "2026-03-10" },
    },
    { case: "sans compte choisi", facts: VALIDATED, changes: { account: null }, refusal: { kind: "account-missing" } },
    { case: "compte vide", facts: VALIDATED, changes: { account: " " }, refusal: { kind: "account-missing" } },
    {
      case: "par qui l’a demandée",
      facts: VALIDATED,
      changes: { actorId: REQUESTER },
      refusal: { kind: "requester-cannot-order" },
    },
  ])("refus : $case", ({ facts, changes, refusal }) => {
    expect(engage(facts, changes)).toEqual({ ok: false, refusal });
  });
});

describe("factures — Convention, art. 4.2.1", () => {
  it("plusieurs factures, jusqu’au montant engagé", () => {
    const facts = { ...ENGAGED, invoices: [invoice()] };
    expect(recordInvoice(facts, invoice({ id: "f2", number: "F-2026-78", amount: toCents(25_000) }))).toMatchObject({
      ok: true,
    });
    expect(recordInvoice(facts, invoice({ id: "f2", number: "F-2026-78", amount: toCents(25_001) }))).toEqual({
      ok: false,
      refusal: { kind: "above-engaged", excess: 1 },
    });
  });

  it.each([
    { case: "avant l’engagement", facts: VALIDATED, given: invoice(), kind: "not-engaged" },
    { case: "sans numéro", facts: ENGAGED, given: invoice({ number: " " }), kind: "number-missing" },
    { case: "sans fournisseur", facts: ENGAGED, given: invoice({ supplier: "" }), kind: "supplier-missing" },
    { case: "0 €", facts: ENGAGED, given: invoice({ amount: toCents(0) }), kind: "amount-not-positive" },
    {
      case: "la même, autrement écrite",
      facts: { ...ENGAGED, invoices: [invoice()] },
      given: invoice({ id: "f2", supplier: "imprimerie du canal", number: "f-2026 -77", amount: toCents(1) }),
      kind: "invoice-already-recorded",
    },
  ])("refus : $case", ({ facts, given, kind }) => {
    expect(recordInvoice(facts, given)).toEqual({ ok: false, refusal: { kind } });
  });

  it("payée avec la référence du mandat", () => {
    const facts = { ...ENGAGED, invoices: [invoice()] };
    expect(payInvoice(facts, { invoiceId: "f1", mandate: " 2026-118 ", paidOn: toPlainDate("2026-05-20") })).toEqual({
      ok: true,
      value: invoice({ payment: { mandate: "2026-118", paidOn: toPlainDate("2026-05-20") } }),
    });
  });

  it.each([
    { case: "sans mandat", invoices: [invoice()], payment: { mandate: " " }, refusal: { kind: "mandate-missing" } },
    { case: "facture inconnue", invoices: [], payment: {}, refusal: { kind: "invoice-unknown" } },
    {
      case: "déjà payée",
      invoices: [invoice({ payment: { mandate: "1", paidOn: toPlainDate("2026-05-20") } })],
      payment: {},
      refusal: { kind: "already-paid" },
    },
    {
      case: "avant l’engagement",
      invoices: [invoice()],
      payment: { paidOn: toPlainDate("2026-03-31") },
      refusal: { kind: "paid-before-engaged", engagedOn: "2026-04-01" },
    },
  ])("refus : $case", ({ invoices, payment, refusal }) => {
    const given = { invoiceId: "f1", mandate: "2026-118", paidOn: toPlainDate("2026-05-20"), ...payment };
    expect(payInvoice({ ...ENGAGED, invoices }, given)).toEqual({ ok: false, refusal });
  });
});
