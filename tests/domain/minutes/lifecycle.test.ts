import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toId } from "~/domain/kernel/ids";
import { addDays, toPlainDate } from "~/domain/kernel/plain-date";
import {
  adoptMinutes,
  MINUTES_STATES,
  MINUTES_TEXT_FREEDOM,
  publishMinutes,
  readPublicationClock,
  signMinutes,
  submitMinutes,
  type MinutesState,
  type Signature,
} from "~/domain/minutes/lifecycle";

const refusalOf = (decision: { ok: boolean; refusal?: unknown }) => (decision.ok ? null : decision.refusal);

describe("submitMinutes — ouvrir les corrections", () => {
  const expected: Record<MinutesState, string | null> = {
    draft: null,
    "in-review": "not-a-draft",
    adopted: "not-a-draft",
    signed: "not-a-draft",
    published: "not-a-draft",
  };
  it.each(MINUTES_STATES)("%s", (state) => {
    expect(refusalOf(submitMinutes({ state, meetingState: "closed" }))).toBe(expected[state]);
  });
  it.each(["planned", "convened", "open", "suspended", "cancelled"] as const)("séance %s", (meetingState) => {
    expect(refusalOf(submitMinutes({ state: "draft", meetingState }))).toBe("meeting-not-closed");
  });
});

describe("adoptMinutes — CGCT art. L.2121-15 (modèle) : arrêté à la séance suivante", () => {
  const ready = {
    state: "in-review",
    meetingId: toId<"meeting">("m1"),
    pendingCorrectionCount: 0,
    missing: [],
    vote: { meetingId: toId<"meeting">("m2"), result: "adopted" },
  } as const;
  it.each([
    { case: "tout est prêt", given: ready, refusal: null },
    { case: "encore un projet", given: { ...ready, state: "draft" }, refusal: "not-in-review" },
    { case: "déjà adopté", given: { ...ready, state: "adopted" }, refusal: "not-in-review" },
    { case: "publié", given: { ...ready, state: "published" }, refusal: "not-in-review" },
    { case: "correction en attente", given: { ...ready, pendingCorrectionCount: 1 }, refusal: "corrections-pending" },
    { case: "élément manquant", given: { ...ready, missing: ["chair"] }, refusal: "elements-missing" },
    { case: "sans vote", given: { ...ready, vote: null }, refusal: "vote-missing" },
    {
      case: "vote de sa propre séance",
      given: { ...ready, vote: { ...ready.vote, meetingId: ready.meetingId } },
      refusal: "vote-in-own-meeting",
    },
    {
      case: "vote de rejet",
      given: { ...ready, vote: { ...ready.vote, result: "rejected" } },
      refusal: "vote-did-not-adopt",
    },
    {
      case: "vote sans décision",
      given: { ...ready, vote: { ...ready.vote, result: null } },
      refusal: "vote-did-not-adopt",
    },
  ] as const)("$case", ({ given, refusal }) => expect(refusalOf(adoptMinutes(given))).toBe(refusal));
});

