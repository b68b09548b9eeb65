import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkExpense,
  expenseStatus,
  validatingDecision,
  withdrawExpense,
  type ExpenseFacts,
  type ExpensePoll,
} from "~/domain/expense/expense";
import { toId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { MEETING_STATES } from "~/domain/meeting/lifecycle";

const open: ExpensePoll = { isOpen: true, result: null, decisionNumber: null };
const adopted: ExpensePoll = { isOpen: false, result: "adopted", decisionNumber: "2026-0012" };
const rejected: ExpensePoll = { isOpen: false, result: "rejected", decisionNumber: "2026-0013" };
const undecided: ExpensePoll = { isOpen: false, result: null, decisionNumber: null };
const facts = (rest: Partial<ExpenseFacts> = {}): ExpenseFacts => ({
  isWithdrawn: false,
  meetings: [],
  polls: [],
  ...rest,
});

describe("checkExpense — convention, art. 4.1", () => {
  const proposal = {
    object: "Intervenante, journée annuelle",
    supplier: "Compagnie du Gesvres",
    amount: toCents(65000),
    axis: "inter-ccas",
    nature: "operating",
    justification: "",
  } as const;
  it.each([
    { case: "complète", given: proposal, refusals: [] },
    { case: "un centime", given: { ...proposal, amount: toCents(1) }, refusals: [] },
    { case: "zéro euro", given: { ...proposal, amount: toCents(0) }, refusals: ["amount-not-positive"] },
    { case: "montant négatif", given: { ...proposal, amount: toCents(-100) }, refusals: ["amount-not-positive"] },
    { case: "investissement", given: { ...proposal, nature: "investment" }, refusals: ["investment-not-allowed"] },
    { case: "objet de deux lettres", given: { ...proposal, object: "ab " }, refusals: ["object-too-short"] },
    { case: "objet de trois lettres", given: { ...proposal, object: "abc" }, refusals: [] },
    { case: "objet de 200 caractères", given: { ...proposal, object: "a".repeat(200) }, refusals: [] },
    { case: "objet de 201 caractères", given: { ...proposal, object: "a".repeat(201) }, refusals: ["object-too-long"] },
    { case: "sans fournisseur", given: { ...proposal, supplier: "  " }, refusals: ["supplier-missing"] },
    { case: "fournisseur de 120 caractères", given: { ...proposal, supplier: "a".repeat(120) }, refusals: [] },
    {
      case: "fournisseur de 121 caractères",
      given: { ...proposal, supplier: "a".repeat(121) },
      refusals: ["supplier-too-long"],
    },
    {
      case: "justification sans fin",
      given: { ...proposal, justification: "a".repeat(10_001) },
      refusals: ["justification-too-long"],
    },
    {
      case: "tout est faux",
      given: { ...proposal, object: "", supplier: "", amount: toCents(0) },
      refusals: ["object-too-short", "supplier-missing", "amount-not-positive"],
    },
  ] as const)("$case", ({ given, refusals }) => expect(checkExpense(given)).toStrictEqual(refusals));
});

describe("expenseStatus — convention, art. 4.1 : validée par une décision du comité, et par rien d’autre", () => {
  it.each([
    { case: "demandée", given: facts(), status: "requested", decision: null },
    {
      case: "inscrite à une séance planifiée",
      given: facts({ meetings: ["planned"] }),
      status: "on-agenda",
      decision: null,
    },
    {
      case: "inscrite à une séance convoquée",
      given: facts({ meetings: ["convened"] }),
      status: "on-agenda",
      decision: null,
    },
    { case: "séance ouverte", given: facts({ meetings: ["open"] }), status: "to-vote", decision: null },
    { case: "séance suspendue", given: facts({ meetings: ["suspended"] }), status: "to-vote", decision: null },
    { case: "scrutin ouvert", given: facts({ meetings: ["open"], polls: [open] }), status: "to-vote", decision: null },
    { case: "consultation écrite ouverte", given: facts({ polls: [open] }), status: "to-vote", decision: null },
    { case: "séance annulée", given: facts({ meetings: ["cancelled"] }), status: "requested", decision: null },
    { case: "séance levée sans quorum", given: facts({ meetings: ["closed"] }), status: "requested", decision: null },
    {
      case: "seconde convocation",
      given: facts({ meetings: ["closed", "convened"] }),
      status: "on-agenda",
      decision: null,
    },
    {
      case: "scrutin clos sans décision",
      given: facts({ meetings: ["closed"], polls: [undecided] }),
      status: "requested",
      decision: null,
    },
    {
      case: "adoptée",
      given: facts({ meetings: ["closed"], polls: [adopted] }),
      status: "validated",
      decision: "2026-0012",
    },
    {
      case: "adoptée en séance encore ouverte",
      given: facts({ meetings: ["open"], polls: [adopted] }),
      status: "validated",
      decision: "2026-0012",
    },
    { case: "rejetée", given: facts({ polls: [rejected] }), status: "rejected", decision: null },
    {
      case: "rejetée, faute de voix prépondérante",
      given: facts({ polls: [{ ...rejected, result: "tied-rejected" }] }),
      status: "rejected",
      decision: null,
    },
    {
      case: "rejetée puis adoptée",
      given: facts({ polls: [rejected, adopted] }),
      status: "validated",
      decision: "2026-0012",
    },
    { case: "adoptée puis rejetée", given: facts({ polls: [adopted, rejected] }), status: "rejected", decision: null },
    {
      case: "sans numéro de décision, rien n’est validé",
      given: facts({ polls: [{ ...adopted, decisionNumber: null }] }),
      status: "requested",
      decision: null,
    },
    {
      case: "retirée",
      given: facts({ isWithdrawn: true, meetings: ["planned"] }),
      status: "withdrawn",
      decision: null,
    },
  ] as const)("$case", ({ given, status, decision }) => {
    expect(expenseStatus(given)).toBe(status);
    expect(validatingDecision(given)).toBe(decision);
  });

  it("n’est jamais validée sans scrutin clos, adopté et numéroté", () => {
    const poll = fc.constantFrom(
      open,
      rejected,
      undecided,
      { ...adopted, decisionNumber: null },
      { ...adopted, isOpen: true },
    );
    const anyFacts = fc.record({
      isWithdrawn: fc.boolean(),
      meetings: fc.array(fc.constantFrom(...MEETING_STATES)),
      polls: fc.array(poll),
    });
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(expenseStatus(given)).not.toBe("validated");
        expect(validatingDecision(given)).toBeNull();
      }),
    );
  });
});

describe("withdrawExpense — retirer sa demande", () => {
  const author = toId<"person">("auteur");
  const own = { authorId: author, actorId: author, actorIsSecretary: false };
  it.each([
    { case: "la sienne", given: facts(), request: own, refusal: null },
    { case: "inscrite à l’ordre du jour", given: facts({ meetings: ["convened"] }), request: own, refusal: null },
    {
      case: "celle d’un autre",
      given: facts(),
      request: { ...own, actorId: toId<"person">("autre") },
      refusal: "not-the-author",
    },
    {
      case: "par le secrétariat",
      given: facts(),
      request: { ...own, actorId: toId<"person">("secretaire"), actorIsSecretary: true },
      refusal: null,
    },
    { case: "pendant le vote", given: facts({ polls: [open] }), request: own, refusal: "vote-under-way" },
    { case: "validée", given: facts({ polls: [adopted] }), request: own, refusal: "already-decided" },
    { case: "rejetée", given: facts({ polls: [rejected] }), request: own, refusal: "already-decided" },
    { case: "deux fois", given: facts({ isWithdrawn: true }), request: own, refusal: "already-withdrawn" },
  ])("$case", ({ given, request, refusal }) => {
    const decided = withdrawExpense(given, request);
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });
});
