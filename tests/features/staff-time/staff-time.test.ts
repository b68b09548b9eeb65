import { expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import {
  approveYear,
  contestTime,
  correctTime,
  recordTime,
  settleContest,
} from "~/features/staff-time/commands.server";
import { findApproval, loadYear } from "~/features/staff-time/queries.server";
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
