import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import { presentOutOf, quorumFor, type QuorumSeat, type Room } from "~/domain/quorum/quorum";

const preset = CASF_PRESET;

type Presence = QuorumSeat["presence"];

const seat = (presence: Presence, changes: Partial<QuorumSeat> = {}): QuorumSeat => ({
  label: "CCAS",
  inOffice: true,
  presence,
  consultative: false,
  withdrawn: false,
  ...changes,
});

const times = (count: number, one: QuorumSeat) => Array.from({ length: count }, () => one);

function room({
  quorum = {},
  seats,
  convening = "first",
  second = "none",
}: {
  quorum?: Partial<RulesContent["quorum"]>;
  seats: readonly QuorumSeat[];
  convening?: Room["convening"];
  second?: RulesContent["secondConvening"]["quorum"];
}): Room {
  return { rules: { quorum: { ...preset.quorum, ...quorum }, secondConvening: { quorum: second } }, convening, seats };
}

const here = seat("in-person");
const remote = seat("remote");
const away = seat("absent");
const vacant = seat("absent", { inOffice: false });
const withdrawnHere = seat("in-person", { withdrawn: true });

/** No-break spaces shown as « ~ » so that the expected sentences can be read. */
const shown = (text: string) => text.replaceAll("\u00a0", "~");

describe("quorum — CASF art. R.123-17 ; CGCT art. L.2121-17", () => {
  it.each([
    {
      case: "19 en exercice, 10 présents : atteint",
      seats: [...times(10, here), ...times(9, away)],
      expected: { base: 19, needed: 10, present: 10, reached: true },
    },
    {
      case: "19 en exercice, 9 présents : non atteint",
      seats: [...times(9, here), ...times(10, away)],
      expected: { base: 19, needed: 10, present: 9, reached: false },
    },
    {
      case: "moitié exacte, 10 sur 20 : non atteint",
      seats: [...times(10, here), ...times(10, away)],
      expected: { base: 20, needed: 11, present: 10, reached: false },
    },
    {
      case: "moitié exacte, 8 sur 16 : non atteint",
      seats: [...times(8, here), ...times(8, away)],
      expected: { base: 16, needed: 9, present: 8, reached: false },
    },
    {
      case: "6 en exercice, 3 présents : non atteint",
      seats: [...times(3, here), ...times(3, away), vacant],
      expected: { base: 6, needed: 4, present: 3, reached: false },
    },
    {
      case: "comité entièrement vacant : non atteint",
      seats: times(7, vacant),
      expected: { base: 0, needed: 1, present: 0, reached: false },
    },
  ])("$case", ({ seats, expected }) => expect(quorumFor(room({ seats }))).toMatchObject(expected));
});

describe("déport — CGCT art. L.2131-11 (loi n° 2025-1249, art. 32)", () => {
  const nineteen = [...times(8, here), ...times(2, withdrawnHere), ...times(9, away)];
  const six = [...times(3, here), withdrawnHere, ...times(2, away)];

  it.each([
    {
      case: "19 en exercice, 10 dans la salle, 2 déportés qui restent dans la base : perdu (rép. min., JO Sénat 01/03/2007 p. 473)",
      seats: nineteen,
      leave: false,
      expected: { base: 19, needed: 10, present: 8, reached: false },
    },
    {
      case: "même salle, 2 déportés hors de la base : perdu aussi, 8 sur 17",
      seats: nineteen,
      leave: true,
      expected: { base: 17, needed: 9, present: 8, reached: false },
    },
    {
      case: "6 en exercice, 4 dans la salle, 1 déporté dans la base : perdu",
      seats: six,
      leave: false,
      expected: { base: 6, needed: 4, present: 3, reached: false },
    },
    {
      case: "même salle, 1 déporté hors de la base : atteint, 3 sur 5",
      seats: six,
      leave: true,
      expected: { base: 5, needed: 3, present: 3, reached: true },
    },
    {
      case: "un absent déporté quitte aussi la base",
      seats: [...times(3, here), ...times(2, away), seat("absent", { withdrawn: true })],
      leave: true,
      expected: { base: 5, needed: 3, present: 3, reached: true },
    },
  ])("$case", ({ seats, leave, expected }) => {
    expect(quorumFor(room({ seats, quorum: { withdrawnLeaveBase: leave } }))).toMatchObject(expected);
  });
});

