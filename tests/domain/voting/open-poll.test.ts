import { describe, expect, it } from "vitest";
import { checkOpenPoll, type OpenPollContext } from "~/domain/voting/open-poll";
import { assessSecretRequest } from "~/domain/voting/secret-request";
import { entitlement, PRESET, seatId } from "./voting-fixtures";

const context = (changes: Partial<OpenPollContext> = {}): OpenPollContext => ({
  meeting: "open",
  isItemOnAgenda: true,
  isAnotherPollOpen: false,
  isQuorumReached: true,
  isSecretGranted: false,
  electorate: { entitled: [entitlement("blain")], excluded: [] },
  mode: "public",
  ...changes,
});

describe("ouverture d’un scrutin", () => {
  it.each([
    { case: "séance non ouverte", changes: { meeting: "not-open" }, refusal: "meeting-not-open" },
    { case: "séance suspendue", changes: { meeting: "suspended" }, refusal: "meeting-suspended" },
    { case: "point hors de l’ordre du jour", changes: { isItemOnAgenda: false }, refusal: "item-not-on-agenda" },
    { case: "un autre scrutin est ouvert", changes: { isAnotherPollOpen: true }, refusal: "another-poll-open" },
    { case: "quorum non atteint", changes: { isQuorumReached: false }, refusal: "quorum-not-reached" },
    { case: "secret que personne n’a demandé", changes: { mode: "secret" }, refusal: "secret-not-requested" },
    { case: "public alors que le secret est acquis", changes: { isSecretGranted: true }, refusal: "secret-required" },
    {
      case: "personne n’a droit de vote",
      changes: { electorate: { entitled: [], excluded: [] } },
      refusal: "nobody-entitled",
    },
  ] as const)("refuse : $case", ({ changes, refusal }) =>
    expect(checkOpenPoll(context(changes))).toEqual({ ok: false, refusal }),
  );

  it.each([
    { case: "public", changes: {}, mode: "public" },
    {
      case: "secret demandé par assez de présents",
      changes: { mode: "secret", isSecretGranted: true },
      mode: "secret",
    },
  ] as const)("accepte : $case", ({ changes, mode }) =>
    expect(checkOpenPoll(context(changes))).toEqual({ ok: true, value: { mode } }),
  );
});

describe("demande de vote secret — CASF art. R.123-18, un tiers des présents", () => {
  const names = ["a1", "a2", "a3", "a4", "a5", "a6", "a7"].map(seatId);

  it.each([
    {
      case: "2 sur 6 : exactement un tiers",
      present: 6,
      asking: names.slice(0, 2),
      expected: { present: 6, asked: 2, needed: 2, granted: true },
    },
    {
      case: "2 sur 7 : moins d’un tiers",
      present: 7,
      asking: names.slice(0, 2),
      expected: { present: 7, asked: 2, needed: 3, granted: false },
    },
    {
      case: "3 sur 7",
      present: 7,
      asking: names.slice(0, 3),
      expected: { present: 7, asked: 3, needed: 3, granted: true },
    },
    {
      case: "la même demande deux fois compte une fois",
      present: 6,
      asking: [names[0]!, names[0]!],
      expected: { present: 6, asked: 1, needed: 2, granted: false },
    },
    {
      case: "un absent ne demande pas",
      present: 6,
      asking: [names[0]!, names[6]!],
      expected: { present: 6, asked: 1, needed: 2, granted: false },
    },
    { case: "salle vide", present: 0, asking: [], expected: { present: 0, asked: 0, needed: 1, granted: false } },
  ])("$case", ({ present, asking, expected }) => {
    const request = { rules: PRESET, presentVotingSeats: names.slice(0, present), askingSeats: asking };
    expect(assessSecretRequest(request)).toEqual(expected);
  });
});
