import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { recordAccount } from "~/features/budget/account-commands.server";
import { openForecast, writeForecast } from "~/features/budget/commands.server";
import { parseAccount, parseForecast } from "~/features/budget/form";
import { writeMessage } from "~/features/budget/messages.fr";
import { findBudgetVersion, fingerprintOf, listAccounts, loadBudgetYear } from "~/features/budget/queries.server";
import { listAgendaSubjects } from "~/features/meetings/queries.server";
import { castVote, closePoll } from "~/features/votes/commands.server";
import { createCommittee, type Committee } from "../../support/database";
import { createOpenMeeting, listActs, MEETING, openTestPoll } from "../votes/open-meeting";

const DAY = toPlainDate("2026-12-31");
const line = (id: string, label: string, cents: number) => ({
  ...{ id, label, axis: "inter-ccas" as const, amount: toCents(cents), nature: "operating" as const },
});

async function prepare(committee: Committee, lines = [line("l-1", "Journée annuelle", 460_000)], cle = "budget-1") {
  const context = await committee.contextOf("secretary");
  await openForecast(context, { cle, year: 2026 });
  const found = await findBudgetVersion(committee.db, committee.networkId, cle);
  return writeForecast(context, { budgetId: cle, known: found?.fingerprint ?? "", note: "", lines });
}

/** The committee votes on the forecast: the agenda item of the open meeting names it. */
async function voteOn(committee: Committee, budgetId: string, choice: "for" | "against" | null) {
  await committee.db.updateTable("agendaItem").set({ kind: "budget-adoption", subjectId: budgetId }).execute();
  await openTestPoll(committee);
  if (choice === null) return;
  for (const key of ["blain", "bouvron", "le-gavre"] as const) {
    await castVote(await committee.contextOf(key), MEETING, "scrutin-1", { seatId: committee.seatOf(key), choice });
  }
  await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
}

const yearOf = ({ db, networkId }: Committee) => loadBudgetYear(db, networkId, { year: 2026, date: DAY });

describe("le budget de l’année — convention, art. 4.1", () => {
  it("4 000 € tant que le comité n’a rien voté ; un prévisionnel n’y change rien", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    expect((await yearOf(committee)).inForce).toEqual({ standing: "agreed", version: null, ceiling: 400_000 });
    expect(await listActs(committee, "budget-drafted")).toHaveLength(2);
  });

  it("adopté par un vote, il est en vigueur et ne change plus ; la révision en part et montre ses différences", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    await voteOn(committee, "budget-1", "for");
    const adopted = await yearOf(committee);
    expect(adopted.inForce).toMatchObject({ standing: "voted", ceiling: 460_000 });
    expect(adopted.history).toMatchObject([{ standing: "adopted", decision: { number: "2026-1" } }]);
    const again = await prepare(committee);
    expect(again).toEqual({ ok: false, refusal: { kind: "already-adopted" } });
    await prepare(committee, [line("l-1", "Journée annuelle", 450_000), line("l-2", "Guide", 20_000)], "budget-2");
    const [revision] = (await yearOf(committee)).history;
    expect(revision?.changes).toMatchObject([
      { lineId: "l-1", before: 460_000, after: 450_000 },
      { lineId: "l-2", before: null, after: 20_000 },
    ]);
    expect((await yearOf(committee)).inForce.ceiling).toBe(460_000);
  });

  it("pendant le vote, rien ne change ; rejeté, il se reprend", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    await voteOn(committee, "budget-1", null);
    const lines = [line("l-1", "Autre", 1)];
    expect(await prepare(committee, lines)).toEqual({ ok: false, refusal: { kind: "vote-under-way" } });
    await castVote(await committee.contextOf("blain"), MEETING, "scrutin-1", {
      ...{ seatId: committee.seatOf("blain"), choice: "against" },
    });
    await closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
    expect((await yearOf(committee)).history).toMatchObject([{ standing: "rejected" }]);
    expect((await prepare(committee, lines)).ok).toBe(true);
  });

  it("un seul prévisionnel à la fois ; ce qu’un autre a écrit n’est pas écrasé", async () => {
    const committee = await createCommittee();
    await prepare(committee);
    const context = await committee.contextOf("secretary");
    const second = await openForecast(context, { cle: "budget-2", year: 2026 });
    expect(second).toEqual({ ok: false, refusal: { kind: "draft-already-exists", budgetId: "budget-1" } });
    expect(await openForecast(context, { cle: "budget-3", year: 2060 })).toMatchObject({ ok: false });
    const stale = { budgetId: "budget-1", known: "x", note: "", lines: [line("l-1", "Autre", 1)] };
    const decision = await writeForecast(context, stale);
    expect(!decision.ok && writeMessage(decision.refusal)).toMatch(/pendant que vous l’écriviez/);
    const [kept] = (await yearOf(committee)).history;
    expect(kept && fingerprintOf(kept)).toBe(
      fingerprintOf({ note: "", lines: [line("l-1", "Journée annuelle", 460_000)] }),
    );
  });

  it("deux lignes du même nom sont refusées avec une phrase", async () => {
    const decision = await prepare(await createCommittee(), [line("a", "Guide", 1), line("b", "guide", 2)]);
    expect(!decision.ok && writeMessage(decision.refusal)).toMatch(/même intitulé/);
  });

  it("se choisit à l’ordre du jour jusqu’à son adoption ; rien ne passe d’un réseau à l’autre", async () => {
    const committee = await createOpenMeeting();
    await prepare(committee);
    const subjects = () => listAgendaSubjects(committee.db, committee.networkId, "budget-adoption");
    expect(await subjects()).toMatchObject([{ id: "budget-1" }]);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    expect(await listAgendaSubjects(other.db, other.networkId, "budget-adoption")).toEqual([]);
    expect(await findBudgetVersion(other.db, other.networkId, "budget-1")).toBeNull();
    const stranger = await other.contextOf("secretary");
    const written = await writeForecast(stranger, {
      budgetId: "budget-1",
      known: "",
      note: "",
      lines: [line("a", "b", 1)],
    });
    expect(written).toEqual({ ok: false, refusal: { kind: "unknown-budget" } });
    await voteOn(committee, "budget-1", "for");
    expect(await subjects()).toEqual([]);
  });
});

