import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  issueFundingCall,
  listUncalledInvoices,
  type CallableInvoice,
  type CallRequest,
  type FormerCall,
} from "~/domain/funding-call/issue";
import { toId, type OrganizationId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";

const ccas = (name: string): OrganizationId => toId<"organization">(`ccas-${name}`);
const SIX: [string, number][] = [
  ["blain", 10_376],
  ["bouvron", 3_153],
  ["chevallerais", 1_569],
  ["fay", 4_023],
  ["gavre", 1_890],
  ["nddl", 2_360],
];
const WEIGHTS = SIX.map(([name, weight]) => ({ id: ccas(name), weight }));

const invoice = (id: string, amount: number, changes: Partial<CallableInvoice> = {}): CallableInvoice => ({
  id,
  expenseId: toId(`expense-${id}`),
  decisionNumber: "2026-0012",
  amount: toCents(amount),
  mandate: "2026-118",
  isProofIntact: true,
  ...changes,
});
const request = (changes: Partial<CallRequest> = {}): CallRequest => ({
  id: "call-1",
  year: 2026,
  kind: "annual",
  issuedOn: toPlainDate("2026-12-01"),
  annualDay: { closedOn: toPlainDate("2026-11-20") },
  leadId: ccas("blain"),
  weights: WEIGHTS,
  invoices: [invoice("a", 250_000), invoice("b", 150_000)],
  formerCalls: [],
  titleMinimum: { amount: toCents(1500), standing: "to-verify" },
  ...changes,
});
const former = (changes: Partial<FormerCall> = {}): FormerCall => ({
  id: "call-0",
  kind: "annual",
  weights: WEIGHTS,
  invoices: [invoice("z", 1)],
  isCancelled: false,
  ...changes,
});

describe("appel de fonds — Convention, art. 4.2.1", () => {
  it("4 000 € : le pilote garde sa part, les cinq autres doivent la leur", () => {
    const call = issueFundingCall(request());
    if (!call.ok) throw new Error("refused");
    expect(call.value.total).toBe(400_000);
    expect(call.value.claimed).toBe(400_000 - 177_588);
    expect(call.value.statements.map(({ memberId, share, owed, isLead }) => [memberId, share, owed, isLead])).toEqual([
      ["ccas-blain", 177_588, 0, true],
      ["ccas-bouvron", 53_964, 53_964, false],
      ["ccas-chevallerais", 26_854, 26_854, false],
      ["ccas-fay", 68_854, 68_854, false],
      ["ccas-gavre", 32_348, 32_348, false],
      ["ccas-nddl", 40_392, 40_392, false],
    ]);
    expect(call.value.detail.rows.map(({ id, amount }) => [id, amount])).toEqual([
      ["expense-a", 250_000],
      ["expense-b", 150_000],
    ]);
  });

  it("deux factures d’une même dépense font une ligne du détail", () => {
    const expenseId = toId<"expense">("expense-x");
    const call = issueFundingCall(
      request({ invoices: [invoice("a", 70, { expenseId }), invoice("b", 31, { expenseId })] }),
    );
    expect(call.ok && call.value.detail.rows.map(({ id, amount }) => [id, amount])).toEqual([["expense-x", 101]]);
  });

  it.each([
    { case: "1 centime entre six : au pilote", amount: 1, owed: [0, 0, 0, 0, 0, 0], flagged: 0 },
    {
      case: "100 € : quatre parts sous 15 €, signalées et non bloquées",
      amount: 10_000,
      owed: [0, 1349, 671, 1721, 809, 1010],
      flagged: 4,
    },
    { case: "4 000 € : aucune", amount: 400_000, owed: [0, 53_964, 26_854, 68_854, 32_348, 40_392], flagged: 0 },
  ])("$case", ({ amount, owed, flagged }) => {
    const call = issueFundingCall(request({ invoices: [invoice("a", amount)] }));
    if (!call.ok) throw new Error("refused");
    expect(call.value.statements.map((statement) => statement.owed)).toEqual(owed);
    expect(call.value.statements.filter(({ isUnderTitleMinimum }) => isUnderTitleMinimum)).toHaveLength(flagged);
    expect(call.value.titleMinimum.standing).toBe("to-verify");
  });

  it.each<{ case: string; changes: Partial<CallRequest>; refusals: unknown[] }>([
    { case: "journée annuelle non fixée", changes: { annualDay: null }, refusals: [{ kind: "annual-day-missing" }] },
    {
      case: "journée annuelle ouverte",
      changes: { annualDay: { closedOn: null } },
      refusals: [{ kind: "annual-day-open" }],
    },
    {
      case: "journée close après l’appel",
      changes: { annualDay: { closedOn: toPlainDate("2026-12-02") } },
      refusals: [{ kind: "annual-day-open" }],
    },
    {
      case: "second appel annuel",
      changes: { formerCalls: [former()] },
      refusals: [{ kind: "annual-call-exists", callId: "call-0" }],
    },
    {
      case: "complémentaire sans appel annuel",
      changes: { kind: "complementary" },
      refusals: [{ kind: "annual-call-missing" }],
    },
    {
      case: "complémentaire quand l’annuel est annulé",
      changes: { kind: "complementary", formerCalls: [former({ isCancelled: true })] },
      refusals: [{ kind: "annual-call-missing" }],
    },
    { case: "aucune facture", changes: { invoices: [] }, refusals: [{ kind: "nothing-to-call" }] },
    { case: "0 €", changes: { invoices: [invoice("a", 0)] }, refusals: [{ kind: "total-not-positive" }] },
    {
      case: "des avoirs seulement",
      changes: { invoices: [invoice("a", -5)] },
      refusals: [{ kind: "total-not-positive" }],
    },
    {
      case: "plus d’un milliard",
      changes: { invoices: [invoice("a", 100_000_000_000), invoice("b", 1)] },
      refusals: [{ kind: "total-too-large" }],
    },
    {
      case: "facture non payée",
      changes: { invoices: [invoice("a", 1, { mandate: null })] },
      refusals: [{ kind: "invoice-not-paid", invoiceId: "a" }],
    },
    {
      case: "facture sans décision",
      changes: { invoices: [invoice("a", 1, { decisionNumber: null })] },
      refusals: [{ kind: "invoice-not-validated", invoiceId: "a" }],
    },
    {
      case: "justificatif disparu",
      changes: { invoices: [invoice("a", 1, { isProofIntact: false })] },
      refusals: [{ kind: "proof-missing", invoiceId: "a" }],
    },
    {
      case: "même facture deux fois",
      changes: { invoices: [invoice("a", 1), invoice("a", 1)] },
      refusals: [{ kind: "invoice-given-twice", invoiceId: "a" }],
    },
    {
      case: "facture déjà appelée",
      changes: { kind: "complementary", formerCalls: [former({ invoices: [invoice("a", 1)] })] },
      refusals: [{ kind: "invoice-already-called", invoiceId: "a", callId: "call-0" }],
    },
    { case: "pilote hors du réseau", changes: { leadId: ccas("sceaux") }, refusals: [{ kind: "lead-not-a-member" }] },
    {
      case: "poids manifestement faux",
      changes: { weights: [{ id: ccas("blain"), weight: 0 }] },
      refusals: [{ kind: "weights-faulty", faults: [{ kind: "all-weights-zero" }] }],
    },
    {
      case: "un CCAS est parti entre l’annuel et le complémentaire",
      changes: { kind: "complementary", weights: WEIGHTS.slice(0, 5), formerCalls: [former()] },
      refusals: [{ kind: "weights-differ-from-annual-call", callId: "call-0" }],
    },
    {
      case: "tout à la fois",
      changes: { annualDay: null, invoices: [invoice("a", 1, { mandate: " ", isProofIntact: false })] },
      refusals: [
        { kind: "annual-day-missing" },
        { kind: "invoice-not-paid", invoiceId: "a" },
        { kind: "proof-missing", invoiceId: "a" },
      ],
    },
  ])("refus : $case", ({ changes, refusals }) => {
    expect(issueFundingCall(request(changes))).toEqual({ ok: false, refusal: refusals });
  });

  it.each([
    { minimum: 53_964, flagged: 3, case: "une part égale au minimum n’est pas sous le minimum" },
    { minimum: 53_965, flagged: 4, case: "un centime de moins l’est" },
  ])("$case", ({ minimum, flagged }) => {
    const call = issueFundingCall(request({ titleMinimum: { amount: toCents(minimum), standing: "verified" } }));
    expect(call.ok && call.value.statements.filter((each) => each.isUnderTitleMinimum).length).toBe(flagged);
  });

  it("le jour même où la journée annuelle est close, l’appel est possible", () => {
    expect(issueFundingCall(request({ annualDay: { closedOn: toPlainDate("2026-12-01") } })).ok).toBe(true);
  });

  it("un appel annulé libère l’année et ses factures", () => {
    const cancelled = former({ invoices: [invoice("a", 250_000)], isCancelled: true });
    expect(issueFundingCall(request({ formerCalls: [cancelled] })).ok).toBe(true);
  });

  it("les factures tardives vont à l’appel complémentaire, aux poids de l’appel annuel", () => {
    const invoices = [invoice("a", 250_000), invoice("late", 101), invoice("unpaid", 7, { mandate: null })];
    const annual = former({ invoices: [invoice("a", 250_000)] });
    const late = listUncalledInvoices(invoices, [annual]);
    expect(late.map(({ id }) => id)).toEqual(["late"]);
    const call = issueFundingCall(
      request({ kind: "complementary", invoices: late, weights: [...WEIGHTS].reverse(), formerCalls: [annual] }),
    );
    expect(call).toMatchObject({ ok: true, value: { kind: "complementary", total: 101 } });
    expect(listUncalledInvoices(invoices, [{ ...annual, isCancelled: true }]).map(({ id }) => id)).toEqual([
      "a",
      "late",
    ]);
  });

  it("parts, créances et part du pilote font le total ; l’ordre ne change rien", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.shuffledSubarray(WEIGHTS, { minLength: 6 }), (given, weights) => {
        const invoices = given.map((amount, index) => invoice(`i${index}`, amount));
        const call = issueFundingCall(request({ invoices }));
        expect(issueFundingCall(request({ invoices: [...invoices].reverse(), weights }))).toStrictEqual(call);
        if (!call.ok) throw new Error("refused");
        const total = given.reduce((sum, amount) => sum + amount, 0);
        const lead = call.value.statements.find(({ isLead }) => isLead)!;
        expect(call.value.claimed + lead.share).toBe(total);
      }),
    );
  });
});
