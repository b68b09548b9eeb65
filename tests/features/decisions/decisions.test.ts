import { describe, expect, it } from "vitest";
import { decisionsToCsv, decisionsToJson, readDecisionFilter } from "~/features/decisions/export.server";
import { listDecisions, listDecisionYears } from "~/features/decisions/queries.server";
import { castVote, closePoll } from "~/features/votes/commands.server";
import { createCommittee, type Committee } from "../../support/database";
import { askForSecret, createOpenMeeting, MEETING, openTestPoll } from "../votes/open-meeting";

async function holdVote(committee: Committee, mode: "public" | "secret" = "public"): Promise<void> {
  if (mode === "secret") await askForSecret(committee, "bouvron", "le-gavre");
  await openTestPoll(committee, mode);
  for (const key of ["blain", "bouvron", "le-gavre"] as const) {
    const cast = { seatId: committee.seatOf(key), choice: key === "le-gavre" ? "against" : "for" } as const;
    await castVote(await committee.contextOf(key), MEETING, "scrutin-1", cast);
  }
}
const close = async (committee: Committee) =>
  closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", null);
const list = ({ db, networkId }: Committee, words = "", year: number | null = null) =>
  listDecisions(db, networkId, { year, words }, null);

describe("le registre public des décisions", () => {
  it("ne dit rien d’un vote en cours, et tout à la clôture", async () => {
    const committee = await createOpenMeeting();
    await holdVote(committee);
    expect(await list(committee)).toEqual([]);
    await close(committee);
    const [decision] = await list(committee);
    expect(decision).toMatchObject({ number: "2026-1", decidedOn: "2026-09-01", amount: 177_543, isAdopted: true });
    expect(decision?.votes?.map(({ label, choice }) => `${label} ${choice}`)).toEqual([
      "CCAS de Blain for",
      "CCAS de Bouvron for",
      "CCAS de Le Gâvre against",
    ]);
    expect(await listDecisionYears(committee.db, committee.networkId)).toEqual([2026]);
  });

  it("ne donne aucun nom pour un vote secret", async () => {
    const committee = await createOpenMeeting();
    await holdVote(committee, "secret");
    await close(committee);
    const decisions = await list(committee);
    expect(decisions).toMatchObject([{ mode: "secret", votes: null }]);
    expect(decisionsToJson("Réseau", decisions)).not.toContain("CCAS de");
  });

  it.each([
    ["journée", 1],
    ["Traiteur Journée", 1],
    ["100%", 0],
    ["J_urnée", 0],
    ["parking", 0],
  ])("cherche « %s » dans l’objet, le fournisseur et le résultat", async (words, found) => {
    const committee = await createOpenMeeting();
    await holdVote(committee);
    await close(committee);
    expect(await list(committee, words)).toHaveLength(found);
    expect(await list(committee, words, 2025)).toHaveLength(0);
  });

  it("ne mêle pas les réseaux", async () => {
    const committee = await createOpenMeeting();
    await holdVote(committee);
    await close(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    expect(await list(other)).toEqual([]);
  });

  it("désarme les formules dans le tableau", async () => {
    const committee = await createOpenMeeting();
    await committee.db.updateTable("expense").set({ supplier: "=HYPERLINK(1)" }).execute();
    await holdVote(committee);
    await close(committee);
    const csv = decisionsToCsv(await list(committee));
    expect(csv.startsWith("\ufeffNuméro;Date;Objet;")).toBe(true);
    expect(csv).toContain(";1775,43;'=HYPERLINK(1);Adoptée;");
  });

  it.each([
    ["annee=2026&q=papier", { year: 2026, words: "papier" }],
    ["annee=toutes", { year: null, words: "" }],
    ["annee=1%20or%201", { year: null, words: "" }],
  ])("lit l’adresse « %s »", (query, filter) => {
    expect(readDecisionFilter(new URLSearchParams(query))).toEqual(filter);
  });
});