describe("le formulaire du prévisionnel", () => {
  const read = (rows: readonly Record<string, string>[]) => {
    const form = new FormData();
    form.set("known", "x");
    rows.forEach((row, index) =>
      Object.entries({ id: `l-${index}`, ...row }).forEach(([name, value]) =>
        form.set(`lines[${index}].${name}`, value),
      ),
    );
    return parseForecast(form);
  };
  it("laisse les rangées vides de côté, garde 0 €", () => {
    const parsed = read([
      { label: "Guide", axis: "commun", amount: "0" },
      { label: "", axis: "commun", amount: "" },
    ]);
    expect(parsed.status === "success" && parsed.value.lines).toMatchObject([{ label: "Guide", amount: 0 }]);
  });
  it.each([
    [{ label: "Guide", axis: "", amount: "12" }, "axis", /axe/],
    [{ label: "", axis: "commun", amount: "12" }, "label", /Nommez/],
    [{ label: "Guide", axis: "commun", amount: "" }, "amount", /montant/],
    [{ label: "Guide", axis: "commun", amount: "-3" }, "amount", /négatif/],
    [{ label: "Guide", axis: "commun", amount: "9999999999999" }, "amount", /milliard/],
  ])("%o : le champ %s le dit", (row, field, sentence) => {
    expect(read([row]).reply().error?.[`lines[0].${field}`]?.join(" ")).toMatch(sentence);
  });
  it("refuse un prévisionnel sans ligne", () => {
    expect(
      read([{ label: "", amount: "" }])
        .reply()
        .error?.["lines"]?.join(" "),
    ).toMatch(/au moins une ligne/);
  });
});

describe("les comptes d’imputation", () => {
  it("se tiennent à la main, vérifiés par quelqu’un de nommé, une fois par enregistrement", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    const account = { code: "6234", label: "Réceptions" };
    await recordAccount(context, account);
    await recordAccount(context, account);
    expect(await listActs(committee, "account-code-recorded")).toHaveLength(1);
    await recordAccount(context, { ...account, verifiedBy: "Mme la comptable", verifiedOn: toPlainDate("2026-08-01") });
    expect(await listAccounts(committee.db, committee.networkId)).toMatchObject([{ verifiedBy: "Mme la comptable" }]);
    const future = { ...account, verifiedBy: "X", verifiedOn: toPlainDate("2030-01-01") };
    expect(await recordAccount(context, future)).toEqual({ ok: false, refusal: "verified-in-the-future" });
  });
  it.each([
    [{ code: "62 34", label: "Réceptions" }, "code"],
    [{ code: "6234", label: "R" }, "label"],
    [{ code: "6234", label: "Réceptions", verifiedBy: "Mme X" }, "verifiedOn"],
    [{ code: "6234", label: "Réceptions", verifiedOn: "2026-01-01" }, "verifiedBy"],
  ])("refuse %o", (fields, name) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    expect(parseAccount(form).reply().error?.[name]).toBeDefined();
  });
});
