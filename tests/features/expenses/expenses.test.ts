import { describe, expect, it } from "vitest";
import { requestExpense, withdrawRequest } from "~/features/expenses/commands.server";
import { parseRequestExpense } from "~/features/expenses/form";
import { withdrawMessage } from "~/features/expenses/messages.fr";
import { findExpensePage, listExpenses } from "~/features/expenses/queries.server";
import { castVote, closePoll } from "~/features/votes/commands.server";
import { createCommittee, type Committee } from "../../support/database";
import { createOpenMeeting, EXPENSE, listActs, MEETING, openTestPoll } from "../votes/open-meeting";

function fill(changes: Record<string, string> = {}): FormData {
  const form = new FormData();
  const fields = {
    ...{ cle: "depense-2", object: "Papier", supplier: "Papeterie", amount: "12,5" },
    ...{ axis: "commun", justification: "", ...changes },
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const statusOf = async ({ db, networkId }: Committee) => (await findExpensePage(db, networkId, EXPENSE))?.status;

describe("le montant d’une demande", () => {
  it.each([
    ["12,5", 1250],
    ["1 234,56 €", 123_456],
    ["1234.56", 123_456],
    ["1\u202f775,43\u00a0€", 177_543],
  ])("lit « %s »", (typed, cents) => {
    const submission = parseRequestExpense(fill({ amount: typed }));
    expect(submission.status === "success" && submission.value.amount).toBe(cents);
  });

  it.each([
    ["", /Indiquez le montant/],
    ["0", /un centime au moins/],
    ["-5", /un centime au moins/],
    ["99999999999999", /milliard/],
    ["1.234,56", /ne se lit pas/],
    ["douze", /ne se lit pas/],
    ["1,234", /deux décimales/],
  ])("refuse « %s » avec une phrase, et rend ce qui était saisi", (typed, sentence) => {
    const submission = parseRequestExpense(fill({ amount: typed }));
    expect(submission.status).toBe("error");
    const reply = submission.reply();
    expect(reply.error?.["amount"]?.join(" ")).toMatch(sentence);
    expect(reply.initialValue?.["object"]).toBe("Papier");
  });

  it.each([
    ["object", "", /objet/],
    ["supplier", "  ", /fournisseur/],
    ["axis", "autre", /axe/],
    ["justification", "x".repeat(10_001), /10 000/],
  ])("refuse le champ %s", (name, value, sentence) => {
    const reply = parseRequestExpense(fill({ [name]: value })).reply();
    expect(reply.error?.[name]?.join(" ")).toMatch(sentence);
  });
});

describe("demander une dépense", () => {
  it("l’écrit une seule fois, avec son acte et le CCAS de qui demande", async () => {
    const committee = await createCommittee();
    const submission = parseRequestExpense(fill());
    if (submission.status !== "success") throw new Error("The form is right");
    const context = await committee.contextOf("bouvron");
    await requestExpense(context, submission.value);
    await requestExpense(context, submission.value);
    const rows = await committee.db.selectFrom("expense").selectAll().execute();
    expect(rows).toMatchObject([{ amountCents: 1250, organizationId: "org-blain-bouvron" }]);
    expect(await listActs(committee, "expense-requested")).toHaveLength(1);
  });
});

describe("l’état d’une dépense — validée par le seul vote du comité (convention, art. 4.1)", () => {
  const vote = async (committee: Committee, choice: "for" | "against") => {
    await openTestPoll(committee);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) {
      const cast = { seatId: committee.seatOf(key), choice };
      await castVote(await committee.contextOf(key), MEETING, "scrutin-1", cast);
    }
    await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
  };

  it("suit l’ordre du jour et la séance", async () => {
    const committee = await createOpenMeeting();
    const { db } = committee;
    expect(await statusOf(committee)).toBe("to-vote");
    await db.updateTable("meeting").set({ status: "convened" }).execute();
    expect(await statusOf(committee)).toBe("on-agenda");
    await db.updateTable("agendaItem").set({ status: "removed" }).execute();
    expect(await statusOf(committee)).toBe("requested");
  });

  it("devient validée, et nomme sa décision", async () => {
    const committee = await createOpenMeeting();
    await vote(committee, "for");
    const page = await findExpensePage(committee.db, committee.networkId, EXPENSE);
    expect(page).toMatchObject({ status: "validated", polls: [{ decisionNumber: "2026-1" }] });
  });

  it("devient rejetée, sans numéro", async () => {
    const committee = await createOpenMeeting();
    await vote(committee, "against");
    const page = await findExpensePage(committee.db, committee.networkId, EXPENSE);
    expect(page).toMatchObject({ status: "rejected", polls: [{ decisionNumber: null }] });
  });

  it("n’existe pas pour un autre réseau", async () => {
    const committee = await createOpenMeeting();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    expect(await findExpensePage(other.db, other.networkId, EXPENSE)).toBeNull();
    expect((await listExpenses(other.db, other.networkId, 1)).expenses).toEqual([]);
    const decision = await withdrawRequest(await other.contextOf("secretary"), EXPENSE);
    expect(decision).toEqual({ ok: false, refusal: "expense-unknown" });
  });
});

describe("retirer une demande", () => {
  it("se fait une fois, par son auteur ou le secrétariat", async () => {
    const committee = await createOpenMeeting();
    await committee.db.updateTable("meeting").set({ status: "convened" }).execute();
    const stranger = await withdrawRequest(await committee.contextOf("bouvron"), EXPENSE);
    expect(!stranger.ok && withdrawMessage(stranger.refusal)).toMatch(/auteur/);
    expect((await withdrawRequest(await committee.contextOf("agent"), EXPENSE)).ok).toBe(true);
    const again = await withdrawRequest(await committee.contextOf("secretary"), EXPENSE);
    expect(!again.ok && withdrawMessage(again.refusal)).toMatch(/déjà retirée/);
    expect(await listActs(committee, "expense-withdrawn")).toHaveLength(1);
  });

  it("est refusé pendant la séance qui doit la voter", async () => {
    const committee = await createOpenMeeting();
    const decision = await withdrawRequest(await committee.contextOf("agent"), EXPENSE);
    expect(!decision.ok && withdrawMessage(decision.refusal)).toMatch(/en cours/);
    expect(await listActs(committee, "expense-withdrawn")).toEqual([]);
  });
});
