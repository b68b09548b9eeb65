import { expect, it } from "vitest";
import type { ExpenseAxis } from "~/domain/expense/expense";
import { toCents, type Cents } from "~/domain/kernel/money";
import { composeStaffTimeState, type TimeEntry } from "~/domain/staff-time/staff-time";
import {
  approveYear,
  contestTime,
  correctTime,
  recordTime,
  settleContest,
} from "~/features/staff-time/commands.server";
import { findApproval, loadYear } from "~/features/staff-time/queries.server";
import { listRegister } from "~/services/register.server";
import { createCommittee, type Committee } from "../../support/database";

const line = {
  ...{ cle: "temps-1", year: 2026, staffFunction: "secrétariat", axis: "commun" as const, minutes: 600 },
  ...{ hourlyCost: toCents(3000), basis: "coût chargé" },
};

async function pronounce(
  { db, networkId }: Committee,
  id: string,
  outcome: "adopted" | "rejected",
  number: number | null,
) {
  const at = "2026-08-01T10:00:00.000Z";
  await db
    .insertInto("poll")
    .values({
      ...{
        id,
        networkId,
        meetingId: null,
        agendaItemId: null,
        subject: "motion",
        subjectId: null,
        title: id,
        bodyMd: "",
      },
      ...{
        mode: "public",
        status: "closed",
        openedAt: at,
        closesOn: null,
        closedAt: at,
        openedBy: null,
        createdAt: at,
      },
    })
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      ...{ pollId: id, networkId, outcome, tally: "{}", entitled: "[]", quorum: "null", castingVote: null },
      ...{ sentence: "", decisionYear: number === null ? null : 2026, decisionNumber: number, closedAt: at },
    })
    .execute();
}

type Line = {
  readonly id: string;
  readonly year: number;
  readonly staffFunction: string;
  readonly axis: ExpenseAxis;
  readonly minutes: number;
  readonly centsPerHour: Cents;
  readonly basis: string;
  readonly correctsId: string | null;
  readonly voided: boolean;
};

/** The annual state from the acts of the register alone, in their order, up to its approval. */
async function rebuildState({ db, networkId }: Committee, year: number) {
  const lines = new Map<string, Line>();
  const standings = new Map<string, TimeEntry["standing"]>();
  for (const { kind, payload } of await listRegister(db, networkId)) {
    if (kind === "staff-time-recorded" || kind === "staff-time-corrected") {
      const line = payload as unknown as Line;
      if (line.correctsId !== null) lines.delete(line.correctsId);
      if (!line.voided) lines.set(line.id, line);
    }
    const { staffTimeId, outcome } = payload as { staffTimeId?: string; outcome?: string };
    if (kind === "staff-time-contested") standings.set(staffTimeId ?? "", "contested");
    if (kind === "staff-time-contest-settled")
      standings.set(staffTimeId ?? "", outcome === "adopted" ? "upheld" : "rejected");
    if (kind === "staff-time-approved" && (payload as { year?: number }).year === year) break;
  }
  const kept = [...lines.values()].filter((line) => line.year === year);
  const costs = new Map(
    kept.map(({ staffFunction, centsPerHour, basis }) => [staffFunction, { staffFunction, year, centsPerHour, basis }]),
  );
  return composeStaffTimeState(
    year,
    kept.map(({ id, staffFunction, axis, minutes }) => ({
      ...{ id, staffFunction, axis, year, minutes, standing: standings.get(id) ?? ("agreed" as const) },
    })),
    [...costs.values()],
  );
}