describe("règles propres au comité", () => {
  const delegate = seat("in-person", { consultative: true });
  const third = { share: { numerator: 1, denominator: 3 }, comparison: "at-least" } as const;

  it.each([
    {
      case: "la visio compte",
      seats: [...times(2, here), ...times(2, remote), ...times(3, away)],
      quorum: {},
      expected: { present: 4, needed: 4, reached: true },
    },
    {
      case: "la visio ne compte pas",
      seats: [...times(2, here), ...times(2, remote), ...times(3, away)],
      quorum: { remoteCounts: false },
      expected: { present: 2, needed: 4, reached: false },
    },
    {
      case: "le siège consultatif compte",
      seats: [...times(3, here), delegate, ...times(3, away)],
      quorum: {},
      expected: { present: 4, needed: 4, reached: true },
    },
    {
      case: "le siège consultatif ne compte ni dans la base ni parmi les présents",
      seats: [...times(3, here), delegate, ...times(3, away)],
      quorum: { consultativeSeatsCount: false },
      expected: { present: 3, needed: 4, reached: false },
    },
    {
      case: "au moins le tiers de 7, arrondi au-dessus",
      seats: [...times(3, here), ...times(4, away)],
      quorum: third,
      expected: { present: 3, needed: 3, reached: true },
    },
    {
      case: "au moins le tiers de 6, exact",
      seats: [...times(2, here), ...times(4, away)],
      quorum: third,
      expected: { present: 2, needed: 2, reached: true },
    },
    {
      case: "base de tous les sièges : le vacant pèse",
      seats: [...times(3, here), vacant, ...times(2, away)],
      quorum: { base: "all-seats" },
      expected: { present: 3, needed: 4, reached: false },
    },
    {
      case: "un siège vacant n’est jamais présent",
      seats: [...times(3, here), seat("in-person", { inOffice: false }), ...times(3, away)],
      quorum: {},
      expected: { present: 3, needed: 4, reached: false },
    },
  ] as const)("$case", ({ seats, quorum, expected }) =>
    expect(quorumFor(room({ seats, quorum }))).toMatchObject(expected),
  );

  it.each([
    {
      case: "seconde convocation, un seul présent : la séance se tient",
      second: "none",
      seats: [here, ...times(6, away)],
      reached: true,
    },
    { case: "seconde convocation, personne : non", second: "none", seats: times(7, away), reached: false },
    {
      case: "seconde convocation avec le même quorum, un seul présent : non",
      second: "same",
      seats: [here, ...times(6, away)],
      reached: false,
    },
  ] as const)("$case", ({ second, seats, reached }) => {
    expect(quorumFor(room({ seats, second, convening: "second" })).reached).toBe(reached);
  });
});

describe("la phrase du quorum", () => {
  it.each([
    {
      given: room({ seats: [...times(4, here), ...times(2, away), vacant] }),
      sentence: "7 sièges, 1 vacant, 6 en exercice~; majorité 4~; présents 4~: quorum atteint",
    },
    {
      given: room({ seats: [...times(3, here), ...times(4, away)] }),
      sentence: "7 sièges, aucun vacant, 7 en exercice~; majorité 4~; présents 3~: quorum non atteint",
    },
    {
      given: room({ seats: [here, ...times(4, away), vacant, vacant] }),
      sentence: "7 sièges, 2 vacants, 5 en exercice~; majorité 3~; présent 1~: quorum non atteint",
    },
    {
      given: room({ seats: [here] }),
      sentence: "1 siège, aucun vacant, 1 en exercice~; majorité 1~; présent 1~: quorum atteint",
    },
    {
      given: room({ seats: [...times(3, here), withdrawnHere, ...times(2, away), vacant] }),
      sentence: "7 sièges, 1 vacant, 6 en exercice~; 1 déport, base 5~; majorité 3~; présents 3~: quorum atteint",
    },
    {
      given: room({
        seats: [...times(3, here), ...times(2, withdrawnHere), away, vacant],
        quorum: { withdrawnLeaveBase: false },
      }),
      sentence: "7 sièges, 1 vacant, 6 en exercice~; 2 déports~; majorité 4~; présents 3~: quorum non atteint",
    },
    {
      given: room({
        seats: [...times(4, here), ...times(2, away), seat("in-person", { consultative: true })],
        quorum: { consultativeSeatsCount: false },
      }),
      sentence:
        "7 sièges, aucun vacant, 7 en exercice~; 1 consultatif non compté, base 6~; majorité 4~; présents 4~: quorum atteint",
    },
    {
      given: room({ seats: [...times(3, here), remote, ...times(3, away)] }),
      sentence: "7 sièges, aucun vacant, 7 en exercice~; majorité 4~; présents 4 (dont 1 en visio)~: quorum atteint",
    },
    {
      given: room({ seats: [...times(3, here), remote, remote, ...times(2, away)], quorum: { remoteCounts: false } }),
      sentence:
        "7 sièges, aucun vacant, 7 en exercice~; majorité 4~; présents 3 (2 en visio non comptés)~: quorum non atteint",
    },
    {
      given: room({
        seats: [...times(3, here), ...times(4, away)],
        quorum: { share: { numerator: 1, denominator: 3 }, comparison: "at-least" },
      }),
      sentence: "7 sièges, aucun vacant, 7 en exercice~; minimum 3~; présents 3~: quorum atteint",
    },
    {
      given: room({ seats: [...times(4, here), ...times(2, away), vacant], quorum: { base: "all-seats" } }),
      sentence: "7 sièges, 1 vacant, 6 en exercice~; base 7~; majorité 4~; présents 4~: quorum atteint",
    },
    {
      given: room({ seats: [...times(2, here), ...times(5, away)], convening: "second" }),
      sentence:
        "7 sièges, aucun vacant, 7 en exercice~; seconde convocation, aucun quorum exigé~; présents 2~: la séance peut se tenir",
    },
    {
      given: room({ seats: times(7, away), convening: "second" }),
      sentence:
        "7 sièges, aucun vacant, 7 en exercice~; seconde convocation, aucun quorum exigé~; présent 0~: la séance ne peut pas se tenir",
    },
    {
      given: room({ seats: [...times(4, here), ...times(3, away)], convening: "second", second: "same" }),
      sentence:
        "7 sièges, aucun vacant, 7 en exercice~; seconde convocation~; majorité 4~; présents 4~: quorum atteint",
    },
  ])("$sentence", ({ given, sentence }) => expect(shown(quorumFor(given).sentence)).toBe(sentence));
});

