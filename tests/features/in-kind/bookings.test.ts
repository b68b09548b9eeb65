import { expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { answerRequest, bookResource, offerResource } from "~/features/in-kind/commands.server";
import { loadMemo } from "~/features/in-kind/queries.server";
import { createCommittee, dayOf, organizationOf } from "../../support/database";

const booking = {
  ...{ cle: "resa-1", purpose: "Atelier", axis: "inter-ccas" as const, meetingId: null, quantity: 3 },
  ...{ startsAt: toLocalDateTime("2026-10-16T09:00"), endsAt: toLocalDateTime("2026-10-16T12:00") },
};

it("un CCAS prête, un autre demande, le propriétaire seul répond ; le bilan ne compte que l’accepté", async () => {
  const committee = await createCommittee();
  const [bouvron, blain] = [await committee.contextOf("bouvron"), await committee.contextOf("blain")];
  const offer = {
    ...{ cle: "salle-1", organizationId: organizationOf("blain", "bouvron"), kind: "meeting-room" as const },
    ...{ label: "Salle", noticeDays: 15, unit: "heure", unitValue: toCents(1250), valueBasis: "Tarif public" },
    lentUntil: dayOf("2026-12-31"),
  };
  expect(await offerResource(blain, offer)).toEqual({ ok: false, refusal: "not-the-owner" });
  expect((await offerResource(bouvron, offer)).ok).toBe(true);
  for (const _ of [1, 2]) expect((await bookResource(blain, "salle-1", booking)).ok).toBe(true);
  expect((await bookResource(blain, "salle-1", { ...booking, cle: "resa-2" })).ok).toBe(true);
  expect(await answerRequest(blain, "resa-1", { answer: "accept", reason: "" })).toEqual({
    ok: false,
    refusal: "not-the-owner",
  });
  expect(await answerRequest(bouvron, "resa-2", { answer: "refuse", reason: "" })).toEqual({
    ok: false,
    refusal: "reason-missing",
  });
  expect((await answerRequest(bouvron, "resa-1", { answer: "accept", reason: "" })).ok).toBe(true);
  expect(await answerRequest(bouvron, "resa-2", { answer: "accept", reason: "" })).toEqual({
    ok: false,
    refusal: "already-taken",
  });
  expect(await bookResource(blain, "salle-1", { ...booking, cle: "resa-3" })).toEqual({
    ok: false,
    refusal: ["already-taken"],
  });
  expect(await loadMemo(committee.db, committee.networkId, 2026)).toMatchObject({ total: 3750, withoutValue: 0 });
  const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
  expect(await bookResource(await other.contextOf("bouvron"), "salle-1", { ...booking, cle: "resa-9" })).toEqual({
    ok: false,
    refusal: ["resource-unknown"],
  });
  expect(await committee.db.selectFrom("resourceBooking").select("id").execute()).toHaveLength(2);
});