describe("signMinutes — président·e et secrétaire, deux personnes", () => {
  const chairId = toId<"person">("chair");
  const secretaryId = toId<"person">("secretary");
  const byChair: Signature = { personId: chairId, capacity: "chair", at: "2027-02-01T10:00:00Z" };
  const bySecretary: Signature = { personId: secretaryId, capacity: "secretary", at: "2027-02-01T11:00:00Z" };
  const adopted = { state: "adopted", chairId, secretaryId, signatures: [] } as const;

  it.each([
    { first: byChair, second: bySecretary },
    { first: bySecretary, second: byChair },
  ])("signé par $first.capacity puis $second.capacity", ({ first, second }) => {
    const half = signMinutes(adopted, first);
    expect(half).toStrictEqual({ ok: true, value: { state: "adopted", signatures: [first] } });
    const whole = signMinutes({ ...adopted, signatures: [first] }, second);
    expect(whole).toStrictEqual({ ok: true, value: { state: "signed", signatures: [first, second] } });
  });

  it.each([
    { case: "non adopté", given: { ...adopted, state: "in-review" }, signature: byChair, refusal: "not-adopted" },
    {
      case: "par un autre que la présidence",
      given: adopted,
      signature: { ...byChair, personId: secretaryId },
      refusal: "not-the-chair",
    },
    {
      case: "par un autre que le secrétariat",
      given: adopted,
      signature: { ...bySecretary, personId: chairId },
      refusal: "not-the-secretary",
    },
    {
      case: "deux fois (double clic)",
      given: { ...adopted, signatures: [byChair] },
      signature: byChair,
      refusal: "already-signed",
    },
    {
      case: "la même personne aux deux titres",
      given: { ...adopted, secretaryId: chairId, signatures: [byChair] },
      signature: { ...bySecretary, personId: chairId },
      refusal: "same-person",
    },
  ] as const)("$case", ({ given, signature, refusal }) =>
    expect(refusalOf(signMinutes(given, signature))).toBe(refusal),
  );
});

describe("publishMinutes — par le CCAS pilote seul, une fois", () => {
  const expected: Record<MinutesState, string | null> = {
    draft: "not-signed",
    "in-review": "not-signed",
    adopted: "not-signed",
    signed: null,
    published: "already-published",
  };
  it.each(MINUTES_STATES)("%s", (state) => {
    expect(refusalOf(publishMinutes({ state, actorIsLeadSecretary: true }))).toBe(expected[state]);
    expect(publishMinutes({ state, actorIsLeadSecretary: false }).ok).toBe(false);
  });
  it("un autre que le secrétariat du CCAS pilote", () => {
    expect(refusalOf(publishMinutes({ state: "signed", actorIsLeadSecretary: false }))).toBe("not-the-lead-secretary");
  });
});

describe("MINUTES_TEXT_FREEDOM — le texte après l’adoption", () => {
  it("libre en projet, par correction en relecture, plus jamais ensuite", () => {
    expect(MINUTES_TEXT_FREEDOM).toStrictEqual({
      draft: "free",
      "in-review": "by-correction",
      adopted: "locked",
      signed: "locked",
      published: "locked",
    });
  });
});

describe("readPublicationClock — dans la semaine (CGCT art. L.2121-15, modèle)", () => {
  it.each([
    { case: "le jour même", today: "2027-02-01", publishedOn: null, daysLeft: 7, status: "running" },
    { case: "le septième jour", today: "2027-02-08", publishedOn: null, daysLeft: 0, status: "running" },
    { case: "le huitième jour", today: "2027-02-09", publishedOn: null, daysLeft: -1, status: "overdue" },
    {
      case: "publié le septième jour",
      today: "2027-03-01",
      publishedOn: "2027-02-08",
      daysLeft: -21,
      status: "published-in-time",
    },
    {
      case: "publié le huitième jour",
      today: "2027-03-01",
      publishedOn: "2027-02-09",
      daysLeft: -21,
      status: "published-late",
    },
  ])("$case", ({ today, publishedOn, daysLeft, status }) => {
    const dates = {
      adoptedOn: toPlainDate("2027-02-01"),
      publishedOn: publishedOn === null ? null : toPlainDate(publishedOn),
      today: toPlainDate(today),
    };
    expect(readPublicationClock(dates, { publicationDays: 7 })).toStrictEqual({
      deadline: "2027-02-08",
      daysLeft,
      status,
    });
  });

  it("en retard exactement quand le délai est passé", () => {
    const adoptedOn = toPlainDate("2027-02-01");
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (publicationDays, elapsed) => {
        const clock = readPublicationClock(
          { adoptedOn, publishedOn: null, today: addDays(adoptedOn, elapsed) },
          { publicationDays },
        );
        expect(clock.status === "overdue").toBe(elapsed > publicationDays);
        expect(clock.daysLeft).toBe(publicationDays - elapsed);
      }),
    );
  });
});