it("l’état annuel reconstruit du registre seul égale celui qui est gardé", async () => {
  const committee = await createCommittee();
  const { db, networkId } = committee;
  const [secretary, bouvron] = [await committee.contextOf("secretary"), await committee.contextOf("bouvron")];
  await recordTime(secretary, line);
  await recordTime(secretary, { ...line, cle: "temps-2", axis: "inter-ccas", minutes: 61 });
  await recordTime(secretary, { ...line, cle: "temps-3", axis: "observation-sociale", minutes: 45 });
  await recordTime(secretary, { ...line, cle: "temps-4", staffFunction: "animation", hourlyCost: toCents(2847) });
  await recordTime(secretary, { ...line, cle: "temps-ailleurs", year: 2025 });
  const correction = { minutes: 660, hourlyCost: toCents(3000), basis: "coût chargé" };
  await correctTime(secretary, "temps-1", { ...correction, cle: "temps-1-bis", withdraw: false });
  await correctTime(secretary, "temps-4", { ...correction, cle: "temps-4-bis", withdraw: true });
  await contestTime(bouvron, "temps-2", { reason: "Non demandé" });
  await contestTime(bouvron, "temps-3", { reason: "Compté deux fois" });
  await pronounce(committee, "maintien", "adopted", 1);
  await settleContest(secretary, "temps-3", "maintien");
  await pronounce(committee, "approbation", "adopted", 2);
  expect((await approveYear(secretary, { year: 2026, pollId: "approbation" })).ok).toBe(true);
  await settleContest(secretary, "temps-2", "maintien");

  const stored = await db
    .selectFrom("staffTimeState")
    .select("content")
    .where("networkId", "=", networkId)
    .executeTakeFirstOrThrow();
  const rebuilt = await rebuildState(committee, 2026);
  expect(rebuilt.ok && JSON.parse(JSON.stringify(rebuilt.value))).toEqual(
    (JSON.parse(stored.content) as { state: unknown }).state,
  );
  // By hand: 660 minutes and 45 minutes at 30 € an hour; the 61 contested minutes stay out.
  expect(rebuilt).toMatchObject({ value: { minutes: 705, total: 35_250, contested: [{ minutes: 61 }] } });
});

it("noter, corriger, contester, approuver, trancher : chaque pas est un nouvel enregistrement", async () => {
  const committee = await createCommittee();
  const { db, networkId } = committee;
  const [secretary, bouvron] = [await committee.contextOf("secretary"), await committee.contextOf("bouvron")];
  for (const _ of [1, 2]) expect((await recordTime(secretary, line)).ok).toBe(true);
  const second = { ...line, cle: "temps-2", axis: "inter-ccas" as const, minutes: 60 };
  expect(await recordTime(secretary, { ...second, hourlyCost: toCents(2999) })).toEqual({
    ok: false,
    refusal: "cost-differs",
  });
  expect((await recordTime(secretary, second)).ok).toBe(true);
  const corrected = { cle: "temps-3", minutes: 660, hourlyCost: toCents(3000), basis: "coût chargé", withdraw: false };
  expect((await correctTime(secretary, "temps-1", corrected)).ok).toBe(true);
  expect(await correctTime(secretary, "temps-1", { ...corrected, cle: "temps-4" })).toEqual({
    ok: false,
    refusal: "line-replaced",
  });
  expect((await contestTime(bouvron, "temps-2", { reason: "Non demandé" })).ok).toBe(true);
  expect((await loadYear(db, networkId, 2026)).state?.total).toBe(33_000);

  await pronounce(committee, "approbation", "adopted", 1);
  await pronounce(committee, "maintien", "adopted", 2);
  await pronounce(committee, "rejet", "rejected", null);
  expect(await approveYear(secretary, { year: 2026, pollId: "rejet" })).toEqual({
    ok: false,
    refusal: "not-adopted-by-a-vote",
  });
  expect(await approveYear(secretary, { year: 2026, pollId: "inconnu" })).toEqual({
    ok: false,
    refusal: "poll-unknown",
  });
  for (const _ of [1, 2]) expect((await approveYear(secretary, { year: 2026, pollId: "approbation" })).ok).toBe(true);
  expect(await recordTime(secretary, { ...line, cle: "temps-5" })).toEqual({ ok: false, refusal: "year-approved" });
  expect(await settleContest(secretary, "temps-2", "approbation")).toEqual({ ok: false, refusal: "poll-unknown" });
  expect((await settleContest(secretary, "temps-2", "maintien")).ok).toBe(true);
  expect((await loadYear(db, networkId, 2026)).state?.total).toBe(36_000);
  expect((await findApproval(db, networkId, 2026))?.total).toBe(33_000);

  const other = await createCommittee({ db, clock: committee.clock, slug: "autre" });
  expect(await correctTime(await other.contextOf("secretary"), "temps-3", { ...corrected, cle: "x-1" })).toEqual({
    ok: false,
    refusal: "line-unknown",
  });
});
