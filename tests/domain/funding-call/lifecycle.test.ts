import { describe, expect, it } from "vitest";
import {
  cancelCall,
  isReminderDue,
  outstandingOf,
  recordStatementEvent,
  statementStatus,
  voidStatementStep,
  type StatementEvent,
  type StatementFacts,
} from "~/domain/funding-call/lifecycle";
import { toId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";

const facts = (changes: Partial<StatementFacts> = {}): StatementFacts => ({
  owed: toCents(53_964),
  isLead: false,
  issuedOn: toPlainDate("2026-12-01"),
  isCancelled: false,
  title: null,
  deposit: null,
  payments: [],
  ...changes,
});
const TITLE = { number: "T-2026-45", date: toPlainDate("2026-12-05") };
const DEPOSIT = { chorusReference: "CPP-1", date: toPlainDate("2026-12-06") };
const payment = (amount: number, reference = "VIR-1", date = "2027-01-10") => ({
  reference,
  date: toPlainDate(date),
  amount: toCents(amount),
});
const titled = facts({ title: TITLE });

describe("l’état d’une créance : jamais « payé » sans référence", () => {
  it.each([
    { status: "issued", given: facts() },
    { status: "titled", given: titled },
    { status: "deposited", given: facts({ title: TITLE, deposit: DEPOSIT }) },
    { status: "partly-paid", given: facts({ title: TITLE, payments: [payment(53_963)] }) },
    { status: "paid", given: facts({ title: TITLE, payments: [payment(53_963), payment(1, "VIR-2")] }) },
    { status: "kept-by-lead", given: facts({ isLead: true, owed: toCents(0) }) },
    { status: "nothing-due", given: facts({ owed: toCents(0) }) },
    { status: "cancelled", given: facts({ isCancelled: true, title: TITLE, payments: [payment(53_964)] }) },
  ])("$status", ({ status, given }) => {
    expect(statementStatus(given)).toBe(status);
  });

  it("titre, dépôt, deux règlements : la créance est payée", () => {
    const events: StatementEvent[] = [
      { kind: "title", ...TITLE, number: " T-2026-45 " },
      { kind: "deposit", ...DEPOSIT },
      { kind: "payment", ...payment(3_964) },
      { kind: "payment", ...payment(50_000, "VIR-2") },
    ];
    let books = facts();
    for (const event of events) {
      const recorded = recordStatementEvent(books, event);
      if (!recorded.ok) throw new Error(recorded.refusal.kind);
      books = recorded.value;
    }
    expect(books.title).toEqual(TITLE);
    expect(statementStatus(books)).toBe("paid");
    expect(outstandingOf(books)).toBe(0);
  });

  it.each<{ case: string; given: StatementFacts; event: StatementEvent; refusal: unknown }>([
    {
      case: "appel annulé",
      given: facts({ isCancelled: true }),
      event: { kind: "title", ...TITLE },
      refusal: { kind: "call-cancelled" },
    },
    {
      case: "le pilote ne se doit rien",
      given: facts({ isLead: true }),
      event: { kind: "title", ...TITLE },
      refusal: { kind: "nothing-owed" },
    },
    {
      case: "0 € dû",
      given: facts({ owed: toCents(0) }),
      event: { kind: "title", ...TITLE },
      refusal: { kind: "nothing-owed" },
    },
    { case: "second titre", given: titled, event: { kind: "title", ...TITLE }, refusal: { kind: "already-titled" } },
    {
      case: "titre sans numéro",
      given: facts(),
      event: { kind: "title", ...TITLE, number: " " },
      refusal: { kind: "reference-missing" },
    },
    {
      case: "titre avant l’appel",
      given: facts(),
      event: { kind: "title", number: "T", date: toPlainDate("2026-11-30") },
      refusal: { kind: "date-too-early" },
    },
    {
      case: "dépôt sans titre",
      given: facts(),
      event: { kind: "deposit", ...DEPOSIT },
      refusal: { kind: "title-missing" },
    },
    {
      case: "second dépôt",
      given: facts({ title: TITLE, deposit: DEPOSIT }),
      event: { kind: "deposit", ...DEPOSIT },
      refusal: { kind: "already-deposited" },
    },
    {
      case: "dépôt sans référence",
      given: titled,
      event: { kind: "deposit", ...DEPOSIT, chorusReference: "" },
      refusal: { kind: "reference-missing" },
    },
    {
      case: "dépôt avant le titre",
      given: titled,
      event: { kind: "deposit", ...DEPOSIT, date: toPlainDate("2026-12-04") },
      refusal: { kind: "date-too-early" },
    },
    {
      case: "règlement sans titre",
      given: facts(),
      event: { kind: "payment", ...payment(1) },
      refusal: { kind: "title-missing" },
    },
    {
      case: "règlement sans référence",
      given: titled,
      event: { kind: "payment", ...payment(1, " ") },
      refusal: { kind: "reference-missing" },
    },
    {
      case: "règlement saisi deux fois",
      given: facts({ title: TITLE, payments: [payment(1)] }),
      event: { kind: "payment", ...payment(2, " VIR-1") },
      refusal: { kind: "payment-already-recorded" },
    },
    {
      case: "règlement avant le titre",
      given: titled,
      event: { kind: "payment", ...payment(1, "V", "2026-12-04") },
      refusal: { kind: "date-too-early" },
    },
    {
      case: "règlement de 0 €",
      given: titled,
      event: { kind: "payment", ...payment(0) },
      refusal: { kind: "amount-not-positive" },
    },
    {
      case: "un centime de trop",
      given: facts({ title: TITLE, payments: [payment(53_963)] }),
      event: { kind: "payment", ...payment(2, "VIR-2") },
      refusal: { kind: "above-owed", outstanding: 1 },
    },
  ])("refus : $case", ({ given, event, refusal }) => {
    expect(recordStatementEvent(given, event)).toEqual({ ok: false, refusal });
  });
});

describe("annulation par un acte qui garde le premier", () => {
  const memberId = toId<"organization">("ccas-bouvron");
  const call = {
    kind: "annual" as const,
    issuedOn: toPlainDate("2026-12-01"),
    cancellation: null,
    hasStandingComplementaryCall: false,
    statements: [
      { memberId, ...facts({ title: TITLE, payments: [payment(100)] }) },
      { memberId: toId<"organization">("ccas-fay"), ...facts() },
    ],
  };
  const act = { reason: " Une facture était au nom d’un autre réseau. ", cancelledOn: toPlainDate("2026-12-20") };

  it("dit les titres à annuler et les sommes à rendre", () => {
    expect(cancelCall(call, act)).toEqual({
      ok: true,
      value: {
        cancellation: { reason: "Une facture était au nom d’un autre réseau.", cancelledOn: "2026-12-20" },
        titlesToCancel: [{ memberId, number: "T-2026-45" }],
        paymentsToReturn: [{ memberId, amount: 100 }],
      },
    });
  });

  it.each([
    { refusal: "already-cancelled", given: { ...call, cancellation: act }, by: act },
    { refusal: "reason-missing", given: call, by: { ...act, reason: " " } },
    { refusal: "date-too-early", given: call, by: { ...act, cancelledOn: toPlainDate("2026-11-30") } },
    { refusal: "complementary-call-stands", given: { ...call, hasStandingComplementaryCall: true }, by: act },
  ])("refus : $refusal", ({ refusal, given, by }) => {
    expect(cancelCall(given, by)).toEqual({ ok: false, refusal });
  });
});

describe("relances", () => {
  it.each([
    { case: "la veille du délai", given: titled, today: "2027-01-03", due: false },
    { case: "au terme du délai, compté du titre", given: titled, today: "2027-01-04", due: true },
    { case: "sans titre, compté de l’appel", given: facts(), today: "2026-12-31", due: true },
    { case: "payée", given: facts({ title: TITLE, payments: [payment(53_964)] }), today: "2027-06-01", due: false },
    { case: "annulée", given: facts({ isCancelled: true }), today: "2027-06-01", due: false },
    { case: "le pilote", given: facts({ isLead: true }), today: "2027-06-01", due: false },
  ])("$case", ({ given, today, due }) => {
    expect(isReminderDue(given, { today: toPlainDate(today), afterDays: 30 })).toBe(due);
  });
});

describe("annuler une entrée mal tapée : elle reste, une autre le dit", () => {
  const paid = facts({ title: TITLE, deposit: DEPOSIT, payments: [payment(100)] });

  it.each<{ case: string; given: StatementFacts; kind: StatementEvent["kind"]; isVoided?: true; refusal: string }>([
    { case: "appel annulé", given: facts({ isCancelled: true }), kind: "title", refusal: "call-cancelled" },
    { case: "deux fois", given: paid, kind: "payment", isVoided: true, refusal: "already-voided" },
    {
      case: "un titre payé",
      given: facts({ title: TITLE, payments: [payment(1)] }),
      kind: "title",
      refusal: "entry-carries-others",
    },
    {
      case: "un titre déposé",
      given: facts({ title: TITLE, deposit: DEPOSIT }),
      kind: "title",
      refusal: "entry-carries-others",
    },
  ])("refuse : $case", ({ given, kind, isVoided = false, refusal }) => {
    expect(voidStatementStep(given, { kind, isVoided }, "Erreur")).toEqual({ ok: false, refusal });
  });

  it("refuse sans motif, et garde le motif sans ses blancs", () => {
    expect(voidStatementStep(paid, { kind: "payment", isVoided: false }, "  ")).toEqual({
      ok: false,
      refusal: "reason-missing",
    });
    for (const kind of ["payment", "deposit"] as const)
      expect(voidStatementStep(paid, { kind, isVoided: false }, " Erreur ")).toEqual({
        ok: true,
        value: { reason: "Erreur" },
      });
    expect(voidStatementStep(titled, { kind: "title", isVoided: false }, "Erreur").ok).toBe(true);
  });
});