const fraction = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([one, other]) => ({ numerator: Math.min(one, other), denominator: Math.max(one, other) }));

const anySeat: fc.Arbitrary<QuorumSeat> = fc.record({
  label: fc.constant("CCAS"),
  inOffice: fc.boolean(),
  presence: fc.constantFrom<Presence>("in-person", "remote", "absent"),
  consultative: fc.boolean(),
  withdrawn: fc.boolean(),
});

const anyRoom: fc.Arbitrary<Room> = fc.record({
  rules: fc.record({
    quorum: fc.record({
      base: fc.constantFrom("seats-in-office" as const, "all-seats" as const),
      share: fraction,
      comparison: fc.constantFrom("more-than" as const, "at-least" as const),
      remoteCounts: fc.boolean(),
      consultativeSeatsCount: fc.boolean(),
      withdrawnLeaveBase: fc.boolean(),
    }),
    secondConvening: fc.record({ quorum: fc.constantFrom("none" as const, "same" as const) }),
  }),
  convening: fc.constantFrom("first" as const, "second" as const),
  seats: fc.array(anySeat, { maxLength: 30 }),
});

describe("propriétés du quorum", () => {
  it("ajouter un siège présent ne fait jamais perdre le quorum", () => {
    fc.assert(
      fc.property(anyRoom, (before) => {
        const isWholeExceeded =
          before.rules.quorum.comparison === "more-than" &&
          before.rules.quorum.share.numerator === before.rules.quorum.share.denominator;
        fc.pre(!isWholeExceeded);
        if (quorumFor(before).reached)
          expect(quorumFor({ ...before, seats: [...before.seats, here] }).reached).toBe(true);
      }),
    );
  });

  it("faire entrer un absent n’abaisse jamais les présents et ne fait jamais perdre le quorum", () => {
    fc.assert(
      fc.property(anyRoom, fc.nat(), (before, pick) => {
        const after = before.seats.map((one, index) =>
          index === pick % before.seats.length ? { ...one, presence: "in-person" as const } : one,
        );
        const [was, is] = [quorumFor(before), quorumFor({ ...before, seats: after })];
        expect(is.present).toBeGreaterThanOrEqual(was.present);
        expect(is.needed).toBe(was.needed);
        expect(is.reached || !was.reached).toBe(true);
      }),
    );
  });

  it("l’ordre des sièges ne change rien", () => {
    fc.assert(
      fc.property(anyRoom, (given) => {
        expect(quorumFor({ ...given, seats: [...given.seats].reverse() })).toEqual(quorumFor(given));
      }),
    );
  });

  it("les comptes s’accordent et sont entiers", () => {
    fc.assert(
      fc.property(anyRoom, (given) => {
        const quorum = quorumFor(given);
        expect(quorum.vacant + quorum.inOffice).toBe(quorum.seats);
        expect(quorum.base).toBeLessThanOrEqual(quorum.seats);
        expect(quorum.present).toBeLessThanOrEqual(quorum.inOffice);
        expect([quorum.base, quorum.needed, quorum.present].every(Number.isInteger)).toBe(true);
        expect(quorum.reached).toBe(quorum.present >= quorum.needed);
      }),
    );
  });
});

describe("le nombre au milieu de l’hémicycle (CASF, art. R.123-17, par analogie)", () => {
  it.each([
    [true, "4 sur 7"],
    [false, "3 sur 6"],
  ])("compte les mêmes sièges des deux côtés (siège consultatif compté : %s)", (consultativeSeatsCount, words) => {
    const seats = [...times(3, here), ...times(3, away), seat("in-person", { consultative: true })];
    expect(presentOutOf(quorumFor(room({ seats, quorum: { consultativeSeatsCount } })))).toBe(words);
  });
});
